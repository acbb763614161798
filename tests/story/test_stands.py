"""Whether a crash "stands" or "would stand" among those counted is said the same way everywhere."""

import json
from pathlib import Path

import pytest

from common import ROOT
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.story import charts
from pileup.story.answer import answer
from pileup.story.blocks import Chart, Prose
from pileup.story.headline import headline
from pileup.story.prose.crash import how_big, in_the_state
from pileup.story.prose.own import own_numbers
from pileup.story.report import Report
from pileup.words.text import plain

SMALL = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8").split("[[term]]")[0]
#: A crash of Florida's with 10 vehicles and 2 deaths, by NHTSA's file of 2020.
KEY = "fars_year = 2020\nfars_state = 12\nfars_case = 121457\n"


def _case(
    folder: Path, key: str, vehicles: int = 10, deaths: int = 2, day: str = "2020-06-24", state: str = "FL"
) -> Path:
    """Write the starting case as one of another state, with a key or without."""
    text = SMALL
    for old, new in (
        ('state = "RI"', f'state = "{state}"'),
        ("Providence, Rhode Island", "Providence"),
        ("[crash]\ndate = 2015-05-05\n", f"[crash]\ndate = {day}\n{key}"),
        ("value = 12\n", f"value = {vehicles}\n"),
        ("value = 2\n", f"value = {deaths}\n"),
        ("The crash involved 12 vehicles.", "Vehicles were in the crash."),
        ("Two people died.", "People died."),
    ):
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _said(path: Path, **chosen: object) -> tuple[dict[str, str], Report]:
    """Return each place that says it, in words, and the report."""
    report = Report(parameters.check({"case": str(path), **chosen}))
    record = {
        "parameters": report.parameters.model_dump() | {"state": report.state},
        "findings": [json.loads(json.dumps(one.as_data())) for one in report.findings],
    }
    said = {"headline": plain(headline(report)), "answer": answer(record, load_case(str(path)))[0]}
    for name, make in (("nation", how_big), ("state", in_the_state)):
        text = make(report)
        assert isinstance(text, Prose)
        said[name] = " ".join(map(plain, text.paragraphs))
    for name in ("largest", "state_by_year"):
        chart = getattr(charts, name)(report)
        assert isinstance(chart, Chart)
        said[name] = plain(chart.headline)
    return said, report


WOULD = {
    "headline": "it would be ",
    "answer": "Place that it would have among ",
    "nation": "by vehicles this one would stand ",
    "state": "this crash would be tied for ",
    "largest": "this crash would be tied for ",
    "state_by_year": "In Florida it would be tied for ",
}
STANDS = {
    "headline": "10 vehicles: ",
    "answer": "Place among ",
    "nation": "by vehicles this one stands ",
    "state": "this crash is tied for ",
    "largest": "this crash is tied for ",
    "state_by_year": "Among Florida’s fatal crashes it is tied for ",
}


@pytest.mark.parametrize(("key", "words"), [(KEY, STANDS), ("", WOULD)], ids=["with its key", "without"])
def test_text_headings_and_answer_agree(tmp_path: Path, key: str, words: dict[str, str]) -> None:
    said, report = _said(_case(tmp_path, key))
    for name, told in words.items():
        assert told in said[name], name
    others = ("it would be", "would stand", "would be tied", "would have") if key else ("this one stands",)
    assert not [(name, one) for name, text in said.items() for one in others if one in text]
    own = own_numbers(report).data
    assert own["crash"]["in_files"] is own["crash"]["in_fars"] is bool(key)
    assert ("may be among those counted" in said["nation"]) is not bool(key)


def test_years_without_the_crash_do_not_count_it(tmp_path: Path) -> None:
    said, _report = _said(_case(tmp_path, KEY), last_year=2019)
    for name, told in WOULD.items():
        assert told in said[name], name


def test_a_small_crash_with_its_key_stands_too(tmp_path: Path) -> None:
    key = KEY.replace("121457", "120001")  # small crashes are in no table; the files say whether it is true
    said, _report = _said(_case(tmp_path, key, 2, 1))
    assert "by vehicles this one stands " in said["nation"]


def _in_state(path: Path, **chosen: object) -> str:
    told = in_the_state(Report(parameters.check({"case": str(path), **chosen})))
    assert isinstance(told, Prose)
    return " ".join(map(plain, told.paragraphs))


def test_the_next_largest_is_named_of_the_largest_only(tmp_path: Path) -> None:
    below = _in_state(_case(tmp_path, KEY))
    assert "next largest" not in below
    assert "The largest fatal crash there had " in below
    first = _in_state(_case(tmp_path, KEY), first_year=2020, last_year=2020)
    assert "is the largest on file in Florida by vehicles" in first
    assert "The next largest had 7 vehicles." in first
    # Two of California's crashes of 2020 had 11 vehicles, the most.
    key = KEY.replace("= 12\n", "= 6\n").replace("121457", "62494")
    path = _case(tmp_path, key, 11, 1, "2020-07-17", "CA")
    tied = _in_state(path, first_year=2020, last_year=2020)
    assert "this crash is tied for 1st in California" in tied
    assert "largest" not in tied
