"""Charts of the crash against every fatal crash that FARS holds."""

from pileup import crashes
from pileup.data import load_table
from pileup.states import STATES
from pileup.story import missing, words
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.text import Number

#: How many of the largest crashes the chart names.
SHOWN = 12

VEHICLES_NOTE = (
    "Vehicles are all those in the crash from 2005 on, parked ones included; before 2005, and in the first "
    "releases of 2021 and 2022, those in transport only."
)


def fars_source(report: Report) -> Source:
    """Name the files that the crash figures were counted in, with the years of first releases."""
    first, last = report.parameters.first_year, report.parameters.last_year
    editions = load_table("editions")
    early = editions.loc[editions["year"].between(first, last) & (editions["edition"] != "final"), "year"]
    note = f" ({words.spans(early)}: first releases)" if len(early) else ""
    span = words.spans([first]) if first == last else f"{first}–{last}"
    text = f"National Highway Traffic Safety Administration, FARS {span}{note}; own count."
    return Source(text, ("table.crashes", "table.large-crashes", "case.file"))


def this_crash(report: Report) -> str:
    """Name the case's crash in a label."""
    return f"{report.case.crash.place.split(',')[0]}, {report.case.crash.date.year}"


@needs(missing.size)
def vehicles(report: Report) -> Chart:
    """How many vehicles does a fatal crash involve, and where does this one stand?"""
    counts = crashes.by_vehicles(report.nation)
    own, most = report.crash.vehicles, max(counts)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(
            narrow, 320 if narrow else 360, left=62 if narrow else 70, right=16, top=28, bottom=48
        )
        canvas.dots(
            list(counts),
            list(counts.values()),
            [ACCENT if size == own else CONTEXT for size in counts],
            [f"{size} vehicles: {number:,} crashes" for size, number in counts.items()],
            [12 if size == own else 7 for size in counts],
        )
        canvas.x(
            "Vehicles in the crash",
            range=[-1, max(most, own) + 4],
            dtick=40 if narrow else 20,
            showgrid=False,
        )
        powers = [10**power for power in range(7)]
        canvas.y(
            type="log",
            range=[-0.3, len(str(max(counts.values()))) + 0.1],
            tickvals=powers,
            ticktext=[f"{power:,}" for power in powers],
        )
        canvas.axis_name("Fatal crashes (each line is ten times the one below)", -58 if narrow else -66)
        canvas.line(own, 6, own, 1100, ACCENT)
        canvas.label(own, 3.3, f"{this_crash(report)}:<br>{own} vehicles", ACCENT, bold=True, dx=6)
        if most > own:
            canvas.label(most, 0, f"{most}, the most", MUTED, anchor="right", dy=14, dx=6)
        return canvas

    found = report.findings
    headline = fill(
        report,
        "{crashes.at_least_vehicles} of {crashes.fatal_crashes} fatal crashes involved {least} vehicles or"
        " more",
        least=_threshold(report),
        noun=words.plural(report.vehicles, "vehicle"),
    )
    share = words.number(found.value("crashes.up_to_two_vehicles_percent"), 0)
    table = Table(
        "vehicles",
        "Fatal crashes by number of vehicles",
        [Column("Vehicles", True), Column("Fatal crashes", True)],
        [[size, number] for size, number in counts.items()],
        fars_source(report),
        folded=True,
    )
    return Chart(
        "vehicles",
        headline,
        f"Fatal crashes in the United States by number of vehicles, {report.years}, logarithmic scale",
        f"Dot plot of fatal crashes by number of vehicles, where {share}% had one or two vehicles and "
        f"{found.value('crashes.at_least_vehicles'):,} had {report.vehicles} or more.",
        fars_source(report),
        f"{VEHICLES_NOTE} Some crashes of 1975 to 1981 are coded with 0 vehicles. FARS holds only crashes in"
        " which somebody died within 30 days.",
        table,
        **both(draw),
    )


def _threshold(report: Report) -> tuple:
    """Return the smallest number of vehicles that is counted, with its origin where it is the case's own."""
    fact = report.case.by_role("vehicles")
    if fact and report.vehicles == fact.value:
        return (Number(f"fact.{fact.id}", report.vehicles, str(report.vehicles)),)
    return (Number("parameter.vehicles", report.vehicles, str(report.vehicles)),)


def _place(report: Report, crash: crashes.Listed) -> str:
    """Name the place of a large crash: the case's own by its town, others by county and state."""
    if report.is_own(crash):
        return f"{report.case.crash.place.split(',')[0]}, {crash.state}"
    if not crash.county:
        return STATES[crash.state]
    # FARS files Virginia's independent cities among its counties.
    return f"{crash.county}{'' if crash.state == 'VA' else ' County'}, {crash.state}"


def _when(crash: crashes.Listed) -> str:
    return words.day(crash.date) if crash.date else str(crash.year)


@needs(missing.large)
def largest(report: Report) -> Chart:
    """Which fatal crashes were the largest, and where is this one among them?"""
    place = crashes.rank_by_vehicles(report.nation, report.crash)
    picked = report.large[:SHOWN]
    own = next((crash for crash in report.large if report.is_own(crash)), None)
    gap = own is not None and own not in picked
    if own and gap:
        picked = [*picked[:-1], own]
    named = [f"{_place(report, crash)}{'*' if crash.set_aside else ''}, {_when(crash)}" for crash in picked]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 290, right=40, bottom=8)
        heights = canvas.rows(named, picked.index(own) if own else None)
        sizes = [crash.vehicles for crash in picked]
        canvas.x(range=[0, max(sizes)], showgrid=False, showticklabels=False)
        canvas.bars(
            heights,
            [0] * len(sizes),
            sizes,
            [ACCENT if crash == own else CONTEXT for crash in picked],
            [f"{name}: {crash.vehicles} vehicles" for name, crash in zip(named, picked, strict=True)],
            0.32 if narrow else 0.62,
            ["/" if crash.set_aside else "" for crash in picked],
        )
        for height, crash in zip(heights, picked, strict=True):
            color = ACCENT if crash == own else INK
            canvas.label(crash.vehicles, height, str(crash.vehicles), color, crash == own, dx=5)
        if gap:
            between = heights[-1] + (0.72 if narrow else 0.5)
            canvas.line(0, between, 1, between, MUTED, 1, "dot", xref="paper")
        return canvas

    stands = "this crash stands" if own else "this crash would stand"
    joint = "joint " if place.joint else ""
    template = (
        f"By vehicles, {stands} {joint}{{crashes.rank_by_vehicles|ordinal}} among the nation’s fatal crashes,"
        f" {report.years}"
    )
    first = report.large[0]
    columns = ["Date", "Place", "Vehicles", "Deaths", "FARS case", "Set aside"]
    table = Table(
        "largest",
        "Fatal crashes with 20 vehicles or more",
        [Column(title, title in ("Vehicles", "Deaths")) for title in columns],
        [
            [
                _when(crash),
                _place(report, crash),
                crash.vehicles,
                crash.deaths,
                f"{crash.year} / {crash.st_case}",
                "yes" if crash.set_aside else "",
            ]
            for crash in report.large
        ],
        fars_source(report),
        folded=True,
    )
    reasons = "".join(f" *Set aside: {crash.set_aside}." for crash in report.set_aside)
    return Chart(
        "largest",
        fill(report, template),
        f"Fatal crashes in the United States with the most vehicles, {report.years}"
        + (", and this one below the dotted line" if gap else ""),
        "Bar chart of the fatal crashes with the most vehicles, where the largest had"
        f" {first.vehicles} ({_place(report, first)}, {first.year}) and this one {report.crash.vehicles}.",
        fars_source(report),
        "“Largest” means the largest fatal crash: pileups without a death are not in FARS, and a long pileup"
        f" may be filed as several.{reasons}",
        table,
        **both(draw),
    )


@needs(missing.large)
def deaths_and_vehicles(report: Report) -> Chart:
    """Do crashes with many vehicles also kill many people?"""
    size = 10
    rows = (
        report.nation[report.nation["vehicles"] >= size]
        .groupby(["vehicles", "deaths"])["crashes"]
        .sum()
        .reset_index()
    )
    own_vehicles, own_deaths = report.crash.vehicles, report.crash.deaths
    few = int(rows.loc[rows["deaths"] == 1, "crashes"].sum())
    share = 100 * few / int(rows["crashes"].sum())

    worst = rows.sort_values(["deaths", "vehicles"]).iloc[-1]
    aside = [(crash.vehicles, crash.deaths) for crash in report.set_aside]
    worst_note = " (set aside)" if (worst["vehicles"], worst["deaths"]) in aside else ""
    most_vehicles, most_deaths = (
        int(max(rows["vehicles"].max(), own_vehicles)),
        int(max(rows["deaths"].max(), own_deaths)),
    )

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, 320 if narrow else 380, left=34, right=16, top=28, bottom=48)
        canvas.dots(
            rows["vehicles"].tolist(),
            rows["deaths"].tolist(),
            CONTEXT,
            [
                f"{row.vehicles} vehicles, {row.deaths} deaths: {row.crashes} crashes"
                for row in rows.itertuples()
            ],
            7 if narrow else 8,
            ["circle-open" if (row.vehicles, row.deaths) in aside else "circle" for row in rows.itertuples()],
        )
        canvas.dots([own_vehicles], [own_deaths], ACCENT, [this_crash(report)], 14, "diamond")
        canvas.x("Vehicles in the crash", range=[size - 3, most_vehicles + 4], dtick=40 if narrow else 20)
        canvas.y(range=[0, most_deaths + 1.5], dtick=5)
        canvas.axis_name("Deaths", -26)
        # The label stands out in the empty middle, where crashes are rare, with a line to its dot.
        x, y = (own_vehicles + most_vehicles) * 0.4, (own_deaths + most_deaths) * 0.35
        canvas.line(own_vehicles, own_deaths, x, y, ACCENT, 1)
        canvas.label(
            x,
            y,
            f"{this_crash(report)}:<br>{own_vehicles} vehicles, {own_deaths} deaths",
            ACCENT,
            bold=True,
            dx=4,
            dy=6,
        )
        right = worst["vehicles"] > 60
        canvas.label(
            int(worst["vehicles"]),
            int(worst["deaths"]),
            words.wrap(
                f"{worst['deaths']} deaths, {worst['vehicles']} vehicles{worst_note}", 14 if narrow else 60
            ),
            MUTED,
            anchor="right" if right else "left",
            dx=-9 if right else 9,
        )
        return canvas

    table = Table(
        "deaths-and-vehicles",
        f"Fatal crashes with {size} vehicles or more, by vehicles and deaths",
        [Column("Vehicles", True), Column("Deaths", True), Column("Crashes", True)],
        [[int(row.vehicles), int(row.deaths), int(row.crashes)] for row in rows.itertuples()],
        fars_source(report),
        folded=True,
    )
    both_named = f"{report.vehicles} vehicles and {report.deaths} deaths or more"
    return Chart(
        "deaths-and-vehicles",
        fill(
            report,
            "{count|Small} {noun} reached both {least} vehicles and {killed} deaths".replace(
                "count", "crashes.at_least_both"
            ),
            least=_threshold(report),
            killed=str(report.deaths) if report.parameters.deaths else fill(report, "{role.deaths|small}"),
            noun=words.plural(report.findings.value("crashes.at_least_both"), "fatal crash", "fatal crashes"),
        ),
        f"Fatal crashes in the United States with {size} vehicles or more, {report.years}; each dot is a"
        " combination of vehicles and deaths",
        f"Scatter plot of deaths against vehicles, where {words.number(share, 0)}% of crashes with {size} or"
        f" more vehicles killed one person and {report.findings.value('crashes.at_least_both')} had"
        f" {both_named}.",
        fars_source(report),
        f"{VEHICLES_NOTE} A dot can stand for several crashes; the table has the numbers. An event that is"
        " set aside with a reason is drawn open; the text gives both figures.",
        table,
        **both(draw),
    )


@needs(missing.in_state)
def state_by_year(report: Report) -> Chart:
    """How large was the state's largest fatal crash in each year?"""
    series = crashes.largest_by_year(report.in_state)
    own_here = report.own_in_state

    def draw(narrow: bool) -> Canvas:
        own, size, first, last = (
            report.crash.year,
            report.crash.vehicles,
            report.parameters.first_year,
            report.parameters.last_year,
        )
        canvas = Canvas(narrow, 280 if narrow else 320, left=30, right=12, top=28, bottom=30)
        canvas.columns(
            list(series),
            list(series.values()),
            [
                ACCENT if own_here and year == own and most == size else CONTEXT
                for year, most in series.items()
            ],
            [f"{year}: {most} vehicles" for year, most in series.items()],
        )
        canvas.x(
            showgrid=False,
            dtick=20 if narrow else 10,
            tick0=1980,
            range=[first - 1, last + 1],
            tickformat="d",
        )
        canvas.y(range=[0, max(*series.values(), size) + 4], dtick=10)
        canvas.axis_name("Vehicles in the largest fatal crash of the year", -26)
        if own_here:
            right = own > (first + last) / 2
            canvas.label(
                own,
                size,
                f"{this_crash(report).split(',')[0]}: {size}",
                ACCENT,
                bold=True,
                anchor="right" if right else "left",
                valign="bottom",
                dx=4 if right else -4,
                dy=1,
            )
        else:
            canvas.line(0, size, 1, size, ACCENT, 1.5, "dash", xref="paper")
            canvas.label(
                1,
                size,
                f"{this_crash(report)}: {size}",
                ACCENT,
                bold=True,
                anchor="right",
                valign="bottom",
                xref="paper",
            )
        return canvas

    place = crashes.rank_by_vehicles(report.in_state, report.crash)
    name = report.state_name
    if place.place == 1 and not place.joint and own_here:
        template = (
            "The largest fatal crash in {state}’s files, ahead of one with"
            " {crashes.state_next_largest_vehicles} vehicles"
        )
    elif own_here:
        template = (
            "Among {state}’s fatal crashes it stands {joint}{crashes.state_rank_by_vehicles|ordinal} by"
            " vehicles"
        )
    elif place.place == 1 and not place.joint:
        template = "No fatal crash in {state}’s files of these years had as many vehicles"
    else:
        template = "In {state} it would stand {joint}{crashes.state_rank_by_vehicles|ordinal} by vehicles"
    table = Table(
        "state-by-year",
        f"Vehicles in the largest fatal crash of each year, {name}",
        [Column("Year"), Column("Vehicles", True)],
        [[str(year), size] for year, size in series.items()],
        fars_source(report),
        folded=True,
    )
    return Chart(
        "state-by-year",
        fill(report, template, state=name, joint="joint " if place.joint else ""),
        f"Vehicles in the largest fatal crash of each year, {name}, {report.years}",
        f"Column chart of the largest fatal crash of each year in {name}, where the most is"
        f" {max(series.values())} vehicles, in {max(series, key=lambda year: series[year])}.",
        fars_source(report),
        f"{VEHICLES_NOTE} The largest crash of a year is not always the deadliest.",
        table,
        **both(draw),
    )


__all__ = ["deaths_and_vehicles", "largest", "state_by_year", "vehicles"]
