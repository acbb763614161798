"""The command line as a whole: its help, for every command."""

from collections.abc import Callable, Iterator
from pathlib import Path

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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "-p", "state=TX"), "-p takes a name and a value, such as -p state TX."),
        (("report", "--first-year", "1990"), "a parameter is written -p first_year VALUE."),
        (
            ("report", "--base-url", "news.example"),
            "pileup: --base-url news.example: no public folder; write",
        ),
        (("report", "--single-file", "."), "pileup: --single-file .: no place for a file; name one in"),
        (("report", "--pdf", "nowhere/page.pdf"), "pileup: --pdf nowhere/page.pdf: no place for a file;"),
        (("report", "--out", "/"), "pileup: --out /: the folder holds "),
    ],
)
def test_a_slip_of_the_hand_is_told_before_anything_is_run(words: tuple[str, ...], said: str) -> None:
    ran = CliRunner().invoke(main, words, prog_name="pileup")
    assert (ran.exit_code, said in ran.output) == (2, True), ran.output


def test_a_case_of_ones_own_takes_no_shipped_page_s_place(
    write_case: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_case().rename("puebla.toml")
    ran = CliRunner().invoke(main, ["report", "--case", "puebla.toml"], prog_name="pileup")
    assert ran.exit_code == 2
    assert "case file puebla.toml: a case of this name ships" in ran.output
