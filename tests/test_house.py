"""Holds the house to its drawing: rooms with a sentence each, one direction of imports, no circle."""

import importlib
import itertools
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from common import ROOT
from house import FLOORS, ROOMS, circle, imports, sentence, upward

PACKAGE = ROOT / "src" / "pileup"
#: The folders of a repository that its two tables of rooms name besides.
BESIDE = ["data", "notebooks"]
#: What takes long to import, and is needed for no help and no word of advice.
HEAVY = ["IPython", "babel", "jinja2", "nbconvert", "nbformat", "numpy", "pandas", "papermill", "plotly"]
HEAVY += ["PIL", "polars", "pooch", "requests", "resvg_py", "tqdm"]
FACE = {"__init__", "__main__"}
Plant = Callable[[dict[str, str]], dict[str, set[str]]]


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    """Who imports whom in the package."""
    return imports("pileup")


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Plant:
    """Return a function that writes a small package of two rooms, high and low, and reads its imports."""
    # A name of its own for each test: an import is remembered for the life of the process.
    name = "planted_" + re.sub(r"\W", "_", request.node.name)
    monkeypatch.syspath_prepend(tmp_path)

    def plant(files: dict[str, str]) -> dict[str, set[str]]:
        bare = ["__init__", "low/__init__", "low/one", "low/two", "high/__init__", "high/one"]
        for place, text in (dict.fromkeys(bare, "") | files).items():
            path = tmp_path / name / f"{place}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("PACKAGE", name), encoding="utf-8")
        return imports(name)

    return plant


def test_nothing_but_rooms_stands_at_the_top():
    found = {path.stem for path in PACKAGE.glob("*.py")} - FACE
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__", "home"}
    assert not found
    assert folders == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_one_sentence_what_it_holds(room: str):
    said = sentence(PACKAGE / room)
    assert said.endswith(".")
    assert said[0].isupper()
    assert ". " not in said, "one sentence"


@pytest.mark.parametrize("document", ["docs/design.md", "CONTRIBUTING.md"])
def test_a_document_names_each_room_in_order_with_its_own_sentence(document: str):
    text = (ROOT / document).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(?:src/pileup/)?([a-z]+)/` \| (.*?) \|", text, re.MULTILINE)
    assert [name for name, _ in rows if name not in BESIDE] == ROOMS
    assert {name: said for name, said in rows if name in ROOMS} == {
        room: sentence(PACKAGE / room) for room in ROOMS
    }
    assert set(BESIDE) <= {name for name, _ in rows}


@pytest.mark.parametrize("room", ROOMS)
def test_no_name_in_a_room_repeats_the_room(room: str):
    repeated = re.compile(rf"_?{room.removesuffix('s')}s?_?\w{{3,}}")  # "publish" may hold "published"
    names = [path.stem for path in (PACKAGE / room).rglob("*.py")]
    assert [name for name in names if repeated.fullmatch(name)] == []


@pytest.mark.parametrize("folder", sorted(path.name for path in (ROOT / "tests").iterdir() if path.is_dir()))
def test_a_folder_of_tests_is_named_for_its_room(folder: str):
    # What gets out is held across rooms: `page` has the rules, `make` and `publish` ask for them.
    assert folder in {*ROOMS, "gate", "__pycache__"}


def test_imports_go_in_one_direction(graph: dict[str, set[str]]):
    assert upward(graph, FLOORS) == []


def test_imports_make_no_circle(graph: dict[str, set[str]]):
    assert circle(graph) == ""


def test_a_room_that_reaches_up_is_refused(planted: Plant):
    graph = planted({"low/one": "from PACKAGE.high.one import x"})
    assert len(upward(graph, (("low",), ("high",)))) == 1
    assert upward(graph, (("high",), ("low",))) == []


def test_a_room_that_reaches_up_for_a_type_alone_or_inside_a_function_is_refused(planted: Plant):
    for_types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from PACKAGE.high import one"
    inside = "def late():\n    import PACKAGE.high.one"
    graph = planted({"low/one": for_types, "low/two": inside})
    assert len(upward(graph, (("low",), ("high",)))) == 2


def test_rooms_of_one_floor_know_nothing_of_each_other(planted: Plant):
    assert len(upward(planted({"high/one": "import PACKAGE.low.one"}), (("low", "high"),))) == 1


def test_a_room_that_asks_the_public_face_is_refused(planted: Plant):
    assert len(upward(planted({"low/one": "import PACKAGE"}), (("low",), ("high",)))) == 1


@pytest.mark.parametrize("late", ["from PACKAGE.low.one import x", "def f():\n    import PACKAGE.low.one"])
def test_a_circle_inside_a_room_is_refused(planted: Plant, late: str):
    graph = planted({"low/one": "import PACKAGE.low.two", "low/two": late})
    assert upward(graph, (("low",), ("high",))) == []
    assert "low.one" in circle(graph)
    assert "low.two" in circle(graph)


def test_a_circle_of_rooms_is_refused(planted: Plant):
    assert circle(planted({"low/one": "import PACKAGE.high.one", "high/one": "import PACKAGE.low.one"}))


def test_a_package_in_order_has_no_circle(planted: Plant):
    graph = planted({"high/one": "import PACKAGE.low.one", "low/one": "import PACKAGE.low.two"})
    assert circle(graph) == ""
    assert upward(graph, (("low",), ("high",))) == []


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("record/new.py", '"""New."""\n\n\ndef _f(x):\n    return x\n', "ANN001"),
        ("new/__init__.py", "", "D104"),
    ],
    ids=["a function without types", "a room without its sentence"],
)
def test_lint_refuses(file: str, text: str, rule: str):
    lint = [sys.executable, "-m", "ruff", "check", "--output-format", "concise", "-", "--stdin-filename"]
    run = subprocess.run(
        [*lint, str(PACKAGE / file)], input=text, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert run.returncode == 1
    assert rule in run.stdout


@pytest.mark.parametrize("old", ["cli", "caserules", "errors", "story.findings", "story.text", "tomlfile"])
def test_an_import_of_an_old_name_fails(old: str):
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(f"pileup.{old}")


def test_the_changelog_tells_where_each_old_module_went():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `pileup\.([\w.]+)` \| (.*) \|$", text, re.MULTILINE)
    assert len(rows) > 30
    new = itertools.chain.from_iterable(re.findall(r"`pileup\.([\w.]+)`", cell) for _, cell in rows)
    for name in new:
        path = PACKAGE.joinpath(*name.split("."))
        assert path.is_dir() or path.with_suffix(".py").is_file(), f"{name} is not there any more"


@pytest.mark.parametrize("statement", ["import pileup", "from pileup.desk.cli import main; main(['--help'])"])
def test_nothing_heavy_is_loaded_before_there_is_work(statement: str):
    told = f"import atexit, sys; atexit.register(lambda: print('LOADED', *sys.modules)); {statement}"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    loaded = run.stdout.rpartition("LOADED")[2].split()
    assert "pileup" in loaded
    assert set(HEAVY) & set(loaded) == set()
