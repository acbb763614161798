"""The list of a sweep: ranked, with a map where it is of states, and what differs where it is not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from browsing import in_browser, launched, open_page, served
from common import contrast
from pileup.files import parameters
from pileup.page import markup
from pileup.page.markup import Element
from pileup.page.ranked import Row, numbers, ranked
from pileup.record.states import STATES
from pileup.story.charts.states import TILES


def _row(rank: int | None = None, of: int = 0, **chosen: Any) -> Row:
    """Make a row; the place counts in the state where one is chosen, else in the nation."""
    name = "-".join(str(value) for value in chosen.values())
    start = "crashes.state_" if "state" in chosen else "crashes."
    told = {f"{start}rank_by_vehicles": rank, f"{start}fatal_crashes": of} if rank else {}
    whole = parameters.check(chosen).model_dump()
    return Row(name, whole, "CO", f"{name}/index.html", numbers=told)


def _rows(page: Element) -> list[list[str]]:
    return [
        [one.words() for one in row.parts if isinstance(one, Element)]
        for body in page.find("tbody")
        for row in body.find("tr")
    ]


def test_states_stand_by_place_and_then_by_number_of_crashes() -> None:
    rows = [_row(4, 153314, state="TX"), _row(1, 900, state="VT"), _row(state="AK"), _row(1, 901, state="NH")]
    page = markup.read(ranked("States", rows))
    assert _rows(page) == [
        ["New Hampshire", "1st of 901"],
        ["Vermont", "1st of 900"],
        ["Texas", "4th of 153,314"],
        ["Alaska", "–"],
    ]
    links = [one.attributes["href"] for one in page.find("tbody")[0].find("a")]
    assert links == [f"{code}/index.html" for code in ("NH", "VT", "TX", "AK")]


def test_the_map_has_a_link_for_each_state_that_says_its_place() -> None:
    rows = [_row(place, 1000 + place, state=code) for place, code in enumerate(STATES, 1)]
    page = markup.read(ranked("States", rows))
    tiles = {one.words()[:2]: one for one in page.find("nav")[0].find("a")}
    assert tiles.keys() == TILES.keys()
    for place, (code, name) in enumerate(STATES.items(), 1):
        tile = tiles[code]
        assert re.fullmatch(rf"{name}: {place}(st|nd|rd|th) of 1,0\d\d", str(tile.attributes["aria-label"]))
        assert tile.words() == f"{code} {place}"
        assert tile.attributes["href"] == f"{code}/index.html"
        column, row = TILES[code]
        assert next(iter(tile.above())).attributes["class"] == f"c{column} r{row}"
    assert [code for code, tile in tiles.items() if tile.has("home")] == ["CO"]


def test_a_state_without_a_page_is_on_the_map_and_no_link() -> None:
    gone = Row("TX", parameters.check({"state": "TX"}).model_dump(), "CO", failed="failed. Too <late>")
    page = markup.read(ranked("States", [gone, _row(2, 9, state="UT")]))
    assert [one.words() for one in page.find("nav")[0].find("a")] == ["UT 2"]
    assert "TX –" in page.find("nav")[0].words()
    assert _rows(page)[-1] == ["Texas: failed. Too <late>", "–"]


def test_another_sweep_shows_what_differs_and_no_map() -> None:
    rows = [
        _row(9, 400, first_year=1975, last_year=1999, vehicles=50),
        _row(2, 500, first_year=2000, last_year=2022),
        _row(3, 500, first_year=2000, last_year=2022, language="es"),
    ]
    page = markup.read(ranked("Years", rows))
    assert not page.find("nav")
    assert [one.words() for one in page.find("thead")[0].find("th")] == [
        *("Years", "Vehicles, at least", "Language", "Place among fatal crashes")
    ]
    assert _rows(page) == [
        ["2000 to 2022", "as in the case", "English", "2nd of 500"],
        ["2000 to 2022", "as in the case", "Español", "3rd of 500"],
        ["1975 to 1999", "50", "English", "9th of 400"],
    ]


def test_reports_without_a_place_are_listed_without_that_column() -> None:
    page = markup.read(ranked("Cases", [_row(case="puebla"), _row(case="aguilera-mederos")]))
    assert _rows(page) == [["aguilera-mederos"], ["puebla"]]
    assert not page.find("caption")
    alone = markup.read(ranked("One", [_row(case="puebla")]))
    assert _rows(alone) == [["puebla"]]


def test_reports_in_spanish_have_a_list_in_spanish_and_in_both_the_map_leads_to_english() -> None:
    spanish = [_row(n, 2000, state=code, language="es") for n, code in enumerate(("NM", "TX"), 1)]
    page = markup.read(ranked("Estados", spanish))
    assert page.find("html")[0].attributes["lang"] == "es"
    assert _rows(page) == [["Nuevo México", "1.º de 2,000"], ["Texas", "2.º de 2,000"]]
    both = markup.read(ranked("States", [*spanish, _row(2, 2000, state="TX")]))
    assert both.find("html")[0].attributes["lang"] == "en"
    assert [one.attributes["href"] for one in both.find("nav")[0].find("a")] == ["TX/index.html"]


def test_the_places_are_those_of_the_findings(tmp_path: Path, made: Path) -> None:
    told = {one["id"]: one["value"] for one in json.loads((made / "findings.json").read_text())["findings"]}
    names = ("state_rank_by_vehicles", "state_fatal_crashes", "rank_by_vehicles", "fatal_crashes")
    assert numbers(made) == {f"crashes.{name}": told[f"crashes.{name}"] for name in names}
    assert numbers(tmp_path) == {}


#: Of each tile: its letters' size, their color and that of the tile as #rrggbb, its width and height.
_LOOKS = """() => {
  const brush = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
  const hex = (...colors) => {
    for (const color of colors) { brush.fillStyle = color; brush.fillRect(0, 0, 1, 1); }
    return "#" + [...brush.getImageData(0, 0, 1, 1).data.slice(0, 3)]
      .map(one => one.toString(16).padStart(2, "0")).join("");
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll(".map a")].map(tile => {
    const look = getComputedStyle(tile), box = tile.getBoundingClientRect();
    const colors = [hex(look.color), hex(paper, look.backgroundColor)];
    return [parseFloat(look.fontSize), ...colors, box.width, box.height];
  });
}"""


@in_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_map_can_be_read(tmp_path: Path, width: int, scheme: str) -> None:
    rows = [_row(2 * place - 1, 1000, state=code) for place, code in enumerate(STATES, 1)]
    (tmp_path / "index.html").write_text(ranked("States", rows), encoding="utf-8")
    with served(tmp_path) as address, launched() as browser:
        page, _, messages = open_page(browser, address, width, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = "(box => box.scrollWidth - box.clientWidth)(document.querySelector('.around'))"
        assert page.evaluate(box) == 0
        assert messages == []
        looks = page.evaluate(_LOOKS)
    assert len(looks) == len(STATES)
    for size, ink, paper, wide, high in looks:
        assert size >= 12
        assert min(wide, high) >= 24
        assert contrast(ink, paper) >= 4.5
