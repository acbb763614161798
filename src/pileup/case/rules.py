"""The rules of a case file that no single part can check: sources, sums, formulas, the order of events."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pileup.base.errors import PileupError
from pileup.case import agree, formula, outcome, plausible, says
from pileup.case import key as proved
from pileup.case.lawfile import law_path, load_law
from pileup.case.model import span
from pileup.case.plausible import SIZES
from pileup.files.plain import Place, near
from pileup.files.toml import Checked, Fault
from pileup.record.states import FIPS, code_of

if TYPE_CHECKING:
    from pileup.case.model import CaseFile, Count, Event
    from pileup.case.parts import Citation, Source

    File = Checked[CaseFile]

#: Groups whose parts have an id.
GROUPS = (
    *("source", "waypoint", "fact", "event", "count", "defendant", "term"),
    *("dispute", "account", "comparable", "open", "seed_claim"),
)
#: A quotation has fewer words than this.
QUOTE_WORDS = 25
#: The two sides of a trial; what they say stands side by side.
SIDES = ("prosecution", "defense")
#: Events of these kinds follow one another in this order.
ORDER = ("crash", "verdict", "sentence", "commutation")

#: Groups whose `text` may have names in braces and links.
_FILLED = ("passage", "account")
_MARKUP = re.compile(r"\[[^\]]+\]\([\w.-]+\)|\{[A-Za-z][\w.-]*(?:\|\w+)?\}")
_IN_BRACES = re.compile(r"\{([\w.-]+)(?:\|\w+)?\}")


def faults(file: File) -> Iterator[Fault]:
    """Give every fault that crosses parts, judged on the parts that are valid by themselves.

    Parameters
    ----------
    file : Checked
        The case file, its parts validated one by one.

    Yields
    ------
    tuple
        The place of a fault, and what is wrong and would be right.
    """
    for rule in (
        _ids,
        _citations,
        _facts,
        _sourced,
        _formulas,
        _roles,
        _doubted,
        _confirmed,
        _quotes,
        _events,
        _counts,
        _terms,
    ):
        yield from rule(file)
    for rule in (
        _offenses,
        _imposed,
        _state,
        _key,
        _waypoints,
        _sources,
        _texts,
        _plain,
        _look_again,
        _changes,
        _follows,
        _accounts,
        _unnamed,
    ):
        yield from rule(file)
    for more in (outcome, says, plausible, agree):
        yield from more.faults(file)


def _written(file: File, group: str) -> list[tuple[int, dict]]:
    """Return the parts of a group as written, valid or not, with their numbers."""
    parts = file.record.get(group)
    return (
        [(n, part) for n, part in enumerate(parts) if isinstance(part, dict)]
        if isinstance(parts, list)
        else []
    )


def _names(file: File, *groups: str) -> set[str]:
    """Return the ids in groups, those of parts with a fault included, so that one fault is told once."""
    ids = [part.get("id") for group in groups for _, part in _written(file, group)]
    return {name for name in ids if isinstance(name, str)}


def _cited(file: File) -> Iterator[tuple[Place, Citation]]:
    """Return every citation with its place, those of a dispute's versions included."""
    for group in GROUPS:
        for part in getattr(file.model, group) or []:
            for n, citation in enumerate(getattr(part, "sources", [])):
                yield file.place(part, "sources", n), citation
            for n, version in enumerate(getattr(part, "versions", [])):
                for m, citation in enumerate(version.sources):
                    yield file.place(part, "versions", n, "sources", m), citation


def _ids(file: File) -> Iterator[Fault]:
    """An id stands once in the whole file."""
    seen: set[str] = set()
    for group in GROUPS:
        for n, part in _written(file, group):
            name = part.get("id")
            if isinstance(name, str) and name in seen:
                yield (group, n, "id"), f"id {name}: this id stands twice; give each part its own"
            elif isinstance(name, str):
                seen.add(name)


def _citations(file: File) -> Iterator[Fault]:
    """A citation names a source of the file."""
    known = _names(file, "source")
    for place, citation in _cited(file):
        if citation.source not in known:
            guess = near(citation.source, known)
            yield place, f"source {citation.source!r} is not among the [[source]] parts{guess}; add it there"


def _facts(file: File) -> Iterator[Fault]:
    """A fact has a source, a number a unit."""
    for fact in file.model.fact or []:
        if fact.status not in ("derived", "not found") and not fact.sources:
            yield file.place(fact), 'a fact needs at least one source; add sources = [{ source = "..." }]'
        if isinstance(fact.value, int | float) and not isinstance(fact.value, bool) and not fact.unit:
            yield file.place(fact, "value"), f"value is {fact.value}; a number needs a unit, add one"


def _sourced(file: File) -> Iterator[Fault]:
    """An event, a count, a term, an account and a like case have a source, save where none was found."""
    for group in ("event", "count", "defendant", "term", "account", "comparable"):
        for part in getattr(file.model, group) or []:
            found = group in ("term", "account") or part.status not in ("derived", "not found")
            if found and not part.sources:
                article = "an" if group in ("event", "account") else "a"
                yield (
                    file.place(part),
                    f'{article} {group} has a source; add sources = [{{ source = "..." }}]',
                )


def _formulas(file: File) -> Iterator[Fault]:
    """A derived fact has a formula, and a formula gives the value."""
    known: dict[str, object] = {fact.id: fact.value for fact in file.model.fact or []}
    known |= {event.id: event.date for event in file.model.event or []}
    spoilt = _names(file, "fact", "event") - set(known)
    for fact in file.model.fact or []:
        if fact.status == "derived" and not fact.formula:
            yield file.place(fact), 'a derived fact needs its formula; add it, or words after "text:"'
        if fact.formula and not any(re.search(rf"\b{re.escape(name)}\b", fact.formula) for name in spoilt):
            says = formula.fault(fact.formula, fact.value, known)
            if says:
                yield file.place(fact, "formula"), says


def _roles(file: File) -> Iterator[Fault]:
    """A role is given once, and a number that counts things is a whole number in its range."""
    seen: dict[str, str] = {}
    for fact in file.model.fact or []:
        role = fact.role
        if not role:
            continue
        if role in seen:
            yield (
                file.place(fact, "role"),
                f"role {role!r} is given to {seen[role]} already; one fact is right",
            )
        seen.setdefault(role, fact.id)
        low, high, counted = SIZES.get(role, (0, 0, ""))
        if counted and not (type(fact.value) is int and low <= fact.value <= high):
            value = str(fact.value).lower() if isinstance(fact.value, bool) else fact.value
            yield (
                file.place(fact, "value"),
                f"value is {'missing' if value is None else value}; a number of {counted} is a whole number"
                f" from {low} to {high}",
            )


def _doubted(file: File) -> Iterator[Fault]:
    """What the page computes with is not known to be wrong, and where it is in doubt, a note says why."""
    used = [fact for fact in file.model.fact or [] if fact.role and fact.value is not None]
    for part in [*used, *(file.model.term or []), *(file.model.count or [])]:
        what = f"role {part.role!r} uses it" if hasattr(part, "role") else "the page computes with it"
        if part.status in ("contradicted", "not found"):
            yield (
                file.place(part, "status"),
                f"status is {part.status!r} and {what}; give what is established",
            )
        elif part.status in ("disputed", "claim") and not part.note:
            yield (
                file.place(part, "status"),
                f'status is "{part.status}" and {what}, so the page prints its note; add note = "...", with'
                " who says so and what others say",
            )


def origins(publisher: str) -> set[str]:
    """Return who a publisher's words come from: a copy counts as its original, a joint report as both.

    Two spellings of one name are one.

    Parameters
    ----------
    publisher : str
        As written: "9News", "KHOU and 9News", "Reuters, on Shore News Network", "AP, copied by a blog".
    """
    return {agree.publisher(name) for name in agree.names(publisher)}


def _confirmed(file: File) -> Iterator[Fault]:
    """What is confirmed has an official source or two of different publishers."""
    sources = {source.id: source for source in file.model.source or []}
    for group in ("waypoint", "fact", "event", "count", "defendant", "term", "account", "comparable"):
        for part in getattr(file.model, group) or []:
            cited = [sources.get(citation.source) for citation in part.sources]
            # One without any is told already.
            if (
                part.status != "confirmed"
                or not cited
                or None in cited
                or _firm([one for one in cited if one])
            ):
                continue
            yield (
                file.place(part, "status"),
                'status is "confirmed"; that needs two sources of different publishers or one of tier'
                ' "official", otherwise "single-source" is right',
            )


def _firm(sources: list[Source]) -> bool:
    """Tell whether sources are enough to confirm; an opinion confirms nothing."""
    return any(source.tier == "official" for source in sources) or any(
        origins(one.publisher).isdisjoint(origins(other.publisher))
        for one, other in itertools.combinations([one for one in sources if one.tier != "opinion"], 2)
    )


def _quotes(file: File) -> Iterator[Fault]:
    """A quotation is short."""
    quotes: list[tuple[Place, str | None]]
    quotes = [((*place, "quote"), citation.quote) for place, citation in _cited(file)]
    quotes += [(file.place(claim, "quote"), claim.quote) for claim in file.model.seed_claim or []]
    for place, quote in quotes:
        if quote and (length := len(quote.split())) >= QUOTE_WORDS:
            yield place, f"quote has {length} words; fewer than {QUOTE_WORDS} is right"


def _last_day(event: Event) -> dt.date:
    """Return the last day on which an event can have begun."""
    return span(event.date, event.precision)[1]


def _events(file: File) -> Iterator[Fault]:
    """Crash, verdict, sentence and commutation follow one another, and none ends before it begins."""
    events = file.model.event or []
    crash = file.model.crash.days[0] if file.model.crash else None
    for event in events:
        if event.date_end and event.date_end < event.date:
            yield (
                file.place(event, "date_end"),
                f"date_end {event.date_end} is before date {event.date}; that day or a later one is right",
            )
        if crash and event.kind in ORDER[1:] and _last_day(event) < crash:
            yield (
                file.place(event, "date"),
                f"date is {event.date}; a {event.kind} is not before the crash of {crash}",
            )
    first = {
        kind: min((e for e in events if e.kind == kind), key=lambda e: e.date, default=None) for kind in ORDER
    }
    for earlier, later in itertools.combinations([event for event in first.values() if event], 2):
        if _last_day(later) < earlier.date and not (
            earlier.kind == "crash" and crash and _last_day(later) < crash
        ):
            yield (
                file.place(later, "date"),
                f"date is {later.date}; the {later.kind} is not before the {earlier.kind} of {earlier.date}"
                f" ({earlier.id})",
            )


def _counts(file: File) -> Iterator[Fault]:
    """Tried is guilty and not guilty together, and the sums are those of the facts."""
    counts = file.model.count or []
    for count in counts:
        if count.tried != count.guilty + count.not_guilty:
            yield (
                file.place(count, "tried"),
                f"tried {count.tried} is not guilty {count.guilty} + not guilty {count.not_guilty};"
                f" {count.guilty + count.not_guilty} would be",
            )
        if count.decided_by == "plea" and count.not_guilty:
            yield (
                file.place(count, "not_guilty"),
                f"not_guilty is {count.not_guilty}, and decided_by is a plea, which is of guilty; 0 would be"
                " right, or a [[count]] of its own for those that were not pleaded to",
            )
        yield from _stands_for(file, count)
    if not counts or not file.whole("count"):
        return
    for fact in file.model.fact or []:
        if fact.role in ("charges_tried", "charges_guilty", "charges_not_guilty"):
            total = sum(getattr(count, fact.role.removeprefix("charges_")) for count in counts)
            if type(fact.value) is int and fact.value != total:
                yield (
                    file.place(fact, "value"),
                    f"value is {fact.value}; the [[count]] parts add up to {total}",
                )


def _stands_for(file: File, count: Count) -> Iterator[Fault]:
    """Counts that stand for somebody are as many as convictions at most, by a fact with a source."""
    facts = {fact.id: fact for fact in file.model.fact or []}
    dead = next((fact.value for fact in facts.values() if fact.role == "deaths"), None)
    parts = {name: getattr(count, name) for name in ("for_dead", "for_hurt", "for_others")}
    told = {name: number for name, number in parts.items() if number is not None}
    if bool(told) != (count.for_by is not None):
        yield (
            file.place(count),
            "for_dead, for_hurt, for_others and for_by go together: how many, and the fact that says so",
        )
        return
    if not told:
        return
    if isinstance(dead, int) and (count.for_dead or 0) > dead:
        yield file.place(count, "for_dead"), f"for_dead is {count.for_dead}; {dead} at most is right"
    if sum(told.values()) > count.guilty:
        last = list(told)[-1]
        yield (
            file.place(count, last),
            f"{' + '.join(told)} is {sum(told.values())}; {count.guilty} at most, the guilty, is right",
        )
    if count.for_by not in facts and file.whole("fact"):
        yield (
            file.place(count, "for_by"),
            f"for_by is {count.for_by}; the id of a fact{near(count.for_by or '', facts)}",
        )


def _offenses(file: File) -> Iterator[Fault]:
    """The law file is there and whole, and knows every offense of which there was a conviction."""
    case, beside = file.model.case, file.path.parent
    if case is None or not case.law:
        return
    try:
        law = load_law(case.law, beside)
    except PileupError as error:
        yield file.place(case, "law"), str(error)
        return
    known = [offense.key for offense in law.offense]
    for count in file.model.count or []:
        if count.guilty and count.offense not in known:
            path = law_path(case.law, beside)
            says = f"offense {count.offense!r} is not among those of {path.name if path else case.law}"
            yield file.place(count, "offense"), f"{says}{near(count.offense, known)}: {', '.join(known)}"


def _terms(file: File) -> Iterator[Fault]:
    """A term's shorter end is not the longer one."""
    for term in file.model.term or []:
        if term.years_min is not None and term.years_max is not None and term.years_min > term.years_max:
            yield (
                file.place(term, "years_min"),
                f"years_min {term.years_min:g} is more than years_max {term.years_max:g}",
            )


def _imposed(file: File) -> Iterator[Fault]:
    """The terms of consecutive counts, where each is known, make the one term that was imposed."""
    counts = [count for count in file.model.count or [] if count.run == "consecutive" and count.guilty]
    imposed = [term for term in file.model.term or [] if term.kind == "imposed" and term.form == "prison"]
    if not counts or len(imposed) != 1 or not (file.whole("count") and file.whole("term")):
        return
    years = [count.guilty * count.years_each for count in counts if count.years_each is not None]
    (term,) = imposed
    total = sum(years)
    if term.years_min is None or term.years_max is None:
        return
    if len(years) == len(counts) and not term.years_min - 1e-6 <= total <= term.years_max + 1e-6:
        said = " + ".join(f"{count.guilty} x {count.years_each:g}" for count in counts)
        yield (
            file.place(term, "years_min"),
            f"years_min is {term.years_min:g}; the consecutive counts make {said} = {total:g} years",
        )


def _state(file: File) -> Iterator[Fault]:
    """The state is the one that the place of the crash names, where it names one at its end."""
    crash, case = file.model.crash, file.model.case
    if crash is None or case is None:
        return
    named = crash.place.rpartition(",")[2].strip().rstrip(".")
    code = code_of(named)
    if not code or code == case.state:
        return
    if case.state is None:
        told = f'[crash] has place “{crash.place}”; write state = "{code}", or another place'
        yield ("case", "state"), f"state is missing; {told}"
        return
    yield (
        ("case", "state"),
        f"state is {case.state}; [crash] has place “{crash.place}”: {code} is right, or another place",
    )


def _key(file: File) -> Iterator[Fault]:
    """The key of the crash in FARS agrees with the case."""
    crash, case = file.model.crash, file.model.case
    if crash is None:
        return
    key = (crash.fars_year, crash.fars_state, crash.fars_case)
    if key == (None, None, None):
        return
    if None in key:
        name = next(
            name for name in ("fars_year", "fars_state", "fars_case") if getattr(crash, name) is not None
        )
        yield ("crash", name), "fars_year, fars_state and fars_case go together; give all three or none"
        return
    if crash.fars_year != crash.date.year:
        yield ("crash", "fars_year"), f"fars_year {crash.fars_year} is not the year of {crash.date}"
    if case and FIPS.get(f"{crash.fars_state:02}") != case.state:
        yield ("crash", "fars_state"), f"fars_state {crash.fars_state} is not the number of {case.state}"
    yield from proved.faults(file)


def _waypoints(file: File) -> Iterator[Fault]:
    """A waypoint has both coordinates or none, and a milepost of its own."""
    points = file.model.waypoint or []
    for point in points:
        if (point.latitude is None) != (point.longitude is None):
            yield file.place(point), "latitude and longitude go together: give both, or neither"
        if not point.sources:
            yield file.place(point), "a waypoint has a source; add one"
    if not points or not file.whole("waypoint"):
        return
    mileposts = [point.milepost for point in points]
    for point in points:
        if mileposts.count(point.milepost) > 1:
            yield (
                file.place(point, "milepost"),
                f"milepost {point.milepost:g} stands twice; one point a milepost",
            )
    if len(points) < 2:
        yield file.place(points[0]), "a way needs two points; add another, or take this out"


def _sources(file: File) -> Iterator[Fault]:
    """A source is cited, or says why it is not."""
    cited = set(_everywhere(file.record))
    for source in file.model.source or []:
        if source.id not in cited and not source.unused:
            yield file.place(source), 'nothing cites this source; cite it, drop it, or add unused = "why"'
        elif source.id in cited and source.unused:
            yield file.place(source, "unused"), "unused is given, but the source is cited; drop the key"


def _everywhere(value: object) -> Iterator[str]:
    """Return the sources that anything in a value cites, parts with another fault included."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield value["source"]
        for inner in value.values():
            yield from _everywhere(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _everywhere(inner)


def _texts(file: File) -> Iterator[Fault]:
    """A name in braces is a role, or the id of a fact with a value, an event or a term."""
    head = file.record.get("case")
    keys = (
        [(("case", key), head.get(key)) for key in ("standfirst", "status_now")]
        if isinstance(head, dict)
        else []
    )
    passages = [
        ((group, n, "text"), part.get("text")) for group in _FILLED for n, part in _written(file, group)
    ]
    texts: list[tuple[Place, str]] = [
        (place, text) for place, text in keys + passages if isinstance(text, str)
    ]
    known = _names(file, "fact", "event", "term")
    empty = {fact.id for fact in file.model.fact or [] if fact.value is None}
    roles = [part.get("role") for _, part in _written(file, "fact")]
    empty_roles = {fact.role for fact in file.model.fact or [] if fact.value is None}
    for place, text in texts:
        for name in dict.fromkeys(_IN_BRACES.findall(text)):
            if name.startswith("role."):
                role = name.removeprefix("role.")
                if role not in roles or role in empty_roles:
                    yield place, f"{place[-1]} names {{{name}}}; no fact with a value has the role {role!r}"
            elif name in empty:
                yield place, f"{place[-1]} names {{{name}}}; that fact has no value"
            elif "." not in name and name not in known:
                yield (
                    place,
                    f"{place[-1]} names {{{name}}}; no fact, event or term has this id{near(name, known)}",
                )
        if re.search(r"[{}]", _IN_BRACES.sub("", text)):
            yield (
                place,
                f"{place[-1]} has a brace that holds no name; such as {{F04}} or {{F04|small}} is right",
            )


def _plain(file: File) -> Iterator[Fault]:
    """A name in braces or a link stands only in a text that is filled; else a reader would see it."""
    filled = {("case", "standfirst"), ("case", "status_now"), ("case", "note")}
    for place, text in _strings(file.record, ()):
        if place in filled or (place[0] in _FILLED and place[-1] == "text") or place[-1] == "url":
            continue
        if found := _MARKUP.search(text):
            yield (
                place,
                f"{place[-1]} has {found[0]}, which readers would see as it is; only a passage, an account,"
                " standfirst, status_now and the note of [case] may: write it in plain words",
            )


def _strings(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Return every text of a value with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(inner, (*place, key))


def _look_again(file: File) -> Iterator[Fault]:
    """The day to look again comes after the day of the file."""
    for part in [*(file.model.open or []), *(file.model.fact or [])]:
        if part.look_again and file.model.case and part.look_again <= file.model.case.as_of:
            yield (
                file.place(part, "look_again"),
                f"look_again {part.look_again} is not after as_of {file.model.case.as_of} of the file",
            )


def _changes(file: File) -> Iterator[Fault]:
    """A page is published before it is changed, and neither after the day as of which the file is known."""
    case = file.model.case
    if case is None:
        return
    if case.published and case.published > case.as_of:
        yield (
            ("case", "published"),
            f"published on {case.published}, after as_of, {case.as_of}; move as_of on",
        )
    for change in (*(file.model.correction or []), *(file.model.update or [])):
        if case.published is None:
            yield file.place(change), "a change of a page that is not published; give [case] published"
        elif not case.published <= change.date <= case.as_of:
            between = f"{case.published} (published) to {case.as_of} (as_of)"
            yield file.place(change, "date"), f"{change.date} is outside {between}"


def _follows(file: File) -> Iterator[Fault]:
    """What a part follows from stands in the file, and is not the part itself."""
    known = _names(file, "fact", "event", "count", "term", "waypoint", "account", "comparable")
    for group in ("fact", "event", "dispute", "account", "comparable", "open"):
        for part in getattr(file.model, group) or []:
            for n, name in enumerate(part.follows):
                if name == part.id or name not in known:
                    says = (
                        "itself" if name == part.id else f"{name!r}, which is no fact, event, count or term"
                    )
                    yield (
                        file.place(part, "follows", n),
                        f"follows names {says}{near(name, known - {part.id})}",
                    )


def _accounts(file: File) -> Iterator[Fault]:
    """What one of the two sides says is about a point, on which the other side may speak, too."""
    for account in file.model.account or []:
        if account.by in SIDES and not account.point:
            yield (
                file.place(account),
                f'an account by the {account.by} needs its point, such as point = "The brakes"',
            )


def _unnamed(file: File) -> Iterator[Fault]:
    """A name that the file keeps off the page stands in nothing that the page prints."""
    kept_off = {name: one.id for one in file.model.comparable or [] for name in one.unnamed}
    shown = [
        (group, n, part)
        for group, parts in file.record.items()
        if isinstance(parts, list)
        for n, part in enumerate(parts)
        if isinstance(part, dict) and not part.get("off_page")
    ]
    names = {name: f" {_bare(name)} " for name in kept_off}
    cited = {name for group, _n, part in shown if group != "source" for name in _everywhere(part)}
    for group, n, part in shown if kept_off else ():
        if group == "source" and part.get("id") not in cited:
            continue
        for place, text in _strings(part, (group, n)):
            if "unnamed" in place:
                continue
            words = f" {_bare(text)} "
            for name, bare in names.items():
                if bare in words:
                    yield place, f"{place[-1]} has {name!r}, whom {kept_off[name]} keeps off the page"


def _bare(text: str) -> str:
    """Return words in small letters with a blank between them, as they stand in a name or an address."""
    return " ".join(re.findall(r"\w+", text.lower()))
