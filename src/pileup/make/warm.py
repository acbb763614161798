"""What a sweep's fork server reads before it forks: imports, and one rehearsal that fills every cache."""

import contextlib
import gc
from importlib import import_module

from pileup.files.parameters import Parameters
from pileup.make.run import NOTEBOOK, import_nbformat
from pileup.page import svg
from pileup.page.studio import Studio
from pileup.story import charts, prose, tables
from pileup.story.report import Report


def rehearse() -> None:
    """Make the report of the case that ships and throw it away.

    plotly, jinja2 and the fonts then know what they would look up again in every child. The cells are
    evaluated plainly, without a shell: no child must find another's history.
    """
    import_nbformat()
    import nbformat

    for name in ("pileup.make.engine", "ipykernel.compiler", "ipykernel.zmqshell"):  # papermill, the shell
        import_module(name)
    from pileup.make.drawn import Kept
    from pileup.page.exporter import ReportExporter

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    names = {"report": Report(Parameters()), "charts": charts, "prose": prose, "tables": tables}
    with Studio(kept=Kept()) as studio:
        for cell in notebook.cells:
            if cell.cell_type == "code" and cell.source.endswith("(report)"):
                data = nbformat.from_dict(eval(cell.source, names)._repr_mimebundle_())
                cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
                for _size, name, figure in svg.drawings(data):
                    studio.begin_figure(figure, name)
        ReportExporter(studio=studio).from_notebook_node(notebook)


# The engine is made in the main thread, which is the one that a fork keeps; the child draws in it.
svg.warm_up()
# Should it fail, the children find out with their own cells and messages.
with contextlib.suppress(Exception):
    rehearse()
# What is here stays here: children share these pages of memory instead of copying them while collecting.
gc.collect()
gc.freeze()
