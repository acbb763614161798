"""`pileup check`, `publish`, `diff`, `reproduce` and `index`: a page that is made, and its editions."""

import sys
from pathlib import Path

import click

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.desk import completing

#: What a page was made with and does not ship.
_CASE = click.option(
    "--case",
    default="",
    metavar="FILE",
    shell_complete=completing.cases,
    help="The case file, where the case does not ship.",
)
_GROUP = click.option(
    "--group",
    default="",
    metavar="FILE",
    shell_complete=completing.a_file,
    help="The group file, where the page was made with one.",
)


@click.command()
@click.argument("page", metavar="PAGE-or-FOLDER", shell_complete=completing.a_file)
def check(page: str) -> None:
    """Hold a finished report against what was placed on it.

    The page and all that stands beside it. Every fault, one a line; status 2 where there is one. A note says
    what could not be held.
    """
    from pileup.page.check import check_page

    checked = check_page(page)
    for fault in checked.faults:
        click.echo(f"{shown(checked.page)}: {fault}")
    for note in checked.notes:
        click.echo(f"{shown(checked.page)}: note: {note}")
    if checked.faults:
        sys.exit(2)
    click.echo(f"{shown(checked.page)}: no faults")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where reports are published (default: reports/).",
)
@_CASE
@_GROUP
def publish(folder: Path, to: Path | None, case: str, group: str) -> None:
    """Publish a report as the edition of its date.

    The report is made again from its inputs, and a draft that differs is refused. Earlier editions stay as
    they are. A published number that changed needs an entry in the case file; `pileup diff` proposes it.
    Faults are told one a line, with status 2, and nothing is written.
    """
    from pileup.base.paths import REPORTS
    from pileup.publish.editions import publish as put

    def tell(line: str) -> None:
        click.echo(f"pileup: {line}", err=True)

    try:
        current, edition = put(folder, to or REPORTS, case, group, sys.stderr.isatty(), tell)
    except PileupError as error:
        if not error.faults:
            raise
        for fault in error.faults:
            click.echo(f"pileup: {fault}", err=True)
        sys.exit(2)
    click.echo(shown(current))
    click.echo(shown(edition))


@click.command()
@click.argument("report", metavar="REPORT")
@click.argument("edition", metavar="EDITION")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for readers: one sentence.")
@click.option("--date", required=True, metavar="YYYY-MM-DD", help="The day of the withdrawal.")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where reports are published (default: reports/).",
)
def withdraw(report: str, edition: str, reason: str, date: str, to: Path | None) -> None:
    """Take a published edition back.

    Its files are removed, and a dated notice with the reason stands in its place. REPORT is the name of its
    folder, EDITION that of the edition's, such as 2026-11-27. Run `pileup index` afterward.
    """
    from pileup.base.paths import REPORTS
    from pileup.publish.editions import withdraw as take_back

    for path in take_back(report, edition, reason, date, to or REPORTS):
        click.echo(shown(path))


@click.command()
@click.argument("old", metavar="OLD", shell_complete=completing.a_file)
@click.argument("new", metavar="NEW", shell_complete=completing.a_file)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def diff(old: str, new: str, as_json: bool) -> None:
    """Say what changed between two reports or pages.

    Status 0: nothing, 1: something, 2: a fault.
    """
    import json

    from pileup.publish.diff import compare
    from pileup.publish.published import read_page
    from pileup.publish.words import as_record, lines

    before, after = read_page(old), read_page(new)
    found = compare(before, after)
    if as_json:
        click.echo(json.dumps(as_record(found, before, after), indent=1, ensure_ascii=False))
    else:
        for line in lines(found, before, after):
            click.echo(line)
    sys.exit(1 if any(found.values()) else 0)


@click.command()
@click.argument("page", metavar="PAGE-or-FOLDER", shell_complete=completing.a_file)
@_CASE
@_GROUP
def reproduce(page: str, case: str, group: str) -> None:
    """Rebuild a page and compare every byte.

    From what it says of itself. Status 0: the same bytes, 1: not, 2: a fault.
    """
    from pileup.publish.editions import reproduce as again
    from pileup.publish.published import page_path

    differences, absent = again(page, case, group)
    for difference in differences:
        click.echo(difference)
    if differences:
        sys.exit(1)
    told = f"; {len(absent)} pictures, scripts and embeds are not kept there" if absent else ""
    click.echo(f"{shown(page_path(page))}: the same, byte for byte{told}")


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--base-url", default="", metavar="URL", help="The public address of the folder.")
def index(folder: Path | None, base_url: str) -> None:
    """List the reports of a folder.

    Writes index.html, and feed.xml with their editions, into it (default: reports/).
    """
    from pileup.base.paths import REPORTS
    from pileup.page.listing import listing

    for name, content in listing(folder or REPORTS, base_url).items():
        path = (folder or REPORTS) / name
        try:
            path.write_bytes(content)
        except OSError as error:
            raise PileupError(f"{shown(path)}: cannot be written ({error.strerror})") from None
        click.echo(shown(path))
