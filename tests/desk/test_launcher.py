"""The form in JupyterLab: made from the schema, its command and its report those of the command line."""

import base64
import contextlib
import datetime as dt
import html
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import ipywidgets as widgets
import nbformat
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from browsing import in_browser, launched
from pileup.base.errors import PileupError
from pileup.base.paths import NOTEBOOKS
from pileup.case.load import known_cases
from pileup.desk import launcher
from pileup.desk.cli import main
from pileup.desk.commands.make import report
from pileup.desk.launcher import Form
from pileup.files import parameters
from pileup.files.parameters import Parameters
from pileup.make import cache, run
from pileup.record.states import STATES

FIELDS = parameters.schema()["properties"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder of its own, with a cache of its own; the notebook runs in a folder below it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(run, "REPORTS", tmp_path / "reports")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def shown(form: Form) -> str:
    """The command that the form shows, or what it says is wrong."""
    text = re.sub(r"<[^>]+>", "\n", form.shown.value).strip()
    return html.unescape(text.splitlines()[-1].strip())


def test_there_is_one_field_for_each_parameter_named_and_explained_by_the_schema() -> None:
    form = Form()
    assert list(form.fields) == list(FIELDS) == list(Parameters.model_fields)
    grid = form.box.children[1]
    for (name, field), parts in zip(FIELDS.items(), grid.children, strict=True):
        assert form.fields[name].description == field["title"]
        assert parts.children[0] is form.fields[name]
        assert launcher.explained(field) == parts.children[-1].value
    assert form.values() == Parameters().model_dump()


def test_type_and_range_choose_the_widget() -> None:
    fields = Form().fields
    kinds = {name: type(widget) for name, widget in fields.items()}
    assert kinds["state"] is kinds["first_year"] is kinds["case"] is widgets.Dropdown
    assert kinds["vehicles"] is kinds["deaths"] is widgets.BoundedIntText
    assert (kinds["exclusions"], kinds["edition"]) == (widgets.Checkbox, widgets.DatePicker)
    assert kinds["group"] is widgets.Text
    assert (fields["vehicles"].min, fields["vehicles"].max) == (0, parameters.MOST)


def test_what_exists_is_offered() -> None:
    fields = Form().fields
    assert [value for _, value in fields["case"].options] == known_cases()
    assert [value for _, value in fields["state"].options] == ["", *STATES]
    assert ("Texas (TX)", "TX") in fields["state"].options
    years = parameters.years_held()
    for name in ("first_year", "last_year"):
        assert [value for _, value in fields[name].options] == years


def test_a_new_parameter_gets_a_field_without_a_word_of_code(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = parameters.schema()
    schema["properties"]["tone"] = {
        "type": "string", "enum": ["dry", "plain"], "default": "dry", "title": "Tone", "description": "x `y`"
    }  # fmt: skip
    monkeypatch.setattr(parameters, "schema", lambda: schema)
    form = Form()
    assert form.fields["tone"].options == (("dry", "dry"), ("plain", "plain"))
    assert "X <code>y</code>" in form.box.children[1].children[-1].children[-1].value
    assert "unknown parameter tone" in shown(form)  # the check has the last word


CHOICES = [
    {},
    {"state": "TX"},
    {"first_year": 2000, "last_year": 2010, "vehicles": 50, "deaths": 3},
    {"exclusions": True, "edition": "2026-12-01"},
    {"case": "puebla"},
    {"case": 'my cases/it\'s "one" & $HOME; rm -rf *.toml', "group": "a b.json"},
]


@pytest.mark.parametrize("values", CHOICES, ids=str)
def test_the_command_gives_the_same_parameters_again(values: dict) -> None:
    chosen = parameters.check(values)
    words = shlex.split(launcher.command(chosen))
    assert words[:2] == ["pileup", "report"]
    context = report.make_context("report", words[2:])
    case, pairs = context.params["case"], context.params["pairs"]
    assert parameters.from_text([*([("case", case)] if case else []), *pairs]) == chosen
    assert context.params["out"] is None
    assert len(pairs) == len(chosen.changed())


def test_the_command_follows_every_change(tmp_path: Path) -> None:
    form = Form(tmp_path)
    assert shown(form) == "pileup report"
    form.fields["state"].value = "TX"
    assert shown(form) == "pileup report -p state TX"
    form.fields["exclusions"].value = True
    form.fields["edition"].value = dt.date(2026, 12, 1)
    form.fields["vehicles"].value = 50
    assert shown(form) == (
        "pileup report -p state TX -p vehicles 50 -p exclusions true -p edition 2026-12-01"
    )
    form.fields["case"].value = "puebla"
    form.files["case"].value = "  my case.toml "
    assert "--case 'my case.toml'" in shown(form)
    form.files["case"].value = ""
    assert "--case puebla" in shown(form)
    for name in ("state", "edition"):
        form.fields[name].value = "" if name == "state" else None
    assert shown(form) == "pileup report --case puebla -p vehicles 50 -p exclusions true"


def test_the_command_is_called_as_it_can_be_from_the_project_s_folder() -> None:
    beside = Path(sys.executable).parent
    assert launcher.program(beside.parent) == f"{beside.name}/pileup"
    assert launcher.program(beside / "elsewhere") == "pileup"


def test_values_that_do_not_go_together_are_told_at_once_and_mended() -> None:
    form = Form()
    form.fields["first_year"].value, form.fields["last_year"].value = 2010, 2001
    assert shown(form) == "first_year 2010 is after last_year 2001; swap them"
    form.button.click()
    assert "swap them" in form.said.value
    form.fields["last_year"].value = 2011
    assert shown(form).endswith("pileup report -p first_year 2010 -p last_year 2011")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("case", "nowhere.toml", "no such case or file"),
        ("case", "<script>alert(1)</script>", "no such case or file"),
        ("group", "nowhere.json", "no such file"),
    ],
)
def test_a_fault_is_one_clear_line_and_the_form_stays_usable(
    here: Path, field: str, value: str, said: str
) -> None:
    form = Form(here)
    (form.files if field in form.files else form.fields)[field].value = value
    form.button.click()
    assert said in form.said.value
    assert form.said.value.count("\n") == 0
    assert "<script>" not in form.said.value + form.shown.value
    assert not form.button.disabled
    assert form.bar.layout.display == "none"
    assert not (here / "reports").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PileupError("report.ipynb, cell 7: ValueError: no"), "report.ipynb, cell 7"),
        (ZeroDivisionError("by\n  zero"), "ZeroDivisionError: by zero"),
        (PermissionError(13, "Permission denied"), "cannot write"),
        (KeyboardInterrupt(), "interrupted"),
    ],
)
def test_a_run_that_fails_leaves_no_traceback_and_no_page(
    here: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(run, "build", fail)
    form = Form(here)
    form.button.click()
    assert said in form.said.value
    assert "Traceback" not in form.said.value
    assert (form.place.outputs, form.page.value, form.button.disabled) == ((), "", False)
    assert not list((here / "reports").glob("*/*"))


@pytest.mark.slow
def test_the_button_makes_the_command_s_report_and_shows_it(
    here: Path, write_case: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case file of one's own, changed between two clicks; the pages are the command's, byte for byte."""
    same = cache.common()
    monkeypatch.setattr(cache, "common", lambda: same)  # the project itself does not change meanwhile
    own = write_case()
    form = Form(here)
    form.files["case"].value = own.name  # counted from the project's folder, not from the notebook's
    form.fields["state"].value = "TX"
    seen: list[tuple[float, str]] = []
    form.said.observe(lambda change: seen.append((form.bar.value, change["new"])), "value")
    form.button.click()
    page = here / "reports" / "my-state-TX" / "index.html"
    assert "The report is made." in form.said.value
    assert any("Cell 2 of" in text for _, text in seen)
    assert sorted(value for value, _ in seen) == [value for value, _ in seen]
    record = page.with_name("record.json").read_bytes()
    assert 'href="../reports/my-state-TX/index.html"' in form.place.outputs[0]["data"]["text/html"]
    frame = re.search(r"base64,([^\"]+)", form.page.value)
    assert frame
    inside = base64.b64decode(frame[1]).decode()
    assert "<script src" not in inside
    assert inside.count("<h1") == 1

    form.button.click()
    assert "Nothing has changed" in form.said.value
    assert form.page.value

    own.write_text(own.read_text(encoding="utf-8").replace("2027-01-01", "2027-02-01"), encoding="utf-8")
    form.button.click()
    assert "The report is made." in form.said.value
    assert page.with_name("record.json").read_bytes() != record

    monkeypatch.chdir(here)
    words = shlex.split(shown(form))[1:]
    result = CliRunner().invoke(main, [*words, "--out", str(here / "again"), "--quiet"])
    assert result.exit_code == 0, result.output
    assert (here / "again" / "index.html").read_bytes() == page.read_bytes()


def test_what_is_due_is_said_as_the_command_says_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = here / "reports" / "x" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<h1>x</h1>")
    monkeypatch.setattr(launcher.run, "refresh", lambda *_, **__: (page, True))
    form = Form(here)
    form.fields["edition"].value = dt.date(2026, 12, 30)
    form.button.click()
    assert "Look again: O04 is due for a check since 2026-12-30" in form.said.value


def test_a_link_in_the_preview_opens_a_tab_of_its_own_unless_it_stays_in_the_page(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<a class="x" href="https://example.org/">out</a><a class="n" href="#how">in</a>')
    frame = launcher.preview(page)
    inside = base64.b64decode(frame.split("base64,")[1].split('"')[0]).decode()
    assert inside == (
        '<a target="_blank" rel="noopener" class="x" href="https://example.org/">out</a>'
        '<a class="n" href="#how">in</a>'
    )
    assert "allow-scripts" not in frame
    assert 'title="The report"' in frame


def test_the_notebook_is_one_cell_and_stored_without_outputs() -> None:
    notebook = nbformat.read(NOTEBOOKS / "launcher.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert cell.source == "from pileup.desk.launcher import form\n\nform()"
    told = "it was run and saved; restore it with: git checkout -- notebooks/launcher.ipynb"
    assert (cell.outputs, cell.execution_count) == ([], None), told
    assert cell.metadata.tags == ["nbval-ignore-output"]
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@contextlib.contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Serve a folder with JupyterLab on 127.0.0.1, with nothing of this machine's settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    own = {f"JUPYTER_{name}_DIR": str(folder / ".jupyter" / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    settings = folder / ".jupyter" / "CONFIG" / "labconfig"
    settings.mkdir(parents=True)
    news = "@jupyterlab/apputils-extension:announcements"  # it would lay a question over the form
    (settings / "page_config.json").write_text(json.dumps({"disabledExtensions": {news: True}}))
    words = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token="]
    words += [f"--ServerApp.port={address.split(':')[2][:-1]}", "--ServerApp.port_retries=0"]
    words += [
        "--ServerApp.root_dir=.",
        "--LabApp.news_url=",
        "notebooks/launcher.ipynb",
    ]  # as `make lab` has it
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *words],
        cwd=folder,
        env={**os.environ, **own, "IPYTHONDIR": str(folder / ".ipython")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}api", timeout=5):
                break
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _fits(page: Page) -> bool:
    """Tell whether nothing of the form is cut off."""
    script = "form => [...form.querySelectorAll('input, select, button, pre')].every("
    script += "one => one.getBoundingClientRect().right <= form.getBoundingClientRect().right + 1)"
    return page.locator(".pileup-form").evaluate(script)


@in_browser
def test_it_works_in_jupyterlab(here: Path, write_case: Callable[..., Path]) -> None:
    """Run the cell, choose a state by keyboard, make the report, and find it in the page and by its link."""
    pytest.importorskip("jupyterlab", reason="no JupyterLab here; `make lab` installs it")
    write_case()
    notebook = nbformat.read(NOTEBOOKS / "launcher.ipynb", as_version=4)
    imports = "from pathlib import Path\nfrom pileup.desk import launcher\nfrom pileup.make import run\n"
    place = f"{imports}here = Path({str(here)!r})\n"
    notebook.cells[1].source = f"{place}run.REPORTS = here / 'reports'\nlauncher.Form(here).box"
    nbformat.write(notebook, here / "notebooks" / "launcher.ipynb")
    with lab(here) as address, launched() as browser:
        page = browser.new_context(viewport={"width": 700, "height": 1000}).new_page()
        page.goto(f"{address}lab/tree/notebooks/launcher.ipynb")
        # Before the notebook has its kernel, its cells are drawn anew and a click on one may be lost.
        idle = page.locator(".jp-StatusBar-TextItem", has_text="| Idle")
        idle.wait_for(state="attached", timeout=60_000)
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        page.get_by_label("Or a case file of your own").fill("my.toml", timeout=60_000)
        page.keyboard.press("Tab")
        assert page.get_by_label("State").evaluate("one => one === document.activeElement")
        command = page.get_by_label("Command")
        command.filter(has_text="--case my.toml").wait_for()  # the kernel has answered
        page.keyboard.type("Texas")
        command.filter(has_text="pileup report --case my.toml -p state TX").wait_for()
        assert _fits(page)
        page.get_by_role("button", name="Make the report").press("Enter")
        link = page.get_by_role("link", name="Open the page in a tab")
        fault = page.locator(".pileup-form [role=alert]")
        link.or_(fault).wait_for(timeout=90_000)
        assert fault.all_inner_texts() == []
        assert "/files/reports/my-state-TX/index.html" in str(link.get_attribute("href"))
        frame = page.frame_locator("iframe[title='The report']")
        frame.locator("h1").wait_for()
        frame.locator("main .sign").first.click()
        # No script runs there: the sign leads to the list, which a page in a single file has inside.
        frame.locator(".paragraph:target").wait_for()
        link.click()
        page.frame_locator(".jp-HTMLViewer iframe").locator("h1").wait_for()
