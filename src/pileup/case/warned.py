"""Tells what a case file may have for good reason, and an editor should know: it is no fault."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from pileup.case.model import CaseFile
from pileup.case.rules import SIDES
from pileup.files.toml import Fault

#: A sentence or a verdict that no longer stands.
_UNDONE = re.compile(
    r"\b(?:overturn(?:ed|s)|vacat(?:ed|es)|revers(?:ed|es)|set aside|expunged)\b", re.IGNORECASE
)
#: How many sources are named in one warning.
_NAMED = 5


def warnings(case: CaseFile) -> list[Fault]:
    """Say what a file may have for good reason, and an editor should know.

    Parameters
    ----------
    case : CaseFile
        The file, without a fault.

    Returns
    -------
    list
        Pairs of a place and what to look at.
    """
    rules: tuple[Callable[[CaseFile], Iterator[Fault]], ...] = (_sides, _sites, _undone, _place)
    return [warning for rule in rules for warning in rule(case)]


def _sides(case: CaseFile) -> Iterator[Fault]:
    """Only one of the two sides is heard."""
    heard = {account.by: n for n, account in reversed(list(enumerate(case.account))) if not account.off_page}
    for side, other in (SIDES, SIDES[::-1]):
        if side in heard and other not in heard:
            yield (
                ("account", heard[side]),
                f"the {side} has an account and the {other} has none; look for one, or tell under [[open]]"
                " that none was found",
            )


def _several(case: CaseFile, numbers: list[int], key: str, says: str) -> Iterator[Fault]:
    """Name the first of several sources in one warning."""
    if numbers:
        named = ", ".join(case.source[n].id for n in numbers[:_NAMED])
        more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
        yield ("source", numbers[0], key), f"{says}: {named}{more}"


def _sites(case: CaseFile) -> Iterator[Fault]:
    """An address is that of a whole site."""
    numbers = [n for n, one in enumerate(case.source) if urlsplit(one.url).path in ("", "/")]
    yield from _several(
        case, numbers, "url", "the address is a site, not a page; give the page where it is known"
    )


def _undone(case: CaseFile) -> Iterator[Fault]:
    """A verdict or a sentence may no longer stand."""
    terms = [n for n, one in enumerate(case.term) if one.kind == "imposed" and not one.vacated_by]
    for n, event in enumerate(case.event):
        if terms and (found := _UNDONE.search(event.text)):
            yield (
                ("event", n, "text"),
                f"it says {found[0]!r}: if the sentence no longer stands, say so in status_now, and give the"
                f' imposed term ({case.term[terms[0]].id}), which is compared, vacated_by = "{event.id}"',
            )


def _place(case: CaseFile) -> Iterator[Fault]:
    """The crash is neither in the United States nor in Canada."""
    north, east = case.crash.latitude, case.crash.longitude
    if north is not None and east is not None and not (18 <= north <= 84 and (-180 <= east <= -52)):
        sign = "; west is negative" if -east <= -52 else ""
        yield (
            ("crash", "latitude"),
            f"{north:g}, {east:g} is neither in the United States nor in Canada{sign}",
        )
