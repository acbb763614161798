"""The crash among the fatal crashes of the nation: how many there were, how many as large, and its place."""

import pandas as pd

from pileup.case.model import Crash as Key
from pileup.findings.declare import finding, given
from pileup.record import crashes
from pileup.record.coverage import Coverage
from pileup.record.crashes import By, Crash, Listed, Rank
from pileup.words.language import mark, marks, ngettext

#: How many of the largest crashes are named above this one.
LISTED = 11


@given
def vehicles(parameter_vehicles: int, role_vehicles: int | None = None) -> int | None:
    """Smallest number of vehicles to count: the parameter, or else as many as in the case."""
    return parameter_vehicles or role_vehicles


@given
def deaths(parameter_deaths: int, role_deaths: int | None = None) -> int | None:
    """Smallest number of deaths to count: the parameter, or else as many as in the case."""
    return parameter_deaths or role_deaths


@given
def own_vehicles(role_vehicles: int) -> int:
    """Vehicles in the case's own crash."""
    return int(role_vehicles)


@given
def own_deaths(role_deaths: int) -> int:
    """Deaths in the case's own crash."""
    return int(role_deaths)


#: How a size is written in a label, by the name that stands for it there: a form for one and one for many.
SIZES = {
    "least_vehicles": marks("{n} vehicle or more", "{n} vehicles or more"),
    "least_deaths": marks("{n} death or more", "{n} deaths or more"),
    "many_vehicles": marks("{n} vehicle", "{n} vehicles"),
    "many_deaths": marks("{n} death", "{n} deaths"),
}


def _sized(name: str, number: int) -> str:
    return ngettext(*SIZES[name], number).format(n=number)


@given
def words_least_vehicles(vehicles: int) -> str:
    """The smallest number of vehicles that is counted, as a label has it."""
    return _sized("least_vehicles", vehicles)


@given
def words_many_vehicles(vehicles: int) -> str:
    """The same where deaths are counted, too."""
    return _sized("many_vehicles", vehicles)


@given
def words_least_deaths(deaths: int) -> str:
    """The smallest number of deaths that is counted, as a label has it."""
    return _sized("least_deaths", deaths)


@given
def words_its_vehicles(own_vehicles: int) -> str:
    """The vehicles of the case's own crash, as a label has them."""
    return _sized("many_vehicles", own_vehicles)


@given
def words_its_deaths(own_deaths: int) -> str:
    """The deaths of the case's own crash, as a label has them."""
    return _sized("many_deaths", own_deaths)


@given
def crash(
    case_crash: Key,
    table_crashes: pd.DataFrame,
    case_state: str | None = None,
    own_vehicles: int | None = None,
    own_deaths: int | None = None,
) -> Crash | None:
    """The case's own crash, as it is ranked: by what is known of its size; absent where nothing is."""
    if own_vehicles is None and own_deaths is None:
        return None
    year = case_crash.date.year
    known = case_crash.fars_case is not None and year in set(table_crashes["year"])
    return Crash(case_state or "", year, own_vehicles, own_deaths, known)


@given
def ranked(crash: Crash, case_state: str | None = None, parameter_state: str = "") -> Crash | None:
    """The same where a report has a use for its places.

    Absent for a crash outside of the states that the files cover, unless it was asked what its place would be
    in one of them.
    """
    return crash if case_state or parameter_state else None


@given
def held(coverage_crashes: Coverage, years: tuple[int, int]) -> Coverage:
    """What the files hold of the chosen years."""
    return coverage_crashes.among(*years)


@given
def aside_held(table_set_aside: pd.DataFrame, coverage_crashes: Coverage) -> pd.DataFrame:
    """The events to set aside, of the years that are held."""
    return table_set_aside[table_set_aside["year"].isin(coverage_crashes.held)]


@given
def every_large(table_large_crashes: pd.DataFrame, aside_held: pd.DataFrame) -> list[Listed]:
    """The crashes with 20 vehicles or more of all years, largest first."""
    return crashes.listed(table_large_crashes, aside_held)


@given
def named_large(
    table_large_crashes: pd.DataFrame,
    aside_held: pd.DataFrame,
    table_counties: pd.DataFrame,
    years: tuple[int, int],
    parameter_exclusions: bool,
) -> list[Listed]:
    """The same as `large`, each with the name of its county."""
    every = crashes.listed(table_large_crashes, aside_held, table_counties)
    return _counted(every, years, parameter_exclusions)


def _counted(every: list[Listed], years: tuple[int, int], exclusions: bool) -> list[Listed]:
    return [one for one in crashes.within(every, *years) if not (exclusions and one.set_aside)]


@given
def every_set_aside(every_large: list[Listed]) -> list[Listed]:
    """The events that are no crash in the ordinary sense, each with its reason."""
    return [one for one in every_large if one.set_aside]


@given
def set_aside(every_set_aside: list[Listed], years: tuple[int, int]) -> list[Listed]:
    """The same of the chosen years."""
    return crashes.within(every_set_aside, *years)


@given
def large(every_large: list[Listed], years: tuple[int, int], parameter_exclusions: bool) -> list[Listed]:
    """The crashes with 20 vehicles or more of the chosen years, largest first, as `nation` has them."""
    return _counted(every_large, years, parameter_exclusions)


@given
def nation_whole(table_crashes: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    """Counts of fatal crashes in the chosen years, those set aside among them."""
    return crashes.select(table_crashes, *years)


@given
def nation_kept(nation_whole: pd.DataFrame, set_aside: list[Listed]) -> pd.DataFrame:
    """Counts of fatal crashes in the chosen years, those set aside left out."""
    return crashes.without(nation_whole, set_aside)


@given
def nation(nation_whole: pd.DataFrame, nation_kept: pd.DataFrame, parameter_exclusions: bool) -> pd.DataFrame:
    """Counts of fatal crashes in the chosen years, without those set aside where that is asked for."""
    return nation_kept if parameter_exclusions else nation_whole


@given
def nation_ranks(nation: pd.DataFrame, crash: Crash) -> dict[By, Rank]:
    """Its place in the nation by each measure that is known."""
    return {by: crashes.rank(nation, crash, by) for by in crash.measures}


@given
def measures() -> list[By]:
    """What crashes are ranked by."""
    return list(crashes.MEASURES)


@finding("crashes.years", mark("years"), mark("Years of crashes counted"))
def years_counted(nation: pd.DataFrame) -> int:
    return nation["year"].nunique()


@finding("crashes.fatal_crashes", mark("crashes"), mark("Fatal crashes in the 50 states and DC"))
def fatal_crashes(nation: pd.DataFrame) -> int:
    return crashes.number(nation)


@finding("crashes.people_killed", mark("people"), mark("People killed in them"))
def people_killed(nation: pd.DataFrame) -> int:
    return crashes.deaths_in(nation)


@finding("crashes.at_least_vehicles", mark("crashes"), mark("Fatal crashes with {least_vehicles}"))
def at_least_vehicles(nation: pd.DataFrame, vehicles: int) -> int:
    return crashes.number(nation, vehicles=vehicles)


@finding(
    "crashes.one_in",
    mark("fatal crashes"),
    mark("One fatal crash in so many had {least_vehicles}"),
)
def one_in(fatal_crashes: int, at_least_vehicles: int, vehicles: int) -> int | None:
    return crashes.one_in(fatal_crashes, at_least_vehicles)


@finding("crashes.at_least_deaths", mark("crashes"), mark("Fatal crashes with {least_deaths}"))
def at_least_deaths(nation: pd.DataFrame, deaths: int) -> int:
    return crashes.number(nation, deaths=deaths)


@finding(
    "crashes.one_in_by_deaths",
    mark("fatal crashes"),
    mark("One fatal crash in so many had {least_deaths}"),
)
def one_in_by_deaths(
    fatal_crashes: int, at_least_deaths: int, deaths: int, vehicles: int | None = None
) -> int | None:
    return crashes.one_in(fatal_crashes, at_least_deaths) if vehicles is None else None


@finding(
    "crashes.at_least_both",
    mark("crashes"),
    mark("Fatal crashes with {many_vehicles} and {least_deaths}"),
)
def at_least_both(nation: pd.DataFrame, vehicles: int, deaths: int) -> int:
    return crashes.number(nation, vehicles, deaths)


#: By measure: the label of its place, of the crashes equal to it, and of the share of smaller ones.
_PLACES = {
    "vehicles": mark("Its place by vehicles, nationally"),
    "deaths": mark("Its place by deaths, nationally"),
    "both": mark("Its place by vehicles and deaths together, nationally"),
}
_JOINT = {
    "vehicles": mark("Other crashes with as many vehicles"),
    "deaths": mark("Other crashes with as many deaths"),
    "both": mark("Other crashes with as many vehicles and as many deaths"),
}
_SMALLER = {
    "vehicles": mark("Share of fatal crashes with fewer than {its_vehicles}"),
    "deaths": mark("Share of fatal crashes with fewer than {its_deaths}"),
    "both": mark("Share of fatal crashes with fewer than {its_vehicles} and fewer than {its_deaths}"),
}


def by_measure(by: str) -> str:
    """Name a measure in an id; by vehicles it is without one, as in the first published page."""
    return "" if by == "vehicles" else f"_by_{by}"


@finding("crashes.rank_by_{key}", mark("place"), _PLACES, each="measures")
def rank(nation_ranks: dict[By, Rank], one: By) -> int | None:
    return nation_ranks[one].place if one in nation_ranks else None


@finding("crashes.joint_by_{key}", mark("crashes"), _JOINT, each="measures")
def joint(nation_ranks: dict[By, Rank], one: By) -> int | None:
    return nation_ranks[one].joint if one in nation_ranks else None


@finding("crashes.smaller_percent{key}", mark("percent"), _SMALLER, each="measures", key=by_measure)
def smaller_percent(nation: pd.DataFrame, crash: Crash, one: By) -> float | None:
    return crashes.percent_smaller(nation, crash, one) if one in crash.measures else None


@finding(
    "crashes.larger_beyond_listed",
    mark("crashes"),
    mark("Fatal crashes with more vehicles than this one, after the {shown} largest"),
    says=lambda _item: {"shown": LISTED},
)
def larger_beyond_listed(nation_ranks: dict[By, Rank]) -> int | None:
    place = nation_ranks["vehicles"].place if "vehicles" in nation_ranks else 0
    return max(place - 1 - LISTED, 0) or None


@finding(
    "crashes.reach_only_one",
    mark("crashes"),
    mark("Fatal crashes with at least {its_vehicles} or at least {its_deaths}, but not both"),
)
def reach_only_one(nation: pd.DataFrame, crash: Crash, own_vehicles: int, own_deaths: int) -> int:
    return crashes.reach_only_one(nation, crash)


@finding("crashes.set_aside", mark("crashes"), mark("Crashes set aside with a reason"))
def set_aside_number(set_aside: list[Listed]) -> int:
    return len(set_aside)


@finding(
    "crashes.at_least_vehicles_without_set_aside",
    mark("crashes"),
    mark("Fatal crashes with {least_vehicles}, those set aside left out"),
)
def at_least_vehicles_without(nation_kept: pd.DataFrame, vehicles: int) -> int:
    return crashes.number(nation_kept, vehicles)


@finding(
    "crashes.at_least_both_without_set_aside",
    mark("crashes"),
    mark("Fatal crashes with {many_vehicles} and {least_deaths}, those set aside left out"),
)
def at_least_both_without(nation_kept: pd.DataFrame, vehicles: int, deaths: int) -> int:
    return crashes.number(nation_kept, vehicles, deaths)


_KEPT = {
    "vehicles": mark("Its place by vehicles, nationally, crashes set aside left out"),
    "deaths": mark("Its place by deaths, nationally, crashes set aside left out"),
    "both": mark("Its place by vehicles and deaths together, nationally, crashes set aside left out"),
}


@finding("crashes.rank_by_{key}_without_set_aside", mark("place"), _KEPT, each="measures")
def rank_without(nation_kept: pd.DataFrame, crash: Crash, one: By) -> int | None:
    return crashes.rank(nation_kept, crash, one).place if one in crash.measures else None


@finding(
    "crashes.at_least_vehicles_with_set_aside",
    mark("crashes"),
    mark("Fatal crashes with {least_vehicles}, those set aside counted too"),
)
def at_least_vehicles_with(
    nation_whole: pd.DataFrame, vehicles: int, parameter_exclusions: bool
) -> int | None:
    return crashes.number(nation_whole, vehicles) if parameter_exclusions else None
