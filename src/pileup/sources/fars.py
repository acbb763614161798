"""Reads NHTSA's yearly FARS zips, from a folder or over the network, and counts the crashes in them."""

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pooch
from tqdm import tqdm

from pileup.base.errors import PileupError
from pileup.record.coverage import Coverage, Edition, Known, Year
from pileup.record.keys import LEAST_DEATHS, LEAST_VEHICLES, Keyed
from pileup.record.states import FIPS
from pileup.sources import neighbors
from pileup.sources.fetch import AT_ONCE, Downloads, downloads
from pileup.sources.tables import Table

if TYPE_CHECKING:
    import polars as pl

#: Where the zips are below NHTSA's download site (or a folder laid out like it).
TREE = "nhtsa/downloads/FARS"
OFFICIAL = "https://static.nhtsa.gov"
#: Years asked for when the source is an address.
YEARS = range(1975, 2023)
#: NHTSA's auxiliary files begin in this year.
FIRST_AUXILIARY_YEAR = 1982
#: Crashes with at least so many vehicles are listed one by one.
LARGE = 20

_FINAL_ROWS = """
1975 39161 1976 39747 1977 42211 1978 44433 1979 45223 1980 45284 1981 44000 1982 39092 1983 37976 1984 39631
1985 39196 1986 41090 1987 41438 1988 42130 1989 40741 1990 39836 1991 36937 1992 34942 1993 35780 1994 36254
1995 37241 1996 37494 1997 37324 1998 37107 1999 37140 2000 37526 2001 37862 2002 38491 2003 38477 2004 38444
2005 39252 2006 38648 2007 37435 2008 34172 2009 30862 2010 30296 2011 29867 2012 31006 2013 30202 2014 30056
2015 32538 2016 34748 2017 34560 2018 33919 2019 33487
"""
_NUMBERS = [int(number) for number in _FINAL_ROWS.split()]
#: Crashes in the national ACCIDENT file of each year, by edition. The final 1975, 2010, 2015 and 2019 and the
#: first 2015 are NHTSA's published totals; the others were counted in public copies of the editions named.
KNOWN_EDITIONS: dict[Edition, dict[int, int]] = {
    "final": dict(zip(_NUMBERS[::2], _NUMBERS[1::2], strict=True)),
    "first release": {2015: 32166, 2020: 35766, 2021: 39508, 2022: 39221},
}
#: Zips of the project's own copies whose ACCIDENT table was put together from other tables of the same year
#: (data/README.md says how), by their sha256.
PUT_TOGETHER = {
    "85db96b5e2a6c82b784e33e5e02ad490aefdc1a78cb8ccfb9e6cc1c74b24f391",
    "becc9e190d137b2b521ebd5a82d19bd50d6811d5c8186abdbe2920087e58b889",
}
#: Deaths in the final files as NHTSA published them (50 states and the District of Columbia).
PUBLISHED_DEATHS = {1975: 44525, 2010: 32999, 2015: 35484, 2019: 36355}

#: Share of the smaller of a year's two files that has to be in both. First releases beside final files have
#: more than 0.99; the files of two different years agree in no year, though in most case numbers.
_LEAST_MATCHED = 0.5

#: A member larger than this is not a table of crashes (those are a few megabytes).
MAX_BYTES = 1_000_000_000
_PIECE = 1 << 20
_EMPTY = ["", "NA", "."]
#: Columns that a year's file may lack, and those of them that are not whole numbers.
_MAY_LACK = (*neighbors.COLUMNS, "CITY", "WEATHER", "LGT_COND")
_FRACTIONS = ("LATITUDE", "LONGITUD")


@dataclass(frozen=True)
class _Year:
    counts: list[tuple]
    large: list[tuple]
    joined: list[tuple]
    keys: list[tuple]
    totals: tuple
    coverage: Year
    notes: list[str]


def edition(year: int, crashes: int) -> Edition:
    """Tell a year's edition by its number of crashes.

    Parameters
    ----------
    year : int
        Year of the file.
    crashes : int
        Rows in its ACCIDENT file.

    Returns
    -------
    str
        "final", "first release" or "not known"; the numbers are in `KNOWN_EDITIONS`.
    """
    return next((name for name, rows in KNOWN_EDITIONS.items() if rows.get(year) == crashes), "not known")


def read(
    where: str | Path,
    years: Iterable[int] | None = None,
    cache: Path | None = None,
    echo: Callable[[str], object] = print,
    today: date | None = None,
) -> dict[str, Table]:
    """Read the ACCIDENT and auxiliary files of many years and count their crashes.

    Parameters
    ----------
    where : str or Path
        A folder that holds `static.nhtsa.gov` or is laid out like it, or an address such as
        `https://static.nhtsa.gov`.
    years : iterable of int, optional
        Which years; by default all that are in the folder, or `YEARS` from an address.
    cache : Path, optional
        Where downloaded zips are kept; by default the user's cache folder.
    echo : callable
        Told each thing that a user should know, one line a call.
    today : date, optional
        The day on which a downloaded zip counts as first seen; by default the clock's. No table has it.

    Returns
    -------
    dict of str to Table
        The tables crashes, large-crashes, joined-crashes, keys and editions.

    Raises
    ------
    PileupError
        A zip is missing, broken, or does not hold what NHTSA's files hold, a final file does not agree with
        NHTSA's published totals, or another build uses the cache.
    """
    with _opened(where, cache, echo, today) as site:
        chosen = sorted(set(years or site.years()))
        gaps = [str(year) for year in range(chosen[0], chosen[-1] + 1) if year not in chosen]
        if gaps:
            echo(f"FARS: no file for {', '.join(gaps)}: the tables leave these years out.")
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            jobs = pool.map(lambda year: _read_year(year, site), chosen)
            # Without a terminal (disable=None) the bar stays away, so that logs hold words only.
            done = list(tqdm(jobs, total=len(chosen), desc="FARS", unit="year", disable=None))
        finally:
            if site.kept:
                site.kept.stop()
            pool.shutdown(cancel_futures=True)

    for note in (note for one in done for note in one.notes):
        echo(note)
    rows = {
        "crashes": sorted(row for one in done for row in one.counts),
        "large-crashes": sorted((row for one in done for row in one.large), key=lambda row: row[:3]),
        "joined-crashes": sorted(row for one in done for row in one.joined),
        "keys": [row for one in done for row in one.keys],
        "editions": [one.totals for one in done],
    }
    coverage = Coverage(years=tuple(one.coverage for one in done))
    return {name: Table(table, coverage) for name, table in rows.items()}


def keyed(
    where: str | Path,
    state: str,
    year: int,
    cache: Path | None = None,
    echo: Callable[[str], object] = print,
    today: date | None = None,
) -> list[Keyed]:
    """Read all crashes of a state and a year, the small ones too, with their keys.

    Parameters
    ----------
    where, cache, echo, today
        As for `read`.
    state : str
        Postal code.
    year : int
        The year.

    Raises
    ------
    PileupError
        The year's zip is missing, broken, or does not hold what NHTSA's files hold, or another build uses the
        cache.
    """
    with _opened(where, cache, echo, today) as site:
        path = site.main(year)
        with site.checking([path]):
            frame, _vehicles, _sha256 = _crashes(year, path)
    return [one for one in _keyed(frame, year) if one.state == state]


@dataclass(frozen=True)
class _Site:
    """Where the zips are: below an address, whose downloads are kept, or in a folder."""

    base: str
    tree: Path
    kept: Downloads | None

    def get(self, year: int, name: str) -> Path | None:
        """Return a zip, or None where there is none."""
        place = f"{year}/National/{name}"
        if self.kept:
            return self.kept.get(f"{self.base}/{TREE}/{place}", f"FARS {year}")
        return self.tree / place if (self.tree / place).is_file() else None

    def main(self, year: int) -> Path:
        """Return the zip of a year's crashes."""
        path = self.get(year, _zip_name(year))
        if path is None:
            raise PileupError(
                f"FARS {year}: {_zip_name(year)} is missing; it should be at {_official(year)}."
            )
        return path

    def years(self) -> list[int]:
        """Return the years that the folder has, or those asked for from an address."""
        if self.kept:
            return [*YEARS]
        if found := _years_in(self.tree):
            return found
        raise PileupError(
            f"{self.tree} holds no FARS zip: expected for example 2019/National/{_zip_name(2019)}."
        )

    @contextmanager
    def checking(self, files: list[Path]) -> Generator[None]:
        """Keep downloads that are found good; remove a faulty one, so that the next run asks for it again."""
        try:
            yield
        except PileupError:
            if self.kept:
                self.kept.drop(files)
            raise
        if self.kept:
            self.kept.keep(files)


@contextmanager
def _opened(
    where: str | Path, cache: Path | None, echo: Callable[[str], object], today: date | None
) -> Generator[_Site]:
    """Give the zips of a folder or an address; what was downloaded is kept."""
    if not str(where).startswith(("http://", "https://")):
        yield _Site("", _tree(Path(where)), None)
        return
    base, folder = str(where).rstrip("/"), Path(cache or pooch.os_cache("pileup"))
    echo(f"FARS: zips from {base} are kept in {folder} and downloaded again when they have changed there.")
    publisher = "NHTSA" if base == OFFICIAL else base
    with downloads(folder, "FARS", publisher, echo, today or date.today()) as kept:
        yield _Site(base, folder, kept)


def _read_year(year: int, site: _Site) -> _Year:
    """Read one year's zips."""
    path = site.main(year)
    extra = None
    for name in _auxiliary_names(year):
        extra = extra or site.get(year, name)
    with site.checking([path, extra] if extra else [path]):
        return _count(year, path, extra, site.base == OFFICIAL)


def _count(year: int, path: Path, extra: Path | None, official: bool) -> _Year:
    """Count one year's crashes, after checking that the file is what it should be."""
    import polars as pl

    label, remedy = _label(year)
    frame, vehicles, sha256 = _crashes(year, path)
    crashes, deaths = frame.height, int(frame["FATALS"].sum())
    which = edition(year, crashes)
    notes = []
    if which == "not known":
        notes.append(
            f"FARS {year}: {crashes:,} crashes is not the number of a known edition: edition not known."
        )
    if which == "final" and deaths != PUBLISHED_DEATHS.get(year, deaths):
        raise PileupError(
            f"{label} does not agree with NHTSA's published totals: {deaths:,} deaths in the file, "
            f"{PUBLISHED_DEATHS[year]:,} published, with the same {crashes:,} crashes. {remedy}"
        )
    frame, truck_notes = _with_trucks(neighbors.group(frame), year, extra)
    notes += truck_notes

    group = ["STATE", "vehicles", "FATALS", "large_truck"]
    codes = {int(number): code for number, code in FIPS.items()}
    counts = [(year, codes[state], *row) for state, *row in frame.group_by(group).len().iter_rows()]
    large = [
        (
            year,
            codes[row["STATE"]],
            row["ST_CASE"],
            _iso_date(year, row["MONTH"], row["DAY"]),
            _county(row["COUNTY"]),
            None if row["CITY"] is None else f"{row['CITY']:04}",
            row["vehicles"],
            row["FATALS"],
            row["large_truck"],
            row["WEATHER"],
            row["LGT_COND"],
        )
        for row in frame.filter(pl.col("vehicles") >= LARGE).iter_rows(named=True)
    ]
    coverage = Year(
        year=year,
        edition=which,
        vehicles=vehicles,
        read_from="NHTSA" if official else "copy put together" if sha256 in PUT_TOGETHER else "copy",
        large_truck=_known(frame, pl.col("large_truck") != "unknown"),
        weather=_known(frame, pl.col("WEATHER").is_not_null()),
        # Months and days that are not known have the number 99.
        date=_known(frame, pl.col("MONTH").is_between(1, 12) & pl.col("DAY").is_between(1, 31)),
        neighbors=_known(frame, pl.col("looked")),
        unplaced=int((~frame["looked"]).sum()),
    )
    keyed = frame.filter((pl.col("vehicles") >= LEAST_VEHICLES) | (pl.col("FATALS") >= LEAST_DEATHS))
    keys = [
        (year, one.state, one.st_case, *_month_and_day(one.date), one.county, one.vehicles, one.deaths)
        for one in _keyed(keyed, year)
    ]
    totals = (year, crashes, deaths, sha256)
    return _Year(counts, large, _joined(frame, year), keys, totals, coverage, notes)


def _keyed(frame: "pl.DataFrame", year: int) -> list[Keyed]:
    """Return each crash with its key, by the case numbers, and with what tells it from others."""
    names = ["ST_CASE", "MONTH", "DAY", "COUNTY", "vehicles", "FATALS"]
    return [
        Keyed(
            year,
            FIPS[f"{case // 10000:02}"],
            case,
            _date(year, month, day),
            _county(county),
            vehicles,
            deaths,
        )
        for case, month, day, county, vehicles, deaths in frame.select(names).sort("ST_CASE").iter_rows()
    ]


def _month_and_day(day: date | None) -> tuple[int | None, int | None]:
    return (day.month, day.day) if day else (None, None)


def _label(year: int) -> tuple[str, str]:
    """Name a year's file in a message, and say what to do where it is faulty."""
    return f"FARS {year}, {_zip_name(year)}", f"Download it again from {_official(year)}."


def _crashes(year: int, path: Path) -> tuple["pl.DataFrame", Literal["VE_TOTAL", "VE_FORMS"], str]:
    """Read a year's crashes, checked; return them, the column that counts vehicles, and the zip's sha256."""
    import polars as pl

    label, remedy = _label(year)
    text, sha256 = _member(path, "accident.csv", label, remedy)
    frame = _numbers(
        text,
        ["STATE", "ST_CASE", "FATALS"],
        ["VE_TOTAL", "VE_FORMS", "YEAR", *_MAY_LACK],
        label,
        remedy,
    )
    columns: tuple[Literal["VE_TOTAL", "VE_FORMS"], ...] = ("VE_TOTAL", "VE_FORMS")
    vehicles = next((name for name in columns if name in frame.columns), None)
    if vehicles is None:
        raise PileupError(f"{label}: no column VE_TOTAL or VE_FORMS. {remedy}")
    _check_rows(frame, vehicles, year, label, remedy)
    frame = frame.with_columns(
        pl.lit(None, dtype=_kind(name)).alias(name) for name in _MAY_LACK if name not in frame.columns
    ).rename({vehicles: "vehicles"})
    return frame, vehicles, sha256


def _joined(frame: "pl.DataFrame", year: int) -> list[tuple]:
    """Return the cases of each group of neighbors that has, all together, many vehicles."""
    import polars as pl

    of_group = {"cases": pl.len(), "all_vehicles": pl.col("vehicles").sum()}
    groups = frame.with_columns(value.over("group").alias(name) for name, value in of_group.items())
    return [
        (
            year,
            FIPS[f"{row['STATE']:02}"],
            row["group"],
            row["ST_CASE"],
            _iso_date(year, row["MONTH"], row["DAY"]),
            _county(row["COUNTY"]),
            row["HOUR"],
            row["vehicles"],
            row["FATALS"],
        )
        for row in groups.filter(pl.col("cases") > 1, pl.col("all_vehicles") >= LARGE).iter_rows(named=True)
    ]


def _county(code: int | None) -> str | None:
    """Write a county's code; FARS's own, 0 and from 997, are no county."""
    return f"{code:03}" if code and code < 997 else None


def _known(frame: "pl.DataFrame", known: "pl.Expr") -> Known:
    """Tell in which states the file has something for some crash: all of them, none, or those named."""
    there = frame.group_by("STATE").agg(known.fill_null(False).any().alias("known"))
    states = [FIPS[f"{state:02}"] for state, one in there.iter_rows() if one]
    return "yes" if len(states) == there.height else tuple(sorted(states)) or "no"


def _with_trucks(frame: "pl.DataFrame", year: int, extra: Path | None) -> tuple["pl.DataFrame", list[str]]:
    """Add the large-truck flag, crash by crash: joined on year, state and case number.

    The auxiliary file can be another edition than the main file. A case number keeps its crash between
    editions (in 2015 and 2016 all that agree in it, but not in deaths, agree in county and time of day), so
    only the crashes that one of the two files lacks stay without a partner.
    """
    import polars as pl

    if extra is None:
        expected = year >= FIRST_AUXILIARY_YEAR
        note = f"FARS {year}: no auxiliary file, so large trucks are unknown."
        return frame.with_columns(pl.lit("unknown").alias("large_truck")), [note] if expected else []
    flags = _auxiliary(extra, year)
    # One key joins faster than two; numbers of other years and states then count as not matched.
    joined = frame.join(flags, on="ST_CASE", how="left", suffix="_AUX")
    same = (pl.col("STATE") == pl.col("STATE_AUX")) & pl.col("YEAR_AUX").is_in(_written(year))
    joined = joined.with_columns(
        pl.when(same)
        .then(pl.col("A_LT").replace_strict({1: "yes", 2: "no"}, default="unknown"))
        .otherwise(pl.lit("unknown"))
        .alias("large_truck"),
        same.fill_null(False).alias("matched"),
    )
    return joined, _matched(joined, flags.height, year)


def _auxiliary(extra: Path, year: int) -> "pl.DataFrame":
    """Read the flags of a year's auxiliary file, each with its year, state and case number."""
    name = _auxiliary_names(year)[0]
    label, remedy = f"FARS {year}, {name}", f"Download it again from {_official(year, name)}."
    text, _ = _member(extra, "acc_aux.csv", label, remedy)
    flags = _numbers(text, ["A_LT", "YEAR", "STATE", "ST_CASE", "FATALS"], [], label, remedy)
    if flags["ST_CASE"].n_unique() < flags.height:
        raise PileupError(f"{label}: a case number (ST_CASE) occurs twice. {remedy}")
    return flags.rename({"YEAR": "YEAR_AUX"})


def _matched(joined: "pl.DataFrame", held: int, year: int) -> list[str]:
    """Say in a line what the join of a year's two files left open; refuse an auxiliary file of other crashes.

    Parameters
    ----------
    joined : DataFrame
        The main file's crashes, with the columns matched, large_truck, FATALS and FATALS_AUX.
    held : int
        Crashes in the auxiliary file.
    year : int
        Year of the two files.
    """
    matched = int(joined["matched"].sum())
    if matched < max(1, _LEAST_MATCHED * min(joined.height, held)):
        name = _auxiliary_names(year)[0]
        raise PileupError(
            f"FARS {year}, {name}: only {matched:,} of its {held:,} crashes ({matched / max(held, 1):.1%}) "
            f"are in the main file by year, state and case number: no auxiliary file of {year}. "
            f"Download it again from {_official(year, name)}."
        )
    deaths = int((joined["matched"] & (joined["FATALS"] != joined["FATALS_AUX"])).sum())
    unknown = int((joined["large_truck"] == "unknown").sum())
    parts = {
        f"of {joined.height:,} crashes are not in the auxiliary file": joined.height - matched,
        f"of the auxiliary file's {held:,} are not in the main file": held - matched,
        "have another number of deaths there": deaths,
    }
    said = [f"{count:,} {text}" for text, count in parts.items() if count]
    said += [f"large truck unknown in {unknown:,} crashes"] if unknown else []
    return [f"FARS {year}: {'; '.join(said)}."] if said else []


def _check_rows(frame: "pl.DataFrame", vehicles: str, year: int, label: str, remedy: str) -> None:
    """Refuse rows that no FARS file has."""
    import polars as pl

    if frame.height == 0:
        raise PileupError(f"{label}: no crashes. {remedy}")
    faults = {
        f"an empty {vehicles}": pl.col(vehicles).is_null(),
        f"a {vehicles} below 0": pl.col(vehicles) < 0,
        "a FATALS below 0": pl.col("FATALS") < 0,
        "a STATE that is none of the 50 states or DC": ~pl.col("STATE").is_in([int(code) for code in FIPS]),
        "a case number of another STATE": pl.col("ST_CASE") // 10000 != pl.col("STATE"),
    }
    if frame["ST_CASE"].n_unique() < frame.height:
        faults["a case number (ST_CASE) that occurs twice"] = pl.col("ST_CASE").is_duplicated()
    if "YEAR" in frame.columns:
        faults[f"a YEAR that is not {year}"] = ~pl.col("YEAR").is_in(_written(year))
    first = frame.select(
        pl.col("ST_CASE").filter(rule.fill_null(False)).first().alias(fault) for fault, rule in faults.items()
    )
    for fault, case in first.row(0, named=True).items():
        if case is not None:
            raise PileupError(f"{label}: {fault}, at ST_CASE {case}. {remedy}")


def _numbers(text: bytes, needed: list[str], wanted: list[str], label: str, remedy: str) -> "pl.DataFrame":
    """Read the columns named, in any order and case of header, as whole numbers; positions as fractions."""
    import polars as pl

    text = text.removeprefix(b"\xef\xbb\xbf")
    header = next(csv.reader([io.BytesIO(text).readline().decode("cp1252", "replace").strip()]), [])
    places = {name.strip().upper(): place for place, name in reversed(list(enumerate(header)))}
    missing = [name for name in needed if name not in places]
    if missing:
        raise PileupError(f"{label}: no column {', '.join(missing)}. {remedy}")
    names = sorted((name for name in (*needed, *wanted) if name in places), key=places.__getitem__)
    chosen, kinds = [places[name] for name in names], [_kind(name) for name in names]
    try:
        # Reading numbers as numbers is twice as fast; what is not so plain is read once more below, as text.
        numbers = pl.read_csv(
            text,
            columns=chosen,
            schema_overrides={header[place]: kind for place, kind in zip(chosen, kinds, strict=True)},
            infer_schema=False,
        )
        numbers.columns = names
        if numbers.dtypes == kinds and not any(numbers[name].null_count() for name in needed):
            return numbers
    except pl.exceptions.PolarsError:
        pass
    try:
        # Names in the files are Windows-1252; only numbers are read, so what cannot be decoded does no harm.
        frame = pl.read_csv(text, columns=chosen, infer_schema=False, encoding="utf8-lossy")
    except pl.exceptions.PolarsError as error:
        raise PileupError(f"{label}: not a readable table ({error}). {remedy}") from None
    frame.columns = names
    frame = frame.with_columns(pl.all().str.strip_chars()).with_columns(
        pl.when(pl.all().is_in(_EMPTY)).then(None).otherwise(pl.all()).name.keep()
    )
    numbers = frame.cast(dict(zip(names, kinds, strict=True)), strict=False)
    for name in names:
        bad = frame[name].is_not_null() & numbers[name].is_null()
        if bad.any():
            kind = "number" if name in _FRACTIONS else "whole number"
            raise PileupError(f"{label}: {name} is {frame[name].filter(bad)[0]!r}, not a {kind}. {remedy}")
        if name in needed and numbers[name].null_count():
            raise PileupError(f"{label}: {name} is empty in {numbers[name].null_count():,} rows. {remedy}")
    return numbers


def _kind(name: str) -> "type[pl.DataType]":
    """Return the type of a column."""
    import polars as pl

    return pl.Float64 if name in _FRACTIONS else pl.Int64


def _member(path: Path, member: str, label: str, remedy: str) -> tuple[bytes, str]:
    """Return a zip member, found whatever its case and folder, and the zip's sha256; nothing is unpacked."""
    try:
        with path.open("rb") as file:
            if file.read(512).lstrip()[:1] == b"<":
                raise PileupError(f"{label}: a web page, not a zip. {remedy}")
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        with zipfile.ZipFile(path) as archive:
            found = []
            for info in archive.infolist():
                parts = info.filename.replace("\\", "/").split("/")
                if parts[0] == "" or ":" in parts[0] or ".." in parts:
                    raise PileupError(
                        f"{label}: a path outside the zip's folder ({info.filename!r}). {remedy}"
                    )
                found += [info] if parts[-1].lower() == member else []
            if len(found) != 1:
                raise PileupError(f"{label}: {len(found) or 'no'} members named {member}, not one. {remedy}")
            if found[0].file_size > MAX_BYTES:
                raise PileupError(f"{label}: {member} would be larger than 1 GB unpacked. {remedy}")
            with archive.open(found[0]) as file:
                # In pieces: a member larger than its header says would fill the memory if read as a whole.
                return b"".join(iter(lambda: file.read(_PIECE), b"")), sha256
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise PileupError(f"{label}: cannot be read as a zip ({error}). {remedy}") from None


def _tree(folder: Path) -> Path:
    """Find the folder of years below a copy of NHTSA's site."""
    for start in (folder / "static.nhtsa.gov", folder):
        if (start / TREE).is_dir():
            return start / TREE
    raise PileupError(
        f"{folder} is no copy of NHTSA's download site: it should hold static.nhtsa.gov/{TREE} or {TREE}."
    )


def _years_in(tree: Path) -> list[int]:
    years = [int(path.name) for path in tree.iterdir() if path.name.isdecimal() and len(path.name) == 4]
    return [year for year in years if (tree / str(year) / "National" / _zip_name(year)).is_file()]


def _written(year: int) -> list[int]:
    """Return how a file writes its year: two digits to 1997; 99 is an unknown date, in the file's year."""
    return [year, year % 100, 99]


def _zip_name(year: int) -> str:
    return f"FARS{year}NationalCSV.zip"


def _auxiliary_names(year: int) -> list[str]:
    """Return the names that a year's auxiliary zip can have; NHTSA misspelled the one of 1996."""
    if year < FIRST_AUXILIARY_YEAR:
        return []
    endings = ["AuxiliaryCVS", "AuxiliaryCSV"] if year == 1996 else ["AuxiliaryCSV"]
    return [f"FARS{year}National{ending}.zip" for ending in endings]


def _official(year: int, name: str | None = None) -> str:
    return f"{OFFICIAL}/{TREE}/{year}/National/{name or _zip_name(year)}"


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:  # 99 and the like: not known
        return None


def _iso_date(year: int, month: int | None, day: int | None) -> str | None:
    known = _date(year, month, day)
    return known.isoformat() if known else None
