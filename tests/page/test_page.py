"""The finished page, and the guard: each of its checks refuses the fault that is planted for it."""

import csv
import io
import json
import re
from pathlib import Path

import nbformat
import pytest
from traitlets.config import Config

from browsing import elements
from common import contrast
from labels import crowded
from pileup.base.errors import PileupError
from pileup.base.paths import NOTEBOOKS
from pileup.case.load import load_case
from pileup.page import check, explore, held, svg
from pileup.page.exporter import ReportExporter
from pileup.story import charts
from pileup.story.charts import theme
from pileup.story.report import Report


@pytest.fixture(scope="module")
def page(made: Path) -> str:
    return (made / "index.html").read_text(encoding="utf-8")


def test_at_least_eight_charts_each_with_drawings_and_a_table(page: str, made: Path) -> None:
    figures = re.findall(r'<figure class="chart" id="chart-([\w-]+)"[^>]*>(.*?)</figure>', page, re.DOTALL)
    assert len(figures) >= 8
    for name, figure in figures:
        assert figure.count("<svg") == 2, name
        assert figure.count('role="img"') == 2, name
        assert "<caption>" in figure, name
        assert 'scope="col"' in figure, name
        assert 'scope="row"' in figure, name
        drawing = (made / "charts" / f"{name}.svg").read_text(encoding="utf-8")
        assert drawing.startswith("<svg ")
        assert "var(--" not in drawing
        rows = list(csv.reader(io.StringIO((made / "tables" / f"{name}.csv").read_text(encoding="utf-8"))))
        assert len(rows) > 1, name
        assert len({len(row) for row in rows}) == 1, name


def test_the_page_is_whole_without_scripts_and_asks_for_nothing(page: str) -> None:
    found = elements(page)
    assert not [tag for tag, _ in found if tag in ("iframe", "img", "object", "embed", "video")]
    scripts = [attrs for tag, attrs in found if tag == "script"]
    assert [attrs.get("src") or attrs.get("type") for attrs in scripts] == [
        "own.js",
        "application/ld+json",
        "explore.js",
    ]
    assert {attrs["href"] for tag, attrs in found if tag == "link"} == {"data:,"}
    assert not re.search(r"url\((?!data:|#)", page)
    assert len(page.encode()) < check.MOST_BYTES


def test_every_number_in_the_texts_leads_to_its_entry(page: str, made: Path) -> None:
    ledger = (made / "ledger.html").read_text(encoding="utf-8")
    ids = {attrs["id"] for _, attrs in elements(ledger) if "id" in attrs}
    anchors = re.findall(r'<a class="n" href="ledger\.html#([^"]+)">', page)
    assert len(anchors) > 50
    assert set(anchors) <= ids
    said = re.findall(r' data-of="([^"]+)"', page)
    assert len(said) > 300
    assert {f"how-{origin}" for origin in said} <= ids
    # In a text a number says its value to programs too; in a table it does where it is written otherwise.
    tables = "".join(re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL))
    in_tables, everywhere = (
        re.findall(r'<data value="([^"]+)"[^>]*>([^<]+)</data>', one) for one in (tables, page)
    )
    assert len(everywhere) - len(in_tables) > 80
    assert in_tables
    assert all(value != text for value, text in in_tables)


def test_what_a_finding_is_computed_from_stands_in_the_ledger(made: Path) -> None:
    record = json.loads((made / "findings.json").read_text(encoding="utf-8"))
    ledger = (made / "ledger.html").read_text(encoding="utf-8")
    ids = {attrs["id"] for _, attrs in elements(ledger) if "id" in attrs}
    computed = [one for one in record["findings"] if "origins" in one]
    assert len(computed) > 100
    for one in computed:
        assert len(one["origins"]) == len(one["computed_from"]), one["id"]
        assert any(one["origins"]), one["id"]
        assert {f"how-{name}" for origin in one["origins"] for name in origin.split()} <= ids, one["id"]


def test_the_script_has_its_words_from_the_page(page: str) -> None:
    (script,) = [attrs for tag, attrs in elements(page) if tag == "script" and "data-words" in attrs]
    words = json.loads(script["data-words"] or "")
    code = Path(explore.__file__).with_name(explore.SCRIPT).read_text(encoding="utf-8")
    assert set(re.findall(r"\bwords\.(\w+)", code)) == set(words)
    assert "Source, notes, numbers and files" in words["label"]
    assert ">Source, notes, numbers and files</summary>" in page
    assert not re.search(r'"[A-Z][a-z]+ [a-z ]+', code)


def test_the_headings_follow_the_readers_questions(page: str) -> None:
    assert re.findall(r"<h2 id=\"[\w-]+\">([^<]+)</h2>", page)[1:] == [
        "What happened?",
        "How big was it?",
        "How did the sentence come about?",
        "What do others get?",
        "What came after?",
        "What is disputed or unknown?",
        "More charts and tables",
        "How do we know?",
        "Corrections and updates",
        "Data and rebuilding",
    ]


def test_code_and_parameters_cells_do_not_reach_readers(page: str) -> None:
    assert "import " not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "start(globals())" not in page


def _notebook(*cells: str) -> nbformat.NotebookNode:
    """Return a notebook of one's own: a title, and cells of Markdown."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(one) for one in cells])


def test_text_of_a_notebook_is_never_trusted_as_html() -> None:
    notebook = _notebook(
        "# <b>Title</b>", "## <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\nText."
    )
    html, _ = ReportExporter().from_notebook_node(notebook)
    assert "<script>" not in html
    assert "<img" not in html
    assert "<b>Title" not in html


@pytest.mark.parametrize("name", ["1-case", "2-pileup", "3-sentence"])
def test_a_notebook_that_shows_its_working_is_no_page_for_readers(name: str) -> None:
    with pytest.raises(PileupError, match=r"shows its working: .*--working.*--to html") as told:
        ReportExporter().from_filename(str(NOTEBOOKS / f"{name}.ipynb"))
    assert len(str(told.value)) < 300


def test_a_preprocessor_that_somebody_asks_for_is_run(tmp_path: Path) -> None:
    path = tmp_path / "mine.ipynb"
    nbformat.write(_notebook("# Mine", "## Which were the largest?\n\nText.", "More text."), path)
    plain, _ = ReportExporter().from_filename(str(path))
    config = Config({"RegexRemovePreprocessor": {"patterns": [r"## .*"], "enabled": True}})
    chosen = ["nbconvert.preprocessors.RegexRemovePreprocessor"]
    less, resources = ReportExporter(config=config, preprocessors=chosen).from_filename(str(path))
    assert 'id="which-were-the-largest"' in plain
    assert 'id="which-were-the-largest"' not in less
    assert resources["output_extension"] == ".html"


@pytest.mark.slow
def test_a_cell_that_failed_stops_the_export() -> None:
    notebook = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    notebook.cells[-1].outputs = [
        nbformat.v4.new_output("error", ename="ValueError", evalue="broken", traceback=[])
    ]
    with pytest.raises(PileupError, match=r"cell \d+ ended in ValueError: broken"):
        ReportExporter().from_notebook_node(notebook)


def test_a_notebook_that_was_not_run_is_refused() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    with pytest.raises(PileupError, match="nothing to publish: run it first"):
        ReportExporter().from_notebook_node(notebook)


@pytest.mark.slow
def test_a_drawing_does_not_depend_on_what_was_drawn_before() -> None:
    def labeled(size: int) -> dict:
        note = {"text": "Exit 256", "x": 0.3, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
        layout = {"template": "none", "width": 300, "height": 200, "font": {"size": size}}
        return {"data": [], "layout": {**layout, "annotations": [note]}}

    svg._engine.cache_clear()  # nothing drawn yet
    alone = svg.render(labeled(13), "narrow")
    svg.render(labeled(20), "wide")
    assert svg.render(labeled(13), "narrow") == alone
    svg._engine.cache_clear()
    svg.render(labeled(20), "wide")  # the larger one first
    assert svg.render(labeled(13), "narrow") == alone


def test_a_drawing_is_the_same_every_time_and_names_itself(report: Report) -> None:
    figure = charts.largest(report).wide.to_plotly_json()
    first, second = svg.render(figure, "largest-wide"), svg.render(figure, "largest-wide")
    assert first == second
    assert svg.render(figure, "other") != first
    named = svg.named(first, "x", "A <title>", "Words & more")
    assert '<title id="x-title">A &lt;title&gt;</title>' in named
    assert 'fill="#b5470b"' in first
    assert "style" not in first


def _schemes() -> list[dict[str, str]]:
    css = (Path(svg.__file__).parent / "style.css").read_text(encoding="utf-8")
    found = [dict(re.findall(r"--(\w+): (#\w{6})", rule)) for rule in re.findall(r":root \{([^}]*)\}", css)]
    return [scheme for scheme in found if "context" in scheme]


@pytest.mark.parametrize("scheme", _schemes(), ids=["light", "dark"])
def test_contrast_of_text_and_marks(scheme: dict[str, str]) -> None:
    """WCAG 2.2: 4.5 to 1 for text, 3 to 1 for marks, on paper and (for text) on the tinted ground."""
    for name in ("ink", "muted", "accent", "second"):
        assert contrast(scheme[name], scheme["paper"]) >= 4.5, name
    for name in ("ink", "muted"):
        assert contrast(scheme[name], scheme["tint"]) >= 4.5, name
    assert contrast(scheme["context"], scheme["paper"]) >= 3


def test_the_page_swaps_the_colors_that_the_charts_use() -> None:
    light = _schemes()[0]
    used = {name: getattr(theme, name.upper()) for name in light if name != "tint"}
    assert {name: light[name] for name in used} == used
    assert {value: name for name, value in used.items()} == svg.SWAPS


def test_no_text_in_a_phones_chart_is_smaller_than_12_pixels(page: str) -> None:
    narrow = re.findall(r'<div class="narrow" hidden>(.*?)</div>', page, re.DOTALL)
    assert len(narrow) >= 8
    for drawing in narrow:
        assert f'viewBox="0 0 {theme.NARROW} ' in drawing
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing)) >= 12


def test_no_label_of_a_chart_is_cut_or_covered(page: str, made: Path) -> None:
    """Measured in the font that the page ships."""
    more = (made / "more.html").read_text(encoding="utf-8")
    found = [one for html in (page, more) for one in held.in_html(html)]
    assert len(found) >= 30
    assert [fault for drawing in found for fault in crowded(drawing)] == []


def test_findings_beside_the_page_have_what_the_texts_cite(page: str, made: Path) -> None:
    listed = {
        entry["id"] for entry in json.loads((made / "findings.json").read_text(encoding="utf-8"))["findings"]
    }
    cited = set(re.findall(r'(?: data-of="|<a class="n" href="ledger\.html#how-)([^"]+)"', page))
    ledger_only = (
        "method",
        "table.",
        "parameter.",
        "case.file",
        "law.file",
        "source.",
        "account.",
        "comparable.",
    )
    assert {origin for origin in cited if not origin.startswith(ledger_only)} <= listed


def test_a_hash_inside_code_is_no_heading() -> None:
    notebook = _notebook("# Title", "Run this:\n\n```\n# a comment\n```\n\n## A heading\n\nText.")
    html, _ = ReportExporter().from_notebook_node(notebook)
    assert "# a comment" in html
    assert '<h2 id="a-heading">A heading</h2>' in html


def test_the_dead_are_named_once_together(page: str, made: Path) -> None:
    """In one sentence of the story, and nowhere else: no ledger, table, drawing or file beside the page."""
    names = [
        fact.value for fact in load_case("aguilera-mederos").fact if fact.group == "the dead" and fact.value
    ]
    assert len(names) == 4
    for name in map(str, names):
        assert page.count(name) == 1
        # The record is the page once more, as data.
        assert (made / "record.json").read_text(encoding="utf-8").count(name) == 1
        own = (made / "index.html", made / "record.json")
        beside = [path for path in made.rglob("*") if path.is_file() and path not in own]
        assert not [path for path in beside if name.encode() in path.read_bytes()]
    places = [page.index(str(name)) for name in names]
    assert max(places) - min(places) < 200
