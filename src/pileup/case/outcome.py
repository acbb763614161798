"""What came of a case: which terms stand, what of them is compared, and what the file must say of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pileup.files.plain import near

if TYPE_CHECKING:
    from pileup.case.model import CaseFile, Term
    from pileup.files.toml import Checked, Fault

    File = Checked[CaseFile]

#: How a case turned out. The first six have no sentence that stands; the others say what is compared: a
#: number of years, both ends of a range, how many have life or go to no prison, each of several people.
type Kind = Literal[
    "untold",
    "not charged",
    "pending",
    "acquitted",
    "convicted",
    "vacated",
    "fixed",
    "range",
    "life",
    "no prison",
    "several",
]
#: The forms of a term that have a length, and those that are a stay behind bars.
LONG, SERVED = ("prison", "jail", "suspended", "probation"), ("prison", "jail")


@dataclass(frozen=True)
class Outcome:
    """How a case turned out.

    Attributes
    ----------
    kind : str
        One of `Kind`.
    terms : tuple of Term
        The terms imposed that stand: one, or several that one person has together, or one a person.
    vacated : tuple of Term
        Those that were taken away again.
    """

    kind: Kind
    terms: tuple[Term, ...] = ()
    vacated: tuple[Term, ...] = ()

    @property
    def compared(self) -> Term | None:
        """The one term whose years are set beside those of others; none where no number would be right."""
        return self.terms[0] if self.kind in ("fixed", "range") else None

    @property
    def sentenced(self) -> bool:
        """Whether a sentence stands that can be set beside those of others in some way."""
        return self.kind in ("fixed", "range", "life", "no prison", "several")


def outcome(case: CaseFile) -> Outcome:
    """Say how a case turned out.

    Parameters
    ----------
    case : CaseFile
        Its terms say it, or else `outcome` in [case].
    """
    imposed = case.terms("imposed")
    vacated = tuple(term for term in imposed if term.vacated_by)
    stands = tuple(term for term in imposed if not term.vacated_by)
    people = {term.of for term in stands}
    if not stands:
        return Outcome("vacated" if vacated else case.case.outcome or "untold", (), vacated)
    if len(people) > 1:
        return Outcome("several", stands, vacated)
    # Probation beside a term of prison is not what is compared.
    behind = [term for term in stands if term.form in ("life", *SERVED)]
    if any(term.form == "life" for term in behind):
        return Outcome("life", tuple(behind), vacated)
    if not behind:
        return Outcome("no prison", stands, vacated)
    low, high = ends(behind[0])
    return Outcome("range" if low < high else "fixed", tuple(behind), vacated)


def ends(term: Term) -> tuple[float, float]:
    """Return the shorter and the longer end of a term with years, in years."""
    low, high = term.years_min, term.years_max
    if low is None or high is None:
        raise ValueError(f"term {term.id} has no years")
    return low, high


def faults(file: File) -> Iterator[Fault]:
    """Give every fault in what a file says of how the case turned out."""
    terms, people = file.model.term or [], file.model.defendant or []
    known = {one.id for one in people}
    events = {one.id for one in file.model.event or []}
    for term in terms:
        yield from _length(file, term)
        if term.of and term.of not in known and file.whole("defendant"):
            yield (
                file.place(term, "of"),
                f"of names {term.of!r}, which is no [[defendant]]{near(term.of, known)}; add one, or drop it",
            )
        if term.vacated_by and term.vacated_by not in events and file.whole("event"):
            guess = near(term.vacated_by, events)
            yield (
                file.place(term, "vacated_by"),
                f"vacated_by names {term.vacated_by!r}, which is no [[event]]{guess}",
            )
    yield from _whose(file)
    yield from _said(file)


def _length(file: File, term: Term) -> Iterator[Fault]:
    """A term has the years that its form has, and says of its form what its label says."""
    given = [name for name in ("years_min", "years_max") if getattr(term, name) is not None]
    if term.form == "fine" and given:
        yield file.place(term, given[0]), f"{given[0]} is given and a fine has no years; drop it"
    elif len(given) == 1 or (term.form in LONG and not given):
        lacks = next(name for name in ("years_min", "years_max") if name not in given)
        yield (
            file.place(term),
            f"{lacks} is missing; a term of {term.form} has both ends, years_min and years_max",
        )
    elif given and term.years_max == 0:
        right = 'form = "probation", "fine" or "suspended", with its own length'
        yield (
            file.place(term, "years_max"),
            f"years_max is 0; no prison is not a term of 0 years: {right}, is right",
        )
    elif term.form == "life" and given and term.years_min != term.years_max:
        yield file.place(term, "years_min"), "life has one number of years on top of it, or none"
    if term.form == "prison" and "life" in term.label.lower().replace(",", " ").split():
        yield (
            file.place(term, "label"),
            'label says life; form = "life" is right, with the years on top, if any',
        )
    if term.form == "prison" and term.label.lower().startswith("probation"):
        yield file.place(term, "label"), 'label says probation; form = "probation" is right, with its length'


def _whose(file: File) -> Iterator[Fault]:
    """Of several defendants each term says whose it is; a person has one term behind bars that stands."""
    people, terms = file.model.defendant or [], file.model.term or []
    if len(people) > 1:
        for term in terms:
            if term.kind in ("imposed", "commuted") and not term.of:
                names = ", ".join(one.id for one in people)
                yield (
                    file.place(term),
                    f"there are several defendants; of is missing: one of {names} is right",
                )
    seen: set[str | None] = set()
    for term in terms:
        if term.kind != "imposed" or term.vacated_by or term.form not in ("life", *SERVED):
            continue
        if term.of in seen:
            yield (
                file.place(term),
                "a second term that was imposed on one person and stands; give one in all, the one that was"
                " taken away with vacated_by, and [[defendant]] parts and of where they are several people's",
            )
        seen.add(term.of)


def _said(file: File) -> Iterator[Fault]:
    """What [case] says of the outcome agrees with the terms."""
    case = file.model.case
    if case is None or not case.outcome or not file.whole("term"):
        return
    stands = [term for term in file.model.term or [] if term.kind == "imposed" and not term.vacated_by]
    if stands and case.outcome != "convicted":
        yield (
            ("case", "outcome"),
            f'outcome is "{case.outcome}" and {stands[0].id} was imposed and stands; drop one, or say in the'
            " term which event vacated it (vacated_by)",
        )
