"""Findings on the crash: its place among the fatal crashes on file."""

from collections import Counter
from typing import TYPE_CHECKING

from pileup.findings.record import Findings, Input
from pileup.record import conditions, crashes
from pileup.words import written
from pileup.words.language import _, mark

if TYPE_CHECKING:
    import pandas as pd

    from pileup.story.report import Report


#: By measure: its place, the crashes equal to it, the share of smaller ones; in the nation and in a state.
_STANDS = {
    "vehicles": {
        "nation": (
            mark("Its place by vehicles, nationally"),
            mark("Other crashes with as many vehicles"),
            mark("Share of fatal crashes with fewer than {vehicles} vehicles"),
        ),
        "state": (
            mark("Its place by vehicles in {state}"),
            mark("Other crashes in {state} with as many vehicles"),
            mark("Share of fatal crashes in {state} with fewer than {vehicles} vehicles"),
        ),
    },
    "deaths": {
        "nation": (
            mark("Its place by deaths, nationally"),
            mark("Other crashes with as many deaths"),
            mark("Share of fatal crashes with fewer than {deaths} deaths"),
        ),
        "state": (
            mark("Its place by deaths in {state}"),
            mark("Other crashes in {state} with as many deaths"),
            mark("Share of fatal crashes in {state} with fewer than {deaths} deaths"),
        ),
    },
    "both": {
        "nation": (
            mark("Its place by vehicles and deaths together, nationally"),
            mark("Other crashes with as many vehicles and as many deaths"),
            mark("Share of fatal crashes with fewer than {vehicles} vehicles and fewer than {deaths} deaths"),
        ),
        "state": (
            mark("Its place by vehicles and deaths together in {state}"),
            mark("Other crashes in {state} with as many vehicles and as many deaths"),
            mark(
                "Share of fatal crashes in {state} with fewer than {vehicles} vehicles and fewer than"
                " {deaths} deaths"
            ),
        ),
    },
}
_REACH_ONE = {
    "nation": mark(
        "Fatal crashes with at least {vehicles} vehicles or at least {deaths} deaths, but not both"
    ),
    "state": mark(
        "Fatal crashes in {state} with at least {vehicles} vehicles or at least {deaths} deaths, but not both"
    ),
}
_KEPT = {
    "vehicles": mark("Its place by vehicles, nationally, crashes set aside left out"),
    "deaths": mark("Its place by deaths, nationally, crashes set aside left out"),
    "both": mark("Its place by vehicles and deaths together, nationally, crashes set aside left out"),
}


def add(found: Findings, report: "Report") -> None:
    """Add how many crashes were as large, the ranks in nation and state, and the share with a large truck."""
    crash, nation, state = report.crash, report.nation, report.in_state
    table = Input(_("table {name} (NHTSA FARS)").format(name="crashes"), ("table.crashes",))
    chosen = report.parameters
    between = ("parameter.first_year", "parameter.last_year")
    years = Input(
        _("years {first} to {last}").format(first=chosen.first_year, last=chosen.last_year), between
    )
    vehicles, deaths = report.vehicles, report.deaths
    place = report.state_name
    own = Input(_("case: its vehicles, deaths and FARS key"), ("parameter.vehicles", "parameter.deaths"))

    found.add(
        "crashes.years", nation["year"].nunique(), mark("years"), _("Years of crashes counted"), table, years
    )
    total = crashes.number(nation)
    found.add(
        "crashes.fatal_crashes",
        total,
        mark("crashes"),
        _("Fatal crashes in the 50 states and DC"),
        table,
        years,
    )
    found.add(
        "crashes.people_killed",
        crashes.deaths_in(nation),
        mark("people"),
        _("People killed in them"),
        table,
        years,
    )
    many = crashes.number(nation, vehicles=vehicles)
    found.add(
        "crashes.at_least_vehicles",
        many,
        mark("crashes"),
        _("Fatal crashes with {vehicles} vehicles or more").format(vehicles=vehicles),
        table,
        years,
        own,
    )
    if many:
        found.add(
            "crashes.one_in",
            round(total / many),
            mark("fatal crashes"),
            _("One fatal crash in so many had {vehicles} vehicles or more").format(vehicles=vehicles),
            "crashes.fatal_crashes / crashes.at_least_vehicles",
        )
    deadly = crashes.number(nation, deaths=deaths)
    found.add(
        "crashes.at_least_deaths",
        deadly,
        mark("crashes"),
        _("Fatal crashes with {deaths} deaths or more").format(deaths=deaths),
        table,
        years,
        own,
    )
    found.add(
        "crashes.at_least_both",
        crashes.number(nation, vehicles, deaths),
        mark("crashes"),
        _("Fatal crashes with {vehicles} vehicles and {deaths} deaths or more").format(
            vehicles=vehicles, deaths=deaths
        ),
        table,
        years,
        own,
    )
    _stands(found, nation, crash, "crashes.", "", (table, years, own))

    aside = report.set_aside
    large = Input(
        _("tables {names}").format(names="set-aside, large-crashes"),
        ("table.set-aside", "table.large-crashes"),
    )
    left_out = report.parameters.exclusions
    found.add(
        "crashes.set_aside",
        len(aside),
        mark("crashes"),
        _("Crashes set aside with a reason"),
        Input(_("table {name}").format(name="set-aside"), ("table.set-aside",)),
        years,
    )
    kept = nation if left_out else crashes.without(nation, aside)
    found.add(
        "crashes.at_least_vehicles_without_set_aside",
        crashes.number(kept, vehicles),
        mark("crashes"),
        _("Fatal crashes with {vehicles} vehicles or more, those set aside left out").format(
            vehicles=vehicles
        ),
        "crashes.at_least_vehicles",
        large,
    )
    found.add(
        "crashes.at_least_both_without_set_aside",
        crashes.number(kept, vehicles, deaths),
        mark("crashes"),
        _(
            "Fatal crashes with {vehicles} vehicles and {deaths} deaths or more, those set aside left out"
        ).format(vehicles=vehicles, deaths=deaths),
        "crashes.at_least_both",
        large,
    )
    for by in crashes.MEASURES:
        found.add(
            f"crashes.rank_by_{by}_without_set_aside",
            crashes.rank(kept, crash, by).place,
            mark("place"),
            _(_KEPT[by]),
            f"crashes.rank_by_{by}",
            large,
        )
    if left_out:
        found.add(
            "crashes.at_least_vehicles_with_set_aside",
            many + sum(one.vehicles >= vehicles for one in aside),
            mark("crashes"),
            _("Fatal crashes with {vehicles} vehicles or more, those set aside counted too").format(
                vehicles=vehicles
            ),
            "crashes.at_least_vehicles",
            large,
        )

    found.add(
        "crashes.state_fatal_crashes",
        crashes.number(state),
        mark("crashes"),
        _("Fatal crashes in {state}").format(state=place),
        table,
        years,
    )
    _stands(found, state, crash, "crashes.state_", place, (table, years, own))
    found.add(
        "crashes.state_next_largest_vehicles",
        crashes.next_largest(state, crash),
        mark("vehicles"),
        _("Vehicles in the largest other fatal crash of {state} that is no larger").format(state=place),
        table,
        years,
        own,
    )
    found.add(
        "crashes.state_largest_vehicles",
        max(crashes.by_vehicles(state), default=None),
        mark("vehicles"),
        _("Vehicles in the largest fatal crash of {state}").format(state=place),
        table,
        years,
    )
    found.add(
        "crashes.state_at_least_10",
        crashes.number(state, vehicles=10),
        mark("crashes"),
        _("Fatal crashes in {state} with 10 vehicles or more").format(state=place),
        table,
        years,
    )
    for name, least, label in (
        ("vehicles", (vehicles, 0), _("Fatal crashes in {state} with {vehicles} vehicles or more")),
        ("deaths", (0, deaths), _("Fatal crashes in {state} with {deaths} deaths or more")),
        (
            "both",
            (vehicles, deaths),
            _("Fatal crashes in {state} with {vehicles} vehicles and {deaths} deaths or more"),
        ),
    ):
        found.add(
            f"crashes.state_at_least_{name}",
            crashes.number(state, *least),
            mark("crashes"),
            label.format(state=place, vehicles=vehicles, deaths=deaths),
            table,
            years,
            own,
        )
    that_year = crashes.select(report.all_counts, crash.year, crash.year, report.state)
    if len(that_year):
        found.add(
            "crashes.state_year_deaths",
            crashes.deaths_in(that_year),
            mark("people"),
            _("People killed on the roads of {state} in {year}").format(state=place, year=crash.year),
            table,
        )
        found.add(
            "crashes.state_year_crashes",
            crashes.number(that_year),
            mark("crashes"),
            _("Fatal crashes in {state} in {year}").format(state=place, year=crash.year),
            table,
        )
        miles = report.miles(crash.year)
        if miles:
            found.add(
                "crashes.state_deaths_per_100_million_miles",
                crashes.per_100_million_miles(crashes.deaths_in(that_year), miles),
                mark("deaths per 100 million vehicle miles"),
                _("People killed for each 100 million miles travelled in {state} in {year}").format(
                    state=place, year=crash.year
                ),
                "crashes.state_year_deaths",
                Input(
                    _("table {name}: {miles} vehicle miles").format(
                        name="miles", miles=written.number(miles)
                    ),
                    ("table.miles",),
                ),
            )
            found.add(
                "crashes.state_miles",
                miles,
                mark("vehicle miles"),
                _("Miles that vehicles travelled in {state} in {year}").format(state=place, year=crash.year),
                Input(
                    _("table {name} (FHWA, Highway Statistics VM-2)").format(name="miles"), ("table.miles",)
                ),
            )
    for decade in crashes.by_decade(nation, vehicles):
        of = f"{decade.first}_{decade.last}"
        span = written.years_span(decade.first, decade.last)
        label = _("Fatal crashes with {vehicles} vehicles or more, {years}").format(
            vehicles=vehicles, years=span
        )
        found.add(f"crashes.decade.large.{of}", decade.large, mark("crashes"), label, table)
        found.add(
            f"crashes.decade.one_in.{of}",
            round(decade.one_in) if decade.large else None,
            mark("fatal crashes"),
            _("One in so many had {vehicles} vehicles or more, {years}").format(
                vehicles=vehicles, years=span
            ),
            f"crashes.decade.large.{of}",
            table,
        )
    classes = Counter(conditions.weather(one.year, one.weather) for one in report.large)
    for name in (*conditions.WEATHER, conditions.NOT_REPORTED, conditions.UNKNOWN):
        found.add(
            f"crashes.weather.{'_'.join(name.replace(',', '').split())}",
            classes[name],
            mark("crashes"),
            _("Fatal crashes with {vehicles} vehicles or more, weather: {weather}").format(
                vehicles=crashes.LARGE, weather=_(name)
            ),
            Input(
                _("table {name}: weather, read as each year coded it").format(name="large-crashes"),
                ("table.large-crashes",),
            ),
            years,
        )
    big = crashes.per_year(nation, crashes.LARGE)
    found.add(
        "crashes.at_least_20",
        sum(big.values()),
        mark("crashes"),
        _("Fatal crashes with {vehicles} vehicles or more").format(vehicles=crashes.LARGE),
        table,
        years,
    )
    found.add(
        "crashes.at_least_20_a_year",
        sum(big.values()) / len(big) if len(big) else None,
        mark("crashes a year"),
        _("Fatal crashes with {vehicles} vehicles or more, on average a year").format(vehicles=crashes.LARGE),
        "crashes.at_least_20 / crashes.years",
    )
    single = crashes.number(nation) - crashes.number(nation, vehicles=3)
    found.add(
        "crashes.up_to_two_vehicles_percent",
        100 * single / total if total else None,
        mark("percent"),
        _("Share of fatal crashes with one or two vehicles"),
        table,
        years,
    )
    told = Input(_("years {years}").format(years=report.truck_years), between)
    for size in crashes.truck_share(nation):
        if not size.known:
            continue
        of_size = written.size_class(size.least, size.most)
        parts = (
            (
                "trucks",
                size.trucks,
                mark("crashes"),
                _("Fatal crashes of {size} with a large truck").format(size=of_size),
            ),
            (
                "known",
                size.known,
                mark("crashes"),
                _("Fatal crashes of {size} for which that is known").format(size=of_size),
            ),
            (
                "percent",
                size.percent,
                mark("percent"),
                _("Share of fatal crashes of {size} with a large truck").format(size=of_size),
            ),
        )
        for part, value, unit, label in parts:
            found.add(f"crashes.truck.{part}.from_{size.least}", value, unit, label, table, told)


def _stands(
    found: Findings,
    counts: "pd.DataFrame",
    crash: crashes.Crash,
    prefix: str,
    state: str,
    origins: tuple[Input, ...],
) -> None:
    """Add where the crash stands among some crashes: by each measure its place, its equals, the smaller.

    Parameters
    ----------
    prefix : str
        How the ids begin.
    state : str
        The name of the state whose crashes they are; empty for the nation.
    """
    where = "state" if state else "nation"
    named = {"state": state, "vehicles": crash.vehicles, "deaths": crash.deaths}
    for by in crashes.MEASURES:
        stands = crashes.rank(counts, crash, by)
        place, equal, smaller = (_(label).format(**named) for label in _STANDS[by][where])
        found.add(f"{prefix}rank_by_{by}", stands.place, mark("place"), place, *origins)
        found.add(f"{prefix}joint_by_{by}", stands.joint, mark("crashes"), equal, *origins)
        # By vehicles the id is without the measure, as in the first published page.
        found.add(
            f"{prefix}smaller_percent{'' if by == 'vehicles' else f'_by_{by}'}",
            crashes.percent_smaller(counts, crash, by),
            mark("percent"),
            smaller,
            *origins,
        )
    found.add(
        f"{prefix}reach_only_one",
        crashes.reach_only_one(counts, crash),
        mark("crashes"),
        _(_REACH_ONE[where]).format(**named),
        *origins,
    )
