"""`pileup data`: rebuild or check the tables, and load one more group to compare with."""

from pathlib import Path

import click

from pileup.base.errors import PileupError


@click.group()
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
    """Rebuild the tables from the sources' own files.

    A source that is not given keeps its tables.
    """
    from pileup.base.paths import DATA
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
    """Load one more group to compare with.

    Cook County's sentences for deaths by vehicle. Live, so nothing of it ships: give the file to a report
    with `-p group FILE.json`.
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
    from pileup.record.tables import verify as check

    for line in check():
        click.echo(line)
