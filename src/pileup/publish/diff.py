"""Compares two editions of a page: numbers and why they changed, facts, charts, tables, sources and words."""

import difflib
from collections.abc import Iterator
from typing import Any

from pileup.publish.published import Page
from pileup.words import language
from pileup.words.text import numbers
from pileup.words.written import number

Change = dict[str, Any]
#: What a page says of a chart or a table.
Told = dict[str, Any]
#: A row of a table: of each cell its text, and the origins of its numbers.
Row = list[tuple[str, list[str]]]
#: What is told of a number, the claim of what it was computed from last.
_TOLD = ("value", "unit", "label", "computed_from")
#: Why a number moved, where one of the pages has no record of what its numbers were made from.
_UNKNOWN = {
    "id": "unknown",
    "says": "it cannot be known: one of the pages does not record what its numbers were made from",
}
#: How much of a paragraph must have stayed for it to be told as changed rather than as new.
_ALIKE = 0.5


def compare(old: Page, new: Page) -> dict[str, Any]:
    """Compare two editions.

    Parameters
    ----------
    old, new : Page
        As `pileup.publish.published.read_page` reads them.

    Returns
    -------
    dict
        `parameters`, `findings`, `entries` (facts, events, counts, terms and the like), `data` (the files
        behind the numbers), `sources`, `charts`, `tables` and `texts`: a list of changes each, empty where
        nothing changed. Plain enough to be written as JSON.
    """
    with language.using(new.language):
        return _compared(old, new)


def _compared(old: Page, new: Page) -> dict[str, Any]:
    entries = _entries(old, new)
    data = [
        {"id": name, "old": one, "new": other, "change": _kind(one, other)}
        for name, one, other in _pairs(_files(old, new), _files(new, old))
        if one != other
    ]
    dated = (old.as_known, new.as_known)
    tables = [change for pair in _pairs(old.tables, new.tables) for change in _table(*pair, dated)]
    changed_tables = {change["id"] for change in tables}
    return {
        "parameters": [
            {"id": name, "old": one, "new": other}
            for name, one, other in _pairs(old.parameters, new.parameters)
            if one != other
        ],
        "findings": _findings(old, new, {one["id"]: one for one in (*entries, *data)}),
        "entries": entries,
        "data": data,
        "sources": [
            {"id": name, "old": one, "new": other, "change": _kind(one, other)}
            for name, one, other in _pairs(old.sources, new.sources)
            if one != other
        ],
        "charts": [
            change
            for pair in _pairs(old.charts, new.charts)
            for change in _chart(*pair, changed_tables, dated)
        ],
        "tables": tables,
        "texts": list(_texts(old.texts, new.texts, dated)),
    }


def _files(page: Page, beside: Page) -> dict[str, str]:
    """Return what a page says of each file behind its numbers, with its sha256 where both pages name it."""
    both = page.inputs.keys() & beside.inputs.keys()
    return {name: f"{text} {page.inputs[name]}" if name in both else text for name, text in page.data.items()}


def _pairs(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield each name with what both say of it, None where one does not: what is gone last."""
    for name in [*new, *(name for name in old if name not in new)]:
        yield name, old.get(name), new.get(name)


def _kind(old: object, new: object) -> str:
    return "new" if old is None else "gone" if new is None else "changed"


def _undated(text: str, day: str) -> str:
    """Leave out the day that each edition changes by itself, in a source line or under the headline."""
    return text.replace(day, "") if day else text


def _findings(old: Page, new: Page, moved: dict[str, Change]) -> list[Change]:
    """Return the computed numbers that changed; those that a fact or date gives stand under entries."""
    mine = [
        {name: one for name, one in page.findings.items() if name not in old.entries | new.entries}
        for page in (old, new)
    ]
    # What a page without marks says of its inputs was claimed: another claim is no change.
    told = _TOLD if old.marks and new.marks else _TOLD[:-1]
    found = []
    for name, one, other in _pairs(*mine):
        if one and other and all(one[key] == other[key] for key in told):
            continue
        either = other or one
        change: Change = {
            "id": name,
            "label": either["label"],
            "unit": either["unit"] or "",
            "change": _kind(one, other),
        }
        for key in told:
            if (one or {}).get(key) != (other or {}).get(key):
                change[f"old_{key}"], change[f"new_{key}"] = (one or {}).get(key), (other or {}).get(key)
        found.append(change)
    known = bool(old.marks and new.marks)
    says = _moved(old, new, moved)
    says |= {one["id"]: f"{one['id']} changed" for one in found if _valued(one)}
    for change in found:
        change["why"] = _why([side.get(change["id"]) for side in mine], says) if known else [_UNKNOWN]
    return found


def _valued(change: Change) -> bool:
    """Tell whether a finding changed in more than its words, or came or went."""
    return bool({"old_value", "old_unit"} & change.keys())


def _moved(old: Page, new: Page, entries: dict[str, Change]) -> dict[str, str]:
    """Return each input that holds something else than before, with words for it.

    The marks of inputs decide; what no number was made from has none, and moved where its value did.
    """
    said = {f"parameter.{name}": (one, other) for name, one, other in _pairs(old.parameters, new.parameters)}
    changed = {name for name, one, other in _pairs(old.marks, new.marks) if one != other}
    changed |= {name for name, one in entries.items() if "value" in one.get("parts", ())}
    return {
        name: (
            f"parameter {name.partition('.')[2]}: {said[name][0]!r} became {said[name][1]!r}"
            if name in said and said[name][0] != said[name][1]
            else f"{name} changed"
        )
        for name in changed
    }


def _why(sides: list[Change | None], says: dict[str, str]) -> list[dict[str, str]]:
    """Say which inputs of a number moved: a step down from it, to other numbers and to what is outside."""
    both = [side for side in sides if side]
    named = {name for side in both for name in side["origins"]}
    if len(both) == 1:  # it came or went with what it needs
        named.update(both[0]["needs"])
    why = {name: says[name] for name in sorted(named & says.keys())}
    same = len({side["code"] for side in both}) == 1
    if why and not same:
        why["code"] = "the function that makes it changed, too"
    if not why:
        why["code"] = (
            "no input changed, nor the code that makes it: a package that it uses did"
            if same
            else "the function that makes it changed"
        )
    return [{"id": name, "says": text} for name, text in why.items()]


def _entries(old: Page, new: Page) -> list[Change]:
    """Return the facts, events, counts, terms, points and other cases that changed, and in what."""
    found = []
    for name, one, other in _pairs(old.entries, new.entries):
        value: dict[str, Any] = {}
        before, after = old.findings.get(name), new.findings.get(name)
        if before and after and (before["value"], before["unit"]) != (after["value"], after["unit"]):
            value = {"value": [valued(before, after), valued(after, before)]}
        if one == other and not value:
            continue
        change: Change = {
            "id": name,
            "statement": (other or one)["statement"],
            "change": _kind(one, other),
            "parts": value,
        }
        if one and other:
            change["parts"] |= {
                key: [one[key], other[key]]
                for key in ("statement", "status", "as_of", "notes")
                if one[key] != other[key]
            }
            if one["sources"] != other["sources"]:
                change["parts"]["sources"] = {
                    "gone": [text for text in one["sources"] if text not in other["sources"]],
                    "new": [text for text in other["sources"] if text not in one["sources"]],
                }
        found.append(change)
    return found


def valued(finding: dict[str, Any], beside: dict[str, Any] | None = None) -> str:
    """Write a number with its unit, with as many decimals as tell it from the one that it stands beside."""
    value, unit = finding["value"], finding["unit"] or ""
    written = [one["value"] for one in (finding, beside) if one and type(one["value"]) in (int, float)]
    if type(value) in (int, float):
        places = next((n for n in (1, 2, 4, 8) if len({number(v, n) for v in written}) == len(written)), 12)
        value = number(value, places)
    return f"{value} {unit}".strip()


def _chart(
    name: str, old: Told | None, new: Told | None, tables: set[str], dated: tuple[str, str]
) -> Iterator[Change]:
    if old is None or new is None:
        yield {"id": name, "title": (new or old or {})["words"][0], "change": _kind(old, new), "parts": []}
        return
    parts = []
    changed = [
        [one, other]
        for one, other in _zipped(old["words"], new["words"])
        if _undated(one, dated[0]) != _undated(other, dated[1])
    ]
    if changed:
        parts.append("words")
    if old["alt"] != new["alt"]:
        parts.append("description")
    if old["drawing"] != new["drawing"]:
        parts.append("drawing")
    if new["table"] in tables:
        parts.append("numbers")
    if parts:
        yield {
            "id": name,
            "title": new["words"][0],
            "change": "changed",
            "parts": parts,
            "words": changed,
            "alt": [old["alt"], new["alt"]] if old["alt"] != new["alt"] else [],
        }


def _zipped(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    most = max(len(old), len(new))
    return list(zip(old + [""] * (most - len(old)), new + [""] * (most - len(new)), strict=True))


def _table(name: str, old: Told | None, new: Told | None, dated: tuple[str, str]) -> Iterator[Change]:
    """Yield a table that changed, with its rows: those that are new, gone, or have other cells."""
    if old is None or new is None:
        yield {"id": name, "caption": (new or old or {})["caption"], "change": _kind(old, new), "rows": []}
        return
    rows = list(_rows(old, new))
    captions = [_undated(one["caption"], day) for one, day in zip((old, new), dated, strict=True)]
    if rows or old["columns"] != new["columns"] or captions[0] != captions[1]:
        yield {"id": name, "caption": new["caption"], "change": "changed", "rows": rows}


def _rows(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Pair the rows of two tables: equal ones first, then those with one name, then those alike."""

    def words(row: Row) -> list[str]:
        return [text for text, _ in row]

    parts = {
        id(row): part for side in (old, new) for row, part in zip(side["rows"], side["parts"], strict=False)
    }
    left, right = list(old["rows"]), []
    for row in new["rows"]:
        same = next((one for one in left if words(one) == words(row)), None)
        if same is not None:
            left.remove(same)
        else:
            right.append(row)
    for row in right:
        texts = words(row)
        near = next((one for one in left if words(one)[:1] == texts[:1]), None)
        if near is None:
            alike = [(sum(map(str.__eq__, words(one), texts)), one) for one in left]
            near = next((one for equal, one in alike if 2 * equal >= len(texts)), None)
        if near is None:
            yield {"change": "new", "row": texts, "cells": [], "origins": _origins(row), "part": ""}
            continue
        left.remove(near)
        cells = [
            {"column": column, "old": one[0], "new": other[0], "origins": sorted({*one[1], *other[1]})}
            for column, one, other in zip(new["columns"], near, row, strict=False)
            if one[0] != other[0]
        ]
        if len(near) != len(row):
            cells.append({"column": "columns", "old": f"{len(near)}", "new": f"{len(row)}", "origins": []})
        part = parts.get(id(row), "")
        yield {"change": "changed", "row": texts, "cells": cells, "origins": _origins(near), "part": part}
    for row in left:
        part = parts.get(id(row), "")
        yield {"change": "gone", "row": words(row), "cells": [], "origins": _origins(row), "part": part}


def _origins(row: Row) -> list[str]:
    return sorted({origin for _, origins in row for origin in origins})


def _texts(old: list[str], new: list[str], dated: tuple[str, str]) -> Iterator[Change]:
    """Yield the paragraphs that are new, gone or changed, in the order of the page."""
    before, after = (
        [_undated(text, day) for text in side] for side, day in zip((old, new), dated, strict=True)
    )
    for tag, start, end, first, last in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            continue
        left, right = old[start:end], new[first:last]
        for text in right:
            near = difflib.get_close_matches(text, left, 1, _ALIKE)
            if near:
                for gone in left[: left.index(near[0])]:
                    yield {"change": "gone", "old": gone}
                left = left[left.index(near[0]) + 1 :]
                yield {"change": "changed", "old": near[0], "new": text, "words": by_words(near[0], text)}
            else:
                yield {"change": "new", "new": text}
        for gone in left:
            yield {"change": "gone", "old": gone}


def by_words(old: str, new: str) -> str:
    """Write two texts as one: `[-words that are gone-]` and `{+words that are new+}`, as `git diff` does."""
    one, other = old.split(), new.split()
    written = []
    for tag, start, end, first, last in difflib.SequenceMatcher(None, one, other, False).get_opcodes():
        if tag == "equal":
            written += one[start:end]
            continue
        if end > start:
            written.append(f"[-{' '.join(one[start:end])}-]")
        if last > first:
            written.append(f"{{+{' '.join(other[first:last])}+}}")
    return " ".join(written)


def changed_numbers(found: dict[str, Any], old: Page, new: Page) -> dict[str, Change]:
    """Return the published numbers that changed or are gone, each with its old and new and what moved it.

    Parameters
    ----------
    found : dict
        What `compare` returns.
    old, new : Page
        The pages that it compared.

    Returns
    -------
    dict
        By the id that an entry of the case file would name: `label`, `old`, `new` (None: gone), `unit` (where
        both have one and the same) and `causes`, the ids of changed inputs, empty where the number itself
        must be named; `others` counts further places that lead to it. Numbers of a table stand under the name
        of its file where an input of the table moved them. `either` has the ids of which one must be named
        where nobody knows what moved it. A number that counts the days to or from the edition and moved by as
        many days as the edition is no changed number.
    """
    with language.using(new.language):
        return _changed_numbers(found, old, new)


def _changed_numbers(found: dict[str, Any], old: Page, new: Page) -> dict[str, Change]:
    changed: dict[str, Change] = {}
    for one in found["findings"]:
        if one["change"] == "new" or not _valued(one):
            continue
        before, after = old.findings[one["id"]], new.findings.get(one["id"])
        if after and _counts_days(one, before, after, (new.edition.date - old.edition.date).days):
            continue
        whys = [why["id"] for why in one["why"]]
        # An edition has its date by right; of code an editor answers for each number that it moved.
        explained = not {"code", _UNKNOWN["id"]} & set(whys)
        changed[one["id"]] = {
            "label": one["label"],
            "old": valued(before, after),
            "new": valued(after, before) if after else None,
            "unit": before["unit"] if after and before["unit"] == after["unit"] else "",
            "causes": [why for why in whys if why != "parameter.edition"] if explained else [],
        }
        if whys == [_UNKNOWN["id"]]:
            changed[one["id"]]["either"] = sorted(_origins_of(one["id"], after or before, new))
    for one in found["entries"]:
        if one["change"] == "new":
            continue
        statements = one["parts"].get(
            "statement", [one["statement"], None if one["change"] == "gone" else ""]
        )
        moved = "value" in one["parts"] or (statements[1] is None and numbers(statements[0]))
        if moved or (statements[1] and numbers(statements[0]) != numbers(statements[1])):
            before, after = one["parts"].get("value", statements)
            unit = new.findings[one["id"]]["unit"] if "value" in one["parts"] else None
            changed[one["id"]] = {
                "label": one["statement"],
                "old": before,
                "new": after,
                "unit": unit or "",
                "causes": [],
            }
    moved = _moved(old, new, {one["id"]: one for one in found["entries"]}).keys() | changed.keys()
    told = [(*one, []) for one in _text_numbers(found["texts"], old, new)]
    for table in found["tables"]:
        rests = [name for page in (old, new) for name in page.rests.get(table["id"], [])]
        causes = sorted((set(rests) & moved) - {"parameter.edition"})
        for origin, part, label, before, after in _table_numbers(table, old):
            own = part or (f"tables/{table['id']}.csv" if causes and origin not in moved else origin)
            told.append((own, label, before, after, [] if part or own == origin else causes))
    for name, label, before, after, causes in told:
        if name in changed:
            changed[name]["others"] = changed[name].get("others", 0) + 1
        else:
            changed[name] = {"label": label, "old": before, "new": after, "causes": causes}
    # What its words follow from answers for a fact or a dispute, where that moved.
    for name, one in changed.items():
        follows = [*old.follows.get(name, []), *new.follows.get(name, [])]
        one["causes"] = one["causes"] or sorted({cause for cause in follows if cause in changed})
    return changed


def _origins_of(name: str, finding: Change, page: Page) -> set[str]:
    """Return the ids of all that a number rests on, all steps down, as a page records it."""
    found: set[str] = set()
    waiting = [*finding["origins"], *page.findings.get(name, {}).get("origins", [])]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += page.findings.get(one, {}).get("origins", [])
    return found


def _counts_days(change: Change, before: Change, after: Change, days: int) -> bool:
    """Tell whether a number of days moved with the edition's date, and by nothing else.

    No other unit moves by as many as there are days between two editions.
    """
    whys = [why["id"] for why in change["why"]]
    return (
        (
            whys == ["parameter.edition"]
            or (whys == [_UNKNOWN["id"]] and "parameter.edition" in after["origins"])
        )
        and before["unit"] == after["unit"]
        and abs(after["value"] - before["value"]) == abs(days)
    )


def _text_numbers(texts: list[Change], old: Page, new: Page) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield the numbers that changed in a paragraph and lead to a file: no finding or entry tells of them."""
    for text in texts:
        if text["change"] != "changed":
            continue
        before, after = (
            [(origin, words) for origin, words in page.links[text[side]] if numbers(words)]
            for page, side in ((old, "old"), (new, "new"))
        )
        for name in dict.fromkeys(origin for origin, _ in before):
            if name in old.findings or name in old.entries or name.startswith("parameter."):
                continue
            # The day up to which the case is told changes by itself.
            here = [words for origin, words in before if origin == name and words != old.as_known]
            there = [words for origin, words in after if origin == name and words != new.as_known]
            if there and (gone := [words for words in here if words not in there]):
                came = [words for words in there if words not in here]
                yield name, f"“{text['new'][:60]} …”", ", ".join(gone), ", ".join(came or there)


def _table_numbers(table: Change, old: Page) -> Iterator[tuple[str, str, str, str, str | None]]:
    """Yield the numbers of a table that changed or are gone, with the id that each leads to.

    After it stands the part of the case file that the row is, where it is one without an entry in the ledger.
    """
    rows: list[Change] = table["rows"]
    if table["change"] == "gone":
        rows = list(_rows(old.tables[table["id"]], {"rows": [], "columns": [], "parts": []}))
    for row in rows:
        label = f"{table['caption']}, row “{row['row'][0]}”"
        part = row["part"]
        if row["change"] == "gone":
            for origin in row["origins"]:
                yield origin, part, label, " | ".join(row["row"]), None
        for cell in row.get("cells", []):
            if numbers(cell["old"]) != numbers(cell["new"]) and numbers(cell["old"]):
                for origin in cell["origins"] or row["origins"]:
                    yield origin, part, f"{label}, {cell['column']}", cell["old"], cell["new"]


def covered(changed: dict[str, Change], confirmed: set[str]) -> dict[str, bool]:
    """Tell for each changed number whether the case file names it, or names all that moved it.

    One entry for a new edition of a table answers for the numbers that it moved; otherwise a year of new data
    would ask for a hundred entries that all say the same.
    """

    def answered(name: str, above: frozenset[str] = frozenset()) -> bool:
        causes = changed.get(name, {}).get("causes", [])
        either = changed.get(name, {}).get("either", [])
        return bool({name, *either} & confirmed) or (
            bool(causes) and name not in above and all(answered(cause, above | {name}) for cause in causes)
        )

    return {name: answered(name) for name in changed}


def roots(changed: dict[str, Change]) -> dict[str, list[str]]:
    """Return the ids that entries should name, each with the changed numbers that it answers for."""

    def above(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        causes = changed.get(name, {}).get("causes", [])
        if not causes or name in seen:
            return {name}
        return set().union(*(above(cause, seen | {name}) for cause in causes))

    found: dict[str, list[str]] = {}
    for name in changed:
        for root in sorted(above(name)):
            found.setdefault(root, []).append(name)
    return found
