"""Sentences with numbers that know where they come from.

A template is plain text with names in braces: a finding (`{crashes.fatal_crashes}`), a fact by what it is for
(`{role.vehicles}`), or a fact, event or term of the case file by its id (`{F04}`, `{T17}`). After a bar
stands how to write it: `{role.deaths|small}` gives "four". Words of the text itself lead to an entry of the
ledger where they stand as `[since 2005](table.crashes)`. Other names are words handed in by the caller.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pileup.base.errors import PileupError
from pileup.case.model import Event
from pileup.story.outcomes import said
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _
from pileup.words.text import Number, Text

_NAME = re.compile(r"\{([\w.-]+)(?:\|(\w+))?\}|\[([^\]]+)\]\(([\w.-]+)\)")
#: How much of a template stands in a message.
SHOWN = 40
#: What a name in a template can stand for.
Value = int | float | str | dt.date | dt.time | Event | tuple[float, float]
_WRITE: dict[str, Callable[[Any], str]] = {
    "small": written.small,
    "some": written.small,  # and none where it is nought
    "ordinal": lambda value: written.ordinal(int(value)),
    "years": written.years,
    "cents": lambda value: written.number(value, 2),
    "whole": lambda value: written.number(value, 0),
    "year": lambda value: str(value.year if isinstance(value, dt.date) else int(value)),
    "times": written.times,
    "millions": written.millions,
    "billions": written.billions,
    "Small": lambda value: written.small(value).capitalize(),
}


def fill(report: Report, template: str, **given: str | Text) -> Text:
    """Fill a template.

    Parameters
    ----------
    report : Report
        Whose findings and case the names refer to.
    template : str
        The text with names in braces.
    **given
        Words for names of one's own: plain strings, or texts.

    Returns
    -------
    Text

    Raises
    ------
    PileupError
        For a name that nothing answers to.
    """
    runs: list[str | Number] = []
    end = 0
    for found in _NAME.finditer(template):
        runs.append(template[end : found.start()])
        end = found.end()
        name, style, linked, origin = found.groups()
        if linked:
            runs.append(Number(origin, linked, linked))
        elif name in given:
            words_given = given[name]
            runs += [words_given] if isinstance(words_given, str) else words_given
        else:
            origin, value = _look_up(report, name, template)
            if style == "some" and value == 0:
                runs.append(Number(origin, _("none"), _("none")))
            else:
                runs.append(Number(origin, _data(value), _write(value, style)))
    runs.append(template[end:])
    return _with_commas(_agreeing(_of_one(_as_long(report, [run for run in runs if run != ""]))))


def _as_long(report: Report, runs: list[str | Number]) -> list[str | Number]:
    """Say of a multiple that is one that it is as long: "1 times that median" is "as long as that median"."""
    many, same, than = _(" times"), _("as long"), _(" as")
    out: list[str | Number] = []
    for before, run in zip(["", *runs], runs, strict=False):
        if (
            isinstance(before, Number)
            and isinstance(run, str)
            and run.startswith(many)
            and before.text == "1"
            and before.origin in report.findings
            and report.findings[before.origin].unit == "times"
        ):
            out[-1] = Number(before.origin, same, same)
            run = than + run.removeprefix(many)
        out.append(run)
    return out


def _of_one(runs: list[str | Number]) -> list[str | Number]:
    """Let the unit after a number that is one be of one: "1 year"."""
    ones = [isinstance(before, Number) and before.text == "1" for before in ["", *runs]]
    return [
        written.of_one(run) if one and isinstance(run, str) else run
        for one, run in zip(ones, runs, strict=False)
    ]


def _agreeing(runs: list[str | Number]) -> list[str | Number]:
    """Let a one in words agree with the noun after it, where the language asks for that."""
    return [
        replace(run, text=written.agreeing(run.text, after))
        if isinstance(run, Number) and isinstance(after, str)
        else run
        for run, after in zip(runs, [*runs[1:], ""], strict=True)
    ]


def _with_commas(runs: list[str | Number]) -> Text:
    """Close the year of a day with a comma where the sentence goes on, as it must in English."""
    return tuple(
        written.comma(before.text) + run
        if isinstance(run, str) and isinstance(before, Number) and re.match(r" (?:\w|$)", run)
        else run
        for before, run in zip(["", *runs], runs, strict=False)
    )


def _look_up(report: Report, name: str, template: str) -> tuple[str, Value]:
    """Return the ledger id of a name and its value."""
    if name in report.findings:
        return name, report.findings.value(name)
    if name.startswith("parameter."):
        return name, getattr(report.parameters, name.removeprefix("parameter."))
    case = report.case
    if name.startswith("role."):
        fact = case.by_role(name.removeprefix("role."))
    else:
        fact = next((fact for fact in case.fact if fact.id == name), None)
    if fact and fact.value is not None:
        return f"fact.{fact.id}", fact.value
    event = next((event for event in case.event if event.id == name), None)
    if event:
        return f"event.{event.id}", event
    term = next((term for term in case.term if term.id == name), None)
    if term:
        low, high = term.years_min, term.years_max
        return f"term.{term.id}", said(term) if low is None or high is None else (low, high)
    raise PileupError(
        f"text of case {case.case.id}: {{{name}}} in “{template[:SHOWN]}…” is no finding, role, or id of a"
        " fact with a value, event or term"
    )


def _data(value: Value) -> int | float | str:
    if isinstance(value, Event):
        return written.known(value.date, value.precision)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return written.span(*value) if isinstance(value, tuple) else value


def _write(value: Value, style: str | None) -> str:
    if style:
        if style not in _WRITE:
            raise PileupError(
                f"text: {style!r} is not a way to write a number; known are {', '.join(_WRITE)}"
            )
        return _WRITE[style](value.date if isinstance(value, Event) else value)
    match value:
        case Event():
            return written.when(value.date, value.precision)
        case dt.time():
            return written.clock(value)
        case dt.date():
            return written.day(value)
        case tuple():
            return written.reach(*value)
        case str():
            return value
        case _:
            return written.number(value)
