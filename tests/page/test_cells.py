"""A notebook held against itself: other parameters, other runs, and what cells show that no page would."""

from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from pileup.base.errors import PileupError
from pileup.base.paths import NOTEBOOKS
from pileup.page import cells
from pileup.page.content import read
from pileup.story.blocks import BLOCK, Prose
from pileup.story.report import start
from pileup.story.started import MADE_WITH, start_with

CO = {"case": "aguilera-mederos", "state": "CO"}
START = "from pileup.story.report import start\nreport = start(globals())"


def _code(
    source: str, count: int | None, *tags: str, outputs: list[NotebookNode] | None = None
) -> NotebookNode:
    made = nbformat.v4.new_code_cell(source, execution_count=count, outputs=outputs or [])
    made.metadata.tags = list(tags)
    return made


def _shows(**data: Any) -> NotebookNode:
    kinds = {name.replace("__", "/").replace("_", "-"): value for name, value in data.items()}
    return nbformat.v4.new_output("display_data", data=nbformat.from_dict(kinds))


def _block(text: str, made_with: dict[str, Any] | None) -> NotebookNode:
    data = Prose([(text,)])._shown()
    if made_with is not None:
        data[BLOCK][MADE_WITH] = made_with
    return nbformat.v4.new_output("display_data", data=nbformat.from_dict(data))


def _notebook(held: str = "state: str = 'CO'  # the state", made: dict[str, Any] | None = CO) -> NotebookNode:
    """Return a notebook that was run with Colorado: a title, its parameters, its start, and a text."""
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# A title"),
            _code(held, 1, "parameters", "remove_cell"),
            _code(START, 2, "remove_cell"),
            _code("show(report)", 3, outputs=[_block("One.", made)]),
        ]
    )


def _said(notebook: NotebookNode) -> str:
    with pytest.raises(PileupError) as error:
        read(notebook)
    return str(error.value)


def test_an_honest_notebook_passes_however_its_parameters_are_written() -> None:
    for held in (
        "state = 'CO'",
        "state: str = 'CO'",
        "case = 'aguilera-mederos'\nstate = 'TX'\nstate = 'CO'",
        "# %% parameters\n%matplotlib inline\nstate = 'CO'\nmine = compute()",
        "state: str\nstate = 'CO'\nvehicles = 0",
    ):
        assert [part["kind"] for part in read(_notebook(held))[0].sections[0].parts] == ["prose"], held


def test_no_alarm_for_notebooks_as_they_are_run() -> None:
    injected = _notebook("state = ''")
    injected.cells.insert(2, _code("# Parameters\nstate = 'CO'\n", 9, "injected-parameters"))
    without_counts = _notebook()
    for cell in without_counts.cells[1:]:
        cell.execution_count = None
    once_more = _notebook()
    once_more.cells[3].execution_count = 40  # a cell that was run again, in the same kernel
    no_parameters = nbformat.v4.new_notebook(
        cells=[
            *_notebook(made=None).cells[:1],
            _code("state = 'TX'\nshow()", 1, outputs=[_block("One.", None)]),
        ]
    )
    explicit = _notebook()
    explicit.cells[1:3] = [_code("report = start({'state': 'CO'})", 2, "remove_cell")]
    for notebook in (injected, without_counts, once_more, no_parameters, explicit):
        read(notebook)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("report*.ipynb")), ids=lambda path: path.stem)
def test_the_notebooks_that_ship_pass(path) -> None:
    cells.check(nbformat.read(path, as_version=4))


@pytest.mark.parametrize(
    ("held", "made", "said"),
    [
        ("state = 'TX'", CO, "cell 4 was made with state 'CO', but cell 2 holds 'TX': run the whole"),
        ("", CO, "cell 4 was made with state 'CO', but its default is ''"),
        ("state = 'CO'\nvehicles = 30", CO, "cell 4 was made with vehicles 0, but cell 2 holds 30"),
        ("state = 'CO'", {**CO, "first_year": 2000}, "first_year 2000, but its default is 1975"),
        ("state = 'CO'", None, "cell 4 does not say with which parameters it was made"),
        ("state = 'CO'", {**CO, "gone": 1}, "cell 4 was made with what is no parameter now"),
        ("state = 'CO'", "CO", "cell 4 was made with what is no parameter now"),
        ("state = " + "(" * 5000, CO, "cell 4 was made with state 'CO', but its default is ''"),
        ("state = 'Cx'", CO, "cell 2: parameter state: 'Cx' is not a two-letter code"),
        ("state = 'C' + 'O'", CO, "cell 2: state is not a plain value"),
        ("for state in ('TX', 'CO'): pass", CO, "cell 2: state is not a plain value"),
        ("state, vehicles = 'CO', 0", CO, "cell 2: state is not a plain value"),
    ],
)
def test_outputs_of_other_parameters_are_refused(held: str, made: dict[str, Any] | None, said: str) -> None:
    assert said in _said(_notebook(held, made))


@pytest.mark.parametrize("held", ["Colorado", "colorado", "co"])
def test_a_state_that_a_cell_names_is_the_one_of_its_code(held: str) -> None:
    cells.check(_notebook(f"state = {held!r}", CO))


def test_what_papermill_prepared_and_nobody_ran_is_refused() -> None:
    notebook = _notebook()
    notebook.cells.insert(2, _code("# Parameters\nstate = 'TX'\n", None, "injected-parameters"))
    assert "cell 5 was made with state 'CO', but cell 3 holds 'TX'" in _said(notebook)
    notebook.cells[2].source = "# Parameters\nstat = 'TX'\n"
    assert "cell 3: unknown parameter stat" in _said(notebook)


def test_one_block_of_an_earlier_run_among_others_is_found() -> None:
    """Restarted, changed, and run only in part: the counts go on as if nothing had happened."""
    notebook = _notebook("state = 'TX'", {**CO, "state": "TX"})
    notebook.cells.append(_code("more(report)", 4, outputs=[_block("Two.", CO)]))
    notebook.cells.append(_code("more(report)", 5, outputs=[_block("Three.", CO)]))
    said = _said(notebook)
    assert "cell 5 was made with state 'CO', but cell 2 holds 'TX'" in said
    assert "cell 4" not in said
    assert "cell 6" not in said  # the same once more


def test_a_parameters_cell_without_its_tag_is_refused() -> None:
    notebook = _notebook()
    notebook.cells[1].metadata.tags = ["remove_cell"]
    assert "cell 2 sets state without the tag `parameters`" in _said(notebook)
    # papermill then puts its values first, and the defaults win.
    notebook.cells.insert(1, _code("# Parameters\nstate = 'TX'\n", 7, "injected-parameters"))
    assert "cell 3 sets state without the tag `parameters`" in _said(notebook)
    # A name that a later step uses is its own matter.
    later = _notebook()
    later.cells.append(_code("state = report.state", 4, "working"))
    read(later)


def test_cells_that_were_not_run_or_not_together_are_refused() -> None:
    notebook = _notebook()
    notebook.cells.append(_code("charts.vehicles(report)", None))
    assert "cell 5 was not run" in _said(notebook)
    notebook.cells[4].metadata.tags = ["working"]
    read(notebook)
    notebook.cells[4] = _code("charts.vehicles(report)", 3, outputs=[_block("Two.", CO)])
    assert "cells 4 and 5 are of different runs, all number [3]" in _said(notebook)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (_shows(text__html="<table>", text__plain="   a"), "a table or HTML that is no block, which"),
        (_shows(image__png="iVBO", text__plain="<Figure size 640x480>"), "a picture, which"),
        ({"application/vnd.plotly.v1+json": {"data": []}, "text/html": "<div>"}, "wrap it in pileup.Chart"),
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Int"}, "a widget, which"),
        ({"application/vnd.vegalite.v5+json": {}, "text/plain": "alt"}, "a figure that is no block"),
        (_shows(text__markdown="*So*", text__plain="<M>"), "wrap it in pileup.Prose, or write it in a Mark"),
        (_shows(text__plain="33487"), "a value that is no block"),
        (nbformat.v4.new_output("stream", name="stdout", text="33,487\n"), "prints text"),
    ],
    ids=["frame", "matplotlib", "plotly", "widget", "altair", "markdown", "value", "printed"],
)
def test_what_the_page_would_drop_is_an_error_unless_the_cell_is_left_out(output: Any, said: str) -> None:
    if "output_type" not in output:
        output = nbformat.v4.new_output("display_data", data=nbformat.from_dict(output))
    notebook = _notebook()
    notebook.cells.append(_code("mine", 4, outputs=[_block("Two.", CO), output]))
    told = _said(notebook)
    assert told.startswith("the page is not made: cell 5 ")
    assert said in told
    assert told.endswith("or tag the cell `working` to leave it out of the page")
    for tag in ("working", "remove_cell"):
        notebook.cells[4].metadata.tags = [tag]
        assert len(read(notebook)[0].sections[0].parts) == 1


def test_every_fault_of_a_notebook_is_told_at_once() -> None:
    notebook = _notebook("state = 'TX'")
    notebook.cells += [
        _code("a", 4, outputs=[_shows(text__plain="1")]),
        nbformat.v4.new_raw_cell("---\nformat: html\n---"),
    ]
    with pytest.raises(PileupError) as error:
        read(notebook)
    assert [fault.split()[1] for fault in error.value.faults] == ["4", "5", "6"]
    assert "cell 6 is a raw cell" in error.value.faults[2]


def test_stderr_is_told_and_not_refused() -> None:
    notebook = _notebook()
    warned = nbformat.v4.new_output("stream", name="stderr", text="\nFutureWarning: old\n  old()\n")
    blank = nbformat.v4.new_output("stream", name="stdout", text="\n")
    notebook.cells[3].outputs += [warned, blank]
    read(notebook)
    assert cells.warnings(notebook) == ["cell 4 wrote to stderr, which no page shows: FutureWarning: old"]


def test_a_second_title_or_a_block_that_nobody_knows_is_refused() -> None:
    notebook = _notebook()
    notebook.cells.append(nbformat.v4.new_markdown_cell("# Another title"))
    assert "cell 5 has a second title" in _said(notebook)
    notebook.cells[4] = _code("x", 4, outputs=[_shows(**{BLOCK: {"kind": "map", MADE_WITH: CO}})])
    assert "cell 5 shows a block 'map'" in _said(notebook)
    for broken in ({MADE_WITH: CO}, {"kind": [], MADE_WITH: CO}, "map", ["prose"], None):
        notebook.cells[4] = _code("x", 4, outputs=[_shows(**{BLOCK: broken})])
        assert "cell 5 shows a block" in _said(notebook)


def test_a_notebook_that_starts_has_each_block_say_with_what() -> None:
    try:
        start({"state": "TX", "vehicles": 0, "In": []})
        data = Prose([("One.",)])._repr_mimebundle_()
        assert data[BLOCK][MADE_WITH] == {"case": "aguilera-mederos", "state": "TX"}
        assert start({"state": "texas"}).parameters.state == "TX"
        with pytest.raises(PileupError):
            start({"state": "Texs"})
    finally:
        start_with({})
    assert MADE_WITH not in Prose([("One.",)])._repr_mimebundle_()[BLOCK]
