"""The guard: a page with a fault is not published."""

import re
from html.parser import HTMLParser
from typing import Any

from pileup.errors import PileupError
from pileup.page.orphans import orphans

#: What a page may weigh, in bytes.
MOST_BYTES = 1_000_000
_LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"}
# "None" may begin a sentence; inside one, or alone, it is a value that was not there.
_BROKEN = re.compile(
    r"Traceback \(most recent call last\)|\b(?:NaN|nan|inf|Infinity)\b"
    r"|(?<=[a-z0-9,;:(] )None\b|^None$"
    r"|\{\{|\}\}|\{%|\{role\.|file://|/home/\w|/Users/\w|/tmp/"
)


class _Page(HTMLParser):
    """Collect what the guard looks at."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.tags: dict[str, int] = {}
        self.classes: dict[str, int] = {}
        self.text: list[str] = []
        self._mute = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags[tag] = self.tags.get(tag, 0) + 1
        for name in (named.get("class") or "").split():
            self.classes[name] = self.classes.get(name, 0) + 1
        if "id" in named:
            self.ids.append(named["id"] or "")
        if tag == "a" and named.get("href"):
            self.links.append(named["href"] or "")
        loads = _LOADS | ({"href"} if tag in ("link", "image", "use", "base") else set())
        self.loads += [value for name, value in attrs if name in loads and value and tag != "data"]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self._mute += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._mute -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.text.append(data)


def faults(html: str, charts: list[dict[str, Any]], files: set[str]) -> list[str]:
    """Return what is wrong with a page, one line a fault.

    Parameters
    ----------
    html : str
        The page.
    charts : list of dict
        The chart blocks that it was made from.
    files : set of str
        Names of the files beside it, relative to the page.
    """
    page = _Page()
    page.feed(html)
    found: list[str] = []
    if page.classes.get("chart", 0) != len(charts) or page.tags.get("svg", 0) != 2 * len(charts):
        found.append(
            f"{len(charts)} charts were made, but {page.classes.get('chart', 0)} stand on the page with"
            f" {page.tags.get('svg', 0)} drawings"
        )
    for chart in charts:
        missing = [name for name in ("title", "subtitle", "alt", "source", "note") if not chart.get(name)]
        found += [f"chart {chart['id']} has no {name}" for name in missing]
        if not chart["table"]["rows"]:
            found.append(f"chart {chart['id']} has no numbers in its table")
    twice = sorted({name for name in page.ids if page.ids.count(name) > 1})
    found += [f"the id {name} stands twice" for name in twice]
    known = set(page.ids)
    for link in page.links:
        if link.startswith("#"):
            if link[1:] not in known:
                found.append(f"the link {link} leads nowhere")
        elif not link.startswith(("https://", "http://", "mailto:")) and link not in files:
            found.append(f"the link {link} leads to no file beside the page")
    found += [
        f"the page would load {load[:80]}" for load in page.loads if not load.startswith(("data:", "#"))
    ]
    found += [
        f"the style would load {load[:80]}" for load in re.findall(r"url\((?!data:|#)([^)]*)\)|@import", html)
    ]
    # Each text by itself, for a value alone in its element, and all together, for one inside a sentence.
    broken = [
        match
        for text in [*map(str.strip, page.text), "\n".join(page.text)]
        for match in _BROKEN.findall(text)
    ]
    found += [f"the text has {match!r}" for match in dict.fromkeys(broken)]
    if page.tags.get("script"):
        found.append("the page has a script")
    if page.headings.count(1) != 1:
        found.append(f"the page has {page.headings.count(1)} main headings; one is right")
    found += [
        f"a heading of level {after} follows one of level {before}"
        for before, after in zip(page.headings, page.headings[1:], strict=False)
        if after > before + 1
    ]
    if "how-case.file" in known:  # a page with a ledger
        found += [
            f"a number leads to no origin in “{text[:80]}”: write it as {{id}} or [words](fact.id)"
            for text in orphans(html)
        ]
    size = len(html.encode())
    if size > MOST_BYTES:
        found.append(f"the page weighs {size:,} bytes; the most is {MOST_BYTES:,}")
    return found


def check(html: str, charts: list[dict[str, Any]], files: set[str]) -> None:
    """Refuse a page with a fault.

    Raises
    ------
    PileupError
        One line with every fault.
    """
    found = faults(html, charts, files)
    if found:
        raise PileupError("the page is not published: " + "; ".join(dict.fromkeys(found)))
