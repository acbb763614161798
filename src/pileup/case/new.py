"""Writes a starting case file, and never over a file that is there."""

import re
from pathlib import Path

from pileup.base.errors import PileupError

#: The starting file, carried by the package; `docs/small-case.toml` is the same.
TEMPLATE = Path(__file__).with_name("template.toml")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def start(slug: str, out: Path | None = None) -> Path:
    """Write a commented case file that is valid as it stands.

    Parameters
    ----------
    slug : str
        The id of the case: small letters and digits, joined by hyphens.
    out : Path, optional
        The file to write; by default `SLUG.toml` in the folder that the user stands in.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    PileupError
        For another slug, a file that exists or has another ending, or a place that cannot be written.
    """
    if not _SLUG.fullmatch(slug) or len(slug) > 100:
        raise PileupError(
            f"slug {slug!r}: small letters and digits, joined by hyphens, are right, such as my-case"
        )
    path = out or Path(f"{slug}.toml")
    if path.suffix != ".toml":
        raise PileupError(f"{path}: a case file's name ends in .toml, such as {slug}.toml")
    text = TEMPLATE.read_text(encoding="utf-8")
    text = text.replace('id = "small-case"', f'id = "{slug}"', 1).replace("my-case", slug)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise PileupError(
            f"{path}: exists already and is left as it is; name another file with --out"
        ) from None
    except (OSError, ValueError) as error:
        raise PileupError(f"{path}: cannot be written: {error}") from None
    return path
