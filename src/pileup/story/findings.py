"""Every number that is computed here and shown to a reader: its id, value, unit and what it is computed from."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pileup import crashes, sentences
from pileup.sentences import Terms
from pileup.story import words


#: Smallest number of vehicles of the crashes that `data/crashes/large.csv` lists one by one.
LARGE = 20


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
        What is counted or measured.
    computed_from : tuple of str
        Tables, facts and other findings that went in, and how.
    """

    id: str
    label: str
    value: int | float
    unit: str
    computed_from: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the finding as JSON."""
        return {**asdict(self), "computed_from": list(self.computed_from)}


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

    def add(self, name: str, value: float | None, unit: str, label: str, *computed_from: str) -> None:
        """Record a number; one that does not exist (None, not a number, endless) is left out.

        Numbers are rounded to twelve significant digits, so that the last bits of a sum never show.
        """
        if value is None or not math.isfinite(value):
            return
        plain = int(value) if float(value).is_integer() else float(f"{value:.12g}")
        self._by_id[name] = Finding(name, label, plain, unit, computed_from)


def compute(report: Any) -> Findings:
    """Compute the findings of a report, in the order in which the story tells them.

    Parameters
    ----------
    report : pileup.story.report.Report
        The case, the tables and the parameters.
    """
    found = Findings()
    if report.crash:
        _add_crashes(found, report)
    _add_case_dates(found, report)
    if report.case.terms("imposed"):
        _add_sentence(found, report)
        _add_comparison(found, report)
    return found


def _add_crashes(found: Findings, report: Any) -> None:
    crash, nation, state = report.crash, report.nation, report.in_state
    table = "table crashes (NHTSA FARS)"
    years = f"years {report.parameters.first_year} to {report.parameters.last_year}"
    vehicles, deaths = report.vehicles, report.deaths
    place = report.state_name
    own = "case: its vehicles, deaths and FARS key"

    found.add("crashes.years", nation["year"].nunique(), "years", "Years of crashes counted", table, years)
    total = crashes.number(nation)
    found.add("crashes.fatal_crashes", total, "crashes", "Fatal crashes in the 50 states and DC", table, years)
    found.add("crashes.people_killed", crashes.deaths_in(nation), "people", "People killed in them", table, years)
    many = crashes.number(nation, vehicles=vehicles)
    found.add(
        "crashes.at_least_vehicles", many, "crashes", f"Fatal crashes with {vehicles} vehicles or more", table, years, own
    )
    if many:
        found.add(
            "crashes.one_in", round(total / many), "fatal crashes",
            f"One fatal crash in so many had {vehicles} vehicles or more", "crashes.fatal_crashes / crashes.at_least_vehicles",
        )  # fmt: skip
    deadly = crashes.number(nation, deaths=deaths)
    found.add("crashes.at_least_deaths", deadly, "crashes", f"Fatal crashes with {deaths} deaths or more", table, years, own)
    found.add(
        "crashes.at_least_both", crashes.number(nation, vehicles, deaths), "crashes",
        f"Fatal crashes with {vehicles} vehicles and {deaths} deaths or more", table, years, own,
    )  # fmt: skip
    place_in_nation = crashes.rank_by_vehicles(nation, crash)
    found.add("crashes.rank_by_vehicles", place_in_nation.place, "place", "Its place by vehicles, nationally", table, years, own)
    found.add("crashes.joint_by_vehicles", place_in_nation.joint, "crashes", "Other crashes with as many vehicles", table, years, own)

    aside = crashes.select(report.set_aside, report.parameters.first_year, report.parameters.last_year)
    found.add("crashes.set_aside", len(aside), "crashes", "Crashes set aside with a reason", "table set-aside", years)
    large = report.large.merge(aside[["year", "state", "st_case"]], on=["year", "state", "st_case"])
    found.add(
        "crashes.at_least_vehicles_without_set_aside", many - int((large["vehicles"] >= vehicles).sum()), "crashes",
        f"Fatal crashes with {vehicles} vehicles or more, those set aside left out",
        "crashes.at_least_vehicles", "tables set-aside, large-crashes",
    )  # fmt: skip
    found.add(
        "crashes.at_least_both_without_set_aside",
        crashes.number(nation, vehicles, deaths) - int(((large["vehicles"] >= vehicles) & (large["deaths"] >= deaths)).sum()),
        "crashes", f"Fatal crashes with {vehicles} vehicles and {deaths} deaths or more, those set aside left out",
        "crashes.at_least_both", "tables set-aside, large-crashes",
    )  # fmt: skip

    found.add("crashes.state_fatal_crashes", crashes.number(state), "crashes", f"Fatal crashes in {place}", table, years)
    place_in_state = crashes.rank_by_vehicles(state, crash)
    found.add("crashes.state_rank_by_vehicles", place_in_state.place, "place", f"Its place by vehicles in {place}", table, years, own)
    found.add("crashes.state_joint_by_vehicles", place_in_state.joint, "crashes", f"Others in {place} with as many vehicles", table, years, own)
    found.add(
        "crashes.state_next_largest_vehicles", crashes.next_largest(state, crash), "vehicles",
        f"Vehicles in the largest other fatal crash of {place} that is no larger", table, years, own,
    )  # fmt: skip
    found.add(
        "crashes.state_at_least_deaths", crashes.number(state, deaths=deaths), "crashes",
        f"Fatal crashes in {place} with {deaths} deaths or more", table, years, own,
    )  # fmt: skip
    that_year = crashes.select(report.all_counts, crash.year, crash.year, report.state)
    if len(that_year):
        found.add("crashes.state_year_deaths", crashes.deaths_in(that_year), "people", f"People killed on the roads of {place} in {crash.year}", table)
        found.add("crashes.state_year_crashes", crashes.number(that_year), "crashes", f"Fatal crashes in {place} in {crash.year}", table)
    big = crashes.per_year(nation, LARGE)
    found.add("crashes.at_least_20", big.sum(), "crashes", f"Fatal crashes with {LARGE} vehicles or more", table, years)
    found.add("crashes.at_least_20_a_year", big.sum() / len(big) if len(big) else None, "crashes a year",
              f"Fatal crashes with {LARGE} vehicles or more, on average a year", "crashes.at_least_20 / crashes.years")  # fmt: skip
    single = crashes.number(nation) - crashes.number(nation, vehicles=3)
    found.add("crashes.up_to_two_vehicles_percent", 100 * single / total if total else None, "percent",
              "Share of fatal crashes with one or two vehicles", table, years)  # fmt: skip
    for size in crashes.truck_share(nation):
        name = f"{words.size_class(size.least, size.most)} with a large truck, where that is known"
        found.add(f"crashes.truck_percent.from_{size.least}", size.percent, "percent", f"Share of fatal crashes of {name}", table, years)


def _add_case_dates(found: Findings, report: Any) -> None:
    """Count the days between the events that every case of this kind has."""
    pairs = {
        "case.days_crash_to_verdict": ("crash", "verdict"),
        "case.days_crash_to_sentence": ("crash", "sentence"),
        "case.days_sentence_to_commutation": ("sentence", "commutation"),
        "case.days_crash_to_commutation": ("crash", "commutation"),
    }
    for name, (first, last) in pairs.items():
        start, end = report.event(first), report.event(last)
        if start and end:
            found.add(name, (end.date - start.date).days, "days", f"Days from {first} to {last}", f"events {start.id}, {end.id}")
    eligible = report.case.by_role("parole_eligible")
    if eligible and hasattr(eligible.value, "year"):
        found.add("case.days_to_parole_eligibility", (eligible.value - report.edition).days, "days",
                  "Days from this edition to parole eligibility", f"fact {eligible.id}", f"edition {report.edition}")  # fmt: skip


def _add_sentence(found: Findings, report: Any) -> None:
    imposed = report.case.terms("imposed")[0]
    found.add("sentence.imposed_years", imposed.years_max, "years", "The sentence that was imposed", f"term {imposed.id}")
    commuted = report.case.terms("commuted")
    if commuted:
        found.add("sentence.commuted_years", commuted[-1].years_max, "years", "The sentence after commutation", f"term {commuted[-1].id}")
    counts = report.case.count
    found.add("sentence.counts_tried", sum(count.tried for count in counts), "counts", "Counts on which the jury gave a verdict", "counts")
    found.add("sentence.counts_guilty", sum(count.guilty for count in counts), "counts", "Counts of conviction", "counts")
    found.add("sentence.counts_not_guilty", sum(count.not_guilty for count in counts), "counts", "Acquittals", "counts")
    consecutive = [count for count in counts if count.run == "consecutive"]
    found.add("sentence.counts_consecutive", sum(count.guilty for count in consecutive), "counts", "Counts whose terms ran one after another", "counts")
    found.add("sentence.counts_concurrent", sum(count.guilty for count in counts if count.run == "concurrent"), "counts",
              "Counts whose terms ran at the same time", "counts")  # fmt: skip
    if not report.built:
        return
    law = f"law file {report.law.law.jurisdiction}"
    found.add("sentence.rebuilt_years", report.built.lowest_years, "years", "The lowest total that the law allowed, rebuilt count by count", law, "counts")
    found.add("sentence.highest_required_years", report.built.highest_required_years, "years",
              "The highest total with the other counts running at the same time", law, "counts")  # fmt: skip
    found.add("sentence.all_concurrent_years", report.all_concurrent.lowest_years, "years",
              "The lowest total if every term ran at the same time", law, "counts")  # fmt: skip
    for step in report.built.steps:
        if step.adds_min:
            found.add(f"sentence.adds.{step.offence}", step.adds_min, "years", f"What the counts of {step.label} add", law, "counts")
            found.add(f"sentence.each.{step.offence}", step.each_min, "years", f"The lowest term on each count of {step.label}", law)


def _add_comparison(found: Findings, report: Any) -> None:
    imposed = 12 * report.case.terms("imposed")[0].years_max
    group = report.manslaughter
    table = "table federal-sentences (US Sentencing Commission)"
    name = "federal manslaughter, voluntary and involuntary, fiscal years 2019 to 2024"
    prison = "people with a prison term"
    found.add("comparison.manslaughter.cases", group.people, "people", f"People sentenced for {name}", table)
    found.add("comparison.manslaughter.with_prison_term", len(group.months), "people", "Those with a prison term", table)
    found.add("comparison.manslaughter.no_prison_term", group.no_prison, "people", "Those without a prison term (probation or fine)", table)
    found.add("comparison.manslaughter.median_months", group.median, "months", f"Median term, {name}", table, prison)
    found.add("comparison.manslaughter.median_months_with_no_prison_as_zero", group.with_no_prison_as_zero().median, "months",
              "The same median with everybody, no prison counted as 0 months", table)  # fmt: skip
    for share, word in ((0.25, "lower"), (0.75, "upper")):
        found.add(f"comparison.manslaughter.{word}_quartile_months", group.quantile(share), "months", f"The {word} quartile, {name}", table, prison)
    found.add("comparison.manslaughter.max_months", group.longest, "months", f"The longest term, {name}", table, prison)
    found.add("comparison.imposed_to_median_ratio", imposed / group.median, "times", "The sentence imposed, as a multiple of the federal median",
              "sentence.imposed_years", "comparison.manslaughter.median_months")  # fmt: skip
    found.add("comparison.imposed_to_max_ratio", imposed / group.longest, "times", "The sentence imposed, as a multiple of the longest federal term",
              "sentence.imposed_years", "comparison.manslaughter.max_months")  # fmt: skip
    murder = report.murder
    found.add("comparison.murder.cases", murder.people, "people", "People sentenced for federal murder, fiscal years 2019 to 2024", table)
    found.add("comparison.murder.median_months", murder.median, "months", "Median term for federal murder, life counted as longer than any term", table, prison)
    found.add("comparison.murder.life", murder.life, "people", "Of them, sentenced to life", table)
    commuted = report.case.terms("commuted")
    if commuted:
        now = 12 * commuted[-1].years_max
        found.add("comparison.commuted_percentile", group.percentile(now), "percentile",
                  "Percentile rank of the commuted sentence among federal manslaughter terms (equal terms count half)", table, prison)  # fmt: skip
        found.add("comparison.commuted_longer_than_percent", 100 * group.shorter(now) / len(group.months), "percent",
                  "Share of federal manslaughter terms that are shorter than the commuted sentence", table, prison)  # fmt: skip
        found.add("comparison.commuted_to_median_ratio", now / group.median, "times", "The commuted sentence, as a multiple of the federal median",
                  "sentence.commuted_years", "comparison.manslaughter.median_months")  # fmt: skip
    _add_states(found, report, imposed)


def _add_states(found: Findings, report: Any, imposed: float) -> None:
    table = "table state-sentences"
    life = "life counted as longer than any term"

    def add(name: str, terms: Terms, label: str) -> None:
        """Add a group's size and median, and the median without life where life makes a difference."""
        found.add(f"comparison.{name}_people", len(terms.months), "people", f"{label}: people", table)
        found.add(f"comparison.{name}_median_months", terms.median, "months", f"{label}: median", table, life)
        if terms.life:
            found.add(f"comparison.{name}_life", terms.life, "people", f"{label}: sentenced to life", table)
            found.add(f"comparison.{name}_median_months_without_life", terms.without_life().median, "months",
                      f"{label}: median of the terms given in months, life left out", table)  # fmt: skip

    york = report.new_york
    found.add("comparison.new_york.people", len(york.months), "people", "New York, vehicular homicide offences: people before the parole board", table)
    found.add("comparison.new_york.median_months", york.median, "months", "New York: median of the maximum terms", table, life)
    found.add("comparison.new_york.life", york.life, "people", "New York: a maximum of life", table)
    found.add("comparison.new_york.median_months_without_life", york.without_life().median, "months",
              "New York: median of the maximum terms given in months, life left out", table)  # fmt: skip
    add("florida.one_count", report.florida_one_count, "Florida, one crash count, any crash offence")
    add("florida.vehicular_homicide", report.florida_homicide, "Florida, one count of vehicular homicide, scene not left")
    same = report.florida_same_deaths
    found.add("comparison.florida.same_deaths_people", len(same.months), "people",
              f"Florida prisoners with {report.case_deaths} counts for a death", table)  # fmt: skip
    if same.months:
        found.add("comparison.florida.same_deaths_median_sum_months", same.median, "months",
                  "Their median if every term ran one after another", table, life)  # fmt: skip
        found.add("comparison.florida.same_deaths_median_sum_months_without_life", same.without_life().median, "months",
                  "The same median, life left out", table)  # fmt: skip
        found.add("comparison.florida.same_deaths_life", same.life, "people", "Of them, sentenced to life", table)
        found.add("comparison.florida.same_deaths_reaching_imposed", same.at_least(imposed), "people",
                  "Of them, how many reach the sentence imposed here if every term ran one after another, life included",
                  table, "sentence.imposed_years")  # fmt: skip
    medians = [terms.median / 12 for _, terms, _ in report.groups if terms.months]
    found.add("comparison.lowest_median_years", min(medians), "years", "The lowest median among the groups compared", table)
    found.add("comparison.highest_median_years", max(medians), "years", "The highest median among the groups compared", table)
    alike = [one.years for one in report.case.comparable if one.like_for_like and one.years is not None]
    if alike:
        found.add("comparison.comparables", len(alike), "cases", "Like cases with an established sentence", "comparables")
        found.add("comparison.comparables_least_years", min(alike), "years", "The shortest sentence among them", "comparables")
        found.add("comparison.comparables_most_years", max(alike), "years", "The longest sentence among them", "comparables")
    texas = report.texas
    found.add("comparison.texas.people", len(texas.months), "people", "Texas, intoxication manslaughter: prisoners in the extract", table)
    found.add("comparison.texas.median_months", texas.median, "months", "Texas: median term of the oldest listed offence", table)
