"""One function a table: the counts, the disputes, the seed article against the record, what is not known."""

from collections.abc import Callable

from pileup.case import STATUS, Citation, Dispute, printed
from pileup.sentences import Terms
from pileup.story import missing, words
from pileup.story.blocks import Column, Source, Table, needs
from pileup.story.groups import Group, groups
from pileup.story.report import Report
from pileup.story.text import Number, Text, linked

_LEDGER = Source("Sources as listed in the ledger.", ("case.file",))


def _publishers(report: Report, citations: list[Citation], but: str = "") -> Text:
    """Name the publishers of some citations, each once, as links to its source; not those named in `but`."""
    named: dict[str, str] = {}
    for citation in citations:
        named.setdefault(report.case.source_by_id(citation.source).publisher, f"source.{citation.source}")
    links = [Number(origin, name, name) for name, origin in named.items() if name not in but]
    return tuple(run for link in links for run in (", ", link))[1:]


def _origin(citations: list[Citation]) -> str:
    """Return the ledger's entry for a statement that rests on some citations."""
    return f"source.{citations[0].source}" if citations else "case.file"


@needs(lambda report: "" if report.case.count else "The case file has no counts.", quiet=True)
def counts(report: Report) -> Table:
    """The charges on which the jury gave a verdict."""
    rows = [
        [
            count.label,
            count.statute,
            count.offence_class,
            count.tried,
            count.guilty,
            count.not_guilty,
            words.number(count.years_each) if count.years_each else "not reported",
            "one after another" if count.run == "consecutive" else "at the same time",
        ]
        for count in report.case.count
    ]
    columns = [
        Column("Offence"),
        Column("Statute"),
        Column("Class"),
        Column("Tried", True),
        Column("Guilty", True),
        Column("Not guilty", True),
        Column("Years each", True),
        Column("Terms run"),
    ]
    return Table(
        "counts",
        "The counts, the verdict and the term on each",
        columns,
        rows,
        _LEDGER,
        stacked=True,
        row_origins=[f"count.{count.id}" for count in report.case.count],
    )


@needs(
    lambda report: (
        ""
        if any(not one.settled for one in printed(report.case.dispute))
        else "The case file has no dispute that is open."
    ),
    quiet=True,
)
def disputed(report: Report) -> Table:
    """Where sources differ and it could not be settled: the versions side by side."""
    rows = [
        [dispute.point, _versions(report, dispute), dispute.why]
        for dispute in printed(report.case.dispute)
        if not dispute.settled
    ]
    columns = [Column("Point"), Column("Versions"), Column("Why it is open")]
    return Table("disputed", "Disputed, and not settled", columns, rows, _LEDGER, stacked=True)


@needs(
    lambda report: (
        ""
        if any(one.settled for one in printed(report.case.dispute))
        else "The case file has no dispute that is settled."
    ),
    quiet=True,
)
def settled(report: Report) -> Table:
    """Where sources differ and one version is better supported: the versions, what we print, and why."""
    rows = [
        [dispute.point, _versions(report, dispute), dispute.best, dispute.why]
        for dispute in printed(report.case.dispute)
        if dispute.settled
    ]
    columns = [Column("Point"), Column("Versions"), Column("What we print"), Column("Why")]
    return Table(
        "settled",
        f"Where sources differ and we chose: {len(rows)} {words.plural(len(rows), 'point')}",
        columns,
        rows,
        _LEDGER,
        stacked=True,
        folded=True,
    )


def _versions(report: Report, dispute: Dispute) -> Text:
    """Write the versions of a dispute in one cell, each with the publishers that it does not name itself."""
    told: list[str | Number] = []
    for version in dispute.versions:
        told += ["\n· " if told else "· ", *linked(version.says, _origin(version.sources))]
        if named := _publishers(report, version.sources, but=version.says):
            told += [" (", *named, ")"]
    return tuple(told)


@needs(lambda report: "" if printed(report.case.open) else "The case file has no open question.", quiet=True)
def unknown(report: Report) -> Table:
    """What is not known, and when to look again."""
    rows = []
    for question in printed(report.case.open):
        due = question.look_again
        when = (
            ""
            if due is None
            else words.day(due)
            if due > report.edition
            else f"due for a check since {words.day(due)}"
        )
        rows.append([question.question, question.looked, when])
    return Table(
        "unknown",
        "What is not known",
        [Column("Question"), Column("What was looked for"), Column("Look again")],
        rows,
        _LEDGER,
        stacked=True,
    )


@needs(
    lambda report: "" if report.case.seed_claim else "The case file compares no article with the record.",
    quiet=True,
)
def seed_article(report: Report) -> Table:
    """The article that set off this report, statement by statement, where the record says otherwise."""
    wrong = [
        claim for claim in report.case.seed_claim if claim.verdict not in ("confirmed", "claim", "artefact")
    ]
    rows = [
        [f"“{claim.quote}”", claim.verdict, claim.correction, _publishers(report, claim.sources)]
        for claim in wrong
    ]
    columns = [Column("The article’s words"), Column("Verdict"), Column("The record"), Column("Sources")]
    unproven = sum(claim.verdict == "not established" for claim in wrong)
    caption = (
        f"The article that set off this report: {len(wrong) - unproven} of its {len(report.case.seed_claim)}"
        f" statements are wrong in whole or in part, {unproven} could not be established"
    )
    return Table(
        "seed-article",
        caption,
        columns,
        rows,
        _LEDGER,
        stacked=True,
        folded=True,
        row_origins=[_origin(claim.sources) for claim in wrong],
    )


@needs(missing.sentence)
def benchmarks(report: Report) -> Table:
    """Each group beside the terms of the case: how many, when, how long, and how far it can be compared."""
    marks = [
        (f"{said} {words.span(term.years_min, term.years_max)} years", 12 * term.years_max)
        for kind, said in (("commuted", "The commuted"), ("imposed", "The imposed"))
        for term in report.case.terms(kind)[:1]
    ]
    shown = groups(report)
    measures: list[tuple[str, Callable[[Group], str]]] = [
        ("People with a prison term", lambda one: _people(one.terms)),
        ("When", lambda one: one.years),
        ("Median, years", lambda one: _median(one.terms)),
        ("Middle half, years", lambda one: " to ".join(words.years(end) for end in one.terms.middle_half)),
        ("Longest, years", lambda one: _longest(one.terms)),
        *((name, lambda one, months=months: _falls(one.terms, months)) for name, months in marks),
        ("How comparable", lambda one: one.weakness),
    ]
    return Table(
        "benchmarks",
        "The benchmarks side by side, and where the terms of this case fall",
        [Column("Measure"), *[Column(group.name) for group in shown]],
        [[name, *[linked(say(group), group.table) for group in shown]] for name, say in measures],
        Source("See the chart of each group; own computation.", ("table.state-sentences", "case.file")),
        stacked=True,
        note=(
            "In brackets: a 95% confidence interval for the median, from order statistics. It is about chance"
            " alone, not about who is in the group."
        ),
    )


def _people(terms: Terms) -> str:
    """Write how many people a group has, few said to be few, and how many besides had no prison term."""
    few = " (few)" if terms.size == "small" else ""
    besides = f"; {terms.no_prison} more without one" if terms.no_prison else ""
    return f"{len(terms.months)}{few}{besides}"


def _median(terms: Terms) -> str:
    """Write a median in years with its interval."""
    interval = terms.interval()
    sure = f" (95%: {words.years(interval[0])} to {words.years(interval[1])})" if interval else ""
    return f"{words.years(terms.median)}{sure}"


def _longest(terms: Terms) -> str:
    """Write the longest term in years, and how many have life."""
    return words.years(terms.without_life().longest) + (f"; {terms.life} life" if terms.life else "")


def _falls(terms: Terms, months: float) -> str:
    """Say where a term falls in a group: the share that is shorter, the number as long or longer."""
    longer = terms.at_least(months)
    if not longer:
        return "longer than every term"
    share = 100 * terms.shorter(months) / len(terms.months)
    return f"{words.number(share, 0)}% are shorter; {longer} are as long or longer"


@needs(lambda report: "" if printed(report.case.fact) else "The case file has no facts.", quiet=True)
def facts(report: Report) -> Table:
    """The facts of the case, each with its status."""
    rows = [
        [fact.id, fact.statement, fact.status, _publishers(report, fact.sources)]
        for fact in printed(report.case.fact)
    ]
    columns = [Column("Id"), Column("Fact"), Column("Status"), Column("Sources")]
    note = " ".join(f"{word.capitalize()}: {meaning}." for word, meaning in STATUS.items())
    return Table(
        "facts",
        f"The {len(rows)} facts of the case file",
        columns,
        rows,
        _LEDGER,
        stacked=True,
        note=note,
        folded=True,
        row_origins=[f"fact.{fact.id}" for fact in printed(report.case.fact)],
    )


def findings(report: Report) -> Table:
    """Every number computed here."""
    rows = [
        [finding.id, finding.label, words.number(finding.value, 2), finding.unit]
        for finding in report.findings
    ]
    columns = [Column("Id"), Column("Finding"), Column("Value", True), Column("Unit")]
    return Table(
        "findings",
        f"The {len(rows)} findings of this run",
        columns,
        rows,
        Source("Own computation from the tables named in findings.json.", ("case.file",)),
        folded=True,
        row_origins=[finding.id for finding in report.findings],
    )
