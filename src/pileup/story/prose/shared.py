"""What the chapters share: paragraphs of the case file, who said something, and names without folders."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pileup.case.model import Account
from pileup.story.blocks import Prose
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words import written
from pileup.words.language import _
from pileup.words.text import Number, Text, linked


def passages(report: Report, chapter: str, folded: bool | None = None) -> list[Text]:
    """Return the case file's own paragraphs of a chapter, filled; all, or by whether folded."""
    own = [one for one in report.case.passage if one.chapter == chapter and folded in (None, one.folded)]
    return [of_case_file(fill(report, one.text)) for one in own]


def with_fold(shown: Sequence[Text], folded: Sequence[Text], more: str) -> Prose:
    """Return paragraphs of which the first stand open and the others in a fold under a heading."""
    return Prose([*shown, *folded], open=len(shown), more=more if folded else "")


def said_by(account: Account) -> str:
    """Name who gives an account, and the day of it where it is known."""
    return f"{account.who}, {written.day(account.date)}" if account.date else account.who


def words_of(text: str, origin: str) -> Text:
    """Let each number of a text lead to an entry that says the same words and has no value of its own."""
    return tuple(
        Number(origin, run.text, run.text) if isinstance(run, Number) else run for run in linked(text, origin)
    )


def account(report: Report) -> dict[str, Text]:
    """Name the account by which counts stand for the people killed, as a link to it."""
    names = [count.for_by for count in report.case.count if count.for_by]
    fact = next((fact for fact in report.case.fact if fact.id in names), None)
    if fact is None:
        return {}
    said = _("one source’s account") if fact.status == "single-source" else _("the account that is given")
    return {"account": (Number(f"fact.{fact.id}", said, said),)}


def without_folders(chosen: dict[str, Any]) -> dict[str, Any]:
    """Name a group file as it stands in its own folder: a page says nothing of the machine it was made on."""
    return chosen | ({"group": Path(chosen["group"]).name} if chosen.get("group") else {})
