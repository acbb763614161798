"""Reads back what a page that is made says: parameters, numbers, ledger, charts, tables and words."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.files.edition import FORM, Edition, edition
from pileup.page import withdrawn
from pileup.page.check import findings_of, page_path
from pileup.words.language import LANGUAGES, Language

#: Elements that hold a paragraph of the story; what stands inside another of them is not told twice.
_PARAGRAPHS = {"h1", "h2", "h3", "h4", "p", "li", "blockquote"}
_NO_STORY = {"head", "nav", "footer", "figure", "table", "script", "style", "svg"}
_NO_STORY_CLASSES = ("ledger", "dates", "files", "notice")
#: How the ids of a case's own entries in the ledger begin.
_ENTRIES = ("fact.", "event.", "count.", "term.", "waypoint.", "comparable.")
_AGAIN = "make the report again with `pileup report`"


@dataclass
class Node:
    """An element of the page: its tag, attributes, and what stands in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: "list[Node | str]" = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Tell whether the element has a class."""
        return name in self.attributes.get("class", "").split()

    def walk(self) -> "Iterator[Node]":
        """Yield the element and every element in it, in the order of the page."""
        yield self
        for part in self.inside:
            if isinstance(part, Node):
                yield from part.walk()

    def find(self, tag: str, name: str = "") -> "list[Node]":
        """Return the elements in it with a tag and, where one is given, a class."""
        return [
            one for one in self.walk() if one is not self and one.tag == tag and (not name or one.has(name))
        ]

    def words(self, without: str = "") -> str:
        """Return its text, each run of blanks as one; what has the class `without` is left out."""
        return " ".join("".join(self._strings(without)).split())

    def _strings(self, without: str) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            elif part.tag not in ("style", "script") and not (without and part.has(without)):
                yield from part._strings(without)


def _tree(element: LexborNode) -> Node:
    """Return an element of a page that was read, without its comments."""
    inside: list[Node | str] = []
    for part in element.iter(include_text=True):
        if part.tag == "-text":
            inside.append(part.text_content or "")
        elif part.tag and part.tag[0] not in "-!_":
            inside.append(_tree(part))
    return Node(element.tag or "", {name: value or "" for name, value in element.attributes.items()}, inside)


@dataclass
class Page:
    """What a page says of itself.

    Attributes
    ----------
    path : Path
        The page.
    language : str
        The language that it is written in.
    as_known : str
        The day up to which the case is told, as the page writes it: it changes with every edition.
    base_url : str
        The public address that it was made for; empty where it names none.
    library : str
        The name of the script library that it expects beside its folder, for readers who explore a chart;
        empty where it expects none.
    parameters : dict
        What it was made with, as `findings.json` has them: `case`, `edition` and the rest.
    findings : dict
        By id: `label`, `value`, `unit` and `computed_from` of each number, `origins`, the ids of all that
        went into it, `needs`, the ids without which there would be no such number, and `code`, a mark of what
        made it; these three are empty where the page is older than they are.
    marks : dict
        By the id of each input of these numbers, a mark of what it held; empty where the page is older.
    inputs : dict
        By the id of each input that findings.json names with its sha256: that.
    changes : list of str, optional
        Marks of the corrections and updates that it has; None where the page is older.
    follows : dict
        By the id of a fact, date, dispute or other case: the ids of what its words and numbers follow from.
    rests : dict
        By the id of a table: the ids of all that it was made from; like `follows` empty where the page is
        older.
    entries : dict
        By id (`fact.F04`): `statement`, `status`, `as_of`, `notes` and `sources` of each fact, event, count,
        term, point and other case of the ledger.
    data : dict
        By id (`table.crashes`, `law.file`): what the ledger says of each file behind the numbers, and its
        checksum where `findings.json` gives one under `inputs`.
    sources : dict
        By id: the words and the address of each source.
    charts : dict
        By id: `words` (title, subtitle, source, note), `alt`, `drawing` and `table` (the id of its numbers).
    tables : dict
        By id: `columns` and `rows`; a row is a list of cells, each its words and the ids it leads to; and
        `parts`, the part of the case file that each row is, where that has no entry in the ledger.
    texts : list of str
        The paragraphs and headings of the story, in order; dates that every edition changes are left out.
    links : dict
        By paragraph: the numbers in it, each the id that it leads to and its words.
    """

    path: Path
    language: Language
    as_known: str
    base_url: str
    library: str
    parameters: dict[str, Any]
    findings: dict[str, dict[str, Any]]
    marks: dict[str, str]
    inputs: dict[str, str]
    changes: list[str] | None
    follows: dict[str, list[str]]
    rests: dict[str, list[str]]
    entries: dict[str, dict[str, Any]]
    data: dict[str, str]
    sources: dict[str, str]
    charts: dict[str, dict[str, Any]]
    tables: dict[str, dict[str, Any]]
    texts: list[str]
    links: dict[str, list[tuple[str, str]]]

    @property
    def case(self) -> str:
        """The id of its case."""
        return self.parameters["case"]

    @property
    def edition(self) -> Edition:
        """Its date, as printed on it, and its number within the day."""
        return edition(self.parameters["edition"]) or Edition(dt.date.min)


def read_page(given: str | Path) -> Page:
    """Read a report that is given by its folder or by its page; a page in a single file has all inside.

    Raises
    ------
    PileupError
        There is no page, or it is none of this project's, or the numbers beside it are missing or broken.
    """
    path = page_path(given)
    withdrawn.refuse(path.parent)
    try:
        html = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PileupError(f"{shown(path)}: cannot be read ({error})") from None
    record = _record(path, html)
    parameters, findings = record["parameters"], record["findings"]
    whole = LexborHTMLParser(html).root
    root = Node("", inside=[_tree(whole)] if whole else [])
    ledger = next(iter(root.find("div", "ledger")), Node(""))
    if parameters["edition"][:10] not in [one.attributes.get("datetime") for one in root.find("time")]:
        raise PileupError(
            f"{shown(path)}: the findings beside it are of the edition {parameters['edition']}, which the"
            f" page does not name; {_AGAIN}"
        )
    named = {one.attributes.get("id", "").removeprefix("how-"): one for one in ledger.find("li")}
    named.pop("", None)
    paragraphs = list(_paragraphs(root))
    spoken = [one.attributes.get("lang") for one in root.find("html")]
    status = [one for part in root.find("p", "status") for one in part.find("time")]
    scripts = [one for one in root.find("script") if "data-plotly" in one.attributes]
    return Page(
        path=path,
        language=next((one for one in LANGUAGES if one in spoken), "en"),
        as_known=status[0].words() if status else "",
        base_url=next(
            (
                one.attributes.get("content", "")
                for one in root.find("meta")
                if one.attributes.get("property") == "og:url"
            ),
            "",
        ),
        library=next((one.attributes.get("data-plotly", "").rpartition("/")[2] for one in scripts), ""),
        parameters=parameters,
        findings=findings,
        **{part: record[part] for part in ("marks", "inputs", "changes", "follows", "rests")},
        entries={name: _entry(name, one) for name, one in named.items() if name.startswith(_ENTRIES)},
        data={
            name: " ".join(
                [_statement(one), _meta(one), *_notes(one), record["inputs"].get(name, "")]
            ).strip()
            for name, one in named.items()
            if name.startswith("table.") or name in ("law.file", "case.file")
        },
        sources={
            name.removeprefix("source."): one.words()
            for name, one in named.items()
            if name.startswith("source.")
        },
        charts=dict(_chart(one) for one in root.find("figure", "chart")),
        tables={
            name: one | {"parts": record["parts"].get(name, [])} for name, one in dict(_tables(root)).items()
        },
        texts=[one.words() for one in paragraphs],
        # An entry of the list of corrections tells of numbers; it is no statement that could have changed.
        links={
            one.words(): [
                (_target(link), link.words())
                for link in _links(one)
                if not _within(one, root.find("ul", "changes"))
            ]
            for one in paragraphs
        },
    )


def _record(path: Path, html: str) -> dict[str, Any]:
    """Return what findings.json says, beside the page or inside it."""
    beside = path.parent / "findings.json"
    try:
        record = findings_of(path, html)
    except OSError:
        raise PileupError(f"{shown(path)}: no findings.json beside the page; {_AGAIN}") from None
    except ValueError:
        raise PileupError(f"{shown(beside)}: not readable as JSON; {_AGAIN}") from None
    try:
        parameters = {
            "language": "en",
            **record["parameters"],
        }  # pages were English before there was a choice
        findings = {
            one["id"]: {key: one[key] for key in ("label", "value", "unit")}
            | {"computed_from": [str(origin) for origin in one["computed_from"]]}
            | {"origins": " ".join(map(str, one.get("origins", []))).split()}
            | {"code": str(one.get("code", "")), "needs": str(one.get("needs", "")).split()}
            for one in record["findings"]
        }
        inputs, marks = (
            {str(name): str(mark) for name, mark in record.get(kind, {}).items()}
            for kind in ("inputs", "marks")
        )
        changes = [*map(str, record["changes"])] if "changes" in record else None
        follows = {str(name): [*map(str, ids)] for name, ids in record.get("follows", {}).items()}
        rests, parts = (
            {str(name): str(one[kind]).split() for name, one in record.get("tables", {}).items()}
            for kind in ("rests", "parts")
        )
        if not isinstance(parameters["case"], str):
            raise ValueError
        if not edition(parameters["edition"]):
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError):
        raise PileupError(
            f"{shown(beside)}: not the parameters and findings of a report, with a case and an edition"
            f" {FORM}; {_AGAIN}"
        ) from None
    return {
        "parameters": parameters,
        "findings": findings,
        "inputs": inputs,
        "marks": marks,
        "changes": changes,
        "follows": follows,
        "rests": rests,
        "parts": parts,
    }


def _meta(item: Node) -> str:
    return next((one.words() for one in item.find("span", "meta")), "")


def _statement(item: Node) -> str:
    return next((one.words() for one in item.find("span", "statement")), "")


def _notes(item: Node) -> list[str]:
    return [one.words() for one in item.find("p", "meta")]


def _entry(name: str, item: Node) -> dict[str, Any]:
    """Read an entry of the ledger: after its id stand its status and, for some, a day as data."""
    status, _, rest = _meta(item).removeprefix(f"{name} · ").partition(" · ")
    day = re.search(r"\d{4}-\d{2}-\d{2}", rest)
    return {
        "statement": _statement(item),
        "status": status,
        "as_of": day[0] if day else None,
        "notes": _notes(item),
        "sources": [
            citation.find("a")[0].attributes.get("href", "").removeprefix("#how-source.")
            + "".join(f": “{quote.words()}”" for quote in citation.find("q"))
            for citation in item.find("li")
            if citation.find("a")
        ],
    }


def _chart(figure: Node) -> tuple[str, dict[str, Any]]:
    name = figure.attributes.get("id", "").removeprefix("chart-")
    drawings = figure.find("svg")
    told = ("title", "desc")
    told_in = [one for drawing in drawings for one in drawing.walk() if one.tag in told]
    caption = [one for part in figure.find("figcaption") for one in part.walk() if one.tag in ("h3", "p")]
    credits_ = [one for one in figure.find("p", "credit") if not _within(one, figure.find("details"))]
    return name, {
        "words": [
            *(one.words() for one in caption),
            *(one.words(without="how") for one in credits_),
        ],
        "alt": next((one.words() for one in told_in if one.tag == "desc"), ""),
        "drawing": "".join(_written(drawing, told) for drawing in drawings),
        "table": next(iter(dict(_tables(figure))), None),
    }


def _within(node: Node, others: list[Node]) -> bool:
    return any(node is one for other in others for one in other.walk())


def _written(node: Node, without: tuple[str, ...]) -> str:
    """Write an element as text, without what is said in it rather than drawn."""
    if node.tag in without:
        return ""
    attributes = "".join(
        f' {name}="{value}"' for name, value in node.attributes.items() if name != "aria-labelledby"
    )
    inside = "".join(part if isinstance(part, str) else _written(part, without) for part in node.inside)
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"


def _tables(root: Node) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each table with the id of its file, which is named by the next link after it."""
    waiting: Node | None = None
    for node in root.walk():
        if node.tag == "table":
            waiting = node
        elif node.tag == "a" and waiting:
            target = node.attributes.get("download") or node.attributes.get("href", "")
            if target.endswith(".csv"):
                rows = [[_cell(one) for one in row.inside if isinstance(one, Node)] for row in _body(waiting)]
                heads = [head.words() for part in waiting.find("thead") for head in part.find("th")]
                name = target.rpartition("/")[2].removesuffix(".csv")
                caption = [one.words() for one in waiting.find("caption")]
                yield name, {"caption": "".join(caption), "columns": heads, "rows": rows}
                waiting = None


def _body(table: Node) -> list[Node]:
    return [row for part in table.find("tbody") for row in part.find("tr")]


def _links(node: Node) -> list[Node]:
    return node.find("a", "n")


def _target(link: Node) -> str:
    return link.attributes.get("href", "").removeprefix("#how-")


def _cell(cell: Node) -> tuple[str, tuple[str, ...]]:
    """Return a cell's words, and the ids that its numbers lead to."""
    return cell.words(), tuple(dict.fromkeys(map(_target, _links(cell))))


def _paragraphs(node: Node) -> Iterator[Node]:
    """Yield the paragraphs of the story; charts, tables, the ledger and the page's furniture are no story."""
    for part in node.inside:
        if not isinstance(part, Node) or part.tag in _NO_STORY or any(map(part.has, _NO_STORY_CLASSES)):
            continue
        if part.tag not in _PARAGRAPHS:
            yield from _paragraphs(part)
        elif part.words():
            yield part
