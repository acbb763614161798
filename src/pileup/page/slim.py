"""Makes a drawing smaller without changing its picture, and whole where a page has no style."""

import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
#: Style that says what holds anyway.
_DEFAULT = {
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "vector-effect": "none",
    "white-space": "pre",
    "stroke-dasharray": "none",
}
_IDLE = {"", "rotate(0)", "translate(0,0)"}
#: What a group hands down to what is in it, so that it may be said once.
_INHERITED = re.compile(r"(?:fill|stroke)(?:-[a-z]+)?|font-[a-z]+|text-anchor")
_EM = re.compile(r"(-?[\d.]+)em")
_RGB = re.compile(r"rgb\((\d+), ?(\d+), ?(\d+)\)")
#: A full circle as plotly.js draws its marks: two halves of one radius.
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1 0 1,1 0,-\1A\1,\1 0 0,1 \1,0Z")
#: A bar as plotly.js draws it: along one side, across, back and closed.
_BAR = re.compile(r"M(-?[\d.]+),(-?[\d.]+)V(-?[\d.]+)H(-?[\d.]+)V\2Z")


def slim(svg: str) -> str:
    """Leave out what no reader sees: empty elements, classes, default styles, digits past the second decimal.

    What plotly.js says as style is said by plain attributes, with colors as `#rrggbb`: they hold where a page
    has no style, and any rule of a page's style sheet wins over them. What neighbors share is said once, by a
    group; a full circle is a `<circle>`; a label has no group of its own to move it.

    Parameters
    ----------
    svg : str
        A drawing, as plotly.js writes it.

    Returns
    -------
    str
        The same picture; what is inside `<title>` and `<desc>` is kept.
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(_RGB.sub(lambda rgb: "#" + bytes(map(int, rgb.groups())).hex(), svg))
    _slim(root)
    _drop_clips_without_use(root)
    return ElementTree.tostring(root, encoding="unicode")


def _slim(parent: ElementTree.Element, clip: str | None = None) -> None:
    """Slim what is inside an element; a group that says nothing gives way to its children.

    `clip` is the shape by which the element is clipped already, in the coordinates of its children: a bar of
    its own need not say it again.
    """
    kept: list[ElementTree.Element] = []
    for child in parent:
        if child.tag == f"{{{_SVG}}}pattern":  # a tile that is rounded no longer meets the next
            kept.append(child)
            continue
        _attributes(child)
        moved = "transform" in child.attrib
        if clip and not moved and child.get("clip-path") == clip:
            del child.attrib["clip-path"]
        _slim(child, child.get("clip-path") or (None if moved else clip))
        tag = child.tag.partition("}")[2]
        if tag == "text":
            _lines(child)
        if (label := _label(child)) is not None:
            kept.append(label)
            continue
        if tag == "rect" and child.get("fill") == child.get("stroke") == "none":
            continue
        if child.get("display") == "none":  # a mark beyond the range of its axes
            continue
        if tag == "g" and not child.attrib:
            kept += list(child)
        elif tag not in ("g", "defs") or len(child):
            if tag == "path" and child.get("d", "M0,0") == "M0,0":
                continue
            if child.get("d", "").count("M") == 1:  # one outline that does not cross itself has no holes
                child.attrib.pop("fill-rule", None)
            if tag == "path" and (bar := _BAR.fullmatch(child.attrib["d"])):
                child.set("d", _from_corner(*bar.groups()))
            if tag == "path" and (circle := _CIRCLE.fullmatch(child.attrib["d"])):
                child.tag = f"{{{_SVG}}}circle"
                child.attrib = {"r": circle[1]} | {name: one for name, one in child.items() if name != "d"}
            if tag == "g" and {*child.attrib} == {"clip-path"} and kept and kept[-1].attrib == child.attrib:
                kept[-1].extend(child)  # neighbors clipped by one shape are clipped once
                continue
            kept.append(child)
    parent[:] = _grouped(kept) if parent.tag == f"{{{_SVG}}}g" or parent.tag == f"{{{_SVG}}}svg" else kept


def _from_corner(x: str, y: str, far_y: str, far_x: str) -> str:
    """Draw a bar from its corner: bars of one width then say the same, which compresses well."""
    high, wide = Decimal(far_y) - Decimal(y), Decimal(far_x) - Decimal(x)
    return f"M{x},{y}v{high:f}h{wide:f}v{-high:f}Z"


def _lines(text: ElementTree.Element) -> None:
    """Say of each line of a label only what the lines before it do not say."""
    lines = list(text)
    moves = [float(move[1]) for line in lines if (move := _EM.fullmatch(line.get("dy", "")))]
    if text.text or len(moves) < len(lines) or {line.get("y") for line in lines} != {text.get("y")}:
        return
    for line, down, before in zip(lines, moves, [0.0, *moves], strict=False):
        line.set("dy", f"{down - before:.2f}".rstrip("0").rstrip(".") + "em")
        del line.attrib["y"]
    first = lines[0]
    if first.get("dy") != "0em" or first.get("x") != text.get("x"):
        return
    del first.attrib["dy"], first.attrib["x"]
    if not first.attrib and not len(first):
        text.text = (first.text or "") + (first.tail or "")
        text.remove(first)


def _label(group: ElementTree.Element) -> ElementTree.Element | None:
    """Return the one label of a group that only moves it, moved by itself; None where it is another group."""
    if {*group.attrib} != {"transform"} or [one.tag for one in group] != [f"{{{_SVG}}}text"]:
        return None
    label = group[0]
    if {"transform", "clip-path"} & {*label.attrib}:
        return None
    # Moved, not placed anew: a browser sets letters on a finer grid than that of two decimals.
    label.attrib = {**group.attrib, **label.attrib}
    return label


def _grouped(children: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """Say once what a group can hand down and neighbors share."""
    out: list[ElementTree.Element] = []
    for shared, run in itertools.groupby(children, key=_handed_down):
        members = list(run)
        if len(members) > 1 and shared:
            group = ElementTree.Element(f"{{{_SVG}}}g", dict(shared))
            for member in members:
                for name in shared:
                    del member.attrib[name]
                group.append(member)
            members = [group]
        out += members
    return out


def _handed_down(element: ElementTree.Element) -> dict[str, str]:
    return {name: value for name, value in element.items() if _INHERITED.fullmatch(name)}


def _attributes(element: ElementTree.Element) -> None:
    """Slim the attributes of one element; its style becomes attributes, and wins over them as before."""
    for name, value in _style(element.attrib.pop("style", "")).items():
        element.set(name, value)
    for name, value in list(element.attrib.items()):
        if name == "transform":
            moves = re.findall(r"\w+\([^)]*\)", _rounded(value))
            value = "".join(move for move in moves if re.sub(r"rotate\(0,.*", "rotate(0)", move) not in _IDLE)
        elif (
            name == "class"
            or name.startswith("data-")
            or name in ("unselectable", "pointer-events")
            or name.rpartition("}")[2] == "space"
        ):
            value = ""
        else:
            value = _rounded(value) if name in ("x", "y", "width", "height") else value
        if value:
            element.set(name, value)
        else:
            del element.attrib[name]


def _style(value: str) -> dict[str, str]:
    """Read a style, without what holds anyway."""
    pairs = [pair.partition(":")[::2] for pair in value.split(";") if pair.strip()]
    said = {name.strip(): re.sub(r"(?<=\d)px", "", words.strip()) for name, words in pairs}
    said = {name: words for name, words in said.items() if _DEFAULT.get(name) != words}
    for paint in ("fill", "stroke"):
        if said.get(f"{paint}-opacity") == "0":
            del said[f"{paint}-opacity"]
            said[paint] = "none"
    if said.get("stroke", "none") == "none":
        said.pop("stroke-width", None)
    return said


def _rounded(value: str) -> str:
    return re.sub(
        r"-?\d+\.\d{3,}", lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), value
    )


def _drop_clips_without_use(root: ElementTree.Element) -> None:
    """Leave out the clipping shapes that nothing refers to, and the ids that nothing refers to."""
    used = set(re.findall(r"url\(#([^)]+)\)", ElementTree.tostring(root, encoding="unicode")))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("id") not in used:
                if child.tag == f"{{{_SVG}}}clipPath":
                    parent.remove(child)
                    continue
                child.attrib.pop("id", None)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}defs", f"{{{_SVG}}}g") and not len(child):
                parent.remove(child)
