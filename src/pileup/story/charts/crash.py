"""Charts of the crash against every fatal crash that FARS holds."""

import plotly.graph_objects as go

from pileup.findings.crash import LISTED
from pileup.record import crashes
from pileup.record.states import COUNTIES, STATES
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Number, Text


def vehicles_note(report: Report) -> str:
    """Say which vehicles are counted, in which of the years."""
    every, moving = (report.held.of(vehicles=column) for column in ("VE_TOTAL", "VE_FORMS"))
    if every and moving:
        text = _(
            "Vehicles are all those in the crash, parked ones included, in the files of {every}, and those in"
            " transport only in those of {moving}."
        )
        return text.format(every=written.years_held(every), moving=written.years_held(moving))
    if every:
        return _("Vehicles are all those in the crash, parked ones included.")
    return _("Vehicles are those in transport only; parked ones are not counted.")


def deaths_note() -> str:
    """Say which deaths are counted."""
    return _("Deaths are those within 30 days of the crash.")


def not_said(report: Report, what: str, never: str, in_part: str) -> list[str]:
    """Say for which of the years the files do not give something, and for which in some states only."""
    part = sorted(year for years in report.held.in_part(what).values() for year in years)
    told = ((never, report.held.of(**{what: "no"})), (in_part, part))
    return [text.format(years=written.years_held(years)) for text, years in told if years]


def fars_source(report: Report) -> Source:
    """Name the files that the crash figures were counted in, with the years that are not final."""
    held = report.held
    first, unknown = (held.of(edition=edition) for edition in ("first release", "not known"))
    editions = []
    if first:
        text = ngettext("{years}: first release", "{years}: first releases", len(first))
        editions.append(text.format(years=written.spans(first)))
    if unknown:
        editions.append(_("{years}: edition not known").format(years=written.spans(unknown)))
    if editions:
        text = _("National Highway Traffic Safety Administration, FARS {years} ({editions}); own count.")
    else:
        text = _("National Highway Traffic Safety Administration, FARS {years}; own count.")
    text = text.format(years=written.spans(held.held), editions="; ".join(editions))
    return Source(text, ("table.crashes", "table.large-crashes", "case.file"))


def _town(report: Report) -> str:
    """Name the case's crash by its town, without the state."""
    return report.case.crash.place.split(",")[0]


def this_crash(report: Report) -> str:
    """Name the case's crash in a label."""
    return f"{_town(report)}, {report.case.crash.date.year}"


def _vehicles(number: int) -> str:
    return written.size_class(number, number)


def _deaths(number: int) -> str:
    return ngettext("{deaths} death", "{deaths} deaths", number).format(deaths=number)


@needs(missing.vehicles)
def vehicles(report: Report) -> Chart:
    """How many vehicles does a fatal crash involve, and where does this one stand?"""
    counts = crashes.by_vehicles(report.nation)
    own, most = report.own_vehicles, max(counts)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(
            narrow, 320 if narrow else 360, left=62 if narrow else 70, right=16, top=28, bottom=48
        )
        canvas.dots(
            list(counts),
            list(counts.values()),
            [ACCENT if size == own else CONTEXT for size in counts],
            [
                _("vehicles: {vehicles}; crashes: {crashes}").format(
                    vehicles=size, crashes=written.number(number)
                )
                for size, number in counts.items()
            ],
            [12 if size == own else 7 for size in counts],
        )
        canvas.x(
            _("Vehicles in the crash"),
            range=[-1, max(most, own) + 4],
            dtick=40 if narrow else 20,
            showgrid=False,
        )
        powers = [10**power for power in range(7)]
        canvas.y(
            type="log",
            range=[-0.3, len(str(max(counts.values()))) + 0.1],
            tickvals=powers,
            ticktext=[written.number(power) for power in powers],
        )
        canvas.axis_name(_("Fatal crashes (each line is ten times the one below)"), -58 if narrow else -66)
        canvas.line(own, 6, own, 1100, ACCENT)
        far = own > 0.6 * max(own, most)
        canvas.label(
            own,
            3.3,
            f"{this_crash(report)}:<br>{_vehicles(own)}",
            ACCENT,
            bold=True,
            anchor="right" if far else "left",
            dx=-6 if far else 6,
            backed=True,
        )
        if most > own:
            text = _("{vehicles}, the most").format(vehicles=most)
            canvas.label(most, 0, text, MUTED, anchor="right", dy=14, dx=6)
        return canvas

    found = report.findings
    large = found.value("crashes.at_least_vehicles")
    headline = fill(
        report,
        ngettext(
            "None of {crashes.fatal_crashes} fatal crashes involved {least} vehicle or more",
            "None of {crashes.fatal_crashes} fatal crashes involved {least} vehicles or more",
            report.vehicles,
        )
        if not large
        else ngettext(
            "{crashes.at_least_vehicles} of {crashes.fatal_crashes} fatal crashes involved {least} vehicle"
            " or more",
            "{crashes.at_least_vehicles} of {crashes.fatal_crashes} fatal crashes involved {least} vehicles"
            " or more",
            report.vehicles,
        ),
        least=threshold(report),
    )
    table = Table(
        "vehicles",
        _("Fatal crashes by number of vehicles"),
        [Column(_("Vehicles"), True), Column(_("Fatal crashes"), True)],
        [[size, number] for size, number in counts.items()],
        fars_source(report),
        folded=True,
    )
    return Chart(
        "vehicles",
        headline,
        _("Fatal crashes in the United States by number of vehicles, {years}, logarithmic scale").format(
            years=report.years
        ),
        (
            _(
                "Dot plot of fatal crashes by number of vehicles, where {percent}% had one or two vehicles"
                " and {large} had {least} or more."
            )
            if large
            else _(
                "Dot plot of fatal crashes by number of vehicles, where {percent}% had one or two vehicles"
                " and none had {least} or more."
            )
        ).format(
            percent=written.number(found.value("crashes.up_to_two_vehicles_percent"), 0),
            large=written.number(large),
            least=report.vehicles,
        ),
        fars_source(report),
        " ".join(
            (
                vehicles_note(report),
                *_no_vehicles(report),
                _("FARS holds only crashes in which somebody died within 30 days."),
            )
        ),
        table,
        **both(draw),
    )


def _no_vehicles(report: Report) -> list[str]:
    """Say how many crashes have no vehicle at all."""
    none = crashes.by_vehicles(report.nation).get(0)
    if not none:
        return []
    text = ngettext(
        "{crashes} crash is coded with 0 vehicles.", "{crashes} crashes are coded with 0 vehicles.", none
    )
    return [text.format(crashes=written.number(none))]


def threshold(report: Report) -> Text:
    """Return the smallest number of vehicles that is counted, with its origin where it is the case's own."""
    fact = report.case.by_role("vehicles")
    if fact and report.vehicles == fact.value:
        return (Number(f"fact.{fact.id}", report.vehicles, str(report.vehicles)),)
    return (Number("parameter.vehicles", report.vehicles, str(report.vehicles)),)


def at_least(report: Report) -> Text:
    """Say from how many vehicles on a crash is counted as large."""
    text = ngettext("{least} vehicle or more", "{least} vehicles or more", report.vehicles)
    return fill(report, text, least=threshold(report))


def at_least_deaths(report: Report) -> Text:
    """Say from how many deaths on a crash is counted as large."""
    return fill(
        report,
        ngettext("{least} death or more", "{least} deaths or more", report.deaths),
        least=fill(report, "{parameter.deaths}" if report.parameters.deaths else "{role.deaths}"),
    )


def _place(report: Report, crash: crashes.Listed) -> str:
    """Name the place of a large crash: the case's own by its town, others by county and state."""
    if report.is_own(crash):
        return f"{_town(report)}, {crash.state}"
    if not crash.county:
        return _(STATES[crash.state])
    city = crash.county.removesuffix(" (city)")
    known = _(city) if city in COUNTIES else city
    if city != crash.county:  # FARS files independent cities among the counties
        place = _("{county} (city), {state}")
    elif crash.state == "LA":
        place = _("{county} Parish, {state}")
    else:
        place = _("{county} County, {state}")
    return place.format(county=known, state=crash.state)


def _when(crash: crashes.Listed) -> str:
    return written.day(crash.date) if crash.date else str(crash.year)


def _no_days(report: Report) -> list[str]:
    """Say for which years the day of a crash is not known in every state."""
    return not_said(
        report,
        "date",
        _("The files of {years} do not give the day."),
        _("The files of {years} give the day in some states only."),
    )


@needs(missing.large)
def largest(report: Report) -> Chart:
    """Which fatal crashes were the largest, and where is this one among them?"""
    joint = crashes.rank(report.nation, report.crash, "vehicles").joint
    own = next((crash for crash in report.large if report.is_own(crash)), None)
    picked: list[crashes.Listed | None] = [*report.large[: LISTED + 1]]
    between = 0
    if own and own not in picked:
        if "crashes.larger_beyond_listed" in report.findings:
            between = int(report.findings.value("crashes.larger_beyond_listed"))
        picked = [*picked[:LISTED], *([None] if between else []), own]
    more = ngettext("{n} more in between", "{n} more in between", between).format(n=between)
    named = [
        f"{_place(report, crash)}{'*' if crash.set_aside else ''}, {_when(crash)}" if crash else more
        for crash in picked
    ]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 290, right=40, bottom=8)
        heights = canvas.rows(named, picked.index(own) if own else None)
        bars = [one for one in zip(heights, picked, named, strict=True) if one[1]]
        sizes = [crash.vehicles for _height, crash, _name in bars if crash]
        canvas.x(range=[0, max(sizes)], showgrid=False, showticklabels=False)
        canvas.bars(
            [height for height, *_rest in bars],
            [0] * len(sizes),
            sizes,
            [ACCENT if crash == own else CONTEXT for _height, crash, _name in bars],
            [
                _("{place}: {vehicles} vehicles").format(place=name, vehicles=size)
                for (*_rest, name), size in zip(bars, sizes, strict=True)
            ],
            0.32 if narrow else 0.62,
            ["/" if crash and crash.set_aside else "" for _height, crash, _name in bars],
        )
        for (height, crash, _name), size in zip(bars, sizes, strict=True):
            color = ACCENT if crash == own else INK
            canvas.label(size, height, str(size), color, crash == own, dx=5)
        for height, crash in zip(heights, picked, strict=True):
            if not crash:
                canvas.line(0, height, 1, height, MUTED, 1, "dot", xref="paper")
        return canvas

    if report.own_in_nation and joint:
        headline = _(
            "By vehicles, this crash is tied for {crashes.rank_by_vehicles|ordinal} among the nation’s fatal"
            " crashes, {years}"
        )
    elif report.own_in_nation:
        headline = _(
            "By vehicles, this crash stands {crashes.rank_by_vehicles|ordinal} among the nation’s fatal"
            " crashes, {years}"
        )
    elif joint:
        headline = _(
            "By vehicles, this crash would be tied for {crashes.rank_by_vehicles|ordinal} among the nation’s"
            " fatal crashes, {years}"
        )
    else:
        headline = _(
            "By vehicles, this crash would stand {crashes.rank_by_vehicles|ordinal} among the nation’s fatal"
            " crashes, {years}"
        )
    subtitle = (
        _("Fatal crashes in the United States with the most vehicles, {years}, and this one")
        if len(picked) > LISTED + 1
        else _("Fatal crashes in the United States with the most vehicles, {years}")
    )
    first = report.large[0]
    table = Table(
        "largest",
        _("Fatal crashes with 20 vehicles or more"),
        [
            Column(_("Date")),
            Column(_("Place")),
            Column(_("Vehicles"), True),
            Column(_("Deaths"), True),
            Column(_("FARS case")),
            Column(_("Set aside")),
        ],
        [
            [
                _when(crash),
                _place(report, crash),
                crash.vehicles,
                crash.deaths,
                f"{crash.year} / {crash.st_case}",
                _("yes") if crash.set_aside else "",
            ]
            for crash in report.large
        ],
        fars_source(report),
        folded=True,
    )
    reasons = [_("*Set aside: {reason}.").format(reason=_(crash.set_aside)) for crash in report.set_aside]
    return Chart(
        "largest",
        fill(report, headline, years=report.years),
        subtitle.format(years=report.years),
        _(
            "Bar chart of the fatal crashes with the most vehicles, where the largest had {most} ({place},"
            " {year}) and this one {own}."
        ).format(most=first.vehicles, place=_place(report, first), year=first.year, own=report.own_vehicles),
        fars_source(report),
        " ".join(
            (
                _(
                    "“Largest” means the largest fatal crash: pileups without a death are not in FARS, and a"
                    " long pileup may be filed as several."
                ),
                *_no_days(report),
                *reasons,
            )
        ),
        table,
        **both(draw),
    )


@needs(missing.by_year)
def state_by_year(report: Report) -> Chart:
    """How large was the state's largest fatal crash in each year?

    Where only deaths tell of the crash's size, it is the deadliest of each year.
    """
    return _deadliest_by_year(report) if report.by_deaths_alone else _largest_by_year(report)


def _years(
    report: Report, series: dict[int, int], size: int, hover: list[str], axis: str, own: bool
) -> dict[str, go.Figure]:
    """Draw the largest of each year as a column, and the case's own among them or as a line across."""
    year, first, last = report.crash.year, report.held.held[0], report.held.held[-1]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, 280 if narrow else 320, left=30, right=12, top=28, bottom=30)
        colors = [ACCENT if own and one == year and most == size else CONTEXT for one, most in series.items()]
        canvas.columns(list(series), list(series.values()), colors, hover)
        canvas.x(
            showgrid=False,
            dtick=20 if narrow else 10,
            tick0=1980,
            range=[first - 1, last + 1],
            tickformat="d",
        )
        canvas.y(range=[0, max(*series.values(), size) + 4], dtick=10)
        canvas.axis_name(axis, -26)
        if own:
            right = year > (first + last) / 2
            canvas.label(
                year,
                size,
                f"{_town(report)}: {size}",
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

    return both(draw)


def _deadliest_by_year(report: Report) -> Chart:
    """Draw the deadliest fatal crash of each year in the state."""
    series, name = crashes.largest_by_year(report.in_state, "deaths"), report.state_name
    place = crashes.rank(report.in_state, report.crash, "deaths")
    first = place.place == 1 and not place.joint
    if report.own_in_state and first:
        headline = _("The deadliest fatal crash in {state}’s files of these years")
    elif report.own_in_state and place.joint:
        headline = _(
            "Among {state}’s fatal crashes it is tied for {crashes.state_rank_by_deaths|ordinal} by deaths"
        )
    elif report.own_in_state:
        headline = _(
            "Among {state}’s fatal crashes it stands {crashes.state_rank_by_deaths|ordinal} by deaths"
        )
    elif first:
        headline = _("No fatal crash in {state}’s files of these years killed as many people")
    elif place.joint:
        headline = _("In {state} it would be tied for {crashes.state_rank_by_deaths|ordinal} by deaths")
    else:
        headline = _("In {state} it would stand {crashes.state_rank_by_deaths|ordinal} by deaths")
    most = max(series.values())
    told = {"state": name, "deaths": most, "year": max(series, key=lambda year: series[year])}
    return Chart(
        "state-by-year",
        fill(report, headline, state=name),
        _("Deaths in the deadliest fatal crash of each year, {state}, {years}").format(
            state=name, years=report.years
        ),
        ngettext(
            "Column chart of the deadliest fatal crash of each year in {state}, where the most is {deaths}"
            " death, in {year}.",
            "Column chart of the deadliest fatal crash of each year in {state}, where the most is {deaths}"
            " deaths, in {year}.",
            most,
        ).format(**told),
        fars_source(report),
        f"{deaths_note()} {missing.partly(report)}",
        Table(
            "state-by-year",
            _("Deaths in the deadliest fatal crash of each year, {state}").format(state=name),
            [Column(_("Year")), Column(_("Deaths"), True)],
            [[str(year), size] for year, size in series.items()],
            fars_source(report),
            folded=True,
        ),
        **_years(
            report,
            series,
            report.own_deaths,
            [
                ngettext("{year}: {deaths} death", "{year}: {deaths} deaths", size).format(
                    year=year, deaths=size
                )
                for year, size in series.items()
            ],
            _("Deaths in the deadliest fatal crash of the year"),
            report.own_in_state,
        ),
    )


def _largest_by_year(report: Report) -> Chart:
    """Draw the fatal crash with the most vehicles of each year in the state."""
    series = crashes.largest_by_year(report.in_state)
    own_here = report.own_in_state

    place = crashes.rank(report.in_state, report.crash, "vehicles")
    first = place.place == 1 and not place.joint
    next_largest = "crashes.state_next_largest_vehicles"
    if own_here and first and next_largest not in report.findings:
        headline = _("The [only](crashes.state_fatal_crashes) fatal crash in {state}’s files of these years")
    elif own_here and first:
        headline = ngettext(
            "The largest fatal crash in {state}’s files, ahead of one with"
            " {crashes.state_next_largest_vehicles} vehicle",
            "The largest fatal crash in {state}’s files, ahead of one with"
            " {crashes.state_next_largest_vehicles} vehicles",
            report.findings.value(next_largest),
        )
    elif own_here and place.joint:
        headline = _(
            "Among {state}’s fatal crashes it is tied for {crashes.state_rank_by_vehicles|ordinal} by"
            " vehicles"
        )
    elif own_here:
        headline = _(
            "Among {state}’s fatal crashes it stands {crashes.state_rank_by_vehicles|ordinal} by vehicles"
        )
    elif first:
        headline = _("No fatal crash in {state}’s files of these years had as many vehicles")
    elif place.joint:
        headline = _("In {state} it would be tied for {crashes.state_rank_by_vehicles|ordinal} by vehicles")
    else:
        headline = _("In {state} it would stand {crashes.state_rank_by_vehicles|ordinal} by vehicles")
    name = report.state_name
    table = Table(
        "state-by-year",
        _("Vehicles in the largest fatal crash of each year, {state}").format(state=name),
        [Column(_("Year")), Column(_("Vehicles"), True)],
        [[str(year), size] for year, size in series.items()],
        fars_source(report),
        folded=True,
    )
    return Chart(
        "state-by-year",
        fill(report, headline, state=name),
        _("Vehicles in the largest fatal crash of each year, {state}, {years}").format(
            state=name, years=report.years
        ),
        ngettext(
            "Column chart of the largest fatal crash of each year in {state}, where the most is {vehicles}"
            " vehicle, in {year}.",
            "Column chart of the largest fatal crash of each year in {state}, where the most is {vehicles}"
            " vehicles, in {year}.",
            max(series.values()),
        ).format(state=name, vehicles=max(series.values()), year=max(series, key=lambda year: series[year])),
        fars_source(report),
        " ".join((vehicles_note(report), _("The largest crash of a year is not always the deadliest."))),
        table,
        **_years(
            report,
            series,
            report.own_vehicles,
            [
                ngettext("{year}: {vehicles} vehicle", "{year}: {vehicles} vehicles", most).format(
                    year=year, vehicles=most
                )
                for year, most in series.items()
            ],
            _("Vehicles in the largest fatal crash of the year"),
            own_here,
        ),
    )


__all__ = ["largest", "state_by_year", "vehicles"]
