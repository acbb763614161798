"""The numbered notebooks derive the page's numbers in the open: all of them, whatever the case."""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

import pileup
from pileup.base.errors import PileupError
from pileup.base.paths import NOTEBOOKS
from pileup.story import charts, prose, started, working
from pileup.story.blocks import BLOCK
from shapes import OUTCOMES, SHAPES, written

NUMBERED = sorted(NOTEBOOKS.glob("[1-9]*.ipynb"))
#: Ways to ask, each of which changes many numbers.
ASKED: list[dict[str, Any]] = [
    {},
    {"state": "TX", "exclusions": True},
    {"first_year": 2000, "last_year": 2010, "vehicles": 5, "deaths": 5},
    {"state": "DC", "vehicles": 100},
    {"case": "puebla"},
    {"case": "tiner"},
    {"case": "sidhu"},
    {"case": "sidhu", "state": "CO"},
]

#: A page has these only where somebody of the group has life, which is nobody in the files held now.
NOBODY = {"comparison.florida.one_count_life", "comparison.florida.vehicular_homicide_life"}


@pytest.fixture(autouse=True)
def _nothing_started() -> Iterator[None]:
    yield
    started.start_with({})


def code(path: Path) -> list[str]:
    cells = nbformat.read(path, as_version=4).cells
    return [
        cell.source
        for cell in cells
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", [])
    ]


def derived(chosen: dict[str, Any]) -> tuple[pileup.Report, set[str], set[str]]:
    """Run the numbered notebooks; return the report, what they held against it, and what they asked for."""
    held: set[str] = set()
    asked: set[str] = set()
    real = working.check

    def check(name: Any, value: Any = None) -> working.Checked:
        asked.update(name if isinstance(name, dict) else [name])
        found = real(name, value)
        held.update(found.same)
        return found

    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.setattr(working, "check", check)
        for path in NUMBERED:
            names = {"__name__": "__main__", **chosen}
            for source in code(path):
                exec(compile(source, path.name, "exec"), names)
    return names["report"], held, asked


@pytest.mark.slow
@pytest.mark.parametrize("chosen", ASKED, ids=str)
def test_every_number_that_is_computed_is_derived_in_the_open(chosen: dict[str, Any]) -> None:
    report, held, _ = derived(chosen)
    assert {one.id for one in report.findings} - held == set()


@pytest.mark.parametrize(
    ("outcome", "known", "place"),
    [
        pytest.param(*shape, marks=pytest.mark.slow if shape[1:] == ("both", "state") else pytest.mark.proof)
        for shape in SHAPES
    ],
)
def test_so_it_is_for_every_shape_of_a_case(outcome: str, known: str, place: str, tmp_path: Path) -> None:
    report, held, _ = derived({"case": str(written(tmp_path, outcome, known, place))})
    assert {one.id for one in report.findings} - held == set()


def _origins(part: object) -> Iterator[tuple[str, Any]]:
    if isinstance(part, dict) and "origin" in part:
        yield part["origin"], part["value"]
    elif isinstance(part, dict | list | tuple):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _origins(one)


@pytest.mark.slow
def test_so_is_every_number_of_headline_lead_key_facts_and_chart_titles() -> None:
    report, held, _ = derived({})
    told = [prose.head(report), prose.key_facts(report)]
    told += [getattr(charts, name)(report) for name in charts.__all__]
    data = [block._repr_mimebundle_()[BLOCK] for block in told]
    first = {name: data[0][name] for name in ("finding", "standfirst", "status")}
    titles = [one.get("headline") for one in data[2:] if one["kind"] == "chart"]
    numbers = {
        origin
        for origin, value in _origins([first, data[1], titles])
        # Of words in the place of a number ("one source's account", "January 2022") nothing is derived.
        if not isinstance(value, str) or value[:4].isdigit() or value.isdigit()
    }
    assert len(numbers) > 40
    assert numbers - held == set()


@pytest.mark.slow
def test_no_check_asks_for_what_no_page_has(tmp_path: Path) -> None:
    """A number that was given another id would be derived for nobody."""
    chosen: list[dict[str, Any]] = [*ASKED, {"exclusions": True, "state": "OH"}]
    chosen += [{"case": str(written(tmp_path, one, "both", "state"))} for one in ("life", "several", "range")]
    chosen += [{"case": str(written(tmp_path, "fixed", "deaths", "state"))}]
    runs = [derived(one) for one in chosen]
    wanted = set().union(*(asked for _, _, asked in runs))
    known = set().union(*(held for _, held, _ in runs))
    idle = {
        name
        for name in wanted - known
        if "{}" not in name or not any(one.startswith(name.split("{}")[0]) for one in known)
    }
    assert idle == NOBODY


def test_a_number_that_differs_ends_the_cell_with_both_values() -> None:
    pileup.start({})
    with pytest.raises(PileupError, match=r"check crashes\.at_least_vehicles: 46 here, 45 on the page"):
        pileup.check("crashes.at_least_vehicles", 46)
    with pytest.raises(PileupError, match=r"check fact\.F04: 29 here, 28 on the page"):
        pileup.check({"fact.F06": 4, "fact.F04": 29})
    assert (
        repr(pileup.check("crashes.at_least_vehicles", 45)) == "crashes.at_least_vehicles: 45, as on the page"
    )
    assert pileup.check("crashes.at_least_vehicles", 45.0).same == {"crashes.at_least_vehicles": 45}


def test_of_a_family_none_may_be_missing_and_none_be_added() -> None:
    pileup.start({})
    large = {
        "1975_1979": 2,
        "1980_1989": 4,
        "1990_1999": 11,
        "2000_2009": 16,
        "2010_2019": 10,
        "2020_2022": 2,
    }
    assert len(pileup.check("crashes.decade.large.{}", pd.Series(large)).same) == len(large)
    with pytest.raises(PileupError, match="nothing here for 2020_2022"):
        pileup.check("crashes.decade.large.{}", {**large, "2020_2022": None})
    with pytest.raises(PileupError, match="and the page has no such number"):
        pileup.check("crashes.decade.large.{}", {**large, "2030_2039": 1})
    with pytest.raises(PileupError, match="a series or a mapping is right"):
        pileup.check("crashes.decade.large.{}", 3)


def test_what_another_case_has_is_said_to_be_none_of_this_page() -> None:
    pileup.start({})
    assert pileup.check("sentence.imposed_least_years", float("nan")).others == (
        "sentence.imposed_least_years",
    )
    started.start_with({})
    with pytest.raises(PileupError, match="no report was started"):
        pileup.check("crashes.years", 48)


def test_a_frame_keeps_back_what_is_for_the_editor_alone() -> None:
    case = pileup.load_case("aguilera-mederos")
    hidden = [one.id for one in case.comparable if one.off_page]
    cases = pileup.frame(case.comparable)
    assert hidden
    assert not set(hidden) & set(cases.index)
    assert not {"unnamed", "off_page", "follows"} & set(cases.columns)
    names = [name for one in case.comparable for name in one.unnamed]
    assert names
    assert not any(name in cases.to_csv() for name in names)


def test_each_outcome_is_among_those_that_are_derived_each_time() -> None:
    assert {shape[0] for shape in SHAPES if shape[1:] == ("both", "state")} == set(OUTCOMES)
