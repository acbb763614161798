"""Each mark of a drawing says its value: the right one, or none where that is not certain; without Plotly."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser

from browsing import in_browser, open_page
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


@in_browser
@pytest.mark.parametrize("touch", [False, True])
def test_the_mark_under_a_pointer_or_finger(browser: Browser, address: str, touch: bool) -> None:
    page, _, _ = open_page(browser, address, 390, has_touch=touch)
    mark = page.locator("#chart-states .narrow svg :not(svg) > title").filter(has_text="California")
    box = mark.evaluate("""one => {
        one.parentNode.scrollIntoView({block: 'center', behavior: 'instant'});
        const box = one.parentNode.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    }""")
    (page.touchscreen.tap if touch else page.mouse.move)(*box)
    assert page.locator("#chart-states .value").text_content() == "California: 92 vehicles, 2007"


def test_the_file_of_a_chart_has_them_too(made: Path) -> None:
    drawn = (made / "charts" / "largest.svg").read_text(encoding="utf-8")
    assert "<title>Tarrant County, TX, February 11, 2021: 130 vehicles</title>" in drawn
