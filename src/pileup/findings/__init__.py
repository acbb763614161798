"""Every number that is computed here and shown to a reader: id, value, unit, and what went in."""

from typing import TYPE_CHECKING

from pileup.findings import case, comparison, crash
from pileup.findings.record import Finding, Findings

if TYPE_CHECKING:
    from pileup.story.report import Report

__all__ = ["Finding", "Findings", "compute"]


def compute(report: "Report") -> Findings:
    """Compute the findings of a report, in the order in which the story tells them.

    Parameters
    ----------
    report : pileup.story.report.Report
        The case, the tables and the parameters.
    """
    found = Findings()
    if report.has_crash:
        crash.add(found, report)
    case.add_dates(found, report)
    if report.has_sentence:
        case.add_sentence(found, report)
        comparison.add(found, report)
    return found
