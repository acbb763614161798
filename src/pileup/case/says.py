"""Holds the values of a case file against the numbers, days and times that the words beside them say."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pileup.files.plain import Place
from pileup.files.toml import Checked, Fault
from pileup.words.said import Said, said
from pileup.words.text import names

if TYPE_CHECKING:
    from pydantic import BaseModel

    from pileup.case.model import CaseFile, Crash, Event

    File = Checked[CaseFile]

#: Lengths of time, in days: those of months and years on average.
DAYS = {"day": 1, "week": 7, "month": 365.25 / 12, "year": 365.25}
#: Days that are months or years differ from those on average by as much as this.
_ABOUT = 0.02
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
#: A number after one of these words is a name, unless the unit has the word, too.
_NAMING = re.compile(
    r"\b(class|section|article|chapter|code|milepost|lane|exit|page|no\.|number|model|version) $",
    re.IGNORECASE,
)
#: After one of these words a round number stands for all that are rounded to it.
_HEDGED = re.compile(r"\b(about|around|roughly|some|nearly|almost|over|than|least|most) (\$ ?)?$", re.I)
_NAMES = re.compile(names("en"))
_PRODUCT = re.compile(r"(\d+ [x×] \d+(?: \+ \d+ [x×] \d+)*) ((?:day|week|month|year)s?)\b")
_EQUATION = re.compile(r"(\d+) [x×] (\d+) = (\d+)")
_NO_PRISON = re.compile(r"probation|suspended|parole|supervis|community|deferred", re.IGNORECASE)
_KILLED = re.compile(r" (?:(?:people|persons|others) )?(?:(?:were|was) )?(?:killed|died|dead|deaths?)\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(calendar.day_name)}),? (?:the )?$")
#: What names the day of an event, and not another day of which it tells.
_OPENING = re.compile(r"(?:^(?:(?:on|in|by) )?|[,;:] on )(?:\w+day,? )?$", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]+)\]\(([\w.-]+)\)")


def faults(file: File) -> Iterator[Fault]:
    """Give each value that is not the one that its own words say.

    Parameters
    ----------
    file : Checked
        The case file, its parts validated one by one.

    Yields
    ------
    tuple
        The place of a fault, and what is wrong and would be right.
    """
    for rule in (_facts, _events, _counts, _terms, _comparables, _weekdays, _links):
        yield from rule(file)


def told(value: object, unit: str, words: str) -> str:
    """Return what words say where they say a number, day or time that a value is not.

    Words without any, or with several of which one is the value, contradict nothing.

    Parameters
    ----------
    value : object
        A number, a day, a time, or a text with numbers; anything else is not compared.
    unit : str
        The unit of the value. A number with another unit of time or size is converted.
    words : str
        A statement in English.

    Returns
    -------
    str
        The numbers, as they stand there, or nothing.
    """
    found = said(words)
    match value:
        case bool() | None:
            return ""
        case dt.datetime() | dt.date():
            days = [one for one in found if one.kind == "date"] or [
                one for one in found if one.kind == "year"
            ]
            return _other(days, [one for one in days if _is_day(one, value)])
        case dt.time():
            times = [one for one in found if one.kind == "time"]
            minutes = value.hour * 60 + value.minute
            return _other(times, [one for one in times if not (float(one.value) - minutes) % one.step])
        case int() | float():
            counts = [one for one in found if _counts_here(one, value, unit, words)]
            same = [one for one in found if _is_number(one, abs(value), unit, words)]
            return _other(counts, same)
        case str():
            own, other = (
                set(re.findall(r"\d[\d-]*", " ".join(_NAMES.findall(one)))) for one in (value, words)
            )
            if own and other and not own & other:
                return ", ".join(sorted(other))
            parts = [one for one in said(value) if one.kind == "number" and not _is_name(one, value, unit)]
            tests = (told(float(part.value), unit, words) for part in parts)
            return next((test for test in tests if test), "")
    return ""


def _other(found: Iterable[Said], same: Iterable[Said]) -> str:
    """Write what was found, unless some of it is the same."""
    return "" if any(True for _ in same) else ", ".join(dict.fromkeys(one.text for one in found))


def _is_day(one: Said, day: dt.date) -> bool:
    """Tell whether a day as far as it is named, or a year, is or holds a day."""
    if one.kind == "year":
        return one.value == day.year
    parts = str(one.value).split("-")
    return all(
        not part or int(part) == of for part, of in zip(parts, (day.year, day.month, day.day), strict=True)
    )


def _after(one: Said, words: str) -> str:
    """Return the word after a number, in its singular and in small letters."""
    found = re.search(r" ([a-z]+) and a half$", one.text) or re.match(r"[ -]*([A-Za-z%]+)", words[one.end :])
    return _singular(found[1].lower()) if found else ""


def _singular(word: str) -> str:
    return {"people": "person", "persons": "person", "percent": "%"}.get(word, word.removesuffix("s"))


def _words(unit: str) -> list[str]:
    return [_singular(word.lower()) for word in re.findall(r"[A-Za-z%]+", unit)]


def _is_name(one: Said, words: str, unit: str) -> bool:
    """Tell whether a number is the name of something: of a class, a section, an exit."""
    found = _NAMING.search(words[: one.start])
    return bool(found) and found[1].lower() not in unit.lower()


def _counts_here(one: Said, value: float, unit: str, words: str) -> bool:
    """Tell whether a number can contradict a value: neither a year nor a name, and "one" only of the unit."""
    of_unit = _after(one, words) in _words(unit)
    if one.kind == "number":
        return not _is_name(one, words, unit)
    if one.kind == "year":
        return of_unit or (unit.endswith("year") and value == int(value))
    return one.kind == "loose" and of_unit and one.text.lower() in ("one", "zero")


def _is_number(one: Said, value: float, unit: str, words: str) -> bool:
    """Tell whether a number is a value, rounded as it is written there and in the unit that follows it."""
    if one.kind not in ("number", "year", "loose"):
        return False
    number, step, after = float(one.value), one.step, _after(one, words)
    if _HEDGED.search(words[: one.start]) and number and not number % 1:
        step = max(step, 10.0 ** (len(f"{number:.0f}") - len(f"{number:.0f}".rstrip("0"))))
    own = _words(unit)
    if one.text.lower() in ("a", "an") and after not in own:
        return False
    large = math.prod(_LARGE.get(word, 1) for word in own)
    length = next((DAYS[word] for word in own if word in DAYS), None)
    if after in DAYS and length and DAYS[after] != length:
        days = (number * DAYS[after], value * length)
        return math.isclose(*days, rel_tol=_ABOUT)
    forms = {value, value * large}
    if (after == "%" and not own) or {"share", "fraction", "ratio"} & set(own):
        forms.add(value * 100)
    if one.kind == "loose" and "%" in own:
        forms.add(value / 100)
    return any(abs(number - form) <= step / 2 * 0.999 or math.isclose(number, form) for form in forms)


def _facts(file: File) -> Iterator[Fault]:
    """The value of a fact is one that its statement says."""
    for fact in file.model.fact or []:
        if fact.role and isinstance(fact.value, int | float) and fact.value < 0:
            continue  # told by the rule for its role
        if says := told(fact.value, fact.unit or "", fact.statement):
            shown = fact.value.isoformat() if isinstance(fact.value, dt.date | dt.time) else fact.value
            yield (
                file.place(fact, "value"),
                f"value is {shown}; its statement says {says}: make them agree, or say this value there, too",
            )


def _events(file: File) -> Iterator[Fault]:
    """The day and time of an event are those that its text gives to it."""
    known = set(_days(file))
    crash = file.model.crash
    for event in file.model.event or []:
        place = file.place(event, "date")
        if crash and event.kind == "crash" and not _meet(event, crash):
            yield place, f"date is {event.date}; [crash] has {crash.date}: one of them is wrong"
        if event.time and (says := told(event.time, "", event.text)):
            yield (
                file.place(event, "time"),
                f"time is {event.time:%H:%M}; its text says {says}: make them agree, or say the time there",
            )
        found = [one for one in said(event.text) if one.kind == "date"]
        if any(_is_day(one, day) for one in found for day in _span(event)):
            continue
        for one in found:
            if _OPENING.search(event.text[: one.start]) and not any(_is_day(one, day) for day in known):
                yield (
                    place,
                    f"date is {event.date}; its text says {one.text}: make them agree, or say this day there",
                )
                break
    for kind, of in (("imposed", "sentence"), ("commuted", "commutation")):
        told_of = [event for event in file.model.event or [] if event.kind == of]
        for term in file.model.term or []:
            if term.kind == kind and term.date and told_of and file.whole("event"):
                day = term.date
                if not any(_within(event, day) for event in told_of):
                    yield (
                        file.place(term, "date"),
                        f"date is {day}; the {of} is on {told_of[0].date} ({told_of[0].id}): one is wrong",
                    )


def _days(file: File) -> Iterator[dt.date]:
    """Return the days that a case file knows of."""
    for part in (*(file.model.event or []), *(file.model.term or [])):
        if part.date:
            yield part.date
    yield from (fact.value for fact in file.model.fact or [] if isinstance(fact.value, dt.date))


def _span(event: Event) -> list[dt.date]:
    """Return the first and the last day on which an event can have been, and its days between the two."""
    last = event.date_end or event.date
    return [event.date + dt.timedelta(n) for n in range(min((last - event.date).days, 400) + 1)]


def _within(event: Event, day: dt.date) -> bool:
    """Tell whether an event can have been on a day, as far as its own is known."""
    size = {"month": 2, "year": 1}.get(event.precision, 3)
    first, last = (one.timetuple()[:size] for one in (event.date, event.date_end or event.date))
    return first <= day.timetuple()[:size] <= last


def _meet(event: Event, crash: Crash) -> bool:
    """Tell whether an event can have been on a day of the crash, as far as both are known."""
    return event.days[0] <= crash.days[1] and crash.days[0] <= event.days[1]


def _lengths(text: str) -> list[tuple[float, str]]:
    """Return the lengths of time that a text says, in years: "60 months", "a year and a half"."""
    return [
        (float(one.value) * DAYS[unit] / DAYS["year"], f"{one.text} {unit}s")
        for one in said(text)
        if one.kind in ("number", "loose") and (unit := _after(one, text)) in DAYS
    ]


def _products(text: str) -> list[tuple[float, str]]:
    """Return the lengths of time that a text multiplies, in years: "4 x 60 months"."""
    return [
        (
            sum(math.prod(map(int, re.split(" [x×] ", part))) for part in found[1].split(" + "))
            * DAYS[_singular(found[2])]
            / DAYS["year"],
            found[0],
        )
        for found in _PRODUCT.finditer(text)
    ]


def _otherwise(lengths: list[tuple[float, str]], *years: float) -> str:
    """Return the words of lengths of time where none of them is one of those given, in years."""
    if any(math.isclose(one, other, rel_tol=_ABOUT, abs_tol=0.01) for one, _ in lengths for other in years):
        return ""
    return ", ".join(dict.fromkeys(words for _, words in lengths))


def _counts(file: File) -> Iterator[Fault]:
    """The years on each count are those that its words say, and what its note multiplies comes out."""
    for count in file.model.count or []:
        each = count.years_each
        for found in _EQUATION.finditer(count.note or ""):
            one, other, makes = map(int, found.groups())
            if one * other != makes or (each is not None and {one, other} != {count.guilty, each}):
                right = f"{one} x {other} = {one * other}" if each is None else ""
                right = right or f"{count.guilty} x {each:g} = {count.guilty * (each or 0):g}"
                yield file.place(count, "note"), f"note says {found[0]}; {right} would be right"
        words = " ".join(filter(None, (count.label, count.stands_for)))
        if each is not None and (says := _otherwise(_lengths(words), each, each * count.guilty)):
            yield (
                file.place(count, "years_each"),
                f"years_each is {each:g}; its words say {says}: make them agree",
            )


def _terms(file: File) -> Iterator[Fault]:
    """A term has the years that its label says, and its note multiplies to them."""
    for term in file.model.term or []:
        ends = [years for years in (term.years_min, term.years_max) if years is not None]
        if not ends:
            continue
        label = [] if _NO_PRISON.search(term.label) else _lengths(term.label)
        for lengths in (label, _products(term.note or "")):
            if says := _otherwise(lengths, *ends):
                shown = " to ".join(dict.fromkeys(f"{end:g}" for end in ends))
                yield (
                    file.place(term, "years_max"),
                    f"the term is {shown} years; its words say {says}: make them agree",
                )


def _comparables(file: File) -> Iterator[Fault]:
    """A like case has the years that its sentence says, and as many killed as its words say."""
    for one in file.model.comparable or []:
        lengths = [*_lengths(one.sentence), *_products(one.sentence)]
        if one.years is not None and (says := _otherwise(lengths, one.years)):
            yield (
                file.place(one, "years"),
                f"years is {one.years:g}; its sentence says {says}: make them agree",
            )
        words = f"{one.what}. {one.sentence}. {one.note or ''}"
        killed = [
            found for found in said(words) if found.kind == "number" and _KILLED.match(words[found.end :])
        ]
        if says := _other(killed, [found for found in killed if found.value == one.killed]):
            yield file.place(one, "killed"), f"killed is {one.killed}; its words say {says}: make them agree"


def _weekdays(file: File) -> Iterator[Fault]:
    """A day of the week is the one that the day had."""
    for part in (*(file.model.fact or []), *(file.model.event or [])):
        for key in ("statement", "text", "note"):
            words = getattr(part, key, None) or ""
            for one in said(words) if re.search(r"day,? \w", words) else ():
                before = _WEEKDAY.search(words[: one.start])
                if one.kind != "date" or not before or len(str(one.value)) < len("2019-04-25"):
                    continue
                named = calendar.day_name[dt.date.fromisoformat(str(one.value)).weekday()]
                if named != before[1]:
                    yield file.place(part, key), f"{key} says {before[1]}, {one.text}; that was a {named}"


def _links(file: File) -> Iterator[Fault]:
    """A number that leads to a part of the file is one that the part says."""
    parts = {
        f"{group}.{part.id}": part
        for group in ("fact", "event", "count", "term", "account", "comparable", "waypoint")
        for part in getattr(file.model, group) or []
    }
    for place, words in _texts(file):
        for found in _LINK.finditer(words):
            part = parts.get(found[2])
            numbers = [one for one in said(found[1]) if one.kind != "loose"]
            if part is None or not numbers:
                continue
            known = {(one.kind == "time", one.value) for text in _said_in(part) for one in said(text)}
            wrong = [one.text for one in numbers if not _known(one, known)]
            if wrong:
                yield place, f"“{wrong[0]}” leads to {found[2]}, which says no such number"


class Known:
    """What the parts of a case file say in numbers, days and times, to tell whether a text says another.

    Parameters
    ----------
    parts : iterable
        Facts, events, counts, terms and the like.
    """

    def __init__(self, parts: Iterable[BaseModel]) -> None:
        texts = [text for part in parts for text in _said_in(part)]
        self._said = {(one.kind == "time", one.value) for text in texts for one in said(text)}

    def say(self, words: str) -> bool:
        """Tell whether the parts say each number that some words say."""
        return all(_known(one, self._said) for one in said(words) if one.kind != "loose")


def known_numbers(file: File) -> Known:
    """Return what the facts, events, counts, terms, accounts, waypoints and like cases of a file say."""
    groups = ("fact", "event", "count", "term", "account", "comparable", "waypoint")
    parts = [part for group in groups for part in getattr(file.model, group) or []]
    return Known([*parts, *([file.model.crash] if file.model.crash else [])])


def _known(one: Said, known: set[tuple[bool, float | str]]) -> bool:
    """Tell whether a part says a number, or a day or year of which it says more."""
    if one.kind in ("date", "year"):
        day = str(one.value) if one.kind == "date" else f"{one.value:.0f}"
        return any(day.strip("-") in str(value) for _, value in known)
    return (one.kind == "time", one.value) in known


def _texts(file: File) -> Iterator[tuple[Place, str]]:
    """Return every text of a file with its place, those of invalid parts left out."""
    for group in type(file.model).model_fields:
        value = getattr(file.model, group)
        for part in value if isinstance(value, list) else [value] if value else []:
            for key in type(part).model_fields:
                if isinstance(words := getattr(part, key), str):
                    yield file.place(part, key), words


def _said_in(part: BaseModel) -> Iterator[str]:
    """Return what a part says: its words, quotations and values, days as they are written in the file."""
    waiting: list[object] = [part.model_dump(mode="json")]
    while waiting:
        match one := waiting.pop():
            case dict():
                waiting += one.values()
            case list():
                waiting += one
            case bool() | None:
                pass
            case str():
                yield one
            case _:
                yield f"{one:.12g}"
