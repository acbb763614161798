"""The language that texts are written in: its catalog of messages, its plurals, its numbers and dates.

English is the language of the code. Another language has a catalog, `locale/LANGUAGE.po`; a message that is
not in it stops the run, so that no page ever mixes two languages.
"""

import codecs
import datetime as dt
import functools
import gettext
import io
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pileup.base import parsed
from pileup.base.errors import PileupError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
#: Whose habits numbers, dates and lists follow. In the United States Spanish is written with a decimal point.
LOCALES: dict[Language, str] = {"en": "en_US", "es": "es_US"}
NAMES: dict[Language, str] = {"en": "English", "es": "Español"}
#: What a link to a page in it says, on a page in another.
IN: dict[Language, str] = {"en": "In English", "es": "En español"}
CATALOGS = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Translated:
    """Marks a field of a model as words that a translation replaces; see `pileup.words.translate`.

    Attributes
    ----------
    after : str
        Only a text that begins with this is words, and what follows it is translated.
    only : str
        Only a text in which this pattern is found is words; any other is a name and stays.
    """

    after: str = ""
    only: str = ""


#: Words for readers, in a file that people write.
Words = Annotated[str, Translated()]
#: What tells how one publisher stands to another, or what it is.
_STANDS = r", (?:on|at|after|from|copied by|copying|copy at|quoting) | and |'s | law firm| blog\b|^An? "
#: Who published something: a name, which stays, unless it has such words.
Publisher = Annotated[str, Translated(only=_STANDS)]

# A plain variable and no ContextVar: IPython runs each cell in a context of its own.
_current: Language = "en"


def current() -> Language:
    """Return the language in use."""
    return _current


def locale() -> str:
    """Return the locale in use, such as "en_US"."""
    return LOCALES[_current]


def use(language: Language) -> None:
    """Write every text from now on in this language."""
    global _current
    _current = language


@contextmanager
def using(language: Language) -> Generator[None]:
    """Write texts in this language for a while."""
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


class _Missing(gettext.NullTranslations):
    """Stands behind a catalog: a missing message is an error, and not a word of English on the page."""

    def __init__(self, spoken: Language) -> None:
        super().__init__()
        self.spoken = spoken

    def gettext(self, message: str) -> str:
        """Tell that a message is missing."""
        raise PileupError(
            f"language {self.spoken}: no translation of “{message}”; `make messages` lists what is missing"
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Tell that a message is missing."""
        return self.gettext(msgid1)


def read_messages(path: Path, language: Language) -> "Catalog":
    """Read a file of messages as translators keep it (.po).

    Raises
    ------
    PileupError
        There is no such file, or it holds something else.
    """
    from babel.messages.pofile import PoFileError, read_po

    try:
        text = parsed.text_of(path)
        for forms in re.findall(r"nplurals\s*=\s*(-?\w*)", text.partition("\nmsgid")[0]):
            if not re.fullmatch("[1-6]", forms):
                raise ValueError(f"its head says nplurals={forms[:20]}; 1 to 6 is right")
        read = read_po(io.StringIO(text), locale=language, abort_invalid=True)
        _hold_head(read)
    except OSError as error:
        raise PileupError(f"language {language}: {path.name} cannot be read ({error.strerror})") from None
    except (PoFileError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        raise PileupError(f"language {language}: {path.name} is no catalog of messages: {error}") from None
    return read


def _hold_head(read: "Catalog") -> None:
    """Refuse a catalog whose head names another encoding than it has, or forms that no number chooses.

    Raises
    ------
    ValueError
        With what is wrong and would be right.
    """
    if codecs.lookup(read.charset).name != "utf-8":
        raise ValueError(f"its head says charset={read.charset}; charset=utf-8 is right")
    says = f"its head says plural={read.plural_expr[:40]}, nplurals={read.num_plurals}"
    try:
        choose = gettext.c2py(read.plural_expr)
        chosen = {choose(number) for number in range(201)}
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"{says}, which chooses no form ({error}); plural=(n != 1) is right") from None
    if not 0 <= min(chosen) <= max(chosen) < read.num_plurals:
        raise ValueError(f"{says}, which are too few forms; plural=(n != 1), nplurals=2 is right")


def read_catalog(path: Path, language: Language) -> gettext.NullTranslations:
    """Read a catalog, ready to translate; nothing compiled is kept.

    Parameters
    ----------
    path : Path
        The .po file.
    language : str
        Its language.

    Raises
    ------
    PileupError
        There is no such file, or it is no catalog. The catalog itself raises for a message that it lacks.
    """
    return ready(read_messages(path, language), language)


def ready(messages: "Catalog", language: Language) -> gettext.NullTranslations:
    """Make a catalog that was read ready to translate; it raises for a message that it lacks."""
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    catalog = gettext.GNUTranslations(compiled)
    catalog.add_fallback(_Missing(language))
    return catalog


@functools.lru_cache(maxsize=4)
def _own(language: Language) -> gettext.NullTranslations:
    """Return the project's own catalog; English is what the code says."""
    if language == "en":
        return gettext.NullTranslations()
    return read_catalog(CATALOGS / f"{language}.po", language)


def _(message: str) -> str:
    """Return a message in the language in use; names in braces stay for the caller to fill."""
    return _own(_current).gettext(message)


def ngettext(one: str, many: str, n: float) -> str:
    """Return the form of a message that belongs to a number, in the language in use.

    Parameters
    ----------
    one, many : str
        The message in English, for one and for any other number.
    n : float
        The number; what is no whole number takes the plural.
    """
    return _own(_current).ngettext(one, many, int(n) if float(n).is_integer() else 2)


def mark(message: str) -> str:
    """Mark a message that is translated later, where it is used; it comes back as it is."""
    return message


def marks(one: str, many: str) -> tuple[str, str]:
    """Mark a message with a form for one and a form for many; `ngettext` translates it where it is used."""
    return one, many


def decimal(value: Decimal, places: int) -> str:
    """Write a number with the separators of the language and so many decimals."""
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0" + (f".{'0' * places}" if places else ""), locale())


def date(value: dt.date, skeleton: str = "yMMMMd") -> str:
    """Write a date; `skeleton` names its parts as Unicode does ("yMMMM"), the language puts them in order."""
    from babel.dates import format_date, format_skeleton

    if skeleton == "yMMMMd":
        return format_date(value, "long", locale())
    return format_skeleton(skeleton, value, locale=locale())


def months() -> list[str]:
    """Return the names of the twelve months."""
    from babel.dates import get_month_names

    names = get_month_names("wide", locale=locale())
    return [names[month] for month in range(1, 13)]


def listed(items: Sequence[str]) -> str:
    """Join words as newspapers do: "a, b and c", in English without a comma before "and"."""
    from babel.lists import format_list

    return format_list(list(items), locale="en_GB" if _current == "en" else locale())
