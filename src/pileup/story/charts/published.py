"""Charts of what others have published: single figures on terms, and the ranges that laws set."""

import math
from collections import Counter

from pileup.record.states import STATES
from pileup.record.tables import load_table
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.everyone import draw_marks, marks
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext


@needs(missing.sentence)
def figures(report: Report) -> Chart:
    """What have others published on terms for deaths by vehicle?"""
    table = load_table("published-figures")
    rows = [row for row in table.to_dict("records") if not math.isnan(row["high_years"])]
    source = Source(
        _("Each row’s own publisher, named in the table with its words and address."),
        ("table.published-figures", "case.file"),
    )
    own = marks(report)
    least, most = (report.findings.value(f"comparison.published_{end}_years") for end in ("least", "most"))
    end = 1.06 * max(*(row["high_years"] for row in rows), *(high for _low, high, *_rest in own))

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 300, right=20, top=14 + 18 * len(own), bottom=44)
        heights = canvas.rows(["{} ({})".format(*_cells(row, "what", "period")) for row in rows], wrap=44)
        canvas.x(_("Years"), range=[0, end], dtick=20)
        draw_marks(canvas, own, end)
        for height, row in zip(heights, rows, strict=True):
            low, high = row["low_years"], row["high_years"]
            canvas.line(low, height, high, height, INK, 3)
            sure = "circle" if row["tier"] == "official" else "circle-open"
            ends = sorted({low, high})
            [value] = _cells(row, "value")
            canvas.dots(ends, [height] * len(ends), INK, [value] * len(ends), 12, sure)
            canvas.label(high, height, value, INK, bold=True, dx=10, backed=True)
        return canvas

    shown = Table(
        "figures",
        _("Figures that others have published on sentences for deaths by vehicle"),
        [
            Column(_("Figure")),
            Column(_("Value")),
            Column(_("Years")),
            Column(_("Place")),
            Column(_("Publisher")),
            Column(_("In its words")),
            Column(_("What it leaves out")),
        ],
        [
            [
                *_cells(row, "what", "value", "period"),
                _place(row["place"]),
                *_cells(row, "publisher"),
                f"“{row['quote']}”",
                *_cells(row, "limits"),
            ]
            for row in table.to_dict("records")
        ],
        source,
        folded=True,
        stacked=True,
    )
    return Chart(
        "figures",
        fill(
            report,
            _(
                "Published averages and typical terms run from {comparison.published_least_years} to"
                " {comparison.published_most_years} years, all for drunk driving"
            ),
        ),
        _("Published figures on terms for deaths by vehicle, in years, with the terms of this case"),
        _("Dot plot of {count} published figures, where averages run from {least} to {most} years.").format(
            count=len(rows), least=written.number(least), most=written.number(most)
        ),
        source,
        _(
            "An open dot rests on a newspaper or a campaign group. A death by drunk driving is in many laws a"
            " graver offense than one by reckless driving, so these figures lean to the grave side. None is a"
            " distribution; the table says what each leaves out."
        ),
        shown,
        **both(draw),
    )


@needs(missing.sentence)
def ranges(report: Report) -> Chart:
    """How long a term do laws allow for a death caused by a drunk driver?"""
    table = load_table("statutory-ranges")
    rows = table.to_dict("records")
    finite = {row["state"]: row["most_years"] for row in rows if row["life"] == "no"}
    state = report.case.case.state
    seen: Counter[float] = Counter()
    dots = []
    for code, most in sorted(finite.items(), key=lambda pair: (pair[1], pair[0] != state)):
        seen[round(most)] += 1
        dots.append((most, seen[round(most)], code))
    top = max(seen.values())
    end = max(finite.values()) * 1.05
    median = report.findings.value("comparison.statutory_median_years")

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, 230 if narrow else 260, left=22, right=16, top=40, bottom=46)
        canvas.x(_("Longest term that the law allows, years"), range=[-2, end], dtick=20, showgrid=True)
        canvas.y(range=[0.2, top + 1], showgrid=False, showticklabels=False)
        canvas.dots(
            [most for most, *_rest in dots],
            [place for _most, place, _code in dots],
            [ACCENT if code == state else CONTEXT for *_rest, code in dots],
            [
                ngettext("{state}: {years} years", "{state}: {years} years", most).format(
                    state=_place(code), years=written.number(most)
                )
                for most, _row, code in dots
            ],
            8 if narrow else 11,
        )
        canvas.line(median, 0, median, 1, INK, 1.5, "dot", yref="paper", below=True)
        canvas.label(
            median,
            1,
            _("median {years}").format(years=written.number(median)),
            INK,
            anchor="right",
            valign="bottom",
            yref="paper",
            dx=2,
            dy=3,
        )
        for most, place, code in dots:
            if code == state:
                canvas.line(most, place, most, 0.8 * top, ACCENT, 1)
                text = f"{_place(code)}: {written.number(most)}"
                canvas.label(most, 0.8 * top, text, ACCENT, True, valign="bottom", dx=-4)
        return canvas

    source = Source(
        _("Mothers Against Drunk Driving, undated list of {count} jurisdictions, read in a copy.").format(
            count=len(rows)
        ),
        ("table.statutory-ranges", "case.file"),
    )
    shown = Table(
        "ranges",
        _("Terms that the law allows for a death caused by a drunk driver, in years"),
        [Column(_("Jurisdiction")), Column(_("Least"), True), Column(_("Most"), True), Column(_("Note"))],
        [
            [
                _place(row["state"]),
                written.number(row["least_years"], 2),
                _("life") if row["life"] == "yes" else written.number(row["most_years"], 2),
                "; ".join(_remarks(row)),
            ]
            for row in rows
        ],
        source,
        folded=True,
    )
    own = finite.get(state)
    alt = (
        _(
            "Dot plot of the longest terms that {count} jurisdictions allow, where the median is {median}"
            " years and {state} allows {own}."
        ).format(count=len(rows), median=written.number(median), state=_place(state), own=written.number(own))
        if own is not None
        else _(
            "Dot plot of the longest terms that {count} jurisdictions allow, where the median is {median}"
            " years."
        ).format(count=len(rows), median=written.number(median))
    )
    life = [_place(row["state"]) for row in rows if row["life"] == "yes"]
    note = (
        _(
            "Drunk driving only, approximate, from an undated list that lacks {lost} jurisdictions; no list"
            " for reckless driving without alcohol was found."
        ).format(lost=len(STATES) - len(rows)),
        ngettext(
            "{states} allows life and is not drawn.", "{states} allow life and are not drawn.", len(life)
        ).format(states=written.join(life)),
        _("What a law allows is not what courts impose."),
    )
    return Chart(
        "ranges",
        fill(
            report,
            _(
                "For a death by drunk driving, half of the laws listed allow"
                " {comparison.statutory_median_years} years or less"
            ),
        ),
        _(
            "Longest term for one death caused by a drunk driver, by jurisdiction: one dot for each of the"
            " {count} listed"
        ).format(count=len(rows)),
        alt,
        source,
        " ".join(note),
        shown,
        **both(draw),
    )


def _cells(row: dict, *fields: str) -> list[str]:
    """Return cells that are words, in the language in use."""
    return [_(row[field]) for field in fields]


def _place(code: str) -> str:
    """Name a state, or the country where a figure is of no single one."""
    return _(STATES[code]) if code in STATES else _("United States")


def _remarks(row: dict) -> list[str]:
    """Return what there is to say of a row of the list: its own note, and how its name was read."""
    note = _cells(row, "note") if isinstance(row["note"], str) else []
    return note + ([_("name inferred from its place in the list")] if row["inferred"] == "yes" else [])


__all__ = ["figures", "ranges"]
