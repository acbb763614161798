"""Makes all that the sweep of all states asks for, and kills runs at random moments; for `make proof`."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from common import ROOT
from pileup.base.swap import write_files
from pileup.files import parameters
from pileup.make import cache, sweep, sweepfile
from pileup.make.run import make_report
from pileup.page.check import check_page
from pileup.publish.editions import contents

pytestmark = pytest.mark.proof

#: How many runs are killed, and where the random moments begin.
KILLS, SEED = 12, 20190425


def test_every_state_gives_a_report_that_the_guard_accepts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_note", lambda report: tmp_path / "notes" / f"{report.name}.json")
    title, tasks = sweepfile.read(ROOT / "sweeps" / "all-states.toml")
    assert len(tasks) == 51
    lines = sweep.sweep(title, tasks, tmp_path / "out", keep_going=True, echo=lambda _: None)
    assert {line.name: line.message for line in lines if line.status != "ok"} == {}
    found = {task.name: check_page(tmp_path / "out" / task.name).faults for task in tasks}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes], float]:
    """The files of two reports, and how long the second took."""
    folder = tmp_path_factory.mktemp("two")
    made = []
    took = 0.0
    for state in ("TX", "RI"):
        began = time.monotonic()
        make_report(parameters.check({"state": state}), folder / state, progress=False)
        took = time.monotonic() - began
        made.append(contents(folder / state))
    return made[0], made[1], took


def _killed_after(moment: float, out: Path) -> int:
    """Start a report, kill it with all its helpers after so many seconds, and return how it ended."""
    command = [str(Path(sys.executable).parent / "pileup"), "report", "--quiet", "--force"]
    run = subprocess.Popen(
        [*command, "-p", "state", "RI", "--out", str(out)],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return run.wait(moment)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        return run.wait()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="a system without groups of processes")
def test_a_run_killed_at_any_moment_leaves_the_old_page_or_the_new(
    two: tuple[dict[str, bytes], dict[str, bytes], float], tmp_path: Path
) -> None:
    old, new, took = two
    chance = random.Random(SEED)
    ends, out = [], tmp_path / "public" / "report"
    for _ in range(KILLS):
        shutil.rmtree(out, ignore_errors=True)
        write_files(old, out)
        ends.append(_killed_after(chance.uniform(0, 1.5 * took), out))
        assert contents(out) in (old, new)
    assert -signal.SIGKILL in ends
    assert _killed_after(20 * took + 60, out) == 0
    assert contents(out) == new
