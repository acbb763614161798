"""Charts of like cases, found by search and not sampled: their sentences, and the sentence for each death."""

from dataclasses import dataclass

from pileup.case import law
from pileup.case.model import Comparable, printed
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext


@dataclass(frozen=True)
class _Row:
    """A line of the chart: a term or a range in years, and whether more than one source gives it."""

    name: str
    low: float
    high: float
    color: str
    sure: bool = True


def _own(report: Report) -> list[_Row]:
    """Return the rows of the case itself: imposed, asked, commuted, and its homicides alone by the law."""
    case, dead, rows = report.case, report.case_deaths, []
    imposed = ngettext("{person}, imposed: {dead} dead", "{person}, imposed: {dead} dead", dead)
    commuted = ngettext("{person}, commuted: {dead} dead", "{person}, commuted: {dead} dead", dead)
    for kind, name, color in (
        ("imposed", imposed, ACCENT),
        ("asked", _("{person}, asked by {by}"), SECOND),
        ("commuted", commuted, ACCENT),
    ):
        for term in case.terms(kind)[:1]:
            said = name.format(person=case.case.person, by=term.by, dead=dead)
            rows.append(_Row(said, term.years_min, term.years_max, color))
    if report.has_law:
        alone = [
            one for one in law.what_ifs(report.law, case.count, case.crash.date) if one.group == "homicide"
        ]
        if alone:
            low, high = min(one.lowest_years for one in alone), max(one.highest_years for one in alone)
            said = _("By the law, only {counts}").format(counts=alone[0].counts)
            rows.append(_Row(said, low, high, SECOND))
    return rows


def _named(report: Report, one: Comparable) -> str:
    """Name a like case: who, where and in which year; its date as the file has it begins with the year."""
    written = next(other for other in report.written.comparable if other.id == one.id)
    return f"{one.person}, {one.place}, {written.date[:4]}"


def _no_alike(report: Report) -> str:
    """Say that the case file names no like case."""
    known = "comparison.comparables" in report.findings
    return "" if known else _("The case file names no like case with an established sentence.")


@needs(_no_alike, quiet=True)
def comparables(report: Report) -> Chart:
    """What did drivers in like cases get?"""
    case = report.case
    alike = [one for one in printed(case.comparable) if one.like_for_like]
    known = sorted([(one.years, one) for one in alike if one.years is not None], key=lambda pair: -pair[0])
    own = _own(report)
    rows = [
        *own,
        *(
            _Row(
                ngettext("{case}: {dead} dead", "{case}: {dead} dead", one.killed).format(
                    case=_named(report, one), dead=one.killed
                ),
                years,
                years,
                CONTEXT,
                one.status == "confirmed",
            )
            for years, one in known
        ),
    ]
    imposed = report.findings.value("sentence.imposed_years")
    end = 1.02 * max(row.high for row in rows)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 290, right=48, bottom=44)
        heights = canvas.rows([row.name for row in rows], wrap=44)
        canvas.x(_("Years"), range=[0, end], **({"dtick": 20} if end > 40 else {}))
        for height, row in zip(heights, rows, strict=True):
            start = 0 if row.low == row.high else row.low
            canvas.line(start, height, row.high, height, row.color, 2)
            label_color = INK if row.color == CONTEXT else row.color
            text = written.span(row.low, row.high)
            canvas.label(row.high, height, text, label_color, bold=row.color != CONTEXT, dx=9)
        dots = [
            (years, height, row)
            for height, row in zip(heights, rows, strict=True)
            for years in sorted({row.low, row.high})
        ]
        canvas.dots(
            [years for years, *_rest in dots],
            [height for _years, height, _row in dots],
            [row.color for *_rest, row in dots],
            [
                ngettext("{name}: {years} year", "{name}: {years} years", years).format(
                    name=row.name, years=written.number(years)
                )
                for years, _height, row in dots
            ],
            12,
            ["circle" if row.sure else "circle-open" for *_rest, row in dots],
        )
        if known:
            between = heights[len(own)] + (0.72 if narrow else 0.5)
            canvas.line(0, between, 1, between, MUTED, 1, "dot", xref="paper")
        return canvas

    table = Table(
        "comparables",
        _("Other cases, found by search and not sampled"),
        [
            Column(_("Person")),
            Column(_("Place and date")),
            Column(_("Killed"), True),
            Column(_("Plea or trial")),
            Column(_("Offense")),
            Column(_("Sentence")),
            Column(_("Status")),
            Column(_("Like for like")),
        ],
        [
            [
                one.person,
                f"{one.place}, {written.dated(one.date)}",
                one.killed,
                one.plea_or_trial,
                one.offense,
                one.sentence,
                _(one.status),
                _("yes") if one.like_for_like else "",
            ]
            for one in printed(case.comparable)
        ],
        _source(),
        folded=True,
        stacked=True,
        row_origins=[f"comparable.{one.id}" for one in printed(case.comparable)],
    )
    chosen = case.comparables
    alike_words = written.lower(chosen.like_for_like.rstrip(".")) if chosen else _("the editor’s choice")
    notes = [chosen.selection if chosen else _("Chosen by the editor; no rate may be read from them.")]
    if lost := len(alike) - len(known):
        notes.append(_("In {count} more the sentence was not found.").format(count=written.small(lost)))
    notes += _left_out(case.comparable)
    notes.append(_("An open dot rests on one source. A line that does not begin at 0 is a range."))
    return Chart(
        "comparables",
        fill(
            report,
            ngettext(
                "{comparison.comparables|Small} like case found by search ended in"
                " {comparison.comparables_most_years} years",
                "{comparison.comparables|Small} like cases found by search ended in"
                " {comparison.comparables_least_years} to {comparison.comparables_most_years} years",
                len(known),
            ),
        ),
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
        ).format(count=len(known), most=written.number(known[0][0]), imposed=written.number(imposed)),
        _source(),
        " ".join(notes),
        table,
        **both(draw),
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


def _no_deaths(report: Report) -> str:
    """Say why there is no sentence for each death: a whole sentence is not divided by the dead."""
    told = "comparison.imposed_years_per_death" in report.findings
    return _no_alike(report) or (
        "" if told else _("The case file does not say which of the terms stand for the people killed.")
    )


@needs(_no_deaths, quiet=True)
def per_death(report: Report) -> Chart:
    """What do the terms for the dead come to for each of them, here and in like cases?"""
    case = report.case
    years = report.findings.value("sentence.years_for_dead")
    own = next(count for count in case.count if count.for_dead and count.run == "consecutive")
    account = next(fact for fact in case.fact if fact.id == own.for_by)
    imposed = _("{person}, imposed for the dead").format(person=case.case.person)
    rows = [(imposed, years, report.case_deaths, ACCENT, f"fact.{account.id}")]
    rows += sorted(
        (
            (
                _named(report, one),
                one.years,
                one.killed,
                CONTEXT,
                f"comparable.{one.id}",
            )
            for one in printed(case.comparable)
            if one.like_for_like and one.years is not None and one.killed
        ),
        key=lambda row: -row[1] / row[2],
    )
    shares = [years / killed for _name, years, killed, *_rest in rows]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 270, right=48, bottom=8)
        heights = canvas.rows([name for name, *_ in rows], wrap=40)
        canvas.x(range=[0, max(shares)], showgrid=False, showticklabels=False)
        colors = [color for *_rest, color, _origin in rows]
        hover = [_hover(years, killed) for _name, years, killed, *_rest in rows]
        canvas.bars(heights, [0] * len(rows), shares, colors, hover, 0.34 if narrow else 0.55)
        for height, share, color in zip(heights, shares, colors, strict=True):
            canvas.label(share, height, written.number(share), INK if color == CONTEXT else color, dx=6)
        return canvas

    table = Table(
        "per-death",
        _("Years for each person killed"),
        [
            Column(_("Case")),
            Column(_("Years"), True),
            Column(_("Killed"), True),
            Column(_("Years for each"), True),
        ],
        [
            [name, written.number(years), killed, written.number(share)]
            for (name, years, killed, *_rest), share in zip(rows, shares, strict=True)
        ],
        _source(),
        row_origins=[origin for *_rest, origin in rows],
    )
    others = shares[1:]
    return Chart(
        "per-death",
        fill(
            report,
            _(
                "By an account of the charges, the terms that stand for the dead come to"
                " {comparison.imposed_years_per_death} years for each; in like cases the sentence comes to"
                " {comparison.least_years_per_death} to {comparison.most_years_per_death}"
            ),
        ),
        _(
            "Here the years on the counts that stand for the people killed, in like cases the whole sentence,"
            " divided by the people killed; like cases found by search, not sampled"
        ),
        _(
            "Bar chart of years for each person killed, where this case has {own} and like cases {least} to"
            " {most}."
        ).format(
            own=written.number(shares[0]), least=written.number(min(others)), most=written.number(max(others))
        ),
        _source(),
        _(
            "Of the {imposed} years imposed {years} stand for the people killed and the rest for people who"
            " lived, by an account whose status is {status}. {account} Arithmetic, not justice: no court"
            " divides a sentence by the dead. No rate or pattern may be read from cases found by search."
        ).format(
            imposed=written.number(report.findings.value("sentence.imposed_years")),
            years=written.number(years),
            account=account.statement,
            status=_(account.status),
        ),
        table,
        **both(draw),
    )


def _hover(years: float, killed: int) -> str:
    """Say how long a sentence is and how many died."""
    told = ngettext("{years} year", "{years} years", years).format(years=written.number(years))
    return f"{told}, {ngettext('{dead} dead', '{dead} dead', killed).format(dead=killed)}"


__all__ = ["comparables", "per_death"]
