"""A law file: the ranges and rules of one jurisdiction as data, each with its sources."""

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from pileup.base.errors import PileupError
from pileup.base.paths import DATA
from pileup.case.parts import Citation, Id, Source
from pileup.files import plain, toml
from pileup.words import written
from pileup.words.language import Words, _

LAWS = DATA / "law"

#: Days in a year of a range that the law gives in days.
DAYS_IN_YEAR = 365


def _group(value: object) -> object:
    """Refuse what names no offenses, in one sentence for both ways of naming them."""
    keys = isinstance(value, list) and value and all(isinstance(key, str) for key in value)
    if not keys and value not in ("crime_of_violence", "other", "all"):
        raise ValueError(
            '"crime_of_violence", "other", "all", or a list of keys such as ["killing"] is right,'
            f" not {value!r}"
        )
    return value


#: Which offenses a rule speaks of: those marked `crime_of_violence`, the others, all, or a list of keys.
Group = Annotated[Literal["crime_of_violence", "other", "all"] | list[str], BeforeValidator(_group)]


class _Part(BaseModel):
    """A part of a law file: strict types, and no key that the format does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class _InForce(_Part):
    """A part that holds for offenses of certain days; a missing day leaves that end open."""

    in_force_from: dt.date | None = None
    in_force_until: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "_InForce":
        if self.in_force_from and self.in_force_until and self.in_force_from > self.in_force_until:
            raise ValueError(
                f"in_force_from {self.in_force_from} is after in_force_until {self.in_force_until}"
            )
        return self

    def in_force(self, on: dt.date) -> bool:
        """Tell whether it holds for an offense of this day; both ends are days in force."""
        return (self.in_force_from or on) <= on <= (self.in_force_until or on)

    def meets(self, other: "_InForce") -> bool:
        """Tell whether there is a day on which both hold."""
        first = max(self.in_force_from or dt.date.min, other.in_force_from or dt.date.min)
        return first <= min(self.in_force_until or dt.date.max, other.in_force_until or dt.date.max)


class Header(_Part):
    """Whose law it is, the days of offense that the file covers, and what was not read."""

    jurisdiction: Words
    title: Words
    covers_from: dt.date
    covers_until: dt.date | None = None
    classes: Annotated[list[Words], Field(min_length=1)]
    as_of: dt.date
    note: Words

    @model_validator(mode="after")
    def _in_order(self) -> "Header":
        if self.covers_until and self.covers_from > self.covers_until:
            raise ValueError(f"covers_from {self.covers_from} is after covers_until {self.covers_until}")
        return self


class Range(_Part):
    """The shortest and the longest term on one count, in the unit of the law."""

    min: Annotated[float, Field(ge=0)]
    max: Annotated[float, Field(ge=0)]
    unit: Literal["years", "days"] = "years"
    text: Words | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        if self.min > self.max:
            raise ValueError(f"min {self.min:g} is more than max {self.max:g}")
        return self

    def in_years(self, value: float) -> float:
        """Turn a value in this range's unit into years; a range in days counts 365 days to the year."""
        return value / DAYS_IN_YEAR if self.unit == "days" else value

    @property
    def words(self) -> str:
        """The range in the law's own words where the file has them, or such as "4-16 years"."""
        plain = _("{least}-{most} years") if self.unit == "years" else _("{least}-{most} days")
        return self.text or plain.format(least=written.name(self.min), most=written.name(self.max))


class Offense(_InForce):
    """An offense, its ranges, and what the rules ask about it."""

    key: Id
    label: Words
    statute: Words
    offense_class: Words
    presumptive: Range
    extraordinary_risk: Range | None = None
    ranges: dict[Id, Range] = {}
    crime_of_violence: bool | None = None
    homicide: bool = False
    sources: Annotated[list[Citation], Field(min_length=1)]
    note: Words | None = None

    @model_validator(mode="after")
    def _names_once(self) -> "Offense":
        if taken := sorted({"presumptive", "extraordinary_risk"} & set(self.ranges)):
            raise ValueError(f"ranges has {taken[0]}, which is a field of its own; give it another name")
        return self

    def belongs(self, group: Group) -> bool:
        """Tell whether a rule for this group speaks of the offense."""
        if isinstance(group, list):
            return self.key in group
        return group == "all" or self.crime_of_violence is (group == "crime_of_violence")

    def range_named(self, name: str) -> Range | None:
        """Return the range that a rule names, or None where the offense has none of that name."""
        own = {"presumptive": self.presumptive, "extraordinary_risk": self.extraordinary_risk}
        return own.get(name) or self.ranges.get(name)


class Condition(_Part):
    """What must be so for a rule to apply: each answer given must match; see `pileup.case.law.Incident`."""

    death_or_serious_injury: bool | None = None
    prior: bool | None = None
    weapon: bool | None = None
    parties_agree: bool | None = None
    same_people: bool | None = None
    offender: Id | None = None

    def holds(self, facts: object) -> bool:
        """Tell whether the facts of the incident answer as asked."""
        return all(
            getattr(facts, name) == wanted for name, wanted in self.model_dump(exclude_none=True).items()
        )


class _Rule(_InForce):
    """What each rule has: name, place in the law, meaning in plain words, offenses, conditions and days.

    It says since when it holds, or that it is `undated`: its first day was not read, and is before the file's
    own.
    """

    id: Id
    undated: bool = False
    statute: Words
    words: Words
    applies_to: Group
    any_of: list[Condition] = []
    sources: Annotated[list[Citation], Field(min_length=1)]
    note: Words | None = None

    @model_validator(mode="after")
    def _dated(self) -> "_Rule":
        if self.undated is (self.in_force_from is not None):
            raise ValueError(
                "a rule has in_force_from, or else undated = true where its first day was not read and is"
                " before the file's covers_from; give one of the two"
            )
        return self

    def met(self, facts: object) -> bool:
        """Tell whether one of the rule's alternatives holds; a rule without any always applies."""
        return not self.any_of or any(condition.holds(facts) for condition in self.any_of)


class MandatoryRange(_Rule):
    """The term on each count is reckoned from a range instead of being that range."""

    kind: Literal["mandatory_range"]
    of: Id
    minimum: Literal["minimum", "midpoint", "maximum"]
    minimum_factor: Annotated[float, Field(gt=0)] = 1
    maximum_factor: Annotated[float, Field(gt=0)] = 1

    def ends(self, of: Range) -> tuple[float, float]:
        """Return the shortest and longest term that the rule makes of a range, in the range's unit."""
        base = {"minimum": of.min, "midpoint": (of.min + of.max) / 2, "maximum": of.max}[self.minimum]
        return self.minimum_factor * base, self.maximum_factor * of.max


class ConsecutiveRequired(_Rule):
    """The terms must run one after another once there are so many counts."""

    kind: Literal["consecutive_required"]
    at_least: Annotated[int, Field(ge=1)]


class ConcurrentAllowed(_Rule):
    """The court may let the terms run at the same time; `lifts` names the duties that it sets aside."""

    kind: Literal["concurrent_allowed"]
    lifts: list[Id] = []


class ConcurrentRequired(_Rule):
    """The terms must run at the same time as those of other counts, where there are any."""

    kind: Literal["concurrent_required"]
    beside: Group

    @model_validator(mode="after")
    def _two_groups(self) -> "ConcurrentRequired":
        mine, others = self.applies_to, self.beside
        if isinstance(mine, list) and isinstance(others, list):
            right = not set(mine) & set(others)
        else:
            right = {str(mine), str(others)} == {"crime_of_violence", "other"}
        if not right:
            raise ValueError(
                'applies_to and beside must be "crime_of_violence" and "other", one of each, or two lists'
                " of keys that have none in common"
            )
        return self


Rule = Annotated[
    MandatoryRange | ConsecutiveRequired | ConcurrentAllowed | ConcurrentRequired, Field(discriminator="kind")
]


class Law(_Part):
    """A whole law file; look an offense up with `offense_by_key`."""

    law: Header
    source: list[Source] = []
    offense: Annotated[list[Offense], Field(min_length=1)]
    rule: list[Rule] = []

    def offense_by_key(self, key: str) -> Offense | None:
        """Return an offense, or None where the file has none of that key."""
        return next((offense for offense in self.offense if offense.key == key), None)


def faults(file: toml.Checked[Law]) -> Iterator[toml.Fault]:
    """Tell what no single part can: names that stand twice, lost citations, ranges that a rule asks for."""
    law = file.model
    if law.law:
        for offense in law.offense:
            if offense.offense_class not in law.law.classes:
                known = ", ".join(law.law.classes)
                yield (
                    file.place(offense, "offense_class"),
                    f"the class {offense.offense_class!r} is not among those of [law] classes: {known}",
                )
    sources = {source.id for source in law.source}
    named = [
        *((source.id, source, "id") for source in law.source),
        *((offense.key, offense, "key") for offense in law.offense),
        *((rule.id, rule, "id") for rule in law.rule),
    ]
    seen: set[str] = set()
    for name, part, key in named:
        if name in seen:
            yield file.place(part, key), f"the name {name!r} stands twice; give each part its own"
        seen.add(name)
    if file.whole("source"):
        for part in (*law.offense, *law.rule):
            for index, citation in enumerate(part.sources):
                if citation.source not in sources:
                    place = file.place(part, "sources", index)
                    yield place, f"source {citation.source!r} is not among the [[source]] parts"
    duties = {rule.id for rule in law.rule if isinstance(rule, ConsecutiveRequired)}
    for rule in law.rule:
        if isinstance(rule, ConcurrentAllowed) and file.whole("rule"):
            for lost in sorted(set(rule.lifts) - duties):
                yield (
                    file.place(rule, "lifts"),
                    f"lifts {lost!r}, which is no consecutive_required rule of this file",
                )
        if isinstance(rule, MandatoryRange):
            for offense in law.offense:
                if fault := _misfit(rule, offense):
                    yield file.place(offense), fault
        yield from _lost_offenses(file, rule)
    yield from _crossing(file)


def _lost_offenses(file: toml.Checked[Law], rule: Rule) -> Iterator[toml.Fault]:
    """Tell where a rule names offenses that are not there, or asks of one what is not written there."""
    known = {offense.key for offense in file.model.offense}
    for field in ("applies_to", "beside"):
        group = getattr(rule, field, None)
        if isinstance(group, list) and file.whole("offense"):
            for lost in sorted(set(group) - known):
                near = plain.near(lost, known)
                yield (
                    file.place(rule, field),
                    f"{field} names {lost!r}, which is no offense of this file{near}",
                )
        elif group in ("crime_of_violence", "other"):
            for offense in file.model.offense:
                if offense.crime_of_violence is None:
                    says = f"rule {rule.id} asks whether it is a crime of violence"
                    yield file.place(offense), f"{says}; add crime_of_violence = true or false"


def _crossing(file: toml.Checked[Law]) -> Iterator[toml.Fault]:
    """Tell where two rules would make one count run beside different others: no total follows from that."""

    def named(group: Group) -> set[str]:
        return {offense.key for offense in file.model.offense if offense.belongs(group)}

    rules = [rule for rule in file.model.rule if isinstance(rule, ConcurrentRequired)]
    for one, other in itertools.combinations(rules, 2):
        first, second = named(one.beside), named(other.beside)
        shared = (first | named(one.applies_to)) & (second | named(other.applies_to))
        if shared and first != second and one.meets(other):
            says = f"shares {', '.join(sorted(shared))} with rule {one.id} but not its beside"
            yield file.place(other, "beside"), f"{says}; the same beside, or no offense in common, is right"


def _misfit(rule: MandatoryRange, offense: Offense) -> str | None:
    """Say why a mandatory range cannot be reckoned for an offense that it is for, or None where it can."""
    if not offense.belongs(rule.applies_to):
        return None
    of = offense.range_named(rule.of)
    if of is None:
        return f"rule {rule.id} needs its {rule.of} range; add it, or leave the offense out of the rule"
    low, high = rule.ends(of)
    return (
        f"rule {rule.id} makes {low:g} to {high:g} of its range: the least is above the most"
        if low > high
        else None
    )


def available() -> list[str]:
    """Return the names of the law files that ship, sorted."""
    return sorted(path.stem for path in LAWS.glob("*.toml"))


def law_path(law: str | Path, beside: Path | None = None) -> Path | None:
    """Find a law's file, or None where there is none.

    Parameters
    ----------
    law : str or Path
        The name of a file under `data/law/`, such as "colorado", or the path of a TOML file.
    beside : Path, optional
        The folder of the case file that names the law: a path in it counts from there first, whatever
        folder the command is run in.
    """
    places = [beside / law] if beside else []
    places += [LAWS / f"{law}.toml"] if str(law) in available() else [Path(law)]
    try:
        return next((path for path in places if path.suffix == ".toml" and path.is_file()), None)
    except (OSError, ValueError):  # a name that no file system takes
        return None


def load_law(law: str | Path, beside: Path | None = None) -> Law:
    """Read a law by its name, or from a file of one's own.

    Parameters
    ----------
    law : str or Path
        The name of a file under `data/law/`, such as "colorado", or the path of a TOML file.
    beside : Path, optional
        The folder of the case file that names the law (see `law_path`).

    Returns
    -------
    Law
        The law, checked.

    Raises
    ------
    PileupError
        When there is no such law, or its file breaks the format; the message names the file, the place
        in it and what would be right.

    Examples
    --------
    >>> import pileup
    >>> law = pileup.load_law("colorado")
    >>> law.law.jurisdiction
    'Colorado'
    """
    path = law_path(law, beside)
    if path is None:
        known = ", ".join(available())
        raise PileupError(
            f"law {str(law)!r}: no such law or file; known laws are {known}, or give the path of a .toml file"
        )
    return toml.read(path, Law, "law file", faults)
