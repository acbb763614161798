"""The templates of the page room: every value escaped, an unknown name an error, no lines left by tags."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pileup.words import language


def template(name: str, **filters: Callable[..., Any]) -> Template:
    """Read a template.

    Parameters
    ----------
    name : str
        The file's name beside this one.
    **filters
        What the template may pass a value through, by name.

    Returns
    -------
    jinja2.Template
        Ready to be rendered; what it renders has no newline at its end.
    """
    environment: Any = Environment(
        extensions=["jinja2.ext.i18n"],
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(language._, language.ngettext, newstyle=False)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters.update(filters)
    return environment.get_template(name)
