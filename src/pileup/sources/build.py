"""Rebuilds the tables under `data/` from the official files, all or nothing, and describes them."""

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pileup.base.errors import PileupError
from pileup.base.parsed import from_json
from pileup.base.paths import DATA
from pileup.base.swap import write_files
from pileup.record.coverage import Coverage, Span
from pileup.record.package import NEW, PACKAGE
from pileup.sources import fars as fars_source
from pileup.sources import states as states_source
from pileup.sources import ussc as ussc_source
from pileup.sources.fetch import alone
from pileup.sources.tables import COLUMNS_VERSION, EXTRACT, RESOURCES, Table, columns, to_csv

#: A set of tables that is still being written; a killed build leaves it, the next one removes it.
_UNFINISHED = ".unfinished"
#: Tables that people keep by hand: read, checked and described, never rewritten; as of when, where that is
#: known.
HANDMADE = {
    "counties": "2024-11",
    "set-aside": "",
    "split-pileups": "",
    "later-crashes": "2026-11-26",
    "miles": "",
    "published-figures": "2026-11-22",
    "statutory-ranges": "",
}
#: Tables of one source that hold the same years as its first.
_SAME_AS = dict.fromkeys(("large-crashes", "joined-crashes", "keys", "editions"), "crashes")
_MADE_BY = {
    "fars": ["crashes", *_SAME_AS],
    "ussc": ["federal-sentences"],
    "states": ["state-sentences"],
}


def build(
    fars: str | Path | None = None,
    ussc: str | Path | None = None,
    states: str | Path | None = None,
    out: str | Path = DATA,
    echo: Callable[[str], object] = print,
    *,
    years: Iterable[int] | None = None,
) -> None:
    """Rebuild the tables of each source given; the tables of the others stay as they are.

    The tables and `datapackage.json` are one set: whenever the program ends, even killed, readers find the
    whole old set or the whole new one, and the next build clears what was left. Tables kept by hand are
    described anew and not written, but into a folder that lacks them.

    Parameters
    ----------
    fars : str or Path, optional
        A folder laid out like NHTSA's download site, or its address (see `pileup.sources.fars.read`).
    ussc : str or Path, optional
        The federal sentences: a file, a folder or an address (see `pileup.sources.ussc.read`).
    states : str or Path, optional
        The folder of the state extracts (see `pileup.sources.states.read`).
    out : str or Path
        The folder of the tables.
    echo : callable
        Told each thing that a user should know, one line a call.
    years : iterable of int, optional
        Years of FARS; by default all that the source has.

    Raises
    ------
    PileupError
        An input is missing or faulty, `out` cannot be written or another build is writing to it; the tables
        are then as they were.
    """
    with alone(Path(out), "writing to"):
        _build(fars, ussc, states, Path(out), echo, years)


def _build(
    fars: str | Path | None,
    ussc: str | Path | None,
    states: str | Path | None,
    out: Path,
    echo: Callable[[str], object],
    years: Iterable[int] | None,
) -> None:
    _settle(out)
    old = _old_entries(out / PACKAGE)
    tables: dict[str, Table] = {}
    if fars is not None:
        tables |= fars_source.read(fars, years, echo=echo)
    if ussc is not None:
        tables |= ussc_source.read(ussc, echo=echo)
    if states is not None:
        tables |= states_source.read(states)
    for source, given in (("fars", fars), ("ussc", ussc), ("states", states)):
        if given is None:
            echo(f"{source}: not given; {', '.join(_MADE_BY[source])} stay as they are.")

    files: dict[str, bytes] = {}
    by_hand: dict[str, list[tuple]] = {}
    entries: list[dict] = []
    for name, resource in RESOURCES.items():
        if name in HANDMADE:
            content = _handmade(name, out)
            table = _kept_by_hand(name, content)
            by_hand[name] = table.rows
        elif name in tables:
            table = tables[name]
            content = to_csv(name, table.rows)
            echo(f"{name}: {len(table.rows):,} rows")
        elif name in old:
            _check_kept(out, old[name])
            entries.append(old[name])
            continue
        else:
            continue
        if name in tables or not (out / resource["path"]).is_file():
            files[resource["path"]] = content
        entries.append(_entry(name, table, content))
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "pileup",
        "title": "Small tables of fatal crashes and prison terms in the United States",
        "description": "Counts made from official files by this project's own code; see data/README.md.",
        "version": COLUMNS_VERSION,
        "resources": entries,
    }
    files[PACKAGE] = (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
    _say_what_is_missing(tables, by_hand, echo)
    _replace(out, files)


def _entry(name: str, table: Table, content: bytes) -> dict:
    """Describe one table as it now is."""
    entry = dict(RESOURCES[name])
    if ussc_source.KNOWN_SHA256 in {one.sha256 for one in table.coverage.fiscal_years}:
        entry["sources"] = [*entry["sources"], EXTRACT]
    coverage = table.coverage.model_dump(mode="json", exclude_defaults=True)
    return entry | {
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": len(table.rows),
        "version": COLUMNS_VERSION,
        "coverage": {"same_as": _SAME_AS[name]} if name in _SAME_AS else coverage,
    }


def _check_kept(out: Path, entry: dict) -> None:
    """Refuse a table that would stay though it is not the one described: the tables would be of two sets."""
    path = out / RESOURCES[entry["name"]]["path"]
    if "coverage" not in entry:
        raise PileupError(
            f"{out / PACKAGE}: an earlier version wrote it, and it does not say which years"
            f" {entry['name']} covers: give the source of this table, or restore the folder with"
            " `git checkout -- data/`."
        )
    held = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    if f"sha256:{held}" != entry["hash"]:
        raise PileupError(
            f"{path} is not the table that {PACKAGE} describes, and its source is not given: give it, or"
            " restore the folder with `git checkout -- data/`."
        )


def _old_entries(path: Path) -> dict[str, dict]:
    """Return what the present package says of each table; nothing when there is none yet."""
    try:
        return {entry["name"]: entry for entry in from_json(path.read_bytes())["resources"]}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError):
        raise PileupError(f"{path} cannot be read: restore this one file with `git checkout`.") from None


def _handmade(name: str, out: Path) -> bytes:
    """Return a table kept by hand: from the folder, or for a new folder from the project's own."""
    path = RESOURCES[name]["path"]
    for file in (out / path, DATA / path):
        if file.is_file():
            content = file.read_bytes()
            header = content.split(b"\n", 1)[0].decode("utf-8", "replace")
            if header != ",".join(columns(name)):
                raise PileupError(f"{file}: the first line should be {','.join(columns(name))}.")
            return content
    raise PileupError(f"{out / path} is missing: restore this one file with `git checkout`.")


def _kept_by_hand(name: str, content: bytes) -> Table:
    """Return a table kept by hand; the one of miles covers the years of its rows, state by state."""
    rows = [tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8")))][1:]
    spans: list[Span] = []
    for state, year in sorted(row[:2] for row in rows) if name == "miles" else []:
        if spans and spans[-1].state == state and int(spans[-1].last) == int(year) - 1:
            spans[-1] = spans[-1].model_copy(update={"last": year})
        else:
            spans.append(Span(state=state, first=year, last=year))
    return Table(rows, Coverage(spans=tuple(spans), by_hand=True, as_of=HANDMADE[name]))


def _say_what_is_missing(tables: dict[str, Table], by_hand: dict[str, list[tuple]], echo: Callable) -> None:
    """Tell where the tables kept by hand no longer fit the crashes just read."""
    if "large-crashes" not in tables:
        return
    large = tables["large-crashes"].rows
    named = {row[:2] for row in by_hand["counties"]}
    for state, county in sorted({(row[1], row[4]) for row in large if row[4]} - named):
        echo(f"counties: no name for county {county} in {state}; add it to {RESOURCES['counties']['path']}.")
    cases = {(str(row[0]), row[1], str(row[2])) for row in large}
    for row in by_hand["set-aside"]:
        if row[:3] not in cases:
            echo(f"set-aside: {' '.join(row[:3])} is not among the large crashes just read.")


def _replace(out: Path, files: dict[str, bytes]) -> None:
    """Put all files in place, or none, at whatever moment the program is killed.

    They are written into a folder of their own, whose name then changes to `NEW` in one step. From there on
    they are the set that `pileup.record.tables` reads, and `_settle` moves them to their places, now or in
    the next build. (Exchanging the whole folder, as `pileup.base.swap` does, would take away cases that
    someone edits.)
    """
    stage = out / _UNFINISHED
    try:
        write_files(files, stage)
        for path in (*stage.rglob("*"), stage):
            _sync(path)
        for place in {(out / path).parent for path in files}:
            place.mkdir(parents=True, exist_ok=True)
            if not os.access(place, os.W_OK):
                raise PermissionError(f"{place} is read-only")
        os.rename(stage, out / NEW)
    except OSError as error:
        raise PileupError(f"{out}: the tables cannot be written ({error}).") from None
    finally:  # an interrupt too
        shutil.rmtree(stage, ignore_errors=True)
    _settle(out)


def _settle(out: Path) -> None:
    """Move the files of a finished set to their places, and remove what a killed build left unfinished."""
    new = out / NEW
    try:
        _sync(out)
        for file in sorted(path for path in new.rglob("*") if path.is_file()):
            os.replace(file, out / file.relative_to(new))
    except OSError as error:
        raise PileupError(
            f"{out}: the new tables are whole and are read from {new}, but cannot be moved to their places "
            f"({error}); mend that and build again."
        ) from None
    for folder in (new, out / _UNFINISHED):
        shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk: a loss of power then leaves what a kill does."""
    with suppress(PermissionError):  # Windows opens no folders
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
