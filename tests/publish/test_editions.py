"""`pileup publish` and `pileup reproduce`: nothing changes in silence, nothing is ever half there."""

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from common import ROOT, pileup
from editing import BASE, age, altered, chart, entry, redate, value, words
from pileup.base import swap
from pileup.base.errors import PileupError
from pileup.base.swap import write_files
from pileup.case.load import load_case
from pileup.case.model import Change
from pileup.make import run
from pileup.make.place import check_place
from pileup.page import explore, markup, policy
from pileup.page.check import Checked, check_page
from pileup.page.listing import listing
from pileup.page.parts import contents
from pileup.page.withdrawn import Withdrawn
from pileup.publish import editions
from pileup.publish.editions import asked, publish, rebuild, reproduce, withdraw
from pileup.publish.published import read_page
from pileup.story.prose.record import change_mark

NAME = "aguilera-mederos"
NEXT = "2026-12-01"
#: The one chart of the report that most tests are about.
CHART = "cases"


@pytest.fixture(scope="module")
def small(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report that was made, with one chart left, so that tests are quick; the guard accepts it."""
    folder = shutil.copytree(made, tmp_path_factory.mktemp("small") / "report")
    with altered(folder) as told:
        for chapter in told["chapters"]:
            chapter["parts"] = [
                one for one in chapter["parts"] if one["kind"] != "chart" or one["id"] == CHART
            ]
        told["chapters"] = [one for one in told["chapters"] if one["parts"]]
        told["cells"] = [
            one
            for one in told["cells"]
            if all(part.get("id", CHART) == CHART for part in one.get("shown", []))
        ]
        told["drawings"] = {
            name: one for name, one in told["drawings"].items() if name.rpartition("-")[0] == CHART
        }
        told["pictures"] = {
            name: one for name, one in told["pictures"].items() if Path(name).stem in (CHART, "card")
        }
    assert check_page(folder).faults == []
    return folder


@pytest.fixture(scope="module")
def checked() -> dict[str, Checked]:
    """What the gate found, by the bytes of a report: many tests publish the same."""
    return {}


@pytest.fixture(autouse=True)
def made_again(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, checked: dict[str, Checked]
) -> None:
    """Let a report made again be the draft itself, so that each test is quick; some tests do make it."""

    def once(folder: Path) -> Checked:
        key = repr([folder.name, *contents(folder).items()]) if (folder / "index.html").is_file() else ""
        mark = hashlib.sha256(key.encode()).hexdigest()
        if not key or mark not in checked:
            checked[mark] = check_page(folder)
        return checked[mark]

    monkeypatch.setattr(editions, "check_page", once)
    if "rebuilt" not in request.fixturenames:
        monkeypatch.setattr(editions, "rebuild", lambda page, *_, **_more: contents(page.path.parent))


@pytest.fixture
def to(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    folder.mkdir()
    return folder


def edition(small: Path, folder: Path, date: str = NEXT, **numbers: float) -> Path:
    """Make a copy of a report with another date and other numbers."""
    shutil.copytree(small, folder)
    with altered(folder) as told:
        redate(told, date)
        for name, number in numbers.items():
            value(told, f"crashes.{name}", number)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def kept(folder: Path) -> dict[str, bytes]:
    """Return a report's files as a folder of published reports holds them."""
    return explore.shared(contents(folder))


def confirm(monkeypatch: pytest.MonkeyPatch, *entries: tuple[str, str]) -> None:
    """Let the case file have entries: a date and the id of a number each."""
    case = load_case(NAME)
    changes = [Change(date=dt.date.fromisoformat(day), text="As told.", number=name) for day, name in entries]
    confirmed = case.model_copy(update={"correction": changes[:1], "update": changes[1:]})
    monkeypatch.setattr(editions, "load_case", lambda _: confirmed)


def test_the_first_edition_is_the_report_and_once_more_is_nothing_new(small: Path, to: Path) -> None:
    status, said = pileup("publish", small, "--to", to)
    assert (status, len(said.splitlines())) == (0, 2), said
    assert contents(to / NAME) == kept(small)
    assert contents(to / "editions" / NAME / BASE) == kept(small)
    before = files(to)
    assert pileup("publish", small, "--to", to)[0] == 0
    assert files(to) == before
    assert not list(to.rglob(".*"))


def test_the_script_library_stands_where_each_page_looks_for_it(small: Path, to: Path) -> None:
    publish(small, to)
    library = read_page(small).library
    assert library
    for page in (to / NAME, to / "editions" / NAME / BASE):
        assert (page.parent / library).is_file()


def test_a_changed_number_without_an_entry_stops_the_publication(
    small: Path, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small, to)
    before = files(to)
    new = edition(small, tmp_path / "new", rank_by_vehicles=42, one_in=1)
    for entries in ((), (("2026-11-26", "crashes.one_in"),), (("2026-12-02", "crashes.one_in"),)):
        confirm(monkeypatch, *entries)
        status, said = pileup("publish", new, "--to", to)
        assert status == 2
        assert [line.split(": ")[1] for line in said.splitlines()] == [
            "crashes.one_in",
            "crashes.rank_by_vehicles",
        ]
        assert files(to) == before
    confirm(monkeypatch, (NEXT, "crashes.one_in"), (NEXT, "crashes.rank_by_vehicles"))
    status, said = pileup("publish", new, "--to", to)
    assert status == 0, said
    assert contents(to / NAME) == kept(new) == contents(to / "editions" / NAME / NEXT)
    assert contents(to / "editions" / NAME / BASE) == kept(small)


def test_a_fact_withdrawn_or_changed_and_a_cell_of_a_table_need_an_entry_too(
    small: Path, to: Path, tmp_path: Path
) -> None:
    publish(small, to)
    new = edition(small, tmp_path / "new")
    with altered(new) as told:
        statement = entry(told, "fact.F04")["statement"].replace("28", "27")
        value(told, "fact.F04", 27, statement=statement)
        said = "29 counts of dangerous driving"
        (row,) = [row for row in chart(told, CHART)["table"]["rows"] if said in row]
        row[row.index(said)] = "28 counts of dangerous driving"
    with pytest.raises(PileupError) as refused:
        publish(new, to)
    assert {fault.split(":")[0] for fault in refused.value.faults} == {"fact.F04", "comparable.K1"}


def test_days_to_the_edition_move_with_it_and_need_no_entry(small: Path, to: Path, tmp_path: Path) -> None:
    publish(small, to)
    name = "case.days_to_parole_eligibility"
    was = read_page(small).findings[name]["value"]
    for days, answered in ((3, False), (4, True)):
        new = edition(small, tmp_path / f"new-{days}")
        origins = [origin.replace(BASE, NEXT) for origin in read_page(small).findings[name]["computed_from"]]
        with altered(new) as told:
            value(told, name, was - days, computed_from=origins)
        if answered:
            publish(new, to)
        else:
            with pytest.raises(PileupError, match="one published number changed"):
                publish(new, to)


def test_words_may_change_without_an_entry(small: Path, to: Path, tmp_path: Path) -> None:
    publish(small, to)
    new = edition(small, tmp_path / "new")
    with altered(new) as told:
        words(told, " were Miguel", " are Miguel")
    publish(new, to)
    assert " are Miguel" in (to / NAME / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (BASE, "is published already and differs (index.html: line"),
        ("2026-11-26", "is older than the last one"),
    ],
)
def test_a_date_belongs_to_one_edition_and_editions_go_forward(
    small: Path, to: Path, tmp_path: Path, date: str, said: str
) -> None:
    publish(small, to)
    before = files(to)
    new = edition(small, tmp_path / "new", date)
    with altered(new) as told:
        words(told, " were Miguel", " are Miguel")
    status, output = pileup("publish", new, "--to", to)
    assert status == 2
    assert said in output
    assert output.count("\n") == 1
    assert files(to) == before


def test_a_page_from_before_there_were_editions_becomes_the_first(
    small: Path, to: Path, tmp_path: Path
) -> None:
    shutil.copytree(small, to / NAME)
    new = edition(small, tmp_path / "new", rank_by_vehicles=42)
    with pytest.raises(PileupError, match="changed without an entry"):
        publish(new, to)
    assert not list((to).glob("editions/*/*"))
    newer = edition(small, tmp_path / "newer")
    publish(newer, to)
    assert contents(to / "editions" / NAME / BASE) == kept(small)
    assert contents(to / NAME) == kept(newer)


def test_a_report_made_in_place_becomes_an_edition_and_can_be_made_again(small: Path, to: Path) -> None:
    """`pileup report` replaces its folder whole: the archive is no part of it."""
    shutil.copytree(small, to / NAME)
    publish(to / NAME, to)
    assert contents(to / "editions" / NAME / BASE) == kept(small)
    check_place(to / NAME)


def test_a_page_with_a_fault_is_not_published(small: Path, to: Path, tmp_path: Path) -> None:
    new = edition(small, tmp_path / "new")
    page = new / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</main>", "<p>NaN</p><a href='#nowhere'>x</a></main>"), encoding="utf-8")
    status, said = pileup("publish", new, "--to", to)
    assert status == 2
    assert len(said.splitlines()) > 2
    assert "the link #nowhere leads nowhere" in said
    assert files(to) == {}


def test_what_cannot_be_published_is_told_in_one_line(small: Path, to: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (to / "a-file").write_text("kept")
    for arguments, said in (
        ((tmp_path / "none", "--to", to), "no folder"),
        ((tmp_path / "empty", "--to", to), "no page"),
        ((small, "--to", to / "a-file"), "cannot write"),
        ((small, "--to", to, "--case", "puebla"), "this is the case 'puebla'"),
        ((small, "--to", small), "holds"),
    ):
        status, output = pileup("publish", *arguments)
        assert (status, output.count("\n")) == (2, 1), output
        assert said in output
    assert files(to) == {"a-file": b"kept"}


def test_other_parameters_are_another_report(small: Path, tmp_path: Path) -> None:
    new = edition(small, tmp_path / "new")
    with altered(new) as told:
        told["ledger"]["parameters"] |= {"state": "TX", "first_year": 1990}
    page = read_page(new)
    assert asked(page)[0].undated().report_id(page.case) == f"{NAME}-state-TX-first-year-1990"
    page = read_page(small)
    assert asked(page)[0].undated().report_id(page.case) == NAME


def test_a_day_may_have_a_second_edition_with_an_address_of_its_own(
    small: Path, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(monkeypatch, (BASE, "crashes.rank_by_vehicles"))
    publish(small, to)
    second = edition(small, tmp_path / "second", f"{BASE}-2", rank_by_vehicles=42)
    publish(second, to)  # the entry has the day of the first edition, which did not have it
    assert contents(to / "editions" / NAME / BASE) == kept(small)
    assert contents(to / "editions" / NAME / f"{BASE}-2") == kept(second) == contents(to / NAME)
    assert pileup("publish", small, "--to", to)[1].count("is older than the last one, 2026-11-27-2") == 1
    feed = listing(to)["feed.xml"].decode()
    assert "edition of November 27, 2026, edition 2 of the day" in feed
    ids = re.findall("<id>(.*?)</id>", feed)
    assert len(set(ids)) == len(ids) == 3
    # The same entry cannot answer for a second change of that day.
    with altered(second) as told:
        told["ledger"]["changes"].append(change_mark("correction", editions.load_case(NAME).correction[0]))
    other = tmp_path / "other"
    publish(second, other)
    third = edition(small, tmp_path / "third", f"{BASE}-3", rank_by_vehicles=41)
    with pytest.raises(PileupError, match="changed without an entry"):
        publish(third, other)


def test_who_asks_for_the_same_edition_is_told_how_to_get_the_next(
    small: Path, to: Path, tmp_path: Path
) -> None:
    publish(small, to)
    new = edition(small, tmp_path / "new", BASE)
    with altered(new) as told:
        words(told, " were Miguel", " are Miguel")
    assert f"-p edition {BASE}-2" in pileup("publish", new, "--to", to)[1]


def test_a_correction_that_would_not_stand_at_the_top_is_refused(
    small: Path, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small, to)
    new = edition(small, tmp_path / "new", "2027-01-15", rank_by_vehicles=42)
    confirm(monkeypatch, ("2026-12-01", "crashes.rank_by_vehicles"))
    with pytest.raises(PileupError, match="too old to stand at the top"):
        publish(new, to)


# What is published is made again.


def test_a_draft_that_differs_from_what_its_inputs_give_is_refused_file_by_file(
    small: Path, to: Path, tmp_path: Path, rebuilt: list
) -> None:
    """The gate finds no fault in it: only a rebuild can know."""
    draft = shutil.copytree(small, tmp_path / "draft")
    with altered(draft) as told:
        words(told, " were Miguel", " are Miguel")
        said = "29 counts of dangerous driving"
        (row,) = [row for row in chart(told, CHART)["table"]["rows"] if said in row]
        row[row.index(said)] = "92 counts of dangerous driving"
    (draft / "notes.txt").write_text("kept")
    status, said = pileup("publish", draft, "--to", to)
    lines = said.splitlines()
    assert status == 2
    assert "notes.txt: no part of a report; it is not published" in lines[0]
    assert [line.split(": ")[2] for line in lines[1:]] == [
        *("findings.json", "index.html", "manifest.json", "record.json", f"tables/{CHART}.csv")
    ][-len(lines[1:]) :]
    assert "draft: index.html: line " in said
    assert f"draft: tables/{CHART}.csv: line 7" in said
    assert files(to) == {}


def test_what_a_draft_may_lack_is_published_all_the_same(
    small: Path, to: Path, tmp_path: Path, rebuilt: list
) -> None:
    draft = shutil.copytree(small, tmp_path / "draft")
    (draft / "card.png").unlink()
    publish(draft, to)
    assert contents(to / NAME) == kept(small)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("table.crashes", "table.crashes counts.csv: has another sha256 than the page was made with"),
        ("law.file", "law.file colorado.toml: has another sha256 than the page was made with"),
        ("case.file", f"case.file {NAME}.toml: has another sha256 than the page was made with"),
        ("notebook", "notebook report.ipynb: has another sha256 than the page was made with"),
        ("working", "working: has another sha256 than the page was made with"),
        ("theme", "theme: has another sha256 than the page was made with"),
        ("table.gone", "table.gone: is missing"),
        ("group.file", "group.file: is missing"),
        ("case.translation", "case.translation: is missing"),
    ],
)
def test_an_input_that_is_missing_or_another_is_refused_by_name(
    small: Path,
    to: Path,
    tmp_path: Path,
    rebuilt: list,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    said: str,
) -> None:
    monkeypatch.setattr(editions, "rebuild", rebuild)
    draft = shutil.copytree(small, tmp_path / "draft")
    path = draft / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["inputs"][name] = "0" * 64
    path.write_text(json.dumps(told), encoding="utf-8")
    for command in (("publish", draft, "--to", to), ("reproduce", draft)):
        status, output = pileup(*command)
        assert (status, output.count("\n")) == (2, 1), output
        # The guard holds it against the record first, which does not know the notebook.
        told_first = command[0] == "publish" and name not in ("notebook", "working")
        assert (f"as {name}; " if told_first else said) in output
    assert rebuilt == []
    assert files(to) == {}


def test_an_input_that_was_changed_since_is_refused_before_anything_is_made(
    small: Path, to: Path, tmp_path: Path, rebuilt: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "rebuild", rebuild)
    own = tmp_path / f"{NAME}.toml"
    shutil.copy(ROOT / "data" / "cases" / f"{NAME}.toml", own)
    own.write_text(own.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    status, said = pileup("publish", small, "--to", to, "--case", own)
    assert (status, said.count("\n")) == (2, 1), said
    assert f"case.file {NAME}.toml: has another sha256" in said
    assert rebuilt == []


def test_a_page_of_the_first_version_is_no_draft_but_an_earlier_edition(
    small: Path, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = shutil.copytree(small, to / NAME)
    age(older)
    with monkeypatch.context() as patched:
        patched.setattr(editions, "rebuild", rebuild)
        for command in (("publish", older, "--to", tmp_path / "other"), ("reproduce", older)):
            status, said = pileup(*command)
            assert (status, said.count("\n")) == (2, 1), said
            assert "made by pileup 0.1, without a manifest" in said
            assert "make the report again" in said
    kept_of_it = kept(older)
    new = edition(small, tmp_path / "new")
    publish(new, to)
    assert contents(to / "editions" / NAME / BASE) == kept_of_it
    assert "edition of November 27, 2026" in listing(to)["feed.xml"].decode()
    assert take_back(to)[0] == 0


def test_an_earlier_edition_that_was_changed_is_told_and_can_still_be_taken_back(
    small: Path, to: Path, tmp_path: Path
) -> None:
    publish(small, to)
    (to / "editions" / NAME / BASE / "tables" / f"{CHART}.csv").write_text("x")
    new = edition(small, tmp_path / "new")
    for command in (lambda: publish(new, to), lambda: listing(to)):
        with pytest.raises(PileupError, match=r"tables/cases\.csv: is not the file"):
            command()
    assert take_back(to)[0] == 0


# Taking an edition back.


class Stop(BaseException):
    """Stands for an interrupt."""


REASON = "It named a witness < a court forbids it."


def take_back(to: Path, which: str = BASE, date: str = "2026-12-03", reason: str = REASON) -> tuple[int, str]:
    return pileup("withdraw", NAME, which, "--reason", reason, "--date", date, "--to", to)


def test_an_edition_is_taken_back_everywhere_and_a_notice_stands_in_its_place(
    small: Path, to: Path, tmp_path: Path
) -> None:
    publish(small, to)
    identity = re.findall("<id>(.*?)</id>", listing(to)["feed.xml"].decode())[1]
    (to / ".publish-left" / "edition").mkdir(parents=True)
    status, said = take_back(to)
    assert (status, len(said.splitlines())) == (0, 2), said
    for folder in (to / NAME, to / "editions" / NAME / BASE):
        assert {one.name for one in folder.iterdir()} == {"index.html", "withdrawn.json"}
        notice = (folder / "index.html").read_text(encoding="utf-8")
        assert "Edition of November 27, 2026: withdrawn" in notice
        assert "withdrawn on December 3, 2026. It named a witness &lt; a court forbids it." in notice
        assert "Aguilera" not in notice
    assert not list(to.glob(".*"))
    made = listing(to)
    feed = made["feed.xml"].decode()
    assert f"<id>{identity}</id>" in feed
    assert "<updated>2026-12-03T00:00:00Z</updated>" in feed
    assert "withdrawn on December 3, 2026" in feed
    assert "withdrawn on December 3, 2026" in made["index.html"].decode()
    for command in (("diff", small, to / NAME), ("check", to / NAME), ("reproduce", to / NAME)):
        status, said = pileup(*command)
        assert (status, said.count("\n")) == (2, 1)
        assert "was withdrawn on 2026-12-03" in said
    status, said = pileup("publish", small, "--to", to)
    assert status == 2
    assert f"cannot be published again; make it again with -p edition {BASE}-2" in said
    again = edition(small, tmp_path / "again", f"{BASE}-2")
    publish(again, to)
    assert contents(to / NAME) == kept(again)
    assert "withdrawn" in (to / "editions" / NAME / BASE / "index.html").read_text(encoding="utf-8")


def test_an_earlier_edition_goes_and_the_current_page_stays(small: Path, to: Path, tmp_path: Path) -> None:
    publish(small, to)
    new = edition(small, tmp_path / "new")
    publish(new, to)
    assert take_back(to)[0] == 0
    assert contents(to / NAME) == kept(new)
    assert "(withdrawn)" in listing(to)["index.html"].decode()
    newest = edition(small, tmp_path / "newest", "2026-12-02")
    publish(newest, to)  # held against the last edition that stands


def test_a_notice_is_in_the_language_of_its_page(small: Path, to: Path, tmp_path: Path) -> None:
    one = Withdrawn(NAME, "", f"{BASE}-2", "2026-12-03", "Lo ordenó un juez.", "es")
    page = one.files()["index.html"].decode()
    assert '<html lang="es">' in page
    assert "Edición del 27 de noviembre de 2026, edición 2 del día: retirada" in page
    assert "Esta edición se retiró el 3 de diciembre de 2026. Lo ordenó un juez." in page
    root = markup.read(page)
    (style,) = root.find("style")
    assert root.find("meta")[0].attributes["content"] == policy.allowed("".join(map(str, style.parts)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"which": "2026-11-28"}, "no such edition; known are 2026-11-27"),
        ({"which": "soon"}, "YYYY-MM-DD"),
        ({"date": "tomorrow"}, "a day such as"),
        ({"date": "2026-11-26"}, "not before the edition"),
        ({"reason": " "}, "one sentence"),
        ({"reason": "no full stop"}, "one sentence"),
        ({"reason": "Two\nlines."}, "one sentence"),
    ],
)
def test_a_withdrawal_without_a_reason_a_day_or_an_edition_is_refused(
    small: Path, to: Path, given: dict[str, str], said: str
) -> None:
    publish(small, to)
    before = files(to)
    status, output = take_back(to, **given)
    assert (status, output.count("\n")) == (2, 1), output
    assert said in output
    assert files(to) == before


@pytest.mark.parametrize("step", range(1, 4))
def test_an_interrupted_withdrawal_leaves_the_edition_in_both_places_or_the_notice(
    small: Path, to: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    publish(small, to)
    before, steps, real = files(to), 0, swap.swap

    def stopped(new: Path, place: Path, old: Path) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            raise Stop
        real(new, place, old)

    with monkeypatch.context() as patched:
        patched.setattr(editions, "swap", stopped)
        if step < 3:
            with pytest.raises(Stop):
                withdraw(NAME, BASE, REASON, "2026-12-03", to)
            assert files(to) == before
        else:
            withdraw(NAME, BASE, REASON, "2026-12-03", to)
    assert not list(to.rglob(".*"))


# What happens when a publication is stopped.


@pytest.mark.parametrize("exchanges", [True, False])
@pytest.mark.parametrize("step", range(1, 5))
def test_an_interrupt_at_any_step_leaves_the_old_or_the_new(
    small: Path, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, exchanges: bool
) -> None:
    publish(small, to)
    before = files(to)
    new = edition(small, tmp_path / "new")
    steps = 0
    real = os.rename

    def rename(one: Path, other: Path) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            raise Stop
        real(one, other)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", rename)
        if not exchanges:
            patched.setattr(swap, "exchange", lambda *_: False)
        try:
            publish(new, to)
            stopped = False
        except Stop:
            stopped = True
    assert contents(to / NAME) in (kept(small), kept(new))
    if stopped and contents(to / NAME) == kept(small):
        assert files(to) == before
    assert not list(to.rglob(".*"))
    publish(new, to)
    assert contents(to / NAME) == kept(new) == contents(to / "editions" / NAME / NEXT)
    assert contents(to / "editions" / NAME / BASE) == kept(small)


KILL = """
import os, sys
from pathlib import Path
from pileup.page.check import Checked
from pileup.publish import editions
from pileup.publish.editions import publish
editions.rebuild = lambda page, *_, **_more: editions.contents(page.path.parent)
editions.check_page = lambda folder: Checked(folder, [], [])
real, left = os.rename, int(sys.argv[3])
def rename(one, other):
    global left
    left -= 1
    if not left:
        os._exit(9)
    real(one, other)
os.rename = rename
publish(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("step", [1, 2])
def test_a_killed_withdrawal_is_told_and_finished_by_the_same_command(
    small: Path, to: Path, step: int
) -> None:
    publish(small, to)
    call = (
        KILL[: KILL.rindex("publish(Path")]
        + f"editions.withdraw('{NAME}', '{BASE}', 'Why.', '2026-12-03', Path(sys.argv[2]))"
    )
    killed = subprocess.run([sys.executable, "-c", call, "-", to, str(step)], check=False, timeout=120)
    assert killed.returncode == 9
    if step == 1:
        with pytest.raises(PileupError, match="was withdrawn, but"):
            listing(to)
    assert take_back(to)[0] == 0
    assert {one.name for one in (to / NAME).iterdir()} == {"index.html", "withdrawn.json"}
    assert not list(to.glob(".*"))


@pytest.mark.parametrize("step", [1, 2])
def test_a_kill_leaves_a_whole_page_and_the_next_run_finishes(
    small: Path, to: Path, tmp_path: Path, step: int
) -> None:
    publish(small, to)
    new = edition(small, tmp_path / "new")
    killed = subprocess.run([sys.executable, "-c", KILL, new, to, str(step)], check=False, timeout=120)
    assert killed.returncode == 9
    assert contents(to / NAME) in (kept(small), kept(new))
    publish(new, to)
    assert contents(to / NAME) == kept(new) == contents(to / "editions" / NAME / NEXT)


def test_a_reader_finds_a_whole_folder_at_every_moment(tmp_path: Path) -> None:
    for name in ("page", "a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("whole")
    missed: list[OSError] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                (tmp_path / "page" / "index.html").read_text()
            except OSError as error:
                missed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    new = tmp_path / "a"
    for turn in range(200):
        swap.swap(new, tmp_path / "page", old := tmp_path / f"old-{turn}")
        new = old
    done.set()
    reader.join()
    assert missed == []


# Rebuilding a page.


@pytest.fixture
def rebuilt(small: Path, monkeypatch: pytest.MonkeyPatch) -> list:
    """Let a run give the report that is made already, and note what it was asked for."""
    asked_for = []

    def make_report(chosen, out: Path, **options) -> Path:
        asked_for.append((chosen, options))
        shutil.copytree(small, out)
        return out / "index.html"

    monkeypatch.setattr(run, "make_report", make_report)
    return asked_for


@pytest.mark.slow
def test_a_page_is_rebuilt_bit_for_bit_from_what_it_says(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "rebuild", rebuild)
    status, said = pileup("reproduce", made)
    assert (status, said.endswith("index.html: the same, byte for byte\n")) == (0, True), said


@pytest.mark.slow
def test_a_draft_is_made_again_for_real_and_published(
    made: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "rebuild", rebuild)
    publish(made, to)
    published, draft = contents(to / NAME), kept(made)
    assert published == contents(to / "editions" / NAME / BASE)
    # The working goes with what is published, and the ledger leads to it.
    assert {one for one in published if one.startswith("working/")} == published.keys() - draft.keys()
    assert b'href="working/' in published["ledger.html"]
    other = {name for name, content in draft.items() if published[name] != content}
    assert other == {"index.html", "ledger.html", "record.json", "manifest.json"}


def test_a_single_file_is_rebuilt_too(small: Path, tmp_path: Path, rebuilt: list) -> None:
    run.write_single(small / "index.html", tmp_path / "one.html")
    assert reproduce(tmp_path / "one.html") == ([], [])
    (tmp_path / "one.html").write_text((tmp_path / "one.html").read_text().replace("Those who", "Who"))
    ((said,), _) = reproduce(tmp_path / "one.html")
    assert said.startswith("one.html: line ")


def test_a_copy_without_pictures_scripts_and_embeds_is_told_as_such(
    small: Path, tmp_path: Path, rebuilt: list
) -> None:
    """The repository keeps a report like that, in a folder of reports."""
    copy = tmp_path / "page"
    write_files(explore.shared(contents(small)), copy)
    for path in (copy / "card.png", *copy.glob("*.js"), *copy.glob("embeds/*")):
        path.unlink()
    status, said = pileup("reproduce", copy)
    absent = len(kept(small)) - len(contents(copy))
    assert absent > 2  # the library is not counted: a folder of reports has it once
    assert status == 0
    assert f"byte for byte; {absent} pictures, scripts and embeds are not kept there" in said


def test_each_file_that_differs_is_told_with_its_place(small: Path, tmp_path: Path, rebuilt: list) -> None:
    copy = shutil.copytree(small, tmp_path / "page")
    table = copy / "tables" / f"{CHART}.csv"
    table.write_text(table.read_text().replace("29 counts", "92 counts", 1))
    (copy / "charts" / f"{CHART}.svg").unlink()
    (copy / "more.txt").write_text("x")
    picture = copy / "card.png"
    picture.write_bytes(picture.read_bytes() + b"x")
    status, said = pileup("reproduce", copy)
    assert status == 1
    lines = said.splitlines()
    assert lines[0].startswith(f"card.png: from byte {len(picture.read_bytes())} on, of ")
    assert lines[1] == "charts/cases.svg: missing; a rebuilt report has it"
    assert lines[2] == "more.txt: a rebuilt report has no such file"
    assert lines[3].startswith("tables/cases.csv: line 7, byte ")
    assert "92 counts" in lines[3]
    ((chosen, options),) = rebuilt
    assert chosen.changed() == {}
    assert options == {"progress": False, "base_url": "", "working": False}


@pytest.mark.parametrize(
    ("parameter", "given", "said"),
    [
        ("case", "nobody", "the case 'nobody' does not ship; give it with --case FILE"),
        ("group", "cook.json", "was made with a group file, cook.json; give it with --group FILE"),
        ("first_year", "1990", "parameter first_year: '1990' is not a whole number"),
        ("color", "red", "unknown parameter color"),
    ],
)
def test_what_cannot_be_rebuilt_is_told_in_one_line(
    small: Path, tmp_path: Path, rebuilt: list, parameter: str, given: str, said: str
) -> None:
    copy = shutil.copytree(small, tmp_path / "page")
    with altered(copy) as told:
        told["ledger"]["parameters"][parameter] = given
    status, output = pileup("reproduce", copy)
    assert (status, output.count("\n")) == (2, 1), output
    assert said in output
    assert rebuilt == []


def test_a_case_file_of_ones_own_is_given(small: Path, tmp_path: Path, rebuilt: list) -> None:
    own = tmp_path / "own.toml"
    shutil.copy(ROOT / "data" / "cases" / f"{NAME}.toml", own)
    assert pileup("reproduce", small, "--case", own)[0] == 0
    assert rebuilt[0][0].case == str(own)
    status, said = pileup("reproduce", small, "--case", "puebla")
    assert status == 2
    assert "this is the case 'puebla'; the page is of 'aguilera-mederos'" in said
