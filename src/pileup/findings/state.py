"""The crash among the fatal crashes of one state, and the state's roads in the year of the crash."""

import pandas as pd

from pileup.case.model import Crash as Key
from pileup.findings.crash import by_measure
from pileup.findings.declare import finding, given
from pileup.record import crashes
from pileup.record.crashes import By, Crash, InState, Rank
from pileup.record.states import STATES, in_sentence
from pileup.words.language import mark


@given
def state(parameter_state: str, case_state: str | None = None) -> str | None:
    """Postal code of the state to rank in: the parameter, or else the case's own, if it is in one."""
    return parameter_state or case_state


@given
def words_state(state: str) -> str:
    """Name of that state, as it stands in a sentence."""
    return in_sentence(state)


@given
def in_state(nation: pd.DataFrame, state: str) -> pd.DataFrame:
    """Counts of fatal crashes in the chosen state and years."""
    return nation[nation["state"] == state]


@given
def state_ranks(in_state: pd.DataFrame, crash: Crash) -> dict[By, Rank]:
    """Its place in the state by each measure that is known."""
    return {by: crashes.rank(in_state, crash, by) for by in crash.measures}


@given
def year(case_crash: Key) -> int:
    """The year of the crash."""
    return case_crash.date.year


@given
def that_year(table_crashes: pd.DataFrame, year: int, state: str) -> pd.DataFrame | None:
    """Counts of fatal crashes in the state in the year of the crash; absent where there are none."""
    chosen = crashes.select(table_crashes, year, year, state)
    return chosen if len(chosen) else None


@finding("crashes.state_fatal_crashes", mark("crashes"), mark("Fatal crashes in {state}"))
def state_fatal_crashes(in_state: pd.DataFrame) -> int:
    return crashes.number(in_state)


_PLACES = {
    "vehicles": mark("Its place by vehicles in {state}"),
    "deaths": mark("Its place by deaths in {state}"),
    "both": mark("Its place by vehicles and deaths together in {state}"),
}
_JOINT = {
    "vehicles": mark("Other crashes in {state} with as many vehicles"),
    "deaths": mark("Other crashes in {state} with as many deaths"),
    "both": mark("Other crashes in {state} with as many vehicles and as many deaths"),
}
_SMALLER = {
    "vehicles": mark("Share of fatal crashes in {state} with fewer than {its_vehicles}"),
    "deaths": mark("Share of fatal crashes in {state} with fewer than {its_deaths}"),
    "both": mark(
        "Share of fatal crashes in {state} with fewer than {its_vehicles} and fewer than {its_deaths}"
    ),
}


@finding("crashes.state_rank_by_{key}", mark("place"), _PLACES, each="measures")
def state_rank(state_ranks: dict[By, Rank], one: By) -> int | None:
    return state_ranks[one].place if one in state_ranks else None


@finding("crashes.state_joint_by_{key}", mark("crashes"), _JOINT, each="measures")
def state_joint(state_ranks: dict[By, Rank], one: By) -> int | None:
    return state_ranks[one].joint if one in state_ranks else None


@finding("crashes.state_smaller_percent{key}", mark("percent"), _SMALLER, each="measures", key=by_measure)
def state_smaller_percent(in_state: pd.DataFrame, crash: Crash, one: By) -> float | None:
    return crashes.percent_smaller(in_state, crash, one) if one in crash.measures else None


@finding(
    "crashes.state_reach_only_one",
    mark("crashes"),
    mark("Fatal crashes in {state} with at least {its_vehicles} or at least {its_deaths}, but not both"),
)
def state_reach_only_one(in_state: pd.DataFrame, crash: Crash, own_vehicles: int, own_deaths: int) -> int:
    return crashes.reach_only_one(in_state, crash)


@finding(
    "crashes.state_next_largest_vehicles",
    mark("vehicles"),
    mark("Vehicles in the largest other fatal crash of {state} that is no larger"),
)
def state_next_largest(in_state: pd.DataFrame, crash: Crash, own_vehicles: int) -> int | None:
    return crashes.next_largest(in_state, crash)


@finding(
    "crashes.state_largest_vehicles", mark("vehicles"), mark("Vehicles in the largest fatal crash of {state}")
)
def state_largest(in_state: pd.DataFrame) -> int | None:
    return max(crashes.by_vehicles(in_state), default=None)


@finding(
    "crashes.state_at_least_10", mark("crashes"), mark("Fatal crashes in {state} with 10 vehicles or more")
)
def state_at_least_10(in_state: pd.DataFrame) -> int:
    return crashes.number(in_state, vehicles=10)


@finding(
    "crashes.state_at_least_vehicles",
    mark("crashes"),
    mark("Fatal crashes in {state} with {least_vehicles}"),
)
def state_at_least_vehicles(in_state: pd.DataFrame, vehicles: int) -> int:
    return crashes.number(in_state, vehicles)


@finding(
    "crashes.state_at_least_deaths",
    mark("crashes"),
    mark("Fatal crashes in {state} with {least_deaths}"),
)
def state_at_least_deaths(in_state: pd.DataFrame, deaths: int) -> int:
    return crashes.number(in_state, deaths=deaths)


@finding(
    "crashes.state_at_least_both",
    mark("crashes"),
    mark("Fatal crashes in {state} with {many_vehicles} and {least_deaths}"),
)
def state_at_least_both(in_state: pd.DataFrame, vehicles: int, deaths: int) -> int:
    return crashes.number(in_state, vehicles, deaths)


@given
def by_state(nation: pd.DataFrame, vehicles: int) -> list[InState]:
    """The crashes of each of the 50 states and DC, with the largest of each."""
    return crashes.by_state(nation, vehicles)


@given
def by_state_deaths(nation: pd.DataFrame, deaths: int, vehicles: int | None = None) -> list[InState] | None:
    """The same with the deadliest of each, where no number of vehicles is known or asked for."""
    return crashes.by_state(nation, deaths=deaths, by="deaths") if vehicles is None else None


@finding(
    "crashes.state_largest_deaths", mark("deaths"), mark("Deaths in the deadliest fatal crash of {state}")
)
def state_deadliest(in_state: pd.DataFrame, deaths: int, vehicles: int | None = None) -> int | None:
    return int(in_state["deaths"].max()) if vehicles is None and len(in_state) else None


@finding(
    "crashes.states_not_reaching_deaths",
    mark("states"),
    mark("States, DC counted as one, in which no fatal crash had {least_deaths}"),
)
def states_not_reaching_deaths(by_state_deaths: list[InState]) -> int:
    return sum(one.crashes > 0 and not one.reaching for one in by_state_deaths)


@finding("crashes.states", mark("states"), mark("States with a fatal crash on file, DC counted as one"))
def states_on_file(nation: pd.DataFrame) -> int:
    return len(set(STATES) & set(nation["state"]))


@finding(
    "crashes.states_not_reaching",
    mark("states"),
    mark("States, DC counted as one, in which no fatal crash had {least_vehicles}"),
)
def states_not_reaching(by_state: list[InState], vehicles: int) -> int:
    return sum(one.crashes > 0 and not one.reaching for one in by_state)


@finding("crashes.state_year_deaths", mark("people"), mark("People killed on the roads in {year}, {state}"))
def state_year_deaths(that_year: pd.DataFrame) -> int:
    return crashes.deaths_in(that_year)


@finding("crashes.state_year_crashes", mark("crashes"), mark("Fatal crashes in {state} in {year}"))
def state_year_crashes(that_year: pd.DataFrame) -> int:
    return crashes.number(that_year)


@finding(
    "crashes.state_deaths_per_100_million_miles",
    mark("deaths per 100 million vehicle miles"),
    mark("People killed for each 100 million miles traveled in {state} in {year}"),
)
def deaths_per_100_million_miles(state_year_deaths: int, state_miles: int) -> float:
    return crashes.per_100_million_miles(state_year_deaths, state_miles)


@finding(
    "crashes.state_miles", mark("vehicle miles"), mark("Miles that vehicles traveled in {state} in {year}")
)
def state_miles(table_miles: pd.DataFrame, state: str, year: int, that_year: pd.DataFrame) -> int | None:
    found = table_miles.loc[(table_miles["state"] == state) & (table_miles["year"] == year), "miles"]
    return int(found.iloc[0]) if len(found) else None
