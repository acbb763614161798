"""Says in plain words what pydantic finds wrong with a file, and what would be right."""

import datetime as dt
import difflib
import typing
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pileup.record.states import FIPS, STATES, code_of

#: Where something stands: names of parts and keys, and numbers (from 0) of parts of a list.
Place = tuple[str | int, ...]

_RIGHT = {
    "string": 'text in "quotes"',
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false, without quotes,",
    "date": "a date without quotes",
    "time": "a time without quotes",
    "list": "a list in [ ]",
}
_SUCH_AS = {"date": ", such as 2019-04-25", "time": ", such as 16:53:00"}
_PATTERNS: dict[str, str] = {}


def pattern(regex: str, words: str) -> FieldInfo:
    """Make a field that must match a pattern, with the words that say which texts are right.

    Parameters
    ----------
    regex : str
        The pattern.
    words : str
        What is right, to be followed by "is right".
    """
    _PATTERNS[regex] = words
    made: FieldInfo = Field(pattern=regex, description=words)
    return made


def told(error: ValidationError, record: dict, model: type[BaseModel]) -> list[tuple[Place, str]]:
    """Tell each fault with its place in the file.

    Parameters
    ----------
    error : ValidationError
        What pydantic found.
    record : dict
        The file as read.
    model : type
        The model of the whole file.

    Returns
    -------
    list
        Pairs of a place and what is wrong there; a value that fits none of several types is told once.
    """
    found: dict[tuple[Place, bool], tuple[Place, str]] = {}
    for fault in error.errors(include_url=False):
        place, value = _trace(record, fault["loc"], fault["type"] == "missing")
        # A last step that is not in the file is one of several types that a value could have had.
        several = place[-1:] != fault["loc"][-1:] and fault["type"] != "value_error"
        if several and value != "":
            says = f"{kind(value)}; text, a number, a date or true or false is right"
        elif value == "" and fault["type"] != "extra_forbidden":
            says = "empty; write it, or leave the key out where it is not needed"
        else:
            says = _says(fault, place, value, model)
        key = ", ".join(str(step) if isinstance(step, str) else f"no. {step + 1}" for step in _steps(place))
        if fault["type"] == "extra_forbidden":
            says = f"{_unknown(place, value)} {says}"
        elif fault["type"] == "value_error":
            says = f"{key}: {says}" if key else says
        elif fault["type"] == "missing":
            says = f"{key} {says}"
        else:
            says = f"{key or 'this part'} is {says}"
        found.setdefault((place, several), (place, says))
    return list(found.values())


def kind(value: object) -> str:
    """Name what a value is: "text", "a number", "a date"."""
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case dt.datetime():
            return "a date with a time"
        case dt.date():
            return "a date"
        case dt.time():
            return "a time"
        case dict():
            return "a table"
        case _:
            return "a list"


def iso_day(text: str) -> dt.date | None:
    """Return the day that a text written YYYY-MM-DD names, or None for any other text."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # Python takes 20190425 and 2019-W17-4 too


def state_code(text: str) -> str:
    """Return the postal code of the state that somebody has written: its code or its name, however spelled.

    Parameters
    ----------
    text : str
        What was written, such as "Texas", "new york" or "tx".

    Raises
    ------
    ValueError
        It is none of the 50 states or DC: one line, with what would be right and the nearest.

    Examples
    --------
    >>> state_code("new york")
    'NY'
    >>> state_code("Colrado")
    Traceback (most recent call last):
    ValueError: 'Colrado' is not a two-letter code or a name of the 50 states or DC, such as CO or Colorado...
    """
    if code := code_of(text):
        return code
    if text.isascii() and text.isdigit():  # FARS writes states as numbers
        meant = near(FIPS.get(text.zfill(2), ""), STATES)
    else:
        meant = near(text.title(), STATES.values()) if len(text) > 2 else near(text.upper(), STATES)
    raise ValueError(
        f"{text!r} is not a two-letter code or a name of the 50 states or DC, such as CO or Colorado{meant}"
    )


def near(name: str, known: typing.Iterable[str]) -> str:
    """Return " (did you mean F04?)" where a known name is near, or else nothing."""
    nearest = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" (did you mean {nearest[0]}?)" if nearest else ""


def _trace(record: object, loc: Place, missing: bool) -> tuple[Place, Any]:
    """Follow a fault's place through the file, without the steps that are pydantic's own, to the value."""
    place: Place = ()
    value = record
    for n, step in enumerate(loc, 1):
        if isinstance(value, dict):
            if step in value:
                value = value[step]
            elif n < len(loc) or not missing:
                continue  # the name of an alternative of the model, which is not in the file
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            break
        place = (*place, step)
    return place, value


def _steps(place: Place) -> Place:
    """Return the steps inside a part: the part itself is named by its header."""
    if len(place) < 2:
        return place
    return place[2:] if isinstance(place[1], int) else place[1:]


def _unknown(place: Place, value: object) -> str:
    """Say what is unknown: a key, or a whole part."""
    return "unknown part" if len(place) == 1 and isinstance(value, dict | list) else "unknown key"


def _says(fault: ErrorDetails, place: Place, value: object, model: type[BaseModel]) -> str:
    """Say what is wrong with one value and what would be right."""
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            known = _keys(model, place[:-1])
            name = str(place[-1])
            return f"{name}{near(name, known) or '; known are ' + ', '.join(known)}"
        case "literal_error":
            words = limits["expected"].replace("'", '"')
            said = f'"{value}"' if isinstance(value, str) else kind(value)
            return f"{said}; one of {words} is right"
        case "string_pattern_mismatch":
            return f'"{value}"; {_PATTERNS.get(limits["pattern"], limits["pattern"])} is right'
        case "string_too_short" | "too_short":
            return "empty; write it, or leave the key out where it is not needed"
        case "greater_than_equal":
            return f"{value}; {limits['ge']:g} or more is right"
        case "less_than_equal":
            return f"{value}; {limits['le']:,.12g} or less is right"
        case "greater_than":
            return f"{value}; more than {limits['gt']:g} is right"
        case "finite_number":
            return f"{value}; a finite number is right"
        case "value_error":
            return fault["msg"].removeprefix("Value error, ")
        case "list_type" if len(place) == 1 and _has_parts(model.model_fields[str(place[0])].annotation):
            return f"a single part; [[{place[0]}]] with double brackets is right"
        case "model_type" | "model_attributes_type" if len(place) == 1:
            return f"{kind(value)}; [{place[0]}] with single brackets, once, is right"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{kind(value)}; a table in {{ }} is right"
    wanted = fault["type"].split("_")[0]
    if wanted in _RIGHT:
        return f"{kind(value)}; {_RIGHT[wanted]} is right{_SUCH_AS.get(wanted, '')}"
    return f"not right: {fault['msg'][0].lower()}{fault['msg'][1:]}"


def _keys(model: type[BaseModel], place: Place) -> list[str]:
    """Return the keys that the format knows at a place."""
    models = [model]
    for step in place:
        if isinstance(step, str):
            fields = [one.model_fields[step].annotation for one in models if step in one.model_fields]
            models = [inner for annotation in fields for inner in _models(annotation)]
    return list(dict.fromkeys(key for one in models for key in one.model_fields))


def _has_parts(annotation: object) -> bool:
    """Tell whether a list is one of parts, each under a header of its own, and not of numbers or texts."""
    return bool(_models(annotation)) or dict in map(typing.get_origin, typing.get_args(annotation))


def _models(annotation: object) -> list[type[BaseModel]]:
    """Return the models inside an annotation: of a list, a choice, or by itself."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for inner in typing.get_args(annotation) for one in _models(inner)]
