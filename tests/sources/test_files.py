"""Tests of reading the official files: their traps, their faults, and the rebuild to the same bytes."""

import csv
import functools
import gzip
import hashlib
import http.server
import io
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from building import AUX_HEADER, AUX_ROWS, HEADER, ROWS, put, put_aux
from pileup.base.errors import PileupError
from pileup.base.paths import DATA
from pileup.record import package
from pileup.record.states import FIPS
from pileup.record.tables import load_table, verify
from pileup.sources import fars, states, transfer, ussc
from pileup.sources.build import HANDMADE, build
from pileup.sources.tables import RESOURCES


def read(root, **more):
    """Read without talking; return the rows of the tables."""
    return {name: table.rows for name, table in fars.read(root, echo=lambda line: None, **more).items()}


def years(root, **more):
    """Read without talking; return what is said of each year."""
    held = fars.read(root, echo=lambda line: None, **more)["crashes"].coverage.years
    return {one.year: one.model_dump(exclude={"year"}) for one in held}


EXPECTED = [(2018, "CO", 2, 1, "no", 1), (2018, "CO", 20, 3, "yes", 1)]


# The official files' habits


def test_one_year_as_the_tables_have_it(tmp_path):
    path = put(tmp_path)
    put_aux(tmp_path)
    tables = read(tmp_path)
    assert tables["crashes"] == EXPECTED
    assert tables["large-crashes"] == [(2018, "CO", 80002, None, "059", "0000", 20, 3, "yes", 98, 1)]
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert tables["editions"] == [(2018, 2, 4, sha256)]
    assert years(tmp_path) == {
        2018: {
            "edition": "not known",
            "vehicles": "VE_TOTAL",
            "read_from": "copy",
            "large_truck": "yes",
            "weather": "yes",
            "date": "yes",
            "neighbors": "no",
            "unplaced": 2,
        }
    }


def test_a_crash_has_its_key_from_five_vehicles_or_three_deaths_on(tmp_path):
    sizes = [(4, 2), (5, 1), (1, 3), (4, 3)]
    rows = [
        f"8,{80001 + n},{vehicles},1,59,0,{30 + n},4,2018,1,98,{deaths}"
        for n, (vehicles, deaths) in enumerate(sizes)
    ]
    put(tmp_path, text="\n".join([HEADER, *rows]))
    assert read(tmp_path)["keys"] == [
        (2018, "CO", 80002, None, None, "059", 5, 1),  # April 31 is no day
        (2018, "CO", 80003, None, None, "059", 1, 3),
        (2018, "CO", 80004, None, None, "059", 4, 3),
    ]
    every = fars.keyed(tmp_path, "CO", 2018)
    assert [(one.st_case, one.vehicles, one.deaths) for one in every] == [
        (80001 + n, *size) for n, size in enumerate(sizes)
    ]
    assert every[0].date == date(2018, 4, 30)
    assert fars.keyed(tmp_path, "WY", 2018) == []


def test_the_keys_of_a_year_that_is_not_there_name_its_file(tmp_path):
    put(tmp_path)
    with pytest.raises(PileupError, match=r"FARS 2017: FARS2017NationalCSV\.zip is missing; it should be at"):
        fars.keyed(tmp_path, "CO", 2017)


@pytest.mark.parametrize(
    "member",
    ["ACCIDENT.CSV", "accident.csv", "FARS2018NationalCSV/Accident.CSV", "FARS2018NationalCSV\\accident.csv"],
)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.lower().encode(),
        lambda text: text.replace("STATE,", '"STATE",').replace("1435", '"1435"').encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["plain", "BOM", "CRLF", "lower case", "quotes", "no last line end"],
)
def test_names_and_ways_of_writing(tmp_path, member, change):
    put(tmp_path, text=change(HEADER + "\n" + ROWS), member=member)
    put_aux(tmp_path)
    assert read(tmp_path)["crashes"] == EXPECTED


def test_columns_in_another_order_with_windows_text_and_commas(tmp_path):
    rows = [
        [*line.split(","), text]
        for line, text in zip(ROWS.splitlines(), ["O\x92Brien", '"A, B"'], strict=True)
    ]
    text = "\n".join(",".join(reversed(row)) for row in [[*HEADER.split(","), "TWAY_ID"], *rows])
    put(tmp_path, text=text.encode("latin-1"))
    put_aux(tmp_path)
    assert read(tmp_path)["crashes"] == EXPECTED


def test_na_and_empty_are_missing(tmp_path):
    put(tmp_path, text=HEADER + "\n8,80001,20,20,NA,,NA, ,2018,NA,.,1\n")
    assert read(tmp_path)["large-crashes"] == [
        (2018, "CO", 80001, None, None, None, 20, 1, "unknown", None, None)
    ]


def test_without_ve_total_vehicles_in_transport_are_counted(tmp_path):
    put(tmp_path, 1976, "STATE,ST_CASE,VE_FORMS,YEAR,FATALS\n1,10001,0,76,1\n")
    tables = read(tmp_path)
    assert tables["crashes"] == [(1976, "AL", 0, 1, "unknown", 1)]
    assert years(tmp_path)[1976]["vehicles"] == "VE_FORMS"


@pytest.mark.parametrize("year", [1975, 1997, 1998, 2021])
def test_a_year_with_few_columns_and_its_own_way_of_writing_the_year(tmp_path, year):
    written = year if year >= 1998 else year - 1900
    put(tmp_path, year, f"FATALS,YEAR,ST_CASE,STATE,VE_FORMS\n4,{written},80125,8,28\n")
    row = (year, "CO", 80125, None, None, None, 28, 4, "unknown", None, None)
    assert read(tmp_path)["large-crashes"] == [row]


def test_codes_for_unknown_are_no_county_and_no_date_and_others_stay_as_they_are(tmp_path):
    rows = [
        "8,80001,20,20,0,9999,31,2,2018,9,99,1",
        "8,80002,20,20,997,9997,99,12,2018,77,77,1",
        "8,80003,20,20,1,10,1,12,2018,1,1,1",
    ]
    put(tmp_path, text="\n".join([HEADER, *rows]))
    assert [row[3:6] + row[9:] for row in read(tmp_path)["large-crashes"]] == [
        (None, None, "9999", 99, 9),
        (None, None, "9997", 77, 77),
        ("2018-12-01", "001", "0010", 1, 1),
    ]


def test_year_99_is_the_year_of_the_file(tmp_path):
    put(
        tmp_path,
        1975,
        HEADER + "\n16,160089,1,1,1,0,99,99,99,1,1,1\n30,300160,21,21,999,0,99,99,99,1,1,1\n",
    )
    tables = read(tmp_path)
    assert {row[0] for row in tables["crashes"]} == {1975}
    assert tables["large-crashes"][0][:6] == (1975, "MT", 300160, None, None, "0000")


def test_case_numbers_are_joined_within_a_year_only(tmp_path):
    for year in (2018, 2019):
        put(tmp_path, year, (HEADER + "\n" + ROWS).replace("2018", str(year)))
    put_aux(tmp_path, 2019, (AUX_HEADER + "\n" + AUX_ROWS).replace("2018", "2019"))
    flags = {(row[0], row[4]) for row in read(tmp_path)["crashes"]}
    assert flags == {(2018, "unknown"), (2019, "yes"), (2019, "no")}


@pytest.mark.parametrize("ending", ["AuxiliaryCVS", "AuxiliaryCSV"])
def test_misspelled_auxiliary_zip_of_1996(tmp_path, ending):
    put(tmp_path, 1996, (HEADER + "\n" + ROWS).replace("2018", "96"))
    aux = (AUX_HEADER + "\n" + AUX_ROWS).replace("2018", "1996")
    put_aux(tmp_path, 1996, aux, f"FARS1996National{ending}.zip")
    assert {row[4] for row in read(tmp_path)["crashes"]} == {"yes", "no"}


@pytest.mark.parametrize(
    ("aux", "flags", "says"),
    [
        ("80001,2018,8,1,9\n80002,2018,8,3,1\n", ["unknown", "yes"], "large truck unknown in 1 crashes."),
        (
            "80001,2018,8,1,2\n",
            ["no", "unknown"],
            "1 of 2 crashes are not in the auxiliary file; large truck unknown in 1 crashes.",
        ),
        (
            AUX_ROWS + "80003,2018,8,1,1\n80004,2018,8,1,1\n",
            ["no", "yes"],
            "2 of the auxiliary file's 4 are not in the main file.",
        ),
        (
            "80001,2018,8,1,2\n80003,2018,8,3,1\n",
            ["no", "unknown"],
            "1 of 2 crashes are not in the auxiliary file; 1 of the auxiliary file's 2 are not in the main"
            " file; large truck unknown in 1 crashes.",
        ),
        ("80001,2018,8,2,2\n80002,2018,8,3,1\n", ["no", "yes"], "1 have another number of deaths there."),
        ("80001,99,8,1,2\n80002,2018,8,3,1\n", ["no", "yes"], None),
    ],
    ids=["other code", "missing there", "missing here", "missing both ways", "other deaths", "year unknown"],
)
def test_only_crashes_without_a_partner_have_an_unknown_truck(tmp_path, aux, flags, says):
    put(tmp_path)
    put_aux(tmp_path, text=AUX_HEADER + "\n" + aux)
    lines = []
    tables = fars.read(tmp_path, echo=lines.append)
    assert [row[4] for row in tables["crashes"].rows] == flags
    assert tables["crashes"].coverage.known("large_truck") == [2018]
    assert [line for line in lines if "edition" not in line] == ([f"FARS 2018: {says}"] if says else [])


@pytest.mark.parametrize(
    ("aux", "share"),
    [
        (AUX_ROWS.replace(",2018,", ",2017,"), r"only 0 of its 2 crashes \(0.0%\)"),
        (AUX_ROWS.replace(",8,", ",9,"), r"only 0 of its 2 crashes \(0.0%\)"),
        (AUX_ROWS.replace("8000", "8001"), r"only 0 of its 2 crashes \(0.0%\)"),
        ("80001,2018,8,1,2\n" + AUX_ROWS.replace("8000", "8001") * 2, "twice"),
        ("80002,2018,8,3,1\n80012,2018,8,1,1\n80013,2018,8,1,1\n", None),
        ("", r"only 0 of its 0 crashes \(0.0%\)"),
    ],
    ids=["year", "state", "cases", "twice", "half of the smaller", "empty"],
)
def test_an_auxiliary_file_of_other_crashes_is_a_fault_that_says_the_share(tmp_path, aux, share):
    put(tmp_path)
    put_aux(tmp_path, text=AUX_HEADER + "\n" + aux)
    if share is None:
        assert [row[4] for row in read(tmp_path)["crashes"]] == ["unknown", "yes"]
        return
    with pytest.raises(PileupError, match=f"FARS2018NationalAuxiliaryCSV.zip: .*{share}"):
        read(tmp_path)


def test_folder_can_hold_the_site_or_be_it(tmp_path):
    put(tmp_path / "static.nhtsa.gov")
    assert read(tmp_path) == read(tmp_path / "static.nhtsa.gov")


def test_gaps_and_unknown_editions_are_told(tmp_path):
    put(tmp_path, 2016, (HEADER + "\n" + ROWS).replace("2018", "2016"))
    put(tmp_path, 2018)
    lines = []
    tables = fars.read(tmp_path, echo=lines.append)
    assert "FARS: no file for 2017: the tables leave these years out." in lines
    assert sum("edition not known" in line for line in lines) == 2
    assert tables["crashes"].coverage.of(edition="not known") == [2016, 2018]


# Faults


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"raw": b"PK\x03\x04 cut off"}, "cannot be read as a zip"),
        ({"raw": b"\n<!DOCTYPE html><title>Not here</title>"}, "a web page, not a zip"),
        ({"member": "vehicle.csv"}, "no members named accident.csv"),
        ({"member": "../accident.csv"}, "a path outside the zip's folder"),
        ({"member": "/accident.csv"}, "a path outside the zip's folder"),
        ({"text": (HEADER + "\n" + ROWS).replace("FATALS", "DEATHS")}, "no column FATALS"),
        ({"text": (HEADER + "\n" + ROWS).replace("VE_", "V_")}, "no column VE_TOTAL or VE_FORMS"),
        ({"text": HEADER + "\n" + ROWS.replace(",98,3\n", ",98,three\n")}, "FATALS is 'three', not a whole"),
        ({"text": HEADER + "\n" + ROWS.replace(",98,3\n", ",98,\n")}, "FATALS is empty in 1 rows"),
        ({"text": HEADER + "\n" + ROWS.replace(",98,3\n", ",98,-3\n")}, "a FATALS below 0, at ST_CASE 80002"),
        ({"text": HEADER + "\n" + ROWS.replace("80002,20", "80002,")}, "an empty VE_TOTAL, at ST_CASE 80002"),
        ({"text": HEADER + "\n" + ROWS.replace("80002", "80001")}, "that occurs twice, at ST_CASE 80001"),
        ({"text": HEADER + "\n43,430001,1,1,1,0,1,1,2018,1,1,1\n"}, "none of the 50 states"),
        ({"text": HEADER + "\n8,90001,1,1,1,0,1,1,2018,1,1,1\n"}, "a case number of another STATE"),
        ({"text": HEADER + "\n" + ROWS.replace(",2018,", ",2017,")}, "a YEAR that is not 2018"),
        ({"text": HEADER + "\n"}, "no crashes"),
        ({"text": HEADER + "\n" + ROWS + "1,2,3,4,5,6,7,8,9,10,11,12,13,14\n"}, "not a readable table"),
        ({"text": b""}, "no column STATE, ST_CASE, FATALS"),
    ],
)
def test_a_faulty_file_names_year_file_and_remedy(tmp_path, change, says):
    put(tmp_path, **change)
    with pytest.raises(PileupError, match=says) as error:
        read(tmp_path)
    assert "FARS 2018, FARS2018NationalCSV.zip" in str(error.value)
    assert "https://static.nhtsa.gov/nhtsa/downloads/FARS/2018/National" in str(error.value)


def test_a_zip_cut_off_in_the_middle(tmp_path):
    path = put(tmp_path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(PileupError, match=r"FARS 2018.*cannot be read as a zip"):
        read(tmp_path)


def test_a_zip_with_a_spoiled_member(tmp_path):
    path = put(tmp_path)
    content = bytearray(path.read_bytes())
    content[60] ^= 255
    path.write_bytes(content)
    with pytest.raises(PileupError, match=r"FARS 2018.*cannot be read as a zip"):
        read(tmp_path)


def test_a_member_that_would_be_huge_is_not_unpacked(tmp_path, monkeypatch):
    put(tmp_path)
    monkeypatch.setattr(fars, "MAX_BYTES", 100)
    with pytest.raises(PileupError, match="larger than 1 GB"):
        read(tmp_path)


def test_two_members_of_the_name(tmp_path):
    path = put(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("old/ACCIDENT.CSV", HEADER)
    with pytest.raises(PileupError, match="2 members named"):
        read(tmp_path)


def test_a_faulty_auxiliary_file_is_a_fault_too(tmp_path):
    put(tmp_path)
    put_aux(tmp_path, text="ST_CASE,STATE,FATALS\n80001,8,1\n80002,8,3\n")
    with pytest.raises(PileupError, match=r"FARS2018NationalAuxiliaryCSV.zip: no column A_LT, YEAR"):
        read(tmp_path)
    put_aux(tmp_path, text=AUX_HEADER + "\n" + "80001,2018,8,1,2\n" * 2)
    with pytest.raises(PileupError, match=r"AuxiliaryCSV.zip: a case number \(ST_CASE\) occurs twice"):
        read(tmp_path)


def test_a_folder_that_is_no_copy_of_the_site(tmp_path):
    with pytest.raises(PileupError, match="no copy of NHTSA's download site"):
        read(tmp_path)
    (tmp_path / fars.TREE / "2018").mkdir(parents=True)
    with pytest.raises(PileupError, match="holds no FARS zip"):
        read(tmp_path)
    with pytest.raises(PileupError, match=r"FARS2018NationalCSV.zip is missing"):
        read(tmp_path, years=[2018])


@pytest.mark.parametrize(
    ("year", "crashes", "deaths"),
    [(1975, 39161, 44525), (2010, 30296, 32999), (2015, 32538, 35484), (2019, 33487, 36355)],
)
def test_a_final_file_must_have_the_published_deaths(tmp_path, year, crashes, deaths):
    def text(first):
        numbers = [first] + [1] * (crashes - 1)
        serials = (f"{1 + n // 9000},{(1 + n // 9000) * 10000 + n % 9000}" for n in range(crashes))
        real = {"1": "1", "2": "2", "3": "4", "4": "5", "5": "6"}
        rows = []
        for serial, fatals in zip(serials, numbers, strict=True):
            state, case = serial.split(",")
            rows.append(f"{real[state]},{int(real[state]) * 10000 + int(case) % 10000},1,{fatals}")
        return "STATE,ST_CASE,VE_FORMS,FATALS\n" + "\n".join(rows) + "\n"

    put(tmp_path, year, text(deaths - crashes + 1))
    assert read(tmp_path)["editions"][0][:3] == (year, crashes, deaths)
    assert years(tmp_path)[year]["edition"] == "final"
    put(tmp_path, year, text(deaths - crashes))
    with pytest.raises(PileupError, match=f"FARS {year}.*does not agree with NHTSA's published totals"):
        read(tmp_path)


def test_editions():
    assert fars.edition(2019, 33487) == "final"
    assert fars.edition(2015, 32538) == "final"
    assert fars.edition(2015, 32166) == "first release"
    assert fars.edition(2022, 39221) == "first release"
    assert fars.edition(2019, 33488) == "not known"
    assert set(fars.KNOWN_EDITIONS["final"]) == set(range(1975, 2020))


# Over the network (this machine only)


class _Site(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; the first request for a zip of 2019 fails, as a busy server's would."""

    asked: Counter

    def do_GET(self):
        self.asked[self.path] += 1
        if "FARS2019NationalCSV" in self.path and self.asked[self.path] == 1:
            self.send_error(503)
        else:
            super().do_GET()

    def log_request(self, code="-", size="-"):
        """Count the answers by their status, without a word."""
        self.asked[str(int(code)), self.path] += 1

    def log_message(self, *args):
        """Stay silent."""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Serve a folder on 127.0.0.1 and keep downloads in a folder of the test."""
    root = tmp_path / "site"
    root.mkdir()
    monkeypatch.setattr(transfer, "PAUSE", 0.01)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "cache")
    handler = type("Site", (_Site,), {"asked": Counter()})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(root))
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield root, f"http://127.0.0.1:{server.server_port}", handler.asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_two_years_from_an_address(site, tmp_path):
    root, address, asked = site
    for year in (2018, 2019):
        put(root, year, (HEADER + "\n" + ROWS).replace("2018", str(year)))
    put_aux(root, 2018)
    lines = []
    tables = fars.read(address + "/", [2018, 2019], echo=lines.append)
    assert {name: table.rows for name, table in tables.items()} == read(root)
    assert {row[4] for row in tables["crashes"].rows if row[0] == 2019} == {"unknown"}
    assert any(str(tmp_path / "cache") in line for line in lines)
    assert "FARS 2019: no auxiliary file, so large trucks are unknown." in lines
    main = f"/{fars.TREE}/2019/National/FARS2019NationalCSV.zip"
    assert asked[main] == 2  # once refused, once served
    before = asked.copy()
    assert fars.read(address, [2018, 2019], echo=lines.append) == tables
    assert asked[main] == before[main] + 1  # asked whether it has changed, and then taken from the cache
    assert asked["304", main] == 1


def test_a_missing_or_faulty_download(site, tmp_path):
    root, address, _ = site
    with pytest.raises(PileupError, match=r"FARS 2018: FARS2018NationalCSV.zip is missing"):
        read(address, years=[2018])
    put(root, raw=b"<html>Sorry</html>")
    with pytest.raises(PileupError, match="a web page, not a zip"):
        read(address, years=[2018])
    assert not list((tmp_path / "cache").glob("*2018*"))  # so that the next run asks again
    put(root)
    assert read(address, years=[2018])["editions"][0][1] == 2


def test_a_server_that_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(transfer, "PAUSE", 0)
    with pytest.raises(PileupError, match="could not be downloaded in 3 attempts"):
        read("http://127.0.0.1:9", years=[2018], cache=tmp_path)


# Federal and state sentences


def _federal(path, **columns):
    base = {"OFFGUIDE": [20, 20, 22, 22], "FISCAL_YEAR": [2019] * 4, "SENTTOT": [12.03, None, 470.0, 471.0]}
    frame = pl.DataFrame(base | columns)
    if "SENTTOT" in frame.columns and frame.schema["SENTTOT"] == pl.Float64:
        frame = frame.with_columns(pl.col("SENTTOT").cast(pl.Float32))
    frame.write_parquet(path)
    return path


def test_federal_life_and_no_term_are_kept_apart(tmp_path):
    rows = ussc.read(_federal(tmp_path / "a.parquet"))["federal-sentences"].rows
    assert rows == [
        (20, 2019, "none", None, 1, None),
        (20, 2019, "prison", 12.03, 1, None),
        (22, 2019, "life", None, 1, None),
        (22, 2019, "prison", 471.0, 1, None),
    ]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"FISCAL_YEAR": [2018] * 4}, "FISCAL_YEAR outside 2019-2024"),
        ({"OFFGUIDE": [31] * 4}, "OFFGUIDE outside 1-30"),
        ({"SENTTOT": [0.0, 1.0, 2.0, 3.0]}, "no number of months above 0"),
        ({"SENTTOT": [float("nan"), 1.0, 2.0, 3.0]}, "no number of months above 0"),
        ({"SENTTOT": ["a", "b", "c", "d"]}, "SENTTOT holds no numbers"),
    ],
)
def test_federal_faults(tmp_path, columns, says):
    with pytest.raises(PileupError, match=says):
        ussc.read(_federal(tmp_path / "a.parquet", **columns))


def test_federal_file_missing_or_of_another_kind(tmp_path):
    with pytest.raises(PileupError, match="cannot be read"):
        ussc.read(tmp_path / "no.parquet")
    (tmp_path / "a.parquet").write_text("SENTTOT\n1\n")
    with pytest.raises(PileupError, match="not a parquet file"):
        ussc.read(tmp_path / "a.parquet")
    pl.DataFrame({"SENTTOT": [1.0]}).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(PileupError, match="no column OFFGUIDE, FISCAL_YEAR"):
        ussc.read(tmp_path / "b.parquet")


def _states(folder, new_york="", florida="", texas=""):
    """Write the three extracts, each with a sound row and the rows given."""
    ny = "top_offence,n_veh_homicide_counts,n_counts_listed,min_months,max_months,max_is_life\n"
    fl = "offence,n_counts,n_death_counts,one_count,sum_of_terms_months,life\n"
    (folder / states.NEW_YORK).write_text(ny + "vehicular manslaughter 1st,1,1,12.0,36.0,False\n" + new_york)
    (folder / states.FLORIDA).write_text(fl + "vehicular homicide,1,1,True,120.0,False\n" + florida)
    (folder / states.TEXAS).write_text("offence_label,term_months\nINTOX MANSLAUGHTER,24.0\n" + texas)
    return folder


def test_state_terms(tmp_path):
    folder = _states(
        tmp_path,
        new_york="vehicular manslaughter 1st,2,3,84.0,,True\nvehicular manslaughter 1st,1,2,,60.0,False\n",
        florida="vehicular homicide,2,2,False,,True\n",
        texas="INTOXICATED MANSLAUGHTER W/VEH,24.0\n",
    )
    first = "vehicular manslaughter 1st"
    assert sorted(states.read(folder)["state-sentences"].rows, key=str) == sorted(
        [
            ("NY", first, 1, "yes", "minimum", "months", 12.0, 1),
            ("NY", first, 1, "yes", "maximum", "months", 36.0, 1),
            ("NY", first, 2, "no", "minimum", "months", 84.0, 1),
            ("NY", first, 2, "no", "maximum", "life", None, 1),
            ("NY", first, 1, "no", "minimum", "not resolved", None, 1),
            ("NY", first, 1, "no", "maximum", "months", 60.0, 1),
            ("FL", "vehicular homicide", 1, "yes", "sum of terms", "months", 120.0, 1),
            ("FL", "vehicular homicide", 2, "no", "sum of terms", "life", None, 1),
            ("TX", "intoxication manslaughter", None, "unknown", "term", "months", 24.0, 2),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"new_york": "x,1,1,twelve,36.0,False\n"}, "newyork_vehicular.csv, line 3.*twelve"),
        ({"new_york": "x,1,1,12.0,36.0,maybe\n"}, "neither True nor False"),
        ({"new_york": "x,1,1,12.0,36.0,True\n"}, "max_is_life is True"),
        ({"florida": "x,2,1,True,12.0,False\n"}, "one_count and n_counts disagree"),
        ({"florida": "x,1,1,True,12.0,True\n"}, "life is True"),
        ({"florida": "x,1,1,True,-1,False\n"}, "no number of months above 0"),
        ({"texas": "THEFT,24.0\n"}, "is not intoxication manslaughter"),
        ({"texas": "INTOX MANSLAUGHTER\n"}, "texas_vehicular.csv, line 3: not as many values"),
        ({"texas": "INTOX MANSLAUGHTER,24.0,1\n"}, "line 3: not as many values"),
    ],
)
def test_state_faults(tmp_path, rows, says):
    with pytest.raises(PileupError, match=says):
        states.read(_states(tmp_path, **rows))


def test_state_files_missing_or_without_a_column(tmp_path):
    with pytest.raises(PileupError, match=r"newyork_vehicular.csv: missing"):
        states.read(tmp_path)
    _states(tmp_path)
    (tmp_path / states.TEXAS).write_text("offence_label\nINTOX MANSLAUGHTER\n")
    with pytest.raises(PileupError, match=r"texas_vehicular.csv: no column 'term_months'"):
        states.read(tmp_path)


# The build: all or nothing


def test_a_source_not_given_leaves_its_tables(tmp_path):
    out, lines = tmp_path / "data", []
    put(tmp_path / "site")
    build(fars=tmp_path / "site", out=out, echo=lines.append)
    assert "ussc: not given; federal-sentences stay as they are." in lines
    made = {"crashes", "large-crashes", "joined-crashes", "keys", "editions", *HANDMADE}
    assert [line.split(":")[0] for line in verify(out)] == [name for name in RESOURCES if name in made]
    crashes = (out / "crashes" / "counts.csv").read_bytes()
    build(ussc=_federal(tmp_path / "a.parquet"), states=_states(tmp_path), out=out, echo=lines.append)
    assert (out / "crashes" / "counts.csv").read_bytes() == crashes
    assert len(verify(out)) == len(RESOURCES)
    assert any("set-aside: 2007 MN 270445 is not among" in line for line in lines)


def test_a_county_without_a_name_is_told(tmp_path):
    lines = []
    put(tmp_path / "site", text=HEADER + "\n8,80001,20,20,1,0,1,1,2018,1,98,1\n")
    build(fars=tmp_path / "site", out=tmp_path / "data", echo=lines.append)
    assert "counties: no name for county 001 in CO; add it to crashes/counties.csv." in lines


def test_a_fault_leaves_everything_as_it_was(tmp_path):
    out = tmp_path / "data"
    put(tmp_path / "site")
    build(fars=tmp_path / "site", out=out, echo=lambda line: None)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    put(tmp_path / "site", text=HEADER + "\n8,80001,3,3,59,0,1,1,2018,1,98,1\n")
    with pytest.raises(PileupError, match="not a parquet file"):
        build(fars=tmp_path / "site", ussc=put(tmp_path, 2017), out=out, echo=lambda line: None)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert not list(out.glob(".*"))


def test_a_table_kept_by_hand_is_described_anew(tmp_path):
    out = tmp_path / "data"
    build(out=out, echo=lambda line: None)
    path = out / "crashes" / "counties.csv"
    path.write_text(path.read_text() + "WY,021,Laramie\n")
    with pytest.raises(PileupError, match="altered"):
        load_table("counties", out)
    build(out=out, echo=lambda line: None)
    assert len(load_table("counties", out)) == 78
    path.write_text("a,b\n")
    with pytest.raises(PileupError, match="first line should be state,county,name"):
        build(out=out, echo=lambda line: None)


def test_a_table_that_would_stay_is_the_one_described(tmp_path):
    out = tmp_path / "data"
    put(tmp_path / "site")
    build(fars=tmp_path / "site", out=out, echo=lambda line: None)
    counts = out / "crashes" / "counts.csv"
    counts.write_bytes(counts.read_bytes() + b"\n")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(PileupError, match=r"counts\.csv is not the table that datapackage\.json describes"):
        build(out=out, echo=lambda line: None)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    build(fars=tmp_path / "site", out=out, echo=lambda line: None)
    assert verify(out)


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(PileupError):
        build(out=tmp_path / "data", echo=lambda line: None)


def test_a_reader_in_whose_midst_a_build_ends_reads_the_new_set(tmp_path, monkeypatch):
    out = tmp_path / "data"
    put(tmp_path / "site")
    build(fars=tmp_path / "site", out=out, echo=lambda line: None)
    put(tmp_path / "site", text=HEADER + "\n8,80001,7,7,59,0,1,1,2018,1,98,1\n")
    read_file, names = package.read, []

    def read_and_build(folder, name):
        names.append(name)
        content = read_file(folder, name)
        if names == [package.PACKAGE]:  # the old description is read, its table not yet
            build(fars=tmp_path / "site", out=out, echo=lambda line: None)
        return content

    monkeypatch.setattr(package, "read", read_and_build)
    assert load_table("crashes", out)["vehicles"].tolist() == [7]


@pytest.fixture(scope="module", params=["a set before", "no set before"])
def killed(request, tmp_path_factory):
    """Kill a build at each of its steps; return the folders that it left, and whether there was a set."""
    folder, had = tmp_path_factory.mktemp("killed"), request.param == "a set before"
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killed_build.py")), str(folder), str(int(had))],
        check=True,
        capture_output=True,
        text=True,
    )
    return [folder / name for name in run.stdout.split()], had


def _generation(folder):
    """Return which set a reader finds, by its numbers in three tables; 0 where there is none."""
    if not (folder / "datapackage.json").exists() and not (folder / package.NEW).exists():
        return 0
    assert len(verify(folder)) == len(HANDMADE) + 5
    (found,) = {
        load_table("crashes", folder)["crashes"].iloc[0],
        load_table("large-crashes", folder)["deaths"].iloc[0],
        load_table("editions", folder)["deaths"].iloc[0],
    }
    return found


@pytest.mark.slow
def test_a_killed_build_leaves_the_old_set_or_the_new_one(killed):
    folders, had = killed
    found = [_generation(folder) for folder in folders]
    assert found == sorted(found)  # the old one up to a step, from there on the new one
    assert set(found) == {int(had), 2}
    moving = [folder for folder in folders if (folder / package.NEW).exists()]
    assert len(moving) > 3  # killed between any two moves


@pytest.mark.slow
def test_the_next_build_clears_what_a_killed_one_left(killed):
    for folder in killed[0]:
        again = folder.with_name(f"{folder.name}-again")
        shutil.copytree(folder, again)
        build(out=again, echo=lambda line: None)
        assert not list(again.glob(".*"))
        if _generation(folder):
            assert _generation(again) == _generation(folder)
        for name in HANDMADE:
            path = RESOURCES[name]["path"]
            assert (again / path).read_bytes() == (DATA / path).read_bytes()


def test_a_table_kept_by_hand_is_never_written_over(tmp_path, monkeypatch):
    out = tmp_path / "data"
    put(tmp_path / "site")
    build(fars=tmp_path / "site", out=out, echo=lambda line: None)
    monkeypatch.setattr(os, "replace", lambda *names: (_ for _ in ()).throw(OSError("no")))
    with pytest.raises(
        PileupError, match=r"are whole and are read from .*\.new, but cannot be moved"
    ) as error:
        build(fars=tmp_path / "site", out=out, echo=lambda line: None)
    assert "\n" not in str(error.value)
    monkeypatch.undo()
    path = out / "crashes" / "counties.csv"
    path.write_text(path.read_text() + "WY,021,Laramie\n")
    build(out=out, echo=lambda line: None)
    assert path.read_text().endswith("WY,021,Laramie\n")
    assert len(load_table("counties", out)) == 78


# The published tables against the official files


@pytest.mark.slow
def test_rebuilding_gives_the_published_tables_byte_for_byte(shared, tmp_path):
    build(
        shared / "mirror",
        shared / "data" / "ussc" / "combined_fy19_fy24.parquet",
        shared / "data" / "states",
        tmp_path / "data",
        echo=lambda line: None,
    )
    made = {path.relative_to(tmp_path / "data") for path in (tmp_path / "data").rglob("*") if path.is_file()}
    assert len(made) == len(RESOURCES) + 1
    for path in made:
        assert (tmp_path / "data" / path).read_bytes() == (DATA / path).read_bytes(), path


def _rows_of(shared, year, ending="CSV"):
    """Read a zip with the standard library only."""
    path = shared / "mirror/static.nhtsa.gov" / fars.TREE / f"{year}/National/FARS{year}National{ending}.zip"
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.lower().endswith(".csv"))
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


@pytest.mark.slow
@pytest.mark.parametrize("year", [1975, 1996, 2013, 2015, 2016, 2019, 2021, 2022])
def test_counts_against_a_recount_from_the_zip(shared, year):
    postal = {1: "AL", 6: "CA", 8: "CO", 11: "DC", 36: "NY", 48: "TX", 51: "VA", 56: "WY"}
    rows = _rows_of(shared, year)
    trucks = {}
    if year not in (1975, 2013):
        ending = "AuxiliaryCVS" if year == 1996 else "AuxiliaryCSV"
        trucks = {
            row["ST_CASE"]: {"1": "yes", "2": "no"}[row["A_LT"]] for row in _rows_of(shared, year, ending)
        }
        assert year in (2015, 2016) or trucks.keys() == {row["ST_CASE"] for row in rows}
    column = "VE_TOTAL" if "VE_TOTAL" in rows[0] else "VE_FORMS"
    counted = Counter(
        (int(row["STATE"]), int(row[column]), int(row["FATALS"]), trucks.get(row["ST_CASE"], "unknown"))
        for row in rows
    )
    table = load_table("crashes")
    table = table[table["year"] == year]
    assert table["crashes"].sum() == len(rows)
    assert (table["crashes"] * table["deaths"]).sum() == sum(int(row["FATALS"]) for row in rows)
    for number, state in postal.items():
        here = table[table["state"] == state]
        groups = zip(here["vehicles"], here["deaths"], here["large_truck"], here["crashes"], strict=True)
        assert {(number, v, d, t): n for v, d, t, n in groups} == {
            key: n for key, n in counted.items() if key[0] == number
        }
    large = load_table("large-crashes")
    assert set(large.loc[large["year"] == year, "st_case"]) == {
        int(row["ST_CASE"]) for row in rows if int(row[column]) >= 20
    }


@pytest.mark.slow
def test_the_mirror_has_what_its_additions_say(shared):
    """Vehicles of 2021 and weather of 2022 once more, from the tables that they were put together from."""
    extra = shared / "data/fars/extra"
    with (extra / "parked_vehicles_2021_first_release.csv").open(encoding="utf-8") as file:
        parked = {row["ST_CASE"]: int(row["PVH_INVL"]) for row in csv.DictReader(file)}
    rows = _rows_of(shared, 2021)
    assert [int(row["VE_TOTAL"]) - int(row["VE_FORMS"]) for row in rows] == [
        parked.get(row["ST_CASE"], 0) for row in rows
    ]
    first: dict[str, str] = {}
    with gzip.open(extra / "weather_2022_first_release.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first.setdefault(row["ST_CASE"], row["WEATHER"])
    assert {row["ST_CASE"]: row["WEATHER"] for row in _rows_of(shared, 2022)} == first


@pytest.mark.slow
def test_a_case_number_keeps_its_crash_between_editions(shared):
    """The join rests on this: crashes with other deaths are in the same county at the same time of day."""
    for year in (2015, 2016):
        held = {row["ST_CASE"]: row for row in _rows_of(shared, year, "AuxiliaryCSV")}
        pairs = [(row, held[row["ST_CASE"]]) for row in _rows_of(shared, year) if row["ST_CASE"] in held]
        other = [(one, first) for one, first in pairs if one["FATALS"] != first["FATALS"]]
        assert len(other) == {2015: 11, 2016: 7}[year]
        for one, first in other:
            assert int(one["COUNTY"]) == int(first["COUNTY"])
            assert (6 <= int(one["HOUR"]) < 18) == (first["A_TOD"] == "1")


@pytest.mark.slow
def test_federal_counts_against_a_recount(shared):
    frame = pl.read_parquet(shared / "data/ussc/combined_fy19_fy24.parquet")
    counted = Counter()
    for group, year, term in frame.select("OFFGUIDE", "FISCAL_YEAR", "SENTTOT").iter_rows():
        kind = "none" if term is None else "life" if term == 470 else "prison"
        counted[group, year, kind, round(term, 2) if kind == "prison" else None] += 1
    table = load_table("federal-sentences")
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
    shipped: Counter = Counter()
    for *key, people, _ in rows:
        shipped[tuple(key)] += people
    assert shipped == counted


@pytest.mark.slow
def test_state_counts_against_a_recount(shared):
    folder, table = shared / "data/states", load_table("state-sentences")
    florida = list(csv.DictReader((folder / states.FLORIDA).open()))
    here = table[(table["state"] == "FL") & (table["death_counts"] == 4)]
    four = sorted(float(r["sum_of_terms_months"] or 0) for r in florida if r["n_death_counts"] == "4")
    assert sorted(here["months"].fillna(0).repeat(here["people"])) == four
    assert table.loc[(table["state"] == "FL") & (table["one_count"] == "yes"), "people"].sum() == 495
    assert table.loc[(table["state"] == "FL") & (table["term"] == "life"), "people"].sum() == 6
    new_york = list(csv.DictReader((folder / states.NEW_YORK).open()))
    for measure, column in (("minimum", "min_months"), ("maximum", "max_months")):
        here = table[(table["state"] == "NY") & (table["measure"] == measure) & (table["term"] == "months")]
        assert sorted(here["months"].repeat(here["people"])) == sorted(
            float(row[column]) for row in new_york if row[column]
        )
    assert (
        table.loc[(table["state"] == "NY") & (table["term"] == "life"), "measure"].tolist() == ["maximum"] * 2
    )
    assert table.loc[table["term"] == "not resolved", ["measure", "people"]].values.tolist() == [
        ["minimum", 1]
    ]
    texas = list(csv.DictReader((folder / states.TEXAS).open()))
    here = table[table["state"] == "TX"]
    assert sorted(here["months"].repeat(here["people"])) == sorted(float(row["term_months"]) for row in texas)


@pytest.mark.slow
def test_county_names_are_gsas(shared):
    with (shared / "data" / "fars" / "gsa_codes_nov2024.csv").open(encoding="utf-8-sig") as file:
        named = {
            (FIPS[row["State Code"]], row["County Code"], row["County Name"])
            for row in csv.DictReader(file)
            if row["State Code"] in FIPS
        }
    for row in load_table("counties").itertuples(index=False):
        assert (row.state, row.county, row.name.upper()) in named
