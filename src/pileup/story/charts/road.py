"""A sketch of the road that led to the crash, drawn from coordinates, without map tiles."""

from itertools import pairwise

from pileup import route
from pileup.story import words
from pileup.story.blocks import Chart, Column, Table, needs
from pileup.story.charts.case import case_source
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report

_LOOKS = {
    "exit": (CONTEXT, "circle", 9, INK),
    "ramp": (SECOND, "triangle-up", 14, SECOND),
    "crash": (ACCENT, "diamond", 15, ACCENT),
    "other": (CONTEXT, "square", 9, INK),
}


@needs(
    lambda report: "" if report.case.waypoint else "The case file has no points along the road.", quiet=True
)
def road(report: Report) -> Chart:
    """Which way did the road go, and what lay along it?"""
    spots = route.lay_out(report.case.waypoint)
    east, north = [spot.east for spot in spots], [spot.north for spot in spots]
    wide, high = max(east) - min(east), max(north) - min(north)

    def draw(narrow: bool) -> Canvas:
        left, right, top, bottom = (18, 34, 56, 64) if narrow else (60, 110, 44, 64)
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
            [f"{spot.place.label}: milepost {spot.place.milepost:g}" for spot in spots],
            [look[2] for look in looks],
            [look[1] for look in looks],
        )
        for index, (spot, look) in enumerate(zip(spots, looks, strict=True)):
            # Labels stand above and below in turn, so that neighbours keep clear of each other.
            above = index % 2 == 0 or index == len(spots) - 1
            anchor = "left" if index == 0 else "right" if index == len(spots) - 1 else "center"
            text = words.wrap(spot.place.label, 13 if narrow else 30)
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
        canvas.label(min(east) + mile, below, f"{words.number(mile)} mile", MUTED, yref="paper", dx=6)
        canvas.label(max(east), below, "north is up", MUTED, anchor="right", yref="paper", dx=14)
        return canvas

    first, last = spots[0].place, spots[-1].place
    table = Table(
        "road",
        "Points along the road",
        [Column("Point"), Column("Milepost", True), Column("Position"), Column("Status")],
        [
            [
                spot.place.label,
                spot.place.milepost,
                "by its milepost" if spot.by_milepost else f"{spot.place.latitude}, {spot.place.longitude}",
                spot.place.status,
            ]
            for spot in spots
        ],
        case_source(report),
        row_origins=[f"waypoint.{spot.place.id}" for spot in spots],
    )
    headline = "The road from {first} to {last}"
    kinds = {spot.place.kind for spot in spots}
    if "case.miles_ramp_to_crash" in report.findings and {"ramp", "crash"} <= kinds:
        past = report.findings.value("case.miles_ramp_to_crash") > 0
        headline = "By mileposts the crash was about {case.miles_ramp_to_crash} miles "
        headline += "past the escape ramp" if past else "before the escape ramp"
    guessed = [spot.place.label for spot in spots if spot.by_milepost]
    by_post = (
        f" Set by its milepost, not by a position: {words.lower('; '.join(guessed))}." if guessed else ""
    )
    return Chart(
        "road",
        fill(report, headline, first=words.lower(first.label), last=words.lower(last.label)),
        f"{report.case.crash.road}, sketch of the way from milepost {first.milepost:g} to {last.milepost:g}",
        f"Sketch map of {report.case.crash.road}, where {len(spots)} points from milepost {first.milepost:g}"
        f" to {last.milepost:g} lie along {words.number(route.length(spots))} miles of straight lines.",
        case_source(report),
        "Straight lines between points; the road itself curves, so mileposts are further apart than the lines"
        f" are long.{by_post} One mark stands for the crash; nothing else about it is placed on the sketch.",
        table,
        **both(draw),
    )


__all__ = ["road"]
