"""The rule for neighboring cases: what it joins, what it does not, what it cannot look at; and a recount."""

import csv
import gzip
import io
import zipfile

import pandas as pd
import pytest

from building import put
from pileup.record.coverage import covered
from pileup.record.states import FIPS
from pileup.record.tables import describe, load_table
from pileup.sources import fars

_HEADER = "STATE,ST_CASE,COUNTY,MONTH,DAY,HOUR,MINUTE,LATITUDE,LONGITUD,VE_TOTAL,FATALS"


def read(root, *cases):
    """Read a small year; a case is state, number, county, month, day, hour, minute, position, vehicles."""
    put(root, text="\n".join([_HEADER, *(f"{case},1" for case in cases)]) + "\n")
    tables = fars.read(root, echo=lambda line: None)
    (year,) = tables["crashes"].coverage.years
    return [(row[2], row[3]) for row in tables["joined-crashes"].rows], year


HERE = "39.7399,-105.1590"


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (f"59,4,25,16,53,{HERE}", "59,4,25,16,2,40.1,-105.9", True),
        (f"59,4,25,16,53,{HERE}", f"59,4,26,16,53,{HERE}", False),
        ("59,4,25,23,59,,", "59,4,26,0,1,,", False),
        ("59,4,25,23,,,", "59,4,25,0,,,", False),
        ("59,4,25,0,,,", "59,4,25,24,,,", False),
        ("59,4,25,24,,,", "59,4,25,24,,,", True),
        ("59,4,25,99,99,,", "59,4,25,99,99,,", False),
        ("59,4,99,16,5,,", "59,4,99,16,5,,", False),
        ("59,99,5,16,5,,", "59,99,5,16,5,,", False),
        ("0,4,25,16,5,,", "0,4,25,16,5,,", False),
        ("999,4,25,16,5,,", "999,4,25,16,5,,", False),
        ("997,4,25,16,5,,", "997,4,25,16,5,,", False),
        ("59,4,25,16,53,,", "31,4,25,16,53,,", False),
        (f"59,4,25,16,53,{HERE}", f"31,4,25,16,53,{HERE}", True),
        (f"59,4,25,16,53,{HERE}", "31,4,25,16,53,39.7442,-105.1551", True),
        (f"59,4,25,16,53,{HERE}", "31,4,25,16,53,39.7642,-105.1590", False),
        (f"59,4,25,16,53,{HERE}", f"31,4,25,16,54,{HERE}", False),
        (f"59,4,25,16,99,{HERE}", f"31,4,25,16,99,{HERE}", False),
        ("59,4,25,16,53,99.9999,999.9999", "31,4,25,16,53,99.9999,999.9999", False),
        ("59,4,25,16,53,77.7777,-105.159", "31,4,25,16,53,77.7777,-105.159", False),
        ("59,4,25,16,53,39442300,105093200", "31,4,25,16,53,39442300,105093200", False),
        (f",4,25,16,53,{HERE}", f",4,25,16,53,{HERE}", True),
    ],
)
def test_what_is_joined(tmp_path, one, other, joined):
    found, _year = read(tmp_path, f"8,80001,{one},12", f"8,80002,{other},8")
    assert found == ([(80001, 80001), (80001, 80002)] if joined else [])


def test_two_states_are_never_joined(tmp_path):
    when = f"59,4,25,16,53,{HERE},15"
    assert read(tmp_path, f"8,80001,{when}", f"56,560001,{when}")[0] == []


def test_a_neighbors_neighbor_is_in_the_group_and_a_small_group_is_not_listed(tmp_path):
    found, _year = read(
        tmp_path,
        "8,80003,59,4,25,16,1,40.5,-105.5,6",
        f"8,80007,59,4,25,16,53,{HERE},7",
        f"8,80005,31,4,25,16,53,{HERE},7",
        "8,80009,1,4,25,16,53,,,10",
        "8,80010,1,4,25,16,53,,,9",
    )
    assert found == [(80003, 80003), (80003, 80005), (80003, 80007)]


def test_what_the_rule_cannot_look_at_is_counted_and_said_by_state(tmp_path):
    _found, year = read(
        tmp_path,
        "8,80001,59,4,25,16,99,,,1",
        "8,80002,59,4,25,99,99,,,1",
        f"48,480001,0,4,25,16,53,{HERE},1",
        "48,480002,0,4,25,16,53,,,1",
        "56,560001,5,99,99,99,99,,,1",
    )
    assert (year.neighbors, year.unplaced) == (("CO", "TX"), 3)


def test_a_position_that_is_no_number_is_told(tmp_path):
    with pytest.raises(Exception, match=r"LATITUDE is 'north', not a number\."):
        read(tmp_path, "8,80001,59,4,25,16,53,north,-105.1,1")


@pytest.fixture(scope="module")
def cases(shared):
    """Every case of the official files, by pandas: year, state, group by either key, vehicles, deaths."""
    frames = []
    for year in covered("crashes").held:
        path = shared / f"mirror/static.nhtsa.gov/{fars.TREE}/{year}/National/FARS{year}NationalCSV.zip"
        with zipfile.ZipFile(path) as archive:
            (name,) = (name for name in archive.namelist() if name.lower().endswith(".csv"))
            frame = pd.read_csv(io.BytesIO(archive.read(name)), encoding="utf-8-sig", low_memory=False)
        frame["year"], frame["vehicles"] = year, frame.get("VE_TOTAL", frame.get("VE_FORMS"))
        frames.append(frame.rename(columns=str.strip))
    names = ["year", "STATE", "ST_CASE", "COUNTY", "MONTH", "DAY", "HOUR", "MINUTE", "LATITUDE", "LONGITUD"]
    every = pd.concat(frames, ignore_index=True)[[*names, "vehicles", "FATALS"]]
    day = every["MONTH"].between(1, 12) & every["DAY"].between(1, 31) & every["HOUR"].between(0, 24)
    every["by_hour"] = day & every["COUNTY"].between(1, 996)
    every["by_minute"] = day & every["MINUTE"].between(0, 59) & every["LATITUDE"].between(15, 75)
    return every


def test_the_groups_agree_with_a_recount(cases):
    """Each key by itself, then the two put together where they share a case: none does."""
    when = ["year", "STATE", "MONTH", "DAY", "HOUR"]
    spot = cases.assign(LATITUDE=cases["LATITUDE"].round(2), LONGITUD=cases["LONGITUD"].round(2))
    counted = {}
    for known, where in (("by_hour", ["COUNTY"]), ("by_minute", ["MINUTE", "LATITUDE", "LONGITUD"])):
        groups = spot[spot[known]].groupby([*when, *where])["vehicles"]
        large = spot[spot[known]][(groups.transform("size") > 1) & (groups.transform("sum") >= 20)]
        for _key, part in large.groupby([*when, *where]):
            key = frozenset(zip(part["year"], part["ST_CASE"], strict=True))
            counted[key] = (int(part["vehicles"].sum()), int(part["FATALS"].sum()))
    whole = {key: size for key, size in counted.items() if not any(key < other for other in counted)}
    assert sum(map(len, whole)) == len(frozenset().union(*whole))
    table = load_table("joined-crashes")
    told = {
        frozenset(zip(part["year"], part["st_case"], strict=True)): (
            part["vehicles"].sum(),
            part["deaths"].sum(),
        )
        for _key, part in table.groupby(["year", "group"])
    }
    assert told == whole


def test_the_ranks_agree_with_a_recount(cases, report):
    """Cases of a county's hour are one crash; no group by minute and place reaches further."""
    hour = cases[cases["by_hour"]].groupby(["year", "STATE", "COUNTY", "MONTH", "DAY", "HOUR"])
    sizes = pd.concat(
        [hour[["vehicles", "FATALS"]].sum(), cases.loc[~cases["by_hour"], ["vehicles", "FATALS"]]]
    )
    vehicles, deaths = sizes["vehicles"], sizes["FATALS"]
    found = report.findings
    assert found.value("crashes.joined.rank_by_vehicles") == 1 + (vehicles > 28).sum()
    larger = (vehicles >= 28) & (deaths >= 4) & ((vehicles > 28) | (deaths > 4))
    assert found.value("crashes.joined.rank_by_both") == 1 + larger.sum()
    alone = ~(cases["by_hour"] | (cases["by_minute"] & cases["LONGITUD"].between(-180, -60)))
    assert found.value("crashes.joined.unplaced") == alone.sum()


def test_the_later_crashes_are_those_of_the_table_of_distraction(shared):
    """All with 20 vehicles in transport or more, and what the rule joins of the places and minutes known."""
    path = shared / "data/fars/extra/fars_2023_ve_forms_from_distract.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert f"{len(rows):,} crashes were looked at" in describe("later-crashes")["description"]
    spots: dict[tuple, list[dict]] = {}
    for row in rows:
        if row["lat"]:
            key = (
                row["STATE"],
                row["date"],
                row["time"],
                *(round(float(row[at]), 2) for at in ("lat", "lon")),
            )
            spots.setdefault(key, []).append(row)
    joined = {row["ST_CASE"]: min(one["ST_CASE"] for one in part) for part in spots.values() for row in part}
    (pileup,) = (part for part in spots.values() if len(part) > 2)
    listed = [row for row in rows if int(row["VE_FORMS"]) >= 20 or row in pileup]
    expected = {
        (
            FIPS[f"{int(row['STATE']):02}"],
            int(row["ST_CASE"]),
            int(row["VE_FORMS"]),
            row["FATALS"].partition(".")[0],
            row["date"],
            joined[row["ST_CASE"]] if row in pileup else "",
        )
        for row in listed
    }
    table = load_table("later-crashes")
    assert {
        (
            row.state,
            row.st_case,
            row.vehicles,
            "" if pd.isna(row.deaths) else str(row.deaths),
            "" if pd.isna(row.date) else row.date.date().isoformat(),
            "" if pd.isna(row.group) else str(row.group),
        )
        for row in table.itertuples()
    } == expected
