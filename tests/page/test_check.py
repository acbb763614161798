"""`pileup check`, the single file and the PDF: what a reporter does with a page that is made."""

import shutil
from pathlib import Path

import pytest

from common import pileup
from pileup.base.errors import PileupError
from pileup.make.run import write_single
from pileup.page import pdf
from pileup.page.check import Checked, check_page


def _check(path: Path) -> tuple[int, list[str]]:
    status, said = pileup("check", path)
    return status, said.splitlines()


def test_a_page_and_its_folder_pass(made: Path) -> None:
    assert _check(made) == _check(made / "index.html")
    status, lines = _check(made)
    assert status == 0
    assert lines[-1].endswith("index.html: no faults")


def test_what_is_no_page_is_told_in_one_line(copy: Path, tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none", "no page"), (copy, "record.json: is missing; make")):
        (copy / "record.json").unlink(missing_ok=True)
        status, lines = _check(path)
        assert status == 2
        assert len(lines) == 1
        assert said in lines[0]


def test_a_single_file_has_everything_and_passes(made: Path, tmp_path: Path) -> None:
    one = tmp_path / "alone" / "one.html"
    one.parent.mkdir()
    write_single(made / "index.html", one)
    text = one.read_text(encoding="utf-8")
    assert check_page(one) == Checked(one, [], [])
    assert 'href="tables/' not in text
    assert 'href="findings.json"' not in text
    assert (
        text.count('download="') == len(list((made / "tables").iterdir())) + 2
    )  # findings.json, record.json
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
