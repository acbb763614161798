"""No label of a chart is cut off or stands on another, in both languages, wide and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

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
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page in one language."""
    folder: Path = tmp_path_factory.mktemp(request.param) / "report"
    make_report(parameters.check({"language": request.param}), folder, progress=False)
    with served(folder) as base:
        yield f"{base}index.html"


@in_browser
@pytest.mark.parametrize("width", [320, 1280])
def test_no_label_is_cut_or_covered(browser: Browser, page: str, width: int) -> None:
    opened, _, _ = open_page(browser, page, width)
    opened.evaluate("document.fonts.ready")
    assert opened.evaluate(_FAULTS) == []
    opened.close()


@in_browser
def test_a_planted_label_is_found(browser: Browser, page: str) -> None:
    opened, _, _ = open_page(browser, page)
    opened.evaluate(
        """() => { const text = document.querySelector("figure.chart svg text");
                   text.textContent = "far too long ".repeat(20); }"""
    )
    assert any("is cut" in fault for fault in opened.evaluate(_FAULTS))
    opened.close()
