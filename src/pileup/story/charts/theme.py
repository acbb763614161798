"""The look of every chart: colors, type, canvas sizes, and the few drawing helpers that charts share."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from pileup.words import written

#: Colors by what they mean. The page swaps them for lighter ones in the dark scheme by these very values.
INK, MUTED, GRID, PAPER = "#1f2933", "#55616c", "#d5dbe1", "#ffffff"
CONTEXT, ACCENT, SECOND = "#8090a0", "#b5470b", "#1e6764"

FONT = "Source Sans 3, system-ui, sans-serif"
#: Canvas widths in CSS pixels: the page's column, and what a 320 px phone leaves beside the margins.
WIDE, NARROW = 720, 300


class Canvas:
    """A chart being drawn: traces, labels and lines, gathered and checked by Plotly once, at the end.

    Parameters
    ----------
    narrow : bool
        For a phone instead of the page column.
    height, left, right, top, bottom : int
        Height of the whole (0 where `rows` sets it), and room around the plot, in CSS pixels.
    """

    def __init__(
        self, narrow: bool, height: int = 0, left: int = 8, right: int = 8, top: int = 8, bottom: int = 36
    ) -> None:
        self.narrow = narrow
        self._traces: list[dict] = []
        self._labels: list[dict] = []
        self._lines: list[dict] = []
        self._size = 12 if narrow else 13
        self._top_and_bottom = top + bottom
        self._axes = {axis: self._axis() for axis in ("xaxis", "yaxis")}
        self._layout: dict[str, Any] = {
            "template": "none",
            "width": NARROW if narrow else WIDE,
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "font": {"family": FONT, "size": 13 if narrow else 14, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "showlegend": False,
            "hovermode": "closest",
            "barmode": "overlay",
            "bargap": 0.15,
        }

    def _axis(self) -> dict:
        return {
            "showgrid": True,
            "gridcolor": GRID,
            "gridwidth": 1,
            "zeroline": False,
            "showline": False,
            "ticks": "",
            "fixedrange": True,
            "tickfont": {"color": MUTED, "size": self._size},
        }

    def x(self, title: str = "", **settings: object) -> None:
        """Set the horizontal axis: its title and any of Plotly's axis settings."""
        self._set("xaxis", title, settings)

    def y(self, title: str = "", **settings: object) -> None:
        """Set the vertical axis."""
        self._set("yaxis", title, settings)

    def _set(self, axis: str, title: str, settings: dict) -> None:
        if title:
            settings["title"] = {"text": title, "font": {"color": MUTED, "size": self._size}}
        self._axes[axis].update(settings)

    def columns(
        self,
        x: Sequence,
        y: Sequence,
        colors: str | Sequence[str],
        hover: Sequence[str],
        width: float | None = None,
        base: float | None = None,
    ) -> None:
        """Draw vertical bars from 0, or from another height."""
        self._bars("v", list(x), list(y), None if base is None else [base] * len(x), colors, hover, width)

    def bars(
        self,
        y: Sequence,
        start: Sequence,
        end: Sequence,
        colors: str | Sequence[str],
        hover: Sequence[str],
        width: float | Sequence[float],
        patterns: Sequence[str] | None = None,
        gap: float = 0,
        shades: Sequence[float] | None = None,
    ) -> None:
        """Draw horizontal bars from one value to another.

        `gap` is the width of a paper-colored edge; `shades` says how strong each color is, from 0 to 1.
        """
        lengths = [stop - begin for begin, stop in zip(start, end, strict=True)]
        self._bars("h", lengths, list(y), list(start), colors, hover, width, patterns, gap, shades)

    def _bars(
        self,
        orientation: str,
        x: list,
        y: list,
        base: list | None,
        colors: str | Sequence[str],
        hover: Sequence[str],
        width: float | Sequence[float] | None,
        patterns: Sequence[str] | None = None,
        gap: float = 0,
        shades: Sequence[float] | None = None,
    ) -> None:
        marker: dict = {
            "color": colors if isinstance(colors, str) else list(colors),
            "line": {"color": PAPER, "width": gap},
        }
        if patterns and any(patterns):
            marker["pattern"] = {"shape": list(patterns)}
        if shades:
            marker["opacity"] = list(shades)
        trace = {
            "type": "bar",
            "orientation": orientation,
            "x": x,
            "y": y,
            "base": base,
            "width": list(width) if isinstance(width, Sequence) else width,
            "marker": marker,
            "hovertext": list(hover),
            "hoverinfo": "text",
        }
        self._traces.append({name: value for name, value in trace.items() if value is not None})

    def dots(
        self,
        x: Sequence,
        y: Sequence,
        colors: str | Sequence[str],
        hover: Sequence[str],
        size: float | Sequence[float] = 11,
        symbol: str | Sequence[str] = "circle",
    ) -> None:
        """Draw points; the hover text repeats what the table says."""
        marker = {
            "color": colors,
            "size": size,
            "symbol": symbol,
            "opacity": 1,
            "line": {"color": PAPER, "width": 1},
        }
        self._traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": list(x),
                "y": list(y),
                "text": list(hover),
                "hoverinfo": "text",
                "cliponaxis": False,
                "marker": marker,
            }
        )

    def ring(self, x: object, y: object, color: str, hover: str, size: float) -> None:
        """Draw an open point that hides the line under it."""
        self.dots([x], [y], PAPER, [""], size)
        self.dots([x], [y], color, [hover], size, "circle-open")

    def label(
        self,
        x: object,
        y: object,
        text: str,
        color: str = INK,
        bold: bool = False,
        anchor: str = "left",
        valign: str = "middle",
        dx: float = 0,
        dy: float = 0,
        xref: str = "x",
        yref: str = "y",
        size: int | None = None,
        backed: bool = False,
    ) -> None:
        """Put a label at a point, `dx` and `dy` (up) pixels away; `backed` hides what is behind it."""
        font = {"color": color} if size is None else {"color": color, "size": size}
        background = {"bgcolor": PAPER, "borderpad": 1} if backed else {}
        self._labels.append(
            {
                "x": x,
                "y": y,
                "text": f"<b>{text}</b>" if bold else text,
                "showarrow": False,
                "xanchor": anchor,
                "yanchor": valign,
                "align": anchor,
                "xshift": dx,
                "yshift": dy,
                "xref": xref,
                "yref": yref,
                "font": font,
                **background,
            }
        )

    def line(
        self,
        x0: object,
        y0: object,
        x1: object,
        y1: object,
        color: str = MUTED,
        width: float = 1.5,
        dash: str = "solid",
        xref: str = "x",
        yref: str = "y",
        below: bool = False,
    ) -> None:
        """Draw a straight line between two points, above the marks or below them."""
        self._lines.append(
            {
                "type": "line",
                "x0": x0,
                "y0": y0,
                "x1": x1,
                "y1": y1,
                "xref": xref,
                "yref": yref,
                "layer": "below" if below else "above",
                "line": {"color": color, "width": width, "dash": dash},
            }
        )

    def band(self, low: float, high: float, color: str) -> None:
        """Draw a range of the horizontal axis as a band below all marks, as high as the plot."""
        ends = {"x0": low, "x1": high, "y0": 0, "y1": 1, "yref": "paper"}
        look = {"fillcolor": color, "opacity": 0.2, "line": {"width": 0}}
        self._lines.append({"type": "rect", "layer": "below", **ends, **look})

    def pixels(self, height: float) -> None:
        """Set the plot's height, and let a unit of both axes be a CSS pixel from its top left corner."""
        self._layout["height"] = round(height) + self._top_and_bottom
        side = sum(self._layout["margin"][one] for one in "lr")
        for axis, ends in (("xaxis", [0, self._layout["width"] - side]), ("yaxis", [round(height), 0])):
            self._axes[axis].update(range=ends, showgrid=False, showticklabels=False)

    def marks(
        self, rows: Sequence[tuple[float, float, int]], long: float, gap: float, thick: float, color: str
    ) -> None:
        """Draw rows of equal marks as dashed lines: thousands of them take a few hundred bytes.

        Parameters
        ----------
        rows : sequence of tuple
            Of each row where it begins, how far down its middle is, and how many marks it has.
        long, gap, thick : float
            Length of a mark, room to the next, and height, on axes that `pixels` set.
        """
        ends = [(x, y, x + number * (long + gap) - gap) for x, y, number in rows]
        self._lines.append(
            {
                "type": "path",
                "path": "".join(f"M{x:g},{y:g}H{end:g}" for x, y, end in ends),
                "layer": "above",
                "line": {"color": color, "width": thick, "dash": f"{long:g}px,{gap:g}px"},
            }
        )

    def areas(self, boxes: Sequence[tuple[float, float]], wide: float, hover: Sequence[str]) -> None:
        """Let areas of a width tell what they are: from one height to another, on axes that `pixels` set."""
        middles = [(top + bottom) / 2 for top, bottom in boxes]
        highs = [bottom - top for top, bottom in boxes]
        ends = [wide] * len(boxes)
        self.bars(middles, [0] * len(boxes), ends, PAPER, hover, highs, shades=[0] * len(boxes))

    def box(self, x: float, y: float, wide: float, high: float, color: str, width: float) -> None:
        """Draw the outline of a box whose first corner is at a point."""
        line = {"color": color, "width": width}
        corners = {"x0": x, "y0": y, "x1": x + wide, "y1": y + high}
        self._lines.append({"type": "rect", "layer": "above", "line": line, **corners})

    def rows(self, labels: Sequence[str], highlight: int | None = None, wrap: int = 40) -> list[int]:
        """Name the rows of a chart, and return the height of each row on the y axis.

        On the page the names stand left of the plot, in lines of at most `wrap` characters; on a phone they
        stand above their row. The canvas grows to give every row the room that the longest name needs.
        """
        named = [written.wrap(text, 47 if self.narrow else wrap) for text in labels]
        lines = max(name.count("<br>") for name in named) + 1
        pitch = 30 + 17 * lines if self.narrow else max(30, 12 + 18 * lines)
        above = (11 + 17 * lines) / pitch + 0.1 if self.narrow else 0.5
        self._layout["height"] = round(self._top_and_bottom + pitch * (len(labels) - 0.5 + above))
        heights = [-row for row in range(len(labels))]
        self.y(range=[heights[-1] - 0.5, above], showgrid=False, showticklabels=False)
        for row, name in zip(heights, named, strict=True):
            color, bold = (ACCENT, True) if -row == highlight else (INK, False)
            if self.narrow:
                self.label(
                    0, row, name, color, bold, valign="bottom", xref="paper", dx=-4, dy=11, backed=True
                )
            else:
                self.label(0, row, name, color, bold, anchor="right", xref="paper", dx=-10)
        return heights

    def axis_name(self, text: str, dx: float = 0) -> None:
        """Name the vertical axis above its top end, where a reader begins."""
        self.label(
            0, 1, text, MUTED, xref="paper", yref="paper", valign="bottom", dx=dx, dy=8, size=self._size
        )

    def figure(self) -> go.Figure:
        """Return the chart as a Plotly figure, every property checked."""
        layout = {**self._layout, **self._axes, "annotations": self._labels, "shapes": self._lines}
        return go.Figure(data=self._traces, layout=layout)


def both(draw: Callable[[bool], Canvas]) -> dict[str, go.Figure]:
    """Draw a chart for the page column and for a phone."""
    return {"wide": draw(False).figure(), "narrow": draw(True).figure()}
