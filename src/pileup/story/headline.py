"""The headline: the finding of a report in one sentence, a form for each way that a case can turn out."""

from pileup.case.outcome import outcome
from pileup.story import missing, outcomes
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.whose import attributed
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Text


def headline(report: Report) -> Text:
    """Return the finding that a report leads with.

    Parameters
    ----------
    report : Report
        A report of another state than the case's own leads with that state; one of the case with its
        sentence beside the nearest group, or with its size; the case's title stands where nothing is found.

    Returns
    -------
    Text
        One or two sentences without a stop at the end.
    """
    template = _of_state(report) or _of_sentence(report) or _of_outcome(report)
    if not template:
        return (report.case.case.title,)
    found = outcome(report.case)
    size = "{parameter.vehicles}" if report.parameters.vehicles else "{role.vehicles}"
    told = fill(
        report,
        template,
        state=report.state_name,
        vehicles=fill(report, size) if report.vehicles else "",
        imposed=outcomes.imposed(report) if found.sentenced else outcomes.linked_terms(found.vacated),
    )
    return attributed(report, told)


def _of_state(report: Report) -> str:
    """Lead with the place that the crash would have in another state."""
    found = report.findings
    if report.state == report.case.case.state or "crashes.state_rank_by_vehicles" not in found:
        return ""
    if found.value("crashes.state_rank_by_vehicles") == 1 and not found.value(
        "crashes.state_joint_by_vehicles"
    ):
        return _(
            "{vehicles} vehicles: of {crashes.state_fatal_crashes} fatal crashes in {state}, none had as many"
        )
    return _(
        "{vehicles} vehicles: in {state} it would be {crashes.state_rank_by_vehicles|ordinal} of"
        " {crashes.state_fatal_crashes} fatal crashes"
    )


def _of_sentence(report: Report) -> str:
    """Lead with the sentence, and the medians of the nearest groups."""
    found, kind = report.findings, outcome(report.case).kind
    if missing.sentence(report):
        return ""
    if kind == "life":
        sentence = _("The sentence here is {imposed}")
        if "comparison.nearest_life" not in found:
            return sentence
        others = ngettext(
            "In the nearest groups {comparison.nearest_life|small} of {comparison.nearest_people} people has"
            " life",
            "In the nearest groups {comparison.nearest_life|small} of {comparison.nearest_people} people have"
            " life",
            found.value("comparison.nearest_life"),
        )
        return f"{sentence}. {others}"
    if kind == "no prison":
        return _("The sentence here is {imposed}, and no prison")
    if kind == "several":
        sentence = _("The sentences here are {imposed}")
    elif report.adds_up and found.value("sentence.imposed_years") == found.value("sentence.rebuilt_years"):
        sentence = _("{sentence.imposed_years} years was the least the law allowed for these counts")
    else:
        sentence = _("{imposed} years was the sentence here")
    if "comparison.nearest_lowest_median_months" not in found:
        return sentence
    if found.value("comparison.nearest_groups") == 1:
        median = _(
            "In the nearest group the median prison term is {comparison.nearest_lowest_median_months|years}"
            " years"
        )
    else:
        median = _(
            "In the {comparison.nearest_groups|small} nearest groups the median prison term runs from"
            " {comparison.nearest_lowest_median_months|years} to"
            " {comparison.nearest_highest_median_months|years} years"
        )
    return f"{sentence}. {median}"


#: What came of a case in which no sentence stands.
_OUTCOMES = {
    "not charged": mark("[Nobody was charged](case.file)"),
    "pending": mark("[The charges are pending](case.file)"),
    "acquitted": mark("[The trial ended in an acquittal](case.file)"),
    "convicted": mark("[The trial ended in a conviction](case.file)"),
    "vacated": mark("The sentence of {imposed} no longer stands"),
}


def _of_outcome(report: Report) -> str:
    """Lead with the place of the crash and what came of the case, where no sentence stands."""
    told = [_of_size(report), _(_OUTCOMES.get(outcome(report.case).kind, ""))]
    return ". ".join(filter(None, told))


def _of_size(report: Report) -> str:
    """Lead with the place of the crash among all."""
    found = report.findings
    if "crashes.rank_by_vehicles" not in found:
        return ""
    if report.own_in_nation:
        return _(
            "{vehicles} vehicles: {crashes.rank_by_vehicles|ordinal} of {crashes.fatal_crashes} fatal"
            " crashes on file"
        )
    return _(
        "{vehicles} vehicles: it would be {crashes.rank_by_vehicles|ordinal} of {crashes.fatal_crashes} fatal"
        " crashes on file"
    )
