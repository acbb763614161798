"""The schema of parameters: values stay what they are, and each wrong one is told in one line."""

import ast
import json
import tomllib
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from papermill.inspection import inspect_notebook

from common import ROOT
from pileup.base.errors import PileupError
from pileup.base.paths import NOTEBOOKS
from pileup.desk.cli import main
from pileup.files import parameters
from pileup.files.parameters import Parameters
from pileup.make import sweepfile
from pileup.record.states import STATES
from pileup.record.tables import load_table

#: The notebooks with parameters; the launcher is a form that asks for them.
ANALYSIS = sorted(path for path in NOTEBOOKS.glob("*.ipynb") if path.stem != "launcher")


def test_the_default_years_are_those_held() -> None:
    years = load_table("crashes")["year"]
    assert (years.min(), years.max()) == (Parameters().first_year, Parameters().last_year)


@pytest.mark.parametrize("notebook", ANALYSIS, ids=lambda path: path.stem)
def test_each_notebook_declares_the_schema(notebook) -> None:
    """One parameter a line with its comment, so that `papermill --help-notebook` explains it."""
    declared, fields = inspect_notebook(notebook), parameters.schema()["properties"]
    types = {"string": "str", "integer": "int", "boolean": "bool"}
    assert list(declared) == list(fields)
    for name, field in fields.items():
        assert declared[name]["help"] == field["description"]
        assert declared[name]["inferred_type_name"] == types[field["type"]]
        value = ast.literal_eval(declared[name]["default"])
        assert getattr(parameters.check({name: value}), name) == field["default"]
        assert not isinstance(value, int) or value == 0, "no year of the tables stands in a notebook"


@pytest.mark.parametrize("text", ["06", "1e5", "on", "0123"])
def test_text_stays_text(text: str) -> None:
    assert parameters.from_text([("case", text)]).case == text


def test_true_and_false_are_read_only_where_asked_for() -> None:
    assert parameters.from_text([("exclusions", "true")]).exclusions is True
    assert parameters.from_text([("exclusions", "False")]).exclusions is False
    assert parameters.from_text([("case", "true")]).case == "true"


def test_whole_numbers_are_read_only_where_asked_for() -> None:
    assert parameters.from_text([("first_year", "1990")]).first_year == 1990


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([("stat", "CO")], "unknown parameter stat (did you mean state?)"),
        ([("color", "red")], "unknown parameter color; known are case, state"),
        (
            [("state", "08")],
            (
                "parameter state: '08' is not a two-letter code or a name of the 50 states or DC, such as CO"
                " or Colorado (did you mean CO?)"
            ),
        ),
        ([("state", "Colorodo")], "'Colorodo' is not a two-letter code or a name of"),
        ([("state", "Colorodo")], "(did you mean Colorado?)"),
        ([("state", "york")], "(did you mean New York?)"),
        ([("state", "Ontario")], "such as CO or Colorado"),
        ([("state", "PR")], "'PR' is not a two-letter code"),
        ([("first_year", "2_010")], "parameter first_year: '2_010' is not a whole number"),
        ([("first_year", "20.5")], "'20.5' is not a whole number"),
        ([("last_year", "2030")], "parameter last_year: 2030 is out of range; it can be 1975 to 2022"),
        ([("first_year", "1974")], "1974 is out of range"),
        (
            [("first_year", "2010"), ("last_year", "2001")],
            "first_year 2010 is after last_year 2001; swap them",
        ),
        ([("vehicles", "-1")], "parameter vehicles: -1 is out of range; it can be 0 to 10,000"),
        ([("exclusions", "yes")], "parameter exclusions: 'yes' is neither true nor false"),
        ([("edition", "22 Nov 2026")], "'22 Nov 2026' is not a date written YYYY-MM-DD"),
        ([("edition", "2026-02-30")], "'2026-02-30' is not a date"),
        ([("state", "CO"), ("state", "TX")], "parameter state is given twice"),
    ],
)
def test_a_wrong_parameter_is_told_in_one_line(pairs: list, said: str) -> None:
    with pytest.raises(PileupError) as error:
        parameters.from_text(pairs)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Texas", "TX"),
        ("texas", "TX"),
        ("tx", "TX"),
        ("new york", "NY"),
        (" New  York ", "NY"),
        ("Washington, D.C.", "DC"),
        ("District of Columbia", "DC"),
        ("Washington", "WA"),
        ("", ""),
    ],
)
def test_a_state_is_taken_by_its_name_and_kept_by_its_code(written: str, code: str) -> None:
    assert parameters.from_text([("state", written)]) == parameters.check({"state": code})
    assert parameters.from_text([("state", written)]).state == code


def test_every_state_is_taken_by_its_code_and_by_its_name() -> None:
    assert {Parameters(state=name).state for name in STATES.values()} == {*STATES}
    assert [Parameters(state=code).state for code in STATES] == [*STATES]


def test_a_report_is_named_for_what_differs_in_plain_words() -> None:
    chosen = parameters.check({"state": "Texas", "first_year": 1990, "exclusions": True, "language": "es"})
    assert chosen.report_id("puebla") == "puebla-state-TX-first-year-1990-exclusions-language-es"
    assert chosen.former_id("puebla") == "puebla-state-TX-first-year-1990-exclusions-True-language-es", (
        "that of version 0.1.0"
    )
    plain = parameters.check({"group": "some/where/cook.json", "vehicles": 50})
    assert plain.report_id("puebla") == plain.former_id("puebla") == "puebla-vehicles-50-group-cook"


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(PileupError) as error:
        parameters.from_text([("stat", "CO"), ("first_year", "x"), ("last_year", "1900")])
    assert all(name in str(error.value) for name in ("stat", "first_year", "last_year"))


def test_types_are_not_bent() -> None:
    with pytest.raises(PileupError, match="not text"):
        parameters.check({"state": 8})
    with pytest.raises(PileupError, match="not a whole number"):
        parameters.check({"first_year": 1990.0})
    with pytest.raises(PileupError, match="not a whole number"):
        parameters.check({"first_year": True})
    with pytest.raises(PileupError, match="neither true nor false"):
        parameters.check({"exclusions": 1})


def test_a_notebook_takes_its_own_values_and_ignores_other_names() -> None:
    namespace = {**Parameters().model_dump(), "state": "TX", "some_variable": 1, "In": ["", "x = 1"]}
    assert parameters.from_notebook(namespace).state == "TX"


def test_a_name_that_papermill_injected_and_nobody_knows_is_refused() -> None:
    """Plain papermill only logs it."""
    namespace = {**Parameters().model_dump(), "stat": "TX", "In": ["", '# Parameters\nstat = "TX"\n']}
    with pytest.raises(PileupError, match=r"unknown parameter stat \(did you mean state\?\)"):
        parameters.from_notebook(namespace)


def test_the_first_cell_after_the_parameters_checks_them() -> None:
    for path in ANALYSIS:
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        assert "parameters" in cells[0].metadata.tags
        assert "report = start(globals())" in cells[1].source


def _follows(values: dict) -> bool:
    return Draft202012Validator(parameters.schema()).is_valid(values)


def test_the_json_schema_is_printed_and_says_everything() -> None:
    printed = json.loads(CliRunner().invoke(main, ["parameters"]).output)
    assert printed == parameters.schema()
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["additionalProperties"] is False
    assert list(printed["properties"]) == list(Parameters.model_fields)
    for name, field in Parameters.model_fields.items():
        said = printed["properties"][name]
        assert (said["description"], said["default"]) == (field.description, parameters.default(name))
        assert said["title"]
        if field.annotation is int:
            bounds = said["anyOf"][-1] if name.endswith("_year") else said
            assert bounds["minimum"] <= said["default"] <= bounds["maximum"]


@pytest.mark.parametrize("notebook", ANALYSIS, ids=lambda path: path.stem)
def test_each_notebook_follows_the_json_schema(notebook) -> None:
    declared = inspect_notebook(notebook)
    assert _follows({name: ast.literal_eval(one["default"]) for name, one in declared.items()})


@pytest.mark.parametrize(
    "values",
    [
        *({}, {"state": "TX"}, {"state": ""}, {"first_year": 1990, "last_year": 1990}, {"vehicles": 10_000}),
        *({"exclusions": True}, {"edition": "2026-11-22"}, {"edition": ""}, {"group": "cook.json"}),
        *({"state": "Texas"}, {"state": "PR"}, {"state": 8}, {"stat": "TX"}, {"first_year": "1990"}),
        *(
            {"first_year": 1974},
            {"last_year": 2023},
            {"first_year": 0, "last_year": 0},
            {"first_year": True},
            {"vehicles": -1},
            {"case": ""},
        ),
        *({"exclusions": "true"}, {"exclusions": 1}, {"edition": "22 Nov 2026"}, {"vehicles": 10_001}),
        {"group": 1},
    ],
    ids=str,
)
def test_the_json_schema_and_the_check_agree(values: dict) -> None:
    try:
        parameters.check(values)
    except PileupError:
        assert not _follows(values)
    else:
        assert _follows(values)


def test_the_json_schema_has_the_names_of_states_too() -> None:
    assert all(_follows({"state": name}) for name in STATES.values())
    assert not _follows({"state": "Ontario"})


def test_the_schema_of_sweep_files_ships_as_it_is_made() -> None:
    shipped = (ROOT / "sweeps" / "sweep.schema.json").read_text(encoding="utf-8")
    made = CliRunner().invoke(main, ["parameters", "--sweep"]).output
    assert shipped == made, "run: pileup parameters --sweep > sweeps/sweep.schema.json"
    Draft202012Validator.check_schema(json.loads(shipped))
    for path in (ROOT / "sweeps").glob("*.toml"):
        assert (
            list(Draft202012Validator(json.loads(shipped)).iter_errors(tomllib.loads(path.read_text()))) == []
        )


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('[[report]]\nstate = "TX"\nname = "texas"', True),
        ('[[product]]\nstate = ["Texas", "New York"]', True),
        ('[[report]]\nstate = "Texs"', False),
        ('[[product]]\nstate = ["TX", "CO"]\nyears = [[1990, 2000], [2001, 2022]]', True),
        ('title = "none"', False),
        ('[[report]]\nstat = "TX"', False),
        ('[[report]]\nstate = ["TX"]', False),
        ('[[report]]\nname = "../away"', False),
        ('[[report]]\nname = "summary.json"', False),
        ("[[product]]\nstate = []", False),
        ("[[product]]\nyears = [[1990]]", False),
        ("[[product]]\nyears = [[1990, 2040]]", False),
        ('[[product]]\nname = "all"', False),
        ("report = []", False),
        ('[[reports]]\nstate = "TX"', False),
    ],
)
def test_the_schema_of_sweep_files_and_their_reader_agree(tmp_path: Path, text: str, right: bool) -> None:
    path = tmp_path / "sweep.toml"
    path.write_text(text, encoding="utf-8")
    assert Draft202012Validator(sweepfile.schema()).is_valid(tomllib.loads(text)) is right
    if right:
        assert sweepfile.read(path)[1]
    else:
        with pytest.raises(PileupError):
            sweepfile.read(path)
