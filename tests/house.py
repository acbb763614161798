"""Reads the house as it stands: the rooms, their sentences, and who imports whom."""

import ast
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

#: The rooms, lowest first; those of one floor know nothing of each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("base",),
    ("words",),
    ("record",),
    ("sources", "files"),
    ("case",),
    ("findings",),
    ("story",),
    ("page",),
    ("make",),
    ("publish",),
    ("desk",),
)
ROOMS = [room for floor in FLOORS for room in floor]


def sentence(package: Path) -> str:
    """Return the first sentence of a package's docstring, or nothing where it has none."""
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


def imports(package: str) -> dict[str, set[str]]:
    """Return what each module of a package imports of it, imports for type checkers and in functions too."""
    graph = grimp.build_graph(package, cache_dir=None)
    return {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}


def circle(graph: Mapping[str, set[str]]) -> str:
    """Return the first circle of imports, written as a way round it, or nothing where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " <- ".join(error.args[1])
    return ""


def upward(graph: Mapping[str, set[str]], floors: Sequence[Sequence[str]]) -> list[str]:
    """Return each import that reaches up, or across a floor, or for the package as a whole.

    What stands at the top of the package (its public face) may use every room, and no room may use it.
    """
    height = {room: number for number, floor in enumerate(floors) for room in floor}
    found = []
    for one, others in graph.items():
        for other in others:
            above, below = room(one), room(other)
            if above != below and (not below or (above and height[below] >= height[above])):
                found.append(f"{one} -> {other}")
    return sorted(found)


def room(module: str) -> str:
    """Return the room of a module by its dotted name; nothing for what stands at the top."""
    name = module.split(".")[1:2]
    return name[0] if name and not name[0].startswith("__") else ""
