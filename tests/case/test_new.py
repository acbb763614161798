"""Starts case files from answers and from the template: each is valid, and whole chapters follow from it."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from common import ROOT, pileup
from pileup.base.errors import PileupError
from pileup.case.asked import OUTCOMES, QUESTIONS, answers
from pileup.case.load import load_case
from pileup.case.model import CaseFile
from pileup.case.new import TEMPLATE, start
from pileup.case.outcome import outcome
from pileup.desk.cli import main
from pileup.desk.commands import case as commands
from pileup.page.check import check_page

TODAY = dt.date(2026, 11, 27)
NEEDED = {
    "state": "RI",
    "place": "Providence, Rhode Island",
    "date": "2015-05-05",
    "source_url": "https://news.example.org/a",
}
CRASH = NEEDED | {
    "what": "A truck ran into stopped traffic",
    "road": "Interstate 95",
    "vehicles": "12",
    "deaths": "2",
    "injured": "5",
    "publisher": "The Paper",
}
#: What came of it, as answered, and how the model says that it turned out.
CAME = {
    "nothing known": ({}, "untold"),
    "not charged": ({"outcome": "not charged"}, "not charged"),
    "pending": ({"outcome": "pending", "person": "Jo Example"}, "pending"),
    "acquitted": ({"outcome": "acquitted", "outcome_date": "2016-06-14"}, "acquitted"),
    "convicted": ({"outcome": "convicted", "outcome_date": "2016"}, "convicted"),
    "sentence not known": ({"outcome": "sentenced", "outcome_date": "2016-06-14"}, "convicted"),
    "vacated": ({"outcome": "vacated", "outcome_date": "2018-06-14"}, "vacated"),
    "vacated some day": ({"outcome": "vacated"}, "vacated"),
    "fixed": ({"sentence": "5 years", "outcome_date": "2016-06-14"}, "fixed"),
    "a year": ({"sentence": "1"}, "fixed"),
    "months": ({"sentence": "6 months in jail", "outcome_date": "2016-06"}, "fixed"),
    "days": ({"sentence": "364 days in jail"}, "fixed"),
    "range": ({"sentence": "5 to 15 years", "outcome_date": "2016-06-14"}, "range"),
    "range of months": ({"sentence": "6-18 months"}, "range"),
    "life": ({"sentence": "life", "outcome_date": "2016-06-14"}, "life"),
    "life and years": ({"sentence": "Life and 99 years", "outcome_date": "2016-06-14"}, "life"),
    "probation": ({"sentence": "2 years of probation", "outcome_date": "2016-06-14"}, "no prison"),
    "suspended": ({"sentence": "18 months, suspended"}, "no prison"),
    "fine": ({"sentence": "a fine", "outcome_date": "2016-06-14"}, "no prison"),
}


def _check(path: Path) -> Result:
    return CliRunner().invoke(main, ["case", "check", str(path)])


def _made(folder: Path, typed: dict[str, str]) -> tuple[Path, CaseFile]:
    path = start("my-crash", folder / "my.toml", answers(typed, TODAY))
    return path, load_case(str(path))


@pytest.mark.parametrize("name", CAME)
def test_every_outcome_gives_a_file_without_a_fault(tmp_path: Path, name: str) -> None:
    typed, kind = CAME[name]
    path, case = _made(tmp_path, CRASH | typed)
    assert outcome(case).kind == kind
    assert _check(path).output == f"my.toml: no faults; {len(case.fact)} facts, 1 source\n"
    chapters = {passage.chapter for passage in case.passage}
    assert "what-happened" in chapters
    assert ("sentence" in chapters) is (kind not in ("untold", "pending"))
    assert ("after" in chapters) is (
        kind in ("pending", "fixed", "range", "life", "no prison") or name == "vacated"
    )


def test_every_outcome_that_can_be_answered_is_tried() -> None:
    tried = {typed.get("outcome", "sentenced") for typed, _ in CAME.values()}
    assert tried >= set(OUTCOMES)


@pytest.mark.parametrize("lacking", [("vehicles",), ("deaths",), ("vehicles", "deaths"), ("what", "road")])
def test_what_is_not_known_is_asked_as_an_open_question(tmp_path: Path, lacking: tuple[str, ...]) -> None:
    typed = {name: text for name, text in CRASH.items() if name not in lacking}
    path, case = _made(tmp_path, typed)
    assert _check(path).exit_code == 0
    questions = " ".join(one.question for one in case.open)
    assert ("vehicles" in questions) is ("vehicles" in lacking)
    assert ("people died" in questions) is ("deaths" in lacking)
    assert case.number("vehicles") == (None if "vehicles" in lacking else 12)


def test_the_least_that_is_needed_is_enough(tmp_path: Path) -> None:
    path, case = _made(tmp_path, NEEDED)
    assert _check(path).exit_code == 0
    assert case.source[0].publisher == "news.example.org"
    assert case.case.title == "A crash in Providence, Rhode Island"


def test_one_vehicle_and_one_death_are_not_told_as_several(tmp_path: Path) -> None:
    _, case = _made(tmp_path, CRASH | {"vehicles": "1", "deaths": "1", "injured": "1"})
    assert [fact.statement for fact in case.fact] == [
        "The crash involved 1 vehicle.",
        "1 person died.",
        "1 person was injured.",
    ]
    assert "{F1|small} vehicle crashed" in case.case.standfirst


def test_an_agency_confirms_and_a_second_source_says_what_came_of_it(tmp_path: Path) -> None:
    typed = {
        "source_url": "https://www.example.gov/a",
        "sentence": "5 years",
        "outcome_url": "https://news.example.org/b",
        "outcome_publisher": "The Other Paper",
    }
    _, case = _made(tmp_path, CRASH | typed)
    assert [(one.publisher, one.tier) for one in case.source] == [
        ("The Paper", "official"),
        ("The Other Paper", "press"),
    ]
    assert {fact.status for fact in case.fact} == {"confirmed"}
    assert (case.term[0].status, case.term[0].sources[0].source) == ("single-source", "S2")


@pytest.mark.slow
@pytest.mark.parametrize(
    "typed",
    [
        CRASH | CAME["fixed"][0] | {"person": "Jo Example"},
        CRASH | CAME["not charged"][0],
        NEEDED
        | CAME["months"][0]
        | {
            "what": 'A 12-car pileup "in fog"',
            "road": "FM 1960",
            "deaths": "2",
            "place": "Mile 12, Rhode Island",
        },
    ],
    ids=["fixed", "not charged", "names with numbers"],
)
def test_answers_give_a_page_with_no_fault(tmp_path: Path, typed: dict[str, str]) -> None:
    path, _ = _made(tmp_path, typed)
    status, said = pileup("report", "--quiet", "--case", path, "--out", tmp_path / "page")
    assert status == 0, said
    assert check_page(tmp_path / "page").faults == []
    page = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    assert "The case file has no account of what happened" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"place": ""}, "--place is missing: "),
        ({"state": "Narnia"}, "--state: 'Narnia' is not a two-letter code or a name of the 50"),
        ({"date": "5/5/2015"}, "--date: '5/5/2015' is no day"),
        ({"date": "2999-01-01"}, "--date: 2999-01-01 is not over yet"),
        ({"vehicles": "a dozen"}, "--vehicles: 'a dozen' is no number of vehicles; a whole number from 1"),
        ({"deaths": "0"}, "--deaths: '0' is no number of deaths"),
        ({"source_url": "example.org"}, "--source-url: 'example.org' is no address"),
        ({"outcome": "guilty"}, "--outcome: 'guilty' is not among what can have come of it: sentenced"),
        ({"sentence": "long"}, "--sentence: 'long' is no sentence; such as 5 years"),
        ({"sentence": "0 years"}, "--sentence: '0 years' is no sentence"),
        ({"sentence": "15 to 5 years"}, "15 is more than 5; the shorter end stands first"),
        ({"outcome": "pending", "sentence": "5"}, "--sentence does not go with what --outcome says"),
        ({"outcome": "not charged", "person": "Jo"}, "--person does not go with what --outcome says"),
        ({"outcome_publisher": "X"}, "--outcome-publisher does not go with what --outcome-url says"),
        ({"sentence": "5", "outcome_date": "2014"}, "--outcome-date: 2014-12-31 is before the crash"),
        ({"source_date": "2015-05-04"}, "--source-date: 2015-05-04 is before the crash"),
        ({"what": "A {crash}"}, "--what: braces and links have a meaning in a case file"),
    ],
)
def test_an_answer_that_cannot_be_is_told(typed: dict[str, str], said: str) -> None:
    with pytest.raises(PileupError) as told:
        answers(CRASH | typed, TODAY)
    assert said in str(told.value)


def test_answers_that_contradict_one_another_write_nothing(tmp_path: Path) -> None:
    typed = CRASH | {"what": "On May 6, 2015, a truck ran into stopped traffic"}
    with pytest.raises(PileupError, match=r"nothing was written: case file my\.toml, line"):
        _made(tmp_path, typed)
    assert not list(tmp_path.iterdir())


def _new(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["case", "new", *words], input=typed)


def test_options_answer_without_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [word for name, text in CRASH.items() for word in (f"--{name.replace('_', '-')}", text)]
    result = _new("my-crash", *words, "--sentence", "3 years")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("my-crash.toml: change it, then run: pileup case check")
    assert load_case("my-crash.toml").term[0].years_max == 3


def test_without_a_terminal_and_without_answers_it_says_what_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _new("my-crash")
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    for word in ("--blank", "--place", "--source-url", "--help"):
        assert word in result.output
    assert "leave one out" in _new("my-crash", "--blank", "--state", "RI").output
    assert not list(tmp_path.iterdir())


def test_a_terminal_is_asked_and_a_bad_answer_is_told_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(commands, "at_terminal", lambda: True)
    typed = {name: [""] for name in (one.name for one in QUESTIONS)} | {
        name: [text] for name, text in CRASH.items()
    }
    typed |= {
        "state": ["Oz", "rhode island"],
        "date": ["", CRASH["date"]],
        "deaths": ["two", "2"],
        "outcome": ["acquitted"],
    }
    skipped = {"place", "sentence", "outcome_publisher"}  # answered by an option; of no use here
    lines = [text for one in QUESTIONS if one.name not in skipped for text in typed[one.name]]
    result = _new("my-crash", "--place", "Providence", typed="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.output
    assert "Error: a case file cannot do without it" in result.output
    assert "Error: 'Oz' is not a two-letter code or a name of the 50 states or DC" in result.output
    assert "Error: 'two' is no number of deaths" in result.output
    case = load_case("my-crash.toml")
    assert (case.crash.place, case.number("deaths")) == ("Providence", 2)
    assert outcome(case).kind == "acquitted"


def test_the_template_shows_a_part_of_each_common_kind() -> None:
    assert TEMPLATE.read_bytes() == (ROOT / "docs" / "small-case.toml").read_bytes()
    text = TEMPLATE.read_text(encoding="utf-8")
    for part in ("[[source]]", "[[fact]]", "[[event]]", "[[term]]", "[[passage]]", "# [[count]]"):
        assert f"\n{part}\n" in text
    case = load_case(str(ROOT / "docs" / "small-case.toml"))
    assert case.event
    assert {passage.chapter for passage in case.passage} >= {"what-happened"}


def test_a_new_case_is_valid_and_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _new("my-crash", "--blank").exit_code == 0
    assert load_case("my-crash.toml").case.id == "my-crash"
    assert "#" in (tmp_path / "my-crash.toml").read_text(encoding="utf-8")
    (tmp_path / "my-crash.toml").write_text("mine")
    again = _new("other", "--blank", "--out", "my-crash.toml")
    assert again.exit_code == 2
    assert "exists already" in again.output
    assert (tmp_path / "my-crash.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["My Case"], "slug 'My Case': small letters"),
        (["../up"], "slug '../up'"),
        ([""], "slug ''"),
        (["fine", "--out", "fine.txt"], "ends in .toml"),
        (["fine", "--out", "no/such/fine.toml"], "cannot be written"),
    ],
)
def test_a_new_case_that_cannot_be_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _new(*arguments, "--blank")
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert not list(tmp_path.iterdir())
