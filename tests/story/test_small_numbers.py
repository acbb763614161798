"""Reports in which numbers are none, one and two: whole sentences in both languages, no empty one."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from grammar import faults, texts
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.findings import crash, neighbors, outside, rarity, state
from pileup.findings.declare import REGISTRY
from pileup.record.tables import load_table
from pileup.story import answer, charts, prose
from pileup.story import report as report_module
from pileup.story.headline import headline
from pileup.story.report import Report
from pileup.words.language import LANGUAGES, Language
from pileup.words.text import plain

#: A case with one vehicle and one death, and one with two of each; no sentence, so that its size leads.
_CASE = """
[case]
id = "{name}"
title = "A crash in Washington"
standfirst = "A crash, told in short."
person = "Jo Example"
state = "{state}"
as_of = 2026-01-05
status_now = "Not known."

[crash]
date = {year}-06-01
place = "Somewhere"
road = "A street"

[[source]]
id = "paper"
publisher = "The Paper"
title = "A report"
url = "https://example.org/report"
tier = "press"

[[fact]]
id = "F1"
group = "crash"
statement = "{vehicles} vehicle(s) crashed."
value = {vehicles}
unit = "vehicles"
role = "vehicles"
status = "single-source"
sources = [{{ source = "paper" }}]

[[fact]]
id = "F2"
group = "crash"
statement = "{deaths} died."
value = {deaths}
unit = "people"
role = "deaths"
status = "single-source"
sources = [{{ source = "paper" }}]
"""
ONE = {"name": "one", "state": "DC", "year": 2018, "vehicles": 1, "deaths": 1}
TWO = ONE | {"name": "two", "state": "VT", "vehicles": 2, "deaths": 2}
#: What was chosen, and of which case: the one that ships, or one of those above.
CHOICES: list[tuple[dict[str, Any] | None, dict[str, Any]]] = [
    (None, {"state": "VT", "first_year": 2019, "last_year": 2019}),
    (None, {"state": "DC", "first_year": 2022, "last_year": 2022, "vehicles": 1, "deaths": 1}),
    (None, {"state": "AK", "first_year": 1975, "last_year": 1976, "vehicles": 300, "deaths": 300}),
    (None, {"state": "KS", "first_year": 2010, "vehicles": 5, "deaths": 5}),
    (None, {"state": "MN", "first_year": 2007, "last_year": 2007, "vehicles": 100}),
    (None, {"first_year": 1990, "last_year": 1990, "deaths": 1}),
    (ONE, {}),
    (ONE, {"state": "VT", "first_year": 1979, "last_year": 1979}),
    (TWO, {"first_year": 2018, "last_year": 2018}),
    (TWO, {"vehicles": 2000, "deaths": 3}),
]
BLOCKS = [
    getattr(prose, name) for name in ("how_big", "in_the_state", "how_rare", "crash_limits", "key_facts")
]
BLOCKS += [
    getattr(charts, name)
    for name in (
        "lead",
        "scale",
        "states",
        "vehicles",
        "largest",
        "state_by_year",
        "by_decade",
        "truck_share",
    )
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report compute only what is said of the crash, of a case that is read once."""
    parts = ("crash", REGISTRY.of(crash, neighbors, state, rarity))
    monkeypatch.setattr(report_module, "compute", lambda engine: engine.findings(parts))
    monkeypatch.setattr(report_module, "load_case", cache(report_module.load_case))
    # The words of a case's own are as its file has them: what is read here is what the page says by itself.
    monkeypatch.setattr(report_module, "in_language", lambda part, _path: part)


def _file(folder: Path, case: dict[str, Any]) -> str:
    path = folder / f"{case['name']}.toml"
    path.write_text(_CASE.format(**case), encoding="utf-8")
    return str(path)


def _report(folder: Path, case: dict[str, Any] | None, spoken: Language, **chosen: object) -> Report:
    own = {"case": _file(folder, case)} if case else {}
    return Report(parameters.check({**own, **chosen, "language": spoken}))


def _told(report: Report) -> Iterator[str]:
    """Yield each text of the crash's side: blocks, headline, labels of the ledger."""
    yield plain(headline(report))
    for block in BLOCKS:
        yield from texts(block(report)._repr_mimebundle_())
    yield from (one.label for one in report.findings)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(
    ("case", "chosen"), CHOICES, ids=[f"{case and case['name']} {chosen}" for case, chosen in CHOICES]
)
def test_small_numbers_are_said_as_people_say_them(
    tmp_path: Path, case: dict[str, Any] | None, chosen: dict[str, Any], spoken: Language
) -> None:
    report = _report(tmp_path, case, spoken, **chosen)
    told = [*_told(report)]
    assert len(told) > 50
    assert [text for text in told if not text.strip()] == []
    assert [fault for text in told for fault in faults(text, spoken)] == []


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Vermont have one fatal crash in 2019, with three vehicles, and Colorado in 2019 this one alone."""
    table = load_table("crashes")
    own = (table["vehicles"] == 28) & (table["deaths"] == 4)
    here = (table["state"].isin(["VT", "CO"])) & (table["year"] == 2019)
    one = table[here & (table["state"] == "VT")].head(1).assign(vehicles=3, deaths=1, crashes=1)
    left = pd.concat([table[~here], table[here & own], one], ignore_index=True)
    monkeypatch.setattr(outside, "load_table", lambda name: left if name == "crashes" else load_table(name))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("chosen", [{"state": "VT"}, {}, {"state": "VT", "vehicles": 3, "deaths": 1}])
def test_a_state_with_one_crash_is_told_whole(
    tmp_path: Path, chosen: dict[str, Any], spoken: Language
) -> None:
    report = _report(tmp_path, None, spoken, first_year=2019, last_year=2019, **chosen)
    assert report.findings.value("crashes.state_fatal_crashes") == 1
    told = [*_told(report)]
    assert [fault for text in told for fault in faults(text, spoken)] == []
    if spoken == "en" and not chosen:
        first, *more = map(plain, prose.in_the_state(report).paragraphs)
        assert first == "In 2019, this crash is the only fatal crash on file in Colorado."
        assert more == ["In 2019, four people died on its roads, in one crash."]


def test_what_is_asked_for_is_answered_first_and_whole() -> None:
    report = Report(parameters.check({"state": "KS", "first_year": 2010, "vehicles": 5, "deaths": 5}))
    first, own, *_rest = map(plain, prose.in_the_state(report).paragraphs)
    assert first == (
        "From 2010 to 2022, the files hold 4,727 fatal crashes in Kansas. Eighteen involved five vehicles or"
        " more. Seven killed five people or more. One had both."
    )
    assert own.startswith("This crash itself is of another size, with 28 vehicles and four deaths. ")
    assert "as many people" not in first
    nation = [*map(plain, prose.how_big(report).paragraphs)]
    assert nation[1] == "378 fatal crashes killed five people or more. 32 crashes had both."
    assert nation[2].startswith("This crash itself is of another size")
    assert plain(headline(report)) == (
        "4,727 fatal crashes in Kansas: 18 with 5 vehicles or more, 7 with 5 deaths or more, 1 with both"
    )
    assert plain(prose.key_facts(report).paragraphs[0]) == "28 vehicles in the crash"
    assert plain(charts.states(report).headline).startswith(
        "18 fatal crashes in Kansas involved 5 vehicles or more; "
    )


def test_the_answer_says_first_what_was_asked_for(tmp_path: Path) -> None:
    path = _file(tmp_path, TWO)
    report = Report(
        parameters.check({"case": path, "state": "KS", "first_year": 2010, "vehicles": 5, "deaths": 5})
    )
    record = {
        "parameters": report.case.own() | {k: v for k, v in report.parameters.model_dump().items() if v},
        "findings": [one.as_data() for one in report.findings],
    }
    asked, place, there, _sentence = answer.answer(record, load_case(path))
    assert asked == (
        "4,727 fatal crashes in Kansas, 2010 to 2022: 18 with 5 vehicles or more, 7 with 5 deaths or more, 1"
        " with both."
    )
    assert place.startswith("Place that it would have among 435,174 fatal crashes")
    assert there.startswith("Place that it would have among 4,727 fatal crashes in Kansas")


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Zero fatal crashes there killed four people or more.", "en"),
        ("A decade with 0 or fewer.", "en"),
        ("By decade, one fatal crash in 1 to one in 1 had 1 vehicle or more", "en"),
        ("A large truck was in 1 of 1 fatal crashes with 20 or more vehicles", "en"),
        ("Fatal crashes with 1 vehicles or more", "en"),
        ("In 2019, 1 people died on its roads, in 1 crashes.", "en"),
        ("There  are two blanks.", "en"),
        ("A stop alone .", "en"),
        ("{vehicles} vehicles", "en"),
        ("Two crash had both.", "en"),
        ("One crashes had both.", "en"),
        ("1 vehículos en el choque", "es"),
        ("Cero choques tuvieron ambas cosas.", "es"),
        ("uno de cada 1 choques mortales", "es"),
        ("murieron 1 persona o más", "es"),
        ("28 vehículo o más", "es"),
    ],
)
def test_the_rules_find_what_they_are_for(text: str, spoken: Language) -> None:
    assert faults(text, spoken)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("About one fatal crash in 10,000 involves 28 vehicles or more", "en"),
        ("1,797,751 fatal crashes; 11 vehicles; 21 crashes; 0 vehicles; 0.1 years", "en"),
        ("One of them happened in fog; one in 128 fatal crashes.", "en"),
        ("uno de cada 10,000 choques mortales registrados", "es"),
    ],
)
def test_the_rules_leave_what_is_right(text: str, spoken: Language) -> None:
    assert faults(text, spoken) == []
