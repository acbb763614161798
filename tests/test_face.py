"""Holds the public face: one list, loaded when asked for, each name with an example that runs."""

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import pileup

#: Those that run a notebook.
SLOW = {"make_report"}


def _for_type_checkers() -> dict[str, str]:
    """Return what a type checker sees at the top of the package: name and module."""
    source = Path(pileup.__file__).read_text(encoding="utf-8")
    blocks = [node.body for node in ast.parse(source).body if isinstance(node, ast.If)]
    return {
        alias.name: node.module or ""
        for body in blocks
        for node in body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_a_type_checker_sees_the_names_where_they_are_loaded_from():
    seen = _for_type_checkers()
    assert sorted(seen) == pileup.__all__
    assert {name: f"pileup.{room}" for name, room in pileup._HOME.items()} == seen


def test_the_list_is_short_and_in_order():
    assert pileup.__all__ == sorted(set(pileup.__all__))
    assert len(pileup.__all__) < 20
    assert set(pileup.__all__) <= set(dir(pileup))


@pytest.mark.parametrize("name", pileup.__all__)
def test_a_public_name_belongs_to_the_module_that_it_is_said_to_be_in(name: str):
    assert getattr(pileup, name).__module__ == f"pileup.{pileup._HOME[name]}"


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in pileup.__all__]
)
def test_the_example_of_a_public_name_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    text = inspect.getdoc(getattr(pileup, name)) or ""
    example = doctest.DocTestParser().get_doctest(text, {}, name, None, None)
    assert any("pileup." in line.source for line in example.examples), f"{name} has no example"
    told: list[str] = []
    ran = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=told.append)
    assert ran.failed == 0, "".join(told)


def test_a_name_that_is_not_public_is_refused_with_the_list_of_those_that_are():
    with pytest.raises(AttributeError, match="public are Chart, Column"):
        pileup.__getattr__("load_crashes")


def test_importing_the_package_loads_nothing_but_it():
    told = "import sys; before = set(sys.modules); import pileup; print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert loaded - sys.stdlib_module_names == {"pileup"}
