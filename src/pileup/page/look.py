"""The look of the project's pages: the style sheet with its font, and the templates, every value escaped."""

import base64
import hashlib
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pileup.page import origins
from pileup.page.policy import allowed
from pileup.page.svg import FONTS, SWAPS
from pileup.words import language, written
from pileup.words.text import as_data, from_data, linked

_HERE = Path(__file__).parent
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_FONT = re.compile(r"@font-face \{[^}]*\}\n?")
#: The colors, light, dark and forced.
_COLORS = re.compile(
    r"^:root \{.*?\}$|^@media (?:screen and \(prefers-color-scheme|\(forced-colors): \w+\) \{.*?^\}$",
    re.DOTALL | re.MULTILINE,
)


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet, with the font inside it: a page is one file and asks nobody for anything."""
    css = (_HERE / "style.css").read_text(encoding="utf-8")
    for weight in (400, 600):
        font = base64.b64encode((FONTS / f"source-sans-3-{weight}.woff2").read_bytes()).decode()
        css = css.replace(f"url(fonts/source-sans-3-{weight}.woff2)", f"url(data:font/woff2;base64,{font})")
    return _COMMENT.sub("", css) + drawn()


@lru_cache(maxsize=1)
def theme() -> str:
    """Return the checksum of the look: the templates, the style sheet with its fonts, and the script."""
    files = sorted(one for one in _HERE.iterdir() if one.suffix in (".j2", ".css", ".js"))
    content = b"".join(one.name.encode() + b"\0" + one.read_bytes() for one in files)
    return hashlib.sha256(content + style().encode()).hexdigest()


def without_fonts() -> str:
    """Return the style sheet for a page without drawings, shown in whichever font its reader has."""
    return _FONT.sub("", style()).removesuffix(drawn())


def fonts() -> str:
    """Return the fonts of the style sheet alone."""
    return "".join(_FONT.findall(style()))


def colors() -> str:
    """Return the colors of the style sheet alone, as variables."""
    return "\n".join(_COLORS.findall(style())) + "\n"


def drawn() -> str:
    """Return the rules by which drawings take the colors of a page: any rule wins over an attribute."""
    return "".join(
        f'[{paint}="{value}"] {{ {paint}: var(--{name}); }}\n'
        for value, name in SWAPS.items()
        for paint in ("fill", "stroke")
    )


def render(name: str, **values: Any) -> str:
    """Fill a template.

    Parameters
    ----------
    name : str
        The file's name beside this one.
    **values
        What the template names; a name that it does not get is an error. `language` is there always.

    Returns
    -------
    str
        The text, in the language in use, with no newline at its end.
    """
    return _templates().get_template(name).render(language=language.current(), **values)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment: Any = Environment(
        extensions=["jinja2.ext.i18n"],
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(language._, language.ngettext, newstyle=False)
    environment.globals["allowed"] = allowed
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters |= {
        "plain": from_data,
        "anchor": lambda origin: f"how-{origin}",
        "linked": linked_runs,
        "origins": origins.listed,
        "number": _number,
        "day": written.day,
        "dated": written.dated,
        "unit": written.unit,
    }
    return environment


def _number(value: object) -> object:
    """Write a number with all the decimals that it has; leave anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    exact = Decimal(repr(value))
    return language.decimal(exact, max(0, -int(exact.as_tuple().exponent)))


def linked_runs(value: object, origin: str) -> list[Any]:
    """Return a cell or a line as runs, each number in it leading to an origin, its own or the one given."""
    if value is None:
        return []
    if isinstance(value, int | float):
        return [{"origin": origin, "value": value, "text": _number(value)}]
    runs = value if isinstance(value, list) else [value]
    return [one for run in runs for one in (as_data(linked(run, origin)) if isinstance(run, str) else [run])]
