"""A text whose numbers lead to where they come from; what counts as a number in it, and what as a name."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from pileup.story.words import SMALL


@dataclass(frozen=True)
class Number:
    """A number in a text that leads to where it comes from.

    Attributes
    ----------
    origin : str
        The id of its entry in the ledger: a finding's (`crashes.fatal_crashes`) or a fact's (`fact.F04`).
    value : int, float or str
        The value as data; dates are ISO text.
    text : str
        How it is written here.
    """

    origin: str
    value: int | float | str
    text: str


#: A text is a run of plain strings and numbers with an origin.
Text = tuple[str | Number, ...]


def plain(text: Text) -> str:
    """Return a text without its origins."""
    return "".join(run if isinstance(run, str) else run.text for run in text)


def as_data(text: Text) -> list[str | dict[str, Any]]:
    """Return a text as JSON: strings, and objects with `origin`, `value` and `text`."""
    return [
        run if isinstance(run, str) else {"origin": run.origin, "value": run.value, "text": run.text}
        for run in text
    ]


def from_data(runs: Any) -> str:
    """Return the words of a text, or of a table's cell, that stands as JSON."""
    if isinstance(runs, list):
        return "".join(run if isinstance(run, str) else run["text"] for run in runs)
    return "" if runs is None else str(runs)


_MONTHS = [dt.date(2000, month, 1).strftime("%B") for month in range(1, 13)]
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905 - read as a line
_WORDS: dict[str, float] = {
    **{word: value for value, word in enumerate(SMALL)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "half": 0.5,
    "twice": 2,
    "double": 2,
    "third": 3,
    "triple": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "dozen": 12,
}

#: What may stand without an origin: a name or a turn of phrase, not a number that somebody counted.
#: "First" and "once" are no numbers here at all: they tell the time or the order more often than a count.
ALLOWED = (
    r"\bI-\d+\b",  # a road
    r"\b(?:Interstate|US|Route|Highway|[Ee]xit) ?\d[\d-]*",  # a road, an exit
    r"\b(?:House Bill|Senate Bill|HB|SB) ?\d[\d-]*",  # a bill
    r"\bC\.R\.S\. [\d.-]+(?:\(\w+\))*",  # a statute
    r"\b\d+[A-Za-z]{3,}\b|\b[A-Za-z]{3,}\d+\b",  # a name with a number in it, such as that of a station
    r"\b[A-Z]\d{1,3}\b",  # the id of a fact, an event or a dispute
    r"\b[Ss]econd[- ](?:degree|half)\b",  # a term of the law; a part of a year
    # "One" that is a pronoun:
    r"\b[Oo]ne (?:by one|(?:after )?another|that|who|which|with|is|has|may|[a-z]+ing)\b|\b[Oo]ne[’']s\b",
    r"\b(?:[Nn]o|[Tt]his|[Tt]hat|[Tt]he|[Ee]very|[Ee]ach|[Aa]ny|[Ww]hich|as|a [a-z]+) one\b",
)
_ALLOWED = "|".join(ALLOWED)
_DIGITS = r"\d+(?:[.,]\d+)*"
_NUMBER = (
    rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)})(?: \d{{4}})?\b"
    rf"|{_DIGITS}(?: (?:thousand|million|billion)\b)?%?"
    rf"|\b(?i:{'|'.join(_WORDS)})\b"
)
_EITHER = re.compile(f"(?P<name>{_ALLOWED})|(?P<number>{_NUMBER})")


def numbers(text: str) -> list[str]:
    """Return the numbers in a text as they stand there, names such as "I-70" left out."""
    return [found["number"] for found in _EITHER.finditer(text) if found["number"]]


def linked(text: str, origin: str) -> Text:
    """Split a text so that each of its numbers leads to an entry of the ledger.

    Parameters
    ----------
    text : str
        Words with numbers in digits or words.
    origin : str
        The id of the entry that answers for them: `table.crashes`, `fact.F04`, `case.file`.

    Returns
    -------
    Text
        The same words.
    """
    runs: list[str | Number] = []
    end = 0
    for found in _EITHER.finditer(text):
        if found["number"]:
            runs += [text[end : found.start()], Number(origin, _value(found["number"]), found["number"])]
            end = found.end()
    return tuple(run for run in (*runs, text[end:]) if run != "")


def _value(text: str) -> int | float | str:
    """Return a number's value as data: 1797751 for "1,797,751", 2019-04-25 for "25 April 2019"."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    digits, _, unit = text.rstrip("%").partition(" ")
    month, _, year = unit.partition(" ")
    if month in _MONTHS:
        day, of_year = int(digits), _MONTHS.index(month) + 1
        return f"{year or '-'}-{of_year:02}-{day:02}"
    plain = digits.replace(",", "")
    if plain.count(".") > 1:  # a version or a section, such as 18.1.3
        return plain
    value = float(plain) if "." in plain else int(plain)
    return value * _WORDS[unit] if unit else value
