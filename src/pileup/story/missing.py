"""What a case may lack, each said in one sentence; an empty text means that it is there."""

from typing import TYPE_CHECKING

from pileup.story import outcomes
from pileup.words.language import _, mark

if TYPE_CHECKING:
    from pileup.case.model import CaseFile
    from pileup.story.report import Report


NONE_IN_STATE = mark("The files hold no fatal crash in {state} in {years}.")


def size(report: "Report") -> str:
    """Say why the crash cannot be ranked: it was elsewhere, or nothing of its size is known."""
    return size_of(report.case, report.parameters.state)


def size_of(case: "CaseFile", state: str | None = None) -> str:
    """Say the same of a case by itself, and of the state that was asked for, if one was."""
    if not case.case.state and not state:
        return _(
            "The federal files of fatal crashes that are held here cover the 50 states and the District of"
            " Columbia (Puerto Rico has a file of its own, which is not held), so this crash is not ranked."
        )
    if any(case.number(role) is not None for role in ("vehicles", "deaths")):
        return ""
    return _(
        "The case file does not establish the number of vehicles and deaths, so the crash is not ranked."
    )


def vehicles(report: "Report") -> str:
    """Say that the crash cannot be ranked by its vehicles."""
    return size(report) or _partly(report.case, ("vehicles",))


def whole(report: "Report") -> str:
    """Say that the crash can be ranked by one measure only."""
    return size(report) or partly(report)


def partly(report: "Report") -> str:
    """Say by what the crash is not ranked, and why; nothing where both are known."""
    return _partly(report.case, ("vehicles", "deaths"))


def _partly(case: "CaseFile", needed: tuple[str, ...]) -> str:
    unknown = [role for role in needed if case.number(role) is None]
    if not unknown:
        return ""
    if unknown[0] == "vehicles":
        return _(
            "The case file does not establish the number of vehicles, so the crash is ranked by deaths alone."
        )
    return _(
        "The case file does not establish the number of deaths, so the crash is ranked by vehicles alone."
    )


def counted(report: "Report") -> str:
    """Say that neither the case nor the reporter tells from what size on a crash is large."""
    if none := size(report):
        return none
    if report.by_deaths_alone and report.deaths == 1:
        return _("Every fatal crash has one death or more, so none stands out by a single one.")
    return "" if report.vehicles or report.by_deaths_alone else vehicles(report)


def on_the_map(report: "Report") -> str:
    """Say the same, or that the files hold no crash of the state."""
    return in_state(report) or counted(report)


def large(report: "Report") -> str:
    """Say where no crash of the chosen years is large enough to be listed."""
    return vehicles(report) or (
        ""
        if report.large
        else _("No fatal crash of {years} had so many vehicles.").format(years=report.years)
    )


def in_state(report: "Report") -> str:
    """Say where the files hold no crash of the state."""
    return size(report) or (
        "" if len(report.in_state) else _(NONE_IN_STATE).format(state=report.state_name, years=report.years)
    )


def by_year(report: "Report") -> str:
    """Say the same, or that the crash cannot be ranked by its vehicles, nor by its deaths alone."""
    return in_state(report) or ("" if report.by_deaths_alone else vehicles(report))


def trucks(report: "Report") -> str:
    """Say where no truck was in the crash, or the files do not tell of large trucks."""
    if not report.case.number("trucks"):
        return _("The case file has no truck in the crash.")
    return size(report) or (
        ""
        if report.truck_years
        else _("For these years the files do not say whether a large truck was involved.")
    )


def sentence(report: "Report") -> str:
    """Say that there is no sentence to compare."""
    return sentence_of(report.case)


def sentence_of(case: "CaseFile") -> str:
    """Say the same of a case by itself."""
    return outcomes.no_sentence(case)


def years(report: "Report") -> str:
    """Say that no one number of years can be set beside those of others."""
    return outcomes.no_years(report.case)


def law(report: "Report") -> str:
    """Say why the sentence cannot be rebuilt count by count."""
    if none := years(report):
        return none
    if report.has_law:
        return ""
    if report.case.case.law and any(count.guilty for count in report.case.count):
        return _(
            "The day of the crash is not known, and the law was not the same on all days that it can be, so"
            " the sentence cannot be rebuilt count by count."
        )
    if not report.case.case.law:
        return _("The case names no law file, so the sentence cannot be rebuilt count by count.")
    return _("The case file has no counts of conviction, so the sentence cannot be rebuilt count by count.")


def duty(report: "Report") -> str:
    """Say that no rule made the terms run one after another, so that there is no sum to build."""
    return law(report) or (
        "" if report.adds_up else _("No rule of the law file made the terms run one after another.")
    )


def account(of: str) -> str:
    """Say what the case file does not tell of: "after", "quote", "days" or "questions"."""
    return {
        "after": _("The case file has no account of what came after."),
        "quote": _("The case file has no words that are to be set large."),
        "days": _("The case file tells of no change of the sentence day by day."),
        "questions": _("The case file names no open question as a main one."),
    }[of]
