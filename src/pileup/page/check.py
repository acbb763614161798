"""The guard: a page with a fault is not published; a finished one is held against what was placed on it."""

import base64
import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote, unquote

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.page import (
    allowed,
    claims,
    embed,
    explore,
    held,
    look,
    manifest,
    markup,
    own_numbers,
    record,
    structure,
    values,
    withdrawn,
)
from pileup.page.files import written
from pileup.page.manifest import Manifest
from pileup.page.parts import LEDGER, MORE, REPORT, Place, contents
from pileup.page.record import Record
from pileup.page.single import single, unpacked
from pileup.words import language

#: What a page may weigh, in bytes; and the longest that is read at all, which has its tables inside.
MOST_BYTES, MOST_READ = 1_000_000, 8_000_000
#: How many elements that may not stand in a page are told.
MOST_TOLD = 500


@dataclass(frozen=True)
class Checked:
    """What the guard found: the page, its faults, and what it could not hold or does not know, one a line."""

    page: Path
    faults: list[str]
    notes: list[str]


def check(made: Record, files: Mapping[str, bytes], others: set[str]) -> None:
    """Refuse a report with a fault before it is written.

    Parameters
    ----------
    made : Record
        What is placed on the page.
    files : mapping
        The files written from it.
    others : set of str
        Names of the other files that will stand beside the page.

    Raises
    ------
    PileupError
        One line with every fault.
    """
    with language.using(made.language):
        found = [
            *values.refused(made),
            *claims.refused(made),
            *_rules(made, files, _names(made, {*files, *others})),
        ]
    if found:
        raise PileupError("the page is not published: " + "; ".join(dict.fromkeys(found)))


def _names(made: Record, files: set[str]) -> set[str]:
    """Return the names of all files of a report."""
    return {*files, *(made.place.files + name for name in (record.NAME, manifest.NAME))}


def _rules(
    made: Record, files: Mapping[str, bytes], names: set[str], scripts: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Say what the pages of a report have that they may not, and what they lack."""
    anchors = {
        name: frozenset(re.findall(anchor, files[made.place.files + name].decode(errors="replace")))
        for name, anchor in ((LEDGER, r'<li [^>]*?id="([^"]*)"'), (MORE, r'<\w+ [^>]*?\bid="([^"]*)"'))
        if made.place.files + name in files
    }
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        said = "" if name == made.place.page else f"{name}: "
        folder, own = posixpath.split(name)
        beside = {quote(posixpath.relpath(one, folder or ".")) for one in names}
        is_embed = folder == f"{made.place.files}embeds"
        taken = frozenset({embed.script(own.removesuffix(".html"))}) if is_embed else scripts
        try:
            root = markup.read(content.decode())
        except (PileupError, UnicodeDecodeError) as error:
            yield f"{said}{error}"
            continue
        more = name == made.place.files + MORE
        place = Place(MORE) if more else made.place
        yield from (f"{said}{one}" for one in islice(allowed.refused(root, taken, place), MOST_TOLD))
        found = structure.refused(root, beside, story=not said or more, anchors=anchors, limits=not more)
        yield from (f"{said}{one}" for one in found)
        if not said:
            yield from _weight(content)


def _weight(content: bytes) -> Iterator[str]:
    # What a single file carries along stands beside any other page: tables to be saved, script, the ledger.
    beside = rb'href="data:[^"]*"|<script>.*?</script>|<div id="ledger">.*?(?=<footer>)'
    size = len(re.sub(beside, b"", content, flags=re.DOTALL))
    if size > MOST_BYTES:
        yield f"the page weighs {size:,} bytes; the most is {MOST_BYTES:,}"


def page_path(given: str | Path) -> Path:
    """Return the page of a report that is given by its folder or by the page.

    Raises
    ------
    PileupError
        There is no such page.
    """
    path = Path(given)
    page = path / REPORT.page if path.is_dir() else path
    if not page.is_file():
        raise PileupError(f"{given}: no page; give a page that pileup made, or its folder")
    return page


def read_html(page: Path) -> str:
    """Return a page's text.

    Raises
    ------
    PileupError
        It is too long to be one, or no text.
    """
    try:
        if page.stat().st_size > MOST_READ:
            raise PileupError(
                f"{shown(page)}: {page.stat().st_size:,} bytes; no page that pileup made has more than"
                f" {MOST_READ:,}"
            )
        return page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise PileupError(f"{shown(page)}: no page; give a page that pileup made, or its folder") from None


_INSIDE = r'href="data:application/{}(?:\+\w+)?;base64,([A-Za-z0-9+/=]+)" download="{}"'


def inside(html: str, name: str) -> bytes | None:
    """Return a file that a page in a single file carries, or None where it carries no such file."""
    found = re.search(_INSIDE.format(r"(?:json|gzip)", re.escape(name)), html)
    if not found:
        return None
    try:
        content = base64.b64decode(found[1])
        return unpacked(content) if name.endswith(".gz") else content
    except (ValueError, zlib.error):
        return b""


def read_record(page: Path, html: str) -> Record | None:
    """Return the record of a page, beside it or inside it; None where the page is from before there were any.

    Raises
    ------
    PileupError
        It is missing, though the page names it, or it is none.
    """
    carried = inside(html, f"{record.NAME}.gz")
    if carried is not None:
        return record.read(carried, f"{shown(page)}: the record inside it")
    place = Place.of(page)
    beside = page.parent / place.files / record.NAME
    if beside.is_file():
        return record.read(beside.read_bytes(), shown(beside))
    # A page of 0.1 had no policy either, and no manifest.
    newer = "Content-Security-Policy" in html or (beside.parent / manifest.NAME).exists()
    if newer or f'{record.NAME}"' in html:
        raise PileupError(f"{shown(beside)}: is missing; make the report again")
    return None


def check_page(path: str | Path) -> Checked:
    """Look for faults in a page that is made already.

    Parameters
    ----------
    path : str or Path
        A page, or the folder of a report. What was placed on it is read from the record beside the page, or
        inside it where the page is a single file.

    Returns
    -------
    Checked
        The page, its faults, and what could not be held.

    Raises
    ------
    PileupError
        There is no page, or nothing says what was placed on it, or another version of pileup made it.
    """
    page = page_path(path)
    withdrawn.refuse(page.parent)
    html = read_html(page)
    made = read_record(page, html)
    if made is None:
        return _before_records(page, html, contents(page.parent, Place.of(page)))
    if (made.version, made.theme) != (record.own_version(), look.theme()):
        raise PileupError(
            f"{shown(page)}: made with pileup {made.version}, theme {made.theme[:8]}; this is"
            f" {record.own_version()}, theme {look.theme()[:8]}: check it with that version, or make the"
            " report again"
        )
    with language.using(made.language):
        alone = not (page.parent / Place.of(page).files / manifest.NAME).exists()
        if alone and inside(html, f"{record.NAME}.gz") is not None:
            return Checked(page, list(dict.fromkeys(_single(page, html, made))), [])
        return _folder(page, made, contents(page.parent, Place.of(page)))


def listed(page: Path, files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest of a report.

    Parameters
    ----------
    page : Path
        The page.
    files : mapping
        The files of the report, as `pileup.page.parts.contents` returns them.

    Raises
    ------
    PileupError
        It is missing, or none.
    """
    own = Place.of(page).files + manifest.NAME
    where = shown(page.parent / own)
    if own not in files:
        raise PileupError(f"{where}: is missing; make the report again")
    return manifest.read(files[own], where)


def refuse_changed(page: Path, files: Mapping[str, bytes]) -> None:
    """Refuse a report of which a file is missing, empty or changed.

    Raises
    ------
    PileupError
        With `faults`, one a file.
    """
    lines = [
        f"{shown(page.parent)}: {one}" for one in manifest.refused(listed(page, files), files, Place.of(page))
    ]
    if lines:
        raise PileupError("; ".join(lines), lines)


def _folder(page: Path, made: Record, files: dict[str, bytes]) -> Checked:
    """Hold a report's folder: the list of its files, each file against the record, the rules for pages."""
    own, known = made.place.files, listed(page, files)
    told = [*manifest.refused(known, files, made.place), *_library(made, page.parent, files)]
    told += _other_origin(known, made)
    told += [
        f"{own}{record.NAME}: the page in {language.NAMES[spoken]} is to stand at {address} and does not"
        for spoken, address in made.alternates.items()
        if "://" not in address and not (page.parent / unquote(address)).is_file()
    ]
    files = explore.shared(files)
    if page.name != made.place.page or page.name not in files:
        raise PileupError(
            f"{shown(page)}: was made as {made.place.page}; give it that name, or make it again"
        )
    drawn = (".html", ".svg")
    texts = {
        name.removeprefix(own): content.decode(errors="replace")
        for name, content in files.items()
        if name.endswith(drawn)
    }
    drawings, lost = held.drawings(made, files[made.place.page].decode(errors="replace"), texts)
    found = [*values.refused(made), *claims.refused(made), *lost]
    again = written(made, drawings)
    for name, content in again.items():
        if name in files:
            found += _told(made, name, content, files[name])
    pictures = {own + name: mark for name, mark in made.pictures.items()}
    found += held.pictures(pictures, files)
    strange = set(known.files) ^ {*again, *pictures, own + record.NAME}
    found += [f"{name}: the manifest and the record do not both name it" for name in sorted(strange)]
    there = {name: files[name] for name in again if name in files}
    found += _rules(made, there, _names(made, {*again, *pictures}))
    # What is told by value need not be told again by its checksum.
    named = {fault.partition(": ")[0] for fault in found}
    named |= {made.place.page} if found else set()
    found += [one for one in told if one.partition(": ")[0] not in named]
    notes = []
    if absent := manifest.absent(known, files):
        notes.append(f"{len(absent)} files that can be made again are not there to be held: {_few(absent)}")
    if others := manifest.others(known, files, made.place):
        notes.append(f"{_few(others)}: no part of the report, not looked at")
    return Checked(page, list(dict.fromkeys(found)), notes)


def _other_origin(known: Manifest, made: Record) -> Iterator[str]:
    """Say where a manifest names another version or other inputs than the record."""
    if known.version != made.version:
        yield f"{manifest.NAME}: made with pileup {known.version}; {made.version} is right, by the record"
    named = {name: mark for name, mark in known.inputs.items() if name not in ("notebook", "working")}
    for name in sorted({name for name, _mark in named.items() ^ made.inputs.items()}):
        there, right = named.get(name, "nothing"), made.inputs.get(name, "nothing")
        yield f"{manifest.NAME}: names {there} as {name}; {right} is right, by the record"


def _few(names: list[str]) -> str:
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")


def _told(made: Record, name: str, right: bytes, there: bytes) -> Iterator[str]:
    try:
        for fault in held.refused(name, right, there):
            yield fault.removeprefix(f"{made.place.page}: ")
    except PileupError as error:  # not a page as pileup writes one
        yield f"{name}: {error}"


def _single(page: Path, html: str, made: Record) -> Iterator[str]:
    """Hold a page in a single file."""
    yield from values.refused(made)
    yield from claims.refused(made)
    drawings, lost = held.drawings(made, html, {})
    yield from lost
    files = {**written(made, drawings), made.place.files + record.NAME: made.write()}
    files |= {made.place.files + name: b"" for name in made.pictures}  # left out, with their links
    counts = own_numbers.carried(html)
    if counts and record.fingerprint(counts) != made.pictures.get(own_numbers.COUNTS):
        yield f"{own_numbers.COUNTS}: the table inside the page is not the one that was made for it"
    files[made.place.files + own_numbers.COUNTS] = counts
    again = single(files[made.place.page].decode(), files)
    yield from _told(made, made.place.page, again.encode(), html.encode())
    yield from _rules(
        made, {made.place.page: html.encode()}, {page.name}, frozenset({own_numbers.inlined(files)})
    )


def _before_records(page: Path, html: str, files: Mapping[str, bytes]) -> Checked:
    """Look at a page from before there were records: by the rules alone."""
    try:
        root = markup.read(html)
    except PileupError as error:
        raise PileupError(f"{shown(page)}: {error}") from None
    found = [one for one in allowed.refused(root) if "Content-Security-Policy" not in one]
    found += [*structure.refused(root, {*files, page.name})]
    found += _weight(html.encode())
    note = "made by pileup 0.1, without a record: its words and numbers cannot be held by value"
    return Checked(page, list(dict.fromkeys(found)), [note])


def _library(made: Record, folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    """Say where the script of a report would not find Plotly's JavaScript, or something else in its place."""
    script = files.get(made.place.files + explore.SCRIPT)
    if not made.library or script is None:  # a kept copy, which offers nothing
        return
    own = explore.library(script)
    if own and own != made.library:
        yield f"{explore.SCRIPT}: loads {own}; {made.library} is right"
    place, where = (
        (folder, "beside the page")
        if made.place.files
        else (folder, "in the report's folder")
        if own
        else (folder.parent, "beside it")
    )
    library = place / made.library
    if not library.is_file():
        yield f"{explore.SCRIPT}: loads {made.library}, which does not stand {where}"
    elif made.library == explore.BUNDLE and library.read_bytes() != explore.bundle():
        yield f"{made.library}: is not Plotly's JavaScript as the installed package has it"
