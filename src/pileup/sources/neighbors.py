"""The rule by which neighboring cases of FARS are taken for one crash, stated once.

Two cases of a year's file and a state are neighbors where they agree in county, day and hour, or in day,
hour, minute and position to a hundredth of a degree (about two thirds of a mile). Neighbors of neighbors
belong to the same group. What a file does not know agrees with nothing.

The rule is plain so that anybody can repeat it, and wrong in both ways: it joins crashes that have nothing to
do with one another, and it parts a pileup that goes on past the hour or over a county line.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: Columns that the rule reads; a file may lack any of them.
COLUMNS = ("MONTH", "DAY", "HOUR", "MINUTE", "COUNTY", "LATITUDE", "LONGITUD")
#: Decimals of a degree in which positions have to agree.
DECIMALS = 2

_HOUR = ["STATE", "COUNTY", "MONTH", "DAY", "HOUR"]
_MINUTE = ["STATE", "MONTH", "DAY", "HOUR", "MINUTE", "LATITUDE", "LONGITUD"]


def group(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Tell of each case of a year which group it is in, and whether the rule can look at it.

    Parameters
    ----------
    frame : polars.DataFrame
        The cases of one year, with STATE, ST_CASE and the columns of `COLUMNS`, null where not known.

    Returns
    -------
    polars.DataFrame
        The same, with `looked` and `group`, the lowest case number among its neighbors and itself.
    """
    import polars as pl

    day = pl.col("MONTH").is_between(1, 12) & pl.col("DAY").is_between(1, 31)
    # To 2008 midnight is hour 24; of which of two days is not certain, so it is an hour by itself.
    hour = day & pl.col("HOUR").is_between(0, 24)
    # FARS's own codes, 0 and from 997, are no county.
    in_county = hour & pl.col("COUNTY").is_between(1, 996)
    # Codes for unknown lie outside of the country, and so do 1999's and 2000's degrees without a point.
    on_spot = hour & pl.col("MINUTE").is_between(0, 59)
    on_spot &= pl.col("LATITUDE").is_between(15, 75) & pl.col("LONGITUD").is_between(-180, -60)
    cases = frame.with_columns(pl.col("LATITUDE", "LONGITUD").round(DECIMALS))
    first: dict[int, int] = {}
    for known, key in ((in_county, _HOUR), (on_spot, _MINUTE)):
        together = cases.filter(known).group_by(key).agg("ST_CASE").filter(pl.col("ST_CASE").list.len() > 1)
        for neighbors in together["ST_CASE"].to_list():
            _join(first, neighbors)
    return frame.with_columns(
        (in_county | on_spot).fill_null(False).alias("looked"),
        pl.Series("group", [_first(first, case) for case in frame["ST_CASE"]], pl.Int64),
    )


def _first(first: dict[int, int], case: int) -> int:
    """Return the lowest case number of the group of a case."""
    while case in first:
        case = first[case]
    return case


def _join(first: dict[int, int], cases: Iterable[int]) -> None:
    """Make one group of those that some cases are in."""
    lowest, *others = sorted({_first(first, case) for case in cases})
    first |= dict.fromkeys(others, lowest)
