"""Lists what a case file says to look at again, once its day has come."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pileup.base.errors import PileupError
from pileup.case.load import CASES, case_path, known_cases, load_case
from pileup.case.model import CaseFile
from pileup.case.rules import GROUPS
from pileup.files.edition import edition
from pileup.files.parameters import Parameters
from pileup.files.plain import iso_day

#: Which of a part's texts says what it is about; the first that it has counts.
_WORDS = ("question", "statement", "point", "label", "text", "title")


@dataclass(frozen=True, order=True)
class Due:
    """One thing to look at again: since which day, in which case, its id there, and what it is about."""

    date: dt.date
    case: str
    id: str
    question: str


def day(text: str) -> dt.date:
    """Read a day as a user types it.

    Raises
    ------
    PileupError
        It is not a date written YYYY-MM-DD.
    """
    read = iso_day(text)
    if read is None:
        raise PileupError(f"--by {text!r}: not a date written YYYY-MM-DD, such as 2026-12-31")
    return read


def every(own: Sequence[str] = ()) -> list[tuple[str, CaseFile]]:
    """Read the cases that ship and a user's own.

    Parameters
    ----------
    own : sequence of str
        Ids or paths of case files; one that is given twice, or ships anyway, is read once.

    Returns
    -------
    list of tuple of str and CaseFile
        Each case with the name that its report has: its id, or the name of the file of one's own.

    Raises
    ------
    PileupError
        A file is missing or has a fault.
    """
    cases = {CASES / f"{name}.toml": (name, load_case(name)) for name in known_cases()}
    for given in own:
        case, path = load_case(given), case_path(given)
        if path and path.resolve() not in cases:
            cases[path.resolve()] = (path.stem, case)
    return list(cases.values())


def due(cases: Iterable[tuple[str, CaseFile]], by: dt.date) -> list[Due]:
    """List everything in cases that has a day to look again, and that day has come.

    Parameters
    ----------
    cases : iterable of tuple of str and CaseFile
        Each case with its name, as `every` returns them.
    by : date
        The last day that counts.

    Returns
    -------
    list of Due
        By date, then by case and id. What the page leaves out is in it: an editor still has to look.
    """
    return sorted(
        Due(part.look_again, name, part.id, _about(part))
        for name, case in cases
        for group in GROUPS
        for part in getattr(case, group)
        if getattr(part, "look_again", None) and part.look_again <= by
    )


def warnings(chosen: Parameters) -> list[str]:
    """Return, a line each, what is due at the date of a report's edition.

    Raises
    ------
    PileupError
        The case is missing or has a fault.
    """
    case = load_case(chosen.case)
    day = asked.date if (asked := edition(chosen.edition)) else case.case.as_of
    return [
        f"{one.id} is due for a check since {one.date}: {one.question}"
        for one in due([(case.case.id, case)], day)
    ]


def _about(part: object) -> str:
    """Say in one line what a part is about."""
    return " ".join(next(getattr(part, name) for name in _WORDS if hasattr(part, name)).split())
