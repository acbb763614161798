"""Charts of the sentence: how it was built, what the law allowed, and what others got."""

import math

import plotly.graph_objects as go

from pileup import law
from pileup.story import words
from pileup.story.blocks import Chart, Column, Table
from pileup.story.charts.case import _case_source
from pileup.story.charts.theme import ACCENT, CONTEXT, GRID, INK, MUTED, PAPER, SECOND, both, canvas, dots, label, line, row_axis
from pileup.story.fill import fill
from pileup.story.report import Report

USSC = "US Sentencing Commission, individual offender files, fiscal years 2019–2024 (public extract); own computation."
NOT_VEHICULAR = (
    "Federal manslaughter pools voluntary and involuntary; the files have no flag for vehicles. It is the closest "
    "federal counterpart, not vehicular homicide."
)


def _law_source(report: Report) -> str:
    return f"{report.law.law.title}; counts as in the ledger; own computation."


def built(report: Report) -> Chart:
    """How does the law add up to the sentence?"""
    steps = report.built.steps
    running = [step for step in steps if step.adds_min]
    beside = [step for step in steps if not step.adds_min]
    total = report.built.lowest_years

    def draw(narrow: bool) -> go.Figure:
        pitch = 48 if narrow else 40
        figure = canvas(narrow, pitch * len(steps) + 58, left=8 if narrow else 316, right=46, top=26 if narrow else 8, bottom=44)
        names = [f"{step.n} × {words.lower(step.label)}" if narrow else words.wrap(f"{step.n} × {words.lower(step.label)}", 44) for step in steps]
        heights = row_axis(figure, names, narrow)
        figure.update_xaxes(range=[0, total * 1.01], dtick=20 if total > 40 else None, title_text="Years, one term after another")
        reached = 0.0
        for height, step in zip(heights, steps, strict=True):
            if step in running:
                for number in range(step.n):
                    figure.add_bar(x=[step.each_min], base=[reached + number * step.each_min], y=[height], orientation="h",
                                   width=0.3 if narrow else 0.5, marker={"color": ACCENT, "line": {"color": PAPER, "width": 1.5}},
                                   hovertext=f"{step.label}: {words.number(step.each_min)} years", hoverinfo="text")  # fmt: skip
                reached += step.adds_min
                label(figure, reached, height, f"+{words.number(step.adds_min)}", ACCENT, bold=True, dx=5)
            else:
                line(figure, 0, height, 1, height, GRID, 1, xref="paper")
                label(figure, 0, height, "adds 0: at the same time", MUTED, dx=4, size=12 if narrow else 13)
        return figure

    parts = " + ".join(f"{step.n} × {words.number(step.each_min)}" for step in running)
    table = Table(
        "built", "The counts of conviction and what each adds",
        [Column("Offence"), Column("Statute"), Column("Counts", True), Column("Lowest each, years", True), Column("Highest each, years", True), Column("Runs"), Column("Adds, years", True)],
        [
            [step.label, step.statute, step.n, words.number(step.each_min, 2), words.number(step.each_max, 2), "one after another" if step.adds_min else "at the same time", words.number(step.adds_min)]
            for step in steps
        ],
        _law_source(report),
    )  # fmt: skip
    same = total == report.case.terms("imposed")[0].years_max
    headline = (
        "The {sentence.imposed_years} years were the lowest total that the law allowed"
        if same
        else "By the law’s floors the counts add up to {sentence.rebuilt_years} years; {sentence.imposed_years} were imposed"
    )
    return Chart(
        "built",
        fill(report, headline),
        f"Counts of conviction, the lowest term on each, and how they add up: {parts} = {words.number(total)} years",
        f"Waterfall chart of the counts of conviction, where {parts} years run one after another to {words.number(total)} "
        f"and the other {sum(step.n for step in beside)} counts add nothing.",
        _law_source(report),
        "Rebuilt from the ranges and rules in the law file; nothing is typed in. The terms on the counts that ran at the same time were reported only together.",
        table,
        **both(draw),
    )


def what_if(report: Report) -> Chart:
    """What would the same law have allowed on other counts or rules?"""
    cases = law.what_ifs(report.law, report.case.count, report.case.crash.date)
    cases = [case for case in cases if case.group != "fewer-counts"]
    rows = [(case.label, case.built.lowest_years, case.built.highest_required_years) for case in cases]

    def draw(narrow: bool) -> go.Figure:
        pitch = 46 if narrow else 38
        figure = canvas(narrow, pitch * len(rows) + 56, left=8 if narrow else 330, right=58, top=26 if narrow else 8, bottom=44)
        heights = row_axis(figure, [row[0] if narrow else words.wrap(row[0], 48) for row in rows], narrow, 0)
        top = max(row[2] for row in rows)
        figure.update_xaxes(range=[0, top * 1.01], title_text="Years, lowest to highest", nticks=5 if narrow else 8)
        for height, (index, (_, low, high)) in zip(heights, enumerate(rows), strict=True):
            color = ACCENT if index == 0 else SECOND
            line(figure, low, height, high, height, color, 3)
            dots(figure, [low, high], [height, height], [color, color], size=10, hover=[f"lowest {words.number(low)} years", f"highest {words.number(high)} years"])
            label(figure, high, height, words.span(low, high), color, bold=True, dx=9)
        return figure

    table = Table(
        "what-if", "What the law would have allowed", [Column("If"), Column("Lowest, years", True), Column("Highest, years", True), Column("Because")],
        [[case.label, words.number(low), words.number(high), case.rule] for case, (_, low, high) in zip(cases, rows, strict=True)],
        _law_source(report),
    )  # fmt: skip
    return Chart(
        "what-if",
        fill(report, "Had every term run at the same time, the floor would have been {sentence.all_concurrent_years} years"),
        "Lowest and highest totals that the law would have allowed, by what is changed",
        f"Range chart of totals under other rules or counts, where the floor as convicted is {words.number(rows[0][1])} years "
        f"and with every term at the same time {words.number(report.all_concurrent.lowest_years)}.",
        _law_source(report),
        "Arithmetic, not a prediction and not a view of what should have been. The table gives the rule behind each row.",
        table,
        **both(draw),
    )


def federal(report: Report) -> Chart:
    """Where do the sentences stand among federal manslaughter terms?"""
    group = report.manslaughter
    width = 12
    imposed = 12 * report.findings.value("sentence.imposed_years")
    commuted = 12 * report.findings.value("sentence.commuted_years") if "sentence.commuted_years" in report.findings else None
    finite = [term for term in group.months if math.isfinite(term)]
    bins = max(int(max(finite) // width), 0) + 1
    counts = [0] * bins
    for term in finite:
        counts[int(term // width)] += 1
    median = group.median

    def draw(narrow: bool) -> go.Figure:
        figure = canvas(narrow, 320 if narrow else 360, left=30, right=14, top=30, bottom=48)
        figure.add_bar(x=[(index + 0.5) for index in range(bins)], y=counts, width=0.9, marker_color=CONTEXT,
                       hovertext=[f"{index} to under {index + 1} years: {count} people" for index, count in enumerate(counts)], hoverinfo="text")  # fmt: skip
        end = max(imposed / 12, bins) * 1.03
        figure.update_xaxes(title_text="Prison term, years", range=[0, end], dtick=20 if narrow else 10, showgrid=False)
        top = max(counts)
        figure.update_yaxes(range=[0, top * 1.18], nticks=6)
        label(figure, 0, 1, "People", MUTED, xref="paper", yref="paper", valign="bottom", dx=-26, dy=10)
        line(figure, median / 12, 0, median / 12, top * 1.1, INK, 1.5, "dot")
        label(figure, median / 12, top * 1.1, f"median {words.years(median)}", INK, dx=5)
        if commuted is not None:
            line(figure, commuted / 12, 0, commuted / 12, top * 0.86, ACCENT, 2)
            label(figure, commuted / 12, top * 0.86, f"commuted to {words.years(commuted)}", ACCENT, bold=True, dx=5)
        line(figure, imposed / 12, 0, imposed / 12, top * 0.5, ACCENT, 2)
        label(figure, imposed / 12, top * 0.5, f"imposed: {words.years(imposed)}", ACCENT, bold=True, anchor="right", dx=-6)
        longest = group.longest
        if math.isfinite(longest):
            label(figure, longest / 12, 0, f"longest: {words.years(longest)}", MUTED, dx=2, dy=16, anchor="left")
        return figure

    n = f"{group.people} people sentenced, {len(group.months)} of them to prison"
    table = Table(
        "federal", "Federal manslaughter: prison terms by year of length",
        [Column("Term, years"), Column("People", True)],
        [["no prison term", group.no_prison]] + [[f"{index} to under {index + 1}", count] for index, count in enumerate(counts)] + [["life", group.life]],
        USSC, folded=True,
    )  # fmt: skip
    return Chart(
        "federal",
        fill(report, "The sentence imposed was {comparison.imposed_to_median_ratio|whole} times the median federal manslaughter term"),
        f"Prison terms for federal manslaughter, fiscal years 2019 to 2024, in steps of one year ({n})",
        f"Histogram of federal manslaughter terms, where the median is {words.years(median)} years, the longest {words.years(group.longest)}, "
        f"and the sentence imposed here {words.years(imposed)}.",
        USSC,
        f"{NOT_VEHICULAR} A federal sentence is one person’s whole sentence, as is the one shown here.",
        table,
        **both(draw),
    )


STATES_SOURCE = (
    "US Sentencing Commission; New York State Board of Parole calendar 2012–2018; Florida Department of Corrections, about January 2018; "
    "Texas Department of Criminal Justice, August 2019 (public extracts); own computation."
)


def states(report: Report) -> Chart:
    """What is typical elsewhere?"""
    groups = [group for group in report.groups if group[1].months]
    imposed = report.findings.value("sentence.imposed_years")
    commuted = report.findings.value("sentence.commuted_years") if "sentence.commuted_years" in report.findings else None

    def draw(narrow: bool) -> go.Figure:
        pitch = 52 if narrow else 42
        figure = canvas(narrow, pitch * len(groups) + 92, left=8 if narrow else 250, right=20, top=56 if narrow else 34, bottom=46)
        heights = row_axis(figure, [f"{name} ({len(terms.months)})" if narrow else words.wrap(f"{name} ({len(terms.months)})", 34) for name, terms, _ in groups], narrow)
        figure.update_yaxes(range=[heights[-1] - 0.5, 0.95 if narrow else 0.6])
        figure.update_xaxes(range=[0, imposed * 1.03], dtick=20 if narrow else 10, title_text="Years; bar: middle half of the terms, dot: median")
        for value, text, anchor in [(commuted, "commuted", "left"), (imposed, "imposed", "right")]:
            if value is not None:
                line(figure, value, 0, value, 1, ACCENT, 2, yref="paper")
                label(figure, value, 1, f"{text}: {words.number(value)}", ACCENT, bold=True, anchor=anchor, valign="bottom", yref="paper", dy=4 if not narrow else 6)
        for height, (name, terms, _) in zip(heights, groups, strict=True):
            low, high = terms.quantile(0.25) / 12, terms.quantile(0.75) / 12
            line(figure, low, height, high, height, CONTEXT, 9)
            dots(figure, [terms.median / 12], [height], [INK], size=12, hover=[f"{name}: median {words.years(terms.median)} years"])
            label(figure, high, height, words.years(terms.median), INK, bold=True, dx=8)
        return figure

    table = Table(
        "states", "Prison terms elsewhere, in months",
        [Column("Group"), Column("People", True), Column("Lower quartile", True), Column("Median", True), Column("Upper quartile", True), Column("Longest", True), Column("Life", True), Column("What the term is")],
        [
            [name, len(terms.months), words.number(terms.quantile(0.25)), words.number(terms.median), words.number(terms.quantile(0.75)), words.number(terms.without_life().longest), terms.life, what]
            for name, terms, what in groups
        ],
        STATES_SOURCE, note="Life counts as longer than any term; the longest term leaves life out.",
    )  # fmt: skip
    medians = [terms.median / 12 for _, terms, _ in groups]
    span = f"{words.number(min(medians))} to {words.number(max(medians))}"
    below = commuted is not None and all(median <= commuted * 1.1 for median in medians)
    span_words = "{comparison.lowest_median_years} to {comparison.highest_median_years} years"
    template = f"In every group the typical term is {span_words}" if below or commuted is None else f"Typical terms elsewhere run from {span_words}"
    return Chart(
        "states",
        fill(report, template),
        "Prison terms for deaths by vehicle in three states, and for federal manslaughter, in years (number of people)",
        f"Range chart of prison terms in {len(groups)} groups, where medians run from {span} years and the sentence imposed here is {words.number(imposed)}.",
        STATES_SOURCE,
        "None of these is Colorado, and none is a sample of convictions. Florida and Texas are people in prison on one day, which over-represents long "
        "terms; New York and Texas offences involve drink or drugs. Most of these people were convicted over one death.",
        table,
        **both(draw),
    )


def same_deaths(report: Report) -> Chart:
    """What did people get elsewhere for as many deaths, added up the way the law did here?"""
    group = report.florida_same_deaths
    imposed = report.findings.value("sentence.imposed_years")
    terms = [term / 12 for term in group.months]
    finite = [term for term in terms if math.isfinite(term)]
    top = max([*finite, imposed])
    shown = [*[(term, words.number(term)) for term in finite], *[(top * 1.15, "life")] * group.life]
    deaths = words.small(report.case_deaths)

    def draw(narrow: bool) -> go.Figure:
        figure = canvas(narrow, 24 * len(shown) + 90, left=8, right=46, top=34, bottom=46)
        figure.update_yaxes(range=[-len(shown) + 0.3, 0.8], showgrid=False, showticklabels=False)
        figure.update_xaxes(range=[0, top * 1.18], dtick=50, title_text="Years, if every term ran one after another")
        for row, (value, text) in enumerate(shown):
            line(figure, 0, -row, value, -row, CONTEXT, 2, "dot" if text == "life" else "solid")
            dots(figure, [value], [-row], [CONTEXT], size=11, symbol="diamond" if text == "life" else "circle", hover=[f"{text}"])
            label(figure, value, -row, text, INK, dx=9)
        line(figure, imposed, 0, imposed, 1, ACCENT, 2, yref="paper")
        label(figure, imposed, 1, f"imposed here: {words.number(imposed)}", ACCENT, bold=True, anchor="left", valign="bottom", yref="paper", dx=-4, dy=6)
        return figure

    source = "Florida Department of Corrections, prisoners about January 2018 (public extract); own computation."
    table = Table(
        "same-deaths", f"Florida prisoners with {deaths} counts for a death: terms added up", [Column("Person"), Column("Years", True)],
        [[f"no. {index}", text] for index, (_, text) in enumerate(shown, 1)], source,
    )  # fmt: skip
    return Chart(
        "same-deaths",
        fill(report, "{comparison.florida.same_deaths_reaching_imposed|Small} of {comparison.florida.same_deaths_people|small} in Florida would reach {sentence.imposed_years} years if their terms were added up"),
        f"Florida prisoners with {deaths} counts for a death by vehicle: all their terms added up, in years",
        f"Dot plot of {len(shown)} Florida prisoners’ terms added up, where the median is {words.years(group.median)} years and "
        f"{group.at_least(12 * imposed)} reach the {words.number(imposed)} imposed here.",
        source,
        "An upper bound: the source does not say which terms run together. Drink-driving and leaving the scene are among these cases, and people "
        f"serving long terms are over-represented. With so few people ({len(shown)}), read it as a list, not as a rate.",
        table,
        **both(draw),
    )  # fmt: skip


def comparables(report: Report) -> Chart:
    """What did drivers in like cases get?"""
    case = report.case
    rows = [(f"{one.person}, {one.place}, {one.date[:4]}", one.killed, one.years, one) for one in case.comparable if one.like_for_like and one.years is not None]
    rows.sort(key=lambda row: -row[2])
    imposed = report.findings.value("sentence.imposed_years")
    commuted = report.findings.value("sentence.commuted_years") if "sentence.commuted_years" in report.findings else None
    own = [(f"{case.case.person}, imposed", report.case_deaths, imposed)]
    if commuted is not None:
        own.append((f"{case.case.person}, commuted", report.case_deaths, commuted))
    every = [*own, *[(name, killed, years) for name, killed, years, _ in rows]]

    def draw(narrow: bool) -> go.Figure:
        pitch = 46 if narrow else 36
        figure = canvas(narrow, pitch * len(every) + 56, left=8 if narrow else 320, right=40, top=26 if narrow else 8, bottom=44)
        heights = row_axis(figure, [f"{name}: {killed} dead" if narrow else words.wrap(f"{name}: {killed} dead", 48) for name, killed, _ in every], narrow)
        figure.update_xaxes(range=[0, imposed * 1.02], dtick=20, title_text="Years")
        for height, (index, (name, _, years)) in zip(heights, enumerate(every), strict=True):
            color = ACCENT if index < len(own) else CONTEXT
            line(figure, 0, height, years, height, color, 2)
            dots(figure, [years], [height], [color], size=12, hover=[f"{name}: {words.number(years)} years"])
            label(figure, years, height, words.number(years), color if index < len(own) else INK, bold=index < len(own), dx=9)
        return figure

    source = "Press and trade coverage of each case, listed in the ledger."
    table = Table(
        "comparables", "Named cases, found by search and not sampled",
        [Column("Person"), Column("Place and date"), Column("Killed", True), Column("Plea or trial"), Column("Offence"), Column("Sentence"), Column("Status"), Column("Like for like")],
        [[one.person, f"{one.place}, {one.date}", one.killed, one.plea_or_trial, one.offence, one.sentence, one.status, "yes" if one.like_for_like else ""] for one in case.comparable],
        source, folded=True,
    )  # fmt: skip
    longest = max(years for _, _, years in [row[:3] for row in rows]) if rows else 0
    return Chart(
        "comparables",
        fill(report, "{few|Small} like cases found by search ended in {comparison.comparables_least_years} to {comparison.comparables_most_years} years".replace("few", "comparison.comparables")),
        f"Sentences in like cases, in years: {case.comparables.like_for_like if case.comparables else 'chosen by the editor'}",
        f"Dot plot of sentences in like cases, where the {len(rows)} others got up to {words.number(longest)} years and {words.number(imposed)} were imposed here.",
        source,
        case.comparables.selection if case.comparables else "Chosen by the editor, not sampled; no rate may be read from them.",
        table,
        **both(draw),
    )  # fmt: skip
