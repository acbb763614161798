"""Finds what only a fault leaves in words: a value that is none, a mark of work to do, a word twice."""

import re

#: What only a fault leaves in words.
_LEFT = re.compile(
    r"Traceback \(most recent call last\)|\b[A-Z]\w*(?:Error|Warning): |\b(?:NaN|nan|NaT|inf|Infinity)\b|<NA>"
    r"|(?<=[a-zß-ÿ0-9,;:(] )None\b|^None$|^(?:null|undefined|TODO|FIXME|XXX)$"
    # As a value: after a sign that a value follows, or where a number would stand before its noun.
    r"|(?<=[:=(] )(?:null|undefined|TODO|None)(?=$|[\s.,;)])|\bTODO:|\bFIXME\b"
    r"|\{\{|\}\}|\{%|%\}|\{[\w.|:-]*\}|\[[^\[\]]*\]\([\w.#:/-]+\)|%\(\w*\)[sdrf]|%[sdr]\b"
    r"|\$(?:\{|[A-Z][A-Z_]{2,}\b)|\[object \w+\]|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)"
    r"|<class '|\b(?:datetime\.\w+|Decimal|Timestamp|Period|Timedelta|np\.\w+)\("
    r"|\ufffd|â€|Ã[\u0080-\u00bf]|Â[\u0080-\u00bf]|ï¿½|&(?:amp|lt|gt|quot|nbsp|#\d+);"
    r"|file://|/home/\w|/Users/\w|/tmp/\w|[A-Z]:\\\\\w",
    re.MULTILINE,
)
_TWICE = re.compile(
    r"\b(the|an?|of|in|to|and|for|by|on|with|was|were|is|are|de|la|el|los|las|que|en|y|por|un|una) \1\b"
)
#: A note of an editor to himself, wherever it stands in words of his own.
_UNDONE = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|(?i:\blorem ipsum\b)")


def left(text: str) -> list[str]:
    """Return what only a fault leaves in a text, each once.

    Parameters
    ----------
    text : str
        Words as a reader sees them: names in braces filled, links put in words.

    Examples
    --------
    >>> left("The median is NaN years.")
    ['NaN']
    """
    return list(dict.fromkeys(found[0] for found in _LEFT.finditer(text.strip())))


def undone(text: str) -> list[str]:
    """Return what an editor has left to do in words of his own, each once.

    Examples
    --------
    >>> undone("TODO: look up the date")
    ['TODO']
    """
    return list(dict.fromkeys(found[0] for found in _UNDONE.finditer(text)))


def twice(text: str) -> str:
    """Return a small word that stands twice, or nothing."""
    found = _TWICE.search(text)
    return found[0] if found else ""
