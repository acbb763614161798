"""The nbconvert exporter `report`: an executed notebook becomes the page that readers see, and its files."""

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Dict, Instance, List, Unicode

from pileup.base.errors import PileupError
from pileup.page import (
    card,
    cells,
    check,
    content,
    explore,
    look,
    manifest,
    meta,
    notebook,
    own_numbers,
    working,
)
from pileup.page.content import Chart, Figures, Page
from pileup.page.files import by, written
from pileup.page.parts import REPORT, WORKING, Place
from pileup.page.record import NAME as RECORD
from pileup.page.record import Record, drawn, fingerprint, own_version
from pileup.page.single import single
from pileup.page.studio import Studio, shared
from pileup.story.blocks import BLOCK
from pileup.words import language
from pileup.words.language import _
from pileup.words.text import from_data


class ReportExporter(Exporter):
    """Make the readers' page from the blocks in a notebook's outputs.

    `jupyter nbconvert --to report NOTEBOOK` and `pileup report` both end here. `pileup report` puts the files
    beside the page, in a folder that holds nothing else; nbconvert, which puts many pages into one folder,
    into a folder of the page's own name (`NAME_files/`).
    """

    #: Who draws; where nobody has said, the studio that all of a process share.
    studio = Instance(Studio, allow_none=True)
    #: The numbered notebooks as they ran for this page, by name, where they are to stand beside it.
    working = Dict()
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
            nbconvert's own; the page's files are put under `outputs`. Without them, or without a name in
            them, the files stand beside the page.

        Returns
        -------
        tuple of str and dict
            The page, and the resources.

        Raises
        ------
        PileupError
            When a cell ended in an error, nothing is there to publish, what cells show is not what the page
            would show, or the page has a fault.
        SystemExit
            The same, after one line that says it, where nbconvert's own command asks: it would show a
            traceback.
        """
        command = "unique_key" in (resources or {})
        try:
            return self._export(nb, resources or {}, command, **kwargs)
        except PileupError as error:
            if not command:
                raise
            self.log.error(str(error))
            raise SystemExit(2) from None

    def _export(
        self, nb: NotebookNode, resources: dict[str, Any], command: bool, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        flat = "config_dir" in resources and not command
        place, folder = (REPORT, ".") if flat else _place(resources)
        # nbconvert copies the cells for its preprocessors, twice: only where somebody has asked for one.
        given = nb if self._preprocessors else NotebookNode(nb, cells=[])
        given, resources = super().from_notebook_node(given, resources, **kwargs)
        nb = given if self._preprocessors else nb
        for line in cells.warnings(nb):
            self.log.warning(line)
        with language.using(_language(nb)):
            html, files = _page(nb, place, self.base_url, self.studio or shared(), self.working)
        if flat:  # JupyterLab hands out a zip without folders, in which no link would lead anywhere
            return single(html, files), resources
        # nbconvert makes each file's folder, and stumbles over a name without one.
        resources.setdefault("outputs", {}).update(
            {f"{folder}/{name}": content for name, content in files.items()}
        )
        if command and explore.BUNDLE in files:  # nbconvert says itself where the others will be
            self.log.info("Beside the page will be %s, one for all pages of the folder", explore.BUNDLE)
        return html, resources


def _place(resources: dict[str, Any]) -> tuple[Place, str]:
    """Return where nbconvert will put a page and its files, and the folder that both are named from."""
    name = resources.get("unique_key") or resources.get("metadata", {}).get("name")
    if not name:
        return REPORT, "."
    folder, own = posixpath.split(Path(name).as_posix())
    chosen = Path(resources.get("output_files_dir") or f"{name}_files").as_posix()
    files = posixpath.relpath(chosen, folder or ".")
    if files.startswith(".."):
        raise PileupError(
            f"output_files_dir {chosen}: does not stand beside the page; a folder there is right"
        )
    # A folder that is not of the page's name could be another page's, too.
    files = posixpath.normpath(files if files.endswith(f"{own}_files") else f"{files}/{own}_files")
    return Place(f"{own}.html", f"{files}/"), folder or "."


def _language(nb: NotebookNode) -> language.Language:
    """Return the language that a notebook's head was written in."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            block = output.get("data", {}).get(BLOCK)
            if isinstance(block, dict) and block.get("kind") == "head":
                return block.get("language", "en")
    return "en"


def _page(
    nb: NotebookNode,
    place: Place,
    base_url: str,
    studio: Studio,
    numbered: Mapping[str, NotebookNode],
) -> tuple[str, dict[str, bytes]]:
    """Return the page of a notebook, and its files by their names from the page."""
    page, figures = content.read(nb)
    drawings = content.draw(page, figures, studio)
    charts = content.charts(page, drawings)
    pictures = _pictures(page, charts, figures)
    for drawing, scale in pictures.values():
        studio.begin_picture(drawing, scale)  # while the page is written and looked through
    made = explore.figures(page, figures) | own_numbers.counts(page)
    plain = Record(
        version=own_version(),
        theme=look.theme(),
        language=language.current(),
        base_url=base_url,
        place=place,
        page=page,
        cells=tuple(notebook.cells(nb)),
        library=explore.BUNDLE if charts else "",
        drawings={name: drawn(drawing) for name, drawing in drawings.items()},
        pictures={},
        derived=working.derived(numbered) if numbered else working.shipped() if page.ledger else {},
        working=WORKING if numbered else "",
    )
    files = written(plain, drawings)
    beside = {place.files + name: one for name, one in working.pages(page, numbered, place.back).items()}
    check.check(plain, files | beside, {place.files + name for name in (*made, *pictures)})
    made |= {name.removeprefix(place.files): one for name, one in beside.items()}
    made |= {name: studio.picture(*one) for name, one in pictures.items()}
    pictured = {name: fingerprint(content) for name, content in sorted(made.items())}
    files |= {place.files + name: content for name, content in made.items()}
    files[place.files + RECORD] = replace(plain, pictures=pictured).write()
    inputs = plain.inputs | {"notebook": notebook.mark(nb)}
    inputs |= {"working": working.mark()} if page.ledger else {}
    listed = manifest.manifest(plain.version, inputs, files, place)
    files[place.files + manifest.NAME] = listed.write()
    if place.files and charts:
        files[explore.BUNDLE] = explore.bundle()
    return files.pop(place.page).decode(), files


def _pictures(page: Page, charts: list[Chart], figures: Figures) -> dict[str, tuple[str, float]]:
    """Return what is to be drawn as PNG, and how large: each chart with its credit, the card for a link."""
    pictures = {f"charts/{chart.id}.png": (card.with_credit(chart, by(page)), 2.0) for chart in charts}
    if page.head:
        edition = _("pileup · edition of {date}").format(date=page.head["edition_words"])
        words = from_data(page.head["standfirst"])
        of_crash = "state" in page.head["parameters"]
        pictures[meta.CARD] = card.card(page.head["headline"], words, edition, figures, of_crash), 1.0
    return pictures
