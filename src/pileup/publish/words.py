"""Says in words what changed between two editions, and proposes the entries for the case file."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pileup.publish.diff import Change, by_words, changed_numbers, roots
from pileup.publish.published import Page
from pileup.words import language, written
from pileup.words.language import NAMES, _, ngettext

#: What each part of a comparison is called, for one and for several.
_NOUNS = {
    "parameters": ("parameter", "parameters"),
    "findings": ("finding", "findings"),
    "entries": ("entry of the case", "entries of the case"),
    "data": ("file behind the numbers", "files behind the numbers"),
    "sources": ("source", "sources"),
    "charts": ("chart", "charts"),
    "tables": ("table", "tables"),
    "texts": ("paragraph", "paragraphs"),
}
#: The same for the kinds of entries that the ledger takes from the case file.
_ENTRIES = {
    "fact.": ("fact", "facts"),
    "event.": ("date", "dates"),
    "count.": ("count of the verdict", "counts of the verdict"),
    "term.": ("term", "terms"),
    "waypoint.": ("point along the road", "points along the road"),
    "account.": ("account", "accounts"),
    "comparable.": ("other case", "other cases"),
}
#: What makes two pages different reports, and not two editions of one.
_OTHER_REPORT = ("case", "language", "state", "first_year", "exclusions", "group")
#: Up to how many numbers a proposed entry tells one by one.
_MOST = 3


def summary(found: dict[str, Any]) -> str:
    """Say in a sentence or a few how much changed: "Two findings changed and one is new. ..."."""
    sentences = []
    for part, nouns in _NOUNS.items():
        if part == "entries":
            for kind, kinds in _ENTRIES.items():
                sentences.append(_count([one for one in found[part] if one["id"].startswith(kind)], *kinds))
        else:
            sentences.append(_count(found[part], *nouns))
    return " ".join(filter(None, sentences)) or "Nothing changed."


def _count(changes: list[Change], one: str, many: str) -> str:
    """Say how many of a kind changed, are new or gone."""
    said: list[str] = []
    for kind in ("changed", "new", "gone"):
        if count := sum(item.get("change", "changed") == kind for item in changes):
            noun = "" if said else " " + written.plural(count, one, many)
            verb = "changed" if kind == "changed" else f"{written.plural(count, 'is', 'are')} {kind}"
            said.append(f"{written.small(count)}{noun} {verb}")
    sentence = written.join(said)
    return sentence and f"{sentence[0].upper()}{sentence[1:]}."


def lines(found: dict[str, Any], old: Page, new: Page) -> Iterator[str]:
    """Yield the whole comparison as plain text: the summary, then each change, then the proposed entries."""
    yield summary(found)
    for part, tell in _TELL.items():
        if found[part]:
            yield ""
            yield f"{_NOUNS[part][1][0].upper()}{_NOUNS[part][1][1:]}:"
            for change in found[part]:
                for number, line in enumerate(tell(change)):
                    yield ("      " if number else "  ") + line
    if others := [one["id"] for one in found["parameters"] if one["id"] in _OTHER_REPORT]:
        yield ""
        names = written.join(others)
        yield f"The two differ in {names}: two reports, not two editions. No entry is proposed."
    elif proposed := proposals(found, old, new):
        yield ""
        yield "Proposed for the case file, for an editor to confirm or to say better:"
        yield ""
        yield proposed.rstrip("\n")


def _from_to(change: Change) -> Iterator[str]:
    if change.get("change") in ("new", "gone"):
        told = change["old"] if change["new"] is None else change["new"]
        yield f"{change['id']} is {change['change']}: {told}"
    elif isinstance(change["old"], str) and " " in change["old"]:
        yield f"{change['id']}: {by_words(change['old'], str(change['new']))}"
    else:
        yield f"{change['id']}: {change['old']!r} became {change['new']!r}"


def _finding(change: Change) -> Iterator[str]:
    if change["change"] != "changed":
        value = change["new_value" if change["change"] == "new" else "old_value"]
        yield f"{change['id']} is {change['change']}: {change['label']}: {value} {change['unit']}".rstrip()
        return
    yield f"{change['id']}: {change['label']}"
    if "old_value" in change:
        yield f"{change['old_value']} became {change['new_value']} {change['unit']}".rstrip()
    if "old_unit" in change:
        yield f"unit: {change['old_unit']} became {change['new_unit']}"
    if "old_label" in change:
        yield f"label: {by_words(change['old_label'], change['new_label'])}"
    for why in change["why"]:
        yield f"why: {why['says']}"


def _entry(change: Change) -> Iterator[str]:
    if change["change"] != "changed":
        yield f"{change['id']} is {change['change']}: {change['statement']}"
        return
    yield f"{change['id']}: {change['statement']}"
    for part, sides in change["parts"].items():
        if part == "sources":
            yield from (f"source {kind}: {text}" for kind in ("gone", "new") for text in sides[kind])
            if not sides["gone"] and not sides["new"]:
                yield "sources: in another order"
        elif part == "notes":
            yield f"notes: {by_words(' '.join(sides[0]), ' '.join(sides[1]))}"
        elif part == "statement":
            yield f"statement: {by_words(*sides)}"
        else:
            yield f"{part.replace('_', ' ')}: {sides[0]} became {sides[1]}"


def _chart(change: Change) -> Iterator[str]:
    if change["change"] != "changed":
        yield f"{change['id']} is {change['change']}: {change['title']}"
        return
    yield f"{change['id']}: {written.join(change['parts'])} changed: {change['title']}"
    yield from (by_words(*pair) for pair in change["words"])
    if change["alt"]:
        yield f"description: {by_words(*change['alt'])}"


def _table(change: Change) -> Iterator[str]:
    if change["change"] != "changed":
        yield f"{change['id']} is {change['change']}: {change['caption']}"
        return
    yield f"{change['id']}: {change['caption']}"
    for row in change["rows"]:
        if row["change"] == "changed":
            cells = "; ".join(
                f"{cell['column']}: {cell['old']!r} became {cell['new']!r}" for cell in row["cells"]
            )
            yield f"row {row['row'][0]!r}: {cells}"
        else:
            yield f"row {row['change']}: {' | '.join(row['row'])}"
    if not change["rows"]:
        yield "its caption or its columns changed"


def _text(change: Change) -> Iterator[str]:
    if change["change"] == "changed":
        yield f"changed: {change['words']}"
    else:
        yield f"{change['change']}: {change[change['change'].replace('gone', 'old')]}"


_TELL = {
    "parameters": _from_to,
    "findings": _finding,
    "entries": _entry,
    "data": _from_to,
    "sources": _from_to,
    "charts": _chart,
    "tables": _table,
    "texts": _text,
}


def proposals(found: dict[str, Any], old: Page, new: Page) -> str:
    """Propose the entries that the case file needs before the new edition may be published, as TOML.

    Each names what changed by its id, and says it to readers in the language of the page; two different
    reports need none. Whether the old number was wrong (a correction) or right on its day (an update) only an
    editor knows; the proposal goes by where the change came from.
    """
    if any(one["id"] in _OTHER_REPORT for one in found["parameters"]):
        return ""
    changed = changed_numbers(found, old, new)
    entries = []
    if new.language != "en":
        entries.append(
            f"# In {NAMES[new.language]}, as the page is: for the catalog; the case file is in English.\n"
        )
    with language.using(new.language):
        for root, names in roots(changed).items():
            kind = "correction" if _was_wrong(root, found) else "update"
            text = _sentence(root, names, changed, found, old.edition.date)
            kept = new.entries.get(root)
            if kept and root not in [one["id"] for one in found["entries"]]:
                text = _("About “{statement}” {text}").format(statement=kept["statement"], text=text)
            entries.append(
                f"[[{kind}]]  # or [[{'update' if kind == 'correction' else 'correction'}]]\n"
                f"date = {new.edition.date}\nnumber = {quoted(root)}\ntext = {quoted(text)}\n"
            )
    return "\n".join(entries) if changed else ""


def _was_wrong(root: str, found: dict[str, Any]) -> bool:
    """Tell whether a change looks like a mistake mended: not new data, and no new source or later date."""
    if root.startswith(("table.", "parameter.", "law.")):
        return False
    entry = next((one for one in found["entries"] if one["id"] == root), None)
    parts = entry["parts"] if entry else {}
    sources = {
        side: {text.partition(":")[0] for text in texts} for side, texts in parts.get("sources", {}).items()
    }
    return "as_of" not in parts and not (sources and sources["new"] - sources["gone"])


def _sentence(
    root: str, names: list[str], changed: dict[str, Change], found: dict[str, Any], published: dt.date
) -> str:
    """Say to readers, in the language of the page, what was given and what is right, or is so now."""
    day = written.day(published)
    within = day + written.comma(day)
    entry = next((one for one in found["entries"] if one["id"] == root), None)
    data = next((one for one in found["data"] if one["id"] == root), None)
    others = [changed[name] for name in names if name != root]
    count = len(others) + sum(one.get("others", 0) for one in others)
    if entry and entry["change"] == "gone":
        said = _("The edition of {date} said: “{old}” That is no longer stated.").format(
            date=within, old=entry["statement"]
        )
    elif entry and "statement" in entry["parts"]:
        old, new = entry["parts"]["statement"]
        said = _("The edition of {date} said: “{old}” It is now: “{new}”").format(
            date=within, old=old, new=new
        )
    elif entry and "value" in entry["parts"]:
        old, new = entry["parts"]["value"]
        said = _("“{statement}”: the edition of {date} gave {old}; it is {new}.").format(
            statement=entry["statement"], date=within, old=old, new=new
        )
    else:
        told = "; ".join(_told(changed[name]) for name in names[:_MOST])
        if data:
            title = str(data["new"] or data["old"]).partition(f" {root}")[0].rstrip(".")
            said = _("The data “{title}” were renewed after the edition of {date}. {told}.").format(
                title=title, date=day, told=told
            )
        else:
            said = _("{told}. The edition of {date} had the earlier figure.").format(told=told, date=within)
        count -= sum(1 + changed[name].get("others", 0) for name in names[:_MOST] if name != root)
    if count <= 0:
        return said
    follow = ngettext(
        "{count} other number on this page changed with it.",
        "{count} other numbers on this page changed with it.",
        count,
    ).format(count=written.number(count))
    return f"{said} {follow}"


def _told(change: Change) -> str:
    label, old, new = change["label"].rstrip("."), change["old"], change["new"]
    if new is None:
        return _("{label}: {old} is no longer given").format(label=label, old=old)
    if unit := change.get("unit"):
        old, new = old.removesuffix(f" {unit}"), new.removesuffix(f" {unit}")
        label += "" if unit in label.lower() else f" ({unit})"
    return _("{label}: {new}, not {old}").format(label=label, new=new, old=old)


def quoted(text: str) -> str:
    """Write a text as a TOML string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in escaped) + '"'


def as_record(found: dict[str, Any], old: Page, new: Page) -> dict[str, Any]:
    """Return the whole comparison as one record, for `pileup diff --json`."""
    sides = {
        side: {"page": str(page.path), "case": page.case, "edition": str(page.edition)}
        for side, page in (("old", old), ("new", new))
    }
    return {"summary": summary(found), **sides, **found, "proposed": proposals(found, old, new)}
