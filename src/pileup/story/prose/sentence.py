"""How the sentence came about, what others get, and what came after."""

from dataclasses import replace

from pileup.case.model import Event, Term, one_way, printed
from pileup.case.outcome import outcome
from pileup.findings.groups import Group, Own, together
from pileup.story import missing, outcomes
from pileup.story.blocks import Heading, Prose, needs
from pileup.story.fill import fill
from pileup.story.prose.multiples import LEAST, NEAREST, times_these
from pileup.story.prose.shared import account, passages, with_fold
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words import written
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Number, Text, linked

#: By how many years a sentence may be older or newer than the terms it is set beside before that is said.
FAR = 10


def sentence_heading(report: Report) -> Heading:
    """The question that this chapter answers: what came of the case decides it."""
    kind = outcome(report.case).kind
    return Heading(_(_HEADINGS.get(kind, _HEADINGS["sentenced"])))


_HEADINGS = {
    "sentenced": mark("How did the sentence come about?"),
    "untold": mark("What came of it?"),
    "not charged": mark("Was anybody charged?"),
    "pending": mark("What are the charges?"),
    "acquitted": mark("How did the trial end?"),
    "convicted": mark("What came of the trial?"),
    "vacated": mark("What became of the sentence?"),
}


def _taken_away(report: Report) -> list[Text]:
    """Say of each term that was vacated what took it away."""
    events = {event.id: event for event in report.case.event}
    return [
        fill(
            report,
            _("The sentence of {term}, imposed by {by}, no longer stands: {event}"),
            term=linked(outcomes.said(term), f"term.{term.id}"),
            by=term.by,
            event=linked(events[term.vacated_by or ""].text, f"event.{term.vacated_by}"),
        )
        for term in outcome(report.case).vacated
    ]


def _without_sentence(report: Report, own: list[Text], more: list[Text]) -> Prose:
    """Say what came of a case in which no sentence stands."""
    none = of_case_file((outcomes.no_sentence(report.case),))
    return with_fold([*own, *_taken_away(report), none], more, _("More of what came of it"))


def why_so_long(report: Report) -> Prose:
    """How the sentence came about, or what came of the case instead."""
    own, more = (passages(report, "sentence", folded) for folded in (False, True))
    heading = _("Whom the years stand for, and what else the law allowed")
    if not outcome(report.case).sentenced:
        return _without_sentence(report, own, more)
    lacking = missing.law(report)
    if lacking:
        none = Prose([(lacking,)], role="missing" if outcome(report.case).compared else "quiet")
        return with_fold(own, more, heading) if own or more else none
    verdict = _decided(report)
    if not report.adds_up:
        allowed = _(
            "[No rule of the law](law.file) file made the terms run one after another; the court could"
            " choose. With every term at its lowest and at the same time, these counts come to"
            " {sentence.rebuilt_years} years; with every term at its highest and one after another, to"
            " {sentence.highest_years}. {sentence.imposed_years} were imposed. [This is what the law would"
            " have allowed, not what should have been](connective)."
        )
        return with_fold([*own, fill(report, f"{verdict} {allowed}")], more, heading)
    added = "; ".join(
        _("{count} of {offense}, at {each} years each, add {sum}").format(
            count=f"[{written.small(step.n)}](case.file)",
            offense=written.lower(step.label),
            each=f"{{sentence.each.{step.offense}}}",
            sum=f"{{sentence.adds.{step.offense}}}",
        )
        for step in report.built.steps
        if step.runs == "consecutive" and step.required
    )
    total = _(
        "The terms on {sentence.counts_consecutive} counts had to run one after another: {sums}. Together"
        " that is {sentence.rebuilt_years} years, the lowest total that the law allowed for these counts. The"
        " other"
        " {sentence.counts_concurrent} terms ran at the same time and added nothing."
    )
    bounds = _(
        "The terms that had to run one after another could have come to {sentence.highest_years} years at"
        " most. Without the rule that they do, the floor would have been {sentence.all_concurrent_years}"
        " years. [The higher number](law.file) supposes no aggravating circumstances.{beside} [This is what"
        " the law would have allowed, not what should have been](connective)."
    )
    shown = fill(report, f"{verdict} {total}", sums=fill(report, added))
    folded = [*more, *_whom(report), fill(report, bounds, beside=_beside(report))]
    return with_fold([*own, shown], folded, heading)


def _decided(report: Report) -> str:
    """Say on how many counts there was a verdict or a plea, and whose, as far as the case file says."""
    match {count.decided_by for count in report.counts}.pop() if one_way(report.counts) else None:
        case "jury":
            return _(
                "The jury gave a verdict on {sentence.counts_tried} counts: guilty on"
                " {sentence.counts_guilty}, not guilty on {sentence.counts_not_guilty}."
            )
        case "judge":
            return _(
                "A judge without a jury gave a verdict on {sentence.counts_tried} counts: guilty on"
                " {sentence.counts_guilty}, not guilty on {sentence.counts_not_guilty}."
            )
        case "plea":
            return ngettext(
                "There was a plea of guilty on {sentence.counts_guilty} count.",
                "There was a plea of guilty on {sentence.counts_guilty} counts.",
                report.findings.value("sentence.counts_guilty"),
            )
        case _:
            return _(
                "{sentence.counts_tried} counts were decided: guilty on {sentence.counts_guilty}, not guilty"
                " on {sentence.counts_not_guilty}."
            )


@needs(
    lambda report: "" if passages(report, "quote") else missing.account("quote"),
    quiet=True,
)
def in_their_words(report: Report) -> Prose:
    """Words of the case that are set large."""
    return Prose(passages(report, "quote"), role="quote")


#: Whom counts stand for, by the end of the names of their findings.
_PEOPLE = {
    "dead": mark("people killed"),
    "hurt": mark("people seriously hurt"),
    "others": mark("other people in the crash"),
}


def whom(report: Report) -> dict[str, str]:
    """Return for whom years of the sentence stand, in the words of a chart's row; all of them or nobody.

    Parameters
    ----------
    report : Report

    Returns
    -------
    dict of str to str
        "dead", "hurt" or "others", each with its words; empty where the years told are not the whole.
    """
    found = report.findings
    told = [name for name in _PEOPLE if f"sentence.years_for_{name}" in found]
    years = sum(found.value(f"sentence.years_for_{name}") for name in told)
    whole = "sentence.imposed_years" in found and years == found.value("sentence.imposed_years")
    return {name: _(_PEOPLE[name]) for name in told} if whole else {}


def _whom(report: Report) -> list[Text]:
    """Say for whom the years stand, by the account that the case file names for each."""
    parts: list[Text] = []
    for name, people in whom(report).items():
        by = next(count.for_by for count in report.case.count if getattr(count, f"for_{name}"))
        told = fill(
            report,
            _("{years}, on {counts}, for {people}")
            if parts
            else _(
                "{years} of the {sentence.imposed_years} years, on {counts} of the counts, stand for {people}"
            ),
            years=fill(report, f"{{sentence.years_for_{name}}}"),
            counts=fill(report, f"{{sentence.counts_for_{name}|small}}"),
            people=linked(people, f"fact.{by}"),
        )
        parts.append(told)
    if not parts:
        return []
    joined = tuple(run for part in parts for run in ("; ", *part))[1:]
    return [fill(report, _("By {account}, {parts}."), parts=joined, **account(report))]


def _beside(report: Report) -> Text:
    """Say by which rule the other terms cannot be added to the highest total."""
    applied = {name for step in report.built.steps for name in step.rules}
    rules = [rule for rule in report.law.rule if rule.id in applied and rule.kind == "concurrent_required"]
    told = _("[The other terms](law.file) do not add to it, by {statute}: {words}")
    texts = [
        fill(
            report,
            told,
            statute=(Number("law.file", rule.statute, rule.statute),),
            words=linked(rule.words, "law.file"),
        )
        for rule in rules
    ]
    return tuple(run for text in texts for run in (" ", *text))


@needs(missing.sentence, quiet=True)
def what_others_get(report: Report) -> Prose:
    """How the sentence compares with others."""
    found = report.findings
    shown: list[str | Text] = [
        " ".join(
            [
                _(
                    "[We found no public](case.file) file that gives the sentences for vehicular homicide in"
                    " the whole United States."
                ),
                *_nearest(report),
            ]
        ),
        *_apart(report),
    ]
    told: list[str | Text] = [
        *_measured(report),
        *_federal(report),
        *_states(report),
        *_as_long(report),
        *_like_for_like(report),
    ]
    if "comparison.commuted_to_involuntary_median_ratio" in found:
        shown.append(
            _(
                "The commuted sentence of {sentence.commuted_years} years is longer than"
                " {comparison.commuted_longer_than_involuntary_percent|whole}% of the"
                " {comparison.involuntary.people} mostly involuntary prison terms, and"
                " {comparison.commuted_to_involuntary_median_ratio|times} times their median. Of all"
                " {comparison.manslaughter.with_prison_term} terms for federal manslaughter, voluntary"
                " included, it is longer than {comparison.commuted_longer_than_percent|whole}%, and"
                " {comparison.commuted_to_median_ratio|times} times the median."
            )
        )
        others = [group for group in report.groups if group.compared and group.id != "involuntary"]
        if others:
            listed = _reaching(report, "commuted", others)
            told.append(
                fill(
                    report,
                    _("In the other nearest groups, as long a term or longer: {listed}."),
                    listed=listed,
                )
            )
    told.append(
        _(
            "For murder the federal median was {comparison.murder.median_months|years} years, with"
            " {comparison.murder.life} of {comparison.murder.cases} people sentenced to life."
        )
    )
    if "comparison.florida.same_deaths_reaching_imposed" in found:
        shown.append(_florida_added_up(report))
    years = written.fiscal_years(report.federal_held.held)
    when = (Number("table.federal-sentences", years, years),)
    given: dict[str, Text] = {"when": when} | _bound(report) | account(report)
    if outcome(report.case).compared:
        given["imposed"] = outcomes.imposed(report)
    if "sentence.longest_count_years" in found:
        given["longest_offense"] = _longest_offense(report)
    for end, names in (("longer", NEAREST), ("shorter", LEAST)):
        if names[0] in found:
            given[end] = times_these(report, *names)
    texts = [one if isinstance(one, tuple) else fill(report, one, **given) for one in [*shown, *told]]
    return with_fold(texts[: len(shown)], texts[len(shown) :], _("Group by group, and measure by measure"))


def _nearest(report: Report) -> list[str]:
    """Say how many groups come nearest, and what the sentence is beside their medians as counted."""
    found = report.findings
    if "comparison.nearest_lowest_median_months" not in found:
        return [_("[No group](method) at hand comes near.")]
    groups = found.value("comparison.nearest_groups")
    if "comparison.nearest_lowest_ratio" not in found:
        return [
            ngettext(
                "{comparison.nearest_groups|Small} group of people comes nearest; its median prison term, as"
                " counted, is {comparison.nearest_lowest_median_months|years} years.",
                "{comparison.nearest_groups|Small} groups of people come nearest. Their median prison terms,"
                " as counted, run from {comparison.nearest_lowest_median_months|years} to"
                " {comparison.nearest_highest_median_months|years} years.",
                groups,
            )
        ]
    if "sentence.imposed_least_years" in found:
        return [
            ngettext(
                "{comparison.nearest_groups|Small} group of people comes nearest; its median prison term, as"
                " counted, is {comparison.nearest_lowest_median_months|years} years. Of the {imposed} years"
                " imposed here the longer end is {comparison.nearest_lowest_ratio|times} times that, the"
                " shorter {comparison.least_lowest_ratio|times} times.",
                "{comparison.nearest_groups|Small} groups of people come nearest. Their median prison terms,"
                " as counted, run from {comparison.nearest_lowest_median_months|years} to"
                " {comparison.nearest_highest_median_months|years} years. Of the {imposed} years imposed here"
                " the longer end is {longer}, the shorter {shorter}.",
                groups,
            )
        ]
    return [
        ngettext(
            "{comparison.nearest_groups|Small} group of people comes nearest; its median prison term, as"
            " counted, is {comparison.nearest_lowest_median_months|years} years. The"
            " sentence here, {sentence.imposed_years} years, is {comparison.nearest_lowest_ratio|times}"
            " times that.",
            "{comparison.nearest_groups|Small} groups of people come nearest. Their median prison terms, as"
            " counted, run from {comparison.nearest_lowest_median_months|years} to"
            " {comparison.nearest_highest_median_months|years} years; the sentence here,"
            " {sentence.imposed_years} years, is {longer}.",
            groups,
        )
    ]


def _apart(report: Report) -> list[str | Text]:
    """Compare what is no one number of years: life, no prison, and the terms of several people."""
    match outcome(report.case).kind:
        case "life":
            return [_life(report)]
        case "no prison":
            return _no_prison(report)
        case "several":
            return [_each_of_several(report, term) for term in outcome(report.case).terms]
    return []


def _life(report: Report) -> Text:
    """Say that life is no number, and who else has it."""
    found = report.findings
    (*_others, term) = sorted(outcome(report.case).terms, key=lambda one: one.form == "life")
    own = outcomes.text(term)
    told = _("The sentence here is {own}. [Life is no number of years](method), so no multiple is told.")
    parts = [fill(report, told, own=own)]
    if "comparison.nearest_life" in found:
        groups = [group for group in report.groups if group.compared]
        having = [group for group in groups if group.terms.life]
        listed = _listed(report, "comparison.with_life", having)
        given = (
            _("Life was given to {listed}.")
            if having
            else _("Nobody of the {comparison.nearest_people} people in the nearest groups has life.")
        )
        parts.append(fill(report, given, listed=listed))
    return tuple(run for part in parts for run in (" ", *part))[1:]


def _no_prison(report: Report) -> list[str | Text]:
    """Say who else went to no prison; only the federal file holds such people."""
    terms = outcome(report.case).terms
    own = outcomes.linked_terms(terms)
    told = [fill(report, _("The sentence here is {own}, and no prison."), own=own)]
    if "comparison.involuntary.no_prison_term" in report.findings:
        told.append(
            fill(
                report,
                ngettext(
                    "Of {comparison.involuntary.sentenced} people sentenced for the federal manslaughter that"
                    " comes nearest, {comparison.involuntary.no_prison_term|small} was sent to no prison."
                    " [The other groups](method) hold prisoners only.",
                    "Of {comparison.involuntary.sentenced} people sentenced for the federal manslaughter that"
                    " comes nearest, {comparison.involuntary.no_prison_term|small} were sent to no prison."
                    " [The other groups](method) hold prisoners only.",
                    report.findings.value("comparison.involuntary.no_prison_term"),
                ),
            )
        )
    return [tuple(run for part in told for run in (" ", *part))[1:]]


def _each_of_several(report: Report, term: Term) -> Text:
    """Set the term of one of several people beside the nearest groups, where it has a number of years."""
    person = linked(outcomes.person(report.case, term), f"term.{term.id}")
    own = outcomes.text(term)
    if f"comparison.of_lowest.{term.id}" not in report.findings:
        return fill(report, _("{person}: {own}."), person=person, own=own)
    names = [f"comparison.of_{end}.{term.id}" for end in ("lowest", "highest")]
    if report.findings.value("comparison.nearest_groups") == 1:
        low = fill(report, f"{{{names[0]}|times}}")
        return fill(report, _("{person}: {own}, {low} times that median."), person=person, own=own, low=low)
    template = (
        _("{person}: {own}, the longer end {multiple}.")
        if f"sentence.least_of.{term.id}" in report.findings
        else _("{person}: {own}, {multiple}.")
    )
    return fill(report, template, person=person, own=own, multiple=times_these(report, *names))


def _federal(report: Report) -> list[str]:
    """Tell of the federal group, with those who went to no prison, and of its level for reckless driving."""
    found = report.findings
    if "comparison.involuntary.median_months" not in found:
        return []
    told = [
        _("[The federal group](table.federal-sentences) is involuntary manslaughter, told by the guideline.")
        if report.split_by_guideline
        else _(
            "[The federal group](table.federal-sentences) is manslaughter that is mostly involuntary. [The"
            " file](table.federal-sentences) does not tell it from voluntary manslaughter; a stand-in, the"
            " shortest term that the guideline asked for, does, and puts some people on the wrong side."
        ),
        _(
            "In {when}, {comparison.involuntary.sentenced} people were sentenced:"
            " {comparison.involuntary.no_prison_term|small} to no prison, {comparison.involuntary.people} to"
            " prison. [Half](comparison.involuntary.median_months) of the prison terms were"
            " {comparison.involuntary.median_months|years} years or less, the longest"
            " {comparison.involuntary.max_months|years}."
        ),
    ]
    if "comparison.imposed_to_involuntary_median_ratio" in found:
        told.append(
            _(
                "The longer end of the sentence here is"
                " {comparison.imposed_to_involuntary_median_ratio|times} times that median."
            )
            if "sentence.imposed_least_years" in found
            else _(
                "The sentence imposed here is {comparison.imposed_to_involuntary_median_ratio|times} times"
                " that median."
            )
        )
    if not report.split_by_guideline and "comparison.imposed_to_median_ratio" in found:
        told.append(
            _(
                "[The stand-in](table.federal-sentences) also puts the gravest involuntary cases into the"
                " other part, so that median is low. Of all {comparison.manslaughter.with_prison_term} prison"
                " terms, voluntary included, the median is {comparison.manslaughter.median_months|years}"
                " years, and the sentence here {comparison.imposed_to_median_ratio|times} times that."
            )
        )
    if "comparison.level_22.median_months" in found:
        told.append(
            _(
                "The guideline has a level of its own, [22](table.federal-sentences), for reckless driving."
                " It was that of {comparison.level_22.sentenced} people, {comparison.level_22.people} of"
                " them sent to prison; the median is {comparison.level_22.median_months|years} years, the"
                " longest term {comparison.level_22.max_months|years}."
            )
            if report.level_by_guideline
            else _(
                "The guideline has a level of its own, [22](table.federal-sentences), for reckless driving."
                " The file does not name the level; {comparison.level_22.sentenced} people have a range that"
                " it gives with their record, with or without a plea, {comparison.level_22.people} of them"
                " sent to prison. Their median is {comparison.level_22.median_months|years} years, their"
                " longest term {comparison.level_22.max_months|years}."
            )
        )
    return [" ".join(told)]


def _longest_offense(report: Report) -> Text:
    """Name the offense with the longest term on a single count, or those that share it."""
    longest = report.findings.value("sentence.longest_count_years")
    having = [count for count in report.counts if count.guilty and count.years_each == longest]
    return linked(written.join([written.lower(count.label) for count in having]), f"count.{having[0].id}")


def _states(report: Report) -> list[str]:
    """Tell of Florida's prisoners with the bound of their bias, and of New York's two terms."""
    found, told = report.findings, []
    if "comparison.by_inflow_months.florida.vehicular_homicide" in found:
        told.append(
            _(
                "Another is Florida’s prisoners with [one](table.state-sentences) count of vehicular"
                " homicide who had not left the scene, {comparison.florida.vehicular_homicide_people}"
                " people on a single day. [Those who serve long](method) are likelier to be among them. Their"
                " median is {comparison.florida.vehicular_homicide_median_months|years} years as counted,"
                " and {comparison.by_inflow_months.florida.vehicular_homicide|years} if each counts in"
                " inverse proportion to the term, which is right where similar people come in every year"
                " and time served is in proportion to the term. If time served grows with the term, but less"
                " than in proportion, [the median](method) of all who were sent to prison lies between."
            )
        )
        if "sentence.longest_count_years" in found:
            told[-1] += " " + _(
                "It is the term on [one](table.state-sentences) count; here the longest term on a single"
                " count was {sentence.longest_count_years} years, for {longest_offense}."
            )
    if "comparison.new_york.median_minimum_months" in found:
        told.append(
            _(
                "Another is New York’s {comparison.new_york.people} people who came before the parole board"
                " for a vehicular homicide offense, all with alcohol or drugs, which many laws treat as the"
                " graver offense. A term there has a minimum and a maximum: the median of the maximum terms"
                " is {comparison.new_york.median_months|years} years, that of the minimum terms, after"
                " which the board may release somebody, is"
                " {comparison.new_york.median_minimum_months|years} years."
            )
        )
    return told


def _reaching(report: Report, own: str, groups: list[Group]) -> Text:
    """List how many of each group have a term as long as a number of the case, or longer."""
    return _listed(report, "comparison.reaching", groups, f".{own}")


def _listed(report: Report, finding: str, groups: list[Group], of: str = "") -> Text:
    """List of each group how many of its people a finding counts."""
    told = [
        fill(
            report,
            _("{some} of {every} ({group})"),
            some=fill(report, f"{{{finding}.{group.id}{of}}}"),
            every=linked(written.number(group.terms.people), group.table),
            group=linked(group.name, group.table),
        )
        for group in groups
    ]
    return tuple(run for text in told for run in ("; ", *text))[1:]


def _measured(report: Report) -> list[Text]:
    """Say what a term is in each of the nearest groups, and here."""
    near = [group for group in report.groups if group.compared]
    if not near or not report.adds_up:
        return []
    parts = [linked(f"{group.name}: {group.what}", group.table) for group in near]
    listed = tuple(run for text in parts for run in ("; ", *text))[1:]
    told = _(
        "What a term is [differs](method): {listed}. Here it is the sum of the terms on"
        " {sentence.counts_consecutive} counts."
    )
    return [fill(report, told, listed=listed)]


def _named(report: Report, own: Own) -> str:
    """Name a number of the case in a sentence: the sentence of one of several people by the person."""
    of = {f"imposed.{term.id}": term for term in outcome(report.case).terms}
    if own.id not in of:
        return own.name
    return _("the sentence of {person}").format(person=outcomes.person(report.case, of[own.id]))


def _as_long(report: Report) -> list[Text]:
    """Say how many in the nearest groups have as long a term as each number of the case, and in all."""
    found = report.findings
    near = [group for group in report.groups if group.compared]
    told: list[Text] = []
    owns = [replace(own, name=_named(report, own)) for own in report.owns]
    for own in together(owns) if near else ():
        listed = _reaching(report, own.id, near)
        years = fill(report, f"{{comparison.own_years.{own.id}}}")
        said = _("{years} years or longer, {own}: {listed}.")
        told.append(fill(report, said, years=years, own=own.name, listed=listed))
    everybody = [
        _(
            "In all the whole groups together, {comparison.pooled_people} people, the longest fixed term is"
            " {comparison.pooled_longest_months|years} years."
        )
        if "comparison.pooled_fixed_reaching_imposed" not in found
        else _(
            "In all the whole groups together, {comparison.pooled_people} people,"
            " {comparison.pooled_fixed_reaching_imposed} have a fixed term of {sentence.imposed_years} years"
            " or longer; the longest is {comparison.pooled_longest_months|years} years."
        )
        if found.value("comparison.pooled_fixed_reaching_imposed")
        else _(
            "In all the whole groups together, {comparison.pooled_people} people, nobody has a fixed term of"
            " {sentence.imposed_years} years; the longest is {comparison.pooled_longest_months|years} years."
        )
    ]
    if found.value("comparison.pooled_life"):
        everybody.append(
            ngettext(
                "{comparison.pooled_life|Small} has life, which is longer than any number of years.",
                "{comparison.pooled_life|Small} have life, which is longer than any number of years.",
                found.value("comparison.pooled_life"),
            )
        )
    board = sum(group.terms.life for group in report.groups if group.selection == "board")
    if board and board == found.value("comparison.pooled_life"):
        everybody.append(
            _(
                "[That is a maximum](table.state-sentences) in New York: after the minimum the board may"
                " release somebody."
            )
        )
    everybody.append(
        _(
            "New York’s source cannot show a term of [100](table.state-sentences) years or more, and of"
            " Florida’s prisoners only those with [one](table.state-sentences) count are among these."
        )
    )
    if "comparison.pooled_reaching_asked_percent" in found:
        everybody.append(
            _(
                "The least that was asked for here is rare, too:"
                " {comparison.pooled_reaching_asked_percent}% of the {comparison.pooled_prison} with a"
                " prison term have as much or more. [The files](method) differ in whom they hold, so this"
                " is no rate of any court."
            )
            if found.value("comparison.pooled_reaching_asked_percent") < 10
            else _(
                "The least that was asked for here, or more, is the term of"
                " {comparison.pooled_reaching_asked_percent}% of the {comparison.pooled_prison} with a"
                " prison term. [The files](method) differ in whom they hold, so this is no rate of any"
                " court."
            )
        )
    pooled = fill(report, " ".join(everybody))
    if not told:
        return [pooled]
    heading = _("How many in the nearest groups have as long a term, life included:")
    return [(heading, *(run for text in told for run in (" ", *text))), pooled]


def _like_for_like(report: Report) -> list[str]:
    """Compare the whole, the part for the deaths and the time to a first release, each with its limit."""
    found, told = report.findings, []
    deaths = []
    if not _for_more_than_the_dead(report):
        return _release(report)
    if "sentence.years_for_dead" in found:
        deaths.append(_("The years that by {account} stand for the dead are {sentence.years_for_dead}."))
    if report.case.number("other_counts_years") is not None:
        deaths.append(
            _("On the counts whose terms ran at the same time {role.other_counts_years} years were given.")
        )
    if deaths and "sentence.homicide_most_years" in found:
        deaths.append(
            _(
                "For the counts of homicide alone the law allowed {sentence.homicide_least_years} to"
                " {sentence.homicide_most_years} years."
            )
        )
    if deaths:
        told.append(
            " ".join(
                [
                    _("[The whole sentence](case.file) stands for more here than the deaths."),
                    _("[So the part for the deaths is a measure, too](connective)."),
                    *deaths,
                    _(
                        "[None of these was given as the sentence for the deaths, so no ratio is"
                        " told](connective)."
                    ),
                ]
            )
        )
    return [*told, *_release(report)]


def _for_more_than_the_dead(report: Report) -> bool:
    """Tell whether the sentence stands for more than the deaths, by the account that the case names."""
    found = report.findings
    names = ("sentence.years_for_dead", "sentence.imposed_years")
    return not all(name in found for name in names) or found.value(names[0]) < found.value(names[1])


def _release(report: Report) -> list[str]:
    """Tell the time until release first becomes possible, where it is known."""
    found, told = report.findings, list[str]()
    if "case.months_verdict_to_parole" in found:
        release = [
            _(
                "The time until release first becomes possible is another measure: here, under the"
                " commutation, {case.months_verdict_to_parole} months from the verdict."
            )
            if "sentence.commuted_years" in found
            else _(
                "The time until release first becomes possible is another measure: here"
                " {case.months_verdict_to_parole} months from the verdict."
            )
        ]
        if "comparison.new_york.median_minimum_months" in found:
            release.append(
                _(
                    "New York’s minimum terms have a median of {comparison.new_york.median_minimum_months}"
                    " months; the board may release somebody then, and need not."
                )
            )
        release.append(_("[The other files](table.federal-sentences) do not hold this time."))
        told.append(" ".join(release))
    return told


def _bound(report: Report) -> dict[str, Text]:
    """Name the offenses whose terms the law made run one after another."""
    if not report.adds_up:
        return {}
    bound = [step.label for step in report.built.steps if step.runs == "consecutive" and step.required]
    return {"offenses": linked(written.join([written.lower(label) for label in bound]), "case.file")}


def _florida_added_up(report: Report) -> str:
    """Tell what the terms of those with as many counts for a death come to, sentence by sentence."""
    found = report.findings
    people = found.value("comparison.florida.same_deaths_people")
    reaching = found.value("comparison.florida.same_deaths_reaching_imposed")
    told = [
        _(
            "Florida’s file lets terms be added up, as the law required here of"
            " {sentence.counts_consecutive} counts ({offenses}), and of no others."
        )
        if report.adds_up
        else _("[Florida’s file](table.state-sentences) lets terms be added up."),
        ngettext(
            "It has {comparison.florida.same_deaths_people|small} prisoner with as many counts for a death as"
            " people died here.",
            "It has {comparison.florida.same_deaths_people|small} prisoners with as many counts for a death"
            " as people died here.",
            people,
        ),
        *_florida_sums(report, people),
    ]
    if "comparison.florida.same_deaths_by_inflow_months" in found:
        told.append(
            _(
                "If each counts in inverse proportion to those terms, that median is"
                " {comparison.florida.same_deaths_by_inflow_months|years} years."
            )
        )
    told.append(_florida_reaching(report, reaching))
    if found.value("comparison.florida.same_deaths_life"):
        told.append(_("Life counts as reaching it ({comparison.florida.same_deaths_life|small})."))
    if "sentence.years_for_dead" in found:
        told.append(
            ngettext(
                "Here the like number is {sentence.years_for_dead} years, those on the counts that by"
                " {account} stand for the people killed:"
                " {comparison.florida.same_deaths_reaching_years_for_dead|some} of the"
                " {comparison.florida.same_deaths_people|small} reaches it.",
                "Here the like number is {sentence.years_for_dead} years, those on the counts that by"
                " {account} stand for the people killed:"
                " {comparison.florida.same_deaths_reaching_years_for_dead|some} of the"
                " {comparison.florida.same_deaths_people|small} reach it.",
                found.value("comparison.florida.same_deaths_reaching_years_for_dead"),
            )
        )
        if found.value("sentence.years_for_dead") < found.value("sentence.imposed_years"):
            told.append(_("The rest of the {sentence.imposed_years} years stands for people who lived."))
    told.append(
        _(
            "[Adding them up](table.state-sentences) gives an upper bound: the source does not say which"
            " terms run together."
        )
    )
    return " ".join(told)


def _florida_sums(report: Report, people: float) -> list[str]:
    """Say the median of those sums, or from where to where they go where they are of few people."""
    if "comparison.florida.same_deaths_median_sum_months" in report.findings:
        return [
            _(
                "Added up, their terms have a median of"
                " {comparison.florida.same_deaths_median_sum_months|years} years."
            )
        ]
    if "comparison.florida.same_deaths_least_sum_months" not in report.findings:
        return []
    return [
        ngettext(
            "Added up, the terms of that person come to"
            " {comparison.florida.same_deaths_most_sum_months|years} years.",
            "Added up, their terms run from {comparison.florida.same_deaths_least_sum_months|years} to"
            " {comparison.florida.same_deaths_most_sum_months|years} years.",
            people,
        )
    ]


def _florida_reaching(report: Report, reaching: float) -> str:
    """Say how many of those sums are as long as the sentence here, and how many of these were for drink."""
    if not reaching:
        return _(
            "[None](comparison.florida.same_deaths_reaching_imposed) reaches {sentence.imposed_years} years."
        )
    if reaching == 1:
        return (
            _(
                "{comparison.florida.same_deaths_reaching_imposed|Small} reaches {sentence.imposed_years}"
                " years or more, [convicted](comparison.florida.same_deaths_reaching_imposed_dui) of driving"
                " under the influence."
            )
            if report.findings.value("comparison.florida.same_deaths_reaching_imposed_dui")
            else _(
                "{comparison.florida.same_deaths_reaching_imposed|Small} reaches {sentence.imposed_years}"
                " years or more, [not convicted](comparison.florida.same_deaths_reaching_imposed_dui) of"
                " driving under the influence."
            )
        )
    return _(
        "{comparison.florida.same_deaths_reaching_imposed|Small} reach {sentence.imposed_years} years or"
        " more, {comparison.florida.same_deaths_reaching_imposed_dui|some} of these convicted of driving"
        " under the influence."
    )


@needs(missing.sentence, quiet=True)
def comparison_limits(report: Report) -> Prose:
    """What the comparison cannot say."""
    lines = (
        _(
            "[Federal cases](table.federal-sentences) come mostly from federal land and Indian country."
            " [The file](table.federal-sentences) has no mark for a vehicle: they are not vehicular"
            " homicide."
        ),
        _(
            "The files of Florida and Texas show people in prison on [one](table.state-sentences) day."
            " [Someone](method) serving a long term is likelier to be among them than someone serving a"
            " short term."
        ),
        _(
            "[None of the groups](method) is a sample: each holds everybody of its kind, or a part that"
            " somebody chose. [So no margin for chance is given, and none would say how cases"
            " differ](connective)."
        ),
        _("[New York’s and Texas’s offenses](table.state-sentences) all involve alcohol or drugs."),
        _(
            "[A life sentence](method) counts as longer than any number of months. [It is never turned into"
            " a number](connective)."
        ),
        _("[A sentence is not the time that is served](connective)."),
    )
    own = passages(report, "limits")
    texts = [*own, *[fill(report, text) for text in lines], *_of_other_years(report)]
    return Prose(texts, bullets=True, role="limits", open=0, more=_("What this comparison cannot say"))


def _of_other_years(report: Report) -> list[Text]:
    """Say that the sentence is of another time than the terms it is set beside, where they are far apart."""
    event = report.event("sentence")
    terms = [term.date for term in report.terms("imposed") if term.date]
    year = (event.date if event else terms[0] if terms else report.case.crash.date).year
    held = report.federal_held.held
    if held[0] - FAR <= year <= held[-1] + FAR:
        return []
    said = (
        _(
            "The sentence here is of {year}, the terms in the federal files of {years}. [What laws allow and"
            " courts impose changes](method), so terms of times so far apart are compared with caution."
        )
        if event or terms
        else _(
            "The crash was in {year}, the terms in the federal files are of {years}. [What laws allow and"
            " courts impose changes](method), so terms of times so far apart are compared with caution."
        )
    )
    origin = f"event.{event.id}" if event else "case.file"
    years = written.years_held(held)
    return [
        fill(
            report,
            said,
            year=(Number(origin, str(year), str(year)),),
            years=(Number("table.federal-sentences", years, years),),
        )
    ]


def _nothing_after(report: Report) -> str:
    """Say that the case file tells nothing of what came after."""
    told = passages(report, "after") or "case.days_to_parole_eligibility" in report.findings
    return "" if told else missing.account("after")


@needs(_nothing_after, quiet=True)
def what_came_after(report: Report) -> Prose:
    """What happened to the sentence since."""
    paragraphs = passages(report, "after", folded=False)
    if "case.days_to_parole_eligibility" in report.findings:
        days = report.findings.value("case.days_to_parole_eligibility")
        text = (
            ngettext(
                "{role.parole_eligible} is {case.days_to_parole_eligibility} day after this edition,"
                " {edition}.",
                "{role.parole_eligible} is {case.days_to_parole_eligibility} days after this edition,"
                " {edition}.",
                days,
            )
            if days > 0
            else _("That date has passed at this edition, {edition}: the status is due for a check.")
        )
        edition = (Number("parameter.edition", report.edition.isoformat(), written.day(report.edition)),)
        paragraphs.append(fill(report, text, edition=edition))
    return with_fold(paragraphs, passages(report, "after", folded=True), _("More of what came after"))


def _days(report: Report) -> list[Event]:
    """Return the events from the sentence to its commutation, both included, each with a day of its own."""
    known = [one for one in printed(report.case.event) if one.precision == "day"]
    days = {one.kind: one.date for one in known if one.kind in ("sentence", "commutation")}
    if len(days) < 2:
        return []
    return [one for one in known if days["sentence"] <= one.date <= days["commutation"]]


def _no_days(report: Report) -> str:
    """Say that there are no days to tell of between a sentence and its commutation."""
    # Two are the sentence and the commutation themselves, of which the text tells.
    told = len(_days(report)) > 2
    return "" if told else missing.account("days")


@needs(_no_days, quiet=True)
def day_by_day(report: Report) -> Prose:
    """What happened from the sentence to its commutation, day by day."""
    lines = [
        (
            Number(f"event.{one.id}", one.date.isoformat(), written.day(one.date)),
            ": ",
            Number(f"event.{one.id}", one.text, one.text),
        )
        for one in _days(report)
    ]
    return Prose(lines, bullets=True, role="days")


@needs(
    lambda report: "" if any(one.main for one in printed(report.case.open)) else missing.account("questions"),
    quiet=True,
)
def not_known(report: Report) -> Prose:
    """The main questions that are open."""
    asked = [one.question for one in printed(report.case.open) if one.main]
    return Prose([(Number("case.file", one, one),) for one in asked], bullets=True)
