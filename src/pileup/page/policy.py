"""What a page lets a browser load and run: its Content-Security-Policy, which stands first in its head."""

import base64
import hashlib

from markupsafe import Markup

from pileup.page.markup import Element

#: Files of the page's own server. From a disk that is `file:`, which Firefox does not take for "'self'"; on a
#: server no page can load a file of its reader's disk anyway.
_OWN = "'self' file:"


def allowed(style: str, script: str = "", explored: bool = False, pictures: bool = False) -> Markup:
    """Name what a page uses; a browser refuses all else.

    Parameters
    ----------
    style : str
        The text inside the page's one `style` element.
    script : str
        The text inside the page's one inline script; empty where it has none.
    explored : bool
        The page has `explore.js` beside it, which loads Plotly's JavaScript and figures. Plotly adds style
        elements of its own, whose text changes with its version, so that any style is then allowed. So is a
        request to its own server: a tool that audits a page for search asks for `robots.txt` from inside it.
    pictures : bool
        The page shows pictures that stand beside it.

    Returns
    -------
    markupsafe.Markup
        The policy. It never allows `'unsafe-eval'`, nor any inline script but that one, which is named by its
        hash. Fonts and the empty icon stand in the page itself (`data:`).

    References
    ----------
    https://www.w3.org/TR/CSP3/
    """
    rules = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    rules["img-src"] = f"data: {_OWN}" if pictures else "data:"
    if "url(data:font/" in style:
        rules["font-src"] = "data:"
    if explored:
        rules |= {"style-src": "'unsafe-inline'", "script-src": _OWN, "connect-src": "'self'"}
    else:
        rules["style-src"] = _hash(style)
        if script:
            rules["script-src"] = _hash(script)
    return Markup("; ".join(f"{name} {sources}" for name, sources in rules.items()))


def faults(root: Element) -> list[str]:
    """Say where a page does not begin with the policy of what it holds.

    Parameters
    ----------
    root : Element
        A report's page, an embed, or the notebook behind a page.
    """
    style = "".join(map(_inside, root.find("style")))
    script = "".join(_inside(one) for one in root.find("script") if not one.attributes)
    known = [
        allowed(style, script=script, explored=explored, pictures=pictures)
        for explored, pictures in ((True, False), (False, True), (False, False))
    ]
    heads = [part for head in root.find("head") for part in head.parts if isinstance(part, Element)]
    first = heads[0].attributes if heads else {}
    if first.get("http-equiv") == "Content-Security-Policy" and first.get("content") in known:
        return []
    return ["the head of the page does not begin with the Content-Security-Policy of what it holds"]


def _inside(element: Element) -> str:
    return "".join(part for part in element.parts if isinstance(part, str))


def _hash(text: str) -> str:
    """Name the text inside an element by its hash, as a browser computes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
