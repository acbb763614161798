"""What a notebook works with: the case, the inputs and the findings of one run."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pileup.base.errors import PileupError
from pileup.case.group import GroupFile
from pileup.case.law import Built, Law, load_law
from pileup.case.lawfile import law_path
from pileup.case.load import case_path, load_case, written_files
from pileup.case.model import CaseFile, Count, Event, Term
from pileup.files import parameters
from pileup.files.edition import Edition, edition
from pileup.files.parameters import Parameters
from pileup.findings.engine import Engine
from pileup.findings.groups import Group, Own
from pileup.findings.neighbors import Split
from pileup.findings.outside import World
from pileup.findings.told import compute
from pileup.record import crashes
from pileup.record.coverage import Coverage
from pileup.record.crashes import Crash, InState, Listed
from pileup.record.sentences import Terms
from pileup.story.started import start_with
from pileup.words import language, written
from pileup.words.translate import in_language


class Input[Made]:
    """An attribute of a report that is an input of its findings, by the same name unless another is given.

    Parameters
    ----------
    name : str
        The input.
    instead : object
        What stands in where the case lacks it; without one it must be there.
    """

    def __init__(self, name: str = "", instead: object = None) -> None:
        self._name = name
        self._instead = instead

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = self._name or name

    def __get__(self, report: "Report", owner: type | None = None) -> Made:
        made = report.noted(self._name).get(self._name, self._instead)
        if made is None:
            raise PileupError(f"case {report.case.case.id}: it has nothing for {self._name!r}")
        return made


class Report:
    """One run: everything is made when first asked for, and checked while loading.

    Parameters
    ----------
    chosen : Parameters
        What the reporter asked for.
    read : CaseFile, optional
        The case, where it was read before; else its file is read.

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

    #: The case's own crash; ask `has_crash` first.
    crash = Input[Crash]()
    #: Smallest number of vehicles and of deaths to count: the parameter, or else as many as in the case.
    vehicles = Input[int](instead=0)
    deaths = Input[int](instead=0)
    #: Vehicles and deaths of the case's own crash; 0 where they are not known.
    own_vehicles = Input[int](instead=0)
    own_deaths = Input[int](instead=0)
    #: How many people died in the case's crash.
    case_deaths = Input[int]()
    #: What the files of fatal crashes hold: in all, and of the chosen years; and those of sentences.
    all_held = Input[Coverage]("coverage_crashes")
    held = Input[Coverage]()
    federal_held = Input[Coverage]("coverage_federal_sentences")
    states_held = Input[Coverage]("coverage_state_sentences")
    #: Counts of fatal crashes in all years held; in the chosen years; in the chosen state, too.
    all_counts = Input[pd.DataFrame]("table_crashes")
    nation = Input[pd.DataFrame]()
    in_state = Input[pd.DataFrame]()
    #: The crashes of each of the 50 states and DC, with the largest of each.
    by_state = Input[list[InState]]()
    #: The same with the deadliest of each; ask `by_deaths_alone` first.
    by_state_deaths = Input[list[InState]]()
    #: The crashes with 20 vehicles or more of the chosen years, largest first, and the events set aside.
    large = Input[list[Listed]]("named_large")
    set_aside = Input[list[Listed]]()
    all_set_aside = Input[list[Listed]]("every_set_aside")
    #: Known pileups that the files have as several cases.
    splits = Input[list[Split]]()
    #: Postal code of the state to rank in, and its name in a sentence.
    #: Empty where the case is of none and none was asked for.
    state = Input[str](instead="")
    state_name = Input[str]("words_state", instead="")
    #: The charges with a verdict.
    counts = Input[list[Count]](instead=())
    #: The law that the case names, and the total rebuilt from it; ask `has_law` first.
    law = Input[Law]()
    built = Input[Built]()
    all_concurrent = Input[Built]("built_concurrent")
    #: Groups of people with their terms, all that are compared, and the numbers of the case.
    florida_by_deaths = Input[list[tuple[int, Terms]]]()
    groups = Input[list[Group]]()
    owns = Input[list[Own]]()
    #: Whether the federal file names the guideline and its base level, so that these groups are no proxy.
    split_by_guideline = Input[bool]()
    level_by_guideline = Input[bool]()

    def __init__(self, chosen: Parameters, read: CaseFile | None = None) -> None:
        language.use(chosen.language)
        # As the file has it: what code asks for by its words, such as a group of facts.
        self.written: CaseFile = read or load_case(chosen.case)
        self._file = case_path(chosen.case) or Path()
        self.case = in_language(self.written, self._file)
        self.parameters = chosen.beyond(self.case.own())
        if self.edition < self.case.case.as_of:
            raise PileupError(
                f"parameter edition: {self.edition} is before the case file's own date,"
                f" {self.case.case.as_of}"
            )
        law = self._law if self.case.case.law else None
        self.world = World(self.parameters, self.case, self.written, law, self.edition)
        self.engine = Engine(self.world)
        self._asked: set[str] = set()
        self._asked_of: set[str] = set()
        self.findings = compute(self.engine)

    def _law(self) -> tuple[Law, Law]:
        """Return the law in the language of the report, and as its file has it."""
        name, beside = self.case.case.law or "", self._file.parent
        law, path = load_law(name, beside), law_path(name, beside)
        return (in_language(law, path) if path else law), law

    def files(self) -> dict[str, Path]:
        """Return the files that people wrote for this run, by what they are."""
        return written_files(self.case, self._file, self.parameters.group)

    def noted(self, name: str) -> Engine:
        """Return the engine, and note that an input is asked for."""
        self._asked.add(name)
        return self.engine

    def asked(self) -> list[str]:
        """Return the ids of the numbers and inputs that were asked for since the last call."""
        ids = sorted({*self.engine.rests(self._asked), *self.findings.asked, *self._asked_of})
        for asked in (self._asked, self.findings.asked, self._asked_of):
            asked.clear()
        return ids

    @property
    def issue(self) -> Edition:
        """The edition of the page: the parameter, or else the first of the case file's own date."""
        return edition(self.parameters.edition) or Edition(self.case.case.as_of)

    @property
    def edition(self) -> dt.date:
        """The date printed on the page: that of the edition."""
        return self.issue.date

    @property
    def has_crash(self) -> bool:
        """Whether the crash can be ranked: by its vehicles, its deaths, or both."""
        return self.noted("ranked").get("ranked") is not None

    @property
    def by_deaths_alone(self) -> bool:
        """Whether only deaths tell of its size: no number of vehicles is known, and none was asked for."""
        return not self.vehicles and bool(self.deaths)

    @property
    def other_state(self) -> bool:
        """Whether a state was asked for that is not the case's own."""
        return bool(self.parameters.state)

    @property
    def in_files(self) -> bool:
        """Whether the case's own crash is one of those counted in the files that are held.

        All that "stands" or "would stand" on a page goes by `pileup.record.crashes.contains`: of all years
        here, of the chosen ones in `own_in_nation` and `own_in_state`. It asks for a key, which was proved
        when the case was loaded (`pileup.case.key`). A crash without one may be counted or not; that there is
        one of its size is no proof.
        """
        return crashes.contains(self.all_counts, self.crash)

    @property
    def truck_years(self) -> str:
        """The chosen years for which the files say whether a large truck was involved."""
        return written.spans(self.held.known("large_truck"))

    def is_own(self, crash: Listed) -> bool:
        """Tell whether a listed crash is the case's own."""
        own = self.case.crash
        return (crash.year, crash.state, crash.st_case) == (
            own.fars_year,
            self.case.case.state,
            own.fars_case,
        )

    @property
    def own_in_nation(self) -> bool:
        """Whether the case's own crash is one of those counted in the chosen years."""
        return crashes.contains(self.nation, self.crash)

    @property
    def own_in_state(self) -> bool:
        """Whether the case's own crash is one of those counted in the chosen state and years."""
        return crashes.contains(self.in_state, self.crash)

    @property
    def has_law(self) -> bool:
        """Whether the sentence can be rebuilt: the case has a law file, counts, and one law of its day."""
        named = bool(self.case.case.law) and any(count.guilty for count in self.case.count)
        exact = self.case.crash.precision == "day"
        return named and (exact or self.noted("built").get("built") is not None)

    @property
    def adds_up(self) -> bool:
        """Whether the law made terms of this case run one after another."""
        return self.has_law and any(step.runs == "consecutive" and step.required for step in self.built.steps)

    @property
    def years(self) -> str:
        """The chosen years that are held, in words."""
        return written.years_held(self.held.held)

    @property
    def own_group(self) -> GroupFile | None:
        """The group of a group file, where the reporter gives one."""
        return self.noted("own_group").get("own_group")

    def terms(self, kind: str) -> list[Term]:
        """Return the case's terms of one kind (imposed, asked, commuted ...) in the order of the file."""
        terms = self.case.terms(kind)
        self._asked_of |= {f"term.{term.id}" for term in terms}
        return terms

    def event(self, kind: str) -> Event | None:
        """Return the case's first event of a kind (crash, verdict, sentence, commutation ...), or None."""
        return next((event for event in self.case.event if event.kind == kind), None)


def start(namespace: Mapping[str, Any]) -> Report:
    """Check a notebook's parameters and load what the report needs.

    Parameters
    ----------
    namespace : mapping
        The notebook's `globals()`.

    Raises
    ------
    PileupError
        A parameter, the case, the law or a table is wrong or missing.

    Examples
    --------
    >>> import pileup
    >>> pileup.start({"state": "TX"}).state_name
    'Texas'
    """
    chosen = parameters.from_notebook(namespace)
    report = Report(chosen)
    start_with({"case": chosen.case, **chosen.changed()}, report)
    return report
