"""What a report was made of and which files it has, each with its checksum: written last, held first."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, TypedDict

from pydantic import ConfigDict, TypeAdapter, with_config

from pileup.page.parts import REPORT, Place, checked, is_derived

#: The file's name beside the page.
NAME = "manifest.json"
_STRICT = with_config(ConfigDict(extra="forbid", strict=True))


@_STRICT
class Listed(TypedDict):
    """A file of a report; one that is `made again` on demand may be absent."""

    sha256: str
    bytes: int
    keep: Literal["kept", "made again"]


@_STRICT
class _Written(TypedDict):
    version: str
    inputs: dict[str, str]
    files: dict[str, Listed]


@dataclass(frozen=True)
class Manifest:
    """What a report was made of, and its files.

    Attributes
    ----------
    version : str
        The version of pileup that made it.
    inputs : dict of str
        By what it is (`case.file`, `law.file`, `group.file`, `notebook`, `theme`, `table.crashes`, ...), the
        checksum of its content.
    files : dict of Listed
        By name, relative to the report's folder; this file is not among them.
    """

    version: str
    inputs: dict[str, str]
    files: dict[str, Listed]

    def write(self) -> bytes:
        """Return the file: JSON, an input or a file a line."""
        told = {
            name: "{\n"
            + ",\n".join(f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in sorted(part.items()))
            + "\n }"
            for name, part in (("inputs", self.inputs), ("files", self.files))
        }
        told = {"version": json.dumps(self.version), **told}
        return ("{\n" + ",\n".join(f' "{name}": {part}' for name, part in told.items()) + "\n}\n").encode()


def manifest(
    version: str, inputs: Mapping[str, str], files: Mapping[str, bytes], place: Place = REPORT
) -> Manifest:
    """List the files of a report.

    Parameters
    ----------
    version : str
        The version of pileup that made it.
    inputs : mapping
        What it was made of.
    files : mapping
        Name and content of each of its files.
    place : Place
        Where in the page's folder its files stand.
    """
    own = place.files + NAME
    listed = {name: _listed(name, files[name], place) for name in sorted(files) if name != own}
    return Manifest(version, dict(inputs), listed)


def _listed(name: str, content: bytes, place: Place) -> Listed:
    kept = "made again" if is_derived(PurePath(name.removeprefix(place.files))) else "kept"
    return {"sha256": sha256(content), "bytes": len(content), "keep": kept}


def sha256(content: bytes) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes, name: str = NAME) -> Manifest:
    """Read a manifest, every part of it checked.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called in an error.

    Raises
    ------
    PileupError
        It is none.
    """
    return Manifest(**checked(TypeAdapter(_Written), content, name, "manifest of a report"))


def relisted(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return a report's files with one of them listed as it is now; without a manifest as they are."""
    if NAME not in files:
        return dict(files)
    known = read(files[NAME])
    listed = {**known.files, name: _listed(name, files[name], REPORT)}
    return {**files, NAME: Manifest(known.version, known.inputs, listed).write()}


def refused(known: Manifest, files: Mapping[str, bytes], place: Place = REPORT) -> list[str]:
    """Return what is wrong with the files of a report, one line a fault.

    Parameters
    ----------
    known : Manifest
        What the report says of its files.
    files : mapping
        Name and content of the files that stand there.
    place : Place
        Where its files stand.
    """
    found = []
    for name, listed in known.files.items():
        again = is_derived(PurePath(name.removeprefix(place.files)))
        if again != (listed["keep"] == "made again"):
            found.append(f"{name}: the manifest calls it {listed['keep']!r}, which it is not")
        if name not in files:
            if not again:
                found.append(f"{name}: is missing; the manifest lists it")
        elif not files[name]:
            found.append(f"{name}: is empty; {listed['bytes']:,} bytes are right")
        elif sha256(files[name]) != listed["sha256"] or len(files[name]) != listed["bytes"]:
            found.append(f"{name}: is not the file that the report was made with (its sha256 is another)")
    return found


def absent(known: Manifest, files: Mapping[str, bytes]) -> list[str]:
    """Return the files that are not there and need not be."""
    return [name for name, one in known.files.items() if one["keep"] == "made again" and name not in files]


def others(known: Manifest, files: Mapping[str, bytes], place: Place = REPORT) -> list[str]:
    """Return the files that stand there and are none of the report's."""
    return sorted(files.keys() - known.files.keys() - {place.files + NAME})
