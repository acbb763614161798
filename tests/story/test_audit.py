"""What an audit of the page found wrong stays mended: whose years are divided, which group, one rounding."""

import datetime as dt
import math
import re
from dataclasses import replace

import pytest

from common import ROOT, pileup, words
from pileup.case.load import CASES
from pileup.files import parameters
from pileup.findings.dates import months_verdict_to_parole
from pileup.record import crashes
from pileup.record.tables import load_table
from pileup.story import charts, prose, tables
from pileup.story.charts.everyone import _PERSON
from pileup.story.report import Report
from pileup.words import language, written
from pileup.words.text import Number, from_data, plain


def _told(block: object) -> str:
    return " ".join(map(plain, block.paragraphs))


@pytest.fixture
def case_of(tmp_path):
    """Return the report of the case that ships, with its text changed."""

    def made(*changes: tuple[str, str], name: str = "aguilera-mederos") -> Report:
        text = (CASES / f"{name}.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        return Report(parameters.check({"case": str(path)}))

    return made


def test_only_the_years_for_the_dead_are_divided_by_the_dead(report):
    """Four of the six counts of ten years stand for the four dead, by one account: not 110 / 4."""
    found = report.findings
    assert found.value("sentence.years_for_dead") == 4 * 10
    assert found.value("comparison.imposed_years_per_death") == 40 / 4
    chart = charts.cases(report)
    assert "27.5" not in plain(chart.headline) + chart.alt + str(chart.table.rows)
    assert chart.table.rows[0][2:5] == [4, "40", "10"]
    others = {row[0]: row[2:5] for row in chart.table.rows if row[-1] and row[3]}
    assert others["Jesus Puebla"] == [5, "11", "2.2"]
    assert all(float(each) == round(float(years) / dead, 1) for dead, years, each in others.values())
    # No other term of the case is divided: not the whole, what was asked, or what it was commuted to.
    own = [
        row
        for row, origin in zip(chart.table.rows, chart.table.row_origins, strict=True)
        if "term." in origin
    ]
    assert len(own) == 3
    assert not any(row[2] or row[4] for row in own)
    assert chart.table.row_origins[0] == "fact.N8"
    assert "the District Attorney’s account of 2019" in chart.note
    assert "whose status is single-source" in chart.note


def test_without_an_account_nothing_is_divided_by_the_dead(case_of):
    report = case_of(('for_dead = 4\nfor_hurt = 2\nfor_by = "N8"\n', ""))
    assert "sentence.years_for_dead" not in report.findings
    assert not [one.id for one in report.findings if one.id.endswith("per_death")]
    chart = charts.cases(report)
    assert not any(row[4] for row in chart.table.rows)
    assert "for each" not in plain(chart.headline)
    assert "like number" not in _told(prose.what_others_get(report))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("for_dead = 4", "for_dead = 7"), "for_dead is 7; 4 at most is right"),
        (("for_hurt = 2", "for_hurt = 3"), "for_dead + for_hurt is 7; 6 at most, the guilty, is right"),
        (('for_by = "N8"\n', ""), "for_dead, for_hurt, for_others and for_by go together"),
        (('for_by = "N8"', 'for_by = "N88"'), "for_by is N88; the id of a fact"),
    ],
)
def test_an_account_of_whom_counts_stand_for_is_checked(tmp_path, change, says):
    text = (CASES / "aguilera-mederos.toml").read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    status, said = pileup("case", "check", path)
    assert (status, says in said) == (2, True), said


def test_whom_the_years_stand_for_is_said_and_drawn(report):
    """By hand from the verdict: 4 and 2 of the six terms of ten years, and ten attempts of five."""
    dead, hurt, others = 4 * 10, 2 * 10, 10 * 5
    assert dead + hurt + others == 110
    for name, years in {"dead": dead, "hurt": hurt, "others": others}.items():
        assert report.findings.value(f"sentence.years_for_{name}") == years
    told = _told(prose.why_so_long(report))
    assert (
        "By one source’s account, 40 of the 110 years, on four of the counts, stand for people killed" in told
    )
    assert "20, on two, for people seriously hurt; 50, on ten, for other people in the crash." in told
    chart = charts.built(report)
    assert [row[-3:] for row in chart.table.rows[:2]] == [["40", "20", "0"], ["0", "0", "50"]]
    for figure in (chart.wide, chart.narrow):
        bricks, beside = (trace for trace in figure.data if trace.type == "bar")
        assert list(bricks.x) == [10] * 6 + [5] * 10
        assert list(beside.x) == [30]
        lines = [(line.x0, line.x1) for line in figure.layout.shapes if line.line.width == 4]
        assert lines == [(0, 60), (60, 110), (0, 40), (40, 60), (60, 110)]


def test_years_that_stand_for_only_some_are_not_told_as_the_whole(case_of):
    """With the account of the attempts gone, 60 of 110 years are told of: no picture of the whole."""
    report = case_of(('for_others = 10\nfor_by = "N9a"\n', ""))
    assert report.findings.value("sentence.years_for_dead") == 40
    assert "stand for people killed" not in _told(prose.why_so_long(report))
    assert len(charts.built(report).table.columns) == 7


def test_a_term_that_is_not_known_is_no_part_of_a_sum(case_of):
    report = case_of(("years_each = 10.0\n", ""))
    assert "sentence.years_for_dead" not in report.findings
    assert report.findings.value("sentence.years_for_others") == 50


def test_like_is_compared_with_like_in_three_ways(report):
    """The law's range by hand: four terms of 2 to 6 years, at once or one after another."""
    found = report.findings
    assert found.value("sentence.homicide_least_years") == 2
    assert found.value("sentence.homicide_most_years") == 4 * 6
    months = (2026 - 2021) * 12 + (12 - 10)  # October 15 to December 30: two whole months
    assert found.value("case.months_verdict_to_parole") == months == 62
    told = _told(prose.what_others_get(report))
    for words_told in (
        "The years that by one source’s account stand for the dead are 40.",
        "On the counts whose terms ran at the same time 30 years were given.",
        "For the counts of homicide alone the law allowed 2 to 24 years.",
        "here, under the commutation, 62 months from the verdict. New York’s",
        "minimum terms have a median of 36 months",
    ):
        assert words_told in told


@pytest.mark.parametrize(("first", "months"), [("2021-12-30", 60), ("2021-12-31", 59), ("2026-12-30", 0)])
def test_months_until_release_are_whole_months(report, first, months):
    event = next(one for one in report.case.event if one.kind == "verdict")
    changed = event.model_copy(update={"date": dt.date.fromisoformat(first)})
    assert months_verdict_to_parole(changed, dt.date(2026, 12, 30)) == months
    assert (
        months_verdict_to_parole(changed.model_copy(update={"precision": "month"}), dt.date(2027, 1, 1))
        is None
    )
    assert months_verdict_to_parole(changed, changed.date - dt.timedelta(1)) is None


def test_florida_is_compared_with_the_years_for_the_dead(report):
    told = _told(prose.what_others_get(report))
    found = report.findings
    reaching = sum(months >= 12 * 40 for months, _offense in report.engine.value("florida_listed"))
    assert found.value("comparison.florida.same_deaths_reaching_years_for_dead") == reaching
    assert "as the law required here of 16 counts (first-degree assault" in told
    assert "Here the like number is 40 years, those on the counts that by one source’s account" in told
    assert "rest of the 110 years stands for people who lived" in told


def test_everybody_stands_in_the_picture_once(report):
    """Those without prison and with life, too; no group lies inside another, and none is drawn twice."""
    chart = charts.everyone(report)
    people = sum(group.terms.people for group in report.groups)
    assert people == sum(row[1] for row in chart.table.rows) == 1_281
    (cut,) = (group.terms.people for group in report.groups if group.selection == "list")
    assert report.findings.value("comparison.pooled_people") == people - cut
    assert (sum(row[2] for row in chart.table.rows), sum(row[8] for row in chart.table.rows)) == (16, 2)
    for figure in (chart.wide, chart.narrow):
        drawn = [trace for trace in figure.to_plotly_json()["data"] if trace["type"] == "bar"]
        assert sum(sum(trace["y"]) for trace in drawn) == pytest.approx(_PERSON * people)
    assert [group.id for group in report.groups if group.compared] == [
        "involuntary",
        "florida.vehicular_homicide",
        "new_york",
    ]


def test_a_shortened_list_is_in_no_multiple_and_no_number_of_groups(report):
    (texas,) = [group for group in report.groups if group.selection == "list"]
    assert not replace(texas, near=True).compared
    row = next(row for row in tables.groups(report).rows if row[0] == texas.name)
    assert row[-1] == "no: a shortened list"


def test_who_has_life_is_told_wherever_the_sentence_is_longer_than_all(report):
    told = _told(prose.what_others_get(report))
    for text in (plain(charts.everyone(report).headline), told):
        assert "the longest is 60" in text
        assert re.search("two have life", text, re.I)
    assert "cannot show a term of 100 years or more" in told


def test_no_interval_for_chance_is_given_of_groups_that_are_no_sample(report):
    assert "Chance alone" not in words(report)
    assert not [one.id for one in report.findings if "interval" in one.id]


def test_the_rows_of_florida_add_up_to_its_headline(report):
    chart = charts.same_deaths(report)
    found = report.findings
    assert sum(row[1] for row in chart.table.rows) == found.value("comparison.florida.any_deaths_people")
    reaching = found.value("comparison.florida.any_deaths_reaching_imposed")
    assert sum(row[-2] for row in chart.table.rows) == reaching


def test_the_other_side_is_told_beside_the_years_for_the_dead(report):
    headline = plain(charts.same_deaths(report).headline)
    assert "nine of eleven Florida prisoners with as many counts for a death reach the 40 years" in headline


def test_an_average_of_some_terms_only_is_no_published_average(report):
    rows = [
        row for row in load_table("published-figures").to_dict("records") if "below the middle" in row["what"]
    ]
    assert [math.isnan(row["low_years"]) for row in rows] == [True]
    assert report.findings.value("comparison.published_least_years") == 4.94


def test_one_or_two_vehicles_are_not_none(report):
    share = report.findings.value("crashes.up_to_two_vehicles_percent")
    counts = crashes.by_vehicles(report.nation)
    assert counts[0]
    assert share == pytest.approx(100 * (counts[1] + counts[2]) / sum(counts.values()))
    assert f"{written.number(share, 0)}% had one or two vehicles" in charts.vehicles(report).alt


def test_a_number_has_one_rounding_wherever_it_is_printed(report):
    """The half that a drawing rounded up and a table down: 410,578 / 4."""
    assert [crashes.one_in(410_578, large) for large in (2, 4, 45, 450)] == [200_000, 100_000, 9_100, 912]
    assert (crashes.one_in(5, 2), crashes.one_in(250, 10), crashes.one_in(199_999, 2)) == (3, 25, 100_000)
    assert crashes.one_in(5, 0) is None
    chart = charts.by_decade(report)
    drawn = str(chart.wide.to_plotly_json())
    for row in chart.table.rows:
        first, last = re.findall(r"\d{4}", row[0])[0], re.findall(r"\d{4}", row[0])[-1]
        value = report.findings.value(f"crashes.decade.one_in.{first}_{last}")
        assert value == row[-1]
        assert f"one in {written.number(value)}" in drawn


def test_no_other_way_to_round_is_used_for_readers():
    """`round` takes halves to the even number, and a format cuts after six figures or rounds by itself."""
    other = re.compile(r"\bround\(|\{[^{}\[\]]*:(?:[,.]?\d*[fgn]|,|,\.\d+f)\}")
    found = {
        path.name
        for room in ("findings", "story", "record")
        for path in sorted((ROOT / "src" / "pileup" / room).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if other.search(line.replace(":.12g}", "}"))
    }
    # Heights of drawings, a place among equal dots, a whole count but for its last bits, a list for editors.
    assert found <= {
        "theme.py",
        "road.py",
        "scale.py",
        "published.py",
        "answer.py",
        "tables.py",
        "working.py",
    }


def test_a_name_in_figures_is_written_in_full():
    assert [written.name(one) for one in (1_234_567, 263.0, 257.25, 59)] == ["1234567", "263", "257.25", "59"]


def test_who_said_what_of_the_inspection_stands_beside_it(report):
    told = _told(prose.what_happened(report))
    assert "too burned for a full inspection, CBS Colorado reported in 2019." in told
    assert "9News reported, a diesel instructor called by the defense said" in told
    runs = [run for text in prose.what_happened(report).paragraphs for run in text if isinstance(run, Number)]
    assert {"fact.F62", "fact.F63"} <= {run.origin for run in runs}


def test_each_comparison_names_its_group(report):
    told = _told(prose.what_others_get(report))
    assert "longer than 95% of the 218 mostly involuntary prison terms, and 3.3 times their median" in told
    assert "Of all 429 terms for federal manslaughter, voluntary included, it is longer than 79%" in told


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_no_markup_is_left_for_readers(spoken):
    report = Report(parameters.check({"language": spoken}))
    ledger = str(prose.ledger(report).data)
    for text in (words(report), ledger):
        assert re.findall(r"\]\([\w.-]+\)|\{[A-Za-z][\w.]*\}", text) == []


@pytest.mark.parametrize(
    "change",
    [
        ('statement = "Twelve', 'statement = "[Twelve](fact.F1)'),
        ('question = "Where', 'question = "{F1}: Where'),
        ('says = "one"', 'says = "[one](fact.F1)"'),
    ],
)
def test_markup_where_it_is_not_filled_is_refused(write_case, change):
    status, said = pileup("case", "check", write_case(change))
    assert status == 2
    assert "which readers would see as it is; only a passage" in said


@pytest.mark.parametrize(
    ("status", "says"), [("disputed", "Disputed: "), ("claim", "Claimed, not established: ")]
)
def test_a_role_in_doubt_is_told_wherever_it_is_used(case_of, status, says):
    """In the paragraphs that name it, and in charts and texts whose numbers are made from it."""
    text = (CASES / "aguilera-mederos.toml").read_text(encoding="utf-8")
    fact = text[text.index('id = "F04"') : text.index('id = "F04a"')]
    changed = re.sub(r'note = "[^\n]*"', 'note = "Some say 30."', fact.replace("confirmed", status))
    report = case_of((fact, changed))
    line = f"{says}The crash involved 28 vehicles, his truck included. Some say 30."
    assert line in _told(prose.key_facts(report))
    assert line in _told(prose.how_big(report))
    assert line in charts.vehicles(report).note
    assert line in from_data(prose.head(report).data["standfirst"]) or "28" not in report.case.case.standfirst
    assert line not in _told(prose.what_others_get(report))
    told = prose.key_facts(report).paragraphs[0]
    assert told.count(Number("fact.F04", 28, "28")) == 2


def test_a_term_in_doubt_is_told_where_it_is_compared(case_of):
    report = case_of(
        ('date = 2021-12-13\nstatus = "confirmed"\nsources', 'date = 2021-12-13\nstatus = "claim"\nsources')
    )
    line = (
        "Claimed, not established: Imposed by the judge, the least that the law allowed for those counts: 110"
    )
    assert f"{line} years." in _told(prose.what_others_get(report))
    for chart in (charts.everyone, charts.cases):
        assert line in chart(report).note
    assert line not in charts.vehicles(report).note


def test_nothing_is_told_of_what_is_established(report):
    assert "Disputed: " not in words(report)
    assert "not established: " not in words(report)
