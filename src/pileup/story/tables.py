"""One function a table: the counts, the disputes, the seed article against the record, what is not known."""

from pileup.case.model import Dispute, printed
from pileup.case.parts import STATUS, Citation
from pileup.findings.record import Finding
from pileup.story import missing
from pileup.story.blocks import Column, Source, Table, needs
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Number, Text, linked

#: The verdicts on an article's statement that say that the record does not bear it out.
_WRONG = (
    mark("partly contradicted"),
    mark("term wrong"),
    mark("contradicted"),
    mark("not established"),
)


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


@needs(lambda report: "" if report.case.count else _("The case file has no counts."), quiet=True)
def counts(report: Report) -> Table:
    """The charges on which the jury gave a verdict."""
    rows = [
        [
            count.label,
            count.statute,
            count.offense_class,
            count.tried,
            count.guilty,
            count.not_guilty,
            written.number(count.years_each) if count.years_each else _("not reported"),
            _("one after another") if count.run == "consecutive" else _("at the same time"),
        ]
        for count in report.case.count
    ]
    columns = [
        Column(_("Offense")),
        Column(_("Statute")),
        Column(_("Class")),
        Column(_("Tried"), True),
        Column(_("Guilty"), True),
        Column(_("Not guilty"), True),
        Column(_("Years each"), True),
        Column(_("Terms run")),
    ]
    return Table(
        "counts",
        _("The counts, the verdict and the term on each"),
        columns,
        rows,
        _ledger(),
        stacked=True,
        row_origins=[f"count.{count.id}" for count in report.case.count],
    )


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
    )


@needs(
    lambda report: "" if report.case.seed_claim else _("The case file compares no article with the record."),
    quiet=True,
)
def seed_article(report: Report) -> Table:
    """The article that set off this report, statement by statement, where the record says otherwise."""
    wrong = [claim for claim in report.case.seed_claim if claim.verdict in _WRONG]
    rows = [
        [f"“{claim.quote}”", _(claim.verdict), claim.correction, _publishers(report, claim.sources)]
        for claim in wrong
    ]
    columns = [
        Column(_("The article’s words")),
        Column(_("Verdict")),
        Column(_("The record")),
        Column(_("Sources")),
    ]
    unproven = sum(claim.verdict == "not established" for claim in wrong)
    caption = _(
        "The article that set off this report: {wrong} of its {all} statements are wrong in whole or in part,"
        " {unproven} could not be established"
    ).format(wrong=len(wrong) - unproven, all=len(report.case.seed_claim), unproven=unproven)
    return Table(
        "seed-article",
        caption,
        columns,
        rows,
        _ledger(),
        stacked=True,
        folded=True,
        row_origins=[_origin(claim.sources) for claim in wrong],
    )


@needs(missing.sentence)
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
                else _("no: farther from the offense"),
            ]
            for group in report.groups
        ],
        Source(_("See the chart of the groups; own choice."), ("table.state-sentences", "case.file")),
        stacked=True,
        note=_(
            "The unit is a person, counted once, and nobody is in two groups. The nearest come first. No"
            " interval for chance is given: no group is a sample, each holds everybody of its kind or a part"
            " that somebody chose."
        ),
        row_origins=[group.table for group in report.groups],
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
