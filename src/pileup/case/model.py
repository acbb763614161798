"""The model of a case file: the established facts of one crash and one sentence, each with its sources."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from pileup.case import formula
from pileup.case.parts import Citation, Contact, Id, Part, Slug, Source, Status, Whole, Years
from pileup.files.plain import state_code
from pileup.words.language import Translated, Words

#: What the report needs to find in a case, by the name that the story uses for it.
Role = Literal[
    "vehicles",
    "cars",
    "trucks",
    "deaths",
    "injured",
    "people",
    "speed",
    "limit",
    "truck_limit",
    "age",
    "crash_time",
    "charges_tried",
    "charges_guilty",
    "charges_not_guilty",
    "parole_eligible",
    "ramp_milepost",
    "crash_milepost",
    "other_counts_years",
]


#: What came of a case for one person, where no sentence says it.
Verdict = Literal["not charged", "pending", "acquitted", "convicted", "vacated"]
#: What a term is. Life is no number of years, and no prison is not a term of 0 years.
Form = Literal["prison", "life", "jail", "suspended", "probation", "fine"]


class Printable(Part):
    """A part that stands on the page unless the file says why it does not.

    `off_page` is for the editor: a claim about a private person that no court record supports, or a detail
    that a reader does not need and a family would rather not read. `follows` names the facts, dates, terms
    and counts whose numbers its words repeat or rest on: one correction of those answers for it, too.
    """

    off_page: str | None = None
    follows: list[Id] = []


class Case(Part):
    """Who and what the case file is about.

    `state` is left out for a crash outside of the 50 states and DC, which the federal files do not cover.
    """

    id: Slug
    title: Words
    standfirst: Words
    person: str
    person_full: str | None = None
    pronoun: Literal["he", "she", "they"] = "they"
    state: str | None = None
    law: str | None = None
    outcome: Verdict | None = None
    as_of: dt.date
    status_now: Words
    byline: Words | None = None
    published: dt.date | None = None
    contact: Contact | None = None
    note: Words | None = None

    @field_validator("state")
    @classmethod
    def _is_a_state(cls, state: str | None) -> str | None:
        try:
            return None if state is None else state_code(state)
        except ValueError as error:
            raise ValueError(f"{error}; for a crash elsewhere leave the line out") from None


class Crash(Part):
    """The crash, and its key in NHTSA's Fatality Analysis Reporting System.

    `precision` says how much of the date is known, as that of an event does.
    """

    date: dt.date
    precision: Literal["day", "month", "year"] = "day"
    time: dt.time | None = None
    place: Words
    road: Words
    latitude: float | None = None
    longitude: float | None = None
    fars_year: int | None = None
    fars_state: int | None = None
    fars_case: int | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which it can have been."""
        return span(self.date, self.precision)


def span(date: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a date known so far can mean.

    Parameters
    ----------
    date : date
        The date as it is written.
    precision : str
        day, month or year.
    """
    if precision == "year":
        return date.replace(month=1, day=1), date.replace(month=12, day=31)
    if precision == "month":
        return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])
    return date, date


class Waypoint(Part):
    """A point on the road that leads to the crash, for the sketch of the way there.

    The sketch sets it by its milepost; its position is told where a source gives one.
    """

    id: Id
    kind: Literal["exit", "ramp", "crash", "other"]
    label: Words
    milepost: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Fact(Printable):
    """A statement with a value, a status and sources."""

    id: Id
    group: Words
    statement: Words
    value: int | float | Words | dt.date | dt.time | bool | None = None
    unit: Words | None = None
    as_of: dt.date | None = None
    status: Status
    formula: Annotated[str, Translated("text: ")] | None = None
    role: Role | None = None
    look_again: dt.date | None = None
    sources: list[Citation] = []
    note: Words | None = None


class Event(Printable):
    """Something that happened, with its day (or month, or year)."""

    id: Id
    date: dt.date
    date_end: dt.date | None = None
    precision: Literal["day", "month", "year"] = "day"
    time: dt.time | None = None
    kind: Literal[
        "crash",
        "arrest",
        "charges",
        "trial",
        "verdict",
        "sentence",
        "motion",
        "commutation",
        "hearing",
        "parole",
        "law",
        "petition",
        "other",
    ] = "other"
    key: bool = False
    label: Words | None = None
    text: Words
    status: Status
    sources: list[Citation] = []
    note: Words | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which it can have been."""
        first, last = span(self.date, self.precision)
        return first, max(last, self.date_end or last)


class Count(Part):
    """Charges of one offense that were decided, by a verdict or a plea of guilty, and the term on each."""

    id: Id
    offense: Id
    label: Words
    statute: Words
    offense_class: Words
    tried: Whole
    guilty: Whole
    not_guilty: Whole
    #: Who decided, where it is known: a jury, a judge without one, or the plea of the person charged.
    decided_by: Literal["jury", "judge", "plea"] | None = None
    years_each: Years | None = None
    run: Literal["consecutive", "concurrent"]
    stands_for: Words | None = None
    #: How many of the convictions stand for people killed, badly hurt, or others; and the fact that says so.
    for_dead: Whole | None = None
    for_hurt: Whole | None = None
    for_others: Whole | None = None
    for_by: Id | None = None
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


def one_way(counts: Sequence[Count]) -> bool:
    """Tell whether all counts were decided in one way that is known."""
    ways = {count.decided_by for count in counts}
    return len(ways) == 1 and None not in ways


class Defendant(Part):
    """One of several people who were charged over the same crash; where there is one, [case] says it all."""

    id: Id
    person: str
    pronoun: Literal["he", "she", "they"] = "they"
    outcome: Verdict
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Term(Part):
    """What somebody asked for, imposed or changed: most often a length of prison.

    `form` says what it is. Prison, jail, probation and a suspended term have years, the shorter and the
    longer end; life has none, or those that come on top of it ("life and 99 years"); a fine has none. `of`
    names the defendant where there are several, `vacated_by` the event that took it away again.
    """

    id: Id
    kind: Literal["imposed", "asked", "commuted", "served", "possible"]
    form: Form = "prison"
    label: Words
    years_min: Years | None = None
    years_max: Years | None = None
    by: Words
    of: Id | None = None
    vacated_by: Id | None = None
    date: dt.date | None = None
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Version(Part):
    """One side of a dispute."""

    says: Words
    sources: list[Citation] = []


class Dispute(Printable):
    """A point on which sources differ, the versions, and what we print and why."""

    id: Id
    point: Words
    versions: list[Version]
    best: Words
    why: Words
    settled: bool = True


class Account(Printable):
    """What somebody with a part in the case says of it, told as theirs.

    `point` is what both sides speak of: on the page their accounts of one point stand side by side.
    """

    id: Id
    by: Literal["prosecution", "defense", "judge", "jury", "families", "governor", "carrier", "other"]
    who: Words
    point: Words | None = None
    text: Words
    date: dt.date | None = None
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Comparable(Printable):
    """Another person's case, found by search and not sampled.

    `unnamed` holds the names that no part of the page may print; `left_out` tells readers, naming nobody, why
    a case that was found is kept off the page.
    """

    id: Id
    person: Words
    what: Words
    place: Words
    date: Words
    killed: Whole
    plea_or_trial: Words
    offense: Words
    sentence: Words
    years: Years | None = None
    like_for_like: bool = False
    named_then: Words
    unnamed: list[str] = []
    left_out: Words | None = None
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Open(Printable):
    """What is not known, and when to look again; a `main` one stands in the story, too."""

    id: Id
    question: Words
    looked: Words
    look_again: dt.date | None = None
    main: bool = False


class SeedClaim(Part):
    """A statement of the article that set off the report, against the record."""

    id: Id
    statement: Words
    quote: str
    verdict: Literal[
        "confirmed",
        "claim",
        "partly contradicted",
        "term wrong",
        "contradicted",
        "not established",
        "artefact",
    ]
    correction: Words
    sources: list[Citation] = []


class Change(Part):
    """A correction or an update of the published page, as an editor confirms it; `number` is what changed."""

    date: dt.date
    text: Words
    number: Id | None = None


class Passage(Part):
    """A paragraph of the case's own story; `{F04}` stands for the value of that fact, event or term.

    A `folded` one stands in a fold of its chapter; those of the chapter "quote" are set large.
    """

    chapter: Literal["key-facts", "what-happened", "quote", "sentence", "limits", "after"]
    text: Words
    folded: bool = False


class Chosen(Part):
    """How the comparable cases were found and how they may be read."""

    selection: Words
    like_for_like: Words


#: A part of the case file that has an entry of its own in the ledger.
Entry = Fact | Event | Count | Defendant | Term | Waypoint | Account | Comparable


class CaseFile(Part):
    """A whole case file.

    The lists keep the order of the file. What no single part can tell is checked in `pileup.case.rules`.
    """

    case: Case
    crash: Crash
    comparables: Chosen | None = None
    source: list[Source] = []
    waypoint: list[Waypoint] = []
    fact: list[Fact] = []
    event: list[Event] = []
    count: list[Count] = []
    defendant: list[Defendant] = []
    term: list[Term] = []
    dispute: list[Dispute] = []
    account: list[Account] = []
    comparable: list[Comparable] = []
    open: list[Open] = []
    seed_claim: list[SeedClaim] = []
    passage: list[Passage] = []
    correction: list[Change] = []
    update: list[Change] = []

    def by_role(self, role: str) -> Fact | None:
        """Return the fact that answers for a role, or None where the case has none."""
        return next((fact for fact in self.fact if fact.role == role), None)

    def number(self, role: str) -> float | int | None:
        """Return the number of the fact with this role, in the fact's own unit, or None."""
        fact = self.by_role(role)
        return fact.value if fact and isinstance(fact.value, int | float) else None

    def entries(self) -> dict[str, Entry]:
        """Return the parts that have an entry of their own in the ledger, by its id, such as `fact.F04`."""
        kinds = ("fact", "event", "count", "defendant", "term", "waypoint", "account", "comparable")
        return {f"{kind}.{part.id}": part for kind in kinds for part in getattr(self, kind)}

    def follows(self) -> dict[str, list[str]]:
        """Return what each fact, event, dispute, account and other case follows from, by ids in the ledger.

        That is what it names in `follows`, what its formula names, and what an account has in braces.
        """
        ids = {part.id: name for name, part in self.entries().items()}
        found = {}
        for kind in ("fact", "event", "dispute", "account", "comparable"):
            for part in getattr(self, kind):
                named = [*part.follows, *formula.names(getattr(part, "formula", None) or "")]
                named += re.findall(r"\{([\w-]+)", part.text) if kind == "account" else []
                if rests := dict.fromkeys(ids.get(name, name) for name in named):
                    found[f"{kind}.{part.id}"] = list(rests)
        return found

    def own(self) -> dict[str, Any]:
        """Return the values of parameters that mean the same as none, because the case says them anyway."""
        return {
            "state": self.case.state,
            "vehicles": self.number("vehicles"),
            "deaths": self.number("deaths"),
            "edition": self.case.as_of.isoformat(),
        }

    def terms(self, kind: str) -> list[Term]:
        """Return the terms of one kind (imposed, asked, commuted ...) in the order of the file."""
        return [term for term in self.term if term.kind == kind]

    def source_by_id(self, source_id: str) -> Source:
        """Return a source; the loader has made sure that each citation's source exists."""
        return next(source for source in self.source if source.id == source_id)


def printed[Part: Printable](parts: list[Part]) -> list[Part]:
    """Return the parts that may stand on the page."""
    return [part for part in parts if not part.off_page]
