"""What the law prescribes for a case's counts: law files, totals, and the totals under other rules.

All of it is arithmetic on the ranges and rules of a law file. It says what the law as recorded there allowed,
never what a sentence should have been.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pileup.case.lawfile import ConcurrentAllowed, ConsecutiveRequired, Law, load_law
from pileup.case.totals import (
    FATAL_CRASH,
    Built,
    Convicted,
    Conviction,
    Incident,
    Runs,
    Step,
    all_concurrent,
    convictions,
    rebuild,
    total,
)
from pileup.words import language, written
from pileup.words.language import _, ngettext

__all__ = [
    "Built",
    "Incident",
    "Law",
    "Step",
    "WhatIf",
    "all_concurrent",
    "load_law",
    "rebuild",
    "what_ifs",
]


@dataclass(frozen=True)
class WhatIf:
    """A total on a supposition: what the law would have allowed, not what should have been.

    Attributes
    ----------
    id, group : str
        Its name, and the kind of question: "law-then", "concurrent", "homicide", "later-law" or
        "fewer-counts".
    label : str
        The supposition in plain words.
    rule : str
        The words of the rule that makes it so, or that is supposed not to hold.
    built : Built
        The total with its steps.
    counts : str
        Where only some counts are added up: these, such as "the 4 counts of vehicular homicide".
    """

    id: str
    group: str
    label: str
    rule: str
    built: Built
    counts: str = ""

    @property
    def lowest_years(self) -> float:
        """Lowest total, in years; see `Built`."""
        return self.built.lowest_years

    @property
    def highest_years(self) -> float:
        """Highest total, in years; see `Built`."""
        return self.built.highest_years


def what_ifs(
    law: Law,
    counts: Sequence[Convicted],
    on: dt.date,
    facts: Incident = FATAL_CRASH,
) -> list[WhatIf]:
    """Compute the total as the law stood, and under other suppositions.

    They show what the ranges and rules would have allowed. None says what the sentence should have been, or
    what a court would have done.

    Parameters
    ----------
    law, counts, on, facts
        As for `rebuild`.

    Returns
    -------
    list of WhatIf
        First the law as it stood; then all terms concurrent, only the counts of homicide, the rules of each
        later day on which the file has a change, and fewer counts: of the offenses whose terms must run one
        after another, the one with the lowest minimum. What the counts do not allow is left out.

    Raises
    ------
    PileupError
        As for `rebuild`.
    """
    convicted = convictions(law, counts, on)
    then = total(law, convicted, on, facts)
    duty = _duty(law, then)
    found = [
        WhatIf(
            "law-then",
            "law-then",
            _("The law as it stood on the day of the offense"),
            _why(law, then),
            then,
        ),
        WhatIf(
            "all-concurrent",
            "concurrent",
            _("Every term running at the same time as the longest one"),
            _("Without this rule: {rule}").format(rule=duty) if duty else _why(law, then),
            total(law, convicted, on, facts, run="concurrent"),
        ),
    ]
    chosen = [pair for pair in convicted if pair[0].homicide]
    if chosen and len(chosen) < len(convicted):
        found += _only(law, chosen, on, facts)
    found += _later(law, convicted, on, facts)
    found += _fewer(law, convicted, on, facts)
    return found


def _only(law: Law, chosen: list[Conviction], on: dt.date, facts: Incident) -> list[WhatIf]:
    """Total some of the counts alone, concurrent and consecutive."""
    counts = language.listed(
        [
            ngettext("the {n} count of {offense}", "the {n} counts of {offense}", n).format(
                n=n, offense=written.lower(offense.label)
            )
            for offense, n in chosen
        ]
    )
    rule = _why(law, total(law, chosen, on, facts))
    labels: dict[Runs, str] = {
        "concurrent": _("Only {counts}, at the same time"),
        "consecutive": _("Only {counts}, one after another"),
    }
    return [
        WhatIf(
            f"only-{run}",
            "homicide",
            label.format(counts=counts),
            rule,
            total(law, chosen, on, facts, run),
            counts,
        )
        for run, label in labels.items()
    ]


def _later(law: Law, convicted: list[Conviction], on: dt.date, facts: Incident) -> list[WhatIf]:
    """Total the counts under the rules of each later day on which a rule begins."""
    found = []
    for day in sorted(
        {rule.in_force_from for rule in law.rule if rule.in_force_from and rule.in_force_from > on}
    ):
        new = [rule for rule in law.rule if rule.in_force_from == day]
        agreed = replace(facts, parties_agree=True)
        by_consent = [rule.words for rule in new if rule.met(agreed) and not rule.met(facts)]
        label = (
            _("The rules for offenses from {day}, with no agreement between prosecution and defense")
            if by_consent
            else _("The rules for offenses from {day}")
        ).format(day=language.date(day))
        words = " ".join(rule.words for rule in new)
        found.append(WhatIf(f"law-{day}", "later-law", label, words, total(law, convicted, day, facts)))
        if by_consent:
            label = _(
                "The rules for offenses from {day}, if prosecution and defense had agreed that the court may"
                " choose"
            ).format(day=language.date(day))
            built = total(law, convicted, day, agreed)
            found.append(WhatIf(f"law-{day}-agreed", "later-law", label, " ".join(by_consent), built))
    return found


def _fewer(law: Law, convicted: list[Conviction], on: dt.date, facts: Incident) -> list[WhatIf]:
    """Take the counts of one offense away one by one, down to none."""
    then = total(law, convicted, on, facts)
    duty = _duty(law, then)
    bound = [step for step in then.steps if step.runs == "consecutive"]
    if not bound:
        return []
    least = min(bound, key=lambda step: step.each_min)
    offense, n = next(pair for pair in convicted if pair[0].key == least.offense)
    found = []
    for gone in range(1, n + 1):
        left = [(other, kept - gone if other is offense else kept) for other, kept in convicted]
        built = total(law, [pair for pair in left if pair[1]], on, facts)
        ended = duty and not _duty(law, built)
        rule = (
            _("Too few counts are left for this rule: {rule}").format(rule=duty)
            if ended
            else _why(law, built)
        )
        label = (
            ngettext(
                "Without any of the {n} count of {offense}", "Without any of the {n} counts of {offense}", n
            )
            if gone == n
            else _("Without {gone} of the {n} counts of {offense}")
        ).format(gone=gone, n=n, offense=written.lower(offense.label))
        found.append(WhatIf(f"fewer-{gone}", "fewer-counts", label, rule, built))
    return found


def _duty(law: Law, built: Built) -> str:
    """Return the words of the rules that made terms of a total consecutive; empty where none did."""
    return _words(law, built, ConsecutiveRequired)


def _why(law: Law, built: Built) -> str:
    """Return the words of the rules on how the terms of a total run."""
    said = _duty(law, built) or _words(law, built, ConcurrentAllowed)
    return said or _("No rule of the law file requires these terms to run one after another.")


def _words(law: Law, built: Built, kind: type) -> str:
    applied = {name for step in built.steps for name in step.rules}
    return " ".join(rule.words for rule in law.rule if rule.id in applied and isinstance(rule, kind))
