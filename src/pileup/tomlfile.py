"""Reads a TOML file that people write into a strict model, and tells each fault with its place."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from pileup.errors import PileupError


def read[Model: BaseModel](path: Path, model: type[Model], kind: str) -> Model:
    """Read and check a file.

    Parameters
    ----------
    path : Path
        The file.
    model : type
        The pydantic model of its whole content.
    kind : str
        What it is called in a message: "case file", "law file".

    Returns
    -------
    Model
        The content, checked.

    Raises
    ------
    PileupError
        One line with every fault: the file, the part, what is wrong.
    """
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PileupError(f"{kind} {path.name}: not valid TOML: {error}") from None
    except OSError as error:
        raise PileupError(f"{kind} {path.name}: cannot be read: {error.strerror}") from None
    try:
        return model.model_validate(record)
    except ValidationError as error:
        raise PileupError(f"{kind} {path.name}: " + "; ".join(_faults(error, record))) from None


def _faults(error: ValidationError, record: dict) -> list[str]:
    """Say each fault with the part that it stands in, by the part's own name where it has one."""
    said = []
    for fault in error.errors(include_url=False):
        place = ".".join(str(step) for step in fault["loc"])
        match fault["loc"]:
            case (str(group), int(index), *rest) if isinstance(record.get(group), list):
                part = record[group][index]
                name = (part.get("id") or part.get("key")) if isinstance(part, dict) else None
                place = " ".join(str(step) for step in (f"[[{group}]]", name or f"no. {index + 1}", *rest))
        message = fault["msg"].removeprefix("Value error, ")
        said.append(f"{place}: {message}" if place else message)
    return said
