"""The one schema of what a report can be asked for: names, types, ranges, and how a wrong value is told."""

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from pileup.base.errors import PileupError
from pileup.files.edition import edition as read_edition
from pileup.files.plain import near, state_code
from pileup.record.coverage import covered
from pileup.record.states import STATES
from pileup.words import written
from pileup.words.language import Language

#: No crash has more vehicles or deaths than this; a larger threshold is a slip of the key.
MOST = 10_000


def years_held() -> list[int]:
    """Return the years whose crashes are held, in order."""
    held = covered("crashes").held
    if not held:
        raise PileupError("data/datapackage.json: no year of the table crashes is held; build it anew")
    return held


class Parameters(BaseModel):
    """What a reporter may set for a run; the names are those of the notebooks' `parameters` cells.

    Examples
    --------
    >>> import pileup
    >>> chosen = pileup.Parameters(state="Texas", vehicles=50)
    >>> chosen.changed()
    {'state': 'TX', 'vehicles': 50}
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    case: Annotated[
        str, Field(min_length=1, description="id of a case under data/cases, or the path of a case file")
    ] = "aguilera-mederos"
    state: Annotated[
        str, Field(description="two-letter code of the state to rank in; empty: that of the case")
    ] = ""
    first_year: Annotated[
        int,
        Field(
            default_factory=lambda: years_held()[0],
            description="first year of crashes to count; 0: the first that is held",
        ),
    ]
    last_year: Annotated[
        int,
        Field(
            default_factory=lambda: years_held()[-1],
            description="last year of crashes to count; 0: the last that is held",
        ),
    ]
    vehicles: Annotated[
        int,
        Field(
            ge=0,
            le=MOST,
            description="count crashes with at least this many vehicles; 0: as many as in the case",
        ),
    ] = 0
    deaths: Annotated[
        int,
        Field(
            ge=0,
            le=MOST,
            description="count crashes with at least this many deaths; 0: as many as in the case",
        ),
    ] = 0
    group: Annotated[
        str,
        Field(
            description="a group file of one's own to compare with, as `pileup data cook-county` writes it"
        ),
    ] = ""
    exclusions: Annotated[
        bool,
        Field(description="true: leave out the events of data/crashes/set-aside.csv (a bridge that fell)"),
    ] = False
    language: Annotated[Language, Field(description="language of the page: en (English) or es (Spanish)")] = (
        "en"
    )
    edition: Annotated[
        str, Field(description="date on the page, YYYY-MM-DD; empty: that of the case file")
    ] = ""

    @field_validator("state")
    @classmethod
    def _is_a_state(cls, state: str) -> str:
        return state_code(state) if state else state

    @field_validator("edition")
    @classmethod
    def _is_a_date(cls, edition: str) -> str:
        if edition and not read_edition(edition):
            raise ValueError(
                f"{edition!r} is not a date written YYYY-MM-DD, such as 2026-11-22, or 2026-11-22-2 for the"
                " second edition of that day"
            )
        return edition

    @field_validator("first_year", "last_year")
    @classmethod
    def _is_within_those_held(cls, year: int, info: ValidationInfo) -> int:
        held = years_held()
        if not year:
            return held[0] if info.field_name == "first_year" else held[-1]
        if not info.context and not held[0] <= year <= held[-1]:
            raise ValueError(f"{year} is out of range; it can be {written.years_span(held[0], held[-1])}")
        return year

    @model_validator(mode="after")
    def _years_are_held(self, info: ValidationInfo) -> "Parameters":
        first, last, held = self.first_year, self.last_year, years_held()
        if first > last:
            raise ValueError(f"first_year {first} is after last_year {last}; swap them")
        if not info.context and not any(first <= year <= last for year in held):
            raise ValueError(
                f"first_year {first} and last_year {last}: no year from the one to the other is held; the"
                f" tables hold {written.spans(held)}"
            )
        return self

    def changed(self) -> dict[str, Any]:
        """Return the values that are not the default, the case left out, in the order of the schema."""
        defaults = type(self)()
        chosen = self.model_dump(exclude={"case"})
        return {name: value for name, value in chosen.items() if value != getattr(defaults, name)}

    def beyond(self, own: Mapping[str, Any]) -> "Parameters":
        """Return the same with the default for each value that the case says anyway: to say it is no choice.

        Parameters
        ----------
        own : mapping
            What the case says, as `pileup.case.model.CaseFile.own` returns it.
        """
        defaults = type(self)()
        same = [name for name, value in own.items() if getattr(self, name) == value]
        return self.model_copy(update={name: getattr(defaults, name) for name in same})

    def report_id(self, case: str) -> str:
        """Name a report for its case and for what was changed, so that no run overwrites another's page.

        Parameters
        ----------
        case : str
            The case's name.

        Examples
        --------
        >>> Parameters(state="TX", exclusions=True).report_id("puebla")
        'puebla-state-TX-exclusions'
        """
        return "-".join([case, *(_word(name, value) for name, value in self._told().items())])

    def former_id(self, case: str) -> str:
        """Name a report as version 0.1.0 did, where that is another name: what stands under it stays there.

        Parameters
        ----------
        case : str
            The case's name.

        Examples
        --------
        >>> Parameters(state="TX", exclusions=True).former_id("puebla")
        'puebla-state-TX-exclusions-True'
        """
        told = self._told().items()
        return "-".join([case, *(f"{_word(name, '')}-{value}" for name, value in told)])

    def _told(self) -> dict[str, Any]:
        """Return what names a report: the values that differ, of a group file its name alone."""
        return self.changed() | ({"group": Path(self.group).stem} if self.group else {})

    def undated(self) -> "Parameters":
        """Return the same without the edition: what names a report through all its editions."""
        return self.model_copy(update={"edition": ""})


def _word(name: str, value: object) -> str:
    """Write a parameter as a part of a folder's name: what can only be true is told by its name alone."""
    plain = name.replace("_", "-")
    return plain if value is True or value == "" else f"{plain}-{value}"


def check(values: Mapping[str, Any], any_year: bool = False) -> Parameters:
    """Check typed values, as a notebook or a program gives them.

    Parameters
    ----------
    values : mapping
        Names and values; a name that is left out takes its default.
    any_year : bool
        Whether the years need not be among those held: they are of a page that was made long ago.

    Returns
    -------
    pileup.files.parameters.Parameters
        All of them, the defaults filled in.

    Raises
    ------
    PileupError
        One line with every fault: unknown names with the nearest known one, wrong types, values out of range.
    """
    try:
        return Parameters.model_validate(dict(values), context={"any year": True} if any_year else None)
    except ValidationError as error:
        raise PileupError("; ".join(_say(fault) for fault in error.errors(include_url=False))) from None


def alone(name: str, value: object) -> str:
    """Say what is wrong with one value, whatever stands beside it; nothing where it can be right.

    Parameters
    ----------
    name : str
        The parameter.
    value
        Its value, typed as a file or a program gives it.

    Examples
    --------
    >>> alone("first_year", 2000), alone("stat", "TX")
    ('', 'unknown parameter stat (did you mean state?)')
    """
    try:
        check({name: value})
    except PileupError as error:
        # One year alone may be on the wrong side of the other, which is not given yet.
        return "" if "swap them" in str(error) else str(error)
    return ""


def from_text(pairs: Sequence[tuple[str, str]], under: Mapping[str, Any] | None = None) -> Parameters:
    """Check values that came as text, from a command line.

    A value is turned into a whole number, or into true or false, only where the schema asks for one; text
    stays as it was typed (`06`, `1e5`, `on`).

    Parameters
    ----------
    pairs : sequence of pair
        Names and values; each name once.
    under : mapping, optional
        Typed values of a file, which these come before.

    Raises
    ------
    PileupError
        As `check` does; also for a name given twice.
    """
    values: dict[str, Any] = {}
    for name, text in pairs:
        if name in values:
            raise PileupError(f"parameter {name} is given twice; give it once")
        field = Parameters.model_fields.get(name)
        kind = field.annotation if field else str
        if kind is int and _is_whole(text):
            values[name] = int(text)
        else:
            values[name] = {"true": True, "false": False}.get(text.lower(), text) if kind is bool else text
    return check({**(under or {}), **values})


def from_notebook(namespace: Mapping[str, Any]) -> Parameters:
    """Check a running notebook's parameters: those of its own cell and those that were injected.

    papermill only logs a name that the notebook does not know. Here it is refused: the cell that papermill
    injects begins with the line `# Parameters`, and IPython keeps each cell's source in `In`.

    Parameters
    ----------
    namespace : mapping
        The notebook's `globals()`.
    """
    injected = {
        target.id: namespace.get(target.id)
        for source in namespace.get("In", [])
        if source.startswith("# Parameters\n")
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    own = {name: namespace[name] for name in Parameters.model_fields if name in namespace}
    return check({**injected, **own})


def _is_whole(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 18


def _say(fault: ErrorDetails) -> str:
    """Say one fault of pydantic's list in the words of this project."""
    name = ".".join(str(part) for part in fault["loc"])
    known = ", ".join(Parameters.model_fields)
    match fault["type"]:
        case _ if fault["input"] is None and name in Parameters.model_fields:
            return f"parameter {name}: it has no value; write one, or leave it out"
        case "extra_forbidden":
            return f"unknown parameter {name}{near(name, Parameters.model_fields) or f'; known are {known}'}"
        case "int_type" | "int_from_float" | "int_parsing":
            return f"parameter {name}: {fault['input']!r} is not a whole number, such as {default(name)}"
        case "bool_type" | "bool_parsing":
            return f"parameter {name}: {fault['input']!r} is neither true nor false"
        case "literal_error":
            return f"parameter {name}: {fault['input']!r} is not among {fault['ctx']['expected']}"
        case "string_type":
            return f"parameter {name}: {fault['input']!r} is not text; put it in quotes"
        case "greater_than_equal" | "less_than_equal":
            return f"parameter {name}: {fault['input']!r} is out of range; it can be 0 to {MOST:,}"
        case _:
            text = fault["msg"].removeprefix("Value error, ")
            return f"parameter {name}: {text}" if name else text


def default(name: str) -> bool | int | str:
    """Return the value of a parameter that is not given."""
    return Parameters.model_fields[name].get_default(call_default_factory=True)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the parameters (draft 2020-12): for editors, and for the form in JupyterLab.

    What no schema can tell, `check` tells: that the first year is not after the last, that some year from
    the one to the other is held, and that a case exists. And `check` takes a state's name in small letters,
    too.
    """
    model = Parameters.model_json_schema()
    fields: dict[str, dict[str, Any]] = model["properties"]
    for name, field in fields.items():
        field["title"] = name.replace("_", " ").capitalize()
    held = years_held()
    for name in ("first_year", "last_year"):
        years = [{"const": 0}, {"minimum": held[0], "maximum": held[-1]}]
        fields[name] = dict(sorted({**fields[name], "default": default(name), "anyOf": years}.items()))
    empty = {"const": ""}
    fields["state"]["anyOf"] = [{"enum": ["", *STATES]}, {"enum": [*STATES.values()]}]
    fields["group"]["anyOf"] = [empty, {"format": "file-path"}]
    day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    numbered = {"pattern": f"{day}-[2-9]$"}
    fields["edition"]["anyOf"] = [empty, {"format": "date", "pattern": f"{day}$"}, numbered]
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | model | {"title": "Parameters of a report"}
