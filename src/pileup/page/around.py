"""Holds the numbers in the words around a chart, which lead to a whole table, against what the page shows."""

from collections.abc import Iterator
from typing import Any

from pileup.page.content import Block
from pileup.page.record import ENTRIES, Record
from pileup.words import language
from pileup.words.said import Said, near
from pileup.words.said import said as read
from pileup.words.text import from_data

_SAYS = ("value", "statement", "note", "shown", "formula", "as_of", "unit")
#: Where words stand around a chart, as a fault names it.
_PLACES = {"subtitle": "subtitle", "alt": "description", "note": "note", "source": "source"}


def refused(record: Record) -> Iterator[str]:
    """Yield each number around a chart that is neither in its table nor in the ledger, one line each.

    Parameters
    ----------
    record : Record
        What is placed on a page; its language is the one in use.

    A chart's subtitle, description, note and source are plain words: none of their numbers has an origin of
    its own. Each has to be one that readers can look up: a cell of the chart's table or the number of its
    rows, a finding (months in years, too), a fact, a parameter, or a year that a table covers.
    """
    if not record.page.ledger:
        return
    known = _of_ledger(record.page.ledger)
    for chart in record.page.charts:
        shown = [*_of_chart(chart), *known]
        shown += [int(day[:4]) for day in shown if isinstance(day, str) and day[:4].isdigit()]
        words = {place: chart[name] for name, place in _PLACES.items()}
        words |= {"headline": from_data(chart["headline"]), "table's heading": chart["table"]["caption"]}
        for place, text in words.items():
            for one in _read(text):
                if one.kind != "loose" and not any(near(one, other) for other in shown):
                    yield (
                        f"chart {chart['id']}, {place}: {one.text} is in neither its table nor the ledger, so"
                        f" that nobody can look it up: “{text[:80]}”"
                    )


def _of_chart(chart: Block) -> Iterator[float | str]:
    table = chart["table"]
    yield len(table["rows"])
    for cell in (cell for row in table["rows"] for cell in row):
        yield from _in(from_data(cell) if isinstance(cell, list) else cell)
    for column in table["columns"]:
        yield from _in(column["title"])


def _of_ledger(ledger: Block) -> list[float | str]:
    """Return the numbers and days that the ledger says, dates also as the years in them."""
    found: list[float | str] = []
    for finding in ledger["findings"]:
        found += [*_in(finding["value"]), *_in(finding["label"])]
        if finding["unit"] == language._("months"):
            found.append(finding["value"] / 12)
    entries = [entry for kind in ENTRIES for entry in ledger.get(kind, ())]
    said: list[Any] = [entry[name] for entry in entries for name in _SAYS]
    said += [citation["quote"] for entry in entries for citation in entry["sources"]]
    said += [words for one in ledger["data"] for words in (one["statement"], one["note"])]
    said += [year for one in ledger["data"] for span in one.get("temporal", ()) for year in span.split("/")]
    said += [*ledger["parameters"].values(), ledger["case"]["as_of"]]
    return found + [number for words in said for number in _in(words)]


def _in(value: object) -> Iterator[float | str]:
    """Yield a number, or the numbers and days that a text says."""
    if isinstance(value, str):
        yield from (one.value for one in _read(value))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _read(text: str) -> list[Said]:
    return read(text, language.current())
