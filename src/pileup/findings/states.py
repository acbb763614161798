"""The sentence beside what states record: New York and Florida."""

import math

import pandas as pd

from pileup.findings.declare import finding, given
from pileup.record import sentences
from pileup.record.sentences import Terms
from pileup.words.language import _, mark

_LIFE = mark("life counted as longer than any term")


@given
def new_york(table_state_sentences: pd.DataFrame) -> Terms:
    """New York: maximum terms for vehicular homicide offenses."""
    return sentences.state(table_state_sentences, "NY", "maximum")


@given
def florida_one_count(table_state_sentences: pd.DataFrame) -> Terms:
    """Florida: prisoners convicted on exactly one crash count."""
    return sentences.state(table_state_sentences, "FL", "sum of terms", one_count=True)


@given
def florida_homicide(table_state_sentences: pd.DataFrame) -> Terms:
    """Florida: one count of vehicular homicide, the driver having stayed."""
    return sentences.state(
        table_state_sentences, "FL", "sum of terms", offense="vehicular homicide", one_count=True
    )


@given
def case_deaths(role_deaths: int | None = None) -> int:
    """How many people died in the case's crash."""
    return int(role_deaths or 0)


@given
def florida_same_deaths(table_state_sentences: pd.DataFrame, case_deaths: int) -> Terms:
    """Florida: prisoners with as many counts for a death as people died here; terms added up."""
    return sentences.state(table_state_sentences, "FL", "sum of terms", death_counts=case_deaths)


@given
def florida_by_deaths(table_state_sentences: pd.DataFrame) -> list[tuple[int, Terms]]:
    """Florida: prisoners by their number of counts for a death; terms added up."""
    table = table_state_sentences
    numbers = sorted(map(int, table.loc[table["state"] == "FL", "death_counts"].dropna().unique()))
    return [(n, sentences.state(table, "FL", "sum of terms", death_counts=n)) for n in numbers]


@given
def florida_listed(table_state_sentences: pd.DataFrame, case_deaths: int) -> list[tuple[float, str]]:
    """Florida: those with as many counts for a death, one by one: months added up, and offense."""
    return sentences.with_offenses(table_state_sentences, "FL", "sum of terms", case_deaths)


@finding(
    "comparison.new_york.people",
    mark("people"),
    mark("New York, vehicular homicide offenses: people before the parole board"),
)
def new_york_people(new_york: Terms) -> int:
    return len(new_york.months)


@finding(
    "comparison.new_york.median_months",
    mark("months"),
    mark("New York: median of the maximum terms"),
    how=_LIFE,
)
def new_york_median(new_york: Terms) -> float:
    return new_york.median


@finding("comparison.new_york.life", mark("people"), mark("New York: a maximum of life"))
def new_york_life(new_york: Terms) -> int:
    return new_york.life


@finding(
    "comparison.new_york.median_months_without_life",
    mark("months"),
    mark("New York: median of the maximum terms given in months, life left out"),
)
def new_york_median_without_life(new_york: Terms) -> float:
    return new_york.without_life().median


@given
def new_york_minimum(table_state_sentences: pd.DataFrame) -> Terms | None:
    """New York: minimum terms of the same people, after which the board may release them."""
    terms = sentences.state(table_state_sentences, "NY", "minimum")
    return terms if terms.months else None


@finding(
    "comparison.new_york.median_minimum_months",
    mark("months"),
    mark("New York: median of the minimum terms, the time until the board may release somebody"),
    how=_LIFE,
)
def new_york_median_minimum(new_york_minimum: Terms) -> float:
    return new_york_minimum.median


@given
def florida_groups(florida_one_count: Terms, florida_homicide: Terms) -> list[tuple[str, str, Terms]]:
    """Two groups of Florida, each with its name in an id and in a label."""
    return [
        ("one_count", _("Florida, one crash count, any crash offense"), florida_one_count),
        (
            "vehicular_homicide",
            _("Florida, one count of vehicular homicide, scene not left"),
            florida_homicide,
        ),
    ]


def _id(item: tuple[str, str, Terms]) -> str:
    return item[0]


def _name(item: tuple[str, str, Terms]) -> dict[str, str]:
    return {"group": item[1]}


@finding(
    "comparison.florida.{key}_people",
    mark("people"),
    mark("{group}: people"),
    each="florida_groups",
    key=_id,
    says=_name,
)
def florida_people(one: tuple[str, str, Terms]) -> int:
    return len(one[2].months)


@finding(
    "comparison.florida.{key}_median_months",
    mark("months"),
    mark("{group}: median"),
    each="florida_groups",
    key=_id,
    says=_name,
    how=_LIFE,
)
def florida_median(one: tuple[str, str, Terms]) -> float:
    return one[2].median


@finding(
    "comparison.florida.{key}_life",
    mark("people"),
    mark("{group}: sentenced to life"),
    each="florida_groups",
    key=_id,
    says=_name,
)
def florida_life(one: tuple[str, str, Terms]) -> int | None:
    return one[2].life or None


@finding(
    "comparison.florida.{key}_median_months_without_life",
    mark("months"),
    mark("{group}: median of the terms given in months, life left out"),
    each="florida_groups",
    key=_id,
    says=_name,
)
def florida_median_without_life(one: tuple[str, str, Terms]) -> float | None:
    return one[2].without_life().median if one[2].life else None


@finding(
    "comparison.florida.same_deaths_people",
    mark("people"),
    mark("Florida prisoners with as many counts for a death as people died here, {case_deaths}"),
)
def same_deaths_people(florida_same_deaths: Terms, case_deaths: int) -> int:
    return len(florida_same_deaths.months)


@given
def same_deaths(florida_same_deaths: Terms) -> Terms | None:
    """Those with as many counts for a death, where there are any."""
    return florida_same_deaths if florida_same_deaths.months else None


@given
def same_deaths_enough(same_deaths: Terms) -> Terms | None:
    """The same, where they are enough people for a median."""
    return None if same_deaths.few else same_deaths


@given
def same_deaths_few(same_deaths: Terms) -> Terms | None:
    """The terms of the same people without life, where they are too few for a median."""
    finite = same_deaths.without_life()
    return finite if same_deaths.few and finite.months else None


@finding(
    "comparison.florida.same_deaths_least_sum_months",
    mark("months"),
    mark("The shortest of their terms if every one ran one after another"),
)
def same_deaths_least(same_deaths_few: Terms) -> float:
    return same_deaths_few.months[0]


@finding(
    "comparison.florida.same_deaths_most_sum_months",
    mark("months"),
    mark("The longest of these, life left out"),
)
def same_deaths_most(same_deaths_few: Terms) -> float:
    return same_deaths_few.longest


@finding(
    "comparison.florida.same_deaths_median_sum_months",
    mark("months"),
    mark("Their median if every term ran one after another"),
    how=_LIFE,
)
def same_deaths_median(same_deaths_enough: Terms) -> float:
    return same_deaths_enough.median


@finding(
    "comparison.florida.same_deaths_by_inflow_months",
    mark("months"),
    mark("The same median if each counts in inverse proportion to the terms added up"),
)
def same_deaths_by_inflow(same_deaths_enough: Terms) -> float | None:
    found = same_deaths_enough.by_inflow()
    return found if math.isfinite(found) else None


@finding(
    "comparison.florida.same_deaths_dui",
    mark("people"),
    mark("Of them, how many were convicted of driving under the influence"),
)
def same_deaths_dui(florida_listed: list[tuple[float, str]], same_deaths: Terms) -> int:
    return sum("DUI" in offense for _term, offense in florida_listed) if same_deaths.months else 0


@finding(
    "comparison.florida.same_deaths_median_sum_months_without_life",
    mark("months"),
    mark("The same median, life left out"),
)
def same_deaths_median_without_life(same_deaths_enough: Terms) -> float:
    return same_deaths_enough.without_life().median


@finding("comparison.florida.same_deaths_life", mark("people"), mark("Of them, sentenced to life"))
def same_deaths_life(same_deaths: Terms) -> int:
    return same_deaths.life


@finding(
    "comparison.florida.same_deaths_reaching_imposed_dui",
    mark("people"),
    mark("Of those who reach it, how many were convicted of driving under the influence"),
)
def same_deaths_reaching_dui(
    florida_listed: list[tuple[float, str]], same_deaths: Terms, imposed_months: float
) -> int:
    return sum(term >= imposed_months and "DUI" in offense for term, offense in florida_listed)


_REACHING = mark(
    "Of them, how many reach the sentence imposed here if every term ran one after another, life included"
)


@finding("comparison.florida.same_deaths_reaching_imposed", mark("people"), _REACHING)
def same_deaths_reaching(same_deaths: Terms, imposed_months: float) -> int:
    return same_deaths.at_least(imposed_months)


@finding(
    "comparison.florida.same_deaths_reaching_years_for_dead",
    mark("people"),
    mark("Of them, how many reach the years that stand for the people killed here, life included"),
)
def same_deaths_reaching_for_dead(same_deaths: Terms, years_for_dead: float) -> int:
    return same_deaths.at_least(12 * years_for_dead)


@finding(
    "comparison.florida.any_deaths_people",
    mark("people"),
    mark("Florida prisoners with a count for a death by vehicle"),
)
def any_deaths_people(florida_by_deaths: list[tuple[int, Terms]]) -> int:
    return sum(len(terms.months) for _n, terms in florida_by_deaths)


@finding("comparison.florida.any_deaths_reaching_imposed", mark("people"), _REACHING)
def any_deaths_reaching(florida_by_deaths: list[tuple[int, Terms]], imposed_months: float) -> int:
    return sum(terms.at_least(imposed_months) for _n, terms in florida_by_deaths)
