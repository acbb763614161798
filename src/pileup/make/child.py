"""A process for one notebook, forked from a server that has done its imports, where that is sound."""

import contextlib
import math
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from pileup.base.processes import without_script

#: Whether a process that has imported pandas may be forked. macOS's own libraries do not survive it, and
#: Windows has no fork.
FORKS = sys.platform == "linux"
#: What a notebook of this project imports, and the shell that runs it.
STORY = ["pandas", "pileup.make.shell", "pileup.story.charts", "pileup.story.prose", "pileup.story.tables"]
STORY += ["ipykernel.compiler", "ipykernel.zmqshell"]
#: How often a waiting caller looks whether it is to stop, in seconds.
_LOOK = 0.2

#: Takes a request and a function for what is to be told meanwhile; gives the answer.
Worker = Callable[[Any, Callable[[Any], Any]], Any]


class TooLongError(Exception):
    """The child has not answered in time."""


class StoppedError(Exception):
    """The caller was told to stop."""


class EndedError(Exception):
    """The child ended without an answer; `status` is its exit status, negative for a signal."""

    def __init__(self, status: int | None) -> None:
        super().__init__(f"status {status}")
        self.status = status


class Child:
    """The caller's end of a child, as `child` gives it.

    The child sends pairs of a kind and a value: ("ready", None) once, then for each request any number of
    ("note", ...) and one ("answer", ...).
    """

    def __init__(self, pipe: Connection, process: BaseProcess) -> None:
        self._pipe, self._process = pipe, process
        self._ready = False

    def ready(self, seconds: float | None = None, stop: threading.Event | None = None) -> None:
        """Wait until the child has done its imports; parameters and errors are those of `ask`."""
        if not self._ready:
            self._receive(seconds, stop)
            self._ready = True

    def ask(
        self,
        request: Any,
        note: Callable[[Any], Any],
        seconds: float | None = None,
        stop: threading.Event | None = None,
    ) -> Any:
        """Have the child do something, and wait for its answer.

        Parameters
        ----------
        request
            What its worker takes.
        note : callable
            Is told what the worker tells meanwhile.
        seconds : float, optional
            How long it may take.
        stop : threading.Event, optional
            Set by the caller, in another thread, to wait no longer.

        Returns
        -------
        object
            The answer.

        Raises
        ------
        EndedError, TooLongError, StoppedError
            There is no answer; leaving `child` ends the process.
        """
        self.ready(stop=stop)
        with self._ends_told():
            self._pipe.send(request)
        until = time.monotonic() + (math.inf if seconds is None else seconds)
        while True:
            kind, value = self._receive(until - time.monotonic(), stop)
            if kind == "answer":
                return value
            note(value)

    def _receive(self, seconds: float | None, stop: threading.Event | None) -> tuple[str, Any]:
        until = time.monotonic() + (math.inf if seconds is None else seconds)
        with self._ends_told():
            while not (stop and stop.is_set()):
                left = until - time.monotonic()
                if self._pipe.poll(max(0, min(left, _LOOK))):
                    return self._pipe.recv()
                if left <= 0:
                    raise TooLongError
        raise StoppedError

    @contextlib.contextmanager
    def _ends_told(self) -> Generator[None]:
        try:
            yield
        except (EOFError, OSError):
            self._process.join(5)
            raise EndedError(self._process.exitcode) from None


@contextlib.contextmanager
def child(hire: Callable[[], Worker], warm: list[str]) -> Generator[Child]:
    """Give a child that is gone afterward, with everything that it has begun.

    Parameters
    ----------
    hire : callable
        Gives the child's worker: a function of a module that a new process can import, called there.
    warm : list of str
        The modules that the fork server imports first; what counts is the first call's.
    """
    context: Any = multiprocessing.get_context("forkserver" if FORKS else "spawn")
    if FORKS:
        context.set_forkserver_preload(warm)
    own, its = multiprocessing.Pipe()
    process = context.Process(target=_live, args=(its, os.getcwd(), hire))
    process.daemon = True
    # multiprocessing lets a process that is itself marked as a daemon, as a Dask worker is, have no child.
    settings = vars(multiprocessing.current_process())["_config"]
    with without_script():
        daemon = settings.pop("daemon", None)
        try:
            process.start()
        finally:
            if daemon is not None:
                settings["daemon"] = daemon
            its.close()  # so that the child's death is seen as the pipe's end
    try:
        yield Child(own, process)
    finally:
        own.close()
        process.kill()  # the fork server itself stays for the next one
        process.join()


def prepare(warm: list[str]) -> None:
    """Have the fork server begin its imports now, beside whatever the caller does next.

    A child that was made for one notebook needs none.
    """
    if FORKS and multiprocessing.parent_process() is None:
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(warm)
        forkserver.ensure_running()


def _live(pipe: Connection, folder: str, hire: Callable[[], Worker]) -> None:
    """Answer requests until the caller hangs up, and write nothing past the pipe; the child's whole life."""
    os.chdir(folder)
    with open(os.devnull, "r+b", buffering=0) as nowhere:
        for stream in range(3):
            os.dup2(nowhere.fileno(), stream)
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        worker = hire()
        pipe.send(("ready", None))
        while True:
            pipe.send(("answer", worker(pipe.recv(), lambda noted: pipe.send(("note", noted)))))
