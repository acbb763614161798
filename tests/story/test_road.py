"""The strip of the road: it goes down to the crash, by mileposts; positions against the great circle."""

import math
from itertools import pairwise
from pathlib import Path

import pytest

from common import ROOT
from pileup.base.errors import PileupError
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


def test_the_length_of_the_way_is_that_of_great_circles() -> None:
    case = load_case("aguilera-mederos")
    points = sorted((one for one in case.waypoint if one.latitude is not None), key=lambda one: one.milepost)
    (fact,) = (fact for fact in case.fact if fact.id == "F33c")
    assert round(sum(_great_circle(*pair) for pair in pairwise(points)), 1) == fact.value


def _strip(report: Report) -> tuple[list[float], list[str]]:
    """How far down each point of the strip stands, and the words of the drawing."""
    drawn = charts.road(report).wide.to_plotly_json()
    dots = next(trace for trace in drawn["data"] if trace["type"] == "scatter")
    down = drawn["layout"]["yaxis"]["range"]
    assert down[0] > down[1] == 0, "a pixel further down is a greater number"
    return list(dots["y"]), [label["text"] for label in drawn["layout"]["annotations"]]


def test_the_strip_goes_down_to_the_crash_and_says_the_speeds(report: Report) -> None:
    kinds = [one.kind for one in report.case.waypoint]
    assert kinds.count("crash") == kinds.count("ramp") == 1
    heights, said = _strip(report)
    assert heights == sorted(heights)
    assert [row[1] for row in charts.road(report).table.rows[:5]] == [254, 256, 257, 259, 263]
    assert sum("mile 263" in text for text in said) == 1
    for speed in ("limit for trucks: 45 mph", "general limit: 65 mph", "85 mph"):
        assert any(speed in text for text in said), speed


@pytest.mark.parametrize("mileposts", [(263, 254), (254, 263), (9, 8.9, 8.8, 0)])
def test_the_crash_is_at_the_end_of_the_strip_whichever_way_the_mileposts_run(
    report: Report, monkeypatch: pytest.MonkeyPatch, mileposts: tuple[float, ...]
) -> None:
    points = [_point(one) for one in mileposts]
    points[-1] = points[-1].model_copy(update={"kind": "crash"})
    monkeypatch.setattr(report, "case", report.case.model_copy(update={"waypoint": sorted(points, key=str)}))
    heights, said = _strip(report)
    miles = [text for text in said if text.startswith("mile ")]
    assert miles == [f"mile {one:g}" for one in mileposts]
    assert all(later - above >= 24 for above, later in pairwise(heights))


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("milepost = 1\nlatitude = 40.0\n", "latitude and longitude go together: give both, or neither"),
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
