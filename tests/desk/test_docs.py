"""What the documents tell people to type: it runs, in order, and nothing that can be typed is left out."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import platformdirs
import pytest

from common import ROOT
from pileup.desk.cli import main
from pileup.files.parameters import Parameters

#: Each is run from its top to its end, in a copy of the project of its own.
DOCUMENTS = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
#: What stands on the page as a command line, by its first word.
PROGRAMS = ("pileup", "make", "papermill", "jupyter", "echo", "conda", "source", "python")
#: How the lines that are not run begin, and why; those of `pileup` are still parsed.
NOT_RUN = {
    "make test": "runs these tests",
    "make .venv/test.stamp": "sets up the environment that runs this",
    "make lint": "is about files that a copy without its history lacks; .ci/run runs it",
    "pileup data cook-county": "asks a server",
    "pileup withdraw": "takes away the page that later lines need; tests/publish/test_editions.py does it",
    "pileup data build": "asks a server",
    "pileup report -p group cook.json": "needs what the server gave",
    "pileup report --out draft --pdf": "needs Chromium; tests/page/test_listing.py prints one",
    "pileup sweep sweeps/all-states.toml --dask": "needs a cluster; tests/make/test_sweep.py starts one",
}
#: A whole line that takes minutes.
TOO_LONG = {"pileup sweep sweeps/all-states.toml": "makes 51 reports"}
#: What a line does here: the environment is there already, so make need not set one up.
INSTEAD = {"make report": "pileup report"}


def _lines(document: str) -> list[str]:
    """Return the command lines of a document's code blocks, without their comments."""
    text = (ROOT / document).read_text(encoding="utf-8")
    blocks = [line[4:] for line in text.splitlines() if line.startswith("    ")]
    blocks += [
        line for block in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S) for line in block.splitlines()
    ]
    told = (re.sub(r"\s+# .*", "", line).removeprefix(".venv/bin/").strip() for line in blocks)
    # What a benchmark printed begins with a name too, but stands in columns.
    return [line for line in told if line.split(" ")[0] in PROGRAMS and "  " not in line]


def _named(document: str) -> list[str]:
    """Return the commands of `pileup` that a document names within its text."""
    text = (ROOT / document).read_text(encoding="utf-8")
    spans = re.findall(r"`(?:\.venv/bin/)?(pileup(?: [^`\n]+)?)`", text)
    return [span for span in spans if span != "pileup" and not span.startswith(("pileup.", "pileup["))]


def _command(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that words name, and what is left of them."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    return command, words


def _commands(group: click.Group = main, before: str = "pileup") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        inside = isinstance(command, click.Group)
        found |= _commands(command, f"{before} {name}") if inside else {f"{before} {name}": command}
    return found


def _is_run(line: str) -> bool:
    return line not in TOO_LONG and not line.startswith(tuple(NOT_RUN))


@pytest.fixture
def project(tmp_path: Path) -> dict[str, str]:
    """A copy of the project with a `pileup` that runs it; the environment of a shell that stands in it."""
    for name in ("src", "data", "notebooks", "sweeps", "reports/aguilera-mederos"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "uv.lock", tmp_path)
    shim, home = tmp_path / ".venv" / "bin" / "pileup", tmp_path / ".home"
    shim.parent.mkdir(parents=True)
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -m pileup "$@"\n')
    shim.chmod(0o755)
    (home / ".config" / "fish" / "completions").mkdir(parents=True)
    return {
        "PATH": f"{shim.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(tmp_path / "src"),
        "HOME": str(home),
        "XDG_CACHE_HOME": str(platformdirs.user_cache_path()),
    }


@pytest.mark.slow
@pytest.mark.parametrize("document", [name for name in DOCUMENTS if any(map(_is_run, _lines(name)))])
def test_a_documents_commands_run_in_their_order(
    document: str, tmp_path: Path, project: dict[str, str]
) -> None:
    if document != "README.md":
        _run("pileup report", tmp_path, project)  # each says that it begins after `make report`
    for line in filter(_is_run, _lines(document)):
        _run(INSTEAD.get(line, line), tmp_path, project)
    # The plain route puts the library beside its pages; a report of the project's own has it inside.
    plain = any("--to report" in line for line in _lines(document))
    assert not [*([] if plain else tmp_path.glob("plotly-*")), *tmp_path.glob(".report-*")]


def _run(line: str, folder: Path, environment: dict[str, str]) -> None:
    ran = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, f"{line}\n{ran.stdout}{ran.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_tells_to_type_can_be_typed(document: str) -> None:
    for line in (one for one in _lines(document) if one.startswith("pileup ")):
        command, words = _command(shlex.split(line.partition(" >")[0])[1:])
        command.make_context(line, words)
    for span in _named(document):
        command, words = _command([word for word in span.split()[1:] if not word.isupper()])
        known = {option for one in command.params for option in one.opts} | {"--help", "-h"}
        given = {word for word in words if word.startswith("-")}
        assert given <= known, span


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_target_of_make_and_every_file_that_a_document_names_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z./-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = [line.split()[1] for line in _lines(document) if line.startswith("make ")]
    assert {*named, *re.findall(r"`make ([a-z-]+)[ `]", text)} <= {*targets}
    linked = [link.partition("#")[0] for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text)]
    assert [link for link in linked if not (ROOT / document).parent.joinpath(link).exists()] == []


def test_lines_that_are_not_run_stand_in_a_document() -> None:
    every = [line for document in DOCUMENTS for line in _lines(document)]
    assert [one for one in (*NOT_RUN, *TOO_LONG) if not any(line.startswith(one) for line in every)] == []


@pytest.mark.parametrize("name", _commands())
def test_every_command_with_its_options_stands_in_the_list_of_commands(name: str) -> None:
    table = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    (row,) = [line for line in table.splitlines() if line.startswith(f"| `{name}` |")]
    options = {
        option for one in _commands()[name].params if isinstance(one, click.Option) for option in one.opts
    }
    assert {*re.findall(r"`(-[^`]*)`", row)} == options - {"--help", "-h"}


def test_every_command_and_every_parameter_is_told_of_outside_that_list() -> None:
    texts = {
        name: (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS if name != "docs/commands.md"
    }
    every = "\n".join(texts.values())
    assert [name for name in _commands() if name not in every] == []
    assert [name for name in Parameters.model_fields if f"`{name}`" not in texts["docs/reporter.md"]] == []
    assert "pileup parameters" in every
