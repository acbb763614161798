"""Charts of Florida's prisoners: their terms added up, by counts for a death and for as many as here."""

import math

from pileup.record.sentences import LEAST_SHOWN
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext

#: How many people a chart lists one by one.
FEW = 30


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
    if not report.has_sentence:
        return missing.sentence(report)
    return "" if report.florida_by_deaths else _("Florida’s file has nobody with a count for a death.")


@needs(_no_counts)
def by_death_counts(report: Report) -> Chart:
    """How do Florida's added-up terms grow with the number of counts for a death?"""
    rows = report.florida_by_deaths
    found, deaths = report.findings, report.case_deaths
    imposed = found.value("sentence.imposed_years")
    shown = [(count, terms) for count, terms in rows if len(terms.months) >= LEAST_SHOWN]
    longest = [terms.without_life().longest / 12 for _count, terms in shown]
    end = 1.04 * max(*longest, imposed)
    names = [
        ngettext("One count for a death ({people})", "{number} counts for a death ({people})", count).format(
            number=written.small(count).capitalize(), people=len(terms.months)
        )
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
                "{people} person in groups of fewer than {least} is not drawn; the last row of the table"
                " counts them.",
                "{people} people in groups of fewer than {least} are not drawn; the last row of the table"
                " counts them.",
                hidden,
            ).format(people=hidden, least=LEAST_SHOWN)
        )
    reach = found.value("comparison.florida.any_deaths_reaching_imposed")
    rest = reach - sum(terms.at_least(12 * imposed) for _count, terms in shown)
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
        ]
        + ([[_("others, too few to show apart"), hidden, *[None] * 5, rest]] if hidden else []),
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
            reach=reach,
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
    for_dead = (
        report.findings.value("sentence.years_for_dead")
        if "sentence.years_for_dead" in report.findings
        else None
    )
    top = max([*[months / 12 for months, _offense in listed if math.isfinite(months)], imposed])
    ends = [min(months / 12, top * 1.15) for months, _offense in listed]  # life ends beyond every term
    life = [math.isinf(months) for months, _offense in listed]
    offenses = [_(offense) for _months, offense in listed]
    said = [written.years(months) for months, _offense in listed]
    deaths = written.small(report.case_deaths)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 212, right=60, top=51, bottom=46)
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
        if for_dead is not None:
            canvas.line(for_dead, 0, for_dead, 1, SECOND, 2, yref="paper", below=True)
            text = _("for the dead: {years}").format(years=written.number(for_dead))
            canvas.label(for_dead, 1, text, SECOND, True, valign="bottom", yref="paper", dx=-4, dy=23)
        return canvas

    table = Table(
        "same-deaths",
        _("Florida prisoners with {deaths} counts for a death: terms added up").format(deaths=deaths),
        [Column(_("Most serious offense")), Column(_("Years"), True)],
        [[offense, text] for offense, text in zip(offenses, said, strict=True)],
        _florida(report),
    )
    if for_dead is not None:
        headline = _(
            "Added up, {comparison.florida.same_deaths_reaching_years_for_dead|small} of"
            " {comparison.florida.same_deaths_people|small} Florida prisoners’ terms reach the"
            " {sentence.years_for_dead} years that stand for the dead here, and"
            " {comparison.florida.same_deaths_reaching_imposed|small} all {sentence.imposed_years}"
        )
    elif report.findings.value("comparison.florida.same_deaths_reaching_imposed"):
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


__all__ = ["by_death_counts", "same_deaths"]
