"""The chart of a published list: the ranges that laws set for a death caused by a drunk driver."""

from collections import Counter

from pileup.record.states import STATES, in_sentence
from pileup.record.tables import load_table
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import CONTEXT, INK, SECOND, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext


@needs(missing.sentence, quiet=True)
def ranges(report: Report) -> Chart:
    """How long a term do laws allow for a death caused by a drunk driver?"""
    table = load_table("statutory-ranges")
    rows = table.to_dict("records")
    finite = {row["state"]: row["most_years"] for row in rows if row["life"] == "no"}
    state = report.case.case.state or ""
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
            [stands for _most, stands, _code in dots],
            [SECOND if code == state else CONTEXT for *_rest, code in dots],
            [
                ngettext("{state}: {years} year", "{state}: {years} years", most).format(
                    state=place(code), years=written.number(most, 2)
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
        for most, stands, code in dots:
            if code == state:
                canvas.line(most, stands, most, 0.8 * top, SECOND, 1, below=True)
                text = f"{place(code)}: {written.number(most, 2)}"
                canvas.label(most, 0.8 * top, text, SECOND, True, valign="bottom", dx=-4)
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
                place(row["state"]),
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
        ).format(
            count=len(rows), median=written.number(median), state=in_sentence(state), own=written.number(own)
        )
        if own is not None
        else _(
            "Dot plot of the longest terms that {count} jurisdictions allow, where the median is {median}"
            " years."
        ).format(count=len(rows), median=written.number(median))
    )
    life = [place(row["state"]) for row in rows if row["life"] == "yes"]
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


def place(code: str) -> str:
    """Name a state, or the country where a figure is of no single one."""
    return _(STATES[code]) if code in STATES else _("United States")


def _remarks(row: dict) -> list[str]:
    """Return what there is to say of a row of the list: its own note, and how its name was read."""
    note = _cells(row, "note") if isinstance(row["note"], str) else []
    return note + ([_("name inferred from its place in the list")] if row["inferred"] == "yes" else [])


__all__ = ["place", "ranges"]
