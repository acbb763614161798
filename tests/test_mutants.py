"""Plants a fault in a copy of the code and sees that the tests notice it; for `make proof`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from common import ROOT
from mutants import MUTANTS, Mutant

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code, its tests and the data, which are to be beside it."""
    home = tmp_path_factory.mktemp("mutants") / "home"
    for part in ("src", "tests", "data"):
        shutil.copytree(ROOT / part, home / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("notebooks", "docs", "sweeps", "pyproject.toml"):
        (home / part).symlink_to(ROOT / part)
    return home


def _tested(home: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """Run tests on the copy up to the first that fails; bytecode could outlive the edit that it is of."""
    here = {"PYTHONPATH": str(home / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    plain = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not slow and not proof"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plain, *(f"tests/{file}" for file in files)],
        cwd=home,
        env=os.environ | here,
        capture_output=True,
        text=True,
    )


def test_without_a_fault_the_tests_pass_on_the_copy(home: Path) -> None:
    run = _tested(home, *sorted({one.tests for one in MUTANTS}))
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: f"{one.file}: {one.old}")
def test_a_planted_fault_is_noticed(home: Path, mutant: Mutant) -> None:
    path = home / "src" / "pileup" / mutant.file
    whole = path.read_text(encoding="utf-8")
    assert whole.count(mutant.old) == 1, "the edit must fit exactly one place"
    path.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        run = _tested(home, mutant.tests)
    finally:
        path.write_text(whole, encoding="utf-8")
    assert run.returncode == 1, run.stdout
    assert "FAILED" in run.stdout
