"""Where one crash stands among the fatal crashes of NHTSA's FARS: counts, ranks and shares.

Every function takes the table of counts (`pileup.data.load_table("crashes")`): one row for each year, state,
number of vehicles, number of deaths and large-truck flag, with the number of `crashes`. FARS holds only
crashes in which somebody died within 30 days.
"""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Crash:
    """A crash to be ranked.

    Attributes
    ----------
    state : str
        Postal code.
    year : int
        Year of the crash.
    vehicles, deaths : int
        Its size.
    in_fars : bool
        Whether it is itself a row of the table, so that it must not be counted as "another" crash.
    """

    state: str
    year: int
    vehicles: int
    deaths: int
    in_fars: bool


@dataclass(frozen=True)
class Rank:
    """A place in a list: `place` 1 is the largest, `joint` says how many others are as large."""

    place: int
    joint: int


def select(counts: pd.DataFrame, first_year: int, last_year: int, state: str | None = None) -> pd.DataFrame:
    """Return the rows of a span of years, both ends included, and of one state where one is named."""
    chosen = counts["year"].between(first_year, last_year)
    if state:
        chosen &= counts["state"] == state
    return counts[chosen]


def number(counts: pd.DataFrame, vehicles: int = 0, deaths: int = 0) -> int:
    """Count the crashes with at least so many vehicles and at least so many deaths."""
    return int(counts.loc[(counts["vehicles"] >= vehicles) & (counts["deaths"] >= deaths), "crashes"].sum())


def deaths_in(counts: pd.DataFrame) -> int:
    """Count the people killed in the crashes of the table."""
    return int((counts["deaths"] * counts["crashes"]).sum())


def contains(counts: pd.DataFrame, crash: Crash) -> bool:
    """Tell whether the crash is one of those counted in the table."""
    same = (counts["state"] == crash.state) & (counts["year"] == crash.year)
    same &= (counts["vehicles"] == crash.vehicles) & (counts["deaths"] == crash.deaths)
    return crash.in_fars and bool(same.any())


def rank_by_vehicles(counts: pd.DataFrame, crash: Crash) -> Rank:
    """Rank a crash by vehicles: one more than the number of crashes with more vehicles.

    A crash that is not in the table (another state, another span of years) gets the place it would have.
    """
    as_many = int(counts.loc[counts["vehicles"] == crash.vehicles, "crashes"].sum())
    return Rank(1 + number(counts, vehicles=crash.vehicles + 1), as_many - contains(counts, crash))


def next_largest(counts: pd.DataFrame, crash: Crash) -> int | None:
    """Return the vehicles of the largest other crash that is no larger than this one, or None."""
    others = counts.loc[counts["vehicles"] <= crash.vehicles].groupby("vehicles")["crashes"].sum()
    if contains(counts, crash):
        others[crash.vehicles] -= 1
    others = others[others > 0]
    return int(others.index.max()) if len(others) else None


def by_vehicles(counts: pd.DataFrame) -> pd.Series:
    """Return the number of crashes for each number of vehicles, smallest first."""
    return counts.groupby("vehicles")["crashes"].sum().sort_index()


def largest_by_year(counts: pd.DataFrame, first_year: int, last_year: int) -> pd.Series:
    """Return the vehicles of the largest crash of each year; a year without a crash is left out."""
    return select(counts, first_year, last_year).groupby("year")["vehicles"].max()


def per_year(counts: pd.DataFrame, vehicles: int = 0) -> pd.Series:
    """Return the number of crashes a year with at least so many vehicles, years without one being 0."""
    years = pd.Index(sorted(counts["year"].unique()), name="year")
    return counts[counts["vehicles"] >= vehicles].groupby("year")["crashes"].sum().reindex(years, fill_value=0)


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
    def percent(self) -> float | None:
        """Share with a large truck among the known, 0 to 100; None where nothing is known."""
        return 100 * self.trucks / self.known if self.known else None


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
