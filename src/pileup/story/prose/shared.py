"""What the chapters share: paragraphs of the case file, who said something, and names without folders."""

from pathlib import Path
from typing import Any

from pileup.case.model import Account
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words import written
from pileup.words.language import _
from pileup.words.text import Number, Text


def passages(report: Report, chapter: str) -> list[Text]:
    """Return the case file's own paragraphs of a chapter, filled."""
    own = [passage.text for passage in report.case.passage if passage.chapter == chapter]
    return [of_case_file(fill(report, text)) for text in own]


def said_by(account: Account) -> str:
    """Name who gives an account, and the day of it where it is known."""
    return f"{account.who}, {written.day(account.date)}" if account.date else account.who


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
