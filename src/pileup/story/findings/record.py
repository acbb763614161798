"""What a finding is: a computed number with its id, unit, and what went into it."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


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
        What is counted or measured.
    computed_from : tuple of str
        Tables, facts and other findings that went in, and how.
    """

    id: str
    label: str
    value: int | float
    unit: str
    computed_from: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the finding as JSON."""
        return {**asdict(self), "computed_from": list(self.computed_from)}


class Findings:
    """The findings of one report, looked up by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, Finding] = {}

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._by_id.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_id

    def __getitem__(self, name: str) -> Finding:
        return self._by_id[name]

    def value(self, name: str) -> int | float:
        """Return a finding's number."""
        return self._by_id[name].value

    def add(self, name: str, value: float | None, unit: str, label: str, *computed_from: str) -> None:
        """Record a number; one that does not exist (None, not a number, endless) is left out.

        Numbers are rounded to twelve significant digits, so that the last bits of a sum never show.
        """
        if value is None or not math.isfinite(value):
            return
        plain = int(value) if float(value).is_integer() else float(f"{value:.12g}")
        self._by_id[name] = Finding(name, label, plain, unit, computed_from)
