"""Finds numbers in the story that lead to no origin."""

from html.parser import HTMLParser

from pileup.story.text import numbers

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "wbr"}
#: Not the story: the ledger, the page's furniture, and the headline, whose numbers the standfirst repeats.
_OUTSIDE = {"head", "style", "script", "footer", "nav", "h1"}
#: Drawn or folded text cannot hold links of its own; the chart or table around it leads to the origin.
_WRAPPED = {"svg", "summary"}


class _Story(HTMLParser):
    """Walk a page; collect texts that stand in the story and in no element with an origin."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.loose: list[tuple[str, str]] = []
        self._open: list[tuple[str, str | None, str]] = []

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
        elif tag in _WRAPPED:
            origin = self._wrapper()
        self._open.append((tag, origin, named.get("data-origin") or ""))

    def _wrapper(self) -> str:
        """Return what the nearest chart or table around the open elements leads to."""
        return next((around for _, _, around in reversed(self._open) if around), "?")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if numbers(data):
            origins = [origin for _, origin, _ in self._open if origin is not None] or ["?"]
            if "" not in origins:
                self.loose.append((data.strip(), origins[-1]))


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
        (`<a class="n" href="#how-...">`); a number in a drawing or a folded caption has one when the chart
        or table around it names entries of the ledger in `data-origin`.
    """
    story = _Story()
    story.feed(html)
    return list(
        dict.fromkeys(text for text, origin in story.loose if origin and not set(origin.split()) <= story.ids)
    )
