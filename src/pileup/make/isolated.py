"""Makes one report in a process of its own: whatever its notebook does, the caller gets an outcome."""

import contextlib
import os
import signal
import threading
import time
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.files import parameters
from pileup.make.forked import settle, start

#: Seconds that the fork server may take for its imports; a report's own time counts from its fork.
WARM_UP = 120
#: How often a waiting caller looks whether it is to stop, in seconds.
_LOOK = 0.2


@dataclass(frozen=True)
class Outcome:
    """What came of one report.

    Attributes
    ----------
    files : dict
        Name and content of the report's files; empty when it failed.
    seconds : float
        How long it took.
    cell : int or None
        The number of the notebook's cell that failed, counted from 1 with the injected parameters.
    message : str
        What went wrong; empty when nothing did.
    """

    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    seconds: float = 0.0
    cell: int | None = None
    message: str = ""


def make_alone(
    values: dict[str, Any],
    made_of: dict[str, str],
    notebook: str,
    limit: float,
    stop: threading.Event | None = None,
) -> Outcome:
    """Make a report in a child process and wait for it.

    Parameters
    ----------
    values : dict
        The parameters, with whole paths.
    made_of : dict
        The caller's fingerprint of the report (`pileup.make.cache.fingerprint`): a worker on another machine
        that has other code, data or packages refuses the work. Empty where it is the same machine.
    notebook : str
        The notebook's path; empty for the one that ships, wherever the worker has it.
    limit : float
        Seconds that the report may take.
    stop : threading.Event, optional
        Set by the caller to end the child at once.

    Returns
    -------
    Outcome
        The report's files, or why there are none. A child that was killed from outside (for want of memory,
        say) is started once more.
    """
    begun = time.monotonic()
    for last in (False, True):
        outcome, killed = _once(values, made_of, notebook, limit, stop)
        if not killed or last:
            break
    return Outcome(outcome.files, time.monotonic() - begun, outcome.cell, outcome.message)


def _once(
    values: dict[str, Any],
    made_of: dict[str, str],
    notebook: str,
    limit: float,
    stop: threading.Event | None,
) -> tuple[Outcome, bool]:
    """Try once; also tell whether the child was killed by a signal."""
    own, its = Pipe()
    begun = False
    child = start(_make, its, os.getcwd(), values, made_of, notebook, limit, warm=["pileup.make.warm"])
    until, cell = time.monotonic() + WARM_UP, None
    try:
        while True:
            if stop and stop.is_set():
                return Outcome(message="interrupted"), False
            if time.monotonic() > until:
                took = f"took longer than {limit:g} seconds" if begun else "its process did not start"
                return Outcome(cell=cell, message=f"{took} and was ended"), False
            if own.poll(_LOOK):
                match own.recv():
                    case dict() as files:
                        return Outcome(files), False
                    case str() as message:
                        return Outcome(cell=cell, message=message), False
                    case True:
                        begun, until = True, time.monotonic() + limit
                    case number:
                        cell = number
    except (EOFError, OSError):
        child.join(5)
        status = child.exitcode
        # 255 is what multiprocessing reports when the fork server itself was killed.
        killed = status is not None and (status < 0 or status == 255)
        how = f"killed by signal {-status}" if status and status < 0 else f"exit status {status}"
        return Outcome(cell=cell, message=f"the notebook's process ended ({how})"), killed
    finally:
        own.close()
        child.kill()
        child.join()


def _make(
    pipe: Connection,
    folder: str,
    values: dict[str, Any],
    made_of: dict[str, str],
    notebook: str,
    limit: float,
) -> None:
    """Make a report; the child's whole life. It sends True, cell numbers, and then the files or a message."""
    settle(folder)
    from pileup.make import cache, drawn, engine
    from pileup.make.run import NOTEBOOK, build

    if hasattr(signal, "alarm"):
        signal.alarm(int(limit) + 60)  # should the caller itself be killed, nothing hangs on without it
    engine.alone = True
    drawn.alone()
    with contextlib.suppress(BrokenPipeError):
        pipe.send(True)
        try:
            chosen = parameters.check(values)
            its = cache.fingerprint(chosen) if made_of else {}
            other = [part for part in its if its[part] != made_of.get(part)]
            if other:
                raise PileupError(f"this worker has not the same as the sweep: {', '.join(other)}")
            pipe.send(build(chosen, notebook=Path(notebook or NOTEBOOK), started=pipe.send))
        except PileupError as error:
            pipe.send(str(error))
        except MemoryError:
            pipe.send("the notebook needs more memory than there is")
        except Exception as error:
            pipe.send(f"{type(error).__name__}: {error}")
