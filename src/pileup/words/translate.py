"""Puts the words of a case or a law into another language, from the catalogue that stands beside its file."""

import typing
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pileup.base.errors import PileupError
from pileup.words import language
from pileup.words.language import Language, Translated


def catalogue_path(file: Path, spoken: Language) -> Path:
    """Return where a file's catalogue stands: `my-case.es.po` beside `my-case.toml`."""
    return file.with_name(f"{file.stem}.{spoken}.po")


def in_language[Model: BaseModel](model: Model, file: Path) -> Model:
    """Return a case or a law in the language in use.

    Parameters
    ----------
    model : pydantic.BaseModel
        The content of the file; fields that are `Translated` are words.
    file : Path
        The file, in English.

    Returns
    -------
    Model
        The same with its words replaced; quotations, names, titles of publications and numbers stay.

    Raises
    ------
    PileupError
        The file has no catalogue for the language, or a text is not in it.
    """
    spoken = language.current()
    if spoken == "en":
        return model
    path = catalogue_path(file, spoken)
    if not path.is_file():
        raise PileupError(
            f"language {spoken}: {file.name} has no translation; write it as {path.name} beside the file"
            f" (`pileup messages {file.name}` lists its texts)"
        )
    messages = language.read_catalogue(path, spoken)
    return _replaced(model, messages.gettext)


def texts(model: BaseModel) -> Iterator[tuple[str, str]]:
    """Yield the words of a case or a law that a translation replaces: where each stands, and the words."""
    yield from _found(model, "")


def _found(part: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, BaseModel):
        name = getattr(part, "id", None) or getattr(part, "key", None) or place
        for field, info in type(part).model_fields.items():
            value, marked = getattr(part, field), _marked(info)
            if marked and isinstance(value, str):
                if value.startswith(marked.after):
                    yield f"{name} {field}".strip(), value.removeprefix(marked.after)
            elif marked and isinstance(value, list):
                yield from ((f"{name} {field}", one) for one in value)
            else:
                yield from _found(value, f"{name} {field}" if isinstance(value, BaseModel) else field)
    elif isinstance(part, list | dict):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _found(one, place)


def _replaced[Model: BaseModel](model: Model, say: Callable[[str], str]) -> Model:
    changed: dict[str, object] = {}
    for field, info in type(model).model_fields.items():
        value, marked = getattr(model, field), _marked(info)
        if marked and isinstance(value, str):
            if value.startswith(marked.after):
                changed[field] = marked.after + say(value.removeprefix(marked.after))
        elif marked and isinstance(value, list):
            changed[field] = [say(one) for one in value]
        elif isinstance(value, BaseModel | list | dict):
            changed[field] = _inside(value, say)
    return model.model_copy(update=changed)


def _inside(part: object, say: Callable[[str], str]) -> object:
    if isinstance(part, BaseModel):
        return _replaced(part, say)
    if isinstance(part, list):
        return [_inside(one, say) for one in part]
    if isinstance(part, dict):
        return {name: _inside(one, say) for name, one in part.items()}
    return part


def _marked(info: FieldInfo) -> Translated | None:
    """Return the mark of a field, wherever in its type it stands: `Words`, `Words | None`, `list[Words]`."""
    waiting = [*info.metadata, info.annotation]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Translated):
            return one
        waiting += [*getattr(one, "__metadata__", ()), *typing.get_args(one)]
    return None
