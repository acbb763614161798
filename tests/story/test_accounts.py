"""What each side says stands side by side, as its own; what the page keeps to itself stands nowhere on it."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from common import ROOT, pileup
from pileup.case.load import CASES, load_case
from pileup.case.rules import SIDES
from pileup.files import parameters
from pileup.story import charts, prose, tables
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words.text import Number, plain

SHIPPED = CASES / "aguilera-mederos.toml"
ACCOUNT = """
[[account]]
id = "A1"
by = "prosecution"
who = "The prosecutor"
point = "The speed"
text = "The truck was too fast, the prosecutor said."
status = "claim"
sources = [{ source = "paper" }]
"""


def _length(report: Report, side: str) -> int:
    return sum(len(plain(fill(report, one.text))) for one in report.case.account if one.by == side)


@pytest.mark.parametrize("language", ["en", "es"])
def test_both_sides_are_heard_at_about_the_same_length(language: str) -> None:
    report = Report(parameters.check({"language": language}))
    one, other = (_length(report, side) for side in SIDES)
    assert min(one, other) > 1000
    assert max(one, other) / min(one, other) < 4 / 3
    assert len({Counter(a.by for a in report.case.account)[side] for side in SIDES}) == 1


def test_accounts_of_one_point_stand_side_by_side(report: Report) -> None:
    """Compared with the file as tomllib reads it: one row a point, each account in its side's column."""
    file = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    table = tables.both_sides(report)
    of_sides = [one for one in file["account"] if one["by"] in SIDES]
    assert [row[0] for row in table.rows] == list(dict.fromkeys(one["point"] for one in of_sides))
    for row in table.rows:
        for side, cell in zip(SIDES, row[1:], strict=True):
            own = [one["id"] for one in of_sides if (one["point"], one["by"]) == (row[0], side)]
            if not own:
                assert cell == "Nothing was found in the sources read."
                continue
            led = {run.origin for run in cell if isinstance(run, Number) and run.text == "claim"}
            assert led == {f"account.{name}" for name in own}
    others = tables.other_voices(report)
    assert len(table.rows) + len(others.rows) < len(file["account"]) == len(of_sides) + len(others.rows)


def test_an_account_stands_in_the_ledger_with_its_sources_and_their_words(report: Report) -> None:
    ledger = prose.ledger(report).data
    entries = {one["id"]: one for one in ledger["accounts"]}
    assert list(entries) == [f"account.{one.id}" for one in report.case.account]
    judge = entries["account.A20"]
    assert judge["statement"] == (
        "Judge A. Bruce Jones, at the sentencing, December 13, 2021: “If I had the discretion, it would not"
        " be my sentence,” he said."
    )
    assert "If I had the discretion, it would not be my sentence." in [
        one["quote"] for one in judge["sources"]
    ]
    assert {one["source"] for entry in entries.values() for one in entry["sources"]} <= {
        source["id"] for source in ledger["sources"]
    }


def test_what_a_party_says_is_no_more_than_claimed(report: Report) -> None:
    assert {one.status for one in report.case.account if one.by in SIDES} == {"claim"}


def test_the_judges_words_lead_to_the_entry_that_holds_them(report: Report) -> None:
    runs = [
        run for text in prose.in_their_words(report).paragraphs for run in text if isinstance(run, Number)
    ]
    (quoted,) = [run for run in runs if run.text.startswith("If I had the discretion")]
    entry = next(one for one in prose.ledger(report).data["accounts"] if one["id"] == quoted.origin)
    assert any(quoted.text.rstrip(",.") in (one["quote"] or "") for one in entry["sources"])


@pytest.mark.parametrize("case", ["aguilera-mederos", "puebla"])
def test_every_sentence_of_a_case_names_an_origin(case: str) -> None:
    """A sentence of a passage has a name in braces or a link; a claim needs an origin as a number does."""
    for passage in load_case(case).passage:
        words = re.sub(r"\b[A-Z]\. ", "", passage.text)
        for sentence in re.split(r"(?<=[.?!”])(?<![a-z]\.[a-z]\.) (?=[A-Z“{\[])", words):
            assert re.search(r"\{[\w.-]+(\|\w+)?\}|\]\([\w.-]+\)", sentence), sentence


def test_the_law_required_is_said_of_the_counts_that_were_charged(report: Report) -> None:
    standfirst = load_case("aguilera-mederos").case.standfirst
    assert "which the law required for the counts that were charged and proven" in standfirst
    told = " ".join(map(plain, prose.why_so_long(report).paragraphs))
    assert "110 years, the lowest total that the law allowed for these counts." in told
    assert (
        "Which counts to charge was the prosecution’s choice: in 2019 the District Attorney filed 40" in told
    )
    assert "On the other 11 counts, those of vehicular homicide among them, the judge gave 30 years" in told


def test_why_the_other_terms_do_not_add_is_told(report: Report) -> None:
    """352 = 6 x 32 + 10 x 16: only the counts that ran one after another."""
    assert report.findings.value("sentence.highest_years") == 6 * 32 + 10 * 16
    bounds = plain(prose.why_so_long(report).paragraphs[-1])
    assert "352 years at most." in bounds
    assert (
        "supposes no aggravating circumstances. The other terms do not add to it, by C.R.S. 18-1-408(3):"
        in (bounds)
    )


def test_every_statement_of_the_seed_article_is_shown(report: Report) -> None:
    """49 of the file's 50 rows: one is a line of an advertisement."""
    file = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["seed_claim"]
    kept = [one for one in file if one["verdict"] != "artefact"]
    table = tables.seed_article(report)
    assert len(table.rows) == len(kept) == 49
    assert [row[:3] for row in table.rows] == [
        [f"“{one['quote']}”", one["verdict"], one["correction"]] for one in kept
    ]
    assert table.folded
    number = Counter(one["verdict"] for one in kept)
    wrong = sum(number[one] for one in ("contradicted", "partly contradicted", "term wrong"))
    assert table.caption == (
        f"The article that set off this report, statement by statement: of 49, {number['confirmed']} are"
        f" confirmed, {number['claim']} are one side’s claim, {number['not established']} could not be"
        f" established, and {wrong} are wrong in whole or in part"
    )
    assert (number["confirmed"], wrong) == (34, 12)


def test_the_tables_of_the_page_have_every_row(made: Path) -> None:
    with (made / "tables" / "seed-article.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 1 + 49
    with (made / "tables" / "both-sides.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["Point", "The prosecution", "The defense"]


def _kept_off() -> list[str]:
    file = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return [name for one in file["comparable"] for name in one.get("unnamed", [])]


def test_a_name_that_the_page_keeps_to_itself_stands_in_none_of_its_files(made: Path) -> None:
    names = _kept_off()
    assert len(names) >= 11
    for path in made.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".svg", ".js"):
            text = re.sub(r"\W+", " ", path.read_text(encoding="utf-8")).lower()
            assert [name for name in names if f" {name.lower()} " in text] == [], path.name


def test_how_many_like_cases_are_left_out_is_told_with_why(report: Report) -> None:
    file = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["comparable"]
    left = [one for one in file if "off_page" in one]
    note = charts.cases(report).note
    assert len(left) == 4
    assert "Four others that were found are left out: " + "; ".join(one["left_out"] for one in left) in note


def test_a_case_in_which_one_side_is_silent_is_told_to_its_editor(write_case) -> None:
    path = write_case(("[[open]]", ACCOUNT + "\n[[open]]"))
    status, said = pileup("case", "check", path)
    assert status == 0
    assert "the prosecution has an account and the defense has none; look for one" in said
    assert "warning: case file my.toml, line " in said
    both = ACCOUNT + ACCOUNT.replace('"A1"', '"A2"').replace('"prosecution"', '"defense"')
    assert (
        "has an account and" not in pileup("case", "check", write_case(("[[open]]", both + "\n[[open]]")))[1]
    )


def test_a_case_without_accounts_says_nothing_of_them(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text((ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8"), encoding="utf-8")
    report = Report(parameters.check({"case": str(path)}))
    assert tables.both_sides(report).role == tables.other_voices(report).role == "quiet"
