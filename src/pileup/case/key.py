"""Proves the key that a case gives its crash in FARS: by the table of keys, or by the files themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pileup.record import keys
from pileup.record.coverage import covered
from pileup.record.keys import LEAST_DEATHS, LEAST_VEHICLES, Keyed
from pileup.record.states import FIPS, STATES
from pileup.words import written
from pileup.words.written import plural

if TYPE_CHECKING:
    from pileup.case.model import CaseFile
    from pileup.files.toml import Checked, Fault

#: Which crashes have their key in the table.
LARGE = f"{LEAST_VEHICLES} or more vehicles or {LEAST_DEATHS} or more deaths"
#: How a year's file counts vehicles.
_COUNTED = {"VE_TOTAL": "all vehicles, parked ones too", "VE_FORMS": "vehicles in transport only"}
#: A crash about midnight may have another day in FARS than in a newspaper.
_DAYS = 1


@dataclass(frozen=True)
class Proof:
    """What became of a key: where all are empty, the case gives none.

    Attributes
    ----------
    fault : str
        What is wrong with it, and which true ones are nearest.
    unchecked : str
        Why it could not be checked.
    found : Keyed or None
        The crash that it names, as the files have it.
    """

    fault: str = ""
    unchecked: str = ""
    found: Keyed | None = None


@dataclass(frozen=True)
class _Asked:
    """The key and the size of a crash, as far as the case says them."""

    year: int
    state: str
    st_case: int
    date: dt.date
    exact: bool
    vehicles: int | None
    deaths: int | None

    @property
    def first(self) -> int:
        """The number before the first case number of its state."""
        return 10_000 * next(int(number) for number, code in FIPS.items() if code == self.state)


def _silent(_line: str) -> None:
    """Tell nobody."""


def faults(file: Checked[CaseFile]) -> Iterator[Fault]:
    """Give the fault of a key that the table of keys refutes."""
    yield from faults_of(proof(file.model))


def faults_of(proof: Proof) -> Iterator[Fault]:
    """Give the fault that a proof found, at its place in the case file."""
    if proof.fault:
        yield ("crash", "fars_case"), proof.fault


def proof(case: CaseFile, where: str | Path | None = None, echo: Callable[[str], object] = _silent) -> Proof:
    """Prove the key of a case's crash.

    A key is true where the files have a crash with it, of the case's day (or the day before or after, where
    the files say the day) and size. The table has large crashes only, of the years that are held; what it
    cannot have is not checked, unless the files are given.

    Parameters
    ----------
    case : CaseFile
        The case, or the valid parts of one.
    where : str or Path, optional
        NHTSA's files, as for `pileup.sources.fars.read`; by default the table of keys is asked.
    echo : callable
        Told each thing that a user should know of a download, one line a call.

    Raises
    ------
    PileupError
        The table is missing or altered, or the files given cannot be read.
    """
    asked = _asked(case)
    if asked is None:
        return Proof()
    if where is None:
        return _by_table(asked)
    from pileup.sources import fars  # late: it needs polars and pooch

    every = fars.keyed(where, asked.state, asked.year, echo=echo)
    found = keys.find(every, asked.st_case)
    return _compared(asked, found, every) if found else Proof(_missing(asked, "", every))


def _asked(case: CaseFile) -> _Asked | None:
    """Return what a case says of its crash; None where its key is not whole, or of another year or state."""
    crash, head = case.crash, case.case
    if crash is None or head is None or head.state is None:
        return None
    if crash.fars_year is None or crash.fars_case is None:
        return None
    if crash.fars_year != crash.date.year or FIPS.get(f"{crash.fars_state or 0:02}") != head.state:
        return None
    sizes = {fact.role: fact.value for fact in case.fact or [] if type(fact.value) is int}
    vehicles, deaths = sizes.get("vehicles"), sizes.get("deaths")
    return _Asked(
        crash.fars_year, head.state, crash.fars_case, crash.date, crash.precision == "day", vehicles, deaths
    )


def _by_table(asked: _Asked) -> Proof:
    held = covered("crashes").held
    every = keys.of_year(asked.state, asked.year) if asked.year in held else []
    if found := keys.find(every, asked.st_case):
        return _compared(asked, found, every)
    # A case number begins with that of its state, so one that does not is wrong whatever the table lacks.
    other = not asked.first < asked.st_case < asked.first + 10_000
    listed = keys.listed(asked.vehicles, asked.deaths)
    if asked.year in held and listed:
        of = "" if other else f" with {LARGE}"
        return Proof(_missing(asked, of, every))
    if other:
        ends = f"{asked.first + 1} to {asked.first + 9_999}"
        return Proof(f"{_named(asked)}: no case number of {STATES[asked.state]}; those are {ends}")
    why = f"the table of keys has crashes with {LARGE} only"
    if asked.year not in held:
        why = f"no file of {asked.year} is held, only {written.spans(held)}"
    return Proof(unchecked=f"{_named(asked)} not checked: {why}")


def _named(asked: _Asked) -> str:
    return f"fars_case {asked.st_case}"


def _missing(asked: _Asked, of: str, every: list[Keyed]) -> str:
    """Say that no crash has the key, and which true ones are nearest."""
    none = f"{_named(asked)}: no crash of {STATES[asked.state]} in {asked.year}{of} has this key"
    return none + _nearest(asked, every)


def _compared(asked: _Asked, found: Keyed, every: list[Keyed]) -> Proof:
    """Compare day and size of the crash that has the key with the case's."""
    has = f"{_named(asked)}: this key is that of a crash"
    others = [one for one in every if one is not found]
    if found.date and asked.exact and abs((found.date - asked.date).days) > _DAYS:
        said = f"{has} of {found.date}; that of the case is of {asked.date}{_nearest(asked, others)}"
        return Proof(said, found=found)
    wrong = {
        name: (getattr(found, name), own)
        for name in ("vehicles", "deaths")
        if (own := getattr(asked, name)) is not None and own != getattr(found, name)
    }
    if not wrong:
        return Proof(found=found)
    counts = [_many(theirs, name) for name, (theirs, _own) in wrong.items()]
    own = [_many(mine, name) for name, (_theirs, mine) in wrong.items()]
    said = f"{has} with {' and '.join(counts)}; the case has {' and '.join(own)}"
    if "deaths" in wrong:
        return Proof(said + _nearest(asked, others), found=found)
    column = {one.year: one.vehicles for one in covered("crashes").years}.get(asked.year)
    how = f" ({column}: {_COUNTED[column]})" if column else ""
    right = f"give the role vehicles to the number as the file counts it{how}, or take the key out"
    return Proof(f"{said}; {right}", found=found)


def _nearest(asked: _Asked, every: Iterable[Keyed]) -> str:
    """Name the nearest true keys, each with its day and size."""
    near = keys.nearest(every, asked.date, asked.vehicles, asked.deaths)
    told = ", ".join(f"{one.st_case} ({said(one)})" for one in near)
    return f"; nearest {'are' if len(near) > 1 else 'is'} {told}" if told else ""


def said(one: Keyed) -> str:
    """Write day and size of a crash: "2012-09-09, 4 vehicles, 4 deaths"."""
    day = str(one.date or "day not known")
    return ", ".join((day, _many(one.vehicles, "vehicles"), _many(one.deaths, "deaths")))


def _many(number: int, what: str) -> str:
    return f"{number} {plural(number, what.removesuffix('s'))}"
