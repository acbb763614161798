"""Times `make check`, `make test` and `make proof`, and prints the table that docs/testing.md shows.

Run it on a quiet machine: python -m bench.depths [--write]
"""

import argparse
import datetime as dt
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "testing.md"
MARKS = "<!-- printed by make depths -->\n", "<!-- end of what make depths printed -->"


def _timed(depth: str) -> str:
    """Run one depth; return its line of the table."""
    began = time.monotonic()
    run = subprocess.run(["make", depth], cwd=ROOT, capture_output=True, text=True)
    took = time.monotonic() - began
    if run.returncode:
        sys.exit(f"make {depth} failed:\n{run.stdout[-3000:]}{run.stderr[-1000:]}")
    passed = re.search(r"(\d+) passed", run.stdout)
    return (
        f"    make {depth:<8}{int(took) // 60:>6} min {int(took) % 60:>2} s{passed[1] if passed else '?':>10}"
    )


def main() -> None:
    """Print the table, or put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("depths", nargs="*", default=["check", "test", "proof"])
    parser.add_argument("--write", action="store_true", help="put the table into docs/testing.md")
    asked = parser.parse_args()
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {dt.date.today()}"
    )
    lines = [f"    {machine}", "                       wall    passed", *map(_timed, asked.depths)]
    table = "\n".join(lines) + "\n"
    print(table)
    if asked.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        PAGE.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
