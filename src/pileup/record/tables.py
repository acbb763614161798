"""Loads the shipped tables, each checked against its checksum and parsed with its declared types."""

import hashlib
import io
import json
from pathlib import Path

import pandas as pd

from pileup.base.errors import PileupError
from pileup.base.paths import DATA

PACKAGE = "datapackage.json"
#: A finished set of tables on its way to their places: the build makes the folder appear whole, in one step,
#: and moves its files from it one by one. While it is there, what it still holds is what counts.
NEW = ".new"
_RESTORE = (
    "restore this one file with `git checkout -- data/` and its name, or rebuild with `pileup data build`"
)


def describe(name: str, folder: str | Path = DATA) -> dict:
    """Return what `datapackage.json` says of a table: fields, limits, sources, edition, checksum.

    Parameters
    ----------
    name : str
        The table's name, for example `crashes`.
    folder : str or Path
        The folder that holds `datapackage.json`.

    Returns
    -------
    dict
        The resource's descriptor (Data Package standard, version 2).

    Raises
    ------
    PileupError
        The package file is missing or broken, or it names no such table.
    """
    entries = _entries(Path(folder))
    if name not in entries:
        raise PileupError(f"No table {name!r} in {Path(folder) / PACKAGE}; it names {', '.join(entries)}.")
    return entries[name]


def load_table(name: str, folder: str | Path = DATA) -> pd.DataFrame:
    """Load a table, after checking that it is the one that `datapackage.json` describes.

    Parameters
    ----------
    name : str
        The table's name, for example `crashes`.
    folder : str or Path
        The folder that holds `datapackage.json`.

    Returns
    -------
    pandas.DataFrame
        Columns in the order and with the types of the table's schema: text as `str`, whole numbers as `int64`
        (`Int64` where a cell may be empty), fractions as `float64`, days as `datetime64`.

    Raises
    ------
    PileupError
        The package or the table is missing, unknown, altered, or does not fit its description.

    Examples
    --------
    >>> import pileup
    >>> crashes = pileup.load_table("crashes")
    >>> list(crashes.columns)
    ['year', 'state', 'vehicles', 'deaths', 'large_truck', 'crashes']
    >>> huge = crashes[crashes["vehicles"] >= 100]
    >>> int(huge["crashes"].sum()) > 0
    True
    """
    entry = describe(name, folder)
    path = Path(folder) / entry["path"]
    try:
        content = _read(Path(folder), entry["path"])
    except OSError:
        raise PileupError(f"{path} is missing: {_RESTORE}.") from None
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != entry["hash"]:
        if describe(name, folder) != entry:  # a build has changed the set in between
            return load_table(name, folder)
        raise PileupError(f"{path} was altered (its sha256 is not that of {PACKAGE}): {_RESTORE}.")
    fields = entry["schema"]["fields"]
    try:
        frame = pd.read_csv(
            io.BytesIO(content),
            dtype={field["name"]: _dtype(field) for field in fields},
            # Only what the description declares is missing: "NA" and the like stay text.
            keep_default_na=False,
            na_values=entry["schema"]["missingValues"],
            encoding="utf-8",
        )
        for field in fields:
            if field["type"] == "date":
                frame[field["name"]] = pd.to_datetime(frame[field["name"]], format="%Y-%m-%d")
    except (ValueError, TypeError, KeyError) as error:
        raise PileupError(
            f"{path} does not fit its description in {PACKAGE} ({error}): {_RESTORE}."
        ) from None
    if list(frame.columns) != [field["name"] for field in fields] or len(frame) != entry["rows"]:
        raise PileupError(f"{path} has other columns or rows than {PACKAGE} says: {_RESTORE}.")
    return frame


def verify(folder: str | Path = DATA) -> list[str]:
    """Check every table on disk against `datapackage.json`.

    Parameters
    ----------
    folder : str or Path
        The folder that holds `datapackage.json`.

    Returns
    -------
    list of str
        One line a table.

    Raises
    ------
    PileupError
        All faults found, in one line: missing, altered or broken tables, and tables that the package does
        not name.
    """
    folder = Path(folder)
    entries = _entries(folder)
    lines, faults = [], []
    for name, entry in entries.items():
        try:
            frame = load_table(name, folder)
            lines.append(f"{name}: {len(frame):,} rows, {entry['path']}, {entry['edition']}")
        except PileupError as error:
            faults.append(str(error))
    named = {entry["path"] for entry in entries.values()}
    for place in sorted({(folder / path).parent for path in named}):
        for file in sorted(place.glob("*.csv")):
            if file.relative_to(folder).as_posix() not in named:
                faults.append(f"{file} is not in {PACKAGE}: remove it or rebuild with `pileup data build`.")
    if faults:
        raise PileupError(" ".join(faults))
    return lines


def _entries(folder: Path) -> dict[str, dict]:
    """Return the package's descriptors by name."""
    path = folder / PACKAGE
    try:
        entries = {entry["name"]: entry for entry in json.loads(_read(folder, PACKAGE))["resources"]}
    except FileNotFoundError:
        raise PileupError(f"{path} is missing: {_RESTORE}.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise PileupError(f"{path} is not a readable data package: {_RESTORE}.") from None
    for name, entry in entries.items():
        if not {"path", "hash", "rows", "edition", "schema"} <= entry.keys() or not isinstance(
            entry["schema"], dict
        ):
            raise PileupError(
                f"{path}: table {name!r} lacks its path, hash, rows, edition or schema: {_RESTORE}."
            )
    return entries


def _read(folder: Path, name: str) -> bytes:
    """Read a file of the set: where a build has finished it and not moved it yet, else in its place."""
    try:
        return (folder / NEW / name).read_bytes()
    except OSError:
        return (folder / name).read_bytes()


def _dtype(field: dict) -> str:
    kind = field["type"]
    if kind == "integer":
        return "int64" if field.get("constraints", {}).get("required") else "Int64"
    return {"number": "float64", "string": "str", "date": "str"}[kind]
