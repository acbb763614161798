"""Writes a starting case file, from a reporter's answers or as a template, and never over a file."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from pileup.base.errors import PileupError
from pileup.case.asked import Answers, Sentence
from pileup.case.load import load_case
from pileup.words import written
from pileup.words.text import numbers

#: The starting file, carried by the package; `docs/small-case.toml` is the same.
TEMPLATE = Path(__file__).with_name("template.toml")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def start(slug: str, out: Path | None = None, given: Answers | None = None) -> Path:
    """Write a commented case file that is valid as it stands.

    Parameters
    ----------
    slug : str
        The id of the case: small letters and digits, joined by hyphens.
    out : Path, optional
        The file to write; by default `SLUG.toml` in the folder that the user stands in.
    given : Answers, optional
        What a reporter knows; without it the template is written.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    PileupError
        For another slug, a file that exists or has another ending, a place that cannot be written, or
        answers that contradict one another: nothing is written then.
    """
    if not _SLUG.fullmatch(slug) or len(slug) > 100:
        raise PileupError(
            f"slug {slug!r}: small letters and digits, joined by hyphens, are right, such as my-case"
        )
    path = out or Path(f"{slug}.toml")
    if path.suffix != ".toml":
        raise PileupError(f"{path}: a case file's name ends in .toml, such as {slug}.toml")
    if given:
        text = written_from(slug, given)
    else:
        text = TEMPLATE.read_text(encoding="utf-8")
        text = text.replace('id = "small-case"', f'id = "{slug}"', 1).replace("my-case", slug)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise PileupError(
            f"{path}: exists already and is left as it is; name another file with --out"
        ) from None
    except (OSError, ValueError) as error:
        raise PileupError(f"{path}: cannot be written: {error}") from None
    try:
        load_case(os.fspath(path))
    except PileupError as error:
        path.unlink()
        raise PileupError(f"the answers do not fit together, so nothing was written: {error}") from None
    return path


def written_from(slug: str, given: Answers) -> str:
    """Return the text of a case file made from answers.

    Parameters
    ----------
    slug : str
        The id of the case.
    given : Answers
        What is known.
    """
    return "\n".join(
        [*_opening(slug, given), *_sources(given), *_facts(given), *_came_of_it(given), *_rest(given)]
    )


class _Raw(str):
    """A value that stands in the file as it is."""


def _part(header: str, comment: str, **keys: object) -> Iterator[str]:
    """Write a part: its comment, its header, and those of its keys that have a value."""
    yield from (f"# {line}" for line in comment.splitlines())
    yield header
    for key, value in keys.items():
        if value is None:
            continue
        if isinstance(value, bool):
            said = str(value).lower()
        elif isinstance(value, str) and not isinstance(value, _Raw):
            said = json.dumps(value, ensure_ascii=False)
        else:
            said = str(value)
        yield f"{key} = {said}"
    yield ""


def _where(given: Answers) -> str:
    return f"on {given.road} in {given.place}" if given.road else f"in {given.place}"


def _told(given: Answers) -> str:
    """Say what happened in the event's own words; a place with a number in its name stands in them."""
    if not given.what:
        return f"A crash {_where(given)}."
    return given.what.rstrip(".") + (f" ({_where(given)})." if numbers(_where(given)) else ".")


def _decided(given: Answers) -> str:
    """Say what came of it in the event's own words, without a day."""
    if given.sentence:
        return f"{_who(given, begins=True)} was sentenced: {_label(given.sentence)}."
    return _STATED[given.outcome or "sentenced"]


def _crash(given: Answers) -> str:
    """Say what is known of the crash, each number with its origin."""
    where = _where(given)
    if numbers(where):  # a road or place with a number that is no name leads to the event
        where = f"[{where}](event.E1)"
    vehicles = f"{{F1|small}} {written.plural(given.vehicles or 0, 'vehicle')} crashed"
    died = "{F2|small} " + ("person died" if given.deaths == 1 else "people died")
    match given.vehicles, given.deaths:
        case None, None:
            return f"On {{E1}} there was a crash {where}."
        case None, _:
            return f"On {{E1}} {died} in a crash {where}."
        case _, None:
            return f"On {{E1}} {vehicles} {where}."
    return f"On {{E1}} {vehicles} {where}, and {died}."


def _who(given: Answers, begins: bool) -> str:
    return given.person or ("The driver" if begins else "the driver")


def _decision(given: Answers) -> str:
    """Say what came of it, with its day where it is known; empty where nothing is."""
    if not given.outcome:
        return ""
    known = given.outcome_date
    when = "" if known is None else ("On {E2} " if known.precision == "day" else "In {E2} ")
    who = _who(given, begins=not when)
    if given.sentence:
        return f"{when}{who} was sentenced to {_length(given.sentence)}."
    if given.outcome == "sentenced":
        return f"{when}{who} was [sentenced](fact.F4); to what is not known."
    return {
        "not charged": "[Nobody was charged](fact.F4).",
        "pending": "[The charges are pending](fact.F4).",
        "acquitted": f"{when}{who} was [acquitted](fact.F4).",
        "convicted": f"{when}{who} was [convicted](fact.F4).",
        "vacated": f"{_who(given, begins=True)} [was sentenced, and the sentence was vacated](fact.F4).",
    }[given.outcome]


def _length(sentence: Sentence) -> str:
    """Say a sentence in a paragraph: its length is that of the term T1."""
    if sentence.form == "fine":
        return "{T1}"
    if sentence.form == "life":
        years = f" and {{T1}} {written.plural(sentence.high or 0, 'year')}"
        return "life in prison" + years if sentence.high else "{T1} in prison"
    unit = sentence.length.rpartition(" ")[2]
    length = f"{{T1}} {unit}" if unit.startswith("year") else f"[{sentence.length}](term.T1)"
    return length + _FORMS[sentence.form]


_FORMS = {
    "prison": " in prison",
    "jail": " in jail",
    "suspended": " in prison, suspended",
    "probation": " of probation",
}
#: What a fact says that came of a case, by its outcome.
_STATED = {
    "sentenced": "The driver was sentenced.",
    "not charged": "Nobody was charged.",
    "pending": "The charges are pending.",
    "acquitted": "The driver was acquitted.",
    "convicted": "The driver was convicted.",
    "vacated": "The driver was sentenced, and the sentence was vacated: none stands.",
}
#: The kind and the label of the event by which it was decided.
_EVENTS = {
    "sentenced": ("sentence", "Sentence"),
    "not charged": ("other", "No charges"),
    "pending": ("charges", "Charges"),
    "acquitted": ("verdict", "Acquittal"),
    "convicted": ("verdict", "Conviction"),
    "vacated": ("other", "Sentence vacated"),
}


def _opening(slug: str, given: Answers) -> Iterator[str]:
    yield f"# The case file {slug}, begun with the answers to “pileup case new”. Change it, and run"
    yield f"#   pileup case check {slug}.toml"
    yield f"#   pileup report --case {slug}.toml"
    yield "# “pileup case new other-case --blank” writes a template of what else a file may hold;"
    yield "# data/README.md explains the format, and data/cases/aguilera-mederos.toml shows all of it."
    yield ""
    what = (given.what or f"A crash in {given.place}").rstrip(".")
    decided = _decision(given)
    yield from _part(
        "[case]",
        "A name in braces stands for the value of that fact, event or term; [words](fact.F1) lead to one.",
        id=slug,
        title=what,
        standfirst=" ".join(filter(None, [_crash(given), decided])),
        person=_who(given, begins=True),
        state=given.state,
        outcome=None
        if given.sentence
        else {"sentenced": "convicted"}.get(given.outcome or "", given.outcome),
        as_of=given.today,
        status_now=_status(given, decided),
    )
    yield from _part(
        "[crash]",
        "Where known, fars_year, fars_state and fars_case are its key in the federal file of fatal crashes.",
        date=given.date,
        place=given.place,
        road=given.road or "not known",
    )


def _status(given: Answers, decided: str) -> str:
    if not decided:
        return "What came of it is not known."
    return (
        decided if given.outcome in ("pending", "not charged") else f"{decided} Nothing later was looked up."
    )


def _publisher(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _official(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith(".gov")


def _sources(given: Answers) -> Iterator[str]:
    yield from _part(
        "[[source]]",
        'Each publication once. tier: "official", "press", "copy" or "opinion".',
        id="S1",
        publisher=given.publisher or _publisher(given.source_url),
        title=given.source_title or "A report on the crash",
        url=given.source_url,
        date=given.source_date,
        tier="official" if _official(given.source_url) else "press",
    )
    if given.outcome and given.outcome_url:
        yield from _part(
            "[[source]]",
            "",
            id="S2",
            publisher=given.outcome_publisher or _publisher(given.outcome_url),
            title="A report on what came of it",
            url=given.outcome_url,
            tier="official" if _official(given.outcome_url) else "press",
        )


def _by(given: Answers, outcome: bool = False) -> dict[str, object]:
    """Return the status and the source of what is known of the crash, or of what came of it."""
    second = outcome and given.outcome_url
    url = given.outcome_url if second and given.outcome_url else given.source_url
    return {
        "status": "confirmed" if _official(url) else "single-source",
        "sources": _Raw(f'[{{ source = "{"S2" if second else "S1"}" }}]'),
    }


def _facts(given: Answers) -> Iterator[str]:
    comment = (
        '"confirmed" takes two sources of different publishers, or an official one. The role tells the report'
        '\nwhat a number is for; without "vehicles" and "deaths" the crash is not ranked.'
    )
    statements = {
        "vehicles": ("F1", given.vehicles, "The crash involved {n} {one}.", "vehicle", "vehicles"),
        "deaths": ("F2", given.deaths, "{n} {one} died.", "person", "people"),
        "injured": ("F3", given.injured, "{n} {one} {were} injured.", "person", "people"),
    }
    for role, (name, value, says, one, many) in statements.items():
        if value is None:
            continue
        unit = written.plural(value, one, many)
        yield from _part(
            "[[fact]]",
            comment,
            id=name,
            group="crash",
            statement=says.format(n=value, one=unit, were=written.plural(value, "was", "were")),
            value=value,
            unit=unit,
            role=role,
            **_by(given),
        )
        comment = ""
    if given.outcome and not given.sentence:
        yield from _part(
            "[[fact]]",
            comment,
            id="F4",
            group="outcome",
            statement=_STATED[given.outcome],
            **_by(given, outcome=True),
        )


def _came_of_it(given: Answers) -> Iterator[str]:
    yield from _part(
        "[[event]]",
        'What happened when; precision = "month" or "year" where no day is known.',
        id="E1",
        date=given.date,
        kind="crash",
        key=True,
        label="Crash",
        text=_told(given),
        **_by(given),
    )
    if given.outcome and (known := given.outcome_date):
        kind, label = _EVENTS[given.outcome]
        exact = known.precision == "day"
        yield from _part(
            "[[event]]",
            ""
            if exact
            else 'Of the kind "other", so that no days are counted from one that nobody reported.',
            id="E2",
            date=known.date,
            precision=None if exact else known.precision,
            kind=kind if exact else "other",
            key=True,
            label=label,
            text=_decided(given),
            **_by(given, outcome=True),
        )
    if sentence := given.sentence:
        yield from _part(
            "[[term]]",
            'form: "prison", "life", "jail", "suspended", "probation" or "fine". kind: imposed here; also'
            '\n"asked", "commuted", "served" and "possible".',
            id="T1",
            kind="imposed",
            form=sentence.form,
            label=f"Imposed: {_label(sentence)}",
            years_min=None if sentence.low is None else round(sentence.low, 6),
            years_max=None if sentence.high is None else round(sentence.high, 6),
            by="the court",
            **_by(given, outcome=True),
        )


def _label(sentence: Sentence) -> str:
    if sentence.form == "fine":
        return "a fine"
    if sentence.form == "life":
        years = f" and {sentence.high:g} {written.plural(sentence.high, 'year')}" if sentence.high else ""
        return f"life{years}"
    return f"{sentence.length}{_FORMS[sentence.form]}"


def _rest(given: Answers) -> Iterator[str]:
    """Write what is open, and the paragraphs of the chapters of which something is known."""
    comment = "What is not known, and where it was looked for; look_again = a day puts it into “pileup due”."
    for number, question in enumerate(_unknown(given), 1):
        yield from _part(
            "[[open]]",
            comment,
            id=f"O{number}",
            question=question,
            looked="Not looked up yet when the file was begun.",
        )
        comment = ""
    comment = (
        'The case\'s own paragraphs, by chapter: "key-facts", "what-happened", "quote", "sentence", "limits"'
        ' or "after".'
    )
    for chapter, text in _passages(given):
        yield from _part("[[passage]]", comment, chapter=chapter, text=text)
        comment = ""


def _unknown(given: Answers) -> Iterator[str]:
    if given.vehicles is None:
        yield "How many vehicles were involved?"
    if given.deaths is None:
        yield "How many people died?"
    if given.injured is None:
        yield "How many people were injured?"
    if not given.outcome:
        yield "What came of it: was somebody charged, tried, sentenced?"
    elif given.outcome == "pending":
        yield "How did the charges end?"
    elif given.outcome in ("convicted", "sentenced") and not given.sentence:
        yield "What was the sentence?"
    if given.outcome in ("sentenced", "acquitted", "convicted", "vacated") and not given.outcome_date:
        yield "On what day was that decided?"
    if given.sentence:
        yield "Was there an appeal, a parole or a release?"


def _passages(given: Answers) -> Iterator[tuple[str, str]]:
    told = [_crash(given)]
    if given.what:
        told.append(f"[{given.what.rstrip('.')}](event.E1).")
    if given.injured:
        told.append(f"{{F3|Small}} {'person was' if given.injured == 1 else 'people were'} injured.")
    yield "what-happened", " ".join(told)
    decided = _decision(given)
    if given.outcome == "pending":
        day = f"[{written.day(given.today)}](case.file)"
        yield "after", f"On {day} the charges were still [pending](fact.F4)."
    elif decided:
        yield "sentence", decided
    if given.outcome == "vacated" and (known := given.outcome_date):
        yield "after", f"The sentence was vacated {'on' if known.precision == 'day' else 'in'} {{E2}}."
    if given.sentence:
        yield "after", "[Nothing was looked up](case.file) on an appeal, on parole or on release."
