"""How numbers, dates and comparisons are put into words."""

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from pileup.words import language
from pileup.words.language import Language, _, mark, ngettext

#: Whole numbers up to twenty in words, each at its own place.
SMALL: dict[Language, tuple[str, ...]] = {
    "en": (
        *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        "twenty",
    ),
    "es": (
        *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once"),
        *("doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve"),
        "veinte",
    ),
}

#: A day or a month as data, not a part of a longer name such as that of an edition's second page.
_ISO = re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?![\w-])")
#: What follows a time before noon, and after it.
_HALVES: dict[Language, tuple[str, str]] = {"en": ("a.m.", "p.m."), "es": ("a. m.", "p. m.")}

#: Fewer crashes or people than this are said to be few.
SMALL_NUMBER = 20


def half_up(value: float, places: int = 0) -> Decimal:
    """Round a number as all that print it do: halves up, as readers expect, so 5.25 is 5.3.

    The value is first cut to twelve significant digits, so that 10.45 does not turn on the last bit of its
    binary form.
    """
    return Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def number(value: float, places: int = 1) -> str:
    """Write a number with thousands separators, and with decimals only where it has them."""
    if math.isinf(value):
        return _("life")
    rounded = half_up(value, places)
    return language.decimal(rounded, 0 if rounded == rounded.to_integral_value() else places)


def small(value: float) -> str:
    """Write a whole number up to twenty as a word, others in figures."""
    whole = float(value).is_integer() and 0 <= value <= 20
    return SMALL[language.current()][int(value)] if whole else number(value)


def ordinal(value: int) -> str:
    """Write a place in a list: 1st, 2nd, 11th; in Spanish 1.º, which the text's own words make clear."""
    if language.current() == "es":
        return f"{number(value)}.º"
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{number(value)}{ending}"


def name(value: float) -> str:
    """Write a number that is a name, such as a milepost or a code: without separators."""
    return f"{value:.12g}"


def day(value: dt.date) -> str:
    """Write a date with its month in words: April 25, 2019."""
    return language.date(value)


def comma(day: str) -> str:
    """Return what stands between a day and what follows: in English a comma, "April 25, 2019, a truck"."""
    return "," if language.current() == "en" and re.search(r"[a-z] \d{1,2}, \d{4}$", day) else ""


def dated(text: str) -> str:
    """Write each date that a text has as data in words: 2018-04-06 as April 6, 2018, 2022-06 as June 2022."""
    return _ISO.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    year, month, date = found.groups()
    return when(dt.date(int(year), int(month), int(date or 1)), "day" if date else "month")


def known(value: dt.date, precision: str) -> str:
    """Write a date as data, only as far as it is known: 2024-03-28, 2024-03 or 2024."""
    return value.isoformat()[: {"month": 7, "year": 4}.get(precision, 10)]


def when(value: dt.date, precision: str) -> str:
    """Write a date in words, only as far as it is known: March 28, 2024, March 2024 or 2024."""
    if precision == "day":
        return day(value)
    return language.date(value, "yMMMM") if precision == "month" else str(value.year)


def clock(value: dt.time) -> str:
    """Write a time of day on the twelve-hour clock: 4:53 p.m., in Spanish 4:53 p. m."""
    half = _HALVES[language.current()][value.hour >= 12]
    return f"{(value.hour - 1) % 12 + 1}:{value.minute:02} {half}"


def years(months: float) -> str:
    """Write months as years, to a tenth: 63 months are 5.3 years."""
    return number(months / 12)


def plural(value: float, one: str, many: str | None = None) -> str:
    """Choose between an English noun's two numbers; what readers see in both languages uses `ngettext`."""
    return one if value == 1 else many or one + "s"


def span(low: float, high: float) -> str:
    """Write a range, or the one number where both ends are the same."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def reach(low: float, high: float) -> str:
    """Write a range as a sentence says it: 20 to 30, in Spanish "de 20 a 30"."""
    return number(low) if low == high else _("{low} to {high}").format(low=number(low), high=number(high))


#: Units in which one thing may be counted, by one and by many.
_UNITS = (
    (mark("crash"), mark("crashes")),
    (mark("person"), mark("people")),
    (mark("year"), mark("years")),
    (mark("month"), mark("months")),
    (mark("day"), mark("days")),
    (mark("vehicle"), mark("vehicles")),
    (mark("death"), mark("deaths")),
    (mark("count"), mark("counts")),
    (mark("case"), mark("cases")),
    (mark("group"), mark("groups")),
)


def unit(words: str, value: float) -> str:
    """Write a unit, given in the language in use, in the number that a value asks for: 1 crash, 2 crashes."""
    return next((_(one) for one, many in _UNITS if value == 1 and words == _(many)), words)


def size_class(least: int, most: int | None) -> str:
    """Name a class of crashes by vehicles: 1 vehicle, 3 to 4 vehicles, 20 or more vehicles."""
    if most is None:
        return _("{least} or more vehicles").format(least=least)
    if least == most:
        return ngettext("{least} vehicle", "{least} vehicles", least).format(least=least)
    return _("{least} to {most} vehicles").format(least=least, most=most)


def times(ratio: float) -> str:
    """Write a ratio: whole from ten on, one decimal from one on, two decimals below."""
    return number(ratio, 0 if ratio >= 10 else 1 if ratio >= 1 else 2)


def millions(value: float, places: int = 1) -> str:
    """Write a large number in millions, to a tenth."""
    many = value / 1e6
    form = ngettext("{number} million", "{number} million", 1 if number(many, places) == "1" else 2)
    return form.format(number=number(many, places))


def billions(value: float) -> str:
    """Write a very large number in billions (thousands of millions), to a tenth or nearly so."""
    if language.current() == "es":  # a "billón" would be a thousand times as much
        return millions(round(value, -7), 0)
    return _("{number} billion").format(number=number(value / 1e9))


def years_span(first: int, last: int) -> str:
    """Write a span of years: 1975 to 2022, or the one year."""
    return str(first) if first == last else _("{first} to {last}").format(first=first, last=last)


def years_held(years: Sequence[int]) -> str:
    """Write years in a sentence: 1975 to 2022; with gaps, each run: 1975–1998, 2000–2020 and 2022."""
    parts = [str(year) for year in years] if len(years) == 2 else spans(years).split(", ")
    return join(parts) if len(parts) > 1 else years_span(min(years), max(years))


def fiscal_years(years: Sequence[int]) -> str:
    """Write fiscal years in a sentence: fiscal year 2022, fiscal years 2019 to 2024."""
    return ngettext("fiscal year {years}", "fiscal years {years}", len(years)).format(years=years_held(years))


def join(items: Sequence[str]) -> str:
    """Join words as a sentence does: "a, b and c"."""
    return language.listed(items)


def runs(years: Iterable[int]) -> list[list[int]]:
    """Return years in runs without a gap, in order."""
    found: list[list[int]] = []
    for year in sorted(int(year) for year in years):
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return found


def spans(years: Iterable[int]) -> str:
    """Write a list of years as spans: 1982–2012, 2018–2019."""
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs(years))


def of_one(words: str) -> str:
    """Return words that follow a 1 with their first word as it is of one: " years later" is " year later"."""
    singular = {_(many): _(one) for one, many in _UNITS}
    return re.sub(r"^ (\w+)", lambda found: f" {singular.get(found[1], found[1])}", words)


#: Spanish nouns that are feminine, among those that a number can stand before.
_FEMININE = ("persona", "muerte", "década")


def agreeing(number: str, words: str) -> str:
    """Return a number in words as the noun after it asks for: in Spanish "una persona", "un choque"."""
    if language.current() != "es" or number.lower() != "uno":
        return number
    noun = re.match(r" (\w+)", words)
    if not noun or noun[1] not in (*_FEMININE, *(_(one) for one, _many in _UNITS)):
        return number
    return number[:1] + ("na" if noun[1] in _FEMININE else "n")


def compare(value: float, other: float, tolerance: float = 0.05) -> str:
    """Tell how a number stands to another: "longer", "shorter" or "about the same", as keys for a message.

    Parameters
    ----------
    value, other : float
        The numbers, in one unit.
    tolerance : float
        Share of `other` within which the two are "about the same": a headline must not turn on noise.
    """
    if math.isclose(value, other, rel_tol=0, abs_tol=tolerance * abs(other)):
        return "about the same"
    return "longer" if value > other else "shorter"


def lower(text: str) -> str:
    """Begin a label with a small letter, for use inside a sentence."""
    return text[:1].lower() + text[1:]


def wrap(text: str, width: int) -> str:
    """Break a label into lines of at most `width` characters, for a chart (`<br>` between lines)."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "<br>".join(lines)
