"""The files behind "Explore this chart": Plotly's JavaScript, the figures, and the script that joins them."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plotly.offline import get_plotlyjs, get_plotlyjs_version

from pileup.base.errors import PileupError
from pileup.page import manifest
from pileup.page.parts import Place
from pileup.page.svg import SWAPS, drawing_names
from pileup.words.language import _

if TYPE_CHECKING:
    from pileup.page.content import Figures, Page

_HERE = Path(__file__).parent
#: The script beside the page; the only one that the page may name.
SCRIPT = "explore.js"
#: Plotly's JavaScript. In a folder of reports it stands beside their folders, one copy for all; the page says
#: so wherever it stands, so that its bytes are the same.
BUNDLE = f"plotly-{get_plotlyjs_version()}.min.js"
#: What begins the script of a report that stands alone, with Plotly's JavaScript in its own folder.
_BESIDE = 'document.currentScript.dataset.plotly = "{}";\n'
_BESIDES = re.compile(re.escape(_BESIDE).replace(r"\{\}", r"(plotly-[\w.]+\.js)").encode())


def address(place: Place) -> str:
    """Return where a page expects Plotly's JavaScript: beside its folder, which may be one of many reports.

    A page that has a folder of files expects it beside itself, where one copy serves the pages of all
    notebooks that were converted into one folder.
    """
    return BUNDLE if place.files else f"../{BUNDLE}"


def words() -> dict[str, str]:
    """Return what the script says, in the language in use; the page hands it over."""
    return {
        "values": _("Values of this chart: the arrow keys go from mark to mark."),
        "row": _("Its row in the table"),
        "enter": _("Enter leads to its row in the table."),
        "close": _("Close"),
        "open": _("Explore this chart"),
        "back": _("Back to the picture"),
        "loading": _("Loading …"),
        "label": _("Interactive chart: {title}. Its numbers stand under “Source, notes, numbers and files”."),
        "mouse": _("Point at a mark for its numbers; drag to zoom, double-click for all. Escape goes back."),
        "touch": _("Touch a mark for its numbers."),
        "failed": _("The interactive chart could not be loaded. The picture and the numbers are complete."),
    }


def script() -> bytes:
    """Return the script that stands beside a page."""
    return (_HERE / SCRIPT).read_bytes()


def figures(page: "Page", drawn: "Figures") -> dict[str, bytes]:
    """Return each chart's figures as a small file that stands beside the page.

    Parameters
    ----------
    page : Page
        The page.
    drawn : dict
        The figures of its drawings.

    Returns
    -------
    dict of str and bytes
        Name relative to the page, and content.

    Raises
    ------
    PileupError
        When a figure has no data or no layout.
    """
    return {
        f"charts/{block['id']}.js": figure(
            block["id"], *(drawn[name] for name in drawing_names(block["id"]))
        ).encode()
        for block in page.charts
    }


def figure(name: str, wide: dict[str, Any], narrow: dict[str, Any]) -> str:
    """Return a chart's figures as a script, which loads from a folder too, where JSON would be refused.

    Colors that the page swaps in the dark scheme are written as CSS variables; the script beside the page
    fills them in.
    """
    for size, one in (("wide", wide), ("narrow", narrow)):
        if not one.get("data") or not one.get("layout"):
            raise PileupError(f"chart {name}: its {size} figure has no data or no layout to explore")
    sizes = {
        size: {"data": one["data"], "layout": one["layout"]}
        for size, one in (("wide", wide), ("narrow", narrow))
    }
    told = json.dumps(sizes, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for value, variable in SWAPS.items():
        told = told.replace(f'"{value}"', f'"var(--{variable})"')
    return f"(window.pileupFigures = window.pileupFigures || {{}})[{json.dumps(name)}] = {told};\n"


@lru_cache(maxsize=1)
def bundle() -> bytes:
    """Return Plotly's JavaScript from the installed package: the version that the figures were checked by."""
    return str(get_plotlyjs()).encode()


def alone(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a report's files with Plotly's JavaScript among them, for a folder that has all it needs."""
    made = shared(files)
    if SCRIPT not in made:
        return made
    script = _BESIDE.format(BUNDLE).encode() + made[SCRIPT]
    return manifest.relisted({**made, SCRIPT: script}, SCRIPT) | {BUNDLE: bundle()}


def shared(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a report's files as they stand in a folder of reports, which has Plotly's JavaScript for all."""
    own = library(files.get(SCRIPT, b""))
    made = {name: content for name, content in files.items() if name != own}
    if not own:
        return made
    return manifest.relisted({**made, SCRIPT: _BESIDES.sub(b"", made[SCRIPT], count=1)}, SCRIPT)


def library(script: bytes) -> str:
    """Return the library that a report's script expects in the report's own folder; empty: beside that."""
    found = _BESIDES.match(script)
    return found[1].decode() if found else ""


def place_bundle(folder: Path) -> Path:
    """Write Plotly's JavaScript into the folder that holds the reports, unless it is there.

    Parameters
    ----------
    folder : Path
        The folder in which the reports' own folders stand.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    PileupError
        When the folder cannot be written.
    """
    target = folder / BUNDLE
    try:
        if not target.is_file() or target.stat().st_size != len(bundle()):
            target.write_bytes(bundle())
    except OSError as error:
        raise PileupError(f"cannot write {target.name}: {error.strerror or error}") from None
    return target
