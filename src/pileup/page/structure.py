"""What a page must have, read from the page itself: whole charts, chapters, limits, links that lead."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pileup.page.allowed import DATA
from pileup.page.markup import Element
from pileup.page.parts import LEDGER
from pileup.words import language
from pileup.words.language import LANGUAGES, _
from pileup.words.text import numbers

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
#: Not the story: the page's furniture.
_OUTSIDE = {"head", "style", "script", "footer", "nav", "button"}
#: Drawn or folded text cannot hold links of its own; the chart or table around it leads to the origin. So it
#: does for the line with which others cite a chart, which says the heading again.
_WRAPPED = {"svg", "summary"}
_SAID_AGAIN = "cite"
#: Attributes that name the elements with an element's name and its description.
_NAMED = ("aria-labelledby", "aria-describedby")


def refused(
    root: Element,
    files: set[str],
    story: bool = True,
    anchors: Mapping[str, frozenset[str]] | None = None,
    limits: bool = True,
) -> Iterator[str]:
    """Yield what a page lacks, one line each.

    Parameters
    ----------
    root : Element
        The page.
    files : set of str
        Names of the files beside it, relative to the page.
    story : bool
        Whether it is the page for readers, with charts that are to be whole, and not one beside it.
    anchors : mapping, optional
        The ids on the pages beside it, by their names; a page in a single file has them inside.
    limits : bool
        Whether it says what its counts cannot say; the page beside the story leaves that to the story.
    """
    spoken = next((one.attributes.get("lang") for one in root.find("html")), None)
    if spoken not in LANGUAGES:
        right = ", ".join(LANGUAGES)
        yield f"the page names its language as {spoken}; <html lang> with one of {right} is right"
        spoken = "en"
    with language.using(next(one for one in LANGUAGES if one == spoken)):
        yield from _links(root, files, anchors or {})
        yield from _headings(root)
        yield from _machines(root)
        if story:
            for figure in root.find("figure", "chart"):
                yield from _chart(figure)
            yield from _chapters(root, limits)
            known = (anchors or {}).get(LEDGER, frozenset()) | frozenset(
                one.attributes.get("id") or "" for one in root.find("li")
            )
            if any(one.startswith("how-") for one in known):
                yield from (
                    f"a number leads to no origin in “{text[:80]}”: write it as {{id}} or [words](fact.id)"
                    for text in orphans(root, known)
                )


def _links(root: Element, files: set[str], anchors: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Say which ids stand twice and which links lead nowhere."""
    ids = Counter(one.attributes["id"] for one in root.walk() if "id" in one.attributes)
    yield from (f"the id {name} stands twice" for name, count in ids.items() if count > 1)
    for one in root.walk():
        for name in ("href", "src"):
            link = one.attributes.get(name)
            # Whether a page in another language is there, the folder tells (`pileup.page.check`).
            if (
                link is None
                or one.tag == "link"
                or "hreflang" in one.attributes
                or link.startswith(("https:", "http:", "mailto:", "data:"))
            ):
                continue
            if link.startswith("#"):
                if link[1:] not in ids:
                    yield f"line {one.line}: the link {link} leads nowhere"
            elif link.partition("#")[0] not in files:
                yield f"line {one.line}: {link} is no file beside the page"
            else:
                name, _hash, anchor = link.rpartition("/")[2].partition("#")
                if anchor and name in anchors and anchor not in anchors[name]:
                    what = "entry of the ledger" if name == LEDGER else "place of that page"
                    yield f"line {one.line}: the link {link} leads to no {what}"
        for by in _NAMED:
            for name in (one.attributes.get(by) or "").split():
                if name not in ids:
                    yield f"line {one.line}: <{one.tag}> is named by #{name}, which is not there"


def _headings(root: Element) -> Iterator[str]:
    levels = [int(one.tag[1]) for one in root.walk() if one.tag in _HEADINGS]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} main headings; one is right"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    for one in root.walk():
        if one.tag in (*_HEADINGS, "title", "summary", "caption", "th", "figcaption") and not one.words():
            yield f"line {one.line}: <{one.tag}> is empty"
        if one.tag == "img" and not (one.attributes.get("alt") or "").strip():
            yield f"line {one.line}: a picture has no words for those who cannot see it"


def _machines(root: Element) -> Iterator[str]:
    """Say where the page's words to machines cannot be read."""
    for one in root.find("script"):
        if one.attributes.get("type") == DATA:
            try:
                json.loads("".join(part for part in one.parts if isinstance(part, str)))
            except (ValueError, RecursionError) as error:
                yield f"line {one.line}: the JSON-LD cannot be read: {error}"


def _chart(figure: Element) -> Iterator[str]:
    """Say what a chart lacks: title, description, source, note, numbers, files."""
    name = (figure.attributes.get("id") or "").removeprefix("chart-")
    lacks = []
    if not any(one.words() for name in ("h2", "h3") for one in figure.find(name)):
        lacks.append("title")
    if not any(one.words() for one in figure.find("p", "subtitle")):
        lacks.append("subtitle")
    drawings = figure.find("svg")
    if len(drawings) != 2:
        lacks.append("drawings, for the page column and for a phone")
    for size, drawing in zip(("wide", "narrow"), drawings, strict=False):
        described = [drawing.find(tag) for tag in ("title", "desc")]
        if drawing.attributes.get("role") != "img" or not all(one and one[0].words() for one in described):
            lacks.append(f"description that a screen reader reads ({size})")
        named = " ".join(drawing.attributes.get(by) or "" for by in _NAMED)
        if named.split() != [f"{name}-{size}-title", f"{name}-{size}-desc"]:
            lacks.append(f"name of its own ({size})")
    credits_ = [one.words() for one in figure.find("p", "credit")]
    for label, what in ((_("Source:"), "source"), (_("Note:"), "note")):
        if not any(one.startswith(label) and len(one) > len(label) + 1 for one in credits_):
            lacks.append(what)
    tables = [one for one in figure.find("table") if one.find("tbody") and one.find("td")]
    if len(tables) != 1 or not figure.find("details"):
        lacks.append("table of its numbers")
    for table in tables:
        heads = [one.attributes.get("scope") for one in table.find("th")]
        if heads.count("col") < 2 or heads.count("row") != len(table.find("tr")) - 1:
            lacks.append("heads of its table's columns and rows")
    linked = [
        one.attributes.get("href") or "" for part in figure.find("p", "files") for one in part.find("a")
    ]
    if not any(one.endswith(".csv") or one.startswith("data:") for one in linked):
        lacks.append("link to its numbers")
    if not any(one.startswith("data:") for one in linked):  # a page in a single file has its drawings inside
        own_files = (f"charts/{name}.svg", f"charts/{name}.png", f"embeds/{name}.html")
        lacks += [f"link to {own}" for own in own_files if not any(one.endswith(own) for one in linked)]
    yield from (f"chart {name} has no {what}" for what in dict.fromkeys(lacks))


def _chapters(root: Element, limits: bool) -> Iterator[str]:
    """Say what is hidden, out of order or in no chapter; and whether the limits are there."""
    # A page in a single file has the entries of its ledger inside, under headings of their own.
    sections = [one for one in root.find("section") if not any(node.has("ledger") for node in one.above())]
    ids = [one.attributes.get("aria-labelledby") for one in sections]
    named = [(one.attributes.get("href") or "")[1:] for nav in root.find("nav") for one in nav.find("a")]
    if named and named != ids:
        yield f"the contents name the chapters {', '.join(named)}; the page has {', '.join(map(str, ids))}"
    for section in sections:
        if not section.find("h2") or not any(
            isinstance(one, Element) and one.tag != "h2" for one in section.parts
        ):
            yield f"line {section.line}: the chapter {section.attributes.get('aria-labelledby')} is empty"
    charts = root.find("figure", "chart")
    counted = {"table.crashes", "table.federal-sentences", "table.state-sentences"}
    rests = {
        name.removeprefix("how-")
        for one in charts
        for name in (one.attributes.get("data-origin") or "").split()
    }
    if limits and rests & counted and not any(one.find("li") for one in root.find("ul", "limits")):
        yield "the page counts crashes or terms and does not say what these figures cannot say (limits)"


def orphans(root: Element, ids: frozenset[str]) -> list[str]:
    """Return the texts of a page with a number that leads to no entry of its ledger.

    Parameters
    ----------
    root : Element
        The page.
    ids : frozenset of str
        Those of the ledger's entries, such as "how-fact.F04".

    Returns
    -------
    list of str
        Each text once, in the order of the page. A number has an origin in an element that names it
        (`<data data-of="fact.F04">`), or inside a link to the ledger (`<a class="n"
        href="ledger.html#how-...">`); a number in a drawing or a folded caption has one when the chart or
        table around it names entries of the ledger in `data-origin`.
    """
    spoken = next((one.attributes.get("lang") for one in root.find("html")), "en")
    texts = list(root.texts())
    with language.using(next((one for one in LANGUAGES if one == spoken), "en")):
        # Many texts stand twice, on the drawing for a phone too; looking for numbers is what takes long.
        numbered = {text for text in {text for _, text in texts} if numbers(text)}
    loose = []
    for around, text in texts:
        if text in numbered:
            origin = _origin(around)
            if origin and not set(origin.split()) <= ids:
                loose.append(text.strip())
    return list(dict.fromkeys(loose))


def _origin(around: Element) -> str:
    """Return what a text leads to: ids of the ledger; "?" where nothing; nothing where it need not."""
    found, wrapped = "", False
    for node in (around, *around.above()):
        if node.tag in _OUTSIDE or node.has("ledger") or node.has("sign"):
            return ""
        if not found and wrapped and node.attributes.get("data-origin"):
            found = str(node.attributes["data-origin"])
        if not found and not wrapped:
            if node.attributes.get("data-of"):
                found = f"how-{node.attributes['data-of']}"
            elif node.tag == "a" and node.has("n"):
                found = str(node.attributes.get("href") or "").partition("#")[2] or "?"
            wrapped = node.tag in _WRAPPED or node.has(_SAID_AGAIN)
            if wrapped:
                found = str(node.attributes.get("data-origin") or "")
    return found or "?"
