"""`pileup completion`: the script that lets a shell complete commands, parameters and cases."""

import click
from click.shell_completion import get_completion_class

_SWITCH_ON = """\b
Switch it on:
  bash   echo 'eval "$(pileup completion bash)"' >> ~/.bashrc
  zsh    echo 'eval "$(pileup completion zsh)"' >> ~/.zshrc
  fish   pileup completion fish > ~/.config/fish/completions/pileup.fish
"""


@click.command(epilog=_SWITCH_ON)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script for tab completion in a shell."""
    made = get_completion_class(shell)
    if made:
        click.echo(made(ctx.find_root().command, {}, "pileup", "_PILEUP_COMPLETE").source())
