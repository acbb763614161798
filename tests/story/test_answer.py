"""The answer that `pileup report` ends with, for each way in which a case can turn out."""

import json
from pathlib import Path
from typing import Any

import pytest

from common import ROOT
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.story.answer import answer
from pileup.story.report import Report
from pileup.words import language

SMALL = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8")


def _record(report: Report) -> dict[str, Any]:
    """Return what findings.json holds of a report: the values of the case where none was set."""
    chosen = report.parameters.model_dump()
    chosen |= {name: value for name, value in report.case.own().items() if not chosen[name]}
    return json.loads(
        json.dumps({"parameters": chosen, "findings": [one.as_data() for one in report.findings]})
    )


def _lines(folder: Path, text: str, **chosen: object) -> list[str]:
    """Return the answer of a small case's report."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return answer(_record(Report(parameters.check({"case": str(path), **chosen}))), load_case(str(path)))


def test_it_gives_the_place_the_sentence_and_what_was_left_of_it(report: Report) -> None:
    found = report.findings
    place, imposed, commuted = answer(_record(report), report.case)
    assert place.startswith(
        f"Place among {found.value('crashes.fatal_crashes'):,} fatal crashes, 1975 to 2022: "
    )
    assert f"{found.value('crashes.rank_by_both')}th by vehicles and deaths together" in place
    assert imposed == (
        "Sentence imposed: 110 years, 37 times the median of the nearest federal group, 3 years."
    )
    assert commuted == "Commuted to 10 years, 3.3 times that median."


def test_a_crash_that_is_not_counted_has_the_place_that_it_would_have(report: Report, tmp_path: Path) -> None:
    assert _lines(tmp_path, SMALL)[0].startswith("Place that it would have among ")
    later = Report(parameters.check({"first_year": 2020}))
    assert answer(_record(later), later.case)[0].startswith("Place that it would have among ")
    language.use("en")
    one = Report(parameters.check({"first_year": 2019, "last_year": 2019, "vehicles": 50}))
    assert ", 2019: 1st by vehicles and deaths together" in answer(_record(one), one.case)[1]
    assert answer(_record(one), one.case)[1].startswith("Place among ")


def test_another_state_and_another_size_that_were_asked_for_are_told(report: Report) -> None:
    asked = Report(parameters.check({"state": "TX", "vehicles": 50}))
    found = asked.findings
    lines = answer(_record(asked), asked.case)
    assert len(lines) == len(answer(_record(report), report.case)) + 2
    large = found.value("crashes.state_at_least_vehicles")
    every = f"{found.value('crashes.state_fatal_crashes'):,} fatal crashes in Texas, 1975 to 2022: "
    assert lines[0] == f"{every}{large} with 50 vehicles or more."
    in_texas = f"{found.value('crashes.state_fatal_crashes'):,} fatal crashes in Texas, 1975 to 2022: "
    assert lines[1].startswith("Place among ")
    assert lines[2].startswith(f"Place that it would have among {in_texas}")
    assert f" {found.value('crashes.state_rank_by_vehicles')}" in lines[2]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("1.0", "Sentence imposed: 1 year, shorter than the median of the nearest federal group, 3 years"),
        ("3.0", "Sentence imposed: 3 years, about as long as the median of the nearest federal group"),
        ("10.5", "Sentence imposed: 10.5 years, 3.5 times the median of the nearest federal group, 3 years."),
    ],
)
def test_the_sentence_is_worded_for_how_it_stands(tmp_path: Path, years: str, said: str) -> None:
    lines = _lines(tmp_path, SMALL.replace("3.0", years))
    assert len(lines) == 2
    assert lines[1].startswith(said)


def test_what_a_case_lacks_is_said_in_its_place(tmp_path: Path) -> None:
    without, bare = SMALL[: SMALL.index("[[term]]")], SMALL[: SMALL.index("[[source]]")]
    assert _lines(tmp_path, without)[1].startswith("The case file has no sentence that was imposed")
    assert _lines(tmp_path, bare)[0].endswith("vehicles and deaths, so the crash is not ranked.")


def test_it_is_said_in_the_language_of_the_report() -> None:
    spanish = Report(parameters.check({"language": "es"}))
    place, imposed, commuted = answer(_record(spanish), spanish.case)
    assert place.startswith("Puesto entre ")
    assert imposed.startswith("Condena impuesta: 110 años, 37 veces la mediana del grupo federal")
    assert commuted == "Conmutada a 10 años, 3.3 veces esa mediana."
