"""The keys of fatal crashes in FARS, of 5 vehicles or 3 deaths and more: found by number, day and size."""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pileup.record.package import checked

#: The table `keys` has the crashes with at least so many vehicles, or at least so many deaths.
LEAST_VEHICLES, LEAST_DEATHS = 5, 3
#: How many true keys are named beside a wrong one.
NEAREST = 3


@dataclass(frozen=True)
class Keyed:
    """A crash in FARS with its key.

    Attributes
    ----------
    year, st_case : int
        Year of the file, and case number, which begins with the number of the state.
    state : str
        Postal code.
    date : date or None
        Its day; None where the files do not say it.
    county : str or None
        Three-digit code of its county; None where the files give none.
    vehicles, deaths : int
        Its size as the year's file counts it.
    """

    year: int
    state: str
    st_case: int
    date: dt.date | None
    county: str | None
    vehicles: int
    deaths: int


def listed(vehicles: int | None, deaths: int | None) -> bool:
    """Tell whether a crash is so large that the table has it, by what is known of its size.

    Examples
    --------
    >>> from pileup.record.keys import listed
    >>> listed(5, 1), listed(4, 3), listed(4, 2), listed(None, 3)
    (True, True, False, True)
    """
    return (vehicles or 0) >= LEAST_VEHICLES or (deaths or 0) >= LEAST_DEATHS


def of_year(state: str, year: int, folder: str | Path | None = None) -> list[Keyed]:
    """Return the crashes of a state and a year that the table has, by their case numbers.

    Only the lines of that year and state are parsed, and without pandas: `pileup case check` asks for one.

    Parameters
    ----------
    state : str
        Postal code.
    year : int
        Year of the file.
    folder : str or Path, optional
        The folder that holds `datapackage.json`; by default the project's own.

    Raises
    ------
    PileupError
        The table is missing or altered.
    """
    _entry, content = checked("keys", folder)
    header, *lines = content.decode("utf-8").splitlines()
    begins = f"{year},{state},"
    rows = csv.DictReader([header, *(line for line in lines if line.startswith(begins))])
    return [
        Keyed(
            int(row["year"]),
            row["state"],
            int(row["st_case"]),
            dt.date(int(row["year"]), int(row["month"]), int(row["day"])) if row["day"] else None,
            row["county"] or None,
            int(row["vehicles"]),
            int(row["deaths"]),
        )
        for row in rows
    ]


def find(keys: Iterable[Keyed], st_case: int) -> Keyed | None:
    """Return the crash with a case number, or None where there is none."""
    return next((one for one in keys if one.st_case == st_case), None)


def nearest(
    keys: Iterable[Keyed],
    day: dt.date | None,
    vehicles: int | None = None,
    deaths: int | None = None,
    most: int = NEAREST,
) -> list[Keyed]:
    """Return the crashes that a wrong key may have meant: those of the day first, then those nearest in size.

    Parameters
    ----------
    keys : iterable of Keyed
        The crashes of the state and year.
    day : date or None
        Day of the crash that is looked for.
    vehicles, deaths : int or None
        Its size, as far as it is known.
    most : int
        How many to return at most.
    """

    def apart(one: Keyed) -> tuple[bool, int, int, int]:
        size = sum(
            abs(has - wanted)
            for has, wanted in ((one.vehicles, vehicles), (one.deaths, deaths))
            if wanted is not None
        )
        days = abs((one.date - day).days) if one.date and day else 366
        return days != 0, size, days, one.st_case

    return sorted(keys, key=apart)[:most]
