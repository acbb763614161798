"""Ranks, shares and terms on small tables whose answers can be seen at a glance."""

import math
import statistics
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pileup.base.errors import PileupError
from pileup.record import crashes, sentences
from pileup.record.crashes import Crash
from pileup.record.sentences import Terms

COUNTS = pd.DataFrame(
    [
        (2000, "CO", 1, 1, "no", 10),
        (2000, "CO", 28, 4, "yes", 1),
        (2001, "CO", 28, 1, "unknown", 2),
        (2001, "CO", 5, 6, "no", 1),
        (2001, "TX", 40, 2, "yes", 1),
    ],
    columns=["year", "state", "vehicles", "deaths", "large_truck", "crashes"],
)
OWN = Crash("CO", 2000, 28, 4, in_fars=True)
COLORADO = COUNTS[COUNTS["state"] == "CO"]


def test_counting() -> None:
    assert crashes.number(COUNTS) == 15
    assert crashes.number(COUNTS, vehicles=28) == 4
    assert crashes.number(COUNTS, deaths=4) == 2
    assert crashes.number(COUNTS, vehicles=28, deaths=4) == 1
    assert crashes.deaths_in(COUNTS) == 10 + 4 + 2 + 6 + 2
    assert crashes.number(crashes.select(COUNTS, 2001, 2001)) == 4
    assert crashes.number(crashes.select(COUNTS, 2001, 2001, "TX")) == 1
    assert crashes.per_year(COUNTS, 40) == {2000: 0, 2001: 1}
    assert crashes.largest_by_year(COLORADO) == {2000: 28, 2001: 28}
    assert crashes.by_vehicles(COLORADO) == {1: 10, 5: 1, 28: 3}


def test_equal_crashes_share_a_rank_and_the_case_is_not_its_own_rival() -> None:
    assert crashes.rank(COUNTS, OWN, "vehicles") == crashes.Rank(place=2, joint=2)
    assert crashes.rank(COLORADO, OWN, "vehicles") == crashes.Rank(place=1, joint=2)
    elsewhere = crashes.select(COUNTS, 2001, 2001)
    assert crashes.rank(elsewhere, OWN, "vehicles") == crashes.Rank(place=2, joint=2)


def test_the_next_largest_leaves_out_the_case_itself_only() -> None:
    assert crashes.next_largest(COLORADO, OWN) == 28
    assert crashes.next_largest(COLORADO[COLORADO["year"] == 2000], OWN) == 1
    assert crashes.next_largest(COUNTS[COUNTS["state"] == "TX"], OWN) is None


def test_ranks_by_deaths_and_by_both() -> None:
    assert crashes.rank(COUNTS, OWN, "deaths") == crashes.Rank(place=2, joint=0)
    assert crashes.rank(COUNTS, OWN, "both") == crashes.Rank(place=1, joint=0)
    less = Crash("CO", 2001, 5, 1, in_fars=False)
    assert crashes.rank(COUNTS, less, "both") == crashes.Rank(place=6, joint=0)
    assert crashes.rank(COUNTS, Crash("CO", 2001, 28, 1, in_fars=True), "both") == crashes.Rank(3, 1)


def test_shares() -> None:
    assert crashes.percent_smaller(COUNTS, OWN, "vehicles") == pytest.approx(100 * 11 / 15)
    assert crashes.percent_smaller(COUNTS, OWN, "deaths") == pytest.approx(100 * 13 / 15)
    assert crashes.percent_smaller(COUNTS, OWN, "both") == pytest.approx(100 * 10 / 15)
    assert crashes.reach_only_one(COUNTS, OWN) == 4
    assert math.isnan(crashes.percent_smaller(COUNTS[:0], OWN, "both"))
    assert crashes.reach_only_one(COUNTS[:0], OWN) == 0


def test_only_known_measures_are_compared() -> None:
    with pytest.raises(PileupError, match="cannot compare by 'trucks'; known are vehicles, deaths, both"):
        crashes.rank(COUNTS, OWN, "trucks")  # ty: ignore[invalid-argument-type]


#: Crashes tied with one of ten vehicles and three deaths in each measure, larger and smaller ones, and such
#: as have more of the one and fewer of the other.
TIES = [(10, 3), (10, 3), (10, 1), (2, 3), (10, 5), (12, 3), (11, 4), (30, 1), (1, 9), (9, 2), (9, 2), (1, 1)]


def _table(sizes: list[tuple[int, int]]) -> pd.DataFrame:
    """Make a table of counts out of crashes listed one by one as vehicles and deaths."""
    rows = [(2010, "CO", *size, "no", number) for size, number in Counter(sizes).items()]
    return pd.DataFrame(rows, columns=COUNTS.columns)


@pytest.mark.parametrize("in_table", [True, False], ids=["own crash in the table", "own crash not in it"])
def test_ties_are_told_and_mixed_crashes_are_neither(in_table: bool) -> None:
    """Read off the list: larger, as large, smaller; the case's own crash is one of the two of (10, 3)."""
    sizes = TIES if in_table else TIES[1:]
    crash, table = Crash("CO", 2010, 10, 3, in_fars=in_table), _table(sizes)
    assert crashes.rank(table, crash, "vehicles") == crashes.Rank(place=4, joint=3)
    assert crashes.rank(table, crash, "deaths") == crashes.Rank(place=4, joint=3)
    assert crashes.rank(table, crash, "both") == crashes.Rank(place=4, joint=1)
    for by, smaller in (("vehicles", 5), ("deaths", 5), ("both", 3)):
        assert crashes.percent_smaller(table, crash, by) == pytest.approx(100 * smaller / len(sizes)), by
    assert crashes.number(table, 10, 3) == (5 if in_table else 4)
    assert crashes.reach_only_one(table, crash) == 4


SIZES = st.tuples(st.integers(0, 6), st.integers(1, 5))


@given(st.lists(SIZES, min_size=1, max_size=40), SIZES, st.booleans())
def test_places_and_shares_are_those_of_a_list_gone_through_one_by_one(
    others: list[tuple[int, int]], own: tuple[int, int], in_table: bool
) -> None:
    crash = Crash("CO", 2010, *own, in_fars=in_table)
    table = _table([*others, own] if in_table else others)
    total = len(others) + in_table
    for by, take in (("vehicles", slice(1)), ("deaths", slice(1, 2)), ("both", slice(2))):
        larger = equal = smaller = mixed = 0
        for other in others:
            differ = [theirs - ours for theirs, ours in zip(other[take], own[take], strict=True)]
            equal += not any(differ)
            larger += any(differ) and min(differ) >= 0
            smaller += max(differ) < 0
            mixed += min(differ) < 0 <= max(differ)
        assert crashes.rank(table, crash, by) == crashes.Rank(1 + larger, equal), by
        assert crashes.percent_smaller(table, crash, by) == pytest.approx(100 * smaller / total), by
        assert larger + equal + smaller + mixed == len(others)
    assert crashes.reach_only_one(table, crash) == mixed


@given(st.integers(0, 50), st.integers(0, 10))
def test_a_larger_crash_never_ranks_lower(vehicles: int, deaths: int) -> None:
    for by in crashes.MEASURES:
        small, big = (Crash("WY", 2000, vehicles + more, deaths + more, in_fars=False) for more in (0, 1))
        smaller, larger = crashes.rank(COUNTS, small, by), crashes.rank(COUNTS, big, by)
        assert 1 <= larger.place <= smaller.place
        assert larger.joint >= 0
        assert crashes.percent_smaller(COUNTS, small, by) <= crashes.percent_smaller(COUNTS, big, by)


def test_decades_hold_what_the_table_has_of_them() -> None:
    nineties, twenties = crashes.by_decade(pd.concat([COUNTS, COUNTS.assign(year=1999)]), 28)
    assert (nineties.first, nineties.last, nineties.years) == (1999, 1999, (1999,))
    assert (twenties.first, twenties.last, twenties.years) == (2000, 2001, (2000, 2001))
    assert (twenties.crashes, twenties.large, twenties.one_in) == (15, 4, 4)
    assert crashes.by_decade(COUNTS, 99)[0].one_in is None


def test_what_is_set_aside_leaves_one_crash_less() -> None:
    one = crashes.Listed(2001, "CO", 1, None, None, 28, 1, "unknown", None, "a bridge fell")
    left = crashes.without(COUNTS, [one])
    assert crashes.number(left) == crashes.number(COUNTS) - 1
    assert crashes.number(left, 28) == 3
    assert crashes.number(COUNTS) == 15
    last = crashes.Listed(2001, "TX", 1, None, None, 40, 2, "yes", None, "a bridge fell")
    left = crashes.without(COUNTS, [last])
    assert crashes.number(left, 40) == 0
    assert crashes.largest_by_year(left)[2001] == 28, "no row is left of what was set aside"
    elsewhere = crashes.Listed(1990, "TX", 1, None, None, 40, 2, "yes", None, "a bridge fell")
    assert crashes.without(COUNTS, [elsewhere]).equals(COUNTS)


def test_rates_are_for_100_million_miles() -> None:
    assert crashes.per_100_million_miles(500, 50_000_000_000) == 1


def test_unknown_is_never_counted_as_no() -> None:
    last = crashes.truck_share(COUNTS)[-1]
    assert (last.least, last.most, last.trucks, last.known, last.unknown) == (20, None, 2, 2, 2)
    assert last.percent == 100
    assert math.isnan(crashes.truck_share(COUNTS[COUNTS["large_truck"] == "unknown"])[-1].percent)


def test_a_crash_set_aside_must_be_among_the_large_ones() -> None:
    large = pd.DataFrame(
        [
            {
                "year": 2007,
                "state": "MN",
                "st_case": 1,
                "date": pd.NaT,
                "county": "053",
                "vehicles": 80,
                "deaths": 12,
                "large_truck": "yes",
                "weather": 1,
                "light": pd.NA,
            }
        ]
    )
    counties = pd.DataFrame([{"state": "MN", "county": "053", "name": "Hennepin"}])
    aside = pd.DataFrame([{"year": 2007, "state": "MN", "st_case": 1, "reason": "a bridge fell"}])
    (found,) = crashes.listed(large, aside, counties)
    assert (found.county, found.date, found.set_aside) == ("Hennepin", None, "a bridge fell")
    with pytest.raises(PileupError, match=r"2007 MN 2 is not in data/crashes/large\.csv"):
        crashes.listed(large, pd.concat([aside, aside.assign(st_case=2)]), counties)


def test_life_is_longer_than_any_term() -> None:
    terms = Terms((12.0, 24.0, 36.0, math.inf, math.inf), no_prison=1)
    assert terms.median == 36
    assert terms.life == 2
    assert terms.longest == math.inf
    assert terms.people == 6
    assert terms.at_least(1e6) == 2
    assert terms.without_life().median == 24
    assert Terms((12.0, math.inf)).median == math.inf


def test_an_equal_term_is_as_long_and_not_shorter() -> None:
    terms = Terms((10.0, 20.0, 20.0, 30.0, math.inf))
    assert [terms.shorter(months) for months in (5, 20, 31)] == [0, 1, 4]
    assert [terms.at_least(months) for months in (5, 20, 31)] == [5, 4, 1]


def test_a_group_of_nobody_has_no_median() -> None:
    assert math.isnan(Terms(()).median)


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=60))
def test_the_median_is_pythons(months: list[float]) -> None:
    assert Terms(tuple(sorted(months))).median == pytest.approx(statistics.median(months))


@given(st.lists(st.floats(0, 5000), min_size=2, max_size=60), st.floats(0, 1))
def test_a_quantile_is_pandas(months: list[float], share: float) -> None:
    assert Terms(tuple(sorted(months))).quantile(share) == pytest.approx(pd.Series(months).quantile(share))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60), st.integers(0, 600))
def test_shorter_and_at_least_make_the_whole(months: list[int], term: int) -> None:
    terms = Terms(tuple(float(month) for month in sorted(months)))
    assert terms.shorter(term) + terms.at_least(term) == len(months)


def test_rows_become_people() -> None:
    table = pd.DataFrame(
        [(20, "prison", 12.0, 2), (20, "none", None, 3), (20, "life", None, 1), (22, "prison", 99.0, 1)],
        columns=["offense_group", "term", "months", "people"],
    )
    assert sentences.federal(table, 20) == Terms((12.0, 12.0, math.inf), no_prison=3)
