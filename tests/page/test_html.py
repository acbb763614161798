"""The Nu Html Checker, the W3C's own, finds no fault in any page or drawing, and does find a planted one."""

import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

from common import ROOT
from pileup.page import working
from pileup.page.record import read

JAR = ROOT / ".venv/node_modules/vnu-jar/build/dist/vnu.jar"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not JAR.exists() or not shutil.which("java"),
        reason="no Nu Html Checker or no Java on this machine; .ci/run installs both",
    ),
]


#: What the checker says wrongly of a policy: it takes JSON-LD for a script, which no browser runs, and does
#: not find what a relative address names, whatever the policy allows. tests/page/test_browser.py holds both.
POLICY = (
    r".*Inline script violates Content Security Policy .*"
    r"|.*violates Content Security Policy \(meta tag\): external script"
    r" “[\w./-]*(?:explore|own)\.js” blocked .*"
)


def _faults(*files: Path, svg: bool = False) -> list[str]:
    """Return what the checker says about some files, warnings included."""
    kind = ["--svg"] if svg else []
    run = subprocess.run(
        ["java", "-jar", str(JAR), "--format", "gnu", "--filterpattern", POLICY, *kind, *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stderr.splitlines()


def test_the_page_is_valid(made: Path) -> None:
    assert _faults(made / "index.html") == []


def test_the_drawings_beside_it_are_valid(made: Path) -> None:
    assert _faults(*sorted((made / "charts").glob("*.svg")), svg=True) == []


def test_the_page_of_every_numbered_notebook_is_valid(made: Path, tmp_path: Path) -> None:
    page = read((made / "record.json").read_bytes()).page
    numbered = {path.stem: nbformat.read(path, as_version=4) for path in working.numbered()}
    for name, html in working.pages(page, numbered, "index.html").items():
        (tmp_path / Path(name).name).write_bytes(html)
    assert len(list(tmp_path.iterdir())) == 3
    told = _faults(*sorted(tmp_path.glob("*.html")))
    # The policy has the style's own checksum, as the guard holds it; the checker reckons another.
    assert [one for one in told if "Inline style violates Content Security Policy" not in one] == []


def test_a_planted_fault_is_found(made: Path, tmp_path: Path) -> None:
    page = (made / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page.replace("<td>", '<td role="cell">', 1), encoding="utf-8")
    assert _faults(tmp_path / "index.html") != []
