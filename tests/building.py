"""Small files as NHTSA and the Sentencing Commission have them, and odd tables made of them."""

import json
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pileup.base.paths import DATA
from pileup.sources import fars
from pileup.sources.build import build

HEADER = "STATE,ST_CASE,VE_TOTAL,VE_FORMS,COUNTY,CITY,DAY,MONTH,YEAR,LGT_COND,WEATHER,FATALS"
ROWS = "8,80001,2,1,59,1435,25,4,2018,1,98,1\n8,80002,20,20,59,0,99,99,2018,1,98,3\n"
AUX_HEADER = "ST_CASE,YEAR,STATE,FATALS,A_LT"
AUX_ROWS = "80001,2018,8,1,2\n80002,2018,8,3,1\n"

#: Vehicles and deaths of the crashes of a small year, in one state after the other; and crashes that other
#: files name by their key: the bridge that is set aside, and Lakewood's.
_SIZES = [(1, 1), (2, 1), (1, 2), (2, 1), (3, 1), (4, 2), (6, 1), (12, 1), (21, 3), (24, 5), (33, 1), (1, 4)]
_STATES = (8, 48, 27)
_NAMED = {2007: (27, 270445, 80, 12), 2019: (8, 80125, 28, 4)}


def put(
    root: Path,
    year: int = 2018,
    text: str | bytes = HEADER + "\n" + ROWS,
    member: str = "accident.CSV",
    name: str | None = None,
    raw: bytes | None = None,
) -> Path:
    """Write a zip as NHTSA's site has it: one member, or raw bytes instead of a zip."""
    folder = root / fars.TREE / str(year) / "National"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"FARS{year}NationalCSV.zip")
    if raw is not None:
        path.write_bytes(raw)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, text if isinstance(text, bytes) else text.encode())
    return path


def put_aux(
    root: Path, year: int = 2018, text: str = AUX_HEADER + "\n" + AUX_ROWS, name: str | None = None
) -> Path:
    """Write a zip of the auxiliary file."""
    return put(root, year, text, "ACC_AUX.CSV", name or f"FARS{year}NationalAuxiliaryCSV.zip")


def put_year(root: Path, year: int, total: bool | None = None, truck: bool = True) -> int:
    """Write a small year; those of other files are in it. Return how many crashes it has.

    Parameters
    ----------
    root : Path
        The folder.
    year : int
        The year.
    total : bool, optional
        Whether it has the column VE_TOTAL; by default as in NHTSA's files.
    truck : bool
        Whether there is an auxiliary file, which says if a large truck was involved.
    """
    total = year >= 2005 if total is None else total
    crashes = [
        (state, state * 10000 + serial, *size)
        for serial, size in enumerate(_SIZES, 1)
        for state in [_STATES[serial % 3]]
    ]
    crashes += [_NAMED[year]] if year in _NAMED else []
    columns = HEADER if total else HEADER.replace("VE_TOTAL,", "")
    rows = [
        f"{state},{case},{f'{vehicles},' * total}{vehicles},59,0,25,4,{year},1,{1 + case % 3},{deaths}"
        for state, case, vehicles, deaths in crashes
    ]
    put(root, year, "\n".join([columns, *rows]) + "\n")
    if truck and year >= fars.FIRST_AUXILIARY_YEAR:
        flags = [
            f"{case},{year},{state},{deaths},{1 if vehicles > 3 else 2}"
            for state, case, vehicles, deaths in crashes
        ]
        put_aux(root, year, "\n".join([AUX_HEADER, *flags]) + "\n")
    return len(crashes)


def put_sentences(folder: Path, year: int, own: bool = True) -> Path:
    """Write a fiscal year of the Commission's, under its own name or as an extract of somebody's."""
    folder.mkdir(parents=True, exist_ok=True)
    people = [*((20, 6 * n, 57) for n in range(1, 9)), (20, "", 63), *((22, 60 * n, 99) for n in range(1, 8))]
    lines = [f"{group},{year},{months},{least}" for group, months, least in [*people, (22, 470, 99)]]
    path = folder / (f"opafy{year % 100}nid.csv" if own else f"people-{year}.csv")
    path.write_text("\n".join(["OFFGUIDE,FISCAL_YEAR,SENTTOT,XMINSOR", *lines]) + "\n", encoding="utf-8")
    return path


def tables(
    folder: Path, years: Iterable[int] = (), fiscal_years: Iterable[tuple[int, bool]] = (), **more: Any
) -> Path:
    """Make a folder of tables: those of the project, and small ones of the years named in their place.

    Parameters
    ----------
    folder : Path
        Where to work.
    years : iterable of int
        Years of crashes.
    fiscal_years : iterable of (int, bool)
        Fiscal years of sentences, each with whether the file is the Commission's own.
    **more
        As for `put_year`.
    """
    out = folder / "data"
    shutil.copytree(DATA, out, ignore=shutil.ignore_patterns("cases", "law"))
    for year in years:
        put_year(folder / "site", year, **more)
    for year, own in fiscal_years:
        put_sentences(folder / "people", year, own)
    build(
        folder / "site" if years else None,
        folder / "people" if fiscal_years else None,
        out=out,
        echo=lambda line: None,
    )
    return out


def describe_anew(folder: Path, name: str, **changes: Any) -> None:
    """Change what the package says that a table covers; a list of years or spans is changed in each entry."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    (entry,) = [one for one in package["resources"] if one["name"] == name]
    for part, change in changes.items():
        for one in entry["coverage"][part]:
            one |= change(one)
    path.write_text(json.dumps(package), encoding="utf-8")
