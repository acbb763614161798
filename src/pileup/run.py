"""Run the report notebook for one set of parameters, and put the finished page in its place."""

import datetime as dt
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

from pileup.case import CASES, case_path, load_case
from pileup.errors import PileupError
from pileup.groupfile import load_group
from pileup.page import svg
from pileup.parameters import Parameters
from pileup.paths import NOTEBOOKS, REPORTS, shown

NOTEBOOK = NOTEBOOKS / "report.ipynb"


def make_report(chosen: Parameters, out: Path | None = None, progress: bool = True) -> Path:
    """Run the report and write the page, `findings.json`, `charts/` and `tables/`.

    Everything is made in a folder of its own first and takes the place of the last report only when the
    page has passed the guard; a run that fails leaves the last report as it was.

    Parameters
    ----------
    chosen : Parameters
        What to run.
    out : Path, optional
        The folder to write; by default one under `reports/`, named for the case and for the parameters
        that differ from its own.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    PileupError
        When the case or a parameter is wrong, a cell fails, or the page has a fault.
    """
    name, path = load_case(chosen.case).case.id, case_path(chosen.case)
    if path and path.parent != CASES:
        # A file of one's own gives the report its name, so that a copied case spoils no other's page.
        name = path.stem
        chosen = chosen.model_copy(update={"case": str(path.resolve())})
    if chosen.group:
        load_group(chosen.group)  # its faults are told before a kernel is started
        chosen = chosen.model_copy(update={"group": str(Path(chosen.group).resolve())})
    folder = (out or REPORTS / _name(name, chosen)).resolve()
    try:
        return _make(chosen, folder, progress)
    except OSError as error:
        raise PileupError(f"cannot write {shown(folder)}: {error.strerror or error}") from None


def due(chosen: Parameters) -> list[str]:
    """Return, a line each, the open questions whose day to look again has come at the edition's date."""
    case = load_case(chosen.case)
    edition = dt.date.fromisoformat(chosen.edition) if chosen.edition else case.case.as_of
    return [
        f"{one.id} is due for a check since {one.look_again}: {one.question}"
        for one in case.open
        if one.look_again and one.look_again <= edition
    ]


def _make(chosen: Parameters, folder: Path, progress: bool) -> Path:
    """Make the report in a folder beside its place, and move it there."""
    if folder.exists() and not folder.is_dir():
        raise PileupError(f"--out {shown(folder)}: this is a file; name a folder")
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".report-", dir=folder.parent) as scratch:
        executed = _execute(chosen, Path(scratch) / "executed.ipynb", progress)
        page, files = _export(executed)
        new = Path(scratch) / "new"
        for name, content in {**files, "index.html": page.encode()}.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _swap(new, folder, Path(scratch) / "old")
    return folder / "index.html"


def _name(case: str, chosen: Parameters) -> str:
    """Name the folder for the case and for what was changed, so that no run overwrites another's page."""
    changed = chosen.changed() | ({"group": Path(chosen.group).stem} if chosen.group else {})
    return "-".join([case, *(f"{name.replace('_', '-')}-{value}" for name, value in changed.items())])


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds anything else than a report: it would be replaced whole."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        inside = path.relative_to(folder)
        own = ("index.html", "findings.json", "charts", "tables", "charts/*.svg", "tables/*.csv")
        if not any(inside.match(pattern) and len(inside.parts) == pattern.count("/") + 1 for pattern in own):
            raise PileupError(
                f"--out {shown(folder)}: the folder holds {inside}, which is no part of a report; name an"
                " empty or new folder"
            )


def _execute(chosen: Parameters, target: Path, progress: bool) -> Path:
    """Run the notebook in a kernel of its own, and draw each chart as soon as its cell is done."""
    if not NOTEBOOK.is_file():
        raise PileupError(
            f"{NOTEBOOK} is missing; restore it with `git checkout -- notebooks/{NOTEBOOK.name}`"
        )
    svg.warm_up()
    import papermill
    from papermill.exceptions import PapermillExecutionError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            papermill.execute_notebook(
                NOTEBOOK,
                target,
                parameters=chosen.model_dump(),
                progress_bar=progress,
                log_output=False,
                cwd=str(Path.cwd()),
                request_save_on_cell_execute=False,
                on_cell_executed=_draw_ahead,
                extra_arguments=["--log-level=CRITICAL"],  # it warns of its TCP port at each start
            )
    except PapermillExecutionError as error:
        told = str(error.evalue)
        if error.ename == "PileupError":
            raise PileupError(told) from None
        raise PileupError(f"{NOTEBOOK.name}, cell {error.cell_index + 1}: {error.ename}: {told}") from None
    return target


def _draw_ahead(cell: Any, **_: Any) -> None:
    """Begin to draw the charts that a cell shows; nbclient calls this after each cell."""
    for output in cell.get("outputs", []):
        for _size, name, figure in svg.drawings(output.get("data", {})):
            svg.begin(figure, name)


def _export(executed: Path) -> tuple[str, dict[str, Any]]:
    """Make the page, as `jupyter nbconvert --to report` does."""
    from pileup.page.exporter import ReportExporter

    made: tuple[Any, dict[str, Any]] = ReportExporter().from_filename(str(executed))
    page, resources = made
    return page, resources["outputs"]


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put the new report in the old one's place; should that fail, the old one comes back."""
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:  # an interrupt too: the last report must not be lost
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
