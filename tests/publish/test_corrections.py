"""One correction answers for all that follows from what it corrects: real reports, made for each change."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from common import ROOT
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.publish.diff import changed_numbers, compare, covered
from pileup.publish.editions import new_entries
from pileup.publish.published import read_page
from pileup.publish.words import proposals
from pileup.story.prose.opening import head, on_top
from pileup.story.report import Report
from pileup.words.text import from_data

SHIPPED = (ROOT / "data" / "cases" / "aguilera-mederos.toml").read_text(encoding="utf-8")
#: Its key in FARS proves its size, so that another size is right only without it.
KEYLESS = re.sub(r"fars_\w+ = \d+\n", "", SHIPPED)
DATE = "2026-12-01"
ENTRY = '\n[[correction]]\ndate = 2026-12-01\nnumber = "{number}"\ntext = "{text}"\n'
VEHICLES = (
    ('28 vehicles, his truck included."\nvalue = 28', '27 vehicles, his truck included."\nvalue = 27'),
    (
        'Of the 28 vehicles, 24 were passenger vehicles."\nvalue = 24',
        'Of the 27 vehicles, 23 were passenger vehicles."\nvalue = 23',
    ),
    ("Of the 28 vehicles, four were", "Of the 27 vehicles, four were"),
    ("31 people in the 28 vehicles", "31 people in the 27 vehicles"),
    ("each of the 27 other vehicles", "each of the 26 other vehicles"),
    ("Where 28 vehicles rank", "Where 27 vehicles rank"),
    ("24 cars and four semi-trucks: 28 vehicles", "23 cars and four semi-trucks: 27 vehicles"),
)
DEATHS = (('Four people were killed."\nvalue = 4', 'Five people were killed."\nvalue = 5'),)
PAROLE = (('on December 30, 2026."\nvalue = 2026-12-30', 'on December 31, 2026."\nvalue = 2026-12-31'),)
COMMUTED = (
    ('years_min = 10.0\nyears_max = 10.0\nby = "Gov', 'years_min = 12.0\nyears_max = 12.0\nby = "Gov'),
)
UNKNOWN = (
    ('his truck included."\nvalue = 28\nunit = "vehicles"', 'his truck included."'),
    ('role = "vehicles"\n', ""),
)


def corrected(
    folder: Path,
    changes: tuple[tuple[str, str], ...],
    number: str,
    text: str = "Put right.",
    case: str = SHIPPED,
) -> Path:
    """Write the shipped case as an editor would correct it."""
    written = case.replace("as_of = 2026-11-27", f"as_of = {DATE}", 1)
    for old, new in changes:
        assert written.count(old) == 1, old
        written = written.replace(old, new)
    path = folder / "aguilera-mederos.toml"
    path.write_text(written + ENTRY.format(number=number, text=text), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def keyless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the shipped case without its key."""
    folder = tmp_path_factory.mktemp("keyless")
    case = folder / "aguilera-mederos.toml"
    case.write_text(KEYLESS, encoding="utf-8")
    make_report(parameters.check({"case": str(case)}), folder / "old", progress=False)
    return folder / "old"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "number", "gone"),
    [
        pytest.param(VEHICLES, "fact.F04", False, id="vehicles"),
        pytest.param(DEATHS, "fact.F06", False, id="deaths"),
        pytest.param(PAROLE, "fact.R4", False, id="date"),
        pytest.param(COMMUTED, "term.TERM-commuted", False, id="term"),
        pytest.param(UNKNOWN, "fact.F04", True, id="numbers that vanish"),
    ],
)
def test_one_correction_answers_for_all_that_follows(
    keyless: Path, tmp_path: Path, changes: tuple[tuple[str, str], ...], number: str, gone: bool
) -> None:
    path = corrected(tmp_path, changes, number, case=KEYLESS)
    make_report(parameters.check({"case": str(path)}), tmp_path / "new", progress=False)
    old, new = read_page(keyless), read_page(tmp_path / "new")
    found = compare(old, new)
    changed = changed_numbers(found, old, new)
    entries = {one.number for one in new_entries(load_case(str(path)), old, new)}
    assert entries == {number}
    assert [name for name, answered in covered(changed, {number}).items() if not answered] == []
    assert not any(covered(changed, set()).values())
    assert ("crashes.rank_by_vehicles" not in new.findings) is gone
    proposed = proposals(found, old, new)
    (asked,) = [line for line in proposed.splitlines() if line.startswith("number = ")]
    assert asked == f"number = {json.dumps(number)}"
    (text,) = [line for line in proposed.splitlines() if line.startswith("text = ")]
    assert number not in text


@pytest.mark.slow
def test_the_proposed_words_are_a_sentence_for_readers(keyless: Path, tmp_path: Path) -> None:
    path = corrected(tmp_path, VEHICLES, "fact.F04", case=KEYLESS)
    make_report(parameters.check({"case": str(path)}), tmp_path / "new", progress=False)
    old, new = read_page(keyless), read_page(tmp_path / "new")
    assert (
        "The edition of November 27, 2026, said: “The crash involved 28 vehicles, his truck included.” It is"
        " now: “The crash involved 27 vehicles, his truck included.” "
    ) in proposals(compare(old, new), old, new)


def test_a_correction_stands_at_the_top_for_thirty_days_and_an_update_does_not(tmp_path: Path) -> None:
    path = corrected(tmp_path, (), "fact.F04", "The number of vehicles was given as 28; it is 27.")
    for edition, stands in ((DATE, True), (f"{DATE}-2", True), ("2026-12-31", True), ("2027-01-01", False)):
        data = head(Report(parameters.check({"case": str(path), "edition": edition}))).data
        told = [from_data(one["title"]) + " " + from_data(one["text"]) for one in data["notices"]]
        said = "Correction, December 1, 2026. The number of vehicles was given as 28; it is 27."
        assert (said in told) is stands
    assert on_top(dt.date(2026, 12, 1), dt.date(2026, 11, 30)) is False
