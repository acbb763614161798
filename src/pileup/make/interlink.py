"""Links a report's pages in several languages: each names the others that stand beside it.

Only after it is in its place can a page know what stands beside it. So a report is made without such links,
and they are written in from its record when it is placed; whoever holds or rebuilds the page later reads them
there, too.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from pileup.make.place import put
from pileup.page import held, look, manifest, record
from pileup.page.files import written
from pileup.page.parts import MORE, REPORT, contents
from pileup.page.record import Record
from pileup.words.language import LANGUAGES, Language


def linked(files: Mapping[str, bytes], alternates: Mapping[Language, str]) -> dict[str, bytes]:
    """Return the files of a report with these links to its pages in other languages, and no others.

    Parameters
    ----------
    files : mapping
        Name and content of each file of a report in a folder of its own.
    alternates : mapping
        By language, the page's own too, the address of each page; empty for a page without such links.

    Returns
    -------
    dict of str to bytes
        The same files where they have these links, or were made by another version of pileup.
    """
    made = _record(files)
    if not made or made.alternates == alternates:
        return dict(files)
    page = files[REPORT.page].decode()
    more = {MORE: files[MORE].decode()} if MORE in files else {}
    drawings, _lost = held.drawings(made, page, more)
    new = replace(made, alternates=dict(alternates))
    changed = {REPORT.page: written(new, drawings)[REPORT.page], record.NAME: new.write()}
    found = {**files, **changed}
    for name in changed:
        found = manifest.relisted(found, name)
    return found


def interlink(folders: Mapping[Language, Path]) -> list[Path]:
    """Link the pages of a report that stand in folders beside each other.

    Parameters
    ----------
    folders : mapping
        By language, the folder of its page; one that holds none is left out.

    Returns
    -------
    list of Path
        The folders that were written anew.

    Raises
    ------
    OSError
        One cannot be written.
    PileupError
        A record is none.
    """
    there = {spoken: contents(folders[spoken]) for spoken in LANGUAGES if spoken in folders}
    made = {spoken: one for spoken, files in there.items() if (one := _record(files))}
    # The public address of a report is that of its folder; from a disk only a file can be opened.
    alternates = {
        spoken: one.base_url or f"../{quote(folders[spoken].name)}/{REPORT.page}"
        for spoken, one in made.items()
    }
    changed = []
    for spoken in made:
        new = linked(there[spoken], alternates if len(made) > 1 else {})
        if new != there[spoken]:
            put(new, folders[spoken], shared=True)
            changed.append(folders[spoken])
    return changed


def _record(files: Mapping[str, bytes]) -> Record | None:
    """Return the record of a report that this very version can write; None where there is none."""
    if record.NAME not in files or REPORT.page not in files:
        return None
    made = record.read(files[record.NAME])
    return made if (made.version, made.theme) == (record.own_version(), look.theme()) else None
