"""Cases of which part is not known, the size or the day of the crash; and crashes elsewhere or later."""

import datetime as dt
import re
from pathlib import Path

import pytest

from common import ROOT, words
from grammar import faults
from pileup.base.errors import PileupError
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.findings import sentence
from pileup.story import charts, prose
from pileup.story.answer import answer
from pileup.story.blocks import Chart, Prose
from pileup.story.headline import headline
from pileup.story.report import Report
from pileup.words.text import plain

WHOLE = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8")
#: Without its paragraph, which says the size of the crash.
SMALL = re.sub(r"\[\[passage\]\]\n(?:.+\n)+", "", WHOLE)
#: One fact of it with its heading, by the role.
FACTS = {
    role: next(part for part in SMALL.split("\n[[") if f'role = "{role}"' in part)
    for role in ("vehicles", "deaths")
}


def _without(role: str) -> str:
    """Return the small case with that size in words only."""
    fact = FACTS[role]
    lines = [line for line in fact.splitlines() if not line.startswith(("value", "unit", "role"))]
    assert fact in SMALL
    return SMALL.replace(fact, "\n".join(lines) + "\n")


def _report(folder: Path, text: str, **chosen: object) -> Report:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return Report(parameters.check({"case": str(path), **chosen}))


@pytest.mark.parametrize(
    ("role", "other", "says"),
    [
        ("vehicles", "deaths", "the number of vehicles, so the crash is ranked by deaths alone."),
        ("deaths", "vehicles", "the number of deaths, so the crash is ranked by vehicles alone."),
    ],
)
def test_a_crash_is_ranked_by_what_is_known(tmp_path: Path, role: str, other: str, says: str) -> None:
    text = _without(role)
    text = text[: text.index("[[term]]")]
    report = _report(tmp_path, text)
    found = report.findings
    assert f"crashes.rank_by_{other}" in found
    assert f"crashes.state_rank_by_{other}" in found
    assert not [one.id for one in found if f"rank_by_{role}" in one.id or "rank_by_both" in one.id]
    told = [plain(one) for one in prose.how_big(report).paragraphs]
    assert len([one for one in told if says in one]) == 1
    assert any(f"by {other} this one would stand" in one for one in told)
    assert plain(headline(report)).startswith(("12 vehicles: ", "2 deaths: "))
    assert isinstance(charts.lead(report), Chart)
    assert isinstance(charts.largest(report), Prose) is (role == "vehicles")
    assert prose.own_numbers(report).role == "quiet"
    lines = [line.strip() for line in words(report).split("\n") if not line.startswith("|")]
    assert [fault for line in lines for fault in faults(line, "en")] == []
    chosen = {name: value or 0 for name, value in report.case.own().items()}
    chosen |= {name: value for name, value in report.parameters.model_dump().items() if value}
    place, _none = answer({"parameters": chosen, "findings": [one.as_data() for one in found]}, report.case)
    assert place.endswith(f" by {other}.")


def test_a_place_by_deaths_agrees_with_another_route(tmp_path: Path) -> None:
    report = _report(tmp_path, _without("vehicles"))
    table = report.all_counts
    assert report.findings.value("crashes.rank_by_deaths") == 1 + table[table["deaths"] > 2]["crashes"].sum()
    one_in = report.findings.value("crashes.one_in_by_deaths")
    assert one_in == pytest.approx(
        table["crashes"].sum() / table[table["deaths"] >= 2]["crashes"].sum(), rel=0.1
    )


def test_a_size_that_was_asked_for_is_counted_where_the_own_one_is_not_known(tmp_path: Path) -> None:
    report = _report(tmp_path, _without("vehicles"), vehicles=5, state="KS")
    first, own, *_rest = map(plain, prose.in_the_state(report).paragraphs)
    assert "involved five vehicles or more" in first
    assert "by deaths this crash would stand" in own
    assert isinstance(charts.states(report), Chart)
    assert plain(headline(report)).endswith("with 5 vehicles or more")


ELSEWHERE = SMALL.replace('state = "RI"\n', "").replace(", Rhode Island", ", Saskatchewan")


def test_a_crash_elsewhere_is_not_ranked(tmp_path: Path) -> None:
    report = _report(tmp_path, ELSEWHERE)
    assert [one.id for one in report.findings if one.id.startswith("crashes.")] == []
    text = words(report)
    assert "cover the 50 states and the District of Columbia (Puerto Rico has a file of its own" in text
    assert "crash would stand" not in text
    there = _report(tmp_path, ELSEWHERE, state="TX")
    assert "this crash would be" in words(there) or "this crash would stand" in words(there)
    assert there.state_name == "Texas"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('state = "RI"', 'state = "PR"', "for a crash elsewhere leave the line out"),
        ('state = "RI"', 'state = "MA"', "RI is right, or another place"),
        ('state = "RI"\n', "", 'write state = "RI"'),
    ],
)
def test_a_state_that_the_place_contradicts_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PileupError) as error:
        load_case(str(path))
    assert said in str(error.value)


def test_a_crash_after_the_files_is_told_from_what_they_cover(tmp_path: Path) -> None:
    text = SMALL.replace("2015-05-05", "2025-05-05").replace("May 5, 2015", "May 5, 2025")
    told = words(_report(tmp_path, text))
    assert "The files held are of 1975 to 2022: a crash of 2025 is not among those counted" in told
    assert "may be among those counted" not in told
    assert "may be among" not in words(_report(tmp_path, SMALL, first_year=2016))


EVENT = """
[[event]]
id = "{id}"
date = {date}
precision = "{known}"
kind = "{kind}"
label = "Event"
text = "It was so."
status = "single-source"
sources = [{{ source = "paper" }}]
"""


def test_days_are_counted_only_between_days(tmp_path: Path) -> None:
    for known in ("day", "month", "year"):
        crash = EVENT.format(id="E8", date="2015-05-05", known="day", kind="crash")
        verdict = EVENT.format(id="E9", date="2016-05-05", known=known, kind="verdict")
        report = _report(tmp_path, SMALL + crash + verdict)
        assert ("case.days_crash_to_verdict" in report.findings) is (known == "day")


def test_a_crash_date_may_be_a_year(tmp_path: Path) -> None:
    text = SMALL.replace("date = 2015-05-05", 'date = 2015-01-01\nprecision = "year"', 1)
    case = load_case(str(_report(tmp_path, text).parameters.case))
    assert case.crash.days == (dt.date(2015, 1, 1), dt.date(2015, 12, 31))


def test_the_law_of_a_year_is_used_only_where_it_was_one(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked of the first and of the last day that the crash can have been on."""
    crash = report.case.crash.model_copy(update={"precision": "year"})
    monkeypatch.setattr(sentence, "rebuild", lambda _law, _counts, day: day.month < 7)
    assert sentence.built(report.law, [], crash) is None
    assert sentence.built(report.law, [], report.case.crash) is True
    monkeypatch.setattr(sentence, "rebuild", lambda _law, _counts, day: day.year)
    assert sentence.built(report.law, [], crash) == 2019


@pytest.mark.parametrize(("year", "told"), [(1979, True), (2008, True), (2015, False)])
def test_a_sentence_of_another_time_is_compared_with_caution(tmp_path: Path, year: int, told: bool) -> None:
    text = SMALL.replace("2015-05-05", f"{year}-05-05").replace("May 5, 2015", f"May 5, {year}")
    limits = [plain(one) for one in prose.comparison_limits(_report(tmp_path, text)).paragraphs]
    assert any("compared with caution" in one for one in limits) is told
