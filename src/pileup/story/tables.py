"""One function a table: counts, what each side says, disputes, the seed article, what is not known."""

from collections.abc import Callable

from pileup.case.model import Account, Dispute, printed
from pileup.case.parts import STATUS, Citation
from pileup.case.rules import SIDES
from pileup.findings.record import Finding
from pileup.record.sentences import FEW
from pileup.record.tables import load_table
from pileup.story import missing
from pileup.story.blocks import Column, Source, Table, needs
from pileup.story.charts.published import place
from pileup.story.fill import fill
from pileup.story.prose.shared import said_by, words_of
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Number, Text, linked, plain

#: The verdicts on an article's statement that say that the record has it otherwise; all verdicts.
_WRONG = (mark("partly contradicted"), mark("term wrong"), mark("contradicted"))
_VERDICTS = (*_WRONG, mark("confirmed"), mark("claim"), mark("not established"))


def _ledger() -> Source:
    """Return the source line of a table that is made from the case file."""
    return Source(_("Sources as listed in the ledger."), ("case.file",))


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


#: Who decided a count.
_DECIDED_BY = {
    "jury": mark("a jury"),
    "judge": mark("a judge"),
    "plea": mark("a plea of guilty"),
    None: mark("not known"),
}


@needs(lambda report: "" if report.case.count else _("The case file has no counts."), quiet=True)
def counts(report: Report) -> Table:
    """The charges that were decided, by a verdict or a plea."""
    ways = {count.decided_by for count in report.case.count}
    pleaded, mixed = ways == {"plea"}, len(ways) > 1 and ways & {"plea", "judge"}
    rows = [
        [
            count.label,
            count.statute,
            count.offense_class,
            *([count.guilty] if pleaded else [count.tried, count.guilty, count.not_guilty]),
            *([_(_DECIDED_BY[count.decided_by])] if mixed else []),
            written.number(count.years_each) if count.years_each else _("not reported"),
            _("one after another") if count.run == "consecutive" else _("at the same time"),
        ]
        for count in report.case.count
    ]
    columns = [
        Column(_("Offense")),
        Column(_("Statute")),
        Column(_("Class")),
        *(
            [Column(_("Pleaded guilty"), True)]
            if pleaded
            else [
                Column(_("Decided") if ways & {"plea", None} else _("Tried"), True),
                Column(_("Guilty"), True),
                Column(_("Not guilty"), True),
            ]
        ),
        *([Column(_("Decided by"))] if mixed else []),
        Column(_("Years each"), True),
        Column(_("Terms run")),
    ]
    return Table(
        "counts",
        _("The counts, the plea and the term on each")
        if pleaded
        else _("The counts, the verdict and the term on each"),
        columns,
        rows,
        _ledger(),
        stacked=True,
        folded=True,
        row_origins=[f"count.{count.id}" for count in report.case.count],
    )


def _accounts(report: Report, of_sides: bool) -> list[Account]:
    """Return the accounts of the two sides, or those of everybody else."""
    return [one for one in printed(report.case.account) if (one.by in SIDES) == of_sides]


def _silent(report: Report, of_sides: bool) -> str:
    """Say that the case file has no such accounts."""
    return "" if _accounts(report, of_sides) else _("The case file does not tell what they said.")


@needs(lambda report: _silent(report, of_sides=True), quiet=True)
def both_sides(report: Report) -> Table:
    """What prosecution and defense say, point by point, side by side."""
    accounts = _accounts(report, of_sides=True)
    points = list(dict.fromkeys(one.point or "" for one in accounts))
    of = {
        (point, side): [one for one in accounts if (one.point, one.by) == (point, side)]
        for point in points
        for side in SIDES
    }
    nothing = _("Nothing was found in the sources read.")
    return Table(
        "both-sides",
        _("What prosecution and defense say"),
        [Column(_("Point")), Column(_("The prosecution")), Column(_("The defense"))],
        [
            [point, *[_told(report, of[point, side], said_by) or nothing for side in SIDES]]
            for point in points
        ],
        _ledger(),
        _("Each statement is its speaker’s: that it was made is sourced, that it is true is not said here."),
        stacked=True,
        folded=True,
        row_origins=[f"account.{next(one.id for one in accounts if one.point == point)}" for point in points],
    )


@needs(lambda report: _silent(report, of_sides=False), quiet=True)
def other_voices(report: Report) -> Table:
    """What judge, jurors, families, governor, carrier and others say."""
    accounts = _accounts(report, of_sides=False)
    return Table(
        "other-voices",
        _("What others say"),
        [Column(_("Who")), Column(_("What was said"))],
        [[words_of(said_by(one), f"account.{one.id}"), _told(report, [one])] for one in accounts],
        _ledger(),
        stacked=True,
        folded=True,
        row_origins=[f"account.{one.id}" for one in accounts],
    )


def _told(report: Report, accounts: list[Account], lead: Callable[[Account], str] | None = None) -> Text:
    """Write accounts in one cell: who speaks, what is said, and how firmly, by whom it is reported.

    The status and each number lead to the account in the ledger, which has the sources and their words.
    """
    told: list[str | Number] = []
    for one in accounts:
        own = f"account.{one.id}"
        told += ["\n\n"] if told else []
        told += [*words_of(lead(one), own), "\n"] if lead else []
        noted = _("Note: {note}").format(note=one.note) if one.note else ""
        told += words_of(" ".join(filter(None, (plain(fill(report, one.text)), noted))), own)
        named = dict.fromkeys(report.case.source_by_id(cited.source).publisher for cited in one.sources)
        told += [" (", Number(own, _(one.status), _(one.status)), f"; {'; '.join(named)})"]
    return tuple(told)


@needs(
    lambda report: (
        ""
        if any(not one.settled for one in printed(report.case.dispute))
        else _("The case file has no dispute that is open.")
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
    columns = [Column(_("Point")), Column(_("Versions")), Column(_("Why it is open"))]
    return Table(
        "disputed",
        _("Disputed, and not settled"),
        columns,
        rows,
        _ledger(),
        stacked=True,
        folded=True,
        parts=[f"dispute.{one.id}" for one in printed(report.case.dispute) if not one.settled],
    )


@needs(
    lambda report: (
        ""
        if any(one.settled for one in printed(report.case.dispute))
        else _("The case file has no dispute that is settled.")
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
    columns = [Column(_("Point")), Column(_("Versions")), Column(_("What we print")), Column(_("Why"))]
    return Table(
        "settled",
        ngettext(
            "Where sources differ and we chose: {count} point",
            "Where sources differ and we chose: {count} points",
            len(rows),
        ).format(count=written.number(len(rows))),
        columns,
        rows,
        _ledger(),
        stacked=True,
        folded=True,
        parts=[f"dispute.{one.id}" for one in printed(report.case.dispute) if one.settled],
    )


def _versions(report: Report, dispute: Dispute) -> Text:
    """Write the versions of a dispute in one cell, each with the publishers that it does not name itself."""
    told: list[str | Number] = []
    for version in dispute.versions:
        told += ["\n· " if told else "· ", *linked(version.says, _origin(version.sources))]
        if named := _publishers(report, version.sources, but=version.says):
            told += [" (", *named, ")"]
    return tuple(told)


@needs(
    lambda report: "" if printed(report.case.open) else _("The case file has no open question."), quiet=True
)
def unknown(report: Report) -> Table:
    """What is not known, and when to look again."""
    rows = []
    for question in printed(report.case.open):
        due = question.look_again
        when = (
            ""
            if due is None
            else written.day(due)
            if due > report.edition
            else _("due for a check since {day}").format(day=written.day(due))
        )
        rows.append([question.question, question.looked, when])
    return Table(
        "unknown",
        _("What is not known"),
        [Column(_("Question")), Column(_("What was looked for")), Column(_("Look again"))],
        rows,
        _ledger(),
        stacked=True,
        folded=True,
    )


@needs(
    lambda report: "" if report.case.seed_claim else _("The case file compares no article with the record."),
    quiet=True,
)
def seed_article(report: Report) -> Table:
    """The article that set off this report, statement by statement, against the record."""
    claims = [claim for claim in report.case.seed_claim if claim.verdict != "artefact"]
    rows = [
        [f"“{claim.quote}”", _(claim.verdict), claim.correction, _publishers(report, claim.sources)]
        for claim in claims
    ]
    columns = [
        Column(_("The article’s words")),
        Column(_("Verdict")),
        Column(_("The record")),
        Column(_("Sources")),
    ]
    number = {verdict: sum(claim.verdict == verdict for claim in claims) for verdict in _VERDICTS}
    caption = _(
        "The article that set off this report, statement by statement: of {all}, {confirmed} are confirmed,"
        " {claims} are one side’s claim, {unproven} could not be established, and {wrong} are wrong in whole"
        " or in part"
    ).format(
        all=len(claims),
        confirmed=number["confirmed"],
        claims=number["claim"],
        unproven=number["not established"],
        wrong=sum(number[verdict] for verdict in _WRONG),
    )
    return Table(
        "seed-article",
        caption,
        columns,
        rows,
        _ledger(),
        stacked=True,
        folded=True,
        row_origins=[_origin(claim.sources) for claim in claims],
    )


@needs(missing.sentence, quiet=True)
def groups(report: Report) -> Table:
    """Which groups the sentence is compared with, what each is, and which may enter a multiple."""
    return Table(
        "groups",
        _("Which groups, and what each is"),
        [
            Column(_("Group")),
            Column(_("Who is in it")),
            Column(_("When")),
            Column(_("What a term is")),
            Column(_("How near the offense is")),
            Column(_("Part of")),
            Column(_("In multiples")),
        ],
        [
            [
                group.name,
                group.selected,
                group.years,
                group.what,
                group.nearness,
                group.part or _("whole"),
                _("yes")
                if group.compared
                else _("no: a shortened list")
                if group.selection == "list"
                else _("no: {few} people or fewer").format(few=FEW)
                if group.near
                else _("no: farther from the offense"),
            ]
            for group in report.groups
        ],
        Source(_("See the chart of the groups; own choice."), ("table.state-sentences", "case.file")),
        stacked=True,
        folded=True,
        note=_(
            "The unit is a person, counted once, and nobody is in two groups. The nearest come first. No"
            " interval for chance is given: no group is a sample, each holds everybody of its kind or a part"
            " that somebody chose."
        ),
        row_origins=[group.table for group in report.groups],
    )


@needs(missing.sentence, quiet=True)
def published(report: Report) -> Table:
    """What others have published on terms for deaths by vehicle."""
    least, most = (report.findings.value(f"comparison.published_{end}_years") for end in ("least", "most"))
    fields = ["what", "value", "period", "place", "publisher", "quote", "limits"]
    table = load_table("published-figures")[fields]
    rows = [
        [
            *map(_, (what, value, period)),
            place(code),
            _(publisher),
            f"“{quote}”",
            _(limits),
        ]
        for what, value, period, code, publisher, quote, limits in table.itertuples(index=False)
    ]
    return Table(
        "published",
        _("Figures that others have published on sentences for deaths by vehicle"),
        [
            Column(_("Figure")),
            Column(_("Value")),
            Column(_("Years")),
            Column(_("Place")),
            Column(_("Publisher")),
            Column(_("In its words")),
            Column(_("What it leaves out")),
        ],
        rows,
        Source(
            _("Each row’s own publisher, named in the table with its words and address."),
            ("table.published-figures", "case.file"),
        ),
        note=_(
            "The averages and typical terms among them run from {least} to {most} years, all for drunk"
            " driving, which in many laws is a graver offense than reckless driving."
        ).format(least=written.number(least, 2), most=written.number(most)),
        folded=True,
        stacked=True,
    )


@needs(lambda report: "" if printed(report.case.fact) else _("The case file has no facts."), quiet=True)
def facts(report: Report) -> Table:
    """The facts of the case, each with its status."""
    rows = [
        [fact.id, fact.statement, _(fact.status), _publishers(report, fact.sources)]
        for fact in printed(report.case.fact)
    ]
    columns = [Column(_("Id")), Column(_("Fact")), Column(_("Status")), Column(_("Sources"))]
    note = " ".join(f"{_(word).capitalize()}: {_(meaning)}." for word, meaning in STATUS.items())
    return Table(
        "facts",
        ngettext("The {count} fact of the case file", "The {count} facts of the case file", len(rows)).format(
            count=written.number(len(rows))
        ),
        columns,
        rows,
        _ledger(),
        stacked=True,
        note=note,
        folded=True,
        row_origins=[f"fact.{fact.id}" for fact in printed(report.case.fact)],
    )


def _shown(finding: Finding) -> str:
    """Write a finding's number to two decimals, and more where nearly all of a share would become all."""
    nearly = finding.unit == "percent" and 0 < min(finding.value, 100 - finding.value) < 0.005
    return written.number(finding.value, 4 if nearly else 2)


def findings(report: Report) -> Table:
    """Every number computed here."""
    rows = [[finding.id, finding.label, _shown(finding), _(finding.unit)] for finding in report.findings]
    columns = [Column(_("Id")), Column(_("Finding")), Column(_("Value"), True), Column(_("Unit"))]
    return Table(
        "findings",
        _("The {count} findings of this run").format(count=written.number(len(rows))),
        columns,
        rows,
        Source(_("Own computation from the tables named in findings.json."), ("case.file",)),
        folded=True,
        row_origins=[finding.id for finding in report.findings],
    )
