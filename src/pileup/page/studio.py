"""Who draws the pictures of a page: helper processes, one a core, or the very process that asks."""

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import lru_cache
from types import TracebackType
from typing import Any, Protocol, Self

from pileup.base.processes import without_script
from pileup.page import png, svg


class Store(Protocol):
    """Drawings that were made before, by all that they were made of; a dict is one."""

    def get(self, made_of: str, /) -> bytes | None:
        """Return a drawing, if it is there."""

    def __setitem__(self, made_of: str, drawing: bytes, /) -> None: ...


class Studio:
    """Draws figures and pictures; each can be begun ahead of the question for it.

    Parameters
    ----------
    alone : bool
        Have no helpers: this process is one of many, with a core each. The JavaScript engine belongs to the
        thread that made it; a process that will be forked makes it in its main thread, which is the one that
        a fork keeps.
    kept : Store, optional
        Where a drawing may be already; if it is not, it is put there when it is done.
    """

    def __init__(self, alone: bool = False, kept: Store | None = None) -> None:
        self._alone, self._kept = alone, kept
        self._begun: dict[str, Future[Any]] = {}
        self._changing = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, trace: TracebackType | None) -> None:
        self.close()

    def begin_figure(self, figure: dict[str, Any], name: str) -> None:
        """Begin to draw a figure in the background; `figure` with the same two then waits for it.

        Parameters
        ----------
        figure, name
            As `pileup.page.svg.render` takes them.
        """
        key = _figure_key(figure, name)
        # As text: a notebook's own dicts would have the helper import nbformat.
        self._begin(key, bytes.decode, str.encode, svg.draw, json.dumps(figure), name)

    def figure(self, figure: dict[str, Any], name: str) -> str:
        """Return what `pileup.page.svg.render` would.

        Raises
        ------
        BrokenProcessPool
            A helper was ended from outside.
        """
        self.begin_figure(figure, name)
        return self._begun.pop(_figure_key(figure, name)).result()

    def begin_picture(self, drawing: str, scale: float = 2.0) -> None:
        """Begin to draw an SVG as PNG in the background; `picture` with the same two then waits for it.

        Parameters
        ----------
        drawing, scale
            As `pileup.page.png.png` takes them.
        """
        self._begin(f"{scale} {drawing}", bytes, bytes, png.draw, drawing, scale, png.has_all(drawing))

    def picture(self, drawing: str, scale: float = 2.0) -> bytes:
        """Return what `pileup.page.png.png` would.

        Raises
        ------
        PileupError
            As `pileup.page.png.png` does.
        BrokenProcessPool
            A helper was ended from outside.
        """
        self.begin_picture(drawing, scale)
        return self._begun.pop(f"{scale} {drawing}").result()

    def begin[Made](self, job: Callable[..., Made], *arguments: Any) -> "Future[Made]":
        """Have a helper do a job; alone, do it before returning.

        Parameters
        ----------
        job : callable
            What is to be done: a function of a module that a new process can import.
        *arguments
            What it is called with: plain data, for which a helper need import nothing.

        Returns
        -------
        Future
            Gives the result, or raises what the job raised, when it is asked; `BrokenProcessPool` when a
            helper was ended from outside.
        """
        if self._alone:
            done: Future[Made] = Future()
            try:
                done.set_result(job(*arguments))
            except Exception as error:  # it is raised where the result is asked for, as a helper's would be
                done.set_exception(error)
            return done
        with self._changing:
            try:
                return self._submit(job, *arguments)
            except BrokenProcessPool:  # an earlier job's helper; whoever asked for that one has been told
                self._close()
                return self._submit(job, *arguments)

    def close(self) -> None:
        """End the helpers; what they have not begun is not done. `begin` starts others."""
        with self._changing:
            self._close()

    def _begin[Made](
        self,
        key: str,
        read: Callable[[bytes], Made],
        write: Callable[[Made], bytes],
        job: Callable[..., Made],
        *arguments: Any,
    ) -> None:
        """Begin a job, unless it is begun or its result is kept; `key` says all that it depends on."""
        if key in self._begun and not _failed(self._begun[key]):
            return
        if kept := None if self._kept is None else self._kept.get(key):
            with suppress(UnicodeDecodeError):  # what is not whole is drawn anew
                self._begun[key] = Future()
                self._begun[key].set_result(read(kept))
                return
        self._begun[key] = self.begin(job, *arguments)
        if (store := self._kept) is not None:
            self._begun[key].add_done_callback(
                lambda done: None if _failed(done) else store.__setitem__(key, write(done.result()))
            )

    def _submit(self, job: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(os.cpu_count(), mp_context=spawn, initializer=_live_with_caller)
        with without_script():
            return self._pool.submit(job, *arguments)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


@lru_cache(maxsize=1)
def shared() -> Studio:
    """Return the studio of whoever has none: nothing is kept, and its helpers live as long as the process."""
    return Studio()


def _figure_key(figure: dict[str, Any], name: str) -> str:
    return f"{name}\0{json.dumps(figure, sort_keys=True)}"


def _failed(job: "Future[Any]") -> bool:
    return job.done() and (job.cancelled() or job.exception() is not None)


def _live_with_caller() -> None:
    """Have a helper end with the caller, however that one ends, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_caller, daemon=True).start()


def _end_with_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller:
        caller.join()
        os._exit(1)
