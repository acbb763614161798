"""The chart of federal manslaughter terms."""

import math

from pileup.story import missing
from pileup.story.blocks import Chart, Column, Source, Table, needs
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext


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
            [
                ngettext(
                    "{least} to under {most} years: {count} people",
                    "{least} to under {most} years: {count} people",
                    count,
                ).format(least=index, most=index + 1, count=count)
                for index, count in enumerate(counts)
            ],
            0.9,
        )
        canvas.x(
            _("Prison term, years"),
            range=[0, max(imposed / 12, bins) * 1.03],
            dtick=20 if narrow else 10,
            showgrid=False,
        )
        top = max(counts)
        far = imposed / 12 > 0.5 * bins  # whether there is room for a label on the left of its line
        canvas.y(range=[0, top * 1.22], nticks=6)
        canvas.axis_name(_("People"), -26)
        canvas.line(median / 12, 0, median / 12, top * 1.13, INK, 1.5, "dot")
        typical = _("median {years}").format(years=written.years(median))
        canvas.label(median / 12, top * 1.13, typical, INK, dx=5)
        if commuted is not None:
            canvas.line(commuted / 12, 0, commuted / 12, top, ACCENT, 2)
            left = _("commuted to {years}").format(years=written.years(commuted))
            canvas.label(commuted / 12, top * 0.86, left, ACCENT, bold=True, dx=5)
        canvas.line(imposed / 12, 0, imposed / 12, top, ACCENT, 2)
        canvas.label(
            imposed / 12,
            top * 0.5,
            _("imposed: {years}").format(years=written.years(imposed)),
            ACCENT,
            bold=True,
            anchor="right" if far else "left",
            dx=-6 if far else 6,
        )
        if math.isfinite(group.longest):
            near = "left" if far else "right"
            most = _("longest: {years}").format(years=written.years(group.longest))
            canvas.label(group.longest / 12, 0, most, MUTED, anchor=near, dy=18)
        return canvas

    source = federal_source(report)
    span = _("{least} to under {most}")
    table = Table(
        "federal",
        _("Federal manslaughter: prison terms by year of length"),
        [Column(_("Term, years")), Column(_("People"), True)],
        [
            [_("no prison term"), group.no_prison],
            *([span.format(least=index, most=index + 1), count] for index, count in enumerate(counts)),
            [_("life"), group.life],
        ],
        source,
        folded=True,
    )
    return Chart(
        "federal",
        fill(report, _verdict(report)),
        _(
            "Prison terms for federal manslaughter, {years}, in steps of one year ({people} people sentenced,"
            " {prison} of them to prison)"
        ).format(
            years=written.fiscal_years(report.federal_held.held),
            people=written.number(group.people),
            prison=written.number(len(group.months)),
        ),
        _(
            "Histogram of federal manslaughter terms, where the median is {median} years, the longest"
            " {longest}, and the sentence imposed here {imposed}."
        ).format(
            median=written.years(median), longest=written.years(group.longest), imposed=written.years(imposed)
        ),
        source,
        _(
            "Federal manslaughter pools voluntary and involuntary; the files have no flag for vehicles. It is"
            " the closest federal counterpart, not vehicular homicide. A federal sentence is one person’s"
            " whole sentence, as is the one shown here. People without a prison term are not drawn; the table"
            " has them."
        ),
        table,
        **both(draw),
    )


def federal_source(report: Report) -> Source:
    """Name the Commission's files, with the years that were read from an extract of them."""
    held = report.federal_held
    extract = held.of(read_from="extract")
    if not extract:
        text = _("US Sentencing Commission, individual offender files, {years}; own computation.")
    elif extract == held.held:
        text = _(
            "US Sentencing Commission, individual offender files, {years} (read from an extract); own"
            " computation."
        )
    else:
        text = _(
            "US Sentencing Commission, individual offender files, {years} ({extract}: read from an extract);"
            " own computation."
        )
    said = text.format(years=written.fiscal_years(held.held), extract=written.spans(extract))
    return Source(said, ("table.federal-sentences", "case.file"))


def _verdict(report: Report) -> str:
    """Say how the sentence stands to the federal median; within five in a hundred it is about the same."""
    found = report.findings
    median = found.value("comparison.manslaughter.median_months")
    stands = written.compare(12 * found.value("sentence.imposed_years"), median)
    if "sentence.counts_guilty" not in found:
        return {
            "longer": _(
                "The sentence imposed was {comparison.imposed_to_median_ratio|times} times the median federal"
                " manslaughter term"
            ),
            "shorter": _("The sentence imposed was shorter than the median federal manslaughter term"),
            "about the same": _(
                "The sentence imposed was about as long as the median federal manslaughter term"
            ),
        }[stands]
    counts = found.value("sentence.counts_guilty")
    return {
        "longer": ngettext(
            "The sentence imposed, on {sentence.counts_guilty} count, was"
            " {comparison.imposed_to_median_ratio|times} times the median federal manslaughter term",
            "The sentence imposed, on {sentence.counts_guilty} counts, was"
            " {comparison.imposed_to_median_ratio|times} times the median federal manslaughter term",
            counts,
        ),
        "shorter": ngettext(
            "The sentence imposed, on {sentence.counts_guilty} count, was shorter than the median federal"
            " manslaughter term",
            "The sentence imposed, on {sentence.counts_guilty} counts, was shorter than the median federal"
            " manslaughter term",
            counts,
        ),
        "about the same": ngettext(
            "The sentence imposed, on {sentence.counts_guilty} count, was about as long as the median federal"
            " manslaughter term",
            "The sentence imposed, on {sentence.counts_guilty} counts, was about as long as the median"
            " federal manslaughter term",
            counts,
        ),
    }[stands]
