"""Changes a finished report as another run would have made it: through its record, all files written anew."""

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pileup.base.swap import write_files
from pileup.files.edition import edition as read_edition
from pileup.page import explore, held, manifest, record
from pileup.page.files import written as files_of
from pileup.page.parts import contents
from pileup.page.single import with_more
from pileup.words import written

#: The day of the page that ships.
BASE = "2026-11-27"
_ENTRIES = ("findings", "facts", "events", "terms", "waypoints", "counts", "comparables")
#: What findings.json of pileup 0.1 did not say yet.
_LATER = ("inputs", "marks", "follows", "changes", "tables")


@contextmanager
def altered(folder: Path) -> Iterator[dict[str, Any]]:
    """Let a test change what a report's record says; then write all that follows, and the manifest."""
    files = contents(folder)
    texts = {name: content.decode() for name, content in files.items() if name.endswith((".html", ".svg"))}
    drawings, lost = held.drawings(record.read(files[record.NAME]), texts["index.html"], texts)
    assert not lost
    told = json.loads(files[record.NAME])
    yield told
    made = record.read(json.dumps(told).encode())
    new = {**files_of(made, drawings), record.NAME: made.write()}
    new |= {name: files[name] for name in (*made.pictures, made.library) if name in files}
    listed = {name: content for name, content in new.items() if name != made.library}
    inputs = manifest.read(files[manifest.NAME]).inputs
    new[manifest.NAME] = manifest.manifest(made.version, inputs, listed).write()
    shutil.rmtree(folder)
    write_files(explore.alone(new) if made.library in files else new, folder)


def entry(told: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a finding or an entry of a record's ledger."""
    return next(one for kind in _ENTRIES for one in told["ledger"][kind] if one["id"] == name)


def value(told: dict[str, Any], name: str, new: float | str, **more: Any) -> None:
    """Change a number, wherever it stands, and what else is said of it in the ledger."""
    one = entry(told, name)
    old = one["value"]
    one |= {"value": new, **more}
    for run in numbers([told["head"], told["chapters"]]):
        if run["origin"] == name and str(run["value"]) == str(old):
            run |= {"value": new, "text": str(new)}


def numbers(part: object) -> Iterator[dict[str, Any]]:
    """Yield every number with an origin in a record, or in a part of one."""
    if isinstance(part, dict):
        if "origin" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from numbers(one)


def words(told: dict[str, Any], old: str, new: str) -> None:
    """Change words of the story, where they stand first."""
    for chapter in told["chapters"]:
        for block in chapter["parts"]:
            for text in block.get("paragraphs", ()):
                for place, run in enumerate(text):
                    if isinstance(run, str) and old in run:
                        text[place] = run.replace(old, new, 1)
                        return
    raise LookupError(old)


def remark(told: dict[str, Any], *names: str) -> None:
    """Give inputs another mark, as one has that holds something else."""
    marks = told["ledger"]["marks"]
    assert set(names) <= marks.keys()
    marks |= dict.fromkeys(names, "0" * 16)


def redate(told: dict[str, Any], date: str) -> None:
    """Make it another edition."""
    which = read_edition(date)
    assert which
    told["head"] |= {
        "edition": which.date.isoformat(),
        "edition_words": which.words,
        "edition_number": which.number,
    }
    told["ledger"]["parameters"]["edition"] = date
    for run in numbers([told["head"], told["chapters"]]):
        if run["origin"] == "parameter.edition":
            run |= {"value": which.date.isoformat(), "text": written.day(which.date)}
    if date != BASE:
        remark(told, "parameter.edition")


def chart(told: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a chart of a record."""
    return next(
        one
        for chapter in told["chapters"]
        for one in chapter["parts"]
        if one["kind"] == "chart" and one["id"] == name
    )


def _with_links(html: str, ledger: Path) -> str:
    """Write a page as 0.1 did: each number a link, the ledger on the page, no signs."""
    entries = re.search(r'<div class="ledger">.*?\n</div>\n', ledger.read_text(encoding="utf-8"), re.DOTALL)
    ledger.unlink()
    assert entries
    # It wrote the dates of entries as data.
    day = r"([A-Z][a-z]+ \d{1,2}, \d{4})"
    dated = rf"((?: · as of |as known on )|</a>, (?=[^<]*{day}\. <span)[^<]*?){day}"
    inside = re.sub(
        dated,
        lambda found: f"{found[1]}{dt.datetime.strptime(found[3], '%B %d, %Y'):%Y-%m-%d}",
        entries[0],
    )
    html = re.sub(r' ?<a class="sign".*?</a>', "", html)
    html = re.sub(r'<p class="topic">.*?</p>\n|<p>[^<]*<a href="ledger\.html">.*?</p>\n', "", html)
    linked = r'<a class="n" href="#how-\3"><\1\2>\4</\1></a>'
    html = re.sub(r'<(data|span|time)([^>]*) data-of="([^"]+)">(.*?)</\1>', linked, html)
    html = html.replace('"ledger.html#', '"#').replace('<a href="ledger.html">', '<a href="#ledger">')
    return html.replace("<footer>", f'<div id="ledger">{inside}</div>\n<footer>', 1)


def age(folder: Path) -> None:
    """Make a report one of pileup 0.1: without a record, a manifest, a policy, and marks of its inputs."""
    for name in (record.NAME, manifest.NAME):
        (folder / name).unlink()
    page = folder / "index.html"
    more = folder / "more.html"
    html = with_more(page.read_text(encoding="utf-8"), more.read_text(encoding="utf-8"))
    more.unlink()
    page.write_text(html, encoding="utf-8")
    html = _with_links(html, folder / "ledger.html")
    policy, link = r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?', r'<a href="record.json">[^<]*</a>'
    html = re.sub(r'<div class="own".*?<script src="own[.]js" defer></script>', "", html, flags=re.DOTALL)
    # Where the case stands followed the standfirst.
    status = re.search(r'<p class="status">.*?</p>\n', html, re.DOTALL)
    assert status
    first = r'(<p class="standfirst">.*?</p>\n)'
    html = re.sub(first, lambda one: one[1] + status[0], html.replace(status[0], ""), flags=re.DOTALL)
    # Source and note of a chart stood open, above the fold of its numbers.
    fold, credit = (
        "<details><summary>Source, notes, numbers and files</summary>",
        r'<p class="credit">.*?</p>',
    )
    html = re.sub(r"<figcaption><h2>(.*?)</h2>", r"<figcaption><h3>\1</h3>", html)
    html = re.sub(rf"{fold}\n((?:{credit}\s*)+)", r"\1<details><summary>Show the numbers</summary>\n", html)
    for pattern in (policy, link, r'<details class="notice".*?</details>\n?'):
        html, count = re.subn(pattern, "", html, flags=re.DOTALL)
        assert count == 1, pattern
    page.write_text(html, encoding="utf-8")
    path = folder / "findings.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    for name in _LATER:
        del told[name]
    for one in told["findings"]:
        for name in ("code", "needs", "origins"):
            one.pop(name, None)
    path.write_text(json.dumps(told), encoding="utf-8")
