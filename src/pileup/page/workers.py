"""Who draws: helper processes, one a core, or the very process that asks."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pileup.base.processes import without_script

_ALONE = threading.Event()
_CHANGING = threading.Lock()
_pool: ProcessPoolExecutor | None = None


def work_alone() -> None:
    """Have no helpers from now on, for the rest of this process's life: it is one of many, with a core each.

    The JavaScript engine belongs to the thread that made it; a process that will be forked makes it in its
    main thread, which is the one that a fork keeps.
    """
    close()
    _ALONE.set()


def begin[Made](job: Callable[..., Made], *arguments: Any) -> "Future[Made]":
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
        Gives the result, or raises what the job raised, when it is asked; `BrokenProcessPool` when a helper
        was ended from outside.
    """
    if _ALONE.is_set():
        done: Future[Made] = Future()
        try:
            done.set_result(job(*arguments))
        except Exception as error:  # it is raised where the result is asked for, as a helper's would be
            done.set_exception(error)
        return done
    with _CHANGING:
        try:
            return _submit(job, *arguments)
        except BrokenProcessPool:  # an earlier job's helper; whoever asked for that one has been told
            _close()
            return _submit(job, *arguments)


class Ahead[Made]:
    """Jobs that are begun ahead of the question for their results."""

    def __init__(self) -> None:
        self._begun: dict[str, Future[Made]] = {}

    def begin(
        self,
        name: str,
        kept: Made | None,
        keep: Callable[[Made], Any],
        job: Callable[..., Made],
        *arguments: Any,
    ) -> None:
        """Begin a job, unless one of this name is begun.

        Parameters
        ----------
        name : str
            Says all that the result depends on.
        kept : optional
            The result, where it is there from an earlier time.
        keep : callable
            Is given a new result, as soon as there is one.
        job, *arguments
            As `pileup.page.workers.begin` takes them.
        """
        if name in self._begun and not _failed(self._begun[name]):
            return
        if kept is not None:
            self._begun[name] = Future()
            self._begun[name].set_result(kept)
            return
        self._begun[name] = begin(job, *arguments)
        self._begun[name].add_done_callback(lambda done: None if _failed(done) else keep(done.result()))

    def take(self, name: str) -> Made:
        """Wait for a job that was begun, and return its result or raise what it raised."""
        return self._begun.pop(name).result()


def close() -> None:
    """End the helpers; what they have not begun is not done. `begin` starts others."""
    with _CHANGING:
        _close()


def _failed(job: "Future[Any]") -> bool:
    return job.done() and (job.cancelled() or job.exception() is not None)


def _submit(job: Callable[..., Any], *arguments: Any) -> "Future[Any]":
    global _pool
    if _pool is None:
        _pool = ProcessPoolExecutor(
            os.cpu_count(), mp_context=multiprocessing.get_context("spawn"), initializer=_live_with_caller
        )
    with without_script():
        return _pool.submit(job, *arguments)


def _close() -> None:
    global _pool
    if _pool is not None:
        _pool.shutdown(cancel_futures=True)
        _pool = None


def _live_with_caller() -> None:
    """Have a helper end with the caller, however that one ends, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_caller, daemon=True).start()


def _end_with_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller:
        caller.join()
        os._exit(1)
