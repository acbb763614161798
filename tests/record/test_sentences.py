"""Tests of the bound for prisoners on one day, of the sizes of groups, and of kinds of manslaughter."""

import math
import statistics

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


def _stock(inflow: dict[float, int], served: float = 1.0) -> Terms:
    """Return the prisoners of a day where so many come in each year and serve a share of their term."""
    return Terms(
        tuple(sorted(t for t, people in inflow.items() for _ in range(int(people * t / 12 * served))))
    )


@pytest.mark.parametrize(
    "inflow",
    [
        {12: 60, 24: 30, 60: 20, 120: 5},
        {36: 1, 48: 1, 60: 1},
        {12: 10, 360: 9},
        {24: 100, 36: 100, 48: 50, 180: 40, 720: 9},
        {60: 7},
    ],
)
@pytest.mark.parametrize("served", [1.0, 0.5])
def test_the_inflow_of_a_made_up_stock_is_recovered(inflow: dict[float, int], served: float) -> None:
    """Whoever serves twice as long is seen twice as often; weights of 1/term undo it, also for a part."""
    many = {term: 12 * people for term, people in inflow.items()}
    stock = _stock(many, served)
    assert stock.by_inflow() == statistics.median([t for t, people in many.items() for _ in range(people)])
    assert stock.median >= stock.by_inflow()


def test_the_inflow_between_two_terms_and_without_any() -> None:
    assert Terms((12.0, 24.0, 24.0)).by_inflow() == 18  # as many came for 12 months as for 24
    assert Terms((12.0, 24.0, 24.0, math.inf)).by_inflow() == 18
    assert math.isnan(Terms((math.inf,)).by_inflow())
    assert math.isnan(Terms(()).by_inflow())


@given(st.lists(st.integers(1, 600), min_size=1))
def test_the_inflow_never_lies_above_the_median(months: list[int]) -> None:
    terms = Terms(tuple(float(month) for month in sorted(months)))
    assert terms.months[0] <= terms.by_inflow() <= terms.median or math.isclose(
        terms.by_inflow(), terms.median
    )


def test_the_rest_of_a_group() -> None:
    whole = Terms((12.0, 12.0, 24.0, math.inf, math.inf), no_prison=4)
    assert whole.without(Terms((12.0, math.inf), no_prison=1)) == Terms((12.0, 24.0, math.inf), no_prison=3)
    assert whole.without(whole) == Terms(())


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
