"""Weighs what the gate costs: `pileup check` on the shipped report, against making that report again.

Each is run in turn, as often as the other, with every process counted; the processor's seconds are printed.
"""

import resource
import subprocess
import tempfile
from pathlib import Path

from bench.report import BIN, machine

#: How often each is run.
TIMES = 3


def seconds(command: list[str], folder: str) -> float:
    """Return the processor's seconds that a command took, with all processes that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Make a report, check it and make it again, and print the comparison."""
    pileup = str(BIN / "pileup")
    make = [pileup, "report", "--quiet", "--force", "--out", "page"]
    took: dict[str, list[float]] = {"pileup check": [], "pileup report --force": []}
    with tempfile.TemporaryDirectory() as folder:
        seconds(make, folder)
        pages = sum(path.stat().st_size for path in Path(folder, "page").rglob("*.html"))
        for _ in range(TIMES):
            took["pileup check"].append(seconds([pileup, "check", "page"], folder))
            took["pileup report --force"].append(seconds(make, folder))
    print(machine())
    print(f"{'':24}{'CPU, fastest':>14}{'slowest':>10}   ({pages:,} bytes of pages)")
    for name, all_ in took.items():
        print(f"{name:24}{min(all_):12.2f} s{max(all_):8.2f} s")
    print(f"the gate takes {min(took['pileup check']) / min(took['pileup report --force']):.0%} of a report")


if __name__ == "__main__":
    main()
