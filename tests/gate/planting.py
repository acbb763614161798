"""Plants faults in a finished report, and renews its manifest after each, so that values are compared."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pileup.page import manifest

PAGE = "index.html"


@dataclass(frozen=True)
class Fault:
    r"""A fault: its kind, where it is planted and how, and what the gate has to say of it.

    Attributes
    ----------
    kind : str
        Such as "number" or "source".
    file : str
        The file, relative to the report.
    old : str
        A pattern; its first match is replaced. Empty: the whole file.
    new : str
        What stands there then, with groups of the pattern as `\\1`.
    said : str
        A pattern that one line of the gate must match.
    """

    kind: str
    file: str
    old: str
    new: str
    said: str

    def plant(self, folder: Path) -> None:
        """Plant it.

        Raises
        ------
        LookupError
            The file has no such place: the fault would be none.
        """
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        planted, count = (
            re.subn(self.old, self.new, text, count=1, flags=re.DOTALL) if self.old else (self.new, 1)
        )
        if not count or planted == text:
            raise LookupError(f"{self.file} has no place for {self}")
        path.write_text(planted, encoding="utf-8")


def renew(folder: Path) -> None:
    """Write the manifest anew for the files as they stand there."""
    path = folder / manifest.NAME
    told = json.loads(path.read_text(encoding="utf-8"))
    for name, listed in told["files"].items():
        if (folder / name).is_file():
            content = (folder / name).read_bytes()
            listed |= {"sha256": manifest.sha256(content), "bytes": len(content)}
    path.write_text(json.dumps(told), encoding="utf-8")


def changed(text: str, change: Callable[[str], str], place: int) -> str:
    """Return a text with the character at a place changed."""
    return text[:place] + change(text[place]) + text[place + 1 :]
