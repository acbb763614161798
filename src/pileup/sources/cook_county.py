"""Reads Cook County's sentences for deaths by vehicle, live or from a file: one row a person and case."""

import csv
import io
import math
import re
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from pileup.base.errors import PileupError
from pileup.sources.transfer import NoAnswerError, transfer

#: The State's Attorney's dataset "Sentencing" on the county's data portal; one row a sentenced charge.
ADDRESS = "https://datacatalog.cookcountyil.gov/resource/tg8v-tm6u.csv"
PAGE, MAX_PAGES = 5_000, 62  # rows asked for at once, and pages at most: the dataset has some 306,000 rows
IDS = ("CASE_ID", "CASE_PARTICIPANT_ID", "CHARGE_ID")
#: Names and, beside each, how the county spelled it until 2020 or spells it in its own download.
EARLIER = {f"DISPOSITION_CHARGED_{name}": name for name in ("OFFENSE_TITLE", "CHAPTER", "ACT", "SECTION")}
OTHER = EARLIER | {"CURRENT_SENTENCE": "CURRENT_SENTENCE_FLAG", "OFFENSE_CATEGORY": "OFFENSE_TYPE"}
COLUMNS = [*IDS, *OTHER, "CHARGE_DISPOSITION", "UPDATED_OFFENSE_CATEGORY", "SENTENCE_PHASE", "SENTENCE_DATE"]
COLUMNS += ["SENTENCE_TYPE", "COMMITMENT_TYPE", "COMMITMENT_TERM", "COMMITMENT_UNIT"]
#: Months in a unit: 12 to a year, and 365.25 / 12 = 30.4375 days to a month. Every other unit is no length.
MONTHS = {"year(s)": 12, "months": 1, "weeks": 7 / 30.4375, "days": 1 / 30.4375, "hours": 1 / 24 / 30.4375}
LONGEST = 1_200  # above 100 years a number is a slip of the pen: the dataset has a term of 7,122,023
#: First words of SENTENCE_PHASE; a later one replaces an earlier one of the same day.
PHASES = ("original", "probation", "amended", "resentenced", "remanded")
#: Commitments that are no state prison; what is neither here nor state prison is not resolved.
_NO_PRISON = "probation|conditional|supervision|cook county|periodic|drug|home|mental health|vocational"
Row = dict[str, str]


@dataclass(frozen=True)
class Sentences:
    """Sentences for deaths by vehicle, and how many sentenced charges were left out, by reason.

    The table has a row a person and case: case (a running number), offense, term ("prison", "life", "none",
    "not resolved"), months (of "prison" only), year (of the sentence) and death_charges.
    """

    table: pd.DataFrame
    left_out: dict[str, int]


def load(base: str = ADDRESS, token: str | None = None) -> Sentences:
    """Ask the county's portal, one page after another.

    Parameters
    ----------
    base : str
        The dataset's CSV address.
    token : str, optional
        A Socrata app token, for those who are throttled without one.

    Raises
    ------
    PileupError
        The portal does not answer, or answers with something else than the dataset.
    """
    rows: list[Row] = []
    names, _ = _rows(_ask(base, {"$limit": "1"}, token), base)  # only shows which spelling is in force
    title, chapter, _, section = (names[column] for column in EARLIER)
    likes = [(title, "%RECK%HOM%"), (title, "%DUI%DEATH%"), (chapter, "%9-3%"), (section, "9-3%")]
    likes += [(chapter, "%11-501%"), (section, "%11-501%")]  # all that `_offense` takes or tells
    where = " OR ".join(f"upper({name}) like '{form}'" for name, form in likes)
    query = {"$select": ",".join(names.values()), "$where": where, "$order": ":id", "$limit": str(PAGE)}
    for _ in range(MAX_PAGES):
        _, page = _rows(_ask(base, query | {"$offset": str(len(rows))}, token), base)
        if not page:  # a short page is no end: it may be the portal's own limit
            return _sentences(rows, base)
        if page == rows[-len(page) :]:
            break
        rows += page
    raise PileupError(f"{base}: the same rows again, or no end; save the CSV in a browser and read that.")


def read(path: str | Path) -> Sentences:
    """Read a CSV file saved from the portal, with what `load` returns and raises."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise PileupError(f"{path}: missing or not a UTF-8 text file; save the CSV from {ADDRESS}.") from None
    return _sentences(_rows(text, str(path))[1], str(path))


def as_group(rows: Sentences) -> dict:
    """Return what a group file holds (`pileup.case.group`); who is not resolved is in none of its numbers."""
    kinds, years = Counter(rows.table["term"]), rows.table["year"].dropna()
    span = f"{years.min()} to {years.max()}" if len(years) else "years not given"
    return {
        "name": "Cook County, Illinois: reckless homicide and DUI deaths",
        "what": "longest prison term among the charges for a death",
        "years": f"sentenced {span}",
        "bias": "everybody sentenced; with and without alcohol",
        "weakness": "a lower bound: which terms run one after another is not given; charges for a death only",
        "publisher": "Cook County State's Attorney, dataset Sentencing",
        "url": ADDRESS,
        "notes": notes(rows),
        "months": sorted(float(term) for term in rows.table["months"].dropna()),
        "life": kinds["life"],
        "no_prison": kinds["none"],
    }


def notes(rows: Sentences) -> list[str]:
    """Return the caveats and the numbers left out; they belong beside every figure."""
    unsure = (rows.table["term"] == "not resolved").sum()
    return [
        (
            f"Cook County State's Attorney, dataset Sentencing ({ADDRESS}): {len(rows.table):,} defendants"
            " (one in two cases counts twice), sentenced for reckless homicide or an aggravated DUI with a"
            " death."
        ),
        (
            "Months are the longest prison term among a person's charges for a death, not the time served."
            " The file does not say which terms run consecutively, and those for other charges are not"
            " counted: it is a lower bound of the whole sentence. There can be more or fewer death charges"
            " than dead."
        ),
        "Probation, conditional discharge and county jail are no prison term; these people are counted.",
        f"{unsure:,} people have a term that is not resolved (no length of time, or no clear kind).",
        *(f"Left out: {number:,} sentenced charges, {why}." for why, number in rows.left_out.items()),
    ]


def _ask(base: str, query: Row, token: str | None) -> str:
    """Return one answer's text; `transfer` names the project, waits, and tries again a few times."""
    url = f"{base}?{urlencode(query)}#/sentences"  # from "#" on never sent: what the progress bar says
    with tempfile.TemporaryDirectory(prefix="pileup-") as folder:
        part = Path(folder) / "page"
        try:
            status, _ = transfer(url, part, {"X-App-Token": token} if token else {}, threading.Event())
            if status != 200:
                raise NoAnswerError(f"status {status}")
            return part.read_bytes().decode("utf-8-sig")
        except (NoAnswerError, UnicodeDecodeError) as error:
            raise PileupError(f"{base}: no usable answer ({error}); try later, or save the CSV.") from None


def _rows(text: str, where: str) -> tuple[Row, list[Row]]:
    """Return the file's spelling of each column's name, and its rows."""
    if not text.strip() or text.lstrip().startswith("<"):
        raise PileupError(f"{where}: a web page or nothing, not the data; give the address that ends in .csv")
    reader, rows = csv.DictReader(io.StringIO(text, newline=""), strict=True), []
    try:
        there = {name.strip().upper(): name for name in reader.fieldnames or ()}
        names = {name: there.get(name) or there.get(OTHER.get(name, ""), "") for name in COLUMNS}
        if lost := ", ".join(name for name, spelling in names.items() if not spelling):
            raise PileupError(f"{where}: no column {lost}; give the dataset Sentencing (tg8v-tm6u) as CSV.")
        for row in reader:
            # A spreadsheet turns a long number into 1.3E+11, and so several people into one.
            whole = None not in row and None not in row.values()
            if not whole or not all(row[names[name]].strip().isdecimal() for name in IDS):
                fault = "an id that is no whole number" if whole else "not as many values as names"
                raise PileupError(f"{where}, line {reader.line_num}: {fault}; save it without a spreadsheet.")
            rows.append({name: " ".join(row[spelling].split()) for name, spelling in names.items()})
    except csv.Error as error:
        raise PileupError(f"{where}, line {reader.line_num}: no CSV ({error}); save it again.") from None
    return names, rows


def _sentences(rows: list[Row], where: str) -> Sentences:
    """Reduce sentenced charges to one row a person and case."""
    left_out: Counter[str] = Counter()
    cases: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        offense, why = _offense(row)
        if why := why or (offense and _unused(row)):
            left_out[why] += 1
        elif offense:  # co-defendants share a CASE_ID, and even a CHARGE_ID
            person = (row["CASE_ID"], row["CASE_PARTICIPANT_ID"])
            cases.setdefault(person, []).append(row | {"offense": offense})
    if not cases:
        raise PileupError(f"{where}: no sentence for a death by vehicle in {len(rows):,} rows; is it whole?")
    people = []
    for charges in cases.values():
        # The flag can stay true on a sentence that was amended later: only a charge's last one counts.
        last = {row["CHARGE_ID"]: _when(row) for row in sorted(charges, key=_when)}
        current = [row for row in charges if _when(row) == last[row["CHARGE_ID"]]]
        left_out += Counter({"replaced by a later sentence": len(charges) - len(current)})
        kinds, lengths = zip(*map(_term, current), strict=True)
        # Which of several sentences is the last one is not known where a date is missing.
        if len(current) < len(charges) and min(map(_when, charges))[0] == date.min:
            kinds += ("not resolved",)
        # Nothing is longer than life; but beside a term that is not known no other one is the longest.
        term = next(kind for kind in ("life", "not resolved", "prison", "none") if kind in kinds)
        offense = " and ".join(sorted({row["offense"] for row in current}, reverse=True))
        months, year = max(lengths) if term == "prison" else math.nan, max(last.values())[0].year
        people.append((offense, term, months, year if year > 1 else None, len(last)))
    table = pd.DataFrame(people, columns=["offense", "term", "months", "year", "death_charges"])
    # Sorted by what is published, so that the running number carries nothing of the county's own numbers.
    table = table.astype({"year": "Int64"}).sort_values(["year", *table.columns], ignore_index=True)
    table.insert(0, "case", range(1, len(table) + 1))
    return Sentences(table, dict(sorted(left_out.items())))


def _offense(row: Row) -> tuple[str, str]:
    """Return the offense, or why a charge near it is none, or two empty texts for any other charge."""
    title, chapter, act, section = (row[name].upper() for name in EARLIER)
    # The county writes "720", "5", "9-3(a)", or all of it as the chapter: "720-5\9-3(A)", "38-9-3-A".
    statute = re.sub(r"\s", "", f"{chapter}/{act}/{section}")
    reckless, death = re.search(r"\bRECK\w*\W*HOM", title), re.search(r"DEATH|FATAL", title)
    odd = re.search(r"ATTEMPT|\bATT\b|CONSPIR|SOLICIT|UNBORN|WATERCRAFT|BOAT|SNOWMOBILE|\bATV\b", title)
    # 9-3.2 (an unborn child) and 9-3.3 (drugs) are other offenses, 19-3 is burglary, 8-4 an attempt.
    if re.search(r"^(720|38)\b.*(?<!\d)9-3(?![\d.])", statute) and not re.search(r"\b8-[124]\b", statute):
        # The same section punishes involuntary manslaughter, which is not by vehicle.
        other = "under 720 ILCS 5/9-3, but not as reckless homicide with a motor vehicle"
        return ("reckless homicide", "") if reckless and not odd else ("", other)
    if re.search(r"(?<!\d)11-501(?![\d.])", statute):
        # (d)(1)(F) is the death; (A) is a third DUI, (C) great bodily harm, (D) an earlier reckless homicide.
        part = re.search(r"11501\w*?D1([A-Z])", re.sub(r"\W", "", statute))
        unclear = re.search(r"BODILY|HARM|INJUR|DISFIG|\bNO[NT]?\b|WITHOUT|PRIOR|PREV|HOM", title)
        if not odd and (part[1] == "F" if part else death and not unclear):
            return "aggravated DUI that caused a death", ""
        return "", "DUI, and the charge does not say that someone died"
    if reckless or (death and "DUI" in title):
        return "", "named as reckless homicide or a DUI death, but under another statute"
    return "", ""


def _unused(row: Row) -> str:
    """Say why the sentence of a charge for a death does not count, or nothing."""
    disposition, current = row["CHARGE_DISPOSITION"].lower(), row["CURRENT_SENTENCE"].lower()
    origin = f"{row['OFFENSE_CATEGORY']} {row['UPDATED_OFFENSE_CATEGORY']} {row['SENTENCE_TYPE']}".lower()
    if "promis conversion" in origin or origin.endswith(" conversion"):
        return "carried over from an older system (PROMIS Conversion)"
    # Verdict-Not Guilty, Case Dismissed ...; and a lesser or amended charge need not be the one named.
    if not re.fullmatch(r"(plea of|finding|verdict) guilty( but mentally ill)?", disposition):
        return "without a conviction of the charge named (Nolle On Remand, a lesser offense and the like)"
    if current in ("false", "0"):
        return "not the sentence in force (amended, corrected or replaced)"
    plain = current in ("true", "1") and row["SENTENCE_PHASE"].lower().startswith(PHASES)
    return "" if plain else "without a plain word on whether the sentence is in force"


def _when(row: Row) -> tuple[date, int]:
    """Return date and phase; the first day of all for no date, or one still to come (the year 2921)."""
    text, phase = re.split("[T ]", row["SENTENCE_DATE"])[0], re.split(r"\W", row["SENTENCE_PHASE"].lower())[0]
    try:
        day = datetime.strptime(text, "%m/%d/%Y" if "/" in text else "%Y-%m-%d").date()
    except ValueError:
        day = date.min
    return day if day <= date.today() else date.min, PHASES.index(phase)


def _term(row: Row) -> tuple[str, float]:
    """Return the kind of one sentence, and its months where it is a prison term."""
    commitment, unit = row["COMMITMENT_TYPE"].lower(), row["COMMITMENT_UNIT"].lower()
    # Years of probation are no years of prison: only the state's prison department counts.
    if re.search(_NO_PRISON, commitment):
        return "none", 0.0
    prison = commitment in ("illinois department of corrections", "natural life")
    if not prison or row["SENTENCE_TYPE"].lower() != "prison":
        return "not resolved", 0.0
    if "natural life" in (commitment, unit):
        return "life", 0.0  # whatever number stands beside it: 0, 1, 30 and 100 occur
    # "2", "030" and "1.5" are numbers; "LIFE", "18 months" and "1,154.00" are not, and nobody guesses.
    number = re.fullmatch(r"\d+(\.\d+)?", row["COMMITMENT_TERM"], re.ASCII)
    months = round(float(number[0]) * MONTHS.get(unit, 0.0), 4) if number else 0.0
    return ("prison", months) if 0 < months <= LONGEST else ("not resolved", 0.0)
