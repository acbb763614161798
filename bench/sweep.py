"""Times `pileup sweep sweeps/all-states.toml` against a shell loop of stock papermill and nbconvert.

The stock pair makes one page a state, as a reporter's loop would; it is run for a few states and told for
each report. The sweep makes all of them, from an empty cache. Also printed: how it scales with workers, what
a report costs that has not changed, the peak memory of each worker, and, with --long, the memory of the
sweep's own processes after 10, 100 and 500 reports.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import BIN, NOTEBOOK, ROOT, machine, measure

STATES = ("TX", "NY", "CA")
LONG = """title = "Memory"

[[product]]
case = "aguilera-mederos"
state = {states}
years = {years}
"""


def stock(folder: str) -> float:
    """Return the seconds that a report takes in a shell loop of the stock pair; the first is not counted."""
    seconds = []
    for state in ("CO", *STATES):
        commands = [
            [str(BIN / "papermill"), "--no-progress-bar", NOTEBOOK, f"{state}.ipynb", "-p", "state", state],
            [str(BIN / "jupyter"), "nbconvert", "--to", "html", "--no-input", f"{state}.ipynb"],
        ]
        seconds.append(measure(commands, folder).wall)
    return sum(seconds[1:]) / len(STATES)


def _children(process: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):  # each thread has children of its own
        try:
            found += [int(one) for one in path.read_text().split()]
        except OSError:
            continue
    return found


def _all_under(process: int) -> list[int]:
    """Return every process that a process has started, and those that they started."""
    return [one for child in _children(process) for one in (child, *_all_under(child))]


def _megabytes(process: int, field: str) -> float:
    try:
        found = re.search(rf"{field}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) / 1024 if found else 0


def sweep(
    file: Path, folder: str, jobs: int, *options: str, marks: tuple[int, ...] = ()
) -> tuple[float, int, float, dict[int, float]]:
    """Run a sweep from an empty cache.

    Returns
    -------
    tuple of float, int, float and dict
        Seconds; reports; the largest process under it, in MB; and what the sweep and its fork server held
        together when so many reports (`marks`) were made, in MB.
    """
    out = Path(folder) / f"out-{time.monotonic_ns()}"
    with tempfile.TemporaryDirectory() as cache:
        command = [str(BIN / "pileup"), "sweep", str(file), "--jobs", str(jobs), "--out", str(out), *options]
        begun = time.monotonic()
        running = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "XDG_CACHE_HOME": cache},
            cwd=folder,
        )
        peak, held = 0.0, {}
        while running.poll() is None:
            peak = max(peak, *(_megabytes(one, "VmHWM") for one in (running.pid, *_all_under(running.pid))))
            made = len(list(out.glob("*/index.html"))) if marks else 0
            for mark in marks:
                if made >= mark and mark not in held:
                    lasting = (running.pid, *_children(running.pid))
                    held[mark] = sum(_megabytes(one, "VmRSS") for one in lasting)
            time.sleep(0.1)
        seconds = time.monotonic() - begun
    if running.returncode:
        sys.exit(f"the sweep ended with status {running.returncode}")
    return seconds, len(list(out.glob("*/index.html"))), peak, held


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="also the memory after 10, 100 and 500 reports")
    long = parser.parse_args().long
    states = ROOT / "sweeps" / "all-states.toml"
    with tempfile.TemporaryDirectory() as folder:
        each = stock(folder)
        print(machine())
        print(f"{'stock papermill + nbconvert':36}{each:7.2f} s a report, one at a time")
        seconds, made, peak, _ = sweep(states, folder, os.cpu_count() or 1)
        ours = seconds / made
        print(f"{f'pileup sweep, {made} reports':36}{ours:7.2f} s a report, {os.cpu_count()} workers")
        print(f"{'ratio':36}{each / ours:7.1f} times as fast")
        print(f"{'largest process of the sweep':36}{peak:7.0f} MB")
        for jobs in (1, 2, 4):
            seconds, made, _, _ = sweep(states, folder, jobs, "--limit", "12")
            print(f"{f'{made} reports, {jobs} at once':36}{seconds / made:7.2f} s a report")
        command = [[str(BIN / "pileup"), "report", "--quiet", "--out", "page"]]
        measure(command, folder)
        print(f"{'pileup report, unchanged':36}{measure(command, folder).wall:7.2f} s")
        if long:
            file = Path(folder) / "long.toml"
            spans = [[first, 2022] for first in range(1975, 1985)]
            codes = re.findall(r'"([A-Z]{2})"', states.read_text(encoding="utf-8"))
            file.write_text(LONG.format(states=str(codes).replace("'", '"'), years=spans), encoding="utf-8")
            _, made, _, held = sweep(file, folder, os.cpu_count() or 1, marks=(10, 100, 500))
            for mark, megabytes in held.items():
                print(f"{f'held after {mark} reports of {made}':36}{megabytes:7.0f} MB")


if __name__ == "__main__":
    main()
