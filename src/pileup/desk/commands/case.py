"""`pileup case`, `due` and `messages`: what an editor writes, what is due, what is to be translated."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.case.asked import QUESTIONS, Question
from pileup.desk import completing
from pileup.words.language import LANGUAGES, Language


def aside(line: str) -> None:
    """Tell what is no part of a command's answer."""
    click.echo(line, err=True)


@click.group()
def case() -> None:
    """Start or check a case file."""


@case.command()
@click.argument("file", metavar="FILE", shell_complete=completing.cases)
@click.option(
    "--fars",
    metavar="FOLDER-or-URL",
    shell_complete=completing.a_file,
    help="NHTSA's FARS downloads, to prove the key of any crash in them.",
)
def check(file: str, fars: str | None) -> None:
    """Tell every fault of a case file, with its line.

    One a line; status 2 where there is one. Its own words are held against the rules of the page, and the
    translations beside it against the file. A warning is told and is no fault, and so is a note that the key
    of the crash could not be proved.
    """
    from pileup.case import key
    from pileup.case.load import case_path, load_case, prove_key
    from pileup.case.plausible import to_come
    from pileup.case.upgrade import former_keys
    from pileup.case.warned import warnings
    from pileup.files import toml
    from pileup.words.written import plural

    path = case_path(file)
    name = path.name if path else file
    older = []
    if path:
        older = [
            f"{name}, {told}; pileup case upgrade {shown(path)} rewrites it" for told in former_keys(path)
        ]
    try:
        checked = load_case(file)
        proof = prove_key(file, fars, aside) if fars else key.proof(checked)
        from pileup.make.dry import refused, untranslated  # loads much, for a file without a fault only

        faults = []
        if path:
            faults = toml.lines(path, "case file", [*to_come(checked), *refused(file, checked)])
            faults += untranslated(checked, path)
    except PileupError as error:
        if not error.faults:
            raise
        from pileup.make.dry import besides, line_told

        faults = sorted([*error.faults, *(besides(path, list(error.faults)) if path else [])], key=line_told)
    for fault in [*faults, *older] if faults else []:
        click.echo(fault)
    if faults or not path:
        sys.exit(2)
    held = [
        f"{len(every)} {plural(len(every), one)}"
        for one, every in (("fact", checked.fact), ("source", checked.source))
    ]
    click.echo(f"{name}: no faults; {', '.join(held)}")
    for line in older:
        click.echo(line)
    for warning in toml.lines(path, "warning: case file", warnings(checked)):
        click.echo(warning)
    if proof.unchecked:
        click.echo(f"{name}: note: {proof.unchecked}; --fars FOLDER-or-URL checks it in the files")
    if proof.found and fars:
        click.echo(f"{name}: fars_case {proof.found.st_case} is in the files: {key.said(proof.found)}")


def _asked(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each question that it asks."""
    for one in reversed(QUESTIONS):
        told = f"{one.asks} Such as {one.such_as}."
        command = click.option(one.option, one.name, metavar="ANSWER", help=told)(command)
    return command


@case.command()
@click.argument("slug")
@click.option("--blank", is_flag=True, help="Ask nothing; write a template with an example of each part.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write (default: SLUG.toml)."
)
@_asked
def new(slug: str, blank: bool, out: Path | None, **typed: str | None) -> None:
    """Ask what you know of a crash, and write its case file.

    In a terminal it asks what is not given as an option; Enter says that it is not known. The file has
    comments, gives a page as it stands, and is never written over one that is there.
    """
    from pileup.case.asked import answers
    from pileup.case.new import start

    told = [one.option for one in QUESTIONS if typed[one.name] is not None]
    if blank:
        if told:
            raise PileupError(f"--blank asks nothing, and {told[0]} is an answer; leave one out")
        path = start(slug, out)
    else:
        if at_terminal():
            typed = _ask(typed)
        elif not told:
            needed = ", ".join(one.option for one in QUESTIONS if one.needed)
            raise PileupError(
                f"case new asks what you know, and there is no terminal to ask in; give {needed} and what"
                " else is known as options (pileup case new --help lists them), or --blank for a template"
            )
        path = start(slug, out, answers(typed))
    click.echo(f"{shown(path)}: change it, then run: pileup case check {shown(path)}")


def at_terminal() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _ask(typed: dict[str, str | None]) -> dict[str, str | None]:
    """Ask each question that no option answers and that fits the answers so far."""
    click.echo("Press Enter where it is not known.")
    given: dict[str, Any] = {}
    answered = dict(typed)
    if typed["sentence"] and not typed["outcome"]:
        answered["outcome"] = "sentenced"
    for one in QUESTIONS:
        text = answered[one.name]
        if text is None and one.fits(given):
            text = click.prompt(
                f"{one.asks} ({one.such_as})", default="", show_default=False, value_proc=_right(one)
            )
            answered[one.name] = text
        if text:
            try:
                given[one.name] = one.read(text)
            except ValueError as error:
                raise PileupError(f"{one.option}: {error}") from None
    return answered


def _right(question: Question) -> Callable[[str], str]:
    """Return what takes an answer as typed, and says what would be right where it cannot be."""

    def take(text: str) -> str:
        try:
            if text.strip():
                question.read(text.strip())
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        if question.needed and not text.strip():
            raise click.UsageError("a case file cannot do without it")
        return text.strip()

    return take


@case.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", shell_complete=completing.a_file)
@click.option("--dry-run", is_flag=True, help="Tell what would change; write nothing.")
def upgrade(file: Path, dry_run: bool) -> None:
    """Rewrite a case or law file of an earlier version.

    Comments are kept, and each change is told with its line. It is written only where the result has no
    fault that the file had not; what is left to you is told, with status 2.
    """
    from pileup.case import upgrade as earlier
    from pileup.words.translate import catalog_path
    from pileup.words.written import plural

    made = earlier.upgrade(file)
    for change in made.changes:
        click.echo(f"{file.name}, {change}")
    many = f"{len(made.changes)} {plural(len(made.changes), 'change')}"
    if not made.changes:
        click.echo(f"{file.name}: nothing to upgrade")
    elif dry_run:
        click.echo(f"{file.name}: {many} to make; nothing was written")
    else:
        earlier.write(file, made.text)
        click.echo(f"{file.name}: {many} made")
        for catalog in (catalog_path(file, language) for language in LANGUAGES[1:]):
            if catalog.is_file():
                click.echo(f"{catalog.name}: run pileup messages {shown(file)}, where a text changed")
    for fault in made.left:
        click.echo(f"left to you: {fault}")
    if made.left:
        sys.exit(2)


@case.command()
def schema() -> None:
    """Print the JSON Schema of case files.

    For editors; data/cases/case.schema.json is this.
    """
    from pileup.case.load import schema as text

    click.echo(text(), nl=False)


@click.command()
@click.option("--by", metavar="DATE", help="The last day that counts (default: today).")
@click.option(
    "--case",
    "cases",
    multiple=True,
    metavar="FILE",
    shell_complete=completing.a_file,
    help="A case file of your own too; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def due(by: str | None, cases: tuple[str, ...], as_json: bool) -> None:
    """List what is to be looked at again.

    Of all cases: day, case, id and question.
    """
    import datetime as dt
    import json
    from dataclasses import asdict

    from pileup.case.due import day, every
    from pileup.case.due import due as looked

    last = dt.date.today() if by is None else day(by)
    found = looked(every(cases), last)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False, default=str))
        return
    for one in found:
        click.echo(f"{one.date}  {one.case}  {one.id}  {one.question}")
    if not found:
        click.echo(f"nothing is due by {last}")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--language", type=click.Choice(LANGUAGES[1:]), default="es", show_default=True)
def messages(file: Path | None, language: Language) -> None:
    """Write the texts that need a translation.

    FILE.es.po beside a case or law file (default: all catalogs that ship). Texts that are translated
    already stay so; what is missing is listed, and what says another number than its text is refused.
    A word that strays from the glossary is named.
    """
    from pileup.desk.messages import of_file, update, update_all
    from pileup.words.faithful import unfaithful
    from pileup.words.glossary import astray
    from pileup.words.language import read_messages
    from pileup.words.translate import catalog_path

    if file:
        path = catalog_path(file, language)
        missing = [f"{path.name}: {message}" for message in update(path, language, of_file(file))]
        whole = read_messages(path, language)
        wrong = unfaithful(whole, language, path.name)
        click.echo(shown(path))
        for line in astray(whole, path.name):
            click.echo(f"pileup: glossary: {line}", err=True)
    else:
        missing, wrong = update_all()
    for line in [*(f"no translation: {line}" for line in missing), *wrong]:
        click.echo(f"pileup: {line}", err=True)
    if wrong:
        sys.exit(2)
