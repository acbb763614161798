"""What a notebook works with: the case, the tables, the law and the findings of one run."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pileup import findings
from pileup.base.errors import PileupError
from pileup.case.group import GroupFile, load_group
from pileup.case.law import Built, Law, all_concurrent, load_law, rebuild
from pileup.case.lawfile import law_path
from pileup.case.load import case_path, load_case
from pileup.case.model import CaseFile, Event
from pileup.files import parameters
from pileup.files.parameters import Parameters
from pileup.record import crashes, sentences
from pileup.record.sentences import Terms
from pileup.record.states import STATES
from pileup.record.tables import load_table
from pileup.words import language, written
from pileup.words.language import _
from pileup.words.translate import in_language


class Report:
    """One run: everything is loaded when first asked for, and checked while loading.

    Parameters
    ----------
    chosen : Parameters
        What the reporter asked for.

    Raises
    ------
    PileupError
        When the case, the law or a table is missing or broken.

    Examples
    --------
    >>> import pileup
    >>> report = pileup.Report(pileup.Parameters(state="TX", first_year=2000))
    >>> report.state_name
    'Texas'
    >>> report.findings["crashes.fatal_crashes"].unit
    'crashes'
    """

    def __init__(self, chosen: Parameters) -> None:
        language.use(chosen.language)
        # As the file has it: what code asks for by its words, such as a group of facts.
        self.written: CaseFile = load_case(chosen.case)
        self._file = case_path(chosen.case) or Path()
        self.case = in_language(self.written, self._file)
        self.parameters = chosen.beyond(self.case.own())
        if self.edition < self.case.case.as_of:
            raise PileupError(
                f"parameter edition: {self.edition} is before the case file's own date,"
                f" {self.case.case.as_of}"
            )
        self.findings = findings.compute(self)

    @property
    def edition(self) -> dt.date:
        """The date printed on the page: the parameter, or else the case file's own date."""
        chosen = self.parameters.edition
        return dt.date.fromisoformat(chosen) if chosen else self.case.case.as_of

    @property
    def state(self) -> str:
        """Postal code of the state to rank in: the parameter, or else the case's own."""
        return self.parameters.state or self.case.case.state

    @property
    def state_name(self) -> str:
        """Name of that state, as it stands in a sentence."""
        return _("the District of Columbia") if self.state == "DC" else _(STATES[self.state])

    @property
    def has_crash(self) -> bool:
        """Whether the case file establishes how many vehicles and deaths there were."""
        return self.case.number("vehicles") is not None and self.case.number("deaths") is not None

    @cached_property
    def crash(self) -> crashes.Crash:
        """The case's own crash; ask `has_crash` first."""
        own, vehicles, deaths = self.case.crash, self.case.number("vehicles"), self.case.number("deaths")
        if vehicles is None or deaths is None:
            raise PileupError(f"case {self.case.case.id}: no facts with the roles vehicles and deaths")
        state, year = self.case.case.state, own.date.year
        known = own.fars_case is not None and year in set(self.all_counts["year"])
        return crashes.Crash(state, year, int(vehicles), int(deaths), known)

    @property
    def in_files(self) -> bool:
        """Whether the federal files hold a crash with this key and of this size."""
        held = crashes.contains(self.all_counts, self.crash)
        large = self.crash.vehicles >= crashes.LARGE and self.crash.year in {
            one.year for one in self._all_large
        }
        return held and (not large or any(map(self.is_own, self._all_large)))

    @property
    def case_deaths(self) -> int:
        """How many people died in the case's crash."""
        return int(self.case.number("deaths") or 0)

    @property
    def vehicles(self) -> int:
        """Smallest number of vehicles to count: the parameter, or else as many as in the case."""
        return self.parameters.vehicles or (self.crash.vehicles if self.has_crash else 0)

    @property
    def deaths(self) -> int:
        """Smallest number of deaths to count: the parameter, or else as many as in the case."""
        return self.parameters.deaths or self.case_deaths

    @cached_property
    def all_counts(self) -> pd.DataFrame:
        """Counts of fatal crashes in all years held."""
        return load_table("crashes")

    @cached_property
    def nation(self) -> pd.DataFrame:
        """Counts of fatal crashes in the chosen years, without events set aside where that is asked for."""
        chosen = crashes.select(self.all_counts, self.parameters.first_year, self.parameters.last_year)
        return crashes.without(chosen, self.set_aside) if self.parameters.exclusions else chosen

    @cached_property
    def in_state(self) -> pd.DataFrame:
        """Those of the chosen state."""
        return self.nation[self.nation["state"] == self.state]

    @cached_property
    def _all_large(self) -> list[crashes.Listed]:
        return crashes.listed(load_table("large-crashes"), load_table("counties"), load_table("set-aside"))

    @cached_property
    def large(self) -> list[crashes.Listed]:
        """The crashes with 20 vehicles or more of the chosen years, largest first, as `nation` has them."""
        aside = self.set_aside if self.parameters.exclusions else []
        return [one for one in self._all_large if self._chosen(one) and one not in aside]

    def miles(self, year: int) -> int | None:
        """Return the vehicle miles travelled in the chosen state in a year, or None where no figure ships."""
        table = load_table("miles")
        found = table.loc[(table["state"] == self.state) & (table["year"] == year), "miles"]
        return int(found.iloc[0]) if len(found) else None

    @property
    def truck_years(self) -> str:
        """The chosen years for which the files say whether a large truck was involved."""
        return written.spans(self.nation.loc[self.nation["large_truck"] != "unknown", "year"].unique())

    @property
    def set_aside(self) -> list[crashes.Listed]:
        """The events of the chosen years that are no crash in the ordinary sense, each with its reason."""
        return [one for one in self._all_large if self._chosen(one) and one.set_aside]

    def _chosen(self, crash: crashes.Listed) -> bool:
        return self.parameters.first_year <= crash.year <= self.parameters.last_year

    def is_own(self, crash: crashes.Listed) -> bool:
        """Tell whether a listed crash is the case's own."""
        own = self.case.crash
        return (crash.year, crash.state, crash.st_case) == (
            own.fars_year,
            self.case.case.state,
            own.fars_case,
        )

    @property
    def own_in_state(self) -> bool:
        """Whether the case's own crash is one of those counted in the chosen state and years."""
        return self.in_files and crashes.contains(self.in_state, self.crash)

    @property
    def has_sentence(self) -> bool:
        """Whether the case file has a sentence that was imposed."""
        return bool(self.case.terms("imposed"))

    @property
    def has_law(self) -> bool:
        """Whether the sentence can be rebuilt: the case names a law file and has counts of conviction."""
        return bool(self.case.case.law) and any(count.guilty for count in self.case.count)

    @property
    def adds_up(self) -> bool:
        """Whether the law made terms of this case run one after another."""
        return self.has_law and any(step.runs == "consecutive" and step.required for step in self.built.steps)

    @property
    def years(self) -> str:
        """The chosen years in words."""
        return written.years_span(self.parameters.first_year, self.parameters.last_year)

    @cached_property
    def law(self) -> Law:
        """The law of the case's jurisdiction; ask `has_law` first."""
        if not self.case.case.law:
            raise PileupError(f"case {self.case.case.id}: it names no law file")
        beside = self._file.parent
        law, path = load_law(self.case.case.law, beside), law_path(self.case.case.law, beside)
        return in_language(law, path) if path else law

    @cached_property
    def built(self) -> Built:
        """The total rebuilt count by count."""
        return rebuild(self.law, self.case.count, self.case.crash.date)

    @cached_property
    def all_concurrent(self) -> Built:
        """The total if every term ran at the same time."""
        return all_concurrent(self.law, self.case.count, self.case.crash.date)

    @cached_property
    def _federal(self) -> pd.DataFrame:
        return load_table("federal-sentences")

    @cached_property
    def _states(self) -> pd.DataFrame:
        return load_table("state-sentences")

    @cached_property
    def manslaughter(self) -> Terms:
        """Federal manslaughter."""
        return sentences.federal(self._federal, sentences.MANSLAUGHTER)

    @cached_property
    def involuntary(self) -> Terms:
        """Federal manslaughter that is involuntary: by guideline where the file says so, else by a proxy."""
        return sentences.federal(self._federal, sentences.MANSLAUGHTER, sentences.INVOLUNTARY)

    @cached_property
    def own_group(self) -> GroupFile | None:
        """The group of a group file, where the reporter gives one."""
        return load_group(self.parameters.group) if self.parameters.group else None

    @property
    def split_by_guideline(self) -> bool:
        """Whether the federal file names the guideline, so that involuntary manslaughter is no proxy."""
        return bool((self._federal["split"] == sentences.INVOLUNTARY[0]).any())

    @cached_property
    def murder(self) -> Terms:
        """Federal murder."""
        return sentences.federal(self._federal, sentences.MURDER)

    @cached_property
    def new_york(self) -> Terms:
        """New York: maximum terms for vehicular homicide offences."""
        return sentences.state(self._states, "NY", "maximum")

    @cached_property
    def florida_one_count(self) -> Terms:
        """Florida: prisoners convicted on exactly one crash count."""
        return sentences.state(self._states, "FL", "sum of terms", one_count=True)

    @cached_property
    def florida_homicide(self) -> Terms:
        """Florida: one count of vehicular homicide, the driver having stayed."""
        return sentences.state(
            self._states, "FL", "sum of terms", offence="vehicular homicide", one_count=True
        )

    @cached_property
    def florida_same_deaths(self) -> Terms:
        """Florida: prisoners with as many counts for a death as people died here; terms added up."""
        return sentences.state(self._states, "FL", "sum of terms", death_counts=self.case_deaths)

    @cached_property
    def florida_by_deaths(self) -> list[tuple[int, Terms]]:
        """Florida: prisoners by their number of counts for a death; terms added up."""
        table = self._states
        counts = table.loc[table["state"] == "FL", "death_counts"].dropna().unique()
        return [
            (int(count), sentences.state(table, "FL", "sum of terms", death_counts=int(count)))
            for count in sorted(counts)
        ]

    @cached_property
    def florida_listed(self) -> list[tuple[float, str]]:
        """The same people one by one: months added up, and offence."""
        return sentences.with_offences(self._states, "FL", "sum of terms", self.case_deaths)

    @cached_property
    def texas(self) -> Terms:
        """Texas: intoxication manslaughter, the term of the oldest listed offence."""
        return sentences.state(self._states, "TX", "term")

    def event(self, kind: str) -> Event | None:
        """Return the case's first event of a kind (crash, verdict, sentence, commutation ...), or None."""
        return next((event for event in self.case.event if event.kind == kind), None)


def start(namespace: Mapping[str, Any]) -> Report:
    """Check a notebook's parameters and load what the report needs.

    Parameters
    ----------
    namespace : mapping
        The notebook's `globals()`.
    """
    return Report(parameters.from_notebook(namespace))
