"""The notebooks that come with the project: where one is, and a copy of one's own."""

from pathlib import Path

from pileup.base.errors import PileupError
from pileup.base.paths import NOTEBOOKS, shown
from pileup.files.plain import near

_END = ".ipynb"


def known_notebooks() -> list[str]:
    """Return the names of the notebooks.

    Examples
    --------
    >>> "report" in known_notebooks()
    True
    """
    return sorted(path.stem for path in NOTEBOOKS.glob(f"*{_END}"))


def notebook_path(name: str) -> Path:
    """Return where a notebook is: in the checkout, or in the installed package.

    Parameters
    ----------
    name : str
        Such as "report", with or without its ending.

    Returns
    -------
    Path
        The whole path.

    Raises
    ------
    PileupError
        There is none of this name.

    Examples
    --------
    >>> notebook_path("report").name
    'report.ipynb'
    """
    known = known_notebooks()
    stem = name.removesuffix(_END)
    if stem not in known:
        raise PileupError(f"notebook {name!r}: none has this name{near(stem, known)}; {_all(known)}")
    return NOTEBOOKS / f"{stem}{_END}"


def copy_notebook(name: str, target: Path | None = None) -> Path:
    """Write a copy of a notebook, with its outputs.

    Parameters
    ----------
    name : str
        The notebook, as for `notebook_path`.
    target : Path, optional
        The file to write, or a folder for it; by default the folder that the user stands in.

    Returns
    -------
    Path
        The copy.

    Raises
    ------
    PileupError
        There is no such notebook; the copy would take the place of something, is not named as a notebook, or
        cannot be written.

    Examples
    --------
    >>> copy_notebook("report", Path("mine.ipynb")).name
    'mine.ipynb'
    """
    source = notebook_path(name)
    place = target or Path()
    if place.is_dir():
        place /= source.name
    if place.suffix != _END:
        raise PileupError(f"{shown(place)}: no name of a notebook; name a file that ends in {_END}")
    content = source.read_bytes()
    try:
        with place.open("xb") as copy:
            copy.write(content)
    except FileExistsError:
        raise PileupError(f"{shown(place)}: stands there already; name another file") from None
    except OSError as error:
        raise PileupError(f"{shown(place)}: cannot be written ({error.strerror})") from None
    return place


def _all(known: list[str]) -> str:
    return f"known are {', '.join(known)}" if known else "the project's folder notebooks/ is empty"
