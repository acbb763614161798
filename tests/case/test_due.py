"""What is to be looked at again: over all cases, by day, with one line for a wrong day."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pileup.case.due import Due, due, every, warnings
from pileup.case.load import CASES, known_cases, load_case
from pileup.desk.cli import main
from pileup.files import parameters

LONG_AGO, LATE = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["due", *words])


def test_every_question_of_every_case_that_has_a_day_is_found() -> None:
    cases = {name: load_case(name) for name in known_cases()}
    expected = {
        (name, one.id) for name, case in cases.items() for one in (*case.open, *case.fact) if one.look_again
    }
    found = due(every(), LATE)
    assert {(one.case, one.id) for one in found} == expected
    assert len(found) == len(expected) > 0
    assert [one.date for one in found] == sorted(one.date for one in found)
    assert {one.case for one in found} == set(cases)


def test_the_day_itself_counts_and_the_one_before_does_not() -> None:
    first = due(every(), LATE)[0].date
    assert [one.date for one in due(every(), first)] == [first] * len(due(every(), first)) != []
    assert due(every(), first - dt.timedelta(days=1)) == []


def test_a_fact_with_a_day_is_listed_as_a_question_is() -> None:
    case = load_case("aguilera-mederos")
    fact = case.fact[0].model_copy(update={"look_again": LONG_AGO})
    found = due([("mine", case.model_copy(update={"fact": [fact]}))], LONG_AGO)
    assert found == [Due(LONG_AGO, "mine", fact.id, fact.statement)]


def test_a_case_of_ones_own_is_listed_too_and_each_only_once(write_case: Callable[..., Path]) -> None:
    own = str(write_case())
    shipped = str(CASES / "puebla.toml")
    names = [name for name, _ in every([own, shipped, own, "puebla"])]
    assert names == [*known_cases(), "my"]
    result = ask("--by", "2027-01-01", "--case", own, "--case", shipped)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line for line in lines if "  my  " in line] == [lines[-1]]
    assert lines[-1].startswith("2027-01-01  my  ")


def test_one_line_each_sorted_by_day_or_as_json() -> None:
    lines = ask("--by", "2100-01-01").output.splitlines()
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}  [a-z-]+  [A-Z]\d+  \S.*", line) for line in lines)
    assert lines == sorted(lines)
    record = json.loads(ask("--by", "2100-01-01", "--json").output)
    assert ["  ".join(one.values()) for one in record] == lines
    assert list(record[0]) == ["date", "case", "id", "question"]


def test_nothing_is_due_says_so_and_is_no_fault() -> None:
    result = ask("--by", "1990-01-01")
    assert (result.exit_code, result.output) == (0, "nothing is due by 1990-01-01\n")
    assert json.loads(ask("--by", "1990-01-01", "--json").output) == []


def test_today_is_the_last_day_that_counts_by_default() -> None:
    before, said, after = dt.date.today(), ask().output, dt.date.today()
    assert said in {ask("--by", day.isoformat()).output for day in (before, after)}  # midnight may pass


@pytest.mark.parametrize("text", ["2026-13-01", "20261122", "2026-W47-7", "tomorrow", "", "22.11.2026"])
def test_a_wrong_day_is_told_in_one_line(text: str) -> None:
    result = ask("--by", text)
    assert result.exit_code == 2
    assert result.output == (f"pileup: --by {text!r}: not a date written YYYY-MM-DD, such as 2026-12-31\n")


def test_a_case_that_is_not_there_or_wrong_is_told_in_one_line(write_case: Callable[..., Path]) -> None:
    faulty = str(write_case(("look_again = 2027-01-01", "look_again = 2001-01-01")))
    for path, said in (("nowhere.toml", "no such case or file"), (faulty, "not after as_of")):
        result = ask("--case", path)
        assert result.exit_code == 2
        assert said in result.output
        assert result.output.count("\n") == 1


def test_a_report_warns_of_what_is_due_at_its_own_date_not_today() -> None:
    assert warnings(parameters.check({"edition": "2026-11-27"})) == []
    lines = warnings(parameters.check({"edition": "2026-12-30"}))
    assert any("is due for a check since 2026-12-30" in line and "paroled" in line for line in lines)
