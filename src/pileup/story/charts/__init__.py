"""One function a figure: each answers one question and says its finding in a headline."""

from pileup.story.charts.case import petition, terms, timeline
from pileup.story.charts.comparison import comparables, federal, same_deaths, states
from pileup.story.charts.crash import (
    deaths_and_vehicles,
    largest,
    per_year,
    state_by_year,
    truck_share,
    vehicles,
)
from pileup.story.charts.sentence import built, what_if

__all__ = [
    "built",
    "comparables",
    "deaths_and_vehicles",
    "federal",
    "largest",
    "per_year",
    "petition",
    "same_deaths",
    "state_by_year",
    "states",
    "terms",
    "timeline",
    "truck_share",
    "vehicles",
    "what_if",
]
