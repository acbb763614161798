"""Charts of terms elsewhere: their distributions, the sentence as a multiple, Florida's sums by deaths."""

import math
from collections.abc import Sequence

from pileup.findings.groups import Group
from pileup.record.sentences import LEAST_SHOWN
from pileup.record.states import STATES
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext

#: How many people a chart lists one by one.
FEW = 30


def _states_source(report: Report) -> Source:
    """Name the files of every group compared."""
    new_york, florida, texas = map(report.states_held.span, ("NY", "FL", "TX"))
    return Source(
        _(
            "US Sentencing Commission, {federal}; New York State Board of Parole calendar, {new_york};"
            " Florida Department of Corrections, {florida}; Texas Department of Criminal Justice, {texas}"
            " (public extracts); own computation."
        ).format(
            federal=written.fiscal_years(report.federal_held.held),
            new_york=new_york.years,
            florida=florida.time,
            texas=texas.time,
        ),
        ("table.federal-sentences", "table.state-sentences", "case.file"),
    )


def _florida(report: Report) -> Source:
    """Name the file of Florida's prisoners."""
    return Source(
        _("Florida Department of Corrections, prisoners, {time} (public extract); own computation.").format(
            time=report.states_held.span("FL").time
        ),
        ("table.state-sentences", "case.file"),
    )


def marks(report: Report) -> list[tuple[float, float, str, str]]:
    """Return the case's own terms for an axis of years: low, high, label and color."""
    found = []
    for kind, said, color in (
        ("commuted", _("commuted: {years}"), ACCENT),
        ("asked", _("asked: {years}"), SECOND),
        ("imposed", _("imposed: {years}"), ACCENT),
    ):
        terms = report.terms(kind)
        if terms:
            low, high = terms[0].years_min, terms[0].years_max
            found.append((low, high, said.format(years=written.span(low, high)), color))
    return found


def draw_marks(canvas: Canvas, own: Sequence[tuple[float, float, str, str]], end: float) -> None:
    """Draw the case's own terms as lines across the rows, their labels above one another."""
    for step, (low, high, text, color) in enumerate(own):
        for value in {low, high}:
            canvas.line(value, 0, value, 1, color, 2 if color == ACCENT else 1.5, yref="paper", below=True)
        anchor, x = ("right", high) if high > 0.6 * end else ("left", low)
        shift = 4 if anchor == "right" else -4
        canvas.label(x, 1, text, color, True, anchor, "bottom", yref="paper", dx=shift, dy=3 + 17 * step)


@needs(missing.sentence)
def states(report: Report) -> Chart:
    """What is typical elsewhere, and where do the terms of this case stand?"""
    shown = report.groups
    own = marks(report)
    longest = [group.terms.without_life().longest / 12 for group in shown]
    end = 1.04 * max(*longest, *[high for _, high, _, _ in own])

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 260, right=20, top=14 + 18 * len(own), bottom=46)
        heights = canvas.rows([f"{group.name} ({len(group.terms.months)}): {group.bias}" for group in shown])
        canvas.x(_("Years; thick: middle half, dot: median"), range=[0, end], dtick=20)
        draw_marks(canvas, own, end)
        for height, group, last in zip(heights, shown, longest, strict=True):
            terms = group.terms
            low, high = terms.quantile(0.25) / 12, min(terms.quantile(0.75) / 12, end)
            canvas.line(terms.months[0] / 12, height, last, height, CONTEXT, 1.5)
            hover = _("{group}: middle half {years} years").format(
                group=group.name, years=written.span(low, high)
            )
            canvas.bars([height], [low], [high], CONTEXT, [hover], 0.2)
            median = written.years(terms.median)
            canvas.dots(
                [terms.median / 12], [height], INK, [_("median {years} years").format(years=median)], 11
            )
            text = (
                _("median {median}, most {most}, {life} life")
                if terms.life
                else _("median {median}, most {most}")
            )
            text = text.format(median=median, most=written.number(last), life=terms.life)
            canvas.label(last, height, text, INK, dx=8, backed=True)
        return canvas

    own_state, medians = report.case.case.state, [group.terms.median for group in shown]
    note = [
        _(
            "None is a sample of convictions. People in prison on one day over-represent long terms. New"
            " York’s source cannot show 100 years or more. In Florida’s groups each person has one count for"
            " a death, in New York nearly all have; the federal and Texas files do not say."
        )
    ]
    if own_state not in ("FL", "NY", "TX"):
        elsewhere = _("None is a file of {state}’s state courts.")
        note.insert(0, elsewhere.format(state=_(STATES[own_state])))
    return Chart(
        "states",
        fill(
            report,
            _(
                "In the {comparison.groups|small} groups compared, the median term is"
                " {comparison.lowest_median_years} to {comparison.highest_median_years} years"
            ),
        ),
        _(
            "Prison terms for deaths by vehicle in three states, and for federal manslaughter, in years"
            " (number of people): shortest to longest, with the terms of this case"
        ),
        _(
            "Range chart of prison terms in {groups} groups, where medians run from {low} to {high} years and"
            " the sentence imposed here is {imposed}."
        ).format(
            groups=len(shown),
            low=written.years(min(medians)),
            high=written.years(max(medians)),
            imposed=written.number(report.findings.value("sentence.imposed_years")),
        ),
        _states_source(report),
        " ".join(note),
        _distributions(report, shown),
        **both(draw),
    )


def _distributions(report: Report, shown: list[Group]) -> Table:
    return Table(
        "states",
        _("Prison terms elsewhere, in months"),
        [
            Column(_("Group")),
            Column(_("People"), True),
            Column(_("Lower quartile"), True),
            Column(_("Median"), True),
            Column(_("Upper quartile"), True),
            Column(_("Longest"), True),
            Column(_("Life"), True),
            Column(_("What the term is")),
        ],
        [
            [
                group.name,
                len(group.terms.months),
                *[written.number(group.terms.quantile(share)) for share in (0.25, 0.5, 0.75)],
                written.number(group.terms.without_life().longest),
                group.terms.life,
                group.what,
            ]
            for group in shown
        ],
        _states_source(report),
        note=_("Life counts as longer than any term; the longest term leaves life out."),
        row_origins=[group.table for group in shown],
    )


@needs(missing.sentence)
def ratios(report: Report) -> Chart:
    """How many times the median of each group was the sentence imposed?"""
    imposed = 12 * report.findings.value("sentence.imposed_years")
    shown = [group for group in report.groups if math.isfinite(group.terms.median)]
    multiples = [imposed / group.terms.median for group in shown]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 270, right=70, bottom=8)
        heights = canvas.rows([f"{group.name} ({len(group.terms.months)})" for group in shown], wrap=38)
        canvas.x(range=[0, max(*multiples, 1)], showgrid=False, showticklabels=False)
        canvas.bars(
            heights,
            [0] * len(shown),
            multiples,
            CONTEXT,
            [_("{ratio} times the median").format(ratio=written.times(multiple)) for multiple in multiples],
            0.34 if narrow else 0.55,
        )
        canvas.line(1, 0, 1, 1, INK, 1.5, "dot", yref="paper")
        for height, multiple in zip(heights, multiples, strict=True):
            text = _("{ratio} times").format(ratio=written.times(multiple))
            canvas.label(multiple, height, text, INK, bold=True, dx=6)
        return canvas

    table = Table(
        "ratios",
        _("The sentence imposed as a multiple of each group’s median"),
        [
            Column(_("Group")),
            Column(_("People"), True),
            Column(_("Median, years"), True),
            Column(_("Multiple"), True),
        ],
        [
            [group.name, len(group.terms.months), written.years(group.terms.median), written.times(multiple)]
            for group, multiple in zip(shown, multiples, strict=True)
        ],
        _states_source(report),
        row_origins=[group.table for group in shown],
    )
    return Chart(
        "ratios",
        fill(
            report,
            _(
                "The sentence imposed was {comparison.lowest_ratio|times} to {comparison.highest_ratio|times}"
                " times the median of each group"
            ),
        ),
        _(
            "{years} years as a multiple of the median term of each group; the dotted line is the median"
            " itself"
        ).format(years=written.years(imposed)),
        _(
            "Bar chart of the sentence imposed as a multiple of group medians, where it goes from {low} to"
            " {high} times."
        ).format(low=written.times(min(multiples)), high=written.times(max(multiples))),
        _states_source(report),
        _(
            "One person’s sentence on many counts against people who mostly have one count for a death. A"
            " ratio says how far apart two numbers are, not which is right."
        ),
        table,
        **both(draw),
    )


def _no_counts(report: Report) -> str:
    """Say why Florida's sums are not shown by deaths."""
    if not report.has_sentence:
        return missing.sentence(report)
    return "" if report.florida_by_deaths else _("Florida’s file has nobody with a count for a death.")


@needs(_no_counts)
def by_death_counts(report: Report) -> Chart:
    """How do Florida's added-up terms grow with the number of counts for a death?"""
    rows = report.florida_by_deaths
    imposed, deaths = report.findings.value("sentence.imposed_years"), report.case_deaths
    shown = [(count, terms) for count, terms in rows if len(terms.months) >= LEAST_SHOWN]
    longest = [terms.without_life().longest / 12 for _count, terms in shown]
    end = 1.04 * max(*longest, imposed)
    names = [
        ngettext(
            "{number} count for a death ({people})", "{number} counts for a death ({people})", count
        ).format(number=written.small(count).capitalize(), people=len(terms.months))
        for count, terms in shown
    ]
    medians = [
        (_("median {median}; {life} life") if terms.life else _("median {median}")).format(
            median=written.years(terms.median), life=terms.life
        )
        for _count, terms in shown
    ]
    own = next((index for index, (count, _terms) in enumerate(shown) if count == deaths), None)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 210, right=20, top=34, bottom=46)
        said = [f"{name}: {text}" for name, text in zip(names, medians, strict=True)] if narrow else names
        heights = canvas.rows(said, own)
        canvas.x(_("Years, if every term ran one after another"), range=[0, end], nticks=5 if narrow else 9)
        canvas.line(imposed, 0, imposed, 1, ACCENT, 2, yref="paper", below=True)
        text = _("imposed here: {years}").format(years=written.number(imposed))
        right = imposed > 0.6 * end
        anchor = "right" if right else "left"
        canvas.label(
            imposed, 1, text, ACCENT, True, anchor, "bottom", yref="paper", dx=4 if right else -4, dy=6
        )
        for height, (_count, terms), last, text in zip(heights, shown, longest, medians, strict=True):
            low, high = (min(terms.quantile(share) / 12, last) for share in (0.25, 0.75))
            canvas.line(terms.months[0] / 12, height, last, height, CONTEXT, 1.5)
            hover = _("middle half {years} years").format(years=written.span(low, high))
            canvas.bars([height], [low], [high], CONTEXT, [hover], 0.2)
            if math.isfinite(terms.median):
                canvas.dots([terms.median / 12], [height], INK, [_("median")], 11)
            if not narrow:
                canvas.label(high, height, text, INK, valign="bottom", dx=-2, dy=5, backed=True)
        return canvas

    people, hidden = (
        sum(len(terms.months) for _count, terms in some)
        for some in (rows, [row for row in rows if row not in shown])
    )
    note = [
        _(
            "An upper bound: the source does not say which terms run together. Life counts as reaching any"
            " number. People in prison on one day over-represent long terms; most were convicted of drunk"
            " driving."
        )
    ]
    if small := [written.small(count) for count, terms in shown if terms.size == "small"]:
        note.append(_("Few people: the {numbers} counts.").format(numbers=written.join(small)))
    if hidden:
        note.append(
            ngettext(
                "{people} person in groups of fewer than {least} is not shown.",
                "{people} people in groups of fewer than {least} are not shown.",
                hidden,
            ).format(people=hidden, least=LEAST_SHOWN)
        )
    table = Table(
        "by-death-counts",
        _("Florida prisoners’ terms added up, by counts for a death, in years"),
        [
            Column(_("Counts for a death"), True),
            Column(_("People"), True),
            Column(_("Median"), True),
            Column(_("Lower quartile"), True),
            Column(_("Upper quartile"), True),
            Column(_("Longest"), True),
            Column(_("Life"), True),
            Column(_("{years} or more").format(years=written.number(imposed)), True),
        ],
        [
            [
                count,
                len(terms.months),
                *[written.years(terms.quantile(share)) for share in (0.5, 0.25, 0.75)],
                written.years(terms.without_life().longest),
                terms.life,
                terms.at_least(12 * imposed),
            ]
            for count, terms in shown
        ],
        _florida(report),
    )
    return Chart(
        "by-death-counts",
        fill(
            report,
            _(
                "Added up, the terms of {comparison.florida.any_deaths_reaching_imposed|small} of"
                " {comparison.florida.any_deaths_people} Florida prisoners reach {sentence.imposed_years}"
                " years"
            ),
        ),
        _(
            "Florida prisoners’ terms added up, by the number of counts for a death (number of people):"
            " shortest to longest, middle half and median, in years"
        ),
        _(
            "Range chart of Florida prisoners’ added-up terms by counts for a death, where {reach} of"
            " {people} reach the {years} years imposed here."
        ).format(
            reach=sum(terms.at_least(12 * imposed) for _count, terms in rows),
            people=people,
            years=written.number(imposed),
        ),
        _florida(report),
        " ".join(note),
        table,
        **both(draw),
    )


def _no_list(report: Report) -> str:
    """Say why the people with as many counts for a death are not listed."""
    if not report.has_sentence:
        return missing.sentence(report)
    few = 0 < len(report.florida_listed) <= FEW
    return "" if few else _("Florida’s file has nobody with as many counts for a death, or too many to list.")


@needs(_no_list)
def same_deaths(report: Report) -> Chart:
    """What did people get elsewhere for as many deaths, added up the way the law did here?"""
    group, listed = report.florida_same_deaths, report.florida_listed
    imposed = report.findings.value("sentence.imposed_years")
    top = max([*[months / 12 for months, _offense in listed if math.isfinite(months)], imposed])
    ends = [min(months / 12, top * 1.15) for months, _offense in listed]  # life ends beyond every term
    life = [math.isinf(months) for months, _offense in listed]
    offenses = [_(offense) for _months, offense in listed]
    said = [written.years(months) for months, _offense in listed]
    deaths = written.small(report.case_deaths)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 212, right=60, top=34, bottom=46)
        heights = canvas.rows(offenses, wrap=34)
        canvas.x(
            _("Years, if every term ran one after another"), range=[0, top * 1.18], nticks=4 if narrow else 8
        )
        for height, end, text, for_life in zip(heights, ends, said, life, strict=True):
            canvas.line(0, height, end, height, CONTEXT, 2, "dot" if for_life else "solid")
            canvas.label(end, height, text, INK, dx=9)
        symbols = ["diamond" if for_life else "circle" for for_life in life]
        hover = [f"{offense}: {text}" for offense, text in zip(offenses, said, strict=True)]
        canvas.dots(ends, heights, CONTEXT, hover, 11, symbols)
        canvas.line(imposed, 0, imposed, 1, ACCENT, 2, yref="paper", below=True)
        text = _("imposed here: {years}").format(years=written.number(imposed))
        canvas.label(imposed, 1, text, ACCENT, True, valign="bottom", yref="paper", dx=-4, dy=6)
        return canvas

    table = Table(
        "same-deaths",
        _("Florida prisoners with {deaths} counts for a death: terms added up").format(deaths=deaths),
        [Column(_("Most serious offense")), Column(_("Years"), True)],
        [[offense, text] for offense, text in zip(offenses, said, strict=True)],
        _florida(report),
    )
    if report.findings.value("comparison.florida.same_deaths_reaching_imposed"):
        headline = _(
            "Added up, {comparison.florida.same_deaths_reaching_imposed|small} of"
            " {comparison.florida.same_deaths_people|small} Florida prisoners’ terms reach"
            " {sentence.imposed_years} years; {comparison.florida.same_deaths_reaching_imposed_dui|small} of"
            " these for drunk driving"
        )
    else:
        headline = _(
            "Added up, {comparison.florida.same_deaths_reaching_imposed|small} of"
            " {comparison.florida.same_deaths_people|small} Florida prisoners’ terms reach"
            " {sentence.imposed_years} years"
        )
    return Chart(
        "same-deaths",
        fill(report, headline),
        _(
            "Florida prisoners with {deaths} counts for a death by vehicle: all their terms added up, in"
            " years"
        ).format(deaths=deaths),
        _(
            "Dot plot of {people} Florida prisoners’ terms added up, where the median is {median} years and"
            " {reach} reach the {years} imposed here."
        ).format(
            people=len(listed),
            median=written.years(group.median),
            reach=group.at_least(12 * imposed),
            years=written.number(imposed),
        ),
        _florida(report),
        _(
            "An upper bound: the source does not say which terms run together. DUI is driving under the"
            " influence. People serving long terms are over-represented. With so few people ({people}), read"
            " it as a list, not as a rate."
        ).format(people=len(listed)),
        table,
        **both(draw),
    )


__all__ = ["by_death_counts", "ratios", "same_deaths", "states"]
