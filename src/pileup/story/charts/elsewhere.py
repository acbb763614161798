"""The chart of Florida's prisoners: their terms added up, by counts for a death, beside this case."""

import math
from collections.abc import Sequence

from pileup.case.outcome import outcome
from pileup.record.sentences import LEAST_SHOWN, Terms
from pileup.story import missing, outcomes
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, NARROW, WIDE, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext

#: How many people of a row are drawn one by one, and the size of a dot in CSS pixels.
FEW, _DOT = 30, 10


def _florida(report: Report) -> Source:
    """Name the file of Florida's prisoners."""
    return Source(
        _("Florida Department of Corrections, prisoners, {time} (public extract); own computation.").format(
            time=report.states_held.span("FL").time
        ),
        ("table.state-sentences", "case.file"),
    )


def _no_counts(report: Report) -> str:
    """Say why Florida's sums are not shown by deaths."""
    if none := missing.years(report):
        return none
    return "" if report.florida_by_deaths else _("Florida’s file has nobody with a count for a death.")


def _single(report: Report, count: int, terms: Terms) -> bool:
    """Say whether the people of a row are drawn one by one: few, with as many counts as people died here."""
    return count == report.case_deaths and len(terms.months) <= FEW


@needs(_no_counts, quiet=True)
def same_deaths(report: Report) -> Chart:
    """What does a further count for a death add in Florida, and what did as many come to?"""
    rows = report.florida_by_deaths
    shown = [row for row in rows if len(row[1].months) >= LEAST_SHOWN or _single(report, *row)]
    imposed = report.findings.value("sentence.imposed_years")
    own = [(imposed, _("imposed here: {years}").format(years=written.number(imposed)))]
    if _part_for_the_dead(report):
        for_dead = report.findings.value("sentence.years_for_dead")
        own.insert(0, (for_dead, _("for the dead: {years}").format(years=written.number(for_dead))))
    longest = [months / 12 for _count, terms in shown for months in terms.without_life().months]
    end = 1.08 * max(*longest, imposed, 1)
    names = [_name(count, terms) for count, terms in shown]

    def draw(narrow: bool) -> Canvas:
        left, right, top = 8 if narrow else 250, 40, 17 + 17 * len(own)
        canvas = Canvas(narrow, left=left, right=right, top=top, bottom=46)
        heights = canvas.rows(names, wrap=36)
        canvas.x(_("Years, if every term ran one after another"), range=[0, end], nticks=5 if narrow else 9)
        for step, (years, text) in enumerate(own):
            canvas.line(years, 0, years, 1, ACCENT, 2, yref="paper", below=True)
            anchor = "right" if years > 0.6 * end else "left"
            shift = 4 if anchor == "right" else -4
            canvas.label(
                years, 1, text, ACCENT, True, anchor, "bottom", yref="paper", dx=shift, dy=3 + 17 * step
            )
        a_pixel = end / ((NARROW if narrow else WIDE) - left - right)
        for height, (count, terms) in zip(heights, shown, strict=True):
            if _single(report, count, terms):
                _people(canvas, terms, height, end, a_pixel)
            else:
                _spread(canvas, terms, height)
        return canvas

    return Chart(
        "same-deaths",
        fill(report, _headline(report)),
        _(
            "Florida prisoners by counts for a death, all of a person’s terms added up, in years: shortest to"
            " longest, middle half and median; for as many deaths as here each dot is a person"
        )
        if any(_single(report, *row) for row in shown)
        else _(
            "Florida prisoners by counts for a death, all of a person’s terms added up, in years: shortest to"
            " longest, middle half and median"
        ),
        _(
            "Ranges of Florida prisoners’ added-up terms by counts for a death, where {reach} of {people}"
            " reach what was imposed here, {term}."
        ).format(
            reach=report.findings.value("comparison.florida.any_deaths_reaching_imposed"),
            people=sum(len(terms.months) for _count, terms in rows),
            term=outcomes.together(outcome(report.case)),
        ),
        _florida(report),
        _note(rows, shown),
        _numbers(report, rows, shown),
        **both(draw),
    )


def _name(count: int, terms: Terms) -> str:
    """Name a row, with how many people it has, their median and who has life."""
    name = ngettext("{number} count for a death", "{number} counts for a death", count)
    name = name.format(number=written.number(count))
    people = ngettext("{n} person", "{n} people", len(terms.months)).format(n=len(terms.months))
    median = written.years(terms.median)
    if terms.life:
        text = _("{name}: {people}, median {median}, {life} for life")
    else:
        text = _("{name}: {people}, median {median}")
    return text.format(name=name, people=people, median=median, life=terms.life)


def _spread(canvas: Canvas, terms: Terms, height: float) -> None:
    """Draw the range of a row, its middle half and its median, life left out of what is drawn."""
    if not terms.without_life().months:
        return
    last = terms.without_life().longest / 12
    low, high = (min(term / 12, last) for term in terms.middle_half)
    canvas.line(terms.months[0] / 12, height, last, height, CONTEXT, 1.5, below=True)
    hover = _("middle half {years} years").format(years=written.span(low, high))
    canvas.bars([height], [low], [high], CONTEXT, [hover], 0.24)
    if math.isfinite(terms.median):
        said = _("median {years}").format(years=written.years(terms.median))
        canvas.dots([terms.median / 12], [height], INK, [said], _DOT)


def _people(canvas: Canvas, terms: Terms, height: float, end: float, a_pixel: float) -> None:
    """Draw each person of a row, so that none covers another, and at its end those with life."""
    years = [term / 12 for term in terms.without_life().months] + [end] * terms.life
    said = [written.years(term) for term in terms.months]
    # On a phone the name of the row stands above it, so that there is room below only.
    order = (0, -1, -2) if canvas.narrow else (0, -1, 1, -2, 2)
    heights = [height + 0.22 * step for step in _steps(years, _DOT * a_pixel, order)]
    symbols = ["circle"] * (len(years) - terms.life) + ["diamond"] * terms.life
    canvas.dots(years, heights, CONTEXT, said, _DOT, symbols)
    if terms.life:
        canvas.label(end, height, _("life"), INK, anchor="right", valign="top", dx=34, dy=-4)
    if math.isfinite(terms.median):
        canvas.line(terms.median / 12, height - 0.3, terms.median / 12, height + 0.3, INK, 2, below=True)


def _steps(places: Sequence[float], room: float, order: Sequence[int]) -> list[int]:
    """Say how far from its row each of some ascending places stands, so that none covers another."""
    last: dict[int, float] = {}
    steps = []
    for place in places:
        free = [step for step in order if place - last.get(step, -math.inf) >= room]
        steps.append(free[0] if free else order[0])
        last[steps[-1]] = place
    return steps


def _part_for_the_dead(report: Report) -> bool:
    """Tell whether a part of the sentence, and not the whole, stands for the people killed."""
    names = ("sentence.years_for_dead", "sentence.imposed_years")
    found = report.findings
    return all(name in found for name in names) and found.value(names[0]) < found.value(names[1])


def _headline(report: Report) -> str:
    if not report.findings.value("comparison.florida.same_deaths_people"):
        return _(
            "Added up, the terms of {comparison.florida.any_deaths_reaching_imposed|some} of"
            " {comparison.florida.any_deaths_people} Florida prisoners reach {sentence.imposed_years} years"
        )
    if _part_for_the_dead(report):
        return _(
            "Added up, the terms of {comparison.florida.same_deaths_reaching_years_for_dead|some} of"
            " {comparison.florida.same_deaths_people|small} Florida prisoners with as many counts for a death"
            " reach the {sentence.years_for_dead} years that stand for the dead here, and those of"
            " {comparison.florida.same_deaths_reaching_imposed|some} all {sentence.imposed_years}"
        )
    if report.findings.value("comparison.florida.same_deaths_reaching_imposed_dui"):
        return _(
            "Added up, the terms of {comparison.florida.same_deaths_reaching_imposed|some} of"
            " {comparison.florida.same_deaths_people|small} Florida prisoners with as many counts for a death"
            " reach {sentence.imposed_years} years;"
            " {comparison.florida.same_deaths_reaching_imposed_dui|small} of these for drunk driving"
        )
    return _(
        "Added up, the terms of {comparison.florida.same_deaths_reaching_imposed|some} of"
        " {comparison.florida.same_deaths_people|small} Florida prisoners with as many counts for a death"
        " reach {sentence.imposed_years} years"
    )


def _note(rows: Sequence[tuple[int, Terms]], shown: Sequence[tuple[int, Terms]]) -> str:
    """Say what the sums are and are not, and who is not drawn."""
    note = [
        _(
            "An upper bound: the source does not say which terms run together. Life counts as reaching any"
            " number. People in prison on one day over-represent long terms; most were convicted of drunk"
            " driving."
        )
    ]
    if small := [written.small(count) for count, terms in shown if terms.size]:
        note.append(_("Few people: the {numbers} counts.").format(numbers=written.join(small)))
    if hidden := sum(len(terms.months) for row in rows if row not in shown for terms in row[1:]):
        note.append(
            ngettext(
                "{people} person in groups of fewer than {least} is not drawn; the last row of the table"
                " counts them.",
                "{people} people in groups of fewer than {least} are not drawn; the last row of the table"
                " counts them.",
                hidden,
            ).format(people=hidden, least=LEAST_SHOWN)
        )
    return " ".join(note)


def _numbers(report: Report, rows: Sequence[tuple[int, Terms]], shown: Sequence[tuple[int, Terms]]) -> Table:
    """Return the numbers of the chart, with the years of each person who is drawn."""
    found = report.findings
    reached = [
        found.value(name) for name in ("sentence.years_for_dead", "sentence.imposed_years") if name in found
    ]
    cells: list[list[object]] = [
        [
            count,
            len(terms.months),
            *[written.years(terms.quantile(share)) for share in (0.5, 0.25, 0.75)],
            written.years(terms.without_life().longest),
            terms.life,
            *(terms.at_least(12 * years) for years in reached),
            "; ".join(map(written.years, terms.months)) if _single(report, count, terms) else "",
        ]
        for count, terms in shown
    ]
    if rest := [terms for row in rows if row not in shown for terms in row[1:]]:
        reach = [sum(terms.at_least(12 * years) for terms in rest) for years in reached]
        people = sum(len(terms.months) for terms in rest)
        cells.append([_("others, too few to show apart"), people, *[None] * 5, *reach, ""])
    return Table(
        "same-deaths",
        _("Florida prisoners’ terms added up, by counts for a death, in years"),
        [
            Column(_("Counts for a death"), True),
            Column(_("People"), True),
            Column(_("Median"), True),
            Column(_("Lower quartile"), True),
            Column(_("Upper quartile"), True),
            Column(_("Longest"), True),
            Column(_("Life"), True),
            *(Column(_("{years} or more").format(years=written.number(years)), True) for years in reached),
            Column(_("Each person drawn")),
        ],
        cells,
        _florida(report),
    )


__all__ = ["same_deaths"]
