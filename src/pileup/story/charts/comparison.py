"""Charts of what others get: federal terms, three states, and like cases."""

import math

from pileup.case import printed
from pileup.states import STATES
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


#: How many people a chart lists one by one.
FEW = 30


def _no_list(report: Report) -> str:
    """Say why the people with as many counts for a death are not listed."""
    if not report.has_sentence:
        return missing.sentence(report)
    few = 0 < len(report.florida_listed) <= FEW
    return "" if few else "Florida’s file has nobody with as many counts for a death, or too many to list."


def _no_alike(report: Report) -> str:
    """Say that the case file names no like case."""
    known = "comparison.comparables" in report.findings
    return "" if known else "The case file names no like case with an established sentence."


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


STATES_SOURCE = Source(
    "US Sentencing Commission; New York State Board of Parole calendar 2012–2018; Florida Department of"
    " Corrections, about January 2018; Texas Department of Criminal Justice, August 2019 (public extracts);"
    " own computation.",
    ("table.federal-sentences", "table.state-sentences", "case.file"),
)


@needs(missing.sentence)
def states(report: Report) -> Chart:
    """What is typical elsewhere?"""
    groups = [group for group in report.groups if group[1].months]
    imposed, commuted = _own_years(report)
    thirds = [terms.quantile(0.75) / 12 for _, terms, _ in groups]
    end = 1.6 * max(*[high for high in thirds if math.isfinite(high)], commuted or 0)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 260, right=20, top=30, bottom=46)
        heights = canvas.rows([f"{name} ({len(terms.months)})" for name, terms, _ in groups], wrap=36)
        canvas.x("Years; bar: middle half, dot: median", range=[0, end], dtick=5)
        for value, name in [(commuted, "commuted"), (imposed, "imposed")]:
            if value is None:
                continue
            inside = value <= end
            if inside:
                canvas.line(value, 0, value, 1, ACCENT, 2, yref="paper", below=True)
            text = f"{name}: {words.number(value)}{'' if inside else ' →'}"
            x, xref = (value, "x") if inside else (1, "paper")
            canvas.label(x, 1, text, ACCENT, True, "right", "bottom", xref=xref, yref="paper", dx=4, dy=4)
        for height, (name, terms, _) in zip(heights, groups, strict=True):
            low, high = terms.quantile(0.25) / 12, min(terms.quantile(0.75) / 12, end)
            median = words.years(terms.median)
            canvas.bars(
                [height], [low], [high], CONTEXT, [f"{name}: middle half {words.span(low, high)} years"], 0.16
            )
            canvas.dots([terms.median / 12], [height], INK, [f"{name}: median {median} years"], 12)
            canvas.label(high, height, median, INK, bold=True, dx=8, backed=True)
        return canvas

    titles = ("People", "Lower quartile", "Median", "Upper quartile", "Longest", "Life")
    table = Table(
        "states",
        "Prison terms elsewhere, in months",
        [Column("Group"), *[Column(title, True) for title in titles], Column("What the term is")],
        [
            [
                name,
                len(terms.months),
                *[words.number(terms.quantile(share)) for share in (0.25, 0.5, 0.75)],
                words.number(terms.without_life().longest),
                terms.life,
                what,
            ]
            for name, terms, what in groups
        ],
        STATES_SOURCE,
        note="Life counts as longer than any term; the longest term leaves life out.",
        row_origins=[
            "table.federal-sentences" if terms is report.manslaughter else "table.state-sentences"
            for _, terms, _ in groups
        ],
    )
    own_state = report.case.case.state
    elsewhere = (
        "" if own_state in ("FL", "NY", "TX") else f"None is a file of {STATES[own_state]}’s state courts. "
    )
    medians = [terms.median / 12 for _, terms, _ in groups]
    span = f"{words.number(min(medians))} to {words.number(max(medians))}"
    return Chart(
        "states",
        fill(
            report,
            "In the {comparison.groups|small} groups compared, the median term is"
            " {comparison.lowest_median_years} to {comparison.highest_median_years} years",
        ),
        "Prison terms for deaths by vehicle in three states, and for federal manslaughter, in years (number"
        " of people)",
        f"Range chart of prison terms in {len(groups)} groups, where medians run from {span} years and the"
        f" sentence imposed here is {words.number(imposed)}.",
        STATES_SOURCE,
        f"{elsewhere}None is a sample of convictions. Florida and Texas"
        " are people in prison on one day, which over-represents long terms; New York and Texas offences"
        " involve drink or drugs. New York’s source cannot show 100 years or more. In Florida’s groups each"
        " person has one count for a death, in New York nearly all have; the federal and Texas files do not"
        " say.",
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


def _own_years(report: Report) -> tuple[float, float | None]:
    """Return the sentence imposed and, where there is one, the commuted sentence, in years."""
    found = report.findings
    commuted = found.value("sentence.commuted_years") if "sentence.commuted_years" in found else None
    return found.value("sentence.imposed_years"), commuted


@needs(_no_list)
def same_deaths(report: Report) -> Chart:
    """What did people get elsewhere for as many deaths, added up the way the law did here?"""
    group, listed = report.florida_same_deaths, report.florida_listed
    imposed, _ = _own_years(report)
    top = max([*[months / 12 for months, _ in listed if math.isfinite(months)], imposed])
    shown = [(min(months / 12, top * 1.15), words.years(months), offence) for months, offence in listed]
    deaths = words.small(report.case_deaths)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 200, right=46, top=34, bottom=46)
        heights = canvas.rows([offence for _, _, offence in shown], wrap=34)
        canvas.x(
            "Years, if every term ran one after another", range=[0, top * 1.18], nticks=4 if narrow else 8
        )
        for height, (value, text, _) in zip(heights, shown, strict=True):
            canvas.line(0, height, value, height, CONTEXT, 2, "dot" if text == "life" else "solid")
            canvas.label(value, height, text, INK, dx=9)
        symbols = ["diamond" if text == "life" else "circle" for _, text, _ in shown]
        hover = [f"{offence}: {text}" for _, text, offence in shown]
        canvas.dots([value for value, _, _ in shown], heights, CONTEXT, hover, 11, symbols)
        canvas.line(imposed, 0, imposed, 1, ACCENT, 2, yref="paper", below=True)
        text = f"imposed here: {words.number(imposed)}"
        canvas.label(imposed, 1, text, ACCENT, True, valign="bottom", yref="paper", dx=-4, dy=6)
        return canvas

    source = Source(
        "Florida Department of Corrections, prisoners about January 2018 (public extract); own computation.",
        ("table.state-sentences", "case.file"),
    )
    table = Table(
        "same-deaths",
        f"Florida prisoners with {deaths} counts for a death: terms added up",
        [Column("Most serious offence"), Column("Years", True)],
        [[offence, text] for _, text, offence in shown],
        source,
    )
    headline = (
        "Added up, {comparison.florida.same_deaths_reaching_imposed|small} of"
        " {comparison.florida.same_deaths_people|small} Florida prisoners’ terms reach"
        " {sentence.imposed_years} years"
    )
    if report.findings.value("comparison.florida.same_deaths_reaching_imposed"):
        headline += "; {comparison.florida.same_deaths_reaching_imposed_dui|small} of these for drink-driving"
    return Chart(
        "same-deaths",
        fill(report, headline),
        f"Florida prisoners with {deaths} counts for a death by vehicle: all their terms added up, in years",
        f"Dot plot of {len(shown)} Florida prisoners’ terms added up, where the median is"
        f" {words.years(group.median)} years and {group.at_least(12 * imposed)} reach the"
        f" {words.number(imposed)} imposed here.",
        source,
        "An upper bound: the source does not say which terms run together. DUI is driving under the"
        f" influence. People serving long terms are over-represented. With so few people ({len(shown)}), read"
        " it as a list, not as a rate.",
        table,
        **both(draw),
    )


@needs(_no_alike, quiet=True)
def comparables(report: Report) -> Chart:
    """What did drivers in like cases get?"""
    case = report.case
    alike = [one for one in printed(case.comparable) if one.like_for_like]
    known = sorted([(one.years, one) for one in alike if one.years is not None], key=lambda pair: -pair[0])
    imposed, commuted = _own_years(report)
    every = [(f"{case.case.person}, imposed", report.case_deaths, imposed, True)]
    if commuted is not None:
        every.append((f"{case.case.person}, commuted", report.case_deaths, commuted, True))
    own = len(every)
    every += [
        (f"{one.person}, {one.place}, {one.date[:4]}", one.killed, years, one.status == "confirmed")
        for years, one in known
    ]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=8 if narrow else 290, right=40, bottom=44)
        heights = canvas.rows([f"{name}: {killed} dead" for name, killed, _, _ in every], wrap=44)
        canvas.x("Years", range=[0, imposed * 1.02], **({"dtick": 20} if imposed > 40 else {}))
        colors = [ACCENT if index < own else CONTEXT for index in range(len(every))]
        for height, (_, _, years, _), color in zip(heights, every, colors, strict=True):
            canvas.line(0, height, years, height, color, 2)
            label_color = INK if color == CONTEXT else color
            canvas.label(years, height, words.number(years), label_color, bold=color == ACCENT, dx=9)
        canvas.dots(
            [years for _, _, years, _ in every],
            heights,
            colors,
            [f"{name}: {words.number(years)} years" for name, _, years, _ in every],
            12,
            ["circle" if sure else "circle-open" for _, _, _, sure in every],
        )
        return canvas

    source = Source("Press and trade coverage of each case, listed in the ledger.", ("case.file",))
    titles = (
        "Person",
        "Place and date",
        "Killed",
        "Plea or trial",
        "Offence",
        "Sentence",
        "Status",
        "Like for like",
    )
    table = Table(
        "comparables",
        "Other cases, found by search and not sampled",
        [Column(title, title == "Killed") for title in titles],
        [
            [
                one.person,
                f"{one.place}, {one.date}",
                one.killed,
                one.plea_or_trial,
                one.offence,
                one.sentence,
                one.status,
                "yes" if one.like_for_like else "",
            ]
            for one in printed(case.comparable)
        ],
        source,
        folded=True,
        stacked=True,
        row_origins=[f"comparable.{one.id}" for one in printed(case.comparable)],
    )
    alike_words = (
        words.lower(case.comparables.like_for_like.rstrip(".")) if case.comparables else "the editor’s choice"
    )
    missing = len(alike) - len(known)
    unknown = f" In {words.small(missing)} more the sentence was not found." if missing else ""
    selection = (
        case.comparables.selection
        if case.comparables
        else "Chosen by the editor; no rate may be read from them."
    )
    return Chart(
        "comparables",
        fill(
            report,
            "{comparison.comparables|Small} like cases found by search ended in"
            " {comparison.comparables_least_years} to {comparison.comparables_most_years} years",
        ),
        f"Sentences in like cases, in years: {alike_words}",
        f"Dot plot of sentences in like cases, where the {len(known)} others got up to"
        f" {words.number(known[0][0])} years and {words.number(imposed)} were imposed here.",
        source,
        f"{selection}{unknown} An open dot rests on one source.",
        table,
        **both(draw),
    )
