"""A sketch of the road that led to the crash, drawn from coordinates, without map tiles."""

from itertools import pairwise

from pileup.case import route
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Number

_LOOKS = {
    "exit": (CONTEXT, "circle", 9, INK),
    "ramp": (SECOND, "triangle-up", 14, SECOND),
    "crash": (ACCENT, "diamond", 15, ACCENT),
    "other": (CONTEXT, "square", 9, INK),
}


def _source(report: Report) -> Source:
    """Name the source of everything that comes from the case file."""
    known = written.day(report.case.case.as_of)
    return Source(
        _("Court coverage and official records, listed in the ledger; as known on {day}.").format(day=known),
        ("case.file",),
    )


@needs(
    lambda report: "" if report.case.waypoint else _("The case file has no points along the road."),
    quiet=True,
)
def road(report: Report) -> Chart:
    """Which way did the road go, and what lay along it?"""
    spots = route.lay_out(report.case.waypoint)
    east, north = [spot.east for spot in spots], [spot.north for spot in spots]
    wide, high = max(east) - min(east), max(north) - min(north)

    def draw(narrow: bool) -> Canvas:
        left, right, top, bottom = (18, 34, 74, 64) if narrow else (60, 110, 44, 64)
        across = (300 if narrow else 720) - left - right
        scale = across / wide if wide else across  # pixels a mile, the same both ways
        canvas = Canvas(narrow, round(top + bottom + high * scale), left, right, top, bottom)
        canvas.x(range=[min(east), max(east)], showgrid=False, showticklabels=False)
        canvas.y(range=[min(north), max(north)], showgrid=False, showticklabels=False)
        for one, other in pairwise(spots):
            canvas.line(one.east, one.north, other.east, other.north, MUTED, 4, below=True)
        looks = [_LOOKS[spot.place.kind] for spot in spots]
        canvas.dots(
            east,
            north,
            [look[0] for look in looks],
            [
                _("{place}: milepost {milepost}").format(
                    place=spot.place.label, milepost=written.name(spot.place.milepost)
                )
                for spot in spots
            ],
            [look[2] for look in looks],
            [look[1] for look in looks],
        )
        for index, (spot, look) in enumerate(zip(spots, looks, strict=True)):
            # Labels stand above and below in turn, so that neighbors keep clear of each other.
            above = index % 2 == 0 or index == len(spots) - 1
            anchor = "left" if index == 0 else "right" if index == len(spots) - 1 else "center"
            text = written.wrap(spot.place.label, 13 if narrow else 30)
            marked = spot.place.kind in ("ramp", "crash")
            canvas.label(
                spot.east,
                spot.north,
                text,
                look[3],
                marked,
                anchor,
                "bottom" if above else "top",
                dx={"left": -8, "right": 14}.get(anchor, 0),
                dy=10 if above else -10,
            )
        below = -44 / max(high * scale, 1)  # a scale under the sketch, in shares of its height
        mile = min(1.0, wide)
        canvas.line(min(east), below, min(east) + mile, below, INK, 2, yref="paper")
        # An English label says "0.4 mile" as it says "1 mile".
        text = ngettext("{miles} mile", "{miles} mile", mile).format(miles=written.number(mile))
        canvas.label(min(east) + mile, below, text, MUTED, yref="paper", dx=6)
        canvas.label(max(east), below, _("north is up"), MUTED, anchor="right", yref="paper", dx=14)
        return canvas

    first, last = spots[0].place, spots[-1].place
    table = Table(
        "road",
        _("Points along the road"),
        [Column(_("Point")), Column(_("Milepost"), True), Column(_("Position")), Column(_("Status"))],
        [
            [
                spot.place.label,
                spot.place.milepost,
                _("by its milepost")
                if spot.by_milepost
                else f"{spot.place.latitude}, {spot.place.longitude}",
                _(spot.place.status),
            ]
            for spot in spots
        ],
        _source(report),
        row_origins=[f"waypoint.{spot.place.id}" for spot in spots],
    )
    kinds, given = {spot.place.kind for spot in spots}, {}
    if "case.miles_ramp_to_crash" in report.findings and {"ramp", "crash"} <= kinds:
        miles = report.findings.value("case.miles_ramp_to_crash")
        far = written.number(abs(miles))
        given["miles"] = (Number("case.miles_ramp_to_crash", miles, far),)
        headline = (
            ngettext(
                "By mileposts the crash was about {miles} mile past the escape ramp",
                "By mileposts the crash was about {miles} miles past the escape ramp",
                abs(miles),
            )
            if miles > 0
            else ngettext(
                "By mileposts the crash was about {miles} mile before the escape ramp",
                "By mileposts the crash was about {miles} miles before the escape ramp",
                abs(miles),
            )
        )
    else:
        headline = _("The road from {first} to {last}")
    note = [
        _(
            "Straight lines between points; the road itself curves, so mileposts are farther apart than the"
            " lines are long."
        ),
        _("One mark stands for the crash; nothing else about it is placed on the sketch."),
    ]
    if guessed := [spot.place.label for spot in spots if spot.by_milepost]:
        by_milepost = _("Set by its milepost, not by a position: {places}.")
        note.insert(1, by_milepost.format(places=written.lower("; ".join(guessed))))
    ends = {
        "road": report.case.crash.road,
        "first": written.name(first.milepost),
        "last": written.name(last.milepost),
    }
    return Chart(
        "road",
        fill(report, headline, first=written.lower(first.label), last=written.lower(last.label), **given),
        _("{road}, sketch of the way from milepost {first} to {last}").format(**ends),
        _(
            "Sketch map of {road}, where {points} points from milepost {first} to {last} lie along {miles}"
            " miles of straight lines."
        ).format(points=len(spots), miles=written.number(route.length(spots)), **ends),
        _source(report),
        " ".join(note),
        table,
        **both(draw),
    )


__all__ = ["road"]
