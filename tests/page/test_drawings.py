"""A drawing wherever it is shown: without any style, read aloud, in wide-set text, at every width."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browsing import in_browser, open_page, served
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.words.language import LANGUAGES

#: Labels that stick out of their drawing, or share more than a sliver with another one, in CSS pixels.
_FAULTS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll("figure.chart svg")) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const name = svg.closest("figure").id;
    const texts = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim())
      .map(text => ({words: text.textContent, box: text.getBoundingClientRect()}));
    texts.forEach(({words, box}, index) => {
      if (box.left < frame.left || box.right > frame.right + 1 || box.top < frame.top - 1
          || box.bottom > frame.bottom + 1) found.push(`${name}: ${words} is cut`);
      for (const other of texts.slice(index + 1)) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (wide > 3 && high > 4) found.push(`${name}: ${words} stands on ${other.words}`);
      }
    });
  }
  return found;
}"""


@pytest.fixture(scope="module", params=LANGUAGES)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the folder of a report in one language."""
    made: Path = tmp_path_factory.mktemp(request.param) / "report"
    make_report(parameters.check({"language": request.param}), made, progress=False)
    with served(made) as base:
        yield base


def _opened(browser: Browser, address: str, width: int) -> Page:
    """Open a page whose policy lets a test change its style, as a reader may."""
    page, _, _ = open_page(browser, address, width, bypass_csp=True)
    page.evaluate("document.fonts.ready")
    return page


@in_browser
@pytest.mark.parametrize("width", [320, 1280])
def test_no_label_is_cut_or_covered(browser: Browser, folder: str, width: int) -> None:
    page = _opened(browser, f"{folder}index.html", width)
    assert page.evaluate(_FAULTS) == []
    page.context.close()


@in_browser
def test_a_planted_label_is_found(browser: Browser, folder: str) -> None:
    page = _opened(browser, f"{folder}index.html", 1280)
    page.evaluate(
        """() => { const text = document.querySelector("figure.chart svg text");
                   text.textContent = "far too long ".repeat(20); }"""
    )
    assert any("is cut" in fault for fault in page.evaluate(_FAULTS))
    page.context.close()


#: Of each chart, how many drawings are shown, the paints in it, and its largest outline in CSS pixels.
_SHOWN = """() => [...document.querySelectorAll("figure.chart")].map(figure => {
  const shown = [...figure.querySelectorAll("svg")].filter(svg => svg.getBoundingClientRect().width);
  const drawn = [...shown[0].querySelectorAll("path, circle, rect")].map(one => getComputedStyle(one));
  return {
    drawings: shown.length,
    paints: [...new Set(drawn.flatMap(({fill, stroke}) => [fill, stroke]))],
    thin: drawn.every(({stroke, strokeWidth}) => stroke === "none" || strokeWidth === "1px"),
  };
})"""


@in_browser
def test_a_drawing_is_whole_without_any_style(browser: Browser, folder: str) -> None:
    page = _opened(browser, f"{folder}index.html", 1280)
    styled = page.evaluate(_SHOWN)
    page.evaluate("document.querySelectorAll('style').forEach(style => style.remove())")
    assert page.evaluate(_SHOWN) == styled  # the same colors and lines, each chart once
    assert {one["drawings"] for one in styled} == {1}
    assert "rgb(181, 71, 11)" in {paint for one in styled for paint in one["paints"]}
    assert not all(one["thin"] for one in styled)
    assert page.evaluate(_FAULTS) == []
    page.context.close()


@in_browser
@pytest.mark.parametrize("width", [320, 1280])
def test_a_drawing_is_read_once(browser: Browser, folder: str, width: int) -> None:
    page = _opened(browser, f"{folder}index.html", width)
    words = page.evaluate("""[...document.querySelectorAll("figure.chart .wide svg")].map(
        svg => ["title", "desc"].map(tag => svg.querySelector(tag).textContent))""")
    told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    read = [
        [one[part]["value"] for part in ("name", "description")]
        for one in told
        if one.get("role", {}).get("value") == "image" and not one["ignored"]
    ]
    assert read == words
    page.context.close()
