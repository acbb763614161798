"""Reads a page as strictly as pileup writes it, in one pass: every tag closed, every value quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from pileup.base.errors import PileupError

#: Elements without an end, and those whose content is no markup.
VOID = {"meta", "link", "br", "hr", "img", "wbr", "input"}
RAW = {"script", "style"}
#: How deep elements may stand in one another; no page of ours comes near.
MOST_DEEP = 64
_DOCTYPE = "<!doctype html>"
_ATTRIBUTE = re.compile(r"""\s++([^\s"'<>/=]++)(?:=(?:"([^"]*+)"|'([^']*+)'))?+""")
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:\s++[^\s"'<>/=]++(?:=(?:"[^"]*+"|'[^']*+'))?+)*+)\s*+(/?)>"""
)


@dataclass(slots=True, eq=False)
class Element:
    """An element: its tag, attributes, what stands in it, the one that it stands in, and its line."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    parts: "list[Element | str]" = field(default_factory=list)
    around: "Element | None" = None
    line: int = 1

    def walk(self) -> "Iterator[Element]":
        """Yield the element and every element in it, in the order of the page."""
        waiting: list[Element] = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [part for part in reversed(one.parts) if isinstance(part, Element)]

    def find(self, tag: str, name: str = "") -> "list[Element]":
        """Return the elements in it with a tag and, where one is given, a class."""
        return [
            one for one in self.walk() if one is not self and one.tag == tag and (not name or one.has(name))
        ]

    def has(self, name: str) -> bool:
        """Tell whether the element has a class."""
        return name in (self.attributes.get("class") or "").split()

    def texts(self) -> "Iterator[tuple[Element, str]]":
        """Yield each text in it, with the element that it stands in; scripts and styles have none."""
        waiting: list[tuple[Element, Element | str]] = [(self, part) for part in reversed(self.parts)]
        while waiting:
            around, one = waiting.pop()
            if isinstance(one, str):
                if around.tag not in RAW:
                    yield around, one
            else:
                waiting += [(one, part) for part in reversed(one.parts)]

    def words(self) -> str:
        """Return its text, each run of blanks as one."""
        return " ".join("".join(text for _, text in self.texts()).split())

    def above(self) -> "Iterator[Element]":
        """Yield the elements that it stands in, the nearest first."""
        one = self.around
        while one:
            yield one
            one = one.around


def read(html: str) -> Element:
    """Read a page.

    Parameters
    ----------
    html : str
        A page as pileup writes it.

    Returns
    -------
    Element
        A root without a tag, in which the page stands.

    Raises
    ------
    PileupError
        With the line: what stands there is no such page. It takes time in proportion to the page's length,
        whatever the page is.
    """
    if html[: len(_DOCTYPE)].lower() != _DOCTYPE:
        raise PileupError(f"line 1: no page that pileup made, which begins with {_DOCTYPE}")
    root = Element("")
    inside, depth, place, counted, line = root, 0, len(_DOCTYPE), 0, 1
    while place < len(html):
        opens = html.find("<", place)
        text = html[place : opens if opens >= 0 else len(html)]
        if text:
            inside.parts.append(unescape(text))
        if opens < 0:
            break
        line += html.count("\n", counted, opens)
        counted = opens
        tag = _TAG.match(html, opens)
        if not tag:
            raise PileupError(f"line {line}: {html[opens : opens + 30]!r} is no tag as pileup writes one")
        closing, name, attributes, closed = tag.groups()
        place = tag.end()
        if closing:
            if name != inside.tag:
                raise PileupError(f"line {line}: </{name}> stands where <{inside.tag or '!doctype'}> is open")
            inside, depth = inside.around or root, depth - 1
            continue
        one = Element(name, _attributes(attributes, line), [], inside, line)
        inside.parts.append(one)
        if closed or name in VOID:
            continue
        if name in RAW:
            end = html.find(f"</{name}", place)
            if end < 0 or not html.startswith(f"</{name}>", end):
                raise PileupError(f"line {line}: <{name}> has no end")
            one.parts.append(html[place:end])
            place = end + len(name) + 3
            continue
        inside, depth = one, depth + 1
        if depth > MOST_DEEP:
            raise PileupError(f"line {line}: {depth} elements stand in one another; {MOST_DEEP} is the most")
    if inside is not root:
        raise PileupError(f"line {inside.line}: <{inside.tag}> has no end")
    return root


def _attributes(text: str, line: int) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, double, single in _ATTRIBUTE.findall(text):
        if name in found:
            raise PileupError(f"line {line}: the attribute {name} stands twice")
        found[name] = unescape(double or single)
    return found
