"""Charts of the case itself: its dates, the terms asked and imposed, the petition."""

import datetime as dt

from pileup.case import Event, Fact, printed
from pileup.story import missing, words
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, GRID, MUTED, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.text import Number


def case_source(report: Report) -> Source:
    """Name the source of everything that comes from the case file."""
    known = words.day(report.case.case.as_of)
    return Source(
        f"Court coverage and official records, listed in the ledger; as known on {known}.", ("case.file",)
    )


def _when(event: Event) -> str:
    return words.when(event.date, event.precision)


def _no_dates(report: Report) -> str:
    """Say that no main date has come."""
    come = any(event.key and event.date <= report.edition for event in printed(report.case.event))
    return "" if come else "The case file marks no main date that has come."


@needs(_no_dates)
def timeline(report: Report) -> Chart:
    """When did what happen?"""
    every = sorted(printed(report.case.event), key=lambda event: event.date)
    events = [event for event in every if event.key]
    labels = [event.label or event.text for event in events]
    done = [event for event in events if event.date <= report.edition]
    first, last = events[0], events[-1]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 250, right=12 if narrow else 140, bottom=28)
        heights = canvas.rows(
            [
                f"{name}, {_when(event)}" if narrow else name
                for name, event in zip(labels, events, strict=True)
            ]
        )
        canvas.x(
            type="date",
            tickformat="%Y",
            dtick="M24" if narrow else "M12",
            tick0="2000-01-01",
            showgrid=True,
            range=[f"{first.date.year}-01-01", f"{last.date.year + 1}-01-15"],
        )
        for height in heights:
            canvas.line(0, height, 1, height, GRID, 1, xref="paper", below=True)
        canvas.dots(
            [event.date.isoformat() for event in events],
            heights,
            [ACCENT if event in done else CONTEXT for event in events],
            [f"{_when(event)}: {event.text}" for event in events],
            12,
            ["circle" if event in done else "circle-open" for event in events],
        )
        if not narrow:
            for height, event in zip(heights, events, strict=True):
                canvas.label(1, height, _when(event), MUTED, xref="paper", dx=10)
        return canvas

    if "case.days_crash_to_commutation" in report.findings:
        template = (
            "{case.days_crash_to_commutation} days from crash to commutation,"
            " {case.days_sentence_to_commutation} of them after the sentence"
        )
    elif "case.days_crash_to_sentence" in report.findings:
        template = "{case.days_crash_to_sentence} days from the crash to the sentence"
    else:
        template = "The case so far, date by date"
    table = Table(
        "timeline",
        "Dates of the case",
        [Column("Date"), Column("Event"), Column("Status")],
        [[_when(event), event.text, event.status] for event in every],
        case_source(report),
        folded=True,
        row_origins=[f"event.{event.id}" for event in every],
    )
    return Chart(
        "timeline",
        fill(report, template),
        f"Main dates of the case, {words.years_span(first.date.year, last.date.year)}"
        + ("; an open dot is still to come" if len(done) < len(events) else ""),
        f"Timeline of the case, where {len(done)} main dates run from {_when(first)} to {_when(done[-1])}"
        + (
            f" and {words.lower(labels[-1])}, {_when(last)}, is still to come."
            if len(done) < len(events)
            else "."
        ),
        case_source(report),
        "The table has every date with its status; where sources differ, see what is disputed.",
        table,
        **both(draw),
    )


@needs(missing.sentence)
def terms(report: Report) -> Chart:
    """What was asked, imposed and left?"""
    order = {"imposed": 0, "asked": 1, "commuted": 2}
    rows = sorted(report.case.term, key=lambda term: (order.get(term.kind, 3), -term.years_max))
    words_for = {
        "imposed": "imposed",
        "asked": "asked or called for",
        "commuted": "in force after commutation",
    }
    kinds = ", ".join(said for kind, said in words_for.items() if report.case.terms(kind))
    colors = [ACCENT if term.kind in ("imposed", "commuted") else SECOND for term in rows]
    spans = [words.span(term.years_min, term.years_max) for term in rows]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 270, right=44, bottom=44)
        heights = canvas.rows([term.label for term in rows], wrap=38)
        canvas.x("Years of prison", range=[0, max(term.years_max for term in rows) * 1.02], nticks=6)
        starts = [0 if term.years_min == term.years_max else term.years_min for term in rows]
        canvas.bars(
            heights,
            starts,
            [term.years_max for term in rows],
            colors,
            [f"{span} years" for span in spans],
            0.3 if narrow else 0.5,
        )
        for height, term, span, color in zip(heights, rows, spans, colors, strict=True):
            canvas.label(term.years_max, height, span, color, bold=True, dx=5)
        return canvas

    table = Table(
        "terms",
        "Terms of prison in the case",
        [Column("Term"), Column("Years", True), Column("By"), Column("Date")],
        [
            [term.label, span, term.by, words.day(term.date) if term.date else "not given"]
            for term, span in zip(rows, spans, strict=True)
        ],
        case_source(report),
        row_origins=[f"term.{term.id}" for term in rows],
    )
    findings = report.findings
    template = "The sentence imposed was {sentence.imposed_years} years"
    if "sentence.commuted_years" in findings:
        template = "The term of {sentence.imposed_years} years became {sentence.commuted_years}"
        if "case.days_sentence_to_commutation" in findings:
            later = "{case.days_sentence_to_commutation|Small} days after it was imposed, "
            template = later + words.lower(template)
    found = f"{words.number(findings.value('sentence.imposed_years'))} years were imposed"
    if "sentence.commuted_years" in findings:
        found += (
            f" and {words.number(findings.value('sentence.commuted_years'))} are in force after commutation"
        )
    return Chart(
        "terms",
        fill(report, template),
        f"Years of prison {kinds}",
        f"Bar chart of the terms asked and imposed in the case, where {found}.",
        case_source(report),
        "A bar that does not start at 0 is a range. A term is not the time that will be served."
        + (" What a party asked for is that party’s view." if report.case.terms("asked") else ""),
        table,
        **both(draw),
    )


def _signatures(report: Report) -> list[tuple[dt.date, int, Fact]]:
    """Return the dated counts of signatures, oldest first."""
    found = [
        (fact.as_of, fact.value, fact)
        for fact in printed(report.case.fact)
        if fact.group == "petition" and fact.as_of and isinstance(fact.value, int)
    ]
    return sorted(found, key=lambda one: one[:2])


def _said(fact: Fact) -> str:
    """Return the count as the statement has it, its bound included: "more than 4.2 million"."""
    return fact.statement.split("signatures")[0].partition(" had ")[2].strip() or str(fact.value)


def _symbol(fact: Fact) -> str:
    """Draw a count as a dot, a lower bound as a triangle that points up, an upper one pointing down."""
    said = _said(fact)
    if said.startswith(("more than", "over")):
        return "triangle-up-open"
    return "triangle-down-open" if said.startswith(("almost", "nearly")) else "circle"


@needs(lambda report: "" if _signatures(report) else "The case file has no counts of signatures.", quiet=True)
def petition(report: Report) -> Chart:
    """How fast did the petition grow?"""
    facts = _signatures(report)
    (first_day, first, _), (last_day, last, last_fact) = facts[0], facts[-1]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, 250 if narrow else 280, left=30, right=20, top=28, bottom=30)
        canvas.dots(
            [day.isoformat() for day, _, _ in facts],
            [signatures / 1e6 for _, signatures, _ in facts],
            CONTEXT,
            [f"{words.day(day)}: {_said(fact)}" for day, _, fact in facts],
            symbol=[_symbol(fact) for _, _, fact in facts],
        )
        canvas.x(type="date", tickformat="%-d %b", showgrid=False, nticks=4 if narrow else 7)
        canvas.y(range=[0, max(signatures for _, signatures, _ in facts) / 1e6 * 1.15], dtick=1)
        canvas.axis_name("Million signatures", -26)
        return canvas

    reached = Number(f"fact.{last_fact.id}", last, f"{words.number(last // 100_000 / 10)} million")
    table = Table(
        "petition",
        "Signatures of the petition, as reported",
        [Column("As of"), Column("Signatures"), Column("Status")],
        [[words.day(day), _said(fact), fact.status] for day, _, fact in facts],
        case_source(report),
        folded=True,
        row_origins=[f"fact.{fact.id}" for _, _, fact in facts],
    )
    return Chart(
        "petition",
        ("The petition reached about ", reached, " signatures by ", words.day(last_day)),
        "Signatures of the online petition for clemency, as reported on each date",
        f"Dot plot of petition signatures, where the reported count goes from {words.number(first / 1e6)}"
        f" million on {words.day(first_day)} to {words.number(last / 1e6)} million on {words.day(last_day)}.",
        case_source(report),
        "An open triangle is a bound: “more than” points up, “almost” down; the table has the words. That the"
        " signatures came before the commutation does not show that they caused it.",
        table,
        **both(draw),
    )
