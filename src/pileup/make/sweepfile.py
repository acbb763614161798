"""Reads a sweep file: which reports to make, each one checked before the first is run."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from pileup.base.errors import PileupError
from pileup.case.load import load_case
from pileup.case.model import CaseFile
from pileup.files import parameters, toml
from pileup.files.parameters import Parameters
from pileup.make import run

#: Keys of a report beside the parameters: its folder's name, and pairs of first and last year.
_NAME, _YEARS = "name", "years"
#: A folder's name: no separators, and nothing that hides it.
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
#: What stands beside the reports' folders in a sweep's own.
TAKEN = ("index.html", "summary.json")


@dataclass(frozen=True)
class Task:
    """One report of a sweep: the name of its folder, what to run, and the state of its case."""

    name: str
    chosen: Parameters
    home: str = ""


class SweepFile(BaseModel):
    """A sweep file.

    Attributes
    ----------
    title : str
        What the sweep's index page is called.
    report : list
        Single reports: parameters by name, and `name` for the folder.
    product : list
        Every combination of the values listed: parameters, and `years` for pairs of first and last year.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    title: str = "Reports"
    report: list[dict[str, Any]] = []
    product: list[dict[str, Any]] = []


def read(path: Path) -> tuple[str, list[Task]]:
    """Read and check a sweep file.

    Parameters
    ----------
    path : Path
        The file. Paths of case files and group files in it are relative to its own folder.

    Returns
    -------
    tuple of str and list of Task
        The title, and the reports in the order of the file.

    Raises
    ------
    PileupError
        Every fault, with file and line: unknown keys, values out of range, a case that does not load, two
        reports with one name.
    """
    tasks: list[Task] = []
    content = toml.read(path, SweepFile, "sweep file", lambda file: _rules(file, path.parent, tasks))
    return content.title, tasks


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a sweep file, as it ships in `sweeps/sweep.schema.json`.

    It is composed from that of the parameters. That two reports are not the same, `read` tells.
    """
    whole = parameters.schema()
    fields: dict[str, Any] = whole["properties"]
    year = {key: fields["first_year"][key] for key in ("type", "anyOf")}
    pair = {"type": "array", "items": year, "minItems": 2, "maxItems": 2}
    years = {"description": "pairs of a first and a last year", "type": "array", "items": pair, "minItems": 1}
    name = {
        "description": "the report's folder",
        "type": "string",
        "pattern": f"^{_FOLDER.pattern}$",
        "not": {"enum": list(TAKEN)},
    }
    defined = {key: {"$ref": f"#/$defs/{key}"} for key in fields}
    several = {
        key: {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]} for key, one in defined.items()
    }
    entry = {"type": "object", "additionalProperties": False}
    report = entry | {"properties": {**defined, _NAME: name}}
    product = entry | {"properties": {**several, _YEARS: years}}
    about = {
        "title": "What the sweep's index page is called.",
        "report": "Single reports: parameters by name, and `name` for the folder.",
        "product": "Every combination of the values listed: parameters, and `years`.",
    }
    model = {
        "title": {"type": "string", "default": SweepFile().title},
        "report": {"type": "array", "items": report, "minItems": 1},
        "product": {"type": "array", "items": product, "minItems": 1},
    }
    return {
        "$schema": whole["$schema"],
        "title": "Sweep file",
        "description": "Which reports to make.",
        "type": "object",
        "properties": {key: {"description": about[key], **value} for key, value in model.items()},
        "additionalProperties": False,
        "anyOf": [{"required": ["report"]}, {"required": ["product"]}],
        "$defs": fields,
    }


def _rules(file: toml.Checked[SweepFile], folder: Path, tasks: list[Task]) -> Iterator[toml.Fault]:
    """Tell what is wrong with the reports, and collect those that are right."""
    seen: dict[str, str] = {}
    cases: dict[str, CaseFile | str] = {}
    if not file.record.get("report") and not file.record.get("product"):
        yield (), "it lists no report; write [[report]] or [[product]] with parameters under it"
    for group in ("report", "product"):
        entries = file.record.get(group)
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            if not isinstance(entry, dict):
                continue  # the model has told it
            place = (group, number)
            faults = list(_keys(entry, group))
            yield from (((*place, key), says) for key, says in faults)
            if faults:
                continue
            for values in _each(entry):
                task = _task(values, entry.get(_NAME), folder, cases)
                if isinstance(task, str):
                    yield place, task
                elif task.name in seen:
                    yield (
                        place,
                        f"the report {task.name} comes twice (first in {seen[task.name]}); list it once",
                    )
                else:
                    seen[task.name] = f"[[{group}]] no. {number + 1}"
                    tasks.append(task)


def _keys(entry: dict[str, Any], group: str) -> Iterator[tuple[str, str]]:
    """Tell what is wrong with single keys, each value for itself."""
    for key, value in entry.items():
        if key == _NAME and group == "report":
            if not isinstance(value, str) or not _FOLDER.fullmatch(value) or value in TAKEN:
                yield key, f"name: {value!r} is no folder's name; letters, digits, '.', '_' and '-' are right"
        elif key == _YEARS and group == "product":
            if not isinstance(value, list) or not value or not all(_pair(one) for one in value):
                yield key, "years is no list of pairs of a first and a last year, such as [[1975, 2022]]"
                continue
            for first, last in value:
                yield from _told(key, {"first_year": first, "last_year": last})
        else:
            if value == [] or (isinstance(value, list) and group == "report"):
                right = "one value" if group == "report" else "one value or more"
                yield key, f"parameter {key}: {value!r}; {right} is right"
                continue
            for one in value if isinstance(value, list) else [value]:
                if says := parameters.alone(key, one):
                    yield key, says


def _pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _told(key: str, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        parameters.check(values)
    except PileupError as error:
        yield key, str(error)


def _each(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the values of each report that an entry stands for."""
    lists = [
        [(key, one) for one in value] if isinstance(value, list) else [(key, value)]
        for key, value in entry.items()
        if key != _NAME
    ]
    for chosen in itertools.product(*lists):
        values = dict(chosen)
        if _YEARS in values:
            values["first_year"], values["last_year"] = values.pop(_YEARS)
        yield values


def _task(
    values: dict[str, Any], name: str | None, folder: Path, cases: dict[str, CaseFile | str]
) -> Task | str:
    """Return the report, or what is wrong with it as a whole; each case is read once and kept in `cases`."""
    for key in ("case", "group"):
        if str(values.get(key, "")).endswith((".toml", ".json")):
            values[key] = str(folder / values[key])
    try:
        chosen = parameters.check(values)
        case = cases.get(chosen.case)
        if case is None:
            try:
                case = cases[chosen.case] = load_case(chosen.case)
            except PileupError as error:
                cases[chosen.case] = str(error)
                raise
        if isinstance(case, str):
            return case
        chosen, place = run.settle(chosen, case=case)
    except PileupError as error:
        return str(error)
    if chosen.edition and chosen.edition < case.case.as_of.isoformat():
        return f"parameter edition: {chosen.edition} is before the case file's own date, {case.case.as_of}"
    return Task(name or place.name, chosen, case.case.state or "")
