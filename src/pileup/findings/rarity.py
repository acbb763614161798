"""How rare large pileups are: by decade, by weather, by size, and how many have a large truck in them."""

from collections import Counter

import pandas as pd

from pileup.findings.declare import finding, given
from pileup.record import conditions, crashes
from pileup.record.crashes import LARGE, Listed, SizeClass, Span
from pileup.words import written
from pileup.words.language import _, mark


def _span(decade: Span) -> str:
    return f"{decade.first}_{decade.last}"


def _years(decade: Span) -> dict[str, str]:
    return {"years": written.years_held(decade.years)}


@given
def decades(nation: pd.DataFrame, vehicles: int) -> list[Span]:
    """The crashes of each decade, and those with at least as many vehicles."""
    return crashes.by_decade(nation, vehicles)


@finding(
    "crashes.decade.large.{key}",
    mark("crashes"),
    mark("Fatal crashes with {least_vehicles}, {years}"),
    each="decades",
    key=_span,
    says=_years,
)
def decade_large(one: Span) -> int:
    return one.large


@finding(
    "crashes.decade.one_in.{key}",
    mark("fatal crashes"),
    mark("One in so many had {least_vehicles}, {years}"),
    each="decades",
    key=_span,
    says=_years,
)
def decade_one_in(one: Span) -> int | None:
    return one.one_in


@given
def decades_by_deaths(nation: pd.DataFrame, deaths: int, vehicles: int | None = None) -> list[Span] | None:
    """The same by deaths, where no number of vehicles is known or asked for."""
    return crashes.by_decade(nation, deaths=deaths) if vehicles is None else None


@finding(
    "crashes.decade.large_by_deaths.{key}",
    mark("crashes"),
    mark("Fatal crashes with {least_deaths}, {years}"),
    each="decades_by_deaths",
    key=_span,
    says=_years,
)
def decade_large_by_deaths(one: Span) -> int:
    return one.large


@finding(
    "crashes.decade.one_in_by_deaths.{key}",
    mark("fatal crashes"),
    mark("One in so many had {least_deaths}, {years}"),
    each="decades_by_deaths",
    key=_span,
    says=_years,
)
def decade_one_in_by_deaths(one: Span) -> int | None:
    return one.one_in


@given
def weather_classes() -> list[str]:
    """The kinds of weather that all years share, and what is not told or not known."""
    return [*conditions.WEATHER, conditions.NOT_REPORTED, conditions.UNKNOWN]


@given
def weather_of_large(large: list[Listed]) -> Counter[str]:
    """The weather of the crashes that are listed one by one, read as each year coded it."""
    return Counter(conditions.weather(one.year, one.weather) for one in large)


@finding(
    "crashes.weather.{key}",
    mark("crashes"),
    mark("Fatal crashes with {vehicles} vehicles or more, weather: {weather}"),
    each="weather_classes",
    key=lambda name: "_".join(name.replace(",", "").split()),
    says=lambda name: {"vehicles": LARGE, "weather": _(name)},
    how=mark("weather read as each year coded it"),
)
def weather_number(weather_of_large: Counter[str], one: str) -> int:
    return weather_of_large[one]


@given
def large_each_year(nation: pd.DataFrame) -> dict[int, int]:
    """Crashes of each year with 20 vehicles or more."""
    return crashes.per_year(nation, LARGE)


def of_20(_item: None) -> dict[str, int]:
    """Say from which size on crashes are listed one by one."""
    return {"vehicles": LARGE}


@finding(
    "crashes.at_least_20",
    mark("crashes"),
    mark("Fatal crashes with {vehicles} vehicles or more"),
    says=of_20,
)
def at_least_20(large_each_year: dict[int, int]) -> int:
    return sum(large_each_year.values())


@finding(
    "crashes.at_least_20_a_year",
    mark("crashes a year"),
    mark("Fatal crashes with {vehicles} vehicles or more, on average a year"),
    says=of_20,
)
def at_least_20_a_year(at_least_20: int, years_counted: int) -> float | None:
    return at_least_20 / years_counted if years_counted else None


@finding(
    "crashes.up_to_two_vehicles_percent",
    mark("percent"),
    mark("Share of fatal crashes with one or two vehicles"),
)
def up_to_two_percent(nation: pd.DataFrame, fatal_crashes: int) -> float | None:
    small = crashes.number(nation, vehicles=1) - crashes.number(nation, vehicles=3)
    return 100 * small / fatal_crashes if fatal_crashes else None


@given
def truck_sizes(nation: pd.DataFrame) -> list[SizeClass]:
    """The crashes of each size for which it is known whether a large truck was involved."""
    return [size for size in crashes.truck_share(nation) if size.known]


def _least(size: SizeClass) -> str:
    return f"from_{size.least}"


def _size(size: SizeClass) -> dict[str, str]:
    return {"size": written.size_class(size.least, size.most)}


@finding(
    "crashes.truck.trucks.{key}",
    mark("crashes"),
    mark("Fatal crashes of {size} with a large truck"),
    each="truck_sizes",
    key=_least,
    says=_size,
)
def truck_number(one: SizeClass) -> int:
    return one.trucks


@finding(
    "crashes.truck.known.{key}",
    mark("crashes"),
    mark("Fatal crashes of {size} for which that is known"),
    each="truck_sizes",
    key=_least,
    says=_size,
)
def truck_known(one: SizeClass) -> int:
    return one.known


@finding(
    "crashes.truck.percent.{key}",
    mark("percent"),
    mark("Share of fatal crashes of {size} with a large truck"),
    each="truck_sizes",
    key=_least,
    says=_size,
)
def truck_percent(one: SizeClass) -> float:
    return one.percent
