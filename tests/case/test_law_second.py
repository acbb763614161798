"""A second jurisdiction: Tennessee by hand, what holds for every law file that ships, bad law files."""

import datetime as dt
import itertools
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import ROOT
from pileup.base.errors import PileupError
from pileup.case.law import Incident, all_concurrent, load_law, rebuild, what_ifs
from pileup.case.lawfile import Law, available
from pileup.case.load import load_case
from pileup.files.parameters import Parameters
from pileup.story.report import Report

OOLTEWAH = dt.date(2015, 6, 25)
HOMICIDE, ASSAULT = "vehicular-homicide-intoxication", "reckless-aggravated-assault"
DUI, SPEEDING = "dui-first", "speeding"


@dataclass(frozen=True)
class Guilty:
    """Counts of one offense, as small as the engine asks for."""

    offense: str
    guilty: int


#: The counts of the case file's comparable K18.
COUNTS = [Guilty(HOMICIDE, 6), Guilty(ASSAULT, 4), Guilty(DUI, 1), Guilty(SPEEDING, 1)]


@pytest.fixture(scope="module")
def tennessee() -> Law:
    return load_law("tennessee")


@pytest.fixture(scope="module")
def comparable():
    [found] = [one for one in load_case("aguilera-mederos").comparable if one.id == "K18"]
    return found


def _totals(built):
    return built.lowest_years, built.highest_required_years, built.highest_years


# Tennessee, worked by hand --------------------------------------------------------------------------------


def test_the_counts_are_those_of_the_case_file(comparable):
    assert (comparable.place, comparable.date, comparable.years) == ("Tennessee", "2015", 55)
    assert comparable.offense == (
        "6 counts of vehicular homicide by intoxication, 4 of reckless aggravated assault, driving under the"
        " influence, speeding"
    )


def test_lowest_and_highest_by_hand(tennessee):
    # Class B, Range I: 8 to 12 years. Class D, Range I: 2 to 4. DUI: 2 to 364 days. Speeding: 0 to 30 days.
    # Nothing requires terms to run one after another, so the lowest is the longest of the minimums: 8.
    # The highest adds up the maximums: 6 x 12 = 72, 4 x 4 = 16, 30 days; the DUI has no term of its own.
    built = rebuild(tennessee, COUNTS, OOLTEWAH)
    assert built.lowest_years == 8
    assert built.highest_required_years == 12
    assert built.highest_years == pytest.approx(72 + 16 + 30 / 365)
    assert round(built.highest_years, 2) == 88.08


def test_lowest_and_highest_by_trying_every_arrangement(tennessee):
    """Each of the eleven terms that do not merge runs after the others or beside them: 2,048 ways."""
    shortest = [8.0] * 6 + [2.0] * 4 + [0.0]
    longest = [12.0] * 6 + [4.0] * 4 + [30 / 365]

    def every_way(terms):
        for choice in itertools.product([True, False], repeat=len(terms)):
            after = sum(term for term, one in zip(terms, choice, strict=True) if one)
            yield max([after, *(term for term, one in zip(terms, choice, strict=True) if not one)])

    built = rebuild(tennessee, COUNTS, OOLTEWAH)
    assert built.lowest_years == min(every_way(shortest))
    assert built.highest_years == pytest.approx(max(every_way(longest)))


def test_the_sentence_imposed_lies_between(tennessee, comparable):
    built = rebuild(tennessee, COUNTS, OOLTEWAH)
    assert built.lowest_years < comparable.years < built.highest_years
    # As reported: 11 years on each of six homicides, five of the terms one after another.
    assert comparable.years == 5 * 11
    homicide = built.steps[0]
    assert homicide.each_min <= 11 <= homicide.each_max


def test_what_ifs_name_no_duty_where_there_is_none(tennessee):
    found = {what.id: what for what in what_ifs(tennessee, COUNTS, OOLTEWAH)}
    assert list(found) == ["law-then", "all-concurrent", "only-concurrent", "only-consecutive"]
    # 72 is also what the trade press gave before the sentence as the most that he faced.
    assert (found["only-consecutive"].lowest_years, found["only-consecutive"].highest_years) == (48, 72)
    assert (found["all-concurrent"].lowest_years, found["all-concurrent"].highest_years) == (8, 12)
    assert not any("Without this rule" in what.rule for what in found.values())


def test_each_step_says_how_it_came_about(tennessee):
    homicide, assault, dui, speeding = rebuild(tennessee, COUNTS, OOLTEWAH).steps
    assert (homicide.adds_min, homicide.adds_max) == (8, 72)
    assert (assault.adds_min, assault.adds_max) == (0, 16)
    assert (dui.adds_min, dui.adds_max, dui.rules) == (0, 0, ("dui-merges",))
    assert (speeding.each_min, speeding.each_max) == (0, 30 / 365)
    assert homicide.rules == assault.rules == speeding.rules == ("court-may-choose",)
    assert [step.required for step in (homicide, assault, dui, speeding)] == [False, False, True, False]
    assert dui.formula_max == "maximum of 48 hours to 11 months and 29 days in jail"


def test_driving_under_the_influence_merges_only_in_the_homicide(tennessee):
    day = 1 / 365
    with_assault = rebuild(tennessee, [Guilty(DUI, 1), Guilty(ASSAULT, 1)], OOLTEWAH)
    assert _totals(with_assault) == pytest.approx((2, 4, 4 + 364 * day))
    with_both = rebuild(tennessee, [Guilty(DUI, 1), Guilty(ASSAULT, 1), Guilty(HOMICIDE, 1)], OOLTEWAH)
    assert _totals(with_both) == pytest.approx((8, 12, 12 + 4))


@pytest.mark.parametrize(
    ("offender", "lowest", "highest"),
    [
        (None, 8, 6 * 12 + 4 * 4 + 30 / 365),
        ("multiple", 12, 6 * 20 + 4 * 8 + 30 / 365),
        ("persistent", 20, 6 * 30 + 4 * 12 + 30 / 365),
    ],
)
def test_the_class_of_offender_sets_the_range(tennessee, offender, lowest, highest):
    built = rebuild(tennessee, COUNTS, OOLTEWAH, Incident(offender=offender))
    assert (built.lowest_years, built.highest_years) == (lowest, pytest.approx(highest))


def test_days_that_the_file_does_not_cover(tennessee):
    for day in (dt.date(2014, 12, 31), dt.date(2016, 1, 1)):
        with pytest.raises(PileupError, match=r"Tennessee: .* from 2015-01-01 until 2015-12-31, not one of"):
            rebuild(tennessee, COUNTS, day)


def test_an_offense_of_another_jurisdiction_is_refused(tennessee):
    with pytest.raises(PileupError, match=r"law file Tennessee has no offense 'reckless-driving'; its keys"):
        rebuild(tennessee, [Guilty("reckless-driving", 1)], OOLTEWAH)


# What must hold for every law file that ships -------------------------------------------------------------


@pytest.fixture(scope="module", params=available())
def law(request) -> Law:
    return load_law(request.param)


@st.composite
def _facts(draw, law):
    classes = {one.offender for rule in law.rule for one in rule.any_of if one.offender}
    offender = draw(st.sampled_from([None, *sorted(classes)]))
    return Incident(*(draw(st.booleans()) for _ in range(5)), offender=offender)


@st.composite
def _counts(draw, law, most=30):
    return [Guilty(offense.key, draw(st.integers(0, most))) for offense in law.offense]


def _days(law):
    last = law.law.covers_until or law.law.as_of
    begun = [rule.in_force_from for rule in law.rule if rule.in_force_from]
    return st.sampled_from([law.law.covers_from, *begun, last])


def test_two_jurisdictions_ship():
    assert {"colorado", "tennessee"} <= set(available())
    assert all(load_law(name).law.note for name in available())


@given(data=st.data())
def test_more_counts_never_lower_a_total(law, data):
    on, facts = data.draw(_days(law)), data.draw(_facts(law))
    counts, more = data.draw(_counts(law)), data.draw(_counts(law))
    added = [replace(a, guilty=a.guilty + b.guilty) for a, b in zip(counts, more, strict=True)]
    before, after = rebuild(law, counts, on, facts), rebuild(law, added, on, facts)
    assert all(a <= b for a, b in zip(_totals(before), _totals(after), strict=True))


@given(data=st.data())
def test_concurrent_never_exceeds_consecutive_nor_least_most(law, data):
    on, facts, counts = data.draw(_days(law)), data.draw(_facts(law)), data.draw(_counts(law))
    built, together = rebuild(law, counts, on, facts), all_concurrent(law, counts, on, facts)
    assert built.lowest_years <= built.highest_required_years <= built.highest_years
    assert together.lowest_years <= together.highest_years
    assert all(a <= b for a, b in zip(_totals(together), _totals(built), strict=True))
    assert all(step.each_min <= step.each_max for step in built.steps)
    by_id = {what.id: what for what in what_ifs(law, counts, on, facts)}
    if "only-consecutive" in by_id:
        assert by_id["only-concurrent"].lowest_years <= by_id["only-consecutive"].lowest_years
        assert by_id["only-concurrent"].highest_years <= by_id["only-consecutive"].highest_years


@given(data=st.data())
def test_the_order_of_the_counts_makes_no_difference(law, data):
    on, facts, counts = data.draw(_days(law)), data.draw(_facts(law)), data.draw(_counts(law))
    shuffled = data.draw(st.permutations(counts))
    assert _totals(rebuild(law, counts, on, facts)) == _totals(rebuild(law, shuffled, on, facts))


@given(data=st.data())
def test_steps_sum_to_the_totals(law, data):
    on, facts, counts = data.draw(_days(law)), data.draw(_facts(law)), data.draw(_counts(law))
    for built in (rebuild(law, counts, on, facts), all_concurrent(law, counts, on, facts)):
        assert sum(step.adds_min for step in built.steps) == pytest.approx(built.lowest_years)
        assert sum(step.adds_max for step in built.steps) == pytest.approx(built.highest_years)


# Counts that run beside others, whatever they are -----------------------------------------------------------

KEYS = ["a", "b", "c", "d"]


def _tied(pairs, years=(1, 2, 4, 8)) -> Law:
    """Make a law of four offenses of up to so many years; of each pair the first runs beside the second."""
    sources = [{"source": "book"}]
    offenses = [
        {"key": key, "label": key, "statute": key, "offense_class": key, "sources": sources}
        | {"presumptive": {"min": 1.0, "max": float(most)}}
        for key, most in zip(KEYS, years, strict=True)
    ]
    rules = [
        {"id": f"r{n}", "kind": "concurrent_required", "statute": "s", "words": "w", "sources": sources}
        | {"applies_to": list(some), "beside": list(others), "undated": True}
        for n, (some, others) in enumerate(pairs)
    ]
    since = {"covers_from": dt.date(2000, 1, 1), "as_of": dt.date(2026, 1, 1), "classes": KEYS}
    header = {"jurisdiction": "Made up", "title": "Made up", "note": "Made up."} | since
    return Law.model_validate({"law": header, "offense": offenses, "rule": rules})


def _one_each(*keys):
    return [Guilty(key, 1) for key in keys]


@pytest.mark.parametrize(
    ("pairs", "highest"),
    [
        ([], 1 + 2 + 4 + 8),
        ([("a", "b")], 2 + 4 + 8),  # 1 ends before 2
        ([("d", "a")], 8 + 2 + 4),  # 8 outlasts 1
        ([("a", "b"), ("d", "c")], 2 + 8),  # two blocks: 1 beside 2, and 8 beside 4
        ([("abc", "d")], 8),  # 1 + 2 + 4 = 7 beside 8
        ([("ab", "d"), ("c", "d")], 8),  # the same in two rules
        ([("d", "abc")], 8),  # 8 outlasts 1 + 2 + 4 = 7
        ([("b", "a"), ("c", "a")], 2 + 4 + 8),  # 2 + 4 = 6 beside 1, then 8
    ],
)
def test_what_runs_beside_others_adds_what_it_outlasts(pairs, highest):
    built = rebuild(_tied(pairs), _one_each(*KEYS), OOLTEWAH)
    assert built.highest_years == highest
    assert sum(step.adds_max for step in built.steps) == highest


@st.composite
def _ties(draw):
    """Cut the four offenses into blocks of terms that run beside others."""
    one, two, three, four = draw(st.permutations(KEYS))
    ways = [
        [],
        [(one, two)],
        [([one, two], [three])],
        [(one, [two, three, four])],
        [(one, two), (three, four)],
        [(one, four), ([two, three], four)],
    ]
    return draw(st.sampled_from(ways))


numbers = st.lists(st.integers(0, 9), min_size=4, max_size=4)


@given(_ties(), numbers, numbers, st.permutations(range(4)))
def test_beside_whatever_the_totals_stay_in_order(pairs, guilty, more, order):
    law, counts = _tied(pairs), [Guilty(key, n) for key, n in zip(KEYS, guilty, strict=True)]
    built = rebuild(law, counts, OOLTEWAH)
    assert built.lowest_years <= built.highest_required_years <= built.highest_years
    assert built.highest_years <= rebuild(_tied([]), counts, OOLTEWAH).highest_years
    assert sum(step.adds_max for step in built.steps) == pytest.approx(built.highest_years)
    assert _totals(rebuild(law, [counts[n] for n in order], OOLTEWAH)) == _totals(built)
    added = [replace(count, guilty=count.guilty + n) for count, n in zip(counts, more, strict=True)]
    after = rebuild(law, added, OOLTEWAH)
    assert all(a <= b for a, b in zip(_totals(built), _totals(after), strict=True))


# Bad law files --------------------------------------------------------------------------------------------

MADE_UP = """
[law]
jurisdiction = "Elsewhere"
title = "A made-up jurisdiction"
covers_from = 2000-01-01
classes = ["A", "B"]
as_of = 2026-01-01
note = "Made up."

[[source]]
id = "book"
publisher = "Nobody"
title = "A book"
url = "https://example.org/book"
tier = "opinion"

[[offense]]
key = "killing"
label = "Killing"
statute = "1"
offense_class = "A"
presumptive = { min = 6, max = 10 }
ranges = { repeat = { min = 10, max = 20 } }
sources = [{ source = "book" }]

[[offense]]
key = "speeding"
label = "Speeding"
statute = "2"
offense_class = "B"
presumptive = { min = 0, max = 30, unit = "days" }
sources = [{ source = "book" }]

[[rule]]
id = "repeat-offender"
kind = "mandatory_range"
statute = "3"
words = "A repeat offender gets the higher range."
applies_to = ["killing"]
any_of = [{ offender = "repeat" }]
of = "repeat"
minimum = "minimum"
in_force_from = 2010-01-01
sources = [{ source = "book" }]

[[rule]]
id = "beside"
undated = true
kind = "concurrent_required"
statute = "4"
words = "Speeding runs beside killing."
applies_to = ["speeding"]
beside = ["killing"]
sources = [{ source = "book" }]
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "elsewhere.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_made_up_file_itself_is_right(tmp_path):
    law, counts = load_law(_written(tmp_path, MADE_UP)), [Guilty("killing", 2), Guilty("speeding", 1)]
    assert _totals(rebuild(law, counts, OOLTEWAH)) == (6, 10, 20)
    assert _totals(rebuild(law, counts, OOLTEWAH, Incident(offender="repeat"))) == (10, 20, 40)
    assert _totals(rebuild(law, counts, dt.date(2009, 1, 1), Incident(offender="repeat"))) == (6, 10, 20)


FAULTS = [
    ("min = 6, max = 10", "min = 10, max = 6", r"killing: presumptive: min 10 is more than max 6"),
    ("min = 10, max = 20", "min = 20, max = 10", r"killing: ranges, repeat: min 20 is more than max 10"),
    ("max = 20 }", 'max = "life" }', r"killing: ranges, repeat, max is text; a number is right"),
    ("max = 10 }", "max = inf }", r"killing: presumptive, max is inf; a finite number is right"),
    ("min = 0, max = 30", "min = -1, max = 30", r"speeding: presumptive, min is -1; 0 or more is right"),
    (
        'unit = "days"',
        'unit = "months"',
        r'speeding: presumptive, unit is "months"; one of "years" or "days"',
    ),
    (
        "repeat = { min",
        "presumptive = { min",
        r"killing: ranges has presumptive, which is a field of its own",
    ),
    ("covers_from = 2000-01-01\n", "", r"line 2: \[law\]: covers_from is missing; add it"),
    (
        "covers_from = 2000-01-01",
        'covers_from = "2000"',
        r"covers_from is text; a date without quotes is right",
    ),
    (
        "covers_from = 2000-01-01",
        "covers_from = 2000-01-01\ncovers_until = 1999-01-01",
        r"line 2: \[law\]: .*covers_from 2000-01-01 is after covers_until 1999-01-01",
    ),
    ("in_force_from = 2010-01-01", 'in_force_from = "2010"', r"in_force_from is text; a date without quotes"),
    (
        'kind = "mandatory_range"',
        'kind = "cap"',
        r"\[\[rule\]\] repeat-offender: .*'mandatory_range', 'consecutive_required'",
    ),
    ('kind = "concurrent_required"\n', "", r"\[\[rule\]\] beside: .*kind"),
    (
        'applies_to = ["speeding"]',
        'applies_to = "felony"',
        r'beside: applies_to: "crime_of_violence", "other"',
    ),
    (
        'applies_to = ["speeding"]',
        "applies_to = []",
        r'beside: applies_to: "crime_of_violence", "other", "all"',
    ),
    (
        'applies_to = ["speeding"]',
        'applies_to = ["speding"]',
        r"beside: applies_to names 'speding', which is no offense of this file \(did you mean speeding\?\)",
    ),
    ('beside = ["killing"]', 'beside = ["arson"]', r"beside: beside names 'arson', which is no offense"),
    ('beside = ["killing"]', 'beside = ["speeding"]', r"beside: applies_to and beside must be"),
    (
        'applies_to = ["killing"]',
        'applies_to = "all"',
        r"speeding: rule repeat-offender needs its repeat range",
    ),
    (
        'applies_to = ["killing"]',
        'applies_to = "crime_of_violence"',
        r"killing: rule repeat-offender asks whether it is a crime of violence; add crime_of_violence = ",
    ),
    ('of = "repeat"', 'of = "career"', r"killing: rule repeat-offender needs its career range"),
    (
        'offender = "repeat" }]',
        "offender = 2 }]",
        r"repeat-offender: any_of, no\. 1, offender is a number; text",
    ),
]


BESIDE = MADE_UP[MADE_UP.rindex("[[rule]]") :]


@pytest.mark.parametrize(
    ("applies_to", "beside", "shared"),
    [
        ('["theft"]', '["killing", "speeding"]', "killing, speeding"),
        ('["killing"]', '["theft"]', "killing"),
        ('["speeding"]', '["theft"]', "speeding"),
    ],
)
def test_two_rules_that_cross_are_refused(tmp_path, applies_to, beside, shared):
    start = MADE_UP.index("[[offense]]", MADE_UP.index("[[offense]]") + 1)
    theft = MADE_UP[start : MADE_UP.index("[[rule]]")].replace('"speeding"', '"theft"')
    again = BESIDE.replace('id = "beside"', 'id = "again"').replace('["killing"]', beside)
    again = again.replace('applies_to = ["speeding"]', f"applies_to = {applies_to}")
    text = f"{MADE_UP.removesuffix(BESIDE)}{theft}{BESIDE}\n{again}"
    says = rf"line \d+: \[\[rule\]\] again: shares {shared} with rule beside but not its beside; the same"
    with pytest.raises(PileupError, match=says):
        load_law(_written(tmp_path, text))
    # Rules that are never in force on the same day do not cross.
    first, second = text.rsplit("[[rule]]", 1)
    later = second.replace("undated = true", "in_force_from = 2013-01-01")
    apart = f"{first}in_force_until = 2012-12-31\n\n[[rule]]{later}"
    assert len(load_law(_written(tmp_path, apart)).rule) == 3


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_each_fault_is_said_in_one_line_with_file_and_line(tmp_path, old, new, said):
    assert MADE_UP.count(old) == 1
    with pytest.raises(PileupError, match=said) as fault:
        load_law(_written(tmp_path, MADE_UP.replace(old, new)))
    assert "\n" not in str(fault.value)
    assert all(one.startswith("law file elsewhere.toml, line ") for one in fault.value.faults)


def test_two_ranges_at_once_need_dates_or_conditions(tmp_path):
    start = MADE_UP.index("[[rule]]")
    again = MADE_UP[start : MADE_UP.index("[[rule]]", start + 1)].replace("repeat-offender", "second")
    law = load_law(_written(tmp_path, MADE_UP + again))
    rebuild(law, [Guilty("killing", 1)], OOLTEWAH)
    says = r"law file Elsewhere: offense killing: rules repeat-offender and second .* on 2015-06-25; dates or"
    with pytest.raises(PileupError, match=says):
        rebuild(law, [Guilty("killing", 1)], OOLTEWAH, Incident(offender="repeat"))


# Through a case file and the command ------------------------------------------------------------------------

COUNT = """
[[count]]
id = "N1"
offense = "killing"
label = "Killing"
statute = "1"
offense_class = "A"
tried = 2
guilty = 2
not_guilty = 0
run = "concurrent"
status = "single-source"
sources = [{ source = "paper" }]
"""


def _case(folder: Path, law: Path, count: str = COUNT) -> Path:
    """Write a case file that names a law file of its own, by its whole path."""
    text = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8")
    path = folder / "my-case.toml"
    path.write_text(text.replace('state = "RI"', f'state = "RI"\nlaw = "{law}"') + count, encoding="utf-8")
    return path


def test_a_case_may_name_a_law_file_of_its_own(tmp_path):
    report = Report(Parameters(case=str(_case(tmp_path, _written(tmp_path, MADE_UP)))))
    assert report.law.law.jurisdiction == "Elsewhere"
    assert _totals(report.built) == (6, 10, 20)


def _status(case: Path) -> tuple[int, str]:
    pileup = str(Path(sys.executable).parent / "pileup")
    ran = subprocess.run(
        [pileup, "report", "--quiet", "--case", str(case), "--out", str(case.parent / "out")],
        cwd=case.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert not (case.parent / "out").exists()
    return ran.returncode, ran.stderr.strip()


def test_the_command_tells_a_bad_law_file_with_its_line(tmp_path):
    bad = MADE_UP.replace("min = 6, max = 10", "min = 10, max = 6").replace('"mandatory_range"', '"cap"')
    status, told = _status(_case(tmp_path, _written(tmp_path, bad)))
    assert status == 2
    line = bad[: bad.index("min = 10")].count("\n") + 1
    said = f"law file elsewhere.toml, line {line}: [[offense]] killing: presumptive: min 10"
    assert re.match(rf"pileup: case file my-case.toml, line \d+: \[case\]: {re.escape(said)}", told)
    line = bad[: bad.rindex("[[rule]]", 0, bad.index('"cap"'))].count("\n") + 1
    assert f"line {line}: [[rule]] repeat-offender: " in told
    assert "\n" not in told


def test_the_command_tells_a_count_that_the_law_does_not_know(tmp_path):
    strange = COUNT.replace('offense = "killing"', 'offense = "arson"')
    status, told = _status(_case(tmp_path, _written(tmp_path, MADE_UP), strange))
    says = "offense 'arson' is not among those of elsewhere.toml: killing, speeding"
    assert status == 2
    assert re.fullmatch(rf"pileup: case file my-case.toml, line \d+: \[\[count\]\] N1: {says}", told)


def test_a_law_file_counts_from_the_folder_of_the_case(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    _written(tmp_path, MADE_UP)
    case = _case(tmp_path, Path("elsewhere.toml"))
    assert Report(Parameters(case=str(case))).law.law.jurisdiction == "Elsewhere"
    with pytest.raises(PileupError, match=r"line \d+: \[case\]: law 'nowhere.toml': no such law or file"):
        load_case(str(_case(tmp_path, Path("nowhere.toml"))))
