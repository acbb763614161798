"""Reads a TOML file that people write into a strict model, and tells every fault with its line."""

import re
import typing
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from pileup.base import parsed
from pileup.base.errors import PileupError
from pileup.files import plain
from pileup.files.plain import Place

#: A fault: the place it stands at, and what is wrong and would be right.
Fault = tuple[Place, str]

#: How many bytes a file that people write has at most.
MOST_BYTES = 4_000_000

#: How many digits a number in words has at most: longer ones are marks, such as a sha256 in an address.
MOST_FIGURES = 80
_ENDLESS = re.compile(rf"\d{{{MOST_FIGURES + 1},}}")
#: Signs that stand for nothing, or turn the words after them around.
_NO_SIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
#: Keys that earlier versions spelled otherwise; `pileup case upgrade` rewrites them.
FORMER = {"offence": "offense", "offence_class": "offense_class", "for_dead_by": "for_by"}

#: What a TOML text is made of, where lines matter: comments, strings, brackets, line ends, the rest.
_TOKEN = re.compile(
    r'#[^\n]*|"""(?:\\.|(?!""").)*"{3,5}|\'\'\'(?:(?!\'\'\').)*\'{3,5}'
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\[\]{}]|\n|[^#"\'\[\]{}\n]+|.',
    re.DOTALL,
)
_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_NAMES})[ \t]*\]\]?")
_KEY = re.compile(rf"[ \t]*({_NAMES})[ \t]*=")
#: A key of a table in { }, where nothing but bare keys and values stands outside of strings.
_INNER = re.compile(rf"(?<![\w.-])({'|'.join(FORMER)})(?=[ \t]*=)")
_FORMER = re.compile(rf"(?<![\w-])({'|'.join(FORMER)})(?![\w-])")


class Checked[Model: BaseModel]:
    """A file whose parts were validated one by one, for the rules that cross parts.

    Attributes
    ----------
    model : Model
        The file with its valid parts only: a list lacks those that are not, a single part can be None.
    record : dict
        The file as it was written, the invalid parts included.
    path : Path
        The file.
    """

    def __init__(self, model: type[Model], record: dict, bad: set[Place], path: Path) -> None:
        self.record = record
        self.path = path
        self._places: dict[int, Place] = {}
        values: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            several = typing.get_origin(field.annotation) is list
            if (name,) in bad or name not in record:
                none = [] if several else None
                values[name] = none if field.is_required() else field.get_default(call_default_factory=True)
            elif several:
                adapter = TypeAdapter(typing.get_args(field.annotation)[0])
                kept = [n for n in range(len(record[name])) if (name, n) not in bad]
                values[name] = [adapter.validate_python(record[name][n]) for n in kept]
                self._places |= {id(part): (name, n) for part, n in zip(values[name], kept, strict=True)}
            else:
                values[name] = TypeAdapter[Any](cast(Any, field.annotation)).validate_python(record[name])
                self._places[id(values[name])] = (name,)
        self.model = model.model_construct(**values)

    def whole(self, group: str) -> bool:
        """Tell whether every part of a group is valid, so that sums over it mean something."""
        parts = self.record.get(group, [])
        return isinstance(parts, list) and len(getattr(self.model, group) or []) == len(parts)

    def place(self, part: object, *keys: str | int) -> Place:
        """Return where a part of `model` stands, or a key in it."""
        return (*self._places[id(part)], *keys)


def read[Model: BaseModel](
    path: Path,
    model: type[Model],
    kind: str,
    rules: Callable[[Checked[Model]], Iterable[Fault]] | None = None,
) -> Model:
    """Read and check a file.

    Parameters
    ----------
    path : Path
        The file.
    model : type
        The pydantic model of its whole content.
    kind : str
        What it is called in a message: "case file", "law file".
    rules : callable, optional
        Gives the faults that no single part can tell; it sees the valid parts even where others are not.

    Returns
    -------
    Model
        The content, checked.

    Raises
    ------
    PileupError
        One line with every fault: the file, the line, the part, what is wrong. `faults` has them apart.
    """
    try:
        text = parsed.text_of(path, MOST_BYTES)
        content, faults, record = judged(text, path, model, rules)
    except parsed.NotParsedError as error:
        line = f", line {error.line}" if error.line else ""
        message = f"{kind} {path.name}{line}: not valid TOML: {error}"
        raise PileupError(message, [message]) from None
    except OSError as error:
        raise PileupError(f"{kind} {path.name}: cannot be read: {error.strerror}") from None
    if faults or content is None:
        raise _error(f"{kind} {path.name}", faults, record, text)
    return content


def judged[Model: BaseModel](
    text: str,
    path: Path,
    model: type[Model],
    rules: Callable[[Checked[Model]], Iterable[Fault]] | None = None,
) -> tuple[Model | None, list[Fault], dict[str, Any]]:
    """Check a file's text, and return its content with every fault and its place.

    Parameters
    ----------
    text : str
        The text.
    path : Path
        The file that it is, or is to be.
    model : type
        The pydantic model of its whole content.
    rules : callable, optional
        As in `read`.

    Returns
    -------
    tuple
        The content, or None where a part is not valid; the faults; the file as it was parsed.
    """
    record = _parsed(text)
    content, faults = None, []
    try:
        content = model.model_validate(record)
    except ValidationError as error:
        faults = plain.told(error, record, model)
    faults += _unreadable(record, ())
    if rules:
        faults += rules(Checked(model, record, {_part(place) for place, _ in faults}, path))
    return content, faults, record


def numbered(file: str, faults: list[Fault], record: dict, text: str) -> list[str]:
    """Tell faults in the order of the file, each with its line.

    Parameters
    ----------
    file : str
        How the file is called: "case file my.toml".
    faults : list
        As `judged` gives them.
    record, text
        The file as it was parsed, and its text.
    """
    return _error(file, faults, record, text).faults if faults else []


def _unreadable(value: object, place: Place) -> Iterator[Fault]:
    """Give each text that nobody can read: blanks alone, signs that are none, endless numbers."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _unreadable(inner, (*place, key))
    elif isinstance(value, str):
        key = next((str(step) for step in reversed(place) if isinstance(step, str)), "this")
        if value and not value.strip():
            yield place, f"{key} is blank; write it, or leave the key out where it is not needed"
        elif found := _NO_SIGN.search(value):
            yield place, f"{key} has the sign U+{ord(found[0]):04X}, which no reader sees; take it out"
        elif found := _ENDLESS.search(value):
            yield place, f"{key} has a number of {len(found[0]):,} digits; {MOST_FIGURES} or fewer are right"


@lru_cache(maxsize=8)
def _parsed(text: str) -> dict[str, Any]:
    """Parse a file's text; a run reads its case more than once, and nobody changes what was read."""
    return _renamed(parsed.from_toml(text))


def _renamed(table: dict[str, Any]) -> dict[str, Any]:
    """Name keys as they are named now, whatever version a file was written for."""
    names = {key: FORMER.get(key, key) for key in table}
    twice = {key for key, name in names.items() if key != name and name in table}  # told as unknown
    return {key if key in twice else names[key]: _inside(part) for key, part in table.items()}


def _inside(part: object) -> object:
    if isinstance(part, list):
        return [_inside(one) for one in part]
    return _renamed(cast(dict[str, Any], part)) if isinstance(part, dict) else part


def _part(place: Place) -> Place:
    """Return the part that a fault spoils: ("case",), or ("fact", 3)."""
    return place[:2] if len(place) > 1 and isinstance(place[1], int) else place[:1]


def lines(path: Path, kind: str, faults: list[Fault]) -> list[str]:
    """Return faults of a file that is valid TOML in words, one a line, in the order of the file.

    Parameters
    ----------
    path, kind
        As for `read`.
    faults : list
        Places, and what is to be said of them.
    """
    text = parsed.text_of(path, MOST_BYTES)
    return _error(f"{kind} {path.name}", faults, _parsed(text), text).faults if faults else []


def _error(file: str, faults: list[Fault], record: dict, text: str) -> PileupError:
    """Make one error of all faults, in the order of the file."""
    lines = locate(text)
    numbered = [(line_of(lines, place), _named(record, place) + says) for place, says in faults]
    numbered = sorted(dict.fromkeys(numbered), key=lambda fault: fault[0] or 0)
    apart = [f"{file}, line {line}: {says}" if line else f"{file}: {says}" for line, says in numbered]
    rest = [f"line {line}: {says}" if line else says for line, says in numbered[1:]]
    return PileupError("; ".join([apart[0], *rest]), apart)


def _named(record: dict, place: Place) -> str:
    """Name the part that a place stands in by its own name where it has one: "[[fact]] F04: "."""
    match place:
        case (str(group), int(index), *_):
            part = record[group][index]
            name = (part.get("id") or part.get("key")) if isinstance(part, dict) else None
            return f"[[{group}]] {name or f'no. {index + 1}'}: "
        case (str(group), *_) if isinstance(record.get(group), dict):
            return f"[{group}]: "
    return ""


def locate(text: str) -> dict[Place, int]:
    """Find the line of every header and of every key that begins a line.

    Parameters
    ----------
    text : str
        A valid TOML text.

    Returns
    -------
    dict
        From a place, such as ("fact", 3, "value") or ("case",), to its line, counted from 1.
    """
    lines: dict[Place, int] = {}
    last: dict[Place, int] = {}  # the number of the latest part of each list of parts
    part: Place = ()
    at, line, depth, fresh = 0, 1, 0, True
    while at < len(text):
        found = None
        if fresh and depth == 0:
            if found := _HEADER.match(text, at):
                part = _open(_split(found[2]), found[1] == "[[", last)
                lines.setdefault(part, line)
                lines.setdefault(part[:1], line)
            elif found := _KEY.match(text, at):
                names = _split(found[1])
                for n in range(len(names)):
                    lines.setdefault((*part, *names[: n + 1]), line)
        fresh = False
        if found is None:
            found = _TOKEN.match(text, at)
            assert found is not None  # the last alternative takes any character
            token = found[0]
            depth += (token in ("[", "{")) - (token in ("]", "}"))
            fresh = token == "\n"
        line += found[0].count("\n")
        at = found.end()
    return lines


def former(text: str) -> list[tuple[int, int, str]]:
    """Find every key that an earlier version spelled otherwise.

    Parameters
    ----------
    text : str
        A valid TOML text.

    Returns
    -------
    list of tuple
        Where its name begins, its line, counted from 1, and the name as it stands.
    """
    found: list[tuple[int, int, str]] = []
    at, line, fresh = 0, 1, True
    open_: list[str] = []
    while at < len(text):
        token = (_HEADER.match(text, at) or _KEY.match(text, at)) if fresh and not open_ else None
        if token:
            names = token.end() - len(token[0].lstrip(" \t[")), token.end()
            found += [(one.start(), line, one[1]) for one in _FORMER.finditer(text, *names)]
        else:
            token = _TOKEN.match(text, at)
            assert token is not None  # the last alternative takes any character
            if token[0] in ("[", "{"):
                open_.append(token[0])
            elif token[0] in ("]", "}") and open_:
                open_.pop()
            elif open_ and open_[-1] == "{" and token[0][0] not in "#\"'":
                found += [(one.start(), line, one[1]) for one in _INNER.finditer(text, at, token.end())]
        fresh = token[0] == "\n"
        line += token[0].count("\n")
        at = token.end()
    return found


def line_of(lines: dict[Place, int], place: Place) -> int | None:
    """Return the line of a place, or of the nearest part around it, or None where none is known."""
    return next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), None)


def _split(names: str) -> list[str]:
    """Split `a."b.c"` into its names."""
    found = [name.strip("\"'") for name in re.findall(_NAME, names)]
    return [FORMER.get(name, name) for name in found]


def _open(names: list[str], is_list: bool, last: dict[Place, int]) -> Place:
    """Return the place that a header opens, and count it where it is one of a list."""
    place: Place = ()
    for n, name in enumerate(names, 1):
        place = (*place, name)
        if n == len(names) and is_list:
            last[place] = last.get(place, -1) + 1
        if place in last:
            place = (*place, last[place])
    return place
