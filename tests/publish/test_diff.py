"""`pileup diff`: every kind of change is told, in words, with its reason and the entry that it asks for."""

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from common import pileup
from editing import age, altered, chart, entry, numbers, redate, remark, value, words
from pileup.case.model import Change
from pileup.make.run import write_single
from pileup.publish.diff import by_words, changed_numbers, compare, covered, roots
from pileup.publish.published import Page, read_page
from pileup.publish.words import summary

#: Spoils a report.
Spoil = Callable[[Path], object]


@pytest.fixture(scope="module")
def old(made: Path) -> Page:
    return read_page(made)


def whys(found: dict, name: str) -> list[str]:
    return [why["id"] for one in found["findings"] if one["id"] == name for why in one["why"]]


def test_a_page_and_its_copy_do_not_differ(made: Path, copy: Path) -> None:
    assert pileup("diff", made, copy / "index.html") == (0, "Nothing changed.\n")


def test_a_single_file_says_the_same_as_the_folder(made: Path, tmp_path: Path) -> None:
    write_single(made / "index.html", tmp_path / "one.html")
    assert pileup("diff", made, tmp_path / "one.html") == (0, "Nothing changed.\n")


def test_every_part_of_the_page_is_read(old: Page) -> None:
    assert len(old.charts) == 15
    assert set(old.charts) <= set(old.tables)
    assert old.entries["fact.F04"]["status"] == "confirmed"
    assert [one for one in old.entries["fact.F04"]["sources"] if one.startswith("codot")]
    assert {"table.crashes", "law.file", "case.file"} <= old.data.keys()
    assert any("April 25, 2019" in text for text in old.texts)
    computed = old.findings.keys() - old.entries.keys()
    assert {"crashes.rank_by_vehicles", "sentence.imposed_years"} <= computed


def test_a_number_is_told_with_the_number_that_moved_it(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        value(told, "crashes.at_least_vehicles", 44)
        value(told, "crashes.one_in", 40858)
    status, said = pileup("diff", old.path, copy)
    assert status == 1
    assert said.startswith("Two findings changed. ")
    assert "      45 became 44 crashes\n" in said
    found = compare(old, read_page(copy))
    assert whys(found, "crashes.one_in") == ["crashes.at_least_vehicles"]
    assert whys(found, "crashes.at_least_vehicles") == ["code"]
    changed = changed_numbers(found, old, read_page(copy))
    assert roots(changed) == {"crashes.at_least_vehicles": ["crashes.at_least_vehicles", "crashes.one_in"]}
    assert covered(changed, {"crashes.one_in"}) == {
        "crashes.at_least_vehicles": False,
        "crashes.one_in": True,
    }
    assert all(covered(changed, {"crashes.at_least_vehicles"}).values())


def test_why_a_number_of_an_older_page_moved_cannot_be_known_and_an_editor_says_it(
    made: Path, copy: Path
) -> None:
    before = shutil.copytree(made, copy.parent / "before")
    age(before)
    with altered(copy) as told:
        value(told, "crashes.fatal_crashes", 1797760)
        told["ledger"]["data"][0]["note"] += " Read again."
    one, other = read_page(before), read_page(copy)
    found = compare(one, other)
    assert whys(found, "crashes.fatal_crashes") == ["unknown"]
    assert "why: it cannot be known" in pileup("diff", before, copy)[1]
    assert [change["id"] for change in found["data"]] == ["table.crashes"]
    changed = changed_numbers(found, one, other)
    for named, answers in (("table.crashes", True), ("crashes.fatal_crashes", True), ("table.miles", False)):
        assert covered(changed, {named}) == {"crashes.fatal_crashes": answers}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "no input changed, nor the code that makes it: a package that it uses did"),
        (
            {"label": "Crashes"},
            "no input changed, nor the code that makes it: a package that it uses did",
        ),
        ({"code": "0" * 16}, "the function that makes it changed"),
    ],
)
def test_a_number_that_no_input_moved_was_moved_by_code(old: Page, copy: Path, more: dict, says: str) -> None:
    with altered(copy) as told:
        value(told, "crashes.fatal_crashes", 1, **more)
    found = compare(old, read_page(copy))
    (change,) = (one for one in found["findings"] if one["id"] == "crashes.fatal_crashes")
    assert change["why"] == [{"id": "code", "says": says}]


def test_code_that_changed_beside_an_input_is_told_and_no_entry_for_the_input_covers_it(
    old: Page, copy: Path
) -> None:
    with altered(copy) as told:
        value(told, "crashes.fatal_crashes", 1, code="0" * 16)
        remark(told, "table.crashes")
    new = read_page(copy)
    found = compare(old, new)
    assert whys(found, "crashes.fatal_crashes") == ["table.crashes", "code"]
    changed = changed_numbers(found, old, new)
    assert covered(changed, {"table.crashes"}) == {"crashes.fatal_crashes": False}
    assert covered(changed, {"crashes.fatal_crashes"}) == {"crashes.fatal_crashes": True}


def test_a_number_is_told_with_the_fact_and_the_table_that_moved_it(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        value(told, "fact.F04", 27)
        value(told, "crashes.rank_by_vehicles", 50)
        value(told, "crashes.fatal_crashes", 1)
        remark(told, "fact.F04", "table.crashes", "table.miles")
        told["ledger"]["parameters"]["vehicles"] = 27
    found = compare(old, read_page(copy))
    assert whys(found, "crashes.fatal_crashes") == ["table.crashes"]
    assert whys(found, "crashes.rank_by_vehicles") == ["fact.F04", "table.crashes"]
    changed = changed_numbers(found, old, read_page(copy))
    assert covered(changed, {"fact.F04"}) == {
        "fact.F04": True,
        "crashes.rank_by_vehicles": False,
        "crashes.fatal_crashes": False,
    }
    assert all(covered(changed, {"fact.F04", "table.crashes"}).values())


def test_a_page_without_a_record_says_the_same_as_with_one(made: Path, copy: Path) -> None:
    age(copy)
    assert pileup("diff", copy, made) == (0, "Nothing changed.\n")
    assert pileup("diff", made, copy) == (0, "Nothing changed.\n")


def test_what_a_page_without_marks_claims_of_its_inputs_is_no_change(made: Path, copy: Path) -> None:
    before = shutil.copytree(made, copy.parent / "before")
    with altered(before) as told:
        entry(told, "crashes.fatal_crashes").update(
            computed_from=["table crashes"], origins=["table.crashes"]
        )
    assert "computed_from" in str(compare(read_page(before), read_page(copy))["findings"])
    age(before)
    assert pileup("diff", before, copy) == (0, "Nothing changed.\n")


def test_a_fact_is_told_in_value_status_and_sources(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        fact = entry(told, "fact.F04")
        statement = fact["statement"].replace("28", "27")
        sources = [one for one in fact["sources"] if one["source"] != "codot"]
        value(told, "fact.F04", 27, shown="27 vehicles", statement=statement, status="disputed")
        fact["sources"] = sources
        remark(told, "fact.F04")
    status, said = pileup("diff", old.path, copy)
    assert status == 1
    assert said.startswith("One fact changed. ")
    assert "value: 28 vehicles became 27 vehicles" in said
    assert "status: confirmed became disputed" in said
    assert "statement: The crash involved [-28-] {+27+} vehicles," in said
    assert "source gone: codot: “24 passenger vehicles and four semi-trucks”" in said


def test_an_older_page_is_read_by_its_structure_whatever_its_words(old: Page, made: Path, copy: Path) -> None:
    before = shutil.copytree(made, copy.parent / "before")
    with altered(copy) as told:
        value(told, "crashes.fatal_crashes", 1)
        value(told, "crashes.at_least_vehicles", 44)
    for folder in (before, copy):
        age(folder)
        for one, other in (
            ('<html lang="en">', '<html lang="es">'),
            (" · as of ", " · a fecha de "),
            ("As known on ", "Según lo conocido al "),
            (">November 27, 2026</time>", ">27 de noviembre de 2026</time>"),
        ):
            page = folder / "index.html"
            text = page.read_text(encoding="utf-8")
            assert one in text
            page.write_text(text.replace(one, other), encoding="utf-8")
    spanish, other = read_page(before), read_page(copy)
    assert (old.language, spanish.language) == ("en", "es")
    assert (old.as_known, spanish.as_known) == ("November 27, 2026", "27 de noviembre de 2026")
    assert spanish.entries == old.entries
    assert [one["as_of"] for one in spanish.entries.values() if one["as_of"]]
    assert {name: one["words"] for name, one in spanish.charts.items()} == {
        name: one["words"] for name, one in old.charts.items()
    }
    found = compare(spanish, other)
    assert {one["id"] for one in found["findings"]} == {"crashes.at_least_vehicles", "crashes.fatal_crashes"}
    assert found["entries"] == []


def test_two_languages_are_two_reports(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        told["ledger"]["parameters"]["language"] = "es"
        value(told, "crashes.fatal_crashes", 1)
    assert "The two differ in language: two reports, not two editions." in pileup("diff", old.path, copy)[1]


def test_days_to_an_edition_move_with_it_on_a_page_without_ids_of_inputs_too(made: Path, copy: Path) -> None:
    before = shutil.copytree(made, copy.parent / "before")
    age(before)
    days = "case.days_to_parole_eligibility"
    was = read_page(copy).findings[days]["value"]
    with altered(copy) as told:
        value(told, days, was - 3)
        redate(told, "2026-11-30")
    one, other = read_page(before), read_page(copy)
    found = compare(one, other)
    assert whys(found, days) == ["unknown"]
    assert changed_numbers(found, one, other) == {}


def test_what_is_gone_or_new_is_told(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        told["ledger"]["findings"].remove(entry(told, "crashes.one_in"))
    found = compare(old, read_page(copy))
    assert summary(found) == "One finding is gone."
    assert changed_numbers(found, old, read_page(copy))["crashes.one_in"]["new"] is None
    back = compare(read_page(copy), old)
    assert summary(back) == "One finding is new."
    assert changed_numbers(back, read_page(copy), old) == {}


def test_a_drawing_alone_a_row_and_a_paragraph(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        told["drawings"]["everyone-wide"]["mark"] = "0" * 16
        words(told, " were Miguel", " are Miguel")
        said = "29 counts of dangerous driving"
        (row,) = [row for row in chart(told, "cases")["table"]["rows"] if said in row]
        row[row.index(said)] = "28 counts of dangerous driving"
    found = compare(old, read_page(copy))
    drawn = [chart for chart in found["charts"] if chart["parts"] == ["drawing"]]
    assert len(drawn) == 1
    (table,) = found["tables"]
    (row,) = table["rows"]
    assert (table["id"], row["change"]) == ("cases", "changed")
    assert row["cells"][0]["new"].startswith("28 counts")
    (text,) = found["texts"]
    assert text["words"].startswith("Those who died [-were-] {+are+} Miguel")
    assert changed_numbers(found, old, read_page(copy)).keys() == {"comparable.K1"}


def test_a_number_in_a_sentence_that_leads_to_a_file_counts_too(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        runs = [run for run in numbers(told) if run["text"] == "fifty"]
        assert [run["origin"] for run in runs] == ["table.crashes"]
        runs[0] |= {"value": 60, "text": "sixty"}
    found = compare(old, read_page(copy))
    assert summary(found) == "One paragraph changed."
    changed = changed_numbers(found, old, read_page(copy))
    assert {name: (one["old"], one["new"]) for name, one in changed.items()} == {
        "table.crashes": ("fifty", "sixty")
    }


def test_two_reports_are_no_two_editions(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        told["ledger"]["parameters"]["state"] = "TX"
        value(told, "crashes.fatal_crashes", 1)
    said = pileup("diff", old.path, copy)[1]
    assert "The two differ in state: two reports, not two editions." in said
    assert "[[" not in said


def test_the_proposed_entries_can_be_pasted(old: Page, copy: Path) -> None:
    with altered(copy) as told:
        value(told, "crashes.rank_by_vehicles", 42)  # rests on the fact, so that answers for it
        value(told, "crashes.set_aside", 2)
        value(told, "fact.F04", 27)
    status, said = pileup("diff", old.path, copy, "--json")
    assert status == 1
    record = json.loads(said)
    entries = [
        Change.model_validate(entry) for kind in tomllib.loads(record["proposed"]).values() for entry in kind
    ]
    assert {entry.number for entry in entries} == {"crashes.set_aside", "fact.F04"}
    assert {entry.date for entry in entries} == {old.edition.date}
    assert any("Crashes set aside with a reason: 2, not 1" in entry.text for entry in entries)
    assert record["old"]["edition"] == str(old.edition)


def test_a_text_keeps_its_words_in_a_comparison_by_words() -> None:
    assert by_words("ten years of prison", "twelve years in prison") == (
        "[-ten-] {+twelve+} years [-of-] {+in+} prison"
    )


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda page: shutil.rmtree(page), "no page; give a page that pileup made, or its folder"),
        (
            lambda page: (page / "index.html").write_bytes(b"\xff\xfe"),
            "no page; give a page that pileup made",
        ),
        (
            lambda page: (page / "record.json").unlink(),
            "record.json: is missing; make",
        ),
        (lambda page: (page / "record.json").write_text("[]"), "record.json: no record of a page"),
        (lambda page: (page / "manifest.json").unlink(), "manifest.json: is missing"),
        (lambda page: (page / "manifest.json").write_text("{"), "manifest.json: no manifest of a report"),
        (lambda page: (page / "findings.json").write_text(""), "findings.json: is empty"),
        (lambda page: (page / "tables" / "largest.csv").unlink(), "tables/largest.csv: is missing"),
        (lambda page: (page / "card.png").write_bytes(b"x"), "card.png: is not the file"),
    ],
)
def test_bad_input_is_one_line_and_status_2(made: Path, copy: Path, spoil: Spoil, said: str) -> None:
    spoil(copy)
    status, output = pileup("diff", made, copy)
    assert status == 2
    assert said in output
    assert output.count("\n") == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda page: (page / "findings.json").unlink(), "no findings.json beside the page"),
        (lambda page: (page / "findings.json").write_text("{"), "not readable as JSON"),
        (
            lambda page: (page / "findings.json").write_text("[]"),
            "not the parameters and findings of a report",
        ),
        (lambda page: redated(page, "soon"), "with a case and an edition YYYY-MM-DD"),
        (lambda page: redated(page, "2026-12-01"), "of the edition 2026-12-01, which the page does not name"),
        (lambda page: (page / "index.html").write_text("<!doctype html><p>"), "<p> has no end"),
    ],
)
def test_bad_input_of_an_older_page_is_one_line_and_status_2(
    made: Path, copy: Path, spoil: Spoil, said: str
) -> None:
    age(copy)
    spoil(copy)
    status, output = pileup("diff", made, copy)
    assert status == 2
    assert said in output
    assert output.count("\n") == 1


def redated(folder: Path, date: str) -> None:
    """Give the numbers beside an older page another edition."""
    path = folder / "findings.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["parameters"]["edition"] = date
    path.write_text(json.dumps(told), encoding="utf-8")
