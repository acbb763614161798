"""The crash's place if neighboring cases are one crash, known pileups that are several, and later crashes."""

from dataclasses import dataclass

import pandas as pd

from pileup.case.model import Crash as Key
from pileup.findings.declare import finding, given
from pileup.findings.rarity import of_20
from pileup.record import crashes, neighbors
from pileup.record.coverage import Coverage
from pileup.record.crashes import LARGE, By, Crash, Listed, Rank
from pileup.record.neighbors import Group
from pileup.words import written
from pileup.words.language import _, mark


@dataclass(frozen=True)
class Split:
    """A pileup that somebody counted as one: where, by whom, how large; and as the files have it."""

    place: str
    counted_by: str
    vehicles: int
    deaths: int
    files: Group


@given
def joined_cases(
    table_joined_crashes: pd.DataFrame,
    years: tuple[int, int],
    set_aside: list[Listed],
    parameter_exclusions: bool,
) -> pd.DataFrame:
    """The cases of the chosen years that have neighbors, those set aside left out where that is asked for."""
    cases = table_joined_crashes[table_joined_crashes["year"].between(*years)]
    aside = {(one.year, one.st_case) for one in set_aside} if parameter_exclusions else set()
    keys = zip(cases["year"], cases["st_case"], strict=True)
    return cases[pd.Series([key not in aside for key in keys], cases.index, dtype=bool)]


@given
def joined_groups(joined_cases: pd.DataFrame) -> list[Group]:
    """The groups of neighboring cases that reach 20 vehicles together."""
    return [one for one in neighbors.groups(joined_cases) if one.vehicles >= LARGE]


@given
def own_neighbors(
    joined_cases: pd.DataFrame, joined_groups: list[Group], case_crash: Key, case_state: str | None = None
) -> Group | None:
    """The group that the case's own crash is in."""
    own = joined_cases[joined_cases["st_case"] == case_crash.fars_case]
    own = own[(own["year"] == case_crash.fars_year) & (own["state"] == case_state)]
    key = [(one["year"], one["group"]) for one in own.to_dict("records")]
    return next((one for one in joined_groups if (one.year, one.first) in key), None)


@given
def joined_crash(crash: Crash, own_neighbors: Group | None = None) -> Crash | None:
    """The case's own crash with its neighbors; absent where it is smaller than the groups that are known."""
    if own_neighbors:
        return Crash(crash.state, crash.year, own_neighbors.vehicles, own_neighbors.deaths, in_fars=True)
    return crash if (crash.vehicles or 0) >= LARGE else None


@given
def nation_joined(nation: pd.DataFrame, joined_cases: pd.DataFrame) -> pd.DataFrame:
    """Counts of fatal crashes in the chosen years, neighboring cases of 20 vehicles or more as one."""
    return neighbors.together(nation, joined_cases)


@given
def joined_ranks(nation_joined: pd.DataFrame, joined_crash: Crash) -> dict[By, Rank]:
    """Its place by vehicles and by both; deaths alone are many by chance in a large county's hour."""
    return {
        by: crashes.rank(nation_joined, joined_crash, by) for by in joined_crash.measures if by != "deaths"
    }


@given
def joined_measures() -> list[By]:
    """What crashes are ranked by with their neighbors."""
    return ["vehicles", "both"]


@finding(
    "crashes.joined.groups",
    mark("crashes"),
    mark("Groups of neighboring fatal crashes that reach {vehicles} vehicles together"),
    says=of_20,
)
def joined_groups_number(joined_groups: list[Group]) -> int:
    return len(joined_groups)


@finding(
    "crashes.joined.unplaced",
    mark("crashes"),
    mark("Fatal crashes that cannot be looked at for neighbors: day, hour or place not known"),
)
def unplaced(held: Coverage) -> int:
    return sum(one.unplaced for one in held.years)


_PLACES = {
    "vehicles": mark("Its place by vehicles, nationally, if neighboring cases are one crash"),
    "both": mark("Its place by vehicles and deaths together, nationally, if neighboring cases are one crash"),
}


@finding("crashes.joined.rank_by_{key}", mark("place"), _PLACES, each="joined_measures")
def joined_rank(joined_ranks: dict[By, Rank], one: By) -> int | None:
    return joined_ranks[one].place if one in joined_ranks else None


@finding("crashes.joined.own_cases", mark("crashes"), mark("Cases on file that are this crash by that rule"))
def own_cases(own_neighbors: Group) -> int:
    return own_neighbors.cases


@finding("crashes.joined.own_vehicles", mark("vehicles"), mark("Vehicles in all of these cases"))
def own_joined_vehicles(own_neighbors: Group) -> int:
    return own_neighbors.vehicles


@finding("crashes.joined.own_deaths", mark("deaths"), mark("Deaths in all of these cases"))
def own_joined_deaths(own_neighbors: Group) -> int:
    return own_neighbors.deaths


@given
def later(
    table_later_crashes: pd.DataFrame, coverage_crashes: Coverage, years: tuple[int, int]
) -> pd.DataFrame:
    """Crashes of the year after the last held, where the chosen years end with it."""
    last = coverage_crashes.held[-1]
    return table_later_crashes[(table_later_crashes["year"] == last + 1) & (years[1] >= last)]


@given
def later_large(later: pd.DataFrame, own_vehicles: int) -> pd.DataFrame | None:
    """Those with as many vehicles in transport; absent where the crash is smaller than those listed."""
    return later[later["vehicles"] >= own_vehicles] if own_vehicles >= LARGE else None


@finding(
    "crashes.later.at_least_vehicles",
    mark("crashes"),
    mark("Later fatal crashes with {own_vehicles} vehicles in transport or more, in no count and no rank"),
)
def later_number(later_large: pd.DataFrame, own_vehicles: int) -> int:
    return len(later_large)


@given
def splits(
    table_split_pileups: pd.DataFrame,
    table_joined_crashes: pd.DataFrame,
    later: pd.DataFrame,
    years: tuple[int, int],
) -> list[Split]:
    """The known pileups of these years that the files have as several cases."""
    held = table_joined_crashes[table_joined_crashes["year"].between(*years)]
    files = {(one.year, one.first): one for cases in (held, later) for one in neighbors.groups(cases)}
    return [
        Split(row["place"], row["counted_by"], row["vehicles"], row["deaths"], files[key])
        for row in table_split_pileups.to_dict("records")
        if (key := (row["year"], row["group"])) in files
    ]


def split_key(split: Split) -> str:
    """Name a pileup in an id: by its year, state and lowest case number."""
    return f"{split.files.state.lower()}_{split.files.year}_{split.files.first}"


def split_day(split: Split) -> str:
    """Write the day of a pileup, or its year where the day is not known."""
    return written.day(split.files.date) if split.files.date else str(split.files.year)


def _place(split: Split) -> dict[str, str]:
    return {"place": _(split.place), "date": split_day(split)}


@finding(
    "crashes.split.cases.{key}",
    mark("crashes"),
    mark("Cases on file for the pileup of {date} on {place}"),
    each="splits",
    key=split_key,
    says=_place,
)
def split_cases(one: Split) -> int:
    return one.files.cases


@finding(
    "crashes.split.vehicles.{key}",
    mark("vehicles"),
    mark("Vehicles in all of these cases ({place})"),
    each="splits",
    key=split_key,
    says=_place,
)
def split_vehicles(one: Split) -> int:
    return one.files.vehicles


@finding(
    "crashes.split.deaths.{key}",
    mark("deaths"),
    mark("Deaths in all of these cases ({place})"),
    each="splits",
    key=split_key,
    says=_place,
)
def split_deaths(one: Split) -> int:
    return one.files.deaths
