"""What stands in the place of an edition that was withdrawn: a dated notice, and the record behind it."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pileup.base.errors import PileupError
from pileup.base.parsed import from_json
from pileup.base.paths import shown
from pileup.files.edition import Edition, edition
from pileup.files.plain import iso_day
from pileup.page import look
from pileup.words import language, written
from pileup.words.language import LANGUAGES, Language, _

#: The record beside the notice; where it stands, the page is a notice.
NAME = "withdrawn.json"


@dataclass(frozen=True)
class Withdrawn:
    """An edition that was withdrawn. Nothing of its page is kept, not even its headline.

    Attributes
    ----------
    report, publisher : str
        The name of the report through all its editions, and of the newsroom, where one was named: what the
        permanent id of the edition is made of.
    edition : str
        The edition, as in its address.
    date : str
        The day on which it was withdrawn, YYYY-MM-DD.
    reason : str
        Why, in the editor's words.
    language : str
        The language that the page had, and the notice has.
    """

    report: str
    publisher: str
    edition: str
    date: str
    reason: str
    language: Language

    @property
    def which(self) -> Edition:
        """The edition."""
        return edition(self.edition) or Edition(dt.date.min)

    @property
    def title(self) -> str:
        """Say which edition it was, in its language."""
        with language.using(self.language):
            return _("Edition of {date}: withdrawn").format(date=self.which.words)

    @property
    def said(self) -> str:
        """Say when and why it was withdrawn, in its language."""
        with language.using(self.language):
            day = written.day(dt.date.fromisoformat(self.date))
            return _("This edition was withdrawn on {date}. {reason}").format(date=day, reason=self.reason)

    def files(self) -> dict[str, bytes]:
        """Return the notice as a page, and its record."""
        with language.using(self.language):
            page = look.render("withdrawn.html.j2", one=self, colors=look.colors().rstrip())
        record = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        return {"index.html": f"{page}\n".encode(), NAME: f"{record}\n".encode()}


def withdrawn(folder: Path) -> Withdrawn | None:
    """Return what is recorded of an edition that was withdrawn, or None where a folder holds no such notice.

    Raises
    ------
    PileupError
        The record is broken.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        one = Withdrawn(**from_json(path.read_bytes()))
        if not (edition(one.edition) and iso_day(one.date) and one.language in LANGUAGES):
            raise ValueError
    except (OSError, ValueError, TypeError):
        raise PileupError(
            f"{shown(path)}: no record of a withdrawal; withdraw the edition again with `pileup withdraw`"
        ) from None
    return one


def refuse(folder: Path) -> None:
    """Refuse a notice where a page is asked for.

    Raises
    ------
    PileupError
        A notice stands there.
    """
    if one := withdrawn(folder):
        raise PileupError(
            f"{shown(folder)}: the edition of {one.edition} was withdrawn on {one.date}; only a notice stands"
            " in its place"
        )
