"""Wrong case files, one change each, with what is told in which line; and right neighbors."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from common import pileup
from pileup.base.errors import PileupError
from pileup.case import load
from pileup.case.warned import warnings
from pileup.files import toml

Write = Callable[..., Path]

#: A fact more, put before the first event.
EVENT = '[[event]]\nid = "E1"'
DATED = 'tier = "official"'


def fact(value: str, unit: str = "units", **more: str) -> tuple[str, str]:
    """Return the change that adds a fact with this value."""
    rest = "".join(f"{key} = {text}\n" for key, text in {"statement": '"S."', **more}.items())
    return (
        EVENT,
        f'[[fact]]\nid = "X"\ngroup = "crash"\nvalue = {value}\nunit = "{unit}"\nstatus = "single-source"\n'
        f'{rest}sources = [{{ source = "paper" }}]\n\n{EVENT}',
    )


def role(name: str, value: str, unit: str = "units") -> tuple[str, str]:
    """Return the change that adds a fact with this role."""
    return fact(value, unit, role=f'"{name}"')


def derived(value: str, formula: str) -> tuple[str, str]:
    """Return the change that adds a derived fact."""
    change = fact(value, formula=f'"{formula}"')
    return change[0], change[1].replace('"single-source"', '"derived"')


def passage(text: str) -> tuple[str, str]:
    """Return the change that adds a paragraph."""
    return "[[dispute]]", f'[[passage]]\nchapter = "after"\ntext = "{text}"\n\n[[dispute]]'


def term(kind: str, years: str, **more: str) -> tuple[str, str]:
    """Return the change that adds a term."""
    rest = "".join(f"{key} = {text}\n" for key, text in more.items())
    return (
        "[[open]]",
        f'[[term]]\nid = "T2"\nkind = "{kind}"\nlabel = "L"\nyears_min = {years}\nyears_max = {years}\n'
        f'by = "he"\nstatus = "confirmed"\n{rest}sources = [{{ source = "court" }}]\n\n[[open]]',
    )


def source(publisher: str, **more: str) -> tuple[str, str]:
    """Return the change that adds a source."""
    rest = "".join(f"{key} = {text}\n" for key, text in more.items())
    return (
        '[[source]]\nid = "paper-copy"',
        f'[[source]]\nid = "more"\npublisher = "{publisher}"\ntitle = "T"\nurl = "https://example.org/more"\n'
        f'tier = "press"\nunused = "A test."\n{rest}\n[[source]]\nid = "paper-copy"',
    )


#: What is changed, the text whose line is told, and what is said of it.
WRONG: dict[str, tuple[tuple[str, str], str, str]] = {
    "inf": (fact("inf"), "value = inf", "value is inf; a finite number is right"),
    "nan": (fact("nan"), "value = nan", "value is nan; a finite number is right"),
    "minus inf": (fact("-inf"), "value = -inf", "value is -inf; a finite number is right"),
    "an endless number": (fact("1e999"), "value = 1e999", "value is inf; a finite number is right"),
    "inf as vehicles": (("value = 12", "value = inf"), "value = inf", "a whole number from 1 to 10000"),
    "below zero": (fact("-5", "people"), "value = -5", "people below zero cannot be"),
    "absurd": (fact("9e20"), "value = 9e20", "1,000,000,000,000,000 or less is right"),
    "true with a unit": (fact("true"), "value = true", "a number is due beside the unit 'units'"),
    "true as speed": (role("speed", "true", "mph"), "value = true", "a number is due"),
    "text as speed": (role("speed", '"85"', "mph"), 'value = "85"', "a speed is a number, without quotes"),
    "a speed of 900": (role("speed", "900", "mph"), "value = 900", "a speed from 0 to 400 is right"),
    "a speed by its unit": (fact("401", "mph"), "value = 401", "a speed from 0 to 400 is right"),
    "a speed below zero": (role("speed", "-1", "mph"), "value = -1", "a speed from 0 to 400 is right"),
    "a limit of 700": (role("limit", "700", "mph"), "value = 700", "a speed limit from 0 to 150"),
    "an age of 231": (role("age", "231", "years"), "value = 231", "an age from 0 to 130 is right"),
    "an age by its unit": (fact("200", "years old"), "value = 200", "an age from 0 to 130 is right"),
    "a milepost below zero": (role("crash_milepost", "-3"), "value = -3", "a milepost from 0 to 10,000"),
    "a time as text": (role("crash_time", '"noon"'), 'value = "noon"', "a time without quotes is right"),
    "a day as a number": (role("parole_eligible", "2026"), "value = 2026", "a date without quotes is right"),
    "a term of 50,000 years": (term("asked", "50000.0"), "years_min = 50000.0", "10,000 or less is right"),
    "a term below zero": (term("asked", "-1.0"), "years_min = -1.0", "0 or more is right"),
    "a latitude of 139": (
        ('road = "Road 1"', 'road = "Road 1"\nlatitude = 139.0\nlongitude = -105.0'),
        "latitude",
        "latitude is 139; -90 to 90 is right",
    ),
    "an endless latitude": (
        ('road = "Road 1"', 'road = "Road 1"\nlatitude = nan\nlongitude = -105.0'),
        "latitude",
        "latitude is nan; -90 to 90 is right",
    ),
    "one coordinate": (
        ('road = "Road 1"', 'road = "Road 1"\nlatitude = 39.0'),
        "[crash]",
        "latitude and longitude go together",
    ),
    "the year 1": (
        ('tier = "official"', 'tier = "official"\ndate = 0001-01-01'),
        "date = 0001-01-01",
        "date is 0001-01-01; a year from 1600 to 2176 is right",
    ),
    "the year 9999": (
        ("look_again = 2027-01-01", "look_again = 9999-12-31"),
        "look_again = 9999",
        "look_again is 9999-12-31; a year from 1900 to 2176 is right",
    ),
    "an event of 1": (
        ("date = 2021-02-02", "date = 0001-02-02"),
        "date = 0001",
        "from 1900 to 2176 is right",
    ),
    "an event of 9999": (("date = 2022-04-04", "date = 9999-04-04"), "date = 9999", "a year from 1900"),
    "a crash of 1899": (
        ("[crash]\ndate = 2020-02-02", "[crash]\ndate = 1899-02-02"),
        "date = 1899",
        "date is 1899-02-02; a year from 1900 to 2176 is right",
    ),
    "a crash after as_of": (
        ("as_of = 2026-01-01", "as_of = 2020-01-01"),
        "[crash]\ndate",
        "the crash is after as_of, 2020-01-01, of the file",
    ),
    "a verdict to come": (
        ("date = 2022-04-04", "date = 2026-04-04"),
        "date = 2026-04-04",
        "date is 2026-04-04, after as_of, 2026-01-01, of the file; only a hearing, a trial or a parole can",
    ),
    "a source of a day to come": (
        (DATED, f"{DATED}\ndate = 2026-02-02"),
        "date = 2026-02-02",
        "date is 2026-02-02; a source is after as_of",
    ),
    "a source older than the verdict": (
        (DATED, f"{DATED}\ndate = 2021-02-01"),
        '{ source = "court" }]\n\n[[event]]\nid = "E3"',
        "source court is of 2021-02-01, before the verdict of 2021-02-02",
    ),
    "a source older than the crash": (
        ('tier = "press"', 'tier = "press"\ndate = 2020-02-01'),
        "sources = [\n    { source",
        "source paper is of 2020-02-01, before the crash of 2020-02-02",
    ),
    "a term before its event": (
        ('by = "the court"\n', 'by = "the court"\ndate = 2021-03-04\n'),
        "date = 2021-03-04",
        "date is 2021-03-04; the sentence is on 2021-03-03 (E3)",
    ),
    "the crash on another day": (
        ("[crash]\ndate = 2020-02-02", "[crash]\ndate = 2020-02-03"),
        'date = 2020-02-02\nkind = "crash"',
        "date is 2020-02-02; [crash] has 2020-02-03",
    ),
    "a value against its words": (("value = 12", "value = 21"), "value = 21", "its statement says Twelve"),
    "commuted to more": (term("commuted", "12.0"), "years_max = 12.0", "commuted from 10 (T1)"),
    "more cars than vehicles": (role("cars", "13", "cars"), "value = 13", "more than all 12 vehicles (F1)"),
    "more dead than people": (role("people", "1", "people"), "value = 1\n", "2 dead are more: one is wrong"),
    "a publisher in two spellings": (
        source("The  COURT, Inc."),
        'publisher = "The  COURT, Inc."',
        "and 'The Court' in court: that is one publisher; write it the same",
    ),
    "a number that leads nowhere": (
        passage("{F2|Small} died, 7 of them at once."),
        "{F2|Small} died",
        "“7” leads to no origin; write it as a name in braces, such as {F04}, or as [7](fact.F04)",
    ),
    "a number that nobody says": (
        passage("Ninety people came."),
        "Ninety",
        "“Ninety” leads to no origin, and no part of the file says it",
    ),
    "a number in the standfirst": (
        ('"On {E1} {F2|small} people died."', '"On {E1} {F2|small} people died in 31 cars."'),
        "standfirst",
        "“31” leads to no origin",
    ),
    "a number in the title": (
        ('title = "A crash"', 'title = "A crash of 77 vehicles"'),
        'title = "A crash of 77',
        "title says 77, which no fact, event, count or term says",
    ),
    "work left to do": (
        passage("[It](fact.F1) was TODO."),
        "TODO",
        "text has 'TODO'; write what is to stand",
    ),
    "lorem": (('looked = "In the papers."', 'looked = "Lorem ipsum."'), "Lorem", "looked has 'Lorem ipsum'"),
    "to be fixed": (('label = "Assault"', 'label = "FIXME"'), "FIXME", "label has 'FIXME'"),
    "XXX": (('status_now = "Sentenced', 'status_now = "XXX Sentenced'), "XXX", "status_now has 'XXX'"),
    "a form of a template": (('by = "the court"', 'by = "{{ court }}"'), "{{", "by has '{{'"),
    "NaN in words": (('label = "Imposed"', 'label = "NaN"'), "NaN", "label has 'NaN'"),
    "a word twice": (
        ('label = "Imposed"', 'label = "By the the court"'),
        "the the",
        "a word twice, 'the the'",
    ),
    "too large on its way": (
        derived("1", "9e99 * 9e99"),
        'formula = "9e',
        "beyond 1,000,000,000,000,000,000",
    ),
    "many large factors": (derived("1", " * ".join(["99999999"] * 30)), 'formula = "9', "is not finite"),
    "divided by nothing": (derived("1", "1 / (2 - 2)"), 'formula = "1', "division by zero"),
    "a blank title": (('title = "A crash"', 'title = "  "'), 'title = "  "', "title is blank; write it"),
    "a sign that is none": (
        ('label = "Imposed"', r'label = "Im\u0000posed"'),
        "Im",
        "label has the sign U+0000, which no reader sees",
    ),
    "words turned around": (
        ('label = "Imposed"', r'label = "Im\u202eposed"'),
        "Im",
        "label has the sign U+202E",
    ),
    "a number of 20,000 digits in words": (
        ('why = "The paper was there."', f'why = "{"9" * 20_000}"'),
        "why = ",
        "why has a number of 20,000 digits; 80 or fewer are right",
    ),
    "an address of no site": (
        ("https://example.org/record", "https://[::1"),
        "https://[::1",
        "url: 'https://[::1' names no site; an address such as https://example.org/page is right",
    ),
    "a law that no folder takes": (
        ('state = "CO"', f'state = "CO"\nlaw = "{"a" * 5_000}.toml"'),
        "law = ",
        "no such law or file; known laws are",
    ),
    "a power": (derived("1", "9 ** 9 ** 9"), 'formula = "9', "it may hold numbers, ids"),
    "nested signs": (derived("1", "-" * 451 + "1"), 'formula = "-', "gives -1, not 1"),
    "nested brackets": (derived("1", "(" * 240 + "1" + ")" * 240), 'formula = "(', "it is not an expression"),
}


@pytest.mark.parametrize(("change", "at", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_with_its_line(write_case: Write, change: tuple[str, str], at: str, says: str):
    path = write_case(change)
    text = path.read_text(encoding="utf-8")
    assert text.count(at) == 1
    line = text[: text.index(at) + (at.index("\n") + 1 if at[0] == "[" and "\n" in at else 0)].count("\n") + 1
    status, said = pileup("case", "check", path)
    assert status == 2, said
    told = [one for one in said.splitlines() if says in one]
    assert told, said
    assert any(one.startswith(f"case file my.toml, line {line}: ") for one in told), (line, told)
    assert len(said.splitlines()) <= 5


#: Changes that give a right file: neighbors of the wrong ones.
RIGHT: dict[str, tuple[str, str]] = {
    "a temperature below zero": fact("-12", "degrees"),
    "a difference below zero": fact("-3", "points"),
    "a large number": fact("330000000", "people in the country"),
    "a number as text": fact('"2-24"', "minutes"),
    "true without a unit": (EVENT, fact("true")[1].replace('unit = "units"\n', "")),
    "a speed of nothing": role("speed", "0", "mph"),
    "a fast one": role("speed", "140.5", "mph"),
    "an age of 99": role("age", "99", "years"),
    "a term of 750 years": term("asked", "750.0"),
    "commuted to less": term("commuted", "2.0"),
    "commuted to the same": term("commuted", "10.0"),
    "a source of the same day": (DATED, f"{DATED}\ndate = 2022-04-04"),
    "an old source of no event": source("The Court", date="1936-04-04"),
    "another publisher": source("The Courtier"),
    "the same publisher": source("The Court"),
    "a copy of the same publisher": source("The Court, on A Page"),
    "a publisher whose name has another": source("The Court and The Herald"),
    "a hearing to come": (
        'date = 2022-04-04\nkind = "commutation"',
        'date = 2026-04-04\nkind = "hearing"',
    ),
    "a month that is not over": (
        "date = 2022-04-04\n",
        'date = 2026-01-31\nprecision = "month"\n',
    ),
    "an old law": ('date = 2022-04-04\nkind = "commutation"', 'date = 1876-04-04\nkind = "law"'),
    "as many cars as vehicles": role("cars", "12", "cars"),
    "all people dead": role("people", "2", "people"),
    "a way out of the country": (
        'road = "Road 1"',
        'road = "Road 1"\nlatitude = 51.0\nlongitude = 7.0',
    ),
    "a number that leads": passage("[Twelve](fact.F1) vehicles were there."),
    "a number that the file says": passage("Twelve vehicles were there."),
    "a name with a number": passage("It was on I-70, by exit 263."),
    "a title with a number of the file": ('title = "A crash"', 'title = "A crash of 12 vehicles"'),
    "all that is to be done, in Spanish": passage("Todo was [said](fact.F1)."),
    "a nested formula": derived("1", "((((F1 - 11))))"),
    "a sum below zero": (EVENT, derived("-10", "F2 - F1")[1].replace("units", "points")),
}


@pytest.mark.parametrize("change", RIGHT.values(), ids=RIGHT)
def test_a_right_neighbor_is_not_refused(write_case: Write, change: tuple[str, str]):
    assert load.load_case(str(write_case(change))).case.id == "whole"


def test_all_kinds_of_faults_are_told_in_one_run(write_case: Write):
    path = write_case(
        ("[crash]\ndate = 2020-02-02", "[crash]\ndate = 9999-02-02"),
        ("value = 12", "value = inf"),
        ('label = "Imposed"', "label = 7"),
        ("status_now =", 'statusnow = "x"\nstatus_now ='),
        ('looked = "In the papers."', 'looked = "TODO"'),
        ("years_each = 5.0", "years_each = 6.0"),
        source("the court"),
    )
    status, said = pileup("case", "check", path)
    assert status == 2
    for says in (
        "a year from 1900",
        "value is inf",
        "label is a number",
        "unknown key statusnow",
        "has 'TODO'",
    ):
        assert says in said
    assert "write it the same" in said
    lines = [int(found) for found in re.findall(r"^case file my.toml, line (\d+): ", said, re.MULTILINE)]
    assert lines == sorted(lines)
    assert len(lines) == len(said.splitlines())


#: What only the page's own gate knows, the text whose line is told, and what is said.
GATE = {
    "no such number": (
        passage("It has {crashes.no_such} crashes."),
        "no_such",
        "{crashes.no_such} in “It has {crashes.no_such} crashes.…” is no finding",
    ),
    "no such way to write": (passage("It has {F1|tiny}."), "tiny", "'tiny' is not a way to write a number"),
    "a way to write of something else": (passage("On {E1|small}."), "E1|small", "that does not fit"),
}


@pytest.mark.parametrize(("change", "at", "says"), GATE.values(), ids=GATE)
def test_what_the_page_would_refuse_is_told(write_case: Write, change: tuple[str, str], at: str, says: str):
    path = write_case(change)
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(at)].count("\n") + 1
    status, said = pileup("case", "check", path)
    assert status == 2, said
    assert said.startswith(f"case file my.toml, line {line}: [[passage]] no. ")
    assert says in said


def test_what_the_page_would_refuse_is_told_beside_other_faults(write_case: Write):
    """One pass tells all: a name that is unknown in one text keeps no other fault untold."""
    path = write_case(
        passage("It has {F99}, {F1|tiny} and {crashes.nothing}."),
        ("{F1} vehicles, {F4|small} counts", "{F1} vehicles, {crashes.no_such} counts"),
    )
    status, said = pileup("case", "check", path)
    assert status == 2, said
    told = ["{crashes.no_such} in", "names {F99}; no fact", "'tiny' is not a way", "{crashes.nothing} in"]
    assert [one for one in told if one not in said] == []
    assert said.count("names {F99}") == 1
    assert len(said.splitlines()) == len(told)
    lines = [int(found) for found in re.findall(r", line (\d+): ", said)]
    assert lines == sorted(lines)


def test_a_file_of_a_day_to_come_is_told_by_the_check_alone(write_case: Write):
    """A report is made by any clock."""
    path = write_case(
        ("as_of = 2026-01-01", "as_of = 2150-01-01"),
        ("look_again = 2027-01-01", "look_again = 2151-01-01"),
    )
    assert load.load_case(str(path)).case.as_of.year == 2150
    status, said = pileup("case", "check", path)
    assert status == 2
    assert re.search(r"my\.toml, line \d+: \[case\]: as_of is 2150-01-01, a day still to come", said)


def test_a_case_of_which_nothing_is_known_has_a_page(tmp_path: Path):
    path = tmp_path / "bare.toml"
    path.write_text(
        '[case]\nid = "bare"\ntitle = "A crash"\nstandfirst = "A crash."\nperson = "Jo"\nstate = "RI"\n'
        'as_of = 2026-11-22\nstatus_now = "Not known."\n'
        '[crash]\ndate = 2015-05-05\nplace = "P"\nroad = "R"\n',
        encoding="utf-8",
    )
    assert pileup("case", "check", path) == (0, "bare.toml: no faults; 0 facts, 0 sources\n")


def test_a_catalog_beside_the_file_is_held_too(write_case: Write):
    path = write_case()
    path.with_name("my.es.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=zlib\\n"\n', encoding="utf-8"
    )
    status, said = pileup("case", "check", path)
    assert status == 2
    assert "my.es.po is no catalog of messages: its head says charset=zlib; charset=utf-8 is right" in said


def test_warnings_are_no_faults(write_case: Write):
    path = write_case(
        ('road = "Road 1"', 'road = "Road 1"\nlatitude = 39.7\nlongitude = 105.1'),
        ("https://example.org/record", "https://example.org/"),
        ('text = "The commutation."', 'text = "The sentence was overturned."'),
    )
    case = load.load_case(str(path))
    told = toml.lines(path, "warning: case file", warnings(case))
    said = "\n".join(told)
    assert "[crash]: 39.7, 105.1 is neither in the United States nor in Canada; west is negative" in said
    assert "[[source]] court: the address is a site, not a page" in said
    assert "[[event]] E4: it says 'overturned'" in said
    assert len(told) == 3


def test_two_spellings_of_a_publisher_confirm_nothing(write_case: Write):
    path = write_case(
        source("the paper"),
        (
            '{ source = "court" },\n    { source = "paper", quote = "twelve vehicles" },',
            '{ source = "more" },\n    { source = "paper", quote = "twelve vehicles" },',
        ),
    )
    with pytest.raises(
        PileupError, match=r"F1: status is \"confirmed\"; that needs two sources of different"
    ):
        load.load_case(str(path))
