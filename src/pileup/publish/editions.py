"""Publishes a checked report as a dated edition, keeps every earlier one, and rebuilds a published page.

The current page of a report stands in `DIR/ID/`, its editions in `DIR/editions/ID/DATE/` (`DATE-2` for the
second of a day). The archive is no part of the report's own folder, because `pileup report` replaces that
folder whole, and because a page's folder is to hold the same files wherever it is made.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

import nbformat

from pileup.base.errors import PileupError
from pileup.base.paths import DATA, shown
from pileup.base.swap import swap, write_files
from pileup.case.load import case_path, known_cases, load_case, written_files
from pileup.case.model import CaseFile, Change
from pileup.files import parameters
from pileup.files.edition import FORM, MOST, Edition
from pileup.files.edition import edition as read_edition
from pileup.files.parameters import Parameters
from pileup.files.plain import iso_day
from pileup.make.interlink import interlink, linked
from pileup.make.place import folder_name
from pileup.page import explore, look, notebook, working
from pileup.page.check import check_page, page_path
from pileup.page.listing import names
from pileup.page.manifest import sha256
from pileup.page.parts import contents, is_derived, is_part
from pileup.page.withdrawn import Withdrawn, withdrawn
from pileup.publish.diff import changed_numbers, compare, covered
from pileup.publish.published import Page, read_page
from pileup.record.tables import describe
from pileup.story.prose.opening import NOTICE_DAYS, on_top
from pileup.story.prose.record import change_mark
from pileup.words import language, written

ARCHIVE = "editions"
_AGAIN = "make the report again with `pileup report`"


def publish(
    folder: Path,
    to: Path,
    case: str = "",
    group: str = "",
    progress: bool = False,
    tell: Callable[[str], None] = lambda _line: None,
) -> tuple[Path, Path]:
    """Make a report again and publish it: keep it as its edition, and make it the current page.

    Parameters
    ----------
    folder : Path
        A finished report, as `pileup report` writes it; it stays as it is. Only what is made again from its
        inputs is published, and only if that is the same.
    to : Path
        The folder of published reports.
    case, group : str
        The case file and the group file, where the page was made with one that does not ship.
    progress : bool
        Show a progress bar.
    tell : callable
        Is told of files that are no part of a report, and so are not published.

    Returns
    -------
    tuple of Path and Path
        The current page, and the edition's.

    Raises
    ------
    PileupError
        With `faults`, one a line: the guard finds faults, the report made again differs, or a published
        number changed and the case file has no entry for it. Also where an input is missing or another, or
        the edition is older than the last one, was withdrawn, or stands there with other content. Nothing is
        written then.
    """
    if not folder.is_dir():
        raise PileupError(f"{folder}: no folder; give the folder of a report")
    named_inputs(read_page(folder, whole=False))  # a page from before there were manifests ends here
    faults = check_page(folder).faults
    if faults:
        lines = [f"{shown(folder / 'index.html')}: {fault}" for fault in faults]
        raise PileupError("the page is not published: " + "; ".join(lines), lines)
    page = read_page(folder)
    chosen, known = asked(page, case, group)
    name = folder_name(chosen.undated(), page.case, to)
    place = to.resolve() / name
    archive = to.resolve() / ARCHIVE / name
    if place.resolve().is_relative_to(folder.resolve()) and place.resolve() != folder.resolve():
        raise PileupError(f"{shown(folder)}: holds {shown(to)}, the folder to publish to; give one report")
    last = _last(page, place, archive)
    if last:
        _refuse_silent(page, last, known)
    standing = last if last and last.edition == page.edition else None
    # An edition that stands without its working is not another one for having it.
    files = _made_again(page, chosen, progress, tell, working=not standing or standing.working)
    try:
        paths = _publish(page, files, last, place, archive)
        interlink(_beside(place))
        return paths
    except OSError as error:
        raise PileupError(f"cannot write {shown(place)}: {error.strerror or error}") from None


def _beside(place: Path) -> dict[language.Language, Path]:
    """Return where the current pages of a report stand, in each language, of which the name tells last."""
    endings = {one: f"-language-{one}" * (one != "en") for one in language.LANGUAGES}
    spoken = next((end for end in endings.values() if end and place.name.endswith(end)), "")
    return {one: place.with_name(place.name.removesuffix(spoken) + end) for one, end in endings.items()}


def _plain(folder: Path) -> dict[str, bytes]:
    """Return a report's files as an edition holds them: without links to pages in other languages."""
    return linked(explore.shared(contents(folder)), {})


def _made_again(
    page: Page, chosen: Parameters, progress: bool, tell: Callable[[str], None], working: bool
) -> dict[str, bytes]:
    """Return the files of a report made again from its inputs; refuse a draft that differs from them.

    With `working` they have the numbered notebooks beside them, whether or not the draft has.
    """
    old, new = contents(page.path.parent), rebuild(page, chosen, progress)
    whole = new if page.working or not working else rebuild(page, chosen, progress, working=True)
    if page.library not in old:
        new = explore.shared(new)
    for name in [name for name in old if name not in new and not is_part(PurePath(name))]:
        tell(f"{shown(page.path.parent / name)}: no part of a report; it is not published")
        del old[name]
    absent = {name for name in new if name not in old and is_derived(PurePath(name))}
    lines = [
        f"{shown(page.path.parent)}: {line}"
        for line in _differences(old, {name: new[name] for name in new if name not in absent})
    ]
    if lines:
        raise PileupError(
            "the page is not published: made again from its inputs it differs: " + "; ".join(lines), lines
        )
    return linked(explore.shared(whole), {})


def _last(page: Page, place: Path, archive: Path) -> Page | None:
    """Return the last edition that stands, and refuse a page that cannot be the next."""
    dated = _dated(archive)
    standing = [one for one in dated if not withdrawn(dated[one])]
    gone = withdrawn(dated[page.edition]) if page.edition in dated else None
    if gone:
        raise PileupError(
            f"{shown(page.path)}: the edition of {page.edition} was withdrawn on {gone.date} and cannot be"
            f" published again; {_as_next(page.edition)}"
        )
    # A page that was published before there were editions becomes the first of them.
    alone = not dated and (place / "index.html").is_file() and place.resolve() != page.path.parent.resolve()
    last = read_page(place if alone else dated[max(standing)]) if alone or standing else None
    newest = max([*dated, *([last.edition] if last else [])], default=page.edition)
    if page.edition < newest:
        raise PileupError(
            f"{shown(page.path)}: the edition of {page.edition} is older than the last one, {newest}"
        )
    return last


def _as_next(edition: Edition) -> str:
    """Say how a page gets an edition of its own."""
    second = (
        f"make it again with -p edition {edition.next}, or " if edition.number < MOST else "make it again "
    )
    return f"{second}with a later date: move as_of on in the case file, or use -p edition"


def _publish(
    page: Page, files: dict[str, bytes], last: Page | None, place: Path, archive: Path
) -> tuple[Path, Path]:
    """Write a report that may be published: the archive first, then the current page."""
    if last:
        _refuse_other(page, last, files)
    first = last if last and last.path.parent == place else None
    archive.mkdir(parents=True, exist_ok=True)
    edition = archive / str(page.edition)
    with tempfile.TemporaryDirectory(prefix=".publish-", dir=place.parent) as scratch:
        made: list[Path] = []
        _put_library(page, [place.parent, archive], Path(scratch))
        if first:
            _put_library(first, [archive], Path(scratch))
        try:
            if first:
                made += _keep(_plain(place), archive / str(first.edition), Path(scratch) / "first")
            made += _keep(files, edition, Path(scratch) / "edition")
            if not place.is_dir() or _plain(place) != files:
                write_files(files, Path(scratch) / "current")
                swap(Path(scratch) / "current", place, Path(scratch) / "old")
        except BaseException:  # an interrupt too: an edition that is not published is none
            for number, one in enumerate(reversed(made)):
                one.rename(Path(scratch) / f"withdrawn-{number}")
            raise
    return place / "index.html", edition / "index.html"


def withdraw(name: str, text: str, reason: str, date: str, to: Path) -> list[Path]:
    """Take an edition back: its files go, and a dated notice stands in its place.

    It stands in the archive and, where the edition is the current page, there too, until another one is
    published. Should the program be killed between the two, the same command finishes.

    Parameters
    ----------
    name : str
        The report, as its folder is named.
    text : str
        The edition, as its folder is named.
    reason : str
        Why, for readers: one sentence.
    date : str
        The day of the withdrawal, YYYY-MM-DD.
    to : Path
        The folder of published reports.

    Returns
    -------
    list of Path
        The notices, that of the archive first.

    Raises
    ------
    PileupError
        There is no such edition, or the reason or the day is none. Nothing is written then.
    """
    place, archive, which = to.resolve() / name, to.resolve() / ARCHIVE / name, read_edition(text)
    reason = reason.strip()
    if not which:
        raise PileupError(f"edition {text!r}: {FORM} is right")
    if not (iso_day(date) and date >= which.date.isoformat()):
        raise PileupError(f"--date {date!r}: a day such as {which.date}, not before the edition, is right")
    if not reason.isprintable() or len(reason) > 300 or not reason.endswith((".", "!", "?")):
        raise PileupError("--reason: one sentence for readers is right, with its full stop, on one line")
    kept = archive / str(which)
    gone = withdrawn(kept)
    here = not withdrawn(place) and (place / "index.html").is_file()
    current = here and read_page(place, whole=False).edition == which
    # A run that was killed has left them, with files of the edition perhaps.
    left = [*to.resolve().glob(".withdraw-*"), *to.resolve().glob(".publish-*")]
    if gone and not current and not left:
        raise PileupError(f"{shown(kept)}: was withdrawn on {gone.date} already")
    if not name or not (current or kept.is_dir()):
        raise PileupError(f"{shown(kept)}: no such edition; {_known(archive, name)}")
    notice = gone or _notice(read_page(place if current else kept, whole=False), reason, date)
    try:
        for one in left:
            shutil.rmtree(one)
        archive.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".withdraw-", dir=to.resolve()) as scratch:
            done: list[Path] = []
            places = [*([] if gone else [kept]), *([place] if current else [])]
            try:
                for one in places:
                    new = Path(scratch) / f"new-{len(done)}"
                    write_files(notice.files(), new)
                    swap(new, one, Path(scratch) / f"old-{len(done)}")
                    done.append(one)
            except BaseException:  # an interrupt too: both or none
                for number, one in enumerate(done):
                    if (old := Path(scratch) / f"old-{number}").is_dir():
                        swap(old, one, Path(scratch) / f"back-{number}")
                raise
        interlink(_beside(place))  # no page goes on leading to the one that is gone
    except OSError as error:
        raise PileupError(f"cannot write {shown(kept)}: {error.strerror or error}") from None
    return [one / "index.html" for one in (kept, place) if one == kept or withdrawn(place) == notice]


def _notice(page: Page, reason: str, date: str) -> Withdrawn:
    report, publisher = names(page.path)
    return Withdrawn(report, publisher, str(page.edition), date, reason, page.language)


def _known(archive: Path, name: str) -> str:
    """Say which editions there are."""
    dated = _dated(archive) if name else {}
    return f"known are {', '.join(map(str, dated))}" if dated else "`pileup index` lists the reports"


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


def _dated(archive: Path) -> dict[Edition, Path]:
    """Return the editions of a report."""
    found = {}
    for one in sorted(archive.iterdir()) if archive.is_dir() else []:
        if not one.is_dir():
            continue  # the script library, which editions share
        which = read_edition(one.name)
        if which is None:
            raise PileupError(f"{shown(one)}: no edition; a folder named {FORM} is right")
        found[which] = one
    return dict(sorted(found.items()))


def _refuse_other(page: Page, last: Page, files: dict[str, bytes]) -> None:
    """Refuse what has the last edition's date and number and is not the same.

    A page is cited by its edition; two of one name could not be told apart.
    """
    kept = _plain(last.path.parent)
    if page.edition == last.edition and kept != files:
        name = next(iter(_differences(kept, files)))
        raise PileupError(
            f"{shown(page.path)}: the edition of {page.edition} is published already and differs ({name});"
            f" {_as_next(page.edition)}"
        )


def _refuse_silent(page: Page, last: Page, case: CaseFile) -> None:
    """Refuse a page on which a published number changed and no entry of the case file says so."""
    changed = changed_numbers(compare(last, page), last, page)
    entries = new_entries(case, last, page)
    answered = covered(changed, {entry.number for entry in entries if entry.number})
    between = f"dated {last.edition.date} to {page.edition.date}"
    lines = [
        f"{name}: {one['label'].rstrip('.')}: {one['old']} "
        + ("is gone" if one["new"] is None else f"became {one['new']}")
        + f"; the case file has no new [[correction]] or [[update]] with this number, {between}"
        for name, one in changed.items()
        if not answered[name]
    ]
    lines += [
        f"the correction of {one.date}: is too old to stand at the top of the page, where the last"
        f" {NOTICE_DAYS} days stand; date it nearer to {page.edition.date}"
        for one in entries
        if one in case.correction and not on_top(one.date, page.edition.date)
    ]
    if lines:
        count = f"{written.small(len(lines))} published {written.plural(len(lines), 'number')}"
        raise PileupError(
            f"{shown(page.path)}: {count} changed without an entry; `pileup diff {shown(last.path.parent)}"
            f" {shown(page.path.parent)}` proposes them: " + "; ".join(lines),
            lines,
        )


def new_entries(case: CaseFile, last: Page, page: Page) -> list[Change]:
    """Return the case's corrections and updates that came since the last edition.

    An entry counts that is dated after it and not after the new one, or on its very day where the last
    edition has no such entry: an older entry tells of an older change.
    """
    every = [(kind, one) for kind in ("correction", "update") for one in getattr(case, kind)]
    return [
        one
        for kind, one in every
        if last.edition.date < one.date <= page.edition.date
        or (
            last.edition.date == one.date
            and last.changes is not None
            and change_mark(kind, one) not in last.changes
        )
    ]


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
    chosen = chosen.beyond(known.own())
    if chosen.group and not group:
        raise PileupError(
            f"{shown(page.path)}: was made with a group file, {chosen.group}; give it with --group FILE"
        )
    return chosen, known


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
    from pileup.make.run import write_single

    path = page_path(given)
    page = read_page(path, whole=False)
    new = rebuild(page, asked(page, case, group)[0])
    if (path.parent / "findings.json").is_file():
        old = contents(path.parent)
        if page.library not in old:
            new = explore.shared(new)
    else:
        with tempfile.TemporaryDirectory(prefix="reproduce-") as scratch:
            write_files(new, Path(scratch))
            write_single(Path(scratch) / "index.html", Path(scratch) / path.name)
            old, new = ({path.name: one.read_bytes()} for one in (path, Path(scratch) / path.name))
    absent = [name for name in new if name not in old and is_derived(PurePath(name))]
    return list(_differences(old, {name: new[name] for name in new if name not in absent})), absent


def rebuild(
    page: Page, chosen: Parameters, progress: bool = False, working: bool = False
) -> dict[str, bytes]:
    """Make a page again from its inputs: the way of `reproduce` and of `publish`.

    Parameters
    ----------
    page : Page
        The page.
    chosen : Parameters
        What it was made with, as `asked` returns it.
    progress : bool
        Show a progress bar.
    working : bool
        Put the numbered notebooks beside it, even if the page has none.

    Returns
    -------
    dict
        Name and content of each file, as in a folder of its own.

    Raises
    ------
    PileupError
        An input is missing or is not the one that the page names, or the report cannot be made.
    """
    from pileup.make.run import make_report

    _refuse_other_inputs(page, chosen)
    with tempfile.TemporaryDirectory(prefix="reproduce-") as scratch, _empty_cache(Path(scratch) / "cache"):
        again = make_report(
            chosen,
            Path(scratch) / "report",
            progress=progress,
            base_url=page.base_url,
            working=working or page.working,
        )
        return linked(contents(again.parent), page.alternates)


def named_inputs(page: Page) -> dict[str, str]:
    """Return the inputs that a page was made of: what each is, and its sha256.

    Raises
    ------
    PileupError
        It is from before pages named them.
    """
    if not page.inputs:
        raise PileupError(
            f"{shown(page.path)}: made by pileup 0.1, without a manifest that names its inputs; {_AGAIN}"
        )
    return page.inputs


def _refuse_other_inputs(page: Page, chosen: Parameters) -> None:
    """Refuse inputs that are missing, or hold something else than those that the page was made of."""
    case = load_case(chosen.case)
    with language.using(chosen.language):
        own = written_files(case, case_path(chosen.case) or Path(), chosen.group)
    lines = []
    for name, made in sorted(named_inputs(page).items()):
        path, there = _input(name, own)
        said = f"{name} {path.name}" if path else name
        if there is None:
            lines.append(f"{said}: is missing; give the one that the page was made with, or {_AGAIN}")
        elif there != made:
            lines.append(
                f"{said}: has another sha256 than the page was made with; give that one, or {_AGAIN}"
            )
    if lines:
        raise PileupError(f"{shown(page.path)}: cannot be made again: " + "; ".join(lines), lines)


def _input(name: str, own: dict[str, Path]) -> tuple[Path | None, str | None]:
    """Return the file of an input, where it is one, and its sha256; None where it is missing."""
    from pileup.make.run import NOTEBOOK

    if name == "theme":
        return None, look.theme()
    if name == "notebook":
        return NOTEBOOK, notebook.mark(nbformat.read(NOTEBOOK, 4)) if NOTEBOOK.is_file() else None
    if name == "working":
        return None, working.mark()
    path = own.get(name)
    if name.startswith("table."):
        with suppress(PileupError, KeyError):
            path = DATA / str(describe(name.removeprefix("table."))["path"])
    return path, sha256(path.read_bytes()) if path and path.is_file() else None


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
