"""`pileup case`, `due` and `messages`: what an editor writes, what is due, what is to be translated."""

import sys
from pathlib import Path

import click

from pileup.base.errors import PileupError
from pileup.base.paths import shown
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
    from pileup.case.warned import warnings
    from pileup.files import toml
    from pileup.words.written import plural

    try:
        checked = load_case(file)
        proof = prove_key(file, fars, aside) if fars else key.proof(checked)
        path = case_path(file)
        from pileup.make.dry import refused, untranslated  # loads much, for a file without a fault only

        faults = toml.lines(path, "case file", refused(file)) + untranslated(checked, path) if path else []
    except PileupError as error:
        if not error.faults:
            raise
        faults = error.faults
    for fault in faults:
        click.echo(fault)
    if faults or not path:
        sys.exit(2)
    held = [
        f"{len(every)} {plural(len(every), one)}"
        for one, every in (("fact", checked.fact), ("source", checked.source))
    ]
    click.echo(f"{path.name}: no faults; {', '.join(held)}")
    for warning in toml.lines(path, "warning: case file", warnings(checked)):
        click.echo(warning)
    if proof.unchecked:
        click.echo(f"{path.name}: note: {proof.unchecked}; --fars FOLDER-or-URL checks it in the files")
    if proof.found and fars:
        click.echo(f"{path.name}: fars_case {proof.found.st_case} is in the files: {key.said(proof.found)}")


@case.command()
@click.argument("slug")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write (default: SLUG.toml)."
)
def new(slug: str, out: Path | None) -> None:
    """Write a starting case file with comments.

    It is valid as it stands, and never written over a file that is there.
    """
    from pileup.case.new import start

    path = start(slug, out)
    click.echo(f"{shown(path)}: change it, then run: pileup case check {shown(path)}")


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
