"""`pileup diff`: every kind of change is told, in words, with its reason and the entry that it asks for."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from common import pileup
from editing import BASE, finding, remark, replace, without_marks
from pileup.case.model import Change
from pileup.make.run import write_single
from pileup.publish.diff import by_words, changed_numbers, compare, covered, roots
from pileup.publish.published import Page, read_page
from pileup.publish.words import summary


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
    assert len(old.charts) == 22
    assert set(old.charts) <= set(old.tables)
    assert old.entries["fact.F04"]["status"] == "confirmed"
    assert [one for one in old.entries["fact.F04"]["sources"] if one.startswith("codot")]
    assert {"table.crashes", "law.file", "case.file"} <= old.data.keys()
    assert any("25 April 2019" in text for text in old.texts)
    computed = old.findings.keys() - old.entries.keys()
    assert {"crashes.rank_by_vehicles", "sentence.imposed_years"} <= computed


def test_a_number_is_told_with_the_number_that_moved_it(old: Page, copy: Path) -> None:
    finding(copy, "crashes.at_least_vehicles", value=44)
    finding(copy, "crashes.one_in", value=40858)
    status, said = pileup("diff", old.path, copy)
    assert status == 1
    assert said.startswith("Two findings changed.\n")
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
    without_marks(before)
    finding(copy, "crashes.fatal_crashes", value=1797760)
    replace(copy, ("Edition: FARS 1975-2019 final, 2020-2022 first release.</p>", "Edition: FARS.</p>"))
    one, other = read_page(before), read_page(copy)
    found = compare(one, other)
    assert whys(found, "crashes.fatal_crashes") == ["unknown"]
    assert "why: it cannot be known" in pileup("diff", before, copy)[1]
    assert [change["id"] for change in found["data"]] == ["table.crashes"]
    changed = changed_numbers(found, one, other)
    for named, answers in (("table.crashes", True), ("crashes.fatal_crashes", True), ("table.miles", False)):
        assert covered(changed, {named}) == {"crashes.fatal_crashes": answers}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "no input changed, nor the code that makes it: a package that it uses did"),
        (
            {"label": "Crashes"},
            "no input changed, nor the code that makes it: a package that it uses did",
        ),
        ({"code": "0" * 16}, "the function that makes it changed"),
    ],
)
def test_a_number_that_no_input_moved_was_moved_by_code(
    old: Page, copy: Path, changed: dict, says: str
) -> None:
    finding(copy, "crashes.fatal_crashes", value=1, **changed)
    found = compare(old, read_page(copy))
    (change,) = (one for one in found["findings"] if one["id"] == "crashes.fatal_crashes")
    assert change["why"] == [{"id": "code", "says": says}]


def test_code_that_changed_beside_an_input_is_told_and_no_entry_for_the_input_covers_it(
    old: Page, copy: Path
) -> None:
    finding(copy, "crashes.fatal_crashes", value=1, code="0" * 16)
    remark(copy, "table.crashes")
    new = read_page(copy)
    found = compare(old, new)
    assert whys(found, "crashes.fatal_crashes") == ["table.crashes", "code"]
    changed = changed_numbers(found, old, new)
    assert covered(changed, {"table.crashes"}) == {"crashes.fatal_crashes": False}
    assert covered(changed, {"crashes.fatal_crashes"}) == {"crashes.fatal_crashes": True}


def test_a_number_is_told_with_the_fact_and_the_table_that_moved_it(old: Page, copy: Path) -> None:
    finding(copy, "fact.F04", value=27)
    finding(copy, "crashes.rank_by_vehicles", value=50)
    finding(copy, "crashes.fatal_crashes", value=1)
    remark(copy, "fact.F04", "table.crashes", "table.miles")
    path = copy / "findings.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"vehicles": 28', '"vehicles": 27', 1))
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


def test_what_a_page_without_marks_claims_of_its_inputs_is_no_change(made: Path, copy: Path) -> None:
    before = shutil.copytree(made, copy.parent / "before")
    finding(before, "crashes.fatal_crashes", computed_from=["table crashes"], origins=["table.crashes"])
    assert "computed_from" in str(compare(read_page(before), read_page(copy))["findings"])
    without_marks(before)
    assert pileup("diff", before, copy) == (0, "Nothing changed.\n")


def test_a_fact_is_told_in_value_status_and_sources(old: Page, copy: Path) -> None:
    finding(copy, "fact.F04", value=27)
    rest = "vehicles, his truck included.</span>"
    shown = '<data value="{n}">{n} vehicles</data> <span class="meta">fact.F04 ·'
    old_entry, new_entry = (f"The crash involved {n} {rest} {shown.format(n=n)}" for n in (28, 27))
    remark(copy, "fact.F04")
    replace(copy, (f"{old_entry} confirmed", f"{new_entry} disputed"))
    text = (copy / "index.html").read_text(encoding="utf-8")
    start = text.index('id="how-fact.F04"')
    link = text.index('<li><a href="#how-source.codot">', start)
    end = text.index("</li>", link) + len("</li>")
    (copy / "index.html").write_text(text[:link] + text[end:], encoding="utf-8")
    status, said = pileup("diff", old.path, copy)
    assert status == 1
    assert said.startswith("One fact changed.\n")
    assert "value: 28 vehicles became 27 vehicles" in said
    assert "status: confirmed became disputed" in said
    assert "statement: The crash involved [-28-] {+27+} vehicles," in said
    assert "source gone: codot: “24 passenger vehicles and four semi-trucks”" in said


def test_a_page_is_read_by_its_structure_whatever_its_words(old: Page, made: Path, copy: Path) -> None:
    before = shutil.copytree(made, copy.parent / "before")
    pairs = (
        ('<html lang="en">', '<html lang="es">'),
        (">How we know</a>", ">Cómo lo sabemos</a>"),
        (" · as of ", " · a fecha de "),
        ("As known on ", "Según lo conocido al "),
        ("tables crashes, large-crashes", "tablas crashes, large-crashes"),
        ("years 1975 to 2022", "años 1975 a 2022"),
        ("edition 2026-11-27", "edición 2026-11-27"),
        (">27 November 2026</time>", ">27 de noviembre de 2026</time>"),
    )
    for folder in (before, copy):
        for file in (folder / "index.html", folder / "findings.json"):
            text = file.read_text(encoding="utf-8")
            for one, other in pairs:
                text = text.replace(one, other)
            file.write_text(text, encoding="utf-8")
    spanish = read_page(before)
    assert (old.language, spanish.language) == ("en", "es")
    assert (old.as_known, spanish.as_known) == ("27 November 2026", "27 de noviembre de 2026")
    assert spanish.entries == old.entries
    assert [one["as_of"] for one in spanish.entries.values() if one["as_of"]]
    assert {name: one["words"] for name, one in spanish.charts.items()} == {
        name: one["words"] for name, one in old.charts.items()
    }
    finding(copy, "crashes.fatal_crashes", value=1, computed_from=["tabla crashes", "otra cosa"])
    finding(copy, "crashes.at_least_vehicles", value=44)
    finding(copy, "crashes.one_in", value=40858)
    replace(copy, (">27 de noviembre de 2026</time></a>.", ">30 de noviembre de 2026</time></a>."))
    found = compare(spanish, read_page(copy))
    assert whys(found, "crashes.one_in") == ["crashes.at_least_vehicles", "crashes.fatal_crashes"]
    assert whys(found, "crashes.fatal_crashes") == ["code"]
    assert found["texts"] == []


def test_two_languages_are_two_reports(old: Page, copy: Path) -> None:
    path = copy / "findings.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"language": "en"', '"language": "es"', 1), encoding="utf-8"
    )
    finding(copy, "crashes.fatal_crashes", value=1)
    assert "The two differ in language: two reports, not two editions." in pileup("diff", old.path, copy)[1]


def test_days_to_an_edition_move_with_it_on_a_page_without_ids_of_inputs_too(made: Path, copy: Path) -> None:
    before = shutil.copytree(made, copy.parent / "before")
    path = before / "findings.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    for one in record["findings"]:
        one.pop("origins", None)
    del record["marks"]
    record["parameters"].pop("language")
    path.write_text(json.dumps(record), encoding="utf-8")
    assert pileup("diff", before, copy) == (0, "Nothing changed.\n")
    days = "case.days_to_parole_eligibility"
    value = read_page(copy).findings[days]["value"]
    finding(copy, days, value=value - 3)
    text = (copy / "findings.json").read_text(encoding="utf-8")
    (copy / "findings.json").write_text(
        text.replace('"edition": "2026-11-27"', '"edition": "2026-11-30"', 1), encoding="utf-8"
    )
    page = (copy / "index.html").read_text(encoding="utf-8")
    (copy / "index.html").write_text(page.replace('datetime="2026-11-27"', 'datetime="2026-11-30"'))
    found = compare(read_page(before), read_page(copy))
    assert whys(found, days) == ["unknown"]
    assert changed_numbers(found, read_page(before), read_page(copy)) == {}


def test_what_is_gone_or_new_is_told(old: Page, copy: Path) -> None:
    path = copy / "findings.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["findings"] = [one for one in record["findings"] if one["id"] != "crashes.one_in"]
    path.write_text(json.dumps(record), encoding="utf-8")
    found = compare(old, read_page(copy))
    assert summary(found) == "One finding is gone."
    assert changed_numbers(found, old, read_page(copy))["crashes.one_in"]["new"] is None
    back = compare(read_page(copy), old)
    assert summary(back) == "One finding is new."
    assert changed_numbers(back, read_page(copy), old) == {}


def test_a_drawing_alone_a_row_and_a_paragraph(old: Page, copy: Path) -> None:
    replace(
        copy,
        ('<g clip-path="', '<g data-moved="1" clip-path="'),
        ("Those who died were Miguel", "The dead were Miguel"),
        (
            ">29</a> counts of dangerous",
            ">28</a> counts of dangerous",
        ),
    )
    found = compare(old, read_page(copy))
    drawn = [chart for chart in found["charts"] if chart["parts"] == ["drawing"]]
    assert len(drawn) == 1
    (table,) = found["tables"]
    (row,) = table["rows"]
    assert (table["id"], row["change"]) == ("comparables", "changed")
    assert row["cells"][0]["new"].startswith("28 counts")
    (text,) = found["texts"]
    assert text["words"].startswith("[-Those who died-] {+The dead+} were Miguel")
    assert changed_numbers(found, old, read_page(copy)).keys() == {"comparable.K1"}


def test_a_number_in_a_sentence_that_leads_to_a_file_counts_too(old: Page, copy: Path) -> None:
    replace(copy, (">fifty</data>", ">sixty</data>"))
    found = compare(old, read_page(copy))
    assert summary(found) == "One paragraph changed."
    changed = changed_numbers(found, old, read_page(copy))
    assert {name: (one["old"], one["new"]) for name, one in changed.items()} == {
        "table.crashes": ("fifty", "sixty")
    }


def test_two_reports_are_no_two_editions(old: Page, copy: Path) -> None:
    path = copy / "findings.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"state": "CO"', '"state": "TX"', 1))
    finding(copy, "crashes.fatal_crashes", value=1)
    said = pileup("diff", old.path, copy)[1]
    assert "The two differ in state: two reports, not two editions." in said
    assert "[[" not in said


def test_the_proposed_entries_can_be_pasted(old: Page, copy: Path) -> None:
    finding(copy, "crashes.rank_by_vehicles", value=42)  # rests on the fact, so that answers for it
    finding(copy, "crashes.set_aside", value=2)
    finding(copy, "fact.F04", value=27)
    status, said = pileup("diff", old.path, copy, "--json")
    assert status == 1
    record = json.loads(said)
    entries = [
        Change.model_validate(entry) for kind in tomllib.loads(record["proposed"]).values() for entry in kind
    ]
    assert {entry.number for entry in entries} == {"crashes.set_aside", "fact.F04"}
    assert {entry.date for entry in entries} == {old.edition}
    assert any("Crashes set aside with a reason: 2, not 1" in entry.text for entry in entries)
    assert record["old"]["edition"] == old.edition.isoformat()


def test_a_text_keeps_its_words_in_a_comparison_by_words() -> None:
    assert by_words("ten years of prison", "twelve years in prison") == (
        "[-ten-] {+twelve+} years [-of-] {+in+} prison"
    )


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda page: shutil.rmtree(page), "no page; give a page that pileup made, or its folder"),
        (lambda page: (page / "findings.json").unlink(), "no findings.json beside the page"),
        (lambda page: (page / "findings.json").write_text("{"), "not readable as JSON"),
        (
            lambda page: (page / "findings.json").write_text("[]"),
            "not the parameters and findings of a report",
        ),
        (
            lambda page: (page / "findings.json").write_text(
                (page / "findings.json").read_text().replace(f'"edition": "{BASE}"', '"edition": "soon"')
            ),
            "with a case and an edition YYYY-MM-DD",
        ),
        (
            lambda page: (page / "findings.json").write_text(
                (page / "findings.json")
                .read_text()
                .replace(f'"edition": "{BASE}"', '"edition": "2026-12-01"')
            ),
            "of the edition 2026-12-01, which the page does not name",
        ),
        (lambda page: (page / "index.html").write_bytes(b"\xff\xfe"), "cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_status_2(made: Path, copy: Path, spoil, said: str) -> None:
    spoil(copy)
    status, output = pileup("diff", made, copy)
    assert status == 2
    assert said in output
    assert output.count("\n") == 1
