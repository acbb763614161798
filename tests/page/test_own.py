"""The box "Set your own numbers" says what Python says, number by number and sentence by sentence."""

import random
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browsing import MARKS, open_page, served
from pileup.base.errors import PileupError
from pileup.files import parameters
from pileup.findings import crash, state
from pileup.findings.declare import REGISTRY
from pileup.make.run import write_single
from pileup.page import own_numbers, record
from pileup.page.check import check_page
from pileup.record.packed import DIGITS, packed
from pileup.record.states import STATES
from pileup.record.tables import load_table
from pileup.story import report as report_module
from pileup.story.blocks import Prose
from pileup.story.prose.crash import how_big, in_the_state
from pileup.story.prose.crash_words import say
from pileup.story.report import Report
from pileup.words import language
from pileup.words.language import LANGUAGES, Language
from pileup.words.text import plain

pytestmark = MARKS
Choice = dict[str, Any]
#: The page's own numbers.
OWN: Choice = {"state": "CO", "first_year": 1975, "last_year": 2022, "vehicles": 28, "deaths": 4}
#: Where something turns: no crash in the state, a single year, one vehicle, more than any, the year of the
#: bridge, years after and before the crash, a tie, and thresholds of thousands.
EDGES: list[Choice] = [
    OWN | change
    for change in (
        {"state": "DC", "first_year": 2013, "last_year": 2013},
        {"state": "VT", "first_year": 2019, "last_year": 2019, "vehicles": 1, "deaths": 1},
        {"vehicles": 10_000, "deaths": 10_000},
        {"vehicles": 1},
        {"state": "MN", "first_year": 2007, "last_year": 2007},
        {"first_year": 2020},
        {"last_year": 2018},
        {"state": "TX", "vehicles": 130, "deaths": 2},
        {"state": "AK", "first_year": 1975, "last_year": 1976, "vehicles": 3, "deaths": 1_000},
        {"state": "KS", "first_year": 2010, "vehicles": 5, "deaths": 5},
        {"state": "MN", "first_year": 2007, "last_year": 2007, "vehicles": 100, "deaths": 13},
    )
]
NUMBERS = [
    f"crashes.{place}{what}"
    for place in ("", "state_")
    for what in (
        *("fatal_crashes", "at_least_vehicles", "at_least_deaths", "at_least_both"),
        *(f"{how}_by_{by}" for how in ("rank", "joint") for by in ("vehicles", "deaths", "both")),
    )
]
NUMBERS += [f"crashes.rank_by_{by}_without_set_aside" for by in ("vehicles", "deaths", "both")]
NUMBERS += ["crashes.people_killed", "crashes.one_in", "crashes.reach_only_one", "crashes.set_aside"]
NUMBERS += ["crashes.smaller_percent_by_both", "crashes.state_largest_vehicles", "crashes.state_at_least_10"]


@pytest.fixture(scope="module")
def pages(browser: Browser, made: Path, made_in_spanish: Path) -> dict[Language, Page]:
    """The page in each language, opened from a disk, its table loaded."""
    opened: dict[Language, Page] = {}
    for spoken, folder in (("en", made), ("es", made_in_spanish)):
        opened[spoken], _, _ = open_page(browser, (folder / "index.html").as_uri())
        opened[spoken].evaluate("window.pileupOwn.ready()")
    return opened


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report compute only what is said of the crash's size and place, of a case that is read once."""
    parts = ("crash", REGISTRY.of(crash, state))
    monkeypatch.setattr(report_module, "compute", lambda engine: engine.findings(parts))
    monkeypatch.setattr(report_module, "load_case", cache(report_module.load_case))


def drawn(number: int, seed: int) -> list[Choice]:
    """Return choices at random: of states and years any, of sizes mostly those that there are."""
    chance, years = random.Random(seed), [*range(1975, 2023)]
    found = []
    for _ in range(number):
        first, last = sorted(chance.choices(years, k=2))
        sizes = {
            name: chance.choice([OWN[name], chance.randint(1, 12), chance.randint(1, 140)])
            for name in ("vehicles", "deaths")
        }
        found.append({"state": chance.choice([*STATES]), "first_year": first, "last_year": last, **sizes})
    return found


def hold(page: Page, choices: list[Choice], spoken: Language, **more: object) -> None:
    """Hold what the script says of choices against Python."""
    told = page.evaluate("choices => choices.map(window.pileupOwn.said)", choices)
    for choice, said in zip(choices, told, strict=True):
        report = Report(parameters.check({**choice, **more, "language": spoken}))
        found = report.findings
        for name in NUMBERS:
            # What Python has no number for, such as one in none, the script does not say.
            if name in found:
                assert said["found"][name] == pytest.approx(found.value(name), rel=1e-12), (name, choice)
        assert dict(said["lines"]) == {
            found[name].label: f"{found.value(name):,}" for name in own_numbers.COUNTED
        }
        assert said["paragraphs"] == paragraphs(report), choice


def paragraphs(report: Report) -> list[str]:
    """Return what the page says, the state first, without what does not turn on a choice of size and place.

    That is the paragraph on neighboring cases and later years, and the state's roads in the crash's year.
    """
    apart = {"en": ("A long pileup", "The files held"), "es": ("Un choque múltiple", "Los archivos")}
    own = language.current()
    big, place = how_big(report), in_the_state(report)
    assert isinstance(big, Prose)
    assert isinstance(place, Prose)
    nation = [plain(text) for text in big.paragraphs]
    nation = [text for text in nation if not text.startswith(apart[own])]
    there = " ".join(plain(text) for text in place.paragraphs)
    year = {"en": "In", "es": "En"}[own]
    roads = there.rfind(f" {year} {report.crash.year}")
    return [there[:roads] if roads > 0 else there, *nation]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_says_what_python_says(pages: dict[Language, Page], spoken: Language) -> None:
    states = [OWN | {"state": code} for code in STATES] if spoken == "en" else []
    hold(pages[spoken], [*states, *EDGES, *drawn(20, 15)], spoken)


@pytest.mark.proof
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_says_what_python_says_of_500(pages: dict[Language, Page], spoken: Language) -> None:
    states = [OWN | {"state": code} for code in STATES]
    hold(pages[spoken], [*states, *drawn(500, random.randrange(10**9))], spoken)


@pytest.mark.usefixtures("quick")
def test_events_set_aside_stay_out_where_the_page_leaves_them_out(pages: dict[Language, Page]) -> None:
    page = pages["en"]
    page.evaluate("window.pileupOwnWords.exclusions = true")
    try:
        hold(page, [*EDGES, *drawn(5, 7)], "en", exclusions=True)
    finally:
        page.evaluate("window.pileupOwnWords.exclusions = false")


def test_every_language_has_a_form_for_none_for_one_and_for_all_else() -> None:
    """As the script chooses."""
    for spoken in LANGUAGES:
        with language.using(spoken):
            forms = {n: say("both", n) for n in (0, 1, 2, 11, 21, 101)}
        assert len(set(forms.values())) == 3, spoken
        assert [[n for n in forms if forms[n] == forms[one]] for one in (0, 1)] == [[0], [1]], spoken


def test_the_packed_table_is_the_table() -> None:
    """Read with a reader of its own, it gives each size in each year and state as pandas counts it."""
    counts = load_table("crashes")
    told = packed(counts)
    rows = []
    for code, text in told["states"].items():
        digits, numbers, value, worth = map(DIGITS.index, text), [], 0, 1
        for digit in digits:
            value, worth = value + digit % 32 * worth, worth * 32
            if digit < 32:
                numbers.append(value)
                value, worth = 0, 1
        left = iter(numbers)
        for year in told["years"]:
            vehicles = deaths = 0
            for _ in range(next(left)):
                more, dead = next(left), next(left)
                vehicles, deaths = vehicles + more, dead if more else deaths + dead
                rows.append((code, year, vehicles, deaths, next(left)))
        assert not [*left]
    names = ["state", "year", "vehicles", "deaths"]
    right = counts.groupby(names)["crashes"].sum()
    assert pd.DataFrame(rows, columns=[*names, "crashes"]).set_index(names)["crashes"].equals(right)
    assert sum(len(text) for text in told["states"].values()) < 120_000


def test_the_form_counts_and_keeps_the_choice_in_the_address(browser: Browser, made: Path) -> None:
    with served(made) as base:
        page, asked, said = open_page(browser, f"{base}index.html")
        assert not [url for url in asked if url.endswith(("counts.js", "own-words.js"))]
        page.select_option("#own-state", "TX")
        page.fill("#own-first_year", "1990")
        page.fill("#own-vehicles", "30")
        page.keyboard.press("Enter")
        page.locator("#own .told p").first.wait_for()
        assert "4th in Texas" in page.locator("#own .told").inner_text()
        command = "pileup report --case aguilera-mederos -p state TX -p first_year 1990 -p vehicles 30"
        assert page.locator("#own code").inner_text() == command
        address = page.url
        assert address.endswith("#own?state=TX&first_year=1990&last_year=2022&vehicles=30&deaths=4")
        told = page.locator("#own .told").inner_text()
        other, _, _ = open_page(browser, address, 320)
        other.locator("#own .told p").first.wait_for()
        assert other.locator("#own .told").inner_text().split() == told.split()
        assert other.evaluate("document.documentElement.scrollWidth") <= 320
        page.locator("#own button[type=reset]").click()
        assert page.url == f"{base}index.html"
        assert page.input_value("#own-vehicles") == "28"
        assert page.locator("#own .told").inner_text() == ""
        expect(page.locator("#own .asked")).to_be_hidden()
        assert said == []


def test_the_command_makes_that_report(pages: dict[Language, Page]) -> None:
    """Its words are those that `pileup report -p` takes, none that the case says anyway."""
    for choice in [OWN, *EDGES, *drawn(30, 3)]:
        words = pages["es"].evaluate("window.pileupOwn.command", choice).split(" -p ")
        assert words[0] == "pileup report --case aguilera-mederos"
        given = parameters.from_text([tuple(pair.split(" ")) for pair in words[1:]])
        wanted = parameters.check({**choice, "language": "es"})
        own = {"state": "CO", "vehicles": 28, "deaths": 4}
        assert given == wanted.beyond(own)


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("first_year", "1974", "The years on file are 1975 to 2022."),
        ("last_year", "2023", "The years on file are 1975 to 2022."),
        ("last_year", "1975.5", "The years on file are 1975 to 2022."),
        ("vehicles", "0", "Vehicles and deaths are whole numbers from 1 to 10,000."),
        ("vehicles", "", "Vehicles and deaths are whole numbers from 1 to 10,000."),
        ("deaths", "10001", "Vehicles and deaths are whole numbers from 1 to 10,000."),
        ("deaths", "-1", "Vehicles and deaths are whole numbers from 1 to 10,000."),
    ],
)
def test_what_cannot_be_counted_is_told_in_one_line(
    pages: dict[Language, Page], field: str, value: str, line: str
) -> None:
    page = pages["en"]
    page.locator("#own button[type=reset]").click()
    page.fill(f"#own-{field}", value)
    page.locator("#own button[type=submit]").click()
    page.wait_for_function("document.querySelectorAll('#own .told p').length === 1")
    assert page.locator("#own .told").inner_text() == line
    assert page.get_attribute(f"#own-{field}", "aria-invalid") == "true"
    assert page.evaluate("document.activeElement.name") == field
    expect(page.locator("#own .asked")).to_be_hidden()


def test_years_the_wrong_way_round_are_told(pages: dict[Language, Page]) -> None:
    page = pages["en"]
    page.locator("#own button[type=reset]").click()
    page.fill("#own-first_year", "2010")
    page.fill("#own-last_year", "2001")
    page.locator("#own button[type=submit]").click()
    page.wait_for_function("document.querySelectorAll('#own .told p').length === 1")
    assert page.locator("#own .told").inner_text() == "The first year, 2010, is after the last, 2001."


def test_a_table_that_is_not_there_is_told(browser: Browser, copy: Path) -> None:
    (copy / "counts.js").unlink()
    page, _, _ = open_page(browser, (copy / "index.html").as_uri())
    page.locator("#own button[type=submit]").click()
    page.locator("#own .told p").wait_for()
    assert "could not be loaded" in page.locator("#own .told").inner_text()


def test_without_javascript_it_is_not_there(browser: Browser, address: str) -> None:
    page, _, _ = open_page(browser, address, java_script_enabled=False)
    expect(page.locator("#own")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_it(browser: Browser, made: Path, scheme: str) -> None:
    address = f"{(made / 'index.html').as_uri()}#own?{'&'.join(f'{k}={v}' for k, v in OWN.items())}"
    page, _, said = open_page(browser, address, color_scheme=scheme)
    page.locator("#own .told p").first.wait_for()
    found = Axe().run(page, context="#own").response["violations"]
    assert [one["id"] for one in found] == []
    assert said == []
    live = page.locator("#own [role=status]")
    assert live.get_attribute("aria-live") == "polite"


def test_it_works_by_keyboard_alone(browser: Browser, made: Path) -> None:
    page, _, _ = open_page(browser, (made / "index.html").as_uri())
    page.focus("#own-state")
    page.keyboard.type("Wyom")
    for key in ("Tab", "Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == "deaths"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#own .told p").first.wait_for()
    assert "in Wyoming" in page.locator("#own .told").inner_text()


def test_a_single_file_has_it_inside(browser: Browser, made: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.html"
    write_single(made / "index.html", alone)
    assert check_page(alone).faults == []
    page, asked, said = open_page(browser, alone.as_uri())
    page.locator("#own button[type=submit]").click()
    page.locator("#own .told p").first.wait_for()
    assert "is the largest on file in Colorado" in page.locator("#own .told").inner_text()
    assert [url for url in asked if not url.startswith("data:")] == [alone.as_uri()]
    assert said == []


def test_the_gate_holds_its_files(copy: Path) -> None:
    for name, old, new in (
        ("own.js", "aside.length", "aside.width"),
        ("own-words.js", "fatal crashes", "crashes"),
        ("counts.js", '"AK":"', '"AK":"B'),
    ):
        path = copy / name
        before = path.read_text(encoding="utf-8")
        assert old in before, name
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        assert [fault for fault in check_page(copy).faults if fault.startswith(name)], name
        path.write_text(before, encoding="utf-8")
    assert check_page(copy).faults == []


def test_a_single_file_with_another_table_inside_is_refused(made: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.html"
    write_single(made / "index.html", alone)
    html = alone.read_text(encoding="utf-8")
    alone.write_text(html.replace('"states":{"AK":"', '"states":{"AK":"B', 1), encoding="utf-8")
    told = "counts.js: the table inside the page is not the one that was made for it"
    assert told in check_page(alone).faults


def test_a_table_other_than_the_notebook_s_is_refused(made: Path) -> None:
    page = record.read((made / "record.json").read_bytes()).page
    assert own_numbers.counts(page)["counts.js"] == (made / "counts.js").read_bytes()
    block = own_numbers.block(page)
    assert block
    block["counts"] = "0" * 64
    with pytest.raises(PileupError, match="the table of crashes is another"):
        own_numbers.counts(page)
