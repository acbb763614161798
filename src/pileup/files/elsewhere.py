"""Texts that are not on this machine, read and written through papermill's handlers (`s3://`, `gs://`)."""

import re
import warnings

from pileup.base.errors import PileupError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def is_elsewhere(place: str) -> bool:
    """Tell whether a name is an address and no path.

    Parameters
    ----------
    place : str
        What a user has written.

    Examples
    --------
    >>> is_elsewhere("s3://newsroom/page.html"), is_elsewhere("drafts/page.html")
    (True, False)
    """
    return _SCHEME.match(place) is not None


def read_text(place: str) -> str:
    """Read a text through the handler that papermill has for its address.

    Parameters
    ----------
    place : str
        The address, or `-` for standard input.

    Raises
    ------
    PileupError
        papermill has no handler for it, the handler lacks a package, or it cannot read the text.
    """
    from papermill.iorw import papermill_io

    _known(place)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the ending of the name
            return papermill_io.read(place)
    except Exception as error:  # each handler has errors of its own
        raise PileupError(f"{place}: cannot be read ({_why(error)})") from None


def write_text(text: str, place: str) -> None:
    """Write a text through the handler that papermill has for its address.

    Parameters
    ----------
    text : str
        What to write.
    place : str
        The address.

    Raises
    ------
    PileupError
        papermill has no handler for it, the handler lacks a package, or it cannot write the text.
    """
    from papermill.iorw import papermill_io

    check_address(place)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            papermill_io.write(text, place)
    except Exception as error:
        raise PileupError(f"{place}: cannot be written ({_why(error)})") from None


def check_address(place: str) -> None:
    """Refuse an address that no text can be written to; whether the handler itself can, is not tried.

    Parameters
    ----------
    place : str
        The address.

    Raises
    ------
    PileupError
        papermill has no handler for it, or only one that reads.
    """
    _known(place)
    if place.lower().startswith(("http://", "https://")):
        raise PileupError(f"{place}: papermill writes no page to such an address; name a file or s3://...")


def _known(place: str) -> None:
    """Refuse an address for which papermill would look among the files."""
    from papermill.iorw import papermill_io

    if is_elsewhere(place) and papermill_io.get_handler(place) is papermill_io.get_handler("a path"):
        schemes = [scheme for scheme, _ in papermill_io._handlers if _SCHEME.fullmatch(scheme)]
        known = ", ".join(sorted(dict.fromkeys(schemes)))
        raise PileupError(f"{place}: papermill has no handler for it; it has some for {known}")


def _why(error: Exception) -> str:
    """Say an error of a handler in one short line."""
    return " ".join(str(error).split())[:300] or type(error).__name__
