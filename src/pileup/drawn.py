"""Keeps finished drawings in the user's cache folder: a chart that has not changed is not drawn again."""

import hashlib
import json
import shutil
import sys
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pileup import cache
from pileup.page import png, slim, svg


class Here(Executor):
    """Does at once, in the thread that asks, what is submitted.

    A forked child draws so: the JavaScript engine that it was born with belongs to its main thread.
    """

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future:
        """Run it, and return a future that is done."""
        done: Future = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # it is raised where the result is asked for, as with any executor
            done.set_exception(error)
        return done


def begin(figure: dict[str, Any], name: str) -> None:
    """Begin to draw a figure, or take the drawing that was made of the same figure before.

    Parameters
    ----------
    figure : dict
        The figure as Plotly JSON.
    name : str
        The drawing's name on the page; `pileup.page.svg.render` with the same two then waits for it.
    """
    key = (name, json.dumps(figure, sort_keys=True))
    if key in svg._BEGUN:
        return
    path = _place() / f"{hashlib.sha256('\0'.join(key).encode()).hexdigest()}.svg"
    try:
        done: Future[str] = Future()
        done.set_result(path.read_text(encoding="utf-8"))
        svg._BEGUN[key] = done
    except (OSError, ValueError):
        svg.begin(figure, name)
        svg._BEGUN[key].add_done_callback(lambda drawn: _keep(path, drawn))


def pictures(drawings: dict[str, str]) -> dict[str, bytes]:
    """Draw many SVGs as PNG, as `pileup.page.png.pngs` does, but each one only once."""
    paths = {
        name: _place() / f"{hashlib.sha256(drawing.encode()).hexdigest()}.png"
        for name, drawing in drawings.items()
    }
    made: dict[str, bytes] = {}
    for name, path in paths.items():
        with suppress(OSError):
            made[name] = path.read_bytes()
    new = _pngs({name: drawing for name, drawing in drawings.items() if name not in made})
    for name, picture in new.items():
        with suppress(OSError):
            cache.write(paths[name], picture)
    return {name: made.get(name) or new[name] for name in drawings}


_pngs = png.pngs


def use() -> None:
    """Have the exporter take its pictures from here."""
    vars(png)["pngs"] = pictures


def alone() -> None:
    """Draw everything in this process and this thread: one of many that have a core each."""
    use()
    vars(svg)["_WORKER"] = Here()
    vars(png)["FEW"] = sys.maxsize


def _keep(path: Path, drawn: "Future[str]") -> None:
    if not drawn.exception():
        with suppress(OSError):
            cache.write(path, drawn.result().encode())


@lru_cache(maxsize=1)
def _place() -> Path:
    """Return the folder for drawings by this very code, font and renderer; others' drawings are removed."""
    total = hashlib.sha256()
    for module in (svg, slim, png):
        total.update(Path(str(module.__file__)).read_bytes())
    for font in sorted(svg.FONTS.iterdir()):
        total.update(font.read_bytes())
    for package in ("plotly-print", "quickjs", "pillow", "resvg-py"):
        total.update(f"{package} {version(package)}".encode())
    place = cache.folder() / "drawings" / total.hexdigest()[:32]
    for other in place.parent.glob("*"):
        if other != place:
            shutil.rmtree(other, ignore_errors=True)
    return place
