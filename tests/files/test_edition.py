"""An edition has a date and a number within the day."""

import datetime as dt

import pytest

from pileup.files.edition import Edition, edition
from pileup.words import language


def test_an_edition_is_read_as_it_is_written() -> None:
    for text in ("2026-11-27", "2026-11-27-2", "2026-11-27-9"):
        assert str(edition(text)) == text
    assert edition("2026-11-27") == Edition(dt.date(2026, 11, 27), 1)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-11-27-1", "2026-11-27-10", "2026-11-27-0", "2026-13-01", "2026-11-27 ", "20261127"],
)
def test_what_names_no_edition_is_none(text: str) -> None:
    assert edition(text) is None


def test_editions_go_forward() -> None:
    read = [edition(name) for name in ("2026-11-28", "2026-11-27-3", "2026-11-27", "2026-11-27-2")]
    names = ["2026-11-27", "2026-11-27-2", "2026-11-27-3", "2026-11-28"]
    assert [str(one) for one in sorted(one for one in read if one)] == names
    assert str(Edition(dt.date(2026, 11, 27)).next) == "2026-11-27-2"


def test_the_second_edition_of_a_day_says_so_in_both_languages() -> None:
    first, second = edition("2026-11-27"), edition("2026-11-27-2")
    assert first
    assert second
    assert (first.words, second.words) == ("November 27, 2026", "November 27, 2026, edition 2 of the day")
    with language.using("es"):
        assert second.words == "27 de noviembre de 2026, edición 2 del día"
