"""What came of a case, in words: each form of a term, and why there is nothing to compare."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pileup.case.model import CaseFile, Term
from pileup.case.outcome import Outcome, ends, outcome
from pileup.words import written
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Number, Text

if TYPE_CHECKING:
    from pileup.story.report import Report

#: What came of it where no sentence stands. Each is a sentence of its own.
_NONE = {
    "untold": mark("The case file has no sentence that was imposed, so there is nothing to compare."),
    "not charged": mark("Nobody was charged, so there is no sentence to compare."),
    "pending": mark("The charges are pending, so there is no sentence to compare."),
    "acquitted": mark("The trial ended in an acquittal, so there is no sentence to compare."),
    "convicted": mark("The sentence is not known to the case file, so there is nothing to compare."),
    "vacated": mark("The sentence was taken away again and none stands, so there is nothing to compare."),
}


def no_sentence(case: CaseFile) -> str:
    """Say why there is no sentence to set beside those of others; empty where there is one."""
    return _(_NONE.get(outcome(case).kind, "")) if not outcome(case).sentenced else ""


def no_years(case: CaseFile) -> str:
    """Say why there is no number of years to set beside those of others; empty where there is one."""
    found = outcome(case)
    if found.compared:
        return ""
    return (
        no_sentence(case)
        or {
            "life": _("Life is no number of years, so no multiple of it is told."),
            "no prison": _("The sentence is no prison term, so no multiple of it is told."),
            "several": _("Several people were sentenced, each on their own, so no one sentence is compared."),
        }[found.kind]
    )


def said(term: Term) -> str:
    """Say what a term is: "110 years", "5 to 15 years", "life and 99 years", "5 years of probation"."""
    low, high = term.years_min, term.years_max
    years = "" if low is None or high is None else _years(low, high)
    match term.form:
        case "life":
            return _("life and {years}").format(years=years) if years else _("life")
        case "jail":
            return _("{years} in jail").format(years=years)
        case "suspended":
            return _("{years}, suspended").format(years=years)
        case "probation":
            return _("{years} of probation").format(years=years)
        case "fine":
            return _("a fine")
        case _:
            return years


def person(case: CaseFile, term: Term) -> str:
    """Return whose term it is."""
    return next((one.person for one in case.defendant if one.id == term.of), case.case.person)


def _years(low: float, high: float) -> str:
    if high < 1:
        months = written.reach(12 * low, 12 * high)
        return ngettext("{months} month", "{months} months", 12 * high).format(months=months)
    return ngettext("{years} year", "{years} years", high).format(years=written.reach(low, high))


def imposed(report: "Report") -> Text:
    """Return the sentence, each number with its origin: "110", "5 to 15", "life", those of several people."""
    found = outcome(report.case)
    if not found.compared:
        return linked_terms(found.terms)
    longer = _number(report, "sentence.imposed_years")
    if "sentence.imposed_least_years" not in report.findings:
        return (longer,)
    shorter = _number(report, "sentence.imposed_least_years")
    before, between, after = _("{low} to {high}").replace("{low}", "\n").replace("{high}", "\n").split("\n")
    return tuple(run for run in (before, shorter, between, longer, after) if run)


def linked_terms(terms: Iterable[Term]) -> Text:
    """Return what some terms are, each with its origin."""
    every = list(terms)
    between = written.join(["\n"] * len(every)).split("\n")  # the words between the items of a list
    parts = [(words, *text(term)) for words, term in zip(between, every, strict=False)]
    return tuple(run for part in parts for run in part if run)


def text(term: Term) -> Text:
    """Return what a term is, with its origin: its years as a number, life or no prison in words."""
    origin, words = f"term.{term.id}", said(term)
    if term.form != "prison":
        return (Number(origin, words, words),)
    low, high = ends(term)
    years = ngettext("year", "years", high)
    return Number(origin, written.span(low, high), written.reach(low, high)), f" {years}"


def _number(report: "Report", name: str) -> Number:
    years = report.findings.value(name)
    return Number(name, years, written.number(years))


def together(found: Outcome) -> str:
    """Say the terms that stand, in the order of the file."""
    return written.join([said(term) for term in found.terms])
