"""Cases that are not the one that ships: small, without parts, or with values that cannot be."""

import html
import re
from pathlib import Path

import pytest

from common import ROOT, export, words
from pileup.base.errors import PileupError
from pileup.base.paths import DATA
from pileup.case.law import load_law
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.story import charts, tables
from pileup.story.blocks import Chart, Prose
from pileup.story.report import Report
from pileup.words.text import plain

#: The starting file that the README offers: everything up to its sentence, and the sentence.
SMALL, TERM = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8").split("[[term]]")
TERM = "[[term]]" + TERM.replace("{", "{{").replace("}", "}}").replace("3.0", "{years}")


def _report(folder: Path, text: str, **chosen: object) -> Report:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return Report(parameters.check({"case": str(path), **chosen}))


@pytest.mark.parametrize("years", [1.0, 3.0, 5.25, 40.0])
def test_a_small_case_gives_a_whole_story_without_the_other_cases_words(tmp_path: Path, years: float) -> None:
    text = words(_report(tmp_path, SMALL + TERM.format(years=years)))
    for foreign in ("Aguilera", "Colorado’s files", "as the law required here", "Lakewood", "governor"):
        assert foreign not in text, foreign
    assert "would stand" in text
    assert "is the largest on file" not in text
    assert "The case names no law file" in text


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (1.0, r"Of 1,221 people in the whole groups, 1,1\d\d have a fixed term of 1 year or longer"),
        (60.0, r"Of 1,221 people in the whole groups, 1 has a fixed term of 60 years or longer"),
        (60.5, r"nobody has a fixed term of 60.5 years; the longest is 60, and two have life"),
    ],
)
def test_the_headline_follows_the_numbers(tmp_path: Path, years: float, said: str) -> None:
    chart = charts.everyone(_report(tmp_path, SMALL + TERM.format(years=years)))
    assert isinstance(chart, Chart)
    assert re.search(said, plain(chart.headline))


def test_a_case_without_sentence_or_size_still_gives_every_chapter(tmp_path: Path) -> None:
    assert "no sentence that was imposed" in words(_report(tmp_path, SMALL))
    bare = SMALL[: SMALL.index("[[source]]")]
    assert "does not establish the number of vehicles and deaths" in words(_report(tmp_path, bare))


def test_a_crash_without_a_key_may_be_among_those_counted(tmp_path: Path) -> None:
    assert "may be among those counted" in words(_report(tmp_path, SMALL))
    known = Report(parameters.check({}))
    assert "may be among those counted" not in words(known)


def test_a_lead_is_given_only_where_the_numbers_bear_it_out(tmp_path: Path) -> None:
    text = words(_report(tmp_path, SMALL, vehicles=2, deaths=12))
    assert "less rare" not in text


@pytest.mark.slow
def test_a_small_case_is_published(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SMALL + TERM.format(years=3.0), encoding="utf-8")
    page = make_report(parameters.check({"case": str(path)}), tmp_path / "page", progress=False).read_text(
        "utf-8"
    )
    assert "pileup report --case own.toml" in page
    assert "Aguilera" not in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 12", "value = -5", "value is -5; a number of vehicles is a whole number from 1 to 10000"),
        ("value = 12", "value = 28.5", "F1: value is 28.5; a number of vehicles is a whole number"),
        ("value = 12", "value = true", "F1: value is true; a number of vehicles is a whole number"),
        ("value = 2\n", "value = 999999999999\n", "F2: value is 999999999999; a number of deaths is"),
        ('state = "RI"', 'state = "ZZ"', "'ZZ' is not a two-letter code"),
        (
            "date = 2015-05-05",
            "date = 2015-05-05\nfars_year = 2014\nfars_state = 44\nfars_case = 1",
            "fars_year 2014",
        ),
        (
            "date = 2015-05-05",
            "date = 2015-05-05\nfars_year = 2015\nfars_state = 8\nfars_case = 1",
            "fars_state 8",
        ),
        ("date = 2015-05-05", "date = 2015-05-05\nfars_year = 2015", "go together"),
        ('title = "A crash in Rhode Island"', 'title = ""', "[case]: title is empty"),
    ],
)
def test_values_that_cannot_be_are_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in SMALL
    path = tmp_path / "own.toml"
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PileupError) as error:
        load_case(str(path))
    assert said in str(error.value)


@pytest.mark.parametrize("years", ["nan", "inf", "-1.0"])
def test_terms_that_cannot_be_are_refused(tmp_path: Path, years: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SMALL + TERM.format(years=years), encoding="utf-8")
    with pytest.raises(PileupError, match="T1: years_m"):
        load_case(str(path))


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_case(str(path)).case.id == "small-case"


def test_an_edition_before_the_case_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PileupError, match="edition: 2020-06-01 is before"):
        _report(tmp_path, SMALL, edition="2020-06-01")


def test_a_name_that_no_file_system_takes_is_no_case() -> None:
    with pytest.raises(PileupError, match="no such case"):
        load_case("x" * 5000 + ".toml")


def test_a_folder_with_a_file_of_ones_own_inside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page" / "charts").mkdir(parents=True)
    (tmp_path / "page" / "charts" / "mine.txt").write_text("kept")
    with pytest.raises(PileupError, match=r"charts/mine\.txt"):
        make_report(parameters.check({}), tmp_path / "page", progress=False)
    assert (tmp_path / "page" / "charts" / "mine.txt").read_text() == "kept"


def test_a_place_that_cannot_be_written_is_told_in_one_line() -> None:
    with pytest.raises(PileupError, match="cannot write /proc/nowhere/page"):
        make_report(parameters.check({}), Path("/proc/nowhere/page"), progress=False)


def test_a_sentence_stands_where_a_block_has_nothing_to_show(tmp_path: Path) -> None:
    report = _report(tmp_path, SMALL)
    for block in (
        tables.counts,
        tables.disputed,
        tables.settled,
        tables.unknown,
        tables.seed_article,
        tables.both_sides,
        tables.other_voices,
        charts.road,
    ):
        assert isinstance(block(report), Prose), block


EVIL = (
    "<script>alert(document.domain)</script>",
    "<img src=x onerror=alert(document.domain)>",
    'Tom & Jerry\'s "quoted" </title><b>bold</b>',
    "long " * 2000,
)


@pytest.mark.slow
@pytest.mark.parametrize("evil", EVIL, ids=["script", "img", "quotes", "10,000 characters"])
def test_text_of_a_case_file_is_never_trusted_as_html(tmp_path: Path, evil: str) -> None:
    text = SMALL + TERM.format(years=3.0)
    for old in (
        "Jo Example",
        "The Paper",
        "A crash, told in short.",
        "Not known.",
        "A crash in Rhode Island",
    ):
        assert old in text
        text = text.replace(f'"{old}"', "'''" + evil.strip() + "'''")
    page = export(_report(tmp_path, text))
    assert "<script>" not in page
    assert "<img" not in page
    assert "<b>bold" not in page
    plain_text = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert evil.strip() in plain_text


TENNESSEE = """
[[count]]
id = "N1"
offense = "vehicular-homicide-intoxication"
label = "Vehicular homicide by intoxication"
statute = "T.C.A. 39-13-213"
offense_class = "class B felony"
tried = 6
guilty = 6
not_guilty = 0
years_each = 11.0
run = "concurrent"
status = "single-source"
sources = [{ source = "SOURCE" }]
"""


def test_a_law_without_a_duty_is_not_told_as_one(tmp_path: Path) -> None:
    """Nothing says that terms had to run one after another where no rule of the law file makes them."""
    source = re.search(r'\[\[source\]\]\nid = "([^"]+)"', SMALL)
    assert source
    keys = [offense.key for offense in load_law("tennessee").offense if offense.homicide]
    text = SMALL + TENNESSEE.replace("SOURCE", source[1]).replace("vehicular-homicide-intoxication", keys[0])
    text = re.sub(r'state = "[A-Z]{2}"', 'state = "TN"\nlaw = "tennessee"', text, count=1)
    text = re.sub(r"fars_(year|state|case) = .*\n", "", text)
    text = text.replace("Providence, Rhode Island", "Knoxville, Tennessee")
    text = re.sub(r"\[crash\]\ndate = \S+", "[crash]\ndate = 2015-06-25", text)
    text = re.sub(r"\ndate = 20(1[6-9]|2\d)-\d\d-\d\d", "\ndate = 2015-06-25", text)
    report = _report(tmp_path, text + TERM.format(years=55.0))
    assert not report.adds_up
    told = words(report)
    assert "had to run one after another" not in told
    assert "Without the rule" not in told
    assert "the court could choose" in told
    assert "For these counts the law allowed 8 to 72 years" in told


def test_a_law_file_stands_beside_its_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_bytes((DATA / "law" / "colorado.toml").read_bytes())
    text = re.sub(r'(state = "[A-Z]{2}")', r'\1\nlaw = "mine.toml"', SMALL, count=1)
    report = _report(tmp_path, text + TERM.format(years=3.0))
    monkeypatch.chdir(ROOT)
    assert report.law.law.jurisdiction == "Colorado"
