"""Holds parts of a case file against each other: sums, terms, sources and their events, publishers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pileup.case.plausible import OLDEST, PLANNED
from pileup.case.says import known_numbers
from pileup.files.plain import Place
from pileup.files.toml import Checked, Fault
from pileup.words import language
from pileup.words.said import said
from pileup.words.sentences import placed
from pileup.words.text import Number, numbers

if TYPE_CHECKING:
    import datetime as dt

    from pileup.case.model import Account, CaseFile, Event, Fact, Term
    from pileup.case.parts import Source

    File = Checked[CaseFile]

#: Kinds of events of which an older publication can tell: it was planned, or is a law.
_FORETOLD = (*PLANNED, "law", "other")
#: Roles of facts that nobody knew before the crash.
_OF_CRASH = ("vehicles", "cars", "trucks", "deaths", "injured", "people", "speed", "crash_time")
_PART = re.compile(r"\{(?P<name>[A-Za-z][\w.-]*)(?:\|\w+)?\}|\[(?P<words>[^\]]+)\]\((?P<origin>[\w.-]+)\)")


def faults(file: File) -> Iterator[Fault]:
    """Give each part that another part of the file contradicts.

    Parameters
    ----------
    file : Checked
        The case file, its parts validated one by one.

    Yields
    ------
    tuple
        The place of a fault, and what is wrong and would be right.
    """
    for rule in (_sums, _commuted, _older, _spellings, _origins, _title):
        yield from rule(file)


def publisher(name: str) -> str:
    """Return a publisher's name by its letters and digits alone, so that "9 News" is "9NEWS".

    Parameters
    ----------
    name : str
        As written; a leading "The" and a trailing "Inc." do not count.

    Examples
    --------
    >>> publisher("The 9 News, Inc.") == publisher("9NEWS")
    True
    """
    bare = re.sub(r"^the\s+|,?\s+(?:inc|llc|ltd)\.?$", "", name.strip().casefold())
    return re.sub(r"[\W_]", "", bare)


def names(written: str) -> list[str]:
    """Return who a publisher's words come from, as written: a copy's original, both of a joint report."""
    return re.split(r", on |, copied by ", written)[0].split(" and ")


def _sums(file: File) -> Iterator[Fault]:
    """Cars and trucks are the vehicles, and the dead and injured are no more than the people."""
    facts: dict[str, Fact] = {
        fact.role: fact for fact in file.model.fact or [] if fact.role and type(fact.value) is int
    }

    def number(role: str) -> int:
        value = facts[role].value
        return value if isinstance(value, int) else 0

    if {"vehicles", "cars", "trucks"} <= facts.keys():
        total, every = number("cars") + number("trucks"), number("vehicles")
        if total > every or (total < every and not facts["vehicles"].note):
            others = (
                "" if total > every else ", or a note that says which the others were (buses, motorcycles)"
            )
            yield (
                file.place(facts["vehicles"], "value"),
                f"value is {every} vehicles; cars {number('cars')} ({facts['cars'].id}) and trucks"
                f" {number('trucks')} ({facts['trucks'].id}) are {total}: make them agree{others}",
            )
    else:
        for role in {"cars", "trucks"} & facts.keys() if "vehicles" in facts else ():
            yield from _more(file, facts[role], number(role), facts["vehicles"], number("vehicles"))
    if {"people", "deaths"} <= facts.keys():
        hurt = number("injured") if "injured" in facts else 0
        if number("deaths") + hurt > number("people"):
            parts = f"{number('deaths')} dead" + (f" and {hurt} injured" if hurt else "")
            yield (
                file.place(facts["people"], "value"),
                f"value is {number('people')} people in the crash; {parts} are more: one is wrong",
            )
    of = ("charges_tried", "charges_guilty", "charges_not_guilty")
    if set(of) <= facts.keys() and number(of[0]) != number(of[1]) + number(of[2]):
        yield (
            file.place(facts[of[0]], "value"),
            f"value is {number(of[0])} tried; guilty {number(of[1])} and not guilty {number(of[2])} are"
            f" {number(of[1]) + number(of[2])}",
        )


def _more(file: File, part: Fact, number: int, whole: Fact, every: int) -> Iterator[Fault]:
    """A part is no more than the whole."""
    if number > every:
        yield (
            file.place(part, "value"),
            f"value is {number} {part.role}, more than all {every} vehicles ({whole.id}): one is wrong",
        )


def _commuted(file: File) -> Iterator[Fault]:
    """A commuted term is no longer than the one that was imposed on the same person."""
    terms = file.model.term or []
    for term in terms if file.whole("term") else ():
        imposed = [one for one in terms if one.kind == "imposed" and one.of == term.of]
        if term.kind != "commuted" or not imposed or any(one.form == "life" for one in imposed):
            continue
        longest = max(imposed, key=lambda one: one.years_max or 0)
        if (term.years_max or 0) > (longest.years_max or 0):
            yield (
                file.place(term, "years_max"),
                f"years_max is {term.years_max:g}, commuted from {longest.years_max or 0:g} ({longest.id}); a"
                " commuted term is no longer than the one imposed",
            )


def _older(file: File) -> Iterator[Fault]:
    """No publication is older than what it reports."""
    sources = {source.id: source for source in file.model.source or []}
    told: list[tuple[Event | Term | Account | Fact, dt.date | None, str]] = [
        (event, event.date, f"the {event.kind} of")
        for event in file.model.event or []
        if event.precision == "day" and event.kind not in _FORETOLD
    ]
    told += [
        (term, term.date, f"the {term.kind} term of")
        for term in file.model.term or []
        if term.date and term.kind in ("imposed", "commuted")
    ]
    told += [(account, account.date, "what was said on") for account in file.model.account or []]
    if crash := file.model.crash:
        told += [
            (fact, crash.date, "the crash of")
            for fact in file.model.fact or []
            if fact.role in _OF_CRASH and fact.status != "derived"
        ]
    for part, day, what in told:
        for n, citation in enumerate(part.sources):
            source = sources.get(citation.source)
            if day and source and source.date and source.date.year >= OLDEST and source.date < day:
                yield (
                    file.place(part, "sources", n),
                    f"source {source.id} is of {source.date}, before {what} {day}: one of the dates is wrong,"
                    " or another source told it",
                )


def _spellings(file: File) -> Iterator[Fault]:
    """One publisher is written in one way, so that nobody takes it for two."""
    seen: dict[str, tuple[str, Source]] = {}
    for source in file.model.source or []:
        for name in dict.fromkeys((*names(source.publisher), source.publisher)):
            first, other = seen.setdefault(publisher(name), (name, source))
            if first != name:
                yield (
                    file.place(source, "publisher"),
                    f"publisher is {name!r}, and {first!r} in {other.id}: that is one publisher; write it the"
                    " same",
                )


def _filled(file: File) -> Iterator[tuple[Place, str]]:
    """Return the texts of the story that the case file gives, which are filled and have links."""
    case = file.model.case
    for key in ("standfirst", "status_now", "note") if case else ():
        if words := getattr(case, key):
            yield file.place(case, key), words
    for passage in file.model.passage or []:
        yield file.place(passage, "text"), passage.text


def _origins(file: File) -> Iterator[Fault]:
    """A number in a text leads somewhere, or the file says it: the page refuses one that does not lead."""
    known = known_numbers(file)
    for place, words in _filled(file):
        with language.using("en"):  # which the file is written in
            found = list(_loose(words))
        for origins, loose in found:
            if origins:
                yield (
                    place,
                    f"“{loose}” leads to no origin; write it as a name in braces, such as {{F04}}, or as"
                    f" [{loose}](fact.F04)",
                )
            elif not known.say(loose):
                yield (
                    place,
                    f"“{loose}” leads to no origin, and no part of the file says it; write it as a name in"
                    f" braces, such as {{F04}}, or as [{loose}](fact.F04)",
                )


def _loose(words: str) -> Iterator[tuple[set[str], str]]:
    """Return the numbers of a text that lead nowhere by themselves, with the origins of their sentence."""
    runs: list[str | Number] = []
    end = 0
    for found in _PART.finditer(words):
        name, linked = found["name"], found["words"]
        runs += [words[end : found.start()], Number(found["origin"] or name, 0, linked or "one")]
        end = found.end()
    runs.append(words[end:])
    place, spans = 0, []
    for run in runs:
        text = run if isinstance(run, str) else run.text
        if isinstance(run, str):
            spans.append((place, run))
        place += len(text)
    for _words, start, stop, origins in placed(runs):
        for first, run in spans:
            part = run[max(0, start - first) : max(0, stop - first)]
            yield from ((origins, number) for number in numbers(part))


def _title(file: File) -> Iterator[Fault]:
    """A number in the title is one that a part of the file says: the title has no links."""
    case, known = file.model.case, known_numbers(file)
    if case is None or not all(map(file.whole, ("fact", "event", "count", "term"))):
        return
    for one in said(case.title):
        if one.kind != "loose" and not known.say(one.text):
            yield (
                file.place(case, "title"),
                f"title says {one.text}, which no fact, event, count or term says: make them agree",
            )
