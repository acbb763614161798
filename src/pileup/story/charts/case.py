"""Charts of the case itself: its dates, the terms asked and imposed, the petition."""

import plotly.graph_objects as go

from pileup.case import Event
from pileup.story import words
from pileup.story.blocks import Chart, Column, Number, Table
from pileup.story.charts.theme import ACCENT, CONTEXT, GRID, MUTED, SECOND, both, canvas, dots, label, line, row_axis
from pileup.story.fill import fill
from pileup.story.report import Report


def _case_source(report: Report) -> str:
    return f"Court coverage and official records, listed in the ledger; as known on {words.day(report.case.case.as_of)}."


def _when(event: Event) -> str:
    if event.precision == "day":
        return words.day(event.date)
    return f"{event.date:%B %Y}" if event.precision == "month" else str(event.date.year)


def timeline(report: Report) -> Chart:
    """When did what happen?"""
    events = sorted((event for event in report.case.event if event.key), key=lambda event: event.date)
    future = [event.date > report.edition for event in events]
    labels = [event.label or event.text for event in events]

    def draw(narrow: bool) -> go.Figure:
        pitch = 44 if narrow else 30
        figure = canvas(narrow, pitch * len(events) + 50, left=8 if narrow else 336, right=12 if narrow else 110, top=24 if narrow else 8, bottom=28)
        names = [f"{label_}, {_when(event)}" for label_, event in zip(labels, events, strict=True)] if narrow else labels
        heights = row_axis(figure, names, narrow)
        figure.update_xaxes(type="date", tickformat="%Y", dtick="M12", tick0="2000-01-01",
                            range=[f"{events[0].date.year}-01-01", f"{events[-1].date.year + 1}-01-15"])  # fmt: skip
        if narrow:
            figure.update_xaxes(dtick="M24")
        for height in heights:
            line(figure, 0, height, 1, height, GRID, 1, xref="paper")
        dots(figure, [event.date.isoformat() for event in events], heights, [CONTEXT if later else ACCENT for later in future], size=12,
             symbol=["circle-open" if later else "circle" for later in future], hover=[f"{_when(event)}: {event.text}" for event in events])  # fmt: skip
        if not narrow:
            for height, event in zip(heights, events, strict=True):
                label(figure, 1, height, _when(event), MUTED, xref="paper", dx=8, size=13)
        return figure

    first, last = events[0], events[-1]
    done = [event for event in events if event.date <= report.edition]
    if "case.days_crash_to_commutation" in report.findings:
        template = "From crash to commutation took {case.days_crash_to_commutation} days, the last step {case.days_sentence_to_commutation}"
    elif "case.days_crash_to_sentence" in report.findings:
        template = "From the crash to the sentence took {case.days_crash_to_sentence} days"
    else:
        template = "The case so far, date by date"
    table = Table(
        "timeline", "Dates of the case", [Column("Date"), Column("Event"), Column("Status")],
        [[_when(event), event.text, event.status] for event in sorted(report.case.event, key=lambda event: event.date)], _case_source(report), folded=True,
    )  # fmt: skip
    return Chart(
        "timeline",
        fill(report, template),
        f"Main dates of the case, {first.date.year} to {last.date.year}; an open dot is still to come",
        f"Timeline of the case, where {len(done)} main dates run from {_when(done[0])} to {_when(done[-1])}"
        + (f" and {_when(last)} is still to come." if last.date > report.edition else "."),
        _case_source(report),
        "The table has every date with its status; where sources differ, see “What is disputed”.",
        table,
        **both(draw),
    )


def terms(report: Report) -> Chart:
    """What was asked, imposed and left?"""
    rows = [
        (term.label, term.years_min, term.years_max, term.by, term.kind, f"term.{term.id}")
        for term in report.case.term
    ]
    order = {"imposed": 0, "asked": 1, "commuted": 2}
    rows.sort(key=lambda row: (order.get(row[4], 3), -row[2]))
    own = ("imposed", "commuted")

    def draw(narrow: bool) -> go.Figure:
        pitch = 44 if narrow else 38
        figure = canvas(narrow, pitch * len(rows) + 56, left=8 if narrow else 300, right=44, top=26 if narrow else 8, bottom=44)
        heights = row_axis(figure, [row[0] if narrow else words.wrap(row[0], 40) for row in rows], narrow)
        top = max(row[2] for row in rows)
        figure.update_xaxes(range=[0, top * 1.02], dtick=20, title_text="Years of prison")
        for height, (_, low, high, _by, kind, _origin) in zip(heights, rows, strict=True):
            color = ACCENT if kind in own else SECOND
            figure.add_bar(x=[high if low == high else high - low], base=[0 if low == high else low], y=[height], orientation="h",
                           width=0.3 if narrow else 0.5, marker_color=color, hovertext=f"{words.span(low, high)} years", hoverinfo="text")  # fmt: skip
            label(figure, high, height, words.span(low, high), color, bold=True, dx=5)
        return figure

    table = Table(
        "terms", "Terms asked, imposed and commuted", [Column("Term"), Column("Years", True), Column("By"), Column("Date")],
        [
            [term.label, words.span(term.years_min, term.years_max), term.by, words.day(term.date) if term.date else "not given"]
            for term in report.case.term
        ],
        _case_source(report),
    )  # fmt: skip
    findings = report.findings
    if "sentence.commuted_years" in findings:
        template = "The {sentence.imposed_years} years became {sentence.commuted_years}" + (
            ", {case.days_sentence_to_commutation} days after they were imposed" if "case.days_sentence_to_commutation" in findings else ""
        )
    else:
        template = "The sentence imposed was {sentence.imposed_years} years"
    imposed = report.case.terms("imposed")[0]
    others = "; ".join(f"{term.label.lower()}: {words.span(term.years_min, term.years_max)} years" for term in report.case.term if term is not imposed)
    return Chart(
        "terms",
        fill(report, template),
        "Years of prison asked, imposed and left after commutation",
        f"Bar chart of the terms in the case, where {words.number(imposed.years_max)} years were imposed" + (f" ({others})." if others else "."),
        _case_source(report),
        "A bar that does not start at 0 is a range. What a party asked for is that party’s view. A term is not the time that will be served.",
        table,
        **both(draw),
    )


def petition(report: Report) -> Chart:
    """How fast did the petition grow?"""
    facts = [fact for fact in report.case.fact if fact.group == "petition" and fact.as_of and isinstance(fact.value, int)]
    facts.sort(key=lambda fact: fact.as_of)
    last = facts[-1]

    def draw(narrow: bool) -> go.Figure:
        figure = canvas(narrow, 250 if narrow else 280, left=30, right=16, top=26, bottom=30)
        dots(figure, [fact.as_of.isoformat() for fact in facts], [fact.value / 1e6 for fact in facts], [CONTEXT] * len(facts), size=11,
             hover=[f"{words.day(fact.as_of)}: {fact.value:,}" for fact in facts])  # fmt: skip
        figure.update_xaxes(type="date", tickformat="%-d %b", showgrid=False, nticks=4 if narrow else 7)
        figure.update_yaxes(range=[0, max(fact.value for fact in facts) / 1e6 * 1.15], dtick=1)
        label(figure, 0, 1, "Million signatures", MUTED, xref="paper", yref="paper", valign="bottom", dx=-26, dy=8)
        return figure

    value = Number(f"fact.{last.id}", last.value, f"{words.number(last.value / 1e6)} million")
    table = Table(
        "petition", "Signatures of the petition, as reported", [Column("As of"), Column("Signatures", True), Column("Status")],
        [[words.day(fact.as_of), f"{fact.value:,}", fact.status] for fact in facts], _case_source(report), folded=True,
    )  # fmt: skip
    return Chart(
        "petition",
        ("The petition passed ", value, " signatures by ", words.day(last.as_of)),
        "Signatures of the online petition for clemency, as reported on each date",
        f"Dot plot of petition signatures, where the count goes from {words.number(facts[0].value / 1e6)} million on {words.day(facts[0].as_of)} "
        f"to {words.number(last.value / 1e6)} million on {words.day(last.as_of)}.",
        _case_source(report),
        "Most figures are floors (“more than”). That the signatures came before the commutation does not show that they caused it.",
        table,
        **both(draw),
    )


