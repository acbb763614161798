"""What others get: distributions of prison terms, in which life is longer than any number of months."""

import math
from dataclasses import dataclass

import pandas as pd

#: Codes of OFFGUIDE, the Sentencing Commission's type of crime, fiscal years 2019-2024.
MANSLAUGHTER, MURDER = 20, 22


@dataclass(frozen=True)
class Terms:
    """The terms of a group of people, shortest first.

    Attributes
    ----------
    months : tuple of float
        One entry a person with a prison term; `math.inf` stands for life, which is longer than any term.
    no_prison : int
        People who got no prison term; they are counted, and are not among `months`.
    """

    months: tuple[float, ...]
    no_prison: int = 0

    @property
    def people(self) -> int:
        """Everybody sentenced, with and without a prison term."""
        return len(self.months) + self.no_prison

    @property
    def life(self) -> int:
        """People sentenced to life."""
        return sum(math.isinf(term) for term in self.months)

    def without_life(self) -> "Terms":
        """Return the group without those sentenced to life, for a figure that shows both."""
        return Terms(tuple(term for term in self.months if math.isfinite(term)), self.no_prison)

    def with_no_prison_as_zero(self) -> "Terms":
        """Return the group with each person who got no prison term entered as 0 months."""
        return Terms((0.0,) * self.no_prison + self.months)

    def quantile(self, share: float) -> float:
        """Return the term below which a share (0 to 1) of the prison terms lies, in months.

        Between two terms it is interpolated linearly (Hyndman and Fan's type 7, the default of NumPy and
        pandas); where life is one of the two, the answer is life.
        """
        if not self.months:
            return math.nan
        place = share * (len(self.months) - 1)
        low, high = self.months[math.floor(place)], self.months[math.ceil(place)]
        weight = place - math.floor(place)
        return low if weight == 0 or low == high else low + weight * (high - low)

    @property
    def median(self) -> float:
        """The middle prison term, in months."""
        return self.quantile(0.5)

    @property
    def longest(self) -> float:
        """The longest prison term, in months."""
        return self.months[-1] if self.months else math.nan

    def shorter(self, months: float) -> int:
        """Count the people with a shorter prison term."""
        return sum(term < months for term in self.months)

    def at_least(self, months: float) -> int:
        """Count the people with a prison term as long or longer, life included."""
        return len(self.months) - self.shorter(months)

    def percentile(self, months: float) -> float:
        """Return the percentile rank of a term among the prison terms, 0 to 100.

        Shorter terms count whole and equal ones half (the "mean" kind of SciPy's `percentileofscore`), so
        that ties neither raise nor lower it.
        """
        if not self.months:
            return math.nan
        equal = sum(term == months for term in self.months)
        return 100 * (self.shorter(months) + equal / 2) / len(self.months)


def federal(table: pd.DataFrame, offence_group: int) -> Terms:
    """Return the terms of one federal offence group, all fiscal years of the table.

    Parameters
    ----------
    table : DataFrame
        `pileup.data.load_table("federal-sentences")`.
    offence_group : int
        The Commission's OFFGUIDE code: 20 is manslaughter, voluntary and involuntary together.
    """
    return _terms(table[table["offence_group"] == offence_group])


def state(
    table: pd.DataFrame,
    code: str,
    measure: str,
    offence: str | None = None,
    one_count: bool = False,
    death_counts: int | None = None,
) -> Terms:
    """Return the terms of a group of prisoners of one state.

    Parameters
    ----------
    table : DataFrame
        `pileup.data.load_table("state-sentences")`.
    code : str
        Postal code: NY, FL or TX.
    measure : str
        What the months are: "minimum" or "maximum" (NY), "sum of terms" (FL), "term" (TX).
    offence : str, optional
        Only this offence, in the words of the table.
    one_count : bool
        Only people convicted on one count, whose sum of terms is their sentence.
    death_counts : int, optional
        Only people with so many counts for a death.
    """
    chosen = (table["state"] == code) & (table["measure"] == measure)
    if offence:
        chosen &= table["offence"] == offence
    if one_count:
        chosen &= table["one_count"] == "yes"
    if death_counts is not None:
        chosen &= table["death_counts"] == death_counts
    return _terms(table[chosen])


def with_offences(table: pd.DataFrame, code: str, measure: str, death_counts: int) -> list[tuple[float, str]]:
    """Return months (life as `math.inf`) and offence of each person with a term, shortest first.

    Parameters are those of `state`.
    """
    chosen = (
        (table["state"] == code) & (table["measure"] == measure) & (table["death_counts"] == death_counts)
    )
    groups = table[chosen].groupby("offence")
    return sorted((months, str(offence)) for offence, rows in groups for months in _terms(rows).months)


def _terms(rows: pd.DataFrame) -> Terms:
    """Turn rows of counts into one entry a person."""
    prison = rows[rows["term"].isin(["prison", "months"])]
    months = [
        float(term)
        for term, people in zip(prison["months"], prison["people"], strict=True)
        for _ in range(people)
    ]
    life = int(rows.loc[rows["term"] == "life", "people"].sum())
    none = int(rows.loc[rows["term"] == "none", "people"].sum())
    return Terms(tuple(sorted(months)) + (math.inf,) * life, none)
