"""Things that several test files need: the default report, one finished page, a browser, a small case."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from browsing import launched, served
from common import ROOT, Memory
from pileup.files import parameters
from pileup.make.run import make_report
from pileup.story.report import Report
from pileup.words import language

# No time limit for an example: the time is the machine's, not what is tested.
settings.register_profile("test", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("proof", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile("test")

#: What makes a whole report, starts a browser or reads the official files; a test that asks for it is slow.
COSTLY = {"made", "made_in_spanish", "browser", "shared", "spanish"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what asks for something costly, so that `make check` stays quick by itself."""
    for item in items:
        if COSTLY & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Let no test find the language that another one used."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """A handler of papermill's for one test, as somebody's package registers it: for `mem://`."""
    from papermill.iorw import papermill_io

    handler = Memory()
    monkeypatch.setattr(papermill_io, "_handlers", [*papermill_io._handlers])
    papermill_io.register("mem://", handler)
    return handler


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the official files' copies, which only a full working place has."""
    folder = ROOT.parent / "shared"
    if not (folder / "mirror").is_dir():
        pytest.skip("needs the copies of the official files, in a folder 'shared' beside the repository")
    return folder


@pytest.fixture(scope="session")
def report() -> Report:
    """The report of the case that ships, with every parameter at its default."""
    return Report(parameters.check({}))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report made with the defaults, by a real run of the notebook."""
    folder = tmp_path_factory.mktemp("made") / "report"
    make_report(parameters.check({}), folder, progress=False)
    return folder


@pytest.fixture(scope="session")
def made_in_spanish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the same report in Spanish."""
    folder = tmp_path_factory.mktemp("spanish") / "report"
    make_report(parameters.check({"language": "es"}), folder, progress=False)
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be changed."""
    return shutil.copytree(made, tmp_path / "page")


@pytest.fixture(scope="session")
def findings(made: Path) -> dict[str, float]:
    """The findings that stand beside that report: id and value."""
    record = json.loads((made / "findings.json").read_text(encoding="utf-8"))
    return {finding["id"]: finding["value"] for finding in record["findings"]}


@pytest.fixture(scope="module")
def address(made: Path) -> Iterator[str]:
    """The address of that report's page, served over loopback."""
    with served(made) as base:
        yield f"{base}index.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium, for one file of tests: its event loop must not run on where other files start kernels."""
    with launched() as browser:
        yield browser


@pytest.fixture
def write_case(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the small whole case with texts in it replaced, and gives its path."""
    whole = (ROOT / "tests" / "case" / "whole-case.toml").read_text(encoding="utf-8")

    def write(*changes: tuple[str, str]) -> Path:
        text = whole
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} must stand exactly once"
            text = text.replace(old, new)
        path = tmp_path / "my.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
