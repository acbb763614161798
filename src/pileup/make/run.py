"""Runs the report notebook for one set of parameters, and has the finished page put in its place."""

import sys
import threading
import warnings
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pileup.base.errors import PileupError
from pileup.base.paths import NOTEBOOKS, REPORTS, shown
from pileup.case.load import CASES, case_path, hold_translation, known_cases, load_case
from pileup.case.model import CaseFile
from pileup.files.elsewhere import is_elsewhere, write_text
from pileup.files.parameters import Parameters
from pileup.make.child import FORKS, STORY, prepare
from pileup.make.place import check_place, folder_name, put, stands_in_reports, try_place
from pileup.page.single import single
from pileup.words.language import Language

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from pileup.page.studio import Studio

NOTEBOOK = NOTEBOOKS / "report.ipynb"


#: The cases and languages whose catalogs were looked through in this process: a sweep asks often.
_HELD: set[tuple[Path, Language]] = set()
#: Is told the number of each cell when it begins (the first is 1), and None when all are done.
Started = Callable[[int | None], Any]


def make_report(
    chosen: Parameters,
    out: Path | None = None,
    progress: bool = True,
    base_url: str = "",
    started: Started | None = None,
    working: bool = False,
) -> Path:
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
    base_url : str
        The public address of the folder that will hold the report, where it is known.
    started : callable, optional
        Is told of each cell.
    working : bool
        Run the numbered notebooks, too, and put them beside the page.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    PileupError
        When the case or a parameter is wrong, a cell fails, or the page has a fault.

    Examples
    --------
    >>> from pathlib import Path
    >>> import pileup
    >>> page = pileup.make_report(pileup.Parameters(state="TX"), Path("texas"), progress=False)
    >>> page.relative_to(Path.cwd()).as_posix()
    'texas/index.html'
    """
    chosen, folder = settle(chosen, out)
    check_place(folder)
    try:
        try_place(folder)  # one that cannot be written is told before the run
        files = build(chosen, progress, base_url, started=started, working=working)
        return put(files, folder, shared=stands_in_reports(folder))
    except OSError as error:
        raise PileupError(f"cannot write {shown(folder)}: {error.strerror or error}") from None


def refresh(
    chosen: Parameters,
    out: Path | None = None,
    force: bool = False,
    base_url: str = "",
    working: bool = False,
    **options: Any,
) -> tuple[Path, bool]:
    """Make the report unless nothing that it is made of has changed since it was made.

    Parameters
    ----------
    chosen, out, base_url, working
        As for `make_report`.
    force : bool
        Make it whatever has changed.
    **options
        What else `make_report` takes.

    Returns
    -------
    tuple of Path and bool
        The page, and whether it was made now.

    Raises
    ------
    PileupError
        As `make_report` does.
    """
    from pileup.make import cache

    whole, folder = settle(chosen, out)
    made_of = cache.fingerprint(whole, base_url, working=working)
    if not force and not cache.changed(folder, made_of):
        return folder / "index.html", False
    page = make_report(chosen, out, base_url=base_url, working=working, **options)
    cache.remember(folder, made_of)
    return page, True


def settle(
    chosen: Parameters, out: Path | None = None, case: CaseFile | None = None
) -> tuple[Parameters, Path]:
    """Find a case's and a group's file, and the folder for the report.

    Parameters
    ----------
    chosen : Parameters
        What to run.
    out : Path, optional
        The folder, where it is not to be the usual one.
    case : CaseFile, optional
        The case, where it is loaded already.

    Returns
    -------
    tuple of Parameters and Path
        The same with whole paths, so that it can be run from anywhere, and the folder.

    Raises
    ------
    PileupError
        The case or the group file is missing or wrong.
    """
    case, path = case or load_case(chosen.case), case_path(chosen.case)
    name = case.case.id
    if path and path.parent != CASES:
        # A file of one's own gives the report its name, so that a copied case spoils no other's page.
        name = path.stem
        if out is None and name in known_cases():
            raise PileupError(
                f"case file {path.name}: a case of this name ships, and the report would take the place of"
                " its page; give the file another name, or name a folder with --out"
            )
        chosen = chosen.model_copy(update={"case": str(path.resolve())})
    if path and (path, chosen.language) not in _HELD:
        hold_translation(case, path, chosen.language)
        _HELD.add((path, chosen.language))
    if chosen.group:
        from pileup.case.group import load_group

        load_group(chosen.group)  # its faults are told before a notebook is run
        chosen = chosen.model_copy(update={"group": str(Path(chosen.group).resolve())})
    return chosen, (out or REPORTS / folder_name(chosen, name, REPORTS)).resolve()


def build(
    chosen: Parameters,
    progress: bool = False,
    base_url: str = "",
    notebook: Path = NOTEBOOK,
    started: Started | None = None,
    alone: bool = False,
    working: bool = False,
) -> dict[str, bytes]:
    """Run the notebook and make the page, without writing anything.

    Parameters
    ----------
    chosen : Parameters
        What to run, as `settle` returns it.
    progress : bool
        Show a progress bar.
    base_url : str
        The public address of the folder that will hold the report, where it is known.
    notebook : Path
        The notebook to run.
    started : callable, optional
        Is told of each cell.
    alone : bool
        Run the cells and draw in this very process: it was made for this report, and is one of many that
        have a core each.
    working : bool
        Run the numbered notebooks, too, and put them beside the page.

    Returns
    -------
    dict
        Name and content of each file of the report, the page as `index.html`.

    Raises
    ------
    PileupError
        A cell fails, or the page has a fault.
    """
    if not alone:
        prepare(STORY)
    from pileup.make.drawn import Kept
    from pileup.page.studio import Studio

    try:
        with Studio(alone, Kept()) as studio:
            executed = _execute(chosen, notebook, progress, started, studio, alone)
            if started:
                started(None)
            numbered = _working(chosen, progress, studio, alone) if working else {}
            page, files = _export(executed, base_url, studio, numbered)
    except BrokenProcessPool:
        raise PileupError(
            "a process that draws charts was ended from outside, perhaps for want of memory; run it again"
        ) from None
    files = {name.removeprefix("./"): content for name, content in files.items()}
    return {"index.html": page.encode(), **files}


def write_single(page: Path, target: str | Path) -> None:
    """Write a page as one file, with its tables and findings inside.

    Parameters
    ----------
    page : Path
        The page of a finished report.
    target : str or Path
        The file, or an address that papermill has a handler for (`s3://...`).

    Raises
    ------
    PileupError
        The file cannot be written.
    """
    here = page.parent
    files = {
        path.relative_to(here).as_posix(): path.read_bytes() for path in here.rglob("*") if path.is_file()
    }
    made = single(page.read_text(encoding="utf-8"), files)
    try:
        if is_elsewhere(str(target)):
            write_text(made, str(target))
        else:
            Path(target).write_text(made, encoding="utf-8")
    except OSError as error:
        why = error.strerror
        raise PileupError(f"--single-file {shown(Path(target))}: cannot be written ({why})") from None


def import_nbformat() -> None:
    """Import nbformat without a second's work for nothing; to be called before papermill and nbconvert.

    JupyterLab brings rfc3987_syntax along, with which jsonschema can tell whether a text is an address. That
    module builds its grammar while it is imported. No schema of a notebook asks for the check, and jsonschema
    does without the module where it is not installed.
    """
    check = "rfc3987_syntax"
    # None is Python's own way to say that a module is not there; one that is loaded already stays.
    absent = sys.modules.setdefault(check, cast(Any, None)) is None
    try:
        import_module("nbformat")
    finally:
        if absent:
            del sys.modules[check]


def _execute(
    chosen: Parameters,
    notebook: Path,
    progress: bool,
    started: Started | None,
    studio: "Studio",
    alone: bool,
) -> "NotebookNode":
    """Run the notebook in a process of its own, and draw each chart as soon as its cell is done."""
    if not notebook.is_file():
        raise PileupError(
            f"{notebook} is missing; restore it with `git checkout -- notebooks/{notebook.name}`"
        )
    import_nbformat()
    import papermill
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError

    from pileup.make.engine import WarmEngine
    from pileup.page import svg

    # While the notebook is running:
    threading.Thread(target=import_module, args=("pileup.page.exporter",), daemon=True).start()
    papermill_engines.register("pileup", WarmEngine)
    ours = alone or FORKS

    def draw_ahead(cell: "NotebookNode", **_: Any) -> None:
        """Begin to draw the charts that a cell shows; the engine calls this after each cell."""
        for output in cell.get("outputs", []):
            for _size, name, figure in svg.drawings(output.get("data", {})):
                studio.begin_figure(figure, name)

    def tell(cell_index: int, **_: Any) -> None:
        if started:
            started(cell_index + 1)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return papermill.execute_notebook(
                notebook,
                None,
                engine_name="pileup" if ours else None,
                parameters=chosen.model_dump(),
                progress_bar=progress,
                log_output=False,
                cwd=str(Path.cwd()),
                request_save_on_cell_execute=False,
                on_cell_start=tell,
                on_cell_executed=draw_ahead,
                **({"here": alone} if ours else {}),
            )
    except PapermillExecutionError as error:
        told = str(error.evalue)
        if error.ename == "PileupError":
            raise PileupError(told) from None
        raise PileupError(f"{notebook.name}, cell {error.cell_index + 1}: {error.ename}: {told}") from None


def _working(chosen: Parameters, progress: bool, studio: "Studio", alone: bool) -> "dict[str, NotebookNode]":
    """Run the numbered notebooks with the parameters of the report."""
    from pileup.page.working import numbered

    found = {}
    for path in numbered():
        try:
            found[path.stem] = _execute(chosen, path, progress, None, studio, alone)
        except PileupError as error:
            raise PileupError(
                f"the working, {path.name}: {str(error).removeprefix(f'{path.name}, ')}"
            ) from None
    return found


def _export(
    executed: "NotebookNode", base_url: str, studio: "Studio", working: "dict[str, NotebookNode]"
) -> tuple[str, dict[str, Any]]:
    """Make the page, as `jupyter nbconvert --to report` does."""
    from pileup.page.exporter import ReportExporter

    exporter: Any = ReportExporter(base_url=base_url, studio=studio, working=working)
    page, resources = exporter.from_notebook_node(executed)
    return page, resources["outputs"]
