"""The nbconvert exporter `report`: an executed notebook becomes the page that readers see, and its files."""

import base64
import csv
import io
import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template
from markdown_it import MarkdownIt
from markdown_it.token import Token
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import List, Unicode

from pileup.base.errors import PileupError
from pileup.page import check, embed, explore, meta, notebook, png, svg
from pileup.page.notebook import notebook_page
from pileup.page.templates import template
from pileup.story.blocks import BLOCK
from pileup.words import language
from pileup.words.language import _
from pileup.words.text import as_data, from_data, linked

_HERE = Path(__file__).parent
#: A cell with this tag (nbconvert's own convention) is for people who run notebooks, not for readers.
HIDDEN = "remove_cell"


class ReportExporter(Exporter):
    """Make the readers' page from the blocks in a notebook's outputs.

    `jupyter nbconvert --to report NOTEBOOK` and `pileup report` both end here. Beside the page stand
    `findings.json`, `charts/*.svg` and `tables/*.csv`.
    """

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
            html, files = self._page(nb)
        # nbconvert makes each file's folder, and stumbles over a name without one.
        resources.setdefault("outputs", {}).update({f"./{name}": content for name, content in files.items()})
        return html, resources

    def _page(self, nb: NotebookNode) -> tuple[str, dict[str, bytes]]:
        """Return the page, and the files beside it."""
        page = _read(nb)
        pictures = _pictures(page)
        for drawing, scale in pictures.values():
            png.begin(drawing, scale)  # while the page is written and looked through
        files = _files(page, self.base_url)
        if page["head"]:
            own = notebook_page(nb, page["head"], _style())
            files[notebook.NAME] = own.encode()
            check.check(own, [], {*files, *pictures, "index.html"})
        html = _template().render(
            page=page,
            style=_style(),
            sections=page["sections"],
            head=page["head"],
            ledger=page["ledger"],
            base_url=self.base_url,
            plotly=f"../{explore.BUNDLE}",
            words=explore.words(),
            language=language.current(),
            **_meta(page, self.base_url),
        )
        check.check(html, [_record(chart) for chart in page["charts"]], {*files, *pictures})
        return html, {**files, **{name: png.png(*one) for name, one in pictures.items()}}


def _language(nb: NotebookNode) -> language.Language:
    """Return the language that a notebook's head was written in."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            block = output.get("data", {}).get(BLOCK, {})
            if block.get("kind") == "head":
                return block.get("language", "en")
    return "en"


def _read(nb: NotebookNode) -> dict[str, Any]:
    """Collect a notebook's sections and blocks, charts drawn."""
    markdown = MarkdownIt("js-default")
    section: dict[str, Any] = {"title": None, "id": "top", "parts": []}
    page: dict[str, Any] = dict.fromkeys(("title", "head", "ledger"))
    page |= {"sections": [section], "charts": [], "tables": []}
    for number, cell in enumerate(nb.cells, 1):
        if HIDDEN in cell.metadata.get("tags", []):
            _refuse_errors(cell, number)
            continue
        if cell.cell_type == "markdown":
            for part in _markdown(_(cell.source), markdown):
                if part["kind"] == "title":
                    page["title"] = part["text"]
                elif part["kind"] == "section":
                    section = {"title": part["text"], "id": _slug(part["text"]), "parts": []}
                    page["sections"].append(section)
                else:
                    section["parts"].append(part)
        elif cell.cell_type == "code":
            _refuse_errors(cell, number)
            for output in cell.outputs:
                data = output.get("data", {})
                if BLOCK in data:
                    # A notebook file has its keys sorted; one never written must give the same page.
                    block = json.loads(json.dumps(data[BLOCK], sort_keys=True))
                    _place(page, section, {**data, BLOCK: block})
    if not page["head"] and not page["title"]:
        raise PileupError(
            "this notebook has nothing to publish: run it first, with papermill or in JupyterLab"
        )
    page["title"] = page["head"]["headline"] if page["head"] else page["title"]
    for part in page["sections"]:
        part["parts"] = _without_empty_headings(part["parts"])
    page["sections"] = [section for section in page["sections"] if section["parts"]]
    page["files"] = [
        {"path": f"tables/{table['id']}.csv", "caption": table["caption"]} for table in page["tables"]
    ]
    return page


def _without_empty_headings(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out a heading under which nothing stands."""
    following = [*parts[1:], {"kind": "heading"}][: len(parts)]
    return [
        part
        for part, after in zip(parts, following, strict=True)
        if {part["kind"], after["kind"]} != {"heading"}
    ]


def _refuse_errors(cell: NotebookNode, number: int) -> None:
    """Stop at a cell that failed: half a report is not published."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            raise PileupError(f"cell {number} ended in {output.ename}: {output.evalue}")


def _markdown(source: str, markdown: MarkdownIt) -> list[dict[str, Any]]:
    """Split a Markdown cell into headings and text; raw HTML in it comes out as text."""
    parts: list[dict[str, Any]] = []
    tokens = iter(markdown.parse(source))
    body: list[Token] = []

    def close() -> None:
        if body:
            parts.append({"kind": "markdown", "html": markdown.renderer.render(body, markdown.options, {})})
            body.clear()

    for token in tokens:
        if token.type == "heading_open" and token.level == 0:
            close()
            text = next(tokens).content
            next(tokens)  # the heading's end
            kind = {"h1": "title", "h2": "section"}.get(token.tag, "heading")
            parts.append({"kind": kind, "text": text, "id": _slug(text)})
        else:
            body.append(token)
    close()
    return parts


def _slug(text: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def _place(page: dict[str, Any], section: dict[str, Any], data: dict[str, Any]) -> None:
    """Put a cell's block where it belongs."""
    block = data[BLOCK]
    match block["kind"]:
        case "head":
            page["head"] = block
        case "ledger":
            page["ledger"] = block
            section["parts"].append(block)
        case "chart":
            chart = {**block, "title": from_data(block["headline"])}
            for size, name, figure in svg.drawings(data):
                chart[f"{size}_figure"] = figure
                drawn = svg.render(figure, name)
                chart[f"{size}_svg"] = svg.named(svg.themed(drawn), name, chart["title"], block["alt"])
                chart[f"{size}_file"] = svg.named(drawn, name, chart["title"], block["alt"])
            page["charts"].append(chart)
            page["tables"].append(block["table"])
            section["parts"].append(chart)
        case "table":
            page["tables"].append(block)
            section["parts"].append(block)
        case _:
            # What several charts lack is said once; what this case never had is not said to readers.
            if block.get("role") != "quiet" and not (
                block.get("role") == "missing" and block in section["parts"]
            ):
                section["parts"].append(block)


def _files(page: dict[str, Any], base_url: str) -> dict[str, bytes]:
    """Return the files that stand beside the page."""
    files = _chart_files(page, base_url)
    for table in page["tables"]:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column["title"] for column in table["columns"])
        writer.writerows([from_data(cell) for cell in row] for row in table["rows"])
        files[f"tables/{table['id']}.csv"] = text.getvalue().encode()
    if page["ledger"]:
        files["findings.json"] = _findings(page).encode()
    return files


def _by(page: dict[str, Any]) -> str:
    """Return who made the charts, and when."""
    head = page["head"]
    return _("pileup, edition of {date}").format(date=head["edition_words"]) if head else "pileup"


def _pictures(page: dict[str, Any]) -> dict[str, tuple[str, float]]:
    """Return what is to be drawn as PNG, and how large: each chart with its credit, the card for a link."""
    head = page["head"]
    pictures: dict[str, tuple[str, float]] = {}
    for chart in page["charts"]:
        words = (chart["title"], chart["subtitle"], chart["source"], chart["note"], _by(page))
        pictures[f"charts/{chart['id']}.png"] = png.with_credit(chart["wide_file"], *words), 2.0
    if head:
        by = _("pileup · edition of {date}").format(date=head["edition_words"])
        pictures["card.png"] = png.card(head["headline"], from_data(head["standfirst"]), by), 1.0
    return pictures


def _chart_files(page: dict[str, Any], base_url: str) -> dict[str, bytes]:
    """Return each chart as SVG, as a page to embed, and to be explored."""
    figures = {chart["id"]: (chart["wide_figure"], chart["narrow_figure"]) for chart in page["charts"]}
    files = explore.files(figures)
    for chart in page["charts"]:
        files[f"charts/{chart['id']}.svg"] = chart["wide_file"].encode()
        files[f"embeds/{chart['id']}.html"] = embed.embed(chart, _style(), by=_by(page)).encode()
        if base_url:
            files[f"embeds/{chart['id']}.txt"] = embed.code(chart, base_url).encode()
    return files


def _meta(page: dict[str, Any], base_url: str) -> dict[str, Any]:
    """Return what the page says of itself to machines."""
    head = page["head"] or {}
    imprint = meta.Imprint(
        base_url=base_url,
        publisher=head.get("byline") or "",
        published=head.get("published") or "",
        image=meta.Image("card.png", 1200, 630, page["title"]) if head else None,
    )
    return {
        "json_ld": meta.json_ld(page, imprint, head.get("corrections", ())),
        "open_graph": meta.open_graph(page, imprint),
    }


def _record(chart: dict[str, Any]) -> dict[str, Any]:
    """Return what the guard holds a chart against, and what stands beside the page for a later check."""
    parts = {name: chart[name] for name in ("id", "title", "subtitle", "alt", "source", "note")}
    return {**parts, "rows": len(chart["table"]["rows"])}


def _findings(page: dict[str, Any]) -> str:
    """Return the numbers of the page: the findings, and the facts, events, counts and terms it cites."""
    ledger = page["ledger"]
    cited = _origins([page["head"], page["sections"]])
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
        "charts": [_record(chart) for chart in page["charts"]],
        "inputs": ledger["inputs"],
        "marks": ledger["marks"],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _origins(part: object) -> set[str]:
    """Return the ids of everything that a number on the page leads to."""
    if isinstance(part, dict):
        own = {part["origin"]} if "origin" in part else set(part.get("row_origins", ()))
        return own.union(*(_origins(value) for value in part.values()))
    return set().union(*(_origins(item) for item in part)) if isinstance(part, list) else set()


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the style sheet, with the font inside it: the page is one file and asks nobody for anything."""
    css = (_HERE / "style.css").read_text(encoding="utf-8")
    for weight in (400, 600):
        font = base64.b64encode((svg.FONTS / f"source-sans-3-{weight}.woff2").read_bytes()).decode()
        css = css.replace(f"url(fonts/source-sans-3-{weight}.woff2)", f"url(data:font/woff2;base64,{font})")
    return css


def _number(value: object) -> object:
    """Write a number with all the decimals that it has; leave anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    exact = Decimal(repr(value))
    return language.decimal(exact, max(0, -int(exact.as_tuple().exponent)))


def _linked(value: object, origin: str) -> list[Any]:
    """Return a cell or a line as runs, each number in it leading to an origin, its own or the one given."""
    if value is None:
        return []
    if isinstance(value, int | float):
        return [{"origin": origin, "value": value, "text": _number(value)}]
    runs = value if isinstance(value, list) else [value]
    return [one for run in runs for one in (as_data(linked(run, origin)) if isinstance(run, str) else [run])]


@lru_cache(maxsize=1)
def _template() -> Template:
    return template(
        "report.html.j2",
        plain=from_data,
        anchor=lambda origin: f"how-{origin}",
        linked=_linked,
        number=_number,
    )
