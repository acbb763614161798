"""Pictures of charts for social media and print: an SVG as PNG, without a browser, in the shipped font."""

import html
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from pileup.base.errors import PileupError
from pileup.page import raster, workers
from pileup.page import svg as drawing
from pileup.story.charts.theme import ACCENT, GRID, INK, MUTED, PAPER, WIDE
from pileup.words.language import _

_MARGIN = 24
#: The card that social networks show: Open Graph's usual size, in pixels.
CARD = (1200, 630)
_store: drawing.Store | None = None
_AHEAD = workers.Ahead[bytes]()


def keep_in(store: drawing.Store | None) -> None:
    """Have nothing drawn that is in a store already, and put there what is drawn.

    The exporter asks for the pictures, and nbconvert makes the exporter, so that nobody could hand it one.

    Parameters
    ----------
    store : pileup.page.svg.Store or None
        A store for pictures alone, each by its SVG and scale; None: draw everything, as at first.
    """
    global _store
    _store = store


def begin(svg: str, scale: float = 2.0) -> None:
    """Begin to draw an SVG as PNG in the background; `png` with the same two then waits for it.

    Parameters
    ----------
    svg, scale
        As `png` takes them.

    Raises
    ------
    PileupError
        When the drawing has CSS variables, which only a page can fill.
    """
    if "var(--" in svg:
        raise PileupError(
            "this drawing takes its colours from a page (var(--...)): a PNG needs the one for files"
        )
    store, key = {} if _store is None else _store, _key(svg, scale)
    keep = partial(store.__setitem__, key)
    _AHEAD.begin(key, store.get(key) or None, keep, raster.draw, svg, scale, _has_all(svg))


def png(svg: str, scale: float = 2.0) -> bytes:
    """Draw an SVG as PNG.

    The same bytes on every run: resvg draws in software, with the font that ships and no other. Only a text
    with a letter that this font lacks is drawn with what the machine has, so that no name is mutilated.

    Parameters
    ----------
    svg : str
        A drawing with a viewBox and with colours as values, as the files under `charts/` have them.
    scale : float
        Pixels for each CSS pixel.

    Returns
    -------
    bytes
        The PNG file.

    Raises
    ------
    PileupError
        When the drawing has CSS variables, or cannot be read.
    """
    begin(svg, scale)
    return _AHEAD.take(_key(svg, scale))


def _key(svg: str, scale: float) -> str:
    return f"{scale} {svg}"


def _has_all(svg: str) -> bool:
    """Say whether the shipped font has every letter of a drawing."""
    return all(map(_has, set(html.unescape("".join(re.findall(r">([^<]+)<", svg))))))


@lru_cache(maxsize=1024)
def _has(letter: str) -> bool:
    """Say whether the shipped font has a letter: what it lacks it draws as it draws a non-character."""
    font, none = _small()
    return letter.isspace() or bytes(font.getmask(letter)) != none


@lru_cache(maxsize=1)
def _small() -> tuple[Any, bytes]:
    """Return the shipped font at a size that is quick to draw, and what it draws for a non-character."""
    font: Any = drawing.font(False).font_variant(size=32)
    return font, bytes(font.getmask("\uffff"))


def with_credit(svg: str, headline: str, subtitle: str, source: str, note: str, by: str = "") -> str:
    """Put a drawing on a card that can stand alone: what it says above it, who says so below it.

    Parameters
    ----------
    svg : str
        The drawing for the page column, as the files under `charts/` have it.
    headline, subtitle, source, note : str
        As they stand around the chart on the page.
    by : str
        Who made the chart and when, for the last line.

    Returns
    -------
    str
        An SVG as wide as the page column.

    Raises
    ------
    PileupError
        When the drawing has no viewBox to be placed by.
    """
    match = re.match(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(?:<title.*?</desc>)?', svg, re.DOTALL)
    if not match:
        raise PileupError('this drawing cannot be placed: it does not begin with <svg ... viewBox="0 0 W H">')
    inner = WIDE - 2 * _MARGIN
    height = inner * float(match[2]) / float(match[1])
    parts: list[str] = []
    y = _lines(parts, headline, _MARGIN, _MARGIN, 22, INK, inner, bold=True, balanced=True) + 4
    y = _lines(parts, subtitle, _MARGIN, y, 15, MUTED, inner, balanced=True) + 12
    # Visible: nothing reaches beyond the canvas, and cutting at its edge takes resvg a third of its time.
    parts.append(
        f'<svg x="{_MARGIN}" y="{y:g}" width="{inner}" height="{height:.2f}" overflow="visible"'
        f' viewBox="0 0 {match[1]} {match[2]}">{svg[match.end() :]}'
    )
    y += round(height) + 12
    parts.append(f'<path d="M{_MARGIN},{y}h{inner}" stroke="{GRID}" />')
    y += 8
    for text in (f"{_('Source:')} {source}", f"{_('Note:')} {note}" if note else "", by):
        y = _lines(parts, text, _MARGIN, y, 12.5, MUTED, inner)
    return _sheet(WIDE, round(y) + 16, headline, parts)


def card(headline: str, standfirst: str, by: str = "") -> str:
    """Draw the picture that a social network shows beside a link to the page.

    Parameters
    ----------
    headline : str
        The page's headline.
    standfirst : str
        The page's first paragraph.
    by : str
        Name of the project, and the edition.

    Returns
    -------
    str
        An SVG of 1200 x 630 pixels.

    Words that are too many for the card end in an ellipsis; the page has the whole.
    """
    width, height = CARD
    margin = 72
    inner = width - 2 * margin
    foot = height - 72
    parts = [f'<rect width="{width}" height="12" fill="{ACCENT}" />']
    size = next((size for size in (68, 60, 52, 44) if _fits(headline, inner, size, 3, True)), 40)
    headline = _shortened(headline, inner, size, 4 if size == 40 else 3, True)
    y = _lines(parts, headline, margin, 76, size, INK, inner, bold=True, balanced=True) + 28
    room = {size: int((foot - 40 - y) / (size * 1.3)) for size in (32, 29, 26, 23)}
    size = next((size for size, lines in room.items() if _fits(standfirst, inner, size, lines)), 23)
    _lines(parts, _shortened(standfirst, inner, size, room[size]), margin, y, size, MUTED, inner)
    parts.append(f'<path d="M{margin},{foot}h{inner}" stroke="{GRID}" stroke-width="2" />')
    _lines(parts, _shortened(by, inner, 25, 1), margin, foot + 14, 25, MUTED, inner)
    return _sheet(width, height, headline, parts)


def _fits(text: str, width: float, size: float, lines: int, bold: bool = False) -> bool:
    """Tell whether a text has room in so many lines."""
    wrapped = _wrapped(text, width, size, bold)
    return len(wrapped) <= lines and all(_width(line, size, bold) <= width for line in wrapped)


def _shortened(text: str, width: float, size: float, lines: int, bold: bool = False) -> str:
    """Shorten a text to so many lines, after a word; a word as long as a line loses its end."""
    if _fits(text, width, size, lines, bold):
        return text

    def ends_beyond(words: str) -> bool:
        """Tell whether a line of these words has no room for an ellipsis."""
        return _width(f"{words} …", size, bold) > width

    words = text.split()
    for index, word in enumerate(words):
        if ends_beyond(word):
            letters = bisect_left(range(len(word)), True, key=lambda end: ends_beyond(f"{word[:end]}…"))
            words[index] = f"{word[: letters - 1]}…"
    kept = _wrapped(" ".join(words), width, size, bold)
    if len(kept) <= lines:
        return " ".join(kept)
    *whole, last = kept[:lines]
    while ends_beyond(last):
        last = last.rpartition(" ")[0]
    return " ".join([*whole, last if last.endswith("…") else f"{last.rstrip(',;:')} …"])


def _sheet(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    """Return an SVG of the given size with a paper-coloured ground."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="{drawing.FAMILY}"><title>{html.escape(title)}</title>'
        f'<rect width="{width}" height="{height}" fill="{PAPER}" />{"".join(parts)}</svg>'
    )


def _lines(
    parts: list[str],
    text: str,
    x: float,
    y: float,
    size: float,
    color: str,
    width: float,
    bold: bool = False,
    balanced: bool = False,
) -> float:
    """Write a text from a point down, in lines no wider than `width`; return where it ends."""
    pitch = size * (1.2 if bold else 1.3)
    for line in _wrapped(text, width, size, bold, balanced):
        weight = ' font-weight="600"' if bold else ""
        parts.append(
            f'<text x="{x:g}" y="{y + size:g}" font-size="{size:g}"{weight} fill="{color}">'
            f"{html.escape(line)}</text>"
        )
        y += pitch
    return round(y, 2)


def _width(text: str, size: float, bold: bool = False) -> float:
    return drawing.measure(text, size, bold)[0]


def _wrapped(text: str, width: float, size: float, bold: bool = False, balanced: bool = False) -> list[str]:
    """Break a text into lines that fit; `balanced` makes them of like length, with no more of them."""

    def broken(most: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and _width(longer, size, bold) <= most:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    lines = broken(width)
    if balanced and len(lines) > 1:
        for share in range(50, 100, 2):
            tighter = broken(width * share / 100)
            fits = all(_width(line, size, bold) <= width for line in tighter)
            if len(tighter) == len(lines) and fits:
                return tighter
    return lines
