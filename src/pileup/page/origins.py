"""Where a paragraph's numbers come from: its origins, each once, in the words of the ledger."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pileup.page.record import ENTRIES
from pileup.words.language import _
from pileup.words.text import CONNECTIVE

#: How many letters of linked words are repeated beside their origin.
_MOST = 60
#: The lists as a script: `explore.js` asks for it when a reader first asks for one.
SCRIPT = "origins.js"


def entries(ledger: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what each entry of a ledger says, in short, by its id; nothing where there is no ledger."""
    if not ledger:
        return {}
    found = {one["id"]: one["label"] for one in ledger["findings"]}
    found |= {one["id"]: one["statement"] for kind in ENTRIES for one in ledger.get(kind, ())}
    found |= {one["id"]: one["statement"] for one in ledger["data"]}
    found |= {f"source.{one['id']}": f"{one['title']}, {one['publisher']}" for one in ledger["sources"]}
    found |= {
        f"parameter.{name}": _("Parameter {name}: {value}").format(name=name, value=value)
        for name, value in ledger["parameters"].items()
    }
    return found | {"case.file": _("The case file"), "law.file": _("The law file.").rstrip(".")}


def listed(texts: Iterable[Iterable[Any]], more: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return the origins that texts lead to, each once, with the words that lead there.

    Parameters
    ----------
    texts : iterable of runs
        Texts as a record has them: words, and numbers with their origin.
    more : iterable of str
        Origins that all of it rests on, whatever the texts lead to.

    Returns
    -------
    list of dict
        `origin`, and `texts`: the words that lead to it, each once, in the order of the texts.
    """
    found: dict[str, list[str]] = {}
    for text in texts:
        for run in text:
            if isinstance(run, dict) and run["origin"] != CONNECTIVE:
                told = found.setdefault(run["origin"], [])
                words = run["text"] if len(run["text"]) <= _MOST else f"{run['text'][:_MOST].rstrip()}…"
                words = words if words[:1].isdigit() else f"“{words}”"
                if words not in told:
                    told.append(words)
    rests = dict.fromkeys(one for origin in more for one in origin.split())
    found |= {origin: [] for origin in rests if origin not in found}
    return [{"origin": origin, "texts": told} for origin, told in found.items()]


def script(ledger: Mapping[str, Any], signs: Iterable[Iterable[Mapping[str, Any]]]) -> bytes:
    """Return the lists of all signs as a script: it loads from a disk too, where JSON would be refused.

    Parameters
    ----------
    ledger : mapping
        The ledger of the page.
    signs : iterable of lists
        What `listed` returned for each sign.
    """
    named, lists = entries(ledger), [list(one) for one in signs]
    told = {
        "signs": [[[one["origin"], *one["texts"]] for one in found] for found in lists],
        "entries": {
            origin: named.get(origin, origin)
            for origin in dict.fromkeys(one["origin"] for found in lists for one in found)
        },
    }
    return f"window.pileupOrigins = {json.dumps(told, ensure_ascii=False, separators=(',', ':'))};\n".encode()
