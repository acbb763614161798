"""Lets each mark of a drawing say its value: the words that its figure has for a pointer, as its title."""

from typing import Any
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
#: The layer in which plotly.js draws the traces of a type, in their order.
_LAYERS = {"bar": "barlayer", "scatter": "scatterlayer"}


def with_values(svg: str, traces: list[dict[str, Any]]) -> str:
    """Give each mark of a drawing a title.

    Parameters
    ----------
    svg : str
        The drawing as plotly.js writes it, with its classes.
    traces : list of dict
        The figure's data; `hovertext` of bars and `text` of points say what the table says of each.

    Returns
    -------
    str
        The drawing, in which a browser shows the words under a pointer without a script.
    """
    root = ElementTree.fromstring(svg)
    for kind, layer in _LAYERS.items():
        said = [trace.get("hovertext") or trace.get("text") for trace in traces if trace["type"] == kind]
        said = [texts for texts in said if texts]  # a trace without a mark is not drawn
        drawn = [
            one
            for group in root.iter(f"{_SVG}g")
            if layer in group.get("class", "").split()
            for one in group.iter(f"{_SVG}g")
            if "trace" in one.get("class", "").split()
        ]
        for texts, group in zip(said, drawn, strict=True):
            marks = [mark for one in group.iter(f"{_SVG}g") if one.get("class") == "points" for mark in one]
            for mark, text in zip(marks, texts, strict=True):
                shape = mark if mark.tag == f"{_SVG}path" else mark.find(f"{_SVG}path")
                if text and shape is not None:
                    ElementTree.SubElement(shape, f"{_SVG}title").text = text
    return ElementTree.tostring(root, encoding="unicode")
