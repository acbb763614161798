"""Set one crash and one sentence against the public record, and publish what is found.

`__all__` lists what others may import; everything else may change without notice. A name is loaded when it is
first asked for, so that `import pileup` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pileup.base.errors import PileupError
    from pileup.case.lawfile import load_law
    from pileup.case.load import load_case
    from pileup.files.parameters import Parameters
    from pileup.make.run import make_report
    from pileup.record.tables import load_table
    from pileup.story.blocks import Chart, Column, Prose, Source, Table
    from pileup.story.report import Report, start
    from pileup.story.working import check, frame
    from pileup.words.text import Number

__all__ = [
    "Chart",
    "Column",
    "Number",
    "Parameters",
    "PileupError",
    "Prose",
    "Report",
    "Source",
    "Table",
    "check",
    "frame",
    "load_case",
    "load_law",
    "load_table",
    "make_report",
    "start",
]

#: Where each name is, as the imports above have it for type checkers.
_HOME = {
    "Chart": "story.blocks",
    "Column": "story.blocks",
    "Number": "words.text",
    "Parameters": "files.parameters",
    "PileupError": "base.errors",
    "Prose": "story.blocks",
    "Report": "story.report",
    "Source": "story.blocks",
    "Table": "story.blocks",
    "check": "story.working",
    "frame": "story.working",
    "load_case": "case.load",
    "load_law": "case.lawfile",
    "load_table": "record.tables",
    "make_report": "make.run",
    "start": "story.report",
}


if not TYPE_CHECKING:  # it would tell a type checker that any name is here

    def __getattr__(name: str) -> object:
        """Load a public name from its room."""
        if name not in _HOME:
            raise AttributeError(
                f"module 'pileup' has no attribute {name!r}; public are {', '.join(__all__)}"
            )
        return getattr(import_module(f"pileup.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """Name what is public."""
    return [*globals(), *__all__]
