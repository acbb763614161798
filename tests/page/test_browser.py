"""The page in a real browser, over loopback: phone to desktop, without JavaScript, dark, in print.

Chromium is for these tests only, never for the product; where there is none they say so and are skipped.
"""

import pytest
from playwright.sync_api import Browser

from browsing import MARKS, open_page
from pileup.page import svg
from pileup.story import charts
from pileup.story.report import Report

pytestmark = MARKS


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_fits_the_screen_and_asks_for_one_file(browser: Browser, address: str, width: int) -> None:
    page, asked, said = open_page(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    script = address.replace("index.html", "explore.js")  # it loads nothing before a reader asks
    assert [url for url in asked if not url.startswith("data:")] == [address, script]
    assert said == []
    shown, hidden = (".narrow", ".wide") if width < 600 else (".wide", ".narrow")
    assert page.locator(f"figure {shown} svg").count() >= 8
    assert all(drawing.is_visible() for drawing in page.locator(f"figure {shown} svg").all())
    assert not any(drawing.is_visible() for drawing in page.locator(f"figure {hidden} svg").all())


def test_it_is_whole_without_javascript(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address, java_script_enabled=False)
    assert page.locator("figure .wide svg").first.is_visible()
    assert page.locator("h1").is_visible()


def test_a_number_leads_to_its_entry_in_one_step(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address, java_script_enabled=False)
    number = page.locator("main a.n").first
    target = page.locator(f'[id="{str(number.get_attribute("href")).removeprefix("#")}"]')
    assert not target.is_visible()
    number.click()
    target.wait_for()  # until it is visible


def test_every_number_leads_to_its_entry_wherever_it_stands(browser: Browser, address: str) -> None:
    """In prose, in the numbers of a chart, in a table of versions, and on the drawing itself."""
    page, _, _ = open_page(browser, address)
    for place in ("p a.n", "h3 a.n", "td a.n", "th a.n", ".subtitle a.n", ".credit a.n", "a.cover"):
        origins = page.locator(f"main {place}").evaluate_all("links => links.map(link => link.hash.slice(1))")
        assert origins, place
        hidden = """origins => origins.filter(id => {
            location.hash = id;
            return !document.getElementById(id)?.checkVisibility();
        })"""
        assert page.evaluate(hidden, sorted(set(origins))) == [], place
    page, _, _ = open_page(browser, address)
    page.locator("figure .cover").first.click()
    page.wait_for_url("**#how-*")


def test_a_slim_drawing_is_the_same_picture(
    browser: Browser, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.new_context(viewport={"width": 760, "height": 600}).new_page()
    slimmed = pictures = 0
    for chart in (charts.what_if, charts.vehicles, charts.truck_share, charts.petition, charts.largest):
        shots = []
        for change in (svg.slim, str):
            with monkeypatch.context() as patch:
                patch.setattr(svg, "slim", change)
                for _, name, figure in svg.drawings(chart(report)._repr_mimebundle_()):
                    drawn = svg.render(figure, name)
                    page.set_content(f'<div style="width: {figure["layout"]["width"]}px">{drawn}</div>')
                    shots.append(page.locator("div").screenshot())
                    slimmed += len(drawn) if change is not str else 0
                    pictures += len(drawn) if change is str else 0
        assert shots[:2] == shots[2:], chart.__name__
    assert slimmed < 0.6 * pictures


def test_the_shipped_font_is_used(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address)
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Source Sans 3\"'))")


def test_dark_is_dark(browser: Browser, address: str) -> None:
    colors = [
        open_page(browser, address, color_scheme=scheme)[0].evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert colors == ["rgb(255, 255, 255)", "rgb(20, 25, 29)"]


def test_it_prints_with_its_drawings(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address, 320)
    page.emulate_media(media="print")
    assert page.locator("figure .wide svg").first.is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator(".ledger li").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_every_control_is_reached_by_keyboard(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the story"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert {"A", "SUMMARY", "DIV"} <= reached
