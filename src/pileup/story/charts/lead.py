"""The picture that a page leads with: the finding of its headline, drawn."""

from pileup.story import missing
from pileup.story.blocks import Block, Prose
from pileup.story.charts.everyone import nearest
from pileup.story.charts.scale import scale
from pileup.story.charts.states import states
from pileup.story.report import Report


def lead(report: Report) -> Block:
    """What does the headline say, at a glance?

    A report of another state leads with the map of the states, one with a sentence with the nearest groups,
    another with the size of its crash.
    """
    if report.other_state and not missing.on_the_map(report):
        return states(report)
    if isinstance(made := nearest(report), Prose):
        return scale(report)
    return made
