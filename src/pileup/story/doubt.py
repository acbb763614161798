"""Says of a value that is disputed or claimed that it is, in each block that uses it or computes with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps

from pileup.case.model import Count, Fact, Term
from pileup.story import outcomes
from pileup.story.blocks import Block, Chart, Prose, Table
from pileup.story.report import Report
from pileup.story.whose import attributed, of_case_file
from pileup.words.language import _
from pileup.words.text import Number, Text, linked

#: A part of the case whose value the page uses.
Used = Fact | Term | Count


def told(report: Report, text: Text, known: set[str]) -> Text:
    """Say whose word a sentence is, and add one for each value that it rests on and that is not established.

    Parameters
    ----------
    report : Report
        Whose case says what is disputed or claimed.
    text : Text
        With numbers that lead to facts and terms, or to findings that rest on them.
    known : set of str
        What was told already; what is told here is added.
    """
    said: list[str | Number] = []
    for name, part in _doubted(report, [run.origin for run in text if isinstance(run, Number)]):
        if name not in known:
            known.add(name)
            said += [" ", *attributed(report, of_case_file(linked(_sentence(part), name), name))]
    return (*attributed(report, text), *said)


def says_so[Shown: Block](
    block: Callable[[Report], Shown], draws_terms: bool = False
) -> Callable[[Report], Shown]:
    """Let a text, a chart or a table say which of the values that it rests on are not established.

    Parameters
    ----------
    block : callable
        Makes the text, chart or table of a report.
    draws_terms : bool
        Whether it shows the terms of the case without a number that leads to them.
    """

    @wraps(block)
    def shown(report: Report) -> Shown:
        made, known = block(report), set[str]()
        match made:
            case Prose():
                texts = [told(report, paragraph, known) for paragraph in made.paragraphs]
                return replace(made, paragraphs=texts)
            case Chart() | Table():
                texts = [made.headline] if isinstance(made, Chart) else []
                table = made.table if isinstance(made, Chart) else made
                texts += [cell for row in table.rows for cell in row if isinstance(cell, tuple)]
                names = [run.origin for text in texts for run in text if isinstance(run, Number)]
                if draws_terms:
                    names += [f"term.{term.id}" for term in report.case.term]
                parts = dict(_doubted(report, [*names, *table.row_origins]))
                notes = [made.note, *map(_sentence, parts.values())]
                return made if not parts else replace(made, note=" ".join(filter(None, notes)))
        return made

    return shown


def _doubted(report: Report, origins: Iterable[str]) -> Iterator[tuple[str, Used]]:
    """Return the parts in doubt among those that numbers lead to, and that their findings rest on."""
    case = report.case
    parts: dict[str, Used] = {
        **{f"fact.{one.id}": one for one in case.fact if one.role},
        **{f"term.{one.id}": one for one in case.term},
        **{f"count.{one.id}": one for one in case.count},
    }
    doubted = {name: part for name, part in parts.items() if part.status in ("disputed", "claim")}
    waiting, seen = list(origins) if doubted else [], set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if name in doubted:
            yield name, doubted[name]
        elif name in report.findings:
            waiting += [one for ids in report.findings[name].origins for one in ids.split()]


def doubts(report: Report, origins: Iterable[str]) -> list[str]:
    """Return a sentence for each value among some that is not established."""
    return [_sentence(part) for _name, part in _doubted(report, origins)]


def _sentence(part: Used) -> str:
    """Say what is not established, and who says so or otherwise."""
    match part:
        case Fact():
            statement = part.statement
        case Term():
            statement = _("{label}: {term}.").format(label=part.label, term=outcomes.said(part))
        case Count():
            statement = f"{part.label}."
    said = (
        _("Disputed: {statement}")
        if part.status == "disputed"
        else _("Claimed, not established: {statement}")
    )
    return " ".join(filter(None, (said.format(statement=statement), part.note)))
