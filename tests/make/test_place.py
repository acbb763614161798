"""Putting a report in its place: what stands where, and nothing outside of it, half or lost."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pileup.base import swap
from pileup.base.errors import PileupError
from pileup.base.paths import REPORTS
from pileup.files import parameters
from pileup.make import place
from pileup.page import explore

OLD = {
    "index.html": b"old page",
    "findings.json": b"old",
    "charts/a.svg": b"old",
    "charts/gone.svg": b"old",
    "embeds/a.html": b"old",
}
NEW = {
    "index.html": b"new page",
    "findings.json": b"new",
    "notebook.html": b"new",
    "charts/a.svg": b"new",
    "tables/a.csv": b"new",
}
SCRIPT = {"index.html": b"page", explore.SCRIPT: b"script;\n"}


def _files(folder: Path) -> dict[str, bytes]:
    """Return everything below a folder, hidden files too."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def _refuse_parent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the folder's parent be another's: nothing can be made or renamed in it."""
    mkdtemp, rename = place.tempfile.mkdtemp, os.rename

    def made(suffix: str | None = None, prefix: str | None = None, where: Path | None = None) -> str:
        if Path(where or "/") == folder.parent:
            raise PermissionError(errno.EACCES, "Permission denied")
        return mkdtemp(suffix, prefix, where)

    def renamed(one: Path, other: Path) -> None:
        if Path(one).parent == folder.parent or Path(other).parent == folder.parent:
            raise PermissionError(errno.EACCES, "Permission denied")
        rename(one, other)

    monkeypatch.setattr(place.tempfile, "mkdtemp", made)
    monkeypatch.setattr(os, "rename", renamed)


def test_a_report_of_its_own_has_all_that_it_needs_in_its_folder(tmp_path: Path) -> None:
    place.put(SCRIPT, tmp_path / "draft")
    assert [one.name for one in tmp_path.iterdir()] == ["draft"]
    made = _files(tmp_path / "draft")
    assert set(made) == {"index.html", explore.SCRIPT, explore.BUNDLE}
    assert made["index.html"] == b"page"
    assert explore.library(made[explore.SCRIPT]) == explore.BUNDLE
    assert explore.shared(made) == SCRIPT


def test_reports_of_a_folder_of_reports_share_one_library(tmp_path: Path) -> None:
    for name in ("one", "two"):
        place.put(explore.alone(SCRIPT), tmp_path / name, shared=True)
    assert set(_files(tmp_path)) == {
        explore.BUNDLE,
        *(f"{folder}/{file}" for folder in ("one", "two") for file in SCRIPT),
    }
    assert (tmp_path / "one" / explore.SCRIPT).read_bytes() == SCRIPT[explore.SCRIPT]


def test_only_a_folder_in_the_projects_reports_shares_by_itself(tmp_path: Path) -> None:
    assert place.stands_in_reports(REPORTS / "some-report")
    assert not place.stands_in_reports(REPORTS / "a-sweep" / "some-report")
    assert not place.stands_in_reports(tmp_path / "reports" / "some-report")


def test_a_report_keeps_the_name_that_an_earlier_version_gave_it(tmp_path: Path) -> None:
    """In every language, or the links from one to the other would break."""
    english = parameters.check({"exclusions": True, "state": "TX"})
    spanish = english.model_copy(update={"language": "es"})
    assert place.folder_name(english, "puebla", tmp_path) == "puebla-state-TX-exclusions"
    assert place.folder_name(spanish, "puebla", tmp_path) == "puebla-state-TX-exclusions-language-es"
    (tmp_path / "puebla-state-TX-exclusions-True").mkdir()
    assert place.folder_name(english, "puebla", tmp_path) == "puebla-state-TX-exclusions-True"
    assert place.folder_name(spanish, "puebla", tmp_path) == "puebla-state-TX-exclusions-True-language-es"
    other = parameters.check({"exclusions": True})
    assert place.folder_name(other, "puebla", tmp_path) == "puebla-exclusions"


def test_a_library_of_another_version_leaves_with_the_report_it_came_with(tmp_path: Path) -> None:
    before = b'document.currentScript.dataset.plotly = "plotly-1.0.min.js";\nscript;\n'
    files = {"index.html": b"page", explore.SCRIPT: before, "plotly-1.0.min.js": b"library"}
    assert explore.library(before) == "plotly-1.0.min.js"
    assert explore.shared(files) == SCRIPT


@pytest.mark.parametrize("exchanging", [True, False], ids=["exchanged", "renamed"])
def test_where_the_parent_is_anothers_the_entries_are_exchanged(
    exchanging: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "draft"
    swap.write_files(OLD, folder)
    if not exchanging:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    _refuse_parent(folder, monkeypatch)
    place.try_place(folder)
    place.put(NEW, folder)
    assert _files(tmp_path) == {f"draft/{name}": content for name, content in NEW.items()}
    assert not [*folder.glob(".*")]


@pytest.mark.parametrize("exchanging", [True, False], ids=["exchanged", "renamed"])
@pytest.mark.parametrize("fails", range(1, 30))
def test_whatever_rename_fails_the_old_files_come_back(
    fails: int, exchanging: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is whole before each step, and a step that fails undoes those before it."""
    folder = tmp_path / "draft"
    swap.write_files(OLD, folder)
    if not exchanging:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    _refuse_parent(folder, monkeypatch)
    real, calls = os.rename, 0

    def rename(one: Path, other: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == fails:
            raise OSError(errno.EIO, "Input/output error")
        real(one, other)

    monkeypatch.setattr(os, "rename", rename)
    try:
        place.put(NEW, folder)
    except OSError:
        assert _files(folder) == OLD
    else:
        assert calls < fails
        assert _files(folder) == NEW
    assert not [*folder.glob(".*")]


def test_the_page_is_the_last_to_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "draft"
    swap.write_files(OLD, folder)
    _refuse_parent(folder, monkeypatch)
    seen: list[tuple[bytes, bytes]] = []
    one_by_one = swap.swap

    def watched(new: Path, where: Path, old: Path) -> None:
        one_by_one(new, where, old)
        seen.append(((folder / "index.html").read_bytes(), (folder / "findings.json").read_bytes()))

    monkeypatch.setattr(swap, "swap", watched)
    place.put(NEW, folder)
    pages = [page for page, _ in seen]
    assert pages == [b"old page"] * (len(pages) - 1) + [b"new page"]
    assert seen[-2][1] == b"new"


def test_what_a_killed_run_left_in_the_folder_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "draft"
    swap.write_files(OLD | {".report-dead/new/index.html": b"half", ".report-busy/new/x": b"y"}, folder)
    os.utime(folder / ".report-dead", (0, 0))
    place.check_place(folder)
    _refuse_parent(folder, monkeypatch)
    place.put(NEW, folder)
    assert set(_files(folder)) == {*NEW, ".report-busy/new/x"}


def test_a_place_that_cannot_be_written_at_all_is_refused_before_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pileup.make import run

    monkeypatch.setattr(run, "build", lambda *_, **__: pytest.fail("it was run"))
    _refuse_parent(tmp_path / "new", monkeypatch)
    with pytest.raises(PileupError, match=r"cannot write .*new: Permission denied"):
        run.make_report(parameters.check({}), tmp_path / "new")
    assert not [*tmp_path.iterdir()]


@pytest.fixture
def mounted(tmp_path: Path) -> list[str]:
    """How to run a command where tmp_path/volume is a file system of its own, below a read-only one."""
    (tmp_path / "volume").mkdir()
    script = (
        'mount -t tmpfs none "$1/volume" && mount --bind "$1" "$1" && mount -t tmpfs none "$1/volume"'
        ' && mount -o remount,bind,ro "$1" && root="$1" && shift && exec "$@"'
    )
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", *own, "sh", "-c", script, "sh", str(tmp_path)]


_PUT_TWICE = """
import sys, os
from pathlib import Path
from pileup.base.swap import write_files
from pileup.make import place
folder = Path(sys.argv[1]) / "volume"
try:
    (folder.parent / "x").write_text("x")
except OSError as error:
    print(error.strerror)
for files in ({"index.html": b"old", "charts/a.svg": b"old", "card.png": b"old"},
              {"index.html": b"new", "charts/b.svg": b"new"}):
    place.check_place(folder)
    place.try_place(folder)
    place.put(files, folder)
print(sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*")))
print((folder / "index.html").read_text())
print(sorted(os.listdir(folder.parent)))
"""


def _may_mount() -> bool:
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(
            ["unshare", "--mount", *own, "sh", "-c", "mount -t tmpfs none /mnt"],
            capture_output=True,
            check=False,
        ).returncode
    )


@pytest.mark.skipif(
    not _may_mount(), reason="may not mount here; the test with a refused rename does the same"
)
def test_a_volume_below_a_read_only_folder_takes_a_report(tmp_path: Path, mounted: list[str]) -> None:
    ran = subprocess.run(
        [*mounted, sys.executable, "-c", _PUT_TWICE, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.splitlines() == [
        "Read-only file system",
        "['charts', 'charts/b.svg', 'index.html']",
        "new",
        "['volume']",
    ], ran.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["volume"]


@pytest.mark.parametrize("name", ["tables/mine.csv", "charts/mine.png"])
def test_a_folder_that_only_looks_like_a_report_is_somebody_s_own(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(PileupError, match="no part of a report"):
        place.check_place(tmp_path)
