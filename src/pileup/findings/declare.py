"""Declares inputs and findings: functions whose parameters are their inputs, each name once."""

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

from pileup.findings.code import texts

#: The parameter that takes the item, in a finding that is made for each of several.
ONE = "one"
#: Stands for the default of a parameter that has none: without this input there is no result.
NEEDED = object()


@dataclass(frozen=True)
class Node:
    """A function that makes an input or a finding.

    Attributes
    ----------
    make : callable
        The function; its name is the input's, its parameters are the inputs that it takes.
    id, unit, label : str
        Those of the finding; empty for an input that is not printed. In the id of one that is made for each
        of several, `{key}` stands for the item; its label may be a mapping with one for each item.
    each : str
        The input whose items the finding is made for, or nothing.
    key : callable
        Given an item, its name in the id.
    says : callable
        Given an item (None where there are none), words for the label beside those that inputs give.
    how : str
        A remark for the ledger on how it is computed, a marked message.
    """

    make: Callable[..., Any]
    id: str = ""
    unit: str = ""
    label: str | Mapping[str, str] = ""
    each: str = ""
    key: Callable[[Any], str] = str
    says: Callable[[Any], Mapping[str, Any]] = lambda _item: {}
    how: str = ""

    @property
    def name(self) -> str:
        """The name by which other functions take what this one makes."""
        return getattr(self.make, "__name__", "")

    def label_of(self, item: Any) -> str:
        """Return the label, that of the item where each has its own."""
        return self.label if isinstance(self.label, str) else self.label[item]

    @cached_property
    def takes(self) -> dict[str, Any]:
        """The inputs that its function is handed, each with its stand-in where it is absent, or `NEEDED`."""
        return {
            one.name: NEEDED if one.default is one.empty else one.default
            for one in inspect.signature(self.make).parameters.values()
            if not (self.each and one.name == ONE)
        }

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Everything that it rests on, by name: what gives the items, and what its function takes."""
        return tuple(dict.fromkeys([*([self.each] if self.each else []), *self.takes]))

    @cached_property
    def code(self) -> str:
        """The text of the function and of what it calls in this project."""
        return "\0".join(texts(self.make))


class Registry:
    """The functions that were declared, by name; a name stands once."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._codes: dict[str, str] = {}

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())

    def get(self, name: str) -> Node | None:
        """Return a function by its name, or None where an input of that name comes from outside."""
        return self._nodes.get(name)

    def given[Made](self, make: Callable[..., Made]) -> Callable[..., Made]:
        """Declare an input that is made from others and is not printed; None means that it is absent."""
        self._add(Node(make))
        return make

    def finding[**Takes, Made](
        self, name: str, unit: str, label: str | Mapping[str, str], **more: Any
    ) -> Callable[[Callable[Takes, Made]], Callable[Takes, Made]]:
        """Declare a number that is printed and has its entry in the ledger.

        Where the function gives None or what is not a finite number, there is no finding.

        Parameters
        ----------
        name : str
            The id, room and name, such as `crashes.fatal_crashes`.
        unit : str
            What is counted or measured, a marked message.
        label : str or mapping
            What it is, in words that stand by themselves: a marked message, in which the name of an input in
            braces stands for it; or one for each item.
        **more
            `each`, `key`, `says` and `how`, as `Node` has them.
        """

        def declare(make: Callable[Takes, Made]) -> Callable[Takes, Made]:
            self._add(Node(make, name, unit, label, **more))
            return make

        return declare

    def of(self, *modules: ModuleType) -> list[Node]:
        """Return the findings of modules, in the order of the modules and of the declarations in each."""
        return [
            node for module in modules for node in self if node.id and node.make.__module__ == module.__name__
        ]

    def code(self, node: Node) -> str:
        """Return a mark of the functions that make a number: its own, and those of inputs not printed."""
        if node.name not in self._codes:
            made = [self.get(name) for name in node.inputs]
            parts = [node.code, *(self.code(one) for one in made if one and not one.id)]
            self._codes[node.name] = mark_of("\0".join(parts))
        return self._codes[node.name]

    def _add(self, node: Node) -> None:
        if node.each and "{key}" not in node.id:
            raise ValueError(
                f"{node.make.__module__}.{node.name}: {node.id} is for each of several; give it {{key}}"
            )
        taken = [one for one in self if one.name == node.name or (node.id and one.id == node.id)]
        if taken:
            raise ValueError(
                f"{node.make.__module__}.{node.name}: {node.id or node.name} is declared already, in"
                f" {taken[0].make.__module__}; give this one another name and id"
            )
        self._nodes[node.name] = node


def mark_of(content: str | bytes) -> str:
    """Return a mark of a text: the first twelve digits of its SHA-256."""
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:12]


#: Where the functions of this room are declared.
REGISTRY = Registry()
given, finding = REGISTRY.given, REGISTRY.finding
