"""A case file is read strictly, its rules hold, and the shipped case adds up."""

import datetime as dt
import re
from pathlib import Path

import pytest

from common import ROOT
from pileup.base.errors import PileupError
from pileup.case.lawfile import LAWS, load_law
from pileup.case.load import CASES, known_cases, load_case
from pileup.desk.messages import of_file

SHIPPED = "aguilera-mederos"


def refusal(path: str | Path) -> str:
    with pytest.raises(PileupError) as caught:
        load_case(str(path))
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_small_case_loads(write_case):
    case = load_case(str(write_case()))
    assert case.case.pronoun == "they"
    assert case.number("vehicles") == 12
    assert case.by_role("injured") is None
    assert case.number("injured") is None
    assert case.source_by_id("paper").publisher == "The Paper"


@pytest.mark.parametrize("name", ["nobody", "no/such/file.toml", "data", "", "../cases/aguilera-mederos"])
def test_unknown_case_names_the_known_ones(name):
    message = refusal(name)
    assert repr(name) in message
    assert SHIPPED in message


def test_file_that_is_not_toml(write_case):
    assert "not valid TOML" in refusal(write_case(("[case]", "[case")))


def test_file_that_is_not_utf8(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes('[case]\nid = "é"'.encode("latin-1"))
    assert "latin.toml" in refusal(str(path))


BROKEN = [
    pytest.param('id = "F2"', 'id = "F1"', "[[fact]] F1: id F1: this id stands twice", id="id twice"),
    pytest.param(
        'id = "C1"',
        'id = "paper"',
        "[[dispute]] paper: id paper: this id stands twice",
        id="id twice across groups",
    ),
    pytest.param(
        'role = "deaths"\nsources = [{ source = "paper" }]',
        'role = "deaths"\nsources = [{ source = "rumor" }]',
        "[[fact]] F2: source 'rumor' is not among",
        id="unknown source",
    ),
    pytest.param(
        'says = "noon", sources = [{ source = "paper" }]',
        'says = "noon", sources = [{ source = "rumor" }]',
        "[[dispute]] C1: source 'rumor' is not among",
        id="unknown source in a version",
    ),
    pytest.param(
        'role = "deaths"\nsources = [{ source = "paper" }]',
        'role = "deaths"',
        "F2: a fact needs at least one source",
        id="no source",
    ),
    pytest.param('formula = "days(E1, E2)"', "", "F3: a derived fact needs its formula", id="no formula"),
    pytest.param('unit = "vehicles"', "", "F1: value is 12; a number needs a unit", id="no unit"),
    pytest.param(
        'formula = "days(E1, E2)"',
        'formula = "days(E1, E2)"\nrole = "vehicles"',
        "F3: role 'vehicles' is given to F1 already",
        id="role twice",
    ),
    pytest.param("guilty = 2\n", "guilty = 3\n", "N1: tried 3 is not guilty 3 + not guilty 1", id="counts"),
]


@pytest.mark.parametrize(("old", "new", "said"), BROKEN)
def test_each_rule_is_kept(write_case, old, new, said):
    message = refusal(write_case((old, new)))
    assert said in message
    assert message.startswith("case file my.toml, line ")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('title = "A crash"', 'titel = "A crash"', "[case]: unknown key titel (did you mean title?)"),
        (
            "value = 2\n",
            "value = [2]\n",
            "[[fact]] F2: value is a list; text, a number, a date or true or false is right",
        ),
        ("tried = 3", 'tried = "3"', "[[count]] N1: tried is text; a whole number is right"),
        (
            'url = "https://example.org/report"',
            'url = "example.org"',
            '[[source]] paper: url is "example.org"; an address without blanks that begins with http',
        ),
        (
            'group = "crash"\nstatement = "Two',
            'group = "crash"\ncolor = "red"\nstatement = "Two',
            "[[fact]] F2: unknown key color; known are ",
        ),
        ('state = "CO"', 'state = "Colorodo"', "[case]: state: 'Colorodo' is not a two-letter code"),
        ('status = "derived"', 'status = "certain"', '[[fact]] F3: status is "certain"; one of "confirmed"'),
    ],
)
def test_a_fault_is_told_with_its_place(write_case, old, new, place):
    assert place in refusal(write_case((old, new)))


def test_a_state_may_be_named_and_is_kept_by_its_code(write_case):
    assert load_case(write_case(('state = "CO"', 'state = "Colorado"'))).case.state == "CO"


@pytest.fixture(scope="module")
def shipped():
    return load_case(SHIPPED)


def test_every_shipped_case_loads_under_its_own_id():
    assert SHIPPED in known_cases()
    for name in known_cases():
        assert load_case(name).case.id == name


def test_vehicles_are_cars_and_trucks(shipped):
    assert shipped.number("vehicles") == 28
    assert shipped.number("cars") + shipped.number("trucks") == 28


def test_people_in_the_crash(shipped):
    assert (shipped.number("deaths"), shipped.number("injured"), shipped.number("people")) == (4, 6, 31)
    facts = {fact.id: fact.value for fact in shipped.fact}
    assert facts["F07a"] + facts["F07b"] == facts["F07"]


def test_crash_agrees_with_its_facts(shipped):
    facts = {fact.id: fact.value for fact in shipped.fact}
    assert (shipped.crash.fars_year, shipped.crash.fars_state, shipped.crash.fars_case) == (2019, 8, 80125)
    assert shipped.by_role("crash_time").value == shipped.crash.time == dt.time(16, 53)
    assert facts["F03"] == f"{shipped.crash.latitude}, {shipped.crash.longitude}"
    assert [event.date for event in shipped.event if event.kind == "crash"] == [shipped.crash.date]


def test_counts_add_up(shipped):
    assert sum(count.tried for count in shipped.count) == shipped.number("charges_tried") == 42
    assert sum(count.guilty for count in shipped.count) == shipped.number("charges_guilty") == 27
    assert sum(count.not_guilty for count in shipped.count) == shipped.number("charges_not_guilty") == 15


def test_consecutive_counts_make_the_sentence(shipped):
    consecutive = [(count.guilty, count.years_each) for count in shipped.count if count.run == "consecutive"]
    assert consecutive == [(6, 10), (10, 5)]
    (imposed,) = shipped.terms("imposed")
    assert imposed.years_min == imposed.years_max == sum(n * years for n, years in consecutive) == 110


def test_terms(shipped):
    assert [(term.years_min, term.years_max) for term in shipped.terms("asked")] == [(20, 30), (10, 10)]
    assert [(term.years_min, term.years_max) for term in shipped.terms("commuted")] == [(10, 10)]
    assert shipped.number("other_counts_years") == 30


def test_events_stand_in_the_order_of_time(shipped):
    dates = [event.date for event in shipped.event]
    assert dates == sorted(dates)
    assert all(event.date_end is None or event.date_end > event.date for event in shipped.event)
    assert 8 <= sum(event.key for event in shipped.event) <= 12


def test_days_between_events(shipped):
    day = {event.id: event.date for event in shipped.event}
    facts = {fact.id: fact.value for fact in shipped.fact}
    assert (day["T17"] - day["T04"]).days == facts["N19"] == 904
    assert (day["T27"] - day["T18"]).days == facts["R6"] == 17
    assert shipped.by_role("parole_eligible").value == day["T37"]


def test_mileposts(shipped):
    facts = {fact.id: fact.value for fact in shipped.fact}
    assert shipped.number("crash_milepost") - shipped.number("ramp_milepost") == facts["F33a"] == 6
    assert round(facts["F33a"] / shipped.number("speed") * 60, 1) == facts["F33b"]


def test_rows_are_all_there(shipped):
    assert len(shipped.seed_claim) == 50
    assert len(shipped.event) == 38
    assert len(shipped.dispute) == 20
    assert {event.id for event in shipped.event} == {f"T{n:02d}" for n in range(1, 39)}
    assert {dispute.id for dispute in shipped.dispute} == {f"C{n:02d}" for n in range(1, 21)}
    assert [one.id for one in shipped.comparable if one.like_for_like] == ["K2", "K3", "K8", "K9", "K21"]
    assert all(
        source.tier == "official" for source in shipped.source if source.id in ("fars", "codot", "firstda")
    )


def test_statements_that_nobody_computed_here_carry_no_value(shipped):
    open_rows = [fact for fact in shipped.fact if fact.id in ("F16", "F17", "F18", "F19")]
    assert [(fact.value, fact.status) for fact in open_rows] == [(None, "derived")] * 4


def test_quotes_are_short(shipped):
    parts = [
        *shipped.fact,
        *shipped.event,
        *shipped.count,
        *shipped.term,
        *shipped.account,
        *shipped.comparable,
        *shipped.seed_claim,
    ]
    cited = [one for part in parts for one in part.sources]
    cited += [one for dispute in shipped.dispute for version in dispute.versions for one in version.sources]
    assert all(one.quote is None or 0 < len(one.quote.split()) < 25 for one in cited)
    assert all(len(claim.quote.split()) < 25 for claim in shipped.seed_claim)


def test_the_dead_are_named_once_together(shipped):
    """Each name stands in its own fact, kept off the page, and in one passage that has them all."""
    names = [fact.value for fact in shipped.fact if fact.id in ("F20", "F21", "F22", "F23")]
    assert all(fact.group == "the dead" for fact in shipped.fact if fact.value in names)
    text = (CASES / f"{SHIPPED}.toml").read_text(encoding="utf-8")
    for name in names:
        surname = name.split()[-1]
        parts = [part for part in text.split("[[") if surname in part]
        assert [part.partition("]]")[0] for part in parts] == ["fact", "passage"]
    assert sum(all(name in passage.text for name in names) for passage in shipped.passage) == 1
    assert all(fact.off_page for fact in shipped.fact if fact.value in names)


def test_files_that_spell_keys_as_the_first_version_did_are_read_the_same(tmp_path: Path) -> None:
    def as_before(file: Path) -> Path:
        text = file.read_text(encoding="utf-8")
        old = re.sub(r"^(\[\[)?offense", r"\1offence", text, flags=re.MULTILINE)
        assert old != text
        path = tmp_path / file.name
        path.write_text(old, encoding="utf-8")
        return path

    case = ROOT / "tests" / "case" / "whole-case.toml"
    assert load_case(str(as_before(case))) == load_case(str(case))
    law = as_before(LAWS / "tennessee.toml")
    assert load_law(law) == load_law(LAWS / "tennessee.toml")
    assert of_file(law) == of_file(LAWS / "tennessee.toml")
    law.write_text(law.read_text(encoding="utf-8").replace("offence_class = ", "offence_clas = ", 1))
    said = (
        r"law file tennessee.toml, line \d+: \[\[offense\]\] \S+: .*; line \d+: .* unknown key offence_clas "
    )
    with pytest.raises(PileupError, match=said):
        load_law(law)


def test_a_key_that_stands_in_both_spellings_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "tests" / "case" / "whole-case.toml").read_text(encoding="utf-8")
    (tmp_path / "my.toml").write_text(
        text.replace("offense = ", 'offence = "x"\noffense = ', 1), encoding="utf-8"
    )
    assert "unknown key offence (did you mean offense" in refusal(tmp_path / "my.toml")
