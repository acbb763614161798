"""The words around a chart: each number in them is in the chart's table or in the ledger."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from pileup.page import around, record
from pileup.page.record import Record
from pileup.words import language


def _record(made: Path) -> Record:
    return record.read((made / record.NAME).read_bytes())


def _refused(read: Record, change: Callable[[dict], None] = lambda chart: None) -> list[str]:
    """Change the record's first chart by vehicles, and return what is said of it."""
    read = copy.deepcopy(read)
    (chart,) = (one for one in read.page.charts if one["id"] == "vehicles")
    change(chart)
    with language.using(read.language):
        return list(around.refused(read))


@pytest.mark.parametrize("folder", ["made", "made_in_spanish"])
def test_every_number_around_the_charts_of_the_shipped_case_can_be_looked_up(
    request: pytest.FixtureRequest, folder: str
) -> None:
    assert _refused(_record(request.getfixturevalue(folder))) == []


@pytest.mark.parametrize(
    ("name", "place"),
    [("alt", "description"), ("note", "note"), ("subtitle", "subtitle"), ("source", "source")],
)
@pytest.mark.parametrize(
    ("words", "number"),
    [
        (" Of 83,333 crashes.", "83,333"),
        (" In 4.44 of all.", "4.44"),
        (" Until 1966.", "1966"),
        (" Eighty-three thousand of them.", "Eighty-three thousand"),
        (" By May 3, 1966.", "May 3, 1966"),
    ],
)
def test_a_number_that_is_nowhere_else_is_refused(
    made: Path, name: str, place: str, words: str, number: str
) -> None:
    def change(chart: dict) -> None:
        chart[name] += words

    (said,) = _refused(_record(made), change)
    assert said.startswith(f"chart vehicles, {place}: {number} is in neither its table nor the ledger")


def test_a_number_of_its_own_table_is_no_fault_and_one_of_another_is(made: Path) -> None:
    read = _record(made)
    (own,) = (one["table"]["rows"] for one in read.page.charts if one["id"] == "vehicles")
    assert _refused(read, lambda chart: chart.update(alt=f"There were {own[3][1]:,}.")) == []

    def without(chart: dict) -> None:
        chart.update(alt=f"There were {own[3][1]:,}.")
        chart["table"]["rows"].pop(3)

    assert len(_refused(read, without)) == 1
