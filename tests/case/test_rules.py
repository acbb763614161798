"""Each rule of a case file is broken once, and the fault is told with its line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from common import ROOT
from pileup.base.errors import PileupError
from pileup.case import formula, load
from pileup.desk.cli import main
from pileup.files.toml import line_of, locate

LONG = " ".join(["word"] * 25)
F1 = '    { source = "court" },\n'


def check(path: Path) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, ["case", "check", str(path)])
    return result.exit_code, result.output.splitlines()


def test_the_whole_case_has_no_fault(write_case):
    status, said = check(write_case())
    assert (status, said[0]) == (0, "my.toml: no faults; 4 facts, 3 sources")
    assert all(line.startswith("warning: case file my.toml, line ") for line in said[1:])


ACCOUNT = """[[account]]
id = "A1"
by = "defense"
who = "The lawyer"
text = "It was not fast, the lawyer said."
status = "claim"
"""
OTHER = """[[comparable]]
id = "K1"
person = "A driver"
what = "A truck"
place = "Ohio"
date = "2019"
killed = 1
plea_or_trial = "plea"
offense = "manslaughter"
sentence = "2 years"
named_then = "no"
status = "single-source"
sources = [{ source = "paper" }]
"""

#: What is replaced, by what, the text whose line is told, and what is said.
BROKEN = {
    "missing key": ('title = "A crash"\n', "", "[case]", "[case]: title is missing; add it"),
    "unknown key": (
        'road = "Road 1"',
        'road = "Road 1"\nlatitud = 1.5',
        "latitud",
        "[crash]: unknown key latitud (did you mean latitude?)",
    ),
    "unknown part": (
        '[[open]]\nid = "O1"',
        '[[facts]]\nid = "O1"',
        "[[facts]]",
        "unknown part facts (did you mean fact?)",
    ),
    "one part for a list": ("[[open]]", "[open]", "[open]", "open is a single part; [[open]] with double"),
    "a list for one part": ("[crash]", "[[crash]]", "[[crash]]", "crash is a list; [crash] with single"),
    "date as text": (
        "date = 2021-02-02",
        'date = "2021-02-02"',
        'date = "2021',
        "[[event]] E2: date is text; a date without quotes is right, such as 2019-04-25",
    ),
    "number as text": ("guilty = 2\n", 'guilty = "2"\n', 'guilty = "2"', "guilty is text; a whole number"),
    "text as number": ('by = "the court"', "by = 7", "by = 7", 'by is a number; text in "quotes" is right'),
    "a value of no kind": (
        "value = 12",
        "value = { a = 1 }",
        "value = {",
        "F1: value is a table; text, a num",
    ),
    "pattern": ('id = "O1"', 'id = "1 O"', "1 O", 'id is "1 O"; a letter and then letters'),
    "slug": ('id = "whole"', 'id = "A Crash"', "A Crash", 'id is "A Crash"; small letters and digits'),
    "address": (
        "https://example.org/record",
        "ftp://x",
        "ftp",
        'url is "ftp://x"; an address without blanks',
    ),
    "one of": ('kind = "imposed"', 'kind = "given"', "given", 'kind is "given"; one of "imposed"'),
    "out of range": (
        "years_each = 5.0",
        "years_each = -5.0",
        "-5.0",
        "years_each is -5.0; 0 or more is right",
    ),
    "too long a term": (
        "years_max = 10.0",
        "years_max = 1e6",
        "1e6",
        "years_max is 1000000.0; 100,000 or less",
    ),
    "empty": ('label = "Assault"', 'label = ""', 'label = ""', "label is empty; write it"),
    "empty value": ("value = 12", 'value = ""', 'value = ""', "F1: value is empty; write it"),
    "inside a list": (
        '{ source = "paper", quote',
        "{ source = 1, quote",
        "sources = [\n",
        "sources, no. 2, source is a",
    ),
    "id twice": ('id = "E4"', 'id = "F1"', 'id = "F1"\ndate', "id F1: this id stands twice"),
    "unknown source": (
        '"paper", quote',
        '"papr", quote',
        "sources = [\n",
        "source 'papr' is not among the [[source]] parts (did you mean paper?)",
    ),
    "no source": (
        'role = "deaths"\nsources = [{ source = "paper" }]',
        'role = "deaths"',
        '[[fact]]\nid = "F2"',
        "[[fact]] F2: a fact needs at least one source",
    ),
    "confirmed by one paper": (
        F1,
        "",
        'status = "confirmed"\nrole = "vehicles"',
        '[[fact]] F1: status is "confirmed"; that needs two sources of different publishers',
    ),
    "confirmed event by one paper": (
        'text = "The verdict."\nstatus = "confirmed"\nsources = [{ source = "court" }]',
        'text = "The verdict."\nstatus = "confirmed"\nsources = [{ source = "paper" }]',
        'status = "confirmed"\nsources = [{ source = "paper" }]',
        '[[event]] E2: status is "confirmed"',
    ),
    "event without a source": (
        'text = "The verdict."\nstatus = "confirmed"\nsources = [{ source = "court" }]',
        'text = "The verdict."\nstatus = "confirmed"',
        '[[event]]\nid = "E2"',
        '[[event]] E2: an event has a source; add sources = [{ source = "..." }]',
    ),
    "term without a source": (
        'by = "the court"\nstatus = "confirmed"\nsources = [{ source = "court" }]',
        'by = "the court"\nstatus = "derived"',
        '[[term]]\nid = "T1"',
        "[[term]] T1: a term has a source",
    ),
    "count without a source": (
        'run = "consecutive"\nstatus = "confirmed"\nsources = [{ source = "court" }]',
        'run = "consecutive"\nstatus = "confirmed"',
        '[[count]]\nid = "N1"',
        "[[count]] N1: a count has a source",
    ),
    "account without a source": (
        '[[open]]\nid = "O1"',
        f'{ACCOUNT}point = "The speed"\n\n[[open]]\nid = "O1"',
        "[[account]]",
        "[[account]] A1: an account has a source",
    ),
    "account of a side without its point": (
        '[[open]]\nid = "O1"',
        f'{ACCOUNT}sources = [{{ source = "paper" }}]\n\n[[open]]\nid = "O1"',
        "[[account]]",
        "[[account]] A1: an account by the defense needs its point",
    ),
    "unknown name in an account": (
        '[[open]]\nid = "O1"',
        ACCOUNT.replace("fast", "{F77}") + '\n[[open]]\nid = "O1"',
        'text = "It was not',
        "[[account]] A1: text names {F77}; no fact, event or term has this id",
    ),
    "a name that is kept off the page": (
        '[[open]]\nid = "O1"',
        f'{OTHER}unnamed = ["Doe"]\nnote = "Doe was alone."\n\n[[open]]\nid = "O1"',
        'note = "Doe',
        "[[comparable]] K1: note has 'Doe', whom K1 keeps off the page",
    ),
    "confirmed term by one paper": (
        'by = "the court"\nstatus = "confirmed"\nsources = [{ source = "court" }]',
        'by = "the court"\nstatus = "confirmed"\nsources = [{ source = "paper" }]',
        'status = "confirmed"\nsources = [{ source = "paper" }]',
        '[[term]] T1: status is "confirmed"; that needs two sources',
    ),
    "a role in doubt without a note": (
        'unit = "people"\nstatus = "single-source"',
        'unit = "people"\nstatus = "disputed"',
        'status = "disputed"',
        "and role 'deaths' uses it, so the page prints its note; add note",
    ),
    "a role that is known to be wrong": (
        'unit = "people"\nstatus = "single-source"',
        'unit = "people"\nstatus = "contradicted"\nnote = "It was one."',
        'status = "contradicted"',
        "role 'deaths' uses it; give what is established",
    ),
    "a claimed term without a note": (
        'by = "the court"\nstatus = "confirmed"',
        'by = "the court"\nstatus = "claim"',
        'status = "claim"',
        '[[term]] T1: status is "claim" and the page computes with it',
    ),
    "value against its statement": (
        "value = 12",
        "value = 21",
        "value = 21",
        "[[fact]] F1: value is 21; its statement says Twelve: make them agree",
    ),
    "day against its text": (
        'text = "The verdict."',
        'text = "On February 3, 2021, the jury gave its verdict."',
        "date = 2021-02-02",
        "[[event]] E2: date is 2021-02-02; its text says February 3, 2021",
    ),
    "crash on another day": (
        "date = 2020-02-02\nkind",
        "date = 2020-02-12\nkind",
        "date = 2020-02-12\nkind",
        "[[event]] E1: date is 2020-02-12; [crash] has 2020-02-02",
    ),
    "hour against its text": (
        'text = "The crash."',
        'time = 16:53:00\ntext = "The crash, at 4:35 p.m."',
        "time = 16:53",
        "[[event]] E1: time is 16:53; its text says 4:35 p.m.",
    ),
    "term on another day": (
        'by = "the court"',
        'by = "the court"\ndate = 2022-03-03',
        "date = 2022-03-03",
        "[[term]] T1: date is 2022-03-03; the sentence is on 2021-03-03 (E3)",
    ),
    "term against its label": (
        'label = "Imposed"',
        'label = "Twelve years, imposed"',
        "years_max",
        "[[term]] T1: the term is 10 years; its words say Twelve years",
    ),
    "term against its note": (
        'by = "the court"',
        'by = "the court"\nnote = "2 x 50 months, one after another."',
        "years_max",
        "the term is 10 years; its words say 2 x 50 months",
    ),
    "years of a count against its words": (
        'label = "Assault"',
        'label = "Assault, six years each"',
        "years_each",
        "[[count]] N1: years_each is 5; its words say six years",
    ),
    "sum in a note": (
        "not_guilty = 1",
        'not_guilty = 1\nnote = "2 x 5 = 12 years."',
        'note = "2 x 5',
        "[[count]] N1: note says 2 x 5 = 12; 2 x 5 = 10 would be right",
    ),
    "day of the week": (
        'text = "The verdict."',
        'text = "The verdict, on Monday, February 2, 2021."',
        'text = "The verdict, on',
        "[[event]] E2: text says Monday, February 2, 2021; that was a Tuesday",
    ),
    "link with another number": (
        "{F1} vehicles",
        "[Ninety](fact.F1) vehicles",
        'text = """',
        "“Ninety” leads to fact.F1, which says no such number",
    ),
    "number without unit": ('unit = "days"\n', "", "value = 366", "value is 366; a number needs a unit"),
    "size": (
        "value = 12",
        "value = -5",
        "value = -5",
        "[[fact]] F1: value is -5; a number of vehicles is a whole number from 1 to 10000",
    ),
    "role twice": (
        'formula = "days(E1, E2)"',
        'formula = "days(E1, E2)"\nrole = "age"\n[[fact]]\nid = "F9"\ngroup = "g"\nstatement = "s"'
        '\nvalue = "x"\nstatus = "not found"\nrole = "age"',
        'role = "age"\n\n',
        "[[fact]] F9: role 'age' is given to F3 already",
    ),
    "verdict before crash": (
        "date = 2021-02-02",
        "date = 2019-02-02",
        "date = 2019",
        "[[event]] E2: date is 2019-02-02; a verdict is not before the crash of 2020-02-02",
    ),
    "sentence before verdict": (
        "date = 2021-03-03",
        "date = 2021-02-01",
        "date = 2021-02-01",
        "[[event]] E3: date is 2021-02-01; the sentence is not before the verdict of 2021-02-02 (E2)",
    ),
    "commutation before sentence": (
        "date = 2022-04-04",
        "date = 2021-03-02",
        "date = 2021-03-02",
        "[[event]] E4: date is 2021-03-02; the commutation is not before the sentence of 2021-03-03 (E3)",
    ),
    "end before start": (
        "date = 2022-04-04",
        "date = 2022-04-04\ndate_end = 2022-04-03",
        "date_end",
        "date_end 2022-04-03 is before date 2022-04-04",
    ),
    "count does not add up": (
        "not_guilty = 1",
        "not_guilty = 2",
        "tried = 3",
        "[[count]] N1: tried 3 is not guilty",
    ),
    "sum of counts": (
        "value = 3\n",
        "value = 4\n",
        "value = 4\n",
        "value is 4; the [[count]] parts add up to 3",
    ),
    "consecutive terms": (
        "years_each = 5.0",
        "years_each = 6.0",
        "years_min",
        "[[term]] T1: years_min is 10; the consecutive counts make 2 x 6 = 12 years",
    ),
    "ends of a term": (
        "years_max = 10.0",
        "years_max = 9.0",
        "years_min",
        "years_min 10 is more than years_max 9",
    ),
    "no formula": (
        'formula = "days(E1, E2)"\n',
        "",
        '[[fact]]\nid = "F3"',
        "[[fact]] F3: a derived fact needs its formula",
    ),
    "formula and value": (
        "days(E1, E2)",
        "days(E1, E3)",
        "days(",
        'formula "days(E1, E3)" gives 395, not 366',
    ),
    "formula is no expression": (
        "days(E1, E2)",
        "exec(1)",
        "exec",
        "it may hold numbers, ids, days(from, to)",
    ),
    "formula with unknown id": ("days(E1, E2)", "days(E1, E9)", "E9", "E9 is no id of a fact or event"),
    "finding without name": (
        "days(E1, E2)",
        "finding: many",
        "many",
        'formula "finding: many" names no finding',
    ),
    "long quote": ("twelve vehicles", LONG, "sources = [\n", "quote has 25 words; fewer than 25 is right"),
    "uncited source": (
        'unused = "A copy of the report."\n',
        "",
        '[[source]]\nid = "paper-copy"',
        "[[source]] paper-copy: nothing cites this source",
    ),
    "cited and unused": (
        '{ source = "paper", q',
        '{ source = "paper-copy", q',
        "unused",
        "but the source is cited",
    ),
    "unknown name in braces": (
        "On {E1}",
        "On {E7}",
        "standfirst",
        "[case]: standfirst names {E7}; no fact, event or",
    ),
    "unknown role in braces": (
        "{role.vehicles}",
        "{role.age}",
        "status_now",
        "no fact with a value has the role 'age'",
    ),
    "name without value": ("value = 3\n", "", 'text = """', "text names {F4}; that fact has no value"),
    "brace without name": (
        "{F1} vehicles",
        "{ F1 } vehicles",
        'text = """',
        "text has a brace that holds no name",
    ),
    "look again": (
        "look_again = 2027",
        "look_again = 2025",
        "look_again",
        "look_again 2025-01-01 is not after as_of",
    ),
    "year of the key": (
        'road = "Road 1"',
        'road = "Road 1"\nfars_year = 2019\nfars_state = 8\nfars_case = 80001',
        "fars_year",
        "fars_year 2019 is not the year of",
    ),
    "state of the key": (
        'road = "Road 1"',
        'road = "Road 1"\nfars_year = 2020\nfars_state = 9\nfars_case = 90001',
        "fars_state",
        "fars_state 9 is not the number of CO",
    ),
    "half a key": (
        'road = "Road 1"',
        'road = "Road 1"\nfars_year = 2020\nfars_state = 8',
        "fars_year",
        "fars_year, fars_state and fars_case go together",
    ),
    "key of no crash": (
        'road = "Road 1"',
        'road = "Road 1"\nfars_year = 2020\nfars_state = 8\nfars_case = 80001',
        "fars_case",
        "fars_case 80001: no crash of Colorado in 2020 with 5 or more vehicles or 3 or more deaths has this",
    ),
    "published too late": (
        "[crash]\n",
        "published = 2999-01-01\n\n[crash]\n",
        "published",
        "published on 2999-01-01, after as_of",
    ),
    "change without a page": (
        "[crash]\n",
        '[[update]]\ndate = 2020-01-01\ntext = "A word."\n\n[crash]\n',
        "[[update]]",
        "a change of a page that is not published; give [case] published",
    ),
    "contact": (
        "[crash]\n",
        'contact = "me"\n\n[crash]\n',
        "contact",
        'contact is "me"; an address that begins',
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_is_told_with_its_line(write_case, name):
    old, new, at, said = BROKEN[name]
    path = write_case((old, new))
    text = path.read_text(encoding="utf-8")
    status, faults = check(path)
    line = text[: text.index(at)].count("\n") + 1
    assert status == 2
    assert any(fault.startswith(f"case file my.toml, line {line}: ") and said in fault for fault in faults), (
        faults
    )


def test_twenty_faults_are_told_in_one_run(write_case):
    names = [
        *("unknown key", "date as text", "text as number", "pattern", "address", "empty", "unknown source"),
        *("no source", "number without unit", "size", "commutation before sentence", "end before start"),
        *("count does not add up", "uncited source", "unknown name in braces", "unknown role in braces"),
        *(
            "brace without name",
            "year of the key",
            "state of the key",
            "confirmed by one paper",
            "missing key",
        ),
    ]
    skipped = {"end before start", "year of the key", "state of the key"}  # their line is changed by another
    names = [name for name in names if name not in skipped]
    more = [
        ("date = 2020-02-02\nplace", "date = 2020-02-02\nfars_state = true\nplace"),
        ("tried = 3\n", "tried = -3\n"),
        ('looked = "In the papers."\n', ""),
        ('chapter = "after"', 'chapter = "later"'),
    ]
    names.remove("count does not add up")
    path = write_case(*(BROKEN[name][:2] for name in names), *more)
    status, faults = check(path)
    assert status == 2
    joined = "\n".join(faults)
    told = [name for name in names if name not in ("confirmed by one paper", "unknown source")]
    for name in told:
        assert BROKEN[name][3] in joined, name
    assert "source 'papr' is not among" in joined
    for said in (
        "fars_state is true or false",
        "tried is -3; 0 or more",
        "looked is missing",
        'chapter is "later"; one of',
    ):
        assert said in joined, said
    assert len(faults) >= 20
    lines = [int(re.search(r"line (\d+): ", fault)[1]) for fault in faults]
    assert lines == sorted(lines)


def test_the_report_tells_all_faults_in_one_line(write_case):
    path = write_case(("value = 12", "value = -5"), ('label = "Assault"', 'label = ""'))
    with pytest.raises(PileupError) as caught:
        load.load_case(str(path))
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("case file my.toml, line 42: [[fact]] F1: value is -5; ")
    assert re.search(r"; line \d+: \[\[count\]\] N1: label is empty", message)
    assert len(caught.value.faults) == 2


def test_a_spoilt_part_brings_no_second_fault(write_case):
    """Sums, citations and names that lean on an invalid part are not judged."""
    status, faults = check(write_case(("guilty = 2\n", 'guilty = "2"\n'), ("value = 12", "value = [12]")))
    assert status == 2
    assert len(faults) == 2


def test_events_known_by_month_may_share_it(write_case):
    changed = ("date = 2021-03-03", 'date = 2021-02-01\nprecision = "month"')
    assert check(write_case(changed))[0] == 0


def test_two_reports_of_one_agency_do_not_confirm(write_case):
    copied = (f"{F1}", '    { source = "paper-copy" },\n')
    status, faults = check(write_case(copied, ('unused = "A copy of the report."\n', "")))
    assert status == 2
    assert len(faults) == 1
    assert "different publishers" in faults[0]


def test_two_opinions_do_not_confirm(write_case):
    opinion = ('tier = "official"', 'tier = "opinion"')
    status, faults = check(write_case(opinion))
    assert status == 2
    assert all('status is "confirmed"; that needs' in fault for fault in faults)


def test_a_file_that_is_not_toml_is_told_with_its_line(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text('[case]\nid = "a"\nas_of = 2026-02-30\n')
    status, faults = check(path)
    assert status == 2
    assert len(faults) == 1
    assert "line 3" in faults[0]


@pytest.mark.parametrize("name", load.known_cases())
def test_the_shipped_files_have_no_fault(name):
    status, said = check(load.CASES / f"{name}.toml")
    assert status == 0
    assert all(line.startswith("warning: ") for line in said[1:])
    assert said[0].startswith(f"{name}.toml: no faults; ")


def test_one_source_is_not_told_as_several():
    assert check(ROOT / "docs" / "small-case.toml")[1] == ["small-case.toml: no faults; 2 facts, 1 source"]


def test_lines_of_a_file():
    text = 'a = [\n  "[[x]]", # ]\n]\n[t]\nb.c = """\n[[no]]\nd = 1\n"""\ne = \'\'\'\n[f]\'\'\'\n'
    text += "[[l]]\n[[l.m]]\nx = 1\n[[l]]\n'q k' = { z = [\n] }\n[[l.m]]\n  [[l.m]]\n  y = 1\n"
    lines = locate(text)
    assert lines[("a",)] == 1
    assert lines[("t",)] == 4
    assert lines[("t", "b", "c")] == 5
    assert lines[("t", "e")] == 9
    assert lines[("l", 0)] == 11
    assert lines[("l", 0, "m", 0, "x")] == 13
    assert lines[("l", 1, "q k")] == 15
    assert lines[("l", 1, "m", 1, "y")] == 19
    assert not {"no", "x", "d", "f"} & {place[0] for place in lines}
    assert line_of(lines, ("l", 1, "gone", 3)) == 14
    assert line_of(lines, ("gone",)) is None


KNOWN = {"A": 6, "B-1.x": 85, "words": "six", "flag": True}


@pytest.mark.parametrize(
    ("text", "value", "good"),
    [
        ("A / B-1.x * 60", 4.2, True),
        ("A / B-1.x * 60", 4.3, False),
        ("4 * 6", 24, True),
        ("-(2 - 4) * 1.5", 3, True),
        ("2 to 4 * 6", "2-24", True),
        ("2 to 4 * 6", "2-25", False),
        ("text: by hand", None, True),
        ("text:", None, False),
        ("finding: crashes.at_least_both", None, True),
        ("4 * 6", None, False),
        ("4 * 6", "24", False),
        ("words + 1", 7, False),
        ("flag + 1", 2, False),
        ("True + 1", 2, False),
        ("2 ** 3", 8, False),
        ("1 / 0", 1, False),
        ("days(A, A)", 0, False),
        ("A.__class__", 1, False),
        ("().__class__", 1, False),
        ("_0", 1, False),
        ("(" * 300, 1, False),
        ("1 if 1 else 2", 1, False),
    ],
)
def test_formulas(text, value, good):
    assert (formula.fault(text, value, KNOWN) is None) is good


def test_the_schema_that_ships_is_made_from_the_models():
    shipped = (load.CASES / "case.schema.json").read_text(encoding="utf-8")
    assert shipped == load.schema(), "run: pileup case schema > data/cases/case.schema.json"


@pytest.mark.parametrize(("named", "said"), [("F99", "no fact, event, count or term"), ("F04a", "itself")])
def test_a_part_follows_from_another_part_of_the_file(tmp_path: Path, named: str, said: str) -> None:
    text = (load.CASES / "aguilera-mederos.toml").read_text(encoding="utf-8")
    first = 'id = "F04a"\ngroup = "crash"\nfollows = ["F04"]'
    assert text.count(first) == 1
    path = tmp_path / "my.toml"
    path.write_text(text.replace(first, first.replace('["F04"]', f'["{named}"]')), encoding="utf-8")
    with pytest.raises(PileupError, match=said):
        load.load_case(str(path))
