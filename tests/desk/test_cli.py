"""The command line as a whole: its help, for every command."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from pileup.desk.cli import main


def commands(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command and group."""
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))


@pytest.mark.parametrize("words", [(), *commands()], ids=" ".join)
def test_help_is_text_for_people_and_fits_a_terminal(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*words, "--help"], prog_name="pileup", terminal_width=80)
    assert shown.exit_code == 0
    assert shown.output.startswith(f"Usage: {' '.join(['pileup', *words])} ")
    assert "\\" not in shown.output
    assert "\b" not in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80
    listed = shown.output.partition("Commands:\n")[2].partition("\n\n")[0]
    assert "..." not in listed
    assert all(line.endswith(".") for line in listed.splitlines())
