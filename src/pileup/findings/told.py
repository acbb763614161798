"""Which findings a report has, in the order in which its story tells them."""

from pileup.findings import crash, dates, federal, groups, neighbors, others, rarity, sentence, state, states
from pileup.findings.declare import REGISTRY
from pileup.findings.engine import Engine
from pileup.findings.record import Findings

#: Modules, each with the input without which a report has no use for their numbers: a crash of which no size
#: is known, or that was elsewhere, is not ranked, and where no sentence stands there is nothing to compare.
PARTS = (
    ("ranked", (crash, neighbors, state, rarity)),
    ("", (dates,)),
    ("outcome", (sentence, federal, states, groups, others)),
)


def compute(engine: Engine) -> Findings:
    """Compute the findings of a report.

    Parameters
    ----------
    engine : Engine
        With the inputs of the report.
    """
    return engine.findings(*((needs, REGISTRY.of(*modules)) for needs, modules in PARTS))
