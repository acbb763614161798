"""The page in a real browser, over loopback: phone to desktop, without JavaScript, dark, in print.

Chromium is for these tests only, never for the product; where there is none they say so and are skipped.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browsing import MARKS, open_page, served
from pileup.files import parameters
from pileup.make.run import write_single
from pileup.page import policy, svg
from pileup.page.check import check_page
from pileup.page.listing import listing
from pileup.page.ranked import Row, ranked
from pileup.story import charts
from pileup.story.report import Report

pytestmark = MARKS


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_fits_the_screen_and_asks_for_one_file(browser: Browser, address: str, width: int) -> None:
    page, asked, said = open_page(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    scripts = [address.replace("index.html", f"{name}.js") for name in ("own", "explore")]
    # They load nothing before a reader asks.
    assert [url for url in asked if not url.startswith("data:")] == [address, *scripts]
    assert said == []
    shown, hidden = (".narrow", ".wide") if width < 740 else (".wide", ".narrow")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.locator(f"figure {shown} svg").count() >= 8
    for drawing in page.locator(f"figure {shown} svg").all():
        expect(drawing).to_be_visible()
    for drawing in page.locator(f"figure {hidden} svg").all():
        expect(drawing).to_be_hidden()


def test_it_is_whole_without_javascript(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address, java_script_enabled=False)
    expect(page.locator("figure .wide svg").first).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_a_number_leads_to_its_entry_in_one_step(browser: Browser, address: str) -> None:
    """A paragraph's sign opens its origins; each leads to its entry, and Back returns."""
    page, _, _ = open_page(browser, address)
    page.locator("main section .sign").first.click()
    opened = page.locator(".origin")
    opened.wait_for()  # until it is visible
    entry = opened.locator("a").first
    name = str(entry.get_attribute("href")).rpartition("#")[2]
    entry.click()
    page.locator(f'[id="{name}"]').wait_for()
    assert page.url.endswith(f"ledger.html#{name}")
    page.go_back()
    page.locator("main section .sign").first.wait_for()


def test_without_a_script_a_sign_leads_to_the_same_list(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address)
    sign = page.locator("main section .sign").first
    sign.click()
    opened = page.locator(".origin li")
    opened.first.wait_for()
    told = [" ".join(one.split()) for one in opened.all_inner_texts()]
    page, _, _ = open_page(browser, address, java_script_enabled=False)
    page.locator("main section .sign").first.click()
    listed = page.locator(":target li")
    listed.first.wait_for()
    assert [" ".join(one.split()) for one in listed.all_inner_texts()] == told
    listed.first.locator("a").click()
    page.locator(":target.computed, :target.confirmed, :target.derived").wait_for()


def test_a_sign_is_opened_and_closed_by_keyboard(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address)
    sign, opened = page.locator("main section .sign").first, page.locator(".origin")
    sign.focus()
    page.keyboard.press("Enter")
    opened.wait_for()
    assert opened.evaluate("one => one.querySelector('button') === document.activeElement")
    page.keyboard.press("Tab")
    assert opened.evaluate("one => one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    opened.wait_for(state="detached")
    assert sign.evaluate("one => one === document.activeElement")


def test_every_origin_of_a_page_has_an_entry_that_is_shown(browser: Browser, address: str) -> None:
    """Those of signs, and of numbers in the tables of charts, on the story's page and the one beside it."""
    origins, named = set(), set()
    for name in ("index.html", "more.html"):
        page, _, _ = open_page(browser, address.replace("index.html", name))
        hashes = "all => all.map(one => one.hash.slice(1))"
        origins |= {*page.locator('a[href*="ledger.html#"]').evaluate_all(hashes)}
        named |= {*page.locator("[data-of]").evaluate_all("all => all.map(one => 'how-' + one.dataset.of)")}
    page.goto(address.replace("index.html", "ledger.html"))
    origins |= {*page.locator('.paragraph a[href^="#"]').evaluate_all(hashes)}
    assert len(origins) > 100
    assert named <= origins
    hidden = "origins => origins.filter(id => !document.getElementById(id)?.checkVisibility())"
    assert page.evaluate(hidden, sorted(origins)) == []


def test_the_ledger_is_narrowed_without_a_script(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address.replace("index.html", "ledger.html"), java_script_enabled=False)
    page.get_by_label("Facts from one source").check()
    shown = page.locator(".ledger li[id]:visible")
    assert 0 < shown.count() < page.locator(".ledger li[id]").count()
    assert {str(one.get_attribute("class")) for one in shown.all()} == {"single-source"}


def test_a_slim_drawing_is_the_same_picture(
    browser: Browser, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.new_context(viewport={"width": 760, "height": 600}).new_page()
    slimmed = pictures = 0
    for chart in (charts.what_if, charts.vehicles, charts.truck_share, charts.scale, charts.largest):
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
    expect(page.locator("figure .wide svg").first).to_be_visible()
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator(".sign").first).to_be_hidden()  # on paper it leads nowhere
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


#: What a page of each kind may not have in its policy.
LOOSE = ("unsafe-eval", "strict-dynamic", "http:", "https:", "*")


@pytest.fixture(scope="module")
def published(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports with every kind of page that there is."""
    root = tmp_path_factory.mktemp("published")
    (root / "report").symlink_to(made)
    write_single(made / "index.html", root / "single.html")
    for name, content in listing(root).items():
        (root / name).write_bytes(content)
    rows = [
        Row("TX", parameters.check({"state": "TX"}).model_dump(mode="json"), "CO", "report/index.html"),
        Row("CO", parameters.check({"state": "CO"}).model_dump(mode="json"), "CO", failed="<no>"),
    ]
    (root / "sweep.html").write_text(ranked("All states", rows))
    return root


@pytest.fixture(scope="module")
def places(published: Path) -> Iterator[list[str]]:
    """The addresses of that folder: on a server, and on a disk."""
    with served(published) as base:
        yield [base, f"{published.as_uri()}/"]


PAGES = (
    *("report/index.html", "report/notebook.html", "report/embeds/vehicles.html"),
    *("index.html", "sweep.html", "single.html"),
)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_begins_with_its_policy_and_works_under_it(
    browser: Browser, places: list[str], published: Path, name: str
) -> None:
    text = (published / name).read_text(encoding="utf-8")
    (said,) = re.findall(r'<head>\n<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n', text)
    assert said.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; ")
    assert not [word for word in LOOSE if word in said]
    assert "unsafe-inline" not in said.partition("script-src")[2]
    for place in places:
        for scheme in ("light", "dark"):
            page, _, messages = open_page(browser, place + name, color_scheme=scheme)
            paper = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
            assert paper == "light dark", name
            assert page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth)")
            assert page.evaluate("document.styleSheets.length") == 1
            assert messages == [], (place, name)
            page.context.close()


def test_a_drawing_takes_its_page_s_colors_under_the_policy(browser: Browser, places: list[str]) -> None:
    for name in ("report/index.html", "report/embeds/vehicles.html", "single.html"):
        page, _, _ = open_page(browser, places[0] + name)
        label = page.locator(".wide text").first
        assert label.evaluate("label => getComputedStyle(label).fontSize") in ("12px", "13px", "14px")
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.size)") >= 2
        page.context.close()


def test_a_report_asks_its_own_server_alone(browser: Browser, places: list[str], tmp_path: Path) -> None:
    """As a tool that audits it for search does, from inside the page; elsewhere it may not."""
    page, asked, _ = open_page(browser, f"{places[0]}report/index.html")
    status = "address => fetch(address).then(one => one.status, () => 0)"
    assert page.evaluate(status, "/robots.txt") == 404
    with served(tmp_path) as elsewhere:
        assert page.evaluate(status, f"{elsewhere}robots.txt") == 0
    assert f"{places[0]}robots.txt" in asked


@pytest.mark.parametrize("place", [0, 1], ids=["server", "disk"])
def test_every_chart_is_explored_under_the_policy(browser: Browser, places: list[str], place: int) -> None:
    page, _, said = open_page(browser, f"{places[place]}report/index.html")
    figures = page.locator("figure.chart").all()
    assert len(figures) > 5
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for figure in figures:
        button = figure.locator("button.explore")
        button.click()
        figure.locator(".explored svg.main-svg").first.wait_for()
        figure.locator(".explored").hover()
        button.click()
    assert said == []


#: Tells what it did by the page's title.
PLANTED = """<script>document.title = "ran"</script>
<img src="ADDRESSforeign.png" onerror="document.title = 'ran'" onload="document.title = 'ran'">
<style>h1 { color: rgb(1, 2, 3) }</style><base href="https://elsewhere.example/">
<script src="ADDRESSforeign.js"></script><iframe src="ADDRESSforeign.html"></iframe>
<form action="ADDRESSforeign.html"><button id="send">x</button></form>"""


#: Sends the form, and returns the rule that forbade it.
_SENT = """() => new Promise(done => {
  document.addEventListener("securitypolicyviolation", event => {
    if (event.effectiveDirective === "form-action") done(event.effectiveDirective);
  });
  document.querySelector("#send").click();
})"""


@pytest.mark.parametrize("name", PAGES)
def test_what_is_planted_in_a_page_neither_runs_nor_loads(
    browser: Browser, published: Path, tmp_path: Path, name: str
) -> None:
    text = (published / name).read_text(encoding="utf-8")
    (tmp_path / "foreign.js").write_text("document.title = 'ran'")
    (tmp_path / "foreign.html").write_text("foreign")
    (tmp_path / "foreign.png").write_bytes((published / "report" / "card.png").read_bytes())
    with served(tmp_path) as elsewhere, served(tmp_path) as base:
        planted = text.replace("</h1>", "</h1>" + PLANTED.replace("ADDRESS", elsewhere), 1)
        (tmp_path / "page.html").write_text(planted, encoding="utf-8")
        fetched: list[str] = []
        context = browser.new_context()
        page = context.new_page()
        page.on("response", lambda response: fetched.append(response.url))
        page.goto(f"{base}page.html")
        assert page.title() == re.findall(r"<title>([^<]*)", text)[0].replace("&amp;", "&")
        assert page.evaluate(_SENT) == "form-action"
        assert page.url == f"{base}page.html"
        assert [url for url in fetched if url.startswith(elsewhere)] == []
        assert page.evaluate("document.baseURI") == page.url
        # A page to explore needs Plotly's own styles; no other page takes a style that is not its own.
        color = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        assert (color == "rgb(1, 2, 3)") == (name == "report/index.html")
        # The same page without its policy shows that the trap works.
        bare = re.sub(r"<meta http-equiv[^>]*>", "", planted, count=1)
        (tmp_path / "bare.html").write_text(bare, encoding="utf-8")
        page.goto(f"{base}bare.html")
        assert page.title() == "ran"
        context.close()


def test_the_guard_refuses_a_page_without_its_policy(copy: Path) -> None:
    said = "the head of the page does not begin with the Content-Security-Policy of what it holds"
    page = copy / "index.html"
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"<meta http-equiv[^>]*>\n", text)[0]
    for spoilt in (
        text.replace(found, "", 1),
        text.replace(found, "", 1).replace("</title>", f"</title>{found}", 1),
        text.replace("img-src data:", "img-src *", 1),
        text.replace("default-src 'none'; ", "", 1),
        text.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'", 1),
    ):
        page.write_text(spoilt, encoding="utf-8")
        assert said in check_page(page).faults


def test_a_policy_names_what_is_used_and_nothing_else() -> None:
    plain = policy.allowed("a{}")
    assert plain == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        " style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='"
    )
    assert "script-src" not in plain
    assert "connect-src 'self';" in f"{policy.allowed('a{}', explored=True)};"
    assert policy.allowed("a{}", script="1").startswith(plain)
    assert policy.allowed("a{}", script="1") != policy.allowed("a{}", script="2")
