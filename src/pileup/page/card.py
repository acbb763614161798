"""What is said around a chart's picture, and the card for a link: SVG sheets with words that fit."""

import html
import re
from bisect import bisect_left
from collections.abc import Sequence

from pileup.base.errors import PileupError
from pileup.page import svg
from pileup.page.content import Chart, Figures
from pileup.page.lead import lead
from pileup.page.meta import CARD_SIZE
from pileup.story.charts.theme import ACCENT, GRID, INK, MUTED, PAPER, WIDE
from pileup.words.language import _

_MARGIN = 24


def with_credit(chart: Chart, by: str = "") -> str:
    """Put a drawing on a card that can stand alone: what it says above it, who says so below it.

    Parameters
    ----------
    chart : Chart
        The chart, with its drawing for the page column and what stands around it on the page.
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
    drawing = chart.wide
    match = re.match(
        r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(?:<title.*?</desc>)?', drawing, re.DOTALL
    )
    if not match:
        raise PileupError('this drawing cannot be placed: it does not begin with <svg ... viewBox="0 0 W H">')
    inner = WIDE - 2 * _MARGIN
    height = inner * float(match[2]) / float(match[1])
    parts: list[str] = []
    y = _lines(parts, chart.title, _MARGIN, _MARGIN, 22, INK, inner, bold=True, balanced=True) + 4
    y = _lines(parts, chart.subtitle, _MARGIN, y, 15, MUTED, inner, balanced=True) + 12
    # Visible: nothing reaches beyond the canvas, and cutting at its edge takes resvg a third of its time.
    parts.append(
        f'<svg x="{_MARGIN}" y="{y:g}" width="{inner}" height="{height:.2f}" overflow="visible"'
        f' viewBox="0 0 {match[1]} {match[2]}">{drawing[match.end() :]}'
    )
    y += round(height) + 12
    parts.append(f'<path d="M{_MARGIN},{y}h{inner}" stroke="{GRID}" />')
    y += 8
    for text in (f"{_('Source:')} {chart.source}", f"{_('Note:')} {chart.note}" if chart.note else "", by):
        y = _lines(parts, text, _MARGIN, y, 12.5, MUTED, inner)
    return _sheet(WIDE, round(y) + 16, chart.title, parts)


def card(
    headline: str, standfirst: str, by: str = "", figures: Figures | None = None, of_crash: bool = False
) -> str:
    """Draw the picture that a social network shows beside a link to the page.

    Parameters
    ----------
    headline : str
        The page's headline.
    standfirst : str
        The page's first paragraph, for a page that has no leading chart.
    by : str
        Name of the project, and the edition.
    figures : dict, optional
        The figures of the page's charts; the card draws the leading one anew, with few and large letters.
    of_crash : bool
        Whether the page leads with the size of the crash, as a state's does.

    Returns
    -------
    str
        An SVG of 1200 x 630 pixels.

    Words that are too many for the card end in an ellipsis; the page has the whole.
    """
    width, height = CARD_SIZE
    margin = 72
    inner = width - 2 * margin
    foot = height - 72
    parts = [f'<rect width="{width}" height="12" fill="{ACCENT}" />']
    if figures and (drawn := lead(figures, of_crash, margin, 236, inner, height - 236 - 30)):
        short = _shortened(headline.partition(". ")[0], inner, 64, 2, bold=True)
        _lines(parts, short, margin, 52, 64, INK, inner, bold=True, balanced=True)
        return _sheet(width, height, headline, [*parts, *drawn])
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
    """Return an SVG of the given size with a paper-colored ground."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="{svg.FAMILY}"><title>{html.escape(title)}</title>'
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
    return svg.measure(text, size, bold)[0]


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
