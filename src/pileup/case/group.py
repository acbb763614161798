"""A group file: one more group of people to compare with, as a live loader writes it or a reporter does."""

import json
import math
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pileup.base.errors import PileupError
from pileup.case.parts import Url
from pileup.files import plain
from pileup.record.sentences import LEAST_SHOWN, Terms


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
    life: Annotated[int, Field(ge=0)] = 0
    no_prison: Annotated[int, Field(ge=0)] = 0
    stock: bool = False

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
        record = json.loads(path.read_text(encoding="utf-8"))
        group = GroupFile.model_validate(record)
    except FileNotFoundError:
        raise PileupError(
            f"group file {path.name}: no such file; `pileup data cook-county` writes one"
        ) from None
    except ValidationError as error:
        place, says = plain.told(error, record, GroupFile)[0]
        says = says.replace("this part", ".".join(map(str, place)) or "the whole", 1)
        raise PileupError(f"group file {path.name}: {says}") from None
    except (OSError, ValueError) as error:
        raise PileupError(f"group file {path.name}: not a readable JSON file ({error})") from None
    if len(group.terms.months) < LEAST_SHOWN:
        raise PileupError(
            f"group file {path.name}: {len(group.terms.months)} people with a prison term; groups of fewer"
            f" than {LEAST_SHOWN} are not shown"
        )
    return group
