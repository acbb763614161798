"""The sentence: its years, the counts behind it, and the total that the law makes of them."""

import datetime as dt
from collections.abc import Callable

from pileup.case.law import Built, Law, Step, WhatIf, all_concurrent, rebuild, what_ifs
from pileup.case.model import Count, Crash, Term
from pileup.case.outcome import ends
from pileup.findings.declare import finding, given
from pileup.words.language import mark


@finding("sentence.imposed_years", mark("years"), mark("The sentence that was imposed"))
def imposed_years(term_imposed: Term) -> float:
    return ends(term_imposed)[1]


@finding(
    "sentence.imposed_least_years", mark("years"), mark("The shorter end of the sentence that was imposed")
)
def imposed_least_years(term_imposed: Term) -> float | None:
    low, high = ends(term_imposed)
    return low if low < high else None


@finding("sentence.commuted_years", mark("years"), mark("The sentence after commutation"))
def commuted_years(term_commuted: Term) -> float:
    return ends(term_commuted)[1]


@finding("sentence.counts_tried", mark("counts"), mark("Counts that were decided, by a verdict or a plea"))
def counts_tried(counts: list[Count]) -> int:
    return sum(count.tried for count in counts)


@finding("sentence.counts_guilty", mark("counts"), mark("Counts of conviction"))
def counts_guilty(counts: list[Count]) -> int:
    return sum(count.guilty for count in counts)


@finding("sentence.counts_not_guilty", mark("counts"), mark("Acquittals"))
def counts_not_guilty(counts: list[Count]) -> int:
    return sum(count.not_guilty for count in counts)


def _run(counts: list[Count], how: str) -> int:
    return sum(count.guilty for count in counts if count.run == how)


@finding("sentence.counts_consecutive", mark("counts"), mark("Counts whose terms ran one after another"))
def counts_consecutive(counts: list[Count]) -> int:
    return _run(counts, "consecutive")


@finding("sentence.counts_concurrent", mark("counts"), mark("Counts whose terms ran at the same time"))
def counts_concurrent(counts: list[Count]) -> int:
    return _run(counts, "concurrent")


@given
def for_somebody(counts: list[Count]) -> list[Count] | None:
    """The counts that an account says stand for somebody, where their terms add to the total."""
    return [count for count in counts if count.for_by and count.run == "consecutive"] or None


def _number(counts: list[Count], whom: str) -> int | None:
    """Add up the counts that stand for some people: none of them is not 0, it was not said."""
    return sum(getattr(count, whom) or 0 for count in counts) or None


def _years(counts: list[Count], whom: str) -> float | None:
    """Add up the years on these counts, where the term on each is known."""
    found = [(getattr(count, whom), count.years_each) for count in counts if getattr(count, whom)]
    known = [number * each for number, each in found if each is not None]
    return sum(known) if known and len(known) == len(found) else None


@finding(
    "sentence.years_for_dead",
    mark("years"),
    mark("Years of the sentence on counts that stand for the people killed, by the account named"),
)
def years_for_dead(for_somebody: list[Count]) -> float | None:
    return _years(for_somebody, "for_dead")


@finding(
    "sentence.years_for_hurt",
    mark("years"),
    mark("Years of the sentence on counts that stand for people seriously hurt, by the account named"),
)
def years_for_hurt(for_somebody: list[Count]) -> float | None:
    return _years(for_somebody, "for_hurt")


@finding(
    "sentence.years_for_others",
    mark("years"),
    mark("Years of the sentence on counts that stand for other people, by the account named"),
)
def years_for_others(for_somebody: list[Count]) -> float | None:
    return _years(for_somebody, "for_others")


@finding("sentence.counts_for_dead", mark("counts"), mark("Counts that stand for people killed"))
def counts_for_dead(for_somebody: list[Count]) -> int | None:
    return _number(for_somebody, "for_dead")


@finding("sentence.counts_for_hurt", mark("counts"), mark("Counts that stand for people seriously hurt"))
def counts_for_hurt(for_somebody: list[Count]) -> int | None:
    return _number(for_somebody, "for_hurt")


@finding("sentence.counts_for_others", mark("counts"), mark("Counts that stand for other people"))
def counts_for_others(for_somebody: list[Count]) -> int | None:
    return _number(for_somebody, "for_others")


@given
def convicted(counts: list[Count]) -> list[Count] | None:
    """The counts, where there was a conviction on any."""
    return counts if any(count.guilty for count in counts) else None


def _on_the_day[Made](
    case_crash: Crash, made: Callable[[Law, list[Count], dt.date], Made], law: Law, convicted: list[Count]
) -> Made | None:
    """Ask the law of the day of the crash; of a month or a year only where both its ends say the same."""
    first, last = (made(law, convicted, day) for day in case_crash.days)
    return first if first == last else None


@given
def built(law: Law, convicted: list[Count], case_crash: Crash) -> Built | None:
    """The total rebuilt count by count."""
    return _on_the_day(case_crash, rebuild, law, convicted)


@given
def built_concurrent(law: Law, convicted: list[Count], case_crash: Crash) -> Built | None:
    """The total if every term ran at the same time."""
    return _on_the_day(case_crash, all_concurrent, law, convicted)


@finding(
    "sentence.rebuilt_years",
    mark("years"),
    mark("The lowest total that the law allowed, rebuilt count by count"),
)
def rebuilt_years(built: Built) -> float:
    return built.lowest_years


@finding(
    "sentence.highest_years",
    mark("years"),
    mark("The highest total that the law allowed, without aggravated ranges"),
)
def highest_years(built: Built) -> float:
    return built.highest_years


@finding(
    "sentence.all_concurrent_years",
    mark("years"),
    mark("The lowest total if every term ran at the same time"),
)
def all_concurrent_years(built_concurrent: Built) -> float:
    return built_concurrent.lowest_years


@finding(
    "sentence.longest_count_years",
    mark("years"),
    mark("The longest term on one count, of those known"),
)
def longest_count(counts: list[Count]) -> float | None:
    return max((count.years_each for count in counts if count.years_each and count.guilty), default=None)


@given
def homicide(law: Law, convicted: list[Count], case_crash: Crash) -> list[WhatIf] | None:
    """What the law allowed for the counts of homicide alone, where there are others, too."""
    found = _on_the_day(case_crash, what_ifs, law, convicted) or []
    return [one for one in found if one.group == "homicide"] or None


@finding(
    "sentence.homicide_least_years",
    mark("years"),
    mark("The lowest total that the law allowed for the counts of homicide alone"),
)
def homicide_least(homicide: list[WhatIf]) -> float:
    return min(one.lowest_years for one in homicide)


@finding(
    "sentence.homicide_most_years",
    mark("years"),
    mark("The highest total that the law allowed for the counts of homicide alone"),
)
def homicide_most(homicide: list[WhatIf]) -> float:
    return max(one.highest_years for one in homicide)


@given
def adding(built: Built) -> list[Step]:
    """The offenses whose counts add to the total."""
    return [step for step in built.steps if step.adds_min]


def _offense(step: Step) -> str:
    return step.offense


def _label(step: Step) -> dict[str, str]:
    return {"offense": step.label}


@finding(
    "sentence.adds.{key}",
    mark("years"),
    mark("What the counts of {offense} add"),
    each="adding",
    key=_offense,
    says=_label,
)
def adds(one: Step) -> float:
    return one.adds_min


@finding(
    "sentence.each.{key}",
    mark("years"),
    mark("The lowest term on each count of {offense}"),
    each="adding",
    key=_offense,
    says=_label,
)
def on_each(one: Step) -> float:
    return one.each_min
