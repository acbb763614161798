"""A group of one's own: from the county's file to its place in the picture and in the table of groups."""

import json
import math
from pathlib import Path

import pytest

from common import exported
from pileup.base.errors import PileupError
from pileup.case.group import load_group
from pileup.files import parameters
from pileup.story import charts, tables
from pileup.story.report import Report

WHOLE = {
    "name": "Somewhere, reckless homicide",
    "what": "sentence",
    "years": "sentenced 2015 to 2020",
    "bias": "everybody sentenced",
    "weakness": "one county",
    "publisher": "A county",
    "url": "https://example.org/data",
    "notes": ["Left out: 3 charges, carried over."],
    "months": [36, 24.0, 48, 60, 120, 96],
    "life": 1,
    "no_prison": 4,
}


#: The same terms twice over, so that they are enough people for a median that leads.
ENOUGH = [*WHOLE["months"], *WHOLE["months"]]


def _write(folder: Path, **changed: object) -> Path:
    path = folder / "group.json"
    path.write_text(json.dumps({**WHOLE, **changed}), encoding="utf-8")
    return path


def test_its_terms_are_sorted_and_life_is_longest(tmp_path: Path) -> None:
    terms = load_group(_write(tmp_path)).terms
    assert terms.months == (24, 36, 48, 60, 96, 120, math.inf)
    assert (terms.median, terms.no_prison, terms.life) == (60, 4, 1)


@pytest.mark.slow
def test_it_stands_in_the_charts_the_table_and_the_ledger(tmp_path: Path) -> None:
    report = Report(parameters.check({"group": str(_write(tmp_path, months=ENOUGH))}))
    assert report.findings.value("comparison.nearest_groups") == 4
    assert report.findings.value("comparison.pooled_people") == 1_221, "only the whole official files"
    assert report.findings.value("comparison.reaching.own.commuted") == 3
    chart, table = charts.everyone(report), tables.groups(report)
    for rows in (chart.table.rows, table.rows):
        assert [row[0] for row in rows][3] == "Somewhere, reckless homicide"
    assert table.rows[3][1] == "everybody sentenced"
    assert table.rows[3][-1] == "yes"
    page, ledger = exported(report)  # the guard has refused a number without an origin
    assert 'href="ledger.html#how-table.own-group"' in page
    assert 'id="how-table.own-group"' in ledger
    assert "carried over" in ledger


def test_the_median_of_ten_people_or_fewer_leads_nothing(tmp_path: Path) -> None:
    report = Report(parameters.check({"group": str(_write(tmp_path))}))
    assert report.findings.value("comparison.nearest_groups") == 3
    assert "comparison.reaching.own.commuted" not in report.findings
    assert "Somewhere" not in str(charts.lead(report)._repr_mimebundle_())
    row = next(row for row in tables.groups(report).rows if row[0] == WHOLE["name"])
    assert row[-1] == "no: 10 people or fewer"
    assert WHOLE["name"] in [row[0] for row in charts.everyone(report).table.rows]


def test_prisoners_of_one_day_are_shown_as_a_range(tmp_path: Path) -> None:
    report = Report(parameters.check({"group": str(_write(tmp_path, stock=True, months=ENOUGH))}))
    assert report.findings.value("comparison.by_inflow_months.own") == 36
    row = charts.everyone(report).table.rows[3]
    assert (row[4], row[5]) == ("5", "3")
    assert "comparison.by_inflow_months.own" not in Report(parameters.check({})).findings


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"months": [1, 2, 3]}, "4 people with a prison term; groups of fewer than 5 are not shown"),
        ({"months": [0, 2, 3, 4, 5]}, "months.0"),
        ({"months": ["12"] * 6}, "months.0"),
        ({"url": "nowhere"}, "url"),
        ({"color": "red"}, "color"),
        ({"name": ""}, "name"),
    ],
)
def test_a_faulty_group_file_is_told_in_one_line(tmp_path: Path, changed: dict, said: str) -> None:
    with pytest.raises(PileupError) as error:
        load_group(_write(tmp_path, **changed))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_group_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(PileupError, match="no such file"):
        load_group(tmp_path / "none.json")
    path = tmp_path / "group.json"
    path.write_text("<html>", encoding="utf-8")
    with pytest.raises(PileupError, match="not a readable JSON file"):
        load_group(path)
