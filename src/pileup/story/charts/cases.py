"""The chart of this case and of like cases, found by search and not sampled."""

from dataclasses import dataclass

from pileup.case import law
from pileup.case.model import Comparable, Fact, printed
from pileup.case.outcome import SERVED, ends, outcome
from pileup.story import missing, outcomes
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, PAPER, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext

#: The years of the case for each of the dead, by the account of what the terms stand for.
_EACH = "comparison.imposed_years_per_death"


@dataclass(frozen=True)
class _Row:
    """A line of the chart: a term or a range in years, if it is sure, and its years for each of the dead.

    `origin` is the ledger's entry of a line of the case itself.
    """

    name: str
    low: float
    high: float
    color: str
    sure: bool = True
    each: float | None = None
    origin: str = ""


def _own(report: Report) -> list[_Row]:
    """Return the rows of the case itself: imposed, asked, commuted, and its homicides alone by the law."""
    case, dead, rows, found = report.case, report.case_deaths, [], outcome(report.case)
    imposed = ngettext("{person}, imposed: {dead} dead", "{person}, imposed: {dead} dead", dead)
    commuted = ngettext("{person}, commuted: {dead} dead", "{person}, commuted: {dead} dead", dead)
    each = report.findings.value(_EACH) if _EACH in report.findings else None
    for kind, name, color in (
        ("imposed", imposed, ACCENT),
        ("asked", _("{person}, asked by {by}"), SECOND),
        ("commuted", commuted, ACCENT),
    ):
        terms = [term for term in case.terms(kind) if term.form in SERVED and not term.vacated_by]
        for term in terms if found.kind == "several" else terms[:1]:
            said = name.format(person=outcomes.person(case, term), by=term.by, dead=dead)
            known = each if kind == "imposed" else None
            origin = f"term.{term.id}"
            rows.append(_Row(said, *ends(term), color, each=known, origin=origin))
    if report.has_law:
        alone = [
            one for one in law.what_ifs(report.law, case.count, case.crash.date) if one.group == "homicide"
        ]
        if alone:
            low, high = min(one.lowest_years for one in alone), max(one.highest_years for one in alone)
            said = _("By the law, only {counts}").format(counts=alone[0].counts)
            rows.append(_Row(said, low, high, CONTEXT, origin="law.file"))
    return rows


def _named(report: Report, one: Comparable) -> str:
    """Name a like case: who, where and in which year; its date as the file has it begins with the year."""
    written = next(other for other in report.written.comparable if other.id == one.id)
    return f"{one.person}, {one.place}, {written.date[:4]}"


def _no_alike(report: Report) -> str:
    """Say that the case file names no like case."""
    if none := missing.years(report):
        return none
    known = "comparison.comparables" in report.findings
    return "" if known else _("The case file names no like case with an established sentence.")


def _share(report: Report, one: Comparable) -> float | None:
    """Return the years of a like case for each person killed, where the case's own can be told, too."""
    told = one.like_for_like and one.years is not None and one.killed and _EACH in report.findings
    return (one.years or 0) / one.killed if told else None


@needs(_no_alike, quiet=True)
def cases(report: Report) -> Chart:
    """What did drivers in like cases get, and how much is it for each of the dead?"""
    case = report.case
    alike = [one for one in printed(case.comparable) if one.like_for_like]
    known = sorted([(one.years, one) for one in alike if one.years is not None], key=lambda pair: -pair[0])
    own = _own(report)
    rows = list(own)
    for years, one in known:
        name = ngettext("{case}: {dead} dead", "{case}: {dead} dead", one.killed)
        name = name.format(case=_named(report, one), dead=one.killed)
        rows.append(_Row(name, years, years, CONTEXT, one.status == "confirmed", _share(report, one)))
    end = 1.02 * max(row.high for row in rows)
    shares = any(row.each is not None for row in rows)

    def draw(narrow: bool) -> Canvas:
        beside = shares and not narrow
        canvas = Canvas(
            narrow, left=8 if narrow else 294, right=130 if beside else 48, top=46 if beside else 8, bottom=44
        )
        heights = canvas.rows([_label(row) if narrow else row.name for row in rows], wrap=44)
        canvas.x(_("Years"), range=[0, end], **({"dtick": 20} if end > 40 else {}))
        if beside:
            head = written.wrap(_("for each of the dead"), 12)
            canvas.label(1, 1, head, MUTED, True, "right", "bottom", dx=122, xref="paper", yref="paper", dy=2)
        for height, row in zip(heights, rows, strict=True):
            start = 0 if row.low == row.high else row.low
            canvas.line(start, height, row.high, height, row.color, 2, below=True)
            color = INK if row.color == CONTEXT else row.color
            text = written.span(row.low, row.high)
            canvas.label(row.high, height, text, color, bold=row.color != CONTEXT, dx=9)
            if beside and row.each is not None:
                bold = row.color != CONTEXT
                canvas.label(1, height, written.number(row.each), color, bold, "right", dx=122, xref="paper")
        _dots(canvas, rows, heights)
        if known:
            between = heights[len(own)] + (0.8 if narrow else 0.5)
            canvas.line(0, between, 1, between, MUTED, 1, "dot", xref="paper")
        return canvas

    chosen = case.comparables
    alike_words = written.lower(chosen.like_for_like.rstrip(".")) if chosen else _("the editor’s choice")
    return Chart(
        "cases",
        fill(report, _headline(report, len(known))),
        _(
            "Above the dotted line this case, below it like cases found by search, not sampled ({alike}), in"
            " years"
        ).format(alike=alike_words),
        ngettext(
            "Dot plot of sentences in like cases, where the {count} other got up to {most} years and"
            " {imposed} were imposed here.",
            "Dot plot of sentences in like cases, where the {count} others got up to {most} years and"
            " {imposed} were imposed here.",
            len(known),
        ).format(
            count=len(known),
            most=written.number(known[0][0]),
            imposed=written.number(report.findings.value("sentence.imposed_years")),
        ),
        _source(),
        _note(report, len(alike) - len(known)),
        _numbers(report),
        **both(draw),
    )


def _label(row: _Row) -> str:
    """Name a row on a phone, where the years for each of the dead have no column."""
    if row.each is None:
        return row.name
    text = ngettext("{name}, {years} year for each", "{name}, {years} years for each", row.each)
    return text.format(name=row.name, years=written.number(row.each))


def _dots(canvas: Canvas, rows: list[_Row], heights: list[int]) -> None:
    """Draw the ends of the rows; what is not sure is a ring, which hides the line under it."""
    dots = [
        (years, height, row)
        for height, row in zip(heights, rows, strict=True)
        for years in sorted({row.low, row.high})
    ]
    xs, ys = [years for years, *_rest in dots], [height for _years, height, _row in dots]
    said = [
        ngettext("{name}: {years} year", "{name}: {years} years", years).format(
            name=row.name, years=written.number(years)
        )
        for years, _height, row in dots
    ]
    canvas.dots(xs, ys, PAPER, [""] * len(dots), 12)
    symbols = ["circle" if row.sure else "circle-open" for *_rest, row in dots]
    canvas.dots(xs, ys, [row.color for *_rest, row in dots], said, 12, symbols)


def _headline(report: Report, known: int) -> str:
    """Say how long the sentences are, and for each of the dead where that can be told."""
    if _EACH in report.findings:
        return ngettext(
            "{comparison.comparables|Small} like case found by search ended in"
            " {comparison.comparables_most_years} years, {comparison.most_years_per_death} for each of the"
            " dead; here, by an account, {comparison.imposed_years_per_death}",
            "{comparison.comparables|Small} like cases found by search ended in"
            " {comparison.comparables_least_years} to {comparison.comparables_most_years} years,"
            " {comparison.least_years_per_death} to {comparison.most_years_per_death} for each of the dead;"
            " here, by an account, {comparison.imposed_years_per_death}",
            known,
        )
    return ngettext(
        "{comparison.comparables|Small} like case found by search ended in"
        " {comparison.comparables_most_years} years",
        "{comparison.comparables|Small} like cases found by search ended in"
        " {comparison.comparables_least_years} to {comparison.comparables_most_years} years",
        known,
    )


def _note(report: Report, lost: int) -> str:
    """Say how the cases were chosen, what is missing, and what may not be read from them."""
    chosen = report.case.comparables
    notes = [chosen.selection if chosen else _("Chosen by the editor; no rate may be read from them.")]
    if lost:
        notes.append(_("In {count} more the sentence was not found.").format(count=written.small(lost)))
    notes += _left_out(report.case.comparable)
    if account := _account(report):
        text = _(
            "Of the {imposed} years imposed {years} stand for the people killed and the rest for people who"
            " lived, by an account whose status is {status}. {account} Arithmetic, not justice: no court"
            " divides a sentence by the dead; of like cases the whole sentence is divided."
        )
        found = report.findings
        notes.append(
            text.format(
                imposed=written.number(found.value("sentence.imposed_years")),
                years=written.number(found.value("sentence.years_for_dead")),
                account=account.statement,
                status=_(account.status),
            )
        )
    notes.append(_("A ring rests on one source. A line that does not begin at 0 is a range."))
    return " ".join(notes)


def _account(report: Report) -> Fact | None:
    """Return the account of which terms stand for the dead, where the years for each of them are told."""
    if _EACH not in report.findings:
        return None
    own = next(count for count in report.case.count if count.for_dead and count.run == "consecutive")
    return next(fact for fact in report.case.fact if fact.id == own.for_by)


def _numbers(report: Report) -> Table:
    """Return the cases as a table, this one first where its years for each of the dead are told."""
    case, found, rows, origins = report.case, report.findings, list[list[object]](), list[str]()
    if account := _account(report):
        name = _("{person}, imposed for the dead").format(person=case.case.person)
        years = [written.number(found.value(one)) for one in ("sentence.years_for_dead", _EACH)]
        rows.append([name, "", report.case_deaths, *years, "", "", "", _(account.status), ""])
        origins.append(f"fact.{account.id}")
    for row in _own(report):  # as the chart has them; none of them is divided by the dead
        rows.append([row.name, "", None, written.span(row.low, row.high), *[""] * 6])
        origins.append(row.origin)
    for one in printed(case.comparable):
        share = _share(report, one)
        rows.append(
            [
                one.person,
                f"{one.place}, {written.dated(one.date)}",
                one.killed,
                "" if one.years is None else written.number(one.years),
                "" if share is None else written.number(share),
                one.plea_or_trial,
                one.offense,
                one.sentence,
                _(one.status),
                _("yes") if one.like_for_like else "",
            ]
        )
        origins.append(f"comparable.{one.id}")
    return Table(
        "cases",
        _("Other cases, found by search and not sampled"),
        [
            Column(_("Person")),
            Column(_("Place and date")),
            Column(_("Killed"), True),
            Column(_("Years"), True),
            Column(_("Years for each of the dead"), True),
            Column(_("Plea or trial")),
            Column(_("Offense")),
            Column(_("Sentence")),
            Column(_("Status")),
            Column(_("Like for like")),
        ],
        rows,
        _source(),
        folded=True,
        stacked=True,
        row_origins=origins,
    )


def _left_out(found: list[Comparable]) -> list[str]:
    """Say how many cases were found and are kept off the page, and why, as far as the file tells readers."""
    left = [one for one in found if one.off_page]
    reasons = "; ".join(one.left_out for one in left if one.left_out)
    if not left:
        return []
    said = ngettext(
        "{count} other that was found is left out: {reasons}.",
        "{count} others that were found are left out: {reasons}.",
        len(left),
    )
    said = (
        said
        if reasons
        else ngettext(
            "{count} other that was found is left out.",
            "{count} others that were found are left out.",
            len(left),
        )
    )
    return [said.format(count=written.small(len(left)).capitalize(), reasons=reasons)]


def _source() -> Source:
    return Source(_("Press and trade coverage of each case, listed in the ledger."), ("case.file",))


__all__ = ["cases"]
