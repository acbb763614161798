"""How the sentence came about, what others get, and what came after."""

from pileup.story import missing
from pileup.story.blocks import Prose, needs
from pileup.story.fill import fill
from pileup.story.prose.shared import passages
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Number, Text, linked


def why_so_long(report: Report) -> Prose:
    """How the sentence came about."""
    own = passages(report, "sentence")
    lacking = missing.law(report)
    if lacking:
        return Prose(own) if own else Prose([(lacking,)], role="missing")
    verdict = _(
        "The jury gave a verdict on {sentence.counts_tried} counts: guilty on {sentence.counts_guilty}, not"
        " guilty on {sentence.counts_not_guilty}."
    )
    if not report.adds_up:
        allowed = _(
            "No rule of the law file made the terms run one after another; the court could choose. With"
            " every term at its lowest and at the same time, these counts come to {sentence.rebuilt_years}"
            " years; with every term at its highest and one after another, to {sentence.highest_years}."
            " {sentence.imposed_years} were imposed. This is what the law would have allowed, not what"
            " should have been."
        )
        return Prose([*own, fill(report, f"{verdict} {allowed}")])
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
        " years. The higher number supposes no aggravating circumstances.{beside} This is what the law would"
        " have allowed, not what should have been."
    )
    return Prose(
        [
            *own,
            fill(report, f"{verdict} {total}", sums=fill(report, added)),
            fill(report, bounds, beside=_beside(report)),
        ]
    )


def _beside(report: Report) -> Text:
    """Say by which rule the other terms cannot be added to the highest total."""
    applied = {name for step in report.built.steps for name in step.rules}
    rules = [rule for rule in report.law.rule if rule.id in applied and rule.kind == "concurrent_required"]
    told = _("The other terms do not add to it, by {statute}: {words}")
    texts = [" " + told.format(statute=rule.statute, words=rule.words) for rule in rules]
    return linked("".join(texts), "law.file")


@needs(missing.sentence)
def what_others_get(report: Report) -> Prose:
    """How the sentence compares with others."""
    found = report.findings
    told = [
        _(
            "We found no public file that gives the sentences for vehicular homicide in the whole country."
            " The closest federal counterpart is manslaughter: {comparison.manslaughter.cases} people were"
            " sentenced for it in {when},"
            " {comparison.manslaughter.with_prison_term} of them to prison."
            " [Half](comparison.manslaughter.median_months) of the prison terms were"
            " {comparison.manslaughter.median_months|years} years or less; the longest was"
            " {comparison.manslaughter.max_months|years}. Chance alone leaves that median between"
            " {comparison.manslaughter.median_interval_low_months|years} and"
            " {comparison.manslaughter.median_interval_high_months|years} years (a"
            " [95](table.federal-sentences)% interval). The {sentence.imposed_years} years imposed here are"
            " {comparison.imposed_to_median_ratio|times} times that median and"
            " {comparison.imposed_to_max_ratio|times} times the longest."
        )
    ]
    if "comparison.involuntary.median_months" in found:
        told.append(
            _(
                "The files name the guideline, so involuntary manslaughter can be told apart:"
                " {comparison.involuntary.people} people went to prison, for a median of"
                " {comparison.involuntary.median_months|years} years."
            )
            if report.split_by_guideline
            else _(
                "The file does not tell voluntary from involuntary. By a stand-in, the shortest term that the"
                " guideline asked for, the lighter part is mostly involuntary; the stand-in puts some people"
                " on the wrong side. Of that part {comparison.involuntary.people} people went to prison, for"
                " a median of {comparison.involuntary.median_months|years} years."
            )
        )
    if "comparison.commuted_percentile" in found:
        told.append(
            _(
                "The commuted sentence of {sentence.commuted_years} years is longer than"
                " {comparison.commuted_longer_than_percent|whole}% of the"
                " {comparison.manslaughter.with_prison_term} prison terms for federal manslaughter, as long"
                " as {comparison.commuted_equal_percent|whole}%, and"
                " {comparison.commuted_to_median_ratio|times} times their median."
            )
        )
    if "comparison.commuted_to_involuntary_median_ratio" in found:
        told.append(
            _(
                "Of the {comparison.involuntary.people} mostly involuntary terms it is longer than"
                " {comparison.commuted_longer_than_involuntary_percent|whole}%, and it is"
                " {comparison.commuted_to_involuntary_median_ratio|times} times their median."
            )
        )
    told += [
        _(
            "For murder the federal median was {comparison.murder.median_months|years} years, with"
            " {comparison.murder.life} of {comparison.murder.cases} people sentenced to life."
        ),
        _(
            "[Three](table.state-sentences) states give terms for deaths caused with a vehicle. In New York"
            " the median of the maximum terms was {comparison.new_york.median_months|years} years, among"
            " {comparison.new_york.people} people who came before the parole board. Of Florida’s prisoners"
            " with [one](table.state-sentences) count of vehicular homicide who had not left the scene, the"
            " median was {comparison.florida.vehicular_homicide_median_months|years} years"
            " ({comparison.florida.vehicular_homicide_people} people)."
        ),
    ]
    if "comparison.florida.same_deaths_median_sum_months" in found:
        told.append(_florida_added_up(report))
    years = written.fiscal_years(report.federal_held.held)
    when = (Number("table.federal-sentences", years, years),)
    given: dict[str, Text] = {"when": when} | _bound(report) | _account(report)
    return Prose([fill(report, paragraph, **given) for paragraph in told])


def _bound(report: Report) -> dict[str, Text]:
    """Name the offenses whose terms the law made run one after another."""
    if not report.adds_up:
        return {}
    bound = [step.label for step in report.built.steps if step.runs == "consecutive" and step.required]
    return {"offenses": linked(written.join([written.lower(label) for label in bound]), "case.file")}


def _account(report: Report) -> dict[str, Text]:
    """Name the account by which counts stand for the people killed, as a link to it."""
    names = [count.for_dead_by for count in report.case.count if count.for_dead_by]
    fact = next((fact for fact in report.case.fact if fact.id in names), None)
    if fact is None:
        return {}
    said = _("one source’s account") if fact.status == "single-source" else _("the account that is given")
    return {"account": (Number(f"fact.{fact.id}", said, said),)}


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
        else _("Florida’s file lets terms be added up."),
        ngettext(
            "It has {comparison.florida.same_deaths_people|small} prisoner with as many counts for a death as"
            " people died here.",
            "It has {comparison.florida.same_deaths_people|small} prisoners with as many counts for a death"
            " as people died here.",
            people,
        ),
        ngettext(
            "Added up, their terms have a median of {comparison.florida.same_deaths_median_sum_months|years}"
            " years, and {comparison.florida.same_deaths_reaching_imposed|small} reaches"
            " {sentence.imposed_years} years or more,"
            " {comparison.florida.same_deaths_reaching_imposed_dui|small} of these convicted of driving under"
            " the influence.",
            "Added up, their terms have a median of {comparison.florida.same_deaths_median_sum_months|years}"
            " years, and {comparison.florida.same_deaths_reaching_imposed|small} reach"
            " {sentence.imposed_years} years or more,"
            " {comparison.florida.same_deaths_reaching_imposed_dui|small} of these convicted of driving under"
            " the influence.",
            reaching,
        )
        if reaching
        else _(
            "Added up, their terms have a median of {comparison.florida.same_deaths_median_sum_months|years}"
            " years, and none reaches {sentence.imposed_years} years."
        ),
    ]
    if found.value("comparison.florida.same_deaths_life"):
        told.append(_("Life counts as reaching it ({comparison.florida.same_deaths_life|small})."))
    if "sentence.years_for_dead" in found:
        told.append(
            _(
                "Here the like number is {sentence.years_for_dead} years, those on the counts that by"
                " {account} stand for the people killed:"
                " {comparison.florida.same_deaths_reaching_years_for_dead|small} of the"
                " {comparison.florida.same_deaths_people|small} reach it. The rest of the"
                " {sentence.imposed_years} years stands for people who lived."
            )
        )
    told.append(_("Adding them up gives an upper bound: the source does not say which terms run together."))
    return " ".join(told)


def comparison_limits(report: Report) -> Prose:
    """What the comparison cannot say."""
    lines = (
        _(
            "Federal cases come mostly from federal land and Indian country, and pool voluntary with"
            " involuntary manslaughter. They are not vehicular homicide."
        ),
        _(
            "The files of Florida and Texas show people in prison on [one](table.state-sentences) day."
            " Someone serving a long term is likelier to be among them than someone serving a short term."
        ),
        _("New York’s and Texas’s offenses all involve drink or drugs."),
        _("A life sentence counts as longer than any number of months. It is never turned into a number."),
        _("A sentence is not the time that is served."),
    )
    own = passages(report, "limits")
    return Prose([*own, *[fill(report, text) for text in lines]], bullets=True, role="limits")


def what_came_after(report: Report) -> Prose:
    """What happened to the sentence since."""
    paragraphs = passages(report, "after")
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
    return Prose(paragraphs)
