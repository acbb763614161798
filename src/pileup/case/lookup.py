"""Looks a crash up in FARS by state and day, or by state and year, for the key that its case file gives."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from pileup.base.errors import PileupError
from pileup.case.key import LARGE, said
from pileup.files.plain import iso_day, state_code
from pileup.record import keys
from pileup.record.coverage import covered
from pileup.record.keys import Keyed
from pileup.record.package import checked
from pileup.record.states import STATES
from pileup.words import written
from pileup.words.written import plural


def candidates(
    state: str,
    date: str | None = None,
    year: int | None = None,
    vehicles: int | None = None,
    deaths: int | None = None,
    where: str | Path | None = None,
    echo: Callable[[str], object] = print,
) -> Iterator[str]:
    """List the crashes that may be the one that is looked for, line by line, as a user reads them.

    Parameters
    ----------
    state : str
        Its postal code or its name, however spelled.
    date : str, optional
        The day, written YYYY-MM-DD. Where no crash is of that day, those of the day before and after are
        listed, and where the files do not say days, those of the year.
    year : int, optional
        The year, where the day is not known.
    vehicles, deaths : int, optional
        Only crashes with exactly so many; where there is none, the nearest in size are listed.
    where : str or Path, optional
        NHTSA's files, as for `pileup.sources.fars.read`; by default the table of keys is asked.
    echo : callable
        Told each thing that a user should know of a download, one line a call.

    Yields
    ------
    str
        A line.

    Raises
    ------
    PileupError
        There is no such state, day or year; the table is missing or altered, or the files cannot be read.
    """
    try:
        code = state_code(state)
    except ValueError as error:
        raise PileupError(f"--state: {error}") from None
    if (date is None) == (year is None):
        raise PileupError(
            "give the day (--date 2012-09-09) or, where it is not known, the year (--year 2012)"
        )
    day = None if date is None else iso_day(date)
    if date is not None and day is None:
        raise PileupError(f"--date {date!r}: not a date written YYYY-MM-DD, such as 2012-09-09")

    def look(one: int) -> list[Keyed]:
        return _of_year(code, one, where, echo)

    found, when = _of_day(look, day) if day else (look(year or 0), f"{year}")
    wanted = {"vehicles": vehicles, "deaths": deaths}
    told = [one for one in found if all(size in (None, getattr(one, name)) for name, size in wanted.items())]
    size = " and ".join(f"{one} {plural(one, name[:-1])}" for name, one in wanted.items() if one is not None)
    with_size = f" with {size}" if size else ""
    if told or not found:
        yield f"{STATES[code]}, {when}: {_crashes(len(told))}{with_size}"
    else:
        yield f"{STATES[code]}, {when}: {_crashes(len(found))}, none{with_size}; nearest in size:"
        told = keys.nearest(found, None, vehicles, deaths)
    names = _counties(code)
    for one in told:
        yield f"{said(one)}, {_county(one, names)}"
        yield f"  fars_year = {one.year}"
        yield f"  fars_state = {one.st_case // 10_000}"
        yield f"  fars_case = {one.st_case}"
    if where is None:
        yield f"These are the crashes with {LARGE}; --fars FOLDER-or-URL looks in the files, which have all."


def _crashes(number: int) -> str:
    return f"{number or 'no'} {plural(number, 'crash', 'crashes')}"


def _of_year(state: str, year: int, where: str | Path | None, echo: Callable[[str], object]) -> list[Keyed]:
    """Return the crashes of a state and a year: those of the table, or all from the files."""
    if where is not None:
        from pileup.sources import fars  # late: it needs polars and pooch

        return fars.keyed(where, state, year, echo=echo)
    held = covered("crashes").held
    if year not in held:
        raise PileupError(
            f"no file of {year} is held, only {written.spans(held)}; give NHTSA's files with --fars"
        )
    return keys.of_year(state, year)


def _of_day(look: Callable[[int], list[Keyed]], day: dt.date) -> tuple[list[Keyed], str]:
    """Return the crashes of a day, else of the days beside it, else those without a day; and say which."""
    every = look(day.year)
    if found := [one for one in every if one.date == day]:
        return found, f"{day}"
    beside = [day + dt.timedelta(days=days) for days in (-1, 1)]
    for year in {one.year for one in beside} - {day.year}:
        with suppress(PileupError):  # the first or the last year that is held
            every = [*every, *look(year)]
    if found := [one for one in every if one.date in beside]:
        return found, f"{' or '.join(map(str, beside))} (none on {day})"
    if found := [one for one in every if one.date is None and one.year == day.year]:
        return found, f"{day.year}, day not known (none on {day} or a day beside it)"
    return [], f"{day} or a day beside it"


def _counties(state: str) -> dict[str, str]:
    """Return the names of a state's counties that are known, by their codes."""
    _entry, content = checked("counties")
    rows = csv.DictReader(content.decode("utf-8").splitlines())
    return {row["county"]: row["name"] for row in rows if row["state"] == state}


def _county(one: Keyed, names: dict[str, str]) -> str:
    """Say the county of a crash: its code, and its name where that is known."""
    if one.county is None:
        return "county not known"
    name = names.get(one.county)
    return f"county {one.county}{f' ({name})' if name else ''}"
