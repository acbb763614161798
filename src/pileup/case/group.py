"""A group file: one more group of people to compare with, as a live loader writes it or a reporter does."""

import math
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pileup.base.errors import PileupError
from pileup.base.parsed import NotParsedError, from_json, text_of
from pileup.case.parts import Url
from pileup.files import plain
from pileup.record.sentences import LEAST_SHOWN, Terms

#: No group of people with a sentence for like offenses is near so large.
MOST_PEOPLE = 1_000_000
#: The picture of all groups shows each person, all to one scale: no column of it can be higher.
MOST_ALIKE = 5_000


class GroupFile(BaseModel):
    """Who the people are, what their terms are, and what the source leaves out.

    Attributes
    ----------
    name, what, years, bias, weakness : str
        As in the table of groups: `bias` is who is in it, `weakness` how near it is to the offense.
    publisher, url : str
        Whose data it is.
    notes : list of str
        Caveats and numbers of rows left out, for the ledger.
    months : list of float
        One entry a person with a prison term.
    life, no_prison : int
        People with life, and people without a prison term.
    stock : bool
        Whether they are the prisoners of one day, among whom long terms are too many.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_min_length=1)

    name: str
    what: str
    years: str
    bias: str
    weakness: str
    publisher: str
    url: Url
    notes: list[str] = []
    months: list[Annotated[float, Field(gt=0, le=12_000, allow_inf_nan=False)]]
    life: Annotated[int, Field(ge=0, le=MOST_PEOPLE)] = 0
    no_prison: Annotated[int, Field(ge=0, le=MOST_PEOPLE)] = 0
    stock: bool = False

    @property
    def people(self) -> int:
        """Everybody in the group, with and without a prison term."""
        return len(self.months) + self.life + self.no_prison

    @property
    def terms(self) -> Terms:
        """The terms, shortest first, life longer than any number."""
        return Terms((*sorted(self.months), *[math.inf] * self.life), self.no_prison)


def load_group(path: str | Path) -> GroupFile:
    """Read a group file.

    Parameters
    ----------
    path : str or Path
        A JSON file, such as `pileup data cook-county --out FILE` writes.

    Raises
    ------
    PileupError
        The file is missing, broken, or too small a group to show: one line with what would be right.
    """
    path = Path(path)
    record: Any = None
    try:
        record = from_json(text_of(path))
        group = GroupFile.model_validate(record)
    except FileNotFoundError:
        raise PileupError(
            f"group file {path.name}: no such file; `pileup data cook-county` writes one"
        ) from None
    except ValidationError as error:
        place, says = plain.told(error, record, GroupFile)[0]
        says = says.replace("this part", ".".join(map(str, place)) or "the whole", 1)
        raise PileupError(f"group file {path.name}: {says}") from None
    except NotParsedError as error:
        line = f", line {error.line}" if error.line else ""
        raise PileupError(f"group file {path.name}{line}: not a readable JSON file ({error})") from None
    except (OSError, ValueError) as error:
        raise PileupError(f"group file {path.name}: not a readable JSON file ({error})") from None
    if group.people > MOST_PEOPLE:
        raise PileupError(
            f"group file {path.name}: months, life and no_prison are {group.people:,} people in all;"
            f" {MOST_PEOPLE:,} or fewer are right"
        )
    if crowded := _crowded(group):
        raise PileupError(f"group file {path.name}: {crowded}")
    if len(group.terms.months) < LEAST_SHOWN:
        raise PileupError(
            f"group file {path.name}: {len(group.terms.months)} people with a prison term; groups of fewer"
            f" than {LEAST_SHOWN} are not shown"
        )
    return group


def _crowded(group: GroupFile) -> str:
    """Say where a group has more people of one length of term than a picture of each person can show."""
    years = Counter(math.floor(months / 12) for months in group.months)
    year, most = max(years.items(), key=lambda one: one[1], default=(0, 0))
    columns = {"life": group.life, "no_prison": group.no_prison, f"months of year {year + 1}": most}
    return next(
        (
            f"{name} is {people:,} people; {MOST_ALIKE:,} or fewer are right, for the picture shows each one:"
            " give a part of them, such as one offense"
            for name, people in columns.items()
            if people > MOST_ALIKE
        ),
        "",
    )
