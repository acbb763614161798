"""Keys of crashes in the federal files: read by state and year, found, and the nearest to a wrong one."""

import datetime as dt

import pytest

from pileup.record import keys
from pileup.record.keys import Keyed

DAY = dt.date(2012, 9, 9)


def _crash(number: int, day: dt.date | None, vehicles: int, deaths: int) -> Keyed:
    return Keyed(2012, "NE", number, day, None, vehicles, deaths)


def test_the_crashes_of_a_state_and_year_are_read_with_their_types() -> None:
    every = keys.of_year("NE", 2012)
    assert [one.st_case for one in every] == sorted(one.st_case for one in every)
    assert {(one.year, one.state, one.st_case // 10_000) for one in every} == {(2012, "NE", 31)}
    assert all(keys.listed(one.vehicles, one.deaths) for one in every)
    assert keys.find(every, 310148) == Keyed(2012, "NE", 310148, DAY, "033", 4, 4)
    assert keys.find(every, 80125) is None


def test_what_the_files_do_not_say_is_none() -> None:
    own = keys.find(keys.of_year("CO", 2022), 80253)
    assert own
    assert (own.date, own.county) == (dt.date(2022, 6, 13), None)
    assert {one.date for one in keys.of_year("AR", 2021)} == {None}


@pytest.mark.parametrize(("state", "year"), [("NE", 1974), ("NE", 2023), ("PR", 2012)])
def test_what_is_not_held_is_empty(state: str, year: int) -> None:
    assert keys.of_year(state, year) == []


def test_the_nearest_are_those_of_the_day_and_then_those_of_the_size() -> None:
    every = [
        _crash(1, DAY.replace(month=1), 4, 4),
        _crash(2, None, 5, 4),
        _crash(3, DAY, 30, 9),
        _crash(4, DAY.replace(month=2), 9, 4),
        _crash(5, DAY, 4, 3),
    ]
    assert [one.st_case for one in keys.nearest(every, DAY, 4, 4)] == [5, 3, 1]
    assert [one.st_case for one in keys.nearest(every, None, 9, None, most=2)] == [4, 2]
    assert keys.nearest([], DAY, 4, 4) == []
