"""The total term of a set of counts, added up from the ranges and rules of a law file."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from pileup.base.errors import PileupError
from pileup.case.lawfile import (
    ConcurrentAllowed,
    ConcurrentRequired,
    ConsecutiveRequired,
    Law,
    MandatoryRange,
    Offense,
    Range,
)
from pileup.words import written
from pileup.words.language import _, mark

Runs = Literal["consecutive", "concurrent"]


class Convicted(Protocol):
    """Counts of one offense, such as a `pileup.case.model.Count`: its key in the law, the convictions."""

    @property
    def offense(self) -> str:
        """Key of the offense in the law file."""
        ...

    @property
    def guilty(self) -> int:
        """How many counts ended in a conviction."""
        ...


#: An offense of the law file with its number of convictions.
Conviction = tuple[Offense, int]


@dataclass(frozen=True)
class Incident:
    """What a rule may ask about the incident; unless told otherwise, a crash that killed, without a weapon.

    Attributes
    ----------
    death_or_serious_injury : bool
        Somebody died or was seriously injured.
    prior : bool
        The person had an earlier conviction of the kind that the rule names.
    weapon : bool
        A weapon of the kind that the rule names was used (in Colorado's: a firearm or an explosive).
    parties_agree : bool
        Prosecution and defense agreed to concurrent terms.
    same_people : bool
        The counts that are no crimes of violence rest on the same act, and concern the same people, as counts
        that are.
    offender : str, optional
        The class of offender where the law tells classes apart, as the rules name it, such as "multiple";
        None is the ordinary one.
    """

    death_or_serious_injury: bool = True
    prior: bool = False
    weapon: bool = False
    parties_agree: bool = False
    same_people: bool = True
    offender: str | None = None


FATAL_CRASH = Incident()

#: The parts of a range that a term is reckoned from, in words.
_PARTS = {
    "minimum": mark("minimum of {range}"),
    "midpoint": mark("midpoint of {range}"),
    "maximum": mark("maximum of {range}"),
}


@dataclass(frozen=True)
class Step:
    """All counts of one offense in a total.

    Attributes
    ----------
    offense, label, statute : str
        Key, name and place in the law.
    n : int
        Counts of conviction.
    each_min, each_max : float
        The shortest and longest term on one count, in years.
    runs : {"consecutive", "concurrent"}
        How the terms run in the lowest total.
    required : bool
        Whether a rule, or the supposition asked for, makes them run so; otherwise the court may choose.
    adds_min, adds_max : float
        Years that these counts add to the lowest and to the highest total; over all steps, the totals.
    rules : tuple of str
        Ids of the rules that were applied.
    formula, formula_max : str
        How `each_min` and `each_max` come about, in words and in the unit of the range.
    """

    offense: str
    label: str
    statute: str
    n: int
    each_min: float
    each_max: float
    runs: Runs
    required: bool
    adds_min: float
    adds_max: float
    rules: tuple[str, ...]
    formula: str
    formula_max: str


@dataclass(frozen=True)
class Built:
    """A total term, in years, and the steps that it is made of.

    Attributes
    ----------
    lowest_years : float
        Each term at its minimum, and concurrent wherever the court may choose.
    highest_required_years : float
        Each term at its maximum, and concurrent wherever the court may choose.
    highest_years : float
        Each term at its maximum, and consecutive wherever the court may choose.
    steps : tuple of Step
        One an offense, in the order of the counts.
    """

    lowest_years: float
    highest_required_years: float
    highest_years: float
    steps: tuple[Step, ...]


def rebuild(law: Law, counts: Sequence[Convicted], on: dt.date, facts: Incident = FATAL_CRASH) -> Built:
    """Rebuild the total term from the ranges and rules in force on the day of the offense.

    All counts are taken to arise from one incident. Terms that run one after another add up. Terms that run
    at the same time begin on the same day, so the total is the longer of two: the sum of the consecutive
    terms, or the longest concurrent term. Where a rule makes some counts run beside others, their own sum
    counts in `highest_years` only as far as it outlasts the sum of those others; all else is added to it.

    Not reckoned with unless a rule says so: ranges for aggravating or mitigating circumstances, one offense
    merging in another. Never reckoned with: a later change of the sentence, parole. So `highest_years` is
    the highest by these ranges and rules alone.

    Parameters
    ----------
    law : Law
        The law file of the jurisdiction.
    counts : sequence of Convicted
        Counts of conviction; those of one offense are taken together, offenses without a conviction left out.
    on : date
        Day of the offense.
    facts : Incident, optional
        What the rules may ask about the incident.

    Returns
    -------
    Built
        Totals in years, and the steps.

    Raises
    ------
    PileupError
        When the law file has no such offense or does not cover that day, or convictions are negative.
    """
    return total(law, convictions(law, counts, on), on, facts)


def all_concurrent(
    law: Law, counts: Sequence[Convicted], on: dt.date, facts: Incident = FATAL_CRASH
) -> Built:
    """Return the total if every term ran at the same time: the longest single one.

    The term on each count is the one that the law prescribes; the rules on how terms run are left aside.
    Where a rule requires consecutive terms this is arithmetic, not a sentence that the law allowed.
    Parameters and errors are those of `rebuild`.
    """
    return total(law, convictions(law, counts, on), on, facts, run="concurrent")


def convictions(law: Law, counts: Sequence[Convicted], on: dt.date) -> list[Conviction]:
    """Return each offense with its convictions, checked against the law file; errors as in `rebuild`."""
    name = law.law.jurisdiction
    if not law.law.covers_from <= on <= (law.law.covers_until or on):
        until = f"until {law.law.covers_until}" if law.law.covers_until else "on"
        raise PileupError(
            f"law file {name}: it covers offenses from {law.law.covers_from} {until}, not one of {on}"
        )
    convicted: dict[str, Conviction] = {}
    for count in counts:
        offense, called = law.offense_by_key(count.offense), getattr(count, "id", count.offense)
        if offense is None:
            known = ", ".join(known.key for known in law.offense)
            fault = f"law file {name} has no offense {count.offense!r}; its keys are {known}"
            raise PileupError(f"count {called}: {fault}")
        if not offense.in_force(on):
            days = f"from {offense.in_force_from or 'the start'} until {offense.in_force_until or 'now'}"
            raise PileupError(
                f"count {called}: offense {offense.key} of law file {name} was in force {days}, not on {on}"
            )
        if count.guilty < 0:
            raise PileupError(f"count {called}: {count.guilty} convictions; give 0 or more")
        if count.guilty:
            convicted[offense.key] = (offense, count.guilty + convicted.get(offense.key, (offense, 0))[1])
    return list(convicted.values())


def total(
    law: Law, convicted: list[Conviction], on: dt.date, facts: Incident = FATAL_CRASH, run: Runs | None = None
) -> Built:
    """Add convictions up under the rules of a day; `run` supposes one way of running for all counts."""
    rules = [rule for rule in law.rule if rule.in_force(on) and rule.met(facts)]
    lifted = {name for rule in rules if isinstance(rule, ConcurrentAllowed) for name in rule.lifts}
    steps = []
    tied: dict[str, frozenset[str]] = {}
    for offense, n in convicted:
        low, high, formula, formula_max = _plain(offense.presumptive)
        ranges: list[str] = []
        duty: list[str] = []
        beside: list[str] = []
        choice: list[str] = []
        for rule in (rule for rule in rules if offense.belongs(rule.applies_to)):
            match rule:
                case MandatoryRange():
                    if ranges:
                        both = f"{ranges[0]} and {rule.id}"
                        raise PileupError(
                            f"law file {law.law.jurisdiction}: offense {offense.key}: rules {both} both set"
                            f" its range on {on}; dates or conditions that leave one are right"
                        )
                    low, high, formula, formula_max = _mandatory(rule, offense)
                    ranges.append(rule.id)
                case ConsecutiveRequired():
                    among = sum(k for other, k in convicted if other.belongs(rule.applies_to))
                    duty += [rule.id] if among >= rule.at_least and rule.id not in lifted else []
                case ConcurrentRequired():
                    others = frozenset(other.key for other, _ in convicted if other.belongs(rule.beside))
                    if others:
                        beside.append(rule.id)
                        tied[offense.key] = others
                case ConcurrentAllowed():
                    choice.append(rule.id)
        runs: Runs = run or ("consecutive" if duty and not beside else "concurrent")
        applied = ranges + ([] if run else beside or duty or choice)
        required = bool(run or duty or beside)
        steps.append(
            Step(
                offense.key,
                offense.label,
                offense.statute,
                n,
                low,
                high,
                runs,
                required,
                0.0,
                0.0,
                tuple(applied),
                formula,
                formula_max,
            )
        )
    return _add_up(steps, {} if run else tied, together=run == "concurrent")


def _plain(of: Range) -> tuple[float, float, str, str]:
    """Return the ends of a range in years, and in words."""
    return of.in_years(of.min), of.in_years(of.max), _part(of, "minimum"), _part(of, "maximum")


def _mandatory(rule: MandatoryRange, offense: Offense) -> tuple[float, float, str, str]:
    """Return the ends of a mandatory range in years, and how they come about in words."""
    of = offense.range_named(rule.of)
    if of is None:
        raise PileupError(f"offense {offense.key}: rule {rule.id} needs its {rule.of} range")
    low, high = rule.ends(of)
    said_low = f"{_times(rule.minimum_factor, _part(of, rule.minimum))} = {written.name(low)}"
    said_high = f"{_times(rule.maximum_factor, _part(of, 'maximum'))} = {written.name(high)}"
    return of.in_years(low), of.in_years(high), said_low, said_high


def _part(of: Range, name: str) -> str:
    """Name a part of a range: "midpoint of 4-16 years"."""
    return _(_PARTS[name]).format(range=of.words)


def _times(factor: float, part: str) -> str:
    """Say a multiple of a part of a range: the part itself, twice it, or such as "0.75 times the" part."""
    if factor == 1:
        return part
    if factor == 2:
        return _("twice the {part}").format(part=part)
    return _("{factor} times the {part}").format(factor=written.name(factor), part=part)


def _add_up(steps: list[Step], tied: dict[str, frozenset[str]], together: bool) -> Built:
    """Total the steps; `math.fsum` rounds once, so the order of the counts makes no difference.

    `tied` holds, for each offense whose terms must run beside others, the keys of those others; `together`
    supposes that all run at the same time.
    """
    chain = [step for step in steps if step.runs == "consecutive"]
    concurrent = [step for step in steps if step.runs == "concurrent"]
    low, high = _sum_min(chain), _sum_max(chain)
    lowest = max([low, *(step.each_min for step in concurrent)])
    required = max([high, *(step.each_max for step in concurrent)])
    # Of the concurrent terms only the longest adds to the lowest total: what it outlasts the others by.
    longest = max(concurrent, key=lambda step: step.each_min, default=None)

    adds_max = {step.offense: 0.0 for step in steps}
    highest = 0.0
    if together and steps:
        single = max(steps, key=lambda step: step.each_max)
        highest = adds_max[single.offense] = single.each_max
    elif steps:
        blocks = _blocks(steps, tied)
        free = [step for step in steps if step.offense not in tied]
        adds_max |= {step.offense: step.n * step.each_max for step in free}
        alone = [step for step in free if not any(step in others for others, _ in blocks)]
        parts = [step.n * step.each_max for step in alone]
        for others, beside in blocks:
            parts.append(max(_sum_max(others), _sum_max(beside)))
            outlasting = max(beside, key=lambda step: step.n * step.each_max)
            adds_max[outlasting.offense] = parts[-1] - _sum_max(others)
        highest = math.fsum(parts)

    done = []
    for step in steps:
        adds_min = step.n * step.each_min if step in chain else lowest - low if step is longest else 0.0
        done.append(replace(step, adds_min=adds_min, adds_max=adds_max[step.offense]))
    return Built(lowest, required, highest, tuple(done))


def _blocks(steps: list[Step], tied: dict[str, frozenset[str]]) -> list[tuple[list[Step], list[Step]]]:
    """Put the steps that run beside others together with those others; a law file keeps the blocks apart."""
    return [
        (
            [step for step in steps if step.offense in others],
            [step for step in steps if tied.get(step.offense) == others],
        )
        for others in dict.fromkeys(tied.values())
    ]


def _sum_min(steps: list[Step]) -> float:
    return math.fsum(step.n * step.each_min for step in steps)


def _sum_max(steps: list[Step]) -> float:
    return math.fsum(step.n * step.each_max for step in steps)
