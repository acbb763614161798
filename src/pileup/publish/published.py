"""What a page says of itself, for all that compare pages: numbers, ledger, charts, tables and words."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.files.edition import Edition, edition
from pileup.page import files, look, markup, withdrawn
from pileup.page.check import inside, listed, page_path, read_html, read_record, refuse_changed
from pileup.page.content import Block
from pileup.page.parts import contents
from pileup.page.record import ENTRIES, NAME, Record
from pileup.page.svg import drawing_names
from pileup.publish import older
from pileup.words import language
from pileup.words.language import Language, _
from pileup.words.text import from_data

#: How the ids of a case's own entries in the ledger begin.
_ENTRIES = ("fact.", "event.", "count.", "term.", "waypoint.", "account.", "comparable.")


@dataclass(frozen=True)
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
        By what it is (`case.file`, `table.crashes`), the sha256 of each input, as the manifest has it; in a
        page in a single file, as its record has it. Empty where the page is older than both.
    changes : list of str, optional
        Marks of the corrections and updates that it has; None where the page is older.
    follows : dict
        By the id of a fact, date, dispute or other case: the ids of what its words and numbers follow from.
    rests : dict
        By the id of a table: the ids of all that it was made from; like `follows` empty where the page is
        older.
    entries : dict
        By id (`fact.F04`): `statement`, `status`, `as_of`, `notes` and `sources` of each fact, event, count,
        term, point, account and other case of the ledger.
    data : dict
        By id (`table.crashes`, `law.file`): what the ledger says of each file behind the numbers.
    sources : dict
        By id: the words and the address of each source.
    charts : dict
        By id: `words` (title, subtitle, source, note), `alt`, `drawing` (marks of what is drawn) and `table`
        (the id of its numbers).
    tables : dict
        By id: `columns` and `rows`; a row is a list of cells, each its words and the ids it leads to; and
        `parts`, the part of the case file that each row is, where that has no entry in the ledger.
    texts : list of str
        The paragraphs and headings of the story, in order; dates that every edition changes are left out.
    links : dict
        By paragraph: the numbers in it, each the id that it leads to and its words.
    alternates : dict of str
        By language, the addresses of the report's pages beside each other; empty where there is one.
    working : bool
        Whether the numbered notebooks stand beside it, as they ran for it.
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
    alternates: dict[Language, str] = field(default_factory=dict)
    working: bool = False

    @property
    def case(self) -> str:
        """The id of its case."""
        return self.parameters["case"]

    @property
    def edition(self) -> Edition:
        """Its date, as printed on it, and its number within the day."""
        return edition(self.parameters["edition"]) or Edition(dt.date.min)


def read_page(given: str | Path, whole: bool = True) -> Page:
    """Read a report that is given by its folder or by its page; a page in a single file has all inside.

    Parameters
    ----------
    given : str or Path
        The folder or the page.
    whole : bool
        Refuse a report of which a file is missing, empty or not the one in its manifest; without, what such
        a report says is read all the same.

    Raises
    ------
    PileupError
        There is no page, or it is none of this project's, or what stands beside it is missing or broken.
    """
    path = page_path(given)
    withdrawn.refuse(path.parent)
    html = read_html(path)
    made = read_record(path, html)
    if made is None:
        return Page(path=path, **older.read(path, html, _ENTRIES))
    if not made.page.head or not made.page.ledger:
        raise PileupError(f"{shown(path)}: the page of a notebook, and no report: it has no ledger")
    with language.using(made.language):
        return _page(path, made, _inputs(path, html, made, whole))


def _inputs(path: Path, html: str, made: Record, whole: bool) -> dict[str, str]:
    """Return the checksums of what a page was made of."""
    if inside(html, f"{NAME}.gz") is not None:
        told = (made.page.ledger or {})["inputs"]
        return {name: sha256.removeprefix("sha256:") for name, sha256 in told.items()}
    files = contents(path.parent, made.place)
    if whole:
        refuse_changed(path, files)
    return listed(path, files).inputs


def _page(path: Path, made: Record, inputs: dict[str, str]) -> Page:
    page, head, ledger = made.page, made.page.head or {}, made.page.ledger or {}
    told = files.findings(page)
    paragraphs = list(_paragraphs(made))
    return Page(
        path=path,
        language=made.language,
        as_known=head["as_of_words"],
        base_url=made.base_url,
        library=made.library,
        parameters=told["parameters"],
        findings={
            one["id"]: {key: one[key] for key in ("label", "value", "unit", "computed_from")}
            | {"origins": " ".join(one.get("origins", [])).split()}
            | {"code": one.get("code", ""), "needs": one.get("needs", "").split()}
            for one in told["findings"]
        },
        marks=ledger["marks"],
        inputs=inputs,
        changes=ledger["changes"],
        follows=ledger["follows"],
        rests={table["id"]: table["rests"] for table in page.tables},
        entries={one["id"]: _entry(one) for kind in ENTRIES for one in ledger.get(kind, ())},
        data=_data(ledger),
        sources={one["id"]: _source(one) for one in ledger["sources"]},
        charts={block["id"]: _chart(block, made) for block in page.charts},
        tables={table["id"]: _table(table) for table in page.tables},
        texts=[text for text, _links in paragraphs],
        links=dict(paragraphs),
        alternates=made.alternates,
        working=bool(made.working),
    )


def _entry(one: Block) -> dict[str, Any]:
    status = one["status"]
    computed = [_("Computed: {formula}").format(formula=one["formula"])] if one["formula"] else []
    return {
        "statement": one["statement"],
        "status": _(status),
        "as_of": one["as_of"],
        "notes": [*computed, *([one["note"]] if one["note"] else [])],
        "sources": [
            citation["source"] + (f": “{citation['quote']}”" if citation["quote"] else "")
            for citation in one["sources"]
        ],
    }


def _data(ledger: Block) -> dict[str, str]:
    """Return what the ledger says of each file behind the numbers."""
    said = {
        one["id"]: f"{one['statement']} {one['id']} {one['note']}"
        for one in ledger["data"]
        if one["id"] != "method"  # no file
    }
    known = _("as known on {date}; every fact, date and term of it stands in this ledger")
    case = _("The case file: {title}").format(title=ledger["case"]["title"])
    said["case.file"] = f"{case} {known.format(date=ledger['case']['as_of'])}"
    if ledger["law"]:
        place = _("ranges, rules, their dates and sources: data/law in the project")
        said["law.file"] = f"{_('The law file.')} {ledger['law']} {place}"
    return said


def _source(one: Block) -> str:
    date, note = (f", {one['date']}" if one["date"] else ""), (f". {one['note']}" if one["note"] else "")
    site = _("the site; the page is not recorded.") + " " if one["site_only"] else ""
    return f"{one['title']}, {one['publisher']}{date}. {one['url']} {site}{one['tier']}{note}"


def _chart(block: Block, made: Record) -> dict[str, Any]:
    credits_ = [
        f"{_('Source:')} {block['source']}",
        *([f"{_('Note:')} {block['note']}"] if block["note"] else []),
    ]
    drawn = [made.drawings[name]["mark"] for name in drawing_names(block["id"]) if name in made.drawings]
    return {
        "words": [from_data(block["headline"]), block["subtitle"], *credits_],
        "alt": block["alt"],
        "drawing": " ".join(drawn),
        "table": block["table"]["id"],
    }


def _table(table: Block) -> dict[str, Any]:
    cells = [
        [look.linked_runs(cell, origin) for cell in row]
        for row, origin in zip(table["rows"], table["row_origins"], strict=True)
    ]
    return {
        "caption": table["caption"],
        "parts": table["parts"],
        "columns": [column["title"] for column in table["columns"]],
        "rows": [
            [
                (
                    " ".join(from_data(runs).split()),
                    tuple(dict.fromkeys(origin for origin, _text in _numbers(runs))),
                )
                for runs in row
            ]
            for row in cells
        ],
    }


def _numbers(runs: list[Any]) -> list[tuple[str, str]]:
    """Return the numbers of a text, each the id that it leads to and its words."""
    return [(run["origin"], run["text"]) for run in runs if isinstance(run, dict)]


def _paragraphs(made: Record) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the paragraphs and headings of the story with their numbers; charts and tables are no story."""
    head = made.page.head or {}
    yield made.page.title, []
    yield _paragraph(head["standfirst"])
    yield _paragraph([*_around_status(head)])
    for section in made.page.sections:
        if section.title:
            yield section.title, []
        for block in section.parts:
            match block["kind"]:
                case "heading":
                    yield block["text"], []
                case "prose":
                    for paragraph in block["paragraphs"]:
                        text, numbers = _paragraph(paragraph)
                        # An entry of the list of corrections tells of numbers; it is no statement of its own.
                        yield text, [] if block["role"] == "changes" else numbers
                case "markdown":
                    root = markup.read(f"<!doctype html>{block['html']}")
                    yield from ((one.words(), []) for tag in ("p", "li") for one in root.find(tag))


def _around_status(head: Block) -> Iterator[Any]:
    """Yield where the case stands, with all that the page says before and after it."""
    yield f"{_('The case now.')} "
    yield from head["status"]
    yield " " + _("As known on {date}.").format(date=head["as_of_words"])
    if head["due"]:
        yield " ".join(["", _("Due for a check:"), *head["due"]])


def _paragraph(runs: list[Any]) -> tuple[str, list[tuple[str, str]]]:
    return " ".join(from_data(runs).split()), _numbers(runs)
