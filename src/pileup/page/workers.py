"""Who draws: helpers in the background, or the very thread that asks."""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

from pileup.forked import without_script

#: With fewer jobs than this, starting helpers takes longer than the work.
FEW = 4
_HERE = threading.Event()
_ALONE = threading.Event()
# The JavaScript engine belongs to the thread that made it, so one thread draws everything. It lets go of
# Python's lock while it works: charts can be drawn while the notebook is still running.
_DRAWER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draw")


def work_here() -> None:
    """Have `begin` do each job in the thread that asks, from now on.

    For a process that will be forked: a fork keeps the main thread only, and its JavaScript engine.
    """
    _HERE.set()


def work_alone() -> None:
    """Have no helpers at all from now on: for one of many processes that have a core each."""
    work_here()
    _ALONE.set()


def begin[Made](job: Callable[..., Made], *arguments: Any) -> "Future[Made]":
    """Have the drawing thread do a job; after `work_here`, do it before returning.

    Parameters
    ----------
    job : callable
        What is to be done.
    *arguments
        What it is called with.

    Returns
    -------
    Future
        Gives the result, or raises what the job raised, when it is asked.
    """
    if not _HERE.is_set():
        return _DRAWER.submit(job, *arguments)
    done: Future[Made] = Future()
    try:
        done.set_result(job(*arguments))
    except Exception as error:  # it is raised where the result is asked for, as the drawing thread's would be
        done.set_exception(error)
    return done


def each[Made](job: Callable[..., Made], all_arguments: Iterable[tuple[Any, ...]]) -> list[Made]:
    """Do one job with many arguments, on every core: processes, for work that keeps Python's lock.

    Parameters
    ----------
    job : callable
        A function of a module that a new process can import.
    all_arguments : iterable of tuple
        What it is called with, each time.

    Returns
    -------
    list
        The results, in the order of the arguments.
    """
    calls = list(all_arguments)
    if _ALONE.is_set() or len(calls) < FEW:
        return [job(*arguments) for arguments in calls]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        with without_script():
            begun = [pool.submit(job, *arguments) for arguments in calls]
        return [one.result() for one in begun]
