"""What the tables hold: each year with its edition and way of counting, as `datapackage.json` says it once.

`pileup.sources` writes it, and every text, bound and label about years is made from it.
"""

import datetime as dt
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pileup.base.errors import PileupError
from pileup.record.package import PACKAGE, RESTORE, describe, home
from pileup.words import written
from pileup.words.language import _

#: Whether the files of a year give something: for every state, for none, or only for the states named. A
#: single crash may lack it all the same; then its own row says so.
Known = Literal["yes", "no"] | tuple[str, ...]

#: NHTSA's edition of a year's file.
Edition = Literal["final", "first release", "not known"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Year(_Part):
    """A year of NHTSA's crashes.

    Attributes
    ----------
    year : int
        The year.
    edition : str
        final, first release, or not known.
    vehicles : str
        The column that counts vehicles: VE_TOTAL has parked and working ones, VE_FORMS those in transport.
    read_from : str
        NHTSA's own site; a copy; or a copy that was put together from other tables of the same files.
    large_truck, weather, date : str or tuple of str
        Whether the files say if a large truck was involved, the weather, and the day.
    neighbors : str or tuple of str
        Whether they say where and at which hour a crash was, so that neighboring cases can be told.
    unplaced : int
        Crashes of which they do not say it.
    """

    year: int
    edition: Edition
    vehicles: Literal["VE_TOTAL", "VE_FORMS"]
    read_from: Literal["NHTSA", "copy", "copy put together"]
    large_truck: Known
    weather: Known
    date: Known
    neighbors: Known
    unplaced: int


class FiscalYear(_Part):
    """A fiscal year of the Sentencing Commission's, with the checksum of the file that was read.

    It is the Commission's own file, or an extract that somebody made.
    """

    year: int
    read_from: Literal["the Commission", "extract"]
    sha256: str


class Span(_Part):
    """The time that the records of a state are of: `first` to `last`, each a year or a month (2018-01).

    Both are empty where it is not known. `sha256` is the checksum of the file that was read.
    """

    state: str
    first: str = ""
    last: str = ""
    about: bool = False
    sha256: str = ""

    @property
    def years(self) -> str:
        """Its years in words: 2012 to 2018."""
        if not self.first:
            return _("time not known")
        return written.years_span(int(self.first[:4]), int(self.last[:4]))

    @property
    def time(self) -> str:
        """The same as exactly as it is known: about January 2018."""
        if not self.first:
            return _("time not known")
        ends = tuple(dict.fromkeys(_in_words(end) for end in (self.first, self.last)))
        if len(ends) > 1:
            return _("{first} to {last}").format(first=ends[0], last=ends[1])
        return _("about {time}").format(time=ends[0]) if self.about else ends[0]


class Coverage(_Part):
    """What one table holds; a table kept by hand says as of when, where that is known.

    Examples
    --------
    >>> from pileup.record.coverage import covered
    >>> covered("crashes").among(2019, 2021).of(edition="first release")
    [2020, 2021]
    """

    years: tuple[Year, ...] = ()
    fiscal_years: tuple[FiscalYear, ...] = ()
    spans: tuple[Span, ...] = ()
    by_hand: bool = False
    as_of: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for years in (self.years, self.fiscal_years):
            held = [one.year for one in years]
            if held != sorted(set(held)):
                raise ValueError("its years are not in order, or one stands twice")
        return self

    @property
    def held(self) -> list[int]:
        """The years held, fiscal years where it is of those."""
        return [one.year for one in self.years or self.fiscal_years]

    def of(self, **like: Any) -> list[int]:
        """Return the years with these attributes, such as `edition="final"`."""
        every = self.years or self.fiscal_years
        return [one.year for one in every if all(getattr(one, name) == value for name, value in like.items())]

    def known(self, what: str) -> list[int]:
        """Return the years whose files say something (`large_truck`, `weather` ...), in some state."""
        return [one.year for one in self.years if getattr(one, what) != "no"]

    def in_part(self, what: str) -> dict[tuple[str, ...], list[int]]:
        """Return the years whose files say something for some states only, by these states."""
        found: dict[tuple[str, ...], list[int]] = {}
        for one in self.years:
            states: Known = getattr(one, what)
            if isinstance(states, tuple):
                found.setdefault(states, []).append(one.year)
        return found

    def among(self, first: int, last: int) -> "Coverage":
        """Return the same of a span of years, both ends included."""
        return self.model_copy(
            update={"years": tuple(one for one in self.years if first <= one.year <= last)}
        )

    def intervals(self) -> list[str]:
        """Return the time covered as ISO 8601 intervals: 1975/2022; a fiscal year begins in October."""
        found = []
        for run in written.runs(one.year for one in self.years):
            found.append(f"{run[0]}/{run[-1]}")
        for run in written.runs(one.year for one in self.fiscal_years):
            found.append(f"{run[0] - 1}-10/{run[-1]}-09")
        return found + [f"{one.first}/{one.last}" for one in self.spans if one.first]

    def span(self, state: str) -> Span:
        """Return the time that the records of a state are of.

        Raises
        ------
        PileupError
            It does not say.
        """
        for one in self.spans:
            if one.state == state:
                return one
        raise PileupError(f"{PACKAGE}: the coverage says nothing of {state}: {RESTORE}.")


def covered(name: str, folder: str | Path | None = None) -> Coverage:
    """Return what a table holds.

    Parameters
    ----------
    name : str
        The table's name, for example `crashes`.
    folder : str or Path, optional
        The folder that holds `datapackage.json`; by default the project's own.

    Raises
    ------
    PileupError
        The package is missing or broken, names no such table, or says something else of it.
    """
    said = describe(name, folder)["coverage"]
    if isinstance(said, dict) and said.keys() == {"same_as"}:
        return covered(said["same_as"], folder)
    try:
        return Coverage.model_validate(said)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = " ".join(map(str, ("coverage", *fault["loc"])))
        raise PileupError(
            f"{home(folder) / PACKAGE}: table {name!r}, {place}: {fault['msg']}: {RESTORE}."
        ) from None


def said(coverage: Coverage) -> str:
    """Write what a table holds, in sentences."""
    lists = (
        [
            (_("Years held: {years}."), [one.year for one in coverage.years]),
            (_("Final files: {years}."), coverage.of(edition="final")),
            (_("First releases: {years}."), coverage.of(edition="first release")),
            (_("Edition not known: {years}."), coverage.of(edition="not known")),
            (
                _("All vehicles counted, parked ones too (VE_TOTAL): {years}."),
                coverage.of(vehicles="VE_TOTAL"),
            ),
            (_("Only vehicles in transport counted (VE_FORMS): {years}."), coverage.of(vehicles="VE_FORMS")),
            (_("Read from NHTSA’s site: {years}."), coverage.of(read_from="NHTSA")),
            (_("Read from a copy: {years}."), coverage.of(read_from="copy")),
            (
                _("Read from a copy put together from other tables of the same files: {years}."),
                coverage.of(read_from="copy put together"),
            ),
            (_("Large trucks known: {years}."), coverage.of(large_truck="yes")),
            (_("Weather known: {years}."), coverage.of(weather="yes")),
            (_("Day known: {years}."), coverage.of(date="yes")),
            (_("Neighboring cases can be told: {years}."), coverage.of(neighbors="yes")),
        ]
        if coverage.years
        else [
            (_("Fiscal years held: {years}."), coverage.held),
            (_("Read from the Commission’s own files: {years}."), coverage.of(read_from="the Commission")),
            (_("Read from an extract: {years}."), coverage.of(read_from="extract")),
        ]
    )
    told = [text.format(years=written.spans(years)) for text, years in lists if years]
    for what, text in (
        ("large_truck", _("Large trucks known in some states only: {years} ({states}).")),
        ("weather", _("Weather known in some states only: {years} ({states}).")),
        ("date", _("Day known in some states only: {years} ({states}).")),
        ("neighbors", _("Neighboring cases can be told in some states only: {years} ({states}).")),
    ):
        for states, years in coverage.in_part(what).items():
            told.append(text.format(years=written.spans(years), states=", ".join(states)))
    if coverage.spans:
        spans = "; ".join(f"{one.state}, {one.time}" for one in coverage.spans)
        told.append(_("Time covered: {spans}.").format(spans=spans))
    if coverage.by_hand:
        kept = _("Kept by hand, as of {date}.") if coverage.as_of else _("Kept by hand.")
        told.append(kept.format(date=_in_words(coverage.as_of) if coverage.as_of else ""))
    return " ".join(told)


def _in_words(text: str) -> str:
    """Write a year, month or day (2018, 2018-01, 2018-01-31) in words."""
    parts = [int(part) for part in text.split("-")]
    precision = ("year", "month", "day")[len(parts) - 1]
    return written.when(dt.date(*[*parts, 1, 1][:3]), precision)
