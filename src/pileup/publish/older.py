"""Reads back what a page from before there were records says of itself."""

import base64
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.base.parsed import from_json
from pileup.base.paths import shown
from pileup.page import held, markup, record, svg
from pileup.page.markup import Element
from pileup.words.language import LANGUAGES

#: Elements that hold a paragraph of the story; what stands inside another of them is not told twice.
_PARAGRAPHS = {"h1", "h2", "h3", "h4", "p", "li", "blockquote"}
_NO_STORY = {"head", "nav", "footer", "figure", "table", "script", "style", "svg"}
_NO_STORY_CLASSES = ("ledger", "dates", "files", "credit")
_AGAIN = "make the report again with `pileup report`"


def read(path: Path, html: str, entries: tuple[str, ...]) -> dict[str, Any]:
    """Read a page of pileup 0.1.

    Parameters
    ----------
    path : Path
        The page.
    html : str
        Its text.
    entries : tuple of str
        How the ids of a case's own entries in the ledger begin.

    Returns
    -------
    dict
        The attributes of a `pileup.publish.published.Page`, but for its path.

    Raises
    ------
    PileupError
        It is no such page, or the numbers beside it are missing or broken.
    """
    parameters, findings, marks = _record(path, html)
    try:
        root = markup.read(html)
    except PileupError as error:
        raise PileupError(f"{shown(path)}: {error}") from None
    ledger = next(iter(root.find("div", "ledger")), Element(""))
    if parameters["edition"] not in [one.attributes.get("datetime") for one in root.find("time")]:
        raise PileupError(
            f"{shown(path)}: the findings beside it are of the edition {parameters['edition']}, which the"
            f" page does not name; {_AGAIN}"
        )
    named = {(one.attributes.get("id") or "").removeprefix("how-"): one for one in ledger.find("li")}
    named.pop("", None)
    paragraphs = list(_paragraphs(root))
    spoken = [one.attributes.get("lang") for one in root.find("html")]
    status = [one for part in root.find("p", "status") for one in part.find("time")]
    scripts = [one for one in root.find("script") if "data-plotly" in one.attributes]
    drawn = dict(zip(_names(root), map(svg.bare, held.in_html(html)), strict=False))
    return {
        "language": next((one for one in LANGUAGES if one in spoken), "en"),
        "as_known": status[0].words() if status else "",
        "base_url": next(
            (
                one.attributes.get("content") or ""
                for one in root.find("meta")
                if one.attributes.get("property") == "og:url"
            ),
            "",
        ),
        "library": next(
            ((one.attributes.get("data-plotly") or "").rpartition("/")[2] for one in scripts), ""
        ),
        "parameters": parameters,
        "findings": findings,
        "marks": marks,
        "inputs": {},
        "changes": None,
        "follows": {},
        "rests": {},
        "entries": {name: _entry(name, one) for name, one in named.items() if name.startswith(entries)},
        "data": {
            name: " ".join([_statement(one), _meta(one), *_notes(one)])
            for name, one in named.items()
            if name.startswith("table.") or name in ("law.file", "case.file")
        },
        "sources": {
            name.removeprefix("source."): _source(one)
            for name, one in named.items()
            if name.startswith("source.")
        },
        "charts": dict(_chart(one, drawn) for one in root.find("figure", "chart")),
        "tables": {name: one | {"parts": []} for name, one in dict(_tables(root)).items()},
        "texts": [one.words() for one in paragraphs],
        "links": {one.words(): [(_target(link), link.words()) for link in _links(one)] for one in paragraphs},
    }


def _record(path: Path, html: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, str]]:
    """Return parameters, numbers and marks of inputs, from findings.json beside or inside it."""
    beside = path.parent / "findings.json"
    try:
        inside = re.search(r'href="data:application/json;base64,([^"]+)"', html)
        told = from_json(base64.b64decode(inside[1]) if inside else beside.read_bytes())
    except OSError:
        raise PileupError(f"{shown(path)}: no findings.json beside the page; {_AGAIN}") from None
    except ValueError:
        raise PileupError(f"{shown(beside)}: not readable as JSON; {_AGAIN}") from None
    try:
        parameters = {
            "language": "en",
            **told["parameters"],
        }  # pages were English before there was a choice
        findings = {
            one["id"]: {key: one[key] for key in ("label", "value", "unit")}
            | {"computed_from": [str(origin) for origin in one["computed_from"]]}
            | {"origins": " ".join(map(str, one.get("origins", []))).split()}
            | {"code": str(one.get("code", "")), "needs": str(one.get("needs", "")).split()}
            for one in told["findings"]
        }
        marks = {str(name): str(mark) for name, mark in told.get("marks", {}).items()}
        if not isinstance(parameters["case"], str):
            raise ValueError
        dt.date.fromisoformat(parameters["edition"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise PileupError(
            f"{shown(beside)}: not the parameters and findings of a report, with a case and an edition"
            f" YYYY-MM-DD; {_AGAIN}"
        ) from None
    return parameters, findings, marks


def _meta(item: Element) -> str:
    return next((one.words() for one in item.find("span", "meta")), "")


def _statement(item: Element) -> str:
    return next((one.words() for one in item.find("span", "statement")), "")


def _notes(item: Element) -> list[str]:
    return [one.words() for one in item.find("p", "meta")]


def _entry(name: str, item: Element) -> dict[str, Any]:
    """Read an entry of the ledger: after its id stand its status and, for some, a day as data."""
    status, _, rest = _meta(item).removeprefix(f"{name} · ").partition(" · ")
    day = re.search(r"\d{4}-\d{2}-\d{2}", rest)
    return {
        "statement": _statement(item),
        "status": status,
        "as_of": day[0] if day else None,
        "notes": _notes(item),
        "sources": [
            (citation.find("a")[0].attributes.get("href") or "").removeprefix("#how-source.")
            + "".join(f": “{quote.words()}”" for quote in citation.find("q"))
            for citation in item.find("li")
            if citation.find("a")
        ],
    }


def _source(item: Element) -> str:
    """Read a source with its address, which stood beside its title before the title led to it."""
    told, meta = item.words(), _meta(item)
    address = next((one.attributes.get("href") or "" for one in item.find("a")), "")
    return told if address in told else f"{told.removesuffix(meta)}{address} {meta}"


def _names(root: Element) -> list[str]:
    """Return the names of the drawings of a page, in order."""
    charts = [(one.attributes.get("id") or "").removeprefix("chart-") for one in root.find("figure", "chart")]
    return [f"{chart}-{size}" for chart in charts for size in ("wide", "narrow")]


def _chart(figure: Element, drawn: dict[str, str]) -> tuple[str, dict[str, Any]]:
    name = (figure.attributes.get("id") or "").removeprefix("chart-")
    caption = [one for part in figure.find("figcaption") for one in part.walk() if one.tag in ("h3", "p")]
    folded = {id(one) for part in figure.find("details") for one in part.walk()}
    credits_ = [one for one in figure.find("p", "credit") if id(one) not in folded]
    return name, {
        "words": [*(one.words() for one in caption), *map(_without_how, credits_)],
        "alt": next((one.words() for one in figure.find("desc")), ""),
        "drawing": " ".join(
            record.fingerprint(drawn.get(f"{name}-{size}", "").encode()) for size in ("wide", "narrow")
        ),
        "table": next(iter(dict(_tables(figure))), None),
    }


def _without_how(credit: Element) -> str:
    """Return a source line without its links to the ledger."""
    parts = [one for one in credit.parts if not (isinstance(one, Element) and one.has("how"))]
    return Element("", {}, parts).words()


def _tables(root: Element) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each table with the id of its file, which is named by the next link after it."""
    waiting: Element | None = None
    for node in root.walk():
        if node.tag == "table":
            waiting = node
        elif node.tag == "a" and waiting:
            target = node.attributes.get("download") or node.attributes.get("href") or ""
            if target.endswith(".csv"):
                rows = [
                    [_cell(one) for one in row.parts if isinstance(one, Element)] for row in _body(waiting)
                ]
                heads = [head.words() for part in waiting.find("thead") for head in part.find("th")]
                name = target.rpartition("/")[2].removesuffix(".csv")
                caption = [one.words() for one in waiting.find("caption")]
                yield name, {"caption": "".join(caption), "columns": heads, "rows": rows}
                waiting = None


def _body(table: Element) -> list[Element]:
    return [row for part in table.find("tbody") for row in part.find("tr")]


def _links(node: Element) -> list[Element]:
    return node.find("a", "n")


def _target(link: Element) -> str:
    return (link.attributes.get("href") or "").removeprefix("#how-")


def _cell(cell: Element) -> tuple[str, tuple[str, ...]]:
    """Return a cell's words, and the ids that its numbers lead to."""
    return cell.words(), tuple(dict.fromkeys(map(_target, _links(cell))))


def _paragraphs(node: Element) -> Iterator[Element]:
    """Yield the paragraphs of the story; charts, tables, the ledger and the page's furniture are no story."""
    for part in node.parts:
        if not isinstance(part, Element) or part.tag in _NO_STORY or any(map(part.has, _NO_STORY_CLASSES)):
            continue
        if part.tag not in _PARAGRAPHS:
            yield from _paragraphs(part)
        elif part.words():
            yield part
