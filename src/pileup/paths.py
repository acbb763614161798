"""Where the project's own files are: in a checkout, or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = (_PACKAGE / "home").is_dir()
#: The folder that holds `data/` and `notebooks/`: the checkout, or the copy that a wheel carries.
HOME = _PACKAGE / "home" if _INSTALLED else _PACKAGE.parents[1]
DATA = HOME / "data"
NOTEBOOKS = HOME / "notebooks"
#: Where reports go: the checkout's own folder, or one in the folder that the user stands in.
REPORTS = Path("reports") if _INSTALLED else HOME / "reports"


def shown(path: Path) -> str:
    """Write a path the short way, from the folder that the user stands in."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
