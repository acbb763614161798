"""Findings on the case itself: days between its dates, counts, and the sentence rebuilt from the law."""

import datetime as dt
from typing import TYPE_CHECKING

from pileup.story.findings.record import Findings

if TYPE_CHECKING:
    from pileup.story.report import Report


def add_dates(found: Findings, report: "Report") -> None:
    """Count the days between the events that every case of this kind has."""
    pairs = {
        "case.days_crash_to_verdict": ("crash", "verdict"),
        "case.days_crash_to_sentence": ("crash", "sentence"),
        "case.days_sentence_to_commutation": ("sentence", "commutation"),
        "case.days_crash_to_commutation": ("crash", "commutation"),
    }
    for name, (first, last) in pairs.items():
        start, end = report.event(first), report.event(last)
        if start and end:
            found.add(
                name,
                (end.date - start.date).days,
                "days",
                f"Days from {first} to {last}",
                f"events {start.id}, {end.id}",
            )
    ramp, crash = report.case.by_role("ramp_milepost"), report.case.by_role("crash_milepost")
    if ramp and crash and isinstance(ramp.value, int | float) and isinstance(crash.value, int | float):
        found.add(
            "case.miles_ramp_to_crash",
            crash.value - ramp.value,
            "miles",
            "Miles from the escape ramp to the crash, by mileposts",
            f"fact {crash.id} - fact {ramp.id}",
        )
    eligible = report.case.by_role("parole_eligible")
    if eligible and isinstance(eligible.value, dt.date):
        found.add(
            "case.days_to_parole_eligibility",
            (eligible.value - report.edition).days,
            "days",
            "Days from this edition to parole eligibility",
            f"fact {eligible.id}",
            f"edition {report.edition}",
        )


def add_sentence(found: Findings, report: "Report") -> None:
    """Add the sentence, its counts, and the total that the law file gives for them."""
    imposed = report.case.terms("imposed")[0]
    found.add(
        "sentence.imposed_years",
        imposed.years_max,
        "years",
        "The sentence that was imposed",
        f"term {imposed.id}",
    )
    commuted = report.case.terms("commuted")
    if commuted:
        found.add(
            "sentence.commuted_years",
            commuted[-1].years_max,
            "years",
            "The sentence after commutation",
            f"term {commuted[-1].id}",
        )
    counts = report.case.count
    if not counts:
        return
    found.add(
        "sentence.counts_tried",
        sum(count.tried for count in counts),
        "counts",
        "Counts on which the jury gave a verdict",
        "counts",
    )
    found.add(
        "sentence.counts_guilty",
        sum(count.guilty for count in counts),
        "counts",
        "Counts of conviction",
        "counts",
    )
    found.add(
        "sentence.counts_not_guilty",
        sum(count.not_guilty for count in counts),
        "counts",
        "Acquittals",
        "counts",
    )
    consecutive = [count for count in counts if count.run == "consecutive"]
    found.add(
        "sentence.counts_consecutive",
        sum(count.guilty for count in consecutive),
        "counts",
        "Counts whose terms ran one after another",
        "counts",
    )
    found.add(
        "sentence.counts_concurrent",
        sum(count.guilty for count in counts if count.run == "concurrent"),
        "counts",
        "Counts whose terms ran at the same time",
        "counts",
    )
    if not report.has_law:
        return
    law = f"law file {report.law.law.jurisdiction}"
    found.add(
        "sentence.rebuilt_years",
        report.built.lowest_years,
        "years",
        "The lowest total that the law allowed, rebuilt count by count",
        law,
        "counts",
    )
    found.add(
        "sentence.highest_years",
        report.built.highest_years,
        "years",
        "The highest total that the law allowed",
        law,
        "counts",
    )
    found.add(
        "sentence.all_concurrent_years",
        report.all_concurrent.lowest_years,
        "years",
        "The lowest total if every term ran at the same time",
        law,
        "counts",
    )
    for step in report.built.steps:
        if step.adds_min:
            found.add(
                f"sentence.adds.{step.offence}",
                step.adds_min,
                "years",
                f"What the counts of {step.label} add",
                law,
                "counts",
            )
            found.add(
                f"sentence.each.{step.offence}",
                step.each_min,
                "years",
                f"The lowest term on each count of {step.label}",
                law,
            )
