"""What `pileup case new` asks a reporter, and what it makes of each answer."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pileup.base.errors import PileupError
from pileup.case.model import span
from pileup.case.rules import SIZES
from pileup.files.plain import iso_day, state_code
from pileup.words import written

#: What can have come of a case, as the model has it, and a sentence.
OUTCOMES = ("sentenced", "not charged", "pending", "acquitted", "convicted", "vacated")
_SENTENCE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?: ?(?:to|-|–) ?(?P<high>\d+(?:\.\d+)?))?(?: (?P<unit>day|month|year)s?)?"
    r"(?:,? (?:(?:of|in|on) )?(?P<form>prison|jail|probation|suspended))?"
)
_LIFE = re.compile(r"life(?: in prison)?(?: (?:and|plus) (?P<years>\d+(?:\.\d+)?)(?: years?)?)?")
#: How many of a unit make a year, as the law files count.
_A_YEAR = {"day": 365, "month": 12, "year": 1}
_MARKUP = re.compile(r"[{}]|\]\(")


class Known(NamedTuple):
    """A day as far as it is known: "day", "month" or "year"."""

    date: dt.date
    precision: str


class Sentence(NamedTuple):
    """A sentence as answered: its form, its ends in years, and its length in words where it has one."""

    form: str
    low: float | None = None
    high: float | None = None
    length: str = ""


def _words(text: str) -> str:
    said = " ".join(text.split())
    if _MARKUP.search(said):
        raise ValueError("braces and links have a meaning in a case file; write it in plain words")
    return said


def _state(text: str) -> str:
    return state_code(text)


def _day(text: str) -> dt.date:
    if found := iso_day(text.strip()):
        return found
    raise ValueError(f"{text!r} is no day; year, month and day are right, such as 2015-05-05")


def _known(text: str) -> Known:
    for rest, precision in (("", "day"), ("-01", "month"), ("-01-01", "year")):
        if found := iso_day(text.strip() + rest):
            return Known(found, precision)
    raise ValueError(f"{text!r} is no day; such as 2016-06-14, 2016-06 or 2016 is right")


def _number(role: str) -> Callable[[str], int]:
    low, high, counted = SIZES[role]

    def read(text: str) -> int:
        figures = text.strip().replace(",", "")
        if figures.isdecimal() and low <= int(figures) <= high:
            return int(figures)
        raise ValueError(
            f"{text!r} is no number of {counted}; a whole number from {low} to {high} is right, and nothing"
            " where it is not known"
        )

    return read


def _url(text: str) -> str:
    if re.fullmatch(r"https?://[^\s/]+\S*", text.strip()):
        return text.strip()
    raise ValueError(f"{text!r} is no address; such as https://example.org/report is right")


def _outcome(text: str) -> str:
    said = " ".join(text.lower().split())
    if said in OUTCOMES:
        return said
    raise ValueError(f"{text!r} is not among what can have come of it: {', '.join(OUTCOMES)}")


def _sentence(text: str) -> Sentence:
    said = " ".join(text.lower().split())
    if said in ("fine", "a fine"):
        return Sentence("fine")
    if found := _LIFE.fullmatch(said):
        years = float(found["years"]) if found["years"] else None
        return Sentence("life", years, years, "")
    found = _SENTENCE.fullmatch(said)
    if not found or not float(found["high"] or found["low"]):
        raise ValueError(
            f"{text!r} is no sentence; such as 5 years, 5 to 15 years, 6 months in jail, life, life and 99"
            " years, 2 years of probation, 1 year suspended or a fine is right"
        )
    unit = found["unit"] or "year"
    low, high = float(found["low"]), float(found["high"] or found["low"])
    if low > high:
        raise ValueError(f"{text!r}: {low:g} is more than {high:g}; the shorter end stands first")
    length = f"{low:g} to {high:g}" if low < high else f"{low:g}"
    length = f"{length} {written.plural(high, unit)}"
    per = _A_YEAR[unit]
    return Sentence(found["form"] or "prison", low / per, high / per, length)


@dataclass(frozen=True)
class Question:
    """One question of `pileup case new`.

    Attributes
    ----------
    name : str
        The answer's name, and that of its option.
    asks : str
        The question.
    such_as : str
        An example.
    read : callable
        Makes the answer of what was typed, or raises ValueError with what would be right.
    needed : bool
        Whether there is no case file without it.
    fits : callable
        Tells from the answers so far whether it is to be asked.
    """

    name: str
    asks: str
    such_as: str
    read: Callable[[str], object] = _words
    needed: bool = False
    fits: Callable[[Mapping[str, Any]], bool] = lambda _: True

    @property
    def option(self) -> str:
        """The option that takes the answer."""
        return f"--{self.name.replace('_', '-')}"


def _decided(given: Mapping[str, Any]) -> bool:
    return bool(given.get("outcome"))


#: What is asked, in its order.
QUESTIONS = (
    Question("what", "What happened, in one sentence?", "A truck ran into stopped traffic"),
    Question("state", "In which state? None outside of the 50 states and DC.", "RI", _state),
    Question("place", "Where?", "Providence, Rhode Island", needed=True),
    Question("road", "On which road?", "Interstate 95"),
    Question("date", "On which day?", "2015-05-05", _day, needed=True),
    Question("vehicles", "How many vehicles were involved?", "12", _number("vehicles")),
    Question("deaths", "How many people died?", "2", _number("deaths")),
    Question("injured", "How many people were injured?", "5", _number("injured")),
    Question(
        "source_url", "Who says so: the address of the report?", "https://example.org/a", _url, needed=True
    ),
    Question("publisher", "Its publisher?", "The Providence Journal"),
    Question("source_title", "Its title?", "Pileup in fog kills two"),
    Question("source_date", "The day of the report?", "2015-05-06", _day),
    Question("outcome", "What came of it?", ", ".join(OUTCOMES), _outcome),
    Question(
        "person",
        "Who was the driver in court?",
        "Jo Example",
        fits=lambda given: _decided(given) and given["outcome"] != "not charged",
    ),
    Question(
        "sentence",
        "What was the sentence?",
        "5 years, 5 to 15 years, life, 2 years of probation, a fine",
        _sentence,
        fits=lambda given: given.get("outcome") == "sentenced",
    ),
    Question("outcome_date", "When was that decided?", "2016-06-14, 2016-06 or 2016", _known, fits=_decided),
    Question(
        "outcome_url",
        "Who says what came of it, if another: the address?",
        "https://example.org/b",
        _url,
        fits=_decided,
    ),
    Question(
        "outcome_publisher",
        "The publisher of that one?",
        "Associated Press",
        fits=lambda given: bool(given.get("outcome_url")),
    ),
)


@dataclass(frozen=True)
class Answers:
    """What a reporter knows of a crash; what is not known is None."""

    state: str | None
    place: str
    date: dt.date
    source_url: str
    what: str | None = None
    road: str | None = None
    vehicles: int | None = None
    deaths: int | None = None
    injured: int | None = None
    publisher: str | None = None
    source_title: str | None = None
    source_date: dt.date | None = None
    outcome: str | None = None
    person: str | None = None
    sentence: Sentence | None = None
    outcome_date: Known | None = None
    outcome_url: str | None = None
    outcome_publisher: str | None = None
    today: dt.date = field(default_factory=dt.date.today)


def answers(typed: Mapping[str, str | None], today: dt.date | None = None) -> Answers:
    """Make answers of what was typed.

    Parameters
    ----------
    typed : mapping
        By the question's name; an empty text, or None, is not known.
    today : date, optional
        The day to which the facts were looked up.

    Returns
    -------
    Answers

    Raises
    ------
    PileupError
        For an answer that cannot be, answers that do not fit together, or one that is needed and missing.
    """
    given: dict[str, Any] = {}
    for question in QUESTIONS:
        text = (typed.get(question.name) or "").strip()
        try:
            given[question.name] = question.read(text) if text else None
        except ValueError as error:
            raise PileupError(f"{question.option}: {error}") from None
    if given["sentence"] and not given["outcome"]:
        given["outcome"] = "sentenced"
    for question in QUESTIONS:
        if question.needed and given[question.name] is None:
            raise PileupError(f"{question.option} is missing: {question.asks} Such as {question.such_as}")
        if given[question.name] is not None and not question.fits(given):
            needs = "--outcome-url" if question.name == "outcome_publisher" else "--outcome"
            raise PileupError(f"{question.option} does not go with what {needs} says; drop one")
    made = Answers(**given, today=today or dt.date.today())
    _in_order(made)
    return made


def _in_order(made: Answers) -> None:
    """Refuse days that do not follow one another."""
    if made.date > made.today:
        raise PileupError(f"--date: {made.date} is not over yet")
    for option, day in (
        ("--source-date", made.source_date),
        ("--outcome-date", made.outcome_date and span(*made.outcome_date)[1]),
    ):
        if day and day < made.date:
            raise PileupError(f"{option}: {day} is before the crash of {made.date}")
    if made.outcome_date and made.outcome_date.date > made.today:
        raise PileupError(f"--outcome-date: {made.outcome_date.date} is not over yet")
