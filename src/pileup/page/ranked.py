"""The reports of a sweep as a ranked table: what differs between them, and a map where that is the state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pileup.base.parsed import from_json
from pileup.page import look
from pileup.record.states import STATES
from pileup.story.charts.states import TILES
from pileup.words import language, written
from pileup.words.language import NAMES, Language, _, mark

#: In a state and in the nation: the findings that are the crash's place there, and among how many crashes.
_STATE = ("crashes.state_rank_by_vehicles", "crashes.state_fatal_crashes")
_NATION = ("crashes.rank_by_vehicles", "crashes.fatal_crashes")
#: What the parameters are called over a column; the two years are one column.
_HEADS = {
    "case": mark("Case"),
    "state": mark("State"),
    "years": mark("Years"),
    "vehicles": mark("Vehicles, at least"),
    "deaths": mark("Deaths, at least"),
    "group": mark("Group compared with"),
    "exclusions": mark("Crashes set aside"),
    "language": mark("Language"),
    "edition": mark("Edition"),
}
_YEARS = ("first_year", "last_year")


@dataclass(frozen=True)
class Row:
    """A report of a sweep.

    Attributes
    ----------
    name : str
        Its folder's name.
    parameters : mapping
        What was run.
    home : str
        The state of its case.
    page : str
        The address of the page; empty where there is none.
    failed : str
        Why there is no new page; empty where it is as it should be.
    numbers : mapping
        What `numbers` read.
    """

    name: str
    parameters: Mapping[str, Any]
    home: str = ""
    page: str = ""
    failed: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """The state that it ranks in."""
        return self.parameters["state"] or self.home

    def value(self, name: str) -> str:
        """Write the value of a parameter, or of `years`, for readers."""
        if name == "years":
            return written.years_span(*(self.parameters[one] for one in _YEARS))
        value = self.parameters[name]
        match name:
            case "state":
                return _(STATES[self.state]) if self.state else self.name
            case "language":
                return NAMES[value]
            case "exclusions":
                return _("left out") if value else _("counted")
            case "vehicles" | "deaths":
                return written.number(value) if value else _("as in the case")
            case "edition":
                return written.dated(value) if value else _("as in the case")
            case _:
                return str(value) or _("none")


def numbers(folder: Path) -> dict[str, int]:
    """Read the places that the crash of a report has, from its `findings.json`.

    Parameters
    ----------
    folder : Path
        The report's folder.

    Returns
    -------
    dict of str to int
        By the id of the finding; empty where the report ranks nothing.
    """
    try:
        told = from_json((folder / "findings.json").read_bytes())
        found = {one["id"]: one["value"] for one in told["findings"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: found[name] for name in (*_STATE, *_NATION) if isinstance(found.get(name), int)}


def ranked(title: str, rows: Sequence[Row]) -> str:
    """Write the list of a sweep's reports.

    Parameters
    ----------
    title : str
        Its heading.
    rows : sequence of Row
        The reports; those that rank highest come first, those that rank nowhere last.

    Returns
    -------
    str
        The page: in the language that all reports share, else in English.
    """
    spoken: set[Language] = {row.parameters["language"] for row in rows}
    with language.using(spoken.pop() if len(spoken) == 1 else "en"):
        columns = _differing(rows)
        rank, of = _STATE if "state" in columns else _NATION

        def order(row: Row) -> tuple[float, int, str]:
            return row.numbers.get(rank, float("inf")), -row.numbers.get(of, 0), row.name

        lines: list[dict[str, Any]] = [
            {
                "row": row,
                "page": quote(row.page),
                "cells": [row.value(name) for name in columns] or [row.name],
                "rank": row.numbers.get(rank),
                "place": _place(row.numbers[rank], row.numbers[of]) if rank in row.numbers else "",
            }
            for row in sorted(rows, key=order)
        ]
        on_map = "state" in columns and set(columns) <= {"state", "language"}
        tiles = {
            line["row"].state: line
            for line in lines
            if on_map and line["row"].parameters["language"] == language.current()
        }
        return look.render(
            "sweep.html.j2",
            title=title,
            heads=[_(_HEADS[name]) for name in columns] or [_("Report")],
            lines=lines,
            tiles=[(code, *TILES[code], tiles[code]) for code in TILES if code in tiles],
            by_state=rank == _STATE[0],
            ranks=any(line["place"] for line in lines),
            colors=look.colors(),
        )


def _differing(rows: Sequence[Row]) -> list[str]:
    """Return the parameters in which reports differ, the two years as one."""
    names = ((name, _YEARS if name == "years" else (name,)) for name in _HEADS)
    return [
        name
        for name, parts in names
        if len({str([row.parameters[one] for one in parts]) for row in rows}) > 1
    ]


def _place(rank: int, of: int) -> str:
    return _("{place} of {crashes}").format(place=written.ordinal(rank), crashes=written.number(of))
