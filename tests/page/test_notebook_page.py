"""The notebook behind a page: each cell with its code, its parameters, and nothing of the machine."""

import html
import re
from pathlib import Path

import nbformat
import pytest

from browsing import elements
from pileup.base.paths import NOTEBOOKS
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.page import allowed, markup, structure
from pileup.page.notebook import NAME


def test_every_cell_stands_there_with_its_code(made: Path) -> None:
    page = (made / NAME).read_text(encoding="utf-8")
    code = [html.unescape(one) for one in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]
    notebook = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    assert code[1:] == [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code[0] == "case = 'aguilera-mederos'"


def test_each_chart_is_shown_by_its_drawing_and_leads_to_the_page(made: Path) -> None:
    found = elements((made / NAME).read_text(encoding="utf-8"))
    shown = [named for tag, named in found if tag == "img"]
    assert sorted(f"{made / str(one['src'])}" for one in shown) == sorted(map(str, made.glob("charts/*.svg")))
    assert all(one["alt"] for one in shown)
    page = (made / "index.html").read_text(encoding="utf-8")
    links = [str(named["href"]) for tag, named in found if tag == "a"]
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert {link.partition("#")[2] for link in links if link.startswith("index.html#")} <= ids
    assert f'<a href="{NAME}">' in page


@pytest.mark.slow
def test_its_parameters_are_those_of_the_run_without_the_folders_of_the_machine(write_case, tmp_path) -> None:
    chosen = {"case": str(write_case()), "state": "OH", "first_year": 2000}
    page = make_report(parameters.check(chosen), tmp_path / "out" / "page", progress=False)
    said = html.unescape((page.parent / NAME).read_text(encoding="utf-8"))
    assert "case = 'my'\nfirst_year = 2000\nstate = 'OH'" in said
    assert str(tmp_path) not in said


def test_the_guard_sees_what_it_must_not_load(made: Path) -> None:
    page = (made / NAME).read_text(encoding="utf-8")
    files = {path.relative_to(made).as_posix() for path in made.rglob("*")}

    def faults(page: str) -> list[str]:
        root = markup.read(page)
        return [*allowed.refused(root), *structure.refused(root, files, story=False)]

    assert faults(page) == []
    for planted in ("https://elsewhere.example/a.svg", "../a.svg", "charts/none.svg"):
        told = faults(re.sub(r'src="[^"]*"', f'src="{planted}"', page, count=1))
        assert len(told) == 1
        assert planted in told[0]
