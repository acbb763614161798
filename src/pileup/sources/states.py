"""Reads the extracts of state prison records (New York, Florida, Texas) and counts prisoners by term."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pileup.base.errors import PileupError
from pileup.record.coverage import Coverage, Span
from pileup.sources.tables import Table

NEW_YORK = "newyork_vehicular.csv"
FLORIDA = "florida_vehicular.csv"
TEXAS = "texas_vehicular.csv"
#: By checksum: when the people of the public extracts came before the board or were in prison, as their
#: sources tell. The files themselves do not say, so of another file it is not known.
TIMES = {
    "a020d286fb9b1eb7c0e79c75c68b31f921835df654aba926cead95e32b620117": Span(
        state="FL", first="2018-01", last="2018-01", about=True
    ),
    "2ea0c4b7cf427aa30b4e494dbe3dcb18165acd620e45f1b7dd1ce5ccf72301c2": Span(
        state="NY", first="2012-08", last="2018-08"
    ),
    "7bb5892222d0005ab89bffbe9d5e483aeb8e8a7df6345368930f01a973839d71": Span(
        state="TX", first="2019-08", last="2019-08"
    ),
}


def read(folder: str | Path) -> dict[str, Table]:
    """Count the prisoners in the three extracts.

    Parameters
    ----------
    folder : str or Path
        The folder that holds `newyork_vehicular.csv`, `florida_vehicular.csv` and `texas_vehicular.csv`.

    Returns
    -------
    dict of str to Table
        The table state-sentences: each New York prisoner twice (minimum and maximum), each other one once.

    Raises
    ------
    PileupError
        A file or a column is missing, or a value is not what the column holds.
    """
    people: Counter[tuple] = Counter()
    spans = []
    for state, name, rows_of in (
        ("NY", NEW_YORK, _new_york),
        ("FL", FLORIDA, _florida),
        ("TX", TEXAS, _texas),
    ):
        path = Path(folder) / name
        try:
            content = path.read_bytes()
            rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        except (OSError, UnicodeDecodeError):
            raise PileupError(
                f"{path}: missing or not a UTF-8 text file; the three extracts are needed."
            ) from None
        if not rows:
            raise PileupError(f"{path}: no prisoners in it.")
        for line, row in enumerate(rows, start=2):
            try:
                if None in row or None in row.values():
                    raise ValueError("not as many values as the first line has names")
                people.update(rows_of(row))
            except KeyError as error:
                raise PileupError(f"{path}: no column {error}.") from None
            except (TypeError, ValueError) as error:
                raise PileupError(f"{path}, line {line}: {error}.") from None
        sha256 = hashlib.sha256(content).hexdigest()
        known = TIMES.get(sha256, Span(state=state))
        spans.append(known.model_copy(update={"state": state, "sha256": sha256}))
    rows = sorted(((*key, number) for key, number in people.items()), key=_order)
    return {"state-sentences": Table(rows, Coverage(spans=tuple(spans)))}


def _order(row: tuple) -> tuple:
    return tuple((value is not None, value) for value in row)


def _new_york(row: dict[str, str]) -> Iterator[tuple]:
    """Yield a prisoner's minimum and maximum; an empty one without a life sentence could not be resolved."""
    key = ("NY", row["top_offence"], int(row["n_veh_homicide_counts"]))
    one = "yes" if int(row["n_counts_listed"]) == 1 else "no"
    life = _true(row["max_is_life"])
    if life and row["max_months"]:
        raise ValueError("max_is_life is True, and max_months has a number")
    for measure, months in (("minimum", row["min_months"]), ("maximum", row["max_months"])):
        yield (*key, one, measure, *_term(months, life))


def _florida(row: dict[str, str]) -> Iterator[tuple]:
    one = _true(row["one_count"])
    if one != (int(row["n_counts"]) == 1):
        raise ValueError("one_count and n_counts disagree")
    life = _true(row["life"])
    if life and row["sum_of_terms_months"]:
        raise ValueError("life is True, and sum_of_terms_months has a number")
    term = _term(row["sum_of_terms_months"], life)
    yield ("FL", row["offence"], int(row["n_death_counts"]), "yes" if one else "no", "sum of terms", *term)


def _texas(row: dict[str, str]) -> Iterator[tuple]:
    """Yield a prisoner's term; the one offense has eleven spellings, INTOX... MANSLAUGHTER..."""
    label = row["offence_label"]
    if not (label.startswith("INTOX") and "MANSLAUGHTER" in label):
        raise ValueError(f"offence_label {label!r} is not intoxication manslaughter")
    yield ("TX", "intoxication manslaughter", None, "unknown", "term", *_term(row["term_months"], False))


def _term(months: str, life: bool) -> tuple[str, float | None]:
    if months:
        number = round(float(months), 2)
        if not 0 < number < float("inf"):
            raise ValueError(f"{months!r} is no number of months above 0")
        return "months", number
    return ("life" if life else "not resolved"), None


def _true(text: str) -> bool:
    if text not in ("True", "False"):
        raise ValueError(f"{text!r} is neither True nor False")
    return text == "True"
