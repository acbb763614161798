"""What a notebook works with: the case, the tables, the law and the findings of one run."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from pileup import crashes, law, parameters, sentences
from pileup.case import CaseFile, Event, load_case
from pileup.data import load_table
from pileup.parameters import Parameters
from pileup.sentences import Terms
from pileup.states import STATES
from pileup.story import findings


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
    """

    def __init__(self, chosen: Parameters) -> None:
        self.parameters = chosen
        self.case: CaseFile = load_case(chosen.case)
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
        """Name of that state."""
        return STATES[self.state]

    @cached_property
    def crash(self) -> crashes.Crash | None:
        """The case's own crash, or None where its vehicles or deaths are not established."""
        own, vehicles, deaths = self.case.crash, self.case.number("vehicles"), self.case.number("deaths")
        if vehicles is None or deaths is None:
            return None
        return crashes.Crash(self.case.case.state, own.date.year, int(vehicles), int(deaths), own.fars_case is not None)

    @property
    def case_deaths(self) -> int:
        """How many people died in the case's crash."""
        return int(self.case.number("deaths") or 0)

    @property
    def vehicles(self) -> int:
        """Smallest number of vehicles to count: the parameter, or else as many as in the case."""
        return self.parameters.vehicles or (self.crash.vehicles if self.crash else 0)

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
        """Counts of fatal crashes in the chosen years."""
        return crashes.select(self.all_counts, self.parameters.first_year, self.parameters.last_year)

    @cached_property
    def in_state(self) -> pd.DataFrame:
        """Those of the chosen state."""
        return self.nation[self.nation["state"] == self.state]

    @cached_property
    def large(self) -> pd.DataFrame:
        """The crashes with 20 vehicles or more, one row each, in the chosen years."""
        return crashes.select(load_table("large-crashes"), self.parameters.first_year, self.parameters.last_year)

    @cached_property
    def set_aside(self) -> pd.DataFrame:
        """Rows of FARS that are no pileup in the ordinary sense, each with its reason."""
        return load_table("set-aside")

    @cached_property
    def law(self) -> law.Law | None:
        """The law of the case's jurisdiction, or None where the case names no law file."""
        return law.load_law(self.case.case.law) if self.case.case.law else None

    @cached_property
    def built(self) -> Any:
        """The total rebuilt count by count, or None without a law or without counts."""
        return law.rebuild(self.law, self.case.count, self.case.crash.date) if self.law and self.case.count else None

    @cached_property
    def all_concurrent(self) -> Any:
        """The total if every term ran at the same time."""
        return law.all_concurrent(self.law, self.case.count, self.case.crash.date)

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
        return sentences.state(self._states, "FL", "sum of terms", offence="vehicular homicide", one_count=True)

    @cached_property
    def florida_same_deaths(self) -> Terms:
        """Florida: prisoners with as many counts for a death as people died here; terms added up."""
        return sentences.state(self._states, "FL", "sum of terms", death_counts=self.case_deaths)

    @cached_property
    def texas(self) -> Terms:
        """Texas: intoxication manslaughter, the term of the oldest listed offence."""
        return sentences.state(self._states, "TX", "term")

    @property
    def groups(self) -> list[tuple[str, Terms, str]]:
        """The groups that a sentence is compared with: name, terms, and what a term is there."""
        return [
            ("Federal manslaughter", self.manslaughter, "whole sentence"),
            ("New York, vehicular homicide offences", self.new_york, "maximum term"),
            ("Florida, one count of vehicular homicide, scene not left", self.florida_homicide, "sentence"),
            ("Florida, one crash count of any kind", self.florida_one_count, "sentence"),
            ("Texas, intoxication manslaughter", self.texas, "term of the oldest listed offence"),
        ]

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
