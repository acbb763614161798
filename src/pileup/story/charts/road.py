"""A strip of the road that led to the crash, down by mileposts, with the limits and the speed."""

from itertools import pairwise

from pileup.case.model import Waypoint
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, NARROW, WIDE, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Number, Text

#: Color, symbol and size of a point of the road.
_LOOKS = {
    "exit": (CONTEXT, "circle", 9),
    "ramp": (INK, "triangle-down", 14),
    "crash": (ACCENT, "diamond", 15),
    "other": (CONTEXT, "square", 9),
}
#: Height of a line of text, of the way from point to point at least, and of the strip at most, in CSS pixels.
_LINE, _STEP, _TALL = 17, 24, 420


def _source(report: Report) -> Source:
    """Name the source of everything that comes from the case file."""
    known = written.day(report.case.case.as_of)
    return Source(
        _("The sources that the ledger lists with each point; as known on {day}.").format(day=known),
        ("case.file",),
    )


def _points(report: Report) -> list[Waypoint]:
    """Return the points in the order in which they were passed: the crash is nearer to the last of them."""
    points = sorted(report.case.waypoint, key=lambda one: one.milepost)
    crash = next((one.milepost for one in points if one.kind == "crash"), points[-1].milepost)
    back = abs(crash - points[0].milepost) < abs(crash - points[-1].milepost)
    return points[::-1] if back else points


def _heights(points: list[Waypoint], lines: list[int]) -> list[float]:
    """Return how far down each point stands: by mileposts, but for the room that a label takes."""
    miles = [abs(one.milepost - points[0].milepost) for one in points]
    least = min(later - mile for mile, later in pairwise(miles))
    scale = min(_STEP / least, _TALL / miles[-1])
    heights = [0.0]
    for (mile, later), above in zip(pairwise(miles), lines, strict=False):
        heights.append(heights[-1] + max((later - mile) * scale, _LINE * above + 8))
    return heights


def _speeds(report: Report) -> list[tuple[str, float, str, str]]:
    """Return the limits and the speed that is told: what, value, unit and color."""
    told = (
        ("truck_limit", _("limit for trucks"), CONTEXT),
        ("limit", _("general limit"), CONTEXT),
        ("speed", _("reported speed"), ACCENT),
    )
    facts = [(report.case.by_role(role), name, color) for role, name, color in told]
    return [
        (name, float(fact.value), fact.unit or "", color)
        for fact, name, color in facts
        if fact and isinstance(fact.value, int | float)
    ]


@needs(
    lambda report: "" if report.case.waypoint else _("The case file has no points along the road."),
    quiet=True,
)
def road(report: Report) -> Chart:
    """Which way did the road go, and what lay along it?"""
    points, speeds = _points(report), _speeds(report)

    def draw(narrow: bool) -> Canvas:
        at = 62 if narrow else 110
        labels = [written.wrap(one.label, 30 if narrow else 60) for one in points]
        heights = [14 + down for down in _heights(points, [text.count("<br>") + 1 for text in labels])]
        canvas = Canvas(narrow, left=8, right=8, bottom=8)
        for above, below in pairwise(heights):
            canvas.line(at, above, at, below, MUTED, 4, below=True)
        looks = [_LOOKS[one.kind] for one in points]
        hover = [
            _("{place}: milepost {milepost}").format(place=one.label, milepost=written.name(one.milepost))
            for one in points
        ]
        sizes, symbols = [look[2] for look in looks], [look[1] for look in looks]
        canvas.dots([at] * len(points), heights, [look[0] for look in looks], hover, sizes, symbols)
        for one, text, height in zip(points, labels, heights, strict=True):
            color = ACCENT if one.kind == "crash" else INK
            canvas.label(at, height, text, color, one.kind in ("ramp", "crash"), dx=14)
            mile = _("mile {milepost}").format(milepost=written.name(one.milepost))
            canvas.label(at, height, mile, MUTED, anchor="right", dx=-14)
        end = heights[-1] + _LINE * (labels[-1].count("<br>") + 1)
        canvas.pixels(_draw_speeds(canvas, speeds, at + 18, end))
        return canvas

    first, last = points[0], points[-1]
    ends = {
        "road": report.case.crash.road,
        "first": written.name(first.milepost),
        "last": written.name(last.milepost),
    }
    note = [
        _(
            "A strip from top to bottom in the direction of travel, spaced by mileposts; it shows neither"
            " curves nor how steep the road is."
        ),
        _("One mark stands for the crash; nothing else about it is placed on the sketch."),
    ]
    if speeds:
        note.append(_("Limits and speed are those of the case file, each with its source in the table."))
    return Chart(
        "road",
        _headline(report, first, last),
        _("{road}, sketch of the way from milepost {first} to {last}").format(**ends),
        _(
            "Strip of {road}, where {points} points lie below one another, mileposts {first} to {last}."
        ).format(points=len(report.case.waypoint), **ends),
        _source(report),
        " ".join(note),
        _numbers(report, points),
        **both(draw),
    )


def _draw_speeds(canvas: Canvas, speeds: list[tuple[str, float, str, str]], left: float, top: float) -> float:
    """Draw limits and speed as bars beside the end of the strip; return where they end."""
    if not speeds:
        return top + 4
    room = (NARROW if canvas.narrow else WIDE) - left - 24
    scale = min(room, 340) / max(value for _name, value, *_rest in speeds)
    texts = [
        written.wrap(f"{name}: {written.number(value)} {unit}", 30 if canvas.narrow else 60)
        for name, value, unit, _color in speeds
    ]
    middles, end = [], top - 5
    for text in texts:
        end += 13 + _LINE * (text.count("<br>") + 1)
        middles.append(end)
    for (_name, _value, _unit, color), text, middle in zip(speeds, texts, middles, strict=True):
        bold = color == ACCENT
        canvas.label(left, middle, text, color if bold else INK, bold, valign="bottom", dx=-4, dy=3)
    canvas.bars(
        middles,
        [left] * len(speeds),
        [left + scale * value for _name, value, *_rest in speeds],
        [color for *_rest, color in speeds],
        texts,
        6,
    )
    return middles[-1] + 8


def _headline(report: Report, first: Waypoint, last: Waypoint) -> Text:
    """Say how far past the ramp the crash was, where both are points of the road."""
    kinds = {one.kind for one in report.case.waypoint}
    if "case.miles_ramp_to_crash" not in report.findings or not {"ramp", "crash"} <= kinds:
        places = {"first": written.lower(first.label), "last": written.lower(last.label)}
        return fill(report, _("The road from {first} to {last}"), **places)
    miles = report.findings.value("case.miles_ramp_to_crash")
    past = ngettext(
        "By mileposts the crash was about {miles} mile past the escape ramp",
        "By mileposts the crash was about {miles} miles past the escape ramp",
        abs(miles),
    )
    before = ngettext(
        "By mileposts the crash was about {miles} mile before the escape ramp",
        "By mileposts the crash was about {miles} miles before the escape ramp",
        abs(miles),
    )
    far = (Number("case.miles_ramp_to_crash", miles, written.number(abs(miles))),)
    return fill(report, past if miles > 0 else before, miles=far)


def _numbers(report: Report, points: list[Waypoint]) -> Table:
    """Return the points with their mileposts and positions, and the limits and the speed."""
    rows: list[list[object]] = [
        [
            one.label,
            one.milepost,
            "" if one.latitude is None else f"{one.latitude}, {one.longitude}",
            "",
            _(one.status),
        ]
        for one in points
    ]
    origins = [f"waypoint.{one.id}" for one in points]
    for role in ("truck_limit", "limit", "speed"):
        if (fact := report.case.by_role(role)) and fact.value is not None:
            rows.append([fact.statement, None, "", f"{fact.value} {fact.unit}", _(fact.status)])
            origins.append(f"fact.{fact.id}")
    columns = [Column(_("Point")), Column(_("Milepost"), True), Column(_("Position"))]
    columns += [Column(_("Speed")), Column(_("Status"))]
    return Table("road", _("Points along the road"), columns, rows, _source(report), row_origins=origins)


__all__ = ["road"]
