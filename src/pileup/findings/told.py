"""Which findings a report has, in the order in which its story tells them."""

from pileup.findings import crash, dates, federal, others, rarity, sentence, state, states
from pileup.findings.declare import REGISTRY
from pileup.findings.engine import Engine
from pileup.findings.record import Findings

ALWAYS = (crash, state, rarity, dates)
#: Where a sentence was imposed; without one there is nothing to compare.
OF_A_SENTENCE = (sentence, federal, states, others)


def compute(engine: Engine) -> Findings:
    """Compute the findings of a report.

    Parameters
    ----------
    engine : Engine
        With the inputs of the report.
    """
    modules = (*ALWAYS, *OF_A_SENTENCE) if engine.get("term_imposed") else ALWAYS
    return engine.findings(REGISTRY.of(*modules))
