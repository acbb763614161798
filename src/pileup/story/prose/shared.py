"""What the chapters share: paragraphs of the case file, who said something, and names without folders."""

from pathlib import Path
from typing import Any

from pileup.case.model import Account
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words import written
from pileup.words.text import Text


def passages(report: Report, chapter: str) -> list[Text]:
    """Return the case file's own paragraphs of a chapter, filled."""
    own = [passage.text for passage in report.case.passage if passage.chapter == chapter]
    return [of_case_file(fill(report, text)) for text in own]


def said_by(account: Account) -> str:
    """Name who gives an account, and the day of it where it is known."""
    return f"{account.who}, {written.day(account.date)}" if account.date else account.who


def without_folders(chosen: dict[str, Any]) -> dict[str, Any]:
    """Name a group file as it stands in its own folder: a page says nothing of the machine it was made on."""
    return chosen | ({"group": Path(chosen["group"]).name} if chosen.get("group") else {})
