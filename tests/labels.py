"""The labels of a drawing, measured in the font that the page ships: which are cut or covered."""

import re
from xml.etree import ElementTree

from pileup.page import svg


def labels(drawing: str) -> list[tuple[str, float, float, float, float]]:
    """Return each line of text in a drawing with the edges of its box: left, top, right, bottom."""
    found: list[tuple[str, float, float, float, float]] = []

    def walk(element: ElementTree.Element, left: float, top: float, said: dict[str, str]) -> None:
        for x, y in re.findall(r"translate\((-?[\d.]+),(-?[\d.]+)\)", element.get("transform", "")):
            left, top = left + float(x), top + float(y)
        # A line begins where it says, or else as many em below the last one as it says.
        down = float(element.get("dy", "0em").removesuffix("em")) * float(said.get("font-size", 0))
        place.update({name: float(element.attrib[name]) for name in ("x", "y") if name in element.attrib})
        place["y"] += down
        said = said | dict(element.attrib)
        if element.text and element.tag in ("text", "tspan"):
            bold = said.get("font-weight") in ("bold", "600", "700")
            width, height, ascent, _ = svg.measure(element.text, float(said["font-size"]), bold)
            x = left + place["x"] - {"start": 0.0, "middle": 0.5, "end": 1.0}[said["text-anchor"]] * width
            y = top + place["y"] - ascent
            found.append((element.text, x, y, x + width, y + height))
        for child in element:
            walk(child, left, top, said)

    place = {"x": 0.0, "y": 0.0}
    walk(ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", drawing)), 0, 0, {})
    return found


def crowded(drawing: str) -> list[str]:
    """Return a line for each label that sticks out of its drawing or lies on another one."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert box
    width, height = map(float, box.groups())
    found, faults = labels(drawing), []
    assert found
    for index, (text, left, top, right, bottom) in enumerate(found):
        if left < -1.5 or right > width + 1.5 or top < -1.5 or bottom > height + 3:
            faults.append(f"{text} is cut ({width:g} px)")
        for other, left2, top2, right2, bottom2 in found[index + 1 :]:
            across = min(right, right2) - max(left, left2)
            down = min(bottom, bottom2) - max(top, top2)
            if across >= 4 and down >= 8:
                faults.append(f"{text} lies on {other} ({width:g} px)")
    return faults
