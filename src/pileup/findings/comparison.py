"""Findings on what others get, beside the sentence of the case."""

import math
import statistics
from typing import TYPE_CHECKING

from pileup.case.model import printed
from pileup.findings.groups import groups
from pileup.findings.record import Findings, Input
from pileup.record.sentences import Terms
from pileup.record.tables import load_table
from pileup.words.language import _, mark

if TYPE_CHECKING:
    from pileup.story.report import Report

_QUARTILES = {
    "lower": (0.25, mark("The lower quartile, {group}")),
    "upper": (0.75, mark("The upper quartile, {group}")),
}
_INTERVAL = {
    "low": mark("The low end of a 95 percent confidence interval for the median, {group}"),
    "high": mark("The high end of a 95 percent confidence interval for the median, {group}"),
}
_MULTIPLE = {
    "lowest": mark("The lowest multiple of a group’s median that the sentence imposed is"),
    "highest": mark("The highest multiple of a group’s median that the sentence imposed is"),
}
_PUBLISHED = {
    "least": mark("The least of the published averages and typical terms"),
    "most": mark("The most of the published averages and typical terms"),
}


def add(found: Findings, report: "Report") -> None:
    """Add the federal groups, three states and the like cases, each beside the sentence of the case."""
    imposed = 12 * report.case.terms("imposed")[0].years_max
    group = report.manslaughter
    table = _federal()
    name = _("federal manslaughter, voluntary and involuntary, fiscal years 2019 to 2024")
    prison = Input(_("people with a prison term"))
    found.add(
        "comparison.manslaughter.cases",
        group.people,
        mark("people"),
        _("People sentenced for {group}").format(group=name),
        table,
    )
    found.add(
        "comparison.manslaughter.with_prison_term",
        len(group.months),
        mark("people"),
        _("Those with a prison term"),
        table,
    )
    found.add(
        "comparison.manslaughter.no_prison_term",
        group.no_prison,
        mark("people"),
        _("Those without a prison term (probation or fine)"),
        table,
    )
    found.add(
        "comparison.manslaughter.median_months",
        group.median,
        mark("months"),
        _("Median term, {group}").format(group=name),
        table,
        prison,
    )
    found.add(
        "comparison.manslaughter.median_months_with_no_prison_as_zero",
        group.with_no_prison_as_zero().median,
        mark("months"),
        _("The same median with everybody, no prison counted as 0 months"),
        table,
    )
    for word, (share, label) in _QUARTILES.items():
        found.add(
            f"comparison.manslaughter.{word}_quartile_months",
            group.quantile(share),
            mark("months"),
            _(label).format(group=name),
            table,
            prison,
        )
    found.add(
        "comparison.manslaughter.max_months",
        group.longest,
        mark("months"),
        _("The longest term, {group}").format(group=name),
        table,
        prison,
    )
    low = report.involuntary
    people = (
        _("Federal manslaughter that is mostly involuntary, by guideline 2A1.4")
        if report.split_by_guideline
        else _("Federal manslaughter that is mostly involuntary, by a proxy, the guideline minimum")
    )
    found.add("comparison.involuntary.people", len(low.months), mark("people"), people, table, prison)
    found.add(
        "comparison.involuntary.median_months",
        low.median,
        mark("months"),
        _("{group}: median").format(group=people),
        table,
        prison,
    )
    interval = group.interval()
    for end, (word, label) in zip(interval or (), _INTERVAL.items(), strict=False):
        found.add(
            f"comparison.manslaughter.median_interval_{word}_months",
            end,
            mark("months"),
            _(label).format(group=name),
            table,
            prison,
            Input(_("order statistics, distribution-free")),
        )
    found.add(
        "comparison.imposed_to_median_ratio",
        imposed / group.median,
        mark("times"),
        _("The sentence imposed, as a multiple of the federal median"),
        "sentence.imposed_years",
        "comparison.manslaughter.median_months",
    )
    found.add(
        "comparison.imposed_to_max_ratio",
        imposed / group.longest,
        mark("times"),
        _("The sentence imposed, as a multiple of the longest federal term"),
        "sentence.imposed_years",
        "comparison.manslaughter.max_months",
    )
    murder = report.murder
    found.add(
        "comparison.murder.cases",
        murder.people,
        mark("people"),
        _("People sentenced for federal murder, fiscal years 2019 to 2024"),
        table,
    )
    found.add(
        "comparison.murder.median_months",
        murder.median,
        mark("months"),
        _("Median term for federal murder, life counted as longer than any term"),
        table,
        prison,
    )
    found.add("comparison.murder.life", murder.life, mark("people"), _("Of them, sentenced to life"), table)
    commuted = report.case.terms("commuted")
    if commuted:
        now = 12 * commuted[-1].years_max
        found.add(
            "comparison.commuted_percentile",
            group.percentile(now),
            mark("percentile"),
            _(
                "Percentile rank of the commuted sentence among federal manslaughter terms (equal terms count"
                " half)"
            ),
            table,
            prison,
        )
        found.add(
            "comparison.commuted_longer_than_percent",
            100 * group.shorter(now) / len(group.months),
            mark("percent"),
            _("Share of federal manslaughter terms that are shorter than the commuted sentence"),
            table,
            prison,
        )
        equal = sum(term == now for term in group.months)
        found.add(
            "comparison.commuted_equal_percent",
            100 * equal / len(group.months),
            mark("percent"),
            _("Share of federal manslaughter terms that are as long as the commuted sentence"),
            table,
            prison,
        )
        found.add(
            "comparison.commuted_to_median_ratio",
            now / group.median,
            mark("times"),
            _("The commuted sentence, as a multiple of the federal median"),
            "sentence.commuted_years",
            "comparison.manslaughter.median_months",
        )
    _add_states(found, report, imposed)


def _table(name: str) -> Input:
    return Input(_("table {name}").format(name=name), (f"table.{name}",))


def _federal() -> Input:
    return Input(
        _("table {name} (US Sentencing Commission)").format(name="federal-sentences"),
        ("table.federal-sentences",),
    )


def _add_states(found: Findings, report: "Report", imposed: float) -> None:
    table, federal = _table("state-sentences"), _federal()
    life = Input(_("life counted as longer than any term"))

    def add(name: str, terms: Terms, label: str) -> None:
        """Add a group's size and median, and the median without life where life makes a difference."""
        found.add(
            f"comparison.{name}_people",
            len(terms.months),
            mark("people"),
            _("{group}: people").format(group=label),
            table,
        )
        found.add(
            f"comparison.{name}_median_months",
            terms.median,
            mark("months"),
            _("{group}: median").format(group=label),
            table,
            life,
        )
        if terms.life:
            found.add(
                f"comparison.{name}_life",
                terms.life,
                mark("people"),
                _("{group}: sentenced to life").format(group=label),
                table,
            )
            found.add(
                f"comparison.{name}_median_months_without_life",
                terms.without_life().median,
                mark("months"),
                _("{group}: median of the terms given in months, life left out").format(group=label),
                table,
            )

    york = report.new_york
    found.add(
        "comparison.new_york.people",
        len(york.months),
        mark("people"),
        _("New York, vehicular homicide offences: people before the parole board"),
        table,
    )
    found.add(
        "comparison.new_york.median_months",
        york.median,
        mark("months"),
        _("New York: median of the maximum terms"),
        table,
        life,
    )
    found.add("comparison.new_york.life", york.life, mark("people"), _("New York: a maximum of life"), table)
    found.add(
        "comparison.new_york.median_months_without_life",
        york.without_life().median,
        mark("months"),
        _("New York: median of the maximum terms given in months, life left out"),
        table,
    )
    add("florida.one_count", report.florida_one_count, _("Florida, one crash count, any crash offence"))
    add(
        "florida.vehicular_homicide",
        report.florida_homicide,
        _("Florida, one count of vehicular homicide, scene not left"),
    )
    same = report.florida_same_deaths
    found.add(
        "comparison.florida.same_deaths_people",
        len(same.months),
        mark("people"),
        _("Florida prisoners with {n} counts for a death").format(n=report.case_deaths),
        table,
    )
    if same.months:
        found.add(
            "comparison.florida.same_deaths_median_sum_months",
            same.median,
            mark("months"),
            _("Their median if every term ran one after another"),
            table,
            life,
        )
        found.add(
            "comparison.florida.same_deaths_median_sum_months_without_life",
            same.without_life().median,
            mark("months"),
            _("The same median, life left out"),
            table,
        )
        found.add(
            "comparison.florida.same_deaths_life",
            same.life,
            mark("people"),
            _("Of them, sentenced to life"),
            table,
        )
        dui = sum(term >= imposed and "DUI" in offence for term, offence in report.florida_listed)
        found.add(
            "comparison.florida.same_deaths_reaching_imposed_dui",
            dui,
            mark("people"),
            _("Of those who reach it, how many were convicted of driving under the influence"),
            table,
        )
        found.add(
            "comparison.florida.same_deaths_reaching_imposed",
            same.at_least(imposed),
            mark("people"),
            _(
                "Of them, how many reach the sentence imposed here if every term ran one after another, life"
                " included"
            ),
            table,
            "sentence.imposed_years",
        )
    by_deaths = [terms for _, terms in report.florida_by_deaths]
    found.add(
        "comparison.florida.any_deaths_people",
        sum(len(terms.months) for terms in by_deaths),
        mark("people"),
        _("Florida prisoners with a count for a death by vehicle"),
        table,
    )
    found.add(
        "comparison.florida.any_deaths_reaching_imposed",
        sum(terms.at_least(imposed) for terms in by_deaths),
        mark("people"),
        _(
            "Of them, how many reach the sentence imposed here if every term ran one after another, life"
            " included"
        ),
        table,
        "sentence.imposed_years",
    )
    compared = groups(report)
    medians = [group.terms.median / 12 for group in compared]
    multiples = [imposed / group.terms.median for group in compared if math.isfinite(group.terms.median)]
    for word, multiple in zip(_MULTIPLE, (min(multiples), max(multiples)), strict=True):
        found.add(
            f"comparison.{word}_ratio",
            multiple,
            mark("times"),
            _(_MULTIPLE[word]),
            "sentence.imposed_years",
            federal,
            table,
        )
    found.add("comparison.groups", len(medians), mark("groups"), _("Groups compared"), federal, table)
    found.add(
        "comparison.lowest_median_years",
        min(medians),
        mark("years"),
        _("The lowest median among the groups compared"),
        federal,
        table,
    )
    found.add(
        "comparison.highest_median_years",
        max(medians),
        mark("years"),
        _("The highest median among the groups compared"),
        federal,
        table,
    )
    others = printed(report.case.comparable)
    comparables = Input(_("comparables"), tuple(f"comparable.{one.id}" for one in others))
    alike = [one.years for one in others if one.like_for_like and one.years is not None]
    if alike:
        shares = [
            one.years / one.killed
            for one in others
            if one.like_for_like and one.years is not None and one.killed
        ]
        if shares and report.case_deaths:
            own = imposed / 12 / report.case_deaths
            deaths = report.case.by_role("deaths")
            case = Input(
                _("case"),
                (
                    f"term.{report.case.terms('imposed')[0].id}",
                    *([f"fact.{deaths.id}"] if deaths else []),
                ),
            )
            found.add(
                "comparison.imposed_years_per_death",
                own,
                mark("years"),
                _("Years of the sentence for each person killed: imposed here"),
                case,
            )
            found.add(
                "comparison.least_years_per_death",
                min(shares),
                mark("years"),
                _("Years of the sentence for each person killed: the least"),
                comparables,
            )
            found.add(
                "comparison.most_years_per_death",
                max(shares),
                mark("years"),
                _("Years of the sentence for each person killed: the most"),
                comparables,
            )
        found.add(
            "comparison.comparables",
            len(alike),
            mark("cases"),
            _("Like cases with an established sentence"),
            comparables,
        )
        found.add(
            "comparison.comparables_least_years",
            min(alike),
            mark("years"),
            _("The shortest sentence among them"),
            comparables,
        )
        found.add(
            "comparison.comparables_most_years",
            max(alike),
            mark("years"),
            _("The longest sentence among them"),
            comparables,
        )
    figures = load_table("published-figures")
    averages = figures.loc[figures["low_years"] == figures["high_years"], "low_years"]
    for word, value in zip(_PUBLISHED, (averages.min(), averages.max()), strict=True):
        found.add(
            f"comparison.published_{word}_years",
            float(value),
            mark("years"),
            _(_PUBLISHED[word]),
            _table("published-figures"),
        )
    laws = load_table("statutory-ranges")["most_years"].fillna(math.inf)
    found.add(
        "comparison.statutory_median_years",
        statistics.median(laws),
        mark("years"),
        _(
            "Median of the longest terms that laws allow for a death caused by a drunk driver, life as"
            " longest"
        ),
        _table("statutory-ranges"),
    )
    found.add(
        "comparison.statutory_jurisdictions",
        len(laws),
        mark("jurisdictions"),
        _("Jurisdictions in that list"),
        _table("statutory-ranges"),
    )
    texas = report.texas
    found.add(
        "comparison.texas.people",
        len(texas.months),
        mark("people"),
        _("Texas, intoxication manslaughter: prisoners in the extract"),
        table,
    )
    found.add(
        "comparison.texas.median_months",
        texas.median,
        mark("months"),
        _("Texas: median term of the oldest listed offence"),
        table,
    )
