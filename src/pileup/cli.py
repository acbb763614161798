"""The command line: `pileup report`, `pileup case` and `pileup data`."""

import signal
import sys
from pathlib import Path

import click

from pileup import parameters
from pileup.errors import PileupError
from pileup.paths import shown


class _Line(click.Group):
    """Tell a user's mistake in one line, with exit status 2 and no traceback."""

    def invoke(self, ctx: click.Context) -> object:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # end in order: temporary folders are removed
        try:
            return super().invoke(ctx)
        except PileupError as error:
            click.echo(f"pileup: {error}", err=True)
            sys.exit(2)


def _parameter_help() -> str:
    """List the parameters with their defaults, for `pileup report --help`."""
    fields = parameters.Parameters.model_fields.items()
    return "\n".join(f"  {name} (default {field.default!r}): {field.description}" for name, field in fields)


@click.group(cls=_Line, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="pileup")
def main() -> None:
    r"""Set one crash and one sentence against the public record, and publish what is found.

    \b
    pileup report                          the report of the case that ships
    pileup report -p state TX              the same, ranked in Texas
    pileup report --case my-case.toml      the report of a case of your own
    pileup case new my-case                start a case file of your own
    pileup case check my-case.toml         tell every fault in it, with its line
    pileup data verify                     check the data that ship
    """


@main.command(epilog="\b\nParameters:\n" + _parameter_help())
@click.option(
    "--case", "case", metavar="ID-or-FILE", help="A case under data/cases, or the path of a case file."
)
@click.option(
    "-p", "pairs", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter; may be repeated."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the report (default: under reports/).",
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
def report(case: str | None, pairs: tuple[tuple[str, str], ...], out: Path | None, quiet: bool) -> None:
    """Run the notebook and write the page with its findings, charts and tables."""
    chosen = parameters.from_text([*([("case", case)] if case is not None else []), *pairs])
    from pileup.run import due, make_report

    for line in due(chosen):
        click.echo(f"pileup: warning: {line}", err=True)
    page = make_report(chosen, out, progress=not quiet and sys.stderr.isatty())
    click.echo(shown(page))


@main.group()
def case() -> None:
    """Start or check a case file."""


@case.command()
@click.argument("file", metavar="FILE")
def check(file: str) -> None:
    """Tell every fault of a case file, one a line, with its line; status 2 where there is one."""
    from pileup.case import case_path, load_case

    try:
        checked = load_case(file)
    except PileupError as error:
        if not error.faults:
            raise
        for fault in error.faults:
            click.echo(fault)
        sys.exit(2)
    path = case_path(file)
    name = path.name if path else file
    click.echo(f"{name}: no faults; {len(checked.fact)} facts, {len(checked.source)} sources")


@case.command()
@click.argument("slug")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write (default: SLUG.toml)."
)
def new(slug: str, out: Path | None) -> None:
    """Write a starting case file with comments, valid as it stands; never over a file that is there."""
    from pileup.casenew import start

    path = start(slug, out)
    click.echo(f"{shown(path)}: change it, then run: pileup case check {shown(path)}")


@case.command()
def schema() -> None:
    """Print the JSON Schema of case files, for editors; data/cases/case.schema.json is this."""
    from pileup.case import schema as text

    click.echo(text(), nl=False)


@main.group()
def data() -> None:
    """Rebuild or check the tables under data/."""


@data.command()
@click.option(
    "--fars",
    metavar="URL-or-FOLDER",
    help="NHTSA's FARS downloads: a base address or a folder laid out like it.",
)
@click.option(
    "--ussc",
    metavar="FILE-DIR-or-URL",
    help="The Sentencing Commission's individual files: a parquet or CSV file, a zip, a folder, an address.",
)
@click.option("--states", metavar="FOLDER", help="The state extracts of prison terms.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the tables (default: the project's data/).",
)
def build(fars: str | None, ussc: str | None, states: str | None, out: Path | None) -> None:
    """Rebuild the tables from the sources' own files; a source that is not given keeps its tables."""
    from pileup.paths import DATA
    from pileup.sources.build import build as rebuild

    rebuild(fars=fars, ussc=ussc, states=states, out=out or DATA, echo=click.echo)


@data.command("cook-county")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE.json",
    help="The group file to write.",
)
@click.option("--from", "source", metavar="URL-or-FILE", help="Another address, or a CSV saved from it.")
@click.option("--token", help="A Socrata app token, for those who are throttled without one.")
def cook_county(out: Path, source: str | None, token: str | None) -> None:
    """Load Cook County's sentences for deaths by vehicle as one more group to compare with.

    Live, so nothing of it ships: give the file to a report with `-p group FILE.json`.
    """
    import json

    from pileup.sources import cook_county as county

    live = source is None or source.startswith(("http://", "https://"))
    rows = county.load(source or county.ADDRESS, token) if live else county.read(str(source))
    group = county.as_group(rows)
    try:
        out.write_text(json.dumps(group, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise PileupError(f"{out}: cannot be written ({error.strerror})") from None
    for note in group["notes"]:
        click.echo(note)


@data.command()
def verify() -> None:
    """Check every table on disk against data/datapackage.json."""
    from pileup.data import verify as check

    for line in check():
        click.echo(line)
