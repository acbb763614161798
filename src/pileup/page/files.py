"""The files of a report that are written from its record and its drawings: page, numbers, tables, embeds."""

import csv
import io
import json
from collections.abc import Mapping

from pileup.page import content, embed, explore, ledger, look, meta, notebook, origins, own_numbers
from pileup.page.content import Block, Chart, Page
from pileup.page.parts import LEDGER, MORE, Place
from pileup.page.record import Record
from pileup.words import language
from pileup.words.language import _
from pileup.words.text import from_data


def written(record: Record, drawings: Mapping[str, str]) -> dict[str, bytes]:
    """Write every file that follows from a record.

    Parameters
    ----------
    record : Record
        What stands on the page.
    drawings : mapping
        Each drawing, without title and description, by its name.

    Returns
    -------
    dict of str and bytes
        Name relative to the folder of the page, and content. Pictures and figures to explore, of which a
        record has only marks, are not among them.
    """
    with language.using(record.language):
        page, place, charts = record.page, record.place, content.charts(record.page, drawings)
        files = _chart_files(page, charts, record) | table_files(page)
        if charts:
            files[explore.SCRIPT] = explore.script()
        files |= own_numbers.written_files(page)
        if page.head:
            files[notebook.NAME] = notebook.notebook_page(page, record.cells, place.back).encode()
        signs: list[list[Block]] = []  # numbered through all pages
        html = _html("report.html.j2", record, charts, place, signs)
        if any(one.beside for one in page.sections):
            files[MORE] = _html("more.html.j2", record, charts, Place(MORE), signs).encode()
        if page.ledger:
            told = json.dumps(findings(page), ensure_ascii=False, indent=1)
            files["findings.json"] = f"{told}\n".encode()
            of_working = (record.derived, record.working)
            files[LEDGER] = ledger.ledger_page(page, place.back, signs, *of_working).encode()
            files[origins.SCRIPT] = origins.script(page.ledger, signs)
        beside = {place.files + name: content for name, content in files.items()}
        return {place.page: html.encode(), **beside}


def _html(template: str, record: Record, charts: list[Chart], place: Place, signs: list[list[Block]]) -> str:
    """Fill the template of a page with chapters, which stands at a place; `signs` grows by its own."""
    page, base_url = record.page, record.base_url
    own = [one for one in page.charts if (one["id"] in page.beside) == (place.page == MORE)]
    return look.render(
        template,
        page=page,
        story=record.place.back,
        here=f"{record.place.to_files}{MORE}" if place.page == MORE else "",
        more_at=MORE,
        signs=signs,
        working=record.working,
        explored=bool(own),
        ledger_at=f"{place.to_files}{LEDGER}",
        drawn={chart.id: chart for chart in charts},
        style=look.style(),
        head=page.head,
        description=meta.description(page.head) if page.head else "",
        ledger=page.ledger,
        base_url=base_url,
        alternates=record.alternates,
        spoken=language.IN,
        files=place.to_files,
        plotly=explore.address(place),
        words=explore.words(),
        states=own_numbers.states(),
        json_ld=meta.json_ld(page, base_url, place),
        open_graph=meta.open_graph(page, base_url, place),
    )


def by(page: Page) -> str:
    """Return who made the charts, and when."""
    edition = page.head and page.head["edition_words"]
    return _("pileup, edition of {date}").format(date=edition) if edition else "pileup"


def _chart_files(page: Page, charts: list[Chart], record: Record) -> dict[str, bytes]:
    """Return each chart as SVG and as a page to embed."""
    files, place, base_url = {}, record.place, record.base_url
    beside = page.beside
    for chart in charts:
        files[f"charts/{chart.id}.svg"] = chart.wide.encode()
        files[f"embeds/{chart.id}.html"] = embed.embed(
            chart, by(page), MORE if chart.id in beside else place.back
        ).encode()
        if base_url:
            files[f"embeds/{chart.id}.txt"] = embed.code(chart, base_url + place.to_files).encode()
    return files


def table_files(page: Page) -> dict[str, bytes]:
    """Return each table as CSV."""
    files = {}
    for table in page.tables:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column["title"] for column in table["columns"])
        writer.writerows([from_data(cell) for cell in row] for row in table["rows"])
        files[f"tables/{table['id']}.csv"] = text.getvalue().encode()
    return files


def findings(page: Page) -> Block:
    """Return the numbers of the page: the findings, and the facts, events, counts and terms it cites."""
    known = page.ledger or {}
    cited = _cited([page.head, *(list(section.parts) for section in page.sections)])
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
        for entry in known[kind]
        if entry["id"] in cited
    ]
    return {
        "parameters": known["parameters"],
        "findings": [*known["findings"], *given],
        "charts": [_said(block) for block in page.charts],
        "inputs": known["inputs"],
        "marks": known["marks"],
        "follows": known["follows"],
        "changes": known["changes"],
        "tables": {
            one["id"]: {part: " ".join(one[part]) for part in ("rests", "parts")} for one in page.tables
        },
    }


def _said(chart: Block) -> Block:
    """Return what is said around a chart."""
    words = {name: chart[name] for name in ("subtitle", "alt", "source", "note")}
    return {
        "id": chart["id"],
        "title": from_data(chart["headline"]),
        **words,
        "rows": len(chart["table"]["rows"]),
    }


def _cited(part: object) -> set[str]:
    """Return the ids of everything that a number on the page leads to."""
    if isinstance(part, dict):
        own = {part["origin"]} if "origin" in part else set(part.get("row_origins", ()))
        return own.union(*(_cited(value) for value in part.values()))
    return set().union(*(_cited(item) for item in part)) if isinstance(part, list) else set()
