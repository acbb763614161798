"""A map of tiles: the largest fatal crash of each state, and the table to find one's own.

The largest has the most vehicles; where only deaths tell of the crash's size, it has the most deaths.
"""

from pileup.record import crashes
from pileup.record.crashes import LARGE, InState
from pileup.record.states import STATES
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Table, needs
from pileup.story.charts.crash import (
    at_least,
    at_least_deaths,
    deaths_note,
    fars_source,
    vehicles_note,
)
from pileup.story.charts.theme import CONTEXT, INK, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words.language import _, ngettext
from pileup.words.text import Text, plain

#: Where each state stands: rows from north to south, columns from west to east.
_ROWS = (
    "AK .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. .. .. .. VT NH",
    "WA ID MT ND MN WI .. MI NY MA RI",
    "OR NV WY SD IA IL IN OH PA NJ CT",
    "CA UT CO NE MO KY WV VA MD DE ..",
    ".. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. OK LA MS AL GA .. .. ..",
    "HI .. .. TX .. .. .. .. FL .. ..",
)
TILES = {
    code: (column, row)
    for row, line in enumerate(_ROWS)
    for column, code in enumerate(line.split())
    if code != ".."
}
#: How strong the color is, from the smallest crashes to the largest.
_SHADES = (0.15, 0.4, 0.7)


#: From how many deaths on a tile is darkest, where deaths are what is drawn.
_DEADLY = 10


def _steps(report: Report) -> list[tuple[int, float]]:
    """Return from what size on a tile is how dark: as large as asked for, and 20 vehicles or 10 deaths."""
    sizes = {_DEADLY, report.deaths} if report.by_deaths_alone else {LARGE, report.vehicles}
    starts = [0, *sorted(sizes - {0})]
    return list(zip(starts, _SHADES[-len(starts) :], strict=True))


def _size(report: Report, one: InState) -> int:
    """Return the size of the largest crash of a state: its vehicles or its deaths."""
    return one.deaths if report.by_deaths_alone else one.vehicles


def _every(report: Report) -> list[InState]:
    return report.by_state_deaths if report.by_deaths_alone else report.by_state


@needs(missing.on_the_map)
def states(report: Report) -> Chart:
    """How large was the largest fatal crash of each state?"""
    every, steps = _every(report), _steps(report)
    home = report.case.case.state
    outlined = {home: SECOND} if home else {}
    if report.state not in outlined:
        outlined[report.state] = INK

    def shade(one: InState) -> float:
        return max(strong for start, strong in steps if _size(report, one) >= start)

    def draw(narrow: bool) -> Canvas:
        pitch, high = (26, 34) if narrow else (64, 44)
        edge, side = 2 if narrow else 3, 7 if narrow else 8
        canvas = Canvas(narrow, left=side, right=side, bottom=8)
        canvas.pixels(len(_ROWS) * high)
        tiles = [TILES[one.state] for one in every]
        canvas.bars(
            [(row + 0.5) * high for _column, row in tiles],
            [column * pitch for column, _row in tiles],
            [(column + 1) * pitch - edge for column, _row in tiles],
            CONTEXT,
            [_told(report, one) for one in every],
            high - edge,
            shades=[shade(one) for one in every],
        )
        for one, (column, row) in zip(every, tiles, strict=True):
            text = f"{one.state}<br>{_size(report, one) or '–'}"
            color = outlined.get(one.state, INK)
            x, y = (column + 0.5) * pitch - edge / 2, (row + 0.5) * high
            canvas.label(x, y, text, INK, one.state in outlined, "center", size=12 if narrow else 13)
            if one.state in outlined:
                canvas.box(column * pitch, row * high + edge / 2, pitch - edge, high - edge, color, 2.5)
        _key(canvas, steps, 1.5 * pitch, narrow, report.by_deaths_alone)
        return canvas

    return Chart(
        "states",
        _headline_by_deaths(report) if report.by_deaths_alone else _headline(report),
        (
            _("Deaths in the deadliest fatal crash of each state and DC, {years}")
            if report.by_deaths_alone
            else _("Vehicles in the largest fatal crash of each state and DC, {years}")
        ).format(years=report.years),
        _alt(report),
        fars_source(report),
        " ".join(
            (
                deaths_note() if report.by_deaths_alone else vehicles_note(report),
                _("The state of this case is outlined in color; a tile says nothing of a state’s size.")
                if home
                else _("A tile says nothing of a state’s size."),
            )
        ),
        find_your_state(report),
        **both(draw),
    )


def _key(canvas: Canvas, steps: list[tuple[int, float]], x: float, narrow: bool, deaths: bool) -> None:
    """Say what the shades mean, where the map has no state."""
    first = steps[1][0]
    fewer = (
        ngettext("fewer than {n} death", "fewer than {n} deaths", first)
        if deaths
        else ngettext("fewer than {n} vehicle", "fewer than {n} vehicles", first)
    )
    texts = [fewer.format(n=first)]
    texts += [_("{n} or more").format(n=start) for start, _strong in steps[1:]]
    pitch = 19
    middles = [10 + pitch * place for place in range(len(texts))]
    shades = [strong for _start, strong in steps]
    canvas.bars(middles, [x] * len(texts), [x + 16] * len(texts), CONTEXT, texts, 13, shades=shades)
    for middle, text in zip(middles, texts, strict=True):
        canvas.label(x + 16, middle, text, INK, dx=3, size=12 if narrow else 13)


def _told(report: Report, one: InState) -> str:
    name = _(STATES[one.state])
    if not one.crashes:
        return _("{state}: no fatal crash on file").format(state=name)
    if report.by_deaths_alone:
        text = ngettext("{state}: {deaths} death, {year}", "{state}: {deaths} deaths, {year}", one.deaths)
        return text.format(state=name, deaths=one.deaths, year=one.year)
    text = ngettext(
        "{state}: {vehicles} vehicle, {year}", "{state}: {vehicles} vehicles, {year}", one.vehicles
    )
    return text.format(state=name, vehicles=one.vehicles, year=one.year)


def _headline(report: Report) -> Text:
    """Say how it stands in the state, and how many states have none so large."""
    if report.parameters.vehicles:
        return _asked(report)
    place = crashes.rank(report.in_state, report.crash, "vehicles")
    first = place.place == 1
    if not first:
        here = ngettext(
            "{State} has had a larger fatal crash, with {crashes.state_largest_vehicles} vehicle",
            "{State} has had a larger fatal crash, with {crashes.state_largest_vehicles} vehicles",
            report.findings.value("crashes.state_largest_vehicles"),
        )
    elif report.own_in_state and place.joint:
        here = _("No fatal crash on file in {state} was larger")
    elif report.own_in_state:
        here = _("No other fatal crash on file in {state} was as large")
    elif place.joint:
        here = _("The largest fatal crash on file in {state} had as many vehicles")
    else:
        here = _("No fatal crash on file in {state} had as many vehicles")
    return _with_others(report, here)


def _headline_by_deaths(report: Report) -> Text:
    """Say how it stands in the state by deaths, and how many states have none so deadly."""
    if report.parameters.deaths:
        return _asked(report)
    place = crashes.rank(report.in_state, report.crash, "deaths")
    if place.place > 1:
        here = ngettext(
            "{State} has had a deadlier fatal crash, with {crashes.state_largest_deaths} death",
            "{State} has had a deadlier fatal crash, with {crashes.state_largest_deaths} deaths",
            report.findings.value("crashes.state_largest_deaths"),
        )
    elif report.own_in_state and place.joint:
        here = _("No fatal crash on file in {state} was deadlier")
    elif report.own_in_state:
        here = _("No other fatal crash on file in {state} was as deadly")
    elif place.joint:
        here = _("The deadliest fatal crash on file in {state} killed as many people")
    else:
        here = _("No fatal crash on file in {state} killed as many people")
    return _with_others(report, here)


def _asked(report: Report) -> Text:
    """Say how many crashes of the state are as large as was asked for, and how many states have none."""
    many = report.findings.value(f"crashes.state_at_least_{_by(report)}")
    without, every = _without(report)
    if without == every:
        none = _("No fatal crash on file in any state, DC included, involved {least}")
        return fill(report, none, least=_at_least(report))
    if not many:
        return _with_others(report, _("No fatal crash on file in {state} involved {least}"))
    if report.by_deaths_alone:
        here = ngettext(
            "{crashes.state_at_least_deaths} fatal crash in {state} involved {least}",
            "{crashes.state_at_least_deaths} fatal crashes in {state} involved {least}",
            many,
        )
        return _with_others(report, here)
    here = ngettext(
        "{crashes.state_at_least_vehicles} fatal crash in {state} involved {least}",
        "{crashes.state_at_least_vehicles} fatal crashes in {state} involved {least}",
        many,
    )
    return _with_others(report, here)


def _with_others(report: Report, here: str) -> Text:
    """Say something of the state, and of the others in how many none was so large."""
    without, every = _without(report)
    if not without:
        there = _("every state, DC included, has had one with {least}")
    elif without == every:
        there = _("no state, DC included, has had one with {least}")
    elif report.by_deaths_alone:
        there = _(
            "in {crashes.states_not_reaching_deaths} of {crashes.states} states, DC included, none had"
            " {least}"
        )
    else:
        there = _(
            "in {crashes.states_not_reaching} of {crashes.states} states, DC included, none had {least}"
        )
    name, least = report.state_name, _at_least(report)
    return fill(
        report,
        _("{here}; {there}"),
        here=fill(report, here, state=name, State=name[:1].upper() + name[1:], least=least),
        there=fill(report, there, least=least),
    )


def _by(report: Report) -> str:
    return "deaths" if report.by_deaths_alone else "vehicles"


def _without(report: Report) -> tuple[float, float]:
    """Return how many states have no crash so large, and how many there are."""
    none = "_not_reaching_deaths" if report.by_deaths_alone else "_not_reaching"
    without, every = (report.findings.value(f"crashes.states{which}") for which in (none, ""))
    return without, every


def _at_least(report: Report) -> Text:
    """Say from what size on a crash is counted."""
    return at_least_deaths(report) if report.by_deaths_alone else at_least(report)


def _alt(report: Report) -> str:
    largest = max(_every(report), key=lambda one: _size(report, one))
    own = next(one for one in _every(report) if one.state == report.state)
    if report.by_deaths_alone:
        return _(
            "Tile map of the states by deaths in the deadliest fatal crash, where {state} has {own} and"
            " the most is {most}, in {place}."
        ).format(state=report.state_name, own=own.deaths, most=largest.deaths, place=_(STATES[largest.state]))
    return _(
        "Tile map of the states by vehicles in the largest fatal crash, where {state} has {own} and"
        " the most is {most}, in {place}."
    ).format(state=report.state_name, own=own.vehicles, most=largest.vehicles, place=_(STATES[largest.state]))


def find_your_state(report: Report) -> Table:
    """Find your state: its fatal crashes, the largest of them, and how many had as many vehicles."""
    return Table(
        "states",
        _("Find your state: fatal crashes, {years}").format(years=report.years),
        [
            Column(_("State")),
            Column(_("Fatal crashes"), True),
            *(
                [Column(_("Deadliest, deaths"), True), Column(_("Its vehicles"), True)]
                if report.by_deaths_alone
                else [Column(_("Largest, vehicles"), True), Column(_("Its deaths"), True)]
            ),
            Column(_("Its year"), True),
            Column(_("With {least}").format(least=plain(_at_least(report))), True),
        ],
        [
            [
                _(STATES[one.state]),
                one.crashes,
                *(_largest(report, one) if one.crashes else (None, None, None)),
                one.reaching,
            ]
            for one in _every(report)
        ],
        fars_source(report),
        folded=True,
    )


def _largest(report: Report, one: InState) -> tuple[int, int, str]:
    """Return the size of a state's largest crash, what else is known of it, and its year."""
    sizes = (one.deaths, one.vehicles) if report.by_deaths_alone else (one.vehicles, one.deaths)
    return *sizes, str(one.year)
