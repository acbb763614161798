"""The top of the page and its length: the finding on the first screen, a story that a reader gets through."""

import gzip
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browsing import MARKS, open_page, served

pytestmark = MARKS
#: How many words the story may have: Spanish says the same in more of them, articles above all.
WORDS = {"en": 900, "es": 1_050}

#: What is seen without a tap: elements outside closed folds.
_SEEN = """selector => [...document.querySelectorAll(selector)].filter(
  one => one.checkVisibility({contentVisibilityAuto: true}) && one.getClientRects().length)"""


@pytest.fixture(scope="module", params=["en", "es"])
def page_in(request: pytest.FixtureRequest) -> Path:
    """The folder of the report in a language; the same holds for both."""
    return request.getfixturevalue("made_in_spanish" if request.param == "es" else "made")


@pytest.fixture(scope="module")
def address(page_in: Path) -> Iterator[str]:
    """The address of its page, served over loopback."""
    with served(page_in) as base:
        yield f"{base}index.html"


def _bottom(page, selector: str) -> float:
    return page.locator(selector).first.evaluate("one => one.getBoundingClientRect().bottom + scrollY")


@pytest.mark.parametrize(
    ("width", "height", "more"), [(390, 844, ()), (1280, 800, (".key-facts", ".status"))]
)
def test_the_first_screen_holds_the_finding(
    browser: Browser, address: str, width: int, height: int, more: tuple[str, ...]
) -> None:
    page, _, _ = open_page(browser, address, width)
    drawing = f"#chart-nearest .{'narrow' if width < 740 else 'wide'} svg"
    for selector in ("h1", ".standfirst", drawing, *more):
        expect(page.locator(selector).first, selector).to_be_visible()
        assert _bottom(page, selector) <= height, selector


def test_it_can_be_read_on_a_phone(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address, 390)
    assert page.evaluate("document.documentElement.scrollHeight") < 14_000
    # The last two chapters say how it is known and what was corrected.
    words = page.evaluate(
        f"({_SEEN})('main section :is(p, li)').filter(one => !one.closest('figure, .own, .table, .files') &&"
        " !one.closest('section').matches(':nth-last-of-type(-n + 2)')).map(one => one.innerText)"
    )
    story = sum(len(text.split()) for text in words)
    spoken = page.locator("html").get_attribute("lang") or ""
    assert 0.8 * WORDS[spoken] < story <= WORDS[spoken]
    assert page.evaluate(f"({_SEEN})('figure').length") <= 9


def test_it_has_few_stops_for_the_keyboard(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address)
    every = 'a[href], button, summary, input, select, [tabindex="0"]'
    assert 20 < page.evaluate(f"({_SEEN})('{every}').length") < 150


def test_it_is_light(page_in: Path) -> None:
    """Without its fonts, and compressed as a server sends it."""
    html = (page_in / "index.html").read_text(encoding="utf-8")
    plain = re.sub(r"url\(data:font[^)]*\)", "url()", html)
    assert len(html) > len(plain)
    assert len(gzip.compress(plain.encode(), 9)) < 60_000
    assert len(re.findall(r"<[a-zA-Z]", html)) < 9_000


def test_nothing_shifts_while_it_loads(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address, 390)
    shift = """() => new Promise(done => new PerformanceObserver(
      list => done(list.getEntries().reduce((sum, one) => sum + one.value, 0))
    ).observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 500))"""
    assert page.evaluate(shift) == 0


def test_headings_go_down_step_by_step(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
