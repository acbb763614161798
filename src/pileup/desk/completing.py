"""What a shell offers for completion: names and values of parameters, cases, sweep files."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from pileup.base.paths import HOME
from pileup.case.load import known_cases
from pileup.files.parameters import Parameters, years_held
from pileup.record.states import STATES
from pileup.words.language import NAMES

#: Where a command keeps the words typed so far.
_WORDS = "pileup.words"


def _years() -> dict[str, str]:
    return {str(year): "" for year in years_held()}


#: The values of a parameter that come from a list, each with what it means.
_LISTED: dict[str, Callable[[], dict[str, str]]] = {
    "state": lambda: dict(STATES),
    "language": lambda: dict(NAMES),
    "exclusions": lambda: {"true": "", "false": ""},
    "first_year": _years,
    "last_year": _years,
}


class Typed(click.Command):
    """Keeps the words typed: a value can be completed only by who knows the name before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep them before click takes them apart."""
        ctx.meta[_WORDS] = [*args]
        return super().parse_args(ctx, args)


def pairs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the parameters that are not given yet, or the values of the one whose name was typed."""
    typed: list[str] = ctx.meta.get(_WORDS, [])
    if typed[-1:] == ["-p"]:
        given = {name for mark, name in pairwise(typed) if mark == "-p"}
        named = {name: field.description or "" for name, field in Parameters.model_fields.items()}
        return _items({name: told for name, told in named.items() if name not in given}, incomplete)
    name = typed[-1] if typed else ""
    if name == "case":
        return cases(ctx, param, incomplete)
    if name == "group":
        return [CompletionItem(incomplete, type="file")]
    return _items(_LISTED[name](), incomplete) if name in _LISTED else []


def cases(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the cases that ship and the case files at hand; what is neither may be any file."""
    return _or_a_file([*known_cases(), *_files(Path(), incomplete)], incomplete)


def sweep_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the sweep files of the project and the TOML files at hand; what is neither may be any file."""
    shipped = HOME / "sweeps"
    near = shipped.parent == Path.cwd()
    return _or_a_file(
        [*(_files(Path("sweeps"), "") if near else []), *_files(Path(), incomplete)], incomplete
    )


def notebooks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the notebooks that come with the package."""
    from pileup.make.notebooks import known_notebooks

    return _items(dict.fromkeys(known_notebooks(), ""), incomplete)


def states(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the states, each with its name."""
    return _items(dict(STATES), incomplete)


def years(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the years that are held."""
    return _items(_years(), incomplete)


def a_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell offer files and folders."""
    return [CompletionItem(incomplete, type="file")]


def _files(folder: Path, incomplete: str) -> list[str]:
    """Return the TOML files of a folder, and of the one that is being typed."""
    typed = incomplete.rpartition("/")[0]
    found = (folder / typed).glob("*.toml")
    return sorted(path.as_posix() for path in found if path.name != "pyproject.toml")


def _or_a_file(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    found = _items(dict.fromkeys(names, ""), incomplete)
    return found or [CompletionItem(incomplete, type="file")]


def _items(values: dict[str, str], incomplete: str) -> list[CompletionItem]:
    """Return the values that begin like the word, whether it is typed in capitals or not."""
    return [
        CompletionItem(value, help=told or None)
        for value, told in values.items()
        if value.lower().startswith(incomplete.lower())
    ]
