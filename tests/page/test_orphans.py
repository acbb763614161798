"""No orphan number: on the finished page each number leads to its origin, and a planted one is found."""

from pathlib import Path

import pytest

from common import export
from pileup.files import parameters
from pileup.page import markup, structure
from pileup.story.report import Report
from pileup.words.text import Number, linked, plain


def _entries(page: str) -> frozenset[str]:
    return frozenset(one.attributes.get("id") or "" for one in markup.read(page).find("li"))


def orphans(page: str) -> list[str]:
    """Return the texts of a page, its ledger inside, with a number that leads nowhere."""
    return structure.orphans(markup.read(page), _entries(page))


LEDGER = '<div class="ledger"><ul><li id="how-x">It was counted: 28</li></ul></div>'


def _page(story: str) -> str:
    head = "<!doctype html><html><head><title>12</title></head><body><h1>The years</h1>"
    return f"{head}<main>{story}</main>{LEDGER}</body></html>"


def test_the_finished_page_has_none(made: Path) -> None:
    page, ledger = ((made / name).read_text(encoding="utf-8") for name in ("index.html", "ledger.html"))
    assert page.count("data-of=") > 80
    assert structure.orphans(markup.read(page), _entries(ledger)) == []
    assert structure.orphans(markup.read(page), _entries(ledger) - {"how-fact.F06"}) != []


@pytest.mark.parametrize(
    "story",
    [
        "<p>28 vehicles</p>",
        "<p>four people died</p>",
        "<p>Twenty of them</p>",
        "<p>in 2019</p>",
        "<p>a share of 3.5%</p>",
        '<p><a class="n" href="#how-nothing"><data value="28">28</data></a> vehicles</p>',
        '<p><data value="28" data-of="nothing">28</data> vehicles</p>',
        '<p><data value="28">28</data> vehicles</p>',
        '<figure data-origin="how-nothing"><svg><text>28 vehicles</text></svg></figure>',
        '<figure data-origin="how-x how-nothing"><svg><text>28</text></svg></figure>',
        '<p><a href="#how-x">28</a> in a link that is not said to be an origin</p>',
        "<svg><rect x='1'/><text>28</text></svg>",
        '<figure data-origin="how-x"><p>28 of them</p></figure>',
        '<figure data-origin="how-x"><table><tr><td>28</td></tr></table></figure>',
        "<p>One truck and half of the cars</p>",
        "<p>twice as many, a third of them, a dozen</p>",
        "<p>on April 25</p>",
    ],
)
def test_a_number_without_an_origin_is_found(story: str) -> None:
    assert len(orphans(_page(story))) == 1


@pytest.mark.parametrize(
    "story",
    [
        '<p>The crash involved <a class="n" href="#how-x"><data value="28">28</data></a> vehicles</p>',
        '<p>The crash involved <data value="28" data-of="x">28</data> vehicles</p>',
        '<p>No number in words: <span data-of="x">it burned</span></p>',
        '<figure data-origin="how-x"><svg><path d="M0"/><text>28</text></svg></figure>',
        '<div data-origin="how-x"><details><summary>28 points</summary></details></div>',
        "<p>No one was asked first; the one that is known; a short one</p>",
        "<p>second-degree assault, as fact F04 and dispute C01 have it</p>",
        "<p>on Interstate 70, under C.R.S. 18-1.3-406(1)(a), by House Bill 23-1292, on I-70</p>",
        "<p>one after another</p>",
        "<nav>1. What happened?</nav><footer>2026</footer>",
    ],
)
def test_what_has_an_origin_or_is_a_name_passes(story: str) -> None:
    assert orphans(_page(story)) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,797,751 crashes in 48 years", [1797751, 48]),
        ("on April 25, 2019, and on May 3", ["2019-04-25", "--05-03"]),
        ("2.5 million, 81.5% of thirty", [2_500_000, 81.5, 30]),
        ("Four people, twice, on I-70 at exit 254", [4, 2]),
        ("the years 1975–2022, version 1.2.3", [1975, 2022, "1.2.3"]),
        ("nobody", []),
    ],
)
def test_each_number_of_a_text_becomes_a_link_with_its_value(text: str, values: list) -> None:
    runs = linked(text, "fact.F1")
    assert plain(runs) == text
    assert [run.value for run in runs if isinstance(run, Number)] == values
    assert {run.origin for run in runs if isinstance(run, Number)} <= {"fact.F1"}


@pytest.mark.slow
def test_what_the_case_says_anyway_changes_nothing() -> None:
    said = {"state": "CO", "vehicles": 28, "deaths": 4, "edition": "2026-11-27"}
    assert export(Report(parameters.check(said))) == export(Report(parameters.check({})))


@pytest.mark.slow
@pytest.mark.parametrize(
    "chosen",
    [
        {"state": "TX"},
        {"state": "DC", "first_year": 1975, "last_year": 1975},
        {"vehicles": 50, "deaths": 2},
        {"exclusions": True, "state": "MN"},
        {"state": "RI", "first_year": 2000, "last_year": 2001},
        {"vehicles": 1, "deaths": 1, "first_year": 2019, "last_year": 2019},
        {"vehicles": 10_000, "deaths": 10_000, "edition": "2027-03-01"},
    ],
    ids=str,
)
def test_whatever_the_parameters_the_page_passes_the_guard(chosen: dict) -> None:
    """The guard refuses orphans among other things; the page comes out."""
    assert "<h1>" in export(Report(parameters.check(chosen)))
