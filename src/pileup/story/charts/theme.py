"""The look of every chart: colours, type, canvas sizes, and the few drawing helpers that charts share."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

#: Colours by what they mean. The page swaps them for lighter ones in the dark scheme by these very values.
INK, MUTED, GRID, PAPER = "#1f2933", "#55616c", "#d5dbe1", "#ffffff"
CONTEXT, ACCENT, SECOND = "#7d8b99", "#b5470b", "#0b6e75"

FONT = "Source Sans 3, system-ui, sans-serif"
#: Canvas widths in CSS pixels: the page's column, and what a 320 px phone leaves beside the margins.
WIDE, NARROW = 720, 300


def canvas(narrow: bool, height: int, left: int = 8, right: int = 8, top: int = 8, bottom: int = 36) -> go.Figure:
    """Return an empty figure with the house layout; sizes are in CSS pixels."""
    axis = {
        "showgrid": True,
        "gridcolor": GRID,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "tickfont": {"color": MUTED, "size": 12 if narrow else 13},
        "title": {"font": {"color": MUTED, "size": 12 if narrow else 13}},
    }
    figure = go.Figure()
    figure.update_layout(
        template="none",
        width=NARROW if narrow else WIDE,
        height=height,
        margin={"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        font={"family": FONT, "size": 13 if narrow else 14, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        showlegend=False,
        hovermode="closest",
        xaxis=axis,
        yaxis=axis,
        bargap=0.15,
    )
    return figure


def both(draw: Callable[[bool], go.Figure]) -> dict[str, go.Figure]:
    """Draw a chart for the page column and for a phone."""
    return {"wide": draw(False), "narrow": draw(True)}


def label(
    figure: go.Figure,
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
) -> None:
    """Put a direct label at a point; `dx` and `dy` shift it in pixels, `dy` upwards."""
    figure.add_annotation(
        x=x,
        y=y,
        text=f"<b>{text}</b>" if bold else text,
        showarrow=False,
        xanchor=anchor,
        yanchor=valign,
        align=anchor,
        xshift=dx,
        yshift=dy,
        xref=xref,
        yref=yref,
        font={"color": color, **({"size": size} if size else {})},
    )


def line(figure: go.Figure, x0: object, y0: object, x1: object, y1: object, color: str = MUTED, width: float = 1.5,
         dash: str = "solid", xref: str = "x", yref: str = "y") -> None:  # fmt: skip
    """Draw a straight line between two points."""
    figure.add_shape(
        type="line", x0=x0, y0=y0, x1=x1, y1=y1, xref=xref, yref=yref, layer="above",
        line={"color": color, "width": width, "dash": dash},
    )  # fmt: skip


def dots(figure: go.Figure, x: Sequence, y: Sequence, colors: Sequence[str], size: float = 11, symbol: str | Sequence[str] = "circle",
         hover: Sequence[str] | None = None) -> None:  # fmt: skip
    """Draw points; the hover text repeats what the table says."""
    figure.add_scatter(
        x=list(x), y=list(y), mode="markers", text=list(hover) if hover else None,
        hoverinfo="text" if hover else "skip", cliponaxis=False,
        marker={"color": list(colors), "size": size, "symbol": symbol, "line": {"color": PAPER, "width": 1}},
    )  # fmt: skip


def row_axis(figure: go.Figure, labels: Sequence[str], narrow: bool, highlight: int | None = None) -> list[int]:
    """Name the rows of a chart, and return the height of each row on the y axis.

    On the page the names stand left of the plot; on a phone they stand above their row.
    """
    heights = [-row for row in range(len(labels))]
    figure.update_yaxes(range=[heights[-1] - 0.5, 0.8 if narrow else 0.5], showgrid=False, showticklabels=False)
    for row, text in zip(heights, labels, strict=True):
        color, bold = (ACCENT, True) if -row == highlight else (INK, False)
        if narrow:
            label(figure, 0, row, text.replace("<br>", " "), color, bold, valign="bottom", xref="paper", dy=7)
        else:
            label(figure, 0, row, text, color, bold, anchor="right", xref="paper", dx=-10)
    return heights
