"""Neighboring cases taken for one crash: the groups that the table of them has, and the counts with them.

The rule that made the table `joined-crashes` is stated in `pileup.sources.neighbors`.
"""

import datetime as dt
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Group:
    """Neighboring cases of FARS, together.

    Attributes
    ----------
    year, state, first : int, str, int
        The year, the postal code and the lowest case number among them.
    date : date or None
        The day.
    cases, vehicles, deaths : int
        How many cases it is, and the vehicles and deaths in all of them.
    """

    year: int
    state: str
    first: int
    date: dt.date | None
    cases: int
    vehicles: int
    deaths: int


def groups(cases: pd.DataFrame) -> list[Group]:
    """Return the groups of a table of cases with year, state, group, date, vehicles and deaths, in order.

    A case without a group is in none, and a group of which the table has one case is none.
    """
    found = []
    for _key, part in cases.groupby(["year", "state", "group"]):
        if len(part) > 1:
            one = part.iloc[0]
            day = None if pd.isna(one["date"]) else one["date"].date()
            size = (len(part), int(part["vehicles"].sum()), int(part["deaths"].sum()))
            found.append(Group(int(one["year"]), one["state"], int(one["group"]), day, *size))
    return found


def together(counts: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Return counts in which each group is one crash, and its cases are taken out.

    Parameters
    ----------
    counts : DataFrame
        Counts of crashes, with all cases among them.
    cases : DataFrame
        Cases of `joined-crashes`, each with its group.

    Returns
    -------
    DataFrame
        With year, state, vehicles, deaths and crashes; a case taken out is a row of -1 crashes, so that sums
        are right and single rows are not.
    """
    columns = ["year", "state", "vehicles", "deaths"]
    made = pd.DataFrame([(one.year, one.state, one.vehicles, one.deaths) for one in groups(cases)])
    whole = made.set_axis(columns, axis=1) if len(made) else cases[columns].iloc[:0]
    alone = cases.groupby(["year", "state", "group"])["group"].transform("size") == 1
    parts = cases.loc[~alone, columns].assign(crashes=-1)
    return pd.concat([counts[[*columns, "crashes"]], parts, whole.assign(crashes=1)], ignore_index=True)
