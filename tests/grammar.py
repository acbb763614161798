"""What no sentence of a page may say, whatever its case: rules of numbers and of grammar, written down once.

Use `faults(text, language)` on the plain text of a sentence, a label or a whole page. What stands in
quotation marks is left out: words of a source are as they were said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pileup.story.blocks import BLOCK
from pileup.words import leftover
from pileup.words.language import Language
from pileup.words.text import from_data

#: Nouns that are counted on a page, by more than one.
_MANY: dict[Language, str] = {
    "en": (
        "crashes|vehicles|deaths|people|persons|years|months|days|states|trucks|cars|cases|groups|counts|others"
        "|decades|specks|prisoners|places|times|miles|killed others|fatal crashes|other crashes"
    ),
    "es": (
        "choques|vehículos|muertes|personas|muertos|años|meses|días|estados|camiones|casos|grupos|cargos|otros"
        "|décadas|puntos|presos|puestos|veces|millas|de los choques mortales murieron"
    ),
}
#: And by one.
_ONE: dict[Language, str] = {
    "en": "crash|vehicle|death|person|year|month|day|state|truck|case|group|count|decade",
    "es": "choque|vehículo|muerte|persona|año|mes|día|estado|camión|caso|grupo|cargo|década",
}
_SMALL: dict[Language, str] = {
    "en": "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "es": "cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
}
#: Spanish nouns of one gender and of the other.
_HER = "persona|muerte|década|condena|pena|mediana|ley|prisión|cadena|multa|fuente"
_HIS = (
    "choque|vehículo|año|mes|día|estado|camión|caso|cargo|grupo|archivo|juicio|tribunal|puesto|delito|preso"
)
#: Words that only a message without a translation leaves; none is a word of Spanish, or of a name on a page.
_ENGLISH = (
    "the|and|with|was|were|is|are|which|that|from|than|had|have|this|these|here|there|years?|crash|crashes"
    "|deaths?|people|sentenced?|vehicles?|nobody|where|whether|case file|of (?:one|two|three|them)|no prison"
)
#: Not a part of a larger number, a name or a range: "1 vehicles", and neither "11 vehicles" nor "0.1 years".
_ALONE = r"(?<![\w.,–’-])(?<![$§] )"
_RULES: dict[Language, Mapping[str, str]] = {
    "en": {
        "a number of none in words": r"\b[Zz]ero\b",
        "none or fewer": r"\b(0|zero|none|no) or (fewer|less)\b",
        "fewer than none": r"\bfewer than (0|zero|none)\b",
        "one in one": r"\b(one|1)( fatal crash)? in (1|one)\b(?![.,]?\d)",
        "of one": r"\b(of|among) (1|one) (other |fatal |known )*(crash(es)?|people|vehicles|states)\b",
        "one and many": rf"{_ALONE}(?i:1|one) (?:(?:fatal|other|known|more|such) )*(?:{_MANY['en']})\b",
        "many and one": (
            rf"{_ALONE}(?:0|[2-9]|\d{{2,}}|\d{{1,3}}(?:,\d{{3}})+|(?i:{_SMALL['en']}))"
            rf" (?:(?:fatal|other) )*(?:{_ONE['en']})\b(?! (?:class|in))"
        ),
        "one with a verb of many": r"\b(?:1|[Oo]ne) (?:crash|other|of them) (?:were|are|have)\b",
        "one of one": r"\bone reach(?:es)? [^.;]*\b(?:one|1) of these\b",
        "a before a vowel": r"\b[Aa] (?!one\b|[Ee]u)(?:[aeio]\w|8\b|11\b|18\b)",
        "an before a consonant": r"\b[Aa]n (?!8|11\b|18\b|hour|hono|heir|[FHLMNRSX][A-Z\b])[^aeiouAEIOU“\W]",
        "multiples across one": r"\b0\.\d+ to [1-9][\d.,]* times\b",
    },
    "es": {
        "a number of none in words": r"\b[Cc]ero\b",
        "none or fewer": r"\b(0|cero|ninguno) o menos\b",
        "fewer than none": r"\bmenos de (0|cero)\b",
        "one in one": r"\buno de cada (1|uno)\b(?![.,]?\d)",
        "among one of one": r"\b(de|entre) (los )?(1|un|uno) choques\b",
        "one and many": rf"{_ALONE}(?i:1|uno?|una) (?:{_MANY['es']})\b",
        "many and one": (
            rf"{_ALONE}(?:0|[2-9]|\d{{2,}}|\d{{1,3}}(?:,\d{{3}})+|(?i:{_SMALL['es']})) (?:{_ONE['es']})\b"
        ),
        "one with a verb of many": (
            r"\bmurieron (?:1|una) persona\b|\b[Uu]no (?:de ellos )?(?:tuvieron|ocurrieron)\b"
            r"|\b1 choque(?: mortal)? (?:tuvieron|alcanzan)\b"
        ),
        "one of one": r"\b[Uu]no llega [^.;]*;? de (?:estos|ellos), (?:uno|1)\b",
        "uno before its noun": rf"\b[Uu]no (?:{_ONE['es']}|preso|otro)\b",
        "a man's article": rf"\b(?:[Ee]l|[Uu]n|[Dd]el|[Aa]l) (?:{_HER})\b|\b[Ll]os (?:{_HER})s\b",
        "a woman's article": rf"\b(?:[Ll]a|[Uu]na) (?:{_HIS})\b|\b[Ll]as (?:{_HIS})s\b",
        "two words for one": r"\b(?:[Dd]e|[Aa]) el\b",
        "y before an i": r"\by [IÍií](?![aeou])",
        "o before an o": r"\bo (?:[Oo]\w|[Hh]o)",
        "a question without its first mark": r"(?:^|[.!?] )[^¿?]+\?",
        "English": rf"\b(?:{_ENGLISH})\b",
        "multiples across one": r"\b0\.\d+ a [1-9][\d.,]* veces\b",
    },
}
_ALWAYS = {
    "two blanks": r"[^\S\n]{2,}",
    "a blank before a stop": r"(?<=\S) [.,;:!?](?!\w)",
    "two stops": r"(?<!\.)\.\.(?!\.)|[,;:][.,;:]",
    "an empty bracket": r"\(\s*\)",
    "no number": r"\bnan\b|\bNone\b(?! is| of| involved| killed| had| reaches)|\binf\b",
    "a term of nothing": r"(?<![\d.,–])0 (?:years|años)\b",
    "a name not filled": r"\{\w[\w.|]*\}",
    "a sentence that begins small": r"(?<!\b[A-Za-z])(?<!\bsept)(?<!\.)[.!?] (?=[a-záéíóúñ])",
    "a sentence without words": r"(?:^|[.!?] )[.!?](?: |$)",
}


def faults(text: str, language: Language) -> list[str]:
    """Return what is wrong in a text: the rule, the words, and some of what stands around them.

    Parameters
    ----------
    text : str
        Plain, without markup.
    language : str
        Its language.
    """
    found = [f"left over: {one}" for one in (*leftover.left(text), leftover.twice(text)) if one]
    text = re.sub(r"“[^”]*”", "“…”", text)
    for name, rule in {**_RULES[language], **_ALWAYS}.items():
        for one in re.finditer(rule, text):
            around = text[max(0, one.start() - 40) : one.end() + 40]
            found.append(f"{name}: “{one[0]}” in “…{around}…”")
    return found


def texts(bundle: Mapping[str, Any]) -> Iterator[str]:
    """Yield each text of a block, as `_repr_mimebundle_` gives it: what a reader sees, piece by piece."""
    block = bundle[BLOCK]
    match block["kind"]:
        case "prose":
            yield from map(from_data, block["paragraphs"])
        case "chart":
            yield from (from_data(block["headline"]), block["subtitle"], block["alt"], block["note"])
            yield from _of_table(block["table"])
            yield from map(str, _drawn(block["narrow"]))
        case "table":
            yield from _of_table(block)


def _drawn(figure: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a drawing has as words: its labels, and what its marks say of themselves."""
    for one in (*figure["data"], *figure["layout"].get("annotations", ())):
        for said in (one.get(name) for name in ("text", "hovertext", "customdata", "name")):
            yield from (part.replace("<br>", " ") for part in _strings(said))


def _strings(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Iterable):
        for part in said:
            yield from _strings(part)


def _of_table(table: Mapping[str, Any]) -> Iterator[str]:
    yield from filter(None, (table["caption"], table["note"]))
    yield from (column["title"] for column in table["columns"])
    for row in table["rows"]:
        cells = [from_data(cell) if isinstance(cell, list) else cell for cell in row]
        yield from (cell for cell in cells if isinstance(cell, str) and cell)
