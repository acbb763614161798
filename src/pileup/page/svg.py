"""A Plotly figure as SVG, without a browser: the same bytes on every machine, named for screen readers."""

import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pileup.page.slim import slim
from pileup.page.values_at_hand import with_values
from pileup.story.blocks import BLOCK, PLOTLY

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont
    from plotly_print.engine import PrintEngine

FONTS = Path(__file__).parent / "fonts"

#: Said once on the root; the renderer would repeat it, unquoted, on every label. Where a page has no style,
#: Arial is nearest in width.
FAMILY = "'Source Sans 3', Arial, sans-serif"

#: Colors that a page's style swaps: value in the figure and the drawing, name of the CSS variable.
SWAPS = {
    "#1f2933": "ink",
    "#55616c": "muted",
    "#d5dbe1": "grid",
    "#ffffff": "paper",
    "#8090a0": "context",
    "#b5470b": "accent",
    "#1e6764": "second",
}
_UNITS = 1000


@lru_cache(maxsize=2)
def font(bold: bool) -> "FreeTypeFont":
    """Return the font that the page ships, to measure with.

    Parameters
    ----------
    bold : bool
        Whether the semi-bold, else the regular.

    Returns
    -------
    PIL.ImageFont.FreeTypeFont
        At 1,000 pixels.
    """
    from PIL import ImageFont

    path = FONTS / f"source-sans-3-{600 if bold else 400}.woff2"
    return ImageFont.truetype(str(path), size=_UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def measure(text: str, size: float, bold: bool = False) -> tuple[float, float, float, float]:
    """Measure a text in the font that the page ships, so that it fits on every reader's screen.

    Parameters
    ----------
    text : str
        One line.
    size : float
        The font's size in pixels.
    bold : bool
        Whether in the semi-bold, else in the regular.

    Returns
    -------
    tuple of float
        Width, height, ascent and descent in pixels, to two decimals.
    """
    ascent, descent = font(bold).getmetrics()
    sizes = (font(bold).getlength(text), ascent + descent, ascent, descent)
    width, height, above, below = (round(one * (size / _UNITS), 2) for one in sizes)
    return width, height, above, below


def _measured(text: str, family: str, size: str, weight: str = "") -> str:
    """Measure a label for the renderer, in its own form.

    It would otherwise take whatever font the building machine has, and the page would differ from one
    machine to the next.
    """
    try:
        pixels = float(size)
    except ValueError:
        pixels = 12.0
    return ",".join(f"{one:.2f}" for one in measure(text, pixels, weight in ("bold", "600", "700")))


#: plotly.js remembers the size of a label by its words and its style attribute. The renderer's elements have
#: a style but no such attribute, so a label of 12 px would get the room that it had at 14 px in the drawing
#: before, and a drawing would depend on what was drawn earlier.
_STYLE = """(function () {
  var plain = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    return name === "style" && this.style ? this.style.cssText() : plain.call(this, name);
  };
})()"""


@lru_cache(maxsize=1)
def _engine() -> "PrintEngine":
    from plotly_print.engine import PrintEngine

    engine = PrintEngine()
    engine.context.add_callable("_measureTextRaw", _measured)
    engine.context.eval(_STYLE)
    return engine


def warm_up() -> None:
    """Load the engine now, in this thread, where it will draw: for a process that works alone."""
    _engine()


def render(figure: dict[str, Any], name: str) -> str:
    """Draw a figure, here and now.

    Parameters
    ----------
    figure : dict
        The figure as Plotly JSON, with `layout.width` and `layout.height` in pixels.
    name : str
        Unique on the page: the ids inside the SVG are drawn from it.

    Returns
    -------
    str
        An `<svg>` element with a viewBox and no fixed size.
    """
    return draw(json.dumps(figure), name)


def draw(text: str, name: str) -> str:
    """Draw a figure that is given as JSON, as `render` does."""
    engine, figure = _engine(), json.loads(text)
    # plotly.js draws random ids for its clip paths; a fixed sequence gives the same bytes every time.
    seed = sum(ord(letter) * 31**index for index, letter in enumerate(name)) % 2147483646 + 1
    engine.context.eval(
        f"(function () {{ var s = {seed}; Math.random = function () {{ s = s * 16807 % 2147483647; return s /"
        " 2147483647; }; })()"
    )
    drawn = engine.render_svg(figure["data"], figure["layout"])
    width, height = figure["layout"]["width"], figure["layout"]["height"]
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{FAMILY}">'
    drawn = re.sub(r'<svg class="main-svg"[^>]*>', root, drawn, count=1)
    drawn = re.sub(r"font-family: [^;\"]*; ?", "", drawn)
    return slim(with_values(drawn, figure["data"]))


def drawings(data: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield size ("wide" or "narrow"), name and figure of each drawing that a cell's output needs."""
    block = data.get(BLOCK, {})
    if block.get("kind") == "chart":
        for size, figure in (("wide", data[PLOTLY]), ("narrow", block["narrow"])):
            yield size, f"{block['id']}-{size}", {"data": figure["data"], "layout": figure["layout"]}


def drawing_names(chart: str) -> tuple[str, str]:
    """Return the names of a chart's two drawings: for the page column, and for a phone."""
    return f"{chart}-wide", f"{chart}-narrow"


def named(svg: str, name: str, title: str, description: str) -> str:
    """Give an SVG a role, a title and a description that a screen reader reads, each once."""
    head = (
        f' role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc"><title'
        f' id="{name}-title">{html.escape(title)}</title><desc'
        f' id="{name}-desc">{html.escape(description)}</desc>'
    )
    return svg.replace(">", head, 1)


def bare(svg: str) -> str:
    """Return a drawing without what `named` gave it."""
    root, more, inside = svg.partition(">")
    root = re.sub(r' (?:role|aria-(?:labelled|described)by)="[^"]*"', "", root)
    for tag in ("title", "desc"):  # those of the whole have an id, those of marks have none
        start, end = inside.find(f"<{tag} id="), inside.find(f"</{tag}>")
        if 0 <= start < end:
            inside = inside[:start] + inside[end + len(tag) + 3 :]
    return root + more + inside
