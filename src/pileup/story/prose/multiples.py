"""How many times as long a sentence is as the medians of several groups, each end named where it must be."""

from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _
from pileup.words.text import Text

#: The multiples of the highest and of the lowest median: of the sentence, and of its shorter end.
NEAREST = ("comparison.nearest_lowest_ratio", "comparison.nearest_highest_ratio")
LEAST = ("comparison.least_lowest_ratio", "comparison.least_highest_ratio")


def straddled(report: Report, lowest: str, highest: str) -> bool:
    """Tell whether a sentence is shorter than the highest of the medians and longer than the lowest.

    A range such as "0.87 to 2.7 times" would then hide that it is the longer one beside the one group and the
    shorter one beside the other, so each end is told with the median that it is a multiple of; so is one that
    is just as long.
    """
    low, high = (report.findings.value(name) for name in (lowest, highest))
    return low < 1 < high or "1" in (written.times(low), written.times(high))


def times_the_medians(report: Report) -> Text:
    """Say what multiple of the median prison terms the sentence is; "of the nearest groups" follows."""
    return _filled(
        report,
        *NEAREST,
        _("{low} times the highest and {high} times the lowest median prison term")
        if straddled(report, *NEAREST)
        else _("{low} to {high} times the median prison terms"),
    )


def times_these(report: Report, lowest: str, highest: str) -> Text:
    """Say what multiple it is of medians that were named before."""
    return _filled(
        report,
        lowest,
        highest,
        _("{low} times the highest of them and {high} times the lowest")
        if straddled(report, lowest, highest)
        else _("{low} to {high} times these medians"),
    )


def _filled(report: Report, lowest: str, highest: str, text: str) -> Text:
    low, high = (fill(report, f"{{{name}|times}}") for name in (lowest, highest))
    return fill(report, text, low=low, high=high)
