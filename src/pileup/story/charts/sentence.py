"""Charts of the sentence: how it was built, and what the law would have allowed."""

from itertools import accumulate
from typing import NamedTuple

from pileup.case import law
from pileup.case.law import Step
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, Canvas, both
from pileup.story.fill import fill
from pileup.story.prose.sentence import whom
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext


def _law_source(report: Report) -> Source:
    return Source(
        _("Statutes of {jurisdiction}, in later copies and secondary sources; own computation.").format(
            jurisdiction=report.law.law.jurisdiction
        ),
        ("law.file", "case.file"),
    )


class _Span(NamedTuple):
    """A stretch of the sentence: from one year of it to another, and what it is."""

    name: str
    start: float
    end: float
    color: str


def _bricks(running: list[Step]) -> list[_Span]:
    """Lay the terms that add up one after another."""
    found: list[_Span] = []
    for step in running:
        told = ngettext("{name}: {years} year", "{name}: {years} years", step.each_min)
        name = told.format(name=step.label, years=written.number(step.each_min))
        for _count in range(step.n):
            start = found[-1].end if found else 0.0
            found.append(_Span(name, start, start + step.each_min, ACCENT))
    return found


def _spans_of_offenses(running: list[Step]) -> list[_Span]:
    """Say which stretch is of which offense."""
    ends = list(accumulate((step.adds_min for step in running), initial=0.0))
    return [
        _Span(f"{step.n} × {written.lower(step.label)}", start, end, ACCENT)
        for step, start, end in zip(running, ends, ends[1:], strict=False)
    ]


def _spans_of_people(report: Report, running: list[Step]) -> list[_Span]:
    """Say which stretch stands for whom, where an account says so of every year of the sentence."""
    told, found, start = whom(report), list[_Span](), 0.0
    counts = {count.offense: count for count in report.counts}
    for step in running if told else ():
        for name, people in told.items():
            number = getattr(counts[step.offense], f"for_{name}") or 0
            end = start + number * step.each_min
            if number:
                found.append(_Span(_("for {people}").format(people=people), start, end, INK))
            start = end
    return found if start == report.built.lowest_years else []


def _years_for(report: Report, step: Step, name: str) -> str:
    """Write the years of an offense that stand for some people."""
    count = next(count for count in report.counts if count.offense == step.offense)
    return written.number((getattr(count, f"for_{name}") or 0) * step.each_min if step.adds_min else 0.0)


@needs(missing.duty, quiet=True)
def built(report: Report) -> Chart:
    """How does the law add up to the sentence?"""
    steps = report.built.steps
    running = [step for step in steps if step.adds_min]
    beside = [step for step in steps if not step.adds_min]
    total = report.built.lowest_years
    bricks = _bricks(running)
    spans = [*_spans_of_offenses(running), *_spans_of_people(report, running)]
    others = sum(step.n for step in beside)
    beside_years = report.case.number("other_counts_years")
    told = whom(report)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 270, right=46, bottom=44)
        added = ngettext("{n} count that adds up", "{n} counts, one after another", len(bricks))
        names = [added.format(n=len(bricks)), *[span.name for span in spans]]
        if others:
            also = ngettext("{n} other count, at the same time", "{n} other counts, at the same time", others)
            names.append(also.format(n=others))
        heights = canvas.rows(names, wrap=38)
        ticks = {"dtick": 20} if total > 40 else {}
        canvas.x(_("Years, one term after another"), range=[0, total * 1.01], **ticks)
        hover, thick = [brick.name for brick in bricks], 0.36 if narrow else 0.6
        starts, ends = [brick.start for brick in bricks], [brick.end for brick in bricks]
        canvas.bars([heights[0]] * len(bricks), starts, ends, ACCENT, hover, thick, gap=1.5)
        canvas.label(total, heights[0], written.number(total), ACCENT, bold=True, dx=5)
        for height, span in zip(heights[1:], spans, strict=False):
            canvas.line(span.start, height, span.end, height, span.color, 4)
            canvas.label(span.end, height, written.number(span.end - span.start), span.color, True, dx=5)
        if others:
            if beside_years:
                canvas.bars([heights[-1]], [0], [beside_years], CONTEXT, [names[-1]], thick / 2)
            words = _("{years}, adds 0").format(years=written.number(beside_years)) if beside_years else "0"
            canvas.label(beside_years or 0, heights[-1], words, MUTED, dx=5, backed=True)
        return canvas

    parts = " + ".join(f"{step.n} × {written.number(step.each_min)}" for step in running)
    table = Table(
        "built",
        _("The counts of conviction and what each adds"),
        [
            Column(_("Offense")),
            Column(_("Statute")),
            Column(_("Counts"), True),
            Column(_("Lowest each, years"), True),
            Column(_("Highest each, years"), True),
            Column(_("Runs")),
            Column(_("Adds, years"), True),
            *[Column(_("Of these for {people}").format(people=people), True) for people in told.values()],
        ],
        [
            [
                step.label,
                step.statute,
                step.n,
                written.number(step.each_min, 2),
                written.number(step.each_max, 2),
                _("one after another") if step.adds_min else _("at the same time"),
                written.number(step.adds_min),
                *[_years_for(report, step, name) for name in told],
            ]
            for step in steps
        ],
        _law_source(report),
    )
    stands = [
        _("{offense}: for {people}.").format(offense=count.label, people=count.stands_for)
        for count in report.counts
        if count.stands_for
    ]
    same = total == report.findings.value("sentence.imposed_years")
    headline = (
        _("The {sentence.imposed_years} years were the lowest total that the law allowed for these counts")
        if same
        else _(
            "By the law’s floors the counts add up to {sentence.rebuilt_years} years;"
            " {sentence.imposed_years} were imposed"
        )
    )
    note = _(
        "Rebuilt from ranges and rules. The terms on the counts that ran at the same time were reported only"
        " together."
    )
    return Chart(
        "built",
        fill(report, headline),
        _(
            "Counts of conviction, the lowest term on each, and how they add up: {parts} = {total} years"
        ).format(parts=parts, total=written.number(total)),
        ngettext(
            "Bar chart of the terms on the counts of conviction, where {parts} years run one after another"
            " to {total} and the other {others} count adds nothing.",
            "Bar chart of the terms on the counts of conviction, where {parts} years run one after another"
            " to {total} and the other {others} counts add nothing.",
            others,
        ).format(parts=parts, total=written.number(total), others=others),
        _law_source(report),
        " ".join([note, *stands]),
        table,
        **both(draw),
    )


@needs(missing.law, quiet=True)
def what_if(report: Report) -> Chart:
    """What would the same law have allowed on other counts or rules?"""
    cases = law.what_ifs(report.law, report.counts, report.case.crash.date)
    # Each count less stands in the table; the chart has the last of them, with none left.
    fewer = [case for case in cases if case.group == "fewer-counts"]
    drawn = [case for case in cases if case not in fewer[:-1]]
    floors = [case.lowest_years for case in drawn]
    end = max(*floors, report.findings.value("sentence.imposed_years"))

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 294, right=46, bottom=44)
        heights = canvas.rows([case.label for case in drawn], 0, wrap=42)
        canvas.x(_("Years, the lowest total"), range=[0, end * 1.01], **({"dtick": 20} if end > 40 else {}))
        colors = [ACCENT, *[CONTEXT] * (len(drawn) - 1)]
        said = [
            ngettext("lowest {years} year", "lowest {years} years", low).format(years=written.number(low))
            for low in floors
        ]
        for height, low, color in zip(heights, floors, colors, strict=True):
            canvas.line(0, height, low, height, color, 2, below=True)
            text = written.number(low)
            canvas.label(low, height, text, INK if color == CONTEXT else color, color == ACCENT, dx=9)
        canvas.dots(floors, heights, colors, said, 11)
        return canvas

    table = Table(
        "what-if",
        _("What the law would have allowed"),
        [
            Column(_("If")),
            Column(_("Lowest, years"), True),
            Column(_("Highest, years"), True),
            Column(_("Because")),
        ],
        [
            [case.label, written.number(case.lowest_years), written.number(case.highest_years), case.rule]
            for case in cases
        ],
        _law_source(report),
    )
    return Chart(
        "what-if",
        fill(
            report,
            _(
                "Without the rule that terms run one after another, the floor would have been"
                " {sentence.all_concurrent_years} years"
            )
            if report.adds_up
            else _(
                "For these counts the law allowed {sentence.rebuilt_years} to {sentence.highest_years} years"
            ),
        ),
        _("The lowest total that the law would have allowed, in years, by what is changed"),
        _(
            "Dot plot of the lowest totals under other rules or counts, where the floor as convicted is"
            " {floor} years and with every term at the same time {concurrent}."
        ).format(
            floor=written.number(floors[0]), concurrent=written.number(report.all_concurrent.lowest_years)
        ),
        _law_source(report),
        _(
            "Arithmetic, not a prediction and not a view of what should have been. Aggravated ranges,"
            " probation and the merger of counts are left out. The table has highest totals and rules."
        ),
        table,
        **both(draw),
    )
