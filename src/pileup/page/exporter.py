"""The nbconvert exporter `report`: an executed notebook becomes the page that readers see, and its files."""

from dataclasses import replace
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Instance, List, Unicode

from pileup.page import card, check, content, explore, look, manifest, meta, notebook
from pileup.page.content import Chart, Page
from pileup.page.files import PAGE, by, written
from pileup.page.record import NAME as RECORD
from pileup.page.record import Record, drawn, fingerprint, own_version
from pileup.page.studio import Studio, shared
from pileup.story.blocks import BLOCK
from pileup.words import language
from pileup.words.language import _
from pileup.words.text import from_data


class ReportExporter(Exporter):
    """Make the readers' page from the blocks in a notebook's outputs.

    `jupyter nbconvert --to report NOTEBOOK` and `pileup report` both end here. Beside the page stand
    `findings.json`, `charts/*.svg` and `tables/*.csv`, and `record.json`, which says what was placed.
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
    page, figures = content.read(nb)
    drawings = content.draw(page, figures, studio)
    charts = content.charts(page, drawings)
    pictures = _pictures(page, charts)
    for drawing, scale in pictures.values():
        studio.begin_picture(drawing, scale)  # while the page is written and looked through
    made = explore.figures(page, figures)
    plain = Record(
        version=own_version(),
        theme=look.theme(),
        language=language.current(),
        base_url=base_url,
        page=page,
        cells=tuple(notebook.cells(nb)),
        library=explore.BUNDLE if charts else "",
        drawings={name: drawn(drawing) for name, drawing in drawings.items()},
        pictures={},
    )
    files = written(plain, drawings)
    check.check(plain, files, {*made, *pictures})
    made |= {name: studio.picture(*one) for name, one in pictures.items()}
    record = replace(
        plain, pictures={name: fingerprint(name, content) for name, content in sorted(made.items())}
    )
    whole = {**files, **made, RECORD: record.write()}
    listed = manifest.manifest(record.version, _inputs(page, nb), whole)
    return whole.pop(PAGE).decode(), {**whole, manifest.NAME: listed.write()}


def _inputs(page: Page, nb: NotebookNode) -> dict[str, str]:
    """Return the checksums of all that a page was made of."""
    told = page.ledger["inputs"] if page.ledger else {}
    code = "\0".join(cell["source"] for cell in notebook.own_cells(nb))
    own = {"notebook": manifest.sha256(code.encode()), "theme": look.theme()}
    return {name: value.removeprefix("sha256:") for name, value in told.items()} | own


def _pictures(page: Page, charts: list[Chart]) -> dict[str, tuple[str, float]]:
    """Return what is to be drawn as PNG, and how large: each chart with its credit, the card for a link."""
    pictures = {f"charts/{chart.id}.png": (card.with_credit(chart, by(page)), 2.0) for chart in charts}
    if page.head:
        edition = _("pileup · edition of {date}").format(date=page.head["edition_words"])
        words = from_data(page.head["standfirst"])
        pictures[meta.CARD] = card.card(page.head["headline"], words, edition), 1.0
    return pictures
