"""The place of a crash if neighboring cases are one: by the shipped tables, and for any case."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Callable

import pandas as pd
import pytest

from common import ROOT
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.findings.record import Findings
from pileup.record import crashes, neighbors
from pileup.record.crashes import Crash
from pileup.story import prose
from pileup.story import report as story
from pileup.story.blocks import Prose
from pileup.story.report import Report
from pileup.words.text import plain

CASE = load_case("aguilera-mederos")


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "crashes" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _sizes(keep: Callable[[dict[str, str]], bool] = lambda _row: True) -> list[tuple[int, int]]:
    """Vehicles and deaths of each group of the file, by the csv module."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in filter(keep, _rows("joined.csv")):
        groups[row["year"], row["group"]].append(row)
    return [
        (sum(int(row["vehicles"]) for row in group), sum(int(row["deaths"]) for row in group))
        for group in groups.values()
    ]


def _place(larger: Callable[[int, int], bool], first: int = 1975) -> int:
    """Rank by hand: the crashes that are larger, without those in a group, and the groups that are larger."""
    alone = sum(
        int(row["crashes"])
        for row in _rows("counts.csv")
        if int(row["year"]) >= first and larger(int(row["vehicles"]), int(row["deaths"]))
    )
    held = [row for row in _rows("joined.csv") if int(row["year"]) >= first]
    parts = sum(larger(int(row["vehicles"]), int(row["deaths"])) for row in held)
    whole = sum(larger(*size) for size in _sizes(lambda row: int(row["year"]) >= first))
    return 1 + alone - parts + whole


def _told(report: Report, block: Callable[[Report], Prose]) -> str:
    return "\n".join(map(plain, block(report).paragraphs))


def _joined(found: Findings) -> dict[str, float]:
    return {one.id: one.value for one in found if one.id.startswith("crashes.joined.")}


@pytest.mark.parametrize("first", [1975, 2000])
def test_the_places_agree_with_a_count_by_hand(first: int) -> None:
    found = _joined(Report(parameters.check({"first_year": first})).findings)
    assert found["crashes.joined.rank_by_vehicles"] == _place(lambda vehicles, _deaths: vehicles > 28, first)
    assert found["crashes.joined.rank_by_both"] == _place(
        lambda vehicles, deaths: vehicles >= 28 and deaths >= 4 and (vehicles, deaths) != (28, 4), first
    )
    assert found["crashes.joined.groups"] == len(_sizes(lambda row: int(row["year"]) >= first))


def test_the_page_says_it_beside_the_rank(report: Report) -> None:
    told = _told(report, prose.how_big).split("\n")[3]
    assert (
        "thirteen such groups reach twenty vehicles, and this crash would stand 45th by vehicles and" in told
    )
    assert "17th by both together. The rule joins this crash with no other." in told
    assert told.endswith(
        "The files held end with 2022. By another table of NHTSA’s, three fatal crashes of 2023 had at least"
        " as many vehicles in transport; they are in none of these ranks."
    )


def test_the_known_pileups_are_told_with_what_others_counted(report: Report) -> None:
    told = _told(report, prose.crash_limits)
    for words in (
        "1990: six cases on file, with 46 vehicles and 12 deaths; the National Transportation Safety Board"
        " counted 99 vehicles and 12 deaths.",
        "1991: five cases on file, with 74 vehicles and 17 deaths; the authorities there counted 104",
        "2023: five cases on file, with 14 vehicles and 8 deaths; the Illinois State Police counted 72",
        "51,691 crashes cannot be looked at for neighbors",
        "For 2021 and 2022 neighbors can be looked for in some states only: California, Colorado, Florida,",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"last_year": 2021}, ["Calhoun", "Coalinga"]),
        ({"first_year": 1991}, ["Coalinga", "Farmersville", "2023, three"]),
        ({"first_year": 1975, "last_year": 1975}, ["no such group reaches twenty vehicles"]),
    ],
)
def test_only_what_the_chosen_years_reach_is_told(chosen: dict, said: list[str]) -> None:
    report = Report(parameters.check(chosen))
    told = (_told(report, prose.how_big) + _told(report, prose.crash_limits)).replace(
        "of 2023 had", "2023, three"
    )
    every = ["Calhoun", "Coalinga", "Farmersville", "2023, three", "no such group reaches twenty vehicles"]
    assert [one for one in every if one in told] == said


def test_an_event_that_is_set_aside_is_left_out_here_too() -> None:
    report = Report(parameters.check({"exclusions": True}))
    place = _place(lambda vehicles, _deaths: vehicles > 28)
    assert report.findings.value("crashes.joined.rank_by_vehicles") == place - 1


@pytest.fixture
def case_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Return a function that makes the report of another crash: its size, its number in FARS, where, when."""

    def made(vehicles: int, deaths: int, number: int | None, state: str = "CO", year: int = 2019) -> Report:
        keys = {"fars_case": number, "fars_year": number and year, "fars_state": number and number // 10000}
        sizes = {"vehicles": vehicles, "deaths": deaths}
        case = CASE.model_copy(
            update={
                "case": CASE.case.model_copy(update={"state": state, "law": None}),
                "crash": CASE.crash.model_copy(update={"date": dt.date(year, 1, 1), **keys}),
                "fact": [
                    one.model_copy(update={"value": sizes[one.role]}) if one.role in sizes else one
                    for one in CASE.fact
                ],
            }
        )
        monkeypatch.setattr(story, "load_case", lambda _name: case)
        return Report(parameters.check({}))

    return made


def test_a_crash_that_is_one_of_several_cases_stands_with_all_of_them(case_of: Callable[..., Report]) -> None:
    """Its place is that of 74 vehicles and 17 deaths, whether its own case is large or small."""
    for vehicles, deaths, number in ((30, 10, 64196), (3, 3, 64185)):
        report = case_of(vehicles, deaths, number, "CA", 1991)
        found = _joined(report.findings)
        assert found["crashes.joined.own_cases"] == 5
        assert found["crashes.joined.rank_by_vehicles"] == _place(lambda vehicles, _deaths: vehicles > 74)
        assert "one of five such cases, with 74 vehicles and 17 deaths in all." in _told(
            report, prose.how_big
        )


def test_a_small_crash_has_no_place_among_groups_of_which_only_large_ones_are_known(
    case_of: Callable[..., Report],
) -> None:
    report = case_of(12, 2, 80001)
    found = _joined(report.findings)
    assert [name for name in found if "rank" in name] == []
    assert "A long pileup can be filed" not in _told(report, prose.how_big)
    assert "46 vehicles" in _told(report, prose.crash_limits)


def test_a_crash_without_a_key_would_stand_and_is_said_to_be_joined_with_nothing(
    case_of: Callable[..., Report],
) -> None:
    for state in ("DC", "CO"):
        report = case_of(33, 6, None, state)
        told = _told(report, prose.how_big)
        place = _place(lambda vehicles, _deaths: vehicles > 33)
        assert report.findings.value("crashes.joined.rank_by_vehicles") == place
        assert "this crash would stand" in told
        assert "The rule joins this crash" not in told


def test_where_neighbors_cannot_be_told_nothing_is_said_of_the_own_crash(
    case_of: Callable[..., Report],
) -> None:
    """Of Texas the hours of 2021 are known, of Arkansas those of 2022 are not."""
    for number, said in ((480549, True), (50213, False)):
        (row,) = (
            one for one in _rows("large.csv") if one["st_case"] == str(number) and int(one["year"]) > 2020
        )
        report = case_of(int(row["vehicles"]), int(row["deaths"]), number, row["state"], int(row["year"]))
        told = _told(report, prose.how_big)
        assert "this one stands" in told
        assert ("The rule joins this crash with no other." in told) is said


def test_a_group_is_counted_once_and_its_cases_no_more() -> None:
    counts = pd.DataFrame(
        [(2000, "CO", 3, 1, 5), (2000, "CO", 30, 2, 1), (2000, "TX", 30, 2, 1)],
        columns=["year", "state", "vehicles", "deaths", "crashes"],
    )
    cases = pd.DataFrame(
        [
            (2000, "CO", 80001, 80001, 3, 1),
            (2000, "CO", 80001, 80002, 30, 2),
            (2000, "TX", 480001, 480001, 30, 2),
        ],
        columns=["year", "state", "group", "st_case", "vehicles", "deaths"],
    ).assign(date=pd.NaT)
    (group,) = neighbors.groups(cases)
    assert (group.first, group.cases, group.vehicles, group.deaths, group.date) == (80001, 2, 33, 3, None)
    joined = neighbors.together(counts, cases)
    assert [crashes.number(joined, size) for size in (0, 30, 31, 33, 34)] == [6, 2, 1, 1, 0]
    assert crashes.deaths_in(joined) == crashes.deaths_in(counts)
    assert crashes.rank(joined, Crash("TX", 2000, 30, 2, in_fars=True), "vehicles").place == 2
    assert neighbors.together(counts, cases.iloc[:0])["crashes"].sum() == 7
