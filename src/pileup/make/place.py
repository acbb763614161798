"""Puts a finished report in its folder: readers find the whole old page there, or the whole new one.

Plotly's JavaScript stands inside a report's folder, unless that is one of a folder of reports: the project's
`reports/`, a sweep's folder, or one that `pileup publish` fills. There one copy serves all.
"""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from pileup.base.errors import PileupError
from pileup.base.paths import REPORTS, shown
from pileup.base.swap import swap, swap_entries, write_files
from pileup.files.parameters import Parameters
from pileup.page import explore
from pileup.page.parts import is_part
from pileup.words.language import LANGUAGES

#: How a folder begins in which a report is got ready; it is there for a moment, beside the report's folder.
_STAGE = ".report-"
#: Seconds after which nobody is at work in one any more: a run that was killed has left it.
_LEFT = 600
#: What every report has.
_PROOF = ("index.html", "findings.json")
#: Why a folder cannot be exchanged as a whole: its parent is another's, or it is a mount point.
_FOREIGN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV}


def put(files: Mapping[str, bytes], folder: Path, shared: bool = False) -> Path:
    """Put a report in its place, whole or not at all.

    The folder is exchanged in one step (see `pileup.base.swap.swap`). Where its parent cannot be written, or
    it is a mount point, its entries are exchanged instead, the page last: at every moment the page is the
    whole old one or the whole new one, and whatever fails, the old files come back; for a moment, and should
    the program be killed in it, a picture or table beside the page can be newer than the page.

    Parameters
    ----------
    files : mapping
        What `pileup.make.run.build` returns.
    folder : Path
        Where; a report that stands there is replaced.
    shared : bool
        The folder stands in a folder of reports, which has one copy of Plotly's JavaScript for all.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    OSError
        Neither the folder nor its parent can be written; what stood there is there.
    PileupError
        Plotly's JavaScript cannot be written.
    """
    files = explore.shared(files) if shared else explore.alone(files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if shared:
        explore.place_bundle(folder.parent)
    try:
        _exchange(files, folder)
    except OSError as error:
        if error.errno not in _FOREIGN or not folder.is_dir():
            raise
        _exchange_inside(files, folder)
    return folder / "index.html"


def folder_name(chosen: Parameters, case: str, reports: Path) -> str:
    """Name the folder of a report in a folder of reports.

    Parameters
    ----------
    chosen : Parameters
        What it is made with.
    case : str
        The case's name.
    reports : Path
        The folder of reports. Where the report stands there under the name that version 0.1.0 gave it, in
        any language, it keeps that name: links to it, and from one language to another, go on working.
    """
    former = [chosen.model_copy(update={"language": one}).former_id(case) for one in LANGUAGES]
    stands = any((reports / name).is_dir() for name in former)
    return chosen.former_id(case) if stands else chosen.report_id(case)


def stands_in_reports(folder: Path) -> bool:
    """Tell whether a report's folder is one of the project's `reports/`, and that one can take a file."""
    return folder.resolve().parent == REPORTS.resolve() and os.access(REPORTS, os.W_OK)


def check_place(folder: Path) -> None:
    """Refuse a file, and a folder that holds anything else than a report: it would be replaced whole."""
    if folder.exists() and not folder.is_dir():
        raise PileupError(f"--out {shown(folder)}: this is a file; name a folder")
    try:
        stranger = _stranger(folder) if folder.is_dir() else None
    except OSError as error:
        raise PileupError(f"--out {shown(folder)}: cannot be looked into ({error.strerror})") from None
    # Names alone are no proof: a folder that has neither page nor findings is somebody's own.
    if folder.is_dir() and not stranger and not any((folder / one).exists() for one in _PROOF):
        stranger = next((Path(one.name) for one in folder.iterdir() if not one.name.startswith(_STAGE)), None)
    if stranger:
        raise PileupError(
            f"--out {shown(folder)}: the folder holds {stranger}, which is no part of a report; name an empty"
            " or new folder"
        )


def _stranger(folder: Path, inside: Path = Path()) -> Path | None:
    """Return the first that is no part of a report, looking no deeper than a report goes."""
    for path in sorted((folder / inside).iterdir()):
        here = inside / path.name
        if here.parts[0].startswith(_STAGE):
            continue  # left by a run that was killed, or another is at work
        if not is_part(here):
            return here
        if path.is_dir() and (found := _stranger(folder, here)):
            return found
    return None


def try_place(folder: Path) -> None:
    """Make the folders above a report's, and find out whether the report can be written there.

    Raises
    ------
    OSError
        It cannot: why, as the folder's parent tells it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_dir() and not os.access(folder, os.W_OK):  # one that is exchanged is written to, as well
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    try:
        tempfile.TemporaryDirectory(prefix=_STAGE, dir=folder.parent).cleanup()
    except OSError:
        if not folder.is_dir():
            raise
        tempfile.TemporaryDirectory(prefix=_STAGE, dir=folder).cleanup()


def _exchange(files: Mapping[str, bytes], folder: Path) -> None:
    """Exchange the folder as a whole."""
    with tempfile.TemporaryDirectory(prefix=_STAGE, dir=folder.parent) as scratch:
        new = Path(scratch) / "new"
        write_files(files, new)
        swap(new, folder, Path(scratch) / "old")


def _exchange_inside(files: Mapping[str, bytes], folder: Path) -> None:
    """Exchange what the folder holds, writing nowhere else."""
    for left in folder.glob(f"{_STAGE}*"):
        if time.time() - left.stat().st_mtime > _LEFT:
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_STAGE, dir=folder) as scratch:
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        write_files(files, new)
        old.mkdir()
        going = [one.name for one in folder.iterdir() if not one.name.startswith(_STAGE)]
        swap_entries(new, folder, old, going, last="index.html")
