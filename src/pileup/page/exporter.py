"""The nbconvert exporter `report`: an executed notebook becomes the page that readers see, and its files."""

import csv
import io
import json
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Instance, List, Unicode

from pileup.page import card, check, content, embed, explore, look, meta, notebook
from pileup.page.content import Block, Chart, Page
from pileup.page.studio import Studio, shared
from pileup.story.blocks import BLOCK
from pileup.words import language
from pileup.words.language import _
from pileup.words.text import from_data


class ReportExporter(Exporter):
    """Make the readers' page from the blocks in a notebook's outputs.

    `jupyter nbconvert --to report NOTEBOOK` and `pileup report` both end here. Beside the page stand
    `findings.json`, `charts/*.svg` and `tables/*.csv`.
    """

    #: Who draws; where nobody has said, the studio that all of a process share.
    studio = Instance(Studio, allow_none=True)
    base_url = Unicode("", help="The public address of the folder that will hold the page.").tag(config=True)
    output_mimetype = "text/html"
    export_from_notebook = "Report for readers"
    #: nbconvert's own, a dozen, are all switched off.
    default_preprocessors = List([])

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Export a notebook.

        Parameters
        ----------
        nb : NotebookNode
            An executed notebook whose cells show blocks.
        resources : dict, optional
            nbconvert's own; the files beside the page are put under `outputs`.

        Returns
        -------
        tuple of str and dict
            The page, and the resources.

        Raises
        ------
        PileupError
            When a cell ended in an error, nothing is there to publish, or the page has a fault.
        """
        # nbconvert copies the cells for its preprocessors, twice: only where somebody has asked for one.
        given = nb if self._preprocessors else NotebookNode(nb, cells=[])
        given, resources = super().from_notebook_node(given, resources, **kwargs)
        nb = given if self._preprocessors else nb
        with language.using(_language(nb)):
            html, files = _page(nb, self.base_url, self.studio or shared())
        # nbconvert makes each file's folder, and stumbles over a name without one.
        resources.setdefault("outputs", {}).update({f"./{name}": content for name, content in files.items()})
        return html, resources


def _language(nb: NotebookNode) -> language.Language:
    """Return the language that a notebook's head was written in."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            block = output.get("data", {}).get(BLOCK, {})
            if block.get("kind") == "head":
                return block.get("language", "en")
    return "en"


def _page(nb: NotebookNode, base_url: str, studio: Studio) -> tuple[str, dict[str, bytes]]:
    """Return the page of a notebook, and the files beside it."""
    page = content.read(nb)
    charts = content.draw(page, studio)
    pictures = _pictures(page, charts)
    for drawing, scale in pictures.values():
        studio.begin_picture(drawing, scale)  # while the page is written and looked through
    files = _chart_files(page, charts, base_url) | _table_files(page)
    if page.ledger:
        files["findings.json"] = _findings(page, charts).encode()
    if page.head:
        own = notebook.notebook_page(nb, page.head)
        files[notebook.NAME] = own.encode()
        check.check(own, [], {*files, *pictures, "index.html"})
    html = _html(page, charts, base_url)
    check.check(html, [_record(chart) for chart in charts], {*files, *pictures})
    return html, {**files, **{name: studio.picture(*one) for name, one in pictures.items()}}


def _html(page: Page, charts: list[Chart], base_url: str) -> str:
    return look.render(
        "report.html.j2",
        page=page,
        drawn={chart.id: chart for chart in charts},
        style=look.style(),
        head=page.head,
        ledger=page.ledger,
        base_url=base_url,
        plotly=f"../{explore.BUNDLE}",
        words=explore.words(),
        json_ld=meta.json_ld(page, base_url),
        open_graph=meta.open_graph(page, base_url),
    )


def _by(page: Page) -> str:
    """Return who made the charts, and when."""
    edition = page.head and page.head["edition_words"]
    return _("pileup, edition of {date}").format(date=edition) if edition else "pileup"


def _pictures(page: Page, charts: list[Chart]) -> dict[str, tuple[str, float]]:
    """Return what is to be drawn as PNG, and how large: each chart with its credit, the card for a link."""
    pictures = {f"charts/{chart.id}.png": (card.with_credit(chart, _by(page)), 2.0) for chart in charts}
    if page.head:
        by = _("pileup · edition of {date}").format(date=page.head["edition_words"])
        pictures[meta.CARD] = card.card(page.head["headline"], from_data(page.head["standfirst"]), by), 1.0
    return pictures


def _chart_files(page: Page, charts: list[Chart], base_url: str) -> dict[str, bytes]:
    """Return each chart as SVG, as a page to embed, and to be explored."""
    files = explore.files({chart.id: (chart.wide.figure, chart.narrow.figure) for chart in charts})
    for chart in charts:
        files[f"charts/{chart.id}.svg"] = chart.wide.file.encode()
        files[f"embeds/{chart.id}.html"] = embed.embed(chart, _by(page)).encode()
        if base_url:
            files[f"embeds/{chart.id}.txt"] = embed.code(chart, base_url).encode()
    return files


def _table_files(page: Page) -> dict[str, bytes]:
    """Return each table as CSV."""
    files = {}
    for table in page.tables:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column["title"] for column in table["columns"])
        writer.writerows([from_data(cell) for cell in row] for row in table["rows"])
        files[f"tables/{table['id']}.csv"] = text.getvalue().encode()
    return files


def _record(chart: Chart) -> Block:
    """Return what the guard holds a chart against, and what stands beside the page for a later check."""
    return {
        name: getattr(chart, name) for name in ("id", "title", "subtitle", "alt", "source", "note", "rows")
    }


def _findings(page: Page, charts: list[Chart]) -> str:
    """Return the numbers of the page: the findings, and the facts, events, counts and terms it cites."""
    ledger = page.ledger or {}
    cited = _origins([page.head, *(list(section.parts) for section in page.sections)])
    given = [
        {
            "id": entry["id"],
            "label": entry["statement"],
            "value": entry["value"],
            "unit": entry.get("unit"),
            "computed_from": (
                [citation["source"] for citation in entry["sources"]]
                or [entry.get("formula") or entry["status"]]
            ),
        }
        for kind in ("facts", "events", "waypoints", "counts", "terms")
        for entry in ledger[kind]
        if entry["id"] in cited
    ]
    record = {
        "parameters": ledger["parameters"],
        "findings": [*ledger["findings"], *given],
        "charts": [_record(chart) for chart in charts],
        "inputs": ledger["inputs"],
        "marks": ledger["marks"],
        "follows": ledger["follows"],
        "changes": ledger["changes"],
        "tables": {
            one["id"]: {part: " ".join(one[part]) for part in ("rests", "parts")} for one in page.tables
        },
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _origins(part: object) -> set[str]:
    """Return the ids of everything that a number on the page leads to."""
    if isinstance(part, dict):
        own = {part["origin"]} if "origin" in part else set(part.get("row_origins", ()))
        return own.union(*(_origins(value) for value in part.values()))
    return set().union(*(_origins(item) for item in part)) if isinstance(part, list) else set()
