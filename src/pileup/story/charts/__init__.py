"""One function a figure: each answers one question and says its finding in a headline."""

from pileup.story.charts.cases import cases
from pileup.story.charts.crash import largest, state_by_year, vehicles
from pileup.story.charts.elsewhere import same_deaths
from pileup.story.charts.everyone import everyone
from pileup.story.charts.lead import lead
from pileup.story.charts.published import ranges
from pileup.story.charts.rarity import by_decade, truck_share
from pileup.story.charts.road import road
from pileup.story.charts.scale import scale
from pileup.story.charts.sentence import built, what_if
from pileup.story.charts.states import states
from pileup.story.doubt import says_so

__all__ = [
    "built",
    "by_decade",
    "cases",
    "everyone",
    "largest",
    "lead",
    "ranges",
    "road",
    "same_deaths",
    "scale",
    "state_by_year",
    "states",
    "truck_share",
    "vehicles",
    "what_if",
]

# A value in doubt is told to be so in the note of each chart that rests on it; these draw the case's terms
# without a number in a text that leads to them.
_DRAW_TERMS = ("cases", "everyone", "lead")
for _name in __all__:
    globals()[_name] = says_so(globals()[_name], _name in _DRAW_TERMS)
