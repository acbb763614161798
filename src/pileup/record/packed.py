"""The table of fatal crashes as short as a reader's browser can count in it: a text for each state."""

from typing import Any

import pandas as pd

#: The digits, 0 to 63.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def number(value: int) -> str:
    """Write a whole number in digits of 32, the least first; 32 is added to each that another follows.

    Examples
    --------
    >>> number(5), number(40)
    ('F', 'oB')
    """
    said = ""
    while value >= 32:
        said += DIGITS[32 + value % 32]
        value //= 32
    return said + DIGITS[value]


def packed(counts: pd.DataFrame) -> dict[str, Any]:
    """Pack the table of counts; whether a large truck was involved is left out.

    Parameters
    ----------
    counts : DataFrame
        The table, `pileup.record.tables.load_table("crashes")`.

    Returns
    -------
    dict
        `years`, those that it holds; `states`, by postal code a row of numbers: for each of those years how
        many sizes of crashes there were, and for each size by how many vehicles it exceeds the one before,
        its deaths (where it has as many vehicles as the one before, by how many they exceed those), and its
        crashes.
    """
    sizes = counts.groupby(["state", "year", "vehicles", "deaths"], as_index=False)["crashes"].sum()
    years = sorted(int(year) for year in counts["year"].unique())
    states = {}
    for state, of_state in sizes.groupby("state"):
        rows = dict(iter(of_state.groupby("year")))
        states[str(state)] = "".join(_of_year(rows.get(year)) for year in years)
    return {"years": years, "states": states}


def _of_year(rows: pd.DataFrame | None) -> str:
    if rows is None:
        return number(0)
    said, before, dead = number(len(rows)), 0, 0
    columns = (rows[name].tolist() for name in ("vehicles", "deaths", "crashes"))
    for vehicles, deaths, crashes in zip(*columns, strict=True):
        more = vehicles - before
        said += number(more) + number(deaths if more else deaths - dead) + number(crashes)
        before, dead = vehicles, deaths
    return said
