"""The sketch of the road: positions against the great circle, and points set by their mileposts."""

import math
from itertools import pairwise
from pathlib import Path

import pytest

from common import ROOT
from pileup.base.errors import PileupError
from pileup.case import route
from pileup.case.load import load_case
from pileup.case.model import Waypoint
from pileup.case.parts import Citation
from pileup.story import charts
from pileup.story.report import Report


def _point(milepost: float, latitude: float | None = None, longitude: float | None = None) -> Waypoint:
    return Waypoint(
        id=f"W{milepost:g}",
        kind="exit",
        label=f"Exit {milepost:g}",
        milepost=milepost,
        latitude=latitude,
        longitude=longitude,
        status="confirmed",
        sources=[Citation(source="s")],
    )


def _great_circle(one: Waypoint, other: Waypoint) -> float:
    """Return miles by the haversine formula."""
    a, b, c, d = (math.radians(x) for x in (one.latitude, one.longitude, other.latitude, other.longitude))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 3958.8 * math.asin(math.sqrt(h))


def test_distances_are_those_of_the_great_circle() -> None:
    points = [one for one in load_case("aguilera-mederos").waypoint if one.latitude is not None]
    spots = route.lay_out(points)
    assert (spots[0].east, spots[0].north) == (0, 0)
    for one, other in pairwise(spots):
        flat = math.hypot(other.east - one.east, other.north - one.north)
        assert flat == pytest.approx(_great_circle(one.place, other.place), rel=1e-3)
    (fact,) = (fact for fact in load_case("aguilera-mederos").fact if fact.id == "F33c")
    assert round(route.length(spots), 1) == fact.value


def test_a_point_without_coordinates_lies_where_its_milepost_puts_it() -> None:
    spots = route.lay_out([_point(4, 40.0, -105.0), _point(1), _point(0, 40.0, -105.4)])
    assert [spot.place.milepost for spot in spots] == [0, 1, 4]
    assert [spot.by_milepost for spot in spots] == [False, True, False]
    assert spots[1].east == pytest.approx(spots[2].east / 4)
    assert spots[1].north == pytest.approx(0)


def test_the_sketch_marks_the_crash_once(report: Report) -> None:
    kinds = [one.kind for one in report.case.waypoint]
    assert kinds.count("crash") == kinds.count("ramp") == 1
    chart = charts.road(report)
    assert chart.table.rows[0][0].startswith("Exit 254")
    assert "by its milepost" in [row[2] for row in chart.table.rows]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("milepost = 1\nlatitude = 40.0\n", "latitude and longitude go together: give both, or neither"),
        ("milepost = 9\n", "no coordinates, and its milepost is not between two points"),
        ("milepost = 0\nlatitude = 40.1\nlongitude = -105.1\n", "milepost 0 stands twice"),
        ("milepost = 1\nlatitude = 91.0\nlongitude = 0.0\n", "latitude"),
    ],
)
def test_a_faulty_waypoint_is_told_with_its_line(tmp_path: Path, points: str, said: str) -> None:
    start = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8")
    source = start.split("[[source]]")[1].split('id = "')[1].split('"')[0]
    part = '\n[[waypoint]]\nid = "{}"\nkind = "exit"\nlabel = "x"\nstatus = "single-source"\n'
    part += f'sources = [{{{{ source = "{source}" }}}}]\n'
    good = "".join(
        part.format(f"W{n}") + f"milepost = {n}\nlatitude = 40.{n}\nlongitude = -105.0\n" for n in (0, 2)
    )
    path = tmp_path / "own.toml"
    path.write_text(start + good, encoding="utf-8")
    load_case(str(path))
    path.write_text(start + good + part.format("W9") + points, encoding="utf-8")
    with pytest.raises(PileupError, match=r"line \d+") as error:
        load_case(str(path))
    assert said in str(error.value)
