"""Weather: each era's codes in the classes that all eras share, held against the files."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from pileup.record import conditions
from pileup.record.tables import load_table
from pileup.sources import fars


@pytest.mark.parametrize(
    ("year", "code", "said"),
    [
        (1975, 1, "no adverse weather"),
        (1979, 7, "not known"),
        (1976, 2, "rain"),
        (1976, 3, "snow or ice"),
        (1980, 5, "fog, smoke or dust"),
        (1990, 1, "no adverse weather"),
        (1990, 2, "rain"),
        (1990, 3, "snow or ice"),
        (1990, 4, "snow or ice"),
        (1982, 6, "fog, smoke or dust"),
        (2006, 8, "fog, smoke or dust"),
        (2006, 7, "fog, smoke or dust"),
        (2007, 6, "wind or other"),
        (2008, 2, "rain"),
        (2008, 3, "snow or ice"),
        (2009, 10, "not known"),
        (2010, 10, "no adverse weather"),
        (2013, 12, "snow or ice"),
        (2019, 98, "not reported"),
        (2019, 99, "not known"),
        (2006, 9, "not known"),
        (2022, 2, "rain"),
        (2022, 6, "wind or other"),
        (2022, 12, "snow or ice"),
        (2022, None, "not known"),
    ],
)
def test_a_weather_code_means_what_it_meant_that_year(year: int, code: int | None, said: str) -> None:
    assert conditions.weather(year, code) == said


def test_every_large_crash_has_a_class() -> None:
    large = load_table("large-crashes")
    for year, code in zip(large["year"], large["weather"], strict=True):
        weather = conditions.weather(year, None if pd.isna(code) else int(code))
        assert weather in (*conditions.WEATHER, conditions.NOT_REPORTED, conditions.UNKNOWN)
    lakewood = large[(large["year"] == 2019) & (large["st_case"] == 80125)].iloc[0]
    assert conditions.weather(2019, int(lakewood["weather"])) == "not reported"


#: The last pair has the same coding: NHTSA derives its code from several, that of 2022 is the first of them.
_PAIRS = [(1979, 1980), (1981, 1982), (2006, 2007), (2009, 2010), (2020, 2022)]


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), _PAIRS)
def test_no_class_jumps_where_the_coding_changes(shared: Path, before: int, after: int) -> None:
    """A class that means the same keeps about its share from one year to the next; two points are allowed."""
    shares = []
    for year in (before, after):
        rows = _accidents(shared, year)
        found = Counter(conditions.weather(year, int(row["WEATHER"])) for row in rows)
        shares.append({name: 100 * found[name] / len(rows) for name in (*conditions.WEATHER, "not known")})
    for name in conditions.WEATHER:
        room = 5 if name == "no adverse weather" else 3
        assert abs(shares[1][name] - shares[0][name]) < room, (name, shares)


def _accidents(shared: Path, year: int) -> list[dict[str, str]]:
    path = shared / "mirror/static.nhtsa.gov" / fars.TREE / f"{year}/National/FARS{year}NationalCSV.zip"
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.lower().endswith("accident.csv"))
        rows = csv.DictReader(io.StringIO(archive.read(name).decode("cp1252").lstrip("ï»¿\ufeff")))
        return [{key.upper(): value for key, value in row.items()} for row in rows]
