"""The picture that answers: every person of the groups by length of term, with the numbers of this case."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Literal

from pileup.case.outcome import SERVED, ends, outcome
from pileup.findings.groups import Group, Own, together
from pileup.record.states import STATES
from pileup.story import missing, outcomes
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext

#: Height of a person in a column, in CSS pixels: the same in every group.
_PERSON = 1.5
#: How many letters of a person's name a mark has room for; the table has all of them.
_NAME = 16
#: Where those with no prison and with life stand, as shares of the axis beyond its ends.
_NONE, _LIFE = 0.06, 1.09


@dataclass(frozen=True)
class _Mark:
    """A term of the case on the axis of years, or where life and no prison stand beyond its ends."""

    low: float
    high: float
    text: str
    color: str
    at: Literal["years", "life", "none"] = "years"

    def placed(self, end: float) -> tuple[float, float]:
        """Return where it stands on an axis that ends at some years."""
        if self.at == "years":
            return self.low, self.high
        place = _LIFE * end if self.at == "life" else -_NONE * end
        return place, place


def _marks(report: Report, whole: bool = True) -> list[_Mark]:
    """Return the case's own terms for an axis of years; or the main ones."""
    found = []
    for kind, said, color in (
        ("commuted", _("commuted: {years}"), ACCENT),
        ("asked", _("asked: {years}"), SECOND),
    ):
        terms = [term for term in report.terms(kind) if term.form == "prison"]
        if terms and outcome(report.case).kind != "several":
            low, high = ends(terms[0])
            found.append(_Mark(low, high, said.format(years=written.span(low, high)), color))
    years = report.case.number("other_counts_years")
    if whole and years is not None:
        said = _("on the other counts: {years}").format(years=written.number(years))
        found.append(_Mark(years, years, said, SECOND))
    return [*found, *_imposed(report)]


def _imposed(report: Report) -> list[_Mark]:
    """Return the terms that were imposed and stand: a number, a range, life, no prison, or each person's."""
    of_case, marks = outcome(report.case), []
    for term in of_case.terms:
        said = (
            f"{shorten(outcomes.person(report.case, term), _NAME, placeholder='…')}: {{years}}"
            if of_case.kind == "several"
            else _("imposed: {years}")
        )
        if term.form in SERVED:
            low, high = ends(term)
            marks.append(_Mark(low, high, said.format(years=written.span(low, high)), ACCENT))
        else:
            at: Literal["life", "none"] = "life" if term.form == "life" else "none"
            marks.append(_Mark(0, 0, said.format(years=outcomes.said(term)), ACCENT, at))
    return sorted(marks, key=lambda one: (one.at == "life", one.high))


def _draw_marks(canvas: Canvas, own: Sequence[_Mark], end: float) -> None:
    """Draw the case's own terms across the rows, a range as a band, their labels above one another."""
    for step, one in zip(_rise(own, end), own, strict=True):
        low, high = one.placed(end)
        if low < high:
            canvas.band(low, high, one.color)
        else:
            width = 2 if one.color == ACCENT else 1.5
            canvas.line(low, 0, low, 1, one.color, width, yref="paper", below=True)
        anchor, x = ("right", high) if high > 0.6 * end else ("left", low)
        shift = 4 if anchor == "right" else -4
        canvas.label(
            x, 1, one.text, one.color, True, anchor, "bottom", yref="paper", dx=shift, dy=3 + 17 * step
        )


def _rise(own: Sequence[_Mark], end: float) -> list[int]:
    """Return how many lines up each label stands; the last stands beside the first where there is room."""
    rise = list(range(len(own)))
    if len(own) > 1 and own[-1].placed(end)[1] - own[0].placed(end)[0] > 0.75 * end:
        rise[-1] = 0
    return rise


def _no_group(report: Report) -> str:
    """Say that nobody can be set beside the sentence."""
    near = [] if missing.sentence(report) else [group for group in report.groups if group.compared]
    known = near and "comparison.nearest_lowest_median_months" in report.findings
    return "" if known else missing.sentence(report) or _("No group at hand comes near.")


@needs(_no_group, quiet=True)
def nearest(report: Report) -> Chart:
    """How long did everybody in the nearest groups get, and where does this sentence stand?"""
    shown = [group for group in report.groups if group.compared]
    own = _marks(report, whole=False)
    columns, end = _columns(shown, own)

    def draw(narrow: bool) -> Canvas:
        heads = [
            written.wrap(
                _("{group}, {people} people: median {years} years").format(
                    group=group.name, people=group.terms.people, years=_median(group)
                ),
                47 if narrow else 105,
            )
            for group in shown
        ]
        tall = [
            max(*counts.values(), group.terms.no_prison, 6)
            for counts, group in zip(columns, shown, strict=True)
        ]
        rooms = [16 * (head.count("<br>") + 1) + 3 for head in heads]
        depth = sum(rooms) + sum(tall) + 13 * len(shown)
        top, bottom = 9 + 17 * (max(_rise(own, end)) + 1), 38
        canvas = Canvas(narrow, math.ceil(depth + top + bottom), left=8, right=8, top=top, bottom=bottom)
        _axes(canvas, end, depth, _("{years} years"))
        _draw_marks(canvas, own, end)
        height = 0.0
        for group, counts, head, room, tallest in zip(shown, columns, heads, rooms, tall, strict=True):
            canvas.label(
                0,
                height,
                head,
                INK,
                anchor="left",
                valign="top",
                xref="paper",
                dx=-4,
                dy=-1,
                size=12 if narrow else 13,
                backed=True,
            )
            base = height - room - tallest
            _people(canvas, group, counts, base, end, 1)
            _dots(canvas, group, base - 6)
            height = base - 13
        return canvas

    return Chart(
        "nearest",
        fill(
            report,
            _beside(report, len(shown)),
            imposed=outcomes.imposed(report),
        ),
        _("Each column is a year of prison, as high as people have that term; each dot is a median"),
        _alt(report, shown),
        _source(report),
        _note(report, shown),
        _numbers(report, shown, "nearest"),
        **both(draw),
    )


def _beside(report: Report, groups: int) -> str:
    """Say the medians of the nearest groups, and the sentence here: years, or what it is instead."""
    if outcome(report.case).compared:
        return ngettext(
            "{comparison.nearest_groups|Small} group comes nearest: its median prison term is"
            " {comparison.nearest_lowest_median_months|years} years, and the term here is"
            " {imposed}",
            "{comparison.nearest_groups|Small} groups come nearest: their median prison terms run from"
            " {comparison.nearest_lowest_median_months|years} to"
            " {comparison.nearest_highest_median_months|years} years, and the term here is"
            " {imposed}",
            groups,
        )
    return ngettext(
        "{comparison.nearest_groups|Small} group comes nearest: its median prison term is"
        " {comparison.nearest_lowest_median_months|years} years; here: {imposed}",
        "{comparison.nearest_groups|Small} groups come nearest: their median prison terms run from"
        " {comparison.nearest_lowest_median_months|years} to"
        " {comparison.nearest_highest_median_months|years} years; here: {imposed}",
        groups,
    )


def _columns(shown: Sequence[Group], own: Sequence[_Mark]) -> tuple[list[Counter[int]], float]:
    """Count the people of each group by the whole years of their terms, and find where the axis ends."""
    finite = [group.terms.without_life() for group in shown]
    end = max(
        *(math.floor(terms.longest / 12) + 1 for terms in finite if terms.months),
        *(one.high for one in own),
        1,
    )
    return [Counter(math.floor(term / 12) for term in terms.months) for terms in finite], end


@needs(missing.sentence, quiet=True)
def everyone(report: Report) -> Chart:
    """How long did everybody get, and where do the terms of this case stand?"""
    shown, own = report.groups, _marks(report)
    columns, end = _columns(shown, own)

    def draw(narrow: bool) -> Canvas:
        heads = [
            written.wrap(f"{group.name} ({group.terms.people}): {group.selected}", 46 if narrow else 105)
            for group in shown
        ]
        tall = [
            _PERSON * max(*counts.values(), group.terms.no_prison, 10)
            for counts, group in zip(columns, shown, strict=True)
        ]
        rooms = [17 * (head.count("<br>") + 1) + 6 for head in heads]
        depth = sum(rooms) + sum(tall) + 28 * len(shown)
        top, bottom = 14 + 18 * (max(_rise(own, end)) + 1), 46
        canvas = Canvas(narrow, math.ceil(depth + top + bottom), left=8, right=8, top=top, bottom=bottom)
        _axes(canvas, end, depth)
        _draw_marks(canvas, own, end)
        medians = [group.terms.median / 12 for group in shown if math.isfinite(group.terms.median)]
        clear = max(
            [*medians, *(one.high for one in own if one.at == "years" and one.high <= 0.5 * end)], default=0
        )
        height = 0.0
        for group, counts, head, room, tallest in zip(shown, columns, heads, rooms, tall, strict=True):
            canvas.label(
                0, height, head, INK, anchor="left", valign="top", xref="paper", dx=-4, dy=-1, backed=True
            )
            base = height - room - tallest
            _people(canvas, group, counts, base, end, _PERSON)
            _middle(canvas, group, base - 13, clear + 0.02 * end)
            height = base - 28
        return canvas

    return Chart(
        "everyone",
        fill(report, _verdict(report)),
        _(
            "Every person of the groups by length of prison term, in years, with the terms of this case: a"
            " column is a year, its height the number of people, all to the same scale"
        ),
        _alt(report, shown),
        _source(report),
        _note(report, shown),
        _numbers(report, shown),
        **both(draw),
    )


def _axes(canvas: Canvas, end: float, depth: float, last: str = "") -> None:
    """Set the axes: a pixel is a unit of height; life and no prison have places of their own.

    The axis has a title, or its last number says what it counts.
    """
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 5000) if end / step <= 8)
    ticks = [step * place for place in range(canvas.narrow, math.floor(end / step) + 1)]
    ticks = [tick for tick in ticks if tick < (0.88 if canvas.narrow else 1.02) * end]
    texts = [written.number(tick) for tick in ticks]
    if last and texts:
        texts[-1] = last.format(years=texts[-1])
    canvas.x(
        "" if last else _("Years of the term"),
        range=[-1.8 * _NONE * end, (_LIFE + 0.06) * end],
        tickmode="array",
        tickvals=ticks,
        ticktext=texts,
        showgrid=False,
    )
    for place, anchor, text in ((0, "left", _("no prison")), (1, "right", _("life"))):
        canvas.label(
            place,
            0,
            written.wrap(text, 9),
            MUTED,
            anchor=anchor,
            valign="top",
            xref="paper",
            yref="paper",
            dy=2,
            size=12,
        )
    canvas.y(range=[-depth, 0], showgrid=False, showticklabels=False)


def _people(
    canvas: Canvas, group: Group, counts: Counter[int], base: float, end: float, person: float
) -> None:
    """Draw a group's people in columns of a year; those without a prison term and with life stand apart."""
    color = CONTEXT if group.near else MUTED
    terms, years = group.terms, sorted(counts)
    # The first names the group: the others follow it, and every word weighs in an embed.
    spans = [
        _("under 1 year")
        if year == 0
        else _("{least} to under {most} years").format(least=year, most=year + 1)
        for year in years
    ]
    hover = [
        ngettext("{span}: {count} person", "{span}: {count} people", counts[year]).format(
            span=span, count=counts[year]
        )
        for span, year in zip(spans, years, strict=True)
    ]
    hover[:1] = [f"{group.name}, {one}" for one in hover[:1]]
    canvas.columns(
        [year + 0.5 for year in years],
        [person * counts[year] for year in years],
        color,
        hover,
        0.92,
        base,
    )
    apart = [(-_NONE * end, terms.no_prison, _("no prison")), (_LIFE * end, terms.life, _("life"))]
    apart = [one for one in apart if one[1]]
    canvas.columns(
        [place for place, *_rest in apart],
        [person * people for _place, people, _what in apart],
        color,
        [f"{group.name}, {what}: {people}" for _place, people, what in apart],
        0.03 * end,
        base,
    )
    canvas.line(0, base, end, base, CONTEXT, 1)
    if terms.life:
        canvas.label(
            _LIFE * end,
            base,
            written.number(terms.life),
            INK,
            anchor="center",
            valign="bottom",
            dy=4,
            backed=True,
        )


def _middle(canvas: Canvas, group: Group, height: float, clear: float) -> None:
    """Mark the median below a group, of prisoners on one day as a range; say it and the longest term."""
    _dots(canvas, group, height)
    said, longest = _median(group), group.terms.without_life().longest
    text = (
        _("median {years}").format(years=said)
        if math.isnan(longest)
        else _("median {years}, longest {most}").format(years=said, most=written.years(longest))
    )
    canvas.label(clear, height, text, INK, backed=True, size=12)


def _dots(canvas: Canvas, group: Group, height: float) -> None:
    """Mark the median, of prisoners on one day as a range."""
    median, said = group.terms.median / 12, _("median {years}").format(years=_median(group))
    if not math.isfinite(median):
        return
    if group.selection == "stock":
        low = group.terms.by_inflow() / 12
        canvas.line(low, height, median, height, INK, 2, below=True)
        canvas.ring(low, height, INK, said, 8)
    canvas.dots([median], [height], INK, [said], 8)


def _median(group: Group) -> str:
    """Write the median, of prisoners on one day as a range."""
    median = group.terms.median / 12
    said = written.number(median)
    if group.selection == "stock" and math.isfinite(median):
        return _("{low} to {high}").format(low=written.number(group.terms.by_inflow() / 12), high=said)
    return said


def _verdict(report: Report) -> str:
    """Say how many have so long a fixed term, and who has life; neutral where many have."""
    found = report.findings
    life = found.value("comparison.pooled_life")
    if "comparison.pooled_fixed_reaching_imposed" not in found:
        return _(
            "The longest fixed term of {comparison.pooled_people} people in the whole groups is"
            " {comparison.pooled_longest_months|years} years"
        )
    reaching = found.value("comparison.pooled_fixed_reaching_imposed")
    if reaching:
        return ngettext(
            "Of {comparison.pooled_people} people in the whole groups,"
            " {comparison.pooled_fixed_reaching_imposed} has a fixed term of {sentence.imposed_years} years"
            " or longer",
            "Of {comparison.pooled_people} people in the whole groups,"
            " {comparison.pooled_fixed_reaching_imposed} have a fixed term of {sentence.imposed_years}"
            " years or longer",
            reaching,
        )
    if not life:
        return _(
            "Of {comparison.pooled_people} people in the whole groups, nobody has a term of"
            " {sentence.imposed_years} years; the longest is {comparison.pooled_longest_months|years}"
        )
    return ngettext(
        "Of {comparison.pooled_people} people in the whole groups, nobody has a fixed term of"
        " {sentence.imposed_years} years; the longest is {comparison.pooled_longest_months|years}, and"
        " {comparison.pooled_life|small} has life",
        "Of {comparison.pooled_people} people in the whole groups, nobody has a fixed term of"
        " {sentence.imposed_years} years; the longest is {comparison.pooled_longest_months|years}, and"
        " {comparison.pooled_life|small} have life",
        life,
    )


def _alt(report: Report, shown: list[Group]) -> str:
    near = [group for group in shown if group.compared]
    told = "; ".join(
        ngettext("{group}, {median} year", "{group}, {median} years", group.terms.median / 12).format(
            group=group.name, median=written.years(group.terms.median)
        )
        for group in near
    )
    return _(
        "Columns of people by length of prison term in {groups} groups, where the medians of the nearest are:"
        " {told}. Imposed here: {imposed}."
    ).format(
        groups=len(shown),
        told=told or _("none"),
        imposed=outcomes.together(outcome(report.case)),
    )


def _note(report: Report, shown: list[Group]) -> str:
    """Say what a reader must know of the groups."""
    state = report.case.case.state
    told = [
        _("None is a file of {state}’s state courts.").format(state=_(STATES[state]))
        if state and state not in ("FL", "NY", "TX", "DC")
        else "",
        _("None is a file of the District’s own courts.") if state == "DC" else "",
        _("The nearest groups stand above, in the lighter color; the others are farther from this offense."),
        _(
            "A dot below a group is its median. Prisoners on a single day over-represent long terms: the"
            " open dot is their median if each counts in inverse proportion to the term, which is right where"
            " similar people come in every year and time served is in proportion to the term. Where it grows"
            " with the term, but less than in proportion, the median of all who were sent to prison lies"
            " between the dots."
        )
        if any(group.selection == "stock" for group in shown)
        else "",
        _(
            "New York’s source cannot show the very longest terms. The list from Texas was cut by its maker,"
            " who left life out: it is drawn, and counts in no number of the headline."
        ),
    ]
    return " ".join(filter(None, told))


def _source(report: Report) -> Source:
    """Name the files of every group."""
    return Source(
        _(
            "US Sentencing Commission, {federal}; New York State Board of Parole calendar, Florida"
            " Department of Corrections, Texas Department of Criminal Justice (public extracts, each of the"
            " time given in the table of groups); own computation."
        ).format(federal=federal_years(report)),
        ("table.federal-sentences", "table.state-sentences", "case.file"),
    )


def federal_years(report: Report) -> str:
    """Say the fiscal years of the Commission's files, and which were read from an extract of them."""
    held = report.federal_held
    extract = held.of(read_from="extract")
    if not extract:
        text = _("individual offender files, {years}")
    elif extract == held.held:
        text = _("individual offender files, {years} (read from an extract)")
    else:
        text = _("individual offender files, {years} ({extract}: read from an extract)")
    return text.format(years=written.fiscal_years(held.held), extract=written.spans(extract))


def _numbers(report: Report, shown: list[Group], name: str = "everyone") -> Table:
    """Return the numbers of the picture: a row a group, and how many reach each number of the case."""

    def reach(group: Group, own: Own) -> str:
        people, every = group.terms.at_least(12 * own.years), group.terms.people
        # A share of few people would say more than they bear, and one below a percent nothing.
        if every < 100 or 100 * people < every:
            return written.number(people)
        return f"{written.number(people)} ({written.number(100 * people / every, 0)}%)"

    owns = together(report.owns)
    return Table(
        name,
        _("Prison terms in the groups, in years, and how many are as long as the numbers of this case")
        if name == "everyone"
        else _("Prison terms in the nearest groups, in years, and how many are as long as the numbers here"),
        [
            Column(_("Group")),
            Column(_("People"), True),
            Column(_("No prison"), True),
            Column(_("Lower quartile"), True),
            Column(_("Median"), True),
            Column(_("Median if each counts 1/term"), True),
            Column(_("Upper quartile"), True),
            Column(_("Longest"), True),
            Column(_("Life"), True),
            *(
                Column(
                    _("{years} or longer: {own}").format(years=written.number(own.years), own=own.name), True
                )
                for own in owns
            ),
        ],
        [
            [
                group.name,
                group.terms.people,
                group.terms.no_prison,
                *[written.years(group.terms.quantile(share)) for share in (0.25, 0.5)],
                written.years(group.terms.by_inflow()) if group.selection == "stock" else None,
                written.years(group.terms.quantile(0.75)),
                written.years(group.terms.without_life().longest),
                group.terms.life,
                *(reach(group, own) for own in owns),
            ]
            for group in shown
        ],
        _source(report),
        note=_(
            "Quartiles and medians are of those with a prison term, life being longer than any; the longest"
            " leaves life out. Shares are of all people; of a small group only the number is given."
        ),
        row_origins=[group.table for group in shown],
        stacked=True,
    )


__all__ = ["everyone", "nearest"]
