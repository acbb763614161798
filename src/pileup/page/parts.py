"""The files that a report consists of: where they stand, and what tells that one stands there."""

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from pileup.base import parsed
from pileup.base.errors import PileupError

#: What was placed on a page, as data.
RECORD = "record.json"
#: How we know: every entry of the ledger, on a page of its own.
LEDGER = "ledger.html"
#: The charts and tables for which the story has no room.
MORE = "more.html"
#: The folder of the numbered notebooks' pages.
WORKING = "working"
#: Patterns of names, relative to the report's folder: what a kept copy has, and what it may leave out.
_KEPT = (
    *("index.html", "more.html", "ledger.html", "notebook.html", "withdrawn.json"),
    *("findings.json", "record.json", "manifest.json"),
    *("charts/*.svg", "tables/*.csv"),
)
_DERIVED = (
    *("card.png", "explore.js", "origins.js", "own.js", "own-words.js", "counts.js", "plotly-*.min.js"),
    *("charts/*.png", "charts/*.js", "embeds/*.html", "embeds/*.txt", "working/*.html"),
)
_FOLDERS = ("charts", "tables", "embeds", "working")


@dataclass(frozen=True)
class Place:
    """Where a page stands and where its files do, as the links between them need it.

    Attributes
    ----------
    page : str
        The file's name.
    files : str
        The folder of its files, named from the page's own, with a slash at its end; empty where they stand
        beside the page, in a folder that holds nothing else.
    """

    page: str = "index.html"
    files: str = ""

    @classmethod
    def of(cls, page: Path) -> "Place":
        """Find where a page that stands somewhere has its files."""
        own = f"{page.stem}_files"
        return cls(page.name, f"{own}/" if (page.parent / own).is_dir() else "")

    @property
    def to_files(self) -> str:
        """What begins the address of each of its files on the page."""
        return quote(self.files)

    @property
    def back(self) -> str:
        """The address of the page from the folder of its files."""
        return "../" * self.files.count("/") + quote(self.page)


#: Where a report of the project's own command stands: the page of its folder, the files beside it.
REPORT = Place()


def checked(shape: TypeAdapter[Any], content: bytes, name: str, what: str) -> dict[str, Any]:
    """Read a file that the exporter wrote, every part of it checked.

    Parameters
    ----------
    shape : pydantic.TypeAdapter
        What it must be.
    content : bytes
        The file.
    name, what : str
        What it is called in an error, and what it should be.

    Returns
    -------
    dict
        Its content as it stands there: a checked copy would have its keys in another order.

    Raises
    ------
    PileupError
        It is none.
    """
    try:
        made = parsed.from_json(content)
        shape.validate_json(content)
    except parsed.NotParsedError as error:
        raise PileupError(
            f"{name}: no {what} ({error}); make the report again with `pileup report`"
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise PileupError(
            f"{name}: no {what} ({place}: {first['msg'].lower()}); make the report again with `pileup report`"
        ) from None
    return made


def is_part(inside: PurePath) -> bool:
    """Tell whether a file or folder, named from the report's folder, is part of a report."""
    return _is_one(inside, (*_KEPT, *_DERIVED, *_FOLDERS))


def is_derived(inside: PurePath) -> bool:
    """Tell whether a file of a report can be made again from its inputs, so that a kept copy may lack it."""
    return _is_one(inside, _DERIVED)


def _is_one(inside: PurePath, patterns: tuple[str, ...]) -> bool:
    return any(inside.match(one) and len(inside.parts) == one.count("/") + 1 for one in patterns)


def contents(folder: Path, place: Place = REPORT) -> dict[str, bytes]:
    """Return the files of a report by their names from the folder of its page, hidden ones left out.

    Parameters
    ----------
    folder : Path
        The folder of its page.
    place : Place
        Where its files stand; other pages may stand beside it where that is a folder of their own.
    """
    paths = [path for path in {folder / place.page, *(folder / place.files).rglob("*")} if path.is_file()]
    names = {path: path.relative_to(folder) for path in sorted(paths)}
    return {
        name.as_posix(): path.read_bytes()
        for path, name in names.items()
        if not any(part.startswith(".") for part in name.parts)
    }


def is_report(folder: Path) -> bool:
    """Tell whether a folder holds a report, or what is left of one."""
    return any((folder / one).exists() for one in ("index.html", "findings.json", "charts", "tables"))
