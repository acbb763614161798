"""Holds the words of a text against the glossary: one form for one thing, in each language."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pileup.words.language import Language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

#: What an editor writes: the terms, their forms, and what readers are to understand by them.
GLOSSARY = Path(__file__).with_name("glossary.toml")
#: How much of a text stands in a message.
_SHOWN = 60
#: What is said in somebody's own words, and what is no word at all.
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\{[^{}]*\}|\]\([\w.-]+\)")


@dataclass(frozen=True)
class Term:
    """A term, as the glossary has it.

    Attributes
    ----------
    means : str
        What it means, for a reader.
    en, es : tuple of str
        Its form in each language, first the one that stands in a glossary, then its inflections.
    not_en, not_es : tuple of str
        Forms that must not be used for it.
    besides : tuple of str
        English words in which it is no term of this meaning.
    """

    means: str
    en: tuple[str, ...]
    es: tuple[str, ...]
    not_en: tuple[str, ...] = ()
    not_es: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms of the glossary, in its order."""
    listed = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["term"]
    return tuple(
        Term(term["means"], **{name: tuple(forms) for name, forms in term.items() if name != "means"})
        for term in listed
    )


@cache
def _any(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern that finds any of some forms as whole words; of none, one that finds nothing."""
    longest = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{longest})(?![\w-])" if forms else r"(?!)", re.IGNORECASE)


def own_words(text: str) -> str:
    """Return a text without what stands in quotation marks, and without the names of a template."""
    return " ".join(_QUOTED.sub(" ", text.replace("[", "")).split())


def forbidden(text: str, spoken: Language, among: Iterable[Term] | None = None) -> list[str]:
    """Tell each form in a text that the glossary forbids, with the one that is right.

    Parameters
    ----------
    text : str
        A sentence, or a page's words; quotations are left out.
    spoken : str
        Its language.
    among : iterable of Term, optional
        The terms that the text has for sure: a form that is right for one of them is no fault. All, if it is
        not known.
    """
    said, told = own_words(text), []
    known = terms() if among is None else among
    right = [found.span() for term in known for found in _any(getattr(term, spoken)).finditer(said)]
    for term in terms():
        text = _any(term.besides).sub(lambda words: " " * len(words[0]), said) if spoken == "en" else said
        for found in _any(term.not_en if spoken == "en" else term.not_es).finditer(text):
            if not any(start <= found.start() and found.end() <= end for start, end in right):
                told.append(f"“{found[0]}” is not used; “{getattr(term, spoken)[0]}” is right")
    return told


def named(english: str) -> list[Term]:
    """Return the terms that an English text has outside of quotations."""
    said = own_words(english)
    return [term for term in terms() if _any(term.en).search(_any(term.besides).sub(" ", said))]


def strayed(english: str, spanish: str) -> list[str]:
    """Tell what a translation calls otherwise than the glossary does.

    Parameters
    ----------
    english, spanish : str
        A message and its translation.

    Examples
    --------
    >>> strayed("four counts of vehicular homicide", "cuatro cargos de homicidio vial")
    ['“vehicular homicide” is “homicidio vehicular”, which is not there']
    """
    has, said = named(english), own_words(spanish)
    lacking = [
        f"“{term.en[0]}” is “{term.es[0]}”, which is not there"
        for term in has
        if not _any(term.es).search(said)
    ]
    return [*lacking, *forbidden(spanish, "es", has)]


def astray(catalog: "Catalog", file: str) -> list[str]:
    """Tell each Spanish text of a catalog that strays from the glossary, a line each, with its file."""
    told = []
    for message in catalog:
        if message.id and message.string:
            english = [message.id] if isinstance(message.id, str) else list(message.id)
            spanish = [message.string] if isinstance(message.string, str) else list(message.string)
            told += [
                f"{file}: “{other[:_SHOWN]}”: {fault}"
                for one, other in zip(english, spanish, strict=False)
                if other
                for fault in strayed(one, other)
            ]
    return told
