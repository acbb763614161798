"""Charts of what others have published: single figures on terms, and the ranges that laws set."""

import math
from collections import Counter

from pileup.data import load_table
from pileup.states import STATES
from pileup.story import missing, words
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.elsewhere import draw_marks, marks
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report

FIGURES = Source(
    "Each row’s own publisher, named in the table with its words and address.",
    ("table.published-figures", "case.file"),
)
RANGES = Source(
    "Mothers Against Drunk Driving, undated list of 44 jurisdictions, read in a copy.",
    ("table.statutory-ranges", "case.file"),
)


@needs(missing.sentence)
def figures(report: Report) -> Chart:
    """What have others published on terms for deaths by vehicle?"""
    table = load_table("published-figures")
    rows = [row for row in table.to_dict("records") if not math.isnan(row["high_years"])]
    own = marks(report)
    least, most = (report.findings.value(f"comparison.published_{end}_years") for end in ("least", "most"))
    end = 1.06 * max(*(row["high_years"] for row in rows), *(high for _, high, _, _ in own))

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 300, right=20, top=14 + 18 * len(own), bottom=44)
        heights = canvas.rows([f"{row['what']} ({row['period']})" for row in rows], wrap=44)
        canvas.x("Years", range=[0, end], dtick=20)
        draw_marks(canvas, own, end)
        for height, row in zip(heights, rows, strict=True):
            low, high = row["low_years"], row["high_years"]
            canvas.line(low, height, high, height, INK, 3)
            sure = "circle" if row["tier"] == "official" else "circle-open"
            ends = sorted({low, high})
            canvas.dots(ends, [height] * len(ends), INK, [row["value"]] * len(ends), 12, sure)
            canvas.label(high, height, row["value"], INK, bold=True, dx=10, backed=True)
        return canvas

    shown = Table(
        "figures",
        "Figures that others have published on sentences for deaths by vehicle",
        [
            Column(title)
            for title in (
                "Figure",
                "Value",
                "Years",
                "Place",
                "Publisher",
                "In its words",
                "What it leaves out",
            )
        ],
        [
            [
                row["what"],
                row["value"],
                row["period"],
                STATES.get(row["place"], "United States"),
                row["publisher"],
                f"“{row['quote']}”",
                row["limits"],
            ]
            for row in table.to_dict("records")
        ],
        FIGURES,
        folded=True,
        stacked=True,
    )
    return Chart(
        "figures",
        fill(
            report,
            "Published averages and typical terms run from {comparison.published_least_years} to"
            " {comparison.published_most_years} years, all for drunk driving",
        ),
        "Published figures on terms for deaths by vehicle, in years, with the terms of this case",
        f"Dot plot of {len(rows)} published figures, where averages run from {words.number(least)} to"
        f" {words.number(most)} years.",
        FIGURES,
        "An open dot rests on a newspaper or a campaign group. A death by drunk driving is in many laws a"
        " graver offence than one by reckless driving, so these figures lean to the grave side. None is a"
        " distribution; the table says what each leaves out.",
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
        canvas = Canvas(narrow, 230 if narrow else 260, left=12, right=16, top=40, bottom=46)
        canvas.x("Longest term that the law allows, years", range=[-2, end], dtick=20, showgrid=True)
        canvas.y(range=[0.2, top + 1], showgrid=False, showticklabels=False)
        canvas.dots(
            [most for most, _, _ in dots],
            [place for _, place, _ in dots],
            [ACCENT if code == state else CONTEXT for _, _, code in dots],
            [f"{STATES[code]}: {words.number(most)} years" for most, _, code in dots],
            8 if narrow else 11,
        )
        canvas.line(median, 0, median, 1, INK, 1.5, "dot", yref="paper", below=True)
        canvas.label(
            median,
            1,
            f"median {words.number(median)}",
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
                text = f"{STATES[code]}: {words.number(most)}"
                canvas.label(most, 0.8 * top, text, ACCENT, True, valign="bottom", dx=-4)
        return canvas

    life = [STATES[row["state"]] for row in rows if row["life"] == "yes"]
    shown = Table(
        "ranges",
        "Terms that the law allows for a death caused by a drunk driver, in years",
        [Column("Jurisdiction"), Column("Least", True), Column("Most", True), Column("Note")],
        [
            [
                STATES[row["state"]],
                words.number(row["least_years"], 2),
                "life" if row["life"] == "yes" else words.number(row["most_years"], 2),
                "; ".join(
                    part
                    for part in (
                        row["note"] if isinstance(row["note"], str) else "",
                        "name inferred from its place in the list" if row["inferred"] == "yes" else "",
                    )
                    if part
                ),
            ]
            for row in rows
        ],
        RANGES,
        folded=True,
    )
    lost = 51 - len(rows)
    own = finite.get(state)
    headline = (
        "For a death by drunk driving, half of the laws listed allow {comparison.statutory_median_years}"
        " years or less"
    )
    return Chart(
        "ranges",
        fill(report, headline),
        f"Longest term for one death caused by a drunk driver, by jurisdiction: one dot each, {len(rows)}"
        " of 51",
        f"Dot plot of the longest terms that {len(rows)} jurisdictions allow, where the median is"
        f" {words.number(median)} years"
        + (f" and {STATES[state]} allows {words.number(own)}." if own is not None else "."),
        RANGES,
        f"Drunk driving only, approximate, from an undated list that lacks {lost} jurisdictions; no list for"
        f" reckless driving without drink was found. {words.join(life)} allows life and is not drawn. What a"
        " law allows is not what courts impose.",
        shown,
        **both(draw),
    )


__all__ = ["figures", "ranges"]
