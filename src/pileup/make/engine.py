"""The papermill engines: one runs a notebook in a child forked from a warm process, one in a kernel.

papermill imports this module with itself wherever pileup is installed. What it imports in turn is what every
run of papermill imports, so the kernel is none of it (`pileup.make.shell` says why).
"""

import contextlib
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

import zmq
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.log import logger
from traitlets.config import Config

from pileup.make.child import FORKS, STORY, EndedError, TooLongError, child
from pileup.make.shell import Message, cells, failed

#: jupyter_client then gives the kernel keys, where both can use them: nothing goes over TCP in plain text, of
#: which ipykernel otherwise warns at each start. A socket of the file system (`ipc`) would do as well, but
#: not on Windows, nor below a folder with a long name.
ENCRYPTED = Config({"KernelManager": {"transport_encryption": "auto"}})


class KernelEngine(NBClientEngine):
    """papermill's ordinary engine, with an encrypted way to the kernel."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *args: Any, **kwargs: Any
    ) -> None:
        """Run the notebook in a kernel.

        Parameters
        ----------
        nb_man, kernel_name, *args, **kwargs
            As papermill's own engine takes them; a `config` that is given comes before what is set here.
        """
        config = Config()
        for one in (ENCRYPTED if zmq.has("curve") else {}, kwargs.pop("config", {})):
            config.merge(one)
        super().execute_managed_notebook(nb_man, kernel_name, *args, config=config, **kwargs)


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
            KernelEngine.execute_managed_notebook(
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
# What papermill runs a notebook with where no engine is named; one of somebody else's stays.
if papermill_engines.get_engine() is NBClientEngine:
    papermill_engines.register(None, KernelEngine)
