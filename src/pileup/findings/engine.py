"""Makes the numbers of a report: hands each function the inputs that its parameters name, and no others.

So what a number rests on is recorded and never claimed. An input that a case lacks is absent, and so is all
that needs it, unless a parameter has a default, which then stands in. The idea is that of Hamilton (a library
of DAGWorks), in the little that a report needs of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol

from pileup.findings.declare import NEEDED, ONE, REGISTRY, Node, Registry
from pileup.findings.record import Finding, Findings, plain
from pileup.words.language import _

#: Before the name of an input: how it is written in a label.
WORDS = "words_"


class AbsentError(Exception):
    """An input that the case does not have. Nothing is wrong: what needs it is absent, too."""


@dataclass(frozen=True)
class Leaf:
    """An input from outside: a table, a fact, a parameter.

    Attributes
    ----------
    value : object
        What the functions get.
    words : str
        How the ledger names it; a table by its name alone.
    marks : dict
        By the id of each entry of the ledger that it stands for (`table.crashes`, `fact.F04`), a mark of what
        that holds; another mark means that it was changed.
    """

    value: Any
    words: str
    marks: dict[str, str]


class Outside(Protocol):
    """Where the inputs come from that no function makes."""

    def __call__(self, name: str, /) -> Leaf:
        """Return an input by the name of a parameter.

        Raises
        ------
        AbsentError
            The case does not have it.
        PileupError
            There is no such input.
        """
        ...


class Engine:
    """One run: each input and each number is made when it is first asked for, and once.

    Parameters
    ----------
    outside : Outside
        Gives what no function makes.
    registry : Registry
        The functions.
    """

    def __init__(self, outside: Outside, registry: Registry = REGISTRY) -> None:
        self._outside = outside
        self._registry = registry
        self._made: dict[str, Any] = {}
        self._leaves: dict[str, Leaf | None] = {}

    def value(self, name: str) -> Any:
        """Return an input or a number by its name.

        Raises
        ------
        AbsentError
            The case lacks it, or something that it needs.
        PileupError
            Nothing has this name.
        """
        node = self._registry.get(name)
        if node is None:
            found: Any = self._leaf(name)
            value = found.value if found else None
        else:
            if name not in self._made:
                self._made[name] = self._make(node)
            value = self._made[name]
        # A number that cannot be printed is none, and none that others could rest on.
        if value is None or (node and node.id and plain(value) is None):
            raise AbsentError(name)
        return value

    def get(self, name: str, instead: Any = None) -> Any:
        """Return an input by its name, or something else where it is absent."""
        try:
            return self.value(name)
        except AbsentError:
            return instead

    def rests(self, names: Iterable[str]) -> list[str]:
        """Return the ids of what some inputs rest on, a step down: other numbers, and what is outside."""
        return sorted({one for name in names for one in self._ids(name)})

    def words(self, name: str) -> Any:
        """Return an input as a label has it: as the function `words_` and its name writes it, if any does."""
        return self.value(WORDS + name if self._registry.get(WORDS + name) else name)

    def findings(self, *parts: tuple[str, Sequence[Node]]) -> Findings:
        """Make findings in the order given; those in a row that share their items come item by item.

        Parameters
        ----------
        *parts : tuple of str and sequence of Node
            An input without which a report has no use for these findings (or nothing), and the findings.
        """
        made = [
            replace(one, needs=" ".join(self._ids(condition)))
            for condition, nodes in parts
            if not condition or self.get(condition) is not None
            for each, group in groupby(nodes, lambda node: node.each)
            for one in self._of(each, group)
        ]
        # Those of numbers that came to nothing, too: that such an input has not moved is known as well.
        marks = [item for leaf in self._leaves.values() if leaf for item in leaf.marks.items()]
        return Findings(made, dict(sorted(marks)))

    def _ids(self, name: str) -> tuple[str, ...]:
        """Return the ids of what an input rests on; none for no input."""
        numbers: dict[str, str] = {}
        leaves: dict[str, Leaf] = {}
        node = self._registry.get(name)
        if node:
            self._follow(node, numbers, leaves)
        elif name and (leaf := self._leaf(name)):
            leaves[name] = leaf
        return tuple(dict.fromkeys([*numbers, *(one for leaf in leaves.values() for one in leaf.marks)]))

    def _of(self, each: str, group: Iterator[Node]) -> Iterator[Finding]:
        nodes = list(group)
        for item in self.get(each, ()) if each else (None,):
            for node in nodes:
                value = plain(self._make(node, item) if each else self.get(node.name))
                if value is not None:
                    yield self._finding(node, item, value)

    def _finding(self, node: Node, item: Any, value: int | float) -> Finding:
        told = [*self._told(node), *([(_(node.how), "")] if node.how else [])]
        return Finding(
            node.id.format(key=node.key(item)),
            _(node.label_of(item)).format_map(_Words(self, node.says(item))),
            value,
            node.unit,
            tuple(words for words, _ids in told),
            tuple(ids for _words, ids in told),
            self._registry.code(node),
        )

    def _make(self, node: Node, item: Any = None) -> Any:
        handed = {ONE: item} if node.each else {}
        with suppress(AbsentError):
            for name, instead in node.takes.items():
                handed[name] = self.value(name) if instead is NEEDED else self.get(name, instead)
            return node.make(**handed)
        return None

    def _leaf(self, name: str) -> Leaf | None:
        if name not in self._leaves:
            self._leaves[name] = None
            with suppress(AbsentError):
                self._leaves[name] = self._outside(name)
        return self._leaves[name]

    def _told(self, node: Node) -> list[tuple[str, str]]:
        """Return what a number rests on, for readers and for programs: numbers, tables, then all else."""
        numbers: dict[str, str] = {}
        leaves: dict[str, Leaf] = {}
        self._follow(node, numbers, leaves)
        ids = {name: " ".join(leaf.marks) for name, leaf in leaves.items()}
        tables = [name for name in leaves if ids[name].startswith("table.")]
        told = [(one, one) for one in numbers]
        if tables:
            # A table and its coverage are two inputs, and one thing to a reader.
            named = {ids[name]: leaves[name].words for name in tables}
            text = _("table {name}") if len(named) == 1 else _("tables {name}")
            told.append((text.format(name=", ".join(named.values())), " ".join(named)))
        others = [(leaves[name].words, ids[name]) for name in leaves if name not in tables]
        return list(dict.fromkeys([*told, *others]))

    def _follow(self, node: Node, numbers: dict[str, str], leaves: dict[str, Leaf]) -> None:
        """Walk through inputs that are not printed, down to other numbers and to what comes from outside."""
        for name in node.inputs:
            made = self._registry.get(name)
            if made is None:
                if leaf := self._leaf(name):
                    leaves[name] = leaf
            elif not made.id:
                self._follow(made, numbers, leaves)
            elif self.get(name) is not None:
                numbers[made.id] = name


class _Words(dict[str, Any]):
    """The words for the braces of a label: those given with it, or an input, as its words have it."""

    def __init__(self, engine: Engine, said: Any) -> None:
        super().__init__(said)
        self._engine = engine

    def __missing__(self, name: str) -> Any:
        return self._engine.words(name)
