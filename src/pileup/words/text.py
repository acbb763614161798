"""A text whose numbers lead to where they come from; what counts as a number in it, and what as a name."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pileup.words import language
from pileup.words.language import Language
from pileup.words.written import SMALL


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

    Examples
    --------
    >>> import pileup
    >>> pileup.Number("role.deaths", 4, "four").text
    'four'
    """

    origin: str
    value: int | float | str
    text: str


#: The origin of words that claim nothing: they join other sentences, and lead nowhere.
CONNECTIVE = "connective"
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


def from_data(runs: object) -> str:
    """Return the words of a text, or of a table's cell, that stands as JSON."""
    if isinstance(runs, list):
        return "".join(run if isinstance(run, str) else run["text"] for run in runs)
    return "" if runs is None else str(runs)


@dataclass(frozen=True)
class _Vocabulary:
    """How a language writes numbers in words, and what in it only looks like one.

    Attributes
    ----------
    words : dict
        Words that are numbers, and what they are worth.
    day : str
        The pattern of a day: "April 25, 2019" or "April 25", "25 de abril de 2019" or "25 de abril".
    allowed : tuple of str
        Patterns that may stand without an origin: a name or a turn of phrase, not a number that somebody
        counted.
    """

    words: dict[str, float]
    day: str
    allowed: tuple[str, ...]


#: What may stand without an origin in every language.
ALLOWED = (
    r"\bI-\d+\b",  # a road
    r"\b(?:HB|SB) ?\d[\d-]*",  # a bill
    r"\bC\.R\.S\. [\d.-]+(?:\(\w+\))*",  # a statute
    r"\b\d+[A-Za-z]{3,}\b|\b[A-Za-z]{3,}\d+\b",  # a name with a number in it, such as that of a station
    r"\b[A-Z]\d{1,3}\b",  # the id of a fact, an event or a dispute
)
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_LARGE_ES = {"mil": 1_000, "millón": 1_000_000, "millones": 1_000_000}


def _worth(names: str, first: float, step: int = 1) -> dict[str, float]:
    return {name: first + step * place for place, name in enumerate(names.split())}


#: "First" and "once" are no numbers here at all: they tell the time or the order more often than a count. So
#: it is with "un" and "una", which are articles first.
_VOCABULARIES: dict[Language, _Vocabulary] = {
    "en": _Vocabulary(
        {
            **{word: value for value, word in enumerate(SMALL["en"])},
            **_worth("twenty thirty forty fifty sixty seventy eighty ninety hundred", 20, 10),
            **_LARGE,
            **_worth("third fourth fifth sixth", 3),
            **_worth("half", 0.5),
            **_worth("twice triple", 2),
            **_worth("double", 2),
            **_worth("dozen", 12),
        },
        r"\b(?:{months}) \d{{1,2}}(?:, \d{{4}})?\b",
        (
            *ALLOWED,
            r"\b(?:Interstate|US|Route|Highway|[Ee]xit) ?\d[\d-]*",  # a road, an exit
            r"\b(?:House Bill|Senate Bill) ?\d[\d-]*",  # a bill
            r"\b[Ss]econd[- ](?:degree|half)\b",  # a term of the law; a part of a year
            # "One" that is a pronoun:
            r"\b[Oo]ne (?:by one|(?:after )?another|that|who|which|with|is|has|may|[a-z]+ing)\b",
            r"\b[Oo]ne[’']s\b",
            r"\b(?:[Nn]o|[Tt]his|[Tt]hat|[Tt]he|[Ee]very|[Ee]ach|[Aa]ny|[Ww]hich|as|a [a-z]+) one\b",
        ),
    ),
    "es": _Vocabulary(
        {
            **{word: value for value, word in enumerate(SMALL["es"]) if word != "uno"},
            **_worth(
                "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho"
                " veintinueve",
                21,
            ),
            **_worth("treinta cuarenta cincuenta sesenta setenta ochenta noventa cien", 30, 10),
            **_LARGE_ES,
            **_worth("tercero cuarto quinto sexto", 3),
            **_worth("tercera cuarta quinta sexta", 3),
            **_worth("mitad", 0.5),
            **_worth("doble triple", 2),
            **_worth("tercer", 3),
            **_worth("docena", 12),
            **_worth("ciento", 100),
        },
        r"\b\d{{1,2}} de (?:{months})(?: de \d{{4}})?\b",
        (
            *ALLOWED,
            r"\b(?:[Ii]nterestatal|[Rr]uta|[Cc]arretera|[Ss]alida|US) ?\d[\d-]*",  # a road, an exit
            r"\b(?:[Pp]royecto de ley|[Ll]ey) ?\d[\d-]*",  # a bill
            r"\bpor ciento\b|\b(?:tercera|cuarta|quinta) parte\b",
        ),
    ),
}
_DIGITS = r"\d+(?:[.,]\d+)*"


@cache
def _either(spoken: Language) -> re.Pattern[str]:
    """Return the pattern that finds names (with or without digits) and numbers in a text."""
    own = _VOCABULARIES[spoken]
    large = "|".join(_LARGE if spoken == "en" else _LARGE_ES)
    with language.using(spoken):
        months = "|".join(language.months())
    number = (
        own.day.format(months=months) + rf"|{_DIGITS}(?: (?:{large})\b)?%?"
        rf"|\b(?i:{'|'.join(own.words)})\b"
    )
    return re.compile(f"(?P<name>{names(spoken)})|(?P<number>{number})")


def names(spoken: Language) -> str:
    """Return the pattern of what only looks like a number in a language: names of roads, bills, statutes."""
    return "|".join(_VOCABULARIES[spoken].allowed)


def numbers(text: str) -> list[str]:
    """Return the numbers in a text as they stand there, names such as "I-70" left out."""
    return [found["number"] for found in _either(language.current()).finditer(text) if found["number"]]


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
    for found in _either(language.current()).finditer(text):
        if found["number"]:
            runs += [text[end : found.start()], Number(origin, _value(found["number"]), found["number"])]
            end = found.end()
    return tuple(run for run in (*runs, text[end:]) if run != "")


def _value(text: str) -> int | float | str:
    """Return a number's value as data: 1797751 for "1,797,751", 2019-04-25 for "April 25, 2019"."""
    own, months = _VOCABULARIES[language.current()], language.months()
    if text.lower() in own.words:
        return own.words[text.lower()]
    month = next((number for number, name in enumerate(months, 1) if name in text), None)
    if month:
        day, year = [*re.findall(r"\d+", text), "-"][:2]
        return f"{year}-{month:02}-{int(day):02}"
    digits, _, unit = text.rstrip("%").partition(" ")
    plain = digits.replace(",", "")
    if plain.count(".") > 1:  # a version or a section, such as 18.1.3
        return plain
    value = float(plain) if "." in plain else int(plain)
    return value * own.words[unit] if unit else value
