"""Where the project's own files are: in a checkout, or inside the installed package."""

from pathlib import Path

#: The folder of the package itself.
PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = (PACKAGE / "home").is_dir()
#: The folder that holds `data/` and `notebooks/`: the checkout, or the copy that a wheel carries.
HOME = PACKAGE / "home" if _INSTALLED else PACKAGE.parents[1]
DATA = HOME / "data"
NOTEBOOKS = HOME / "notebooks"
#: Where reports go: the checkout's own folder, or one in the folder that the user stands in.
REPORTS = Path("reports") if _INSTALLED else HOME / "reports"


def shown(path: Path) -> str:
    """Write a path the short way, from the folder that the user stands in."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it was exchanged for another while the user stood in it
        return str(path)
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
