"""`pileup notebook`: the notebooks that come with the package, for papermill and for JupyterLab."""

from pathlib import Path

import click

from pileup.base.paths import shown
from pileup.desk import completing


@click.group()
def notebook() -> None:
    """Find or copy the notebooks that come with pileup."""


@notebook.command()
@click.argument("name", metavar="NAME", shell_complete=completing.notebooks)
def path(name: str) -> None:
    """Print where a notebook is.

    For papermill: papermill $(pileup notebook path report) out.ipynb -p state TX
    """
    from pileup.make.notebooks import notebook_path

    click.echo(notebook_path(name))


@notebook.command()
@click.argument("name", metavar="NAME", shell_complete=completing.notebooks)
@click.argument(
    "target",
    type=click.Path(path_type=Path),
    required=False,
    metavar="[TARGET]",
    shell_complete=completing.a_file,
)
def copy(name: str, target: Path | None) -> None:
    """Write a copy of a notebook, to change it.

    TARGET is a file or a folder (default: the folder you stand in). Nothing is overwritten.
    """
    from pileup.make.notebooks import copy_notebook

    click.echo(shown(copy_notebook(name, target)))
