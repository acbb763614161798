"""`pileup crash`: looks up the crashes in the federal files, to give a case its key."""

import click

from pileup.desk import completing
from pileup.desk.commands.case import aside


@click.group()
def crash() -> None:
    """Look up crashes in the federal files (FARS)."""


@crash.command()
@click.option(
    "--state", required=True, metavar="STATE", shell_complete=completing.states, help="Code or name."
)
@click.option("--date", metavar="DATE", help="Day of the crash, written YYYY-MM-DD.")
@click.option(
    "--year", type=int, shell_complete=completing.years, help="Year of the crash, where the day is not known."
)
@click.option("--vehicles", type=click.IntRange(0), help="Only crashes with so many vehicles.")
@click.option("--deaths", type=click.IntRange(0), help="Only crashes with so many deaths.")
@click.option(
    "--fars",
    metavar="FOLDER-or-URL",
    shell_complete=completing.a_file,
    help="NHTSA's FARS downloads, to look in them; they have the small crashes, too.",
)
def find(
    state: str,
    date: str | None,
    year: int | None,
    vehicles: int | None,
    deaths: int | None,
    fars: str | None,
) -> None:
    """List the crashes of a day, or of a year, with their keys.

    Each with the three lines for its case file. Where none is of the day, those of the day before and after
    are listed. The tables know crashes with 5 or more vehicles or 3 or more deaths; give --fars for others.
    """
    from pileup.case.lookup import candidates

    for line in candidates(state, date, year, vehicles, deaths, fars, aside):
        click.echo(line)
