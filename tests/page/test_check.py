"""`pileup check`, the single file and the PDF: what a reporter does with a page that is made."""

import json
import shutil
from pathlib import Path

import pytest

from common import pileup
from pileup.base.errors import PileupError
from pileup.make.run import write_single
from pileup.page import pdf
from pileup.page.check import check_page


def _check(path: Path) -> tuple[int, list[str]]:
    status, said = pileup("check", path)
    return status, said.splitlines()


def test_a_page_and_its_folder_pass(made: Path) -> None:
    assert _check(made) == _check(made / "index.html")
    status, lines = _check(made)
    assert status == 0
    assert lines[-1].endswith("index.html: no faults")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<h1>", "<p>28 vehicles</p><h1>", "a number leads to no origin in “28 vehicles”"),
        ("</main>", "<script>alert(1)</script></main>", "script"),
        ("</main>", "<img src='https://example.org/x.png'></main>", "the page would load"),
        ("</main>", "<p>ZeroDivisionError: division by zero</p></main>", "ZeroDivisionError: "),
        ("</main>", "<p>UserWarning: old</p></main>", "UserWarning: "),
        ("</main>", "<p>{{ head }}</p></main>", "{{"),
        ("</main>", "<a href='#nowhere'>x</a></main>", "leads nowhere"),
        ('class="chart"', 'class="gone"', "charts were made, but"),
        ("</main>", "<h6>Deep</h6></main>", "a heading of level 6"),
        ('<html lang="en">', "<html>", "the page names its language as None"),
        ("</main>", "<p>Ocurrió None veces</p></main>", "the text has 'None'"),
    ],
)
def test_a_planted_fault_is_found_and_every_other_with_it(copy: Path, old: str, new: str, said: str) -> None:
    page = copy / "index.html"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1).replace("</main>", "<p>NaN</p></main>", 1), encoding="utf-8")
    status, lines = _check(copy)
    assert status == 2
    assert any(said in line for line in lines), lines
    assert any("NaN" in line for line in lines)


def test_a_file_that_is_gone_is_missed(copy: Path) -> None:
    (copy / "tables" / "vehicles.csv").unlink()
    assert _check(copy)[1] == [line for line in _check(copy)[1] if "tables/vehicles.csv" in line] != []


def test_a_chart_that_lost_its_parts_is_missed(copy: Path) -> None:
    record = json.loads((copy / "findings.json").read_text(encoding="utf-8"))
    record["charts"][0] |= {"alt": "", "rows": 0}
    (copy / "findings.json").write_text(json.dumps(record), encoding="utf-8")
    _, lines = _check(copy)
    assert any("has no alt" in line for line in lines)
    assert any("has no numbers in its table" in line for line in lines)


def test_what_is_no_page_is_told_in_one_line(copy: Path, tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none", "no page"), (copy, "no findings.json")):
        (copy / "findings.json").unlink(missing_ok=True)
        status, lines = _check(path)
        assert status == 2
        assert len(lines) == 1
        assert said in lines[0]


def test_a_single_file_has_everything_and_passes(made: Path, tmp_path: Path) -> None:
    one = tmp_path / "alone" / "one.html"
    one.parent.mkdir()
    write_single(made / "index.html", one)
    text = one.read_text(encoding="utf-8")
    assert check_page(one) == (one, [])
    assert 'href="tables/' not in text
    assert 'href="findings.json"' not in text
    assert text.count('download="') == len(list((made / "tables").iterdir())) + 1
    with pytest.raises(PileupError, match="cannot be written"):
        write_single(made / "index.html", tmp_path / "nowhere" / "one.html")


def test_without_a_browser_it_is_said_what_to_install(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    with pytest.raises(PileupError, match=r"no Chromium or Chrome was found; install one"):
        pdf.print_pdf(made / "index.html", tmp_path / "page.pdf")


def test_a_browser_that_prints_nothing_leaves_the_last_pdf(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda name: "/bin/true")
    (tmp_path / "page.pdf").write_bytes(b"%PDF old")
    with pytest.raises(PileupError, match="printed nothing"):
        pdf.print_pdf(made / "index.html", tmp_path / "page.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["page.pdf"]
    assert (tmp_path / "page.pdf").read_bytes() == b"%PDF old"


@pytest.mark.slow
@pytest.mark.skipif(
    not any(map(shutil.which, pdf.BROWSERS)), reason="no Chromium on this machine; .ci/run installs one"
)
def test_the_pdf_is_tagged(made: Path, tmp_path: Path) -> None:
    pdf.print_pdf(made / "index.html", tmp_path / "page.pdf")
    content = (tmp_path / "page.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
    assert b"/Lang" in content
