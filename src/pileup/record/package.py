"""Reads `datapackage.json`: what each table that ships holds, where it comes from, and how it is checked."""

import hashlib
from pathlib import Path

from pileup.base.errors import PileupError
from pileup.base.parsed import from_json
from pileup.base.paths import DATA

PACKAGE = "datapackage.json"
#: A finished set of tables on its way to their places: the build makes the folder appear whole, in one step,
#: and moves its files from it one by one. While it is there, what it still holds is what counts.
NEW = ".new"
RESTORE = (
    "restore this one file with `git checkout -- data/` and its name, or rebuild with `pileup data build`"
)
_NEEDED = ("path", "hash", "rows", "coverage", "schema")


def home(folder: str | Path | None) -> Path:
    """Return the folder of the tables: the one named, or the project's own."""
    return Path(folder or DATA)


def describe(name: str, folder: str | Path | None = None) -> dict:
    """Return what `datapackage.json` says of a table: fields, limits, sources, coverage, checksum.

    Parameters
    ----------
    name : str
        The table's name, for example `crashes`.
    folder : str or Path, optional
        The folder that holds `datapackage.json`; by default the project's own.

    Returns
    -------
    dict
        The resource's descriptor (Data Package standard, version 2). `pileup.record.coverage.covered` reads
        its coverage.

    Raises
    ------
    PileupError
        The package file is missing or broken, or it names no such table.
    """
    every = entries(folder)
    if name not in every:
        raise PileupError(f"No table {name!r} in {home(folder) / PACKAGE}; it names {', '.join(every)}.")
    return every[name]


def checked(name: str, folder: str | Path | None = None) -> tuple[dict, bytes]:
    """Return what `datapackage.json` says of a table, and the table's bytes, held against their checksum.

    Parameters
    ----------
    name : str
        The table's name, for example `crashes`.
    folder : str or Path, optional
        The folder that holds `datapackage.json`; by default the project's own.

    Raises
    ------
    PileupError
        The package or the table is missing, unknown or altered.
    """
    entry = describe(name, folder)
    path = home(folder) / entry["path"]
    try:
        content = read(folder, entry["path"])
    except OSError:
        raise PileupError(f"{path} is missing: {RESTORE}.") from None
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != entry["hash"]:
        if describe(name, folder) != entry:  # a build has changed the set in between
            return checked(name, folder)
        raise PileupError(f"{path} was altered (its sha256 is not that of {PACKAGE}): {RESTORE}.")
    return entry, content


def entries(folder: str | Path | None = None) -> dict[str, dict]:
    """Return the package's descriptors by name."""
    path = home(folder) / PACKAGE
    try:
        every = {entry["name"]: entry for entry in from_json(read(folder, PACKAGE))["resources"]}
    except FileNotFoundError:
        raise PileupError(f"{path} is missing: {RESTORE}.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise PileupError(f"{path} is not a readable data package: {RESTORE}.") from None
    for name, entry in every.items():
        if any(key not in entry for key in _NEEDED) or not isinstance(entry["schema"], dict):
            raise PileupError(
                f"{path}: table {name!r} lacks its path, hash, rows, coverage or schema: {RESTORE}."
            )
    return every


def read(folder: str | Path | None, name: str) -> bytes:
    """Read a file of the set: where a build has finished it and not moved it yet, else in its place."""
    try:
        return (home(folder) / NEW / name).read_bytes()
    except OSError:
        return (home(folder) / name).read_bytes()
