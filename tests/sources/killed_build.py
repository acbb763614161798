"""Builds small tables many times over and kills each build a step later; prints the folders that are left.

    python tests/sources/killed_build.py FOLDER 1|0   (whether a set is there before)

A step is what the program asks of the file system under the folder: a file opened, a folder made, a name
changed or removed. It runs in a process of its own because it forks, which a process with threads must not.
"""

import itertools
import os
import shutil
import signal
import sys
from pathlib import Path
from unittest import mock

from pileup.record.coverage import Coverage
from pileup.sources import build
from pileup.sources.tables import Table

STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod")


def tables(number: int) -> dict[str, Table]:
    """Return tables of crashes that all have one number in them."""
    rows = {
        "crashes": (2018, "CO", 20, 3, "yes", number),
        "large-crashes": (2018, "CO", 80001, None, None, None, 20, number, "yes", 98, 1),
        "joined-crashes": (2018, "CO", 80001, 80001, None, None, 16, 20, number),
        "keys": (2018, "CO", 80001, None, None, None, 20, number),
        "editions": (2018, 1, number, "0" * 64),
    }
    return {name: Table([row], Coverage()) for name, row in rows.items()}


def built(out: Path, number: int) -> None:
    """Build the tables with a number in them."""
    with mock.patch.object(build.fars_source, "read", return_value=tables(number)):
        build.build(fars="small", out=out, echo=lambda line: None)


def killed(out: Path, step: int) -> bool:
    """Build in a child that is killed before a step; return whether it came so far."""
    child = os.fork()
    if not child:
        left = itertools.count(step - 1, -1)

        def hook(event: str, args: tuple) -> None:
            if event in STEPS and str(args[0]).startswith(str(out)) and next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        built(out, 2)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and status:
        raise SystemExit(f"the build at step {step} failed")
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    folder, had = Path(sys.argv[1]), sys.argv[2] == "1"
    if had:
        built(folder / "before", 1)
    for step in itertools.count(1):
        out = folder / f"{step:03}"
        shutil.copytree(folder / "before", out) if had else out.mkdir()
        came = killed(out, step)
        print(out.name)
        if not came:
            break
