"""`pileup report`, `pileup sweep` and `pileup parameters`: one report, many, and what they can be asked."""

import os
import sys
from pathlib import Path

import click

from pileup.base.errors import PileupError
from pileup.base.paths import shown
from pileup.desk import completing
from pileup.files import given
from pileup.files import parameters as schema
from pileup.files.elsewhere import check_address, is_elsewhere


class _Report(completing.Typed):
    """Lists the parameters under the options."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        fields = schema.Parameters.model_fields.items()
        with formatter.section("Parameters, each set with -p NAME VALUE"):
            formatter.write_dl(
                [(name, _told(field.description, schema.default(name))) for name, field in fields]
            )


class _Here(click.Path):
    """A path on this machine: `s3://...` would otherwise make a folder named `s3:`."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Refuse an address."""
        if is_elsewhere(str(value)):
            option = param.opts[0] if param else "path"
            raise PileupError(
                f"{option} {value}: it is made on this machine; name a path, and copy what is made (only"
                " --single-file writes to an address)"
            )
        return super().convert(value, param, ctx)


def _told(description: str | None, default: object) -> str:
    """Say what a parameter is and, where that is a value, what it is unless it is set."""
    value = str(default).lower() if isinstance(default, bool) else str(default)
    return f"{description}." + (f"  [default: {value}]" if value else "")


@click.command(cls=_Report)
@click.option(
    "--case",
    "case",
    metavar="ID-or-FILE",
    shell_complete=completing.cases,
    help="A case under data/cases, or the path of a case file.",
)
@click.option(
    "-p",
    "pairs",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    shell_complete=completing.pairs,
    help="Set a parameter; may be repeated.",
)
@click.option(
    "-f",
    "--parameters-file",
    "files",
    multiple=True,
    metavar="FILE",
    shell_complete=completing.a_file,
    help="Take parameters from a YAML or JSON file; -p comes before it. May be repeated.",
)
@click.option(
    "--out",
    type=_Here(path_type=Path),
    metavar="DIR",
    help="Folder for the report (default: one under reports/).",
)
@click.option("--quiet", is_flag=True, help="No progress bar and no answer: only the page's path.")
@click.option("--force", is_flag=True, help="Run it even if nothing has changed since the last run.")
@click.option("--base-url", default="", metavar="URL", help="The public address of the report's folder.")
@click.option(
    "--single-file",
    metavar="FILE.html",
    help="Also write the page as one file, tables and findings inside; s3://... is right, too.",
)
@click.option("--working", is_flag=True, help="Also put the numbered notebooks, run for it, beside the page.")
@click.option(
    "--pdf",
    type=_Here(path_type=Path),
    metavar="FILE.pdf",
    help="Also print it as a tagged PDF; needs Chromium or Chrome.",
)
def report(
    case: str | None,
    pairs: tuple[tuple[str, str], ...],
    files: tuple[str, ...],
    out: Path | None,
    quiet: bool,
    force: bool,
    base_url: str,
    single_file: str | None,
    working: bool,
    pdf: Path | None,
) -> None:
    """Make a report: run the notebook, write the page.

    The page stands in a folder with its findings, charts and tables. The answer is told in a few lines, and
    then stands the path of the page, and of what else was asked for.
    """
    typed = [*([("case", case)] if case is not None else []), *pairs]
    chosen = schema.from_text(typed, given.from_files(files))
    from pileup.case.due import warnings
    from pileup.make.run import refresh, write_single

    local = Path(single_file) if single_file and not is_elsewhere(single_file) else None
    for option, file in (("--single-file", local), ("--pdf", pdf)):
        if file and (file.is_dir() or not file.absolute().parent.is_dir()):
            raise PileupError(f"{option} {file}: no place for a file; name one in a folder that is there")
    if base_url and not (base_url.startswith(("https://", "http://")) and base_url.endswith("/")):
        raise PileupError(
            f"--base-url {base_url}: no public folder; write https://.../ with a slash at the end"
        )

    if single_file and not local:
        check_address(single_file)
    for line in warnings(chosen):
        click.echo(f"pileup: warning: {line}", err=True)
    progress = not quiet and sys.stderr.isatty()
    page, new = refresh(chosen, out, force, base_url, working, progress=progress)
    if not new:
        click.echo("pileup: nothing has changed since this report was made; --force runs it again", err=True)
    if not quiet:
        from pileup.story.answer import of_page

        click.echo("\n".join(of_page(page, chosen.case)))
    click.echo(shown(page))
    if single_file:
        write_single(page, single_file)
        click.echo(shown(local) if local else single_file)
    if pdf:
        from pileup.page.pdf import print_pdf

        print_pdf(page, pdf)
        click.echo(shown(pdf))


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path), metavar="FILE", shell_complete=completing.sweep_files
)
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
    type=_Here(path_type=Path),
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
    """Make many reports: those that a file lists.

    What is made and has not changed is not made again. Status 1 if a report fails.
    """
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


@click.command()
@click.option(
    "--sweep", "of_sweep", is_flag=True, help="That of sweep files, as sweeps/sweep.schema.json is."
)
def parameters(of_sweep: bool) -> None:
    """Print the JSON Schema of the parameters.

    For editors and other programs; `pileup report --help` lists them for people.
    """
    import json

    from pileup.make import sweepfile

    made = sweepfile.schema() if of_sweep else schema.schema()
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))
