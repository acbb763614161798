"""The files that a report consists of: where they stand, and what tells that one stands there."""

from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import quote

#: Patterns of names, relative to the report's folder.
_FILES = (
    *("index.html", "notebook.html", "findings.json", "record.json", "manifest.json", "withdrawn.json"),
    *("card.png", "explore.js", "plotly-*.min.js"),
    *("charts/*.svg", "charts/*.png", "charts/*.js", "tables/*.csv", "embeds/*.html", "embeds/*.txt"),
)
_FOLDERS = ("charts", "tables", "embeds")


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


def is_part(inside: PurePath) -> bool:
    """Tell whether a file or folder, named from the report's folder, is part of a report."""
    return any(inside.match(one) and len(inside.parts) == one.count("/") + 1 for one in (*_FILES, *_FOLDERS))


def is_report(folder: Path) -> bool:
    """Tell whether a folder holds a report, or what is left of one."""
    return any((folder / one).exists() for one in ("index.html", "findings.json", "charts", "tables"))
