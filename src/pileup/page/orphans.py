"""Finds numbers in the story that lead to no origin."""

import re
from html.parser import HTMLParser

#: Number words that count as numbers. "One" is left out: it is a pronoun more often than a number.
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
)
_NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{'|'.join(_WORDS.split())})\b", re.IGNORECASE)

#: What may stand without an origin: a name, not a number that somebody counted.
ALLOWED = (
    r"\bI-\d+\b",  # a road
    r"\b(?:Interstate|US|Route|Highway|exit|House Bill|Senate Bill) \d[\d-]*",  # a road, an exit, a bill
    r"\b\d+[A-Za-z]{3,}\b|\b[A-Za-z]{3,}\d+\b",  # a name with a number in it, such as that of a station
    r"\bC\.R\.S\. [\d.-]+(?:\(\w+\))*",  # a statute
)
_ALLOWED = re.compile("|".join(ALLOWED))

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "wbr"}
#: Not the story: the ledger, the page's furniture, and the headline, whose numbers the standfirst repeats.
_OUTSIDE = {"head", "style", "script", "footer", "nav", "h1"}


class _Story(HTMLParser):
    """Walk a page; collect texts that stand in the story and in no element with an origin."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.loose: list[tuple[str, str]] = []
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.add(str(named["id"]))
        if tag in _VOID:
            return
        classes = (named.get("class") or "").split()
        origin = None
        if tag in _OUTSIDE or "ledger" in classes:
            origin = ""
        elif tag == "a" and "n" in classes:
            origin = str(named.get("href") or "#?").removeprefix("#")
        elif named.get("data-origin"):
            origin = str(named["data-origin"])
        self._open.append((tag, origin))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if _NUMBER.search(_ALLOWED.sub("", data)):
            origins = [origin for _, origin in self._open if origin is not None]
            self.loose.append((data.strip(), origins[-1] if origins else "?"))


def orphans(html: str) -> list[str]:
    """Return the texts of a page with a number that leads to no entry of its ledger.

    Parameters
    ----------
    html : str
        The page.

    Returns
    -------
    list of str
        Each text once, in the order of the page. A number has an origin inside a link to the ledger
        (`<a class="n" href="#how-...">`) or inside a chart or table whose `data-origin` names entries.
    """
    story = _Story()
    story.feed(html)
    return list(
        dict.fromkeys(text for text, origin in story.loose if origin and not set(origin.split()) <= story.ids)
    )
