"""Starts a process for one notebook: forked from a server that has done its imports, where that is sound."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from pileup.base.processes import without_script

#: Whether a process that has imported pandas may be forked. macOS's own libraries do not survive it, and
#: Windows has no fork.
FORKS = sys.platform == "linux"
#: What a notebook of this project imports.
STORY = ["pandas", "pileup.make.shell", "pileup.story.charts", "pileup.story.prose", "pileup.story.tables"]


def prepare(warm: list[str]) -> None:
    """Have the fork server begin its imports now, beside whatever the caller does next.

    A child that was made for one notebook needs none.
    """
    if FORKS and multiprocessing.parent_process() is None:
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(warm)
        forkserver.ensure_running()


def start(target: Callable[..., None], theirs: Connection, *arguments: Any, warm: list[str]) -> BaseProcess:
    """Start a process for one notebook, from the warm fork server where there can be one.

    Parameters
    ----------
    target : callable
        What it runs; `theirs` and `arguments` are handed to it.
    theirs : Connection
        The child's end of a pipe; it is closed here, so that the child's death is seen as its end.
    *arguments
        Whatever else `target` takes.
    warm : list of str
        The modules that the fork server imports first; what counts is the first call's.

    Returns
    -------
    multiprocessing.Process
        The child, started.
    """
    context: Any = multiprocessing.get_context("forkserver" if FORKS else "spawn")
    if FORKS:
        context.set_forkserver_preload(warm)
    process: BaseProcess = context.Process(target=target, args=(theirs, *arguments))
    # multiprocessing lets a process that is itself marked as a daemon, as a Dask worker is, have no child.
    settings = vars(multiprocessing.current_process())["_config"]
    with without_script():
        daemon = settings.pop("daemon", None)
        process.daemon = True
        try:
            process.start()
        finally:
            if daemon is not None:
                settings["daemon"] = daemon
            theirs.close()
    return process


def settle(folder: str) -> None:
    """Make a forked child ready for a notebook: its folder, and nothing written past the notebook."""
    os.chdir(folder)
    with open(os.devnull, "r+b", buffering=0) as nowhere:
        for stream in range(3):
            os.dup2(nowhere.fileno(), stream)
