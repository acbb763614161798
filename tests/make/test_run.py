"""Real runs: the command, the plain tools beside it, bad input, and a last good report that stays."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from common import ROOT
from pileup.page import explore

BIN = Path(sys.executable).parent
#: What a shell gives: nothing of the test runner's own settings.
PILEUP = [str(BIN / "pileup")]
#: What .gitignore keeps out of the committed report: how its names begin, and how they end.
NOT_KEPT = ("card.png", "explore.js", "embeds/", ".png", ".js")


def _run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_published_report_is_what_a_run_gives(made: Path) -> None:
    """The committed edition is rebuilt bit for bit, save the pictures that the repository does not keep."""
    published = _bytes(ROOT / "reports" / "aguilera-mederos")
    whole = explore.shared(_bytes(made))  # as in a folder of reports
    kept = {name: content for name, content in whole.items() if not name.startswith(NOT_KEPT[:3])}
    kept = {name: content for name, content in kept.items() if not name.endswith(NOT_KEPT[3:])}
    # The words and drawings of every chart and table, the three pages, and the data behind them.
    assert len(kept) > 40
    assert {"index.html", "ledger.html", "notebook.html", "findings.json", "record.json"} <= {*kept}
    assert kept == {name: published[name] for name in published if name in kept}


@pytest.mark.slow
def test_papermill_and_nbconvert_give_the_same_page(made: Path, tmp_path: Path) -> None:
    notebook = str(ROOT / "notebooks" / "report.ipynb")
    chosen = ["-p", "case", "aguilera-mederos", "-p", "state", "colorado"]
    ran = _run(str(BIN / "papermill"), notebook, "out.ipynb", *chosen, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    exported = _run(str(BIN / "jupyter"), "nbconvert", "--to", "report", "out.ipynb", cwd=tmp_path)
    assert exported.returncode == 0, exported.stderr
    # What the two say is all that they say, and where they say the files will be they are.
    assert "WARNING" not in ran.stderr + exported.stderr
    assert "Support files will be in out_files/\n" in exported.stderr
    assert f"Beside the page will be {explore.BUNDLE}, one for all pages of the folder\n" in exported.stderr
    assert {one.name for one in tmp_path.iterdir()} == {"out.ipynb", "out.html", "out_files", explore.BUNDLE}
    # But for where its files stand, and the library: one for all pages of the folder.
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    moved = page.replace("out_files/", "").replace('data-plotly="', 'data-plotly="../')
    assert moved == (made / "index.html").read_text(encoding="utf-8")
    own, theirs = _bytes(tmp_path / "out_files"), _bytes(made)
    assert own.keys() == {name for name in theirs if name != "index.html" and not name.startswith("plotly-")}
    same = {name for name in own if name.startswith(("charts/", "tables/")) or name == "findings.json"}
    assert {name: own[name] for name in same} == {name: theirs[name] for name in same}


@pytest.mark.slow
def test_plain_papermill_refuses_a_misspelled_parameter(tmp_path: Path) -> None:
    ran = _run(
        str(BIN / "papermill"),
        str(ROOT / "notebooks" / "report.ipynb"),
        "out.ipynb",
        "-p",
        "stat",
        "CO",
        cwd=tmp_path,
    )
    assert ran.returncode != 0
    assert "unknown parameter stat (did you mean state?)" in ran.stderr


@pytest.mark.slow
def test_a_run_from_anywhere_with_other_parameters_and_a_case_of_ones_own(tmp_path: Path) -> None:
    case = (ROOT / "data" / "cases" / "aguilera-mederos.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(
        case.replace('id = "aguilera-mederos"', 'id = "my-case"', 1), encoding="utf-8"
    )
    ran = _run(
        *PILEUP,
        "report",
        "--case",
        "own.toml",
        "-p",
        "state",
        "TX",
        "-p",
        "first_year",
        "1990",
        "--out",
        "page",
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    place, in_texas, sentence, commuted, path = ran.stdout.splitlines()
    assert place.startswith("Place among ")
    assert "fatal crashes in Texas, 1990 to 2022: " in in_texas
    assert sentence.startswith(
        "Sentence imposed: 110 years, 37 times the median of the nearest federal group"
    )
    assert commuted.startswith("Commuted to 10 years, ")
    assert path == "page/index.html"
    page = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    assert "fatal crashes there" in page
    assert "pileup report --case own.toml -p first_year 1990 -p state TX" in page
    assert str(tmp_path) not in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own.toml", "page"]
    quiet = _run(
        *PILEUP,
        "report",
        "--case",
        "own.toml",
        "-p",
        "state",
        "TX",
        "-p",
        "first_year",
        "1990",
        "--out",
        "page",
        "--quiet",
        cwd=tmp_path,
    )
    assert (quiet.returncode, quiet.stdout) == (0, "page/index.html\n"), quiet.stderr
    assert "nothing has changed" in quiet.stderr
    held = _run(*PILEUP, "check", "page", cwd=tmp_path)
    assert (held.returncode, held.stdout) == (0, "page/index.html: no faults\n")
    next((tmp_path / "page").glob("plotly-*")).unlink()
    held = _run(*PILEUP, "check", "page", cwd=tmp_path)
    assert held.returncode == 2
    assert "which does not stand in the report's folder" in held.stdout


BAD = [
    (["report", "--case", "nobody"], "case 'nobody': no such case or file; known cases are"),
    (["report", "--case", "missing.toml"], "case 'missing.toml': no such case or file"),
    (["report", "-p", "stat", "CO"], "unknown parameter stat (did you mean state?)"),
    (
        ["report", "-p", "state", "08"],
        "parameter state: '08' is not a two-letter code or a name of the 50 states or DC",
    ),
    (
        ["report", "-p", "last_year", "2030"],
        "parameter last_year: 2030 is out of range; it can be 1975 to 2022",
    ),
    (["report", "--case", "aguilera-mederos", "-p", "case", "x"], "parameter case is given twice"),
    (["report", "--out", "a-file"], "--out a-file: this is a file; name a folder"),
    (["report", "--out", "full"], "--out full: the folder holds thesis.docx, which is no part of a report"),
]


@pytest.mark.parametrize(
    ("arguments", "said"), BAD, ids=lambda value: " ".join(value)[:50] if isinstance(value, list) else ""
)
def test_bad_input_is_one_line_and_status_2(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("kept")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("kept")
    before = _bytes(tmp_path)
    ran = _run(*PILEUP, *arguments, cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"pileup: {said}")
    assert ran.stderr.count("\n") == 1
    assert _bytes(tmp_path) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: (data / "crashes" / "counts.csv").unlink(), "data/crashes/counts.csv"),
        (lambda data: (data / "federal" / "counts.csv").write_text("x"), "data/federal/counts.csv"),
        (lambda data: (data / "law" / "colorado.toml").write_text("[law"), "colorado.toml"),
        (
            lambda data: (data / "cases" / "aguilera-mederos.toml").write_text("[case]\nid = 8"),
            "aguilera-mederos.toml",
        ),
    ],
    ids=["missing table", "altered table", "broken law file", "broken case file"],
)
def test_a_missing_or_altered_file_leaves_the_last_report_as_it_was(spoil, said: str, tmp_path: Path) -> None:
    """A copy of the project with one file spoilt, run as a user would run it."""
    for name in ("src", "data", "notebooks", "reports"):
        shutil.copytree(ROOT / name, tmp_path / name)
    before = _bytes(tmp_path / "reports")
    spoil(tmp_path / "data")
    code = (
        "import sys; sys.path.insert(0, 'src'); sys.argv = ['pileup', 'report'];"
        " from pileup.desk.cli import main; main()"
    )
    environment = {"PYTHONPATH": str(tmp_path / "src"), "PATH": str(BIN), "HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 2, ran.stderr
    assert said in ran.stderr
    assert ran.stderr.startswith("pileup: ")
    assert ran.stderr.count("\n") == 1
    assert _bytes(tmp_path / "reports") == before


def test_help_explains_itself() -> None:
    whole = _run(*PILEUP, "--help", cwd=ROOT)
    assert whole.returncode == 0
    assert "\n    pileup report -p state Texas         the same, ranked in Texas\n" in whole.stdout
    one = _run(*PILEUP, "report", "--help", cwd=ROOT)
    for name in ("first_year", "last_year", "state", "vehicles", "deaths", "edition"):
        assert name in one.stdout


def test_the_package_runs_as_a_module_under_its_own_name() -> None:
    module = [sys.executable, "-m", "pileup"]
    assert _run(*module, "--help", cwd=ROOT).stdout == _run(*PILEUP, "--help", cwd=ROOT).stdout
    assert _run(*module, "report", "--out", "Makefile", cwd=ROOT).stderr.startswith("pileup: --out Makefile")
    assert "Usage: pileup report" in _run(*module, "report", "--nonsense", cwd=ROOT).stderr


@pytest.mark.slow
def test_data_verify_names_every_table() -> None:
    ran = _run(*PILEUP, "data", "verify", cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    assert "crashes" in ran.stdout


def test_make_alone_lists_every_target() -> None:
    listed = _run("make", cwd=ROOT).stdout
    for target in ("report", "test", "lab", "data", "bench", "lint", "clean"):
        assert f"make {target} " in listed
