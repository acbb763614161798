"""Puts the words of a case or a law into another language, from the catalog that stands beside its file."""

import re
import typing
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pileup.base.errors import PileupError
from pileup.words import language
from pileup.words.faithful import unfaithful
from pileup.words.language import Language, Translated


def catalog_path(file: Path, spoken: Language) -> Path:
    """Return where a file's catalog stands: `my-case.es.po` beside `my-case.toml`."""
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
        The file has no catalog for the language, a text is not in it, or a translation says another number
        than its text, leads elsewhere or leaves a name out.
    """
    spoken = language.current()
    if spoken == "en":
        return model
    path = catalog_path(file, spoken)
    if not path.is_file():
        raise PileupError(
            f"language {spoken}: {file.name} has no translation; write it as {path.name} beside the file"
            f" (`pileup messages {file.name}` lists its texts)"
        )
    written = language.read_messages(path, spoken)
    if faults := unfaithful(written, spoken, path.name):
        raise PileupError("; ".join(faults), faults)
    messages = language.ready(written, spoken)
    return typing.cast(Model, _walked(model, lambda _place, words: messages.gettext(words)))


def texts(model: BaseModel) -> list[tuple[str, str]]:
    """Return the words of a case or a law that a translation replaces: where each stands, and the words."""
    found: list[tuple[str, str]] = []

    def note(place: str, words: str) -> str:
        found.append((place, words))
        return words

    _walked(model, note)
    return found


def _walked(part: object, say: Callable[[str, str], str], place: str = "") -> object:
    """Return a part with its words as `say` puts them, which is told where they stand."""
    if isinstance(part, list):
        return [_walked(one, say, place) for one in part]
    if isinstance(part, dict):
        return {name: _walked(one, say, place) for name, one in part.items()}
    if not isinstance(part, BaseModel):
        return part
    name = getattr(part, "id", None) or getattr(part, "key", None) or place
    changed: dict[str, object] = {}
    for field, info in type(part).model_fields.items():
        value, marked, here = getattr(part, field), _marked(info), f"{name} {field}".strip()
        if marked and isinstance(value, str):
            if value.startswith(marked.after) and re.search(marked.only, value):
                changed[field] = marked.after + say(here, value.removeprefix(marked.after))
        elif marked and isinstance(value, list):
            changed[field] = [say(here, one) for one in value]
        elif isinstance(value, BaseModel | list | dict):
            changed[field] = _walked(value, say, here if isinstance(value, BaseModel) else field)
    return part.model_copy(update=changed)


def _marked(info: FieldInfo) -> Translated | None:
    """Return the mark of a field, wherever in its type it stands: `Words`, `Words | None`, `list[Words]`."""
    waiting = [*info.metadata, info.annotation]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Translated):
            return one
        waiting += [*getattr(one, "__metadata__", ()), *typing.get_args(one)]
    return None
