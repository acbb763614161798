"""Each mark of a drawing says its value: the right one, or none where that is not certain; without Plotly."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browsing import in_browser, open_page, served
from pileup.page import svg
from pileup.story import charts
from pileup.story.report import Report
from pileup.words.text import from_data

_SVG = "{http://www.w3.org/2000/svg}"
_SIZE = {"width": 400, "height": 300}


def _titles(figure: go.Figure) -> list[str]:
    figure.update_layout(**_SIZE)
    drawn = svg.render({"data": figure.to_plotly_json()["data"], "layout": {**_SIZE}}, "own")
    return [unescape(one) for one in re.findall(r"<title>([^<]*)</title>", drawn)]


def test_marks_say_their_own_words() -> None:
    bars = [go.Bar(x=[1, 2], y=[3, 4], hovertext=["a", "b < c"]), go.Bar(x=[], y=[], hovertext=[])]
    dots = go.Scatter(x=[1, 2, 3], y=[1, 1, 1], mode="markers", text=["d", "", "f"])
    assert _titles(go.Figure([dots, *bars])) == ["a", "b < c", "d", "f"]


@pytest.mark.parametrize(
    "traces",
    [
        [{"type": "scatter", "x": [1, 2], "y": [1, 2], "mode": "lines", "text": ["a", "b"]}],
        [{"type": "scatter", "x": [1, None, 2], "y": [1, 2, 3], "mode": "markers", "text": ["a", "b", "c"]}],
        [{"type": "bar", "x": [1, 2], "y": [1, 2], "hovertext": "all the same"}],
        [{"type": "bar", "x": [1], "y": [1]}, {"type": "bar", "x": [1], "y": [1], "visible": False}],
        [{"type": "bar", "x": [1], "y": [1], "hovertext": ["a"], "yaxis": "y2"}],
        [{"type": "histogram", "x": [1, 2, 2]}, {"type": "bar", "x": [1], "y": [1], "hovertext": ["a"]}],
    ],
    ids=["lines", "a gap", "one text", "hidden", "two axes", "another kind in the layer"],
)
def test_marks_say_nothing_where_it_is_not_certain(traces: list[dict]) -> None:
    drawn = svg.render({"data": traces, "layout": dict(_SIZE)}, "own")
    assert "<title>" not in drawn


def test_a_trace_without_words_shifts_no_others() -> None:
    silent, told = ({"type": "bar", "x": [1, 2], "y": [1, 2]} for _ in range(2))
    told["hovertext"] = ["a", "b"]
    drawn = svg.render({"data": [silent, told], "layout": dict(_SIZE)}, "own")
    # The four bars come first; the legend, which our charts have none of, repeats a trace.
    bars = [
        one for one in ElementTree.fromstring(drawn).iter(f"{_SVG}path") if one.get("d", "").endswith("Z")
    ]
    assert [one.findtext(f"{_SVG}title") for one in bars][:4] == [None, None, "a", "b"]


@pytest.mark.parametrize("name", sorted({*charts.__all__} - {"lead", "everyone"}))
def test_values_are_those_of_the_chart_s_own_table(name: str, report: Report) -> None:
    """Each number that a mark says stands in the table, its heads, or the words around the chart."""
    chart = getattr(charts, name)(report)
    told = chart._repr_mimebundle_()  # what a page is made of
    (block,) = [one for kind, one in told.items() if "block" in kind]
    table = block["table"]
    texts = [str(from_data(cell)) for row in table["rows"] for cell in row if cell is not None]
    texts += [one["title"] for one in table["columns"]]
    texts += [from_data(block["headline"]), *(block[part] for part in ("subtitle", "alt", "note"))]
    known = {number for text in texts for number in _numbers(text)}
    said = [text for trace in chart.wide.data for text in (trace.hovertext or trace.text or ()) if text]
    loose = [text for text in said if not _numbers(text) <= known]
    assert loose == []


def test_the_columns_of_people_add_up_to_those_in_the_table(report: Report) -> None:
    """Their table has no row a year: its people are those of the columns, with no prison and with life."""
    for chart in (charts.everyone(report), charts.lead(report)):
        told = [text for trace in chart.wide.data if trace.type == "bar" for text in trace.hovertext]
        shown = sum(int(text.rpartition(": ")[2].split()[0]) for text in told)
        assert shown == sum(row[1] for row in chart.table.rows)


def _numbers(text: str) -> set[float]:
    return {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


@in_browser
def test_arrow_keys_go_from_mark_to_mark(browser: Browser, address: str) -> None:
    page, asked, _ = open_page(browser, address)
    drawing, line = (page.locator(f"#chart-largest {one}") for one in (".drawing", ".value"))
    drawing.focus()
    page.keyboard.press("ArrowRight")
    assert line.text_content() == "Tarrant County, TX, February 11, 2021: 130 vehicles"
    page.keyboard.press("End")
    assert "Lakewood" in str(line.text_content())
    page.keyboard.press("Escape")
    assert line.text_content() == ""
    assert not [url for url in asked if "plotly" in url]


def _middle(page: Page, state: str) -> tuple[float, float]:
    """Bring a tile of the narrow map to the middle of the window, and say where that is."""
    mark = page.locator("#chart-states .narrow svg :not(svg) > title").filter(has_text=f"{state}:")
    x, y = mark.evaluate("""one => {
        one.parentNode.scrollIntoView({block: 'center', behavior: 'instant'});
        const box = one.parentNode.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    }""")
    return x, y


def _row(page: Page, state: str) -> Locator:
    return page.locator("#chart-states tbody th").filter(has_text=re.compile(f"^{state}$"))


@in_browser
@pytest.mark.parametrize("touch", [False, True])
def test_the_mark_under_a_pointer_or_finger(browser: Browser, address: str, touch: bool) -> None:
    page, _, _ = open_page(browser, address, 390, has_touch=touch)
    box = _middle(page, "California")
    (page.touchscreen.tap if touch else page.mouse.move)(*box)
    line = page.locator("#chart-states .value")
    expect(line).to_have_text("California: 92 vehicles, 2007 Its row in the table")
    # What leads on is said at first; a second touch, or the click of a mouse that is there already, goes.
    expect(_row(page, "California")).not_to_be_visible()
    (page.touchscreen.tap if touch else page.mouse.click)(*box)
    expect(_row(page, "California")).to_be_in_viewport()
    expect(_row(page, "California")).to_be_focused()


@in_browser
def test_a_finger_follows_the_words_under_the_map(browser: Browser, made_in_spanish: Path) -> None:
    with served(made_in_spanish) as base:
        page, _, said = open_page(browser, f"{base}index.html", 320, has_touch=True)
        page.touchscreen.tap(*_middle(page, "Virginia"))
        page.locator("#chart-states .value button").tap()
        expect(_row(page, "Virginia")).to_be_in_viewport()
        expect(_row(page, "Virginia")).to_be_focused()
        assert said == []


@in_browser
def test_the_keyboard_goes_to_a_state_s_row_and_back(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address)
    drawing, line = (page.locator(f"#chart-states {one}") for one in (".drawing", ".value"))
    drawing.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(line).to_contain_text("Alaska: 7 vehicles, 2006")
    page.keyboard.press("Enter")
    expect(_row(page, "Alaska")).to_be_focused()
    expect(_row(page, "Alaska")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(drawing).to_be_focused()
    expect(line).to_contain_text("Alaska: 7 vehicles, 2006")
    page.keyboard.press("End")  # the key of the shades has no row
    expect(line).to_have_text("28 or more")
    page.keyboard.press("Enter")
    expect(drawing).to_be_focused()


@in_browser
def test_each_state_on_the_map_has_its_row(browser: Browser, made: Path, made_in_spanish: Path) -> None:
    for folder in (made, made_in_spanish):
        with served(folder) as base:
            page, _, _ = open_page(browser, f"{base}index.html")
            heads = page.locator("#chart-states tbody th").all_text_contents()
            tiles = page.locator("#chart-states .wide svg :not(svg) > title").all_text_contents()
            assert len(heads) == 51
            assert [one.split(":")[0] for one in tiles if ":" in one] == heads
            page.context.close()


def test_the_file_of_a_chart_has_them_too(made: Path) -> None:
    drawn = (made / "charts" / "largest.svg").read_text(encoding="utf-8")
    assert "<title>Tarrant County, TX, February 11, 2021: 130 vehicles</title>" in drawn
