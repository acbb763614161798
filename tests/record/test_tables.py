"""Tests of the shipped tables and of the loader that refuses altered ones."""

import csv
import hashlib
import json
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from common import ROOT
from pileup.base.errors import PileupError
from pileup.base.paths import DATA
from pileup.record.coverage import covered, said
from pileup.record.states import FIPS
from pileup.record.tables import describe, load_table, verify
from pileup.sources.tables import COLUMNS_VERSION, RESOURCES

NAMES = [
    "crashes",
    "large-crashes",
    "joined-crashes",
    "keys",
    "split-pileups",
    "later-crashes",
    "editions",
    "counties",
    "set-aside",
    "miles",
    "federal-sentences",
    "state-sentences",
    "published-figures",
    "statutory-ranges",
]


@pytest.fixture
def copy(tmp_path):
    """Copy the tables, so that a test can break them."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("cases", "law"))
    return folder


def test_package_names_the_tables_and_all_are_sound():
    assert [line.split(":")[0] for line in verify()] == NAMES


@pytest.mark.slow
def test_frictionless_accepts_the_package():
    report = frictionless.validate(str(DATA / "datapackage.json"), type="package")
    assert report.valid, report.flatten(["name", "type", "note"])
    assert [task.name for task in report.tasks] == NAMES


def test_frictionless_sees_an_altered_table(copy):
    path = copy / "crashes" / "counties.csv"
    path.write_text(path.read_text().replace("Jefferson", "jefferson"))
    package = json.loads((copy / "datapackage.json").read_text())
    package["resources"] = [entry for entry in package["resources"] if entry["name"] == "counties"]
    (copy / "datapackage.json").write_text(json.dumps(package))
    report = frictionless.validate(str(copy / "datapackage.json"), type="package")
    assert {row[1] for row in report.flatten(["name", "type"])} == {"hash-count"}


@pytest.mark.parametrize("name", NAMES)
def test_description_says_what_a_reader_must_know(name):
    entry = describe(name)
    assert entry["version"] == COLUMNS_VERSION
    assert entry["title"]
    assert said(covered(name))
    assert entry["licenses"]
    assert len(entry["description"]) > 80
    assert all(source["title"] and source["path"].startswith("http") for source in entry["sources"])
    assert all(field["description"] for field in entry["schema"]["fields"])
    assert entry["bytes"] == (DATA / entry["path"]).stat().st_size


def test_package_has_no_path_of_a_machine_and_no_clock():
    text = (DATA / "datapackage.json").read_text()
    assert str(DATA.parent) not in text
    assert tempfile.gettempdir() not in text
    assert "created" not in json.loads(text)


def test_files_are_utf8_with_plain_line_ends():
    for name in NAMES:
        content = (DATA / describe(name)["path"]).read_bytes()
        content.decode("utf-8")
        assert b"\r" not in content
        assert content.endswith(b"\n")


def test_types_come_from_the_schema():
    large = load_table("large-crashes")
    assert large["state"].dtype == "str"
    assert large["county"].dtype == "str"
    assert large["vehicles"].dtype == "int64"
    assert str(large["weather"].dtype) == "Int64"
    assert pd.api.types.is_datetime64_dtype(large["date"])
    assert load_table("federal-sentences")["months"].dtype == "float64"


def test_crash_totals():
    counts = load_table("crashes")
    assert counts["crashes"].sum() == 1_797_751
    assert (counts["year"].min(), counts["year"].max()) == (1975, 2022)
    assert counts["state"].nunique() == 51
    assert not counts.duplicated(["year", "state", "vehicles", "deaths", "large_truck"]).any()
    large = load_table("large-crashes")
    assert len(large) == counts.loc[counts["vehicles"] >= 20, "crashes"].sum() == 85


@pytest.mark.parametrize(
    ("year", "crashes", "deaths"),
    [(1975, 39161, 44525), (2010, 30296, 32999), (2015, 32538, 35484), (2019, 33487, 36355)],
)
def test_nhtsas_published_totals(year, crashes, deaths):
    counts = load_table("crashes")
    of_year = counts[counts["year"] == year]
    assert of_year["crashes"].sum() == crashes
    assert (of_year["crashes"] * of_year["deaths"]).sum() == deaths


def test_editions_agree_with_the_counts():
    counts, editions = load_table("crashes"), load_table("editions").set_index("year")
    assert (editions["crashes"] == counts.groupby("year")["crashes"].sum()).all()
    deaths = (counts["deaths"] * counts["crashes"]).groupby(counts["year"]).sum()
    assert (editions["deaths"] == deaths).all()
    unknown = set(counts.loc[counts["large_truck"] == "unknown", "year"])
    assert unknown == set(range(1975, 1982)) | set(range(2013, 2018)) | {2020}
    some = set(counts.loc[counts["large_truck"] != "unknown", "year"])
    assert unknown & some == {2015, 2016}  # joined crash by crash: a few are missing in the first releases
    few = counts[counts["year"].isin([2015, 2016]) & (counts["large_truck"] == "unknown")]
    assert few.groupby("year")["crashes"].sum().to_dict() == {2015: 421, 2016: 366}
    held = covered("crashes")
    assert held.held == editions.index.tolist() == sorted(counts["year"].unique())
    assert some == set(held.known("large_truck"))
    assert held.of(edition="first release") == [2020, 2021, 2022]
    assert held.of(vehicles="VE_TOTAL") == list(range(2005, 2022))
    assert held.of(read_from="copy put together") == [2021, 2022]
    assert held.of(weather="no") == [2021]
    twelve = ("CA", "CO", "FL", "IL", "MI", "NC", "NJ", "NY", "PA", "TX", "VA", "WA")
    assert held.in_part("date") == {twelve: [2021, 2022]}


def test_the_coverage_of_sentences_agrees_with_the_tables():
    federal = covered("federal-sentences")
    assert federal.held == sorted(load_table("federal-sentences")["fiscal_year"].unique())
    assert federal.of(read_from="extract") == federal.held
    states = covered("state-sentences")
    assert {one.state for one in states.spans} == set(load_table("state-sentences")["state"])
    assert [one.time for one in states.spans] == [
        "August 2012 to August 2018",
        "about January 2018",
        "August 2019",
    ]
    (miles,) = covered("miles").spans
    years = load_table("miles")["year"]
    assert (miles.first, miles.last) == (str(years.min()), str(years.max()))


def test_the_lakewood_row():
    large = load_table("large-crashes")
    row = large[(large["year"] == 2019) & (large["st_case"] == 80125)].iloc[0]
    assert (row["state"], row["county"], row["city"]) == ("CO", "059", "1435")
    assert row["date"] == pd.Timestamp(2019, 4, 25)
    assert (row["vehicles"], row["deaths"], row["large_truck"]) == (28, 4, "yes")
    assert (row["weather"], row["light"]) == (98, 1)


def test_the_keys_are_those_of_the_crashes_that_are_counted():
    """Group for group as many as in the table of counts, which was made from the same files apart."""
    keys, counts = load_table("keys"), load_table("crashes")
    many = counts[(counts["vehicles"] >= 5) | (counts["deaths"] >= 3)]
    group = ["year", "state", "vehicles", "deaths"]
    assert keys.groupby(group).size().to_dict() == many.groupby(group)["crashes"].sum().to_dict()
    assert len(keys) == 37_895
    assert not keys.duplicated(["year", "st_case"]).any()
    assert (keys["st_case"] // 10000).map(lambda number: FIPS[f"{number:02}"]).eq(keys["state"]).all()
    assert (DATA / "crashes" / "keys.csv").stat().st_size < 1 << 20


def test_the_keys_of_large_crashes_are_those_of_their_own_table():
    keys, large = load_table("keys").set_index(["year", "st_case"]), load_table("large-crashes")
    found = keys.loc[list(zip(large["year"], large["st_case"], strict=True))].reset_index()
    shared = ["state", "county", "vehicles", "deaths"]
    assert found[shared].fillna("").equals(large[shared].fillna(""))
    day = large["date"].dt
    assert found["month"].fillna(0).tolist() == day.month.fillna(0).tolist()
    assert found["day"].fillna(0).tolist() == day.day.fillna(0).tolist()


def test_what_is_known_of_the_large_crashes_of_the_latest_years():
    """Dates are held for twelve states, weather for 2022; what is not held stays empty."""
    large = load_table("large-crashes")
    large = large[large["year"] >= 2021].astype({"date": "str"}).astype(object).where(large.notna(), None)
    assert large[["state", "date", "county", "weather", "light", "large_truck"]].values.tolist() == [
        ["TX", "2021-02-11", "439", None, None, "yes"],
        ["AR", None, None, 2, None, "yes"],
        ["OH", None, None, 6, None, "yes"],
    ]


def test_every_county_of_a_large_crash_has_a_name():
    large = load_table("large-crashes").dropna(subset=["county"])
    wanted = set(zip(large["state"], large["county"], strict=True))
    counties = load_table("counties")
    assert set(zip(counties["state"], counties["county"], strict=True)) == wanted
    assert counties.set_index(["state", "county"]).loc[("CO", "059"), "name"] == "Jefferson"


def test_the_bridge_is_set_aside():
    large = load_table("large-crashes").set_index(["year", "state", "st_case"])
    aside = load_table("set-aside")
    bridge = large.loc[(2007, "MN", 270445)]
    assert bridge["date"] == pd.Timestamp(2007, 8, 1)
    assert len(aside) == 1
    assert all(key in large.index for key in aside[["year", "state", "st_case"]].itertuples(index=False))


def test_federal_manslaughter():
    table = load_table("federal-sentences")
    assert table["people"].sum() == 388_334
    group = table[table["offense_group"] == 20]
    assert group["people"].sum() == 445
    assert set(group["term"]) == {"prison", "none"}
    prison = group[group["term"] == "prison"]
    months = prison["months"].repeat(prison["people"])
    assert (len(months), months.median(), months.max()) == (429, 63, 420)
    assert table.loc[table["term"] != "prison", "months"].isna().all()
    assert table.loc[table["term"] == "prison", "months"].notna().all()


def test_state_tables_hold_each_prisoner_once_a_measure():
    table = load_table("state-sentences")
    people = table.groupby(["state", "measure"])["people"].sum().to_dict()
    assert people == {
        ("FL", "sum of terms"): 868,
        ("NY", "maximum"): 281,
        ("NY", "minimum"): 281,
        ("TX", "term"): 60,
    }
    assert (table["months"].notna() == (table["term"] == "months")).all()


def test_na_is_text_unless_declared(copy):
    path = copy / "crashes" / "counties.csv"
    content = path.read_text().replace("Jefferson", "NA").encode()
    path.write_bytes(content)
    _describe_anew(copy, "counties", content)
    assert "NA" in set(load_table("counties", copy)["name"])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "datapackage.json").unlink(), "datapackage.json is missing"),
        (lambda folder: (folder / "datapackage.json").write_text("{"), "not a readable data package"),
        (
            lambda folder: (folder / "datapackage.json").write_text('{"resources": [{"name": "crashes"}]}'),
            "lacks",
        ),
        (lambda folder: (folder / "crashes/counts.csv").unlink(), "counts.csv is missing"),
        (
            lambda folder: (folder / "crashes/counts.csv").open("a").write("2022,WY,99,1,no,1\n"),
            "counts.csv was altered",
        ),
    ],
)
def test_what_is_missing_or_altered_is_refused_in_one_line(copy, spoil, says):
    spoil(copy)
    for call in (lambda: load_table("crashes", copy), lambda: verify(copy)):
        with pytest.raises(PileupError, match=says) as error:
            call()
        assert "git checkout -- data/" in str(error.value)
        assert "pileup data build" in str(error.value)
        assert "\n" not in str(error.value)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(PileupError, match=r"No table 'crash' .*large-crashes"):
        load_table("crash")


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"state,county,name\nCO,059,Jefferson\n", 2),
        (b"state,name,county\nCO,Jefferson,059\n", 1),
    ],
)
def test_a_table_that_does_not_fit_its_description_is_refused(copy, content, rows):
    (copy / "crashes" / "counties.csv").write_bytes(content)
    _describe_anew(copy, "counties", content, rows)
    with pytest.raises(PileupError, match="other columns or rows"):
        load_table("counties", copy)


def test_text_in_a_number_is_refused(copy):
    path = copy / "crashes" / "editions.csv"
    content = path.read_bytes().replace(b"39161", b"39161x")
    path.write_bytes(content)
    _describe_anew(copy, "editions", content)
    with pytest.raises(PileupError, match="does not fit its description"):
        load_table("editions", copy)


def test_verify_tells_all_faults_and_strangers(copy):
    (copy / "federal" / "counts.csv").unlink()
    (copy / "crashes" / "extra.csv").write_text("a\n")
    with pytest.raises(PileupError, match=r"federal.counts.csv is missing.*extra.csv is not in datapackage"):
        verify(copy)


def _describe_anew(folder, name, content, rows=None):
    """Make the package agree with a table's new bytes."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text())
    entry = next(entry for entry in package["resources"] if entry["name"] == name)
    entry["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    entry["rows"] = rows or entry["rows"]
    path.write_text(json.dumps(package))


def _columns() -> dict[str, dict[str, str]]:
    return {
        name: {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        for name, resource in RESOURCES.items()
    }


def test_a_change_of_columns_raises_the_version_and_is_told() -> None:
    """tests/record/columns.json has the columns of each version; a new record is added, none is altered."""
    record = json.loads((ROOT / "tests" / "record" / "columns.json").read_text(encoding="utf-8"))
    *_, latest = record
    assert latest == COLUMNS_VERSION
    assert record[latest] == _columns()
    assert f"columns version {latest}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for before, after in pairwise(record):
        assert _raised(record[before], record[after], before) == after


def _raised(old: dict, new: dict, version: str) -> str:
    """Return the version that follows: what is gone or of another type raises the first number."""
    major, minor, _ = (int(part) for part in version.split("."))
    had = [(name, column, kind) for name, fields in old.items() for column, kind in fields.items()]
    broken = any(new.get(name, {}).get(column) != kind for name, column, kind in had)
    return f"{major + 1}.0.0" if broken else f"{major}.{minor + 1}.0"


def test_what_counts_as_a_breaking_change() -> None:
    old = {"a": {"x": "integer", "y": "string"}}
    assert _raised(old, {"a": {"x": "integer"}}, "1.2.0") == "2.0.0"
    assert _raised(old, {"a": {"x": "number", "y": "string"}}, "1.2.0") == "2.0.0"
    assert _raised(old, {"b": {}}, "1.2.0") == "2.0.0"
    assert _raised(old, {**old, "b": {"z": "integer"}}, "1.2.0") == "1.3.0"
    assert _raised(old, {"a": {"y": "string", "x": "integer", "z": "string"}}, "1.2.0") == "1.3.0"


def test_miles_are_those_of_the_federal_table(shared: Path) -> None:
    with (shared / "data" / "fars" / "colorado_vmt_1980_2024.csv").open(encoding="utf-8") as file:
        given = {("CO", int(row["year"])): round(float(row["vmt_miles"])) for row in csv.DictReader(file)}
    table = load_table("miles")
    assert {(row.state, row.year): row.miles for row in table.itertuples()} == given
