"""Refuses what no case can have: endless or absurd numbers, days out of reach, words left to do."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pileup.files.plain import Place
from pileup.files.toml import Checked, Fault
from pileup.words import leftover

if TYPE_CHECKING:
    from pileup.case.model import Account, CaseFile, Comparable, Count, Fact, Term
    from pileup.case.parts import Source

    File = Checked[CaseFile]

#: The year of the first crash that a case can be about, and of the oldest law or publication that it cites.
FIRST, OLDEST = 1900, 1600
#: No day that is planned lies further ahead of the file's own, in years.
AHEAD = 150
#: Events of these kinds may be planned.
PLANNED = ("parole", "hearing", "trial")
#: The range that each role's whole number can have, and what it counts.
SIZES = {
    "vehicles": (1, 10_000, "vehicles"),
    "deaths": (1, 10_000, "deaths"),
    "cars": (0, 10_000, "cars"),
    "trucks": (0, 10_000, "trucks"),
    "injured": (0, 10_000, "people injured"),
    "people": (0, 100_000, "people"),
    "charges_tried": (0, 100_000, "counts"),
    "charges_guilty": (0, 100_000, "counts"),
    "charges_not_guilty": (0, 100_000, "counts"),
}
#: The range of each other role's number, and what it is.
MEASURES = {
    "speed": (0, 400, "a speed"),
    "limit": (0, 150, "a speed limit"),
    "truck_limit": (0, 150, "a speed limit"),
    "age": (0, 130, "an age"),
    "ramp_milepost": (0, 10_000, "a milepost"),
    "crash_milepost": (0, 10_000, "a milepost"),
    "other_counts_years": (0, 10_000, "a number of years"),
}
#: The same by the unit of a fact.
_UNITS = (
    (re.compile(r"\b(?:mph|miles (?:per|an) hour)\b"), (0, 400, "a speed")),
    (re.compile(r"\byears? (?:old|of age)\b"), (0, 130, "an age")),
    (re.compile(r"^(?:model )?years?$"), (0, 10_000, "a number of years")),
    (re.compile(r"^(?:percent|%)$"), (-1_000_000, 1_000_000, "a percentage")),
)
#: A unit of what may be below nothing.
_BELOW = re.compile(r"degree|°|point|differ|chang|less|more|fewer|balance|elevation", re.IGNORECASE)
#: No number that a case tells is larger.
MOST = 1e15
#: The longest term: what is longer is life, or a slip of the key.
MOST_YEARS = 10_000
_COORDINATES = {"latitude": 90, "longitude": 180}
#: What stands in a text for a value or a link.
_LINK, _NAME = re.compile(r"\[([^\]]+)\]\([\w.-]+\)"), re.compile(r"\{[A-Za-z][\w.-]*(?:\|\w+)?\}")
#: Keys that no reader sees.
_UNSEEN = ("id", "url", "source", "role", "off_page", "unused", "unnamed", "formula", "law", "contact")


def faults(file: File) -> Iterator[Fault]:
    """Give each value, day and word that no case can have.

    Parameters
    ----------
    file : Checked
        The case file, its parts validated one by one.

    Yields
    ------
    tuple
        The place of a fault, and what is wrong and would be right.
    """
    for rule in (_numbers, _kinds, _terms, _coordinates, _days, _planned, _words):
        yield from rule(file)


def _numbers(file: File) -> Iterator[Fault]:
    """A number is finite, not below nothing where nothing can be, and no larger than what it counts."""
    for fact in file.model.fact or []:
        value, place = fact.value, file.place(fact, "value")
        if isinstance(value, bool):
            if fact.unit and fact.role not in SIZES:
                yield place, f"value is {str(value).lower()}; a number is due beside the unit {fact.unit!r}"
        elif fact.role in SIZES:
            continue  # told by the rule for its role
        elif isinstance(value, int | float) and (says := _absurd(fact, value)):
            yield place, f"value is {_shown(value)}; {says}"


def _absurd(fact: Fact, value: float) -> str:
    """Say why a number of a fact cannot be."""
    if not math.isfinite(value):
        return "a finite number is right"
    unit = (fact.unit or "").lower()
    range_ = MEASURES.get(fact.role or "") or next((own for of, own in _UNITS if of.search(unit)), None)
    if range_ and not range_[0] <= value <= range_[1]:
        return f"{range_[2]} from {range_[0]:,} to {range_[1]:,} is right"
    if value < 0 and not range_ and not _BELOW.search(f"{unit} {fact.statement}"):
        return f"{fact.unit or 'a number'} below zero cannot be: write it without the sign"
    return f"{MOST:,.0f} or less is right" if abs(value) > MOST else ""


def _shown(value: float) -> str:
    """Write a number so that a line can hold it."""
    return f"{value:g}" if isinstance(value, float) or abs(value) > MOST * 1e5 else str(value)


def _kinds(file: File) -> Iterator[Fault]:
    """The value of a role is of the kind that the report computes with."""
    for fact in file.model.fact or []:
        value, place = fact.value, file.place(fact, "value")
        if value is None:
            continue
        if fact.role in MEASURES and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield place, f"value is {value}; {MEASURES[fact.role][2]} is a number, without quotes"
        elif fact.role == "crash_time" and not isinstance(value, dt.time):
            yield place, f"value is {value}; a time without quotes is right, such as 16:53:00"
        elif fact.role == "parole_eligible" and not isinstance(value, dt.date):
            yield place, f"value is {value}; a date without quotes is right, such as 2026-12-30"


def _terms(file: File) -> Iterator[Fault]:
    """No term is longer than any that a court has given."""
    parts: list[tuple[Term | Count | Comparable, str]] = [
        (term, key) for term in file.model.term or [] for key in ("years_min", "years_max")
    ]
    parts += [(count, "years_each") for count in file.model.count or []]
    parts += [(other, "years") for other in file.model.comparable or []]
    for part, key in parts:
        years = getattr(part, key)
        if years is not None and years > MOST_YEARS:
            yield (
                file.place(part, key),
                f"{key} is {years:,g}; {MOST_YEARS:,} or less is right (life is said in words)",
            )


def _coordinates(file: File) -> Iterator[Fault]:
    """The place of the crash is on the globe, and has both coordinates or none."""
    crash = file.model.crash
    if crash is None:
        return
    for key, most in _COORDINATES.items():
        value = getattr(crash, key)
        if value is not None and not -most <= value <= most:
            yield file.place(crash, key), f"{key} is {value:g}; -{most} to {most} is right"
    if (crash.latitude is None) != (crash.longitude is None):
        yield file.place(crash), "latitude and longitude go together: give both, or neither"


def to_come(case: CaseFile) -> list[Fault]:
    """Return the fault of a file that is known as of a day still to come; a report is made by any clock."""
    today = dt.date.today() + dt.timedelta(days=1)  # somewhere it is tomorrow already
    as_of = case.case.as_of
    says = f"as_of is {as_of}, a day still to come; the day on which the facts were looked up is right"
    return [(("case", "as_of"), says)] if as_of > today else []


def _days(file: File) -> Iterator[Fault]:
    """Every day is in the years of which a case can tell, and what happened did so by the file's own day."""
    case, crash = file.model.case, file.model.crash
    as_of = case.as_of if case else None
    last = (as_of.year if as_of else dt.date.today().year) + AHEAD
    for place, day in _dates(file.record, ()):
        first = OLDEST if place[0] == "source" or _is_law(file, place) else FIRST
        if not first <= day.year <= last:
            yield place, f"{place[-1]} is {day}; a year from {first} to {last} is right"
    if as_of is None:
        return
    later = f"is after as_of, {as_of}, of the file: one of the two is wrong"
    if crash and _is_year(crash.date, last) and crash.date > as_of:
        yield file.place(crash, "date"), f"date is {crash.date}; the crash {later}"
    known: list[tuple[Source | Fact | Account | Term, str, str]] = [
        (source, "date", "a source") for source in file.model.source or []
    ]
    known += [(fact, "as_of", "what a fact is known as of") for fact in file.model.fact or []]
    known += [(account, "date", "an account") for account in file.model.account or []]
    known += [
        (term, "date", "a term")
        for term in file.model.term or []
        if term.kind in ("imposed", "commuted", "asked")
    ]
    for part, key, what in known:
        day = getattr(part, key)
        if day and day > as_of and _is_year(day, last):
            yield file.place(part, key), f"{key} is {day}; {what} {later}"


def _is_year(day: dt.date, last: int) -> bool:
    """Tell whether a day's year is told by no other rule."""
    return day.year <= last


def _is_law(file: File, place: Place) -> bool:
    """Tell whether a day is that of a law, which can be old."""
    group, number = (*place, None)[:2]
    if group != "event" or not isinstance(number, int):
        return False
    return file.record["event"][number].get("kind") == "law"


def _dates(value: object, place: Place) -> Iterator[tuple[Place, dt.date]]:
    """Return every day in what was written, with its place."""
    if isinstance(value, dt.date):
        yield place, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _dates(inner, (*place, key))


def _planned(file: File) -> Iterator[Fault]:
    """An event that is still to come is one that can be planned."""
    case = file.model.case
    if case is None:
        return
    for event in file.model.event or []:
        if event.kind not in PLANNED and event.days[0] > case.as_of and event.date.year <= 3000:
            yield (
                file.place(event, "date"),
                f"date is {event.date}, after as_of, {case.as_of}, of the file; only a hearing, a trial or a"
                " parole can be to come",
            )


def _words(file: File) -> Iterator[Fault]:
    """No words are left to do, and none hold what only a fault leaves there: the page would be refused."""
    for place, text in _strings(file.record, ()):
        key = place[-1] if isinstance(place[-1], str) else place[-2]
        cited = key in ("quote", "title") and place[0] != "case"
        if not cited and (undone := leftover.undone(text)):
            yield place, f"{key} has {undone[0]!r}; write what is to stand there, or leave the part out"
        elif key not in _UNSEEN:
            plain = _NAME.sub("1", _LINK.sub(r"\1", text))
            for left in leftover.left(plain)[:1]:
                yield (
                    place,
                    f"{key} has {left!r}, which only a fault leaves in words; write it in plain words",
                )
            if twice := leftover.twice(plain):
                yield place, f"{key} has a word twice, {twice!r}; once is right"


def _strings(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Return every text of what was written with its place; nothing of a part that readers do not see."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(inner, (*place, key))
