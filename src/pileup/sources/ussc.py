"""Reads the Sentencing Commission's file of federal sentences and counts people by crime, year and term."""

import hashlib
import io
from pathlib import Path

from pileup.errors import PileupError
from pileup.sources.tables import Table

#: SENTTOT of a life sentence (Commission's codebook); real terms above it exist.
LIFE = 470
#: OFFGUIDE means the same crimes only in these fiscal years.
YEARS = (2019, 2024)
#: The public extract that the published table was made from.
KNOWN_SHA256 = "97fe3d2eefd21f4654ecf749a0db215ef662f67012ec039d20cb62b9351424b4"


def read(path: str | Path) -> dict[str, Table]:
    """Count the people in a parquet file of the Commission's individual datafiles.

    Parameters
    ----------
    path : str or Path
        A parquet file with one row a person and the columns OFFGUIDE, FISCAL_YEAR and SENTTOT (months).

    Returns
    -------
    dict of str to Table
        The table federal-sentences. SENTTOT 470 is life, a missing SENTTOT no prison term; months are
        rounded to two decimals, because the file's numbers are 32-bit floats (12.03 stands as 12.0299997).

    Raises
    ------
    PileupError
        The file is missing, no parquet file, lacks a column, or holds values outside the codebook.
    """
    import polars as pl

    path = Path(path)
    try:
        content = path.read_bytes()
        frame = pl.read_parquet(io.BytesIO(content))
    except OSError as error:
        raise PileupError(
            f"{path}: cannot be read ({error.strerror}); give the Commission's parquet file."
        ) from None
    except pl.exceptions.PolarsError:
        raise PileupError(
            f"{path}: not a parquet file; give the extract of the Commission's datafiles."
        ) from None
    needed = ["OFFGUIDE", "FISCAL_YEAR", "SENTTOT"]
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise PileupError(f"{path}: no column {', '.join(missing)}; the Commission's names are expected.")
    wrong = [name for name in needed if not frame.schema[name].is_numeric()]
    if wrong or frame.height == 0:
        raise PileupError(f"{path}: {', '.join(wrong) or 'the table'} holds no numbers.")

    term = pl.col("SENTTOT").cast(pl.Float64).round(2)
    frame = frame.select(
        pl.col("OFFGUIDE").cast(pl.Int64),
        pl.col("FISCAL_YEAR").cast(pl.Int64),
        pl.when(term.is_null())
        .then(pl.lit("none"))
        .when(term == LIFE)
        .then(pl.lit("life"))
        .otherwise(pl.lit("prison"))
        .alias("term"),
        pl.when(term == LIFE).then(None).otherwise(term).alias("months"),
    )
    rules = {
        "OFFGUIDE outside 1-30": pl.col("OFFGUIDE").is_between(1, 30),
        f"FISCAL_YEAR outside {YEARS[0]}-{YEARS[1]}, where OFFGUIDE means other crimes": pl.col(
            "FISCAL_YEAR"
        ).is_between(*YEARS),
        "SENTTOT that is no number of months above 0": pl.col("months").is_null()
        | (pl.col("months").is_finite() & (pl.col("months") > 0)),
    }
    for fault, rule in rules.items():
        bad = frame.filter(~rule.fill_null(False)).height
        if bad:
            raise PileupError(f"{path}: {bad:,} rows with {fault}.")

    counted = frame.group_by("OFFGUIDE", "FISCAL_YEAR", "term", "months").len()
    rows = sorted(counted.iter_rows(), key=lambda row: (row[0], row[1], row[2], row[3] or 0))
    sha256 = hashlib.sha256(content).hexdigest()
    which = "the public extract" if sha256 == KNOWN_SHA256 else "a file other than the public extract"
    years = sorted({row[1] for row in rows})
    return {
        "federal-sentences": Table(
            rows,
            f"fiscal years {years[0]} to {years[-1]}; read from {which} (sha256 {sha256})",
            "see sources",
        )
    }
