"""Where one crash stands among the fatal crashes of NHTSA's FARS: counts, ranks and shares.

Every function takes the table of counts (`pileup.record.tables.load_table("crashes")`): one row for each
year, state, number of vehicles, number of deaths and large-truck flag, with the number of `crashes`. FARS
holds only crashes in which somebody died within 30 days.
"""

import datetime as dt
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import pandas as pd

from pileup.base.errors import PileupError
from pileup.record.states import STATES
from pileup.words import written

#: Smallest number of vehicles of the crashes that `data/crashes/large.csv` lists one by one.
LARGE = 20

#: What crashes are compared by, and the columns that each takes.
By = Literal["vehicles", "deaths", "both"]
MEASURES: dict[By, tuple[str, ...]] = {
    "vehicles": ("vehicles",),
    "deaths": ("deaths",),
    "both": ("vehicles", "deaths"),
}


@dataclass(frozen=True)
class Crash:
    """A crash to be ranked.

    Attributes
    ----------
    state : str
        Postal code; empty for a crash elsewhere.
    year : int
        Year of the crash.
    vehicles, deaths : int or None
        Its size; None where it is not known. By that it cannot be ranked.
    in_fars : bool
        Whether it is itself a row of the table, so that it must not be counted as "another" crash.
    """

    state: str
    year: int
    vehicles: int | None
    deaths: int | None
    in_fars: bool

    @property
    def measures(self) -> list[By]:
        """What it can be ranked by."""
        known = {name for name in ("vehicles", "deaths") if getattr(self, name) is not None}
        return [by for by, needed in MEASURES.items() if known.issuperset(needed)]


@dataclass(frozen=True)
class Rank:
    """A place in a list: `place` 1 is the largest, `joint` says how many others are as large."""

    place: int
    joint: int


@dataclass(frozen=True)
class Listed:
    """One of the crashes with many vehicles, which are known one by one.

    Attributes
    ----------
    year, st_case : int
        With the state, its key in FARS.
    state, county : str
        Postal code, and name of the county (None where FARS gives none).
    date : date or None
        None where FARS gives no day.
    vehicles, deaths : int
        Its size.
    large_truck : str
        Whether a large truck was involved: yes, no or unknown.
    weather : int or None
        FARS's code, which means different things in different years; see `pileup.record.conditions`.
    set_aside : str
        Why it is no crash in the ordinary sense; empty for nearly all.
    """

    year: int
    state: str
    st_case: int
    county: str | None
    date: dt.date | None
    vehicles: int
    deaths: int
    large_truck: str
    weather: int | None
    set_aside: str


def listed(
    large: pd.DataFrame, set_aside: pd.DataFrame, counties: pd.DataFrame | None = None
) -> list[Listed]:
    """Return the crashes with many vehicles: largest first, then the deadlier, then the earlier.

    Parameters
    ----------
    large, set_aside : DataFrame
        The tables `large-crashes` and `set-aside`.
    counties : DataFrame, optional
        The table `counties`; without it no county has its name.

    Raises
    ------
    PileupError
        When a crash that is set aside is not among the large ones, so that its size is not known.
    """
    named = [] if counties is None else counties.to_dict("records")
    names = {(row["state"], row["county"]): row["name"] for row in named}
    reasons = {
        (row["year"], row["state"], row["st_case"]): row["reason"] for row in set_aside.to_dict("records")
    }
    found = []
    for row in large.to_dict("records"):
        key = (row["year"], row["state"], row["st_case"])
        day = row["date"].date() if pd.notna(row["date"]) else None
        county = names.get((row["state"], row["county"]))
        weather = int(row["weather"]) if pd.notna(row["weather"]) else None
        size = (row["vehicles"], row["deaths"], row["large_truck"])
        found.append(Listed(*key, county, day, *size, weather, reasons.pop(key, "")))
    if reasons:
        year, state, case = next(iter(reasons))
        raise PileupError(
            f"data/crashes/set-aside.csv: {year} {state} {case} is not in data/crashes/large.csv; take it out"
        )
    return sorted(found, key=lambda crash: (-crash.vehicles, -crash.deaths, crash.year))


def within(listed: list[Listed], first_year: int, last_year: int) -> list[Listed]:
    """Return the listed crashes of a span of years, both ends included."""
    return [one for one in listed if first_year <= one.year <= last_year]


def select(counts: pd.DataFrame, first_year: int, last_year: int, state: str | None = None) -> pd.DataFrame:
    """Return the rows of a span of years, both ends included, and of one state where one is named."""
    chosen = counts["year"].between(first_year, last_year)
    if state:
        chosen &= counts["state"] == state
    return counts[chosen]


def without(counts: pd.DataFrame, aside: list[Listed]) -> pd.DataFrame:
    """Return the table without the crashes that are set aside.

    Parameters
    ----------
    counts : DataFrame
        The table of counts, or some of its rows.
    aside : list of Listed
        The crashes to leave out; those that are not among the rows change nothing.
    """
    left = counts.copy()
    for one in aside:
        same = (left["year"] == one.year) & (left["state"] == one.state)
        same &= (left["vehicles"] == one.vehicles) & (left["deaths"] == one.deaths)
        left.loc[same & (left["large_truck"] == one.large_truck), "crashes"] -= 1
    return left[left["crashes"] > 0]


def number(counts: pd.DataFrame, vehicles: int = 0, deaths: int = 0) -> int:
    """Count the crashes with at least so many vehicles and at least so many deaths."""
    return int(counts.loc[(counts["vehicles"] >= vehicles) & (counts["deaths"] >= deaths), "crashes"].sum())


def deaths_in(counts: pd.DataFrame) -> int:
    """Count the people killed in the crashes of the table."""
    return int((counts["deaths"] * counts["crashes"]).sum())


def contains(counts: pd.DataFrame, crash: Crash) -> bool:
    """Tell whether the crash is one of those counted in the table."""
    same = (counts["state"] == crash.state) & (counts["year"] == crash.year)
    for name in MEASURES["both"]:
        if (size := getattr(crash, name)) is not None:
            same &= counts[name] == size
    return crash.in_fars and bool(same.any())


def rank(counts: pd.DataFrame, crash: Crash, by: By) -> Rank:
    """Rank a crash: its place is one more than the number of larger crashes, and equal ones share a place.

    By both, a crash is larger when it reaches this one's vehicles and its deaths and exceeds one of them, and
    equal when it has as many of each; one with more of the one and fewer of the other is neither before nor
    after it.

    Parameters
    ----------
    counts : DataFrame
        The table of counts, or some of its rows.
    crash : Crash
        What to rank. One that is not in the table (another state or year) gets the place it would have.
    by : str
        vehicles, deaths or both.

    Raises
    ------
    PileupError
        For anything else to rank by.
    """
    equal = _compared(counts, crash, by, operator.eq)
    larger = _compared(counts, crash, by, operator.ge) - equal
    return Rank(1 + larger, equal - contains(counts, crash))


def percent_smaller(counts: pd.DataFrame, crash: Crash, by: By) -> float:
    """Return the share of crashes that are smaller, 0 to 100; not a number where there are no crashes.

    By both, smaller means fewer vehicles and also fewer deaths: as many or more of one of them, and a crash
    is not smaller, however few it has of the other. (All that do not reach both would be a larger share, but
    would call a crash smaller that has one vehicle less and three times the deaths.) So three classes make
    the whole: at least as large by both, smaller by both, and those that `reach_only_one` counts.
    The parameters are those of `rank`.
    """
    total = number(counts)
    return 100 * _compared(counts, crash, by, operator.lt) / total if total else math.nan


def reach_only_one(counts: pd.DataFrame, crash: Crash) -> int:
    """Count the crashes that reach this one's vehicles or its deaths, but not both."""
    reach, below = (_compared(counts, crash, "both", how) for how in (operator.ge, operator.lt))
    return number(counts) - reach - below


def _compared(counts: pd.DataFrame, crash: Crash, by: By, how: Callable[..., pd.Series]) -> int:
    """Count the crashes that stand to this one, in each measure that is asked for, as `how` says."""
    if by not in MEASURES:
        raise PileupError(f"crashes: cannot compare by {by!r}; known are {', '.join(MEASURES)}")
    hold = [how(counts[measure], getattr(crash, measure)) for measure in MEASURES[by]]
    return int(counts.loc[reduce(operator.and_, hold), "crashes"].sum())


def next_largest(counts: pd.DataFrame, crash: Crash) -> int | None:
    """Return the vehicles of the largest other crash that is no larger than this one, or None."""
    others = counts.loc[counts["vehicles"] <= crash.vehicles].groupby("vehicles")["crashes"].sum()
    if contains(counts, crash):
        others[crash.vehicles] -= 1
    others = others[others > 0]
    return int(others.index.max()) if len(others) else None


def by_vehicles(counts: pd.DataFrame) -> dict[int, int]:
    """Return the number of crashes for each number of vehicles, smallest first."""
    return _plain(counts.groupby("vehicles")["crashes"].sum())


def largest_by_year(counts: pd.DataFrame, by: By = "vehicles") -> dict[int, int]:
    """Return the vehicles, or the deaths, of the largest crash of each year that has one."""
    return _plain(counts.groupby("year")[by].max())


@dataclass(frozen=True)
class InState:
    """The fatal crashes of one state.

    Attributes
    ----------
    state : str
        Postal code.
    crashes, reaching : int
        How many there were, and how many were at least as large as asked for.
    vehicles, deaths, year : int
        The one with the most vehicles: of several the deadliest, and of those the first; by deaths the other
        way round. All 0 where there was none.
    """

    state: str
    crashes: int
    reaching: int
    vehicles: int
    deaths: int
    year: int


def by_state(counts: pd.DataFrame, vehicles: int = 0, deaths: int = 0, by: By = "vehicles") -> list[InState]:
    """Count the crashes of each of the 50 states and DC, and name the largest; in the order of the names.

    Parameters
    ----------
    counts : DataFrame
        The table of counts, or some of its rows.
    vehicles, deaths : int
        From how many vehicles and deaths on a crash is counted as reaching.
    by : str
        What makes one the largest: "vehicles" or "deaths".
    """
    second = "vehicles" if by == "deaths" else "deaths"
    ordered = counts.sort_values([by, second, "year"], ascending=[False, False, True])
    every = []
    for code in STATES:
        part = ordered[ordered["state"] == code]
        if not len(part):
            every.append(InState(code, 0, 0, 0, 0, 0))
            continue
        largest = part.iloc[0]
        size = (int(largest[name]) for name in ("vehicles", "deaths", "year"))
        every.append(InState(code, number(part), number(part, vehicles, deaths), *size))
    return every


def per_year(counts: pd.DataFrame, vehicles: int = 0) -> dict[int, int]:
    """Return the number of crashes a year with at least so many vehicles, years without one being 0."""
    years = sorted(counts["year"].unique())
    many = counts[counts["vehicles"] >= vehicles].groupby("year")["crashes"].sum()
    return _plain(many.reindex(years, fill_value=0))


def one_in(crashes: int, large: int) -> int | None:
    """Return the number of crashes of which one is large, rounded to what the count bears; None: none is.

    With fewer than 10 large crashes it has one digit that is not 0, with fewer than 100 two, and so on: a
    count of n varies by about its root, so more digits would say nothing. Halves are rounded up.
    """
    if not large:
        return None
    spare = len(str(crashes // large)) - len(str(large))
    return int(written.half_up(crashes / large, -max(spare, 0)))


@dataclass(frozen=True)
class Span:
    """The crashes of a decade, or of the part of it that the table has.

    Attributes
    ----------
    years : tuple of int
        The years of the part.
    crashes, large : int
        All fatal crashes, and those at least as large as asked for.
    """

    years: tuple[int, ...]
    crashes: int
    large: int

    @property
    def first(self) -> int:
        """The first of its years."""
        return self.years[0]

    @property
    def last(self) -> int:
        """The last of its years."""
        return self.years[-1]

    @property
    def one_in(self) -> int | None:
        """One large crash in so many, rounded here for all that print it; None where there was none."""
        return one_in(self.crashes, self.large)


def by_decade(counts: pd.DataFrame, vehicles: int = 0, deaths: int = 0) -> list[Span]:
    """Count the crashes of each decade (1980 to 1989 ...) with at least so many of each, oldest first."""
    spans = []
    for _, part in counts.groupby(counts["year"] // 10):
        years = tuple(sorted(int(year) for year in part["year"].unique()))
        spans.append(Span(years, number(part), number(part, vehicles, deaths)))
    return spans


def per_100_million_miles(events: int, miles: int) -> float:
    """Return crashes or deaths for each 100 million miles that vehicles traveled, NHTSA's usual base."""
    return events / (miles / 1e8)


def _plain(series: pd.Series) -> dict[int, int]:
    """Turn a series of whole numbers into a plain dictionary, in the order of its keys."""
    ordered = series.sort_index()
    return dict(zip(ordered.index.tolist(), ordered.tolist(), strict=True))


@dataclass(frozen=True)
class SizeClass:
    """The crashes of `least` to `most` vehicles (`most` is None in the last, open class).

    Attributes
    ----------
    trucks, known, unknown : int
        Crashes with a large truck, crashes for which that is known, and those for which it is not.
    """

    least: int
    most: int | None
    trucks: int
    known: int
    unknown: int

    @property
    def percent(self) -> float:
        """Share with a large truck among the known, 0 to 100; not a number where nothing is known."""
        return 100 * self.trucks / self.known if self.known else math.nan


def truck_share(counts: pd.DataFrame, edges: tuple[int, ...] = (1, 2, 3, 5, 10, 20)) -> list[SizeClass]:
    """Count how many crashes of each size involved a large truck.

    Parameters
    ----------
    counts : DataFrame
        The table, with `large_truck` yes, no or unknown. Unknown is never counted as no.
    edges : tuple of int
        Smallest number of vehicles of each size class; the last class is open.
    """
    classes = []
    for least, following in zip(edges, (*edges[1:], None), strict=True):
        inside = counts["vehicles"] >= least
        if following:
            inside &= counts["vehicles"] < following
        flags = counts[inside].groupby("large_truck")["crashes"].sum()
        trucks, unknown = int(flags.get("yes", 0)), int(flags.get("unknown", 0))
        known = trucks + int(flags.get("no", 0))
        classes.append(SizeClass(least, following - 1 if following else None, trucks, known, unknown))
    return classes
