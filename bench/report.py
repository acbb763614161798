"""Times `pileup report` against stock papermill and nbconvert, in one run on one machine.

Both make a page out of notebooks/report.ipynb. The stock pair runs as a reporter would type it: `papermill`,
then `jupyter nbconvert --to html --no-input`. `pileup report` keeps drawings that have not changed; it is
also timed with nothing kept, as on a machine that never ran it. Runs alternate, so that a busy machine slows
all; a first run of each is not counted. Printed are medians and their ratios. How it measures is also what
the other benchmarks use.
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

# Nothing heavy may be imported here: a child's peak memory is never told as less than its parent's.
ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
NOTEBOOK = str(ROOT / "notebooks" / "report.ipynb")


@dataclass(frozen=True)
class Cost:
    """What commands took: wall and CPU seconds, and peak memory of their largest process in MB.

    `said` is what the last of them printed.
    """

    wall: float
    cpu: float
    memory: float
    said: str = ""


def measure(commands: list[list[str]], folder: str) -> Cost:
    """Run commands one after another in a folder, the kernels that they start included.

    Raises
    ------
    SystemExit
        When one of them fails.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # a process of its own, so that its children's costs can be told apart from earlier ones
        start = time.perf_counter()
        said = ""
        for command in commands:
            ran = subprocess.run(
                command,
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                text=True,
                check=False,
            )
            if ran.returncode:
                os.write(writing, f"failed {' '.join(command)}: {ran.stderr[-500:]}".encode())
                os._exit(1)
            said = ran.stdout
        wall = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = f"{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024} {said}"
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told = pipe.read()
    if os.waitpid(child, 0)[1]:
        sys.exit(told)
    wall, cpu, memory, said = told.split(" ", 3)
    return Cost(float(wall), float(cpu), float(memory), said)


def alternate(jobs: dict[str, list[list[str]]], runs: int, folder: str) -> dict[str, list[Cost]]:
    """Run each job's commands in turn, `runs` times over; a first round is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in jobs}
    for number in range(runs + 1):
        for name, commands in jobs.items():
            cost = measure(commands, folder)
            print(
                f"{'warm-up' if number == 0 else f'run {number}':8} {name:28} {cost.wall:6.2f} s",
                file=sys.stderr,
            )
            if number:
                costs[name].append(cost)
    return costs


def median(costs: list[Cost]) -> Cost:
    """Return the median of each measure."""
    return Cost(
        *(statistics.median(getattr(cost, part) for cost in costs) for part in ("wall", "cpu", "memory"))
    )


def machine() -> str:
    """Name what it ran on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=5, help="counted runs of each (at least 5 for the README)"
    )
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        ours = [str(BIN / "pileup"), "report", "--quiet", "--force", "--out", "page"]
        pairs = {
            "pileup report": [ours],
            "the same, nothing kept": [
                ["rm", "-rf", "kept"],
                ["env", f"XDG_CACHE_HOME={folder}/kept", *ours],
            ],
            "papermill + nbconvert": [
                [str(BIN / "papermill"), "--no-progress-bar", NOTEBOOK, "stock.ipynb"],
                [str(BIN / "jupyter"), "nbconvert", "--to", "html", "--no-input", "stock.ipynb"],
            ],
        }
        medians = {name: median(costs) for name, costs in alternate(pairs, runs, folder).items()}
    print(f"{machine()}; median of {runs} runs")
    print(f"{'':32}{'wall':>9}{'CPU':>9}{'memory':>10}")
    for name, cost in medians.items():
        print(f"{name:32}{cost.wall:7.2f} s{cost.cpu:7.2f} s{cost.memory:7.0f} MB")
    stock = medians["papermill + nbconvert"]
    for name, cost in list(medians.items())[:2]:
        ratios = (cost.wall / stock.wall, cost.cpu / stock.cpu, cost.memory / stock.memory)
        print(f"{f'ratio, {name}':32}"[:32] + "".join(f"{ratio:9.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
