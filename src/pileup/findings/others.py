"""The sentence beside like cases, published figures, the ranges of laws, and a list of Texas's prisoners."""

import math
import statistics

import pandas as pd

from pileup.case.model import Comparable
from pileup.findings.declare import finding, given
from pileup.record import sentences
from pileup.record.sentences import Terms
from pileup.words.language import mark


@given
def alike(comparables: list[Comparable]) -> list[Comparable] | None:
    """The like cases with an established sentence."""
    return [one for one in comparables if one.like_for_like and one.years is not None] or None


@given
def alike_years(alike: list[Comparable]) -> list[float]:
    """Their sentences, in years."""
    return [one.years for one in alike if one.years is not None]


@given
def shares(alike: list[Comparable], years_for_dead: float, case_deaths: int) -> list[float] | None:
    """Their years for each person killed, where the case's own can be told, too."""
    found = [one.years / one.killed for one in alike if one.years is not None and one.killed]
    return found if case_deaths and found else None


@finding(
    "comparison.imposed_years_per_death",
    mark("years"),
    mark("Years on the counts that stand for the people killed, for each of them: imposed here"),
)
def imposed_per_death(years_for_dead: float, case_deaths: int, shares: list[float]) -> float:
    return years_for_dead / case_deaths


@finding(
    "comparison.least_years_per_death",
    mark("years"),
    mark("Years of the sentence for each person killed: the least"),
)
def least_per_death(shares: list[float]) -> float:
    return min(shares)


@finding(
    "comparison.most_years_per_death",
    mark("years"),
    mark("Years of the sentence for each person killed: the most"),
)
def most_per_death(shares: list[float]) -> float:
    return max(shares)


@finding("comparison.comparables", mark("cases"), mark("Like cases with an established sentence"))
def alike_number(alike: list[Comparable]) -> int:
    return len(alike)


@finding("comparison.comparables_least_years", mark("years"), mark("The shortest sentence among them"))
def alike_least(alike_years: list[float]) -> float:
    return min(alike_years)


@finding("comparison.comparables_most_years", mark("years"), mark("The longest sentence among them"))
def alike_most(alike_years: list[float]) -> float:
    return max(alike_years)


@given
def published(table_published_figures: pd.DataFrame) -> list[float]:
    """The published averages and typical terms, in years; ranges are left out."""
    table = table_published_figures
    return table.loc[table["low_years"] == table["high_years"], "low_years"].tolist()


@finding(
    "comparison.published_least_years",
    mark("years"),
    mark("The least of the published averages and typical terms"),
)
def published_least(published: list[float]) -> float:
    return min(published)


@finding(
    "comparison.published_most_years",
    mark("years"),
    mark("The most of the published averages and typical terms"),
)
def published_most(published: list[float]) -> float:
    return max(published)


@finding(
    "comparison.statutory_median_years",
    mark("years"),
    mark("Median of the longest terms that laws allow for a death caused by a drunk driver, life as longest"),
)
def statutory_median(table_statutory_ranges: pd.DataFrame) -> float:
    return statistics.median(table_statutory_ranges["most_years"].fillna(math.inf))


@finding("comparison.statutory_jurisdictions", mark("jurisdictions"), mark("Jurisdictions in that list"))
def statutory_number(table_statutory_ranges: pd.DataFrame) -> int:
    return len(table_statutory_ranges)


@given
def texas(table_state_sentences: pd.DataFrame) -> Terms:
    """Texas: intoxication manslaughter, the term of the oldest listed offense."""
    return sentences.state(table_state_sentences, "TX", "term")
