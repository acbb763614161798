"""The notebook that made a page, with its code and what each cell gave, for readers who want to see how."""

import hashlib
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from nbformat import NotebookNode

from pileup.page import look
from pileup.page.content import Block, Page
from pileup.page.parts import MORE
from pileup.story.blocks import BLOCK
from pileup.words.language import _

#: The file's name beside the page.
NAME = "notebook.html"
#: Rows of a table that are shown here; all of them stand on the page and in its CSV file.
ROWS = 5
#: papermill's own tag: the cell repeats the parameters that are printed above all cells.
_INJECTED = "injected-parameters"


def cells(nb: NotebookNode) -> list[Block]:
    """Return an executed notebook's cells as the page of the notebook shows them: plain data.

    Each is Markdown (`html`) or code (`source`, and of what it `shown` the kind and the id or count).
    """
    markdown = MarkdownIt("js-default")
    found: list[Block] = []
    for cell in own_cells(nb):
        if cell.cell_type == "markdown":
            found.append({"kind": "markdown", "html": _lowered(markdown.render(_(cell.source)))})
        elif cell.cell_type == "code":
            blocks = [output.get("data", {}).get(BLOCK) for output in cell.outputs]
            shown = [_short(block) for block in blocks if block]
            found.append({"kind": "code", "source": cell.source, "shown": shown})
    return found


def own_cells(nb: NotebookNode) -> list[NotebookNode]:
    """Return the cells that the notebook has by itself: not those that papermill put in."""
    return [cell for cell in nb.cells if _INJECTED not in cell.metadata.get("tags", [])]


def mark(nb: NotebookNode) -> str:
    """Return the checksum of what a notebook's own cells hold, whatever came of them."""
    code = "\0".join(cell["source"] for cell in own_cells(nb))
    return hashlib.sha256(code.encode()).hexdigest()


def notebook_page(page: Page, cells: Sequence[Block], back: str = "index.html", name: str = "") -> str:
    """Return the page of an executed notebook: each cell's code, and its output in short.

    Parameters
    ----------
    page : Page
        The page that the notebook made; its head says with which parameters.
    cells : sequence of dict
        What `cells` returned.
    back : str
        The address of the page from the folder that this one stands in.
    name : str
        Which of the numbered notebooks it is; empty for the report's own.

    Returns
    -------
    str
        A page without any script. Charts are the files under `charts/`, tables begin here and go on in
        `tables/`. The page's fonts are left out: code is read, not printed.
    """
    head = page.head or {}
    chosen = {"case": head["case"].removesuffix(".toml"), **head["parameters"]}
    return look.render(
        "notebook.html.j2",
        head=head,
        of=name,
        page=back,
        more_at=MORE,
        beside=page.beside,
        cells=cells,
        charts={block["id"]: block for block in page.charts},
        tables={table["id"]: table for table in page.tables},
        most=ROWS,
        chosen=[f"{name} = {value!r}" for name, value in chosen.items()],
        style=look.without_fonts(),
    )


def _lowered(html: str) -> str:
    """Lower a cell's headings by one level: the page has a main heading of its own."""
    return re.sub(r"(</?h)([1-5])>", lambda found: f"{found[1]}{int(found[2]) + 1}>", html)


def _short(block: Block) -> Block:
    """Return what a cell gave: its kind, and where on the page it stands."""
    match block["kind"]:
        case "chart" | "table":
            return {"kind": block["kind"], "id": block["id"]}
        case "prose":
            # Words for readers stand on the page alone: the dead are named there, once.
            return {"kind": "prose", "count": len(block["paragraphs"])}
        case _:
            return {"kind": "page"}
