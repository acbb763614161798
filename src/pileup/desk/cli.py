"""The command line: `pileup report`, `pileup case` and `pileup data`."""

import signal
import sys
from pathlib import Path

import click

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.files import parameters
from pileup.words.language import LANGUAGES, Language


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
    pileup publish draft                   keep a report as a dated edition
    pileup diff OLD NEW                    say what changed, in words and numbers
    pileup reproduce PAGE                  rebuild a page and compare every byte
    pileup due                             list what is to be looked at again
    pileup messages my-case.toml           write what a Spanish page needs translated
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
@click.option("--force", is_flag=True, help="Run it even if nothing has changed since the last run.")
@click.option("--base-url", default="", metavar="URL", help="The public address of the report's folder.")
@click.option(
    "--single-file",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Also write the page as one file, tables and findings inside.",
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path),
    metavar="FILE.pdf",
    help="Also print it as a tagged PDF; needs Chromium or Chrome.",
)
def report(
    case: str | None,
    pairs: tuple[tuple[str, str], ...],
    out: Path | None,
    quiet: bool,
    force: bool,
    base_url: str,
    single_file: Path | None,
    pdf: Path | None,
) -> None:
    """Run the notebook and write the page with its findings, charts and tables."""
    chosen = parameters.from_text([*([("case", case)] if case is not None else []), *pairs])
    from pileup.case.due import warnings
    from pileup.make.run import refresh, write_single

    for line in warnings(chosen):
        click.echo(f"pileup: warning: {line}", err=True)
    progress = not quiet and sys.stderr.isatty()
    page, new = refresh(chosen, out, force, base_url, progress=progress)
    if not new:
        click.echo("pileup: nothing has changed since this report was made; --force runs it again", err=True)
    click.echo(shown(page))
    if single_file:
        write_single(page, single_file)
        click.echo(shown(single_file))
    if pdf:
        from pileup.page.pdf import print_pdf

        print_pdf(page, pdf)
        click.echo(shown(pdf))


@main.command("parameters")
@click.option(
    "--sweep", "of_sweep", is_flag=True, help="That of sweep files, as sweeps/sweep.schema.json is."
)
def parameters_schema(of_sweep: bool) -> None:
    """Print the JSON Schema of the parameters, for editors and other programs."""
    import json

    from pileup.make import sweepfile

    made = sweepfile.schema() if of_sweep else parameters.schema()
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))


@main.command("due")
@click.option("--by", metavar="DATE", help="The last day that counts (default: today).")
@click.option(
    "--case", "cases", multiple=True, metavar="FILE", help="A case file of your own too; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def list_due(by: str | None, cases: tuple[str, ...], as_json: bool) -> None:
    """List what is to be looked at again in all cases: day, case, id and question."""
    import datetime as dt
    import json
    from dataclasses import asdict

    from pileup.case.due import day, due, every

    last = dt.date.today() if by is None else day(by)
    found = due(every(cases), last)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False, default=str))
        return
    for one in found:
        click.echo(f"{one.date}  {one.case}  {one.id}  {one.question}")
    if not found:
        click.echo(f"nothing is due by {last}")


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@click.option("--base-url", default="", metavar="URL", help="The public address of the folder.")
def index(folder: Path | None, base_url: str) -> None:
    """List the reports of a folder (default: reports/): index.html, and feed.xml with their editions."""
    from pileup.base.paths import REPORTS
    from pileup.page.listing import listing

    for name, content in listing(folder or REPORTS, base_url).items():
        path = (folder or REPORTS) / name
        try:
            path.write_bytes(content)
        except OSError as error:
            raise PileupError(f"{shown(path)}: cannot be written ({error.strerror})") from None
        click.echo(shown(path))


@main.command("check")
@click.argument("page", metavar="PAGE-or-FOLDER")
def check_page(page: str) -> None:
    """Hold a page that is made against the guard: every fault, one a line; status 2 where there is one."""
    from pileup.page.check import check_page as look

    path, faults = look(page)
    for fault in faults:
        click.echo(f"{shown(path)}: {fault}")
    if faults:
        sys.exit(2)
    click.echo(f"{shown(path)}: no faults")


@main.group()
def case() -> None:
    """Start or check a case file."""


@case.command()
@click.argument("file", metavar="FILE")
def check(file: str) -> None:
    """Tell every fault of a case file, one a line, with its line; status 2 where there is one."""
    from pileup.case.load import case_path, load_case

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
    from pileup.case.new import start

    path = start(slug, out)
    click.echo(f"{shown(path)}: change it, then run: pileup case check {shown(path)}")


@case.command()
def schema() -> None:
    """Print the JSON Schema of case files, for editors; data/cases/case.schema.json is this."""
    from pileup.case.load import schema as text

    click.echo(text(), nl=False)


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--language", type=click.Choice(LANGUAGES[1:]), default="es", show_default=True)
def messages(file: Path | None, language: Language) -> None:
    """Write the texts that need a translation: FILE.es.po beside a case or law file (default: all that ship).

    Texts that are translated already stay so; what is missing is listed.
    """
    from pileup.desk.messages import of_file, update, update_all
    from pileup.words.translate import catalogue_path

    if file:
        path = catalogue_path(file, language)
        missing = [f"{path.name}: {message}" for message in update(path, language, of_file(file))]
        click.echo(shown(path))
    else:
        missing = update_all()
    for line in missing:
        click.echo(f"pileup: no translation: {line}", err=True)


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
    from pileup.record.tables import verify as check

    for line in check():
        click.echo(line)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where reports are published (default: reports/).",
)
@click.option("--case", default="", metavar="FILE", help="The case file, where the case does not ship.")
def publish(folder: Path, to: Path | None, case: str) -> None:
    """Publish a checked report as the edition of its date; earlier editions stay as they are.

    A published number that changed needs an entry in the case file; `pileup diff` proposes it. Faults are
    told one a line, with status 2, and nothing is written.
    """
    from pileup.base.paths import REPORTS
    from pileup.publish.editions import publish as put

    try:
        current, edition = put(folder, to or REPORTS, case)
    except PileupError as error:
        if not error.faults:
            raise
        for fault in error.faults:
            click.echo(f"pileup: {fault}", err=True)
        sys.exit(2)
    click.echo(shown(current))
    click.echo(shown(edition))


@main.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def diff(old: str, new: str, as_json: bool) -> None:
    """Say what changed between two reports or pages; status 0: nothing, 1: something, 2: a fault."""
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


@main.command()
@click.argument("page", metavar="PAGE-or-FOLDER")
@click.option("--case", default="", metavar="FILE", help="The case file, where the case does not ship.")
@click.option("--group", default="", metavar="FILE", help="The group file, where the page was made with one.")
def reproduce(page: str, case: str, group: str) -> None:
    """Rebuild a page from what it says of itself; status 0: the same bytes, 1: not, 2: a fault."""
    from pileup.publish.editions import reproduce as again
    from pileup.publish.published import page_path

    differences, absent = again(page, case, group)
    for difference in differences:
        click.echo(difference)
    if differences:
        sys.exit(1)
    told = f"; {len(absent)} pictures, scripts and embeds are not kept there" if absent else ""
    click.echo(f"{shown(page_path(page))}: the same, byte for byte{told}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--only", metavar="PATTERN", help="Only reports whose name matches, with * and ?, or holds it.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many, from the first on.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="So many at once (default: one a core)."
)
@click.option("--continue-on-error", "keep_going", is_flag=True, help="Go on when a report fails.")
@click.option("--dry-run", is_flag=True, help="Check everything and list the reports; run none.")
@click.option("--force", is_flag=True, help="Make reports again of which nothing has changed.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="End a report that takes longer.",
)
@click.option("--dask", metavar="ADDRESS", help="Spread the work over the Dask cluster of this scheduler.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the reports (default: under reports/, named for the file).",
)
def sweep(
    file: Path,
    only: str | None,
    limit: int | None,
    jobs: int | None,
    keep_going: bool,
    dry_run: bool,
    force: bool,
    timeout: float,
    dask: str | None,
    out: Path | None,
) -> None:
    """Make many reports: those that FILE lists and of which something has changed; status 1 if one fails."""
    from pileup.base.paths import REPORTS
    from pileup.make.sweep import choose, counts
    from pileup.make.sweep import sweep as make
    from pileup.make.sweepfile import read

    title, tasks = read(file)
    chosen = choose(tasks, only, limit)
    if dry_run:
        for task in chosen:
            click.echo(task.name)
        click.echo(f"{len(chosen)} of {len(tasks)} reports; none was run")
        return
    folder = (out or REPORTS / file.stem).resolve()
    lines = make(title, chosen, folder, jobs, keep_going, force, timeout, dask, echo=click.echo)
    told = ", ".join(f"{number} {status}" for status, number in counts(lines).items())
    for line in lines:
        if line.status == "failed":
            click.echo(f"{line.name}: {f'cell {line.cell}: ' if line.cell else ''}{line.message}", err=True)
    click.echo(f"{shown(folder / 'index.html')}: {told}")
    if any(line.status == "failed" for line in lines):
        sys.exit(1)
