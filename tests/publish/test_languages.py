"""Pages of one report in two languages: each leads to the other where that is there, and never elsewhere."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from editing import altered
from pileup.case.load import load_case
from pileup.files import parameters
from pileup.make import cache, run, sweep
from pileup.make.interlink import interlink, linked
from pileup.make.isolated import Outcome
from pileup.make.sweepfile import Task
from pileup.page import markup
from pileup.page.check import check_page
from pileup.page.listing import listing
from pileup.page.parts import contents
from pileup.publish import editions
from pileup.publish.editions import publish, reproduce, withdraw
from pileup.publish.published import read_page

EN, ES = "aguilera-mederos", "aguilera-mederos-language-es"
BASE = "https://example.org/reports/"
BOTH = {
    "en": f"../{EN}/index.html",
    "es": f"../{ES}/index.html",
    "x-default": f"../{EN}/index.html",
}


def links(folder: Path) -> tuple[dict[str | None, str | None], list[tuple[str, str | None, str | None]]]:
    """Return what the head of a page names as alternates, and the links that readers see."""
    page = markup.read((folder / "index.html").read_text(encoding="utf-8"))
    named = [one.attributes for one in page.find("link") if one.attributes["rel"] == "alternate"]
    seen = [one for one in page.find("header")[0].find("a") if "hreflang" in one.attributes]
    assert [one.attributes["lang"] for one in seen] == [one.attributes["hreflang"] for one in seen]
    return (
        {one["hreflang"]: one["href"] for one in named},
        [(one.words(), one.attributes["hreflang"], one.attributes["href"]) for one in seen],
    )


@pytest.fixture
def to(tmp_path: Path) -> Path:
    (tmp_path / "public").mkdir()
    return tmp_path / "public"


@pytest.fixture
def as_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report made again be the draft itself, so that a test is quick."""
    monkeypatch.setattr(editions, "rebuild", lambda page, *_, **_more: contents(page.path.parent))


@pytest.fixture
def both(made: Path, made_in_spanish: Path, to: Path, as_drafts: None) -> Path:
    """A folder in which the report was published in English and, later, in Spanish."""
    publish(made, to)
    assert links(to / EN) == ({}, [])
    assert check_page(to / EN).faults == []
    publish(made_in_spanish, to)
    return to


def test_two_languages_published_one_after_the_other_find_each_other(both: Path, made: Path) -> None:
    assert links(both / EN) == (BOTH, [("En español", "es", BOTH["es"])])
    assert links(both / ES) == (BOTH, [("In English", "en", BOTH["en"])])
    for name in (EN, ES):
        assert check_page(both / name).faults == []
        (edition,) = (one for one in (both / "editions" / name).iterdir() if one.is_dir())
        assert links(edition) == ({}, [])  # it stays as it was published
        assert linked(contents(both / name), {}) == contents(edition)
    before = contents(both / EN)
    publish(made, both)
    assert contents(both / EN) == before
    assert {*listing(both)} == {"index.html", "feed.xml"}


def test_a_page_that_is_not_there_is_a_fault_and_one_withdrawn_is_led_to_no_more(both: Path) -> None:
    (both / ES).rename(both / "elsewhere")
    assert check_page(both / EN).faults == [
        f"record.json: the page in Español is to stand at ../{ES}/index.html and does not"
    ]
    (both / "elsewhere").rename(both / ES)
    withdraw(ES, str(read_page(both / ES).edition), "It was wrong.", "2026-12-30", both)
    assert links(both / EN) == ({}, [])
    assert check_page(both / EN).faults == []


def test_a_link_that_was_changed_by_hand_is_a_fault(both: Path) -> None:
    page = both / EN / "index.html"
    page.write_text(page.read_text().replace(f'lang="es" href="../{ES}/', 'lang="es" href="../other/'))
    assert any(f"“../{ES}/index.html” is right" in one for one in check_page(page).faults)


def test_a_linked_page_is_published_elsewhere_without_its_links(both: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    publish(both / EN, other)
    assert links(other / EN) == ({}, [])


def test_a_page_with_links_is_rebuilt_bit_for_bit(
    both: Path, monkeypatch: pytest.MonkeyPatch, made: Path
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(run, "make_report", lambda *_args, **_more: made / "index.html")
    assert reproduce(both / EN) == ([], [])


def test_where_a_public_address_is_known_the_links_are_absolute(
    made: Path, made_in_spanish: Path, to: Path
) -> None:
    for name, source in ((EN, made), (ES, made_in_spanish)):
        shutil.copytree(source, to / name)
        with altered(to / name) as told:
            told["base_url"] = f"{BASE}{name}/"
    assert len(interlink({"en": to / EN, "es": to / ES})) == 2
    found = {"en": f"{BASE}{EN}/", "es": f"{BASE}{ES}/", "x-default": f"{BASE}{EN}/"}
    assert links(to / ES) == (found, [("In English", "en", found["en"])])
    assert interlink({"en": to / EN, "es": to / ES}) == []
    (to / EN).rename(to / "away")
    assert check_page(to / ES).faults == []


def test_a_page_in_a_single_file_leads_to_no_folder(both: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    run.write_single(both / ES / "index.html", target)
    assert not re.search(r'hreflang|href="\.\./', target.read_text(encoding="utf-8"))
    assert check_page(target).faults == []


def test_a_sweep_over_languages_links_what_differs_in_nothing_else(
    made: Path, made_in_spanish: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fake(values: dict[str, Any], *_: Any) -> Outcome:
        return Outcome(contents(made if values["language"] == "en" else made_in_spanish), 2.0)

    monkeypatch.setattr(sweep, "make_alone", fake)
    monkeypatch.setattr(cache, "_note", lambda report: tmp_path / "notes" / f"{report.name}.json")
    home = load_case(EN).case.state
    wanted = ((EN, {}), (ES, {"language": "es"}), ("texas", {"state": "TX"}))
    tasks = [Task(name, parameters.check(chosen), home) for name, chosen in wanted]
    out = tmp_path / "out"
    sweep.sweep("Both", tasks, out, 1, echo=lambda _: None)
    assert links(out / EN) == (BOTH, [("En español", "es", BOTH["es"])])
    assert links(out / ES) == (BOTH, [("In English", "en", BOTH["en"])])
    assert links(out / "texas") == ({}, [])
    again = sweep.sweep("Both", tasks, out, 1, echo=lambda _: None)
    assert {line.message for line in again} == {"nothing has changed since it was made"}
    assert links(out / EN) == (BOTH, [("En español", "es", BOTH["es"])])
