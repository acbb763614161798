"""Reads the Sentencing Commission's files of federal sentences and counts people by crime, year and term."""

import csv
import gzip
import hashlib
import io
import math
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

import pooch

from pileup.base.errors import PileupError
from pileup.record.coverage import Coverage, FiscalYear
from pileup.sources.fetch import downloads
from pileup.sources.tables import Table

#: SENTTOT of a life sentence (Commission's codebook); real terms above it exist.
LIFE = 470
#: From here on a number is no term: 9992 to 9998 are codes in like columns (codebook: TOTPRISN).
CODES = 9992
#: OFFGUIDE of manslaughter, the one group that is split.
MANSLAUGHTER = 20
#: Guideline minimum, in months, up to which manslaughter is taken for mostly involuntary: the proxy.
PROXY_MONTHS = 57
#: Base level of guideline 2A1.4(a)(2)(B): involuntary manslaughter by reckless driving or the like.
LEVEL = 22
#: Ends of the guideline range, in months, by criminal history category (I to VI), of level 22 and of what is
#: left of it for accepting responsibility (2 levels or 3 less): Guidelines Manual, chapter 5, part A; 3E1.1.
_RANGES = {
    22: ((41, 51), (46, 57), (51, 63), (63, 78), (77, 96), (84, 105)),
    20: ((33, 41), (37, 46), (41, 51), (51, 63), (63, 78), (70, 87)),
    19: ((30, 37), (33, 41), (37, 46), (46, 57), (57, 71), (63, 78)),
}
#: Criminal history points from which on a category is II, III, IV, V and VI.
_POINTS = (2, 4, 7, 10, 13)
#: OFFGUIDE means the same crimes only in these fiscal years.
YEARS = (2019, 2024)
#: The public extract that the published table was made from.
KNOWN_SHA256 = "97fe3d2eefd21f4654ecf749a0db215ef662f67012ec039d20cb62b9351424b4"
#: Where the Commission lists its files.
PAGE = "https://www.ussc.gov/research/datafiles/commission-datafiles"

_NEEDED = ("OFFGUIDE", "FISCAL_YEAR", "SENTTOT")
_SPLITTING = ("GDLINEHI", "XMINSOR", "BASEHI", "XMAXSOR", "CRIMPTS")
_ENDINGS = (".parquet", ".csv", ".csv.gz", ".zip")
_MISSING = ("", ".", "NA")
_OTHER_YEAR = f"FISCAL_YEAR outside {YEARS[0]}-{YEARS[1]}, the years in which OFFGUIDE's codes mean the same"
_NO_TERM = f"SENTTOT that is no number of months above 0 and below {CODES}"
_YEAR_IN_NAME = re.compile(r"opafy(\d\d)-?nid", re.IGNORECASE)
_GUIDELINE = re.compile(r"\d[A-Z]\d+\.\d+")


@dataclass(frozen=True, eq=False)
class _Counted:
    """The people of one file, counted by (OFFGUIDE, fiscal year, term, months, split).

    `own` says that it is the Commission's own file: a CSV of one fiscal year, under the name that tells it.
    """

    name: str
    sha256: str
    people: Counter
    own: bool


def read(
    where: str | Path,
    cache: Path | None = None,
    echo: Callable[[str], object] = print,
    today: date | None = None,
) -> dict[str, Table]:
    """Count the people in the Commission's individual offender datafiles.

    Parameters
    ----------
    where : str or Path
        A parquet file, a CSV, a gzip-compressed CSV or a zip with one CSV inside, told apart by content; a
        folder of such files, each with fiscal years of its own (names that end in .parquet, .csv, .csv.gz or
        .zip are read); or an address: of one zip, or of the folder of the Commission's zips,
        `https://www.ussc.gov/sites/default/files/zip`, for all of `YEARS`. One row is a person. Columns, in
        any case: OFFGUIDE, SENTTOT (months), FISCAL_YEAR, and GDLINEHI or XMINSOR for the split, BASEHI or
        XMAXSOR and CRIMPTS for level 22 within it; others are not kept. A file without FISCAL_YEAR needs a
        name like the Commission's: opafy22nid is 2022.
    cache : Path, optional
        Where downloaded zips are kept; by default the user's cache folder.
    echo : callable
        Told each thing that a user should know, one line a call.
    today : date, optional
        The day on which a downloaded zip counts as first seen; by default the clock's. No table has it.

    Returns
    -------
    dict of str to Table
        The table federal-sentences. SENTTOT 470 is life; empty, "NA" or "." is no prison term. Months are
        rounded to two decimals, because the extract's numbers are 32-bit floats (12.03 stands as
        12.0299997). The split of manslaughter is exact where a file has GDLINEHI, else a proxy by XMINSOR;
        so is level 22 where it has BASEHI, else a proxy by the range and the criminal history points.

    Raises
    ------
    PileupError
        A file is missing, of another kind, cut off, lacks a column or holds values outside the codebook; two
        files hold the same fiscal year; or an address has no such file.

    Notes
    -----
    The Commission has two zips a year. `opafy22nid_csv.zip` holds the CSV (1.5 GB, over 20,000 columns, read
    as a stream); `opafy22nid.zip` (a dash in FY16 and FY17: `opafy17-nid.zip`) holds a fixed-width file for
    SAS and SPSS, which is not read here. These names are those of public download scripts. Nobody has
    opened the addresses for this project, those of FY23 and FY24 included; a name that the server does not
    have is an error, and no other name is tried.
    """
    if str(where).startswith(("http://", "https://")):
        files = _from_address(str(where), Path(cache or pooch.os_cache("pileup")), echo, today)
    else:
        files = _from_disk(Path(where))
    held: dict[int, _Counted] = {}
    for file in files:
        for year in sorted({key[1] for key in file.people}):
            if year in held:
                same = " (they are the same file)" if file.sha256 == held[year].sha256 else ""
                raise PileupError(
                    f"{where}: {held[year].name} and {file.name} both hold fiscal year {year}{same}; "
                    "give each fiscal year once."
                )
            held[year] = file
    gaps = [str(year) for year in range(YEARS[0], YEARS[1] + 1) if year not in held]
    if gaps:
        echo(f"USSC: no file for fiscal year {', '.join(gaps)}: the table leaves these years out.")
    people = sum((file.people for file in dict.fromkeys(held.values())), Counter())
    rows = [(*key[:4], number, key[4]) for key, number in people.items()]
    rows.sort(key=lambda row: (*row[:3], row[3] or 0, row[5] or ""))
    years = [
        FiscalYear(
            year=year, read_from="the Commission" if held[year].own else "extract", sha256=held[year].sha256
        )
        for year in sorted(held)
    ]
    return {"federal-sentences": Table(rows, Coverage(fiscal_years=tuple(years)))}


def _from_disk(path: Path) -> list[_Counted]:
    """Count one file, or each file of a folder."""
    if not path.is_dir():
        return [_count(path, path.name)]
    files = sorted(
        file
        for file in path.iterdir()
        if file.name.lower().endswith(_ENDINGS) and not file.name.startswith(".") and file.is_file()
    )
    if not files:
        raise PileupError(
            f"{path}: no file of the Commission's; expected for example opafy22nid.csv, opafy22nid_csv.zip "
            "or a parquet file."
        )
    return [_count(file, file.name) for file in files]


def _from_address(
    address: str, folder: Path, echo: Callable[[str], object], today: date | None
) -> list[_Counted]:
    """Download one zip, or those of all years, and count each; a faulty download is not kept."""
    base = address.rstrip("/")
    if base.lower().endswith(".zip"):
        urls = [base]
    else:
        urls = [f"{base}/opafy{year % 100}nid_csv.zip" for year in range(YEARS[0], YEARS[1] + 1)]
    counted = []
    with downloads(folder, "USSC", "the Commission's site", echo, today or date.today()) as kept:
        for url in urls:
            name = url.rpartition("/")[2]
            path = kept.get(url, f"USSC {name}")
            if path is None:
                raise PileupError(f"{url}: no such file there; the Commission lists its files at {PAGE}.")
            try:
                counted.append(_count(path, name, url))
            except PileupError:
                kept.drop([path])
                raise
            kept.keep([path])
    return counted


def _count(path: Path, name: str, label: str | None = None) -> _Counted:
    """Count the people of one file; `label` is what messages call it, by default its path."""
    label = label or str(path)
    try:
        with path.open("rb") as file:
            head = file.read(512)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        with _rows(path, name, head, label) as (rows, whole_name):
            people = _people(rows, label)
    except OSError as error:
        raise PileupError(
            f"{label}: cannot be read ({error.strerror or error}); give a file of the Commission's datafiles."
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, csv.Error) as error:
        raise PileupError(f"{label}: cannot be read ({error}); download or copy it again.") from None
    if not people:
        raise PileupError(f"{label}: holds no people; the Commission's files have one row a person.")
    own = not head.startswith(b"PAR1") and {key[1] for key in people} == {_year_in(whole_name)}
    return _Counted(name, sha256, people, own)


@contextmanager
def _rows(path: Path, name: str, head: bytes, label: str) -> Generator[tuple[Iterator[tuple], str]]:
    """Give the rows (OFFGUIDE, FISCAL_YEAR, SENTTOT and those for the split) of a file of any kind.

    With them comes the file's name, in a zip that of its member too. An empty cell is an empty text; None
    says that the file has no such column.
    """
    if not head:
        raise PileupError(f"{label}: is empty; give a file of the Commission's datafiles.")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise PileupError(f"{label}: is a web page, no datafile; the Commission lists its files at {PAGE}.")
    if head.startswith(b"PAR1"):
        yield _parquet(path, name, label), name
    elif head.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            member = _member(archive, label)
            with archive.open(member) as stream:
                whole_name = f"{name}/{member}"
                yield _csv(stream, whole_name, label), whole_name
    elif head.startswith(b"\x1f\x8b"):
        with gzip.open(path) as stream:
            yield _csv(stream, name, label), name
    else:
        with path.open("rb") as stream:
            yield _csv(stream, name, label), name


def _member(archive: zipfile.ZipFile, label: str) -> str:
    """Return the name of the one CSV in a zip."""
    names = [name for name in archive.namelist() if not name.startswith("__MACOSX/")]
    found = [name for name in names if name.lower().endswith(".csv")]
    if len(found) > 1:
        raise PileupError(f"{label}: {len(found)} CSVs inside ({', '.join(found[:3])}); one is expected.")
    if not found:
        raise PileupError(
            f"{label}: no CSV inside ({', '.join(names[:3]) or 'nothing at all'}); the Commission's zips "
            "with a CSV have names like opafy22nid_csv.zip."
        )
    return found[0]


def _csv(stream: IO[bytes] | gzip.GzipFile, name: str, label: str) -> Iterator[tuple]:
    """Yield the needed columns of a CSV, row by row: no more than a row is ever in memory."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    lines = csv.reader(text)
    header = next(lines, [])
    columns, year = _columns(header, name, label)
    places = [header.index(column) if column else None for column in columns]
    for row_number, line in enumerate(filter(None, lines), 1):
        # A row that ends early would lose its term, and so pass for one without prison.
        if len(line) != len(header):
            raise PileupError(
                f"{label}: row {row_number} has {len(line):,} fields, the header {len(header):,}; the file "
                "is cut off or damaged."
            )
        yield _row([None if place is None else line[place] for place in places], year)


def _parquet(path: Path, name: str, label: str) -> Iterator[tuple]:
    """Yield the needed columns of a parquet file, row by row."""
    import polars as pl

    try:
        schema = pl.read_parquet_schema(path)
        columns, year = _columns(list(schema), name, label)
        frame = pl.read_parquet(path, columns=[column for column in columns if column])
    except pl.exceptions.PolarsError as error:
        raise PileupError(f"{label}: cannot be read as a parquet file ({error}); copy it again.") from None
    for column in columns:
        if column and column.upper() != "GDLINEHI" and not schema[column].is_numeric() and frame.height:
            raise PileupError(
                f"{label}: {column} holds no numbers ({frame[column][0]!r} in row 1); numbers are expected."
            )
    names = frame.columns
    for line in frame.iter_rows():
        cells = {name: "" if cell is None else cell for name, cell in zip(names, line, strict=True)}
        yield _row([cells[column] if column else None for column in columns], year)


def _row(cells: list, year: int | None) -> tuple:
    """Return a row with the year that the name tells where there is no such column (None)."""
    return (cells[0], year if cells[1] is None else cells[1], *cells[2:])


def _columns(header: list[str], name: str, label: str) -> tuple[list[str | None], int | None]:
    """Return how the file writes each needed column (None: not there), and the year that its name tells."""
    written: dict[str, str] = {}
    for column in header:
        known = column.strip().upper()
        if known in written and known in _NEEDED + _SPLITTING:
            raise PileupError(f"{label}: two columns named {known}; one is expected.")
        written[known] = column
    year = _year_in(name)
    missing = [column for column in _NEEDED if column not in written]
    if missing == ["FISCAL_YEAR"]:
        if year is None:
            raise PileupError(
                f"{label}: no column FISCAL_YEAR, and the name does not tell the year; name the file as the "
                "Commission does, for example opafy22nid.csv for fiscal year 2022."
            )
    elif missing:
        raise PileupError(
            f"{label}: no column {', '.join(missing)}; this is not a parquet file, CSV or zip of the "
            "Commission's individual offender datafiles."
        )
    return [written.get(column) for column in _NEEDED + _SPLITTING], year


def _year_in(name: str) -> int | None:
    """Return the fiscal year that a name like the Commission's tells."""
    told = _YEAR_IN_NAME.search(name)
    return 2000 + int(told[1]) if told else None


def _people(rows: Iterator[tuple], label: str) -> Counter:
    """Count rows by (OFFGUIDE, fiscal year, term, months, split), after checking each value."""
    people: Counter = Counter()
    for number, (group, year, senttot, *splitting) in enumerate(rows, 1):
        try:
            code = _within(group, "OFFGUIDE outside 1-30", 1, 30, whole=True)
            fiscal = _within(year, _OTHER_YEAR, *YEARS, whole=True)
            months = None if _empty(senttot) else _within(senttot, _NO_TERM, 0.01, CODES - 0.01)
            split = _split(*splitting) if code == MANSLAUGHTER else None
        except ValueError as fault:
            raise PileupError(f"{label}: row {number}: {fault}.") from None
        term = "none" if months is None else "life" if months == LIFE else "prison"
        people[int(code), int(fiscal), term, months if term == "prison" else None, split] += 1
    return people


def _split(
    guideline: str | None,
    minimum: str | float | None,
    base: str | float | None,
    maximum: str | float | None,
    points: str | float | None,
) -> str | None:
    """Tell a person's kind of manslaughter, exactly by the guideline or else roughly by its range."""
    if guideline is not None:
        name = str(guideline).strip().upper()
        if _empty(name):
            return None
        # A guideline in another way of writing must not pass for "other guideline".
        if not _GUIDELINE.fullmatch(name):
            raise ValueError(f"GDLINEHI that is no guideline such as 2A1.4 ({guideline!r})")
        if name == "2A1.4" and not (base is None or _empty(base)):
            level = _within(base, "BASEHI that is no base level from 1 to 43", 1, 43, whole=True)
            return f"2A1.4, base level {LEVEL}" if level == LEVEL else name
        return name if name in ("2A1.3", "2A1.4") else "other guideline"
    if minimum is None:
        return None
    if _empty(minimum):
        return "proxy: minimum not given"
    months = _within(minimum, "XMINSOR that is no number of months from 0 to 9996", 0, 9996)
    half = f"proxy: minimum {'up to' if months <= PROXY_MONTHS else 'above'} {PROXY_MONTHS} months"
    return f"{half}, range of level {LEVEL}" if _near(months, maximum, points) else half


def _near(minimum: float, maximum: str | float | None, points: str | float | None) -> bool:
    """Whether a range is that of level 22, or of what is left of it, for somebody with so many points."""
    if maximum is None or points is None or _empty(maximum) or _empty(points):
        return False
    most = _within(maximum, "XMAXSOR that is no number of months from 0 to 9996", 0, 9996)
    number = _within(points, "CRIMPTS that is no number of points from 0 to 99", 0, 99)
    category = sum(number >= least for least in _POINTS)
    return any((minimum, most) == ranges[category] for ranges in _RANGES.values())


def _empty(value: object) -> bool:
    """Whether a cell is missing, in one of the ways in which the files write that."""
    return isinstance(value, str) and value.strip().upper() in _MISSING


def _within(value: str | float, what: str, least: float, most: float, whole: bool = False) -> float:
    """Return a number to two decimals; ValueError, with `what` is wrong, unless it lies within the limits."""
    try:
        # Rounded first, so that what would stand as 0 months is no term; float() itself takes 1_000 for 1000.
        number = math.nan if isinstance(value, str) and "_" in value else round(float(value), 2)
    except (TypeError, ValueError):
        number = math.nan
    if not least <= number <= most or (whole and number != int(number)):
        raise ValueError(f"{what} ({value!r})")
    return number
