"""A Plotly figure as SVG, without a browser: the same bytes on every machine, named for screen readers."""

import html
import json
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

from pileup.page.slim import slim
from pileup.story.blocks import BLOCK, PLOTLY

FONTS = Path(__file__).parent / "fonts"

#: Said once on the root; the renderer would repeat it, unquoted, on every label.
FAMILY = "'Source Sans 3', system-ui, sans-serif"

#: Colours that the page may swap in the dark scheme: value in the figure, name of the CSS variable.
_SWAPS = {
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
def _font(bold: bool) -> Any:
    from PIL import ImageFont

    path = FONTS / f"source-sans-3-{600 if bold else 400}.woff2"
    return ImageFont.truetype(str(path), size=_UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _measure(text: str, family: str, size: str, weight: str = "") -> str:
    """Measure a text in the font that the page ships, so that labels fit on every reader's screen.

    The renderer would otherwise take whatever font the building machine has, and the page would differ
    from one machine to the next. Returns width, height, ascent and descent in pixels, comma-separated.
    """
    try:
        pixels = float(size)
    except ValueError:
        pixels = 12.0
    font = _font(weight in ("bold", "600", "700"))
    ascent, descent = font.getmetrics()
    scale = pixels / _UNITS
    sizes = (font.getlength(text), ascent + descent, ascent, descent)
    return ",".join(f"{size * scale:.2f}" for size in sizes)


@lru_cache(maxsize=1)
def _engine() -> Any:
    from plotly_print.engine import get_engine

    engine = get_engine()
    engine.context.add_callable("_measureTextRaw", _measure)
    return engine


# The JavaScript engine belongs to the thread that made it, so one thread draws everything. It lets go of
# Python's lock while it works: charts can be drawn while the notebook is still running.
_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draw")
_BEGUN: dict[tuple[str, str], Future[str]] = {}


def warm_up() -> None:
    """Load the engine now, in the background."""
    _WORKER.submit(_engine)


def begin(figure: dict[str, Any], name: str) -> None:
    """Begin to draw a figure in the background; `render` with the same arguments then waits for it."""
    _begin(figure, name)


def _begin(figure: dict[str, Any], name: str) -> tuple[str, str]:
    key = (name, json.dumps(figure, sort_keys=True))
    if key not in _BEGUN:
        _BEGUN[key] = _WORKER.submit(_draw, figure, name)
    return key


def render(figure: dict[str, Any], name: str) -> str:
    """Draw a figure.

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
    return _BEGUN.pop(_begin(figure, name)).result()


def _draw(figure: dict[str, Any], name: str) -> str:
    engine = _engine()
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
    return slim(drawn)


def drawings(data: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield size ("wide" or "narrow"), name and figure of each drawing that a cell's output needs."""
    block = data.get(BLOCK, {})
    if block.get("kind") == "chart":
        for size, figure in (("wide", data[PLOTLY]), ("narrow", block["narrow"])):
            yield size, f"{block['id']}-{size}", {"data": figure["data"], "layout": figure["layout"]}


def named(svg: str, name: str, title: str, description: str) -> str:
    """Give an SVG a role, a title and a description that a screen reader reads."""
    head = (
        f' role="img" aria-labelledby="{name}-title {name}-desc"><title'
        f' id="{name}-title">{html.escape(title)}</title><desc'
        f' id="{name}-desc">{html.escape(description)}</desc>'
    )
    return svg.replace(">", head, 1)


def themed(svg: str) -> str:
    """Let the page's colour scheme decide: write each known colour as a CSS variable."""
    for value, variable in _SWAPS.items():
        red, green, blue = (int(value[index : index + 2], 16) for index in (1, 3, 5))
        svg = svg.replace(f"rgb({red}, {green}, {blue})", f"var(--{variable})")
    return svg
