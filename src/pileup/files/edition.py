"""An edition of a report: its date, and its number within the day."""

import datetime as dt
import re
from typing import NamedTuple

from pileup.files.plain import iso_day
from pileup.words import written
from pileup.words.language import _

#: How an edition is written, as a parameter, in an address and in the record of a page.
FORM = "YYYY-MM-DD, or YYYY-MM-DD-2 for the second of a day"
#: How many editions a day may have.
MOST = 9
_FORM = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([2-9]))?")


class Edition(NamedTuple):
    """A date, and the number of the edition within the day: from one to nine. A later one is greater."""

    date: dt.date
    number: int = 1

    def __str__(self) -> str:
        return f"{self.date}" + (f"-{self.number}" if self.number > 1 else "")

    @property
    def words(self) -> str:
        """The edition in words, in the language in use: November 27, 2026, edition 2 of the day."""
        day = written.day(self.date)
        if self.number == 1:
            return day
        return _("{day}, edition {number} of the day").format(day=day, number=self.number)

    @property
    def next(self) -> "Edition":
        """The one that comes after it on the same day."""
        return Edition(self.date, self.number + 1)


def edition(text: str) -> Edition | None:
    """Return the edition that a text names, or None where it names none."""
    found = _FORM.fullmatch(text)
    day = iso_day(found[1]) if found else None
    return Edition(day, int(found[2] or 1)) if found and day else None
