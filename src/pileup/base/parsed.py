"""Reads TOML, JSON and YAML: whatever is wrong with their form, or too much of it, is told in one line."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: No file that people or this program write nests deeper, has longer numbers or is larger (bytes).
MOST_DEEP, MOST_DIGITS, MOST_BYTES = 60, 100, 64_000_000
_LONG = re.compile(rf"(?<![\w.\"'])[-+]?[\d_]{{{MOST_DIGITS + 1},}}(?![\w.\"'])")
#: What brackets do not count in: strings of both forms, comments.
_QUOTED = re.compile(r'"""(?:\\.|(?!""").)*"{3}|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)


#: What JSON can hold: a table, a list, a text, a number, true, false or nothing.
type Json = Any


class NotParsedError(ValueError):
    """A text is not what it should be.

    Parameters
    ----------
    says : str
        What is wrong and would be right.
    line : int, optional
        The line, where the words do not say it.
    """

    def __init__(self, says: str, line: int | None = None) -> None:
        super().__init__(says)
        self.line = line


def text_of(path: Path, most: int = MOST_BYTES) -> str:
    """Return the text of a file.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        How many bytes it may have.

    Raises
    ------
    NotParsedError
        It is too large, or no text in UTF-8.
    OSError
        There is no such file, or it cannot be read.
    """
    if path.exists() and not path.is_file():
        raise NotParsedError("it is no file; the path of a file is right")
    if (size := path.stat().st_size) > most:
        raise NotParsedError(f"it has {size:,} bytes; {most:,} or less is right")
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotParsedError("it is no text in UTF-8; save it as UTF-8", line) from None


def from_toml(content: str) -> dict[str, Any]:
    """Parse TOML.

    Raises
    ------
    NotParsedError
        It is none, it nests too deep, or a number in it is too long.

    Examples
    --------
    >>> from_toml("a = 1")
    {'a': 1}
    >>> from_toml("a = " + "9" * 5000)
    Traceback (most recent call last):
    pileup.base.parsed.NotParsedError: a number of 5,000 digits; 100 or fewer are right
    """
    return _parsed(tomllib.loads, content)


def from_json(content: str | bytes) -> Json:
    """Parse JSON as the standard has it: NaN and Infinity are no numbers.

    Raises
    ------
    NotParsedError
        It is none, it nests too deep, or a number in it is too long.
    """
    if isinstance(content, bytes):
        try:
            content = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NotParsedError("it is no text in UTF-8") from None
    return _parsed(lambda one: json.loads(one, parse_constant=_constant), content)


def from_yaml(content: str) -> tuple[Json, dict[str, int]]:
    """Parse YAML, and JSON with it, into the values that papermill reads: a date stays text.

    Parameters
    ----------
    content : str
        One document.

    Returns
    -------
    tuple of a value and dict
        The value and, where it is a table, the line of each of its keys.

    Raises
    ------
    NotParsedError
        It is none, it nests too deep, a key stands in it twice, or it refers to its own parts.

    Examples
    --------
    >>> from_yaml("state: TX")
    ({'state': 'TX'}, {'state': 1})
    """
    import yaml  # late: few commands need it

    lines: dict[str, int] = {}

    class Loader(yaml.SafeLoader):
        """Takes a date for text, and refuses what a hand-written file has no use for."""

        yaml_implicit_resolvers = {  # noqa: RUF012 - as the class above it has them
            sign: [one for one in found if one[0] != "tag:yaml.org,2002:timestamp"]
            for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                line = self.peek_event().start_mark.line + 1
                raise NotParsedError("it refers to another part with *; write the value itself", line)
            return super().compose_node(parent, index)

    def parse(text: str) -> Json:
        loader = None
        try:
            loader = Loader(text)
            node = loader.get_single_node()
            for key, _value in node.value if isinstance(node, yaml.MappingNode) else ():
                name, line = str(key.value), key.start_mark.line + 1
                if name in lines:
                    raise NotParsedError(f"{name} is given twice, first in line {lines[name]}", line)
                lines[name] = line
            return None if node is None else loader.construct_document(node)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise NotParsedError(error.problem or "it is no YAML", mark and mark.line + 1) from None
        except yaml.YAMLError as error:  # a sign that no text has
            raise NotParsedError(str(error)) from None
        except (TypeError, AttributeError, KeyError, IndexError) as error:  # PyYAML's own, for odd tags
            raise NotParsedError(f"it is no YAML ({error})") from None
        finally:
            if loader:
                loader.dispose()

    return _parsed(parse, content), lines


def _constant(name: str) -> None:
    raise NotParsedError(f"it has {name}, which is no number; a finite number is right")


def _parsed(parse: Callable[[str], Json], content: str) -> Json:
    """Parse a text, and tell in one way what any parser may stumble over."""
    try:
        made = parse(content)
    except (RecursionError, MemoryError):
        raise _too_deep(content) from None
    except NotParsedError:
        raise
    except ValueError as error:
        raise _too_long(content) or NotParsedError(str(error)) from None
    if _is_too_deep(made):
        raise _too_deep(content)
    if _has_too_long(made) and (error := _too_long(content)):
        raise error
    return made


def _is_too_deep(value: object) -> bool:
    """Tell whether a value nests too deep, without recursion."""
    level = [value]
    for _depth in range(MOST_DEEP + 1):
        inner = [one for one in level if isinstance(one, dict | list)]
        if not inner:
            return False
        level = [one for part in inner for one in (part.values() if isinstance(part, dict) else part)]
    return True


def _has_too_long(value: object) -> bool:
    """Tell whether a value that does not nest too deep has a whole number that is too long."""
    if isinstance(value, dict | list):
        return any(map(_has_too_long, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int) and abs(value) >= 10**MOST_DIGITS


def _too_deep(content: str) -> NotParsedError:
    """Say where a text nests too deep."""
    says = f"it nests more than {MOST_DEEP} levels deep; one or two are right"
    depth = 0
    bare = _QUOTED.sub(lambda found: "\n" * found[0].count("\n"), content)
    for line, words in enumerate(bare.split("\n"), 1):
        for sign in re.findall(r"[\[\]{}]", words):
            depth += 1 if sign in "[{" else -1
            if depth > MOST_DEEP:
                return NotParsedError(says, line)
        if words.count(".") > MOST_DEEP - 1:  # a key of so many parts
            return NotParsedError(says, line)
    return NotParsedError(says)


def _too_long(content: str) -> NotParsedError | None:
    """Say where a whole number is longer than any that means something."""
    for line, words in enumerate(content.split("\n"), 1):
        if found := _LONG.search(words):
            digits = sum(map(str.isdigit, found[0]))
            says = f"a number of {digits:,} digits; {MOST_DIGITS} or fewer are right"
            return NotParsedError(says, line)
    return None
