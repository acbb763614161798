"""Writes a folder, and puts it in another's place in one step, so that nobody ever finds half of either."""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

#: The flag of Linux's renameat2(2) and of macOS's renamex_np(2) that exchanges two names at once.
_EXCHANGE = 2
_HERE = -100  # AT_FDCWD: paths are relative to the folder that one stands in


def swap(new: Path, place: Path, old: Path) -> None:
    """Put a folder in its place; what stood there ends up in `old`, where something did.

    Where the system can exchange two names (Linux, macOS) there is no moment without a whole folder in the
    place, even if the program is killed. Elsewhere it takes two renames; should the second fail, the old
    folder comes back.

    Parameters
    ----------
    new : Path
        The folder to put there; on the same file system.
    place : Path
        Where it goes.
    old : Path
        A name for what stood there; nothing may have it yet. On the same file system, too.

    Raises
    ------
    OSError
        The place holds what it held before.
    """
    if not place.exists():
        os.rename(new, place)
    elif exchange(new, place):
        os.rename(new, old)
    else:
        os.rename(place, old)
        try:
            os.rename(new, place)
        except BaseException:  # an interrupt too: the last page must not be lost
            os.rename(old, place)
            raise


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; return False, nothing done, where that cannot be had."""
    names = [os.fsencode(one), os.fsencode(other)]
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return libc.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0
        if sys.platform == "darwin":
            return libc.renamex_np(*names, _EXCHANGE) == 0
    except (OSError, AttributeError, TypeError):  # no such library or function here
        pass
    return False


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by their names in a folder, which is made with all that it needs."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
