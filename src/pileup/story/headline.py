"""The headline: the finding of a report in one sentence, a form for each way that a case can turn out."""

from pileup.story import missing
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words.language import _
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
    template = _of_state(report) or _of_sentence(report) or _of_size(report)
    if not template:
        return (report.case.case.title,)
    size = "{parameter.vehicles}" if report.parameters.vehicles else "{role.vehicles}"
    return fill(
        report, template, state=report.state_name, vehicles=fill(report, size) if report.vehicles else ""
    )


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
    found = report.findings
    if missing.sentence(report) or "sentence.imposed_years" not in found:
        return ""
    floor = report.adds_up and found.value("sentence.imposed_years") == found.value("sentence.rebuilt_years")
    sentence = (
        _("{sentence.imposed_years} years was the least the law allowed for these counts")
        if floor
        else _("{sentence.imposed_years} years was the sentence here")
    )
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


def _of_size(report: Report) -> str:
    """Lead with the place of the crash among all, where no sentence is known."""
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
