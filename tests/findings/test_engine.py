"""The engine: functions get what they name and no more, absence spreads, and what went in is recorded."""

import ast
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path
from string import Formatter

import pytest

import pileup.findings
from pileup.findings.code import texts
from pileup.findings.declare import REGISTRY, Node, Registry
from pileup.findings.engine import AbsentError, Engine, Leaf
from pileup.story.report import Report

ROOM = Path(pileup.findings.__file__).parent
#: Words that `says` gives to labels, beside the inputs.
_SAID = {"group", "own", "years", "weather", "size", "offense", "vehicles", "place", "date", "shown", "term"}
#: What an input from outside may be called in a small run.
_OUTSIDE = {
    "table_crashes": Leaf(7, "crashes", {"table.crashes": "t"}),
    "table_miles": Leaf(2, "miles", {"table.miles": "m"}),
    "role_deaths": Leaf(4, "fact F1", {"fact.F1": "f"}),
}


def _outside(name: str) -> Leaf:
    if name.startswith("role_") and name not in _OUTSIDE:
        raise AbsentError(name)
    return _OUTSIDE[name]


@pytest.fixture
def registry() -> Registry:
    return Registry()


def _run(registry: Registry) -> dict[str, tuple[float, tuple[str, ...]]]:
    found = Engine(_outside, registry).findings(("", [node for node in registry if node.id]))
    return {one.id: (one.value, one.origins) for one in found}


def test_a_finding_is_handed_its_inputs_and_names_them(registry: Registry) -> None:
    @registry.given
    def twice(table_crashes: int, role_deaths: int) -> int:
        return 2 * table_crashes

    @registry.finding("a.sum", "crashes", "{twice} and more")
    def total(twice: int, table_miles: int) -> int:
        return twice + table_miles

    @registry.finding("a.half", "crashes", "half")
    def half(total: int) -> float:
        return total / 2

    assert _run(registry) == {
        "a.sum": (16, ("table.crashes table.miles", "fact.F1")),
        "a.half": (8, ("a.sum",)),
    }
    found = Engine(_outside, registry).findings(("", [node for node in registry if node.id]))
    assert found.marks == {"table.crashes": "t", "table.miles": "m", "fact.F1": "f"}
    assert found["a.sum"].label == "14 and more"
    assert found["a.sum"].computed_from == ("tables crashes, miles", "fact F1")


def test_what_a_case_lacks_is_absent_with_all_that_needs_it(registry: Registry) -> None:
    @registry.finding("a.vehicles", "vehicles", "v")
    def needs_vehicles(role_vehicles: int) -> int:
        return role_vehicles

    @registry.finding("a.twice", "vehicles", "t")
    def twice(needs_vehicles: int) -> int:
        return 2 * needs_vehicles

    @registry.finding("a.deaths", "people", "d")
    def without(role_deaths: int, role_vehicles: int | None = None) -> int:
        return role_deaths if role_vehicles is None else 0

    @registry.finding("a.endless", "people", "e")
    def endless(role_deaths: int) -> float:
        return float("inf")

    assert _run(registry) == {"a.deaths": (4, ("fact.F1",))}


def test_items_come_one_by_one_with_every_finding_that_is_made_for_each(registry: Registry) -> None:
    @registry.given
    def sizes(table_crashes: int) -> list[int]:
        return [1, table_crashes]

    @registry.finding("a.size.{key}", "crashes", "{size}", each="sizes", says=lambda one: {"size": one})
    def size(one: int) -> int:
        return one

    @registry.finding("a.more.{key}", "crashes", {1: "one", 7: "seven"}, each="sizes")
    def more(one: int, table_miles: int) -> int:
        return one + table_miles

    assert list(_run(registry)) == ["a.size.1", "a.more.1", "a.size.7", "a.more.7"]
    assert _run(registry)["a.more.7"] == (9, ("table.crashes table.miles",))
    labels = [one.label for one in Engine(_outside, registry).findings(("", [n for n in registry if n.id]))]
    assert labels == ["1", "one", "7", "seven"]


def test_a_number_says_what_it_needs_though_it_is_not_made_of_it(registry: Registry) -> None:
    @registry.finding("a.x", "x", "x")
    def number(table_crashes: int) -> int:
        return table_crashes

    nodes = list(registry)
    (one,) = Engine(_outside, registry).findings(("role_deaths", nodes))
    assert (one.origins, one.needs) == (("table.crashes",), "fact.F1")
    assert list(Engine(_outside, registry).findings(("role_vehicles", nodes))) == []


def test_an_input_that_is_not_there_is_refused_by_name(registry: Registry) -> None:
    @registry.finding("a.x", "x", "x")
    def wrong(table_crahses: int) -> int:
        return table_crahses

    with pytest.raises(KeyError, match="table_crahses"):
        _run(registry)


def test_a_name_or_an_id_stands_once(registry: Registry) -> None:
    @registry.finding("a.x", "x", "x")
    def first(table_crashes: int) -> int:
        return table_crashes

    with pytest.raises(ValueError, match=r"first: first is declared already, in .*test_engine; give"):
        registry.given(first)
    with pytest.raises(ValueError, match=r"a\.x is declared already"):

        @registry.finding("a.x", "x", "x")
        def second(table_crashes: int) -> int:
            return table_crashes


def test_code_is_marked_with_the_inputs_that_it_goes_through() -> None:
    def marks(source: str) -> tuple[str, str]:
        registry = Registry()
        add = registry._add

        def given(x: int) -> int:
            return x

        def found(given: int) -> int:
            return given

        for node, text in ((Node(given), source), (Node(found, "a.x"), "found")):
            vars(node)["code"] = text
            add(node)
        (node,) = (one for one in registry if one.id)
        (other,) = (one for one in registry if not one.id)
        return registry.code(node), registry.code(other)

    assert marks("one") == marks("one")
    assert all(one != other for one, other in zip(marks("one"), marks("two"), strict=True))


def test_every_input_resolves_and_none_needs_itself(report: Report) -> None:
    inputs = {node.name: set(node.inputs) for node in REGISTRY}
    assert list(TopologicalSorter(inputs).static_order())
    for name in set().union(*inputs.values()):
        report.engine.get(name)  # a name that nothing answers to raises KeyError


def test_no_number_for_each_of_several_is_another_ones_input() -> None:
    families = {node.name for node in REGISTRY if node.each}
    assert families
    assert not families & {name for node in REGISTRY for name in node.inputs}


def test_nothing_in_the_room_reads_but_what_is_for_it() -> None:
    readers = {"load_table", "describe", "load_case", "load_law", "load_group", "open", "Path", "Report"}
    for path in ROOM.glob("*.py"):
        names = {
            getattr(node, "id", getattr(node, "attr", ""))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Name | ast.Attribute)
        }
        assert path.name == "outside.py" or not names & readers, path.name


def test_nothing_in_the_room_imports_a_reader_but_what_is_for_it() -> None:
    readers = {
        "pileup.record.tables",
        "pileup.case.load",
        "pileup.case.lawfile",
        "pathlib",
        "pileup.base.paths",
    }
    for path in ROOM.glob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
        for node in nodes:
            if isinstance(node, ast.ImportFrom):
                names |= {node.module or "", *(f"{node.module}.{one.name}" for one in node.names)}
        assert path.name == "outside.py" or not names & readers, path.name


def test_a_label_names_only_what_the_number_rests_on() -> None:
    def below(names: Iterable[str]) -> set[str]:
        return {*names}.union(*(below(node.inputs) for one in names if (node := REGISTRY.get(one))))

    def of_its_tables(name: str, rests: set[str]) -> bool:
        """Tell whether words are of the coverage of tables that the number rests on, and of nothing else."""
        above = {one for one in below([f"words_{name}"]) if REGISTRY.get(one) is None}
        return bool(above) and {one.replace("coverage_", "table_") for one in above} <= rests

    for node in REGISTRY:
        if not node.id:
            continue
        label = node.label if isinstance(node.label, str) else " ".join(node.label.values())
        named = {name for _text, name, _spec, _how in Formatter().parse(label) if name}
        rests = below(node.inputs)
        own = {name for name in named - rests - _SAID if not of_its_tables(name, rests)}
        assert own == set(), node.id


def test_two_items_with_one_key_are_refused(registry: Registry) -> None:
    @registry.given
    def sizes(table_crashes: int) -> list[int]:
        return [1, 1]

    @registry.finding("a.size.{key}", "crashes", "size", each="sizes")
    def size(one: int) -> int:
        return one

    with pytest.raises(ValueError, match=r"finding a\.size\.1: two numbers have this id"):
        _run(registry)
    with pytest.raises(ValueError, match="is for each of several"):

        @registry.finding("a.all", "crashes", "all", each="sizes")
        def every(one: int) -> int:
            return one


def test_a_number_that_cannot_be_printed_is_no_input(registry: Registry) -> None:
    @registry.finding("a.endless", "crashes", "endless")
    def endless(table_crashes: int) -> float:
        return float("nan")

    @registry.finding("a.twice", "crashes", "twice")
    def twice(endless: float) -> float:
        return 1.0

    assert _run(registry) == {}


def test_the_mark_of_code_is_that_of_what_it_calls_too() -> None:
    read = {name: " ".join(texts(node.make)) for node in REGISTRY if (name := node.name)}
    assert "def rank(counts" in read["nation_ranks"]
    assert "def _compared(" in read["nation_ranks"], "and what that calls"
    assert "LARGE = 20" in read["large_each_year"]
    assert "def ngettext" not in "".join(read.values())
