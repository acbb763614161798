"""Findings on what others get, beside the sentence of the case."""

import math
import statistics
from typing import TYPE_CHECKING

from pileup.case import printed
from pileup.data import load_table
from pileup.sentences import Terms
from pileup.story.findings.record import Findings
from pileup.story.groups import groups

if TYPE_CHECKING:
    from pileup.story.report import Report


def add(found: Findings, report: "Report") -> None:
    """Add the federal groups, three states and the like cases, each beside the sentence of the case."""
    imposed = 12 * report.case.terms("imposed")[0].years_max
    group = report.manslaughter
    table = "table federal-sentences (US Sentencing Commission)"
    name = "federal manslaughter, voluntary and involuntary, fiscal years 2019 to 2024"
    prison = "people with a prison term"
    found.add("comparison.manslaughter.cases", group.people, "people", f"People sentenced for {name}", table)
    found.add(
        "comparison.manslaughter.with_prison_term",
        len(group.months),
        "people",
        "Those with a prison term",
        table,
    )
    found.add(
        "comparison.manslaughter.no_prison_term",
        group.no_prison,
        "people",
        "Those without a prison term (probation or fine)",
        table,
    )
    found.add(
        "comparison.manslaughter.median_months", group.median, "months", f"Median term, {name}", table, prison
    )
    found.add(
        "comparison.manslaughter.median_months_with_no_prison_as_zero",
        group.with_no_prison_as_zero().median,
        "months",
        "The same median with everybody, no prison counted as 0 months",
        table,
    )
    for share, word in ((0.25, "lower"), (0.75, "upper")):
        found.add(
            f"comparison.manslaughter.{word}_quartile_months",
            group.quantile(share),
            "months",
            f"The {word} quartile, {name}",
            table,
            prison,
        )
    found.add(
        "comparison.manslaughter.max_months",
        group.longest,
        "months",
        f"The longest term, {name}",
        table,
        prison,
    )
    low = report.involuntary
    how = "by guideline 2A1.4" if report.split_by_guideline else "by a proxy, the guideline minimum"
    people = f"Federal manslaughter that is mostly involuntary, {how}"
    found.add("comparison.involuntary.people", len(low.months), "people", people, table, prison)
    found.add(
        "comparison.involuntary.median_months", low.median, "months", f"{people}: median", table, prison
    )
    interval = group.interval()
    for end, word in zip(interval or (), ("low", "high"), strict=False):
        found.add(
            f"comparison.manslaughter.median_interval_{word}_months",
            end,
            "months",
            f"The {word} end of a 95 percent confidence interval for the median, {name}",
            table,
            prison,
            "order statistics, distribution-free",
        )
    found.add(
        "comparison.imposed_to_median_ratio",
        imposed / group.median,
        "times",
        "The sentence imposed, as a multiple of the federal median",
        "sentence.imposed_years",
        "comparison.manslaughter.median_months",
    )
    found.add(
        "comparison.imposed_to_max_ratio",
        imposed / group.longest,
        "times",
        "The sentence imposed, as a multiple of the longest federal term",
        "sentence.imposed_years",
        "comparison.manslaughter.max_months",
    )
    murder = report.murder
    found.add(
        "comparison.murder.cases",
        murder.people,
        "people",
        "People sentenced for federal murder, fiscal years 2019 to 2024",
        table,
    )
    found.add(
        "comparison.murder.median_months",
        murder.median,
        "months",
        "Median term for federal murder, life counted as longer than any term",
        table,
        prison,
    )
    found.add("comparison.murder.life", murder.life, "people", "Of them, sentenced to life", table)
    commuted = report.case.terms("commuted")
    if commuted:
        now = 12 * commuted[-1].years_max
        found.add(
            "comparison.commuted_percentile",
            group.percentile(now),
            "percentile",
            "Percentile rank of the commuted sentence among federal manslaughter terms (equal terms count"
            " half)",
            table,
            prison,
        )
        found.add(
            "comparison.commuted_longer_than_percent",
            100 * group.shorter(now) / len(group.months),
            "percent",
            "Share of federal manslaughter terms that are shorter than the commuted sentence",
            table,
            prison,
        )
        equal = sum(term == now for term in group.months)
        found.add(
            "comparison.commuted_equal_percent",
            100 * equal / len(group.months),
            "percent",
            "Share of federal manslaughter terms that are as long as the commuted sentence",
            table,
            prison,
        )
        found.add(
            "comparison.commuted_to_median_ratio",
            now / group.median,
            "times",
            "The commuted sentence, as a multiple of the federal median",
            "sentence.commuted_years",
            "comparison.manslaughter.median_months",
        )
    _add_states(found, report, imposed)


def _add_states(found: Findings, report: "Report", imposed: float) -> None:
    table = "table state-sentences"
    life = "life counted as longer than any term"

    def add(name: str, terms: Terms, label: str) -> None:
        """Add a group's size and median, and the median without life where life makes a difference."""
        found.add(f"comparison.{name}_people", len(terms.months), "people", f"{label}: people", table)
        found.add(f"comparison.{name}_median_months", terms.median, "months", f"{label}: median", table, life)
        if terms.life:
            found.add(f"comparison.{name}_life", terms.life, "people", f"{label}: sentenced to life", table)
            found.add(
                f"comparison.{name}_median_months_without_life",
                terms.without_life().median,
                "months",
                f"{label}: median of the terms given in months, life left out",
                table,
            )

    york = report.new_york
    found.add(
        "comparison.new_york.people",
        len(york.months),
        "people",
        "New York, vehicular homicide offences: people before the parole board",
        table,
    )
    found.add(
        "comparison.new_york.median_months",
        york.median,
        "months",
        "New York: median of the maximum terms",
        table,
        life,
    )
    found.add("comparison.new_york.life", york.life, "people", "New York: a maximum of life", table)
    found.add(
        "comparison.new_york.median_months_without_life",
        york.without_life().median,
        "months",
        "New York: median of the maximum terms given in months, life left out",
        table,
    )
    add("florida.one_count", report.florida_one_count, "Florida, one crash count, any crash offence")
    add(
        "florida.vehicular_homicide",
        report.florida_homicide,
        "Florida, one count of vehicular homicide, scene not left",
    )
    same = report.florida_same_deaths
    found.add(
        "comparison.florida.same_deaths_people",
        len(same.months),
        "people",
        f"Florida prisoners with {report.case_deaths} counts for a death",
        table,
    )
    if same.months:
        found.add(
            "comparison.florida.same_deaths_median_sum_months",
            same.median,
            "months",
            "Their median if every term ran one after another",
            table,
            life,
        )
        found.add(
            "comparison.florida.same_deaths_median_sum_months_without_life",
            same.without_life().median,
            "months",
            "The same median, life left out",
            table,
        )
        found.add(
            "comparison.florida.same_deaths_life", same.life, "people", "Of them, sentenced to life", table
        )
        dui = sum(term >= imposed and "DUI" in offence for term, offence in report.florida_listed)
        found.add(
            "comparison.florida.same_deaths_reaching_imposed_dui",
            dui,
            "people",
            "Of those who reach it, how many were convicted of driving under the influence",
            table,
        )
        found.add(
            "comparison.florida.same_deaths_reaching_imposed",
            same.at_least(imposed),
            "people",
            "Of them, how many reach the sentence imposed here if every term ran one after another, life"
            " included",
            table,
            "sentence.imposed_years",
        )
    by_deaths = [terms for _, terms in report.florida_by_deaths]
    found.add(
        "comparison.florida.any_deaths_people",
        sum(len(terms.months) for terms in by_deaths),
        "people",
        "Florida prisoners with a count for a death by vehicle",
        table,
    )
    found.add(
        "comparison.florida.any_deaths_reaching_imposed",
        sum(terms.at_least(imposed) for terms in by_deaths),
        "people",
        "Of them, how many reach the sentence imposed here if every term ran one after another, life"
        " included",
        table,
        "sentence.imposed_years",
    )
    compared = groups(report)
    medians = [group.terms.median / 12 for group in compared]
    multiples = [imposed / group.terms.median for group in compared if math.isfinite(group.terms.median)]
    for word, multiple in (("lowest", min(multiples)), ("highest", max(multiples))):
        found.add(
            f"comparison.{word}_ratio",
            multiple,
            "times",
            f"The {word} multiple of a group’s median that the sentence imposed is",
            "sentence.imposed_years",
            "table federal-sentences (US Sentencing Commission)",
            table,
        )
    federal = "table federal-sentences (US Sentencing Commission)"
    found.add("comparison.groups", len(medians), "groups", "Groups compared", federal, table)
    found.add(
        "comparison.lowest_median_years",
        min(medians),
        "years",
        "The lowest median among the groups compared",
        federal,
        table,
    )
    found.add(
        "comparison.highest_median_years",
        max(medians),
        "years",
        "The highest median among the groups compared",
        federal,
        table,
    )
    alike = [
        one.years for one in printed(report.case.comparable) if one.like_for_like and one.years is not None
    ]
    if alike:
        shares = [
            one.years / one.killed
            for one in printed(report.case.comparable)
            if one.like_for_like and one.years is not None and one.killed
        ]
        if shares and report.case_deaths:
            label = "Years of the sentence for each person killed"
            own = imposed / 12 / report.case_deaths
            found.add("comparison.imposed_years_per_death", own, "years", f"{label}: imposed here", "case")
            found.add(
                "comparison.least_years_per_death", min(shares), "years", f"{label}: the least", "comparables"
            )
            found.add(
                "comparison.most_years_per_death", max(shares), "years", f"{label}: the most", "comparables"
            )
        found.add(
            "comparison.comparables",
            len(alike),
            "cases",
            "Like cases with an established sentence",
            "comparables",
        )
        found.add(
            "comparison.comparables_least_years",
            min(alike),
            "years",
            "The shortest sentence among them",
            "comparables",
        )
        found.add(
            "comparison.comparables_most_years",
            max(alike),
            "years",
            "The longest sentence among them",
            "comparables",
        )
    figures = load_table("published-figures")
    averages = figures.loc[figures["low_years"] == figures["high_years"], "low_years"]
    for word, value in (("least", averages.min()), ("most", averages.max())):
        found.add(
            f"comparison.published_{word}_years",
            float(value),
            "years",
            f"The {word} of the published averages and typical terms",
            "table published-figures",
        )
    laws = load_table("statutory-ranges")["most_years"].fillna(math.inf)
    found.add(
        "comparison.statutory_median_years",
        statistics.median(laws),
        "years",
        "Median of the longest terms that laws allow for a death caused by a drunk driver, life as longest",
        "table statutory-ranges",
    )
    found.add(
        "comparison.statutory_jurisdictions",
        len(laws),
        "jurisdictions",
        "Jurisdictions in that list",
        "table statutory-ranges",
    )
    texas = report.texas
    found.add(
        "comparison.texas.people",
        len(texas.months),
        "people",
        "Texas, intoxication manslaughter: prisoners in the extract",
        table,
    )
    found.add(
        "comparison.texas.median_months",
        texas.median,
        "months",
        "Texas: median term of the oldest listed offence",
        table,
    )
