"""Finds numbers in the story that lead to no origin."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pileup.words import language
from pileup.words.text import numbers

#: Not the story: the ledger, the page's furniture, and the headline, whose numbers the standfirst repeats.
_OUTSIDE = {"head", "style", "script", "footer", "nav", "h1"}
#: Drawn or folded text cannot hold links of its own; the chart or table around it leads to the origin.
_WRAPPED = {"svg", "summary"}


def orphans(page: str | LexborHTMLParser) -> list[str]:
    """Return the texts of a page with a number that leads to no entry of its ledger.

    Parameters
    ----------
    page : str or LexborHTMLParser
        The page, as HTML or read already.

    Returns
    -------
    list of str
        Each text once, in the order of the page. A number has an origin inside a link to the ledger
        (`<a class="n" href="#how-...">`); a number in a drawing or a folded caption has one when the chart
        or table around it names entries of the ledger in `data-origin`.
    """
    tree = LexborHTMLParser(page) if isinstance(page, str) else page
    nodes = list(tree.root.traverse(include_text=True)) if tree.root else []
    ids = {node.attributes["id"] for node in nodes if node.tag != "-text" and "id" in node.attributes}
    spoken = [node.attributes.get("lang") for node in nodes if node.tag == "html"]
    loose = []
    texts = [(node, node.text_content or "") for node in nodes if node.tag == "-text"]
    with language.using(next((one for one in language.LANGUAGES if one in spoken), "en")):
        # Many texts stand twice, on the drawing for a phone too; looking for numbers is what takes long.
        numbered = {text for text in {text for _, text in texts} if numbers(text)}
    for node, text in texts:
        if text in numbered:
            origin = _origin(node)
            if origin and not set(origin.split()) <= ids:
                loose.append(text.strip())
    return list(dict.fromkeys(loose))


def _origin(text: LexborNode) -> str:
    """Return what a text leads to: ids of the ledger; "?" where nothing; nothing where it need not."""
    found = ""
    node = text.parent
    wrapped = False
    while node:
        named = node.attributes
        classes = (named.get("class") or "").split()
        if node.tag in _OUTSIDE or "ledger" in classes:
            return ""
        if not found and wrapped and named.get("data-origin"):
            found = str(named["data-origin"])
        if not found and not wrapped:
            if node.tag == "a" and "n" in classes:
                found = str(named.get("href") or "#?").removeprefix("#")
            wrapped = node.tag in _WRAPPED
            if wrapped:
                found = str(named.get("data-origin") or "")
        node = node.parent
    return found or "?"
