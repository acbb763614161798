"""Finds the line of each part and key of a TOML file, which the standard library's reader does not tell."""

import re

#: What a TOML text is made of, where lines matter: comments, strings, brackets, line ends, the rest.
_TOKEN = re.compile(
    r'#[^\n]*|"""(?:\\.|(?!""").)*"{3,5}|\'\'\'(?:(?!\'\'\').)*\'{3,5}'
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\[\]{}]|\n|[^#"\'\[\]{}\n]+|.',
    re.DOTALL,
)
_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_NAMES})[ \t]*\]\]?")
_KEY = re.compile(rf"[ \t]*({_NAMES})[ \t]*=")

#: Where something stands: names of parts and keys, and numbers (from 0) of parts of a list.
Place = tuple[str | int, ...]


def locate(text: str) -> dict[Place, int]:
    """Find the line of every header and of every key that begins a line.

    Parameters
    ----------
    text : str
        A valid TOML text.

    Returns
    -------
    dict
        From a place, such as ("fact", 3, "value") or ("case",), to its line, counted from 1.
    """
    lines: dict[Place, int] = {}
    last: dict[Place, int] = {}  # the number of the latest part of each list of parts
    part: Place = ()
    at, line, depth, fresh = 0, 1, 0, True
    while at < len(text):
        found = None
        if fresh and depth == 0:
            if found := _HEADER.match(text, at):
                part = _open(_split(found[2]), found[1] == "[[", last)
                lines.setdefault(part, line)
                lines.setdefault(part[:1], line)
            elif found := _KEY.match(text, at):
                names = _split(found[1])
                for n in range(len(names)):
                    lines.setdefault((*part, *names[: n + 1]), line)
        fresh = False
        if found is None:
            found = _TOKEN.match(text, at)
            assert found is not None  # the last alternative takes any character
            token = found[0]
            depth += (token in ("[", "{")) - (token in ("]", "}"))
            fresh = token == "\n"
        line += found[0].count("\n")
        at = found.end()
    return lines


def line_of(lines: dict[Place, int], place: Place) -> int | None:
    """Return the line of a place, or of the nearest part around it, or None where none is known."""
    return next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), None)


def _split(names: str) -> list[str]:
    """Split `a."b.c"` into its names."""
    return [name.strip("\"'") for name in re.findall(_NAME, names)]


def _open(names: list[str], is_list: bool, last: dict[Place, int]) -> Place:
    """Return the place that a header opens, and count it where it is one of a list."""
    place: Place = ()
    for n, name in enumerate(names, 1):
        place = (*place, name)
        if n == len(names) and is_list:
            last[place] = last.get(place, -1) + 1
        if place in last:
            place = (*place, last[place])
    return place
