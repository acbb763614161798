"""Where the repository is, and a page made here and now: what tests of several rooms need."""

from pathlib import Path

import nbformat

from pileup.base.paths import NOTEBOOKS
from pileup.page.exporter import ReportExporter
from pileup.story import charts, prose, tables
from pileup.story.report import Report

ROOT = Path(__file__).parents[1]


def export(report: Report) -> str:
    """Return the page of a report, from the cells of the report notebook, run here and not in a kernel."""
    notebook = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    names = {"report": report, "charts": charts, "prose": prose, "tables": tables}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.endswith("(report)"):
            data = nbformat.from_dict(eval(cell.source, names)._repr_mimebundle_())
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    return ReportExporter().from_notebook_node(notebook)[0]
