"""Things that several test files need: the default report, and one finished page."""

import json
from pathlib import Path

import nbformat
import pytest

from pileup import parameters
from pileup.page.exporter import ReportExporter
from pileup.paths import NOTEBOOKS
from pileup.run import make_report
from pileup.story import charts, prose, tables
from pileup.story.report import Report

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the official files' copies, which only a full working place has."""
    folder = ROOT.parent / "shared"
    if not (folder / "mirror").is_dir():
        pytest.skip("needs the copies of the official files, in a folder 'shared' beside the repository")
    return folder


@pytest.fixture(scope="session")
def report() -> Report:
    """The report of the case that ships, with every parameter at its default."""
    return Report(parameters.check({}))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report made with the defaults, by a real run of the notebook."""
    folder = tmp_path_factory.mktemp("made") / "report"
    make_report(parameters.check({}), folder, progress=False)
    return folder


@pytest.fixture(scope="session")
def findings(made: Path) -> dict[str, float]:
    """The findings that stand beside that report: id and value."""
    record = json.loads((made / "findings.json").read_text(encoding="utf-8"))
    return {finding["id"]: finding["value"] for finding in record["findings"]}


def export(report: Report) -> str:
    """Return the page of a report, from the cells of the report notebook, run here and not in a kernel."""
    notebook = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    names = {"report": report, "charts": charts, "prose": prose, "tables": tables}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.endswith("(report)"):
            data = nbformat.from_dict(eval(cell.source, names)._repr_mimebundle_())
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    return ReportExporter().from_notebook_node(notebook)[0]
