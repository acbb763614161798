"""Each input is changed once, and no number moves without naming what moved it."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pileup.case.load import load_case
from pileup.case.model import CaseFile
from pileup.files import parameters
from pileup.findings import outside
from pileup.findings.record import Findings
from pileup.record import tables
from pileup.story import report as story
from pileup.story.report import Report

CASE = load_case("aguilera-mederos")
ROLES = {
    "vehicles": 31,
    "deaths": 3,
    "ramp_milepost": 250.0,
    "crash_milepost": 261.5,
    "other_counts_years": 24,
    "parole_eligible": dt.date(2027, 1, 15),
}
TABLES = [
    *("crashes", "large-crashes", "joined-crashes", "split-pileups", "later-crashes", "set-aside", "miles"),
    *("federal-sentences", "state-sentences"),
    *("published-figures", "statutory-ranges"),
]


def _shape(findings: Findings) -> dict[str, tuple[float, set[str], set[str]]]:
    return {
        one.id: (one.value, set(" ".join(one.origins).split()), set(one.needs.split())) for one in findings
    }


def _moved(before: Findings, after: Findings) -> dict[str, set[str]]:
    """Return the numbers that are new, gone or different, each with all that it names, step by step down."""
    old, new = _shape(before), _shape(after)

    def down(name: str) -> set[str]:
        sides = [side[name] for side in (old, new) if name in side]
        # What came or went may have done so with what it needs; what changed may not.
        named = set().union(*(side[1] for side in sides), sides[0][2] if len(sides) == 1 else ())
        return named.union(*(down(one) for one in named if one in old or one in new))

    return {
        name: down(name)
        for name in old.keys() | new.keys()
        if old.get(name, (None,))[0] != new.get(name, (None,))[0]
    }


def _held(before: Findings, after: Findings) -> set[str]:
    """Return the inputs whose marks differ."""
    every = before.marks.keys() | after.marks.keys()
    return {name for name in every if before.marks.get(name) != after.marks.get(name)}


def _names_what_moved_it(before: Findings, after: Findings, *changed: str) -> None:
    moved = _moved(before, after)
    assert moved, f"nothing moved when {changed} did: the test shows nothing"
    silent = sorted(name for name, named in moved.items() if not named & set(changed))
    assert silent == []
    assert _held(before, after) == set(changed)


@pytest.fixture
def of_case(monkeypatch: pytest.MonkeyPatch) -> Callable[[CaseFile], Findings]:
    def compute(case: CaseFile) -> Findings:
        monkeypatch.setattr(story, "load_case", lambda _name: case)
        return Report(parameters.check({})).findings

    return compute


def _with(case: CaseFile, group: str, name: str, **change: Any) -> CaseFile:
    """Return the case with a part changed, past the rules that would refuse the sum that no longer holds."""
    parts = [part.model_copy(update=change) if part.id == name else part for part in getattr(case, group)]
    return case.model_copy(update={group: parts})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "TX"),
        ("first_year", 1990),
        ("last_year", 2015),
        ("vehicles", 50),
        ("deaths", 7),
        ("exclusions", True),
        ("edition", "2027-01-02"),
    ],
)
def test_a_parameter(report: Report, name: str, value: Any) -> None:
    after = Report(parameters.check({name: value})).findings
    _names_what_moved_it(report.findings, after, f"parameter.{name}")


def test_the_language_moves_no_number(report: Report) -> None:
    after = Report(parameters.check({"language": "es"})).findings
    assert _moved(report.findings, after) == {}
    assert _held(report.findings, after) == set()


def test_a_group_of_ones_own(report: Report, tmp_path: Path) -> None:
    record = {
        **dict.fromkeys(("name", "publisher", "what", "years", "bias", "weakness"), "text"),
        "url": "https://example.org/",
        "months": [*range(1, 12)],
    }
    path = tmp_path / "group.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    after = Report(parameters.check({"group": str(path)})).findings
    _names_what_moved_it(report.findings, after, "table.own-group", "parameter.group")


@pytest.mark.parametrize("role", ROLES)
def test_a_fact(report: Report, of_case: Callable[[CaseFile], Findings], role: str) -> None:
    fact = CASE.by_role(role)
    assert fact
    after = of_case(_with(CASE, "fact", fact.id, value=ROLES[role]))
    _names_what_moved_it(report.findings, after, f"fact.{fact.id}")


@pytest.mark.parametrize("role", ROLES)
def test_a_fact_that_goes(report: Report, of_case: Callable[[CaseFile], Findings], role: str) -> None:
    fact = CASE.by_role(role)
    assert fact
    after = of_case(_with(CASE, "fact", fact.id, role=None))
    moved = _moved(report.findings, after)
    # Made only where the vehicles are not known: what is not there cannot be named.
    by_deaths = ("one_in_by_deaths", "state_largest_deaths", "states_not_reaching_deaths")
    decades = {name for name in moved if re.match(r"crashes\.decade\.\w+_by_deaths\.", name)}
    stands_in = {f"crashes.{name}" for name in by_deaths} | decades if role == "vehicles" else set()
    assert set(moved) - stands_in
    assert stands_in <= set(moved)
    assert all(f"fact.{fact.id}" in named for name, named in moved.items() if name not in stands_in)


@pytest.mark.parametrize("kind", ["imposed", "commuted"])
def test_a_term(report: Report, of_case: Callable[[CaseFile], Findings], kind: str) -> None:
    term = CASE.terms(kind)[-1]
    after = of_case(_with(CASE, "term", term.id, years_max=term.years_max - 3))
    _names_what_moved_it(report.findings, after, f"term.{term.id}")


def test_what_was_asked_for(report: Report, of_case: Callable[[CaseFile], Findings]) -> None:
    asked = CASE.terms("asked")[0]
    after = of_case(_with(CASE, "term", asked.id, years_min=4.0, years_max=27.0))
    _names_what_moved_it(report.findings, after, f"term.{asked.id}")
    assert "comparison.own_years.asked_most" in after


@pytest.mark.parametrize("kind", ["imposed", "commuted", "asked"])
def test_a_term_that_goes(report: Report, of_case: Callable[[CaseFile], Findings], kind: str) -> None:
    gone = {f"term.{term.id}" for term in CASE.terms(kind)}
    after = of_case(CASE.model_copy(update={"term": [term for term in CASE.term if term.kind != kind]}))
    moved = _moved(report.findings, after)
    assert moved
    assert all(named & gone for named in moved.values())


@pytest.mark.parametrize("kind", ["crash", "verdict", "sentence", "commutation"])
def test_a_date(report: Report, of_case: Callable[[CaseFile], Findings], kind: str) -> None:
    event = next(event for event in CASE.event if event.kind == kind)
    after = of_case(_with(CASE, "event", event.id, date=event.date + dt.timedelta(days=2)))
    _names_what_moved_it(report.findings, after, f"event.{event.id}")


@pytest.mark.parametrize("count", [count.id for count in CASE.count])
def test_a_count(report: Report, of_case: Callable[[CaseFile], Findings], count: str) -> None:
    tried = next(one for one in CASE.count if one.id == count).tried
    after = of_case(_with(CASE, "count", count, tried=tried + 1, guilty=tried + 1))
    _names_what_moved_it(report.findings, after, f"count.{count}")


def test_a_like_case(report: Report, of_case: Callable[[CaseFile], Findings]) -> None:
    alike = max((one for one in CASE.comparable if one.like_for_like), key=lambda one: one.years or 0)
    after = of_case(_with(CASE, "comparable", alike.id, years=500.0))
    _names_what_moved_it(report.findings, after, f"comparable.{alike.id}")


def test_the_key_of_the_crash(report: Report, of_case: Callable[[CaseFile], Findings]) -> None:
    crash = CASE.crash.model_copy(update={"date": dt.date(2018, 4, 25), "fars_year": 2018})
    after = of_case(CASE.model_copy(update={"crash": crash}))
    _names_what_moved_it(report.findings, after, "case.file")


def test_the_law(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    load = story.load_law

    def other(name: str, beside: Path) -> Any:
        law = load(name, beside)
        longer = [
            one.model_copy(
                update={
                    name: of.model_copy(update={"min": of.min + 1, "max": of.max + 1})
                    for name in ("presumptive", "extraordinary_risk")
                    if (of := getattr(one, name))
                }
            )
            for one in law.offense
        ]
        return law.model_copy(update={"offense": longer})

    monkeypatch.setattr(story, "load_law", other)
    after = Report(parameters.check({})).findings
    _names_what_moved_it(report.findings, after, "law.file")


def _other(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table that moves every kind of number made from it."""
    match name:
        case "crashes":
            return table.iloc[::2]
        case "large-crashes":
            return table[table["year"] < 2010]
        case "set-aside" | "split-pileups":
            return table.iloc[:0]
        case "joined-crashes" | "later-crashes":
            return table.iloc[::3].assign(vehicles=table["vehicles"] + 20)
        case "miles":
            return table.assign(miles=2 * table["miles"])
        case "federal-sentences" | "state-sentences":
            return table.assign(months=1.5 * table["months"].astype("float64"), people=table["people"] + 1)
        case "published-figures":
            return table.assign(low_years=table["low_years"] + 1, high_years=table["high_years"] + 1)
        case _:
            return table.assign(most_years=table["most_years"] + 1).iloc[1:]


@pytest.fixture
def altered(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    load, describe = tables.load_table, tables.describe

    def alter(name: str) -> None:
        monkeypatch.setattr(
            outside, "load_table", lambda one: _other(load(one), one) if one == name else load(one)
        )
        monkeypatch.setattr(
            outside,
            "describe",
            lambda one: {**describe(one), "hash": "other"} if one == name else describe(one),
        )

    return alter


@pytest.mark.parametrize("name", TABLES)
def test_a_table(report: Report, altered: Callable[[str], None], name: str) -> None:
    altered(name)
    _names_what_moved_it(report.findings, Report(parameters.check({})).findings, f"table.{name}")


def test_every_table_and_every_role_that_a_number_names_is_changed_here(report: Report) -> None:
    named = report.findings.marks
    assert {name.partition(".")[2] for name in named if name.startswith("table.")} == set(TABLES)
    roles = {fact.role for fact in CASE.fact if f"fact.{fact.id}" in named}
    assert roles == set(ROLES)
