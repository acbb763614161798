"""`pileup notebook`: where a notebook is, and a copy; in a checkout, and as a wheel installs it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from common import ROOT, pileup
from pileup.base.paths import NOTEBOOKS
from pileup.make.notebooks import known_notebooks
from pileup.page.check import check_page

BIN = Path(sys.executable).parent


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["1-case", "2-pileup", "3-sentence", "launcher", "report", "report.ipynb"])
def test_the_path_of_each_notebook_is_printed_alone(name: str) -> None:
    place = NOTEBOOKS / f"{name.removesuffix('.ipynb')}.ipynb"
    assert pileup("notebook", "path", name) == (0, f"{place}\n")
    assert place.is_file()
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} == {*known_notebooks()}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("report",), "report.ipynb"),
        (("report", "mine.ipynb"), "mine.ipynb"),
        (("report", "there"), "there/report.ipynb"),
        (("1-case.ipynb", "there/mine.ipynb"), "there/mine.ipynb"),
    ],
)
def test_a_copy_is_the_same_and_takes_no_file_s_place(words: tuple[str, ...], place: str, here: Path) -> None:
    (here / "there").mkdir()
    assert pileup("notebook", "copy", *words) == (0, f"{place}\n")
    source = NOTEBOOKS / f"{words[0].removesuffix('.ipynb')}.ipynb"
    assert (here / place).read_bytes() == source.read_bytes()
    (here / place).write_text("my work", encoding="utf-8")
    told = f"pileup: {place}: stands there already; name another file\n"
    assert pileup("notebook", "copy", *words) == (2, told)
    assert (here / place).read_text(encoding="utf-8") == "my work"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("path", "reprot"),
            "notebook 'reprot': none has this name (did you mean report?); known are 1-case, ",
        ),
        (("path", "../README"), "notebook '../README': none has this name"),
        (("path", ""), "notebook '': none has this name; known are "),
        (("copy", "cases"), "notebook 'cases': none has this name (did you mean 1-case?)"),
        (("copy", "report", "mine"), "mine: no name of a notebook; name a file that ends in .ipynb"),
        (("copy", "report", "no/mine.ipynb"), "no/mine.ipynb: cannot be written (No such file or directory)"),
    ],
)
def test_bad_input_is_one_line(words: tuple[str, ...], said: str, here: Path) -> None:
    status, output = pileup("notebook", *words)
    assert (status, output.count("\n")) == (2, 1), output
    assert output.startswith(f"pileup: {said}")
    assert not [*here.iterdir()]


@pytest.mark.slow
def test_the_wheel_carries_the_notebooks_and_papermill_runs_them_without_a_checkout(tmp_path: Path) -> None:
    """Built and unpacked as pip does, with no network; the environment's other packages are those here."""
    wheels, site, desk = (tmp_path / name for name in ("wheels", "site", "desk"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", wheels]
    subprocess.run(build, cwd=ROOT, capture_output=True, timeout=120, check=True)
    [wheel] = wheels.iterdir()
    zipfile.ZipFile(wheel).extractall(site)
    desk.mkdir()

    def run(*words: str) -> str:
        path = f"{BIN}:{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-c", " ".join(words)],
            cwd=desk,
            env={**os.environ, "PYTHONPATH": str(site), "PATH": path},
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        ).stdout

    carried = site / "pileup" / "home" / "notebooks"
    assert run("pileup", "notebook", "path", "report") == f"{carried / 'report.ipynb'}\n"
    assert {one.name for one in carried.glob("*.ipynb")} == {one.name for one in NOTEBOOKS.glob("*.ipynb")}
    assert run("pileup", "notebook", "copy", "1-case") == "1-case.ipynb\n"
    run("papermill --no-progress-bar $(pileup notebook path report) out.ipynb -p state texas")
    run("jupyter nbconvert --to report out.ipynb")
    assert check_page(desk / "out.html").faults == []
    findings = json.loads((desk / "out_files" / "findings.json").read_text(encoding="utf-8"))
    assert findings["parameters"]["state"] == "TX"
    assert str(ROOT) not in (desk / "out.ipynb").read_text(encoding="utf-8")
    assert nbformat.read(desk / "out.ipynb", as_version=4).metadata.papermill.input_path == str(
        carried / "report.ipynb"
    )
