"""The case's dates and places: days between its events, and miles along its road."""

import datetime as dt

from pileup.case.model import Event
from pileup.findings.declare import finding
from pileup.words.language import mark


def _days(first: Event, last: Event) -> int | None:
    """Count the days between two events, if the day of each is known."""
    known = first.precision == last.precision == "day"
    return (last.date - first.date).days if known else None


@finding("case.days_crash_to_verdict", mark("days"), mark("Days from crash to verdict"))
def days_crash_to_verdict(event_crash: Event, event_verdict: Event) -> int | None:
    return _days(event_crash, event_verdict)


@finding("case.days_crash_to_sentence", mark("days"), mark("Days from crash to sentence"))
def days_crash_to_sentence(event_crash: Event, event_sentence: Event) -> int | None:
    return _days(event_crash, event_sentence)


@finding("case.days_sentence_to_commutation", mark("days"), mark("Days from sentence to commutation"))
def days_sentence_to_commutation(event_sentence: Event, event_commutation: Event) -> int | None:
    return _days(event_sentence, event_commutation)


@finding("case.days_crash_to_commutation", mark("days"), mark("Days from crash to commutation"))
def days_crash_to_commutation(event_crash: Event, event_commutation: Event) -> int | None:
    return _days(event_crash, event_commutation)


@finding(
    "case.months_verdict_to_parole",
    mark("months"),
    mark("Whole months from the verdict to the first day on which parole is possible"),
)
def months_verdict_to_parole(event_verdict: Event, role_parole_eligible: dt.date) -> int | None:
    first, last = event_verdict.date, role_parole_eligible
    if not isinstance(last, dt.date) or event_verdict.precision != "day" or last < first:
        return None
    return 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)


@finding(
    "case.miles_ramp_to_crash", mark("miles"), mark("Miles from the escape ramp to the crash, by mileposts")
)
def miles_ramp_to_crash(role_crash_milepost: float, role_ramp_milepost: float) -> float | None:
    posts = (role_crash_milepost, role_ramp_milepost)
    return posts[0] - posts[1] if all(isinstance(post, int | float) for post in posts) else None


@finding(
    "case.days_to_parole_eligibility", mark("days"), mark("Days from this edition to parole eligibility")
)
def days_to_parole_eligibility(role_parole_eligible: dt.date, edition: dt.date) -> int | None:
    return (role_parole_eligible - edition).days if isinstance(role_parole_eligible, dt.date) else None
