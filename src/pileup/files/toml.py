"""Reads a TOML file that people write into a strict model, and tells every fault with its line."""

import tomllib
import typing
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from pileup.base.errors import PileupError
from pileup.files import plain
from pileup.files.lines import Place, line_of, locate

#: A fault: the place it stands at, and what is wrong and would be right.
Fault = tuple[Place, str]


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
            if (name,) in bad or name not in record:
                values[name] = (
                    field.get_default(call_default_factory=True) if not field.is_required() else None
                )
            elif typing.get_origin(field.annotation) is list:
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
        return len(getattr(self.model, group) or []) == len(self.record.get(group, []))

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
        text = path.read_text(encoding="utf-8-sig")
        record = _parsed(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{kind} {path.name}: not valid TOML: {error}"
        raise PileupError(message, [message]) from None
    except OSError as error:
        raise PileupError(f"{kind} {path.name}: cannot be read: {error.strerror}") from None
    content, faults = None, []
    try:
        content = model.model_validate(record)
    except ValidationError as error:
        faults = plain.told(error, record, model)
    if rules:
        faults += rules(Checked(model, record, {_part(place) for place, _ in faults}, path))
    if faults or content is None:
        raise _error(f"{kind} {path.name}", faults, record, text)
    return content


@lru_cache(maxsize=8)
def _parsed(text: str) -> dict[str, Any]:
    """Parse a file's text; a run reads its case more than once, and nobody changes what was read."""
    return tomllib.loads(text)


def _part(place: Place) -> Place:
    """Return the part that a fault spoils: ("case",), or ("fact", 3)."""
    return place[:2] if len(place) > 1 and isinstance(place[1], int) else place[:1]


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
