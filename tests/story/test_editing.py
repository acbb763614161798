"""Words that an editor would change: each is said as the case has it, in both languages."""

from pathlib import Path

import pytest

from common import show
from grammar import faults
from pileup.base.errors import PileupError
from pileup.base.paths import DATA
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.story import charts, prose, tables
from pileup.story.report import Report
from pileup.words import language, written
from pileup.words.language import Language
from pileup.words.text import plain
from shapes import translated
from shapes import written as shape

TINER = (DATA / "cases" / "tiner.toml").read_text(encoding="utf-8")


def _report(case: object, spoken: Language = "en", **chosen: object) -> Report:
    return Report(parameters.check({"case": str(case), "language": spoken, **chosen}))


def _changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the case of Arizona with some of its words changed."""
    text = TINER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "changed.toml"
    path.write_text(text, encoding="utf-8")
    (folder / "changed.es.po").write_bytes((DATA / "cases" / "tiner.es.po").read_bytes())
    return path


def _said(report: Report, block: str) -> str:
    return show(report, f"{block}(report)")["text/markdown"]


@pytest.mark.parametrize(
    ("spoken", "first", "later"),
    [
        (
            "en",
            "0.87 times the highest and 2.7 times the lowest median prison term of the three nearest groups",
            "the sentence here, 8 years, is 0.87 times the highest of them and 2.7 times the lowest.",
        ),
        (
            "es",
            "0.87 veces la más alta y 2.7 veces la más baja de las medianas de las penas de prisión de los"
            " tres grupos más próximos",
            "la condena aquí, 8 años, es 0.87 veces la más alta de ellas y 2.7 veces la más baja.",
        ),
    ],
)
def test_multiples_on_both_sides_of_one_are_told_one_by_one(spoken: Language, first: str, later: str) -> None:
    report = _report("sidhu", spoken)
    assert first in _said(report, "prose.key_facts")
    assert later in _said(report, "prose.what_others_get")


def test_multiples_on_one_side_of_one_stay_a_range() -> None:
    assert "- 2.5 to 7.5 times the median prison terms of the" in _said(_report("tiner"), "prose.key_facts")


@pytest.mark.parametrize(
    ("spoken", "first", "later"),
    [
        ("en", "0.33 times the highest and as long as the lowest", "imposed here is as long as that median."),
        ("es", "0.33 veces la más alta y lo mismo que la más baja", "aquí es lo mismo que esa mediana."),
    ],
)
def test_a_sentence_that_is_as_long_as_a_median_is_no_multiple_of_it(
    spoken: Language, first: str, later: str, tmp_path: Path
) -> None:
    path = shape(tmp_path, "fixed", "one", "state")
    path.write_text(path.read_text(encoding="utf-8").replace("= 10\n", "= 3\n"), encoding="utf-8")
    report = _report(translated(path, spoken), spoken)
    facts, told = (_said(report, f"prose.{name}") for name in ("key_facts", "what_others_get"))
    assert report.findings.value("comparison.nearest_highest_ratio") == 1
    assert first in facts
    assert later in told
    assert faults(facts, spoken) + faults(told, spoken) == []


def test_each_end_of_a_range_has_its_own_multiples(tmp_path: Path) -> None:
    facts = _said(_report(shape(tmp_path, "range", "both", "state")), "prose.key_facts")
    assert "1.6 to 5 times the median prison terms of the three nearest groups is the longer end" in facts
    assert "0.55 times the highest of them and 1.7 times the lowest is the shorter end, 5" in facts


@pytest.mark.parametrize("spoken", ["en", "es"])
def test_no_median_of_three_people_is_among_the_first_numbers(spoken: Language, tmp_path: Path) -> None:
    dead = ('stands_for = "the people who died"\n', 'stands_for = "the people who died"\nfor_dead = 5\n')
    path = _changed(tmp_path, dead, ("for_dead = 5\n", 'for_dead = 5\nfor_by = "F2"\n'))
    report = _report(path, spoken)
    assert report.findings.value("comparison.florida.same_deaths_people") == 3
    assert "comparison.florida.same_deaths_median_sum_months" not in report.findings
    facts, told = (_said(report, f"prose.{name}") for name in ("key_facts", "what_others_get"))
    if spoken == "en":
        assert "three of Florida’s three prisoners with as many death counts reach, if all their" in facts
        assert "Added up, their terms run from 30 to 55 years. Three reach 22.5 years or more" in told
    else:
        assert "tres de los tres presos de Florida con tantos cargos por muertes llegan" in facts
        assert "Sumadas, sus penas van de 30 a 55 años. Tres llegan a 22.5 años o más" in told


def test_eleven_people_have_a_median_that_leads(report: Report) -> None:
    assert "is the median of Florida’s eleven prisoners" in _said(report, "prose.key_facts")


@pytest.mark.parametrize(
    ("ways", "columns", "caption"),
    [
        (("plea", "plea"), ["Pleaded guilty"], "The counts, the plea and the term on each"),
        (("jury", "jury"), ["Tried", "Guilty", "Not guilty"], "The counts, the verdict and the term on each"),
        (("plea", "jury"), ["Decided", "Guilty", "Not guilty", "Decided by"], "The counts, the verdict"),
        ((None, None), ["Decided", "Guilty", "Not guilty"], "The counts, the verdict and the term on each"),
    ],
)
def test_a_plea_is_called_one(ways: tuple[str | None, ...], columns: list[str], caption: str) -> None:
    report = _report("sidhu")
    report.case.count[:] = [
        count.model_copy(update={"decided_by": way})
        for count, way in zip(report.case.count, ways, strict=True)
    ]
    table = tables.counts(report)
    assert [column.title for column in table.columns][3:-2] == columns
    assert table.caption.startswith(caption)
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_plea_is_of_guilty(tmp_path: Path) -> None:
    path = _changed(tmp_path, ("tried = 5", "tried = 6"), ("not_guilty = 0", "not_guilty = 1"))
    with pytest.raises(PileupError, match="not_guilty is 1, and decided_by is a plea"):
        load_case(str(path))


def test_what_is_compared_has_its_name(report: Report) -> None:
    told = _said(report, "prose.what_others_get")
    assert "as above" not in told
    assert "for another offense" not in told
    assert "in the whole United States" in told
    assert "a single count was 4.5 years, for negligent homicide." in _said(
        _report("tiner"), "prose.what_others_get"
    )


def test_a_subtitle_speaks_of_dots_only_where_somebody_is_drawn() -> None:
    assert "each dot is a person" in charts.same_deaths(_report("tiner")).subtitle
    assert "dot" not in charts.same_deaths(_report("sidhu")).subtitle


@pytest.mark.parametrize(("number", "noun", "said"), [("uno", "persona", "una"), ("Uno", "choque", "Un")])
def test_one_agrees_with_its_noun_in_spanish(number: str, noun: str, said: str) -> None:
    with language.using("es"):
        assert written.agreeing(number, f" {noun} más") == said
        assert written.agreeing(number, " de ellos") == number


def test_a_crash_with_deaths_alone_is_drawn_by_deaths(tmp_path: Path) -> None:
    report = _report(shape(tmp_path, "fixed", "deaths", "state"))
    by_decade, states, by_year = (
        getattr(charts, name)(report) for name in ("by_decade", "states", "state_by_year")
    )
    assert plain(by_decade.headline) == "By decade, one fatal crash in 46 to one in 90 had 3 or more deaths"
    assert plain(states.headline).startswith("Georgia has had a deadlier fatal crash, with 7 deaths; every")
    assert plain(by_year.headline) == "In Georgia it would be tied for 272nd by deaths"
    nation = report.nation
    here = nation[nation["state"] == "GA"]
    row = next(row for row in states.table.rows if row[0] == "Georgia")
    assert row[2] == here["deaths"].max() == max(row[1] for row in by_year.table.rows)
    assert row[-1] == here.loc[here["deaths"] >= 3, "crashes"].sum()
    large = nation.loc[(nation["year"] >= 2020) & (nation["deaths"] >= 3), "crashes"].sum()
    assert by_decade.table.rows[-1][3] == large


def test_a_number_of_deaths_that_was_asked_for_is_what_the_map_shows(tmp_path: Path) -> None:
    report = _report(shape(tmp_path, "fixed", "deaths", "state"), deaths=8)
    headline = plain(charts.states(report).headline)
    assert headline.startswith("No fatal crash on file in Georgia involved 8 deaths or more; in ")


def test_no_crash_stands_out_by_a_single_death(tmp_path: Path) -> None:
    path = shape(tmp_path, "fixed", "deaths", "state")
    text = path.read_text(encoding="utf-8").replace("The deaths: 3 people", "The deaths: 1 person")
    path.write_text(text.replace('value = 3\nunit = "people"', 'value = 1\nunit = "person"'), "utf-8")
    report = _report(path)
    for block in (charts.by_decade, charts.states):
        assert "none stands out by a single one" in str(block(report)._repr_mimebundle_())
    assert prose.how_big(report)
