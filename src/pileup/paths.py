"""Where the project's own files are: in a checkout, or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
#: The folder that holds `data/` and `notebooks/`: the checkout, or the copy that a wheel carries.
HOME = _PACKAGE / "home" if (_PACKAGE / "home").is_dir() else _PACKAGE.parents[1]
DATA = HOME / "data"
NOTEBOOKS = HOME / "notebooks"
REPORTS = HOME / "reports"
