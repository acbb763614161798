"""Changes a finished report behind its back, as a slip or a forger would."""

import json
from pathlib import Path

#: The day of the page that ships.
BASE = "2026-11-27"


def replace(folder: Path, *pairs: tuple[str, str]) -> None:
    """Change a page's text, each part where it stands first."""
    page = folder / "index.html"
    text = page.read_text(encoding="utf-8")
    for one, other in pairs:
        assert one in text, one
        text = text.replace(one, other, 1)
    page.write_text(text, encoding="utf-8")


def finding(folder: Path, name: str, **changed: object) -> None:
    """Change a number in findings.json."""
    path = folder / "findings.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    next(one for one in record["findings"] if one["id"] == name).update(changed)
    path.write_text(json.dumps(record), encoding="utf-8")


def remark(folder: Path, *names: str) -> None:
    """Give inputs another mark in findings.json, as one has that holds something else."""
    path = folder / "findings.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    assert set(names) <= record["marks"].keys()
    record["marks"] |= dict.fromkeys(names, "0" * 16)
    path.write_text(json.dumps(record), encoding="utf-8")


def without_marks(folder: Path) -> None:
    """Take the marks of inputs out of findings.json: a page of version 0.1.0 had none."""
    path = folder / "findings.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    del record["marks"]
    for one in record["findings"]:
        one.pop("code", None)
    path.write_text(json.dumps(record), encoding="utf-8")
