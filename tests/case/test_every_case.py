"""Makes a report of every case at hand: each gives a page that passes the guard, or one clear line."""

from pathlib import Path

import pytest

from common import ROOT, pileup
from pileup.case.load import CASES
from pileup.page.check import check_page

#: Those that ship, the starting file, and the example of every part of a case file.
OURS = [
    *sorted(CASES.glob("*.toml")),
    ROOT / "docs" / "small-case.toml",
    ROOT / "tests" / "case" / "whole-case.toml",
]
#: Odd ones, which only a full working place has; the smallest crash of them is tried each time.
ODD = sorted((ROOT.parent / "shared" / "cases").glob("*.toml"))
FILES = [
    *(pytest.param(file, marks=pytest.mark.slow) for file in OURS),
    *(
        pytest.param(file, marks=pytest.mark.slow if file.stem == "probation" else pytest.mark.proof)
        for file in ODD
    ),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_case_gives_a_page_or_one_clear_line(file: Path, tmp_path: Path) -> None:
    status, said = pileup("report", "--quiet", "--case", file, "--out", tmp_path / "page")
    lines = [line for line in said.splitlines() if not line.startswith("pileup: warning: ")]
    if status == 0:
        assert check_page(tmp_path / "page").faults == []
    else:
        assert status == 2, said
        assert len(lines) == 1, said
        assert lines[0].startswith("pileup: case file ")  # what the guard refuses is no fault of the case
        assert not (tmp_path / "page").exists()
