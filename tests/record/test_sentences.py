"""Tests of the interval for a median, of the sizes of groups, and of choosing a kind of manslaughter."""

import math
import random
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pileup.base.errors import PileupError
from pileup.record import sentences
from pileup.record.sentences import Terms

TABLE = pd.DataFrame(
    [
        (20, "prison", 12.0, 2, "2A1.4"),
        (20, "prison", 24.0, 1, "proxy: minimum up to 57 months"),
        (20, "none", None, 3, "proxy: minimum up to 57 months"),
        (20, "prison", 90.0, 1, "2A1.3"),
        (20, "life", None, 1, "other guideline"),
        (20, "prison", 7.0, 1, None),
        (22, "prison", 99.0, 1, None),
    ],
    columns=["offense_group", "term", "months", "people", "split"],
)


def counting(n: int) -> Terms:
    """Return the terms 1, 2, ... n months, so that a term is its own rank."""
    return Terms(tuple(float(month) for month in range(1, n + 1)))


# Ranks for the median at 95 percent, as printed tables have them (checked by another sum further down).
@pytest.mark.parametrize(
    ("n", "ranks"),
    [
        (6, (1, 6)),
        (7, (1, 7)),
        (8, (1, 8)),
        (9, (2, 8)),
        (10, (2, 9)),
        (11, (2, 10)),
        (12, (3, 10)),
        (15, (4, 12)),
        (16, (4, 13)),
        (20, (6, 15)),
        (25, (8, 18)),
        (30, (10, 21)),
        (50, (18, 33)),
        (100, (40, 61)),
    ],
)
def test_ranks_of_the_interval(n: int, ranks: tuple[int, int]) -> None:
    assert counting(n).interval() == ranks


def test_ranks_at_other_confidences() -> None:
    assert counting(20).interval(0.9) == (6, 15)
    assert counting(20).interval(0.99) == (4, 17)
    # Two ends of five terms cover 1 - 2/32 exactly: equal to what is asked for is enough.
    assert counting(5).interval(0.9375) == (1, 5)
    assert counting(5).interval(0.93751) is None


@pytest.mark.parametrize("n", range(6))
def test_too_few_terms_have_no_interval(n: int) -> None:
    assert counting(n).interval() is None


@pytest.mark.parametrize("n", [*range(6, 60), 218, 429, 2341])
def test_coverage_by_another_sum_is_enough_and_no_wider_than_needed(n: int) -> None:
    low, high = counting(n).interval() or (0, 0)
    assert low + high == n + 1
    # P(low <= B < high) for the number B of terms below the median, with rows of Pascal's triangle.
    row = [1]
    for _ in range(n):
        row = [a + b for a, b in zip([0, *row], [*row, 0], strict=True)]
    inside = Fraction(sum(row[int(low) : int(high)]), 2**n)
    assert inside >= Fraction(95, 100)
    assert Fraction(sum(row[int(low) + 1 : int(high) - 1]), 2**n) < Fraction(95, 100)


@pytest.mark.parametrize("n", [6, 12, 25, 60])
def test_coverage_in_a_simulation(n: int) -> None:
    chance, tries, inside = random.Random(20190425), 4000, 0
    for _ in range(tries):
        low, high = Terms(tuple(sorted(chance.expovariate(1 / 60) for _ in range(n)))).interval() or (0, 0)
        inside += low <= 60 * math.log(2) <= high
    assert inside / tries >= 0.95


def test_life_can_be_an_end() -> None:
    assert Terms((1.0, 2.0, 3.0, 4.0, 5.0, math.inf)).interval() == (1, math.inf)
    assert Terms((math.inf,) * 8).interval() == (math.inf, math.inf)


def test_people_without_a_prison_term_count_only_as_zero() -> None:
    terms = Terms((1.0, 2.0, 3.0, 4.0), no_prison=4)
    assert terms.interval() is None
    assert terms.with_no_prison_as_zero().interval() == (0, 4)


@pytest.mark.parametrize("share", [0, 1, 95, -0.5, math.nan])
def test_a_confidence_is_a_share(share: float) -> None:
    with pytest.raises(PileupError, match=r"is no share; give one above 0 and below 1, such as 0\.95"):
        counting(20).interval(share)


TERMS = st.lists(st.one_of(st.integers(1, 500).map(float), st.just(math.inf)), max_size=80).map(
    lambda months: Terms(tuple(sorted(months)))
)
SHARES = st.floats(0.01, 0.999)


@given(TERMS, SHARES)
def test_the_interval_holds_the_median_and_its_ends_are_terms(terms: Terms, share: float) -> None:
    interval = terms.interval(share)
    if interval:
        assert interval[0] <= terms.median <= interval[1]
        assert set(interval) <= set(terms.months)


@given(TERMS, SHARES, SHARES)
def test_more_confidence_never_narrows_it(terms: Terms, one: float, other: float) -> None:
    narrow, wide = terms.interval(min(one, other)), terms.interval(max(one, other))
    if wide:
        assert narrow
        assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@given(TERMS, SHARES)
def test_a_person_more_with_life_never_lowers_an_end(terms: Terms, share: float) -> None:
    before, after = terms.interval(share), Terms((*terms.months, math.inf)).interval(share)
    if before:
        assert after
        assert after[0] >= before[0]
        assert after[1] >= before[1]


def test_the_middle_half() -> None:
    assert counting(5).middle_half == (2, 4)
    assert Terms((1.0, math.inf, math.inf)).middle_half == (math.inf, math.inf)
    assert all(math.isnan(end) for end in Terms(()).middle_half)


@pytest.mark.parametrize(
    ("n", "size"), [(0, "not shown"), (4, "not shown"), (5, "small"), (19, "small"), (20, ""), (429, "")]
)
def test_sizes(n: int, size: str) -> None:
    assert counting(n).size == size
    # Figures are made of terms: people without one do not make a group larger.
    assert Terms(counting(n).months, no_prison=100).size == size


def test_kinds_of_manslaughter() -> None:
    assert sentences.federal(TABLE, 20, "2A1.4") == Terms((12.0, 12.0))
    assert sentences.federal(TABLE, 20, sentences.INVOLUNTARY) == Terms((12.0, 12.0, 24.0), no_prison=3)
    assert sentences.federal(TABLE, 20, sentences.VOLUNTARY) == Terms((90.0,))
    assert sentences.federal(TABLE, 20, "other guideline") == Terms((math.inf,))
    assert sentences.federal(TABLE, 20, "proxy: minimum not given") == Terms(())
    assert sentences.federal(TABLE, 22, sentences.SPLITS) == Terms(())
    # Those without a kind are in the whole and in no part.
    assert sentences.federal(TABLE, 20).people == sentences.federal(TABLE, 20, sentences.SPLITS).people + 1


def test_a_table_without_the_field() -> None:
    older = TABLE.drop(columns="split")
    assert sentences.federal(older, 20) == sentences.federal(TABLE, 20)
    with pytest.raises(PileupError, match="has no field split; rebuild it with"):
        sentences.federal(older, 20, "2A1.4")


@pytest.mark.parametrize("split", ["2a1.4", "involuntary", ("2A1.4", "2A1.5"), "", ()])
def test_an_unknown_kind_is_no_empty_group(split: str | tuple[str, ...]) -> None:
    with pytest.raises(PileupError, match=r"is unknown; give some of: 2A1\.4; 2A1\.4, base level 22; "):
        sentences.federal(TABLE, 20, split)
