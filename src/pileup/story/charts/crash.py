"""Charts of the crash against every fatal crash that FARS holds."""

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from pileup import crashes
from pileup.data import load_table
from pileup.states import STATES
from pileup.story import words
from pileup.story.blocks import Chart, Column, Number, Table
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, both, canvas, dots, label, line, row_axis
from pileup.story.fill import fill
from pileup.story.findings import LARGE
from pileup.story.report import Report

VEHICLES_NOTE = (
    "Vehicles are all those in the crash from 2005 on, parked ones included; before 2005, and in the first "
    "releases of 2021 and 2022, those in transport only."
)


def _source(report: Report) -> str:
    first, last = report.parameters.first_year, report.parameters.last_year
    editions = load_table("editions")
    early = editions.loc[editions["year"].between(first, last) & (editions["edition"] != "final"), "year"]
    note = f" ({_spans(early)}: first releases)" if len(early) else ""
    return f"National Highway Traffic Safety Administration, FARS {first}–{last}{note}; own count."


def _spans(years: Iterable[int]) -> str:
    """Write a list of years as spans: 1982–2012, 2018–2019."""
    runs: list[list[int]] = []
    for year in sorted(int(year) for year in years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _truck_years(report: Report) -> str:
    known = report.nation.loc[report.nation["large_truck"] != "unknown", "year"].unique()
    return _spans(known)


def _years(report: Report) -> str:
    return f"{report.parameters.first_year} to {report.parameters.last_year}"


def _this(report: Report) -> str:
    """Name the case's crash in a label."""
    return f"{report.case.crash.place.split(',')[0]}, {report.case.crash.date.year}"


def vehicles(report: Report) -> Chart:
    """How many vehicles does a fatal crash involve, and where does this one stand?"""
    counts = crashes.by_vehicles(report.nation)
    own = report.crash.vehicles

    def draw(narrow: bool) -> go.Figure:
        figure = canvas(narrow, 320 if narrow else 360, left=58 if narrow else 70, right=14, top=24, bottom=48)
        colors = [ACCENT if size == own else CONTEXT for size in counts.index]
        figure.add_scatter(
            x=[int(size) for size in counts.index], y=[int(number) for number in counts], mode="markers",
            marker={"color": colors, "size": [11 if size == own else 6 for size in counts.index]},
            text=[f"{size} vehicles: {number:,} crashes" for size, number in counts.items()], hoverinfo="text", cliponaxis=False,
        )  # fmt: skip
        top = int(counts.index.max())
        figure.update_xaxes(title_text="Vehicles in the crash", range=[-1, max(top, own) + 4], dtick=40 if narrow else 20, showgrid=False)
        ceiling = len(str(int(counts.max()))) + 0.1
        figure.update_yaxes(
            type="log", range=[-0.35, ceiling], tickvals=[1, 10, 100, 1000, 10000, 100000, 1000000],
            ticktext=["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"],
        )  # fmt: skip
        label(figure, 0, 1, "Fatal crashes (each line ten times the one below)", MUTED, xref="paper", yref="paper", valign="bottom",
              dx=-56 if narrow else -66, dy=8, size=12 if narrow else 13)  # fmt: skip
        line(figure, own, 0.55, own, 1100, ACCENT, 1.5)
        label(figure, own, 3.3, f"{_this(report)}:<br>{own} vehicles", ACCENT, bold=True, dx=6, valign="middle")
        biggest = int(counts.index.max())
        if biggest > own:
            label(figure, biggest, 0, f"{biggest}, the most", MUTED, anchor="right", dy=14, dx=6)
        return figure

    found = report.findings
    headline = fill(
        report,
        "{crashes.at_least_vehicles} of {crashes.fatal_crashes} fatal crashes involved {least} vehicles or more",
        least=_threshold(report),
    )
    share = words.number(found.value("crashes.up_to_two_vehicles_percent"), 0)
    table = Table(
        "vehicles", "Fatal crashes by number of vehicles", [Column("Vehicles", True), Column("Fatal crashes", True)],
        [[int(size), int(number)] for size, number in counts.items()], _source(report), folded=True,
    )  # fmt: skip
    return Chart(
        "vehicles",
        headline,
        f"Fatal crashes in the United States by number of vehicles, {_years(report)}, logarithmic scale",
        f"Dot plot of fatal crashes by number of vehicles, where {share}% had one or two vehicles and "
        f"{found.value('crashes.at_least_vehicles'):,} had {report.vehicles} or more.",
        _source(report),
        f"{VEHICLES_NOTE} FARS holds only crashes in which somebody died within 30 days.",
        table,
        **both(draw),
    )


def _threshold(report: Report) -> tuple:
    """Return the smallest number of vehicles that is counted, with its origin where it is the case's own."""
    fact = report.case.by_role("vehicles")
    if fact and report.vehicles == fact.value:
        return (Number(f"fact.{fact.id}", report.vehicles, str(report.vehicles)),)
    return (Number("parameter.vehicles", report.vehicles, str(report.vehicles)),)


def _place(row: pd.Series, counties: dict) -> str:
    """Name the place of a large crash: its county where FARS gives one, and its state."""
    county = counties.get((row["state"], row["county"]))
    return f"{county}, {row['state']}" if county else STATES[row["state"]]


def _large_rows(report: Report) -> pd.DataFrame:
    """Return the large crashes with a name, a date in words, and whether each is this case or set aside."""
    rows = report.large.sort_values(["vehicles", "deaths", "year"], ascending=[False, False, True]).copy()
    county_table = load_table("counties")
    counties = {(row.state, row.county): row.name_ for row in county_table.rename(columns={"name": "name_"}).itertuples()}
    rows["place"] = [_place(row, counties) for _, row in rows.iterrows()]
    rows["when"] = [
        words.day(row["date"]) if pd.notna(row["date"]) else str(row["year"])
        for _, row in rows.iterrows()
    ]
    own = report.case.crash
    rows["own"] = (rows["year"] == own.fars_year) & (rows["st_case"] == own.fars_case)
    aside = {(row.year, row.state, row.st_case) for row in report.set_aside.itertuples()}
    rows["aside"] = [(row["year"], row["state"], row["st_case"]) in aside for _, row in rows.iterrows()]
    return rows


def largest(report: Report, shown: int = 12) -> Chart:
    """Which fatal crashes were the largest, and where is this one among them?"""
    rows = _large_rows(report).reset_index(drop=True)
    place = crashes.rank_by_vehicles(report.nation, report.crash)
    picked = rows.head(shown)
    if rows["own"].any() and not picked["own"].any():
        picked = pd.concat([picked.head(shown - 1), rows[rows["own"]]])
    labels = [f"{row.place}{'*' if row.aside else ''}, {row.when}" for row in picked.itertuples()]
    own = next((index for index, row in enumerate(picked.itertuples()) if row.own), None)
    gap = own is not None and own == len(picked) - 1 and place.place > shown

    def draw(narrow: bool) -> go.Figure:
        pitch = 40 if narrow else 30
        figure = canvas(narrow, pitch * len(picked) + 30, left=2 if narrow else 300, right=40, top=20 if narrow else 6, bottom=8)
        heights = row_axis(figure, labels, narrow, own)
        top = int(picked["vehicles"].max())
        figure.update_xaxes(range=[0, top], showgrid=False, showticklabels=False)
        for height, row in zip(heights, picked.itertuples(), strict=True):
            color = ACCENT if row.own else CONTEXT
            figure.add_bar(
                x=[int(row.vehicles)], y=[height], orientation="h", width=0.32 if narrow else 0.62, marker_color=color,
                hoverinfo="text", hovertext=f"{row.place}, {row.when}: {row.vehicles} vehicles, {row.deaths} deaths",
                marker_pattern_shape="/" if row.aside else "",
            )  # fmt: skip
            label(figure, int(row.vehicles), height, str(int(row.vehicles)), ACCENT if row.own else INK, bool(row.own), dx=5)
        if gap:
            middle = heights[-1] + 0.5
            line(figure, 0, middle, 1, middle, MUTED, 1, "dot", xref="paper")
        return figure

    if place.place == 1:
        headline = fill(report, "No fatal crash in the national files had more vehicles")
    elif place.joint:
        headline = fill(report, "By vehicles, this crash stands joint {crashes.rank_by_vehicles|ordinal} in the nation")
    else:
        headline = fill(report, "By vehicles, this crash stands {crashes.rank_by_vehicles|ordinal} in the nation")
    first = rows.iloc[0] if len(rows) else None
    finding = f"the largest had {int(first['vehicles'])} vehicles ({first['place']}, {first['year']})" if first is not None else "there is none"
    table = Table(
        "largest", "Fatal crashes with 20 vehicles or more",
        [Column("Date"), Column("Place"), Column("Vehicles", True), Column("Deaths", True), Column("FARS case"), Column("Set aside")],
        [[row.when, row.place, int(row.vehicles), int(row.deaths), f"{row.year} / {row.st_case}", "yes" if row.aside else ""] for row in rows.itertuples()],
        _source(report), folded=True,
    )  # fmt: skip
    reasons = " ".join(f"*Set aside: {row.reason}" for row in report.set_aside.itertuples() if rows["aside"].any())
    return Chart(
        "largest",
        headline,
        f"Fatal crashes in the United States with the most vehicles, {_years(report)}"
        + (", and this one below the dotted line" if gap else ""),
        f"Bar chart of the fatal crashes with the most vehicles, where {finding} and this one had {report.crash.vehicles}.",
        _source(report),
        f"“Largest” means the largest fatal crash: pileups without a death are not in FARS, and a long pileup may be filed as several. {reasons}",
        table,
        **both(draw),
    )


def deaths_and_vehicles(report: Report) -> Chart:
    """Do crashes with many vehicles also kill many people?"""
    size = 10
    rows = report.nation[report.nation["vehicles"] >= size].groupby(["vehicles", "deaths"])["crashes"].sum().reset_index()
    own_vehicles, own_deaths = report.crash.vehicles, report.crash.deaths
    few = int(rows.loc[rows["deaths"] == 1, "crashes"].sum())
    share = 100 * few / int(rows["crashes"].sum())

    def draw(narrow: bool) -> go.Figure:
        figure = canvas(narrow, 320 if narrow else 380, left=34, right=14, top=26, bottom=48)
        dots(figure, rows["vehicles"].tolist(), rows["deaths"].tolist(), [CONTEXT] * len(rows), size=7 if narrow else 8,
             hover=[f"{row.vehicles} vehicles, {row.deaths} deaths: {row.crashes} crashes" for row in rows.itertuples()])  # fmt: skip
        dots(figure, [own_vehicles], [own_deaths], [ACCENT], size=14, symbol="diamond")
        figure.update_xaxes(title_text="Vehicles in the crash", range=[size - 3, int(rows["vehicles"].max()) + 4], dtick=40 if narrow else 20)
        figure.update_yaxes(range=[0, int(max(rows["deaths"].max(), own_deaths)) + 1.5], dtick=5)
        label(figure, 0, 1, "Deaths", MUTED, xref="paper", yref="paper", valign="bottom", dx=-24, dy=8)
        text = f"{_this(report)}:<br>{own_vehicles} vehicles, {own_deaths} deaths"
        label(figure, own_vehicles, own_deaths, text, ACCENT, bold=True, dx=10, dy=26 if narrow else 24)
        worst = rows.sort_values(["deaths", "vehicles"]).iloc[-1]
        near_right = worst["vehicles"] > 60
        label(figure, int(worst["vehicles"]), int(worst["deaths"]), f"{int(worst['deaths'])} deaths, {int(worst['vehicles'])} vehicles", MUTED,
              anchor="right" if near_right else "left", dx=-9 if near_right else 9)  # fmt: skip
        return figure

    table = Table(
        "deaths-and-vehicles", f"Fatal crashes with {size} vehicles or more, by vehicles and deaths",
        [Column("Vehicles", True), Column("Deaths", True), Column("Crashes", True)],
        [[int(row.vehicles), int(row.deaths), int(row.crashes)] for row in rows.itertuples()], _source(report), folded=True,
    )  # fmt: skip
    both_named = f"{report.vehicles} vehicles and {report.deaths} deaths or more"
    return Chart(
        "deaths-and-vehicles",
        fill(report, "{count|Small} {noun} reached both {least} vehicles and {killed} deaths".replace("count", "crashes.at_least_both"),
             least=_threshold(report), killed=str(report.deaths) if report.parameters.deaths else fill(report, "{role.deaths|small}"),
             noun=words.plural(report.findings.value("crashes.at_least_both"), "fatal crash", "fatal crashes")),
        f"Fatal crashes in the United States with {size} vehicles or more, {_years(report)}; each dot is a combination of vehicles and deaths",
        f"Scatter plot of deaths against vehicles, where {words.number(share, 0)}% of crashes with {size} or more vehicles killed one person "
        f"and {report.findings.value('crashes.at_least_both')} had {both_named}.",
        _source(report),
        f"{VEHICLES_NOTE} Crashes set aside with a reason are among the dots; the text gives both figures.",
        table,
        **both(draw),
    )  # fmt: skip


def state_by_year(report: Report) -> Chart:
    """How large was the state's largest fatal crash in each year?"""
    series = crashes.largest_by_year(report.in_state, report.parameters.first_year, report.parameters.last_year)
    own_here = crashes.contains(report.in_state, report.crash)

    def draw(narrow: bool) -> go.Figure:
        figure = canvas(narrow, 280 if narrow else 320, left=30, right=10, top=26, bottom=30)
        own_bar = [own_here and year == report.crash.year and size == report.crash.vehicles for year, size in series.items()]
        figure.add_bar(
            x=[int(year) for year in series.index], y=[int(size) for size in series],
            marker_color=[ACCENT if own else CONTEXT for own in own_bar],
            hovertext=[f"{year}: {size} vehicles" for year, size in series.items()], hoverinfo="text",
        )  # fmt: skip
        figure.update_xaxes(showgrid=False, dtick=10, range=[report.parameters.first_year - 1, report.parameters.last_year + 1])
        top = int(max(series.max(), report.crash.vehicles))
        figure.update_yaxes(rangemode="tozero", range=[0, top + 4], dtick=10)
        label(figure, 0, 1, "Vehicles in the largest fatal crash of the year", MUTED, xref="paper", yref="paper", valign="bottom", dx=-26, dy=8)
        if own_here:
            right = report.crash.year > (report.parameters.first_year + report.parameters.last_year) / 2
            label(figure, report.crash.year, report.crash.vehicles, f"{report.crash.vehicles}", ACCENT, bold=True, anchor="center", valign="bottom", dy=2)
            label(figure, report.crash.year, report.crash.vehicles, _this(report).split(",")[0], ACCENT, bold=True,
                  anchor="right" if right else "left", dx=-16 if right else 16, dy=8)  # fmt: skip
        else:
            line(figure, 0, report.crash.vehicles, 1, report.crash.vehicles, ACCENT, 1.5, "dash", xref="paper")
            label(figure, 1, report.crash.vehicles, f"{_this(report)}: {report.crash.vehicles}", ACCENT, bold=True, anchor="right", valign="bottom", xref="paper")
        return figure

    place = crashes.rank_by_vehicles(report.in_state, report.crash)
    name = report.state_name
    if place.place == 1 and not place.joint and own_here:
        template = "The largest fatal crash in {state}’s files, ahead of one with {crashes.state_next_largest_vehicles} vehicles"
    elif own_here:
        template = "Among {state}’s fatal crashes it stands {joint}{crashes.state_rank_by_vehicles|ordinal} by vehicles"
    elif place.place == 1 and not place.joint:
        template = "No fatal crash in {state}’s files of these years had as many vehicles"
    else:
        template = "In {state} it would stand {joint}{crashes.state_rank_by_vehicles|ordinal} by vehicles"
    table = Table(
        "state-by-year", f"Vehicles in the largest fatal crash of each year, {name}", [Column("Year"), Column("Vehicles", True)],
        [[str(year), int(size)] for year, size in series.items()], _source(report), folded=True,
    )  # fmt: skip
    return Chart(
        "state-by-year",
        fill(report, template, state=name, joint="joint " if place.joint else ""),
        f"Vehicles in the largest fatal crash of each year, {name}, {_years(report)}",
        f"Column chart of the largest fatal crash of each year in {name}, where the most is {int(series.max())} vehicles, in {int(series.idxmax())}.",
        _source(report),
        f"{VEHICLES_NOTE} The largest crash of a year is not always the deadliest.",
        table,
        **both(draw),
    )


def per_year(report: Report) -> Chart:
    """How often does a fatal crash of this order happen?"""
    least = LARGE
    series = crashes.per_year(report.nation, least)
    total = int(series.sum())

    def draw(narrow: bool) -> go.Figure:
        figure = canvas(narrow, 240 if narrow else 280, left=22, right=10, top=26, bottom=30)
        figure.add_bar(
            x=[int(year) for year in series.index], y=[int(number) for number in series], marker_color=CONTEXT,
            hovertext=[f"{year}: {number} crashes" for year, number in series.items()], hoverinfo="text",
        )  # fmt: skip
        figure.update_xaxes(showgrid=False, dtick=10, range=[report.parameters.first_year - 1, report.parameters.last_year + 1])
        figure.update_yaxes(range=[0, max(int(series.max()), 1) + 0.6], dtick=1 if series.max() < 5 else 2)
        label(figure, 0, 1, f"Fatal crashes with {least} vehicles or more", MUTED, xref="paper", yref="paper", valign="bottom", dx=-18, dy=8)
        return figure

    table = Table(
        "per-year", f"Fatal crashes with {least} vehicles or more, by year", [Column("Year"), Column("Crashes", True)],
        [[str(year), int(number)] for year, number in series.items()], _source(report), folded=True,
    )  # fmt: skip
    often = report.findings.value("crashes.at_least_20_a_year") >= 1
    return Chart(
        "per-year",
        fill(report, "A fatal crash of twenty vehicles or more happens about {crashes.at_least_20_a_year} times a year" if often
             else "A fatal crash of twenty vehicles or more happens less than once a year"),
        f"Fatal crashes with {least} vehicles or more in the United States, by year, {_years(report)}",
        f"Column chart of fatal crashes with {least} vehicles or more, where {_years(report)} had {total} in all, and the most in a year was {int(series.max())}.",
        _source(report),
        f"{VEHICLES_NOTE} So the eras are not strictly comparable, and no trend is claimed.",
        table,
        **both(draw),
    )  # fmt: skip


def truck_share(report: Report) -> Chart:
    """How often is a large truck among the vehicles of a big crash?"""
    rows = [size for size in crashes.truck_share(report.nation) if size.percent is not None]
    labels = [words.size_class(size.least, size.most) for size in rows]

    def draw(narrow: bool) -> go.Figure:
        pitch = 42 if narrow else 34
        figure = canvas(narrow, pitch * len(rows) + 30, left=2 if narrow else 150, right=46, top=22 if narrow else 6, bottom=8)
        heights = row_axis(figure, labels, narrow)
        figure.update_xaxes(range=[0, 100], showgrid=False, showticklabels=False)
        for height, row in zip(heights, rows, strict=True):
            figure.add_bar(x=[row.percent], y=[height], orientation="h", width=0.34 if narrow else 0.6, marker_color=CONTEXT,
                           hovertext=f"{row.trucks:,} of {row.known:,}", hoverinfo="text")  # fmt: skip
            label(figure, row.percent, height, f"{words.number(row.percent, 0)}%", dx=5)
        return figure

    first, last = rows[0], rows[-1]
    table = Table(
        "truck-share", "Fatal crashes with a large truck, by size of crash",
        [Column("Vehicles"), Column("With a large truck", True), Column("Known crashes", True), Column("Not known", True), Column("Share", True)],
        [[name, row.trucks, row.known, row.unknown, f"{words.number(row.percent)}%"] for name, row in zip(labels, rows, strict=True)],
        _source(report),
    )  # fmt: skip
    big = f"crashes.truck_percent.from_{last.least}"
    small = f"crashes.truck_percent.from_{first.least}"
    rises = last.percent > first.percent * 1.05
    template = (
        f"A large truck was in {{{big}|whole}}% of the biggest crashes, against {{{small}|whole}}% of those with one vehicle"
        if rises
        else f"A large truck was in {{{big}|whole}}% of the biggest crashes and {{{small}|whole}}% of those with one vehicle"
    )
    return Chart(
        "truck-share",
        fill(report, template),
        f"Share of fatal crashes with a large truck, by number of vehicles, United States, {_years(report)}",
        f"Bar chart of the share of fatal crashes with a large truck by size, where it goes from {words.number(first.percent, 0)}% "
        f"with one vehicle to {words.number(last.percent, 0)}% with {last.least} or more.",
        _source(report),
        f"Only years for which NHTSA’s auxiliary file is held and says whether a large truck was involved ({_truck_years(report)}); "
        "unknown is not counted as no. A bigger crash has more vehicles, so a truck is likelier to be among them by number alone.",
        table,
        **both(draw),
    )


__all__ = ["deaths_and_vehicles", "largest", "per_year", "state_by_year", "truck_share", "vehicles"]
