"""The guard: a page with a fault is not published."""

import base64
import json
import re
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pileup.base.errors import PileupError
from pileup.page import explore, withdrawn
from pileup.page.orphans import orphans
from pileup.words.language import LANGUAGES

#: What a page may weigh, in bytes.
MOST_BYTES = 1_000_000
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"}
# "None" may begin a sentence; inside one, or alone, it is a value that was not there.
_BROKEN = re.compile(
    r"Traceback \(most recent call last\)|\b[A-Z]\w*(?:Error|Warning): |\b(?:NaN|nan|inf|Infinity)\b"
    r"|(?<=[a-zß-ÿ0-9,;:(] )None\b|^None$"
    r"|\{\{|\}\}|\{%|\{role\.|file://|/home/\w|/Users/\w|/tmp/",
    re.MULTILINE,
)


#: The only script: it does nothing until a reader asks to explore a chart. Its words are beside the point.
_SCRIPT = {"src": explore.SCRIPT, "data-plotly": f"../{explore.BUNDLE}", "defer": None}
#: A script element of this type is data for search engines; no browser runs it.
_DATA = "application/ld+json"


class _Page:
    """What the guard looks at, collected in one walk through the page as a browser reads it."""

    def __init__(self, html: str) -> None:
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.tags: dict[str, int] = {}
        self.classes: dict[str, int] = {}
        self.text: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.inline = ""
        self.language: str | None = None
        self.tree = LexborHTMLParser(html)
        for node in self.tree.root.traverse(include_text=True) if self.tree.root else []:
            if node.tag == "-text":
                self._read(node)
            elif node.tag and node.tag[0] not in "-!_":
                self._open(node.tag, node.attributes)

    def _open(self, tag: str, named: dict[str, str | None]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        for name in (named.get("class") or "").split():
            self.classes[name] = self.classes.get(name, 0) + 1
        self.handlers += [name for name in named if name.startswith("on")]
        if tag == "script":
            self.scripts.append({name: value for name, value in named.items() if name != "data-words"})
        if tag == "html":
            self.language = named.get("lang")
        if "id" in named:
            self.ids.append(named["id"] or "")
        if tag == "a" and named.get("href"):
            self.links.append(named["href"] or "")
        loads = _LOADS | ({"href"} if tag in ("link", "image", "use", "base") else set())
        # Which script there may be is a rule of its own.
        loads = loads - {"src"} if tag == "script" else loads
        self.loads += [value for name, value in named.items() if name in loads and value and tag != "data"]
        if tag in _HEADINGS:
            self.headings.append(int(tag[1]))

    def _read(self, node: LexborNode) -> None:
        text, around = node.text_content or "", node.parent.tag if node.parent else ""
        if around == "script":
            self.inline += text.strip() if self.scripts[-1].get("type") != _DATA else ""
        elif around != "style":
            self.text.append(text)


def faults(html: str, charts: list[dict[str, Any]], files: set[str]) -> list[str]:
    """Return what is wrong with a page, one line a fault.

    Parameters
    ----------
    html : str
        The page.
    charts : list of dict
        What was drawn: id, title, subtitle, alt, source, note and number of rows of each chart, as the list
        "charts" of findings.json has them.
    files : set of str
        Names of the files beside it, relative to the page.
    """
    page = _Page(html)
    found: list[str] = []
    if page.language not in LANGUAGES:
        found.append(
            f"the page names its language as {page.language}; <html lang> with one of"
            f" {', '.join(LANGUAGES)} is right"
        )
    if page.classes.get("chart", 0) != len(charts) or page.tags.get("svg", 0) != 2 * len(charts):
        found.append(
            f"{len(charts)} charts were made, but {page.classes.get('chart', 0)} stand on the page with"
            f" {page.tags.get('svg', 0)} drawings"
        )
    for chart in charts:
        missing = [name for name in ("title", "subtitle", "alt", "source", "note") if not chart.get(name)]
        found += [f"chart {chart['id']} has no {name}" for name in missing]
        if not chart.get("rows"):
            found.append(f"chart {chart['id']} has no numbers in its table")
    twice = sorted({name for name in page.ids if page.ids.count(name) > 1})
    found += [f"the id {name} stands twice" for name in twice]
    known = set(page.ids)
    for link in page.links:
        if link.startswith("#"):
            if link[1:] not in known:
                found.append(f"the link {link} leads nowhere")
        elif (
            not link.startswith(("https://", "http://", "mailto:", "data:"))
            and link.partition("#")[0] not in files
        ):
            found.append(f"the link {link} leads to no file beside the page")
    found += [
        f"the page would load {load[:80]}"
        for load in page.loads
        if not load.startswith(("data:", "#")) and load not in files
    ]
    found += [
        f"the style would load {load[:80]}" for load in re.findall(r"url\((?!data:|#)([^)]*)\)|@import", html)
    ]
    # Each text has a line of its own, so that a value alone in its element is seen.
    broken = _BROKEN.findall("\n".join(map(str.strip, page.text)))
    found += [f"the text has {match!r}" for match in dict.fromkeys(broken)]
    scripts = [script for script in page.scripts if script != {"type": _DATA}]
    if scripts not in ([], [_SCRIPT]) or page.inline or page.handlers:
        found.append(f"the page has a script other than {explore.SCRIPT}")
    if scripts == [_SCRIPT] and explore.SCRIPT not in files:
        found.append(f"the page names {explore.SCRIPT}, which does not stand beside it")
    found += _bad_json_ld(html)
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
            for text in orphans(page.tree)
        ]
    # Tables that a single file carries along weigh nothing to a reader until they are saved.
    size = len(re.sub(r'href="data:[^"]*"', "", html).encode())
    if size > MOST_BYTES:
        found.append(f"the page weighs {size:,} bytes; the most is {MOST_BYTES:,}")
    return found


def _bad_json_ld(html: str) -> list[str]:
    """Say where the page's words to machines cannot be read."""
    found = []
    for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        try:
            json.loads(text)
        except ValueError as error:
            found.append(f"the JSON-LD cannot be read: {error}")
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


def page_path(given: str | Path) -> Path:
    """Return the page of a report that is given by its folder or by the page.

    Raises
    ------
    PileupError
        There is no such page.
    """
    path = Path(given)
    page = path / "index.html" if path.is_dir() else path
    if not page.is_file():
        raise PileupError(f"{given}: no page; give a page that pileup made, or its folder")
    return page


def findings_of(page: Path, html: str) -> dict[str, Any]:
    """Return what the findings.json beside a page holds, or the one inside it where it is a single file.

    Raises
    ------
    OSError, ValueError
        There is none, or it is no JSON.
    """
    inside = re.search(r'href="data:application/json;base64,([^"]+)"', html)
    beside = page.parent / "findings.json"
    return json.loads(base64.b64decode(inside[1]) if inside else beside.read_bytes())


def check_page(path: str | Path) -> tuple[Path, list[str]]:
    """Look for faults in a page that is made already.

    Parameters
    ----------
    path : str or Path
        A page, or the folder of a report. What was drawn is read from the findings.json beside the page, or
        inside it where the page is a single file.

    Returns
    -------
    tuple of Path and list of str
        The page, and its faults, one a line.

    Raises
    ------
    PileupError
        There is no page, or nothing says what was drawn.
    """
    page = page_path(path)
    withdrawn.refuse(page.parent)
    try:
        html = page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise PileupError(f"{path}: no page; give a page that pileup made, or its folder") from None
    try:
        charts = findings_of(page, html)["charts"]
    except (OSError, ValueError, KeyError, TypeError):
        raise PileupError(
            f"{path}: no findings.json with a list of charts beside the page; make the report again"
        ) from None
    here = page.parent
    files = {file.relative_to(here).as_posix() for file in here.rglob("*") if file.is_file()}
    return page, list(dict.fromkeys([*faults(html, charts, files), *_no_library(html, here)]))


def _no_library(html: str, folder: Path) -> list[str]:
    """Say where the script of a report would not find Plotly's JavaScript."""
    script, named = folder / explore.SCRIPT, re.search(r'data-plotly="\.\./([^"/]+)"', html)
    if not named or not script.is_file():
        return []
    own = explore.library(script.read_bytes())
    place, where = (
        (folder / own, "in the report's folder") if own else (folder.parent / named[1], "beside it")
    )
    return [] if place.is_file() else [f"{explore.SCRIPT} loads {place.name}, which does not stand {where}"]
