"""Writes a folder, and puts it in another's place in one step, so that nobody ever finds half of either."""

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping
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


def swap_entries(new: Path, place: Path, old: Path, going: Iterable[str], last: str) -> None:
    """Put the entries of a folder in their places in another one, which itself stays; each in one step.

    For a folder that cannot be moved. Until `last` is in its place, what stood there is kept in `old`, and it
    comes back when anything fails.

    Parameters
    ----------
    new : Path
        The folder with the entries; on the same file system, such as inside `place`.
    place : Path
        The folder to put them in.
    old : Path
        An empty folder for what stood there; on the same file system, too.
    going : iterable of str
        The entries of `place` that are to be replaced, or to go where `new` has none of the name.
    last : str
        The entry that is exchanged after all others, and before anything goes.

    Raises
    ------
    OSError
        The place holds what it held before.
    """
    coming = sorted((one.name for one in new.iterdir()), key=lambda name: (name == last, name))
    were = {name: (place / name).stat().st_ino for name in going}
    try:
        for name in coming:
            swap(new / name, place / name, old / name)
        for name in were.keys() - set(coming):
            os.rename(place / name, old / name)
    except BaseException:  # an interrupt too
        _put_back(coming, were, new, place, old)
        raise


def _put_back(coming: Iterable[str], were: Mapping[str, int], new: Path, place: Path, old: Path) -> None:
    """Undo what has been exchanged, the last first; an entry's inode tells where it is by now."""
    for name in dict.fromkeys([*reversed([*coming]), *were]):
        if name not in were:
            if not (new / name).exists():
                os.rename(place / name, new / name)
            continue
        held = next((one / name for one in (new, old) if _inode(one / name) == were[name]), None)
        if held:
            swap(held, place / name, held.with_name(f"{name}.back"))


def _inode(path: Path) -> int | None:
    return path.stat().st_ino if path.exists() else None


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
