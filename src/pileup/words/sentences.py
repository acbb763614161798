"""Takes a text apart into its sentences, and tells whether one says in its own words whose word it is."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pileup.words.text import Number

#: A sentence ends at a stop, with the quotation or bracket that it closes, before a capital or a figure.
_END = re.compile(r"(?<=[.!?…])[”’\"»)\]]*\s+(?=[“‘\"«¿¡(\[]*[^\W_a-zß-ÿ])")
#: What ends in a stop and goes on: initials, titles, hours, shortened words in English and Spanish.
_GOES_ON = re.compile(
    r"(?:\b(?:[A-ZÁÉÍÓÚÑ]|[ap]\.\s?m|v|vs|No|Nos|St|Jr|Sr|Sra|Dr|Dra|Mr|Mrs|Ms|Gov|Sen|Rep|art|núm|cf|etc)"
    r"|\b(?:[A-Z]\.){1,3}[A-Z]|\bEE|\bUU)\.$"
)
#: Whose word it is, as sentences say it, by language.
_SAYS = {
    "en": re.compile(
        r"\b(?:sa(?:id|ys?|ying)|told|tells?|reported|reports?|records?|gave|gives|quotes?|quoted|wrote|writes"
        r"|called|calls|asked|argued|denied|denies|named|names|announced|accounts?|according to|sources?"
        r"|claim(?:s|ed)?|disputed?|by (?:one|two|his|her|their)|law blogs?)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:dij[oe]|dijeron|dicen?|decía|según|informó|informaron|informes?|registros?|dio|dan?|cita[nr]?"
        r"|citó|escribi[óe]\w*|llam[óa]\w*|pidi[óe]\w*|pide|sostuvo|alegó|neg[óa]\w*|niega|nombr[óa]\w*"
        r"|anunció|versi[óo]n(?:es)?|fuentes?|afirm[óa]\w*|declar[óa]\w*|disputad[oa]s?|sin confirmar"
        r"|cont[óa]|contaron|blogs? jurídicos?|fij[óa]|señal[óa]\w*|explic[óa]\w*|relat[óo]\w*|habl[óa]\w*"
        r"|report[óa]\w*)\b",
        re.IGNORECASE,
    ),
}


def sentences(text: Sequence[Any]) -> Iterator[tuple[str, set[str]]]:
    """Yield each sentence of a text, and the origins that its numbers and linked words name.

    Parameters
    ----------
    text : sequence
        Words, and numbers or linked words: as `Number`, or as a record has them.

    Examples
    --------
    >>> list(sentences(["At 4:53 p.m. it was over. ", Number("fact.F06", 4, "Four"), " died."]))
    [('At 4:53 p.m. it was over.', set()), ('Four died.', {'fact.F06'})]
    """
    for words, _start, _end, origins in placed(text):
        if words:
            yield words, origins


def placed(text: Sequence[Any]) -> Iterator[tuple[str, int, int, set[str]]]:
    """Yield each sentence with the letters at which it begins and the next one does, and its origins."""
    whole, places = "", []
    for run in text:
        words, origin = _run(run)
        if origin:
            places.append((len(whole), len(whole) + len(words), origin))
        whole += words
    ends = [found.end() for found in _END.finditer(whole) if not _GOES_ON.search(whole[: found.start()])]
    for start, end in zip([0, *ends], [*ends, len(whole)], strict=True):
        origins = {origin for first, last, origin in places if first < end and last > start}
        yield whole[start:end].strip(), start, end, origins


def _run(run: str | dict[str, Any] | Number) -> tuple[str, str]:
    """Return the words of a run, and its origin."""
    if isinstance(run, str):
        return run, ""
    return (run["text"], run["origin"]) if isinstance(run, dict) else (run.text, run.origin)


def says_whose(words: str, language: str) -> bool:
    """Tell whether a sentence says whose word it is: who said it, or that it is disputed.

    Parameters
    ----------
    words : str
        The sentence.
    language : str
        "en" or "es".

    Examples
    --------
    >>> says_whose("The truck was going 85, by one report.", "en")
    True
    >>> says_whose("The truck was going 85.", "en")
    False
    """
    return bool(_SAYS[language].search(words))
