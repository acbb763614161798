"""The chart of federal manslaughter terms."""

import math

from pileup.story import missing, words
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report

USSC = Source(
    "US Sentencing Commission, individual offender files, fiscal years 2019–2024 (public extract); own"
    " computation.",
    ("table.federal-sentences", "case.file"),
)
NOT_VEHICULAR = (
    "Federal manslaughter pools voluntary and involuntary; the files have no flag for vehicles. It is the"
    " closest federal counterpart, not vehicular homicide."
)


@needs(missing.sentence)
def federal(report: Report) -> Chart:
    """Where do the sentences stand among federal manslaughter terms?"""
    group = report.manslaughter
    width = 12
    imposed = 12 * report.findings.value("sentence.imposed_years")
    commuted = (
        12 * report.findings.value("sentence.commuted_years")
        if "sentence.commuted_years" in report.findings
        else None
    )
    finite = [term for term in group.months if math.isfinite(term)]
    bins = max(int(max(finite) // width), 0) + 1
    counts = [0] * bins
    for term in finite:
        counts[int(term // width)] += 1
    median = group.median

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, 320 if narrow else 360, left=30, right=16, top=32, bottom=48)
        canvas.columns(
            [index + 0.5 for index in range(bins)],
            counts,
            CONTEXT,
            [f"{index} to under {index + 1} years: {count} people" for index, count in enumerate(counts)],
            0.9,
        )
        canvas.x(
            "Prison term, years",
            range=[0, max(imposed / 12, bins) * 1.03],
            dtick=20 if narrow else 10,
            showgrid=False,
        )
        top = max(counts)
        far = imposed / 12 > 0.5 * bins  # whether there is room for a label on the left of its line
        canvas.y(range=[0, top * 1.22], nticks=6)
        canvas.axis_name("People", -26)
        canvas.line(median / 12, 0, median / 12, top * 1.13, INK, 1.5, "dot")
        canvas.label(median / 12, top * 1.13, f"median {words.years(median)}", INK, dx=5)
        if commuted is not None:
            canvas.line(commuted / 12, 0, commuted / 12, top, ACCENT, 2)
            canvas.label(
                commuted / 12, top * 0.86, f"commuted to {words.years(commuted)}", ACCENT, bold=True, dx=5
            )
        canvas.line(imposed / 12, 0, imposed / 12, top, ACCENT, 2)
        canvas.label(
            imposed / 12,
            top * 0.5,
            f"imposed: {words.years(imposed)}",
            ACCENT,
            bold=True,
            anchor="right" if far else "left",
            dx=-6 if far else 6,
        )
        if math.isfinite(group.longest):
            near = "left" if far else "right"
            canvas.label(
                group.longest / 12, 0, f"longest: {words.years(group.longest)}", MUTED, anchor=near, dy=18
            )
        return canvas

    n = f"{group.people} people sentenced, {len(group.months)} of them to prison"
    table = Table(
        "federal",
        "Federal manslaughter: prison terms by year of length",
        [Column("Term, years"), Column("People", True)],
        [["no prison term", group.no_prison]]
        + [[f"{index} to under {index + 1}", count] for index, count in enumerate(counts)]
        + [["life", group.life]],
        USSC,
        folded=True,
    )
    return Chart(
        "federal",
        fill(report, _verdict(report)),
        f"Prison terms for federal manslaughter, fiscal years 2019 to 2024, in steps of one year ({n})",
        f"Histogram of federal manslaughter terms, where the median is {words.years(median)} years, the"
        f" longest {words.years(group.longest)}, and the sentence imposed here {words.years(imposed)}.",
        USSC,
        f"{NOT_VEHICULAR} A federal sentence is one person’s whole sentence, as is the one shown here. People"
        " without a prison term are not drawn; the table has them.",
        table,
        **both(draw),
    )


def _verdict(report: Report) -> str:
    """Say how the sentence stands to the federal median; within five in a hundred it is about the same."""
    found = report.findings
    counts = ", on {sentence.counts_guilty} counts," if "sentence.counts_guilty" in found else ""
    median = found.value("comparison.manslaughter.median_months")
    stands = words.compare(12 * found.value("sentence.imposed_years"), median)
    if stands == "longer":
        return (
            f"The sentence imposed{counts} was {{comparison.imposed_to_median_ratio|times}} times the median"
            " federal manslaughter term"
        )
    how = "shorter than" if stands == "shorter" else "about as long as"
    return f"The sentence imposed{counts} was {how} the median federal manslaughter term"
