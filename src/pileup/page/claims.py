"""A claim needs an origin as a number does: the rule for sentences, and how a sentence says whose word it is.

**The rule.** Every sentence of the story leads to at least one entry of the ledger: a finding, a fact, a
date, a term, a source, a table, or `method`, the page's own way of counting. A sentence that claims nothing
and only joins others is written `[like this](connective)`. A sentence whose entries all rest on one source,
on a party's claim or on a fact in dispute says in its own words whose word it is. Corrections are the
editor's own words and rest on the case file; what stands in a chart or a table has the origins of that chart
or table.
"""

from collections.abc import Iterator

from pileup.case.parts import WEAK
from pileup.page.content import Block
from pileup.page.record import ENTRIES, Record
from pileup.words.sentences import says_whose, sentences


def refused(record: Record) -> Iterator[str]:
    """Yield each sentence of a page that breaks the rule, one line each.

    Parameters
    ----------
    record : Record
        What was placed on the page. One without a ledger has nothing to lead to.
    """
    ledger = record.page.ledger
    if not ledger:
        return
    weak = {one["id"] for kind in ENTRIES for one in ledger.get(kind, ()) if one["status"] in WEAK}
    for place, paragraph in _paragraphs(record):
        text = paragraph if isinstance(paragraph, list) else [paragraph]
        for words, origins in sentences(text):
            if not origins:
                yield (
                    f"{place}: a sentence leads to no origin: “{_short(words)}”; [its words](fact.id), or"
                    " [words](method) where it tells how the page counts, is right"
                )
            elif origins <= weak and not says_whose(words, record.language):
                yield (
                    f"{place}: rests on {', '.join(sorted(origins))} alone and does not say whose word it is:"
                    f" “{_short(words)}”"
                )


def _paragraphs(record: Record) -> Iterator[tuple[str, Block | str | list]]:
    """Yield each paragraph of the story, with where it stands."""
    head = record.page.head
    if head:
        yield "headline", head.get("finding") or []
        yield "standfirst", head["standfirst"]
        yield "where the case stands", head["status"]
    for section in record.page.sections:
        for block in section.parts:
            if block["kind"] == "prose" and block.get("role") not in ("changes", "missing"):
                yield from ((f"chapter {section.id}", paragraph) for paragraph in block["paragraphs"])


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:80]}…"


__all__ = ["refused"]
