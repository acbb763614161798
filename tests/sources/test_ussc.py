"""Tests of reading the Sentencing Commission's files: forms, traps, faults, and a recount another way."""

import csv
import functools
import gzip
import hashlib
import http.server
import io
import re
import statistics
import threading
import tracemalloc
import zipfile
from collections import Counter, defaultdict

import pandas as pd
import polars as pl
import pytest

from pileup.base.errors import PileupError
from pileup.record import sentences
from pileup.record.tables import load_table
from pileup.sources import transfer, ussc
from pileup.sources.build import build
from pileup.sources.tables import RESOURCES, columns

HEADER = "OFFGUIDE,FISCAL_YEAR,SENTTOT,XMINSOR"
TEXT = HEADER + "\n20,2022,12.03,57\n20,2022,,63\n22,2022,470,9996\n22,2022,471,9996\n10,2022,0.03,0\n"
LOW, HIGH = "proxy: minimum up to 57 months", "proxy: minimum above 57 months"
ROWS = [
    (10, 2022, "prison", 0.03, 1, None),
    (20, 2022, "none", None, 1, HIGH),
    (20, 2022, "prison", 12.03, 1, LOW),
    (22, 2022, "life", None, 1, None),
    (22, 2022, "prison", 471.0, 1, None),
]


def rows(path, echo=lambda line: None, **more):
    """Read without talking; return the rows of the table."""
    return ussc.read(path, echo=echo, **more)["federal-sentences"].rows


def as_text(path, text=TEXT):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def as_gzip(path, text=TEXT):
    path.write_bytes(gzip.compress(text.encode()))
    return path


def as_zip(path, text=TEXT, members=("opafy22nid.csv",)):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, text)
    return path


def as_parquet(path, text=TEXT):
    frame = pl.read_csv(text.encode()).with_columns(pl.col("SENTTOT").cast(pl.Float32))
    frame.write_parquet(path)
    return path


# Forms


@pytest.mark.parametrize("form", [as_text, as_gzip, as_zip, as_parquet])
@pytest.mark.parametrize("name", ["a.parquet", "a.CSV", "a.csv.gz", "a.zip", "a"])
def test_a_file_is_told_by_its_content_and_not_by_its_name(tmp_path, form, name):
    assert rows(form(tmp_path / name)) == ROWS


@pytest.mark.parametrize("member", ["OPAFY22NID.CSV", "data/opafy22nid.Csv", "data\\opafy22nid.csv"])
def test_a_member_in_any_case_and_folder(tmp_path, member):
    members = ("readme.txt", "__MACOSX/._opafy22nid.csv", member)
    assert rows(as_zip(tmp_path / "a.zip", members=members)) == ROWS


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.lower().encode(),
        lambda text: text.replace("OFFGUIDE,", '"OffGuide ",').replace("\n20,", '\n"20",').encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("\n", "\n\n").encode(),
        lambda text: (
            text.replace("\n2", "\n 2").replace(",2022", ",2022.0").replace("471", "471.00").encode()
        ),
        lambda text: "\n".join(f'"\u00e9, ""b"",\nc",{line}' for line in text.splitlines()).encode("latin-1"),
        lambda text: "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines()).encode(),
    ],
    ids=[
        "BOM",
        "CRLF",
        "lower case",
        "quotes",
        "no last line end",
        "blank lines",
        "spaces and decimals",
        "another column, in Latin-1, with commas and line ends",
        "another order",
    ],
)
def test_ways_of_writing_a_csv(tmp_path, change):
    assert rows(as_text(tmp_path / "a.csv", change(TEXT))) == ROWS


@pytest.mark.parametrize(
    ("form", "name", "whose"),
    [
        (as_text, "opafy22nid.csv", "the Commission"),
        (as_gzip, "opafy22nid.csv.gz", "the Commission"),
        (as_zip, "download.zip", "the Commission"),
        (as_text, "a.csv", "extract"),
        (as_text, "opafy19nid.csv", "extract"),
        (as_parquet, "opafy22nid.parquet", "extract"),
    ],
)
def test_the_commissions_own_file_is_told_from_an_extract(tmp_path, form, name, whose):
    """Its own are CSVs of one fiscal year, under a name that says which."""
    path = form(tmp_path / name)
    (held,) = ussc.read(path, echo=lambda line: None)["federal-sentences"].coverage.fiscal_years
    assert (held.year, held.read_from) == (2022, whose)
    assert held.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


# Traps


@pytest.mark.parametrize("empty", ["", "NA", ".", " ", "na", " . "])
def test_no_term_is_counted_and_is_no_zero(tmp_path, empty):
    text = HEADER + f"\n20,2022,{empty},30\n20,2022,24,30\n"
    assert rows(as_text(tmp_path / "a.csv", text)) == [
        (20, 2022, "none", None, 1, LOW),
        (20, 2022, "prison", 24.0, 1, LOW),
    ]


def test_life_is_470_and_a_longer_number_is_not_life(tmp_path):
    text = HEADER + "\n" + "".join(f"22,2022,{months},9996\n" for months in ("470.0", 470.01, 469.99, 7200))
    assert [row[2:4] for row in rows(as_text(tmp_path / "a.csv", text))] == [
        ("life", None),
        ("prison", 469.99),
        ("prison", 470.01),
        ("prison", 7200.0),
    ]


def test_equal_rows_are_different_people(tmp_path):
    assert rows(as_text(tmp_path / "a.csv", HEADER + "\n" + "4,2022,6,6\n" * 10)) == [
        (4, 2022, "prison", 6.0, 10, None)
    ]


@pytest.mark.parametrize(
    ("minimum", "split"),
    [
        ("0", LOW),
        ("57", LOW),
        ("57.0", LOW),
        ("57.01", HIGH),
        ("63", HIGH),
        ("9996", HIGH),
        ("", "proxy: minimum not given"),
        (".", "proxy: minimum not given"),
    ],
)
def test_the_proxy_says_that_it_is_one(tmp_path, minimum, split):
    (row,) = rows(as_text(tmp_path / "a.csv", HEADER + f"\n20,2022,12,{minimum}\n"))
    assert row[5] == split


@pytest.mark.parametrize(
    ("guideline", "split"),
    [
        ("2A1.4", "2A1.4"),
        (" 2a1.4 ", "2A1.4"),
        ("2A1.3", "2A1.3"),
        ("2A1.2", "other guideline"),
        ("", None),
        (".", None),
    ],
)
@pytest.mark.parametrize("form", [as_text, as_parquet])
def test_the_guideline_itself_comes_before_the_proxy(tmp_path, form, guideline, split):
    text = HEADER + f",GDLINEHI\n20,2022,12,188,{guideline}\n22,2022,12,188,2A1.4\n"
    assert [row[5] for row in rows(form(tmp_path / "a", text))] == [split, None]


@pytest.mark.parametrize(
    ("guideline", "base", "split"),
    [
        ("2A1.4", "22", "2A1.4, base level 22"),
        ("2A1.4", "18", "2A1.4"),
        ("2A1.4", "", "2A1.4"),
        ("2A1.3", "22", "2A1.3"),
        ("2A1.2", "22", "other guideline"),
    ],
)
def test_the_level_for_reckless_driving_is_exact_where_the_file_has_it(tmp_path, guideline, base, split):
    text = HEADER + f",GDLINEHI,BASEHI,XMAXSOR,CRIMPTS\n20,2022,12,41,{guideline},{base},51,0\n"
    (row,) = rows(as_text(tmp_path / "a.csv", text))
    assert row[5] == split


@pytest.mark.parametrize(
    ("minimum", "maximum", "points", "near"),
    [
        (41, 51, 0, True),  # level 22, no record
        (41, 51, 4, True),  # level 20, category III
        (41, 51, 2, False),
        (30, 37, 1, True),  # level 19: 22 less 3 for a plea
        (30, 37, 2, False),
        (63, 78, 7, True),  # a grave record, beyond the line of the other proxy
        (63, 78, 0, False),
        (63, 78, 13, True),
        (18, 24, 0, False),  # level 18 less 3
        (41, 51, "", False),
        (41, "", 0, False),
    ],
)
def test_the_range_of_level_22_is_a_proxy(tmp_path, minimum, maximum, points, near):
    text = HEADER + f",XMAXSOR,CRIMPTS\n20,2022,12,{minimum},{maximum},{points}\n"
    (row,) = rows(as_text(tmp_path / "a.csv", text))
    assert row[5] == (LOW if minimum <= 57 else HIGH) + ", range of level 22" * near


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ("2A1.4,44,51,0", "BASEHI that is no base level from 1 to 43 ('44')"),
        (",,x,0", "XMAXSOR that is no number of months from 0 to 9996 ('x')"),
        (",,51,-1", "CRIMPTS that is no number of points from 0 to 99 ('-1')"),
    ],
)
def test_a_level_or_record_that_cannot_be_is_refused(tmp_path, values, said):
    head = ",GDLINEHI,BASEHI,XMAXSOR,CRIMPTS" if values[0] == "2" else ",XMAXSOR,CRIMPTS"
    text = f"{HEADER}{head}\n20,2022,12,41,{values.lstrip(',')}\n"
    with pytest.raises(PileupError, match=re.escape(said)):
        rows(as_text(tmp_path / "a.csv", text))


def test_a_file_with_neither_column_has_no_split(tmp_path):
    assert {
        row[5] for row in rows(as_text(tmp_path / "a.csv", "OFFGUIDE,FISCAL_YEAR,SENTTOT\n20,2022,1\n"))
    } == {None}


@pytest.mark.parametrize(
    ("name", "member", "year"),
    [
        ("opafy22nid.csv", None, 2022),
        ("OPAFY19-NID_csv.csv", None, 2019),
        ("opafy24nid_csv.zip", "data.csv", 2024),
        ("download.zip", "opafy23nid.csv", 2023),
    ],
)
def test_the_year_is_in_the_name_where_it_is_no_column(tmp_path, name, member, year):
    text = "OFFGUIDE,SENTTOT\n20,12\n"
    path = tmp_path / name
    made = as_zip(path, text, (member,)) if member else as_text(path, text)
    assert rows(made) == [(20, year, "prison", 12.0, 1, None)]


def test_the_column_comes_before_the_name(tmp_path):
    assert {row[1] for row in rows(as_text(tmp_path / "opafy19nid.csv"))} == {2022}


# Folders


def test_a_folder_holds_one_file_a_year(tmp_path):
    as_text(tmp_path / "README.md", "# Not a datafile")
    as_text(tmp_path / ".opafy22nid.csv", "nothing")
    as_text(tmp_path / "opafy21nid.csv", "SENTTOT,OFFGUIDE,GDLINEHI\n12,20,2A1.4\n")
    as_zip(tmp_path / "opafy23nid_csv.zip", "SENTTOT,OFFGUIDE,XMINSOR\n12,20,30\n")
    as_gzip(tmp_path / "opafy19nid.csv.gz", "SENTTOT,OFFGUIDE\n12,20\n")
    as_parquet(tmp_path / "2022.parquet")
    lines = []
    table = ussc.read(tmp_path, echo=lines.append)["federal-sentences"]
    assert [(row[1], row[5]) for row in table.rows if row[0] == 20] == [
        (2019, None),
        (2021, "2A1.4"),
        (2022, HIGH),
        (2022, LOW),
        (2023, LOW),
    ]
    assert lines == ["USSC: no file for fiscal year 2020, 2024: the table leaves these years out."]
    assert table.coverage.held == [2019, 2021, 2022, 2023]
    assert table.coverage.of(read_from="extract") == [2022]


def test_a_year_given_twice_is_refused(tmp_path):
    as_text(tmp_path / "a.csv")
    as_text(tmp_path / "b.csv")
    with pytest.raises(
        PileupError, match=r"a\.csv and b\.csv both hold fiscal year 2022 \(they are the same"
    ):
        rows(tmp_path)
    as_gzip(tmp_path / "b.csv")
    with pytest.raises(PileupError, match=r"a\.csv and b\.csv both hold fiscal year 2022; give each"):
        rows(tmp_path)


def test_a_faulty_file_in_a_folder_is_named(tmp_path):
    as_text(tmp_path / "opafy22nid.csv")
    as_text(tmp_path / "opafy23nid.csv", "a,b\n1,2\n")
    with pytest.raises(PileupError, match=r"opafy23nid\.csv: no column OFFGUIDE"):
        rows(tmp_path)


# Faults


def _one(column, value):
    """Return the CSV with one value of its second row changed."""
    lines = [dict(zip(HEADER.split(","), line.split(","), strict=True)) for line in TEXT.splitlines()[1:]]
    lines[1][column] = value
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER.split(","), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        *[
            ("SENTTOT", value, "SENTTOT that is no number of months above 0 and below 9992")
            for value in [
                "-12",
                "12 years",
                "12y",
                "inf",
                "-inf",
                "nan",
                "1e400",
                "0",
                "0.004",
                "1_000",
                "9996",
                "9997",
                "9998",
                "N/A",
                "12;5",
                "0x10",
            ]
        ],
        ("OFFGUIDE", "0", "OFFGUIDE outside 1-30"),
        ("OFFGUIDE", "20.5", "OFFGUIDE outside 1-30"),
        ("OFFGUIDE", "", "OFFGUIDE outside 1-30"),
        ("OFFGUIDE", "manslaughter", "OFFGUIDE outside 1-30"),
        ("FISCAL_YEAR", "2018", "FISCAL_YEAR outside 2019-2024"),
        ("FISCAL_YEAR", "22", "FISCAL_YEAR outside 2019-2024"),
        ("FISCAL_YEAR", "", "FISCAL_YEAR outside 2019-2024"),
        ("XMINSOR", "-1", "XMINSOR that is no number of months"),
        ("XMINSOR", "life", "XMINSOR that is no number of months"),
    ],
)
def test_a_wrong_value_is_told_with_file_row_and_column(tmp_path, column, value, says):
    path = as_text(tmp_path / "a.csv", _one(column, value))
    with pytest.raises(PileupError) as error:
        rows(path)
    assert str(error.value).startswith(f"{path}: row 2: {says}")
    assert f"({value!r})" in str(error.value)


def test_a_guideline_in_another_way_of_writing_is_not_other(tmp_path):
    text = "OFFGUIDE,FISCAL_YEAR,SENTTOT,GDLINEHI\n20,2022,1,\u00a72A1.4\n"
    with pytest.raises(
        PileupError, match=r"row 1: GDLINEHI that is no guideline such as 2A1\.4 \('§2A1\.4'\)"
    ):
        rows(as_text(tmp_path / "a.csv", text))


def _parquet_bytes(**columns):
    content = io.BytesIO()
    base = {"OFFGUIDE": [20], "FISCAL_YEAR": [2022], "SENTTOT": [1.0]}
    pl.DataFrame(base | columns).write_parquet(content)
    return content.getvalue()


def _zip_bytes(*members, text=TEXT):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for member in members:
            archive.writestr(member, text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n <!DOCTYPE html><title>Not here</title>", "is a web page"),
        (b"\xef\xbb\xbf<html>", "is a web page"),
        (b"%PDF-1.6 a codebook", "no column OFFGUIDE, FISCAL_YEAR, SENTTOT; this is not a parquet file, CSV"),
        (TEXT.replace(",", ";").encode(), "no column OFFGUIDE, FISCAL_YEAR, SENTTOT"),
        (TEXT.encode("utf-16"), "no column OFFGUIDE, FISCAL_YEAR, SENTTOT"),
        (TEXT.replace("SENTTOT", "SENTTCAP").encode(), "no column SENTTOT"),
        (TEXT.replace("XMINSOR", "Senttot").encode(), "two columns named SENTTOT"),
        (TEXT.replace("FISCAL_YEAR", "SENTYR").encode(), "no column FISCAL_YEAR, and the name does not tell"),
        ((HEADER + "\n").encode(), "holds no people"),
        (TEXT[:-6].encode(), "row 5 has 3 fields, the header 4; the file is cut off or damaged"),
        ((TEXT + "20,2022,12,30,1\n").encode(), "row 6 has 5 fields"),
        ((TEXT + '20,2022,"12,30\n').encode(), "row 6 has 3 fields"),
        (gzip.compress(TEXT.encode())[:-12], "cannot be read (Compressed file ended"),
        (gzip.compress(b"a,b\n"), "no column OFFGUIDE"),
        (b"\x1f\x8b\x08 not gzip at all, only its beginning", "cannot be read"),
        (_zip_bytes("a.csv", "b/B.CSV"), "2 CSVs inside (a.csv, b/B.CSV)"),
        (_zip_bytes("opafy22nid.dat", "opafy22nid.sas"), "no CSV inside (opafy22nid.dat, opafy22nid.sas)"),
        (_zip_bytes(), "no CSV inside (nothing at all)"),
        (_zip_bytes("a.csv")[:-30], "cannot be read"),
        (_zip_bytes("a.csv").replace(b"471", b"472"), "cannot be read (Bad CRC-32"),
        (b"PAR1 and nothing more", "cannot be read as a parquet file"),
        (_parquet_bytes(SENTTOT=["twelve"]), "SENTTOT holds no numbers ('twelve' in row 1)"),
        (_parquet_bytes(SENTTOT=[float("inf")]), "row 1: SENTTOT that is no number of months"),
        (_parquet_bytes(FISCAL_YEAR=[2018]), "row 1: FISCAL_YEAR outside 2019-2024"),
        (
            _parquet_bytes(OFFGUIDE=pl.Series([None], dtype=pl.Int8)),
            "OFFGUIDE outside",
        ),
    ],
    # The bytes of an archive hold the second that it was made in; every worker must find the same names.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_faulty_file_is_told_in_one_line(tmp_path, content, says):
    path = as_text(tmp_path / "data.bin", content)
    with pytest.raises(PileupError) as error:
        rows(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert says in message
    assert "\n" not in message


def test_a_cell_without_end_is_not_read_to_its_end(tmp_path):
    limit = csv.field_size_limit(1000)
    try:
        with pytest.raises(PileupError, match=r"cannot be read \(field larger than field limit"):
            rows(as_text(tmp_path / "a.csv", TEXT + '20,2022,"' + "1" * 2000))
    finally:
        csv.field_size_limit(limit)


def test_a_file_or_folder_that_is_not_there(tmp_path):
    with pytest.raises(PileupError, match="cannot be read"):
        rows(tmp_path / "no.csv")
    with pytest.raises(
        PileupError, match=r"no file of the Commission's; expected for example opafy22nid\.csv"
    ):
        rows(tmp_path)


# Size: the Commission's CSVs have over 20,000 columns and 1.5 GB


@pytest.mark.slow
def test_a_wide_file_is_never_in_memory_as_a_whole(tmp_path):
    names = [f"VAR{number}" for number in range(27_000)]
    names[20_000:20_003] = ["SENTTOT", "OFFGUIDE", "GDLINEHI"]
    line = ["1"] * len(names)
    line[20_000:20_003] = ["24", "20", "2A1.4"]
    path = tmp_path / "opafy22nid_csv.zip"
    as_zip(path, ",".join(names) + ("\n" + ",".join(line)) * 400)
    tracemalloc.start()
    made = rows(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made == [(20, 2022, "prison", 24.0, 400, "2A1.4")]
    assert 400 * 2 * 27_000 > 20e6
    assert peak < 10e6


# Over the network (this machine only)


class _Silent(http.server.SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, format, *args):  # noqa: A002 - the name is the base class's
        """Stay silent."""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Serve a folder on 127.0.0.1."""
    root = tmp_path / "site"
    root.mkdir()
    monkeypatch.setattr(transfer, "PAUSE", 0.01)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Silent, directory=str(root))
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield root, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_one_zip_or_all_of_them_from_an_address(site, tmp_path):
    root, address = site
    text = "OFFGUIDE,SENTTOT,GDLINEHI\n20,12,2A1.4\n"
    for year in range(19, 24):
        as_zip(root / f"opafy{year}nid_csv.zip", text)
    one = rows(f"{address}/opafy22nid_csv.zip", cache=tmp_path / "cache")
    assert one == [(20, 2022, "prison", 12.0, 1, "2A1.4")]
    with pytest.raises(PileupError, match=r"opafy24nid_csv\.zip: no such file there; the Commission lists"):
        rows(address, cache=tmp_path / "cache")
    as_zip(root / "opafy24nid_csv.zip", text)
    assert [row[1] for row in rows(address + "/", cache=tmp_path / "other")] == list(range(2019, 2025))


def test_a_faulty_download_is_named_and_not_kept(site, tmp_path):
    root, address = site
    as_text(root / "opafy22nid_csv.zip", "<html>Busy</html>")
    with pytest.raises(PileupError, match=rf"{address}/opafy22nid_csv\.zip: is a web page"):
        rows(f"{address}/opafy22nid_csv.zip", cache=tmp_path / "cache")
    as_zip(root / "opafy22nid_csv.zip")
    assert rows(f"{address}/opafy22nid_csv.zip", cache=tmp_path / "cache") == ROWS


# The table that comes of it


def test_the_table_fits_its_description_and_is_the_same_every_time(tmp_path):
    source = as_text(tmp_path / "a.csv", HEADER + "\n20,2022,12,30\n20,2022,12,63\n22,2022,,\n20,2022,,\n")
    for name in ("one", "two"):
        build(ussc=source, out=tmp_path / name, echo=lambda line: None)
    content = (tmp_path / "one" / "federal" / "counts.csv").read_text()
    assert content == (tmp_path / "two" / "federal" / "counts.csv").read_text()
    assert content.splitlines() == [
        "offense_group,fiscal_year,term,months,people,split",
        "20,2022,none,,1,proxy: minimum not given",
        f"20,2022,prison,12,1,{HIGH}",
        f"20,2022,prison,12,1,{LOW}",
        "22,2022,none,,1,",
    ]
    table = load_table("federal-sentences", tmp_path / "one")
    assert sentences.federal(table, 20, LOW) == sentences.Terms((12.0,))
    assert sentences.federal(table, 20).people == 3


def test_domain_and_description_know_the_same_splits():
    (split,) = [
        field for field in RESOURCES["federal-sentences"]["schema"]["fields"] if field["name"] == "split"
    ]
    assert set(split["constraints"]["enum"]) == set(sentences.SPLITS)
    assert RESOURCES["federal-sentences"]["schema"]["fields"][-1] is split


# The public extract, recounted another way


@pytest.fixture(scope="module")
def extract(shared):
    path = shared / "data" / "ussc" / "combined_fy19_fy24.parquet"
    return path, pl.read_parquet(path)


#: The sentencing table written out for the three levels: minimum, maximum, least and most points.
NEAR = """
41-51 0-1, 46-57 2-3, 51-63 4-6, 63-78 7-9, 77-96 10-12, 84-105 13-99,
33-41 0-1, 37-46 2-3, 41-51 4-6, 51-63 7-9, 63-78 10-12, 70-87 13-99,
30-37 0-1, 33-41 2-3, 37-46 4-6, 46-57 7-9, 57-71 10-12, 63-78 13-99
"""


def _level_22() -> pl.Expr:
    low, high, points = pl.col("XMINSOR"), pl.col("XMAXSOR"), pl.col("CRIMPTS")
    ends = [map(int, re.findall(r"\d+", one)) for one in NEAR.split(",")]
    return pl.any_horizontal((low == a) & (high == b) & points.is_between(c, d) for a, b, c, d in ends)


@pytest.mark.slow
def test_people_near_level_22_against_a_recount(extract):
    path, frame = extract
    found = frame.filter((pl.col("OFFGUIDE") == 20) & _level_22())["SENTTOT"]
    table = pd.DataFrame(rows(path), columns=columns("federal-sentences"))
    terms = sentences.federal(table, 20, sentences.LEVEL_22)
    assert (terms.people, len(terms.months)) == (len(found), found.count()) == (144, 137)
    assert (terms.median, terms.longest) == (found.median(), found.max()) == (36, 192)


@pytest.mark.slow
def test_the_extract_against_a_recount_by_columns(extract):
    path, frame = extract
    table = ussc.read(path, echo=lambda line: None)["federal-sentences"]
    half = pl.when(pl.col("XMINSOR") <= 57).then(pl.lit(LOW)).otherwise(pl.lit(HIGH))
    near = pl.when(_level_22()).then(pl.lit(", range of level 22")).otherwise(pl.lit(""))
    proxy = pl.when(pl.col("OFFGUIDE") == 20).then(half + near)
    counted = (
        frame.select(
            "OFFGUIDE", "FISCAL_YEAR", pl.col("SENTTOT").cast(pl.Float64).round(2), proxy.alias("split")
        )
        .group_by(pl.all())
        .len()
    )
    expected = Counter()
    for group, year, months, split, people in counted.iter_rows():
        kind = "none" if months is None else "life" if months == 470 else "prison"
        expected[group, year, kind, months if kind == "prison" else None, split] += people
    assert {(*row[:4], row[5]): row[4] for row in table.rows} == dict(expected)
    assert len(table.rows) == len(expected)
    assert sum(row[4] for row in table.rows) == frame.height == 388_334
    assert table.coverage.of(read_from="extract", sha256=ussc.KNOWN_SHA256) == list(range(2019, 2025))


@pytest.mark.slow
def test_manslaughter_by_split_against_a_recount_by_people(extract):
    path, frame = extract
    months, none = defaultdict(list), Counter()
    for row in frame.filter(pl.col("OFFGUIDE") == 20).to_dicts():
        half = LOW if row["XMINSOR"] <= 57 else HIGH
        if row["SENTTOT"] is None:
            none[half] += 1
        else:
            months[half].append(row["SENTTOT"])
    table = pd.DataFrame(rows(path), columns=columns("federal-sentences"))
    halves = ((LOW, sentences.INVOLUNTARY, 218, 16, 36), (HIGH, sentences.VOLUNTARY, 211, 0, 96))
    for half, kinds, prison, without, median in halves:
        terms = sentences.federal(table, 20, kinds)
        assert (len(terms.months), terms.no_prison) == (len(months[half]), none[half]) == (prison, without)
        assert terms.median == pytest.approx(statistics.median(months[half])) == median
        assert terms.longest == pytest.approx(max(months[half]))
    both = sentences.federal(table, 20)
    assert (both.people, len(both.months), both.life) == (445, 429, 0)
    assert sentences.federal(table, 20, sentences.INVOLUNTARY + sentences.VOLUNTARY) == both
