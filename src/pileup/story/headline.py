"""The headline: the finding of a report in one sentence, a form for each way that a case can turn out."""

from pileup.case.outcome import outcome
from pileup.story import missing, outcomes
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.whose import attributed, of_case_file
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Text, linked


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
        return of_case_file((report.case.case.title,))
    told = fill(
        report,
        template,
        state=report.state_name,
        asked=asked_for(report, report.other_state),
        **({"imposed": _imposed(report)} if "{imposed}" in template else {}),
    )
    return attributed(report, told)


def _imposed(report: Report) -> Text:
    """Return the sentence that stands, or the one that no longer does."""
    found = outcome(report.case)
    return outcomes.imposed(report) if found.sentenced else outcomes.linked_terms(found.vacated)


def asked_for(report: Report, in_state: bool) -> Text:
    """Return how many crashes are of the size that was asked for, in the state or the nation.

    Parameters
    ----------
    report : Report
        A report of which `vehicles` or `deaths` was asked for; an empty text where neither was.
    in_state : bool
        Whether those of the chosen state are counted, or those of the nation.
    """
    chosen, where = report.parameters, "crashes.state_" if in_state else "crashes."
    counted: dict[str, str | Text] = {
        f"of_{size}": _or_none(report, f"{where}at_least_{size}") for size in ("vehicles", "deaths", "both")
    }
    sizes = {
        "vehicles": ngettext(
            "{parameter.vehicles} vehicle or more", "{parameter.vehicles} vehicles or more", chosen.vehicles
        ),
        "deaths": ngettext(
            "{parameter.deaths} death or more", "{parameter.deaths} deaths or more", chosen.deaths
        ),
    }
    counted |= {size: fill(report, text) for size, text in sizes.items()}
    if chosen.vehicles and chosen.deaths:
        text = _("{of_vehicles} with {vehicles}, {of_deaths} with {deaths}, {of_both} with both")
    elif chosen.vehicles:
        text = _("{of_vehicles} with {vehicles}")
    elif chosen.deaths:
        text = _("{of_deaths} with {deaths}")
    else:
        return ()
    return fill(report, text, **counted)


def _or_none(report: Report, name: str) -> Text:
    """Write a count, or that there is none; nothing where it was not made."""
    if name not in report.findings:
        return ()
    return fill(report, f"{{{name}}}") if report.findings.value(name) else linked(_("none"), name)


def _of_state(report: Report) -> str:
    """Lead with the size asked for in another state, or the place that the crash would have there."""
    found = report.findings
    if not report.other_state or "crashes.state_fatal_crashes" not in found or not len(report.in_state):
        return ""
    every = found.value("crashes.state_fatal_crashes")
    if report.parameters.vehicles or report.parameters.deaths:
        # Without a size of its own the case says nothing else of a state.
        return ngettext(
            "{crashes.state_fatal_crashes} fatal crash in {state}: {asked}",
            "{crashes.state_fatal_crashes} fatal crashes in {state}: {asked}",
            every,
        )
    if "crashes.state_rank_by_vehicles" not in found:
        return _by_deaths_in_state(report, every)
    first = found.value("crashes.state_rank_by_vehicles") == 1
    own = report.own_vehicles
    if first and not found.value("crashes.state_joint_by_vehicles"):
        if every == 1:
            return ngettext(
                "{role.vehicles} vehicle: the [only](crashes.state_fatal_crashes) fatal crash on file in"
                " {state} did not have as many",
                "{role.vehicles} vehicles: the [only](crashes.state_fatal_crashes) fatal crash on file in"
                " {state} did not have as many",
                own,
            )
        return ngettext(
            "{role.vehicles} vehicle: of {crashes.state_fatal_crashes} fatal crashes in {state}, none had as"
            " many",
            "{role.vehicles} vehicles: of {crashes.state_fatal_crashes} fatal crashes in {state}, none had as"
            " many",
            own,
        )
    if every == 1:
        return ngettext(
            "{role.vehicles} vehicle: the [only](crashes.state_fatal_crashes) fatal crash on file in {state}"
            " had {crashes.state_largest_vehicles}",
            "{role.vehicles} vehicles: the [only](crashes.state_fatal_crashes) fatal crash on file in {state}"
            " had {crashes.state_largest_vehicles}",
            own,
        )
    return ngettext(
        "{role.vehicles} vehicle: in {state} it would be {crashes.state_rank_by_vehicles|ordinal} of"
        " {crashes.state_fatal_crashes} fatal crashes",
        "{role.vehicles} vehicles: in {state} it would be {crashes.state_rank_by_vehicles|ordinal} of"
        " {crashes.state_fatal_crashes} fatal crashes",
        own,
    )


def _by_deaths_in_state(report: Report, every: float) -> str:
    """Say the place that it would have in another state by deaths, where its vehicles are not known."""
    if "crashes.state_rank_by_deaths" not in report.findings:
        return ""
    killed = report.own_deaths
    if every == 1:
        return ngettext(
            "{role.deaths} death: in {state} it would be {crashes.state_rank_by_deaths|ordinal}, beside the"
            " [only](crashes.state_fatal_crashes) fatal crash on file",
            "{role.deaths} deaths: in {state} it would be {crashes.state_rank_by_deaths|ordinal}, beside the"
            " [only](crashes.state_fatal_crashes) fatal crash on file",
            killed,
        )
    return ngettext(
        "{role.deaths} death: in {state} it would be {crashes.state_rank_by_deaths|ordinal} by deaths of"
        " {crashes.state_fatal_crashes} fatal crashes",
        "{role.deaths} deaths: in {state} it would be {crashes.state_rank_by_deaths|ordinal} by deaths of"
        " {crashes.state_fatal_crashes} fatal crashes",
        killed,
    )


def _of_sentence(report: Report) -> str:
    """Lead with the sentence, and the medians of the nearest groups."""
    found, kind = report.findings, outcome(report.case).kind
    if missing.sentence(report) or (not missing.years(report) and "sentence.imposed_years" not in found):
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
    found = outcome(report.case)
    came = _(_OUTCOMES[found.kind]) if found.kind in _OUTCOMES else ""
    if found.kind == "vacated" and not found.vacated:
        came = _("[The sentence no longer stands](case.file)")
    return ". ".join(filter(None, [_of_size(report), came]))


def _of_size(report: Report) -> str:
    """Lead with the size that was asked for, or the place of the crash, where no sentence is known."""
    found = report.findings
    if "crashes.fatal_crashes" in found and (report.parameters.vehicles or report.parameters.deaths):
        return _("{crashes.fatal_crashes} fatal crashes on file: {asked}")
    if "crashes.rank_by_vehicles" in found and not report.own_in_nation:
        return ngettext(
            "{role.vehicles} vehicle: it would be {crashes.rank_by_vehicles|ordinal} of"
            " {crashes.fatal_crashes} fatal crashes on file",
            "{role.vehicles} vehicles: it would be {crashes.rank_by_vehicles|ordinal} of"
            " {crashes.fatal_crashes} fatal crashes on file",
            report.own_vehicles,
        )
    if "crashes.rank_by_vehicles" in found:
        return ngettext(
            "{role.vehicles} vehicle: {crashes.rank_by_vehicles|ordinal} of {crashes.fatal_crashes} fatal"
            " crashes on file",
            "{role.vehicles} vehicles: {crashes.rank_by_vehicles|ordinal} of {crashes.fatal_crashes} fatal"
            " crashes on file",
            report.own_vehicles,
        )
    if "crashes.rank_by_deaths" in found:
        return ngettext(
            "{role.deaths} death: {crashes.rank_by_deaths|ordinal} by deaths of {crashes.fatal_crashes} fatal"
            " crashes on file",
            "{role.deaths} deaths: {crashes.rank_by_deaths|ordinal} by deaths of {crashes.fatal_crashes}"
            " fatal crashes on file",
            report.own_deaths,
        )
    return ""
