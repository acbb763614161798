"""The numbered notebooks beside a page: which of their cells derives which number, and each as a page."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from pileup.base.paths import NOTEBOOKS
from pileup.page import markup, notebook
from pileup.page.content import Block, Page
from pileup.page.markup import Element
from pileup.page.parts import WORKING
from pileup.story.working import CHECKED

#: By the id of a number, the notebook and the number of the cell that derives it, from 1 with Markdown cells.
Derived = dict[str, tuple[str, int]]
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?%?|∞")
#: How a frame shows that a cell of it is empty.
_NOTHING = {"NaN", "None", "NaT", "<NA>", "nan"}


def numbered() -> list[Path]:
    """Return the paths of the numbered notebooks that ship, in their order."""
    return sorted(NOTEBOOKS.glob("[1-9]*.ipynb"))


def derived(notebooks: Mapping[str, NotebookNode]) -> Derived:
    """Return which cell derives which number, the first where there are several.

    Parameters
    ----------
    notebooks : mapping
        Executed notebooks by name, such as `2-pileup`.
    """
    found: Derived = {}
    for name, nb in notebooks.items():
        for number, cell in enumerate(notebook.own_cells(nb), 1):
            for output in cell.get("outputs", []):
                for one in output.get("data", {}).get(CHECKED, {}).get("ids", []):
                    found.setdefault(one, (name, number))
    return found


def shipped() -> Derived:
    """Return the same of the notebooks that ship, as they were run last."""
    return _shipped(tuple(numbered()))


@lru_cache(maxsize=4)
def _shipped(paths: tuple[Path, ...]) -> Derived:
    return derived({path.stem: nbformat.read(path, as_version=4) for path in paths})


def mark() -> str:
    """Return the checksum of what `shipped` returns: a page says it, with or without the notebooks beside."""
    return hashlib.sha256(json.dumps(sorted(shipped().items())).encode()).hexdigest()


def pages(page: Page, notebooks: Mapping[str, NotebookNode], back: str) -> dict[str, bytes]:
    """Return executed notebooks as pages, by their names from the folder of the report's files.

    Parameters
    ----------
    page : Page
        The report's page.
    notebooks : mapping
        By name.
    back : str
        The address of the report's page from the folder of its files.
    """
    return {
        f"{WORKING}/{name}.html": notebook.notebook_page(page, cells(nb), f"../{back}", name).encode()
        for name, nb in notebooks.items()
    }


def cells(nb: NotebookNode) -> list[Block]:
    """Return a notebook's cells as plain data, as `pileup.page.notebook.cells` does, with their outputs.

    Of a frame there are its rows, of anything else what it says as text.
    """
    found = notebook.cells(nb)
    for shown, cell in zip(found, notebook.own_cells(nb), strict=True):
        if cell.cell_type == "code":
            shown["shown"] = [
                frame(data["text/html"]) if "text/html" in data else {"kind": "text", "text": _text(output)}
                for output in cell.outputs
                for data in [output.get("data", {})]
            ]
    return found


def _text(output: NotebookNode) -> str:
    return str(output.get("text") or output.get("data", {}).get("text/plain", "")).rstrip()


def frame(html: str) -> Block:
    """Return a frame as pandas shows it: rows of cells, of which each says whether it heads a row or column.

    A heading over several rows stands in the first of them, an empty one in the others.
    """
    root = markup.read("<!doctype html>" + html)
    rows: list[list[Block]] = []
    below: dict[int, tuple[int, Block]] = {}
    for line in root.find("tr"):
        row: list[Block] = []
        for one in (part for part in line.parts if isinstance(part, Element)):
            _fill(row, below)
            text = _plain(one.words())
            cell = {"head": one.tag == "th", "text": text, "number": bool(_NUMBER.fullmatch(text))}
            row.append(cell)
            if (spans := int(one.attributes.get("rowspan") or 1)) > 1:
                below[len(row) - 1] = (spans - 1, {**cell, "text": ""})
            row += [{**cell, "text": ""}] * (int(one.attributes.get("colspan") or 1) - 1)
        _fill(row, below)
        rows.append(row)
    top = len(root.find("thead")[0].find("tr")) if root.find("thead") else 0
    said = " ".join(one.words() for one in root.find("p"))
    return {"kind": "frame", "top": rows[:top], "rows": rows[top:], "said": said}


def _fill(row: list[Block], below: dict[int, tuple[int, Block]]) -> None:
    """Put in what a heading of an earlier row covers here."""
    while len(row) in below:
        left, cell = below[len(row)]
        if left > 1:
            below[len(row)] = (left - 1, cell)
        else:
            del below[len(row)]
        row.append(cell)


def _plain(text: str) -> str:
    """Write a cell for readers: nothing as a dash, and what is longer than any number (life) as endless."""
    return "–" if text in _NOTHING else "∞" if text == "inf" else text
