"""What may stand in a page: elements, attributes and addresses are listed, all else is refused."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pileup.page import explore, policy
from pileup.page.markup import Element
from pileup.page.own_numbers import SCRIPT as OWN
from pileup.page.parts import REPORT, Place
from pileup.words import leftover
from pileup.words.language import LANGUAGES

#: Attributes that any element may have.
_ANY = {"id", "class", "lang", "role", "tabindex", "aria-label", "aria-labelledby", "aria-hidden"}
#: The same in a drawing; only a page from before there were records has `style` there.
_DRAWN = {
    *("id", "style", "transform", "clip-path", "opacity", "fill", "fill-opacity", "stroke", "stroke-opacity"),
    *("stroke-width", "stroke-dasharray", "stroke-miterlimit", "font-size", "font-weight"),
}
_NO_OWN = (
    "html head title style body header main nav section footer aside h1 h2 h3 h4 h5 h6 ul ol li dl dt"
    " dd b strong em i s br hr code pre samp blockquote cite q span summary figcaption caption"
    " thead tbody desc defs fieldset legend"
)
_ELEMENTS: dict[str, set[str]] = {
    **{tag: set() for tag in _NO_OWN.split()},
    "meta": {"charset", "name", "property", "content", "http-equiv"},
    "link": {"rel", "href", "hreflang"},
    "script": {"type", "src", "data-plotly", "data-words", "defer"},
    "a": {"href", "hreflang", "title", "rel", "target", "download"},
    "data": {"value", "data-of"},
    "span": {"data-of"},
    "time": {"datetime", "data-of"},
    "div": {"data-origin", "hidden", "aria-live", "data-failed", "data-copied"},
    "p": {"hidden"},
    "button": {"type"},
    "form": {"novalidate"},
    "label": {"for"},
    "input": {"type", "name", "checked", "inputmode", "autocomplete", "value"},
    "select": {"name"},
    "option": {"value", "selected"},
    "figure": {"data-origin"},
    "img": {"src", "alt"},
    "details": {"data-origin"},
    "table": {"data-of"},
    "tr": {"data-of"},
    "th": {"scope"},
    "td": {"data-label"},
    # Drawings:
    "svg": {"xmlns", "viewBox", "font-family", "aria-describedby"},
    "g": {*_DRAWN, "text-anchor"},
    "clipPath": _DRAWN,
    "path": {*_DRAWN, "d", "fill-rule"},
    "rect": {*_DRAWN, "x", "y", "width", "height", "rx", "ry"},
    "circle": {*_DRAWN, "cx", "cy", "r"},
    "line": {*_DRAWN, "x1", "y1", "x2", "y2"},
    "text": {*_DRAWN, "x", "y", "text-anchor", "dy", "dx"},
    "tspan": {*_DRAWN, "x", "y", "dx", "dy"},
    "pattern": {"id", "x", "y", "width", "height", "patternUnits", "patternTransform"},
}
#: What a page may say of itself to machines.
_META = re.compile(r"viewport|description|robots|color-scheme|generator|(?:og|article|twitter):[a-z_:]+")
_SCHEMES = ("https", "http", "mailto")
#: A style inside a drawing: plain values, colors of the page, and shapes of the same drawing.
_STYLE = re.compile(
    r"(?:[a-z-]++:[^;:()<>\"\\]*+(?:(?<=rgb|var)\([^()\"\\]*+\)[^;:()<>\"\\]*+|(?<=url)\(#[\w-]++\))*+;?+)*+"
)
_NO_COORDINATE = re.compile(r"NaN|undefined|null|Infinity|None|url\((?!#)|(?i:expression|javascript)")
#: A script element of this type is data for search engines; no browser runs it.
DATA = "application/ld+json"
_CARRIED = re.compile(r"data:(?:text/csv|application/json|application/gzip);base64,[A-Za-z0-9+/=]*")


def refused(root: Element, scripts: frozenset[str] = frozenset(), place: Place = REPORT) -> Iterator[str]:
    """Yield what stands in a page and may not, one line each.

    Parameters
    ----------
    root : Element
        The page.
    scripts : frozenset of str
        Scripts that may stand in it, whole, beside the one that is a file.
    place : Place
        Where the page's files stand.
    """
    yield from policy.faults(root)
    for one in root.walk():
        if not one.tag:
            continue
        where = f"line {one.line}: <{one.tag}>"
        own = _ELEMENTS.get(one.tag)
        if own is None:
            yield f"{where} is no element that a page may have"
            continue
        yield from (
            f"{where} has the attribute {name}, which it may not have"
            for name in one.attributes
            if name not in own | _ANY
        )
        yield from (f"{where} {says}" for says in _element(one, scripts, place))
    for around, text in root.texts():
        if around.tag not in ("code", "pre", "samp"):
            for found in leftover.left(text):
                yield f"line {around.line}: the text has {found!r}: “{_short(text)}”"
        if found := leftover.twice(text):
            yield f"line {around.line}: the text has a word twice, {found!r}: “{_short(text)}”"


def _short(text: str) -> str:
    return " ".join(text.split())[:80]


def _element(one: Element, scripts: frozenset[str], place: Place) -> Iterator[str]:
    """Say what is wrong with the values of an element's attributes."""
    values = {name: value or "" for name, value in one.attributes.items()}
    match one.tag:
        case "a":
            yield from _address(values)
        case "img":
            src = values.get("src", "")
            if urlsplit(src).scheme or src.startswith("//"):
                yield f"would load {src[:80]}"
        case "link":
            if values.get("rel") == "alternate" and values.get("hreflang") in (*LANGUAGES, "x-default"):
                yield from _address(values)  # no browser loads it
            elif values != {"rel": "icon", "href": "data:,"}:
                yield f"would load {values.get('href', '')[:80]}; only the empty icon may be named"
        case "script":
            yield from _script(one, values, scripts, place)
        case "meta":
            name = values.get("name") or values.get("property") or ""
            if "http-equiv" in values:
                if values["http-equiv"] != "Content-Security-Policy":
                    yield f"with http-equiv {values['http-equiv']} may not stand in a page"
            elif name and not _META.fullmatch(name):
                yield f"says {name}, which a page does not"
        case "style":
            css = "".join(part for part in one.parts if isinstance(part, str))
            yield from (
                f"would load {load[:80] or '@import'}"
                for load in re.findall(r"url\((?!data:font/woff2;base64,|#)([^)]*)\)|@import", css)
            )
        case _ if "style" in values and not _STYLE.fullmatch(values["style"]):
            yield f"has a style that may not stand there: {values['style'][:60]}"
    for name, value in values.items():
        if (
            one.tag not in ("a", "meta")
            and name not in ("content", "data-words", "title", "data-label", "aria-label", "alt")
            and _NO_COORDINATE.search(value)
        ):
            yield f"has {name}={value[:60]!r}"


def _address(values: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with where a link leads."""
    href = values.get("href", "")
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        yield f"leads to {href[:80]!r}, which is no address"
        return
    if scheme == "data" and "download" in values and _CARRIED.fullmatch(href):
        return
    if (scheme and scheme not in _SCHEMES) or href.startswith(("//", "\\")) or any(map(str.isspace, href)):
        yield f"leads to {href[:80]!r}; https, http, mailto, a file beside the page or a place in it is right"


def _script(one: Element, values: dict[str, str], scripts: frozenset[str], place: Place) -> Iterator[str]:
    text = "".join(part for part in one.parts if isinstance(part, str))
    if values == {"type": DATA}:
        return
    if not values and text in scripts:
        return
    if values == {"src": place.to_files + OWN, "defer": ""} and not text:
        return
    values.pop("data-words", None)
    plotly = {"src": place.to_files + explore.SCRIPT, "data-plotly": explore.address(place), "defer": ""}
    if values != plotly or text:
        yield f"is a script other than {explore.SCRIPT} and {OWN}"
