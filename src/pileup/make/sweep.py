"""Makes many reports, on this machine's cores or on a Dask cluster, and says of each what came of it."""

import concurrent.futures
import fnmatch
import json
import os
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from tqdm import tqdm

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.make import cache, run
from pileup.make.interlink import interlink
from pileup.make.isolated import Outcome, make_alone
from pileup.make.place import check_place, put
from pileup.make.sweepfile import Task
from pileup.page.ranked import Row, numbers, ranked
from pileup.words.language import Language

#: Seconds that one report may take unless the command says otherwise.
LIMIT = 300.0


@dataclass
class Line:
    """What the summary says of one report.

    Attributes
    ----------
    name : str
        Its folder's name.
    parameters : dict
        What was run.
    status : str
        "ok": made now; "failed"; "skipped": not run, and `message` says why.
    cell : int or None
        The number of the cell that failed, counted from 1 with the injected parameters.
    message : str
        Why it failed or was skipped.
    seconds : float
        How long it took.
    page : str or None
        The page, relative to the summary, where there is one.
    numbers : dict
        By the id of its finding: the place of the crash among others, and how many these are.
    """

    name: str
    parameters: dict[str, Any]
    status: Literal["ok", "failed", "skipped"] = "skipped"
    cell: int | None = None
    message: str = "not reached"
    seconds: float = 0.0
    page: str | None = None
    numbers: dict[str, int] = field(default_factory=dict)


def choose(tasks: Sequence[Task], only: str | None = None, limit: int | None = None) -> list[Task]:
    """Choose among the reports of a sweep file.

    Parameters
    ----------
    tasks : sequence of Task
        All of them.
    only : str, optional
        A pattern with `*` and `?`, or a part of the name.
    limit : int, optional
        At most this many, from the first on.

    Raises
    ------
    PileupError
        The pattern matches nothing.
    """
    chosen = [task for task in tasks if not only or fnmatch.fnmatchcase(task.name, only) or only in task.name]
    if not chosen:
        raise PileupError(
            f"--only {only!r} matches none of the {len(tasks)} reports; their names are such as"
            f" {tasks[0].name}"
        )
    return chosen[:limit]


def sweep(
    title: str,
    tasks: Sequence[Task],
    out: Path,
    jobs: int | None = None,
    keep_going: bool = False,
    force: bool = False,
    limit: float = LIMIT,
    dask: str | None = None,
    notebook: Path = run.NOTEBOOK,
    echo: Callable[[str], Any] = print,
) -> list[Line]:
    """Make the reports that are not there yet or of which something has changed.

    Each is made in a process of its own and put in its place by this one, whole or not at all. After each
    one `summary.json` and `index.html` in `out` are written anew, so that they hold whatever ends the run.

    Parameters
    ----------
    title : str
        The heading of the index page.
    tasks : sequence of Task
        What to make.
    out : Path
        The folder for the reports' folders.
    jobs : int, optional
        How many at once; by default one a core.
    keep_going : bool
        Go on when a report fails.
    force : bool
        Make them again even if nothing has changed.
    limit : float
        Seconds that a report may take.
    dask : str, optional
        The address of a Dask scheduler that shall spread the work.
    notebook : Path
        The notebook to run.
    echo : callable
        Prints a line.

    Returns
    -------
    list of Line
        What came of each report, in the order of `tasks`.

    Raises
    ------
    PileupError
        The folder cannot be written or holds something else, or the cluster cannot be reached.
    KeyboardInterrupt
        Handed on after the summary is written; the next run goes on from there.
    """
    lines = {task.name: Line(task.name, _named(task)) for task in tasks}
    homes = {task.name: task.home for task in tasks}
    prints: dict[str, cache.Print] = {}
    shared = cache.common()
    for task in tasks:
        check_place(out / task.name)
        prints[task.name] = cache.fingerprint(task.chosen, shared=shared)
        if not force and not cache.changed(out / task.name, prints[task.name]):
            lines[task.name].message = "nothing has changed since it was made"
            lines[task.name].page = f"{task.name}/index.html"
            lines[task.name].numbers = numbers(out / task.name)
    waiting = [task for task in tasks if not lines[task.name].page]
    stop = threading.Event()
    try:
        out.mkdir(parents=True, exist_ok=True)
        _record(title, out, lines, homes)
        with _executor(jobs, dask) as executor, _bar(len(waiting), echo) as done:
            begun = {
                executor.submit(
                    make_alone,
                    task.chosen.model_dump(),
                    prints[task.name] if dask else {},
                    "" if notebook == run.NOTEBOOK else str(notebook),
                    limit,
                    *([] if dask else [stop]),
                ): task
                for task in waiting
            }
            try:
                for future in concurrent.futures.as_completed(list(begun)):
                    task = begun.pop(future)  # with it goes the report's content, once it is on disk
                    line = lines[task.name]
                    _place(future, out / task.name, prints[task.name], line)
                    _record(title, out, lines, homes)
                    done(line)
                    if line.status == "failed" and not keep_going:
                        for other in waiting:
                            if lines[other.name].message == "not reached":
                                lines[other.name].message = f"not run, because {task.name} failed"
                        break
                _interlink(tasks, out, prints)
            finally:
                stop.set()
                for future in begun:
                    future.cancel()
    except OSError as error:
        raise PileupError(f"cannot write {shown(out)}: {error.strerror or error}") from None
    finally:
        if out.is_dir():
            _record(title, out, lines, homes)
    return list(lines.values())


def _interlink(tasks: Sequence[Task], out: Path, prints: Mapping[str, cache.Print]) -> None:
    """Link the reports that differ in nothing but their language."""
    same: dict[str, dict[Language, Path]] = {}
    for task in tasks:
        key = task.chosen.model_dump_json(exclude={"language"})
        same.setdefault(key, {})[task.chosen.language] = out / task.name
    for folders in same.values():
        for folder in interlink(folders):
            cache.remember(folder, prints[folder.name])


def _named(task: Task) -> dict[str, Any]:
    """Return the parameters with a file's name instead of its place on this machine."""
    values = task.chosen.model_dump()
    return values | {key: Path(values[key]).name for key in ("case", "group")}


def _place(future: "concurrent.futures.Future[Outcome]", folder: Path, was: cache.Print, line: Line) -> None:
    """Put a report that is made in its place, and note what came of it."""
    try:
        outcome = future.result()
    except concurrent.futures.CancelledError:
        outcome = Outcome(message="the cluster gave it up")
    except Exception as error:  # a cluster has errors of its own, such as a task that killed every worker
        outcome = Outcome(message=f"{type(error).__name__}: {error}")
    line.seconds, line.cell, line.message = round(outcome.seconds, 2), outcome.cell, outcome.message
    if outcome.files:
        put(outcome.files, folder, shared=True)
        cache.remember(folder, was)
        line.page, line.numbers = f"{folder.name}/index.html", numbers(folder)
    line.status = "ok" if outcome.files else "failed"


@contextmanager
def _executor(jobs: int | None, dask: str | None) -> Generator[concurrent.futures.Executor]:
    """Give what spreads the work: threads that each wait for a process of their own, or a Dask cluster."""
    if dask is None:
        with concurrent.futures.ThreadPoolExecutor(jobs or os.cpu_count() or 1, "report") as pool:
            yield pool
        return
    try:
        from distributed import Client
    except ImportError:
        raise PileupError(
            "--dask needs one more package; install it with: pip install 'pileup[dask]'"
        ) from None
    try:
        client = Client(dask, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PileupError(f"--dask {dask}: no scheduler answers there ({error})") from None
    with client, client.get_executor(pure=False) as executor:
        yield executor


@contextmanager
def _bar(total: int, echo: Callable[[str], Any]) -> Generator[Callable[[Line], None]]:
    """Show how far it is: a bar on a terminal, a line for each report elsewhere."""
    begun, finished = time.monotonic(), 0
    with tqdm(total=total, unit="report", disable=None) as bar:

        def done(line: Line) -> None:
            nonlocal finished
            finished += 1
            left = (time.monotonic() - begun) / finished * (total - finished)
            bar.update()
            if bar.disable:
                echo(f"{finished}/{total} {_said(line)}; about {left:.0f} s left")
            elif line.status == "failed":
                bar.write(_said(line))

        yield done


def _said(line: Line) -> str:
    where = f" in cell {line.cell}" if line.cell else ""
    return f"{line.name}: {line.status}{where}, {line.seconds:.1f} s" + f": {line.message}" * bool(
        line.message
    )


def counts(lines: Sequence[Line]) -> dict[str, int]:
    """Count the reports by what came of them."""
    return {status: sum(line.status == status for line in lines) for status in ("ok", "failed", "skipped")}


def _record(title: str, out: Path, lines: dict[str, Line], homes: Mapping[str, str]) -> None:
    """Write the summary for machines and the index page for people."""
    told = {
        "title": title,
        **counts(list(lines.values())),
        "reports": [asdict(line) for line in lines.values()],
    }
    cache.write(out / "summary.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    rows = [_row(line, homes[line.name]) for line in lines.values()]
    cache.write(out / "index.html", f"{ranked(title, rows)}\n".encode())


def _row(line: Line, home: str) -> Row:
    """Return what the list of reports says of one."""
    failed = "" if line.page and line.status != "failed" else f"{line.status}. {line.message}"
    return Row(line.name, line.parameters, home, line.page or "", failed, line.numbers)
