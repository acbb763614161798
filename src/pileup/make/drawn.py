"""Keeps finished drawings in the user's cache folder: a chart that has not changed is not drawn again."""

import hashlib
import shutil
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from pileup.make import cache
from pileup.page import png, slim, svg


class Kept:
    """Drawings in the cache folder, as `pileup.page.studio.Store` has it.

    A folder that cannot be read or written only means that everything is drawn anew.
    """

    def get(self, made_of: str, /) -> bytes | None:
        """Return the drawing that was made of this, if there is one."""
        with suppress(OSError):
            return _path(made_of).read_bytes()
        return None

    def __setitem__(self, made_of: str, drawing: bytes, /) -> None:
        with suppress(OSError):
            cache.write(_path(made_of), drawing)


def _path(made_of: str) -> Path:
    return _place(cache.folder()) / hashlib.sha256(made_of.encode()).hexdigest()


@lru_cache(maxsize=4)
def _place(folder: Path) -> Path:
    """Return the folder for drawings by this very code, font and renderer; others' drawings are removed."""
    place = folder / "drawings" / _drawer()
    for other in place.parent.glob("*"):
        if other != place:
            shutil.rmtree(other, ignore_errors=True)
    return place


@lru_cache(maxsize=1)
def _drawer() -> str:
    """Name what draws: a checksum of the code, the fonts and the packages that a drawing depends on."""
    total = hashlib.sha256()
    for module in (svg, slim, png):
        total.update(Path(str(module.__file__)).read_bytes())
    for font in sorted(svg.FONTS.iterdir()):
        total.update(font.read_bytes())
    for package in ("plotly-print", "quickjs", "pillow", "resvg-py"):
        total.update(f"{package} {version(package)}".encode())
    return total.hexdigest()[:32]
