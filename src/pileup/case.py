"""A case file: the established facts of one crash and one sentence, each with its sources."""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pileup import caserules, tomlfile
from pileup.errors import PileupError
from pileup.language import Language, Translated, Words, mark
from pileup.paths import DATA
from pileup.plainwords import pattern
from pileup.states import STATES

CASES = DATA / "cases"

#: What each status word means; the page prints these words and nothing else.
STATUS = {
    mark("confirmed"): mark("two or more independent sources, or one official source, agree"),
    mark("contradicted"): mark("a better source, or several others, say otherwise"),
    mark("disputed"): mark("serious sources disagree and it could not be settled"),
    mark("single-source"): mark("one source only, or copies of one"),
    mark("claim"): mark(
        "a party's statement: that it was said is sourced, that it is true is not established"
    ),
    mark("derived"): mark("computed from other facts of the file; the formula is given"),
    mark("not found"): mark("looked for, no source found"),
}
Status = Literal["confirmed", "contradicted", "disputed", "single-source", "claim", "derived", "not found"]

#: How near a source stands to the record.
TIER = {
    "official": mark("an official or primary record, or an agency's own page"),
    "press": mark("professional press, opened directly"),
    "copy": mark("a copy or repost, a trade blog, a law firm's page"),
    "opinion": mark("opinion, forum or user content"),
}
Tier = Literal["official", "press", "copy", "opinion"]

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

Id = Annotated[
    str,
    pattern(r"^[A-Za-z][A-Za-z0-9._-]*$", 'a letter and then letters, digits, ".", "_" or "-", such as F04,'),
]
Slug = Annotated[
    str, pattern(r"^[a-z0-9]+(-[a-z0-9]+)*$", "small letters and digits, joined by hyphens, such as my-case,")
]
#: Lengths of prison, in years, and numbers of people or counts: bounds that no slip of a key should pass.
Years = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=0, le=100_000)]
Url = Annotated[
    str, pattern(r"^https?://[^\s]+$", "an address without blanks that begins with http:// or https://")
]


#: Where a reader writes to: a page, or an address for mail.
Contact = Annotated[
    str,
    pattern(
        r"^(https?://[^\s]+|mailto:[^\s@]+@[^\s@]+)$",
        "an address that begins with https://, or mailto: and an address for mail,",
    ),
]


class _Record(BaseModel):
    """A part of a case file: strict types, and no key that the format does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_min_length=1)


class _Printable(_Record):
    """A part that stands on the page unless the file says why it does not.

    `off_page` is for the editor: a claim about a private person that no court record supports, or a detail
    that a reader does not need and a family would rather not read.
    """

    off_page: str | None = None


class Citation(_Record):
    """Where a statement comes from: a source's id, and the words seen there."""

    source: Id
    quote: str | None = None


class Case(_Record):
    """Who and what the case file is about."""

    id: Slug
    title: Words
    standfirst: Words
    person: str
    person_full: str | None = None
    pronoun: Literal["he", "she", "they"] = "they"
    state: str
    law: str | None = None
    as_of: dt.date
    status_now: Words
    byline: Words | None = None
    published: dt.date | None = None
    contact: Contact | None = None
    note: Words | None = None

    @field_validator("state")
    @classmethod
    def _is_a_state(cls, state: str) -> str:
        if state not in STATES:
            raise ValueError(f"{state!r} is not a two-letter code of the 50 states or DC, such as CO")
        return state


class Crash(_Record):
    """The crash, and its key in NHTSA's Fatality Analysis Reporting System."""

    date: dt.date
    time: dt.time | None = None
    place: Words
    road: Words
    latitude: float | None = None
    longitude: float | None = None
    fars_year: int | None = None
    fars_state: int | None = None
    fars_case: int | None = None


class Waypoint(_Record):
    """A point on the road that leads to the crash, for the sketch of the way there.

    With its position where a source gives one; otherwise it is set by its milepost between two that have one.
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


class Source(_Record):
    """A publication that a statement rests on; `unused` says why it stands here though nothing cites it.

    Its quotations are in its own `language`, whatever the page's is; its title is given in English.
    """

    id: Id
    publisher: str
    title: str
    url: Url
    date: dt.date | None = None
    tier: Tier
    language: Language = "en"
    unused: str | None = None
    note: Words | None = None


class Fact(_Printable):
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


class Event(_Printable):
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


class Count(_Record):
    """Charges of one offence on which the jury gave a verdict, and the term on each."""

    id: Id
    offence: Id
    label: Words
    statute: Words
    offence_class: Words
    tried: Whole
    guilty: Whole
    not_guilty: Whole
    years_each: Years | None = None
    run: Literal["consecutive", "concurrent"]
    stands_for: Words | None = None
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Term(_Record):
    """A length of prison that somebody asked for, imposed or changed."""

    id: Id
    kind: Literal["imposed", "asked", "commuted", "served", "possible"]
    label: Words
    years_min: Years
    years_max: Years
    by: Words
    date: dt.date | None = None
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Version(_Record):
    """One side of a dispute."""

    says: Words
    sources: list[Citation] = []


class Dispute(_Printable):
    """A point on which sources differ, the versions, and what we print and why."""

    id: Id
    point: Words
    versions: list[Version]
    best: Words
    why: Words
    settled: bool = True


class Comparable(_Printable):
    """Another person's case, found by search and not sampled."""

    id: Id
    person: Words
    what: Words
    place: Words
    date: Words
    killed: Whole
    plea_or_trial: Words
    offence: Words
    sentence: Words
    years: Years | None = None
    like_for_like: bool = False
    named_then: Words
    status: Status
    sources: list[Citation] = []
    note: Words | None = None


class Open(_Printable):
    """What is not known, and when to look again."""

    id: Id
    question: Words
    looked: Words
    look_again: dt.date | None = None


class SeedClaim(_Record):
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


class Change(_Record):
    """A correction or an update of the published page, as an editor confirms it; `number` is what changed."""

    date: dt.date
    text: Words
    number: Id | None = None


class Passage(_Record):
    """A paragraph of the case's own story; `{F04}` stands for the value of that fact, event or term."""

    chapter: Literal["key-facts", "what-happened", "sentence", "limits", "after"]
    text: Words


class Chosen(_Record):
    """How the comparable cases were found and how they may be read."""

    selection: Words
    like_for_like: Words


class CaseFile(_Record):
    """A whole case file.

    The lists keep the order of the file. What no single part can tell is checked in `pileup.caserules`.
    """

    case: Case
    crash: Crash
    comparables: Chosen | None = None
    source: list[Source] = []
    waypoint: list[Waypoint] = []
    fact: list[Fact] = []
    event: list[Event] = []
    count: list[Count] = []
    term: list[Term] = []
    dispute: list[Dispute] = []
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


def printed[Part: _Printable](parts: list[Part]) -> list[Part]:
    """Return the parts that may stand on the page."""
    return [part for part in parts if not part.off_page]


def schema() -> str:
    """Return the JSON Schema of a case file, as it ships in `data/cases/case.schema.json`.

    Editors that know JSON Schema for TOML complete keys and mark faults by it. The rules that cross parts
    are not in it: `pileup case check` tells those.
    """
    whole: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    whole |= CaseFile.model_json_schema()
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def known_cases() -> list[str]:
    """Return the ids of the case files that ship, sorted."""
    return sorted(path.stem for path in CASES.glob("*.toml"))


def case_path(case: str) -> Path | None:
    """Return the file of a case, given by its id or its path, or None where there is none."""
    try:
        path = CASES / f"{case}.toml" if case in known_cases() else Path(case)
        return path if path.suffix == ".toml" and path.is_file() else None
    except (OSError, ValueError):  # a name that no file system takes
        return None


def load_case(case: str) -> CaseFile:
    """Read a case by its id, or from a file of one's own.

    Parameters
    ----------
    case : str
        The id of a case under `data/cases/`, or the path of a TOML file.

    Returns
    -------
    CaseFile
        The case, checked.

    Raises
    ------
    PileupError
        When there is no such case, or its file breaks the format; the message names the file, the
        place in it and what would be right.
    """
    path = case_path(case)
    if path is None:
        known = ", ".join(known_cases())
        raise PileupError(
            f"case {case!r}: no such case or file; known cases are {known}, or give the path of a .toml file"
        )
    return tomlfile.read(path, CaseFile, "case file", caserules.faults)
