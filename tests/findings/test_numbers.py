"""Each number that readers see, computed again by another route: the csv module, plain Python, SQLite.

The tables themselves are held against the official files in test_data.py.
"""

import csv
import json
import math
import sqlite3
import statistics
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from common import ROOT
from pileup.files import parameters
from pileup.story.report import Report

DATA = ROOT / "data"
VEHICLES, DEATHS, STATE, OWN_KEY = 28, 4, "CO", ("2019", "80125")
IMPOSED = 110 * 12


def _rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


CRASHES = [
    (int(row["year"]), row["state"], int(row["vehicles"]), int(row["deaths"]), int(row["crashes"]))
    for row in _rows("crashes/counts.csv")
]


def _count(keep: Callable[[int, str, int, int], bool]) -> int:
    return sum(crashes for *key, crashes in CRASHES if keep(*key))


def _months(rows: list[dict[str, str]]) -> list[float]:
    """One entry a person with a prison term, life being endless."""
    terms: list[float] = []
    for row in rows:
        if row["term"] != "none":
            terms += [math.inf if row["term"] == "life" else float(row["months"])] * int(row["people"])
    return sorted(terms)


FEDERAL = [row for row in _rows("federal/counts.csv") if row["offense_group"] == "20"]
STATES = _rows("states/counts.csv")
FLORIDA = [row for row in STATES if row["state"] == "FL"]
SAME_DEATHS = _months([row for row in FLORIDA if row["death_counts"] == str(DEATHS)])

INVOLUNTARY = [row for row in FEDERAL if row["split"].startswith("proxy: minimum up to 57")]
LEVEL_22 = [row for row in FEDERAL if row["split"].endswith("level 22")]
FLORIDA_HOMICIDE = [
    row for row in FLORIDA if row["one_count"] == "yes" and row["offense"] == "vehicular homicide"
]
NEW_YORK = [row for row in STATES if row["state"] == "NY" and row["measure"] == "maximum"]
NEAR = {
    "involuntary": _months(INVOLUNTARY),
    "florida.vehicular_homicide": _months(FLORIDA_HOMICIDE),
    "new_york": _months(NEW_YORK),
}
#: Everybody with a prison term in the four files, each once.
POOLED = [
    *_months(FEDERAL),
    *_months([row for row in FLORIDA if row["one_count"] == "yes"]),
    *_months(NEW_YORK),
]  # the list from Texas was cut by its maker, and counts in no number


def _weighted(rows: list[dict[str, str]]) -> float:
    """The median by weights of 1/term, in whole numbers: the least term with half of the weight up to it."""
    months = [Fraction(row["months"]) for row in rows for _ in range(int(row["people"])) if row["months"]]
    whole = sum(1 / term for term in months)
    return float(min(term for term in months if 2 * sum(1 / one for one in months if one <= term) >= whole))


EXPECTED: dict[str, Callable[[], float]] = {
    "crashes.fatal_crashes": lambda: _count(lambda *_: True),
    "crashes.at_least_vehicles": lambda: _count(lambda year, state, vehicles, deaths: vehicles >= VEHICLES),
    "crashes.at_least_deaths": lambda: _count(lambda year, state, vehicles, deaths: deaths >= DEATHS),
    "crashes.at_least_both": lambda: _count(
        lambda year, state, vehicles, deaths: vehicles >= VEHICLES and deaths >= DEATHS
    ),
    "crashes.state_rank_by_vehicles": lambda: (
        1 + _count(lambda year, state, vehicles, deaths: state == STATE and vehicles > VEHICLES)
    ),
    # After the eleven that the chart names above this one.
    "crashes.larger_beyond_listed": lambda: (
        sum(int(row["vehicles"]) > VEHICLES for row in _rows("crashes/large.csv")) - 11
    ),
    "crashes.states": lambda: len({row[1] for row in CRASHES}),
    "crashes.states_not_reaching": lambda: (
        len({row[1] for row in CRASHES}) - len({row[1] for row in CRASHES if row[2] >= VEHICLES})
    ),
    "crashes.state_at_least_10": lambda: _count(
        lambda year, state, vehicles, deaths: state == STATE and vehicles >= 10
    ),
    "crashes.state_largest_vehicles": lambda: max(
        int(row["vehicles"]) for row in _rows("crashes/large.csv") if row["state"] == STATE
    ),
    "crashes.smaller_percent": lambda: (
        100 * _count(lambda *key: key[2] < VEHICLES) / sum(row[-1] for row in CRASHES)
    ),
    # By the list of large crashes, where the case's own row can be left out by its key.
    "crashes.state_next_largest_vehicles": lambda: max(
        int(row["vehicles"])
        for row in _rows("crashes/large.csv")
        if row["state"] == STATE
        and (row["year"], row["st_case"]) != OWN_KEY
        and int(row["vehicles"]) <= VEHICLES
    ),
    "sentence.imposed_years": lambda: 110,
    # Written out here from the ranges of the law: midpoints of 4-16 and of 2-8 years, six and ten times.
    "sentence.rebuilt_years": lambda: 6 * (4 + 16) / 2 + 10 * (2 + 8) / 2,
    "sentence.all_concurrent_years": lambda: max((4 + 16) / 2, (2 + 8) / 2, 2, 1),
    "sentence.commuted_years": lambda: 10,
    "comparison.manslaughter.cases": lambda: sum(int(row["people"]) for row in FEDERAL),
    "comparison.manslaughter.median_months": lambda: statistics.median(_months(FEDERAL)),
    "comparison.imposed_to_median_ratio": lambda: IMPOSED / statistics.median(_months(FEDERAL)),
    "comparison.new_york.median_months": lambda: statistics.median(
        _months([row for row in STATES if row["state"] == "NY" and row["measure"] == "maximum"])
    ),
    "comparison.florida.one_count_median_months": lambda: statistics.median(
        _months([row for row in FLORIDA if row["one_count"] == "yes"])
    ),
    "comparison.florida.vehicular_homicide_median_months": lambda: statistics.median(
        _months(
            [row for row in FLORIDA if row["one_count"] == "yes" and row["offense"] == "vehicular homicide"]
        )
    ),
    "comparison.florida.same_deaths_people": lambda: len(SAME_DEATHS),
    "comparison.florida.same_deaths_median_sum_months": lambda: statistics.median(SAME_DEATHS),
    "comparison.florida.same_deaths_reaching_imposed": lambda: sum(term >= IMPOSED for term in SAME_DEATHS),
    "comparison.florida.any_deaths_people": lambda: len(_months(FLORIDA)),
    "comparison.florida.any_deaths_reaching_imposed": lambda: sum(
        term >= IMPOSED for term in _months(FLORIDA)
    ),
    "comparison.involuntary.sentenced": lambda: sum(int(row["people"]) for row in INVOLUNTARY),
    "comparison.involuntary.no_prison_term": lambda: sum(
        int(row["people"]) for row in INVOLUNTARY if row["term"] == "none"
    ),
    "comparison.involuntary.median_months": lambda: statistics.median(_months(INVOLUNTARY)),
    "comparison.involuntary.max_months": lambda: max(_months(INVOLUNTARY)),
    "comparison.imposed_to_involuntary_median_ratio": lambda: (
        IMPOSED / statistics.median(_months(INVOLUNTARY))
    ),
    "comparison.level_22.sentenced": lambda: sum(int(row["people"]) for row in LEVEL_22),
    "comparison.level_22.people": lambda: len(_months(LEVEL_22)),
    "comparison.level_22.median_months": lambda: statistics.median(_months(LEVEL_22)),
    "comparison.level_22.max_months": lambda: max(_months(LEVEL_22)),
    "comparison.new_york.median_minimum_months": lambda: statistics.median(
        float(row["months"])
        for row in STATES
        if row["state"] == "NY" and row["measure"] == "minimum" and row["months"]
        for _ in range(int(row["people"]))
    ),
    "comparison.by_inflow_months.florida.vehicular_homicide": lambda: _weighted(FLORIDA_HOMICIDE),
    "comparison.by_inflow_months.florida.rest": lambda: _weighted(
        [row for row in FLORIDA if row["one_count"] == "yes" and row["offense"] != "vehicular homicide"]
    ),
    "comparison.nearest_groups": lambda: 3,
    "comparison.nearest_lowest_median_months": lambda: min(map(statistics.median, NEAR.values())),
    "comparison.nearest_highest_median_months": lambda: max(map(statistics.median, NEAR.values())),
    "comparison.nearest_highest_ratio": lambda: IMPOSED / min(map(statistics.median, NEAR.values())),
    "comparison.nearest_lowest_ratio": lambda: IMPOSED / max(map(statistics.median, NEAR.values())),
    **{
        f"comparison.reaching.{group}.{own}": lambda group=group, months=months: sum(
            term >= months for term in NEAR[group]
        )
        for group in ("involuntary", "florida.vehicular_homicide", "new_york")
        for own, months in (("commuted", 120), ("asked", 240), ("other_counts", 360), ("imposed", IMPOSED))
    },
    "comparison.pooled_people": lambda: (
        len(POOLED) + sum(int(row["people"]) for row in FEDERAL if row["term"] == "none")
    ),
    "comparison.pooled_prison": lambda: len(POOLED),
    "comparison.pooled_life": lambda: POOLED.count(math.inf),
    "comparison.pooled_longest_months": lambda: max(term for term in POOLED if term < math.inf),
    "comparison.pooled_fixed_reaching_imposed": lambda: sum(IMPOSED <= term < math.inf for term in POOLED),
    "comparison.pooled_reaching_asked_percent": lambda: (
        100 * sum(term >= 240 for term in POOLED) / len(POOLED)
    ),
    "comparison.published_least_years": lambda: 4.94,
    "comparison.published_most_years": lambda: 6,
    "comparison.statutory_median_years": lambda: statistics.median(
        float(row["most_years"] or "inf") for row in _rows("published/ranges.csv")
    ),
    "comparison.imposed_years_per_death": lambda: 4 * 10 / 4,  # four of the six counts of ten years
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_finding_agrees_with_another_route(name: str, findings: dict[str, float]) -> None:
    assert findings[name] == pytest.approx(EXPECTED[name](), rel=1e-9)


def test_decades_agree_with_another_route(findings: dict[str, float]) -> None:
    by_decade: dict[int, list[int]] = {}
    for year, _, vehicles, _, crashes in CRASHES:
        counted = by_decade.setdefault(year // 10, [0, 0])
        counted[0] += crashes
        counted[1] += crashes * (vehicles >= VEHICLES)
    told = {name: value for name, value in findings.items() if name.startswith("crashes.decade.")}
    assert len(told) == 2 * len(by_decade) == 12
    for decade, (every, large) in by_decade.items():
        first, last = max(10 * decade, 1975), min(10 * decade + 9, 2022)
        assert told[f"crashes.decade.large.{first}_{last}"] == large
        # As many digits as the count of large ones has, halves up.
        unit = 10 ** max(math.floor(math.log10(every / large)) + 1 - len(str(large)), 0)
        assert told[f"crashes.decade.one_in.{first}_{last}"] == unit * math.floor(every / large / unit + 0.5)


def test_deaths_for_each_100_million_miles(findings: dict[str, float]) -> None:
    (miles,) = (
        int(row["miles"])
        for row in _rows("crashes/miles.csv")
        if (row["state"], row["year"]) == ("CO", "2019")
    )
    deaths = sum(row[3] * row[4] for row in CRASHES if row[:2] == (2019, "CO"))
    assert findings["crashes.state_deaths_per_100_million_miles"] == pytest.approx(deaths * 1e8 / miles)
    assert 0.9 < deaths * 1e8 / miles < 1.3  # the order that NHTSA prints for states


def _sky(year: int, code: str) -> str:
    """Read a code of WEATHER that the large crashes have, by the lists of the manual for each era.

    1975-79: 4 snow, 7 in doubt. 1980-2006: 1 none, 2 rain, 3 sleet, 4 snow, 5 fog, 6 rain and fog, 8 smog,
    smoke, blowing sand or dust. From 2007 on: 1 clear, 2 rain, 3 sleet or hail, 4 snow, 5 fog, smog or smoke,
    6 severe crosswinds, 7 blowing sand, soil or dirt; from 2010 on also 11 blowing snow, 98 not reported.
    """
    fog = "fog_smoke_or_dust"
    common = {"1": "no_adverse_weather", "2": "rain", "3": "snow_or_ice", "4": "snow_or_ice", "5": fog}
    if code == "":
        return "not_known"
    if year < 1980:
        return {"4": "snow_or_ice", "7": "not_known"}[code]
    if year < 2007:
        return (common | {"6": fog, "8": fog})[code]
    later = {"11": "snow_or_ice", "98": "not_reported"} if year >= 2010 else {}
    return (common | {"6": "wind_or_other", "7": fog} | later)[code]


def test_the_weather_of_the_largest_agrees_with_another_route(findings: dict[str, float]) -> None:
    large = _rows("crashes/large.csv")
    counted = Counter(_sky(int(row["year"]), row["weather"]) for row in large)
    told = {name.split(".")[-1]: value for name, value in findings.items() if ".weather." in name}
    assert told == {name: counted[name] for name in told}
    assert sum(told.values()) == len(large) == findings["crashes.at_least_20"]
    (own,) = (row for row in large if (row["year"], row["st_case"]) == OWN_KEY)
    assert _sky(2019, own["weather"]) == "not_reported"


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    """The file of counts in SQLite, and `left`, the same without the bridge that fell."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE counts (year INT, state TEXT, vehicles INT, deaths INT, crashes INT)")
        base.executemany("INSERT INTO counts VALUES (?, ?, ?, ?, ?)", CRASHES)
        base.execute(
            "CREATE VIEW left AS SELECT * FROM counts UNION ALL SELECT 2007, 'MN', vehicles, deaths, -1"
            " FROM (SELECT {vehicles} AS vehicles, {deaths} AS deaths)".format(
                **next(row for row in _rows("crashes/large.csv") if row["st_case"] == "270445")
            )
        )
        yield base


#: Larger, as large and smaller, written out for each measure: what the words mean, not how they are counted.
MEASURED = {
    "vehicles": ("vehicles > 28", "vehicles = 28", "vehicles < 28"),
    "deaths": ("deaths > 4", "deaths = 4", "deaths < 4"),
    "both": (
        "(vehicles > 28 AND deaths >= 4 OR vehicles >= 28 AND deaths > 4)",
        "(vehicles = 28 AND deaths = 4)",
        "(vehicles < 28 AND deaths < 4)",
    ),
}


@pytest.mark.parametrize("by", MEASURED)
@pytest.mark.parametrize(
    ("prefix", "where"), [("", "1"), ("state_", "state = 'CO'")], ids=["nation", "state"]
)
def test_the_place_by_each_measure_agrees_with_sqlite(
    by: str, prefix: str, where: str, table: sqlite3.Connection, findings: dict[str, float]
) -> None:
    def count(condition: str, source: str = "counts") -> int:
        query = f"SELECT COALESCE(SUM(crashes), 0) FROM {source} WHERE {where} AND {condition}"
        return table.execute(query).fetchone()[0]

    larger, equal, smaller = MEASURED[by]
    at = f"crashes.{prefix}"
    assert findings[f"{at}rank_by_{by}"] == count(larger) + 1
    assert findings[f"{at}joint_by_{by}"] == count(equal) - 1  # without the case's own crash
    assert findings[f"{at}at_least_{by}"] == count(larger) + count(equal)
    share = findings[f"{at}smaller_percent" + ("" if by == "vehicles" else f"_by_{by}")]
    assert share == pytest.approx(100 * count(smaller) / count("1"))
    only_one = findings[f"{at}reach_only_one"] if by == "both" else 0
    assert only_one == count("1") - count(larger) - count(equal) - count(smaller)
    if not prefix:
        assert findings[f"{at}rank_by_{by}_without_set_aside"] == count(larger, "left") + 1


def test_the_case_is_one_of_those_that_are_as_large() -> None:
    """Why one is taken off above: the list of large crashes has it by its key, and so has the table."""
    (own,) = (row for row in _rows("crashes/large.csv") if (row["year"], row["st_case"]) == OWN_KEY)
    assert (own["state"], int(own["vehicles"]), int(own["deaths"])) == (STATE, VEHICLES, DEATHS)
    assert _count(lambda *key: key == (2019, STATE, VEHICLES, DEATHS)) == 1


def test_a_state_without_the_case_counts_every_equal_crash(table: sqlite3.Connection) -> None:
    found = Report(parameters.check({"state": "TX", "first_year": 1990, "last_year": 2009})).findings
    texas = "SELECT COALESCE(SUM(crashes), 0) FROM counts WHERE state = 'TX' AND year BETWEEN 1990 AND 2009"
    for by, (larger, equal, _) in MEASURED.items():
        for name, condition, more in (("rank", larger, 1), ("joint", equal, 0)):
            (counted,) = table.execute(f"{texas} AND {condition}").fetchone()
            assert found.value(f"crashes.state_{name}_by_{by}") == counted + more, (name, by)


def test_exclusions_leave_the_bridge_out_and_give_both_figures(findings: dict[str, float]) -> None:
    chosen = Report(parameters.check({"exclusions": True}))
    found = {one.id: one.value for one in chosen.findings}
    assert found["crashes.fatal_crashes"] == findings["crashes.fatal_crashes"] - 1
    assert found["crashes.people_killed"] < findings["crashes.people_killed"]
    without = findings["crashes.at_least_vehicles_without_set_aside"]
    assert found["crashes.at_least_vehicles"] == without
    assert found["crashes.at_least_vehicles_without_set_aside"] == without
    assert found["crashes.at_least_vehicles_with_set_aside"] == findings["crashes.at_least_vehicles"]
    assert found["crashes.rank_by_vehicles"] == findings["crashes.rank_by_vehicles"] - 1
    assert all(not one.set_aside for one in chosen.large)


def test_findings_are_plain_numbers_with_a_unit_and_an_origin(made: Path) -> None:
    record = json.loads((made / "findings.json").read_text(encoding="utf-8"))
    computed = [
        finding
        for finding in record["findings"]
        if not finding["id"].startswith(("fact.", "event.", "term."))
    ]
    assert len(computed) > 60
    for finding in computed:
        assert type(finding["value"]) in (int, float), finding["id"]
        assert finding["unit"], finding["id"]
        assert finding["label"], finding["id"]
        assert finding["computed_from"], finding["id"]


def test_the_facts_of_the_dossier_stand_in_the_findings(findings: dict[str, float]) -> None:
    """The arithmetic that the court's own record gives: counts, days, and the parts of the sum."""
    assert findings["sentence.counts_tried"] == 42
    assert findings["sentence.counts_guilty"] == 27
    assert findings["sentence.counts_not_guilty"] == 15
    assert findings["sentence.adds.assault-1-extreme-indifference"] == 60
    assert findings["sentence.adds.attempted-assault-1-extreme-indifference"] == 50
    assert findings["case.days_crash_to_verdict"] == 904
    assert findings["case.days_crash_to_commutation"] == 980
    assert findings["case.days_sentence_to_commutation"] == 17
    assert findings["case.days_to_parole_eligibility"] == 33


def test_both_figures_are_given_with_and_without_the_bridge(findings: dict[str, float]) -> None:
    bridge = [
        row
        for row in _rows("crashes/large.csv")
        if (row["year"], row["state"], row["st_case"]) == ("2007", "MN", "270445")
    ]
    assert len(bridge) == 1
    assert int(bridge[0]["vehicles"]) >= VEHICLES
    assert findings["crashes.set_aside"] == 1
    assert (
        findings["crashes.at_least_vehicles_without_set_aside"] == findings["crashes.at_least_vehicles"] - 1
    )


@pytest.mark.parametrize(
    ("chosen", "keep"),
    [
        ({"first_year": 1990, "last_year": 1999}, lambda year, state, vehicles, deaths: 1990 <= year <= 1999),
        ({"state": "TX"}, lambda *_: True),
        ({"vehicles": 50, "deaths": 2}, lambda *_: True),
    ],
    ids=["years", "state", "thresholds"],
)
def test_parameters_change_what_is_counted(chosen: dict, keep: Callable[..., bool]) -> None:
    found = Report(parameters.check(chosen)).findings
    vehicles, deaths = chosen.get("vehicles", VEHICLES), chosen.get("deaths", DEATHS)
    state = chosen.get("state", STATE)
    assert found.value("crashes.fatal_crashes") == _count(keep)
    assert found.value("crashes.at_least_vehicles") == _count(lambda *key: keep(*key) and key[2] >= vehicles)
    assert found.value("crashes.at_least_deaths") == _count(lambda *key: keep(*key) and key[3] >= deaths)
    assert found.value("crashes.at_least_both") == _count(
        lambda *key: keep(*key) and key[2] >= vehicles and key[3] >= deaths
    )
    # The rank is that of the case itself, whatever the thresholds.
    assert found.value("crashes.state_rank_by_vehicles") == 1 + _count(
        lambda *key: keep(*key) and key[1] == state and key[2] > VEHICLES
    )


def test_an_own_crash_outside_the_chosen_years_is_not_taken_out_of_the_state() -> None:
    found = Report(parameters.check({"first_year": 1985, "last_year": 1985})).findings
    assert found.value("crashes.state_next_largest_vehicles") == max(
        vehicles for year, state, vehicles, _, _ in CRASHES if year == 1985 and state == STATE
    )


def test_case_numbers_come_from_the_case_file() -> None:
    """What the tests above write as literals is what the case file says."""
    case = tomllib.loads((DATA / "cases" / "aguilera-mederos.toml").read_text(encoding="utf-8"))
    roles = {fact["role"]: fact["value"] for fact in case["fact"] if "role" in fact}
    assert (roles["vehicles"], roles["deaths"]) == (VEHICLES, DEATHS)
    assert (str(case["crash"]["fars_year"]), str(case["crash"]["fars_case"])) == OWN_KEY


def test_a_finding_over_federal_and_state_groups_names_both_tables(made: Path) -> None:
    record = json.loads((made / "findings.json").read_text(encoding="utf-8"))
    for finding in record["findings"]:
        if finding["id"] in (
            "comparison.nearest_groups",
            "comparison.pooled_people",
        ):
            assert finding["origins"][0] == "table.federal-sentences table.state-sentences"


def test_the_groups_agree_with_pandas_over_the_raw_files(shared: Path, findings: dict[str, float]) -> None:
    """The official files themselves, by other code: nobody of the picture is lost or counted twice."""
    states = shared / "data" / "states"
    florida, york = (pd.read_csv(states / f"{name}_vehicular.csv") for name in ("florida", "newyork"))
    frame = pl.read_parquet(shared / "data" / "ussc" / "combined_fy19_fy24.parquet").filter(
        pl.col("OFFGUIDE") == 20
    )
    federal = pd.DataFrame(frame.select("XMINSOR", "SENTTOT").to_dict(as_series=False))
    one = florida[florida["one_count"]]
    homicide = one.loc[one["offence"] == "vehicular homicide", "sum_of_terms_months"]
    involuntary = federal[federal["XMINSOR"] <= 57]
    assert findings["comparison.pooled_people"] == len(federal) + len(one) + len(york)
    assert findings["comparison.involuntary.sentenced"] == len(involuntary)
    assert findings["comparison.involuntary.median_months"] == involuntary["SENTTOT"].median()
    assert findings["comparison.florida.vehicular_homicide_median_months"] == homicide.median()
    assert findings["comparison.new_york.median_minimum_months"] == york["min_months"].median()
    assert findings["comparison.reaching.new_york.imposed"] == york["max_is_life"].sum()
    terms = pd.concat([federal["SENTTOT"], one["sum_of_terms_months"], york["max_months"]])
    assert findings["comparison.pooled_longest_months"] == terms.max()
    weights = (1 / homicide.sort_values()).cumsum()
    half = homicide.sort_values()[weights >= weights.iloc[-1] / 2].iloc[0]
    assert findings["comparison.by_inflow_months.florida.vehicular_homicide"] == half
