"""Runs a notebook's cells in this process, in the kernel's own shell, and hands on what they show."""

import contextlib
import io
import os
import sys
import types
from collections.abc import Callable
from typing import Any

from jupyter_client.session import Session
from traitlets.config import Config

#: A notebook may print this much (characters, both streams together); more is a loop that went wrong.
MOST_PRINTED = 10_000_000

Message = dict[str, Any]


class PrintedTooMuch(Exception):  # noqa: N818 - the name is what a reporter reads
    """A notebook printed without end."""


def cells() -> Callable[[str, Callable[[Message], Any]], bool]:
    """Return what runs the cells of a new notebook, one after another, as a child's worker."""
    return Shell().run


def _message(kind: str, content: dict[str, Any]) -> Message:
    """Make a message as a kernel sends it, as far as nbclient reads it."""
    return {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}, "content": content}


def failed(name: str, says: str) -> Message:
    """Make the message of an error that the notebook could not send itself."""
    return _message("error", {"ename": name, "evalue": says, "traceback": [f"{name}: {says}"]})


class Shell:
    """The kernel's own shell without its sockets: messages go to a function."""

    def __init__(self) -> None:
        # Not above: papermill imports this module with our engine, and tqdm takes every process that has
        # imported the kernel's shell for a notebook, and draws its bar as a widget that no terminal shows.
        from ipykernel.compiler import XCachingCompiler
        from ipykernel.zmqshell import ZMQInteractiveShell

        shown = self

        class Direct(Session):
            """Hands on what a kernel would put on a socket."""

            def send(
                self,
                _stream: object,
                msg_or_type: str | Message,
                content: Message | None = None,
                *_: Any,
                **__: Any,
            ) -> None:
                if isinstance(msg_or_type, dict):
                    msg_or_type, content = msg_or_type["msg_type"], msg_or_type["content"]
                shown.flush()
                shown.hand_on(_message(msg_or_type, content or {}))

        self.hand_on: Callable[[Message], Any] = lambda message: None
        self.printed = 0
        self.streams = {name: _Stream(name, self) for name in ("stdout", "stderr")}
        self.held: dict[str, list[str]] = {name: [] for name in self.streams}
        # A kernel keeps what is typed in a database; a report's cells are in the report.
        config = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})
        shell = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
        # pandas was imported before there was a shell, and took this for a terminal, which cuts no columns.
        if "pandas" in sys.modules:
            sys.modules["pandas"].options.display.max_columns = 20
        shell.kernel = types.SimpleNamespace(eventloop=None)
        parts: list[Any] = [shell.displayhook, shell.display_pub]
        for part in parts:
            part.session, part.pub_socket = Direct(), True
        self.shell = shell

    def run(self, source: str, hand_on: Callable[[Message], Any]) -> bool:
        """Run a cell; true when it raised nothing."""
        self.hand_on = hand_on
        count = {"code": source, "execution_count": self.shell.execution_count}
        hand_on(_message("execute_input", count))
        with (
            contextlib.redirect_stdout(self.streams["stdout"]),
            contextlib.redirect_stderr(self.streams["stderr"]),
        ):
            ended = self.shell.run_cell(source, store_history=True)
        self.flush()
        if self.shell.exit_now:
            os._exit(0)  # `exit` in a cell ends a kernel too; whoever waits for the next message sees it
        return ended.success

    def take(self, stream: str, text: str) -> None:
        """Hold what is printed until something else is shown, as a kernel does for a moment."""
        self.printed += len(text)
        if self.printed > MOST_PRINTED:
            raise PrintedTooMuch(f"the notebook printed more than {MOST_PRINTED:,} characters")
        self.held[stream].append(text)

    def flush(self) -> None:
        """Send on what was printed, each stream for itself as a kernel does."""
        for stream, held in self.held.items():
            text = "".join(held)
            held.clear()
            if text:
                self.hand_on(_message("stream", {"name": stream, "text": text}))


class _Stream(io.TextIOBase):
    """What a cell prints to."""

    encoding = "utf-8"

    def __init__(self, name: str, shell: Shell) -> None:
        self.name = name
        self._shell = shell

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._shell.take(self.name, text)
        return len(text)
