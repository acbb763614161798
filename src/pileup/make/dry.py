"""Holds a case's own words against the page's gate, without a notebook: what a report would refuse."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.case.load import hold_translation
from pileup.case.model import CaseFile
from pileup.files.parameters import Parameters
from pileup.files.plain import Place
from pileup.files.toml import Fault
from pileup.page import claims, look, values
from pileup.page.content import Page, Section
from pileup.page.parts import REPORT
from pileup.page.record import Record, own_version
from pileup.story.blocks import BLOCK, Block, Prose
from pileup.story.doubt import told
from pileup.story.fill import fill
from pileup.story.prose import head, ledger
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words.language import LANGUAGES
from pileup.words.translate import catalog_path

_CHAPTER = re.compile(r"chapter (\d+): ")


def refused(case: str) -> list[Fault]:
    """Return what a report would refuse of a case's own words, each with its place in the file.

    Parameters
    ----------
    case : str
        A case that ships, or the path of a file, that has no fault by the rules for case files.

    Returns
    -------
    list
        Pairs of a place and what is wrong there.

    Raises
    ------
    PileupError
        No report can be begun: its law or a table is missing or broken.
    """
    report = Report(Parameters(case=case))
    places: list[Place] = []
    sections: list[Section] = []
    faults: list[Fault] = []
    for place, words in _own(report.written):
        try:
            text = told(report, of_case_file(fill(report, words)), set())
        except PileupError as error:
            faults.append((place, f"{place[-1]}: {error}"))
        except (TypeError, ValueError, AttributeError) as error:
            # A way to write a number that is none for a day, such as {E1|small}.
            faults.append(
                (place, f"{place[-1]} has a name with a way to write it that does not fit: {error}")
            )
        else:
            sections.append(Section(None, str(len(places)), (_block(Prose([text])),)))
            places.append(place)
    if faults:
        return faults
    page = Page("", _block(head(report)), _block(ledger(report)), tuple(sections))
    record = Record(own_version(), look.theme(), "en", "", REPORT, page, (), "", {}, {})
    for line in dict.fromkeys([*values.refused(record), *claims.refused(record)]):
        if found := _CHAPTER.match(line):
            faults.append((places[int(found[1])], line.removeprefix(found[0])))
        elif line.startswith(("headline: ", "the headline: ")):
            faults.append((("case", "title"), line))
    return faults


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
