"""The second case: it loads, has no words of the first, and tells how thin its sentence is."""

import re
from pathlib import Path

import pytest

from common import words
from pileup.case.load import CASES, load_case
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.story.report import Report

#: Words of the other case, which may stand in this one's report only where its own file has them.
FOREIGN = ("Aguilera", "Lakewood", "110", "commut", "governor")


@pytest.fixture(scope="module")
def report() -> Report:
    return Report(parameters.check({"case": "puebla"}))


@pytest.fixture(scope="module")
def shown(report: Report) -> str:
    """Everything that the notebook of the report shows, in words."""
    return words(report)


def test_the_file_loads_and_claims_no_more_than_it_has() -> None:
    case = load_case("puebla")
    assert case.number("deaths") == 5
    assert case.by_role("vehicles") is None
    assert (case.crash.fars_year, case.crash.fars_state, case.crash.fars_case) == (2022, 8, 80253)
    assert case.number("vehicles") is None  # the federal count of four is told, and ranks nothing yet
    assert not case.count
    assert all(question.look_again for question in case.open)


def test_the_sentence_is_single_source_until_a_second_one_is_found() -> None:
    (term,) = load_case("puebla").terms("imposed")
    assert (term.years_min, term.years_max, term.status) == (11.0, 11.0, "single-source")


def test_no_days_are_counted_from_dates_that_are_not_known_to_the_day(report: Report) -> None:
    assert [finding.id for finding in report.findings if finding.id.startswith("case.days")] == []


@pytest.mark.parametrize("word", FOREIGN)
def test_no_word_of_the_other_case_is_shown(shown: str, word: str) -> None:
    own = (CASES / "puebla.toml").read_text(encoding="utf-8")
    # The median of Florida's one-count prisoners happens to be 110 months.
    # A part of a larger number, such as 1,110, is another word.
    whole = re.compile(rf"(?<![\d,]){re.escape(word)}", re.IGNORECASE)
    lines = [line for line in shown.splitlines() if whole.search(line) and "Florida" not in line]
    assert word.lower() in own.lower() or not lines, lines


def test_the_reader_is_told_that_one_source_gives_the_sentence(shown: str) -> None:
    assert "The sentence of 11 years is single-source" in shown
    assert "Only a single source was found for that number" in shown
    assert "Every comparison here rests on the 11 years, for which a single source was found" in shown


@pytest.mark.slow
def test_the_page_is_published(tmp_path: Path) -> None:
    page = make_report(parameters.check({"case": "puebla"}), tmp_path / "page", progress=False)
    text = page.read_text("utf-8")
    assert "pileup report --case puebla" in text
    assert "single-source" in text
    assert "Aguilera" not in text
    assert "Lakewood" not in text
