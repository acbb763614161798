"""Where the repository is, and a page made here and now: what tests of several rooms need."""

from pathlib import Path
from typing import Any

import nbformat
from click.testing import CliRunner

from pileup.base.paths import NOTEBOOKS
from pileup.desk.cli import main
from pileup.page.exporter import ReportExporter
from pileup.story import charts, prose, tables
from pileup.story.report import Report

ROOT = Path(__file__).parents[1]


#: The cells of the report notebook that show something.
CALLS = [
    cell.source
    for cell in nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4).cells
    if cell.cell_type == "code" and cell.source.endswith("(report)")
]


def show(report: Report, call: str) -> dict[str, Any]:
    """Return what a cell of the report notebook shows, by media type; it is run here and not in a kernel."""
    names = {"report": report, "charts": charts, "prose": prose, "tables": tables}
    return eval(call, names)._repr_mimebundle_()


def words(report: Report) -> str:
    """Return everything that the report notebook shows, in words."""
    return "\n".join(show(report, call)["text/markdown"] for call in CALLS)


def executed(report: Report) -> nbformat.NotebookNode:
    """Return the report notebook as it would be after a run, without the code that sets it up."""
    notebook = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "code" or cell.source in CALLS]
    for cell in notebook.cells:
        if cell.source in CALLS:
            data = nbformat.from_dict(show(report, cell.source))
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    return notebook


def export(report: Report) -> str:
    """Return the page of a report, made from what the cells of the report notebook show."""
    return ReportExporter().from_notebook_node(executed(report))[0]


def pileup(*words: object) -> tuple[int, str]:
    """Run the command with these words; return its exit status and what it said."""
    ran = CliRunner().invoke(main, [*map(str, words)])
    return ran.exit_code, ran.output


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors such as #1f2933 (WCAG 2.2, "contrast ratio")."""

    def luminance(color: str) -> float:
        channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)
