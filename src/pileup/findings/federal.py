"""The sentence beside what federal courts give: manslaughter, its involuntary part, and murder."""

import pandas as pd

from pileup.findings.declare import finding, given
from pileup.record import sentences
from pileup.record.coverage import Coverage
from pileup.record.sentences import Terms
from pileup.words import written
from pileup.words.language import _, mark

_PRISON = mark("people with a prison term")


@given
def imposed_months(imposed_years: float) -> float:
    """The sentence that was imposed, in months."""
    return 12 * imposed_years


@given
def commuted_months(commuted_years: float) -> float:
    """The sentence after commutation, in months."""
    return 12 * commuted_years


@given
def manslaughter(table_federal_sentences: pd.DataFrame) -> Terms:
    """Federal manslaughter."""
    return sentences.federal(table_federal_sentences, sentences.MANSLAUGHTER)


@given
def involuntary(table_federal_sentences: pd.DataFrame) -> Terms:
    """Federal manslaughter that is involuntary: by guideline where the file says so, else by a proxy."""
    return sentences.federal(table_federal_sentences, sentences.MANSLAUGHTER, sentences.INVOLUNTARY)


@given
def split_by_guideline(table_federal_sentences: pd.DataFrame) -> bool:
    """Whether the federal file names the guideline, so that involuntary manslaughter is no proxy."""
    return bool((table_federal_sentences["split"] == sentences.INVOLUNTARY[0]).any())


@given
def words_involuntary(split_by_guideline: bool) -> str:
    """What that group is."""
    return (
        _("Federal manslaughter that is mostly involuntary, by guideline 2A1.4")
        if split_by_guideline
        else _("Federal manslaughter that is mostly involuntary, by a proxy, the guideline minimum")
    )


@given
def murder(table_federal_sentences: pd.DataFrame) -> Terms:
    """Federal murder."""
    return sentences.federal(table_federal_sentences, sentences.MURDER)


@given
def words_federal_years(coverage_federal_sentences: Coverage) -> str:
    """The fiscal years held."""
    return written.fiscal_years(coverage_federal_sentences.held)


@given
def words_group(words_federal_years: str) -> str:
    """Federal manslaughter with the years that it is of."""
    return _("federal manslaughter, voluntary and involuntary, {years}").format(years=words_federal_years)


@finding("comparison.manslaughter.cases", mark("people"), mark("People sentenced for {group}"))
def manslaughter_cases(manslaughter: Terms) -> int:
    return manslaughter.people


@finding("comparison.manslaughter.with_prison_term", mark("people"), mark("Those with a prison term"))
def manslaughter_prison(manslaughter: Terms) -> int:
    return len(manslaughter.months)


@finding(
    "comparison.manslaughter.no_prison_term",
    mark("people"),
    mark("Those without a prison term (probation or fine)"),
)
def manslaughter_no_prison(manslaughter: Terms) -> int:
    return manslaughter.no_prison


@finding(
    "comparison.manslaughter.median_months",
    mark("months"),
    mark("Median term, {group}"),
    how=_PRISON,
)
def manslaughter_median(manslaughter: Terms) -> float:
    return manslaughter.median


@finding(
    "comparison.manslaughter.median_months_with_no_prison_as_zero",
    mark("months"),
    mark("The same median with everybody, no prison counted as 0 months"),
)
def manslaughter_median_with_zero(manslaughter: Terms) -> float:
    return manslaughter.with_no_prison_as_zero().median


@finding(
    "comparison.manslaughter.lower_quartile_months",
    mark("months"),
    mark("The lower quartile, {group}"),
    how=_PRISON,
)
def manslaughter_lower_quartile(manslaughter: Terms) -> float:
    return manslaughter.quantile(0.25)


@finding(
    "comparison.manslaughter.upper_quartile_months",
    mark("months"),
    mark("The upper quartile, {group}"),
    how=_PRISON,
)
def manslaughter_upper_quartile(manslaughter: Terms) -> float:
    return manslaughter.quantile(0.75)


@finding(
    "comparison.manslaughter.max_months",
    mark("months"),
    mark("The longest term, {group}"),
    how=_PRISON,
)
def manslaughter_longest(manslaughter: Terms) -> float:
    return manslaughter.longest


@finding("comparison.involuntary.people", mark("people"), mark("{involuntary}"), how=_PRISON)
def involuntary_people(involuntary: Terms) -> int:
    return len(involuntary.months)


@finding("comparison.involuntary.median_months", mark("months"), mark("{involuntary}: median"), how=_PRISON)
def involuntary_median(involuntary: Terms) -> float:
    return involuntary.median


_BY_ORDER = mark("people with a prison term; order statistics, distribution-free")


@finding(
    "comparison.manslaughter.median_interval_low_months",
    mark("months"),
    mark("The low end of a 95 percent confidence interval for the median, {group}"),
    how=_BY_ORDER,
)
def interval_low(manslaughter: Terms) -> float | None:
    ends = manslaughter.interval()
    return ends[0] if ends else None


@finding(
    "comparison.manslaughter.median_interval_high_months",
    mark("months"),
    mark("The high end of a 95 percent confidence interval for the median, {group}"),
    how=_BY_ORDER,
)
def interval_high(manslaughter: Terms) -> float | None:
    ends = manslaughter.interval()
    return ends[1] if ends else None


@finding(
    "comparison.imposed_to_median_ratio",
    mark("times"),
    mark("The sentence imposed, as a multiple of the federal median"),
)
def imposed_to_median(imposed_months: float, manslaughter_median: float) -> float:
    return imposed_months / manslaughter_median


@finding(
    "comparison.imposed_to_max_ratio",
    mark("times"),
    mark("The sentence imposed, as a multiple of the longest federal term"),
)
def imposed_to_longest(imposed_months: float, manslaughter_longest: float) -> float:
    return imposed_months / manslaughter_longest


@finding(
    "comparison.murder.cases",
    mark("people"),
    mark("People sentenced for federal murder, {federal_years}"),
)
def murder_cases(murder: Terms) -> int:
    return murder.people


@finding(
    "comparison.murder.median_months",
    mark("months"),
    mark("Median term for federal murder, life counted as longer than any term"),
    how=_PRISON,
)
def murder_median(murder: Terms) -> float:
    return murder.median


@finding("comparison.murder.life", mark("people"), mark("Of them, sentenced to life"))
def murder_life(murder: Terms) -> int:
    return murder.life


@finding(
    "comparison.commuted_percentile",
    mark("percentile"),
    mark(
        "Percentile rank of the commuted sentence among federal manslaughter terms (equal terms count half)"
    ),
    how=_PRISON,
)
def commuted_percentile(commuted_months: float, manslaughter: Terms) -> float:
    return manslaughter.percentile(commuted_months)


@finding(
    "comparison.commuted_longer_than_percent",
    mark("percent"),
    mark("Share of federal manslaughter terms that are shorter than the commuted sentence"),
    how=_PRISON,
)
def commuted_longer_than(commuted_months: float, manslaughter: Terms) -> float:
    return 100 * manslaughter.shorter(commuted_months) / len(manslaughter.months)


@finding(
    "comparison.commuted_longer_than_involuntary_percent",
    mark("percent"),
    mark("{involuntary}: share of terms that are shorter than the commuted sentence"),
    how=_PRISON,
)
def commuted_longer_than_involuntary(commuted_months: float, involuntary: Terms) -> float | None:
    people = len(involuntary.months)
    return 100 * involuntary.shorter(commuted_months) / people if people else None


@finding(
    "comparison.commuted_to_involuntary_median_ratio",
    mark("times"),
    mark("The commuted sentence, as a multiple of the median of the mostly involuntary federal cases"),
)
def commuted_to_involuntary_median(commuted_months: float, involuntary_median: float) -> float:
    return commuted_months / involuntary_median


@finding(
    "comparison.commuted_equal_percent",
    mark("percent"),
    mark("Share of federal manslaughter terms that are as long as the commuted sentence"),
    how=_PRISON,
)
def commuted_equal(commuted_months: float, manslaughter: Terms) -> float:
    return 100 * sum(term == commuted_months for term in manslaughter.months) / len(manslaughter.months)


@finding(
    "comparison.commuted_to_median_ratio",
    mark("times"),
    mark("The commuted sentence, as a multiple of the federal median"),
)
def commuted_to_median(commuted_months: float, manslaughter_median: float) -> float:
    return commuted_months / manslaughter_median
