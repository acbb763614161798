"""A map of tiles: the largest fatal crash of each state, and the table to find one's own."""

from pileup.record import crashes
from pileup.record.crashes import LARGE, InState
from pileup.record.states import STATES
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Table, needs
from pileup.story.charts.crash import at_least, fars_source, vehicles_note
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


def _steps(least: int) -> list[tuple[int, float]]:
    """Return from how many vehicles on a tile is how dark: as many as asked for, and 20."""
    starts = [0, *sorted({LARGE, least} - {0})]
    return list(zip(starts, _SHADES[-len(starts) :], strict=True))


@needs(missing.on_the_map)
def states(report: Report) -> Chart:
    """How large was the largest fatal crash of each state?"""
    every, steps = report.by_state, _steps(report.vehicles)
    home = report.case.case.state
    outlined = {home: SECOND} if home else {}
    if report.state not in outlined:
        outlined[report.state] = INK

    def shade(one: InState) -> float:
        return max(strong for start, strong in steps if one.vehicles >= start)

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
            [_told(one) for one in every],
            high - edge,
            shades=[shade(one) for one in every],
        )
        for one, (column, row) in zip(every, tiles, strict=True):
            text = f"{one.state}<br>{one.vehicles or '–'}"
            color = outlined.get(one.state, INK)
            x, y = (column + 0.5) * pitch - edge / 2, (row + 0.5) * high
            canvas.label(x, y, text, INK, one.state in outlined, "center", size=12 if narrow else 13)
            if one.state in outlined:
                canvas.box(column * pitch, row * high + edge / 2, pitch - edge, high - edge, color, 2.5)
        _key(canvas, steps, 1.5 * pitch, narrow)
        return canvas

    return Chart(
        "states",
        _headline(report),
        _("Vehicles in the largest fatal crash of each state and DC, {years}").format(years=report.years),
        _alt(report),
        fars_source(report),
        " ".join(
            (
                vehicles_note(report),
                _("The state of this case is outlined in color; a tile says nothing of a state’s size.")
                if home
                else _("A tile says nothing of a state’s size."),
            )
        ),
        find_your_state(report),
        **both(draw),
    )


def _key(canvas: Canvas, steps: list[tuple[int, float]], x: float, narrow: bool) -> None:
    """Say what the shades mean, where the map has no state."""
    first = steps[1][0]
    texts = [ngettext("fewer than {n} vehicle", "fewer than {n} vehicles", first).format(n=first)]
    texts += [_("{n} or more").format(n=start) for start, _strong in steps[1:]]
    pitch = 19
    middles = [10 + pitch * place for place in range(len(texts))]
    shades = [strong for _start, strong in steps]
    canvas.bars(middles, [x] * len(texts), [x + 16] * len(texts), CONTEXT, texts, 13, shades=shades)
    for middle, text in zip(middles, texts, strict=True):
        canvas.label(x + 16, middle, text, INK, dx=3, size=12 if narrow else 13)


def _told(one: InState) -> str:
    name = _(STATES[one.state])
    if not one.crashes:
        return _("{state}: no fatal crash on file").format(state=name)
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


def _asked(report: Report) -> Text:
    """Say how many crashes of the state have as many vehicles as were asked for, and how many states none."""
    many = report.findings.value("crashes.state_at_least_vehicles")
    without, every = (report.findings.value(f"crashes.states{which}") for which in ("_not_reaching", ""))
    if without == every:
        none = _("No fatal crash on file in any state, DC included, involved {least}")
        return fill(report, none, least=at_least(report))
    if not many:
        return _with_others(report, _("No fatal crash on file in {state} involved {least}"))
    here = ngettext(
        "{crashes.state_at_least_vehicles} fatal crash in {state} involved {least}",
        "{crashes.state_at_least_vehicles} fatal crashes in {state} involved {least}",
        many,
    )
    return _with_others(report, here)


def _with_others(report: Report, here: str) -> Text:
    """Say something of the state, and of the others in how many none was so large."""
    without, every = (report.findings.value(f"crashes.states{which}") for which in ("_not_reaching", ""))
    if not without:
        there = _("every state, DC included, has had one with {least}")
    elif without == every:
        there = _("no state, DC included, has had one with {least}")
    else:
        there = _(
            "in {crashes.states_not_reaching} of {crashes.states} states, DC included, none had {least}"
        )
    name, least = report.state_name, at_least(report)
    return fill(
        report,
        _("{here}; {there}"),
        here=fill(report, here, state=name, State=name[:1].upper() + name[1:], least=least),
        there=fill(report, there, least=least),
    )


def _alt(report: Report) -> str:
    largest = max(report.by_state, key=lambda one: one.vehicles)
    own = next(one for one in report.by_state if one.state == report.state)
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
            Column(_("Largest, vehicles"), True),
            Column(_("Its deaths"), True),
            Column(_("Its year"), True),
            Column(_("With {least}").format(least=plain(at_least(report))), True),
        ],
        [
            [
                _(STATES[one.state]),
                one.crashes,
                *((one.vehicles, one.deaths, str(one.year)) if one.crashes else (None, None, None)),
                one.reaching,
            ]
            for one in report.by_state
        ],
        fars_source(report),
        folded=True,
    )
