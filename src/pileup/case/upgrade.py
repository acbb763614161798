"""Rewrites a case or law file of an earlier version in the form of this one, its comments kept."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pileup.base import parsed
from pileup.base.errors import PileupError
from pileup.case import lawfile, rules
from pileup.case.lawfile import Law
from pileup.case.model import CaseFile
from pileup.files import toml
from pileup.files.toml import FORMER, Fault
from pileup.words.said import said

#: The end of what `pileup case check` says of a fault that can be mended without asking anybody.
_UNSEEN, _ONE_PUBLISHER = "which readers would see as it is", 'status is "confirmed"; that needs'
_LINK = re.compile(r"\[([^\]]+)\]\([\w.-]+\)")
_LIFE_AND = re.compile(r"\blife\b.*\b(?:and|plus)\b", re.IGNORECASE)
_LIFE = re.compile(r"\blife\b", re.IGNORECASE)
#: The forms of a term that is no prison, by the word that its label has.
_NO_PRISON = {"probation": "probation", "suspended": "suspended", "fine": "fine"}
#: How many of a unit make a year.
_A_YEAR = {"year": 1, "month": 12, "day": 365}
_UNIT = re.compile(r"[ -](year|month|day)s?\b")


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade makes of a file.

    Attributes
    ----------
    text : str
        The new text.
    changes : list of str
        What was changed, each with the line at which it stood.
    left : list of str
        The faults that are left to an editor, each with its line in the new text.
    faults_before : int
        How many faults the file had.
    """

    text: str
    changes: list[str]
    left: list[str]
    faults_before: int


def former_keys(path: Path) -> list[str]:
    """Tell each key of a file that an earlier version spelled otherwise, with its line and new form.

    Parameters
    ----------
    path : Path
        A case or law file; one that cannot be read or parsed has none to tell.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        parsed.from_toml(text)
    except (OSError, ValueError):
        return []
    return [f"line {line}: {name} is {FORMER[name]} now" for _, line, name in toml.former(text)]


def upgrade(path: Path) -> Upgrade:
    """Return a file in the form of this version; nothing is written.

    Parameters
    ----------
    path : Path
        A case file, or a law file.

    Returns
    -------
    Upgrade

    Raises
    ------
    PileupError
        For a file that cannot be read, is no TOML, or has a key in both spellings.
    """
    text = _read(path)
    try:
        law = isinstance(parsed.from_toml(text).get("law"), dict)
    except parsed.NotParsedError as error:
        raise PileupError(f"{path.name}: not valid TOML: {error}") from None
    judge = _judge(path, law)
    before, _ = judge(text)
    changes: list[tuple[int, str]] = []
    for start, line, name in reversed(toml.former(text)):
        text = text[:start] + FORMER[name] + text[start + len(name) :]
        changes.append((line, f"{name} is {FORMER[name]} now"))
    try:
        record = parsed.from_toml(text)
    except parsed.NotParsedError:
        line, says = changes[0]
        raise PileupError(
            f"{path.name}: a part has both spellings of a key ({says}); drop the older one of each first"
        ) from None
    if not law:
        edits = _Edits(text)
        faults, _ = judge(text)
        _terms(edits, record)
        _told(edits, faults)
        text = edits.text()
        changes += edits.changes
    after, left = judge(text)
    told = [f"line {line}: {says}" for line, says in sorted(changes)]
    if len(after) > len(before):
        raise PileupError(
            f"{path.name}: left as it is, because the new form has faults that the old one had not:"
            f" {'; '.join(left)}"
        )
    return Upgrade(text, told, left, len(before))


def write(path: Path, text: str) -> None:
    """Put a text in a file's place: whole, or not at all.

    Parameters
    ----------
    path : Path
        The file.
    text : str
        Its new text.

    Raises
    ------
    PileupError
        Where it cannot be written; the file is as it was.
    """
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    try:
        beside.write_bytes(mark + text.encode())
        shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise PileupError(f"{path.name}: cannot be written: {error.strerror}") from None


def _read(path: Path) -> str:
    """Read a text with the line ends that it has."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PileupError(f"{path.name}: not valid TOML: {error}") from None
    except OSError as error:
        raise PileupError(f"{path.name}: cannot be read: {error.strerror}") from None


def _judge(path: Path, law: bool) -> Callable[[str], tuple[list[Fault], list[str]]]:
    """Return what tells the faults of a text that the file may have: as they are, and with their lines."""

    def judge(text: str) -> tuple[list[Fault], list[str]]:
        if law:
            _, faults, record = toml.judged(text, path, Law, lawfile.faults)
        else:
            _, faults, record = toml.judged(text, path, CaseFile, rules.faults)
        return faults, toml.numbered(path.name, faults, record, text)

    return judge


class _Edits:
    """Changes of single lines of a text, told by the lines that it had."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self.places = toml.locate(text)
        self.changes: list[tuple[int, str]] = []
        self._before: dict[int, str] = {}
        self._gone: set[int] = set()

    def text(self) -> str:
        """Return the text with the changes."""
        lines: list[str] = []
        for number, line in enumerate(self._lines, 1):
            if number in self._before:
                lines.append(self._before[number] + "\r" * line.endswith("\r"))
            if number not in self._gone:
                lines.append(line)
        return "\n".join(lines)

    def say(self, line: int, says: str) -> None:
        """Tell a change."""
        self.changes.append((line, says))

    def insert(self, line: int, new: str) -> None:
        """Put a line before another, indented as that is."""
        old = self._lines[line - 1]
        self._before[line] = old[: len(old) - len(old.lstrip())] + new

    def drop(self, line: int) -> None:
        """Take a line out."""
        self._gone.add(line)

    def replace(self, line: int, pattern: str | re.Pattern[str], new: str) -> bool:
        """Replace a pattern in a line, and tell whether it was there."""
        old = self._lines[line - 1]
        self._lines[line - 1] = re.sub(pattern, new, old)
        return self._lines[line - 1] != old

    def span(self, first: int) -> Iterator[int]:
        """Return the lines of the value that begins on a line, to the next key or header."""
        later = [line for line in self.places.values() if line > first]
        yield from range(first, min(later, default=len(self._lines) + 1))


def _terms(edits: _Edits, record: dict[str, Any]) -> None:
    """Say the form of each term in its own key, where its label says it and a version before had no key."""
    terms = record.get("term")
    for n, term in enumerate(terms if isinstance(terms, list) else []):
        at = {key: edits.places.get(("term", n, key)) for key in ("label", "years_min", "years_max")}
        label, low, high = (term.get(key) for key in at)
        if (
            "form" in term
            or not isinstance(label, str)
            or not all(isinstance(x, int | float) for x in (low, high))
        ):
            continue
        lines = [line for line in at.values() if line]
        if len(lines) < len(at):  # a term in { }, of which no line is known
            continue
        _term(edits, term.get("id", f"no. {n + 1}"), label, (low, high), (lines[0], lines[1], lines[2]))


def _term(edits: _Edits, name: str, label: str, ends: tuple[float, float], at: tuple[int, int, int]) -> None:
    first, *years = at
    lengths = list(_lengths(label))
    if _LIFE.search(label):
        edits.insert(first, 'form = "life"')
        if _LIFE_AND.search(label) and ends[0] == ends[1] and ends[0] in lengths:
            edits.say(first, f'[[term]] {name}: form = "life" added; the {ends[1]:g} years come on top')
            return
        for line in years:
            edits.drop(line)
        edits.say(
            first,
            f'[[term]] {name}: form = "life" added, and its years ({ends[0]:g} to {ends[1]:g}) taken out: its'
            " label says life alone",
        )
        return
    form = next((form for word, form in _NO_PRISON.items() if re.search(rf"\b{word}\b", label, re.I)), "")
    if form == "fine" and ends == (0, 0):
        edits.insert(first, 'form = "fine"')
        for line in years:
            edits.drop(line)
        edits.say(first, f'[[term]] {name}: form = "fine" added, and its 0 years taken out')
    elif (
        form in ("probation", "suspended") and len(lengths) == 1 and (ends == (0, 0) or ends[1] == lengths[0])
    ):
        edits.insert(first, f'form = "{form}"')
        for line, key in zip(years, ("years_min", "years_max"), strict=True):
            edits.replace(line, rf"({key}\s*=\s*)[\d._+-]+", rf"\g<1>{float(lengths[0])!r}")
        edits.say(
            first, f'[[term]] {name}: form = "{form}" added, with the {lengths[0]:g} years of its label'
        )


def _lengths(label: str) -> Iterator[float]:
    """Return the lengths of time that a label says, in years."""
    for one in said(label):
        if (unit := _UNIT.match(label, one.end)) and isinstance(one.value, int | float):
            yield one.value / _A_YEAR[unit[1]]


def _told(edits: _Edits, faults: list[Fault]) -> None:
    """Mend what a later version refuses and nobody has to be asked about."""
    for place, says in faults:
        line = edits.places.get(place)
        if line is None:
            continue
        if says.startswith(_ONE_PUBLISHER) and edits.replace(
            line, r'(["\'])confirmed\1', r"\1single-source\1"
        ):
            edits.say(line, 'status = "single-source", not "confirmed": it has one publisher')
        elif _UNSEEN in says and "{" not in says.partition(_UNSEEN)[0]:
            for one in edits.span(line):
                edits.replace(one, _LINK, r"\1")
            edits.say(line, f"{place[-1]} in plain words: links are not seen there")
