"""The picture on the card for a link: a page's leading chart with few marks and letters for 300 pixels."""

import html
import re
from collections import Counter
from typing import Any

from pileup.page.content import Figures
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED
from pileup.words.language import _

#: The smallest letters on a card of 1200 pixels: 9 pixels where it is shown 300 wide.
LETTERS = 36


def lead(figures: Figures, of_crash: bool, x: float, y: float, wide: float, high: float) -> list[str]:
    """Draw what the page leads with, simplified: the people of the nearest groups by term, or the vehicles.

    Parameters
    ----------
    figures : dict
        The figures of the page's drawings.
    of_crash : bool
        Whether the page leads with the size of the crash, as a state's does.
    x, y, wide, high : float
        Where on the card there is room, in pixels.

    Returns
    -------
    list of str
        Parts of an SVG; empty where the page has neither chart. Every word and length is the chart's own.
    """
    leading = [("nearest-wide", _people), ("scale-wide", _vehicles)]
    for name, draw in reversed(leading) if of_crash else leading:
        if figure := figures.get(name):
            return draw(figure, x, y, wide, high)
    return []


def _people(figure: dict[str, Any], x: float, y: float, wide: float, high: float) -> list[str]:
    """Draw the people of the nearest groups in columns of a year, and the case's longest term."""
    axis = figure["layout"]["xaxis"]
    lines = [one for one in figure["layout"]["shapes"] if one["type"] == "line"]
    end = max(one["x1"] for one in lines if one["yref"] == "y")
    # A term is a line, a range a band; life and no prison stand beyond the ends of the axis.
    marks = [one for one in lines if one["yref"] == "paper" and one["line"]["color"] == ACCENT]
    marks += [one for one in figure["layout"]["shapes"] if one.get("fillcolor") == ACCENT]
    low, own = max(((one["x0"], one["x1"]) for one in marks), key=lambda ends: ends[1])
    label = next(one["text"] for one in _labels(figure) if one["x"] in (low, own))
    low, own = (min(max(place, 0), end + 1) for place in (low, own))
    counts = Counter[int]()
    for trace in figure["data"]:
        if trace["type"] == "bar":
            for year, people in zip(trace["x"], trace["y"], strict=True):
                if 0 <= year <= end:
                    counts[int(year)] += people
    year, top, foot = wide / (end + 1), y + 2 * LETTERS + 12, y + high - LETTERS - 14
    tall = (foot - top - 12) / max(counts.values())
    parts = [
        f'<rect x="{x + one * year:.1f}" y="{foot - people * tall:.1f}" width="{0.9 * year:.1f}"'
        f' height="{people * tall:.1f}" fill="{CONTEXT}" />'
        for one, people in sorted(counts.items())
    ]
    at, side, shift = x + own * year, *(("end", 4) if own > 0.3 * end else ("start", -4))
    parts.append(f'<path d="M{x:g},{foot:.1f}h{wide:g}" stroke="{CONTEXT}" stroke-width="3" />')
    for place in sorted({low, own}):
        line = f"M{x + place * year:.1f},{foot:.1f}V{top:.1f}"
        parts.append(f'<path d="{line}" stroke="{ACCENT}" stroke-width="8" />')
    parts.append(_text(at + shift, top - 8, _plain(label), ACCENT, side, bold=True))
    ticks = list(zip(axis["tickvals"], axis["ticktext"], strict=True))
    for value, text in ticks[:: max(1, -(-len(ticks) // 4))]:
        if value < 0.95 * end:
            parts.append(_text(x + value * year, y + high, text, MUTED, "middle" if value else "start"))
    words = _("People of the nearest groups by prison term, in years")
    return [*parts, _text(x, y + 0.7 * LETTERS, words, INK, "start")]


def _vehicles(figure: dict[str, Any], x: float, y: float, wide: float, high: float) -> list[str]:
    """Draw the marks of the vehicles, kind by kind, below their names."""
    rows = [
        one for one in figure["layout"]["shapes"] if one["type"] == "path" and one["line"]["color"] == ACCENT
    ]
    labels = _labels(figure)
    kinds = list(zip(labels, rows, strict=False))[: max(1, len(labels) - 1)]
    scale, room = wide / figure["layout"]["width"], high / len(kinds)
    parts = []
    for place, (label, row) in enumerate(kinds):
        top = y + place * room
        first = float(re.findall(r"M[\d.]+,([\d.]+)", row["path"])[0])
        parts.append(_text(x, top + LETTERS, _plain(label["text"]), ACCENT, "start", bold=True))
        dash = row["line"]["dash"].replace("px", "")
        parts.append(
            f'<path transform="translate({x:g},{top + LETTERS + 30:.1f}) scale({scale:.3f})'
            f' translate(0,{-first:g})" d="{row["path"]}" fill="none" stroke="{ACCENT}"'
            f' stroke-width="{row["line"]["width"]}" stroke-dasharray="{dash}" />'
        )
    return parts


def _labels(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the labels of this case, in their order."""
    return [one for one in figure["layout"]["annotations"] if one["font"]["color"] == ACCENT]


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", text)).strip()


def _text(x: float, y: float, words: str, color: str, anchor: str, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{LETTERS}"{weight} fill="{color}"'
        f' text-anchor="{anchor}">{html.escape(words)}</text>'
    )
