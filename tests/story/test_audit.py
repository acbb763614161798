"""What an audit of the page found wrong stays mended: whose years are divided, which group, one rounding."""

import re

import pytest

from common import ROOT, pileup, words
from pileup.case.load import CASES
from pileup.files import parameters
from pileup.record import crashes
from pileup.story import charts, prose
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
    chart = charts.per_death(report)
    assert "27.5" not in plain(chart.headline) + chart.alt + str(chart.table.rows)
    assert chart.table.rows[0][1:] == ["40", 4, "10"]
    assert not any("commuted" in row[0] for row in chart.table.rows)
    assert chart.table.row_origins[0] == "fact.N8"
    assert "the District Attorney’s account of 2019" in chart.note
    assert "whose status is single-source" in chart.note


def test_without_an_account_nothing_is_divided_by_the_dead(case_of):
    report = case_of(('for_dead = 4\nfor_dead_by = "N8"\n', ""))
    assert "sentence.years_for_dead" not in report.findings
    assert not [one.id for one in report.findings if one.id.endswith("per_death")]
    assert charts.per_death(report).role == "quiet"
    assert "like number" not in _told(prose.what_others_get(report))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("for_dead = 4", "for_dead = 7"), "for_dead is 7; 4 at most is right"),
        (('for_dead_by = "N8"\n', ""), "for_dead and for_dead_by go together"),
        (('for_dead_by = "N8"', 'for_dead_by = "N88"'), "for_dead_by is N88; the id of a fact"),
    ],
)
def test_an_account_of_whom_counts_stand_for_is_checked(tmp_path, change, says):
    text = (CASES / "aguilera-mederos.toml").read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    status, said = pileup("case", "check", path)
    assert (status, says in said) == (2, True), said


def test_florida_is_compared_with_the_years_for_the_dead(report):
    told = _told(prose.what_others_get(report))
    found = report.findings
    reaching = sum(months >= 12 * 40 for months, _offense in report.florida_listed)
    assert found.value("comparison.florida.same_deaths_reaching_years_for_dead") == reaching
    assert "as the law required here of 16 counts (first-degree assault" in told
    assert "Here the like number is 40 years, those on the counts that by one source’s account" in told
    assert "rest of the 110 years stands for people who lived" in told


def test_who_is_counted_as_sentenced_to_prison(report):
    """429 have a prison term; 445 were sentenced."""
    (federal,) = [one for one in report.groups if one.terms is report.manslaughter]
    assert federal.bias.startswith("everybody sentenced to prison")
    assert len(federal.terms.months) < federal.terms.people


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
    assert found <= {"theme.py", "road.py", "published.py", "answer.py", "tables.py"}


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
    assert "longer than 79% of the 429 prison terms for federal manslaughter" in told
    assert (
        "Of the 218 mostly involuntary terms it is longer than 95%, and it is 3.3 times their median" in told
    )


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
    line = "Claimed, not established: Imposed by the judge, the least that the law allowed: 110 years."
    assert line in _told(prose.what_others_get(report))
    for chart in (charts.federal, charts.ratios, charts.comparables, charts.states, charts.figures):
        assert line in chart(report).note
    assert line not in charts.vehicles(report).note


def test_nothing_is_told_of_what_is_established(report):
    assert "Disputed: " not in words(report)
    assert "not established: " not in words(report)
