"""Pictures, embeds and "Explore this chart": what stands beside the page for those who take a chart along."""

import gettext
import html
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from PIL import Image, ImageFont
from playwright.sync_api import Browser, expect

from browsing import elements as _elements
from browsing import in_browser, served
from browsing import open_page as _open
from pileup.base.errors import PileupError
from pileup.base.swap import write_files
from pileup.page import card, content, embed, explore, look, png, svg
from pileup.page.content import Chart, Figures, Page, read
from pileup.page.studio import shared
from pileup.story import charts
from pileup.story.charts import theme
from pileup.story.report import Report
from pileup.words import language

BY = "pileup, edition of November 27, 2026"
#: A pattern, dashed lines, tiles, long row names, and many hover texts.
DRAWN = ("largest", "scale", "states", "cases", "vehicles")
PAPER = (255, 255, 255)


@pytest.fixture(scope="module")
def shown(report: Report) -> tuple[Page, Figures]:
    """A page of some charts, and their figures."""
    notebook = nbformat.v4.new_notebook()
    for name in DRAWN:
        data = nbformat.from_dict(getattr(charts, name)(report)._repr_mimebundle_())
        shown = nbformat.v4.new_output("display_data", data=data)
        notebook.cells.append(nbformat.v4.new_code_cell("", outputs=[shown]))
    notebook.cells.append(nbformat.v4.new_markdown_cell("# Some charts"))
    return read(notebook)


@pytest.fixture(scope="module")
def placed(shown: tuple[Page, Figures]) -> dict[str, Chart]:
    """Some charts as they stand on the page."""
    page, figures = shown
    return {chart.id: chart for chart in content.charts(page, content.draw(page, figures, shared()))}


def _opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def _edges(image: Image.Image, width: int = 4) -> set[tuple[int, int, int]]:
    """Return the colors along the four edges of a picture: only paper, where nothing is cut."""
    right, bottom = image.width, image.height
    strips = [
        (0, 0, right, width),
        (0, bottom - width, right, bottom),
        (0, 0, width, bottom),
        (right - width, 0, right, bottom),
    ]
    return {color for box in strips for _, color in image.crop(box).getcolors(4096) or []}


@pytest.mark.slow
def test_a_chart_card_is_small_sharp_whole_and_the_same_each_time(placed: dict[str, Chart]) -> None:
    for name, chart in placed.items():
        sheet = card.with_credit(chart, BY)
        picture = png.png(sheet)
        image = _opened(picture)
        assert picture == png.png(sheet), name
        assert len(picture) < 125_000, name
        assert image.width == 1440, name
        assert len(image.getcolors(1 << 20)) > 30, name
        assert _edges(image, 16) == {PAPER}, name
        words = re.sub(r"<[^>]+>", " ", sheet)
        for part in ("title", "subtitle", "source", "note"):
            assert set(getattr(chart, part).replace("&", "&amp;").split()) <= set(words.split()), (name, part)


def test_no_line_of_a_card_is_wider_than_the_card(placed: dict[str, Chart]) -> None:
    for chart in placed.values():
        outside = re.sub(r"<svg x=.*?</svg>", "", card.with_credit(chart, BY), flags=re.DOTALL)
        lines = re.findall(
            r'<text x="([\d.]+)" y="[\d.]+" font-size="([\d.]+)"( font-w[^ ]+)?[^>]*>([^<]+)', outside
        )
        assert len(lines) >= 4
        for x, size, bold, line in lines:
            assert float(x) + svg.measure(line, float(size), bool(bold))[0] <= 720 - 24, line


def test_the_pictures_are_drawn_in_the_font_that_ships() -> None:
    """The TrueType files hold the woff2's very glyphs, and without them nothing would be written."""
    letters = "".join(map(chr, [*range(33, 127), *range(161, 256), *map(ord, "–—‘’“”•…−")]))
    for weight in (400, 600):
        fonts = [
            ImageFont.truetype(str(svg.FONTS / f"source-sans-3-{weight}.{kind}"), 40)
            for kind in ("woff2", "ttf")
        ]
        assert len({bytes(font.getmask(letters)) for font in fonts}) == 1, weight
    sheet = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" font-family="{}">{}</svg>'
    written = "<text x='4' y='30' font-size='30'>Crash 110</text>"
    image = _opened(png.png(sheet.format(svg.FAMILY, written)))
    ink = image.convert("L").point(lambda tone: 255 if tone < 250 else 0).getbbox()
    assert ink is not None
    assert ink[2] - ink[0] == pytest.approx(2 * svg.measure("Crash 110", 30)[0], abs=8)


def test_a_letter_that_the_font_lacks_is_noticed() -> None:
    assert all(map(png._has, "Aguilera-Mederos, Peña: 110 × “10” – 5"))
    assert not any(map(png._has, "şłă文"))


def test_bold_is_drawn_bolder() -> None:
    words = '<text y="30" style="{}">Years</text>'
    sheet = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 40">{words}</svg>'
    dark = [
        sum(_opened(png.png(sheet.format(f"font-weight:{weight}"))).convert("L").histogram()[:128])
        for weight in (400, 600)
    ]
    assert 0 < dark[0] < dark[1]


STANDFIRST = "What happened, and how the sentence came about."


def _card_of(headline: str, standfirst: str) -> tuple[bytes, list[str]]:
    """Return a link's picture and its lines of text, each checked to end inside the card."""
    sheet = card.card(headline, standfirst, BY)
    lines = re.findall(r'<text x="72" y="([\d.]+)" font-size="(\d+)"( font-w[^ ]+)?[^>]*>([^<]+)', sheet)
    for y, size, bold, line in lines:
        assert 72 + svg.measure(html.unescape(line), float(size), bool(bold))[0] <= 1200 - 72, line
        assert float(y) <= (600 if line == BY else 630 - 72 - 20), line
    return png.png(sheet, 1), [html.unescape(line) for *_, line in lines]


def test_the_card_for_a_link_has_the_size_that_networks_want() -> None:
    headline = "The I-70 pileup at Lakewood and the 110-year sentence"
    picture, lines = _card_of(headline, STANDFIRST)
    assert " ".join(lines) == f"{headline} {STANDFIRST} {BY}"
    image = _opened(picture)
    assert image.size == (1200, 630)
    assert len(picture) < 120_000
    assert _edges(image.crop((0, 12, 1200, 630)), 20) == {PAPER}
    assert png.png(card.card(headline, STANDFIRST, BY), 1) == picture


@pytest.mark.parametrize(
    ("endless", "begins", "ends"),
    [
        ("A headline, with more, that never comes to its end. " * 40, "A headline, with more,", " …"),
        ("W" * 5_000, "WWWW", "W…"),
        (f"{'long' * 3_000} and more of it", "longlong", "… and more of it"),
        (f"Once {'m' * 60} " * 30, "Once", "…"),
        (f"{'n' * 46} " * 30, "nnn", "…"),  # a word that fills its line leaves no room for an ellipsis
    ],
)
def test_words_without_end_are_shortened_on_the_card(endless: str, begins: str, ends: str) -> None:
    """A link's picture is no reason to refuse a page."""
    for headline, standfirst in ((endless, STANDFIRST), ("A headline", endless), (endless, endless)):
        picture, lines = _card_of(headline, standfirst)
        assert _edges(_opened(picture).crop((0, 12, 1200, 630)), 20) == {PAPER}
        written = " ".join(lines).removeprefix("A headline ").removesuffix(BY)
        written = written.removesuffix(f"{STANDFIRST} ").strip()
        assert written.startswith(begins)
        assert written.endswith(ends)
        # Whole words are kept, but for one that no line could hold.
        whole = {word.rstrip(",.") for word in endless.split()}
        assert {word.rstrip(",.") for word in written.split() if not word.endswith("…")} <= whole


@pytest.mark.parametrize(
    ("name", "chart", "says"),
    [("nearest", "lead", "imposed: 110"), ("scale", "scale", "24 passenger vehicles")],
)
def test_the_leading_chart_on_the_card_can_be_read_300_pixels_wide(
    report: Report, name: str, chart: str, says: str
) -> None:
    figures = {f"{name}-wide": getattr(charts, chart)(report).wide.to_plotly_json()}
    sheet = card.card("110 years was the least the law allowed. And more", STANDFIRST, BY, figures)
    texts = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="(\d+)"[^>]*>([^<]+)', sheet)
    assert says in [words for *_, words in texts]
    assert min(int(size) for _, _, size, _ in texts) * 300 / 1200 >= 9
    assert all(float(y) < 630 - 20 for _, y, _, _ in texts)
    assert _edges(_opened(png.png(sheet, 1)).crop((0, 12, 1200, 630)), 16) == {PAPER}


def test_a_drawing_that_cannot_be_a_picture_is_refused(placed: dict[str, Chart]) -> None:
    with pytest.raises(PileupError, match="cannot be made a PNG"):
        png.png("<svg")
    chart = next(iter(placed.values()))
    broken = replace(chart, wide="<p>")
    with pytest.raises(PileupError, match="cannot be placed"):
        card.with_credit(broken)


@pytest.mark.slow
def test_pictures_can_be_drawn_by_a_script_that_comes_through_a_pipe() -> None:
    """The helpers do not look for the script, and do not do again what it does."""
    script = """
from pileup.page.studio import Studio
sheet = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 9"><path d="M0,0h9v9z" /></svg>'
with Studio() as studio:
    made = [studio.picture(sheet.format(width)) for width in range(9, 15)]
print(len({picture[:8] for picture in made}), len(set(made)))
"""
    ran = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, timeout=120)
    assert (ran.stdout, ran.stderr) == ("1 6\n", "")


def test_an_embed_is_one_small_file_that_asks_for_nothing(placed: dict[str, Chart]) -> None:
    for name, chart in placed.items():
        made = embed.embed(chart, BY)
        assert made == embed.embed(chart, BY)
        assert len(made.encode()) < embed.MOST_BYTES, name
        elements = _elements(made)
        tags = [tag for tag, _ in elements]
        assert (tags.count("svg"), tags.count("h1"), tags.count("script")) == (2, 1, 1), name
        assert not {"img", "iframe", "object", "embed", "video"} & set(tags), name
        assert not [attrs for _, attrs in elements if "src" in attrs], name
        assert not re.search(r"url\((?!data:|#)|@import", made), name
        assert [attrs["href"] for tag, attrs in elements if tag in ("a", "link")] == [
            "data:,",
            f"../index.html#chart-{name}",
        ]
        assert made.count('role="img"') == 2, name
        ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
        assert len(ids) == len(set(ids)), name


def test_names_in_an_embed_are_text_and_never_markup(placed: dict[str, Chart]) -> None:
    chart = replace(next(iter(placed.values())), title="</title><script>alert(1)</script> --> x")
    made = embed.embed(chart)
    assert [tag for tag, _ in _elements(made)].count("script") == 1
    pasted = embed.code(chart, "https://news.example/pileup/")
    assert [tag for tag, _ in _elements(pasted)] == ["iframe", "script"]


def test_an_embed_that_is_too_heavy_or_leads_nowhere_is_refused(placed: dict[str, Chart]) -> None:
    chart = next(iter(placed.values()))
    with pytest.raises(PileupError, match="its embed weighs"):
        embed.embed(replace(chart, note="x" * embed.MOST_BYTES))
    for url in ("embeds/", "https://news.example/pileup"):
        with pytest.raises(PileupError, match="no public folder"):
            embed.code(chart, url)


def test_the_code_for_a_newsroom_names_the_chart(placed: dict[str, Chart]) -> None:
    for name, chart in placed.items():
        frame = _elements(embed.code(chart, "https://news.example/pileup/"))[0][1]
        assert frame["src"] == f"https://news.example/pileup/embeds/{name}.html"
        assert frame["title"] == chart.title
        assert frame["width"] == "100%"
        assert 200 < int(frame["height"] or 0) < 1200


def test_figures_to_explore_are_small_the_same_each_time_and_take_the_pages_colors(
    shown: tuple[Page, Figures],
) -> None:
    page, figures = shown
    made = explore.figures(page, figures)
    assert made == explore.figures(page, figures)
    assert set(made) == {f"charts/{block['id']}.js" for block in page.charts}
    for name, file in made.items():
        assert len(file) < 60_000, name
        assert theme.ACCENT.encode() not in file, name
    assert b'"var(--accent)"' in made["charts/scale.js"]
    with pytest.raises(PileupError, match="its narrow figure has no data"):
        explore.figure("x", figures["vehicles-wide"], {"layout": {}})


def test_plotlys_javascript_is_placed_once(tmp_path: Path) -> None:
    placed = explore.place_bundle(tmp_path)
    before = placed.stat().st_mtime_ns
    assert placed.name == explore.BUNDLE
    assert b"plotly.js v" in placed.read_bytes()[:200]
    assert explore.place_bundle(tmp_path).stat().st_mtime_ns == before
    with pytest.raises(PileupError, match="cannot write"):
        explore.place_bundle(tmp_path / "nowhere")


_CHART = """<figure class="chart" id="chart-{one.id}"><h3>{one.title}</h3>
<div class="drawing"><div class="wide">{one.wide}</div>
<div class="narrow">{one.narrow}</div></div>
<p class="files"><a href="#chart-{one.id}">Chart (SVG)</a></p></figure>"""


@pytest.fixture(scope="module")
def folder(
    shown: tuple[Page, Figures], placed: dict[str, Chart], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder of reports: a page with the script, its figures, its embeds, and a newsroom's article."""
    root = tmp_path_factory.mktemp("reports")
    files = explore.figures(*shown) | {explore.SCRIPT: explore.script()}
    files |= {f"embeds/{name}.html": embed.embed(chart, BY).encode() for name, chart in placed.items()}
    drawn = "".join(_CHART.format(one=chart) for chart in placed.values())
    words = html.escape(json.dumps(explore.words()))
    script = (
        f'<script src="explore.js" data-plotly="../{explore.BUNDLE}" data-words="{words}" defer></script>'
    )
    lost = script.replace(explore.BUNDLE, "not-there.js")
    for name, last in (("index", script), ("lost", lost)):
        files[f"{name}.html"] = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon"'
            f' href="data:,"><style>{look.style()}</style><main>{drawn}</main>{last}</html>'
        ).encode()
    for name, file in files.items():
        path = root / "report" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file)
    explore.place_bundle(root)
    return root


@pytest.fixture(scope="module")
def address(folder: Path, placed: dict[str, Chart]) -> Iterator[str]:
    """The address of that folder, with an article that has two of its embeds."""
    with served(folder) as base:
        article = "".join(embed.code(chart, f"{base}report/") for chart in list(placed.values())[:2])
        head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Article</title>'
        (folder / "article.html").write_text(
            f'{head}<link rel="icon" href="data:,"><h1>Article</h1>{article}</html>', encoding="utf-8"
        )
        yield base


@in_browser
@pytest.mark.parametrize("width", [280, 600, 1000])
def test_an_embed_fits_any_width(
    browser: Browser, address: str, placed: dict[str, Chart], width: int
) -> None:
    for name in placed:
        url = f"{address}report/embeds/{name}.html"
        page, asked, said = _open(browser, url, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert [one for one in asked if not one.startswith("data:")] == [url], name
        assert said == [], name
        shown, hidden = (".narrow", ".wide") if width < 740 else (".wide", ".narrow")
        expect(page.locator(f"{shown} svg"), name).to_be_visible()
        expect(page.locator(f"{hidden} svg"), name).to_be_hidden()
        page.context.close()


@in_browser
def test_an_embed_is_whole_without_javascript_and_dark_in_the_dark(browser: Browser, address: str) -> None:
    url = f"{address}report/embeds/cases.html"
    page, _, _ = _open(browser, url, 760, java_script_enabled=False, color_scheme="dark")
    for part in ("h1", ".subtitle", ".wide svg", ".credit >> nth=0", "a"):
        expect(page.locator(part), part).to_be_visible()
    picture = _opened(page.screenshot())
    assert picture.getpixel((2, 2)) == (20, 25, 29)


@in_browser
@pytest.mark.parametrize("width", [320, 900])
def test_an_embed_tells_its_height_to_the_article_around_it(
    browser: Browser, address: str, width: int
) -> None:
    page, asked, said = _open(browser, f"{address}article.html", width)
    settled = """() => [...document.querySelectorAll("iframe")].every(frame => {
        const figure = frame.contentDocument && frame.contentDocument.querySelector("figure");
        return figure && Math.abs(frame.clientHeight - figure.getBoundingClientRect().height) <= 1;
    })"""
    for frame in page.locator("iframe").all():
        frame.scroll_into_view_if_needed()
    page.wait_for_function(settled)
    page.set_viewport_size({"width": 700, "height": 900})
    page.wait_for_function(settled)
    for frame in page.frames[1:]:
        assert frame.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert all(url.startswith((address, "data:")) for url in asked)
    assert said == []


@in_browser
@pytest.mark.parametrize("width", [320, 1280])
def test_every_chart_is_explored_by_keyboard(
    browser: Browser, address: str, placed: dict[str, Chart], width: int
) -> None:
    page, asked, said = _open(browser, f"{address}report/index.html", width, reduced_motion="reduce")
    assert not [url for url in asked if "plotly" in url or "/charts/" in url]
    for name in placed:
        figure = page.locator(f"#chart-{name}")
        button, panel = figure.locator("button.explore"), figure.locator(".explored")
        assert button.get_attribute("aria-expanded") == "false"
        figure.locator(".files a").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "explore"
        page.keyboard.press("Enter")
        page.wait_for_function("id => document.activeElement.id === id", arg=f"explore-{name}")
        assert button.get_attribute("aria-expanded") == "true"
        expect(panel.locator("svg.main-svg").first).to_be_visible()
        assert panel.locator(".trace, .point").count() > 0
        expect(panel.locator(".modebar").first).to_be_hidden()
        expect(figure.locator(".drawing")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className") == "explore"
        assert button.get_attribute("aria-expanded") == "false"
        expect(figure.locator(".drawing")).to_be_visible()
        expect(panel).to_be_hidden()
    assert len([url for url in asked if explore.BUNDLE in url]) == 1
    assert all(url.startswith((f"{address}report/", f"{address}{explore.BUNDLE}", "data:")) for url in asked)
    assert said == []


@in_browser
def test_a_mark_tells_its_numbers(browser: Browser, address: str) -> None:
    page, _, _ = _open(browser, f"{address}report/index.html")
    page.locator("#chart-cases button.explore").click()
    point = page.locator("#explore-cases .point").first
    point.wait_for()
    box = point.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("#explore-cases .hovertext").first.wait_for()
    label = page.locator("#explore-cases .annotation text").first
    assert str(label.evaluate("label => getComputedStyle(label).fontFamily")).startswith('"Source Sans 3"')


@in_browser
def test_exploring_works_from_a_folder_too(browser: Browser, folder: Path) -> None:
    page, _, said = _open(browser, (folder / "report" / "index.html").as_uri())
    page.locator("#chart-vehicles button.explore").click()
    page.locator("#explore-vehicles svg.main-svg").first.wait_for()
    assert said == []


@in_browser
def test_a_report_that_stands_alone_asks_for_nothing_outside_its_folder(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    shared = {
        one.relative_to(folder / "report").as_posix(): one.read_bytes()
        for one in (folder / "report").rglob("*")
        if one.is_file()
    }
    write_files(explore.alone(shared), tmp_path / "draft")
    with served(tmp_path) as base:
        page, asked, said = _open(browser, f"{base}draft/index.html")
        page.locator("#chart-vehicles button.explore").click()
        page.locator("#explore-vehicles svg.main-svg").first.wait_for()
        assert f"{base}draft/{explore.BUNDLE}" in asked
        assert [url for url in asked if not url.startswith((f"{base}draft/", "data:"))] == []
        assert said == []


@in_browser
def test_a_library_that_is_not_there_is_said_in_a_sentence(browser: Browser, address: str) -> None:
    page, _, _ = _open(browser, f"{address}report/lost.html")
    figure = page.locator("#chart-vehicles")
    figure.locator("button.explore").click()
    page.locator("#chart-vehicles [role=status]", has_text="could not be loaded").wait_for()
    expect(figure.locator(".drawing")).to_be_visible()
    assert figure.locator("button.explore").get_attribute("aria-expanded") == "false"


@in_browser
def test_without_javascript_there_is_no_button(browser: Browser, address: str) -> None:
    page, asked, _ = _open(browser, f"{address}report/index.html", java_script_enabled=False)
    assert page.locator("button").count() == 0
    expect(page.locator("figure .wide svg").first).to_be_visible()
    assert not [url for url in asked if "plotly" in url]


def test_an_embed_says_its_language(placed: dict[str, Chart], monkeypatch: pytest.MonkeyPatch) -> None:
    chart = placed["vehicles"]
    assert '<html lang="en">' in embed.embed(chart)
    monkeypatch.setattr(language, "_own", lambda spoken: gettext.NullTranslations())
    with language.using("es"):
        assert '<html lang="es">' in embed.embed(chart)
