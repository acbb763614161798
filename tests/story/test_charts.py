"""Charts say what the files hold: their tables and drawings, counted again by another route."""

import csv
import math
import re
import statistics
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from common import ROOT
from pileup.case.load import known_cases
from pileup.files import parameters
from pileup.page import svg
from pileup.record.states import STATES
from pileup.story import charts
from pileup.story.blocks import Chart
from pileup.story.charts import theme
from pileup.story.charts.states import TILES
from pileup.story.report import Report
from pileup.words.text import plain

with (ROOT / "data" / "crashes" / "counts.csv").open(newline="", encoding="utf-8") as file:
    #: State, vehicles, deaths, year, crashes.
    COUNTS = [
        (row["state"], int(row["vehicles"]), int(row["deaths"]), int(row["year"]), int(row["crashes"]))
        for row in csv.DictReader(file)
    ]


def chosen(**given: Any) -> Report:
    return Report(parameters.check(given))


def specks(chart: Chart, color: str, narrow: bool = False) -> int:
    """Count the marks of a color that dashed lines draw, from their lengths and their dashes."""
    figure = chart.narrow if narrow else chart.wide
    total = 0.0
    for shape in figure.to_plotly_json()["layout"]["shapes"]:
        if shape["type"] == "path" and shape["line"]["color"] == color:
            long, gap = (float(part.removesuffix("px")) for part in shape["line"]["dash"].split(","))
            for start, end in re.findall(r"M([\d.]+),[\d.]+H([\d.]+)", shape["path"]):
                total += (float(end) - float(start) + gap) / (long + gap)
    return round(total, 6)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_field_has_a_speck_for_each_crash_and_one_in_color(report: Report, narrow: bool) -> None:
    chart = charts.scale(report)
    assert specks(chart, charts.theme.CONTEXT, narrow) == 40_000 - 1
    assert specks(chart, charts.theme.ACCENT, narrow) == 24 + 4 + 1


@pytest.mark.parametrize(
    ("vehicles", "each", "field"), [(2, 1, 2), (5, 1, 211), (70, 10, 40_000), (131, 50, 35_956)]
)
def test_a_speck_stands_for_as_many_crashes_as_the_table_says(vehicles: int, each: int, field: int) -> None:
    chart = charts.scale(chosen(vehicles=vehicles))
    rows = {row[0]: row[1] if isinstance(row[1], str) else plain(row[1]) for row in chart.table.rows}
    assert rows["Crashes for each speck"] == str(each)
    assert rows["Specks"] == f"{field:,}"
    colored = 0 if vehicles == 131 else 1  # no crash on file had more than 130
    assert specks(chart, charts.theme.CONTEXT) == field - colored
    assert specks(chart, charts.theme.ACCENT) == 28 + colored


@pytest.mark.parametrize("vehicles", [1, 2_000, 10_000])
def test_a_case_without_kinds_has_marks_of_one_kind(write_case: Callable[..., Path], vehicles: int) -> None:
    case = write_case(
        ("value = 12\n", f"value = {vehicles}\n"),
        ('"Twelve vehicles were', f'"{vehicles:,} vehicles were'),
        ('"twelve vehicles"', f'"{vehicles:,} vehicles"'),
    )
    report = chosen(case=str(case))
    # Most crashes have one vehicle or more, and none has 2,000: no speck stands out.
    assert ("crashes.one_in" in report.findings) == (vehicles == 1)
    for narrow in (False, True):
        assert specks(charts.scale(report), charts.theme.ACCENT, narrow) == vehicles


def test_the_drawing_of_40_000_specks_is_small(report: Report) -> None:
    data = charts.scale(report)._repr_mimebundle_()
    for _size, name, figure in svg.drawings(data):
        assert len(svg.render(figure, name)) < 8_000


def test_every_state_has_a_tile_of_its_own() -> None:
    assert set(TILES) == set(STATES)
    assert not [place for place, tiles in Counter(TILES.values()).items() if tiles > 1]
    rows = [row for _code, (_column, row) in sorted(TILES.items(), key=lambda one: one[1][1])]
    assert all(later - row <= 1 for row, later in pairwise(rows))


@pytest.mark.parametrize("exclusions", [False, True])
def test_the_table_of_states_agrees_with_another_route(exclusions: bool) -> None:
    report = chosen(exclusions=exclusions)
    table = charts.states(report).table
    names = {name: code for code, name in STATES.items()}
    assert {names[row[0]] for row in table.rows} == set(STATES)
    for name, every, vehicles, deaths, year, reaching in table.rows:
        own = [row for row in COUNTS if row[0] == names[name]]
        if exclusions:  # the bridge of Minneapolis
            own = [row for row in own if row[:4] != ("MN", 80, 12, 2007)]
        largest = max(own, key=lambda row: (row[1], row[2], -row[3]))
        assert (vehicles, deaths, year) == (largest[1], largest[2], str(largest[3])), name
        assert every == sum(row[4] for row in own), name
        assert reaching == sum(row[4] for row in own if row[1] >= 28), name
    without = sum(row[5] == 0 for row in table.rows)
    assert without == report.findings.value("crashes.states_not_reaching") == (32 if exclusions else 31)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "No other fatal crash on file in Colorado was as large; in 31 of 51 states"),
        ({"state": "TX"}, "Texas has had a larger fatal crash, with 130 vehicles; in 31 of 51"),
        ({"state": "IA"}, "The largest fatal crash on file in Iowa had as many vehicles; in 31"),
        ({"state": "VT"}, "No fatal crash on file in Vermont had as many vehicles; in 31"),
        (
            {"state": "DC", "vehicles": 5},
            "15 fatal crashes in the District of Columbia involved 5 vehicles or more; "
            "every state, DC included, has had one with 5 vehicles or more",
        ),
        (
            {"vehicles": 131},
            "No fatal crash on file in any state, DC included, involved 131 vehicles or more",
        ),
    ],
)
def test_the_headline_of_the_map_fits_the_state(given: dict[str, Any], says: str) -> None:
    assert says in plain(charts.states(chosen(**given)).headline)


def test_florida_by_counts_for_a_death_agrees_with_another_route(report: Report) -> None:
    with (ROOT / "data" / "states" / "counts.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["state"] == "FL" and row["death_counts"]]
    terms: dict[int, list[float]] = {}
    for row in rows:
        months = math.inf if row["term"] == "life" else float(row["months"])
        terms.setdefault(int(row["death_counts"]), []).extend([months] * int(row["people"]))
    chart = charts.same_deaths(report)
    told = {row[0]: row for row in chart.table.rows}
    for count, months in terms.items():
        if len(months) >= 5:
            _count, people, median, *_quartiles, life, dead, every, each = told[count]
            assert (people, life) == (len(months), months.count(math.inf))
            assert float(median) == pytest.approx(statistics.median(months) / 12, abs=0.05)
            assert (dead, every) == tuple(sum(term >= 12 * own for term in months) for own in (40, 110))
            assert len(each.split("; ")) == (len(months) if count == 4 else 1)
    assert told["others, too few to show apart"][1] == sum(len(one) for one in terms.values() if len(one) < 5)


def test_the_bars_of_the_largest_say_how_many_stand_between(report: Report) -> None:
    chart = charts.largest(report)
    said = [label["text"] for label in chart.wide.to_plotly_json()["layout"]["annotations"]]
    sizes = [row[2] for row in chart.table.rows]
    assert f"{sum(size > 28 for size in sizes) - 11} more in between" in said
    assert "31 more in between" in said


def test_the_floors_stand_on_one_scale_up_to_the_sentence(report: Report) -> None:
    chart = charts.what_if(report)
    (dots,) = chart.wide.to_plotly_json()["data"]
    floors = {float(row[1]) for row in chart.table.rows}
    assert set(dots["x"]) <= floors
    assert max(dots["x"]) == 110
    assert 110 <= chart.wide.to_plotly_json()["layout"]["xaxis"]["range"][1] < 115


def _figures(case: str) -> list[tuple[str, dict[str, Any]]]:
    """Return each drawing of each chart of a case that has it, as Plotly JSON."""
    report = chosen(case=case)
    made = [getattr(charts, name)(report) for name in charts.__all__]
    shown = [one for one in made if isinstance(one, Chart)]
    assert len(shown) >= 3
    return [(one.id, figure.to_plotly_json()) for one in shown for figure in (one.wide, one.narrow)]


@pytest.mark.parametrize("case", known_cases())
def test_no_line_runs_over_a_dot(case: str) -> None:
    """A line that meets a dot lies below it; one that ends beside it may lie above."""
    met = 0
    for name, figure in _figures(case):
        dots = [
            (x, y)
            for trace in figure["data"]
            if trace["type"] == "scatter"
            for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
        for line in figure["layout"].get("shapes", ()):
            if line["type"] != "line" or (line["xref"], line["yref"]) != ("x", "y"):
                continue
            (left, right), (low, high) = (sorted((line[f"{axis}0"], line[f"{axis}1"])) for axis in "xy")
            over = [(x, y) for x, y in dots if left <= x <= right and low <= y <= high]
            met += len(over)
            assert line["layer"] == "below" or not over, (name, line)
    assert met >= 2


def test_a_range_is_a_band_and_a_number_a_line(report: Report) -> None:
    shapes = charts.everyone(report).wide.to_plotly_json()["layout"]["shapes"]
    across = {
        (one["x0"], one["x1"]): (one["type"], one["layer"])
        for one in shapes
        if one["yref"] == "paper" and (one["y0"], one["y1"]) == (0, 1)
    }
    assert across == {
        (10, 10): ("line", "below"),
        (20, 30): ("rect", "below"),
        (30, 30): ("line", "below"),
        (110, 110): ("line", "below"),
    }


@pytest.mark.parametrize("case", known_cases())
def test_the_accent_is_of_the_case_and_not_of_its_state(case: str) -> None:
    colored = {name for name, figure in _figures(case) if theme.ACCENT in str(figure)}
    assert not {"ranges", "states", "by-decade", "truck-share"} & colored
    assert "everyone" in colored
