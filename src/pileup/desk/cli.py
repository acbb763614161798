"""The command line, `pileup`: its commands under one name, and how a fault is told."""

import signal
import sys

import click

from pileup.base.errors import PileupError
from pileup.desk.commands.case import case, due, messages
from pileup.desk.commands.crash import crash
from pileup.desk.commands.data import data
from pileup.desk.commands.make import parameters, report, sweep
from pileup.desk.commands.notebook import notebook
from pileup.desk.commands.publish import check, diff, index, publish, reproduce, withdraw
from pileup.desk.commands.shell import completion
from pileup.files import parameters as schema

#: The blank line and \b keep click from filling the lines like a paragraph.
_EXAMPLES = """\b
Examples:
  pileup report                        the report of the case that ships
  pileup report -p state Texas         the same, ranked in Texas
  pileup report -f texas.yaml          the same, with parameters from a file
  pileup case new my-case              start a case file of your own
  pileup case check my-case.toml       tell every fault in it, with its line
  pileup report --case my-case.toml    the report of that case
  pileup report --out draft            a page to look at, not published
  pileup diff OLD NEW                  say what changed, in words and numbers
  pileup publish draft                 keep a report as a dated edition
"""


class _Line(click.Group):
    """Tell a user's mistake in one line, with exit status 2 and no traceback."""

    def invoke(self, ctx: click.Context) -> object:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # end in order: temporary folders are removed
        try:
            return super().invoke(ctx)
        except PileupError as error:
            click.echo(f"pileup: {error}", err=True)
            sys.exit(2)
        except click.UsageError as error:
            if advice := _advice(error):
                raise click.UsageError(advice, error.ctx) from None
            raise


def _advice(error: click.UsageError) -> str:
    """Say how a parameter is written, to those who write it as an option or with an equals sign."""
    option = str(getattr(error, "option_name", ""))
    name = option.lstrip("-").replace("-", "_")
    if isinstance(error, click.NoSuchOption) and name in schema.Parameters.model_fields:
        return f"No such option {option!r}; a parameter is written -p {name} VALUE."
    return "-p takes a name and a value, such as -p state TX." if option == "-p" else ""


@click.group(
    cls=_Line,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="pileup")
def main() -> None:
    """Set one crash and one sentence against the public record, and publish what is found."""


for _command in (
    report,
    sweep,
    parameters,
    notebook,
    case,
    crash,
    due,
    messages,
    data,
    check,
    publish,
    withdraw,
    diff,
    reproduce,
    index,
):
    main.add_command(_command)
main.add_command(completion)
