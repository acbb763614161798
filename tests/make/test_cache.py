"""What a report is made of: any change to any part is noticed, and nothing else makes a run."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from click.testing import CliRunner

from pileup.base.errors import PileupError
from pileup.base.paths import DATA, HOME, NOTEBOOKS
from pileup.desk.cli import main
from pileup.files import parameters
from pileup.make import cache, drawn, run
from pileup.page import png, svg
from pileup.page.studio import Store, Studio

FIGURE = {"data": [], "layout": {"width": 100, "height": 50}}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests out of the user's cache folder."""
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")


@pytest.fixture
def studio() -> Iterator[Studio]:
    """A studio with helpers, ended afterward."""
    with Studio() as studio:
        yield studio


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small copy of everything that a report is made of, with a case, a law and a group of one's own."""
    home = tmp_path / "home"
    (home / "code" / "page").mkdir(parents=True)
    (home / "code" / "page" / "style.css").write_text("a {}")
    (home / "data" / "crashes").mkdir(parents=True)
    (home / "data" / "crashes" / "counts.csv").write_text("year\n1975\n")
    for part in ("cases", "law"):
        shutil.copytree(DATA / part, home / "data" / part)
    shutil.copy(NOTEBOOKS / "report.ipynb", home / "report.ipynb")
    shutil.copy(HOME / "uv.lock", home / "uv.lock")
    shutil.copy(DATA / "law" / "colorado.toml", home / "own-law.toml")
    case = (DATA / "cases" / "aguilera-mederos.toml").read_text(encoding="utf-8")
    assert 'law = "colorado"' in case
    own = case.replace('law = "colorado"', 'law = "own-law.toml"', 1)
    (home / "own.toml").write_text(own, encoding="utf-8")
    (home / "group.json").write_text("{}")
    monkeypatch.setattr(cache, "PACKAGE", home / "code")
    monkeypatch.setattr(cache, "DATA", home / "data")
    monkeypatch.setattr(cache, "NOTEBOOKS", home)
    monkeypatch.setattr(cache, "HOME", home)
    report = home / "report"
    (report / "charts").mkdir(parents=True)
    (report / "index.html").write_text("the page")
    (report / "charts" / "a.svg").write_text("<svg/>")
    return home


def _chosen(home: Path, **values: object) -> parameters.Parameters:
    return parameters.check({"case": str(home / "own.toml"), "group": str(home / "group.json"), **values})


def _append(*names: str) -> Callable[[Path], None]:
    def change(home: Path) -> None:
        path = home.joinpath(*names)
        path.write_bytes(path.read_bytes() + b"\n")

    return change


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "notebook": (_append("report.ipynb"), ["the notebook"]),
    "code": (_append("code", "page", "style.css"), ["the code"]),
    "new code": (lambda home: (home / "code" / "new.py").touch(), ["the code"]),
    "code renamed": (lambda home: (home / "code" / "page").rename(home / "code" / "p"), ["the code"]),
    "data": (_append("data", "crashes", "counts.csv"), ["the data"]),
    "data lost": (lambda home: (home / "data" / "crashes" / "counts.csv").unlink(), ["the data"]),
    "law that ships": (_append("data", "law", "tennessee.toml"), ["the law"]),
    "own law": (_append("own-law.toml"), ["the law of the case's own"]),
    "case": (_append("own.toml"), ["the case file"]),
    "group": (_append("group.json"), ["the group file"]),
    "lock file": (_append("uv.lock"), ["the lock file"]),
    "page edited": (_append("report", "index.html"), ["the report"]),
    "drawing lost": (lambda home: (home / "report" / "charts" / "a.svg").unlink(), ["the report"]),
    "report lost": (lambda home: shutil.rmtree(home / "report"), ["the report"]),
    "another case that ships": (_append("data", "cases", "puebla.toml"), []),
    "compiled code": (lambda home: (home / "code" / "__pycache__").mkdir(), []),
    "nothing": (lambda home: None, []),
}


@pytest.mark.parametrize(("change", "noticed"), CHANGES.values(), ids=CHANGES)
def test_each_change_is_noticed_and_named(change: Callable, noticed: list[str], home: Path) -> None:
    cache.remember(home / "report", cache.fingerprint(_chosen(home)))
    change(home)
    assert cache.changed(home / "report", cache.fingerprint(_chosen(home))) == noticed


@pytest.mark.parametrize(
    "values", [{"state": "TX"}, {"exclusions": True}, {"edition": "2027-01-01"}], ids=str
)
def test_other_parameters_are_noticed(values: dict, home: Path) -> None:
    cache.remember(home / "report", cache.fingerprint(_chosen(home)))
    assert cache.changed(home / "report", cache.fingerprint(_chosen(home, **values))) == ["the parameters"]


def test_another_address_and_other_packages_are_noticed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.remember(home / "report", cache.fingerprint(_chosen(home)))
    elsewhere = cache.fingerprint(_chosen(home), "https://example.org/")
    assert cache.changed(home / "report", elsewhere) == ["the parameters"]
    monkeypatch.setattr(cache, "_installed", lambda: ["pandas-99.0"])
    assert cache.changed(home / "report", cache.fingerprint(_chosen(home))) == ["the installed packages"]


def test_packages_are_known_by_name_and_version() -> None:
    assert any(name.startswith("pandas-3.") for name in cache._installed())
    assert not any(name.startswith("pileup-") for name in cache._installed())


def test_a_broken_note_makes_a_run_and_no_error(home: Path) -> None:
    now = cache.fingerprint(_chosen(home))
    assert cache.changed(home / "report", now) == ["the report was not made here before"]
    cache.remember(home / "report", now)
    for spoilt in ("", "[]", "{"):
        cache._note(home / "report").write_text(spoilt)
        assert cache.changed(home / "report", now) == ["the report was not made here before"]


def test_a_cache_folder_that_cannot_be_written_costs_only_time(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "file")
    now = cache.fingerprint(_chosen(home))
    cache.remember(home / "report", now)
    assert cache.changed(home / "report", now) == ["the report was not made here before"]


def test_the_command_runs_once_and_then_says_that_nothing_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def make_report(chosen: object, out: Path, **_: object) -> Path:
        runs.append(chosen)
        (out / "charts").mkdir(parents=True, exist_ok=True)
        (out / "index.html").write_text("a page")
        return out / "index.html"

    monkeypatch.setattr(run, "make_report", make_report)

    def report(*more: str) -> str:
        ended = CliRunner().invoke(main, ["report", "--quiet", "--out", str(tmp_path / "page"), *more])
        assert ended.exit_code == 0, ended.output
        assert ended.stdout.strip().endswith("index.html")
        return ended.stderr

    report()
    assert len(runs) == 1
    assert "nothing has changed since this report was made; --force runs it again" in report()
    assert len(runs) == 1
    report("--force")
    report("-p", "state", "TX")
    assert len(runs) == 3
    assert "nothing has changed" in report("-p", "state", "TX")
    (tmp_path / "page" / "index.html").write_text("edited")
    report("-p", "state", "TX")
    assert len(runs) == 4
    assert [path.name for path in sorted((tmp_path / "page").iterdir())] == ["charts", "index.html"]


STORES = pytest.mark.parametrize("store", [dict, drawn.Kept])


@pytest.mark.slow
@STORES
def test_a_drawing_is_made_once_and_is_the_same_from_the_cache(
    store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, kept = [], store()

    def draw(figure: str, name: str) -> str:
        asked.append(name)
        return f"<svg>{name} {figure}</svg>"

    monkeypatch.setattr(svg, "draw", draw)
    for _ in range(2):
        studio = Studio(alone=True, kept=kept)
        studio.begin_figure(FIGURE, "a")
        assert studio.figure(FIGURE, "a").startswith("<svg>a ")
    assert "[1]" in studio.figure({**FIGURE, "data": [1]}, "a")
    assert studio.figure(FIGURE, "b").startswith("<svg>b ")
    assert asked == ["a", "a", "b"]
    assert Studio(alone=True).figure(FIGURE, "a").startswith("<svg>a ")
    assert asked == ["a", "a", "b", "a"]


def test_a_drawing_that_fails_fails_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "draw", lambda *_: 1 / 0)
    studio = Studio(alone=True, kept=drawn.Kept())
    for _ in range(2):
        studio.begin_figure(FIGURE, "broken")
        with pytest.raises(ZeroDivisionError):
            studio.figure(FIGURE, "broken")


def test_a_kept_drawing_that_cannot_be_read_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "draw", lambda *_: "<svg/>")
    kept: dict[str, bytes] = {}
    for _ in range(2):
        assert Studio(alone=True, kept=kept).figure(FIGURE, "a") == "<svg/>"
        assert list(kept.values()) == [b"<svg/>"]
        kept = dict.fromkeys(kept, b"\xff")


@STORES
def test_pictures_are_made_once(store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def draw(drawing: str, scale: float, own_font_only: bool) -> bytes:
        asked.append(drawing)
        return drawing.encode()

    monkeypatch.setattr(png, "draw", draw)
    studio = Studio(alone=True, kept=store())
    studio.begin_picture("2")
    assert [studio.picture(drawing) for drawing in "12231"] == [b"1", b"2", b"2", b"3", b"1"]
    assert asked == ["2", "1", "3"]
    assert studio.picture("1", 1) == b"1"  # of another size
    assert asked == ["2", "1", "3", "1"]


def test_drawings_by_other_code_are_not_used_and_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn.Kept()
    before["1"] = b"one"
    assert before.get("1") == b"one"
    monkeypatch.setattr(drawn, "_drawer", lambda: "another")
    drawn._place.cache_clear()
    assert drawn.Kept().get("1") is None
    assert not list((tmp_path / "cache" / "drawings").iterdir())
    drawn._place.cache_clear()


def test_a_drawer_with_another_package_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [drawn._drawer.__wrapped__()]
    monkeypatch.setattr(drawn, "version", lambda package: "0")
    assert drawn._drawer.__wrapped__() not in names


def test_who_draws(studio: Studio) -> None:
    """Helpers do, but not for a process that is one of many."""
    assert studio.begin(os.getpid).result() != os.getpid()
    alone = Studio(alone=True)
    assert alone.begin(os.getpid).result() == os.getpid()
    failed = alone.begin(int, "x")
    with pytest.raises(ValueError, match="'x'"):
        failed.result()


@pytest.mark.slow
def test_a_helper_draws_what_would_be_drawn_here(studio: Studio) -> None:
    figure = {"data": [{"y": [1, 3, 2]}], "layout": {"width": 200, "height": 100}}
    drawing = svg.render(figure, "line")
    assert studio.figure(figure, "line") == drawing
    assert studio.picture(drawing) == png.png(drawing)


def test_a_helper_that_is_ended_is_told_once_and_replaced(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_execute", lambda *_: studio.begin(os._exit, 1).result())
    with pytest.raises(PileupError, match="ended from outside, perhaps for want of memory"):
        run.make_report(parameters.check({}), tmp_path / "page")
    assert not (tmp_path / "page").exists()
    with pytest.raises(BrokenProcessPool):
        studio.begin(os._exit, 1).result()
    assert studio.begin(int, "1").result() == 1


@pytest.mark.slow
def test_no_helper_outlives_its_caller() -> None:
    script = """
import os, signal, time
from pileup.page.studio import Studio
studio = Studio()
print(studio.begin(os.getpid).result() != os.getpid(), flush=True)
studio.begin(time.sleep, 100)
os.kill(os.getpid(), signal.SIGKILL)
"""
    # The helpers hold the other end of this pipe, which is read to its end.
    ran = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=60)
    assert ran.stdout == "True\n"


def test_what_was_begun_is_forgotten_when_the_helpers_are_ended(studio: Studio) -> None:
    for number in range(20):
        studio._begin(str(number), bytes, bytes, time.sleep, 0.2)
    studio.close()
    studio._begin("19", bytes, bytes, abs, -3.0)
    assert studio._begun["19"].result() == 3.0
