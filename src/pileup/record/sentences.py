"""What others get: distributions of prison terms, in which life is longer than any number of months."""

import math
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from pileup.base.errors import PileupError

#: Codes of OFFGUIDE, the Sentencing Commission's type of crime, fiscal years 2019-2024.
MANSLAUGHTER, MURDER = 20, 22
#: Involuntary manslaughter (guideline 2A1.4, or its proxy) and voluntary (2A1.3, or its proxy): values of the
#: field `split`. The proxies sort by the guideline minimum, so each holds some people of the other kind.
INVOLUNTARY = (
    "2A1.4",
    "2A1.4, base level 22",
    "proxy: minimum up to 57 months",
    "proxy: minimum up to 57 months, range of level 22",
)
VOLUNTARY = (
    "2A1.3",
    "proxy: minimum above 57 months",
    "proxy: minimum above 57 months, range of level 22",
)
#: Involuntary manslaughter by reckless driving or the like: base level 22 of guideline 2A1.4(a)(2)(B), or, as
#: its proxy, a range that this level gives with the person's record and with or without a plea.
LEVEL_22 = (INVOLUNTARY[1], INVOLUNTARY[3], VOLUNTARY[2])
#: Every value of the field `split`.
SPLITS = (*INVOLUNTARY, *VOLUNTARY, "other guideline", "proxy: minimum not given")
#: With fewer prison terms a group is not shown (its figures would be about single people), or shown as small.
#: Rules of this project, not of statistics.
LEAST_SHOWN, SMALL = 5, 20
#: A median of as few people or fewer leads nothing: it stands in no headline, first number or multiple. The
#: Bureau of Justice Statistics marks what rests on 10 or fewer cases of its crime survey as to be read with
#: caution; a page says such a thing once, in its place, as a range.
FEW = 10


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
    def middle_half(self) -> tuple[float, float]:
        """The lower and the upper quartile, in months: half of the prison terms lie between."""
        return self.quantile(0.25), self.quantile(0.75)

    def by_inflow(self) -> float:
        """Return the median of those who came in, in months, if these are the prisoners of one day.

        Each prison term has the weight 1/term: where the like come in year after year and the time served is
        in proportion to the term, so is the chance of being in prison on a given day (length bias; D. R. Cox,
        Some Sampling Problems in Technology, 1969). It is the one end of a range whose other end is the
        median as counted. Life has no weight.
        """
        terms = [term for term in self.months if math.isfinite(term)]
        half, passed = sum(1 / term for term in terms) / 2, 0.0
        for place, term in enumerate(terms):
            passed += 1 / term
            if math.isclose(passed, half) and place + 1 < len(terms):
                return (term + terms[place + 1]) / 2
            if passed > half:
                return term
        return math.nan

    def without(self, part: "Terms") -> "Terms":
        """Return the rest of a group, one of whose parts is given."""
        rest = Counter(self.months) - Counter(part.months)
        return Terms(tuple(sorted(rest.elements())), self.no_prison - part.no_prison)

    @property
    def size(self) -> str:
        """Whether there are enough prison terms to show: "not shown", "small" or "" (see `LEAST_SHOWN`)."""
        if len(self.months) < LEAST_SHOWN:
            return "not shown"
        return "small" if len(self.months) < SMALL else ""

    @property
    def few(self) -> bool:
        """Whether they are too few for their median to lead (see `FEW`)."""
        return len(self.months) <= FEW

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


def federal(table: pd.DataFrame, offense_group: int, split: str | tuple[str, ...] | None = None) -> Terms:
    """Return the terms of one federal offense group, all fiscal years of the table.

    Parameters
    ----------
    table : DataFrame
        `pileup.record.tables.load_table("federal-sentences")`.
    offense_group : int
        The Commission's OFFGUIDE code: 20 is manslaughter, voluntary and involuntary together.
    split : str or tuple of str, optional
        Only people with these values of the field `split`: `INVOLUNTARY`, `VOLUNTARY` or some of `SPLITS`.

    Raises
    ------
    PileupError
        `split` is no value of the field, or the table has no such field.
    """
    chosen = table["offense_group"] == offense_group
    if split is not None:
        values = (split,) if isinstance(split, str) else tuple(split)
        unknown = [value for value in values if value not in SPLITS]
        if unknown or not values:
            raise PileupError(
                f"split {', '.join(map(repr, unknown)) or 'of no value'} is unknown; give some of: "
                f"{'; '.join(SPLITS)}."
            )
        if "split" not in table.columns:
            raise PileupError(
                "the table federal-sentences has no field split; rebuild it with `pileup data build --ussc`."
            )
        chosen &= table["split"].isin(values)
    return _terms(table[chosen])


def state(
    table: pd.DataFrame,
    code: str,
    measure: str,
    offense: str | None = None,
    one_count: bool = False,
    death_counts: int | None = None,
) -> Terms:
    """Return the terms of a group of prisoners of one state.

    Parameters
    ----------
    table : DataFrame
        `pileup.record.tables.load_table("state-sentences")`.
    code : str
        Postal code: NY, FL or TX.
    measure : str
        What the months are: "minimum" or "maximum" (NY), "sum of terms" (FL), "term" (TX).
    offense : str, optional
        Only this offense, in the words of the table.
    one_count : bool
        Only people convicted on one count, whose sum of terms is their sentence.
    death_counts : int, optional
        Only people with so many counts for a death.
    """
    chosen = (table["state"] == code) & (table["measure"] == measure)
    if offense:
        chosen &= table["offense"] == offense
    if one_count:
        chosen &= table["one_count"] == "yes"
    if death_counts is not None:
        chosen &= table["death_counts"] == death_counts
    return _terms(table[chosen])


def with_offenses(table: pd.DataFrame, code: str, measure: str, death_counts: int) -> list[tuple[float, str]]:
    """Return months (life as `math.inf`) and offense of each person with a term, shortest first.

    Parameters are those of `state`.
    """
    chosen = (
        (table["state"] == code) & (table["measure"] == measure) & (table["death_counts"] == death_counts)
    )
    groups = table[chosen].groupby("offense")
    return sorted((months, str(offense)) for offense, rows in groups for months in _terms(rows).months)


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
