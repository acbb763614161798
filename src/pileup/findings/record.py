"""What a finding is: a computed number with its id, unit, and what went into it."""

import math
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pileup.words.language import _

#: The id of a finding inside a formula such as "crashes.fatal_crashes / crashes.at_least_vehicles".
_ID = re.compile(r"[a-z]+(?:\.\w+)+")


@dataclass(frozen=True)
class Input:
    """What goes into a finding.

    Attributes
    ----------
    words : str
        How the ledger names it, in the language of the report.
    ids : tuple of str
        The entries of the ledger that the words mean: `table.crashes`, `fact.F04`, `parameter.first_year`.
    """

    words: str
    ids: tuple[str, ...] = ()


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
        Tables, facts and other findings that went in, and how.
    origins : tuple of str
        For each of them the ids that it names, with blanks between them: a program's view of the same.
    """

    id: str
    label: str
    value: int | float
    unit: str
    computed_from: tuple[str, ...]
    origins: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the finding as JSON, in the language in use."""
        lists = {"computed_from": list(self.computed_from), "origins": list(self.origins)}
        return {**asdict(self), "unit": _(self.unit), **lists}


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

    def add(self, name: str, value: float | None, unit: str, label: str, *computed_from: str | Input) -> None:
        """Record a number; one that does not exist (None, not a number, endless) is left out.

        Numbers are rounded to twelve significant digits, so that the last bits of a sum never show.

        Parameters
        ----------
        name : str
            The id.
        value : float or None
            The number.
        unit : str
            What is counted, a marked message.
        label : str
            What the number is, in the language in use.
        *computed_from : str or Input
            What went in; a plain text holds ids of other findings, and says how they were put together.
        """
        if value is None or not math.isfinite(value):
            return
        plain = int(value) if float(value).is_integer() else float(f"{value:.12g}")
        inputs = [
            Input(one, tuple(_ID.findall(one))) if isinstance(one, str) else one for one in computed_from
        ]
        words, origins = (one.words for one in inputs), (" ".join(one.ids) for one in inputs)
        self._by_id[name] = Finding(name, label, plain, unit, tuple(words), tuple(origins))
