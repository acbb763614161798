"""Holds each number of a record against the value of its origin, at the precision and in the unit printed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pileup.files.edition import edition
from pileup.page import around
from pileup.page.content import Block
from pileup.page.record import ENTRIES, Record
from pileup.words import language, written
from pileup.words.language import _
from pileup.words.said import CLOSE, Said, near
from pileup.words.said import said as read
from pileup.words.text import from_data

#: Words for what a finding's value says without repeating it: "one in 40,000", "half of them were shorter".
_TURNS = {"one": (1,), "half": (0.5,), "uno": (1,), "mitad": (0.5,)}
_DISPUTED = ("disputed", "claim")


def refused(record: Record) -> Iterator[str]:
    """Yield each number that is not what its origin says, one line each.

    Parameters
    ----------
    record : Record
        What is placed on a page; its language is the one in use.

    Every number with an origin of its own is held: in the headline and standfirst, in prose, on charts, in
    cells. A number that leads to a whole file (`table.crashes`, `case.file`) has no one value to be held
    against: around a chart it has to be one that readers can look up (see `pileup.page.around`), the page's
    other files hold it (see `pileup.page.held`), and `pileup publish` makes it again.
    """
    ledger = record.page.ledger
    if not ledger:
        return
    yield from around.refused(record)
    values: dict[str, tuple[Any, str]] = {
        one["id"]: (one["value"], one["unit"]) for one in ledger["findings"]
    }
    disputed: set[str] = set()
    said: dict[str, str] = {one["id"]: one["label"] for one in ledger["findings"]}
    for kind in ENTRIES:
        for entry in ledger.get(kind, ()):
            values[entry["id"]] = entry["value"], entry["unit"] or ""
            said[entry["id"]] = _said(entry)
            if entry["status"] in _DISPUTED:
                disputed.add(entry["id"])
    values |= {f"parameter.{name}": (value, "") for name, value in ledger["parameters"].items()}
    if which := edition(str(ledger["parameters"].get("edition", ""))):
        values["parameter.edition"] = which.date.isoformat(), ""  # days are counted to its date
    for place, text in _texts(record):
        for run in text:
            if not isinstance(run, dict) or run["origin"] not in values:
                continue
            value, unit = values[run["origin"]]
            other = not _same(run["value"], value)
            # Words that lead to an entry, or another number that a disputed one says beside its own.
            if other and (run["value"] == run["text"] or run["origin"] in disputed):
                wrong = _unsaid(run["text"], f"{said.get(run['origin'], '')} {_plainly(value, unit)}", value)
            elif other:
                wrong = [f"{run['value']}"]
            else:
                wrong = [] if _prints(run["text"], value, unit) else [run["text"]]
            for number in wrong:
                right = f"{_plainly(value, unit)} is right, by {run['origin']}"
                yield f"{place}: {number} is printed, {right}: “{from_data(text)[:80]}”"


def _texts(record: Record) -> Iterator[tuple[str, list[Any]]]:
    """Yield each text of a page whose numbers have origins of their own, with its place."""
    page = record.page
    if page.head:
        yield "the headline", page.head.get("finding", [])
        yield "the standfirst", page.head["standfirst"]
        yield "where the case stands", page.head["status"]
    for section in page.sections:
        for block in section.parts:
            yield from _of_block(block, f"chapter {section.id}")


def _of_block(block: Block, place: str) -> Iterator[tuple[str, list[Any]]]:
    match block["kind"]:
        case "prose":
            yield from ((place, text) for text in block["paragraphs"])
        case "chart":
            yield f"chart {block['id']}", block["headline"]
            yield from _of_block(block["table"], place)
        case "table":
            for row in block["rows"]:
                yield from ((f"table {block['id']}", cell) for cell in row if isinstance(cell, list))


def _said(entry: Mapping[str, Any]) -> str:
    """Return all that an entry of the ledger says, in one text."""
    quotes = [citation["quote"] for citation in entry["sources"]]
    parts = (entry["statement"], entry["note"], entry["shown"], entry["formula"], entry["as_of"], *quotes)
    return " ".join(part for part in parts if part)


def _same(value: object, other: object) -> bool:
    """Tell whether two values are one: 110 and "110", a day and its ISO text."""
    if value == other or str(value) == str(other):
        return True
    try:
        one, two = float(str(value)), float(str(other))
    except ValueError:
        return False
    return abs(one - two) <= CLOSE * max(abs(one), abs(two))


def _plainly(value: object, unit: str) -> str:
    number = f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    return f"{number} {unit}".strip()


def _prints(text: str, value: object, unit: str) -> bool:
    """Tell whether a text is a value as printed: rounded to its own last place, in months or in years."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return _prints_text(text, str(value))
    # Life is no number, and very large ones are cut to a few places.
    if text in (written.billions(value), written.number(value)):
        return True
    found = _read(text)
    forms = (value, value / 12) if unit == _("months") else (value,)
    return len(found) == 1 and any(near(found[0], form) for form in forms)


def _read(text: str) -> list[Said]:
    """Return the numbers, days and times of a text in the language of the page."""
    return read(text, language.current())


def _prints_text(text: str, value: str) -> bool:
    """Tell the same for a day, a time, or a number or range that stands as text."""
    day = _day(value)
    if day:
        precision = {10: "day", 7: "month", 4: "year"}[len(value)]
        steps = ("day", "month", "year")
        if text in {written.when(day, one) for one in steps[steps.index(precision) :]}:
            return True
    try:
        if text.startswith(written.clock(dt.time.fromisoformat(value))) and ":" in value:
            return True
    except ValueError:
        pass
    return [one.value for one in _read(text)] == [one.value for one in _read(value)]


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{value}-01-01"[:10] if len(value) in (4, 7, 10) else "")
    except ValueError:
        return None


def _unsaid(words: str, said: str, value: object) -> list[str]:
    """Return the numbers in words that lead to an entry which does not say them."""
    known = [one.value for one in _read(said)]
    return [
        one.text
        for one in _read(words)
        if not any(near(one, other) for other in (*known, value))
        and not any(one.value in worth for word, worth in _TURNS.items() if word in words.lower())
    ]
