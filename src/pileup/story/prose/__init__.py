"""One function a text: the answers in words, with every number computed or taken from a fact."""

from pileup.story.doubt import says_so
from pileup.story.prose.crash import crash_limits, how_big, how_rare, in_the_state
from pileup.story.prose.opening import head, key_facts, what_happened
from pileup.story.prose.own import own_numbers
from pileup.story.prose.record import changes, ledger, method
from pileup.story.prose.sentence import (
    comparison_limits,
    day_by_day,
    in_their_words,
    not_known,
    sentence_heading,
    what_came_after,
    what_others_get,
    why_so_long,
)

__all__ = [
    "changes",
    "comparison_limits",
    "crash_limits",
    "day_by_day",
    "head",
    "how_big",
    "how_rare",
    "in_the_state",
    "in_their_words",
    "key_facts",
    "ledger",
    "method",
    "not_known",
    "own_numbers",
    "sentence_heading",
    "what_came_after",
    "what_happened",
    "what_others_get",
    "why_so_long",
]

# A value in doubt is told to be so wherever a text uses it; the ledger gives each its status by itself.
for _name in __all__:
    if _name not in ("changes", "head", "ledger", "method", "sentence_heading"):
        globals()[_name] = says_so(globals()[_name])
