"""Publishes a checked report as a dated edition, keeps every earlier one, and rebuilds a published page.

The current page of a report stands in `DIR/ID/`, its editions in `DIR/editions/ID/DATE/`. The archive is no
part of the report's own folder, because `pileup report` replaces that folder whole, and because a page's
folder is to hold the same files wherever it is made.
"""

import datetime as dt
import os
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.base.swap import swap, write_files
from pileup.case.load import known_cases, load_case
from pileup.case.model import CaseFile
from pileup.files import parameters
from pileup.files.parameters import Parameters
from pileup.files.plain import iso_day
from pileup.page import explore
from pileup.page.check import check_page, page_path
from pileup.publish.diff import changed_numbers, compare, covered
from pileup.publish.published import Page, read_page
from pileup.words import written

ARCHIVE = "editions"
#: Made from the rest of a report, so that a kept copy may leave them out: pictures, scripts, embeds.
_DERIVED = ("*.png", "*.js", "embeds/*")


def publish(folder: Path, to: Path, case: str = "") -> tuple[Path, Path]:
    """Publish a report: keep it as the edition of its date, and make it the current page.

    Parameters
    ----------
    folder : Path
        A finished report, as `pileup report` writes it; it stays as it is.
    to : Path
        The folder of published reports.
    case : str
        The case file, where the case is none of those that ship.

    Returns
    -------
    tuple of Path and Path
        The current page, and the edition's.

    Raises
    ------
    PileupError
        With `faults`, one a line: the guard finds faults, or a published number changed and the case file
        has no entry for it. Also where the edition is older than the last one, or its date has an edition
        with other content. Nothing is written then.
    """
    if not folder.is_dir():
        raise PileupError(f"{folder}: no folder; give the folder of a report")
    faults = check_page(folder).faults
    if faults:
        lines = [f"{shown(folder / 'index.html')}: {fault}" for fault in faults]
        raise PileupError("the page is not published: " + "; ".join(lines), lines)
    page = read_page(folder)
    chosen, known = asked(page, case)
    name = chosen.undated().report_id(page.case)
    place = to.resolve() / name
    archive = to.resolve() / ARCHIVE / name
    if place.resolve().is_relative_to(folder.resolve()) and place.resolve() != folder.resolve():
        raise PileupError(f"{shown(folder)}: holds {shown(to)}, the folder to publish to; give one report")
    try:
        return _publish(page, known, place, archive)
    except OSError as error:
        raise PileupError(f"cannot write {shown(place)}: {error.strerror or error}") from None


def _publish(page: Page, case: CaseFile, place: Path, archive: Path) -> tuple[Path, Path]:
    """Hold the report against the last edition, and write it: the archive first, then the current page."""
    folder = page.path.parent.resolve()
    files = explore.shared(contents(folder))
    dated = _dated(archive)
    # A page that was published before there were editions becomes the first of them.
    first = place if not dated and (place / "index.html").is_file() and place.resolve() != folder else None
    last = read_page(first or dated[max(dated)]) if first or dated else None
    if last:
        _refuse_other_date(page, last, files)
        _refuse_silent(page, last, case)
    archive.mkdir(parents=True, exist_ok=True)
    edition = archive / page.edition.isoformat()
    with tempfile.TemporaryDirectory(prefix=".publish-", dir=place.parent) as scratch:
        made: list[Path] = []
        _put_library(page, [place.parent, archive], Path(scratch))
        if first and last:
            _put_library(last, [archive], Path(scratch))
        try:
            if first and last:
                made += _keep(
                    explore.shared(contents(first)),
                    archive / last.edition.isoformat(),
                    Path(scratch) / "first",
                )
            made += _keep(files, edition, Path(scratch) / "edition")
            if not place.is_dir() or contents(place) != files:
                write_files(files, Path(scratch) / "current")
                swap(Path(scratch) / "current", place, Path(scratch) / "old")
        except BaseException:  # an interrupt too: an edition that is not published is none
            for number, one in enumerate(reversed(made)):
                one.rename(Path(scratch) / f"withdrawn-{number}")
            raise
    return place / "index.html", edition / "index.html"


def _keep(files: dict[str, bytes], edition: Path, scratch: Path) -> list[Path]:
    """Write an edition into the archive in one step, unless it stands there; return what was made."""
    if edition.exists():
        return []
    write_files(files, scratch)
    scratch.rename(edition)
    return [edition]


def _put_library(page: Page, folders: list[Path], scratch: Path) -> None:
    """Put the library that a page explores its charts with there, in one step, where it is not yet."""
    if not page.library:
        return
    own = page.path.parent
    here = next((one / page.library for one in (own, own.parent) if (one / page.library).is_file()), None)
    for folder in folders:
        if (folder / page.library).is_file():
            continue
        if here:
            content = here.read_bytes()
        else:
            if page.library != explore.BUNDLE:
                raise PileupError(
                    f"{shown(page.path)}: expects {page.library} in its folder or beside it; make the report"
                    " again"
                )
            content = explore.bundle()
        (scratch / page.library).write_bytes(content)
        (scratch / page.library).replace(folder / page.library)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a report by their names in it, hidden ones left out."""
    names = {path: path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for path, name in names.items()
        if not any(part.startswith(".") for part in name.parts)
    }


def _dated(archive: Path) -> dict[dt.date, Path]:
    """Return the editions of a report by their dates."""
    found = {}
    for one in sorted(archive.iterdir()) if archive.is_dir() else []:
        if not one.is_dir():
            continue  # the script library, which editions share
        day = iso_day(one.name)
        if day is None:
            raise PileupError(f"{shown(one)}: no edition; a folder named YYYY-MM-DD is right")
        found[day] = one
    return found


def _refuse_other_date(page: Page, last: Page, files: dict[str, bytes]) -> None:
    """Refuse an edition that is older than the last one, or has its date and is not the same.

    A page is cited by its edition's date; two pages with one date could not be told apart.
    """
    last_folder = last.path.parent
    if page.edition < last.edition:
        raise PileupError(
            f"{shown(page.path)}: the edition of {page.edition} is older than the last one, {last.edition}"
        )
    kept = explore.shared(contents(last_folder))
    if page.edition == last.edition and kept != files:
        name = next(iter(_differences(kept, files)))
        raise PileupError(
            f"{shown(page.path)}: the edition of {page.edition} is published already and differs ({name});"
            " make the page with a later date: move as_of on in the case file, or use -p edition"
        )


def _refuse_silent(page: Page, last: Page, case: CaseFile) -> None:
    """Refuse a page on which a published number changed and no entry of the case file says so."""
    changed = changed_numbers(compare(last, page), last, page)
    answered = covered(changed, confirmed(case, last.edition, page.edition))
    lines = [
        f"{name}: {one['label'].rstrip('.')}: {one['old']} "
        + ("is gone" if one["new"] is None else f"became {one['new']}")
        + "; the case file has no [[correction]] or [[update]] with this number, dated after"
        f" {last.edition} and not after {page.edition}"
        for name, one in changed.items()
        if not answered[name]
    ]
    if lines:
        count = f"{written.small(len(lines))} published {written.plural(len(lines), 'number')}"
        raise PileupError(
            f"{shown(page.path)}: {count} changed without an entry; `pileup diff {shown(last.path.parent)}"
            f" {shown(page.path.parent)}` proposes them: " + "; ".join(lines),
            lines,
        )


def confirmed(case: CaseFile, after: dt.date, until: dt.date) -> set[str]:
    """Return the ids that the case's corrections and updates name.

    Parameters
    ----------
    case : CaseFile
        The case; its lists `correction` and `update`, each entry with `date` and perhaps `number`.
    after, until : datetime.date
        Entries count that are dated after the last edition and not after the new one: an older entry tells
        of an older change.
    """
    return {
        entry.number
        for kind in ("correction", "update")
        for entry in getattr(case, kind, [])
        if entry.number and after < entry.date <= until
    }


def asked(page: Page, case: str = "", group: str = "") -> tuple[Parameters, CaseFile]:
    """Return what a page was made with, checked, and its case.

    Parameters
    ----------
    page : Page
        The page.
    case : str
        A case file, where the case is none of those that ship.
    group : str
        The group file, where the page was made with one.

    Raises
    ------
    PileupError
        The case does not ship and no file was given, the file is another case's, or what the page says of
        its parameters is not right.
    """
    if not case and page.case not in known_cases():
        raise PileupError(
            f"{shown(page.path)}: the case {page.case!r} does not ship; give it with --case FILE"
        )
    known = load_case(case or page.case)
    if known.case.id != page.case:
        raise PileupError(f"--case {case}: this is the case {known.case.id!r}; the page is of {page.case!r}")
    values = page.parameters | {"case": case or page.case} | ({"group": group} if group else {})
    try:
        chosen = parameters.check(values)
    except PileupError as error:
        raise PileupError(f"{shown(page.path)}: its findings.json: {error}") from None
    return chosen.beyond(known.own()), known


def reproduce(given: str | Path, case: str = "", group: str = "") -> tuple[list[str], list[str]]:
    """Rebuild a page from what it says of itself, and compare every byte.

    Parameters
    ----------
    given : str or Path
        A report's folder or its page, or a page in a single file.
    case, group : str
        The case file and the group file, where the page was made with one that does not ship.

    Returns
    -------
    tuple of two lists of str
        What differs, one line a file, with the first place; empty where all is the same. And the pictures,
        scripts and embeds that the kept copy leaves out, as the repository does, so that nothing of them
        could be compared.

    Raises
    ------
    PileupError
        There is no such page, or it cannot be rebuilt.
    """
    from pileup.make.run import make_report, write_single

    path = page_path(given)
    page = read_page(path)
    chosen, _ = asked(page, case, group)
    if chosen.group and not group:
        raise PileupError(
            f"{shown(path)}: was made with a group file, {chosen.group}; give it with --group FILE"
        )
    with tempfile.TemporaryDirectory(prefix="reproduce-") as scratch, _empty_cache(Path(scratch) / "cache"):
        again = make_report(chosen, Path(scratch) / "report", progress=False, base_url=page.base_url)
        if (path.parent / "findings.json").is_file():
            old, new = contents(path.parent), contents(again.parent)
            if page.library not in old:
                new = explore.shared(new)
        else:
            write_single(again, Path(scratch) / path.name)
            old, new = ({path.name: one.read_bytes()} for one in (path, Path(scratch) / path.name))
    absent = [name for name in new if name not in old and any(map(PurePath(name).match, _DERIVED))]
    return list(_differences(old, {name: new[name] for name in new if name not in absent})), absent


@contextmanager
def _empty_cache(folder: Path) -> Generator[None]:
    """Let nothing be taken from the user's cache of drawings: a rebuilt page is drawn anew."""
    name = "XDG_CACHE_HOME"
    was = os.environ.get(name)
    os.environ[name] = str(folder)
    try:
        yield
    finally:
        os.environ.pop(name)
        if was is not None:
            os.environ[name] = was


def _differences(old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    """Yield which files differ, and where the first difference is."""
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield f"{name}: a rebuilt report has no such file"
        elif name not in old:
            yield f"{name}: missing; a rebuilt report has it"
        elif old[name] != new[name]:
            yield f"{name}: {_first(old[name], new[name])}"


def _first(old: bytes, new: bytes) -> str:
    """Say where two files begin to differ, with what stands there."""
    shorter = min(len(old), len(new))
    place = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    if b"\0" in old or b"\0" in new:
        return f"from byte {place + 1} on, of {len(old):,}; rebuilt it has {len(new):,}"
    line = old.count(b"\n", 0, place) + 1
    column = place - (old.rfind(b"\n", 0, place) + 1) + 1
    here = [repr(one[max(0, place - 20) : place + 20].decode(errors="replace")) for one in (old, new)]
    return f"line {line}, byte {column}: {here[0]}, rebuilt {here[1]}"
