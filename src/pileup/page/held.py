"""Holds a finished report against its record: each word, number, cell and drawing; each fault has a place."""

import base64
import csv
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence

from pileup.base.parsed import from_json
from pileup.page import svg
from pileup.page.markup import Element, read
from pileup.page.parts import MORE
from pileup.page.record import Record, fingerprint, words
from pileup.page.single import unpacked
from pileup.words.text import numbers

#: How many faults of one file are told, and how far two files are looked ahead in for where they agree again.
MOST, _AHEAD = 20, 60
#: What a place in a page is called, by element and class; the nearest one counts.
_PARTS = {
    "title": "title",
    "desc": "description",
    "summary": "folded heading",
    "caption": "table, caption",
    "th": "table, head",
    "td": "table, cell",
    "figcaption": "heading",
    "h1": "headline",
    "h2": "heading",
    "nav": "contents",
    "footer": "foot",
    "text": "label in the drawing",
    "svg": "drawing",
    "script": "words to machines",
    "style": "style",
    "meta": "head",
    "li": "entry",
    "p": "paragraph",
}
_Token = tuple[Element, str | None]


def drawings(record: Record, page: str, files: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return each drawing of a report as it was made, wherever it still stands so, and what of it is lost.

    Parameters
    ----------
    record : Record
        What was placed.
    page : str
        The page.
    files : mapping
        By their names in the folder of its files, the texts of others that hold drawings.

    Returns
    -------
    tuple of dict and list of str
        By its name each drawing, without title and description; one that stands nowhere as it was made, as
        the page has it, and a line for each of those.
    """
    beside = record.page.beside if MORE in files else frozenset()
    pages = {False: iter(in_html(page)), True: iter(in_html(files.get(MORE, "")))}
    names = [name for block in record.page.charts for name in svg.drawing_names(block["id"])]
    found, lost = {}, []
    for name in names:
        chart, size = name.rsplit("-", 1)
        standing = [next(pages[chart in beside], "<svg></svg>")]
        standing += in_html(files.get(f"embeds/{chart}.html", ""))[size == "narrow" :][:1]
        standing += [files.get(f"charts/{chart}.svg", "")] if size == "wide" else []
        made, bare = record.drawings.get(name), [svg.bare(one) for one in standing]
        whole = next((one for one in bare if made and fingerprint(one.encode()) == made["mark"]), None)
        found[name] = whole or bare[0]
        if whole is None:
            lost += _drawing_fault(f"chart {chart}, drawing ({size})", bare[0], made["words"] if made else [])
    return found, lost


def in_html(html: str) -> list[str]:
    """Return the drawings that stand in a page."""
    found, place = [], 0
    while (start := html.find("<svg", place)) >= 0 and (end := html.find("</svg>", start)) >= 0:
        place = end + len("</svg>")
        found.append(html[start:place])
    return found


def _drawing_fault(place: str, drawing: str, made: Sequence[str]) -> list[str]:
    """Say how a drawing differs from the words that it was made with."""
    now = words(drawing)
    told = [f"{place}: {_differ(one, other)}" for one, other in zip(made, now, strict=False) if one != other]
    told += [f"{place}: {one!r} is missing" for one in made[len(now) :]]
    told += [f"{place}: {one!r} stands there and was not made" for one in now[len(made) :]]
    return told[:MOST] or [f"{place}: is not the drawing that was made: a mark or a line in it differs"]


def refused(name: str, made: bytes, there: bytes) -> Iterator[str]:
    """Yield where a file differs from what its record says, one line a place.

    Parameters
    ----------
    name : str
        The file.
    made : bytes
        The file as its record has it written.
    there : bytes
        The file that stands there.
    """
    if made == there:
        return
    if len(there) > 4 * len(made) + 100_000:
        yield f"{name}: has {len(there):,} bytes; {len(made):,} are right"
        return
    try:
        text = there.decode()
    except UnicodeDecodeError:
        yield f"{name}: is no text in UTF-8"
        return
    compare = {"html": _pages, "svg": _drawn, "csv": _tables, "json": _objects}.get(
        name.rpartition(".")[2], _lines
    )
    told = 0
    for fault in compare(made.decode(), text):
        told += 1
        if told > MOST:
            yield f"{name}: and more"
            return
        yield f"{name}: {fault}" if fault else name
    if not told:
        yield f"{name}: is not written as pileup writes it, though it says the same"


def _pages(made: str, there: str) -> Iterator[str]:
    yield from _trees(read(made), read(there))


def _drawn(made: str, there: str) -> Iterator[str]:
    yield from _pages(f"<!doctype html>{made}", f"<!doctype html>{there}")


def _trees(made: Element, there: Element) -> Iterator[str]:
    """Compare two pages, token by token; after a difference, go on where they agree again."""
    right, now = list(_tokens(made)), list(_tokens(there))
    keys = [list(map(_key, side)) for side in (right, now)]
    i = j = 0
    while i < len(right) or j < len(now):
        if i < len(right) and j < len(now) and keys[0][i] == keys[1][j]:
            i, j = i + 1, j + 1
            continue
        di, dj = _meeting(keys[0], keys[1], i, j)
        if di == dj or (di and dj):
            for one, other in zip(right[i : i + di], now[j : j + dj], strict=False):
                if _key(one) != _key(other):
                    yield from _token(one, other)
        for one in right[i + min(di, dj) : i + di]:
            yield f"{_place(one[0])}: {_named(one)} is missing"
        for other in now[j + min(di, dj) : j + dj]:
            yield f"{_place(other[0])}: {_named(other)} stands there and was not made"
        i, j = i + di, j + dj


def _tokens(root: Element) -> Iterator[_Token]:
    """Yield each element and each text of a page, in order."""
    waiting: list[_Token] = [(root, None)]
    while waiting:
        one, text = waiting.pop()
        yield one, text
        if text is None:
            waiting += [
                (part, None) if isinstance(part, Element) else (one, part) for part in reversed(one.parts)
            ]


def _key(token: _Token) -> object:
    one, text = token
    return text if text is not None else (one.tag, tuple(one.attributes.items()))


def _meeting(right: list[object], now: list[object], i: int, j: int) -> tuple[int, int]:
    """Return how far to go on in both until they agree again, for three tokens or to their ends."""
    for steps in range(1, 2 * _AHEAD):
        for di in range(min(steps, _AHEAD) + 1):
            dj = steps - di
            if dj <= _AHEAD and right[i + di : i + di + 3] == now[j + dj : j + dj + 3]:
                return min(di, len(right) - i), min(dj, len(now) - j)
        both = steps // 2
        if (
            steps % 2 == 0
            and right[i + both : i + both + 1] == now[j + both : j + both + 1]
            and i + both < len(right)
        ):
            return both, both
    return min(_AHEAD, len(right) - i), min(_AHEAD, len(now) - j)


def _token(right: _Token, now: _Token) -> Iterator[str]:
    (one, said), (other, says) = right, now
    place = _place(one)
    if said is not None and says is not None:
        origin = next((f", by {_target(node)}" for node in (one, *one.above()) if _target(node)), "")
        yield f"{place}: {_differ(said, says, origin)}"
    elif said is None and says is None and one.tag == other.tag:
        for name in dict.fromkeys((*one.attributes, *other.attributes)):
            was, is_ = one.attributes.get(name), other.attributes.get(name)
            if was != is_:
                yield from _attribute(f"{place}: <{one.tag} {name}>", was, is_)
    else:
        yield f"{place}: {_named(now)} stands where {_named(right)} is right"


def _attribute(place: str, was: str | None, is_: str | None) -> Iterator[str]:
    made, there = (_carried(one or "") for one in (was, is_))
    if made is not None and there is not None:  # a file inside a page in a single file
        kind = "csv" if (was or "").startswith("data:text/csv") else "json"
        yield from (f"{place}: {fault}" for fault in refused(f"the {kind} inside.{kind}", made, there))
    elif was is None:
        yield f"{place} stands there and was not made: {_short(is_ or '')!r}"
    elif is_ is None:
        yield f"{place} is missing; {_short(was)!r} is right"
    else:
        yield f"{place}: {_differ(was, is_)}"


def _carried(address: str) -> bytes | None:
    """Return what a data: address carries."""
    found = re.fullmatch(r"data:(?:text/csv|application/(json|gzip));base64,([A-Za-z0-9+/=]*)", address)
    if not found:
        return None
    try:
        content = base64.b64decode(found[2])
        return unpacked(content) if found[1] == "gzip" else content
    except (ValueError, zlib.error):
        return b""


def _target(node: Element) -> str:
    return node.attributes.get("data-of") or (node.attributes.get("href") or "").partition("#how-")[2]


def _named(token: _Token) -> str:
    one, text = token
    return f"“{_short(text)}”" if text is not None else f"<{one.tag}>"


def _short(text: str, most: int = 80) -> str:
    text = " ".join(text.split())
    text = text.encode(errors="backslashreplace").decode()  # half a character cannot be printed
    return text if len(text) <= most else f"{text[:most]}…"


def _differ(was: str, is_: str, origin: str = "") -> str:
    """Say what two texts have instead of each other: a number, or the words around the first difference."""
    counted, count = numbers(was), numbers(is_)
    if len(counted) == len(count) and counted != count:
        pairs = [(one, other) for one, other in zip(counted, count, strict=True) if one != other]
        told = "; ".join(f"{other} is printed, {one} is right" for one, other in pairs)
        return f"{told}{origin}: “{_short(_around(was, is_)[1], 120)}”"
    one, other = _around(was, is_)
    if _short(one) == _short(other):
        return f"{other[:60]!r} is printed, {one[:60]!r} is right{origin}"
    return f"“{_short(other)}” is printed, “{_short(one)}” is right{origin}{_odd(was, is_)}"


def _odd(was: str, is_: str) -> str:
    """Name the first character that differs where it may not be seen or looks like another."""
    pair = next(((a, b) for a, b in zip(was, is_, strict=False) if a != b), ("", ""))
    if all(one.isascii() for one in pair):
        return ""
    return f" (U+{ord(pair[1]):04X} stands where U+{ord(pair[0]):04X} is right)"


def _around(was: str, is_: str) -> tuple[str, str]:
    """Return both texts from a little before their first difference on."""
    shorter = min(len(was), len(is_))
    first = next((place for place in range(shorter) if was[place] != is_[place]), shorter)
    start = max(0, first - 40)
    start = start and was.rfind(" ", 0, start + 12) + 1
    return was[start:], is_[start:]


def _place(one: Element) -> str:
    """Name the place of an element as an editor would look for it."""
    part = chapter = ""
    for node in (one, *one.above()):
        name = node.attributes.get("id") or ""
        if not part and node.has("subtitle"):
            part = "subtitle"
        elif not part and node.has("credit"):
            part = "source or note"
        elif not part and node.has("standfirst"):
            part = "standfirst"
        elif not part and node.has("status"):
            part = "where the case stands"
        elif not part:
            part = _PARTS.get(node.tag, "")
        if name.startswith("how-"):
            return f"ledger, {name.removeprefix('how-')}"
        if node.tag == "figure" and name:
            return f"chart {name.removeprefix('chart-')}, {part or 'figure'}"
        if node.tag == "section" and not chapter:
            chapter = f"chapter {node.attributes.get('aria-labelledby')}, "
        if node.tag == "head":
            return f"head, {part}" if part else "head"
    return f"{chapter}{part}" if part else f"{chapter}line {one.line}"


def _tables(made: str, there: str) -> Iterator[str]:
    """Compare two tables cell by cell."""
    try:
        right, now = (list(csv.reader(io.StringIO(text), strict=True)) for text in (made, there))
    except csv.Error as error:
        yield f"is no table: {error}"
        return
    if not now:
        yield f"is empty; {len(right)} rows are right"
        return
    heads = right[0]
    for number, (row, is_) in enumerate(zip(right, now, strict=False), 1):
        for column, (one, other) in enumerate(zip(row, is_, strict=False)):
            if one != other:
                name = heads[column] if column < len(heads) else f"column {column + 1}"
                yield f"row {number} ({_short(row[0], 40)}), {name}: {other!r} is printed, {one!r} is right"
        if len(row) != len(is_):
            yield f"row {number} ({_short(row[0], 40)}): has {len(is_)} cells; {len(row)} are right"
    if len(right) != len(now):
        yield f"has {len(now)} rows; {len(right)} are right"


def _objects(made: str, there: str) -> Iterator[str]:
    """Compare two JSON files value by value."""
    try:
        now = from_json(there)
    except ValueError as error:
        yield f"cannot be read as JSON: {error}"
        return
    yield from _values(json.loads(made), now, "")


def _values(right: object, now: object, place: str) -> Iterator[str]:
    if isinstance(right, dict) and isinstance(now, dict):
        name = str(right.get("id", "")) or place
        for key in dict.fromkeys((*right, *now)):
            if key not in now:
                yield f"{name} {key}: is missing".strip()
            elif key not in right:
                yield f"{name} {key}: stands there and was not made".strip()
            else:
                yield from _values(right[key], now[key], f"{name} {key}".strip())
    elif isinstance(right, list) and isinstance(now, list):
        for number, (one, other) in enumerate(zip(right, now, strict=False), 1):
            yield from _values(one, other, f"{place} {number}")
        if len(right) != len(now):
            yield f"{place}: has {len(now)} items; {len(right)} are right"
    elif right != now or type(right) is not type(now):
        is_, was = (_short(json.dumps(one, ensure_ascii=False)) for one in (now, right))
        yield f"{place or 'the whole'}: {is_} is printed, {was} is right"


def _lines(made: str, there: str) -> Iterator[str]:
    right, now = made.splitlines(), there.splitlines()
    for number, (one, other) in enumerate(zip(right, now, strict=False), 1):
        if one != other:
            yield f"line {number}: {_differ(one, other)}"
    if len(right) != len(now):
        yield f"has {len(now)} lines; {len(right)} are right"


def pictures(marks: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield which of the files that a record has only marks of are not those that were made."""
    for name, made in marks.items():
        if name not in files:
            continue
        if fingerprint(files[name]) != made:
            yield f"{name}: is not the file that was made for this page"
