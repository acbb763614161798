"""Charts of like cases, found by search and not sampled: their sentences, and the sentence for each death."""

from dataclasses import dataclass

from pileup import law
from pileup.case import printed
from pileup.story import words
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report


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
    case, rows = report.case, []
    for kind, said, color in (
        ("imposed", "imposed", ACCENT),
        ("asked", "asked by {by}", SECOND),
        ("commuted", "commuted", ACCENT),
    ):
        for term in case.terms(kind)[:1]:
            name = f"{case.case.person}, {said.format(by=term.by)}"
            name += "" if kind == "asked" else f": {report.case_deaths} dead"
            rows.append(_Row(name, term.years_min, term.years_max, color))
    if report.has_law:
        alone = [
            one for one in law.what_ifs(report.law, case.count, case.crash.date) if one.group == "homicide"
        ]
        if alone:
            low, high = min(one.lowest_years for one in alone), max(one.highest_years for one in alone)
            label = words.lower(alone[0].label.rsplit(",", 1)[0])
            rows.append(_Row(f"By the law, {label}", low, high, SECOND))
    return rows


def _no_alike(report: Report) -> str:
    """Say that the case file names no like case."""
    known = "comparison.comparables" in report.findings
    return "" if known else "The case file names no like case with an established sentence."


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
                f"{one.person}, {one.place}, {one.date[:4]}: {one.killed} dead",
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
        canvas.x("Years", range=[0, end], **({"dtick": 20} if end > 40 else {}))
        for height, row in zip(heights, rows, strict=True):
            start = 0 if row.low == row.high else row.low
            canvas.line(start, height, row.high, height, row.color, 2)
            label_color = INK if row.color == CONTEXT else row.color
            text = words.span(row.low, row.high)
            canvas.label(row.high, height, text, label_color, bold=row.color != CONTEXT, dx=9)
        dots = [
            (years, height, row)
            for height, row in zip(heights, rows, strict=True)
            for years in sorted({row.low, row.high})
        ]
        canvas.dots(
            [years for years, _, _ in dots],
            [height for _, height, _ in dots],
            [row.color for _, _, row in dots],
            [f"{row.name}: {words.number(years)} years" for years, _, row in dots],
            12,
            ["circle" if row.sure else "circle-open" for _, _, row in dots],
        )
        if known:
            between = heights[len(own)] + (0.72 if narrow else 0.5)
            canvas.line(0, between, 1, between, MUTED, 1, "dot", xref="paper")
        return canvas

    source = Source("Press and trade coverage of each case, listed in the ledger.", ("case.file",))
    titles = (
        "Person",
        "Place and date",
        "Killed",
        "Plea or trial",
        "Offence",
        "Sentence",
        "Status",
        "Like for like",
    )
    table = Table(
        "comparables",
        "Other cases, found by search and not sampled",
        [Column(title, title == "Killed") for title in titles],
        [
            [
                one.person,
                f"{one.place}, {one.date}",
                one.killed,
                one.plea_or_trial,
                one.offence,
                one.sentence,
                one.status,
                "yes" if one.like_for_like else "",
            ]
            for one in printed(case.comparable)
        ],
        source,
        folded=True,
        stacked=True,
        row_origins=[f"comparable.{one.id}" for one in printed(case.comparable)],
    )
    alike_words = (
        words.lower(case.comparables.like_for_like.rstrip(".")) if case.comparables else "the editor’s choice"
    )
    lost = len(alike) - len(known)
    unknown = f" In {words.small(lost)} more the sentence was not found." if lost else ""
    selection = (
        case.comparables.selection
        if case.comparables
        else "Chosen by the editor; no rate may be read from them."
    )
    return Chart(
        "comparables",
        fill(
            report,
            "{comparison.comparables|Small} like cases found by search ended in"
            " {comparison.comparables_least_years} to {comparison.comparables_most_years} years",
        ),
        f"Above the dotted line this case, below it like cases found by search, not sampled ({alike_words}),"
        " in years",
        f"Dot plot of sentences in like cases, where the {len(known)} others got up to"
        f" {words.number(known[0][0])} years and {words.number(imposed)} were imposed here.",
        source,
        f"{selection}{unknown} An open dot rests on one source. A line that does not begin at 0 is a range.",
        table,
        **both(draw),
    )


def _no_deaths(report: Report) -> str:
    """Say why there is no sentence for each death."""
    return _no_alike(report) or ("" if report.case_deaths else "The case file does not say how many died.")


@needs(_no_deaths, quiet=True)
def per_death(report: Report) -> Chart:
    """What is the sentence divided by the number of dead, here and in like cases?"""
    case = report.case
    rows = [
        (f"{case.case.person}, {kind}", term.years_max, report.case_deaths, ACCENT, f"term.{term.id}")
        for kind in ("imposed", "commuted")
        for term in case.terms(kind)[:1]
    ]
    rows += sorted(
        (
            (
                f"{one.person}, {one.place}, {one.date[:4]}",
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
    shares = [years / killed for _, years, killed, _, _ in rows]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 270, right=48, bottom=8)
        heights = canvas.rows([name for name, *_ in rows], wrap=40)
        canvas.x(range=[0, max(shares)], showgrid=False, showticklabels=False)
        colors = [color for _, _, _, color, _ in rows]
        hover = [f"{words.number(years)} years, {killed} dead" for _, years, killed, _, _ in rows]
        canvas.bars(heights, [0] * len(rows), shares, colors, hover, 0.34 if narrow else 0.55)
        for height, share, color in zip(heights, shares, colors, strict=True):
            canvas.label(share, height, words.number(share), INK if color == CONTEXT else color, dx=6)
        return canvas

    source = Source("Press and trade coverage of each case, listed in the ledger.", ("case.file",))
    table = Table(
        "per-death",
        "Years of the sentence for each person killed",
        [Column("Case"), Column("Years", True), Column("Killed", True), Column("Years for each", True)],
        [
            [name, words.number(years), killed, words.number(share)]
            for (name, years, killed, _, _), share in zip(rows, shares, strict=True)
        ],
        source,
        row_origins=[origin for *_, origin in rows],
    )
    others = shares[sum(color == ACCENT for _, _, _, color, _ in rows) :]
    return Chart(
        "per-death",
        fill(
            report,
            "Divided by the dead, the sentence imposed was {comparison.imposed_years_per_death} years; in"
            " like cases {comparison.least_years_per_death} to {comparison.most_years_per_death}",
        ),
        "Years of the sentence for each person killed: like cases found by search, not sampled",
        f"Bar chart of sentences divided by the number of dead, where this case has {words.number(shares[0])}"
        f" and like cases {words.number(min(others))} to {words.number(max(others))}.",
        source,
        "Arithmetic, not justice: no court divides a sentence by the dead, and the counts here also stood for"
        " people who lived. No rate or pattern may be read from cases found by search.",
        table,
        **both(draw),
    )


__all__ = ["comparables", "per_death"]
