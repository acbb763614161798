"""What comes from outside: tables, facts, dates, terms, the law and parameters, by the name of an input.

This is the only place in the room that reads anything. A name is a prefix and what is meant: `table_crashes`,
`role_vehicles` (the fact with that role), `parameter_state`, `term_imposed`, `event_crash`.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel

from pileup.base.errors import PileupError
from pileup.case.group import load_group
from pileup.case.law import Law
from pileup.case.model import CaseFile, Event, Fact, Term, printed
from pileup.case.outcome import outcome
from pileup.files.parameters import Parameters
from pileup.findings.declare import mark_of
from pileup.findings.engine import AbsentError, Leaf
from pileup.record.coverage import covered
from pileup.record.tables import describe, load_table
from pileup.words import written
from pileup.words.language import _

#: Which of several terms of a kind a report speaks of: the first, or the last.
_TERMS = {"asked": 0, "commuted": -1}


class World:
    """The inputs of one report.

    Parameters
    ----------
    parameters : Parameters
        What was asked for; what the case says anyway is at its default.
    case, written : CaseFile
        The case in the language of the report, and as its file has it: marks are those of the file, so that
        a translation changes none.
    law : tuple of Law, or None
        The law in the language of the report and as its file has it, where the case names one.
    edition : date
        The date printed on the page.
    """

    def __init__(
        self,
        parameters: Parameters,
        case: CaseFile,
        written: CaseFile,
        law: Callable[[], tuple[Law, Law]] | None,
        edition: dt.date,
    ) -> None:
        self._parameters = parameters
        self._case = case
        self._written = written
        self._law = law
        self._edition = edition

    def __call__(self, name: str) -> Leaf:
        """Return an input by its name.

        Raises
        ------
        AbsentError
            The case does not have it.
        PileupError
            There is no such input.
        """
        kind, _sep, what = name.partition("_")
        whole = getattr(self, f"_{name}_whole", None)
        one = getattr(self, f"_one_{kind}", None)
        if whole:
            return whole()
        if one and what:
            return one(what)
        raise PileupError(
            f"findings: nothing makes an input called {name!r}; inputs are the functions of pileup.findings,"
            f" and what {__name__} names"
        )

    def marks(self) -> dict[str, str]:
        """Return the mark of each part of the case, of the law and of each parameter, used or not.

        A number that is gone has gone with one of them, and then nothing asks for the others any more.
        """
        case = self._written
        found = {f"fact.{one.id}": _mark_of_fact(one) for one in case.fact}
        found |= {f"term.{one.id}": _mark_of_term(one) for one in case.term}
        found |= {f"event.{one.id}": _mark_of_event(one) for one in case.event}
        leaves = [
            self._counts_whole(),
            self._comparables_whole(),
            self._case_state_whole(),
            self._years_whole(),
        ]
        leaves += [self._one_parameter(name) for name in ("state", "vehicles", "deaths", "exclusions")]
        leaves += [self._edition_whole(), *([self._law_whole()] if self._law else [])]
        return found | {name: mark for leaf in leaves for name, mark in leaf.marks.items()}

    def _one_table(self, what: str) -> Leaf:
        name = what.replace("_", "-")
        return Leaf(load_table(name), name, mark_of_table(name))

    def _one_coverage(self, what: str) -> Leaf:
        name = what.replace("_", "-")
        return Leaf(covered(name), name, mark_of_table(name))

    def _one_parameter(self, what: str) -> Leaf:
        value = getattr(self._parameters, what)
        said = _("parameter {name}").format(name=what)
        return Leaf(value, said, {f"parameter.{what}": mark_of(repr(value))})

    def _one_role(self, what: str) -> Leaf:
        fact = self._case.by_role(what)
        if fact is None:
            raise AbsentError(what)
        said = _("fact {id}").format(id=fact.id)
        return Leaf(fact.value, said, {f"fact.{fact.id}": _mark_of_fact(self._written.by_role(what) or fact)})

    def _one_term(self, what: str) -> Leaf:
        term = self._term(what)
        if term is None:
            raise AbsentError(what)
        said = _("term {id}").format(id=term.id)
        return Leaf(term, said, {f"term.{term.id}": _mark_of_term(term)})

    def _term(self, kind: str) -> Term | None:
        """Return the term of a kind that others are set beside: one of prison, and of one person."""
        found = outcome(self._case)
        if kind == "imposed":
            return found.compared
        terms = [term for term in self._case.terms(kind) if term.form == "prison" and not term.vacated_by]
        return terms[_TERMS[kind]] if terms and found.kind != "several" else None

    def _one_event(self, what: str) -> Leaf:
        event = next((event for event in self._case.event if event.kind == what), None)
        if event is None:
            raise AbsentError(what)
        said = _("event {id}").format(id=event.id)
        return Leaf(event, said, {f"event.{event.id}": _mark_of_event(event)})

    def _years_whole(self) -> Leaf:
        chosen = (self._parameters.first_year, self._parameters.last_year)
        held = covered("crashes").among(*chosen).held
        said = _("years {years}").format(years=written.years_held(held))
        names = ("parameter.first_year", "parameter.last_year")
        return Leaf(chosen, said, {name: mark_of(repr(of)) for name, of in zip(names, chosen, strict=True)})

    def _edition_whole(self) -> Leaf:
        said = _("edition of {date}").format(date=written.day(self._edition))
        return Leaf(self._edition, said, {"parameter.edition": mark_of(repr(self._edition))})

    def _counts_whole(self) -> Leaf:
        marks = {f"count.{one.id}": _mark(one) for one in self._written.count}
        return Leaf(self._case.count or None, _("counts"), marks)

    def _comparables_whole(self) -> Leaf:
        marks = {f"comparable.{one.id}": _mark(one) for one in printed(self._written.comparable)}
        return Leaf(printed(self._case.comparable) or None, _("comparables"), marks)

    def _case_state_whole(self) -> Leaf:
        return self._of_case(self._case.case.state)

    def _case_crash_whole(self) -> Leaf:
        return self._of_case(self._case.crash)

    def _of_case(self, value: object) -> Leaf:
        crash = self._written.crash
        key = (self._written.case.state, crash.date, crash.fars_year, crash.fars_state, crash.fars_case)
        if crash.precision != "day":  # the mark of a day is as it was
            key = (*key, crash.precision)
        return Leaf(value, _("case: its state, date and FARS key"), {"case.file": mark_of(repr(key))})

    def _law_whole(self) -> Leaf:
        if self._law is None:
            raise AbsentError("law")
        law, written = self._law()
        said = _("law file {name}").format(name=law.law.jurisdiction)
        return Leaf(law, said, {"law.file": _mark(written)})

    def _outcome_whole(self) -> Leaf:
        found = outcome(self._case)
        if not found.sentenced:
            raise AbsentError("outcome")
        marks = {f"term.{term.id}": _mark_of_term(term) for term in found.terms}
        return Leaf(found, _("the terms that were imposed"), marks)

    def _own_group_whole(self) -> Leaf:
        path = self._parameters.group
        if not path:
            raise AbsentError("own_group")
        group = load_group(path)
        marks = {"table.own-group": mark_of(repr(group)), "parameter.group": mark_of(Path(path).name)}
        return Leaf(group, "own-group", marks)


def mark_of_table(name: str) -> dict[str, str]:
    """Return the mark of what a table holds, by its id: its rows and its coverage.

    Parameters
    ----------
    name : str
        The table's name, such as `crashes`.
    """
    described = describe(name)
    return {f"table.{name}": mark_of(f"{described['hash']} {described['coverage']}")}


def _mark_of_fact(fact: Fact) -> str:
    return mark_of(repr((fact.value, fact.role)))


def _mark_of_term(term: Term) -> str:
    length = (term.kind, term.years_min, term.years_max)
    rest = (term.form, term.of, term.vacated_by)
    # A term of before there were other forms has the mark that it had.
    return mark_of(repr(length if rest == ("prison", None, None) else (*length, *rest)))


def _mark_of_event(event: Event) -> str:
    return mark_of(repr((event.kind, event.date, event.precision)))


def _mark(part: BaseModel) -> str:
    return mark_of(part.model_dump_json())
