"""Sweeps: what a file may say, and that each report is made once whatever happens to another."""

import concurrent.futures
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from common import ROOT
from pileup.base.errors import PileupError
from pileup.desk.cli import main
from pileup.files import parameters
from pileup.make import cache, isolated, run, sweep, sweepfile
from pileup.make.isolated import Outcome
from pileup.record.states import STATES

BIN = Path(sys.executable).parent
ALL = ROOT / "sweeps" / "all-states.toml"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the notes of what was made out of the user's cache folder; finished drawings may be used."""
    monkeypatch.setattr(cache, "_note", lambda report: tmp_path / "notes" / f"{report.name}.json")


def _file(folder: Path, text: str) -> Path:
    path = folder / "sweep.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _tasks(*states: str) -> list[sweepfile.Task]:
    return [sweepfile.Task(state, parameters.check({"state": state})) for state in states]


def test_the_file_that_ships_has_every_state_once() -> None:
    _, tasks = sweepfile.read(ALL)
    assert [task.chosen.state for task in tasks] == sorted(STATES)
    assert len({task.name for task in tasks}) == 51


def test_a_product_has_every_combination_and_a_report_its_own_name(tmp_path: Path) -> None:
    title, tasks = sweepfile.read(
        _file(
            tmp_path,
            'title = "Two"\n[[report]]\nname = "texas"\nstate = "TX"\n[[product]]\n'
            'case = ["aguilera-mederos", "puebla"]\nstate = ["TX", "CA"]\n'
            "years = [[1975, 1999], [2000, 2022]]",
        )
    )
    assert title == "Two"
    assert tasks[0] == sweepfile.Task("texas", parameters.check({"state": "TX"}), "CO")
    assert len(tasks) == 9
    assert tasks[-1].chosen.model_dump() == {
        **parameters.Parameters().model_dump(),
        "case": "puebla",
        "state": "CA",
        "first_year": 2000,
    }


def test_a_case_of_ones_own_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes((ROOT / "data" / "cases" / "aguilera-mederos.toml").read_bytes())
    _, tasks = sweepfile.read(_file(tmp_path, '[[report]]\ncase = "own.toml"\n'))
    assert tasks == [sweepfile.Task("own", parameters.check({"case": str(tmp_path / "own.toml")}), "CO")]


FORTIETH = "".join(f'[[report]]\nstate = "CO"\nfirst_year = {1975 + n}\n' for n in range(39))
BAD = [
    ("reports = []\n", ["sweep file sweep.toml", "line 1: unknown part reports (did you mean report?)"]),
    ("", ["it lists no report; write [[report]] or [[product]]"]),
    ("[report]\nstate = 'CO'\n", ["[[report]] with double brackets is right"]),
    ("[[report]]\nstat = 'CO'\n", ["line 2", "unknown parameter stat (did you mean state?)"]),
    ("[[product]]\nstate = ['CO', 'XX']\n", ["line 2", "'XX' is not a two-letter code"]),
    ("[[product]]\nstate = ['Texas', 'New Yrok']\n", ["line 2", "(did you mean New York?)"]),
    ("[[product]]\nstate = ['Texas', 'TX']\n", ["line 1", "aguilera-mederos-state-TX comes twice"]),
    ("[[product]]\nstate = []\n", ["line 2", "one value or more is right"]),
    ("[[report]]\nstate = ['CO']\n", ["line 2", "one value is right"]),
    ("[[product]]\nyears = [1975]\n", ["line 2", "pairs of a first and a last year"]),
    ("[[product]]\nyears = [[1975, 2030]]\n", ["line 2", "parameter last_year: 2030 is out of range"]),
    ("[[product]]\nyears = [[2000, 1990]]\n", ["line 2", "first_year 2000 is after last_year 1990"]),
    ("[[report]]\nfirst_year = 2000\nlast_year = 1990\n", ["line 1", "first_year 2000 is after"]),
    ("[[report]]\nname = '../up'\n", ["line 2", "'../up' is no folder's name"]),
    ("[[report]]\nname = 'index.html'\n", ["line 2", "is no folder's name"]),
    ("[[report]]\ncase = 'nobody'\n", ["line 1", "case 'nobody': no such case or file"]),
    ("[[report]]\ngroup = 'none.json'\n", ["line 1", "group file none.json: no such file"]),
    ("[[report]]\nedition = '2019-01-01'\n", ["line 1", "2019-01-01 is before the case file's own date"]),
    (
        "[[report]]\nstate = 'CO'\n[[product]]\nstate = ['TX', 'CO']\n",
        ["line 3", "the report aguilera-mederos-state-CO comes twice (first in [[report]] no. 1)"],
    ),
    (
        "[[report]]\nname = 'a'\n[[report]]\nname = 'a'\nstate = 'TX'\n",
        ["line 3", "the report a comes twice"],
    ),
    (
        f"{FORTIETH}[[report]]\nvehicles = 20000\n[[report]]\nstat = 1\n[[report]]\nstate = 'xx'\n",
        ["line 119", "20000 is out of range; it can be 0 to 10,000", "line 121", "stat", "line 123", "'xx'"],
    ),
    ("[[report]\n", ["not valid TOML"]),
]


@pytest.mark.parametrize(("text", "said"), BAD, ids=[said[-1][:40] for _, said in BAD])
def test_every_fault_of_a_file_is_told_before_a_report_is_run(
    text: str, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "make_alone", lambda *_: pytest.fail("a report was run"))
    ended = CliRunner().invoke(main, ["sweep", str(_file(tmp_path, text)), "--out", str(tmp_path / "out")])
    assert ended.exit_code == 2
    assert ended.stderr.count("\n") == 1
    for part in said:
        assert part in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(PileupError, match=r"sweep file none\.toml: cannot be read: No such file"):
        sweepfile.read(tmp_path / "none.toml")


def test_reports_are_chosen_by_pattern_part_and_number() -> None:
    tasks = _tasks("TX", "TN", "CO")
    assert [task.name for task in sweep.choose(tasks, "T*")] == ["TX", "TN"]
    assert [task.name for task in sweep.choose(tasks, "N")] == ["TN"]
    assert [task.name for task in sweep.choose(tasks, None, 2)] == ["TX", "TN"]
    with pytest.raises(
        PileupError, match="--only 'WY' matches none of the 3 reports; their names are such as TX"
    ):
        sweep.choose(tasks, "WY")


def test_a_dry_run_lists_and_makes_nothing(tmp_path: Path) -> None:
    ended = CliRunner().invoke(
        main, ["sweep", str(ALL), "--dry-run", "--only", "*-T?", "--out", str(tmp_path / "o")]
    )
    assert ended.exit_code == 0
    assert ended.stdout.splitlines() == [
        "aguilera-mederos-state-TN",
        "aguilera-mederos-state-TX",
        "2 of 51 reports; none was run",
    ]
    assert not (tmp_path / "o").exists()


def test_a_folder_with_something_else_in_it_is_refused_before_a_report_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "make_alone", lambda *_: pytest.fail("a report was run"))
    (tmp_path / "TX").mkdir()
    (tmp_path / "TX" / "thesis.docx").touch()
    with pytest.raises(PileupError, match=r"the folder holds thesis\.docx"):
        sweep.sweep("T", _tasks("CO", "TX"), tmp_path)


def _fake(values: dict, *_: Any) -> Outcome:
    """Stand in for a run: Texas fails, the others have a page."""
    if values["state"] == "TX":
        return Outcome(seconds=1.5, cell=7, message="report.ipynb, cell 7: ValueError: <no>")
    return Outcome({"index.html": values["state"].encode(), "charts/a.svg": b"<svg/>"}, 2.0)


def test_the_summary_and_the_index_say_what_came_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "make_alone", _fake)
    said: list[str] = []
    lines = sweep.sweep("A & B", _tasks("CO", "TX", "CA"), tmp_path, 1, keep_going=True, echo=said.append)
    assert [(line.status, line.cell, line.seconds) for line in lines] == [
        ("ok", None, 2.0),
        ("failed", 7, 1.5),
        ("ok", None, 2.0),
    ]
    assert said[1].startswith(
        "2/3 TX: failed in cell 7, 1.5 s: report.ipynb, cell 7: ValueError: <no>; about "
    )
    told = json.loads((tmp_path / "summary.json").read_text())
    assert (told["ok"], told["failed"], told["skipped"]) == (2, 1, 0)
    assert told["reports"][1]["parameters"]["state"] == "TX"
    assert told["reports"][1]["message"] == "report.ipynb, cell 7: ValueError: <no>"
    index = (tmp_path / "index.html").read_text()
    assert '<a href="CO/index.html">Colorado</a>' in index
    assert "Texas: failed. report.ipynb, cell 7: ValueError: &lt;no&gt;" in index
    assert "<h1>A &amp; B</h1>" in index

    # What is there is not made again, and what failed is.
    lines = sweep.sweep("A & B", _tasks("CO", "TX", "CA"), tmp_path, 1, keep_going=True, echo=said.append)
    assert [line.status for line in lines] == ["skipped", "failed", "skipped"]
    assert lines[0].message == "nothing has changed since it was made"
    lines = sweep.sweep("A & B", _tasks("CO", "CA"), tmp_path, force=True, echo=said.append)
    assert [line.status for line in lines] == ["ok", "ok"]


def test_without_going_on_the_rest_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "make_alone", _fake)
    lines = sweep.sweep("T", _tasks("TX", "CO", "CA"), tmp_path, jobs=1, echo=lambda _: None)
    assert lines[0].status == "failed"
    assert {line.status for line in lines[1:]} <= {"skipped"}
    assert lines[2].message == "not run, because TX failed"


def test_a_last_good_report_stays_when_the_next_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "TX").mkdir()
    (tmp_path / "TX" / "index.html").write_text("the last good one")
    monkeypatch.setattr(sweep, "make_alone", _fake)
    sweep.sweep("T", _tasks("TX"), tmp_path, echo=lambda _: None)
    assert (tmp_path / "TX" / "index.html").read_text() == "the last good one"


def test_an_interrupted_sweep_keeps_its_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> Iterator:
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep, "make_alone", _fake)
    monkeypatch.setattr(concurrent.futures, "as_completed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sweep.sweep("T", _tasks("CO"), tmp_path, echo=lambda _: None)
    told = json.loads((tmp_path / "summary.json").read_text())
    assert told["reports"][0]["message"] == "not reached"


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(PileupError, match="--dask"):
        sweep.sweep("T", _tasks("CO"), tmp_path, dask="nonsense://x", echo=lambda _: None)


TRICKS = """
import os, pathlib, time
if state == "AK": raise ValueError("no good")
if state == "AL": time.sleep(1000)
if state == "AR":
    while True: print("x" * 100_000)
if state == "AZ": os._exit(7)
if state == "CA": os.kill(os.getpid(), 9)
if state == "CT" and not pathlib.Path(MARK).exists():
    pathlib.Path(MARK).touch()
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def tricky(tmp_path: Path) -> Path:
    """The report notebook with a cell that plays a trick in some states."""
    book = nbformat.read(run.NOTEBOOK, as_version=4)
    # In letters turned around: a page with a path of this machine would be refused, and its code is shown.
    source = TRICKS.replace("MARK", f"{str(tmp_path / 'mark')[::-1]!r}[::-1]")
    book.cells.insert(2, nbformat.v4.new_code_cell(source, metadata={"tags": ["remove_cell"]}))
    path = tmp_path / "tricky.ipynb"
    nbformat.write(book, path)
    return path


#: The files that show a notebook's code, or a checksum of it.
TELLING = ("notebook.html", "record.json", "manifest.json")


@pytest.mark.slow
def test_whatever_a_notebook_does_only_its_own_report_fails(tricky: Path, tmp_path: Path) -> None:
    """It raises, prints without end, exits, is killed for good, is killed once; and one that is well."""
    tasks = _tasks("AK", "AR", "AZ", "CA", "CT", "CO")
    lines = sweep.sweep(
        "T", tasks, tmp_path / "out", 2, keep_going=True, notebook=tricky, echo=lambda _: None
    )
    told = {line.name: (line.status, line.cell, line.message) for line in lines}
    assert told["AK"] == ("failed", 4, "tricky.ipynb, cell 4: ValueError: no good")
    assert told["AR"][:2] == ("failed", 4)
    assert "printed more than" in told["AR"][2]
    assert told["AZ"] == ("failed", 4, "the notebook's process ended (exit status 7)")
    assert told["CA"] == ("failed", 4, "the notebook's process ended (killed by signal 9)")
    assert told["CT"] == told["CO"] == ("ok", None, "")
    # The page is that of a run in a process of its own, byte for byte.
    alone = run.build(tasks[-1].chosen)
    made = {
        path.relative_to(tmp_path / "out" / "CO").as_posix(): path.read_bytes()
        for path in (tmp_path / "out" / "CO").rglob("*")
        if path.is_file() and path.name not in TELLING
    }
    assert made == {name: content for name, content in alone.items() if name not in TELLING}


@pytest.mark.slow
def test_a_notebook_that_hangs_is_ended(tricky: Path) -> None:
    values = parameters.check({"state": "AL"}).model_dump()
    outcome = isolated.make_alone(values, {}, str(tricky), 4)
    assert (outcome.cell, outcome.message) == (4, "took longer than 4 seconds and was ended")
    assert outcome.files == {}


@pytest.mark.slow
def test_a_worker_with_other_code_refuses(tmp_path: Path) -> None:
    chosen = parameters.check({"state": "CO"})
    made_of = {**cache.fingerprint(chosen), "the code": "other"}
    outcome = isolated.make_alone(chosen.model_dump(), made_of, str(run.NOTEBOOK), 60)
    assert outcome.message == "this worker has not the same as the sweep: the code"


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment for a command with a cache folder of its own, but for finished drawings."""
    own, drawings = folder / "cache" / "pileup", cache.folder() / "drawings"
    own.mkdir(parents=True, exist_ok=True)
    drawings.mkdir(parents=True, exist_ok=True)
    if not (own / "drawings").exists():
        (own / "drawings").symlink_to(drawings)
    return {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}


def _interruptible() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _start(file: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(BIN / "pileup"), "sweep", str(file), "--out", str(out), *more],
        cwd=out.parent,
        env=_environment(out.parent),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts what it puts in the background with this signal ignored, and a child inherits that.
        preexec_fn=_interruptible,
    )


def _four(tmp_path: Path) -> Path:
    return _file(tmp_path, '[[product]]\nstate = ["RI", "DE", "VT", "WY"]\nyears = [[2010, 2022]]\n')


@pytest.mark.slow
def test_a_sweep_that_is_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file, out = _four(tmp_path), tmp_path / "out"
    first = _start(file, out, "--jobs", "1")
    assert first.stdout
    assert first.stdout.readline().startswith("1/4 ")
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=300)
    assert first.returncode != 0
    told = json.loads((out / "summary.json").read_text())
    made = [line["name"] for line in told["reports"] if line["status"] == "ok"]
    assert 1 <= len(made) < 4
    assert not list(out.glob(".report-*"))
    second = _start(file, out, "--jobs", "2")
    said, _ = second.communicate(timeout=300)
    assert second.returncode == 0
    assert said.splitlines()[-1] == f"out/index.html: {4 - len(made)} ok, 0 failed, {len(made)} skipped"


@pytest.mark.slow
def test_a_cluster_makes_every_report_once_though_a_worker_is_killed(tmp_path: Path) -> None:
    """A real scheduler and two workers, each a process of its own, on loopback."""
    env = _environment(tmp_path)
    place = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(place)]
    quiet: dict[str, Any] = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "cwd": tmp_path,
        "env": env,
    }
    started = [subprocess.Popen([*dask, "--no-dashboard", "--scheduler-file", str(place)], **quiet)]
    try:
        started += [
            subprocess.Popen([*worker, "--nthreads", "1", "--no-nanny", "--no-dashboard"], **quiet)
            for _ in "12"
        ]
        until = time.monotonic() + 60
        while not place.exists() and time.monotonic() < until:
            time.sleep(0.2)
        address = json.loads(place.read_text())["address"]
        ran = _start(_four(tmp_path), tmp_path / "out", "--dask", address)
        assert ran.stdout
        first = ran.stdout.readline()
        assert first.startswith("1/4 "), ran.communicate(timeout=60)
        started[1].kill()
        said, faults = ran.communicate(timeout=300)
        assert ran.returncode == 0, said + faults
        lines = [first, *said.splitlines()]
        assert [line.split(" ")[0] for line in lines[:4]] == ["1/4", "2/4", "3/4", "4/4"]
        assert len({line.split(" ")[1] for line in lines[:4]}) == 4
        assert lines[-1] == "out/index.html: 4 ok, 0 failed, 0 skipped"
    finally:
        for process in reversed(started):
            process.kill()
            process.wait(30)
