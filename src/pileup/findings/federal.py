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
    "comparison.manslaughter.median_months",
    mark("months"),
    mark("Median term, {group}"),
    how=_PRISON,
)
def manslaughter_median(manslaughter: Terms) -> float:
    return manslaughter.median


@finding("comparison.involuntary.people", mark("people"), mark("{involuntary}"), how=_PRISON)
def involuntary_people(involuntary: Terms) -> int:
    return len(involuntary.months)


@finding("comparison.involuntary.median_months", mark("months"), mark("{involuntary}: median"), how=_PRISON)
def involuntary_median(involuntary: Terms) -> float:
    return involuntary.median


@finding(
    "comparison.involuntary.sentenced",
    mark("people"),
    mark("{involuntary}: everybody sentenced, with and without a prison term"),
)
def involuntary_sentenced(involuntary: Terms) -> int | None:
    return involuntary.people or None


@finding(
    "comparison.involuntary.no_prison_term",
    mark("people"),
    mark("{involuntary}: those without a prison term (probation or fine)"),
)
def involuntary_no_prison(involuntary: Terms) -> int:
    return involuntary.no_prison


@finding("comparison.involuntary.max_months", mark("months"), mark("{involuntary}: the longest"), how=_PRISON)
def involuntary_longest(involuntary: Terms) -> float:
    return involuntary.longest


@finding(
    "comparison.imposed_to_involuntary_median_ratio",
    mark("times"),
    mark("The sentence imposed, as a multiple of the median of the mostly involuntary federal cases"),
)
def imposed_to_involuntary_median(imposed_months: float, involuntary_median: float) -> float:
    return imposed_months / involuntary_median


@given
def level_22(table_federal_sentences: pd.DataFrame) -> Terms | None:
    """Federal involuntary manslaughter by reckless driving or the like: by base level, else by a proxy."""
    terms = sentences.federal(table_federal_sentences, sentences.MANSLAUGHTER, sentences.LEVEL_22)
    return terms if terms.months else None


@given
def level_by_guideline(table_federal_sentences: pd.DataFrame) -> bool:
    """Whether the federal file names the base level, so that the group of level 22 is no proxy."""
    return bool((table_federal_sentences["split"] == sentences.LEVEL_22[0]).any())


@given
def words_level(level_by_guideline: bool) -> str:
    """What that group is."""
    return (
        _("Federal manslaughter of base level 22, reckless driving or the like")
        if level_by_guideline
        else _("Federal manslaughter with a range of level 22, a proxy for reckless driving")
    )


@finding("comparison.level_22.sentenced", mark("people"), mark("{level}: everybody sentenced"))
def level_22_sentenced(level_22: Terms) -> int:
    return level_22.people


@finding("comparison.level_22.people", mark("people"), mark("{level}: those with a prison term"))
def level_22_people(level_22: Terms) -> int:
    return len(level_22.months)


@finding("comparison.level_22.median_months", mark("months"), mark("{level}: median"), how=_PRISON)
def level_22_median(level_22: Terms) -> float:
    return level_22.median


@finding("comparison.level_22.max_months", mark("months"), mark("{level}: the longest"), how=_PRISON)
def level_22_longest(level_22: Terms) -> float:
    return level_22.longest


@finding(
    "comparison.imposed_to_median_ratio",
    mark("times"),
    mark("The sentence imposed, as a multiple of the federal median"),
)
def imposed_to_median(imposed_months: float, manslaughter_median: float) -> float:
    return imposed_months / manslaughter_median


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
    "comparison.commuted_to_median_ratio",
    mark("times"),
    mark("The commuted sentence, as a multiple of the federal median"),
)
def commuted_to_median(commuted_months: float, manslaughter_median: float) -> float:
    return commuted_months / manslaughter_median
