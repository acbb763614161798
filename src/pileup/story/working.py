"""What the numbered notebooks work with: the parts of a case as frames, and `check` against the page.

A numbered notebook is the working: it loads a table, filters it, counts, and holds each number that it comes
to against the page's own, which other code computes. So a reader sees how a number comes about, and a number
that is wrong in either place ends the notebook.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel

from pileup.base.errors import PileupError
from pileup.story import started

#: The media type under which a cell says which numbers it derives.
CHECKED = "application/vnd.pileup.checked+json"
#: As little as two ways to compute one number may differ, in proportion: what is left of floating point.
CLOSE = 1e-9
#: What is for the editor alone: names that no page may print, among others.
_KEPT_BACK = {"off_page", "unnamed", "follows", "look_again"}


@dataclass(frozen=True, repr=False)
class Checked:
    """Numbers that are the page's own: its `repr` says each, for a cell to show.

    Attributes
    ----------
    same : dict
        By id, each number that this page has.
    others : tuple of str
        The ids that this page does not have: another case may.
    """

    same: Mapping[str, Any]
    others: tuple[str, ...] = ()

    def __repr__(self) -> str:
        lines = [f"{name}: {_written(value)}, as on the page" for name, value in self.same.items()]
        return "\n".join([*lines, *(f"{name}: not a number of this page" for name in self.others)])

    def __add__(self, more: "Checked") -> "Checked":
        return Checked({**self.same, **more.same}, (*self.others, *more.others))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/plain": repr(self), CHECKED: {"ids": list(self.same)}}


def check(name: str | Mapping[str, Any], value: object = None) -> Checked:
    """Hold a number, or several, against what the page says.

    Parameters
    ----------
    name : str or mapping
        The id of a number as the ledger has it, such as `crashes.at_least_vehicles` or `fact.F04`. With `{}`
        in it, of a family of them: `value` then is a series (or a mapping) by what stands there, and has all
        of the family. Or several numbers by their ids.
    value : number, text, date, Series or mapping
        What was computed here. Nothing (None, NaN) is right where the page has no such number.

    Returns
    -------
    Checked
        Says each number; let a cell end with it.

    Raises
    ------
    PileupError
        A number is not the page's; both are told. Or no report was started.

    Examples
    --------
    >>> import pileup
    >>> report = pileup.start({"state": "TX"})
    >>> counts = pileup.load_table("crashes")
    >>> pileup.check("crashes.state_fatal_crashes", counts[counts["state"] == "TX"]["crashes"].sum())
    crashes.state_fatal_crashes: 153,314, as on the page
    """
    if isinstance(name, Mapping):
        return sum((check(*one) for one in name.items()), Checked({}))
    said = _said()
    if "{}" not in name:
        return _held({name: value}, said)
    family = re.compile(re.escape(name).replace(r"\{\}", "(.+)") + "$")
    known = {found[1] for one in said if (found := family.match(one))}
    if not known:
        return Checked({}, (name,))
    if not isinstance(value, Mapping | pd.Series):
        raise PileupError(f"check {name}: {value!r} is one value; a series or a mapping is right")
    given = {str(key): one for key, one in value.items() if not _nothing(one)}
    if missing := sorted(known - given.keys()):
        raise PileupError(
            f"check {name}: nothing here for {', '.join(missing)}, which the page has; give a value for each"
        )
    return _held({name.replace("{}", key): one for key, one in given.items()}, said, whole=True)


def _held(given: Mapping[str, Any], said: Mapping[str, Any], whole: bool = False) -> Checked:
    """Hold each number against the page's; one that it lacks is a fault where all of a family were given."""
    same: dict[str, Any] = {}
    others: list[str] = []
    for name, value in given.items():
        if name not in said:
            if whole:
                raise PileupError(f"check {name}: {_written(value)} here, and the page has no such number")
            others.append(name)
        elif not _equal(value, said[name]):
            raise PileupError(f"check {name}: {_written(value)} here, {_written(said[name])} on the page")
        else:
            same[name] = said[name]
    return Checked(same, tuple(others))


def _said() -> dict[str, Any]:
    """Return what the page of the report that was started last says, by the ids of its ledger."""
    report = started.report()
    if report is None:
        raise PileupError("check: no report was started; `report = start(globals())` before it is right")
    said: dict[str, Any] = {one.id: one.value for one in report.findings}
    for name, part in report.case.entries().items():
        kind = name.partition(".")[0]
        if getattr(part, "off_page", None):
            continue
        if kind == "fact" and part.value is not None:
            said[name] = part.value
        elif kind == "event":
            said[name] = part.date
        elif kind == "term" and part.years_min == part.years_max is not None:
            said[name] = part.years_max
    return said | {"case.file": report.case.case.as_of}


def _nothing(value: object) -> bool:
    return (
        value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value))
    )


def _plain(value: object) -> object:
    """Return a number, day or text of NumPy or pandas as Python's own."""
    value = value.item() if isinstance(value, np.generic) else value
    return value.date() if isinstance(value, dt.datetime) else value


def _equal(one: object, other: object) -> bool:
    one, other = _plain(one), _plain(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=CLOSE)
    return one == other


def _written(value: object) -> str:
    value = _plain(value)
    if isinstance(value, float):
        return f"{value:,.12g}"
    return f"{value:,}" if type(value) is int else str(value)


def frame(parts: Iterable[object]) -> pd.DataFrame:
    """Return parts of a case or of a law as a frame, a row a part, without the columns that none has.

    Parameters
    ----------
    parts : iterable
        Such as `report.case.fact`, `report.case.event`, `report.law.offense` or `report.built.steps`. What
        the case file keeps off the page is left out here, too.

    Returns
    -------
    DataFrame
        By `id`, the `key` of an offense or the `offense` of a step. Days are `datetime64`, sources the ids of
        who says so.

    Examples
    --------
    >>> import pileup
    >>> case = pileup.load_case("aguilera-mederos")
    >>> facts = pileup.frame(case.fact)
    >>> int(facts.loc["F04", "value"])
    28
    """
    rows = [_row(part) for part in parts if not getattr(part, "off_page", None)]
    made = pd.DataFrame(rows)
    made = made.loc[:, [not made[name].map(_empty).all() for name in made.columns]]
    for name in made.columns:
        if made[name].map(lambda value: type(value) is dt.date).all():
            made[name] = pd.to_datetime(made[name])
    by = next((name for name in ("id", "key", "offense") if name in made.columns), None)
    return made.set_index(by) if by else made


def _row(part: object) -> dict[str, Any]:
    return {name: _cell(value) for name, value in vars(part).items() if name not in _KEPT_BACK}


def _cell(value: object) -> object:
    """Return a value as one cell: a source is its id, a range its words, a list its parts."""
    if isinstance(value, list | tuple):
        return ", ".join(str(_cell(one)) for one in value)
    if isinstance(value, BaseModel):
        return getattr(value, "source", None) or getattr(value, "words", str(value))
    return value


def _empty(value: object) -> bool:
    return _nothing(value) or value == ""
