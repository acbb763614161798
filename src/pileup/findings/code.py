"""Marks the code of a function: its own text, and that of all that it calls or names in this project."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any

#: What says a number makes none: words, and the declaration itself.
_APART = ("pileup.words", "pileup.findings.declare")


def texts(make: Callable[..., object]) -> list[str]:
    """Return the text of a function, and of what it rests on: functions, classes and plain constants.

    Parameters
    ----------
    make : callable
        A function of this project, or one of a notebook, of which only its own text is read.
    """
    found: dict[str, str] = {}
    waiting: list[Any] = [make]
    while waiting:
        one = waiting.pop()
        name = f"{one.__module__}.{one.__qualname__}"
        if name not in found:
            found[name], constants, others = _read(one)
            found |= constants
            waiting += others
    return [found[name] for name in sorted(found)]


@lru_cache(maxsize=1024)
def _read(one: Any) -> tuple[str, dict[str, str], list[Any]]:
    """Return a function's or class's text, the constants that it names, and the others that it names."""
    module = sys.modules[one.__module__]
    definition = _definitions(module).get(one.__qualname__)
    if definition is None:  # inside a function, or in a cell
        return inspect.getsource(one), {}, []
    text, tree = definition
    constants, others = {}, []
    for used, other in _named(tree, vars(module)):
        if isinstance(other, FunctionType | type):
            if other.__module__.startswith("pileup.") and not other.__module__.startswith(_APART):
                others.append(other)
        elif isinstance(other, int | float | str | tuple):
            constants[f"{one.__module__}.{used}"] = f"{used} = {other!r}"
    return text, constants, others


def _named(tree: ast.AST, names: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield what a piece of code names: names of its module, and of modules that it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            yield node.id, names[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = names.get(node.value.id)
            if isinstance(module, ModuleType) and module.__name__.startswith("pileup."):
                yield f"{node.value.id}.{node.attr}", getattr(module, node.attr, None)


@lru_cache(maxsize=64)
def _definitions(module: ModuleType) -> dict[str, tuple[str, ast.AST]]:
    """Return the functions and classes at the top of a module: the text of each, decorators and all."""
    source = inspect.getsource(module) if getattr(module, "__file__", None) else ""
    lines = source.splitlines()
    found: dict[str, tuple[str, ast.AST]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            found[node.name] = ("\n".join(lines[first - 1 : node.end_lineno]), node)
    return found
