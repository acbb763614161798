"""Charts of the case itself: its dates, the terms asked and imposed, the petition."""

import datetime as dt
import re

from pileup.case.model import Event, Fact, Term, printed
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, GRID, MUTED, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import language, written
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Number

#: A count in a statement of the case file, and the words before it that make it a bound.
_SAID = re.compile(
    r"(?:(more than|over|at least|almost|nearly|about) )?(\d[\d,]*(?:\.\d+)?)( million)?", re.ASCII
)
_BOUNDS = {
    "more than": mark("more than {count}"),
    "over": mark("over {count}"),
    "at least": mark("at least {count}"),
    "almost": mark("almost {count}"),
    "nearly": mark("nearly {count}"),
    "about": mark("about {count}"),
}


def case_source(report: Report) -> Source:
    """Name the source of everything that comes from the case file."""
    known = written.day(report.case.case.as_of)
    return Source(
        _("Court coverage and official records, listed in the ledger; as known on {day}.").format(day=known),
        ("case.file",),
    )


def _when(event: Event) -> str:
    return written.when(event.date, event.precision)


def _no_dates(report: Report) -> str:
    """Say that no main date has come."""
    come = any(event.key and event.date <= report.edition for event in printed(report.case.event))
    return "" if come else _("The case file marks no main date that has come.")


@needs(_no_dates)
def timeline(report: Report) -> Chart:
    """When did what happen?"""
    every = sorted(printed(report.case.event), key=lambda event: event.date)
    events = [event for event in every if event.key]
    labels = [event.label or event.text for event in events]
    done = [event for event in events if event.date <= report.edition]
    first, last = events[0], events[-1]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 250, right=12 if narrow else 168, bottom=28)
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
        template = _(
            "{case.days_crash_to_commutation} days from crash to commutation,"
            " {case.days_sentence_to_commutation} of them after the sentence"
        )
    elif "case.days_crash_to_sentence" in report.findings:
        template = _("{case.days_crash_to_sentence} days from the crash to the sentence")
    else:
        template = _("The case so far, date by date")
    if len(done) < len(events):
        subtitle = _("Main dates of the case, {years}; an open dot is still to come")
        alt = ngettext(
            "Timeline of the case, where {count} main date, {first}, has come and {next}, {date}, is still to"
            " come.",
            "Timeline of the case, where {count} main dates run from {first} to {last}, and {next}, {date},"
            " is still to come.",
            len(done),
        )
    else:
        subtitle = _("Main dates of the case, {years}")
        alt = ngettext(
            "Timeline of the case, where {count} main date, {first}, has come.",
            "Timeline of the case, where {count} main dates run from {first} to {last}.",
            len(done),
        )
    table = Table(
        "timeline",
        _("Dates of the case"),
        [Column(_("Date")), Column(_("Event")), Column(_("Status"))],
        [[_when(event), event.text, _(event.status)] for event in every],
        case_source(report),
        folded=True,
        row_origins=[f"event.{event.id}" for event in every],
    )
    return Chart(
        "timeline",
        fill(report, template),
        subtitle.format(years=written.years_span(first.date.year, last.date.year)),
        alt.format(
            count=len(done),
            first=_when(first) + (written.comma(_when(first)) if len(done) > 1 else ""),
            last=_when(done[-1]),
            next=written.lower(labels[-1]),
            date=_when(last),
        ),
        case_source(report),
        _("The table has every date with its status; where sources differ, see what is disputed."),
        table,
        **both(draw),
    )


def _years(term: Term) -> str:
    """Write a term in years, or the range that it is."""
    span = written.span(term.years_min, term.years_max)
    one = term.years_min == term.years_max == 1
    return ngettext("{years} year", "{years} years", 1 if one else 2).format(years=span)


@needs(missing.sentence)
def terms(report: Report) -> Chart:
    """What was asked, imposed and left?"""
    order = {"imposed": 0, "asked": 1, "commuted": 2}
    rows = sorted(report.case.term, key=lambda term: (order.get(term.kind, 3), -term.years_max))
    colors = [ACCENT if term.kind in ("imposed", "commuted") else SECOND for term in rows]
    spans = [written.span(term.years_min, term.years_max) for term in rows]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 270, right=44, bottom=44)
        heights = canvas.rows([term.label for term in rows], wrap=38)
        canvas.x(_("Years of prison"), range=[0, max(term.years_max for term in rows) * 1.02], nticks=6)
        starts = [0 if term.years_min == term.years_max else term.years_min for term in rows]
        canvas.bars(
            heights,
            starts,
            [term.years_max for term in rows],
            colors,
            [_years(term) for term in rows],
            0.3 if narrow else 0.5,
        )
        for height, term, span, color in zip(heights, rows, spans, colors, strict=True):
            canvas.label(term.years_max, height, span, color, bold=True, dx=5)
        return canvas

    table = Table(
        "terms",
        _("Terms of prison in the case"),
        [Column(_("Term")), Column(_("Years"), True), Column(_("By")), Column(_("Date"))],
        [
            [term.label, span, term.by, written.day(term.date) if term.date else _("not given")]
            for term, span in zip(rows, spans, strict=True)
        ],
        case_source(report),
        row_origins=[f"term.{term.id}" for term in rows],
    )
    note = _("A bar that does not start at 0 is a range. A term is not the time that will be served.")
    if report.case.terms("asked"):
        note += " " + _("What a party asked for is that party’s view.")
    return Chart(
        "terms",
        fill(report, _imposed(report)),
        _kinds(report),
        _drawn(report),
        case_source(report),
        note,
        table,
        **both(draw),
    )


def _imposed(report: Report) -> str:
    """Say what was imposed and, where it was commuted, what became of it."""
    findings = report.findings
    imposed = findings.value("sentence.imposed_years")
    if "sentence.commuted_years" not in findings:
        return ngettext(
            "The sentence imposed was {sentence.imposed_years} year",
            "The sentence imposed was {sentence.imposed_years} years",
            imposed,
        )
    if "case.days_sentence_to_commutation" not in findings:
        return ngettext(
            "The term of {sentence.imposed_years} year became {sentence.commuted_years}",
            "The term of {sentence.imposed_years} years became {sentence.commuted_years}",
            imposed,
        )
    return ngettext(
        "{case.days_sentence_to_commutation|Small} day after it was imposed, the term of"
        " {sentence.imposed_years} years became {sentence.commuted_years}",
        "{case.days_sentence_to_commutation|Small} days after it was imposed, the term of"
        " {sentence.imposed_years} years became {sentence.commuted_years}",
        findings.value("case.days_sentence_to_commutation"),
    )


def _kinds(report: Report) -> str:
    """Say which kinds of terms are drawn; one that was imposed always is."""
    asked, commuted = (bool(report.case.terms(kind)) for kind in ("asked", "commuted"))
    if asked and commuted:
        return _("Years of prison imposed, asked or called for, in force after commutation")
    if asked:
        return _("Years of prison imposed, asked or called for")
    return (
        _("Years of prison imposed, in force after commutation") if commuted else _("Years of prison imposed")
    )


def _drawn(report: Report) -> str:
    """Say what the bars show, for who does not see them."""
    findings = report.findings
    imposed = findings.value("sentence.imposed_years")
    if "sentence.commuted_years" not in findings:
        return ngettext(
            "Bar chart of the terms asked and imposed in the case, where {imposed} year was imposed.",
            "Bar chart of the terms asked and imposed in the case, where {imposed} years were imposed.",
            imposed,
        ).format(imposed=written.number(imposed))
    commuted = findings.value("sentence.commuted_years")
    return ngettext(
        "Bar chart of the terms asked and imposed in the case, where {imposed} years were imposed and"
        " {commuted} is in force after commutation.",
        "Bar chart of the terms asked and imposed in the case, where {imposed} years were imposed and"
        " {commuted} are in force after commutation.",
        commuted,
    ).format(imposed=written.number(imposed), commuted=written.number(commuted))


def _signatures(report: Report) -> list[tuple[dt.date, int, Fact]]:
    """Return the dated counts of signatures, oldest first, with their facts as the file has them."""
    found = [
        (fact.as_of, fact.value, fact)
        for fact in printed(report.written.fact)
        if fact.group == "petition" and fact.as_of and isinstance(fact.value, int)
    ]
    return sorted(found, key=lambda one: one[:2])


def _statement(fact: Fact) -> str:
    """Return the count as the file's statement has it, its bound included: "more than 4.2 million"."""
    return fact.statement.split("signatures")[0].partition(" had ")[2].strip()


def _said(fact: Fact) -> str:
    """Return the count for readers, its bound included."""
    said = _statement(fact)
    found = _SAID.fullmatch(said)
    if not found:
        # In another language, words that no message knows stop the run: a bound must not be lost.
        return _(said) if said else str(fact.value)
    bound, count, million = found.groups()
    count = written.millions(float(count) * 1e6) if million else count
    return _(_BOUNDS[bound]).format(count=count) if bound else count


def _symbol(fact: Fact) -> str:
    """Draw a count as a dot, a lower bound as a triangle that points up, an upper one pointing down."""
    said = _statement(fact)
    if said.startswith(("more than", "over")):
        return "triangle-up-open"
    return "triangle-down-open" if said.startswith(("almost", "nearly")) else "circle"


def _no_counts(report: Report) -> str:
    """Say that nobody counted signatures."""
    return "" if _signatures(report) else _("The case file has no counts of signatures.")


@needs(_no_counts, quiet=True)
def petition(report: Report) -> Chart:
    """How fast did the petition grow?"""
    facts = _signatures(report)
    counts = [signatures for _day, signatures, _fact in facts]
    (first_day, first, _first_fact), (last_day, last, last_fact) = facts[0], facts[-1]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, 250 if narrow else 280, left=30, right=20, top=28, bottom=30)
        canvas.dots(
            [day.isoformat() for day, *_rest in facts],
            [signatures / 1e6 for signatures in counts],
            CONTEXT,
            [f"{written.day(day)}: {_said(fact)}" for day, _count, fact in facts],
            symbol=[_symbol(fact) for *_rest, fact in facts],
        )
        # Plotly's own names of months are English.
        step = dt.timedelta(max(1, (last_day - first_day).days // (3 if narrow else 6)))
        ticks = [first_day + step * n for n in range((last_day - first_day) // step + 1)]
        names = [language.date(day, "MMMd") for day in ticks]
        canvas.x(type="date", tickvals=[day.isoformat() for day in ticks], ticktext=names, showgrid=False)
        canvas.y(range=[0, max(counts) / 1e6 * 1.15], dtick=1)
        canvas.axis_name(_("Million signatures"), -26)
        return canvas

    reached = Number(f"fact.{last_fact.id}", last, written.millions(last // 100_000 * 100_000))
    table = Table(
        "petition",
        _("Signatures of the petition, as reported"),
        [Column(_("As of")), Column(_("Signatures")), Column(_("Status"))],
        [[written.day(day), _said(fact), _(fact.status)] for day, _count, fact in facts],
        case_source(report),
        folded=True,
        row_origins=[f"fact.{fact.id}" for *_rest, fact in facts],
    )
    return Chart(
        "petition",
        fill(
            report,
            _("The petition reached about {signatures} signatures by {day}"),
            signatures=(reached,),
            day=written.day(last_day),
        ),
        _("Signatures of the online petition for clemency, as reported on each date"),
        _(
            "Dot plot of petition signatures, where the reported count goes from {first} on {first_day} to"
            " {last} on {last_day}."
        ).format(
            first=written.millions(first),
            first_day=written.day(first_day) + written.comma(written.day(first_day)),
            last=written.millions(last),
            last_day=written.day(last_day),
        ),
        case_source(report),
        _(
            "An open triangle is a bound: “more than” points up, “almost” down; the table has the words. That"
            " the signatures came before the commutation does not show that they caused it."
        ),
        table,
        **both(draw),
    )
