"""The files that a report consists of: what may stand in its folder, and what tells that one stands there."""

from pathlib import Path, PurePath

#: Patterns of names, relative to the report's folder.
_FILES = (
    *(
        "index.html",
        "notebook.html",
        "findings.json",
        "withdrawn.json",
        "card.png",
        "explore.js",
        "plotly-*.min.js",
    ),
    *("charts/*.svg", "charts/*.png", "charts/*.js", "tables/*.csv", "embeds/*.html", "embeds/*.txt"),
)
_FOLDERS = ("charts", "tables", "embeds")


def is_part(inside: PurePath) -> bool:
    """Tell whether a file or folder, named from the report's folder, is part of a report."""
    return any(inside.match(one) and len(inside.parts) == one.count("/") + 1 for one in (*_FILES, *_FOLDERS))


def is_report(folder: Path) -> bool:
    """Tell whether a folder holds a report, or what is left of one."""
    return any((folder / one).exists() for one in ("index.html", "findings.json", "charts", "tables"))
