"""Tab completion, asked as a shell asks for it: the program itself, with click's own variables."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from common import ROOT
from pileup.case.load import known_cases
from pileup.record.states import STATES

PILEUP = Path(sys.executable).parent / "pileup"


def _offered(words: str, cwd: Path = ROOT) -> list[str]:
    """Return what bash would be offered for the last word of a line; a blank at its end begins a new one."""
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
    ran = subprocess.run(
        [PILEUP],
        env={**os.environ, **asked, "_PILEUP_COMPLETE": "bash_complete"},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert ran.stderr == ""
    return ran.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("pileup repo", ["plain,report"]),
        ("pileup report -p st", ["plain,state"]),
        ("pileup report -p state TX -p st", []),
        ("pileup report -p state t", ["plain,TN", "plain,TX"]),
        ("pileup report -p state TX -p language ", ["plain,en", "plain,es"]),
        ("pileup report -p exclusions ", ["plain,true", "plain,false"]),
        ("pileup report -p last_year 202", ["plain,2020", "plain,2021", "plain,2022"]),
        ("pileup report -p vehicles ", []),
        ("pileup report -p group ", ["file,"]),
        ("pileup report -p case pu", ["plain,puebla"]),
        ("pileup report --case pu", ["plain,puebla"]),
        ("pileup report --case docs/sm", ["plain,docs/small-case.toml"]),
        ("pileup report --case nothing-of-that", ["file,nothing-of-that"]),
        ("pileup case check pu", ["plain,puebla"]),
        ("pileup crash find --state t", ["plain,TN", "plain,TX"]),
        ("pileup crash find --year 202", ["plain,2020", "plain,2021", "plain,2022"]),
        ("pileup sweep ", ["plain,sweeps/all-states.toml"]),
        ("pileup check repo", ["file,repo"]),
        ("pileup notebook path r", ["plain,report"]),
        ("pileup notebook copy report mi", ["file,mi"]),
        ("pileup report -f p", ["file,p"]),
    ],
)
def test_a_shell_is_offered_what_fits(words: str, offered: list[str]) -> None:
    assert _offered(words) == offered


def test_every_case_and_every_state_is_offered() -> None:
    assert _offered("pileup report --case ")[: len(known_cases())] == [
        f"plain,{one}" for one in known_cases()
    ]
    assert _offered("pileup report -p state ") == [f"plain,{code}" for code in STATES]


@pytest.mark.parametrize(
    ("shell", "begins"), [("bash", "complete "), ("zsh", "compdef "), ("fish", "complete ")]
)
def test_the_script_for_each_shell_is_printed(shell: str, begins: str) -> None:
    ran = subprocess.run([PILEUP, "completion", shell], capture_output=True, text=True, check=True)
    assert "_PILEUP_COMPLETE" in ran.stdout
    assert any(line.strip().startswith(begins) for line in ran.stdout.splitlines())


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_bash_itself_completes_with_the_script() -> None:
    asks = (
        'eval "$(pileup completion bash)"; COMP_WORDS=(pileup report -p state TE); COMP_CWORD=4;'
        ' COMP_WORDS[4]=T; _pileup_completion pileup; echo "${COMPREPLY[@]}"'
    )
    path = f"{PILEUP.parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", asks], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["TN", "TX"]
