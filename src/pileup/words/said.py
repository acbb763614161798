"""Reads the numbers, days and times that a text says, in figures and in words, as values to compare."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pileup.words import language
from pileup.words.language import Language
from pileup.words.text import names
from pileup.words.written import SMALL


@dataclass(frozen=True)
class Said:
    """A number, a day or a time that a text says.

    Attributes
    ----------
    kind : str
        "number"; "year" for four figures that can be one; "date"; "time"; "loose" for what may be no count at
        all, such as "one", "half", "third" and "both".
    value : float or str
        28 for "twenty-eight"; "2019-04-25", "2019-04-" or "-04-25" for a day; minutes of the day for a time.
    text : str
        How it stands there.
    start, end : int
        Where it stands.
    step : float
        The worth of one in its last figure: 0.1 for "1.5", 100,000 for "1.5 million". For a time the minutes
        after which it comes again: 720 where it may be before or after noon.
    """

    kind: str
    value: float | str
    text: str
    start: int
    end: int
    step: float = 1


#: How far two ways of computing one number in binary may differ, as a share.
CLOSE = 1e-9


def near(one: Said, known: object) -> bool:
    """Tell whether a number that a text says is a value, rounded to its own last place, or a part of a day.

    Parameters
    ----------
    one : Said
        What the text says.
    known : object
        The value: a number, or a day as `Said` has it.
    """
    if isinstance(one.value, str) or isinstance(known, str):
        return str(one.value).strip("-") in str(known)
    # What is written as a word is no rounding.
    half = one.step / 2 if one.text[0].isdigit() else 0
    return isinstance(known, int | float) and abs(one.value - known) <= half + CLOSE * abs(known)


@dataclass(frozen=True)
class _Words:
    """The words that a language makes numbers of, each with its worth."""

    small: dict[str, float]
    tens: dict[str, float]
    hundreds: dict[str, float]
    large: dict[str, float]
    times: dict[str, float]
    loose: dict[str, float]
    ones: tuple[str, ...]  # "one" as the last part of a number
    joint: tuple[str, ...]  # what stands between tens and ones
    joined: tuple[str, ...]  # what stands between hundreds and what follows
    half: str  # adds a half to the number before it


def _worth(words: str, first: float, step: float = 1) -> dict[str, float]:
    return {word: first + step * place for place, word in enumerate(words.split())}


_WORDS: dict[Language, _Words] = {
    "en": _Words(
        small=_worth(" ".join(SMALL["en"][2:20]), 2),
        tens=_worth("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
        hundreds={"hundred": 100},
        large={"dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000},
        times={"twice": 2, "double": 2, "triple": 3},
        loose=_worth("first second third fourth fifth sixth seventh eighth ninth tenth", 1)
        | {
            "zero": 0,
            "nil": 0,
            "half": 0.5,
            "half a": 0.5,
            "a": 1,
            "an": 1,
            "one": 1,
            "single": 1,
            "both": 2,
        },
        ones=("one",),
        joint=("-", " "),
        joined=(" and ", " "),
        half=r"and a half\b",
    ),
    "es": _Words(
        small=_worth(" ".join(SMALL["es"][2:20]), 2)
        | _worth("veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete", 21)
        | {"veintiocho": 28, "veintinueve": 29, "veintiún": 21, "veintiuna": 21},
        tens=_worth("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20, 10),
        hundreds=_worth("ciento doscientos trescientos cuatrocientos quinientos seiscientos", 100, 100)
        | _worth("cien doscientas trescientas cuatrocientas quinientas seiscientas", 100, 100)
        | _worth("setecientos ochocientos novecientos", 700, 100)
        | _worth("setecientas ochocientas novecientas", 700, 100),
        large={"docena": 12, "docenas": 12, "mil": 1_000, "millón": 1_000_000, "millones": 1_000_000},
        times={"doble": 2, "triple": 3},
        loose=_worth("primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo", 1)
        | _worth("primera segunda tercera cuarta quinta sexta séptima octava novena décima", 1)
        | {"cero": 0, "medio": 0.5, "media": 0.5, "mitad": 0.5, "un": 1, "uno": 1, "una": 1}
        | {"primer": 1, "único": 1, "única": 1, "ambos": 2, "ambas": 2, "tercer": 3},
        ones=("uno", "un", "una"),
        joint=(" y ",),
        joined=(" ",),
        half=r"y medi[oa]\b",
    ),
}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
#: What is no text for readers: names that a caller fills in, and where a link leads.
_MARKUP = r"\{[^{}]*\}|\]\([\w.-]+\)"
#: The years that four figures without a comma can tell.
_YEARS = range(1800, 2101)


@cache
def _months(spoken: Language) -> list[str]:
    with language.using(spoken):
        return [month.lower() for month in language.months()]


@cache
def _atoms(spoken: Language) -> re.Pattern[str]:
    """Return the pattern of the parts that numbers, days and times are made of, and of what is none."""
    own = _WORDS[spoken]
    months = f"(?i:{'|'.join(_months(spoken))})"
    date = (
        rf"(?P<day>\d{{1,2}})(?: de)? (?P<month>{months})(?:(?: de)? (?P<year>\d{{4}}))?\b"
        rf"|(?P<month2>{months})"
        r"(?: (?P<day2>\d{1,2})\b(?:, (?P<year2>\d{4}))?|(?: de)? (?P<year3>\d{4})\b)"
        r"|\b(?P<iso>\d{4}-[01]\d(?:-[0-3]\d)?)\b(?!-)"
    )
    # A translation may leave a name as it is.
    none = "|".join(dict.fromkeys([_MARKUP, names(spoken), names("en"), r"\b\d{4}s\b"]))
    words = {**own.small, **own.tens, **own.hundreds, **own.large, **own.times, **own.loose}
    listed = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(
        r"(?:(?<!\w)(?=\w)|(?<=[A-Z])(?=\d)|(?=[{\]½¼¾]))"  # first: quick, for nothing begins inside a word
        rf"(?:(?P<name>{none})|(?P<date>\b(?:{date}))"
        r"|(?P<time>\b(?P<hour>[0-2]?\d)(?::(?P<minute>[0-5]\d))?"
        r"(?: ?(?P<half>[ap])\. ?m\.| ?(?P<half2>[ap])m\b)"
        r"|\b(?P<hour2>[0-2]?\d):(?P<minute2>[0-5]\d)\b)"
        r"|(?P<figures>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)"
        r"(?P<fraction> ?[½¼¾]| [13]/[24]\b)?(?P<place>st\b|nd\b|rd\b|th\b|\.?[ºª])?"
        rf"|(?P<part>[½¼¾])|\b(?P<plus>{own.half})|\b(?P<word>(?i:{listed}))\b)"
    )


@cache
def _counting(spoken: Language) -> frozenset[str]:
    own = _WORDS[spoken]
    return frozenset([*own.small, *own.tens, *own.hundreds, *own.large, *own.times])


def counts(text: str, spoken: Language) -> bool:
    """Tell quickly whether a text may say a number that is one for sure: it has a figure or such a word."""
    return not _counting(spoken).isdisjoint(re.findall(r"[^\W\d_]+", text.lower())) or bool(
        re.search(r"\d", text)
    )


def said(text: str, spoken: Language = "en") -> list[Said]:
    """Read what a text says in numbers, days and times.

    Parameters
    ----------
    text : str
        Words, or a template; names in braces, the targets of links, and names with a number in them (I-70,
        House Bill 23-1292, C.R.S. 18-3-106) are left out.
    spoken : str
        Its language.

    Examples
    --------
    >>> [(one.kind, one.value) for one in said("two and a half inches on April 25, 2019, 1.5 million")]
    [('number', 2.5), ('date', '2019-04-25'), ('number', 1500000.0)]
    """
    return list(_Reader(text, spoken).read())


class _Reader:
    """Reads one text from its parts, the longest number that they make at each place."""

    def __init__(self, text: str, spoken: Language) -> None:
        self.text = text
        self.own = _WORDS[spoken]
        self.months = _months(spoken)
        self.atoms = [found for found in _atoms(spoken).finditer(text) if not found["name"]]

    def read(self) -> Iterator[Said]:
        """Yield what the text says, in its order."""
        at = 0
        while at < len(self.atoms):
            atom, after = self.atoms[at], at + 1
            if atom["date"]:
                yield Said("date", self._date(atom), atom[0], *atom.span())
            elif atom["time"]:
                yield self._time(atom)
            elif not atom["plus"]:
                kind, value, step, after = self._figures(at) if not atom["word"] else self._words(at)
                start, end = atom.start(), self.atoms[after - 1].end()
                yield Said(kind, value, self.text[start:end], start, end, step)
            at = after

    def _date(self, atom: re.Match[str]) -> str:
        if atom["iso"]:
            return atom["iso"] if len(atom["iso"]) > len("2019-04") else f"{atom['iso']}-"
        month = self.months.index((atom["month"] or atom["month2"]).lower()) + 1
        year, day = atom["year"] or atom["year2"] or atom["year3"] or "", atom["day"] or atom["day2"] or ""
        return f"{year}-{month:02}-{day and f'{int(day):02}'}"

    def _time(self, atom: re.Match[str]) -> Said:
        hour, minute = int(atom["hour"] or atom["hour2"]), int(atom["minute"] or atom["minute2"] or 0)
        half = atom["half"] or atom["half2"]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        return Said("time", hour * 60 + minute, atom[0], *atom.span(), 1440 if half or hour > 12 else 720)

    def _figures(self, at: int) -> tuple[str, float, float, int]:
        atom = self.atoms[at]
        figures, part = atom["figures"] or "0", (atom["fraction"] or atom["part"] or "").strip()
        value = float(figures.replace(",", "")) + _FRACTIONS.get(part, 0)
        step = 10.0 ** -(2 if part else len(figures.partition(".")[2]))
        value, step, after = self._extended(value, step, at + 1)
        if after == at + 1 and re.fullmatch(r"[0-9]{4}", atom[0]) and int(atom[0]) in _YEARS:
            return "year", value, step, after
        return "loose" if atom["place"] or atom["part"] else "number", value, step, after

    def _words(self, at: int) -> tuple[str, float, float, int]:
        own, word = self.own, self._word(at)
        value, after = self._below_thousand(at)
        if value:
            value, step, after = self._extended(value, 1, after)
            more, end = self._below_thousand(after, *own.joined) if step >= 1_000 else (0, 0)
            return ("number", value + more, 1, end) if more else ("number", value, step, after)
        if word in own.large:
            kind = "loose" if word.endswith("s") else "number"  # "docenas", of which nobody says how many
            return kind, *self._extended(own.large[word], own.large[word], at + 1)
        if word in own.times:
            return "number", own.times[word], 1, at + 1
        extended = self._extended(own.loose[word], 0.1 if own.loose[word] % 1 else 1, at + 1)
        return "number" if extended[2] > at + 1 else "loose", *extended

    def _word(self, at: int, *gaps: str) -> str:
        """Return the word at a place, if what stands before it is one of the gaps where any is given."""
        if at >= len(self.atoms) or not self.atoms[at]["word"]:
            return ""
        between = self.text[self.atoms[at - 1].end() : self.atoms[at].start()] if gaps else ""
        return self.atoms[at]["word"].lower() if not gaps or between in gaps else ""

    def _extended(self, value: float, step: float, after: int) -> tuple[float, float, int]:
        """Go on with a number: "thousand" and the like multiply it, "and a half" adds to its last figure."""
        while after < len(self.atoms):
            between = self.text[self.atoms[after - 1].end() : self.atoms[after].start()]
            if self.atoms[after]["plus"] and re.fullmatch(r" (?:\w+ )?", between):
                value, step = value + step / 2, step / 10
            elif between == " " and (worth := self.own.large.get(self._word(after))):
                value, step = value * worth, step * worth
            else:
                break
            after += 1
        return value, step, after

    def _below_hundred(self, at: int, *gaps: str) -> tuple[float, int]:
        own, word = self.own, self._word(at, *gaps)
        if word in own.small:
            return own.small[word], at + 1
        if word not in own.tens:
            return 0, at
        following = self._word(at + 1, *own.joint)
        ones = 1 if following in own.ones else own.small.get(following, 10)
        return (own.tens[word] + ones, at + 2) if ones < 10 else (own.tens[word], at + 1)

    def _below_thousand(self, at: int, *gaps: str) -> tuple[float, int]:
        own = self.own
        value, after = self._below_hundred(at, *gaps)
        word = self._word(after, " ") if value else self._word(after, *gaps)
        if word not in own.hundreds:
            return value, after
        more, end = self._below_hundred(after + 1, *own.joined)
        return own.hundreds[word] * (value or 1) + more, end if more else after + 1
