"""The answer of a report in two or three lines, for who has just made it: out of its own findings."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pileup.case.load import load_case
from pileup.case.model import CaseFile
from pileup.case.outcome import outcome
from pileup.record.coverage import covered
from pileup.record.crashes import MEASURES
from pileup.record.states import in_sentence
from pileup.story import missing, outcomes
from pileup.words import language, written
from pileup.words.language import _, ngettext


def of_page(page: Path, case: str) -> list[str]:
    """Return the answer of a report that is made, in its language.

    Parameters
    ----------
    page : Path
        The page; its `findings.json` stands beside it.
    case : str
        The id of its case, or the case file.
    """
    record = json.loads((page.parent / "findings.json").read_text(encoding="utf-8"))
    with language.using(record["parameters"]["language"]):
        return answer(record, load_case(case))


def answer(record: Mapping[str, Any], case: CaseFile) -> list[str]:
    """Return the place of the crash among all fatal crashes, and the sentence beside the nearest median.

    Parameters
    ----------
    record : mapping
        What `findings.json` holds: `parameters`, and `findings` with `id` and `value`.
    case : CaseFile
        The case, to say what it lacks.

    Returns
    -------
    list of str
        Two lines, or three where the sentence was commuted; before them one for a size that was asked for,
        and one more for another state; in the language in use.
    """
    found = {one["id"]: one["value"] for one in record["findings"]}
    chosen = record["parameters"]
    none = missing.size_of(case, chosen["state"])
    ranked = [none] if none else [*_sizes(found, chosen, case), _place(found, chosen)]
    placed = any(f"crashes.state_rank_by_{by}" in found for by in MEASURES)
    if not none and chosen["state"] and chosen["state"] != case.case.state and placed:
        ranked.append(_in_state(found, chosen))
    none = missing.sentence_of(case)
    return [*ranked, *([none] if none else _sentence(found, outcomes.together(outcome(case))))]


def _place(found: Mapping[str, Any], chosen: Mapping[str, Any]) -> str:
    """Say the place of the crash, or the one that it would have where the files do not count it."""
    told = (
        _("Place among {crashes} fatal crashes, {years}: {places}.")
        if _counted(found)
        else _("Place that it would have among {crashes} fatal crashes, {years}: {places}.")
    )
    return _filled(told, found, chosen, "crashes.")


def _in_state(found: Mapping[str, Any], chosen: Mapping[str, Any]) -> str:
    """Say the place that the crash would have in another state that was asked for."""
    told = ngettext(
        "Place that it would have beside the {crashes} fatal crash in {state}, {years}: {places}.",
        "Place that it would have among {crashes} fatal crashes in {state}, {years}: {places}.",
        found["crashes.state_fatal_crashes"],
    )
    return _filled(told, found, chosen, "crashes.state_")


def _sizes(found: Mapping[str, Any], chosen: Mapping[str, Any], case: CaseFile) -> Iterator[str]:
    """Say how many crashes have the size that was asked for, in the state asked for or the nation."""
    asked = [size for size in ("vehicles", "deaths") if chosen[size] and chosen[size] != case.number(size)]
    if not asked:
        return
    in_state = chosen["state"] != case.case.state
    prefix = "crashes.state_" if in_state else "crashes."
    sizes = {
        "vehicles": ngettext(
            "{n} with {size} vehicle or more", "{n} with {size} vehicles or more", chosen["vehicles"]
        ),
        "deaths": ngettext(
            "{n} with {size} death or more", "{n} with {size} deaths or more", chosen["deaths"]
        ),
    }
    told = [
        sizes[size].format(n=_count(found[f"{prefix}at_least_{size}"]), size=written.number(chosen[size]))
        for size in asked
    ]
    if len(asked) > 1:
        told.append(_("{n} with both").format(n=_count(found[f"{prefix}at_least_both"])))
    every = found[f"{prefix}fatal_crashes"]
    text = (
        ngettext(
            "{crashes} fatal crash in {state}, {years}: {sizes}.",
            "{crashes} fatal crashes in {state}, {years}: {sizes}.",
            every,
        )
        if in_state
        else ngettext(
            "{crashes} fatal crash, {years}: {sizes}.", "{crashes} fatal crashes, {years}: {sizes}.", every
        )
    )
    yield text.format(
        crashes=written.number(every), state=_state(chosen), years=_years_of(chosen), sizes=", ".join(told)
    )


def _count(number: int) -> str:
    """Write a count, or that there is none."""
    return written.number(number) if number else _("none")


def _state(chosen: Mapping[str, Any]) -> str:
    """Name the state that was asked for, or the case's own."""
    return in_sentence(chosen["state"])


def _years_of(chosen: Mapping[str, Any]) -> str:
    """Write the years that are counted."""
    return written.years_held(covered("crashes").among(chosen["first_year"], chosen["last_year"]).held)


def _filled(told: str, found: Mapping[str, Any], chosen: Mapping[str, Any], prefix: str) -> str:
    """Fill in a crash's places among the crashes of the nation or of a state, as far as its size is known."""
    ranks = {by: found.get(f"{prefix}rank_by_{by}") for by in MEASURES}
    if ranks["both"] is not None:
        places = _("{both} by vehicles and deaths together, {vehicles} by vehicles, {deaths} by deaths")
    elif ranks["vehicles"] is not None:
        places = _("{vehicles} by vehicles")
    else:
        places = _("{deaths} by deaths")
    return told.format(
        crashes=written.number(found[f"{prefix}fatal_crashes"]),
        state=_state(chosen) if chosen["state"] else "",
        years=_years_of(chosen),
        places=places.format(**{by: written.ordinal(rank) for by, rank in ranks.items() if rank is not None}),
    )


def _counted(found: Mapping[str, Any]) -> bool:
    """Tell whether the crash is one of those counted: more are as large than its place and its equals say."""
    by = "vehicles" if "crashes.rank_by_vehicles" in found else "deaths"
    share = "crashes.smaller_percent" if by == "vehicles" else "crashes.smaller_percent_by_deaths"
    if share not in found:
        return False
    as_large = found["crashes.fatal_crashes"] * (1 - found[share] / 100)
    return round(as_large) == found[f"crashes.rank_by_{by}"] + found[f"crashes.joint_by_{by}"]


def _sentence(found: Mapping[str, Any], said: str) -> list[str]:
    """Say how long the sentence is beside the nearest federal median, and what was left where commuted."""
    median = found.get("comparison.involuntary.median_months")
    imposed = found.get("sentence.imposed_years")
    if median is None or imposed is None:
        return [_("Sentence imposed: {term}.").format(term=said)]
    ratio = written.times(found["comparison.imposed_to_involuntary_median_ratio"])
    if "sentence.imposed_least_years" in found:
        longer = _(
            "Sentence imposed: {term}; the longer end is {times} times the median of the nearest federal"
            " group, {median} years."
        )
        return [longer.format(term=said, times=ratio, median=written.years(median))]
    told = {
        "longer": _(
            "Sentence imposed: {term}, {times} times the median of the nearest federal group, {median} years."
        ),
        "shorter": _(
            "Sentence imposed: {term}, shorter than the median of the nearest federal group, {median} years"
            " ({times} times it)."
        ),
        "about the same": _(
            "Sentence imposed: {term}, about as long as the median of the nearest federal group, {median}"
            " years."
        ),
    }[written.compare(12 * imposed, median)]
    lines = [told.format(term=_years(imposed), times=ratio, median=written.years(median))]
    if "comparison.commuted_to_involuntary_median_ratio" in found:
        left = _("Commuted to {term}, {times} times that median.")
        times = written.times(found["comparison.commuted_to_involuntary_median_ratio"])
        lines.append(left.format(term=_years(found["sentence.commuted_years"]), times=times))
    return lines


def _years(years: float) -> str:
    return ngettext("{years} year", "{years} years", years).format(years=written.number(years))
