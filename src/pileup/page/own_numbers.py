"""The files behind "Set your own numbers": the script, its words, and the table that it counts in."""

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pileup.base.errors import PileupError
from pileup.files.parameters import MOST
from pileup.findings import state
from pileup.findings.crash import SIZES
from pileup.findings.declare import REGISTRY
from pileup.record.packed import DIGITS, packed
from pileup.record.states import STATES, in_sentence
from pileup.record.tables import load_table
from pileup.story import missing
from pileup.story.prose.crash_words import SAID, say
from pileup.story.prose.own import CHOSEN, mark_of
from pileup.words import language, written
from pileup.words.language import _, ngettext

if TYPE_CHECKING:  # it needs nbformat, which takes long unless a run imports it its own way
    from pileup.page.content import Block, Page

#: The script, its words in the language of the page, and the packed table: three files beside the page.
SCRIPT, WORDS, COUNTS = "own.js", "own-words.js", "counts.js"
#: Lines of the ledger that the box begins with, by their ids.
COUNTED = tuple(f"crashes.state_at_least_{size}" for size in ("vehicles", "deaths", "both"))
_HERE = Path(__file__).parent
_TABLE = re.compile(r"window\.pileupCounts = [^\n]*;\n")


def block(page: "Page") -> "Block | None":
    """Return the block of the box, which a notebook may show or not."""
    return next((one for section in page.sections for one in section.parts if one["kind"] == "own"), None)


def states() -> list[tuple[str, str]]:
    """Return postal code and name of each state, in the order of the names."""
    named = [(code, _(name)) for code, name in STATES.items()]
    return sorted(named, key=lambda one: unicodedata.normalize("NFKD", one[1]))


def written_files(page: "Page") -> dict[str, bytes]:
    """Return the script and its words, which follow from a page; none where it has no box."""
    own = block(page)
    return (
        {SCRIPT: (_HERE / SCRIPT).read_bytes(), WORDS: _assigned("pileupOwnWords", _words(page, own))}
        if own
        else {}
    )


def counts(page: "Page") -> dict[str, bytes]:
    """Return the packed table as a script; nothing where a page has no box.

    Raises
    ------
    PileupError
        It is not the table that the notebook was run with.
    """
    own = block(page)
    if not own:
        return {}
    table = packed(load_table("crashes"))
    if mark_of(table) != own["counts"]:
        raise PileupError("the table of crashes is another than when the notebook was run; run it again")
    return {COUNTS: _assigned("pileupCounts", {"digits": DIGITS, **table})}


def inlined(files: Mapping[str, bytes]) -> str:
    """Return all three as the one script of a page in a single file; empty where one of them is missing."""
    if not all(files.get(name) for name in (SCRIPT, WORDS, COUNTS)):
        return ""
    return "\n" + "".join(files[name].decode() for name in (WORDS, COUNTS, SCRIPT))


def carried(html: str) -> bytes:
    """Return the packed table that a page in a single file carries, as the file that it was."""
    found = _TABLE.search(html)
    return found[0].encode() if found else b""


def _assigned(name: str, value: object) -> bytes:
    """Write a script that only says a value; "<" is written so that it ends no script element."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"window.{name} = {told.replace('<', '\\u003c')};\n".encode()


def _words(page: "Page", own: "Block") -> "Block":
    """Return what the script says, and the case's crash, of which it says it."""
    head = page.head or {"case": "", "parameters": {}}
    said = {name: list(dict.fromkeys((say(name, 1), say(name, 2)))) for name in SAID}
    return {
        **{name: own[name] for name in ("crash", "exclusions", "held", "aside", "doubts")},
        "language": language.current(),
        "said": {name: (forms * 2)[:2] for name, forms in said.items()}
        | {"none_in_state": [_(missing.NONE_IN_STATE)] * 2},
        "sized": {name: [ngettext(*forms, n) for n in (1, 2)] for name, forms in SIZES.items()},
        "states": {code: in_sentence(code) for code in STATES},
        "labels": {one.id: _(str(one.label)) for one in REGISTRY.of(state) if one.id in COUNTED},
        "small": list(written.SMALL[language.current()]),
        "few": written.SMALL_NUMBER,
        "and": language.listed(["", ""]),
        "command": f"pileup report --case {head['case']}",
        "others": [
            [name, _plainly(value)] for name, value in head["parameters"].items() if name not in CHOSEN
        ],
        "most": MOST,
        "years": _("The years on file are {first} to {last}."),
        "order": _("The first year, {first_year}, is after the last, {last_year}."),
        "sizes": _("Vehicles and deaths are whole numbers from 1 to {most}."),
        "gap": _("No file of {years} is held, so no crash of that time is counted."),
    }


def _plainly(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
