"""Makes one report in a process of its own: whatever its notebook does, the caller gets an outcome."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.files import parameters
from pileup.make.child import EndedError, StoppedError, TooLongError, Worker, child

#: Seconds that the fork server may take for its imports; a report's own time counts from its fork.
WARM_UP = 120


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


@dataclass(frozen=True)
class Job:
    """What a child is asked for; `make_alone` says what each part is."""

    values: dict[str, Any]
    made_of: dict[str, str]
    notebook: str
    limit: float


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
        outcome, killed = _once(Job(values, made_of, notebook, limit), stop)
        if not killed or last:
            break
    return Outcome(outcome.files, time.monotonic() - begun, outcome.cell, outcome.message)


def _once(job: Job, stop: threading.Event | None) -> tuple[Outcome, bool]:
    """Try once; also tell whether the child was killed by a signal."""
    cell: int | None = None

    def note(number: int | None) -> None:
        nonlocal cell
        cell = number

    late = "its process did not start"
    with child(_reporter, warm=["pileup.make.warm"]) as maker:
        try:
            maker.ready(WARM_UP, stop)
            late = f"took longer than {job.limit:g} seconds"
            made = maker.ask(job, note, job.limit, stop)
        except StoppedError:
            return Outcome(message="interrupted"), False
        except TooLongError:
            return Outcome(cell=cell, message=f"{late} and was ended"), False
        except EndedError as ended:
            status = ended.status
            # 255 is what multiprocessing reports when the fork server itself was killed.
            killed = status is not None and (status < 0 or status == 255)
            how = f"killed by signal {-status}" if status and status < 0 else f"exit status {status}"
            return Outcome(cell=cell, message=f"the notebook's process ended ({how})"), killed
    return (Outcome(cell=cell, message=made) if isinstance(made, str) else Outcome(made)), False


def _reporter() -> Worker:
    """Do the imports, and return what makes a report in a child."""
    for name in ("cache", "drawn", "engine", "run"):  # before the time of the report counts
        import_module(f"pileup.make.{name}")
    return _make


def _make(job: Job, note: Callable[[int | None], Any]) -> dict[str, bytes] | str:
    """Make a report, told of each cell; give its files, or say why there are none."""
    from pileup.make import cache
    from pileup.make.run import NOTEBOOK, build

    if hasattr(signal, "alarm"):
        signal.alarm(int(job.limit) + 60)  # should the caller itself be killed, nothing hangs on without it
    try:
        chosen = parameters.check(job.values)
        its = cache.fingerprint(chosen) if job.made_of else {}
        other = [part for part in its if its[part] != job.made_of.get(part)]
        if other:
            raise PileupError(f"this worker has not the same as the sweep: {', '.join(other)}")
        return build(chosen, notebook=Path(job.notebook or NOTEBOOK), started=note, alone=True)
    except PileupError as error:
        return str(error)
    except MemoryError:
        return "the notebook needs more memory than there is"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
