"""Loads the shipped tables, each checked against its checksum and parsed with its declared types."""

import io
from pathlib import Path

import pandas as pd

from pileup.base.errors import PileupError
from pileup.record.coverage import covered, said
from pileup.record.package import PACKAGE, RESTORE, checked, entries, home
from pileup.record.package import describe as describe


def load_table(name: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Load a table, after checking that it is the one that `datapackage.json` describes.

    Parameters
    ----------
    name : str
        The table's name, for example `crashes`.
    folder : str or Path, optional
        The folder that holds `datapackage.json`; by default the project's own.

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
    entry, content = checked(name, folder)
    path = home(folder) / entry["path"]
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
        raise PileupError(f"{path} does not fit its description in {PACKAGE} ({error}): {RESTORE}.") from None
    if list(frame.columns) != [field["name"] for field in fields] or len(frame) != entry["rows"]:
        raise PileupError(f"{path} has other columns or rows than {PACKAGE} says: {RESTORE}.")
    return frame


def verify(folder: str | Path | None = None) -> list[str]:
    """Check every table on disk against `datapackage.json`.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds `datapackage.json`; by default the project's own.

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
    folder = home(folder)
    described = entries(folder)
    lines, faults = [], []
    for name, entry in described.items():
        try:
            frame = load_table(name, folder)
            lines.append(f"{name}: {len(frame):,} rows, {entry['path']}. {said(covered(name, folder))}")
        except PileupError as error:
            faults.append(str(error))
    named = {entry["path"] for entry in described.values()}
    for place in sorted({(folder / path).parent for path in named}):
        for file in sorted(place.glob("*.csv")):
            if file.relative_to(folder).as_posix() not in named:
                faults.append(f"{file} is not in {PACKAGE}: remove it or rebuild with `pileup data build`.")
    if faults:
        raise PileupError(" ".join(faults))
    return lines


def _dtype(field: dict) -> str:
    kind = field["type"]
    if kind == "integer":
        return "int64" if field.get("constraints", {}).get("required") else "Int64"
    return {"number": "float64", "string": "str", "date": "str"}[kind]
