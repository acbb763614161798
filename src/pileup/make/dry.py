"""Holds a case's own words against the page's gate, without a notebook: what a report would refuse."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.case.load import hold_translation
from pileup.case.model import CaseFile
from pileup.files import toml
from pileup.files.parameters import Parameters
from pileup.files.plain import Place
from pileup.files.toml import Fault
from pileup.page import claims, look, values
from pileup.page.content import Page, Section
from pileup.page.parts import REPORT
from pileup.page.record import Record, own_version
from pileup.story.blocks import BLOCK, Block, Prose
from pileup.story.doubt import told
from pileup.story.fill import SHOWN, fill
from pileup.story.prose import head, ledger
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words.language import LANGUAGES
from pileup.words.translate import catalog_path

_CHAPTER = re.compile(r"chapter (\d+): ")
#: The part of a fault's line that says where it is.
_WHERE = re.compile(r".*?, line \d+: ")
#: What stands in for a name that nothing answers to while the rest of its text is held.
_INSTEAD = "[so many](case.file)"
#: What a case file is called in a line that tells a fault.
KIND = "case file"


def refused(case: str, read: CaseFile) -> list[Fault]:
    """Return what a report would refuse of a case's own words, each with its place in the file.

    Parameters
    ----------
    case : str
        A case that ships, or the path of a file.
    read : CaseFile
        What it holds. Where the rules for case files found faults in it, those are the first to be mended.

    Returns
    -------
    list
        Pairs of a place and what is wrong there.

    Raises
    ------
    PileupError
        No report can be begun: its law or a table is missing or broken.
    """
    report = Report(Parameters(case=case), read)
    places: list[Place] = []
    sections: list[Section] = []
    faults: list[Fault] = []
    replaced: dict[Place, str] = {}
    for place, words in _own(report.written):
        says, filled = _names_held(report, words)
        if says:
            replaced[place] = filled
            faults += [(place, f"{place[-1]}{one}") for one in says]
        text = told(report, of_case_file(fill(report, filled)), set())
        sections.append(Section(None, str(len(places)), (_block(Prose([text])),)))
        places.append(place)
    report.case = _with(report.case, replaced)
    page = Page("", _block(head(report)), _block(ledger(report)), tuple(sections))
    record = Record(own_version(), look.theme(), "en", "", REPORT, page, (), "", {}, {})
    for line in dict.fromkeys([*values.refused(record), *claims.refused(record)]):
        if found := _CHAPTER.match(line):
            faults.append((places[int(found[1])], line.removeprefix(found[0])))
        elif line.startswith(("headline: ", "the headline: ")):
            faults.append((("case", "title"), line))
    return faults


def _names_held(report: Report, words: str) -> tuple[list[str], str]:
    """Return what is wrong with the names in braces of a text, and the text with plain words for those."""
    says, whole = list[str](), words
    for name in dict.fromkeys(re.findall(r"\{[^{}]*\}", words)):
        try:
            fill(report, name)
        except PileupError as error:
            alone, among = (f"“{text[:SHOWN]}…”" for text in (name, whole))
            says.append(f": {error}".replace(alone, among))
        except (TypeError, ValueError, AttributeError) as error:
            # A way to write a number that is none for a day, such as {E1|small}.
            says.append(f" has a name with a way to write it that does not fit: {error}")
        else:
            continue
        words = words.replace(name, _INSTEAD)
    return says, words


def _with(case: CaseFile, replaced: dict[Place, str]) -> CaseFile:
    """Return a case with other words at some places, so that all the rest is held all the same."""
    own = {str(place[1]): words for place, words in replaced.items() if place[0] == "case"}
    changed: dict[str, Any] = {"case": case.case.model_copy(update=own)}
    for group in ("passage", "account"):
        changed[group] = [
            part.model_copy(update={"text": replaced[place]})
            if (place := (group, n, "text")) in replaced
            else part
            for n, part in enumerate(getattr(case, group))
        ]
    return case.model_copy(update=changed)


def line_told(fault: str) -> int:
    """Return the line of a file that a fault tells of, to put faults in order; 0 where it tells none."""
    found = re.match(r".*?, line (\d+): ", fault)
    return int(found[1]) if found else 0


def besides(path: Path, known: list[str]) -> list[str]:
    """Return what a report would refuse of a file's words, besides faults that its rules found.

    Parameters
    ----------
    path : Path
        The file.
    known : list of str
        Those faults, one a line, as `load_case` tells them.

    Returns
    -------
    list of str
        More such lines; none where a part of the file is not valid, or no report can be begun with it.
    """
    try:
        read = toml.read(path, CaseFile, KIND)
        found = refused(str(path), read)
    except (PileupError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return []
    more = []
    for line in toml.lines(path, KIND, found):
        where = _WHERE.match(line)
        same = [one for one in known if where and one.startswith(where[0])]
        name = re.search(r"\{[^{}]*\}", line.partition("text of case")[2])
        if not any(name and f"names {name[0].partition('|')[0].rstrip('}')}" in one for one in same):
            more.append(line)
    return [line for line in more if line not in known]


def untranslated(case: CaseFile, path: Path) -> list[str]:
    """Return what would stop a report in another language: faults of the catalogs that stand beside a case.

    Parameters
    ----------
    case : CaseFile
        The case.
    path : Path
        Its file.
    """
    found: list[str] = []
    for spoken in LANGUAGES[1:]:
        if catalog_path(path, spoken).is_file():
            try:
                hold_translation(case, path, spoken)
            except PileupError as error:
                found += error.faults or [str(error)]
    return found


def _own(case: CaseFile) -> Iterator[tuple[Place, str]]:
    """Yield the texts of a case that are filled, with their places."""
    for key in ("standfirst", "status_now", "note"):
        if words := getattr(case.case, key):
            yield ("case", key), words
    for group in ("passage", "account"):
        for n, part in enumerate(getattr(case, group)):
            if not getattr(part, "off_page", None):
                yield (group, n, "text"), part.text


def _block(shown: Block) -> dict[str, Any]:
    """Return a block as a cell's output has it."""
    return shown._repr_mimebundle_()[BLOCK]
