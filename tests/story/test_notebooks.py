"""The notebooks as committed: run, whole and thin. nbval compares their outputs with a new run."""

import ast

import nbformat
import pytest

from pileup.base.paths import NOTEBOOKS
from pileup.story.blocks import BLOCK
from pileup.story.working import CHECKED

#: The launcher is a form and no analysis: tests/desk/test_launcher.py looks at it.
#: What a cell shows: a block of the page, numbers that it derives, or a frame.
SHOWN = {BLOCK, CHECKED, "text/html", "text/plain"}
PATHS = sorted(path for path in NOTEBOOKS.glob("*.ipynb") if path.stem != "launcher")


def _code(path) -> list:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def without_outputs(cells: list) -> list[str]:
    """Return the cells that should show something and do not: nbval would pass them without comparing."""
    return [
        cell.source
        for cell in cells
        if "remove_cell" not in cell.metadata.get("tags", [])
        and not any(SHOWN & output.get("data", {}).keys() for output in cell.outputs)
        and not _only_defines(cell.source)
    ]


def _only_defines(source: str) -> bool:
    """Tell whether a cell only names what later cells use."""
    return not any(isinstance(one, ast.Expr) for one in ast.parse(source).body)


def test_all_four_are_there() -> None:
    assert [path.name for path in PATHS] == [
        "1-case.ipynb",
        "2-pileup.ipynb",
        "3-sentence.ipynb",
        "report.ipynb",
    ]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_with_outputs(path) -> None:
    cells = _code(path)
    assert without_outputs(cells) == []
    assert all(cell.execution_count for cell in cells)
    assert [
        output.output_type
        for cell in cells
        for output in cell.outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ] == []


def test_the_guard_sees_a_notebook_that_was_not_run() -> None:
    cells = _code(PATHS[0])
    for cell in cells:
        cell.outputs = []
    assert len(without_outputs(cells)) == len(cells) - 2


def test_cells_of_the_report_are_thin() -> None:
    """A question as the heading, one call, the answer under it; the working stands in the numbered ones."""
    for cell in _code(NOTEBOOKS / "report.ipynb")[2:]:
        assert cell.source.count("\n") == 0
        assert cell.source.startswith(("prose.", "charts.", "tables."))
        assert cell.source.endswith("(report)")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_path_of_a_machine_is_stored(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "papermill" not in nbformat.read(path, as_version=4).metadata
    assert not any(mark in text for mark in ("/home/", "/Users/", "/tmp/", "ipykernel_"))
