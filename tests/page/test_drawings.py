"""A drawing wherever it is shown: without any style, read aloud, in wide-set text, at every width."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browsing import in_browser, open_page, served
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.page import look, svg
from pileup.page.slim import slim
from pileup.words.language import LANGUAGES

#: Labels that stick out of their drawing, or share more than a sliver with another one, in CSS pixels.
_FAULTS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll("figure svg")) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const name = svg.closest("figure").id;
    const texts = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim())
      .map(text => ({words: text.textContent, box: text.getBoundingClientRect()}));
    texts.forEach(({words, box}, index) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
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
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
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


#: The smallest letters in the drawings that are shown, as they are on the screen, in CSS pixels.
_SMALLEST = """() => Math.min(...[...document.querySelectorAll("figure svg")]
  .filter(svg => svg.getBoundingClientRect().width)
  .flatMap(svg => [...svg.querySelectorAll("text")].map(
    text => parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a)))"""


@in_browser
@pytest.mark.parametrize("width", [300, 390, 600, 720, 1280])
def test_letters_of_a_drawing_are_large_enough(browser: Browser, folder: str, width: int) -> None:
    for name in ("index.html", "embeds/everyone.html", "embeds/states.html", "embeds/built.html"):
        page = _opened(browser, folder + name, width)
        assert 11.99 < page.evaluate(_SMALLEST) < 18, name
        assert page.evaluate("document.documentElement.scrollWidth") == width, name
        page.context.close()


@in_browser
@pytest.mark.parametrize("width", [320, 1280])
def test_labels_stay_whole_where_text_is_spaced(browser: Browser, folder: str, width: int) -> None:
    """As a style for all elements sets it, with the values of WCAG 1.4.12."""
    spaced = "letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important"
    for name in ("index.html", "embeds/built.html"):
        page = _opened(browser, folder + name, width)
        page.add_style_tag(content=f"* {{ {spaced} }}")
        assert page.evaluate("getComputedStyle(document.querySelector('p')).letterSpacing") != "normal"
        assert page.evaluate(_FAULTS) == [], name
        page.context.close()


_SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 500);
})"""


@in_browser
@pytest.mark.parametrize("width", [320, 390, 600, 1280])
def test_a_first_visit_shows_the_font_and_nothing_moves(browser: Browser, folder: str, width: int) -> None:
    for name in ("index.html", "embeds/built.html"):
        page = _opened(browser, folder + name, width)
        assert page.evaluate(_SHIFTS) < 0.001, name
        asked = page.context.new_cdp_session(page)
        for domain in ("DOM", "CSS"):
            asked.send(f"{domain}.enable")
        root = asked.send("DOM.getDocument")["root"]["nodeId"]
        for selector in ("h1", "p", ".wide text, .narrow text"):
            node = asked.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
            fonts = asked.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            assert all(font["familyName"].startswith("Source Sans 3") for font in fonts), (name, selector)
        page.context.close()


def test_the_font_that_stands_in_has_the_same_height() -> None:
    faces = re.findall(r'@font-face \{ font-family: "Like Source Sans";([^}]*)\}', look.fonts())
    assert len(faces) == 2
    for bold, face in enumerate(faces):
        share, above, below = (
            float(re.findall(rf"{name}: ([\d.]+)%", face)[0]) / 100
            for name in ("size-adjust", "ascent-override", "descent-override")
        )
        assert (share * above, share * below) == pytest.approx(svg.measure("x", 1, bool(bold))[2:], abs=0.01)


def test_a_slim_drawing_says_each_thing_once() -> None:
    """A label is moved by itself, its lines say only what is new; a bar is drawn from its corner."""
    line = '<tspan dy="{}em" x="2" y="14">{}</tspan>'
    lines = "".join(line.format(*one) for one in ((0, "CO"), (1.3, "28"), (2.6, "4")))
    text = f'<text text-anchor="middle" x="2" y="14">{lines}</text>'
    bar = "M384,265.5V306.75H445.1V265.5Z"
    drawn = slim(
        f'<svg xmlns="http://www.w3.org/2000/svg"><g><path d="{bar}"/></g>'
        f'<g transform="translate(9,5)">{text}</g></svg>'
    )
    assert drawn == (
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M384,265.5v41.25h61.1v-41.25Z" />'
        '<text transform="translate(9,5)" text-anchor="middle" x="2" y="14">CO'
        '<tspan dy="1.3em" x="2">28</tspan><tspan dy="1.3em" x="2">4</tspan></text></svg>'
    )
