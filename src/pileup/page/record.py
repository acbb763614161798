"""What the exporter placed on a page, as data: written beside the page, read by all that look at it later."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from html import unescape
from importlib.metadata import version
from typing import Any, Literal, NotRequired, TypedDict

from pydantic import ConfigDict, TypeAdapter, with_config

from pileup.page.content import Page, Section
from pileup.page.parts import RECORD, Place, checked
from pileup.words.language import Language

#: The file's name beside the page.
NAME = RECORD
_STRICT = with_config(ConfigDict(extra="forbid", strict=True))


@_STRICT
class Number(TypedDict):
    """A number in a text: where it leads, its value, and how it is written."""

    origin: str
    value: int | float | str
    text: str


#: A text is a run of strings and of numbers with an origin.
Text = list[str | Number]


@_STRICT
class Column(TypedDict):
    """A column of a table."""

    title: str
    numeric: bool


@_STRICT
class Table(TypedDict):
    """A table: a cell is empty, a word, a number, or a text of its own."""

    kind: Literal["table"]
    id: str
    caption: str
    columns: list[Column]
    rows: list[list[str | int | float | Text | None]]
    row_origins: list[str]
    source: str
    origins: list[str]
    note: str
    folded: bool
    stacked: bool
    parts: list[str]
    rests: list[str]


@_STRICT
class Chart(TypedDict):
    """A chart: all that is said around its drawings, and its numbers."""

    kind: Literal["chart"]
    id: str
    headline: Text
    subtitle: str
    alt: str
    source: str
    origins: list[str]
    note: str
    table: Table


@_STRICT
class Prose(TypedDict):
    """Paragraphs, or the points of a list; those after the first `open` stand in a fold."""

    kind: Literal["prose"]
    role: str
    bullets: bool
    paragraphs: list[Text]
    open: int
    more: str


@_STRICT
class Heading(TypedDict):
    """A heading inside a chapter."""

    kind: Literal["heading"]
    text: str
    id: str


@_STRICT
class Markdown(TypedDict):
    """Words of a Markdown cell, as HTML."""

    kind: Literal["markdown"]
    html: str


@_STRICT
class Citation(TypedDict):
    """Who says so: the id of a source, and its words."""

    source: str
    quote: str | None


@_STRICT
class Entry(TypedDict):
    """An entry of the ledger that the case file gives."""

    id: str
    group: str
    statement: str
    value: bool | int | float | str | None
    unit: str | None
    shown: str | None
    status: str
    as_of: str | None
    formula: str | None
    note: str | None
    sources: list[Citation]


@_STRICT
class Finding(TypedDict):
    """An entry of the ledger that was computed."""

    id: str
    label: str
    value: int | float
    unit: str
    computed_from: list[str]
    origins: list[str]
    code: str
    needs: str


@_STRICT
class Address(TypedDict):
    """An address with its title."""

    title: str
    path: str
    route: NotRequired[str]


@_STRICT
class Data(TypedDict):
    """A file behind the numbers."""

    id: str
    statement: str
    note: str
    temporal: NotRequired[list[str]]
    sources: list[Address]


@_STRICT
class Source(TypedDict):
    """A publication that the page cites."""

    id: str
    publisher: str
    language: str
    title: str
    url: str
    site_only: bool
    date: str | None
    tier: str
    note: str | None


@_STRICT
class Case(TypedDict):
    """The case file."""

    title: str
    as_of: str


#: The parts of a ledger that hold such entries.
ENTRIES: tuple[Literal["facts", "events", "terms", "waypoints", "counts", "accounts", "comparables"], ...] = (
    *("facts", "events", "terms", "waypoints", "counts", "accounts", "comparables"),
)


@_STRICT
class Ledger(TypedDict):
    """How we know: every finding and fact, with what it is computed from or who says so."""

    kind: Literal["ledger"]
    parameters: dict[str, bool | int | float | str]
    findings: list[Finding]
    facts: list[Entry]
    events: list[Entry]
    terms: list[Entry]
    waypoints: list[Entry]
    counts: list[Entry]
    accounts: NotRequired[list[Entry]]
    comparables: list[Entry]
    data: list[Data]
    temporal: list[str]
    law: str | None
    marks: dict[str, str]
    follows: dict[str, list[str]]
    changes: list[str]
    inputs: dict[str, str]
    case: Case
    sources: list[Source]


@_STRICT
class Correction(TypedDict):
    """A dated correction."""

    date: str
    text: str


@_STRICT
class Notice(TypedDict):
    """A correction that stands at the top of the page, too."""

    title: Text
    text: Text


@_STRICT
class Head(TypedDict):
    """The top of the page."""

    kind: Literal["head"]
    case: str
    headline: str
    finding: NotRequired[Text]
    topic: NotRequired[str]
    standfirst: Text
    status: Text
    as_of: str
    as_of_words: str
    edition: str
    edition_words: str
    edition_number: int
    language: Language
    byline: str | None
    contact: str | None
    published: str | None
    published_words: str | None
    corrections: list[Correction]
    notices: list[Notice]
    due: list[str]
    parameters: dict[str, bool | int | float | str]


@_STRICT
class Sized(TypedDict):
    """A crash by state, year and size; one that is set aside says why."""

    state: str
    year: int
    vehicles: int
    deaths: int
    in_fars: NotRequired[bool]
    in_files: NotRequired[bool]
    reason: NotRequired[str]


@_STRICT
class Chosen(TypedDict):
    """What the page counts, and a reader may count instead."""

    state: str
    first_year: int
    last_year: int
    vehicles: int
    deaths: int


@_STRICT
class Own(TypedDict):
    """The box in which a reader sets numbers: what its script needs, and a mark of the table it counts in."""

    kind: Literal["own"]
    crash: Sized
    chosen: Chosen
    exclusions: bool
    held: list[int]
    aside: list[Sized]
    doubts: list[str]
    counts: str


@_STRICT
class Chapter(TypedDict):
    """A chapter: its heading (none for the opening), its anchor, its blocks, and on which page it stands."""

    title: str | None
    id: str
    beside: bool
    parts: list[Table | Chart | Prose | Heading | Markdown | Ledger | Own]


@_STRICT
class Shown(TypedDict):
    """What a cell of the notebook gave: a chart or a table by its id, paragraphs, or the page itself."""

    kind: Literal["chart", "table", "prose", "page"]
    id: NotRequired[str]
    count: NotRequired[int]


@_STRICT
class Cell(TypedDict):
    """A cell of the notebook: Markdown as HTML, or code with what it gave."""

    kind: Literal["markdown", "code"]
    html: NotRequired[str]
    source: NotRequired[str]
    shown: NotRequired[list[Shown]]


@_STRICT
class Drawn(TypedDict):
    """A drawing as it stands in the page: a mark of all that is drawn, and the words in it."""

    mark: str
    words: list[str]


@_STRICT
class _Written(TypedDict):
    """The file."""

    version: str
    theme: str
    language: Language
    base_url: str
    alternates: NotRequired[dict[Language, str]]
    place: tuple[str, str]
    title: str
    head: Head | None
    ledger: Ledger | None
    chapters: list[Chapter]
    cells: list[Cell]
    derived: NotRequired[dict[str, tuple[str, int]]]
    working: NotRequired[str]
    library: str
    drawings: dict[str, Drawn]
    pictures: dict[str, str]


_ADAPTER = TypeAdapter(_Written)


@dataclass(frozen=True)
class Record:
    """What the exporter placed on a page, and beside it.

    Attributes
    ----------
    version : str
        The version of pileup that made it.
    theme : str
        A mark of the templates, the style and the script that it was made with.
    language : str
        The language of the page.
    base_url : str
        The public address of the folder that holds the page; empty where it is not known.
    place : Place
        The name of the page, and where its files stand.
    page : Page
        Its texts with their origins, its charts, tables, ledger and sources.
    cells : tuple of dict
        What `pileup.page.notebook.cells` returned.
    library : str
        The name of the script library that readers explore its charts with; empty where it has none.
    drawings : dict of Drawn
        By name ("terms-wide"), each drawing's mark and words.
    pictures : dict of str
        By the name of a file that cannot be written anew from all this, a mark of what it holds.
    alternates : dict of str
        By language, its own too, the addresses of the report's pages that stand beside each other; empty
        where it stands in one language.
    derived : dict of tuple
        By the id of a number, the numbered notebook and the cell that derives it.
    working : str
        The folder of those notebooks' pages; empty where they do not stand beside the page.
    """

    version: str
    theme: str
    language: Language
    base_url: str
    place: Place
    page: Page
    cells: tuple[dict[str, Any], ...]
    library: str
    drawings: dict[str, Drawn]
    pictures: dict[str, str]
    alternates: dict[Language, str] = field(default_factory=dict)
    derived: dict[str, tuple[str, int]] = field(default_factory=dict)
    working: str = ""

    @property
    def inputs(self) -> dict[str, str]:
        """The checksums of what the page was made of, as its manifest names them; without the notebook's."""
        told = self.page.ledger["inputs"] if self.page.ledger else {}
        return {**{name: value.removeprefix("sha256:") for name, value in told.items()}, "theme": self.theme}

    def write(self) -> bytes:
        """Return the file: JSON, a block a line, so that two editions can be compared by lines."""
        page = self.page
        chapters = [
            {"title": one.title, "id": one.id, "beside": one.beside, "parts": list(one.parts)}
            for one in page.sections
        ]
        told = {
            **{name: getattr(self, name) for name in ("version", "theme", "language", "base_url", "library")},
            **({"alternates": self.alternates} if self.alternates else {}),
            "place": [self.place.page, self.place.files],
            "title": page.title,
            "head": page.head,
            "ledger": page.ledger,
            "chapters": chapters,
            "cells": self.cells,
            **({"derived": self.derived} if self.derived else {}),
            **({"working": self.working} if self.working else {}),
            "drawings": self.drawings,
            "pictures": self.pictures,
        }
        lines = ",\n".join(f"{json.dumps(name)}: {_lines(value)}" for name, value in told.items())
        return f"{{\n{lines}\n}}\n".encode()


def _lines(value: object) -> str:
    """Write a value as JSON, each item of a list or a dict on a line."""
    plain = json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple) and value:
        return (
            "[\n"
            + ",\n".join(_lines(one) if _holds(one) else json.dumps(one, ensure_ascii=False) for one in value)
            + "\n]"
        )
    if isinstance(value, dict) and len(plain) > 2000:
        return "{\n" + ",\n".join(f"{json.dumps(name)}: {_lines(one)}" for name, one in value.items()) + "\n}"
    return plain


def _holds(value: object) -> bool:
    return isinstance(value, dict) and "parts" in value


def read(content: bytes, name: str = NAME) -> Record:
    """Read a record, every part of it checked.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called in an error.

    Raises
    ------
    PileupError
        It is none.
    """
    told = checked(_ADAPTER, content, name, "record of a page")
    chapters = tuple(
        Section(one["title"], one["id"], tuple(one["parts"]), one["beside"]) for one in told["chapters"]
    )
    return Record(
        version=told["version"],
        theme=told["theme"],
        language=told["language"],
        base_url=told["base_url"],
        place=Place(*told["place"]),
        page=Page(told["title"], told["head"], told["ledger"], chapters),
        cells=tuple(told["cells"]),
        library=told["library"],
        drawings=told["drawings"],
        pictures=told["pictures"],
        alternates=told.get("alternates", {}),
        derived={name: (one[0], one[1]) for name, one in told.get("derived", {}).items()},
        working=told.get("working", ""),
    )


def own_version() -> str:
    """Return the version of pileup that runs."""
    return version("pileup")


def drawn(drawing: str) -> Drawn:
    """Return what a record says of a drawing, which is given without title and description."""
    return {"mark": fingerprint(drawing.encode()), "words": words(drawing)}


def words(drawing: str) -> list[str]:
    """Return the words in a drawing; its title and description stand around it, too."""
    return [unescape(text) for text in re.findall(r">([^<>]+)<", drawing) if text.strip()]


def fingerprint(content: bytes) -> str:
    """Return a mark of something that a record does not say itself."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()
