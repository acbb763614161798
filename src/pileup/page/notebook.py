"""The notebook that made a page, with its code and what each cell gave, for readers who want to see how."""

import re
from typing import Any

from markdown_it import MarkdownIt
from nbformat import NotebookNode

from pileup.page import look
from pileup.story.blocks import BLOCK
from pileup.words.language import _
from pileup.words.text import from_data

#: The file's name beside the page.
NAME = "notebook.html"
#: Rows of a table that are shown here; all of them stand on the page and in its CSV file.
ROWS = 5
#: papermill's own tag: the cell repeats the parameters that are printed above all cells.
_INJECTED = "injected-parameters"


def notebook_page(nb: NotebookNode, head: dict[str, Any], back: str = "index.html") -> str:
    """Return the page of an executed notebook: each cell's code, and its output in short.

    Parameters
    ----------
    nb : NotebookNode
        The executed notebook, a report's.
    head : dict
        The head block of the page; it says with which parameters the notebook ran.
    back : str
        The address of the page from the folder that this one stands in.

    Returns
    -------
    str
        A page without any script. Charts are the files under `charts/`, tables begin here and go on in
        `tables/`. The page's fonts are left out: code is read, not printed.
    """
    markdown = MarkdownIt("js-default")
    cells = []
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cells.append({"kind": "markdown", "html": _lowered(markdown.render(_(cell.source)))})
        elif cell.cell_type == "code" and _INJECTED not in cell.metadata.get("tags", []):
            blocks = [output.get("data", {}).get(BLOCK) for output in cell.outputs]
            shown = [_short(block) for block in blocks if block]
            cells.append({"kind": "code", "source": cell.source, "shown": shown})
    chosen = {"case": head["case"].removesuffix(".toml"), **head["parameters"]}
    return look.render(
        "notebook.html.j2",
        head=head,
        page=back,
        cells=cells,
        chosen=[f"{name} = {value!r}" for name, value in chosen.items()],
        style=look.without_fonts(),
    )


def _lowered(html: str) -> str:
    """Lower a cell's headings by one level: the page has a main heading of its own."""
    return re.sub(r"(</?h)([1-5])>", lambda found: f"{found[1]}{int(found[2]) + 1}>", html)


def _short(block: dict[str, Any]) -> dict[str, Any]:
    """Return what a cell gave, in the form that the template prints."""
    match block["kind"]:
        case "chart":
            words = {"title": from_data(block["headline"]), "alt": block["alt"]}
            return {"kind": "chart", "id": block["id"], **words}
        case "table":
            rows = [[from_data(cell) for cell in row] for row in block["rows"]]
            head = [column["title"] for column in block["columns"]]
            words = {"caption": block["caption"], "head": head, "rows": rows[:ROWS], "all": len(rows)}
            return {"kind": "table", "id": block["id"], **words}
        case "prose":
            # Words for readers stand on the page alone: the dead are named there, once.
            return {"kind": "prose", "count": len(block["paragraphs"])}
        case _:
            return {"kind": "page"}
