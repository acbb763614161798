"""What a page shows: the sections, blocks and charts of an executed notebook, and each chart drawn."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pileup.base.errors import PileupError
from pileup.page import cells, svg
from pileup.page.studio import Studio
from pileup.story.blocks import BLOCK
from pileup.story.started import MADE_WITH
from pileup.words.language import _
from pileup.words.text import from_data

if TYPE_CHECKING:  # importing it takes as long as all else of a check of a case file
    from nbformat import NotebookNode

#: What a page has one of; a head is a title, too.
_ONCE = {"head": "title", "title": "title", "ledger": "ledger"}
#: What else a page knows how to show.
_KINDS = {*_ONCE, "section", "heading", "markdown", "prose", "chart", "table", "own"}
#: The tag of a Markdown cell whose chapter stands on a page of its own, beside the story.
BESIDE = "beside"
#: A block as a cell shows it: its `kind`, and whatever that kind has.
Block = dict[str, Any]
#: Figures by the name of their drawing, such as "terms-wide", as Plotly JSON with `data` and `layout`.
Figures = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Section:
    """A chapter: its heading (none for the opening), its anchor, its blocks, and on which page it stands."""

    title: str | None
    id: str
    parts: tuple[Block, ...]
    beside: bool = False

    @property
    def shown(self) -> tuple[Block, ...]:
        """Its charts and tables, in order."""
        return tuple(block for block in self.parts if block["kind"] in ("chart", "table"))


@dataclass(frozen=True)
class Page:
    """What a notebook gives a page.

    Attributes
    ----------
    title : str
        The headline, or the notebook's own title.
    head, ledger : dict, optional
        The blocks of these kinds; a notebook that is no report has none.
    sections : tuple of Section
        Those under which something stands.
    """

    title: str
    head: Block | None
    ledger: Block | None
    sections: tuple[Section, ...]

    @property
    def charts(self) -> tuple[Block, ...]:
        """The blocks of charts, in order."""
        return tuple(block for block in self._shown() if block["kind"] == "chart")

    @property
    def tables(self) -> tuple[Block, ...]:
        """All tables, those of charts included, in order."""
        return tuple(block.get("table", block) for block in self._shown())

    @property
    def beside(self) -> frozenset[str]:
        """The ids of the charts that stand beside the story."""
        return frozenset(
            block["id"] for section in self.sections if section.beside for block in section.shown
        )

    def _shown(self) -> Iterator[Block]:
        return (block for section in self.sections for block in section.shown)


@dataclass(frozen=True)
class Chart:
    """A chart, drawn for the page column and for a phone, with all that is said around it and its rows."""

    id: str
    title: str
    subtitle: str
    alt: str
    source: str
    note: str
    rows: int
    wide: str
    narrow: str


def read(nb: "NotebookNode") -> tuple[Page, Figures]:
    """Collect what an executed notebook shows to readers, and the figures of its charts.

    Raises
    ------
    PileupError
        A cell ended in an error, there is nothing to publish, or something would be left out.
    """
    cells.check(nb)
    blocks: list[Block] = []
    figures: Figures = {}
    for number, block, data in _shown(nb):
        kind = str(block.get("kind") if isinstance(block, dict) else block)
        if kind not in _KINDS:
            raise PileupError(f"cell {number} shows a block {kind!r}, which is none that a page knows")
        if kind in _ONCE and _ONCE[kind] in [_ONCE.get(one["kind"]) for one in blocks]:
            raise PileupError(
                f"cell {number} has a second {_ONCE[kind]}, and a page has one: begin a heading inside the"
                " story with ##, or tag the cell `working`"
            )
        if kind == "chart" and kind in (one["kind"] for one in blocks if one.get("id") == block["id"]):
            continue  # the page leads with it
        if kind == "section" and "id" not in block:  # a heading that the case decides
            block |= {"id": _slug(block["text"]), "beside": False}
        figures |= {name: figure for _size, name, figure in svg.drawings(data)}
        blocks.append({name: part for name, part in block.items() if name not in ("narrow", MADE_WITH)})
    last = {block["kind"]: block for block in blocks}
    head, ledger = last.get("head"), last.get("ledger")
    title = head["headline"] if head else last.get("title", {}).get("text")
    if not title:
        raise PileupError(
            "this notebook has nothing to publish: run it first, with papermill or in JupyterLab"
        )
    return Page(title, head, ledger, tuple(_sections(blocks))), figures


def draw(page: Page, figures: Figures, studio: Studio) -> dict[str, str]:
    """Draw the charts of a page, each under the name of its drawing."""
    for name, figure in figures.items():
        studio.begin_figure(figure, name)
    names = [name for block in page.charts for name in svg.drawing_names(block["id"])]
    return {name: studio.figure(figures[name], name) for name in names}


def charts(page: Page, drawings: Mapping[str, str]) -> list[Chart]:
    """Return the charts of a page with all that stands around them.

    Parameters
    ----------
    page : Page
        The page.
    drawings : mapping
        What `draw` returned.
    """
    found = []
    for block in page.charts:
        title = from_data(block["headline"])
        wide, narrow = (
            svg.named(drawings[name], name, title, block["alt"]) for name in svg.drawing_names(block["id"])
        )
        said = {name: block[name] for name in ("id", "subtitle", "alt", "source", "note")}
        rows = len(block["table"]["rows"])
        found.append(Chart(title=title, rows=rows, wide=wide, narrow=narrow, **said))
    return found


def _shown(nb: "NotebookNode") -> Iterator[tuple[int, Block, dict[str, Any]]]:
    """Yield each block in order, Markdown's as well, with its cell's number and the output it came in."""
    markdown = MarkdownIt("js-default")
    for number, cell in enumerate(nb.cells, 1):
        if cells.is_hidden(cell):
            continue
        if cell.cell_type == "markdown":
            beside = BESIDE in cell.metadata.get("tags", ())
            for part in _markdown(_(cell.source), markdown):
                yield number, part | ({"beside": beside} if part["kind"] == "section" else {}), {}
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if BLOCK in data:
                # A notebook file has its keys sorted; one never written must give the same page.
                block = json.loads(json.dumps(data[BLOCK], sort_keys=True))
                yield number, block, {**data, BLOCK: block}


def _markdown(source: str, markdown: MarkdownIt) -> Iterator[Block]:
    """Split a Markdown cell into headings and text; raw HTML in it comes out as text."""
    tokens = iter(markdown.parse(source))
    body: list[Token] = []

    def text() -> Iterator[Block]:
        if body:
            yield {"kind": "markdown", "html": markdown.renderer.render(body, markdown.options, {})}
            body.clear()

    for token in tokens:
        if token.type == "heading_open" and token.level == 0:
            yield from text()
            words = next(tokens).content
            next(tokens)  # the heading's end
            kind = {"h1": "title", "h2": "section"}.get(token.tag, "heading")
            yield {"kind": kind, "text": words, "id": _slug(words)}
        else:
            body.append(token)
    yield from text()


def _slug(text: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def _sections(blocks: list[Block]) -> Iterator[Section]:
    """Yield the chapters under which something stands; what opens the page or names it is no part of one."""
    chapters: list[tuple[Block, list[Block]]] = [({"text": None, "id": "top", "beside": False}, [])]
    for block in blocks:
        if block["kind"] == "section":
            chapters.append((block, []))
        elif block["kind"] not in ("title", "head") and _is_said(block, chapters[-1][1]):
            chapters[-1][1].append(block)
    for head, parts in chapters:
        if kept := _without_empty_headings(parts):
            yield Section(head["text"], head["id"], tuple(kept), head["beside"])


def _is_said(block: Block, before: list[Block]) -> bool:
    """Tell whether readers see a block: what several charts lack is said once, what no case had never is."""
    role = block.get("role")
    return role != "quiet" and not (role == "missing" and block in before)


def _without_empty_headings(parts: list[Block]) -> list[Block]:
    """Leave out a heading under which nothing stands."""
    following = [*parts[1:], {"kind": "heading"}][: len(parts)]
    return [
        part
        for part, after in zip(parts, following, strict=True)
        if {part["kind"], after["kind"]} != {"heading"}
    ]
