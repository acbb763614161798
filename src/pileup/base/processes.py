"""Starts processes without importing the caller's script again."""

import contextlib
import sys
import threading
import types
from collections.abc import Generator

_STARTING = threading.Lock()


@contextlib.contextmanager
def without_script() -> Generator[None]:
    """Start processes that do not import the caller's script again, as multiprocessing has them do.

    What a reporter's script does at its top level would be done once more, or the script cannot be found, as
    where it comes through a pipe.
    """
    with _STARTING:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
