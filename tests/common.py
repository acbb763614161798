"""Where the repository is, and a page made here and now: what tests of several rooms need."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from click.testing import CliRunner

from pileup.base.paths import NOTEBOOKS
from pileup.desk.cli import main
from pileup.page import markup
from pileup.page.exporter import ReportExporter
from pileup.page.single import with_more
from pileup.story import charts, prose, tables
from pileup.story.report import Report

ROOT = Path(__file__).parents[1]


#: The cells of the report notebook that show something.
CALLS = [
    cell.source
    for cell in nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4).cells
    if cell.cell_type == "code" and cell.source.endswith("(report)")
]


def show(report: Report, call: str) -> dict[str, Any]:
    """Return what a cell of the report notebook shows, by media type; it is run here and not in a kernel."""
    names = {"report": report, "charts": charts, "prose": prose, "tables": tables}
    return eval(call, names)._repr_mimebundle_()


def words(report: Report) -> str:
    """Return everything that the report notebook shows, in words."""
    return "\n".join(show(report, call)["text/markdown"] for call in CALLS)


def executed(report: Report) -> nbformat.NotebookNode:
    """Return the report notebook as it would be after a run, without the code that sets it up."""
    notebook = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "code" or cell.source in CALLS]
    for cell in notebook.cells:
        if cell.source in CALLS:
            data = nbformat.from_dict(show(report, cell.source))
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    return notebook


def export(report: Report) -> str:
    """Return the page of a report, made from what the cells of the report notebook show."""
    return exported(report)[0]


def exported(report: Report) -> tuple[str, str]:
    """Return the page of a report with the chapters that stand beside it, and that of its ledger."""
    page, resources = ReportExporter().from_notebook_node(executed(report))
    more = resources["outputs"].get("./more.html", b"").decode()
    return with_more(page, more), resources["outputs"]["./ledger.html"].decode()


#: Where words stand on a page, and what in them is not said by it: quotations, titles, code, addresses.
_BLOCKS = {"p", "li", "td", "th", "h1", "h2", "h3", "figcaption", "caption", "summary", "button"}
_BLOCKS |= {"text", "title", "desc", "time"}
_NOT_SAID = {"q", "cite", "code", "style", "script"}


def page_words(page: str, names: Iterable[str] = ()) -> list[str]:
    """Return the texts that a page says itself: no quotation, title of a source, code or address.

    Names that are given are left out of them.
    """
    said = []
    for node in markup.read(page).walk():
        if any(map(_stays, (node, *node.above()))):
            continue
        if node.tag in _BLOCKS:
            said.append(" ".join(_texts(node)))
        said += [node.attributes.get(name) or "" for name in ("alt", "aria-label", "title", "content")]
    told = []
    for text in said:
        plain = " ".join(text.split())
        for name in sorted(names, key=len, reverse=True):
            plain = plain.replace(name, "")
        told.append(plain)
    return told


def _stays(node: markup.Element) -> bool:
    """Tell whether an element holds what a page does not say itself."""
    return node.tag in _NOT_SAID or node.has("address")


def _texts(node: markup.Element) -> Iterator[str]:
    """Yield the texts in an element that are the page's own."""
    for part in node.parts:
        if isinstance(part, str):
            yield part
        elif not _stays(part):
            yield from _texts(part)


class Memory:
    """Holds texts by their addresses; the fixture `memory` registers it with papermill as `mem://`."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def read(self, path: str) -> str:
        """Return what was written."""
        return self.held[path]

    def write(self, buf: str, path: str) -> None:
        """Hold it."""
        self.held[path] = buf

    def pretty_path(self, path: str) -> str:
        """Name it in a log."""
        return path


def pileup(*words: object) -> tuple[int, str]:
    """Run the command with these words; return its exit status and what it said."""
    ran = CliRunner().invoke(main, [*map(str, words)])
    return ran.exit_code, ran.output


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors such as #1f2933 (WCAG 2.2, "contrast ratio")."""

    def luminance(color: str) -> float:
        channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)
