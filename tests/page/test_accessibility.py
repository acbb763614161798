"""The page for everyone: axe, color blindness, contrast, forced colors, large text, keyboard and paper."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from colorspacious import cspace_convert, deltaE
from playwright.sync_api import Browser, Page

from browsing import in_browser, open_page, served
from common import contrast
from pileup import page as page_module
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.story.charts.theme import ACCENT, SECOND

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What axe leaves to a person to judge: rule, and why it may stay so.
#: color-contrast: axe cannot tell what lies behind a word inside a drawing, in a region that scrolls, or of
#: one letter; `test_every_word_stands_out` computes it for every one of these words.
JUDGED = {"color-contrast"}

STYLE = (Path(page_module.__file__).parent / "style.css").read_text(encoding="utf-8")
#: The first and the second palette of the style sheet; test_page holds the charts to the first.
LIGHT, DARK = (
    dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE)[:2]
)
#: The smallest distance in CAM02-UCS between two colors of a set of up to six that M. Petroff asks for,
#: under each simulated deficiency ("Accessible Color Sequences for Data Visualization", arXiv:2107.02270).
DISTANCE = 20

#: For every word shown: its text, its contrast with what lies behind it, and its size in CSS pixels.
WORDS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const paint = color => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = rgb => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
        const c = rgb[i] / 255;
        return sum + weight * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const color = paint(getComputedStyle(at).backgroundColor);
            if (color[3] === 255) return color;
        }
        return paint('Canvas');
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Map();
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
        if (!text || !element.checkVisibility() || element.closest('title, desc, .skip')) continue;
        const style = getComputedStyle(element), drawn = element.closest('svg');
        const [high, low] = [light(paint(drawn ? style.fill : style.color)), light(behind(element))]
            .sort((a, b) => b - a);
        const scale = drawn ? drawn.getScreenCTM().a : 1;
        const row = [text.slice(0, 40), (high + 0.05) / (low + 0.05), parseFloat(style.fontSize) * scale];
        found.set(`${row[1]} ${row[2]}`, row);
    }
    return [...found.values()];
}"""

#: Blocks of words that begin above the end of the one before, or cut their words off.
CROWDED = """() => {
    const faults = [];
    const blocks = document.querySelectorAll(
        'h1, main h2, h3, p, main > * > ul:not(.key-facts) > li, summary, .drawing, table.stacked tr,'
        + ' figure .scroll');
    let end = -1, before = '';
    for (const block of blocks) {
        if (!block.checkVisibility() || block.closest('nav, thead, .own, .pictured, summary > h2')) continue;
        if (getComputedStyle(block).clipPath !== 'none') continue;  // for those who hear the page
        if (block.parentElement.closest('.scroll, li')) continue;
        const box = block.getBoundingClientRect();
        const name = `${block.tagName} ${block.textContent.slice(0, 40)}`;
        if (box.top < end - 1) faults.push(`${name} begins above the end of ${before}`);
        const wider = block.scrollWidth - block.clientWidth, higher = block.scrollHeight - block.clientHeight;
        // Tails of letters may hang out of a tight line, by less than a quarter of a letter's height.
        const tails = parseFloat(getComputedStyle(block).fontSize) / 4;
        const leaves = wider > 1 || higher > tails;
        if (leaves && !block.matches('.scroll')) faults.push(`${name} leaves its place`);
        end = Math.max(end, box.bottom);
        before = name;
    }
    return faults;
}"""


@pytest.fixture
def visit(browser: Browser, address: str) -> Callable[..., Page]:
    """Open the page in some circumstance; in each it asks no other host and says nothing."""

    def visit(width: int = 1280, **options: object) -> Page:
        page, asked, said = open_page(browser, address, width, **options)
        assert [url for url in asked if not url.startswith((address.rpartition("/")[0], "data:"))] == []
        assert said == []
        return page

    return visit


def _unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")


@in_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(visit: Callable[..., Page], width: int, scheme: str) -> None:
    page = visit(width, color_scheme=scheme)
    for _ in range(2):
        options = {"runOnly": RULES, "resultTypes": ["violations", "incomplete"]}
        found = Axe().run(page, options=options).response
        assert [(rule["id"], node["target"]) for rule in found["violations"] for node in rule["nodes"]] == []
        assert {rule["id"] for rule in found["incomplete"]} <= JUDGED
        _unfold(page)


@in_browser
def test_axe_finds_nothing_in_spanish(browser: Browser, tmp_path: Path) -> None:
    make_report(parameters.check({"language": "es"}), tmp_path / "report", progress=False)
    with served(tmp_path / "report") as base:
        page, _, said = open_page(browser, f"{base}index.html", 320)
        _unfold(page)
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
        assert [(rule["id"], node["target"]) for rule in found["violations"] for node in rule["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert said == []
        page.close()


@in_browser
@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out(visit: Callable[..., Page], scheme: str, forced: str) -> None:
    """Contrast 4.5 to 1 or more, and 12 px or more on a phone: words on the page and words in drawings."""
    page = visit(320, color_scheme=scheme, forced_colors=forced)
    _unfold(page)
    words = page.evaluate(WORDS)
    assert len(words) >= 6
    assert [word for word in words if word[1] < 4.5] == []
    assert [word for word in words if word[2] < 11.99] == []


def _rgb(color: str) -> np.ndarray:
    return np.array([int(color[index : index + 2], 16) for index in (1, 3, 5)]) / 255


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_words_stand_out_from_the_paper(palette: dict[str, str]) -> None:
    for name in ("ink", "muted", "accent", "second"):
        assert contrast(palette[name], palette["paper"]) >= 4.5, name
    assert contrast(palette["context"], palette["paper"]) >= 3
    for name in ("ink", "muted"):
        assert contrast(palette[name], palette["tint"]) >= 4.5, name


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("vision", [None, "protanomaly", "deuteranomaly", "tritanomaly"])
def test_colors_are_told_apart_by_everyone(palette: dict[str, str], vision: str | None) -> None:
    """As people without one kind of cone see them (Machado, Oliveira and Fernandes 2009, severity 100)."""
    seen = {name: _rgb(palette[name]) for name in ("accent", "second", "context", "ink", "paper")}
    if vision:
        space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        seen = {name: np.clip(cspace_convert(color, space, "sRGB1"), 0, 1) for name, color in seen.items()}
    for one, other in itertools.combinations(seen, 2):
        distance = deltaE(seen[one], seen[other], input_space="sRGB1", uniform_space="CAM02-UCS")
        assert distance >= DISTANCE, (one, other)


@in_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_stay_readable_in_forced_colors(visit: Callable[..., Page], scheme: str) -> None:
    page = visit(color_scheme=scheme, forced_colors="active")
    seen = page.evaluate("""() => {
        const drawing = document.querySelector('figure .wide svg');
        return Object.fromEntries(['ink', 'paper', 'context', 'accent', 'second'].map(name => {
            const shape = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
            drawing.append(shape);
            shape.style.fill = `var(--${name})`;
            return [name, getComputedStyle(shape).fill];
        }));
    }""")
    assert len(set(seen.values())) == 5
    form = """shapes => shapes.map(shape => {
        const {stroke, strokeDasharray} = getComputedStyle(shape);
        return [stroke === getComputedStyle(document.body).color, strokeDasharray === "none"];
    })"""
    outlined = page.locator(f'figure .wide :is(path, rect, circle)[fill="{ACCENT}"]').evaluate_all(form)
    dashed = page.locator(f'figure .wide path[stroke="{SECOND}"]').evaluate_all(form)
    assert {stroke for stroke, _ in outlined} == {True}
    assert {plain for _, plain in dashed} == {False}
    drawn = "shapes => shapes.map(shape => getComputedStyle(shape).forcedColorAdjust)"
    assert set(page.locator("figure .wide svg path").evaluate_all(drawn)) == {"none"}
    page.keyboard.press("Tab")
    assert _outlined(page)


def _outlined(page: Page) -> bool:
    """Tell whether what has the focus is outlined, in a color that stands out."""
    return page.evaluate("""() => {
        const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(document.activeElement);
        return outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2
            && outlineColor !== getComputedStyle(document.body).backgroundColor;
    }""")


#: Waits until an element is scrolled; Playwright's own way to wait evaluates text, which the page forbids.
SCROLLED = """(element, side) => new Promise((done, fail) => {
    let frames = 600;
    (function look() {
        if (element[side] > 0) done(); else if (frames--) requestAnimationFrame(look); else fail(side);
    })();
})"""
LARGE = "html { font-size: 200% !important; }"
#: WCAG 2.2, success criterion 1.4.12.
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    " p { margin-bottom: 2em !important; }"
)


@in_browser
@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("change", [LARGE, SPACED], ids=["200%", "spaced"])
def test_large_and_spaced_text_fits(visit: Callable[..., Page], change: str, width: int) -> None:
    page = visit(width)
    page.add_style_tag(content=change)
    _unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CROWDED) == []


@in_browser
def test_the_keyboard_reaches_everything_in_order(visit: Callable[..., Page]) -> None:
    page = visit()
    controls = page.evaluate("""() => {
        window.controls = [
            ...document.querySelectorAll('a[href], button, summary, input, select, [tabindex]')
        ].filter(control => control.tabIndex >= 0 && control.checkVisibility());
        return window.controls.length;
    }""")
    reached = []
    for _ in range(controls):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("window.controls.indexOf(document.activeElement)"))
        assert _outlined(page), reached[-1]
    assert reached == list(range(controls))


@in_browser
def test_the_keyboard_opens_and_scrolls_a_table(visit: Callable[..., Page]) -> None:
    page = visit(320)
    figure = page.locator("#chart-what-if")
    figure.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    region = figure.locator(".scroll")
    assert region.evaluate("region => region === document.activeElement")
    for key, side in (("ArrowRight", "scrollLeft"), ("ArrowDown", "scrollTop")):
        page.keyboard.press(key)
        region.evaluate(SCROLLED, side)


@in_browser
def test_a_table_that_is_stacked_on_a_phone_is_still_a_table(visit: Callable[..., Page]) -> None:
    page = visit(320)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    shown = page.locator("table").evaluate_all(
        "tables => tables.filter(table => table.checkVisibility()).length"
    )
    assert shown
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if "role" in node]
    assert roles.count("table") == shown
    assert {"row", "cell", "rowheader", "columnheader"} <= set(roles)


@in_browser
def test_paper_is_light_where_the_screen_is_dark(visit: Callable[..., Page]) -> None:
    page = visit(680, color_scheme="dark")
    color = "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
    on_screen = page.evaluate(color)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(color) == ACCENT != on_screen


@in_browser
def test_paper_has_whole_charts_and_links_spelled_out(visit: Callable[..., Page]) -> None:
    page = visit(680)  # what A4 leaves between the margins: 180 mm, and 263 mm of height
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, format="A4"))) <= 50
    page.emulate_media(media="print")
    figures = page.locator("figure").evaluate_all(
        "all => all.map(one => [one.id, one.offsetHeight, getComputedStyle(one).breakInside])"
    )
    assert len(figures) >= 8
    assert [one for one in figures if one[1] > 263 / 25.4 * 96 or one[2] != "avoid"] == []
    unsaid = """links => links.map(link => [link.href, link.href === new URL(link.textContent, location).href
        ? link.href : getComputedStyle(link, '::after').content])"""
    page.goto(page.url.replace("index.html", "ledger.html"))
    page.emulate_media(media="print")
    links = page.locator("a[href^=http]").evaluate_all(unsaid)
    assert len(links) > 50
    assert [link for link in links if link[0].rstrip("/") not in link[1]] == []
    assert page.locator(".ledger li").evaluate_all("all => all.every(one => one.checkVisibility())")
