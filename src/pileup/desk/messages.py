"""Collects every text that a page can show, and brings the translators' catalogs up to date with them."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from pileup.base.errors import PileupError
from pileup.base.parsed import from_toml, text_of
from pileup.base.paths import NOTEBOOKS, PACKAGE, shown
from pileup.case.lawfile import LAWS, load_law
from pileup.case.load import CASES, load_case
from pileup.make import cache
from pileup.record.tables import describe, load_table
from pileup.story.prose.record import TABLES
from pileup.words.faithful import unfaithful
from pileup.words.language import CATALOGS, LANGUAGES, Language, read_messages
from pileup.words.translate import catalog_path, texts

KEYWORDS = {"_": None, "ngettext": (1, 2), "mark": None, "marks": (1, 2)}

_HEAD = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""

#: The columns of tables that a page shows as words.
SHOWN: dict[str, tuple[str, ...]] = {
    "set-aside": ("reason",),
    "split-pileups": ("place", "counted_by"),
    "state-sentences": ("offense",),
    "published-figures": ("what", "value", "period", "publisher", "limits"),
    "statutory-ranges": ("note",),
}
#: A message, or its two forms for one and for many, and where it stands.
Found = tuple[str | tuple[str, ...], str]


def of_file(file: Path) -> list[Found]:
    """Return the texts of a case file or a law file, in its order.

    Parameters
    ----------
    file : Path
        The file; one with a `[law]` is a law.

    Raises
    ------
    PileupError
        The file is missing, or has a fault.
    """
    try:
        law = "law" in from_toml(text_of(file))
    except (OSError, ValueError):
        law = False  # what is wrong with it is told by the loader
    model = load_law(file) if law else load_case(str(file))
    return [(words, place) for place, words in texts(model)]


def of_project() -> list[Found]:
    """Return the messages of the package, its templates, the notebooks' headings and the tables."""
    return [*_of_code(), *_of_notebooks(), *_of_tables()]


def _of_code() -> Iterator[Found]:
    for name, _line, message, _comments, _context in extract_from_dir(
        PACKAGE,
        [("**.py", "python"), ("page/**.j2", "jinja2")],
        options_map={"**.py": {"encoding": "utf-8"}},
        keywords=KEYWORDS,
        directory_filter=lambda folder: Path(folder).name != "home",
    ):
        yield message, name


def _of_notebooks() -> Iterator[Found]:
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        if not any("parameters" in cell.metadata.get("tags", []) for cell in cells):
            continue  # a tool for those who run the others, and never a page
        for cell in cells:
            if cell.cell_type == "markdown":
                yield cell.source, path.name


def _of_tables() -> Iterator[Found]:
    for table in TABLES:
        described = describe(table)
        for field in ("title", "description"):
            yield described[field], f"{table} {field}"
        for source in described["sources"]:
            yield source["title"], f"{table} source"
        for column in SHOWN.get(table, ()):
            for words in load_table(table)[column].dropna().unique():
                yield str(words), f"{table} {column}"


def update(path: Path, language: Language, found: Iterable[Found]) -> list[str]:
    """Bring a catalog up to date: new messages are added without a translation, lost ones are removed.

    Parameters
    ----------
    path : Path
        The .po file; it is made where there is none.
    language : str
        Its language.
    found : iterable
        Every message, with where it stands.

    Returns
    -------
    list of str
        The messages that have no translation yet.
    """
    template = Catalog(fuzzy=False)
    for message, place in found:
        template.add(message, auto_comments=[place])
    catalog = Catalog(language, fuzzy=False)
    if path.is_file():
        catalog = read_messages(path, language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for message in catalog:
        if message.id and message.fuzzy:  # its number of forms changed: what was written no longer fits
            message.flags.discard("fuzzy")
            message.string = ("", "") if message.pluralizable else ""
    text = io.BytesIO()
    # Babel's own head has the time of day in it; the file is to change only where a text does.
    text.write(_HEAD.format(language=language, plural=catalog.plural_forms).encode())
    write_po(text, catalog, width=100, omit_header=True, no_location=True)
    try:
        cache.write(path, text.getvalue())
    except OSError as error:
        raise PileupError(f"{shown(path)}: cannot be written ({error.strerror})") from None
    return [str(message.id) for message in catalog if message.id and not _done(message.string)]


def _done(translation: str | Sequence[str] | None) -> bool:
    return bool(translation) and all(translation)


def shipped() -> dict[Path, list[Found]]:
    """Return the catalogs that ship, without their languages, and what each has to hold."""
    files = [*sorted(CASES.glob("*.toml")), *sorted(LAWS.glob("*.toml"))]
    return {file: of_file(file) for file in files}


def update_all() -> tuple[list[str], list[str]]:
    """Bring every catalog that ships up to date; return what is missing and what is wrong, a line each."""
    missing, wrong = [], []
    for language in LANGUAGES:
        if language == "en":
            continue
        own = CATALOGS / f"{language}.po"
        wanted = {own: of_project()} | {
            catalog_path(file, language): found for file, found in shipped().items()
        }
        for path, found in wanted.items():
            missing += [f"{path.name}: {message}" for message in update(path, language, found)]
            wrong += unfaithful(read_messages(path, language), language, path.name)
    return missing, wrong
