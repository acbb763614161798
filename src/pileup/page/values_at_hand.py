"""Lets each mark of a drawing say its value: the words that its figure has for a pointer, as its title."""

from typing import Any
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
#: The layer in which plotly.js draws the traces of a type, in their order.
_LAYERS = {"bar": "barlayer", "scatter": "scatterlayer"}
#: What makes plotly.js draw in another order than that of the data.
_REORDERS = ("xaxis", "yaxis", "fill", "zorder", "visible")


def with_values(svg: str, traces: list[dict[str, Any]]) -> str:
    """Give each mark of a drawing a title.

    Parameters
    ----------
    svg : str
        The drawing as plotly.js writes it, with its classes.
    traces : list of dict
        The figure's data; `hovertext`, or else `text`, says what the table says of each mark.

    Returns
    -------
    str
        The drawing, in which a browser shows the words under a pointer without a script. Where it is not
        certain which words belong to which mark, as in a figure with several plots, there are none.
    """
    root = ElementTree.fromstring(svg)
    if any(name in trace for trace in traces for name in _REORDERS):
        return svg
    for kind, layer in _LAYERS.items():
        drawn = [one for group in _with_class(root, layer) for one in _with_class(group, "trace")]
        own = [trace for trace in traces if trace.get("type", "scatter") == kind and len(trace.get("x", ()))]
        if len(own) == len(drawn):
            for trace, group in zip(own, drawn, strict=True):
                _say(group, trace.get("hovertext") or trace.get("text"))
    return ElementTree.tostring(root, encoding="unicode")


def _say(group: ElementTree.Element, texts: object) -> None:
    """Give the marks of a trace their words, where there is one for each."""
    marks = [mark for points in _with_class(group, "points") for mark in points]
    if not isinstance(texts, list) or len(texts) != len(marks):
        return
    for mark, text in zip(marks, texts, strict=True):
        shape = mark if mark.tag == f"{_SVG}path" else mark.find(f"{_SVG}path")
        if text and shape is not None:
            ElementTree.SubElement(shape, f"{_SVG}title").text = str(text)


def _with_class(parent: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in parent.iter(f"{_SVG}g") if name in one.get("class", "").split()]
