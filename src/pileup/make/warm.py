"""What a sweep's fork server reads before it forks: imports, and one rehearsal that fills every cache."""

import contextlib
import gc

from pileup.make import light  # noqa: F401 - must come first

# isort: split
import nbformat
import papermill  # noqa: F401

from pileup.files.parameters import Parameters
from pileup.make import (
    drawn,
    shell,  # noqa: F401
)
from pileup.make.run import NOTEBOOK
from pileup.page import svg
from pileup.page.exporter import ReportExporter
from pileup.story import charts, prose, tables
from pileup.story.report import Report


def rehearse() -> None:
    """Make the report of the case that ships and throw it away.

    plotly, jinja2 and the fonts then know what they would look up again in every child. The cells are
    evaluated plainly, without a shell: no child must find another's history.
    """
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    names = {"report": Report(Parameters()), "charts": charts, "prose": prose, "tables": tables}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.endswith("(report)"):
            data = nbformat.from_dict(eval(cell.source, names)._repr_mimebundle_())
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
            for _size, name, figure in svg.drawings(data):
                drawn.begin(figure, name)
    ReportExporter().from_notebook_node(notebook)


drawn.use()
# The engine is made in the main thread, which is the one that a fork keeps; the child draws in it.
svg.warm_up()
# Should it fail, the children find out with their own cells and messages.
with contextlib.suppress(Exception):
    rehearse()
drawn.alone()
# What is here stays here: children share these pages of memory instead of copying them while collecting.
gc.collect()
gc.freeze()
