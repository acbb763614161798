"""The law as data: 110 years rebuilt, other rules, another jurisdiction, each fault of a law file."""

import datetime as dt
import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pileup.base.errors import PileupError
from pileup.case import law as law_module
from pileup.case.law import Incident, all_concurrent, load_law, rebuild, what_ifs
from pileup.case.lawfile import LAWS, available
from pileup.case.model import Count

CRASH = dt.date(2019, 4, 25)
ASSAULT, ATTEMPT = "assault-1-extreme-indifference", "attempted-assault-1-extreme-indifference"
HOMICIDE, INJURY = "vehicular-homicide-reckless", "vehicular-assault-reckless"
RECKLESS, CARELESS = "reckless-driving", "careless-driving-death"


@dataclass(frozen=True)
class Guilty:
    """Counts of one offense, as small as the engine asks for."""

    offense: str
    guilty: int


LAKEWOOD = [
    Guilty(ASSAULT, 6),
    Guilty(ATTEMPT, 10),
    Guilty(HOMICIDE, 4),
    Guilty(INJURY, 2),
    Guilty(RECKLESS, 1),
    Guilty(CARELESS, 4),
]


@pytest.fixture(scope="module")
def colorado():
    return load_law("colorado")


# The Lakewood counts --------------------------------------------------------------------------------------


def test_lowest_total_is_the_sentence_imposed(colorado):
    built = rebuild(colorado, LAKEWOOD, CRASH)
    assert built.lowest_years == 6 * (4 + 16) / 2 + 10 * (2 + 8) / 2 == 60 + 50 == 110


def test_highest_total_is_twice_the_maximum_of_each_crime_of_violence(colorado):
    built = rebuild(colorado, LAKEWOOD, CRASH)
    assert built.highest_required_years == 6 * 2 * 16 + 10 * 2 * 8 == 352
    assert built.highest_years == 352


def test_counts_about_other_people_could_be_added(colorado):
    built = rebuild(colorado, LAKEWOOD, CRASH, Incident(same_people=False))
    assert built.highest_years == pytest.approx(352 + 4 * 6 + 2 * 3 + 90 / 365 + 4 * 1)
    assert (built.lowest_years, built.highest_required_years) == (110, 352)


def test_each_step_says_how_it_came_about(colorado):
    steps = {step.offense: step for step in rebuild(colorado, LAKEWOOD, CRASH).steps}
    assert list(steps) == [count.offense for count in LAKEWOOD]
    assault, attempt, homicide = steps[ASSAULT], steps[ATTEMPT], steps[HOMICIDE]
    assert (assault.each_min, assault.each_max, assault.adds_min, assault.adds_max) == (10, 32, 60, 192)
    assert (attempt.each_min, attempt.each_max, attempt.adds_min, attempt.adds_max) == (5, 16, 50, 160)
    assert assault.formula == "midpoint of 4-16 years = 10"
    assert assault.formula_max == "twice the maximum of 4-16 years = 32"
    assert (assault.runs, assault.required) == ("consecutive", True)
    assert assault.rules == ("violence-range", "violence-consecutive")
    assert (homicide.each_min, homicide.each_max, homicide.runs, homicide.adds_min) == (2, 6, "concurrent", 0)
    assert homicide.rules == ("same-evidence",)
    assert steps[RECKLESS].each_max == 90 / 365
    assert steps[CARELESS].each_min == 10 / 365
    assert steps[CARELESS].each_max == 1
    assert steps[RECKLESS].formula == "minimum of 10 to 90 days in jail"


def test_all_concurrent_is_the_longest_single_term(colorado):
    built = all_concurrent(colorado, LAKEWOOD, CRASH)
    assert (built.lowest_years, built.highest_required_years, built.highest_years) == (10, 32, 32)
    assert [step.adds_min for step in built.steps] == [10, 0, 0, 0, 0, 0]


def test_what_ifs(colorado):
    found = {what.id: what for what in what_ifs(colorado, LAKEWOOD, CRASH)}
    years = {name: (what.lowest_years, what.highest_years) for name, what in found.items()}
    assert years["law-then"] == (110, 352)
    assert years["all-concurrent"] == (10, 32)
    assert years["only-concurrent"] == (2, 6)
    assert years["only-consecutive"] == (8, 24)
    assert years["law-2023-07-01"] == (110, 352)
    assert years["law-2023-07-01-agreed"] == (10, 352)
    fewer = [what.lowest_years for what in found.values() if what.group == "fewer-counts"]
    assert fewer == [105, 100, 95, 90, 85, 80, 75, 70, 65, 60]
    assert all(what.label and what.rule for what in found.values())
    assert found["all-concurrent"].rule.startswith("Without this rule: ")
    assert (
        found["only-concurrent"].label
        == "Only the 4 counts of vehicular homicide (reckless driving), at the same time"
    )
    assert "any of the 10 counts" in found["fewer-10"].label


def test_the_law_of_2023_opens_by_itself_only_without_death_or_injury(colorado):
    later = dt.date(2023, 7, 1)
    assert rebuild(colorado, LAKEWOOD, dt.date(2023, 6, 30)).lowest_years == 110
    assert rebuild(colorado, LAKEWOOD, later).lowest_years == 110
    harmless = Incident(death_or_serious_injury=False)
    assert rebuild(colorado, LAKEWOOD, later, harmless).lowest_years == 10
    for fact in ("prior", "weapon"):
        assert rebuild(colorado, LAKEWOOD, later, replace(harmless, **{fact: True})).lowest_years == 110
    assert rebuild(colorado, LAKEWOOD, later, Incident(parties_agree=True)).lowest_years == 10
    assert rebuild(colorado, LAKEWOOD, CRASH, Incident(parties_agree=True)).lowest_years == 110


def test_one_crime_of_violence_alone_need_not_run_consecutively(colorado):
    counts = [Guilty(ATTEMPT, 1), Guilty(HOMICIDE, 4)]
    built = rebuild(colorado, counts, CRASH)
    assert (built.lowest_years, built.highest_required_years) == (5, 16)
    # Four homicides one after another (24) outlast one attempt (16), beside which they run.
    assert built.highest_years == 24
    assert [step.adds_max for step in built.steps] == [16, 8]
    assert built.steps[0].rules == ("violence-range", "court-may-choose")
    taken = what_ifs(colorado, [Guilty(ATTEMPT, 2), Guilty(HOMICIDE, 4)], CRASH)
    first, second = (what for what in taken if what.group == "fewer-counts")
    assert (first.lowest_years, second.lowest_years) == (5, 2)
    assert first.rule.startswith("Too few counts are left for this rule: ")


def test_no_conviction_is_no_term(colorado):
    built = rebuild(colorado, [Guilty(ASSAULT, 0)], CRASH)
    assert (built.lowest_years, built.highest_years, built.steps) == (0, 0, ())
    assert [what.lowest_years for what in what_ifs(colorado, [], CRASH)] == [0, 0, 0, 0]


def test_counts_of_a_case_file_are_taken_as_they_are(colorado):
    count = Count(
        id="N2", offense=ATTEMPT, label="attempt", statute="18-2-101", offense_class="class 4",
        tried=25, guilty=10, not_guilty=15, run="consecutive", status="confirmed",
    )  # fmt: skip
    assert rebuild(colorado, [count], CRASH).lowest_years == 50
    with pytest.raises(
        PileupError, match=r"count N2: law file Colorado has no offense 'x'; its keys are assault-1"
    ):
        rebuild(colorado, [count.model_copy(update={"offense": "x"})], CRASH)


def test_days_that_the_file_does_not_cover(colorado):
    with pytest.raises(PileupError, match=r"law file Colorado: .* 2016-07-01"):
        rebuild(colorado, LAKEWOOD, dt.date(2016, 6, 30))
    with pytest.raises(PileupError, match=r"count reckless-driving: -1 convictions"):
        rebuild(colorado, [Guilty(RECKLESS, -1)], CRASH)


# What must hold for any counts ----------------------------------------------------------------------------

numbers = st.lists(st.integers(0, 30), min_size=len(LAKEWOOD), max_size=len(LAKEWOOD))
facts = st.builds(Incident, *[st.booleans()] * 5)
days = st.sampled_from([CRASH, dt.date(2024, 1, 1)])


@cache
def load_law_once():
    return load_law("colorado")


def _counts(guilty):
    return [replace(count, guilty=n) for count, n in zip(LAKEWOOD, guilty, strict=True)]


def _totals(built):
    return built.lowest_years, built.highest_required_years, built.highest_years


@given(numbers, numbers, facts, days)
def test_more_counts_never_lower_a_total(guilty, more, incident, on):
    law = load_law_once()
    before = rebuild(law, _counts(guilty), on, incident)
    after = rebuild(law, _counts([a + b for a, b in zip(guilty, more, strict=True)]), on, incident)
    assert all(a <= b for a, b in zip(_totals(before), _totals(after), strict=True))


@given(numbers, facts, days)
def test_totals_are_in_order_and_steps_sum_to_them(guilty, incident, on):
    law = load_law_once()
    built = rebuild(law, _counts(guilty), on, incident)
    lowest, required, highest = _totals(built)
    assert lowest <= required <= highest
    assert math.fsum(step.adds_min for step in built.steps) == pytest.approx(lowest)
    assert math.fsum(step.adds_max for step in built.steps) == pytest.approx(highest)
    together = all_concurrent(law, _counts(guilty), on)
    assert together.lowest_years <= lowest
    assert together.highest_years <= highest
    assert math.fsum(step.adds_max for step in together.steps) == pytest.approx(together.highest_years)


@given(numbers, st.permutations(range(len(LAKEWOOD))), facts, days)
def test_the_order_of_the_counts_makes_no_difference(guilty, order, incident, on):
    law, counts = load_law_once(), _counts(guilty)
    shuffled = [counts[place] for place in order]
    assert _totals(rebuild(law, counts, on, incident)) == _totals(rebuild(law, shuffled, on, incident))


@given(numbers, facts)
def test_counts_of_one_offense_may_stand_apart(guilty, incident):
    law, counts = load_law_once(), _counts(guilty)
    apart = [Guilty(count.offense, 1) for count in counts for _ in range(count.guilty)]
    assert rebuild(law, apart, CRASH, incident) == rebuild(law, counts, CRASH, incident)


# Another jurisdiction -------------------------------------------------------------------------------------

ELSEWHERE = """
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
crime_of_violence = true
homicide = true
in_force_from = 2005-01-01
sources = [{ source = "book" }]

[[offense]]
key = "speeding"
label = "Speeding"
statute = "2"
offense_class = "B"
presumptive = { min = 73, max = 146, unit = "days" }
crime_of_violence = false
sources = [{ source = "book" }]

[[rule]]
id = "harder"
undated = true
kind = "mandatory_range"
statute = "3"
words = "Three quarters of the maximum to one and a half times the maximum."
applies_to = "crime_of_violence"
of = "presumptive"
minimum = "maximum"
minimum_factor = 0.75
maximum_factor = 1.5
sources = [{ source = "book" }]
"""

THREE = """
[[rule]]
id = "three"
undated = true
kind = "consecutive_required"
statute = "4"
words = "Three counts of any kind run one after another."
applies_to = "all"
at_least = 3
sources = [{ source = "book" }]
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "elsewhere.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_another_jurisdiction_without_a_consecutive_rule(tmp_path):
    law = load_law(_written(tmp_path, ELSEWHERE))
    counts = [Guilty("killing", 2), Guilty("speeding", 5)]
    built = rebuild(law, counts, CRASH)
    # Each killing: 0.75 x 10 = 7.5 to 1.5 x 10 = 15 years; each speeding: 73/365 = 0.2 to 146/365 = 0.4.
    assert _totals(built) == pytest.approx((7.5, 15, 2 * 15 + 5 * 0.4))
    assert built.steps[0].formula == "0.75 times the maximum of 6-10 years = 7.5"
    assert [step.required for step in built.steps] == [False, False]
    found = {what.id: what for what in what_ifs(law, counts, CRASH)}
    assert list(found) == ["law-then", "all-concurrent", "only-concurrent", "only-consecutive"]
    assert found["law-then"].rule == "No rule of the law file requires these terms to run one after another."
    assert (found["only-consecutive"].lowest_years, found["only-consecutive"].highest_years) == (15, 30)


def test_another_jurisdiction_with_a_rule_of_three(tmp_path):
    law = load_law(_written(tmp_path, ELSEWHERE + THREE))
    assert rebuild(law, [Guilty("killing", 2)], CRASH).lowest_years == 7.5
    built = rebuild(law, [Guilty("killing", 2), Guilty("speeding", 5)], CRASH)
    assert _totals(built) == pytest.approx((2 * 7.5 + 5 * 0.2, 2 * 15 + 5 * 0.4, 2 * 15 + 5 * 0.4))
    fewer = [what for what in what_ifs(law, [Guilty("killing", 3)], CRASH) if what.group == "fewer-counts"]
    assert [what.lowest_years for what in fewer] == [7.5, 7.5, 0]


def test_an_offense_that_was_not_in_force(tmp_path):
    law = load_law(_written(tmp_path, ELSEWHERE))
    with pytest.raises(PileupError, match=r"count killing: .* from 2005-01-01 until now, not on 2004-12-31"):
        rebuild(law, [Guilty("killing", 1)], dt.date(2004, 12, 31))


def test_two_rules_for_one_range_are_refused(tmp_path):
    again = ELSEWHERE[ELSEWHERE.index("[[rule]]") :].replace('"harder"', '"hardest"')
    law = load_law(_written(tmp_path, ELSEWHERE + again))
    with pytest.raises(PileupError, match=r"offense killing: rules harder and hardest"):
        rebuild(law, [Guilty("killing", 1)], CRASH)


# Law files ------------------------------------------------------------------------------------------------


def test_every_law_file_loads_and_states_its_sources():
    assert "colorado" in available()
    for name in available():
        law = load_law(name)
        assert law == load_law(LAWS / f"{name}.toml")
        cited = {citation.source for part in (*law.offense, *law.rule) for citation in part.sources}
        assert cited == {source.id for source in law.source}, "a source that nothing cites"
        assert all(citation.quote for part in (*law.offense, *law.rule) for citation in part.sources)


def test_the_way_in_offers_what_it_names():
    assert all(hasattr(law_module, name) for name in law_module.__all__)


RULE = """[[rule]]
id = "r"
undated = true
statute = "5"
words = "w"
sources = [{ source = "book" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[law]", "[law", r"law file elsewhere\.toml: not valid TOML: "),
        (
            'title = "A made-up',
            'titel = "A made-up',
            r"line 2: \[law\]: title is missing; add it; line 4: \[law\]: unknown key titel",
        ),
        ("max = 10 }", "max = 5 }", r"\[\[offense\]\] killing: presumptive: min 6 is more than max 5"),
        ("max = 10 }", "max = inf }", r"\[\[offense\]\] killing: presumptive, max is inf; a finite"),
        ("min = 6", 'min = "6"', r"\[\[offense\]\] killing: presumptive, min is text; a number"),
        ('kind = "mandatory_range"', 'kind = "guess"', r"\[\[rule\]\] harder: .*'mandatory_range'"),
        (
            'of = "presumptive"',
            'of = "extraordinary_risk"',
            r"killing: rule harder needs its extraordinary_risk range",
        ),
        ("minimum_factor = 0.75", "minimum_factor = 2", r"killing: rule harder makes 20 to 15 of its range"),
        (
            'source = "book" }]\n\n[[rule',
            'source = "bok" }]\n\n[[rule',
            r"line \d+: \[\[offense\]\] speeding: source 'bok' is not among",
        ),
        (
            'key = "speeding"',
            'key = "killing"',
            r"line \d+: \[\[offense\]\] killing: the name 'killing' stands twice",
        ),
        (
            'id = "harder"\nundated = true\n',
            'id = "harder"\n',
            r"line \d+: \[\[rule\]\] harder: a rule has in_force_from, or else undated = true",
        ),
        (
            "undated = true",
            "undated = true\nin_force_from = 2005-01-01",
            r"line \d+: \[\[rule\]\] harder: .*give one of the two",
        ),
        (
            'offense_class = "B"',
            'offense_class = "C"',
            r"line \d+: \[\[offense\]\] \w+: the class 'C' is not among those of \[law\] classes: A, B",
        ),
        (
            "in_force_from = 2005-01-01",
            "in_force_from = 2005-01-01\nin_force_until = 2004-01-01",
            r"killing: .* is after in_force_until",
        ),
        (
            "[[rule]]",
            RULE + 'kind = "concurrent_allowed"\napplies_to = "all"\nlifts = ["q"]\n\n[[rule]]',
            r"line \d+: \[\[rule\]\] r: lifts 'q', which is no consecutive_required rule",
        ),
        (
            "[[rule]]",
            RULE + 'kind = "concurrent_required"\napplies_to = "all"\nbeside = "other"\n\n[[rule]]',
            r"\[\[rule\]\] r: applies_to and beside must be",
        ),
    ],
)
def test_each_fault_of_a_law_file_is_said_in_one_line(tmp_path, old, new, said):
    assert old in ELSEWHERE
    with pytest.raises(PileupError, match=said) as fault:
        load_law(_written(tmp_path, ELSEWHERE.replace(old, new, 1)))
    assert str(fault.value).startswith(("law file elsewhere.toml: ", "law file elsewhere.toml, line "))
    assert "\n" not in str(fault.value)


def test_all_faults_of_a_law_file_are_said_in_one_run(tmp_path):
    text = ELSEWHERE.replace('key = "speeding"', 'key = "killing"').replace('"book" }]', '"bok" }]', 1)
    text = text.replace("minimum_factor = 0.75", "minimum_factor = 2")
    with pytest.raises(PileupError) as fault:
        load_law(_written(tmp_path, text))
    assert len(fault.value.faults) == 3
    assert all(one.startswith("law file elsewhere.toml, line ") for one in fault.value.faults)


def test_a_law_that_is_not_there(tmp_path):
    for law in ("atlantis", str(tmp_path), tmp_path / "none.toml"):
        with pytest.raises(PileupError, match=r"no such law or file; known laws are colorado"):
            load_law(law)
