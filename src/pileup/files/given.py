"""Reads parameters from files, YAML or JSON, as `papermill -f` does."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.base.parsed import NotParsedError, from_yaml, text_of
from pileup.files import parameters
from pileup.files.elsewhere import is_elsewhere, read_text
from pileup.files.plain import kind


def from_files(places: Sequence[str]) -> dict[str, Any]:
    r"""Read parameters from files.

    Parameters
    ----------
    places : sequence of str
        Paths, addresses that papermill has a handler for (`s3://...`), or `-` for standard input. What a
        later one says comes before what an earlier one says.

    Returns
    -------
    dict
        Names and values; each value is right by itself.

    Raises
    ------
    PileupError
        A file is missing or is no table of parameters, or a name or a value in it is wrong: one line with
        the file and every fault with its line.

    Examples
    --------
    >>> from pathlib import Path
    >>> _ = Path("texas.yaml").write_text("state: Texas\nvehicles: 50\n")
    >>> from_files(["texas.yaml"])
    {'state': 'Texas', 'vehicles': 50}
    """
    values: dict[str, Any] = {}
    for place in places:
        values |= _from_file(place)
    return values


def _from_file(place: str) -> dict[str, Any]:
    try:
        text = read_text(place) if place == "-" or is_elsewhere(place) else text_of(Path(place))
        values, lines = from_yaml(text)
    except FileNotFoundError:
        raise PileupError(f"parameters file {place}: no such file") from None
    except OSError as error:
        raise PileupError(f"parameters file {place}: cannot be read ({error.strerror})") from None
    except NotParsedError as error:
        line = f", line {error.line}" if error.line else ""
        raise PileupError(f"parameters file {place}{line}: not readable as YAML or JSON ({error})") from None
    if values is None:
        return {}  # nothing but comments
    if not isinstance(values, dict):
        raise PileupError(
            f"parameters file {place}: {kind(values)}; names and values are right, such as state: TX"
        )
    faults = [
        f"line {lines.get(str(name), 1)}: {says}"
        for name, value in values.items()
        if (says := parameters.alone(str(name), value))
    ]
    if faults:
        raise PileupError(f"parameters file {place}, {'; '.join(faults)}")
    return values
