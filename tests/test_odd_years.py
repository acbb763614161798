"""Tables of other years than those that ship: what a page says of its sources is what they hold."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from building import describe_anew, tables
from common import CALLS, executed, show
from pileup.base.errors import PileupError
from pileup.files import parameters
from pileup.files.parameters import Parameters
from pileup.page import content
from pileup.page.meta import identifier, json_ld
from pileup.record import package
from pileup.record.coverage import covered, said
from pileup.sources import fars
from pileup.story import answer
from pileup.story.blocks import BLOCK
from pileup.story.report import Report
from pileup.words import language
from pileup.words.text import from_data

Held = Callable[[Path], Path]

#: A year in a text, and no part of a longer number.
YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,]*\d)")


@pytest.fixture(scope="module", autouse=True)
def _own_data() -> Iterator[None]:
    """Give the project its own tables back."""
    before = package.DATA
    yield
    package.DATA = before


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Return a function that lets the project read the tables of a folder."""

    def use(folder: Path) -> Path:
        monkeypatch.setattr(package, "DATA", folder)
        return folder

    return use


def _page(**chosen: Any) -> dict[str, Any]:
    """Return what each cell of the report notebook shows, as data."""
    report = Report(parameters.check(chosen))
    return {call: show(report, call)[BLOCK] for call in CALLS}


def _texts(block: dict[str, Any]) -> list[str]:
    """Return the paragraphs of a text."""
    return [from_data(paragraph) for paragraph in block["paragraphs"]]


SINCE_2005 = range(2005, 2020)


@pytest.fixture(scope="module")
def since_2005(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables(tmp_path_factory.mktemp("since"), SINCE_2005)


@pytest.fixture(scope="module")
def with_gaps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All years of a span but 1999 and 2021."""
    years = [year for year in range(1996, 2023) if year not in (1999, 2021)]
    return tables(tmp_path_factory.mktemp("gaps"), years)


def test_a_folder_of_part_of_the_years_says_which(since_2005: Path, held: Held) -> None:
    held(since_2005)
    page = _page()
    told = _texts(page["prose.how_big(report)"])
    assert "From 2005 to 2019 these were 182 crashes" in told[0]
    assert told[2].startswith("Among the fatal crashes of 2005 to 2019, by vehicles this one stands 17th")
    assert page["charts.largest(report)"]["subtitle"].count(", 2005 to 2019") == 1
    source = page["charts.vehicles(report)"]["source"]
    assert source.endswith("FARS 2005–2019 (2005–2019: edition not known); own count.")
    assert (
        "Vehicles are all those in the crash, parked ones included. "
        in page["charts.vehicles(report)"]["note"]
    )
    assert page["prose.ledger(report)"]["parameters"]["first_year"] == 2005


def test_years_that_are_missing_are_said_and_not_counted(with_gaps: Path, held: Held) -> None:
    held(with_gaps)
    page = _page()
    years = "1996–1998, 2000–2020 and 2022"
    told = _texts(page["prose.how_big(report)"])
    assert f"In {years} these were 302 crashes" in told[0]
    assert f"Among the fatal crashes of {years}, " in told[2]
    limits = _texts(page["prose.crash_limits(report)"])
    assert "No file of 1999 and 2021 is held, so no crash of that time is counted." in limits
    decades = {row[0]: row[1] for row in page["charts.by_decade(report)"]["table"]["rows"]}
    assert decades == {"1996–1998": 3, "2000–2009": 10, "2010–2019": 10, "2020, 2022": 2}
    assert page["charts.vehicles(report)"]["source"].count("FARS 1996–1998, 2000–2020, 2022 (") == 1
    found = {one["id"]: one for one in page["prose.ledger(report)"]["findings"]}
    assert found["crashes.years"]["value"] == 25
    large = found["crashes.at_least_20"]["value"]
    assert found["crashes.at_least_20_a_year"]["value"] == pytest.approx(large / 25)
    assert f"years {years}" in found["crashes.fatal_crashes"]["computed_from"]
    assert found["crashes.decade.large.2020_2022"]["label"].endswith(", 2020 and 2022")


def test_the_machine_readable_years_have_the_same_gaps(with_gaps: Path, held: Held) -> None:
    held(with_gaps)
    graph = json_ld(content.read(executed(Report(parameters.check({}))))[0])
    nodes = {node["@id"]: node for node in json.loads(graph)["@graph"]}
    runs = ["1996/1998", "2000/2020", "2022/2022"]
    assert nodes["#numbers"]["temporalCoverage"] == runs
    assert nodes["#how-table.crashes"]["temporalCoverage"] == runs
    assert nodes["#how-table.federal-sentences"]["temporalCoverage"] == "2018-10/2024-09"


def test_the_years_of_a_range_are_those_held_in_it(with_gaps: Path, held: Held) -> None:
    held(with_gaps)
    page = _page(first_year=1999, last_year=2001)
    told = _texts(page["prose.how_big(report)"])
    assert "From 2000 to 2001 these were 24 crashes" in told[0]
    data = page["prose.how_big(report)"]["paragraphs"][0]
    origins = {run["text"]: run["origin"] for run in data if isinstance(run, dict)}
    assert (origins["2000"], origins["2001"]) == ("table.crashes", "parameter.last_year")
    assert "In 2022 these were " in _texts(_page(first_year=2021)["prose.how_big(report)"])[0]


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"first_year": 1995}, "parameter first_year: 1995 is out of range; it can be 1996 to 2022"),
        ({"last_year": 2023}, "parameter last_year: 2023 is out of range; it can be 1996 to 2022"),
        (
            {"first_year": 2021, "last_year": 2021},
            "first_year 2021 and last_year 2021: no year from the one to the other is held; the tables hold"
            " 1996–1998, 2000–2020, 2022",
        ),
    ],
)
def test_a_range_beyond_the_years_held_is_told_in_one_line(
    with_gaps: Path, held: Held, chosen: dict, told: str
) -> None:
    held(with_gaps)
    with pytest.raises(PileupError) as error:
        parameters.check(chosen)
    assert str(error.value) == told


def test_a_page_made_from_years_that_are_no_longer_held_keeps_its_name(with_gaps: Path, held: Held) -> None:
    held(with_gaps)
    head = {"case": "my-case.toml", "parameters": {"first_year": 1980, "last_year": 1999}}
    assert identifier(head) == "my-case-first-year-1980-last-year-1999"
    with pytest.raises(PileupError, match="'1980' is not a whole number"):
        identifier({"case": "my-case.toml", "parameters": {"first_year": "1980"}})


def test_bounds_and_defaults_are_the_years_held(with_gaps: Path, held: Held) -> None:
    held(with_gaps)
    for name, year in (("first_year", 1996), ("last_year", 2022)):
        field = parameters.schema()["properties"][name]
        assert field["default"] == year
        assert field["anyOf"] == [{"const": 0}, {"minimum": 1996, "maximum": 2022}]
        assert getattr(parameters.check({name: 0}), name) == year
        assert parameters.default(name) == year
    assert Parameters(first_year=1996).changed() == {}
    with pytest.raises(PileupError, match="'1996' is not a whole number, such as 1996"):
        parameters.check({"first_year": "1996"})


def test_final_files_of_late_years_are_no_first_releases(
    tmp_path: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"final": {year: 12 + (year == 2019) for year in range(2018, 2023)}, "first release": {}}
    monkeypatch.setattr(fars, "KNOWN_EDITIONS", known)
    monkeypatch.setattr(fars, "PUBLISHED_DEATHS", {})
    held(tables(tmp_path, range(2018, 2023)))
    page = _page()
    words = json.dumps(page["prose.crash_limits(report)"], ensure_ascii=False)
    assert "first release" not in words
    assert "in transport only" not in words
    assert "final ones is not known" not in words
    assert page["charts.vehicles(report)"]["source"].endswith("FARS 2018–2022; own count.")


def test_a_first_release_among_final_files_is_the_only_one_called_so(
    tmp_path: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"final": {2018: 12}, "first release": {2020: 12}}
    monkeypatch.setattr(fars, "KNOWN_EDITIONS", known)
    held(tables(tmp_path, (2018, 2019, 2020)))
    page = _page()
    source = page["charts.vehicles(report)"]["source"]
    assert source.endswith("FARS 2018–2020 (2020: first release; 2019: edition not known); own count.")
    limits = _texts(page["prose.crash_limits(report)"])
    assert "The files of 2020 are first releases; the final files have a few more crashes." in limits
    assert "Whether the files of 2019 are NHTSA’s final ones is not known." in limits


def test_a_crash_whose_year_is_not_held_is_not_said_to_be_among_those_counted(
    tmp_path: Path, held: Held
) -> None:
    held(tables(tmp_path, (2010, 2011)))
    told = _texts(_page()["prose.how_big(report)"])
    assert told[2].startswith("Among the fatal crashes of 2010 to 2011, by vehicles this one would stand ")
    assert told[-1] == (
        "The files held are of 2010 and 2011: a crash of 2019 is not among those counted, and its places are"
        " those that it would have."
    )


def test_where_vehicles_are_counted_in_one_way_the_page_says_so(tmp_path: Path, held: Held) -> None:
    held(tables(tmp_path, (2018, 2019), total=False))
    page = _page()
    note = page["charts.by_decade(report)"]["note"]
    assert note.startswith("Vehicles are those in transport only; parked ones are not counted. ")
    limits = _texts(page["prose.crash_limits(report)"])
    assert "“Vehicles” counts vehicles in transport only in the files of 2018 and 2019." in limits


def test_one_fiscal_year_of_the_commissions_own_is_called_that(tmp_path: Path, held: Held) -> None:
    folder = held(tables(tmp_path, fiscal_years=[(2022, True)]))
    page = _page()
    source = page["charts.everyone(report)"]["source"]
    assert source.startswith(
        "US Sentencing Commission, individual offender files, fiscal year 2022; New York"
    )
    told = " ".join(_texts(page["prose.what_others_get(report)"]))
    assert "In fiscal year 2022, " in told
    assert any("the Sentencing Commission’s own." in text for text in _texts(page["prose.method(report)"]))
    ledger = page["prose.ledger(report)"]
    labels = [one["label"] for one in ledger["findings"] if one["id"] == "comparison.murder.cases"]
    assert labels == ["People sentenced for federal murder, fiscal year 2022"]
    (entry,) = [one for one in ledger["data"] if one["id"] == "table.federal-sentences"]
    assert len(entry["sources"]) == 1, "nobody's extract is named"
    assert said(covered("federal-sentences", folder)) == (
        "Fiscal years held: 2022. Read from the Commission’s own files: 2022."
    )


def test_an_extract_among_the_commissions_files_is_told_by_its_years(tmp_path: Path, held: Held) -> None:
    held(tables(tmp_path, fiscal_years=[(2020, True), (2021, False), (2023, True)]))
    page = _page()
    assert page["charts.everyone(report)"]["source"].startswith(
        "US Sentencing Commission, individual offender files, fiscal years 2020–2021 and 2023 (2021: read"
        " from an extract); New York"
    )
    told = " ".join(_texts(page["prose.method(report)"]))
    assert "The federal files of 2021 were read through an extract, the others are the Commission’s." in told


def test_nhtsas_own_files_are_not_called_copies(tmp_path: Path, held: Held) -> None:
    folder = tables(tmp_path, (2018, 2019))
    held(folder)
    describe_anew(folder, "crashes", years=lambda one: {"read_from": "NHTSA"})
    assert "NHTSA’s files were read from its own site." in " ".join(_texts(_page()["prose.method(report)"]))
    describe_anew(
        folder, "crashes", years=lambda one: {"read_from": "NHTSA" if one["year"] == 2018 else "copy"}
    )
    told = " ".join(_texts(_page()["prose.method(report)"]))
    assert "NHTSA’s files of 2018 were read from its own site, the others through copies." in told


def test_the_answer_says_the_years_that_were_counted(with_gaps: Path, held: Held) -> None:
    held(with_gaps)
    report = Report(parameters.check({}))
    ledger = show(report, "prose.ledger(report)")[BLOCK]
    first, *_rest = answer.answer(ledger, report.case)
    assert "fatal crashes, 1996–1998, 2000–2020 and 2022: " in first


# Every year that the page says of its sources


def _old(folder: Path) -> Path:
    """Years before all changes of coding and counting; the states' records of another time."""
    out = tables(folder, (1985, 1986, 1987, 1990, 1992), [(2021, True)], truck=False)
    describe_anew(out, "state-sentences", spans=lambda one: {"first": "2001-02", "last": "2003-04"})
    return out


def _late(folder: Path) -> Path:
    """First releases put together, in part without weather and day; two fiscal years, one from an extract."""
    out = tables(folder, (2010, 2011, 2016, 2017), [(2020, False), (2023, True)])
    describe_anew(
        out,
        "crashes",
        years=lambda one: {
            "edition": "first release" if one["year"] > 2011 else "final",
            "read_from": "copy put together" if one["year"] > 2016 else "NHTSA",
            "weather": "no" if one["year"] == 2011 else ["CO"],
            "date": ["CO", "TX"] if one["year"] == 2017 else "yes",
        },
    )
    describe_anew(out, "state-sentences", spans=lambda one: {"first": "1999-05", "last": "1999-05"})
    return out


def _unknown(folder: Path) -> Path:
    """One year alone; of the states' records nothing is known."""
    out = tables(folder, (2019,), [(2024, True)])
    describe_anew(out, "state-sentences", spans=lambda one: {"first": "", "last": "", "about": False})
    return out


@pytest.fixture(scope="module", params=[_old, _late, _unknown], ids=lambda make: make.__name__)
def odd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return request.param(tmp_path_factory.mktemp("odd"))


def _held_anywhere(folder: Path) -> set[str]:
    """Return every year that the tables hold."""
    found = set()
    for name in package.entries(folder):
        covers = covered(name, folder)
        found |= {str(year) for year in covers.held} | {covers.as_of[:4]}
        found |= {end[:4] for one in covers.spans for end in (one.first, one.last)}
    return found


def _of_tables(origins: list[str]) -> bool:
    """Tell whether something leads to a table of years; tables of what others published have their own."""
    others = ("table.published-figures", "table.statutory-ranges", "table.own-group", "table.set-aside")
    return any(one.startswith(("table.", "crashes.")) and one not in others for one in origins)


def _said_of_sources(page: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each text that leads to a table, with its place."""
    for call, block in page.items():
        for paragraph in block.get("paragraphs", []):
            origins = [run["origin"] for run in paragraph if isinstance(run, dict)]
            if _of_tables(origins):
                rest = [run for run in paragraph if isinstance(run, str) or _of_tables([run["origin"]])]
                yield call, from_data(rest)
        for part in (block, block.get("table", {})):
            if _of_tables(part.get("origins", [])):
                for name in ("headline", "subtitle", "alt", "source", "note", "caption"):
                    yield f"{call} {name}", from_data(part.get(name))
                for row in part.get("rows", []):
                    yield f"{call} table", " | ".join(map(from_data, row))
                for drawn in ("narrow",):
                    notes = part.get(drawn, {}).get("layout", {}).get("annotations", [])
                    yield f"{call} drawing", " | ".join(one["text"] for one in notes)
    ledger = page["prose.ledger(report)"]
    for one in ledger["findings"]:
        if _of_tables([name for origin in one["origins"] for name in origin.split()]):
            yield one["id"], " | ".join([one["label"], *one["computed_from"]])
    for one in ledger["data"]:
        yield one["id"], " | ".join([one["statement"], one["note"], *map(str, one.get("temporal", ()))])


@pytest.mark.slow
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_every_year_said_of_a_source_is_one_that_the_tables_hold(odd: Path, held: Held, spoken: str) -> None:
    held(odd)
    report = Report(parameters.check({"language": spoken}))
    page = {call: show(report, call)[BLOCK] for call in CALLS}
    right = _held_anywhere(odd) | {"2019"}  # the year of the case's own crash
    right |= {str(year - 1) for year in covered("federal-sentences", odd).held}  # a fiscal year's October
    texts = list(_said_of_sources(page))
    assert len(texts) > 200
    counted = covered("crashes", odd).held
    gaps = {str(year) for year in range(counted[0], counted[-1])} - right  # said to be missing, in one place
    wrong = [
        (place, year, text)
        for place, text in texts
        for year in YEAR.findall(text)
        if year not in right and not (place == "prose.crash_limits(report)" and year in gaps)
    ]
    assert wrong == []
    for place in ("charts.vehicles(report) source", "charts.state_by_year(report) subtitle"):
        (text,) = {one for at, one in texts if at == place and one}
        assert {str(counted[0]), str(counted[-1])} <= set(YEAR.findall(text))


@pytest.mark.slow
def test_the_test_would_see_a_year_that_is_not_held(odd: Path, held: Held) -> None:
    held(odd)
    page = _page()
    page["charts.vehicles(report)"]["note"] += " From 1976 on."
    page["prose.crash_limits(report)"]["paragraphs"].append(
        ["As in 1977 ", {"origin": "table.crashes", "text": "x"}]
    )
    page["prose.ledger(report)"]["data"][0]["note"] += " 1978."
    seen = {year for _place, text in _said_of_sources(page) for year in YEAR.findall(text)}
    assert {"1976", "1977", "1978"} <= seen


# A broken description


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"edition": "second"}, "table 'crashes', coverage years 0 edition: Input should be 'final'"),
        ({"year": 2019}, "its years are not in order, or one stands twice"),
        ({"address": "https://example.org"}, "coverage years 0 address: Extra inputs are not permitted"),
        ({"large_truck": "maybe"}, "coverage years 0 large_truck"),
    ],
)
def test_a_coverage_that_cannot_be_is_told_in_one_line(
    since_2005: Path, tmp_path: Path, change: dict, told: str
) -> None:
    package_file = json.loads((since_2005 / "datapackage.json").read_text(encoding="utf-8"))
    package_file["resources"][0]["coverage"]["years"][0] |= change
    (tmp_path / "datapackage.json").write_text(json.dumps(package_file), encoding="utf-8")
    with pytest.raises(PileupError) as error:
        covered("crashes", tmp_path)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_tables_of_no_year_are_refused(since_2005: Path, held: Held, tmp_path: Path) -> None:
    package_file = json.loads((since_2005 / "datapackage.json").read_text(encoding="utf-8"))
    package_file["resources"][0]["coverage"] = {}
    (tmp_path / "datapackage.json").write_text(json.dumps(package_file), encoding="utf-8")
    held(tmp_path)
    with pytest.raises(PileupError, match="no year of the table crashes is held"):
        parameters.check({})
