"""The numbered notebooks beside a page: from a number in the ledger to the cell that derives it."""

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from browsing import elements
from pileup.files import parameters
from pileup.make.run import make_report, write_single
from pileup.page import allowed, markup, working
from pileup.page.check import check_page
from pileup.page.parts import contents
from pileup.page.record import read
from pileup.story.working import CHECKED
from pileup.words import language

NAMES = ["1-case", "2-pileup", "3-sentence"]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with its working, of another state."""
    out = tmp_path_factory.mktemp("worked") / "report"
    return make_report(parameters.check({"state": "TX"}), out, progress=False, working=True).parent


@pytest.mark.slow
def test_each_number_of_the_ledger_leads_to_the_cell_that_derives_it(worked: Path) -> None:
    ledger = (worked / "ledger.html").read_text(encoding="utf-8")
    entries = re.findall(r'<li class="computed" id="([^"]+)">.*?</li>', ledger, re.DOTALL)
    computed = [one for one in entries if not one.startswith("how-parameter")]
    links = re.findall(r'<a href="(working/[^"#]+)#(cell-\d+)">', ledger)
    assert len(links) == len(computed) > 200
    for name, cell in set(links):
        page = (worked / name).read_text(encoding="utf-8")
        code = re.search(rf'<pre tabindex="0" id="{cell}"><code>(.*?)</code></pre>', page, re.DOTALL)
        assert code
        assert "check(" in code[1]


@pytest.mark.slow
def test_the_working_ran_with_the_report_s_own_parameters_and_passes_the_gate(worked: Path) -> None:
    assert sorted(path.stem for path in (worked / "working").iterdir()) == NAMES
    assert check_page(worked).faults == []
    page = (worked / "working" / "2-pileup.html").read_text(encoding="utf-8")
    assert "crashes.state_fatal_crashes: 153,314, as on the page" in page
    assert "state = &#39;TX&#39;" in page
    story = (worked / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="working/([^"]+)\.html">', story) == NAMES
    assert "pileup report --case aguilera-mederos -p state TX --working<" in story
    headings = [one for tag, one in elements(page) if tag == "h1"]
    assert len(headings) == 1


@pytest.mark.slow
def test_in_a_single_file_the_cell_is_told_and_leads_nowhere(worked: Path, tmp_path: Path) -> None:
    write_single(worked / "index.html", tmp_path / "one.html")
    html = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert 'href="working/' not in html
    assert "Derived in: the working, 2-pileup, cell" in html
    assert check_page(tmp_path / "one.html").faults == []


@pytest.mark.slow
def test_a_working_page_that_was_changed_is_told(worked: Path, tmp_path: Path) -> None:
    other = tmp_path / "report"
    for name, content in contents(worked).items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_bytes(
            content.replace(b"153,314, as", b"153,315, as") if "2-pileup" in name else content
        )
    (tmp_path / "plotly").mkdir()
    for bundle in worked.parent.glob("plotly*"):
        (tmp_path / bundle.name).write_bytes(bundle.read_bytes())
    assert any("working/2-pileup.html" in fault for fault in check_page(other).faults)


def test_without_the_pages_the_ledger_names_the_cell(made: Path) -> None:
    ledger = (made / "ledger.html").read_text(encoding="utf-8")
    assert "Derived in: the working, 2-pileup, cell" in ledger
    assert "working/" not in ledger


@pytest.mark.parametrize("page_in", ["made", "made_in_spanish"])
def test_the_prose_of_the_working_passes_the_gate_in_each_language(
    request: pytest.FixtureRequest, page_in: str
) -> None:
    made = read((request.getfixturevalue(page_in) / "record.json").read_bytes())
    numbered = {path.stem: nbformat.read(path, as_version=4) for path in working.numbered()}
    with language.using(made.language):
        pages = working.pages(made.page, numbered, "index.html")
        assert len(pages) == 3
        for name, html in pages.items():
            assert list(allowed.refused(markup.read(html.decode()))) == [], name


def test_the_cell_is_the_first_that_derives_it_and_injected_ones_do_not_count() -> None:
    def cell(*ids: str, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
        output = nbformat.v4.new_output("execute_result", {CHECKED: {"ids": list(ids)}})
        return nbformat.v4.new_code_cell("x", outputs=[output], metadata={"tags": list(tags)})

    nb = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# A"),
            cell(tags=("injected-parameters",)),
            cell("a", "b"),
            cell("b"),
        ]
    )
    assert working.derived({"1-case": nb}) == {"a": ("1-case", 2), "b": ("1-case", 2)}


def test_a_frame_has_its_rows_and_says_what_heads_them() -> None:
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 2)], names=["letter", "n"])
    found = working.frame(pd.DataFrame({"x": [1.5, None], "y": ["<b>", "inf"]}, index=index)._repr_html_())
    texts = [[cell["text"] for cell in row] for row in (*found["top"], *found["rows"])]
    assert texts == [
        ["", "", "x", "y"],
        ["letter", "n", "", ""],
        ["a", "1", "1.5", "<b>"],
        ["", "2", "–", "∞"],
    ]
    assert [cell["head"] for cell in found["rows"][1]] == [True, True, False, False]
    assert [cell["number"] for cell in found["rows"][0][2:]] == [True, False]
    many = working.frame(pd.DataFrame({"x": range(100)})._repr_html_())
    assert many["said"] == "100 rows × 1 columns"
