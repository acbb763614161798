"""The plain route, `jupyter nbconvert --to report`: pages of one folder share no number, no link is dead."""

import posixpath
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from playwright.sync_api import Browser

from browsing import elements, in_browser, open_page, served
from common import executed, pileup
from pileup.base.errors import PileupError
from pileup.base.swap import write_files
from pileup.page import check, explore
from pileup.page.exporter import ReportExporter
from pileup.story.report import Report

pytestmark = pytest.mark.slow
NAMES = ("Texas & more", "story")
BASE = "https://news.example/pileup/"


@pytest.fixture(scope="module")
def converted(report: Report) -> dict[str, dict[str, bytes]]:
    """By name, what nbconvert writes for each of two notebooks: files by their path in the folder."""
    pages = {}
    for name in NAMES:
        # As nbconvert's own command has them.
        resources = {"unique_key": name, "output_files_dir": f"{name}_files"}
        html, told = ReportExporter(base_url=BASE).from_notebook_node(executed(report), resources)
        files = {posixpath.normpath(path): content for path, content in told["outputs"].items()}
        pages[name] = {f"{name}.html": html.encode(), **files}
    return pages


@pytest.fixture(scope="module")
def folder(converted: dict[str, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that both were converted into."""
    place = tmp_path_factory.mktemp("od")
    for files in converted.values():
        write_files(files, place)
    return place


def test_two_pages_of_one_folder_share_nothing_but_the_library(
    converted: dict[str, dict[str, bytes]],
) -> None:
    one, other = converted.values()
    assert one.keys() & other.keys() == {explore.BUNDLE}
    assert len(one) == len(other) > 100
    for name, files in converted.items():
        assert {path.partition("/")[0] for path in files} == {
            f"{name}.html", f"{name}_files", explore.BUNDLE,
        }  # fmt: skip


def test_whatever_a_page_offers_is_there(converted: dict[str, dict[str, bytes]]) -> None:
    """Each link and source of the page, its embeds and its notebook leads to a file of its own."""
    for name, files in converted.items():
        asked = 0
        for path in [path for path in files if path.endswith(".html")]:
            for _, named in elements(files[path].decode()):
                for key in ("href", "src", "data-plotly"):
                    address = (named.get(key) or "").partition("#")[0]
                    if not address or address.startswith(("data:", "https:", "http:", "mailto:")):
                        continue
                    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
                    assert target in files, (path, address)
                    asked += 1
        assert asked > 200
        page = files[f"{name}.html"].decode()
        prefix = f"{name}_files/".replace(" ", "%20").replace("&", "%26")
        assert f"{BASE}{prefix}findings.json" in page
        assert f'content="{BASE}{prefix}card.png"' in page
        assert f"{BASE}{prefix}embeds/vehicles.html" in files[f"{name}_files/embeds/vehicles.txt"].decode()


def test_the_guard_holds_what_a_page_offers(folder: Path, converted: dict[str, dict[str, bytes]]) -> None:
    for name in NAMES:
        status, said = pileup("check", folder / f"{name}.html")
        assert (status, said.strip().rpartition(": ")[2]) == (0, "no faults")


def test_the_guard_misses_what_a_page_offers(folder: Path, tmp_path: Path) -> None:
    for name in ("story.html", explore.BUNDLE):
        shutil.copy(folder / name, tmp_path / name)
    shutil.copytree(folder / "story_files", tmp_path / "story_files")
    assert check.check_page(tmp_path / "story.html").faults == []
    (tmp_path / explore.BUNDLE).unlink()
    missing = f"explore.js: loads {explore.BUNDLE}, which does not stand beside the page"
    assert check.check_page(tmp_path / "story.html").faults == [missing]
    (tmp_path / "story_files").rename(tmp_path / "other_files")
    with pytest.raises(PileupError, match=r"record\.json: is missing; make"):
        check.check_page(tmp_path / "story.html")


@in_browser
def test_every_chart_of_a_converted_page_is_explored(browser: Browser, folder: Path) -> None:
    with served(folder) as base:
        for address in (f"{base}Texas%20%26%20more.html", (folder / "story.html").as_uri()):
            page, asked, said = open_page(browser, address)
            figures = page.locator("figure.chart").all()
            assert len(figures) > 5
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            for figure in figures[::7]:
                figure.locator("button.explore").click()
                figure.locator(".explored svg.main-svg").first.wait_for()
            assert said == []
            assert len([url for url in asked if explore.BUNDLE in url]) == 1
            page.context.close()


@pytest.mark.parametrize(
    ("resources", "page", "files"),
    [
        (
            {"unique_key": "sub/story", "output_files_dir": "sub/story_files"},
            "story.html",
            "sub/story_files/",
        ),
        ({"unique_key": "a", "output_files_dir": "data"}, "a.html", "data/a_files/"),
        ({"unique_key": "a", "output_files_dir": "."}, "a.html", "a_files/"),
        ({"metadata": {"name": "a"}}, "a.html", "a_files/"),
        ({}, "index.html", ""),
    ],
)
def test_each_page_has_a_folder_of_its_own_name_wherever_it_goes(
    resources: dict, page: str, files: str
) -> None:
    html, told = ReportExporter().from_notebook_node(_small(), dict(resources))
    outputs = [posixpath.normpath(name) for name in told["outputs"]]
    assert outputs == [f"{files}{name}" for name in ("tables/one.csv", "record.json", "manifest.json")]
    inside = posixpath.relpath(outputs[0], posixpath.dirname(resources.get("unique_key", "")) or ".")
    assert f'href="{inside}"' in html


def test_a_folder_that_is_not_beside_the_page_is_refused() -> None:
    with pytest.raises(PileupError, match=r"output_files_dir \.\./else: does not stand beside the page"):
        ReportExporter().from_notebook_node(
            _small(), {"metadata": {"name": "a"}, "output_files_dir": "../else"}
        )


def test_what_jupyterlab_exports_is_one_file(report: Report) -> None:
    """Its zip has no folders, so that no link into one would lead anywhere."""
    resources = {"config_dir": "", "metadata": {"name": "story"}}
    html, told = ReportExporter().from_notebook_node(executed(report), resources)
    assert not told.get("outputs")
    assert not [named for tag, named in elements(html) if tag == "script" and "src" in named]
    assert not re.search(r'href="(?:tables|charts|embeds|findings|notebook)', html)
    # The box that a reader sets numbers in stands inside, allowed by its mark alone.
    assert re.findall(r"script-src ([^;\"]*)", html)[0].startswith("'sha256-")
    assert html.count('download="') > 20


def test_nbconvert_says_a_fault_in_one_line_and_writes_nothing(tmp_path: Path) -> None:
    notebook = _small()
    notebook.cells.append(
        nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("stream", text="33,487\n")])
    )
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    command = [str(Path(sys.executable).parent / "jupyter"), "nbconvert", "--to", "report", "mine.ipynb"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "cell 3 prints text, which no page shows" in ran.stderr.splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.ipynb"]


def _small() -> nbformat.NotebookNode:
    """Return a notebook with a title and a table."""
    import pileup

    source = pileup.Source("NHTSA, FARS", ("table.crashes",))
    columns = [pileup.Column("Year"), pileup.Column("Crashes", numeric=True)]
    table = pileup.Table("one", "Fatal crashes by year", columns, [["2019", 33_487]], source)
    data = nbformat.from_dict(table._repr_mimebundle_())
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# A title"),
            nbformat.v4.new_code_cell("table", outputs=[nbformat.v4.new_output("display_data", data=data)]),
        ]
    )
