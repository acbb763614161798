"""Pictures of charts for social media and print: an SVG as PNG, without a browser, in the shipped font."""

import html
import os
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context

from pileup.errors import PileupError
from pileup.page import raster
from pileup.page import svg as drawing
from pileup.story.charts.theme import ACCENT, GRID, INK, MUTED, PAPER, WIDE

_MARGIN = 24
#: With fewer drawings than this, starting helpers takes longer than drawing.
FEW = 4
#: The card that social networks show: Open Graph's usual size, in pixels.
CARD = (1200, 630)


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
        When the drawing has CSS variables, which only a page can fill, or cannot be read.
    """
    if "var(--" in svg:
        raise PileupError(
            "this drawing takes its colours from a page (var(--...)): a PNG needs the one for files"
        )
    return raster.draw(svg, scale, _known(svg))


def _known(svg: str) -> bool:
    """Tell whether the shipped font has every letter of a drawing."""
    return all(_has(letter) for letter in set(html.unescape("".join(re.findall(r">([^<]+)<", svg)))))


def pngs(drawings: dict[str, str]) -> dict[str, bytes]:
    """Draw many SVGs as PNG, on every core: resvg keeps Python's lock, so threads would not help.

    Parameters
    ----------
    drawings : dict of str to str
        SVGs by name.

    Returns
    -------
    dict of str to bytes
        The PNG files by the same names.
    """
    if len(drawings) < FEW:
        return {name: png(svg) for name, svg in drawings.items()}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(raster.draw, svg, 2.0, _known(svg)) for svg in drawings.values()]
        return {name: job.result() for name, job in zip(drawings, jobs, strict=True)}


@lru_cache(maxsize=1024)
def _has(letter: str) -> bool:
    """Say whether the shipped font has a letter: what it lacks it draws as it draws a non-character."""
    font = drawing._font(False)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


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
    parts.append(
        f'<svg x="{_MARGIN}" y="{y:g}" width="{inner}" height="{height:.2f}"'
        f' viewBox="0 0 {match[1]} {match[2]}">{svg[match.end() :]}'
    )
    y += round(height) + 12
    parts.append(f'<path d="M{_MARGIN},{y}h{inner}" stroke="{GRID}" />')
    y += 8
    for text in (f"Source: {source}", f"Note: {note}" if note else "", by):
        y = _lines(parts, text, _MARGIN, y, 12.5, MUTED, inner)
    return _sheet(WIDE, round(y) + 16, headline, parts)


def _cut(text: str, most: int) -> str:
    """Shorten a text to whole words within so many characters; a word too long for a line is cut."""
    text = " ".join(word if len(word) <= 30 else f"{word[:29]}…" for word in text.split())
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0].rstrip(',;:')} …"


def card(headline: str, standfirst: str, numbers: Sequence[tuple[str, str]] = (), by: str = "") -> bytes:
    """Draw the picture that a social network shows beside a link to the page.

    Parameters
    ----------
    headline : str
        The page's headline.
    standfirst : str
        The page's first paragraph; shown where there are no numbers.
    numbers : sequence of (str, str)
        Up to four key numbers, each with the words that say what it counts.
    by : str
        Name of the project, and the edition.

    Returns
    -------
    bytes
        A PNG file of 1200 x 630 pixels.

    A headline or a standfirst too long for the card ends in an ellipsis; the page has the whole.
    """
    width, height = CARD
    margin = 72
    inner = width - 2 * margin
    headline, standfirst = _cut(headline, 140), _cut(standfirst, 330)
    parts = [f'<rect width="{width}" height="12" fill="{ACCENT}" />']
    size = next((size for size in (68, 60, 52, 44) if len(_wrapped(headline, inner, size, True)) <= 3), 40)
    y = _lines(parts, headline, margin, 76, size, INK, inner, bold=True, balanced=True)
    foot = height - 72
    if numbers:
        column = (inner - 32 * (len(numbers) - 1)) / len(numbers)
        fits = (
            size
            for size in (76, 64, 52, 44)
            if all(_width(number, size, True) <= column for number, _ in numbers)
        )
        size = next(fits, 36)
        tall = max(len(_wrapped(words, column, 27)) for _, words in numbers) * 34 + size * 1.2
        top = foot - 40 - tall
        for index, (number, words) in enumerate(numbers):
            x = margin + index * (column + 32)
            below = _lines(parts, number, x, top, size, ACCENT, column, bold=True)
            _lines(parts, words, x, below, 27, MUTED, column)
    else:
        size = next((size for size in (32, 29, 26) if _fit(standfirst, inner, size, foot - 40 - y - 28)), 23)
        top = y + 28
        tall = _lines(parts, standfirst, margin, top, size, MUTED, inner) - top
    if top < y + 12 or top + tall > foot - 12:
        raise PileupError(f"the card has no room for all its words: shorten the headline {headline!r}")
    parts.append(f'<path d="M{margin},{foot}h{inner}" stroke="{GRID}" stroke-width="2" />')
    _lines(parts, by, margin, foot + 14, 25, MUTED, inner)
    return png(_sheet(width, height, headline, parts), 1)


def _fit(text: str, width: float, size: float, room: float) -> bool:
    return len(_wrapped(text, width, size)) * size * 1.3 <= room


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
    return float(drawing._measure(text, "", str(size), "600" if bold else "").partition(",")[0])


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
