"""What a finding is: a computed number with its id, its unit, and what went into it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pileup.words.language import _


@dataclass(frozen=True)
class Finding:
    """A computed number.

    Attributes
    ----------
    id : str
        Room and name, such as `crashes.fatal_crashes`.
    label : str
        What it is, in words that stand by themselves.
    value : int or float
        A plain number.
    unit : str
        What is counted or measured: a message in English, translated where a reader sees it.
    computed_from : tuple of str
        Tables, facts and other findings that went in, and how, in the language of the report.
    origins : tuple of str
        For each of them the ids that it names, with blanks between them: a program's view of the same.
    code : str
        A mark of the functions that made it out of these; another mark means that they were changed.
    needs : str
        The ids of what a report must have to have this number at all, though it is not made of it, with
        blanks between them.
    """

    id: str
    label: str
    value: int | float
    unit: str
    computed_from: tuple[str, ...]
    origins: tuple[str, ...]
    code: str
    needs: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the finding as JSON, in the language in use."""
        lists = {name: list(getattr(self, name)) for name in ("computed_from", "origins")}
        return {**asdict(self), "unit": _(self.unit), **lists}


def plain(value: float | None) -> int | float | None:
    """Return a number with twelve significant digits, so that the last bits of a sum never show.

    What is no number (None, not a number, endless) gives None.
    """
    if value is None or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(f"{value:.12g}")


class Findings:
    """The findings of one report, looked up by id.

    Parameters
    ----------
    findings : sequence of Finding
        In the order in which the story tells them.
    marks : mapping
        By the id of each input from outside that they were asked of, a mark of what it holds.
    """

    def __init__(self, findings: Sequence[Finding], marks: Mapping[str, str]) -> None:
        self._by_id = {one.id: one for one in findings}
        if len(self._by_id) < len(findings):
            twice = next(one.id for one in findings if self._by_id[one.id] is not one)
            raise ValueError(f"finding {twice}: two numbers have this id; give each item a key of its own")
        self.marks = dict(marks)
        #: The ids that were looked up.
        self.asked: set[str] = set()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._by_id.values())

    def __contains__(self, name: str) -> bool:
        self.asked |= {name} & self._by_id.keys()
        return name in self._by_id

    def __getitem__(self, name: str) -> Finding:
        self.asked.add(name)
        return self._by_id[name]

    def value(self, name: str) -> int | float:
        """Return a finding's number."""
        return self[name].value
