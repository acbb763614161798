"""Holds an executed notebook against itself: what its cells hold, what they show, what a page says."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pileup.base.errors import PileupError
from pileup.files import parameters
from pileup.files.parameters import Parameters
from pileup.story.blocks import BLOCK, PLOTLY
from pileup.story.started import MADE_WITH
from pileup.story.working import CHECKED

if TYPE_CHECKING:  # see pileup.page.content
    from nbformat import NotebookNode

#: Cells with one of these tags are left out of the page: nbconvert's own convention, for what sets a notebook
#: up, and the one for a step that a journalist keeps beside the story.
HIDDEN = {"remove_cell", "working"}
#: papermill's own tags.
_OWN, _INJECTED = "parameters", "injected-parameters"
#: What a cell may show that is no block, the first that fits: a part of the media type, what it is called,
#: and how it comes onto the page.
_FORMS = (
    ("widget-view", "a widget", "show what was chosen with it in pileup.Prose or pileup.Table"),
    (PLOTLY, "a figure that is no block", "wrap it in pileup.Chart"),
    ("image/", "a picture", "draw it as a Plotly figure in pileup.Chart"),
    ("vega", "a figure that is no block", "draw it as a Plotly figure in pileup.Chart"),
    ("text/html", "a table or HTML that is no block", "wrap its rows in pileup.Table"),
    ("text/markdown", "text that is no block", "wrap it in pileup.Prose, or write it in a Markdown cell"),
    ("", "a value that is no block", "wrap it in pileup.Prose, pileup.Table or pileup.Chart"),
)
#: How a notebook takes its parameters.
_START = re.compile(r"\bstart\((?:globals|locals)\(\)\)")
_AWAY = "or tag the cell `working` to leave it out of the page"
_AGAIN = "run the whole notebook again"

#: A cell with its number, from 1.
type Numbered = tuple[int, NotebookNode]


def check(nb: "NotebookNode") -> None:
    """Refuse a notebook from which a page would say what its cells do not, or leave out what they show.

    Raises
    ------
    PileupError
        One line with every fault, each with the number of its cell, counted from 1 with the Markdown cells.
    """
    cells = list(enumerate(nb.cells, 1))
    for number, cell in cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":  # half a report is not published
                raise PileupError(f"cell {number} ended in {output.ename}: {output.evalue}")
    code = [(number, cell) for number, cell in cells if cell.cell_type == "code"]
    outputs = [output.get("data", {}) for _, cell in code for output in cell.get("outputs", [])]
    if any(CHECKED in data for data in outputs) and not any(BLOCK in data for data in outputs):
        raise PileupError(
            "this notebook shows its working: `pileup report --working` puts it beside a report, and"
            " `jupyter nbconvert --to html` shows it by itself"
        )
    found = [*_other_parameters(code), *_other_runs(code)]
    found += [fault for number, cell in cells if not is_hidden(cell) for fault in _left_out(number, cell)]
    if found:
        raise PileupError("the page is not made: " + "; ".join(found), found)


def warnings(nb: "NotebookNode") -> list[str]:
    """Say which cells of the page wrote to stderr: that is for whoever runs the notebook, and not refused."""
    return [
        f"cell {number} wrote to stderr, which no page shows: {output.text.strip().splitlines()[0][:200]}"
        for number, cell in enumerate(nb.cells, 1)
        for output in cell.get("outputs", [])
        if not is_hidden(cell) and output.output_type == "stream" and output.name != "stdout"
        if output.text.strip()
    ]


def is_hidden(cell: "NotebookNode") -> bool:
    """Tell whether a cell is left out of the page on purpose."""
    return not HIDDEN.isdisjoint(_tags(cell))


def _tags(cell: "NotebookNode") -> list[str]:
    return cell.get("metadata", {}).get("tags") or []


def _blocks(cell: "NotebookNode") -> Iterator[dict[str, Any]]:
    for output in cell.get("outputs", []):
        block = output.get("data", {}).get(BLOCK)
        if isinstance(block, dict):
            yield block


def _other_parameters(code: list[Numbered]) -> list[str]:
    """Say where outputs were made with other parameters than the notebook holds; each way once.

    Each block says what it was made with, once the notebook has called `start`.
    """
    starts = next((number for number, cell in code if _START.search(cell.source)), 0)
    holding = [(number, cell) for number, cell in code if {_OWN, _INJECTED} & set(_tags(cell))]
    if not starts and not (
        holding and any(MADE_WITH in block for _, cell in code for block in _blocks(cell))
    ):
        return []  # a notebook that takes no parameters
    if not any(_OWN in _tags(cell) for _, cell in holding):
        for number, cell in code:
            names = [name for name in _assigned(cell.source) if name in Parameters.model_fields]
            if names and number <= starts and _INJECTED not in _tags(cell):
                return [
                    f"cell {number} sets {', '.join(names)} without the tag `{_OWN}`, so that papermill puts"
                    f" its values before it, without effect: give it the tag, and {_AGAIN}"
                ]
    try:
        held, where = _held(holding)
    except PileupError as error:
        return [str(error)]
    found: dict[str, str] = {}
    for number, cell in code:
        for block in _blocks(cell) if number > starts else ():
            found.setdefault(repr(block.get(MADE_WITH)), _difference(number, block, held, where))
    return [fault for fault in found.values() if fault]


def _held(holding: list[Numbered]) -> tuple[Parameters, dict[str, int]]:
    """Return the parameters that the cells hold, and the cell that sets each; nothing is run."""
    values: dict[str, Any] = {}
    where: dict[str, int] = {}
    for number, cell in holding:
        injected = _INJECTED in _tags(cell)
        for name, value in _assigned(cell.source).items():
            if name not in Parameters.model_fields and not injected:
                continue
            try:
                values[name], where[name] = ast.literal_eval(value or ""), number
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                raise PileupError(
                    f"cell {number}: {name} is not a plain value, so that nobody can tell what the page was"
                    " made with; a number, a text in quotes, True or False is right"
                ) from None
    try:
        return parameters.check(values), where
    except PileupError as error:
        raise PileupError(f"cell {max(where.values())}: {error}") from None


def _assigned(source: str) -> dict[str, ast.expr | None]:
    """Return the names that a cell's code sets, the last value of each; None where it is not said plainly."""
    try:
        tree = ast.parse(re.sub(r"^\s*[%!].*", "", source, flags=re.MULTILINE))  # without IPython's magics
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return {}
    found: dict[str, ast.expr | None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = None
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    found[target.id] = node.value
                    if node.value is None:  # a name and its type, no value
                        del found[target.id]
    return found


def _difference(number: int, block: dict[str, Any], held: Parameters, where: dict[str, int]) -> str:
    """Say how what a cell shows was made with other parameters; empty where it was not."""
    if MADE_WITH not in block:
        return f"cell {number} does not say with which parameters it was made, as older ones: {_AGAIN}"
    said = block[MADE_WITH]
    try:
        made = parameters.check(said if isinstance(said, dict) else {"made_with": said}).model_dump()
    except PileupError as error:
        return f"cell {number} was made with what is no parameter now ({error}): {_AGAIN}"
    now = held.model_dump()
    differ = [
        f"{name} {was!r}, but {f'cell {where[name]} holds' if name in where else 'its default is'}"
        f" {now[name]!r}"
        for name, was in made.items()
        if was != now[name]
    ]
    return f"cell {number} was made with {'; with '.join(differ)}: {_AGAIN}" if differ else ""


def _other_runs(code: list[Numbered]) -> Iterator[str]:
    """Say which cells were not run, and which were not run together: one kernel gives no count twice."""
    counts = Counter(cell.get("execution_count") for _, cell in code)
    ran = any(counts.keys() - {None})
    for number, cell in code:
        count = cell.get("execution_count")
        tags = {_OWN, _INJECTED} & set(_tags(cell))
        if ran and count is None and cell.source.strip() and not (cell.outputs or tags or is_hidden(cell)):
            yield f"cell {number} was not run: {_AGAIN}, {_AWAY}"
    for count, times in counts.items():
        if count is not None and times > 1:
            twins = [str(number) for number, cell in code if cell.get("execution_count") == count]
            yield f"cells {' and '.join(twins)} are of different runs, all number [{count}]: {_AGAIN}"


def _left_out(number: int, cell: "NotebookNode") -> Iterator[str]:
    """Say what a cell shows that would not stand on the page."""
    if cell.cell_type == "raw" and cell.source.strip():
        yield f"cell {number} is a raw cell, which no page shows: make it a Markdown cell, {_AWAY}"
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            if output.name == "stdout" and output.text.strip():
                yield f"cell {number} prints text, which no page shows: wrap it in pileup.Prose, {_AWAY}"
        elif (data := output.get("data", {})) and BLOCK not in data:
            _, what, instead = next(form for form in _FORMS if any(form[0] in kind for kind in data))
            yield f"cell {number} shows {what}, which would not stand on the page: {instead}, {_AWAY}"
