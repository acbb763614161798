"""What a reader's browser needs to say the same of a state, years and a size of the reader's own."""

import hashlib
import json

from pileup.record.packed import packed
from pileup.story import missing
from pileup.story.blocks import Own, needs
from pileup.story.doubt import doubts
from pileup.story.report import Report
from pileup.words.language import _

#: What a reader may choose; each is a parameter of the report, too.
CHOSEN = ("state", "first_year", "last_year", "vehicles", "deaths")


@needs(missing.whole, quiet=True)
def own_numbers(report: Report) -> Own:
    """Set your own numbers: the crash as it is ranked, what is set aside, and what this report chose."""
    crash, held, chosen = report.crash, report.all_held.held, report.parameters
    facts = [report.case.by_role(role) for role in ("vehicles", "deaths")]
    data = {
        "crash": {
            "state": crash.state,
            "year": crash.year,
            "vehicles": crash.vehicles,
            "deaths": crash.deaths,
            "in_fars": crash.in_fars,
            "in_files": report.in_files,
        },
        "chosen": {
            "state": report.state,
            "first_year": chosen.first_year,
            "last_year": chosen.last_year,
            "vehicles": report.vehicles,
            "deaths": report.deaths,
        },
        "exclusions": chosen.exclusions,
        "held": list(held),
        "aside": [
            {
                "state": one.state,
                "year": one.year,
                "vehicles": one.vehicles,
                "deaths": one.deaths,
                "reason": _(one.set_aside),
            }
            for one in report.all_set_aside
        ],
        "doubts": doubts(report, [f"fact.{fact.id}" for fact in facts if fact]),
        "counts": mark_of(packed(report.all_counts)),
    }
    return Own(data)


def mark_of(counts: object) -> str:
    """Return a mark of the packed table, so that no page is made with another one than its notebook had."""
    return hashlib.sha256(json.dumps(counts).encode()).hexdigest()
