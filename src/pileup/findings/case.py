"""Findings on the case itself: days between its dates, counts, and the sentence rebuilt from the law."""

import datetime as dt
from typing import TYPE_CHECKING

from pileup.findings.record import Findings, Input
from pileup.words.language import _, mark

if TYPE_CHECKING:
    from pileup.story.report import Report

#: By id: from which event to which, and what that is called.
_DAYS = {
    "case.days_crash_to_verdict": ("crash", "verdict", mark("Days from crash to verdict")),
    "case.days_crash_to_sentence": ("crash", "sentence", mark("Days from crash to sentence")),
    "case.days_sentence_to_commutation": (
        "sentence",
        "commutation",
        mark("Days from sentence to commutation"),
    ),
    "case.days_crash_to_commutation": ("crash", "commutation", mark("Days from crash to commutation")),
}


def _fact(name: str) -> Input:
    return Input(_("fact {id}").format(id=name), (f"fact.{name}",))


def _term(name: str) -> Input:
    return Input(_("term {id}").format(id=name), (f"term.{name}",))


def add_dates(found: Findings, report: "Report") -> None:
    """Count the days between the events that every case of this kind has."""
    for name, (first, last, label) in _DAYS.items():
        start, end = report.event(first), report.event(last)
        if start and end:
            found.add(
                name,
                (end.date - start.date).days,
                mark("days"),
                _(label),
                Input(
                    _("events {first}, {last}").format(first=start.id, last=end.id),
                    (f"event.{start.id}", f"event.{end.id}"),
                ),
            )
    ramp, crash = report.case.by_role("ramp_milepost"), report.case.by_role("crash_milepost")
    if ramp and crash and isinstance(ramp.value, int | float) and isinstance(crash.value, int | float):
        found.add(
            "case.miles_ramp_to_crash",
            crash.value - ramp.value,
            mark("miles"),
            _("Miles from the escape ramp to the crash, by mileposts"),
            Input(
                _("fact {one} - fact {other}").format(one=crash.id, other=ramp.id),
                (f"fact.{crash.id}", f"fact.{ramp.id}"),
            ),
        )
    eligible = report.case.by_role("parole_eligible")
    if eligible and isinstance(eligible.value, dt.date):
        found.add(
            "case.days_to_parole_eligibility",
            (eligible.value - report.edition).days,
            mark("days"),
            _("Days from this edition to parole eligibility"),
            _fact(eligible.id),
            Input(_("edition {date}").format(date=report.edition), ("parameter.edition",)),
        )


def add_sentence(found: Findings, report: "Report") -> None:
    """Add the sentence, its counts, and the total that the law file gives for them."""
    imposed = report.case.terms("imposed")[0]
    found.add(
        "sentence.imposed_years",
        imposed.years_max,
        mark("years"),
        _("The sentence that was imposed"),
        _term(imposed.id),
    )
    commuted = report.case.terms("commuted")
    if commuted:
        found.add(
            "sentence.commuted_years",
            commuted[-1].years_max,
            mark("years"),
            _("The sentence after commutation"),
            _term(commuted[-1].id),
        )
    counts = report.case.count
    if not counts:
        return
    charged = Input(_("counts"), tuple(f"count.{count.id}" for count in counts))
    found.add(
        "sentence.counts_tried",
        sum(count.tried for count in counts),
        mark("counts"),
        _("Counts on which the jury gave a verdict"),
        charged,
    )
    found.add(
        "sentence.counts_guilty",
        sum(count.guilty for count in counts),
        mark("counts"),
        _("Counts of conviction"),
        charged,
    )
    found.add(
        "sentence.counts_not_guilty",
        sum(count.not_guilty for count in counts),
        mark("counts"),
        _("Acquittals"),
        charged,
    )
    consecutive = [count for count in counts if count.run == "consecutive"]
    found.add(
        "sentence.counts_consecutive",
        sum(count.guilty for count in consecutive),
        mark("counts"),
        _("Counts whose terms ran one after another"),
        charged,
    )
    found.add(
        "sentence.counts_concurrent",
        sum(count.guilty for count in counts if count.run == "concurrent"),
        mark("counts"),
        _("Counts whose terms ran at the same time"),
        charged,
    )
    if not report.has_law:
        return
    law = Input(_("law file {name}").format(name=report.law.law.jurisdiction), ("law.file",))
    found.add(
        "sentence.rebuilt_years",
        report.built.lowest_years,
        mark("years"),
        _("The lowest total that the law allowed, rebuilt count by count"),
        law,
        charged,
    )
    found.add(
        "sentence.highest_years",
        report.built.highest_years,
        mark("years"),
        _("The highest total that the law allowed"),
        law,
        charged,
    )
    found.add(
        "sentence.all_concurrent_years",
        report.all_concurrent.lowest_years,
        mark("years"),
        _("The lowest total if every term ran at the same time"),
        law,
        charged,
    )
    for step in report.built.steps:
        if step.adds_min:
            found.add(
                f"sentence.adds.{step.offence}",
                step.adds_min,
                mark("years"),
                _("What the counts of {offence} add").format(offence=step.label),
                law,
                charged,
            )
            found.add(
                f"sentence.each.{step.offence}",
                step.each_min,
                mark("years"),
                _("The lowest term on each count of {offence}").format(offence=step.label),
                law,
            )
