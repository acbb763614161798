"""Finds and reads case files: those that ship, or a file of one's own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pileup.base.errors import PileupError
from pileup.base.paths import DATA
from pileup.case import key, rules
from pileup.case.lawfile import law_path, load_law
from pileup.case.model import CaseFile
from pileup.files import toml
from pileup.words import language
from pileup.words.translate import catalog_path, in_language

CASES = DATA / "cases"


def schema() -> str:
    """Return the JSON Schema of a case file, as it ships in `data/cases/case.schema.json`.

    Editors that know JSON Schema for TOML complete keys and mark faults by it. The rules that cross parts
    are not in it: `pileup case check` tells those.
    """
    whole: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    whole |= CaseFile.model_json_schema()
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def known_cases() -> list[str]:
    """Return the ids of the case files that ship, sorted."""
    return sorted(path.stem for path in CASES.glob("*.toml"))


def case_path(case: str) -> Path | None:
    """Return the file of a case, given by its id or its path, or None where there is none."""
    try:
        path = CASES / f"{case}.toml" if case in known_cases() else Path(case)
        return path if path.suffix == ".toml" and path.is_file() else None
    except (OSError, ValueError):  # a name that no file system takes
        return None


def load_case(case: str) -> CaseFile:
    """Read a case by its id, or from a file of one's own.

    Parameters
    ----------
    case : str
        The id of a case under `data/cases/`, or the path of a TOML file.

    Returns
    -------
    CaseFile
        The case, checked.

    Raises
    ------
    PileupError
        When there is no such case, or its file breaks the format; the message names the file, the
        place in it and what would be right.

    Examples
    --------
    >>> import pileup
    >>> case = pileup.load_case("aguilera-mederos")
    >>> case.crash.date.isoformat()
    '2019-04-25'
    >>> case.number("vehicles")
    28
    """
    path = case_path(case)
    if path is None:
        known = ", ".join(known_cases())
        raise PileupError(
            f"case {case!r}: no such case or file; known cases are {known}, or give the path of a .toml file"
        )
    return toml.read(path, CaseFile, "case file", rules.faults)


def prove_key(case: str, fars: str | Path, echo: Callable[[str], object]) -> key.Proof:
    """Prove the key of a case's crash in NHTSA's files themselves, which have the small crashes, too.

    Parameters
    ----------
    case : str
        The id or the file of a case without a fault.
    fars, echo
        As for `pileup.sources.fars.read`.

    Raises
    ------
    PileupError
        The key is not true, told with its line; or the files cannot be read.
    """
    path = case_path(case)
    assert path
    proofs: list[key.Proof] = []

    def rule(file: toml.Checked[CaseFile]) -> Iterator[toml.Fault]:
        proofs.append(key.proof(file.model, fars, echo))
        yield from key.faults_of(proofs[0])

    toml.read(path, CaseFile, "case file", rule)
    return proofs[0]


def hold_translation(case: CaseFile, path: Path, spoken: language.Language) -> None:
    """Refuse a case whose catalog, or that of its law, would stop a report in another language.

    Parameters
    ----------
    case : CaseFile
        The case.
    path : Path
        Its file.
    spoken : str
        The language; English needs no catalog.

    Raises
    ------
    PileupError
        With what is wrong, and the file.
    """
    with language.using(spoken):
        in_language(case, path)
        if case.case.law and (law := law_path(case.case.law, path.parent)):
            in_language(load_law(law), law)


def written_files(case: CaseFile, path: Path, group: str = "") -> dict[str, Path]:
    """Return the files that people wrote for a run: case, law, group, and the translations in use.

    Parameters
    ----------
    case : CaseFile
        The case.
    path : Path
        Its file.
    group : str
        The group file, where there is one.

    Returns
    -------
    dict of str and Path
        By what it is (`case.file`, `law.file`, `group.file`, `case.translation`, `law.translation`).
    """
    law = law_path(case.case.law, path.parent) if case.case.law else None
    own = {"case": path} | ({"law": law} if law else {})
    named = {f"{name}.file": one for name, one in own.items()}
    if group:
        named["group.file"] = Path(group)
    if (spoken := language.current()) != "en":
        named |= {f"{name}.translation": catalog_path(one, spoken) for name, one in own.items()}
    return named
