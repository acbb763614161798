"""Findings on the crash: its place among the fatal crashes on file."""

from collections import Counter
from typing import TYPE_CHECKING

from pileup import conditions, crashes
from pileup.story import words
from pileup.story.findings.record import Findings

if TYPE_CHECKING:
    from pileup.story.report import Report


def add(found: Findings, report: "Report") -> None:
    """Add how many crashes were as large, the ranks in nation and state, and the share with a large truck."""
    crash, nation, state = report.crash, report.nation, report.in_state
    table = "table crashes (NHTSA FARS)"
    years = f"years {report.parameters.first_year} to {report.parameters.last_year}"
    vehicles, deaths = report.vehicles, report.deaths
    place = report.state_name
    own = "case: its vehicles, deaths and FARS key"

    found.add("crashes.years", nation["year"].nunique(), "years", "Years of crashes counted", table, years)
    total = crashes.number(nation)
    found.add(
        "crashes.fatal_crashes", total, "crashes", "Fatal crashes in the 50 states and DC", table, years
    )
    found.add(
        "crashes.people_killed", crashes.deaths_in(nation), "people", "People killed in them", table, years
    )
    many = crashes.number(nation, vehicles=vehicles)
    found.add(
        "crashes.at_least_vehicles",
        many,
        "crashes",
        f"Fatal crashes with {vehicles} vehicles or more",
        table,
        years,
        own,
    )
    if many:
        found.add(
            "crashes.one_in",
            round(total / many),
            "fatal crashes",
            f"One fatal crash in so many had {vehicles} vehicles or more",
            "crashes.fatal_crashes / crashes.at_least_vehicles",
        )
    deadly = crashes.number(nation, deaths=deaths)
    found.add(
        "crashes.at_least_deaths",
        deadly,
        "crashes",
        f"Fatal crashes with {deaths} deaths or more",
        table,
        years,
        own,
    )
    found.add(
        "crashes.at_least_both",
        crashes.number(nation, vehicles, deaths),
        "crashes",
        f"Fatal crashes with {vehicles} vehicles and {deaths} deaths or more",
        table,
        years,
        own,
    )
    place_in_nation = crashes.rank_by_vehicles(nation, crash)
    found.add(
        "crashes.rank_by_vehicles",
        place_in_nation.place,
        "place",
        "Its place by vehicles, nationally",
        table,
        years,
        own,
    )
    found.add(
        "crashes.joint_by_vehicles",
        place_in_nation.joint,
        "crashes",
        "Other crashes with as many vehicles",
        table,
        years,
        own,
    )

    for by, rank in (("deaths", crashes.rank_by_deaths), ("both", crashes.rank_by_both)):
        stands = rank(nation, crash)
        what = "deaths" if by == "deaths" else "vehicles and deaths together"
        found.add(
            f"crashes.rank_by_{by}",
            stands.place,
            "place",
            f"Its place by {what}, nationally",
            table,
            years,
            own,
        )
        found.add(
            f"crashes.joint_by_{by}", stands.joint, "crashes", f"Others equal by {what}", table, years, own
        )
    found.add(
        "crashes.smaller_percent",
        crashes.percent_smaller(nation, crash.vehicles),
        "percent",
        f"Share of fatal crashes with fewer than {crash.vehicles} vehicles",
        table,
        years,
        own,
    )

    aside = report.set_aside
    left_out = report.parameters.exclusions
    found.add(
        "crashes.set_aside",
        len(aside),
        "crashes",
        "Crashes set aside with a reason",
        "table set-aside",
        years,
    )
    found.add(
        "crashes.at_least_vehicles_without_set_aside",
        many - (0 if left_out else sum(one.vehicles >= vehicles for one in aside)),
        "crashes",
        f"Fatal crashes with {vehicles} vehicles or more, those set aside left out",
        "crashes.at_least_vehicles",
        "tables set-aside, large-crashes",
    )
    found.add(
        "crashes.at_least_both_without_set_aside",
        found.value("crashes.at_least_both")
        - (0 if left_out else sum(one.vehicles >= vehicles and one.deaths >= deaths for one in aside)),
        "crashes",
        f"Fatal crashes with {vehicles} vehicles and {deaths} deaths or more, those set aside left out",
        "crashes.at_least_both",
        "tables set-aside, large-crashes",
    )
    if left_out:
        found.add(
            "crashes.at_least_vehicles_with_set_aside",
            many + sum(one.vehicles >= vehicles for one in aside),
            "crashes",
            f"Fatal crashes with {vehicles} vehicles or more, those set aside counted too",
            "crashes.at_least_vehicles",
            "tables set-aside, large-crashes",
        )

    found.add(
        "crashes.state_fatal_crashes",
        crashes.number(state),
        "crashes",
        f"Fatal crashes in {place}",
        table,
        years,
    )
    place_in_state = crashes.rank_by_vehicles(state, crash)
    found.add(
        "crashes.state_rank_by_vehicles",
        place_in_state.place,
        "place",
        f"Its place by vehicles in {place}",
        table,
        years,
        own,
    )
    found.add(
        "crashes.state_joint_by_vehicles",
        place_in_state.joint,
        "crashes",
        f"Others in {place} with as many vehicles",
        table,
        years,
        own,
    )
    found.add(
        "crashes.state_next_largest_vehicles",
        crashes.next_largest(state, crash),
        "vehicles",
        f"Vehicles in the largest other fatal crash of {place} that is no larger",
        table,
        years,
        own,
    )
    found.add(
        "crashes.state_largest_vehicles",
        max(crashes.by_vehicles(state), default=None),
        "vehicles",
        f"Vehicles in the largest fatal crash of {place}",
        table,
        years,
    )
    found.add(
        "crashes.state_at_least_10",
        crashes.number(state, vehicles=10),
        "crashes",
        f"Fatal crashes in {place} with 10 vehicles or more",
        table,
        years,
    )
    found.add(
        "crashes.state_at_least_deaths",
        crashes.number(state, deaths=deaths),
        "crashes",
        f"Fatal crashes in {place} with {deaths} deaths or more",
        table,
        years,
        own,
    )
    that_year = crashes.select(report.all_counts, crash.year, crash.year, report.state)
    if len(that_year):
        found.add(
            "crashes.state_year_deaths",
            crashes.deaths_in(that_year),
            "people",
            f"People killed on the roads of {place} in {crash.year}",
            table,
        )
        found.add(
            "crashes.state_year_crashes",
            crashes.number(that_year),
            "crashes",
            f"Fatal crashes in {place} in {crash.year}",
            table,
        )
        miles = report.miles(crash.year)
        if miles:
            found.add(
                "crashes.state_deaths_per_100_million_miles",
                crashes.per_100_million_miles(crashes.deaths_in(that_year), miles),
                "deaths per 100 million vehicle miles",
                f"People killed for each 100 million miles travelled in {place} in {crash.year}",
                "crashes.state_year_deaths",
                f"table miles: {miles:,} vehicle miles",
            )
            found.add(
                "crashes.state_miles",
                miles,
                "vehicle miles",
                f"Miles that vehicles travelled in {place} in {crash.year}",
                "table miles (FHWA, Highway Statistics VM-2)",
            )
    for decade in crashes.by_decade(nation, vehicles):
        of = f"{decade.first}_{decade.last}"
        label = (
            f"Fatal crashes with {vehicles} vehicles or more, {words.years_span(decade.first, decade.last)}"
        )
        found.add(f"crashes.decade.large.{of}", decade.large, "crashes", label, table)
        found.add(
            f"crashes.decade.one_in.{of}",
            round(decade.one_in) if decade.large else None,
            "fatal crashes",
            f"One in so many had {vehicles} vehicles or more, {words.years_span(decade.first, decade.last)}",
            f"crashes.decade.large.{of}",
            table,
        )
    classes = Counter(conditions.weather(one.year, one.weather) for one in report.large)
    for name in (*conditions.WEATHER, conditions.NOT_REPORTED, conditions.UNKNOWN):
        found.add(
            f"crashes.weather.{'_'.join(name.replace(',', '').split())}",
            classes[name],
            "crashes",
            f"Fatal crashes with {crashes.LARGE} vehicles or more, weather: {name}",
            "table large-crashes: weather, read as each year coded it",
            years,
        )
    big = crashes.per_year(nation, crashes.LARGE)
    found.add(
        "crashes.at_least_20",
        sum(big.values()),
        "crashes",
        f"Fatal crashes with {crashes.LARGE} vehicles or more",
        table,
        years,
    )
    found.add(
        "crashes.at_least_20_a_year",
        sum(big.values()) / len(big) if len(big) else None,
        "crashes a year",
        f"Fatal crashes with {crashes.LARGE} vehicles or more, on average a year",
        "crashes.at_least_20 / crashes.years",
    )
    single = crashes.number(nation) - crashes.number(nation, vehicles=3)
    found.add(
        "crashes.up_to_two_vehicles_percent",
        100 * single / total if total else None,
        "percent",
        "Share of fatal crashes with one or two vehicles",
        table,
        years,
    )
    told = report.truck_years
    for size in crashes.truck_share(nation):
        if not size.known:
            continue
        of_size = words.size_class(size.least, size.most)
        parts = (
            ("trucks", size.trucks, "crashes", f"Fatal crashes of {of_size} with a large truck"),
            ("known", size.known, "crashes", f"Fatal crashes of {of_size} for which that is known"),
            ("percent", size.percent, "percent", f"Share of fatal crashes of {of_size} with a large truck"),
        )
        for part, value, unit, label in parts:
            found.add(f"crashes.truck.{part}.from_{size.least}", value, unit, label, table, f"years {told}")
