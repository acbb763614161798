"""A papermill engine that runs a notebook in a child forked from a warm process, not in a new kernel."""

import contextlib
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from pileup.make.child import FORKS, STORY, EndedError, TooLongError, child
from pileup.make.shell import Message, cells, failed


class WarmEngine(Engine):
    """Run notebooks as the ordinary engine does, but forked from a process that has its imports done.

    `papermill --engine pileup` uses it. The child's shell is the kernel's own (ipykernel's), and its
    messages are put into the notebook by the ordinary engine's own client (nbclient's), so that the outputs
    are the same; only the sockets between them are left out.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        execution_timeout: float | None = None,
        here: bool = False,
        **kwargs: Any,
    ) -> None:
        """Run the cells one after another until one fails.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            papermill's keeper of the notebook.
        kernel_name : str
            Used only where the ordinary engine has to run the notebook.
        log_output : bool
            Log what the cells show.
        execution_timeout : float, optional
            Seconds that one cell may take.
        here : bool
            Run the cells in this very process, which was made for one notebook alone.
        **kwargs
            nbclient's options; `on_cell_start` and `on_cell_executed` are called as it calls them.
        """
        language = nb_man.nb.metadata.get("kernelspec", {}).get("language", "python")
        if not (here or FORKS) or language != "python":
            logger.warning("engine pileup: this notebook cannot be forked here; it runs in a kernel")
            NBClientEngine.execute_managed_notebook(
                nb_man, kernel_name, log_output=log_output, execution_timeout=execution_timeout, **kwargs
            )
            return
        from ipykernel.ipkernel import IPythonKernel

        hooks = {name: kwargs.get(name) or _nothing for name in ("on_cell_start", "on_cell_executed")}
        files = {name: kwargs.get(name) for name in ("stdout_file", "stderr_file")}
        client = PapermillNotebookClient(
            nb_man, log_output=log_output, log=logger, record_timing=False, **files
        )
        client.reset_execution_trackers()
        with contextlib.nullcontext(cells()) if here else _forked(execution_timeout) as run:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                good = True
                if cell.cell_type == "code" and cell.source.strip():
                    hooks["on_cell_start"](cell=cell, cell_index=index)
                    client.clear_before_next_output = False
                    good = run(cell.source, partial(client.process_message, cell=cell, cell_index=index))
                    good = good or "raises-exception" in cell.metadata.get("tags", [])
                    hooks["on_cell_executed"](cell=cell, cell_index=index, execute_reply={})
                if not good:
                    nb_man.cell_exception(cell, cell_index=index)
                nb_man.cell_complete(cell, cell_index=index)
                if not good:
                    break
        nb_man.nb.metadata["language_info"] = IPythonKernel.language_info


#: Runs one cell, hands on its messages, and tells whether it ended well.
Runner = Callable[[str, Callable[[Message], Any]], bool]


def _nothing(**_: Any) -> None:
    """Stand in for a hook that nobody asked for."""


@contextlib.contextmanager
def _forked(seconds: float | None) -> Generator[Runner]:
    """Give a runner that runs cells in a child of its own, which is gone afterward."""
    with child(cells, warm=STORY) as notebook:

        def run(source: str, hand_on: Callable[[Message], Any]) -> bool:
            try:
                return notebook.ask(source, hand_on, seconds)
            except EndedError as ended:
                how = f"the notebook ended its process (status {ended.status})"
                hand_on(failed("NotebookDied", how))
            except TooLongError:
                hand_on(failed("CellTimeoutError", f"the cell took longer than {seconds:g} seconds"))
            return False

        yield run


# The entry point names this module and not the class: papermill loads it while papermill itself is being
# imported, which may have been begun by the first lines of this very file, before there is a class.
execute_notebook = WarmEngine.execute_notebook
nb_kernel_name = WarmEngine.nb_kernel_name
nb_language = WarmEngine.nb_language
