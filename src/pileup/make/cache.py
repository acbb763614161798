"""Tells whether a report has to be run again: checksums of what it is made of, in the user's cache folder."""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from pileup.base.parsed import from_json, from_toml
from pileup.base.paths import DATA, HOME, NOTEBOOKS, PACKAGE
from pileup.case.lawfile import LAWS, law_path
from pileup.case.load import case_path
from pileup.files.parameters import Parameters
from pileup.words.translate import catalog_path

#: Part of what a report is made of (in words), and the checksum of its content.
Print = dict[str, str]


def folder() -> Path:
    """Return the folder for what can be made again at any time; the system's variables decide where it is."""
    return platformdirs.user_cache_path("pileup")


def common() -> Print:
    """Return checksums of what every report is made of: notebook, code, data, law, lock file, packages."""
    return {
        "the notebook": _sum([("", _content(NOTEBOOKS / "report.ipynb"))]),
        "the working": _sum((path.name, _content(path)) for path in sorted(NOTEBOOKS.glob("[1-9]*.ipynb"))),
        "the code": _sum(_tree(PACKAGE, lambda path: "__pycache__" in path.parts or "home" in path.parts)),
        "the data": _sum(_tree(DATA, lambda path: path.parts[0] in ("cases", "law"))),
        "the law": _sum(_tree(DATA / "law", lambda _: False)),
        "the lock file": _sum([("", _content(HOME / "uv.lock"))]),
        "the installed packages": _sum((name, b"") for name in _installed()),
    }


def fingerprint(
    chosen: Parameters, base_url: str = "", shared: Print | None = None, working: bool = False
) -> Print:
    """Return checksums of everything that a report is made of.

    Parameters
    ----------
    chosen : Parameters
        What to run; paths in it as `pileup.make.run.settle` leaves them.
    base_url : str
        The public address that the page is made for.
    shared : dict, optional
        What `common` returned, where many reports are asked about at one time.
    working : bool
        Whether the numbered notebooks are to stand beside the page.

    Returns
    -------
    dict
        What `common` returns, and the case file, its law, the group file and the parameters.
    """
    case = case_path(chosen.case)
    content = _content(case) if case else b""
    named = _law_name(content)
    law = law_path(named, case.parent) if case and named else None
    return {
        **(shared or common()),
        "the case file": _sum([(case.name if case else "", content)]),
        "the law of the case's own": _sum([("", _content(law) if law and law.parent != LAWS else b"")]),
        "the translation": _sum(
            (path.name, _content(path))
            for path in (catalog_path(one, chosen.language) for one in (case, law) if one)
        ),
        "the group file": _sum([("", _content(Path(chosen.group)) if chosen.group else b"")]),
        "the parameters": _sum(
            [(base_url + working * " with the working", chosen.model_dump_json().encode())]
        ),
    }


def changed(report: Path, now: Print) -> list[str]:
    """Tell what has changed since a report was made.

    Parameters
    ----------
    report : Path
        The report's folder.
    now : dict
        The fingerprint of what it would be made of now.

    Returns
    -------
    list of str
        The parts that are not the same, in words; empty when the report that stands there is what a run
        would give.
    """
    try:
        then = from_json(_note(report).read_bytes())
        if not isinstance(then, dict):
            raise ValueError
    except (OSError, ValueError):
        return ["the report was not made here before"]
    made = {**now, "the report": _made(report)}
    return [part for part, sum_ in made.items() if then.get(part) != sum_]


def remember(report: Path, was: Print) -> None:
    """Note what a report was made of; `was` is the fingerprint from before the run."""
    with suppress(OSError):  # without a cache folder every report is run, and that is all
        write(_note(report), json.dumps({**was, "the report": _made(report)}).encode())


def write(path: Path, content: bytes) -> None:
    """Write a file so that no reader sees half of it, whoever else writes the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


def _note(report: Path) -> Path:
    name = hashlib.sha256(str(report.resolve()).encode()).hexdigest()[:32]
    return folder() / "made" / f"{name}.json"


def _made(report: Path) -> str:
    """Sum up the report's own files: one that was edited or lost is made again."""
    return _sum(_tree(report, lambda _: False))


@lru_cache(maxsize=8)
def _law_name(case: bytes) -> str:
    """Return the law that a case names, or nothing; what is wrong with it is told by the run."""
    with suppress(ValueError, LookupError, TypeError):
        law = from_toml(case.decode("utf-8-sig"))["case"]["law"]
        return law if isinstance(law, str) else ""
    return ""


def _tree(top: Path, left_out: Callable[[Path], bool]) -> Iterable[tuple[str, bytes]]:
    """Yield the name and content of every file in a folder, sorted by name."""
    for path in sorted(top.rglob("*")):
        inside = path.relative_to(top)
        if path.is_file() and not left_out(inside):
            yield inside.as_posix(), _content(path)


def _content(path: Path) -> bytes:
    """Return a file's content; one that is missing counts as empty, and the run itself tells of it."""
    with suppress(OSError):
        return path.read_bytes()
    return b""


def _sum(files: Iterable[tuple[str, bytes]]) -> str:
    total = hashlib.sha256()
    for name, content in files:
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


@lru_cache(maxsize=1)
def _installed() -> list[str]:
    """Return Python's version and the packages beside pandas, as their folders name them: pandas-3.1.1."""
    spec = find_spec("pandas")
    beside = Path(spec.origin).parents[1] if spec and spec.origin else Path(sys.prefix)
    # pileup's own version is left out: what it holds is summed up as the code.
    names = sorted(path.stem for path in beside.glob("*.dist-info") if not path.name.startswith("pileup-"))
    return [sys.version, *names]
