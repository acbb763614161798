"""Holds a translation against its English: the same names, links and numbers, in figures or in words."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pileup.words.language import Language
from pileup.words.said import Said, counts, said

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

#: A translator's mark, as in `#, numbers-differ`, on a message whose numbers are rightly others.
NUMBERS_DIFFER = "numbers-differ"
#: How much of a text stands in a message.
_SHOWN = 60
_NAME = re.compile(r"(?<=\{)[\w.-]*(?=[|}])")
_LINK = re.compile(r"(?<=\]\()[\w.-]+(?=\))")
_LINKED = re.compile(r"\[([^\]]*)\]\(([\w.-]+)\)")


def unfaithful(catalog: "Catalog", language: Language, file: str) -> list[str]:
    """Tell each translation that does not say what the English says.

    Parameters
    ----------
    catalog : babel.messages.catalog.Catalog
        As `language.read_messages` gives it; messages without a translation are left out.
    language : str
        Its language.
    file : str
        Name of its file.

    Returns
    -------
    list of str
        A line each: the file, the text, what the translation says and what would be right.
    """
    told = []
    for message in catalog:
        if not message.id or not message.string:
            continue
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        for n, form in enumerate(forms):
            one = english[min(n, len(english) - 1)]
            if form and (says := difference(one, form, language, NUMBERS_DIFFER not in message.flags)):
                shown = one if len(one) <= _SHOWN else f"{one[:_SHOWN]}…"
                told.append(f"language {language}: {file}: the translation of “{shown}”: {says}")
    return told


def difference(english: str, form: str, language: Language, numbers: bool = True) -> str:
    """Return what a translation says otherwise than the English, or nothing.

    Words for one and none, ordinals, halves and "both" may be left out or added: languages use them apart
    from counting. `numbers` is false where a translator has marked that the numbers rightly differ.
    """
    for what, pattern in (("name", _NAME), ("link", _LINK)):
        wanted, found = (Counter(pattern.findall(text)) for text in (english, form))
        if what == "name":  # a language may name a thing twice where another says "it"
            wanted, found = Counter(set(wanted)), Counter(set(found))
        if wanted != found:
            return _told(what, (found - wanted).elements(), (wanted - found).elements())
    if not numbers or not (counts(english, "en") or counts(form, language)):
        return ""
    wanted, found = said(english), said(form, language)
    if (added := _lacking(found, wanted)) + (lacking := _lacking(wanted, found)):
        return _told("number", added, lacking)
    for text, to in _LINKED.findall(english):
        twins = [twin for twin, at in _LINKED.findall(form) if at == to]
        if len(twins) == 1 and (says := difference(text, twins[0], language)):
            return f"{says}, in the link to {to}"
    return ""


def _told(what: str, added: Iterable[str], lacking: Iterable[str]) -> str:
    says, right = (", ".join(part) or f"no {what}" for part in (added, lacking))
    return f"it says {says}, where {right} would be right"


def _lacking(these: list[Said], those: list[Said]) -> list[str]:
    """Return the numbers, days and times of a text, as it writes them, that another does not say."""
    left = Counter(one.value for one in those)
    lacking = []
    for one in these:
        if one.kind != "loose":
            left[one.value] -= 1
            if left[one.value] < 0:
                lacking.append(one.text)
    return lacking
