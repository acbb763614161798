"""The warm engine: the outputs of a kernel without one, each notebook for itself, and every way to fail."""

import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.engines import Engine, NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from common import ROOT, Memory
from pileup.base.paths import NOTEBOOKS
from pileup.make import engine, shell
from pileup.page.exporter import ReportExporter
from pileup.page.studio import Studio

papermill_engines.register("pileup", engine.WarmEngine)


def _notebook(folder: Path, *cells: str) -> Path:
    """Write a notebook of code cells; a cell that begins with "raises" is allowed to."""
    book = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    for source in cells:
        tags = [tag for tag in ("parameters", "raises-exception") if f"# {tag}" in source]
        book.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
    path = folder / "book.ipynb"
    nbformat.write(book, path)
    return path


def _run(path: Path, name: str | None = "pileup", out: Path | None = None, **options: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return papermill.execute_notebook(
            path,
            out,
            engine_name=name,
            **({"progress_bar": False} | options),
        )


def _cells(book: Any) -> list:
    return [
        (cell.source, cell.get("execution_count"), json.loads(json.dumps(cell.get("outputs", []))))
        for cell in book.cells
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["1-case", "2-pileup", "3-sentence", "report"])
def test_every_notebook_has_the_outputs_and_the_page_of_a_kernel(name: str) -> None:
    warm, kernel = (
        _run(NOTEBOOKS / f"{name}.ipynb", which, parameters={"state": "TX", "first_year": 1990})
        for which in ("pileup", None)
    )
    assert _cells(warm) == _cells(kernel)
    assert warm.metadata.language_info == kernel.metadata.language_info
    if name != "report":
        return  # it shows its working, and is no page
    with Studio(kept={}) as studio:  # what both show is drawn once
        pages = [ReportExporter(studio=studio).from_notebook_node(book) for book in (warm, kernel)]
    assert pages[0][0] == pages[1][0]
    assert pages[0][1]["outputs"] == pages[1][1]["outputs"]


ODD = [
    "import sys\nfrom IPython.display import HTML, clear_output, display, update_display",
    'print("one"); print("two", file=sys.stderr); print("three"); 6 * 7',
    'display(HTML("<b>1</b>")); display({"application/x+json": {"a": [1]}}, raw=True); None',
    'display("first", display_id="d"); update_display("second", display_id="d")',
    'print("gone"); clear_output(); print("stays")',
    "# raises-exception\n1 / 0",
    "# raises-exception\nfrom pileup.base.errors import PileupError\nraise PileupError('one line')",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "import asyncio\nawait asyncio.sleep(0)\nlen(In), Out[2], _",
    "",
    "x = 1;",
    "%who_ls",
    "!echo from a shell",
]


@pytest.mark.slow
def test_whatever_a_cell_shows_is_shown_as_in_a_kernel(tmp_path: Path) -> None:
    path = _notebook(tmp_path, *ODD)
    shown = []
    for name in ("pileup", None):
        # papermill runs on after an error that is allowed, and raises it at the end all the same.
        with pytest.raises(PapermillExecutionError, match=r"division by zero|one line"):
            _run(path, name, out=tmp_path / "out.ipynb")
        shown.append(_cells(nbformat.read(tmp_path / "out.ipynb", as_version=4)))
    assert len(shown[0]) == len(ODD) + 2
    assert shown[0] == shown[1]


@pytest.mark.slow
def test_one_notebook_leaves_nothing_behind_for_the_next(tmp_path: Path) -> None:
    _run(_notebook(tmp_path, "import pandas, os\npandas.left = 1\nos.environ['LEFT'] = '1'\nleft = 1"))
    after = "import pandas, os\nhasattr(pandas, 'left'), 'LEFT' in os.environ, 'left' in globals(), len(In)"
    book = _run(_notebook(tmp_path, after))
    assert book.cells[0].outputs[0].data["text/plain"] == "(False, False, False, 2)"
    assert "LEFT" not in os.environ


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "name", "says"),
    [
        ("raise ValueError('no good')", "ValueError", "no good"),
        ("import os\nos._exit(3)", "NotebookDied", r"the notebook ended its process \(status 3\)"),
        ("exit()", "NotebookDied", "ended its process"),
        ("import time\ntime.sleep(60)", "CellTimeoutError", "the cell took longer than 5 seconds"),
        ("while True: print('x' * 100_000)", "PrintedTooMuch", "printed more than 10,000,000 characters"),
        (
            "import os\nfor _ in range(100): os.write(1, b'x' * 100_000)\n1 / 0",
            "ZeroDivisionError",
            "division",
        ),
        ("from nowhere import nothing", "ModuleNotFoundError", "nowhere"),
        ("def (", "SyntaxError", "invalid syntax"),
    ],
)
def test_a_cell_that_fails_stops_the_notebook_and_is_named(
    cell: str, name: str, says: str, tmp_path: Path
) -> None:
    path = _notebook(tmp_path, "1", cell, "2")
    with pytest.raises(PapermillExecutionError, match=says) as told:
        _run(path, execution_timeout=5)
    assert (told.value.cell_index, told.value.ename) == (1, name)


def test_what_a_swallowed_error_prints_on_and_on_is_not_kept(tmp_path: Path) -> None:
    loop = "for _ in range(300):\n try: print('x' * 100_000)\n except BaseException: pass"
    book = _run(_notebook(tmp_path, loop))
    assert sum(len(output.text) for output in book.cells[0].outputs) <= shell.MOST_PRINTED


def test_an_unknown_parameter_is_refused_by_the_notebook_itself() -> None:
    with pytest.raises(PapermillExecutionError, match=r"unknown parameter stat \(did you mean state\?\)"):
        _run(NOTEBOOKS / "1-case.ipynb", parameters={"stat": "TX"})


@pytest.mark.slow
def test_where_nothing_can_be_forked_a_kernel_runs_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engine, "FORKS", False)
    with caplog.at_level(logging.WARNING, logger="papermill"):
        book = _run(_notebook(tmp_path, "1 + 1"))
    assert book.cells[0].outputs[0].data["text/plain"] == "2"
    assert "it runs in a kernel" in caplog.text


@pytest.mark.slow
def test_papermill_finds_the_engine_by_its_name(tmp_path: Path) -> None:
    """By an entry point, as an installed copy has it."""
    info = tmp_path / "site" / "warm-1.dist-info"
    info.mkdir(parents=True)
    (info / "entry_points.txt").write_text("[papermill.engine]\npileup = pileup.make.engine\n")
    path = _notebook(tmp_path, "x = 1  # parameters", "x + 1")
    ran = subprocess.run(
        [
            str(Path(sys.executable).parent / "papermill"),
            "--engine",
            "pileup",
            "-p",
            "x",
            "4",
            path,
            "out.ipynb",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(info.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    for first in ("pileup.make.engine", "papermill"):  # each of the two imports the other
        script = f"import {first}, papermill.engines as all_; all_.papermill_engines.get_engine('pileup')"
        environment = {**os.environ, "PYTHONPATH": str(info.parent)}
        subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, check=True)
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[2].outputs[0].data["text/plain"] == "5"


#: papermill with pileup's entry point, whatever is installed here; the fixture `papermill_here` makes it.
Papermill = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def papermill_here(tmp_path: Path) -> Papermill:
    """Return what runs papermill's own command in a folder, with a notebook `book.ipynb` of four cells."""
    info = tmp_path / "site" / "warm-1.dist-info"
    info.mkdir(parents=True)
    (info / "entry_points.txt").write_text("[papermill.engine]\npileup = pileup.make.engine\n")
    cells = [
        "x = 1  # parameters",
        "print('told', x)",
        "import sys\nprint('aside', file=sys.stderr)",
        "x + 1",
    ]
    _notebook(tmp_path, *cells)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sys.executable).parent / "papermill"), *words, "book.ipynb", "out.ipynb"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(info.parent)},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )

    return run


@pytest.mark.slow
@pytest.mark.parametrize("engine", [[], ["--engine", "pileup"]], ids=["kernel", "pileup"])
def test_papermill_shows_its_bar_and_says_nothing_else(engine: list[str], papermill_here: Papermill) -> None:
    """The kernel would warn of TCP; tqdm would draw a widget, had our engine imported the kernel's shell."""
    ran = papermill_here("--progress-bar", *engine)
    assert ran.stdout == ""
    lines = [line for line in re.split(r"[\r\n]+|(?=Executing notebook)", ran.stderr) if line.strip()]
    bar = [line for line in lines if re.match(r"Executing: +\d+%\|", line)]
    assert "100%" in bar[-1]
    assert "4/4" in bar[-1]
    said = {line for line in lines if line not in bar}
    told = {"Input Notebook:  book.ipynb", "Output Notebook: out.ipynb"}
    assert said - {"Executing notebook with kernel: python3"} == told


@pytest.mark.slow
@pytest.mark.parametrize("engine", [[], ["--engine", "pileup"]], ids=["kernel", "pileup"])
def test_papermill_logs_and_files_what_cells_print(
    engine: list[str], papermill_here: Papermill, tmp_path: Path
) -> None:
    files = ["--stdout-file", "told.txt", "--stderr-file", "aside.txt"]
    (tmp_path / "p.yaml").write_text("x: 4", encoding="utf-8")
    ran = papermill_here("--log-output", *files, "-f", "p.yaml", *engine)
    lines = [line for line in ran.stderr.splitlines() if line and not line.startswith(("Input", "Output"))]
    assert lines[0].startswith(("Executing notebook", "Executing Cell 1---"))
    assert [line.rstrip("-") for line in lines if line.startswith("Ending")] == [
        f"Ending Cell {number}" for number in range(1, 6)
    ]
    assert {"told 4", "aside", "5"} <= {*lines}
    assert (tmp_path / "told.txt").read_text(encoding="utf-8").strip() == "told 4"
    assert (tmp_path / "aside.txt").read_text(encoding="utf-8").strip() == "aside"


@pytest.mark.slow
def test_a_kernel_is_reached_with_keys_unless_somebody_wants_it_otherwise(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = _notebook(tmp_path, "1 + 1")
    _run(path, None)
    assert "without encryption" not in capfd.readouterr().err
    _run(path, None, config={"KernelManager": {"transport_encryption": "disabled"}})
    assert "without encryption" in capfd.readouterr().err


def test_papermill_s_own_engine_is_replaced_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert papermill_engines.get_engine() is engine.KernelEngine
    assert papermill_engines.get_engine("nbclient") is NBClientEngine
    monkeypatch.setattr(papermill_engines, "_engines", {**papermill_engines._engines, None: Engine})
    spec = importlib.util.find_spec("pileup.make.engine")
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert papermill_engines.get_engine() is Engine


@pytest.mark.parametrize("name", ["pileup", None])
def test_a_notebook_is_read_and_written_through_papermill_s_handlers(
    name: str | None, memory: Memory, tmp_path: Path
) -> None:
    """As with s3://: notebook, parameters and output; what was written makes a page."""
    memory.held["mem://desk/book.ipynb"] = _notebook(tmp_path, "x = 1  # parameters", "x + 1").read_text()
    papermill.execute_notebook(
        "mem://desk/book.ipynb",
        "mem://desk/out-{x}.ipynb",
        parameters={"x": 4},
        engine_name=name,
        progress_bar=False,
    )
    book = nbformat.reads(memory.held["mem://desk/out-4.ipynb"], as_version=4)
    assert book.cells[2].outputs[0].data["text/plain"] == "5"


@pytest.mark.slow
def test_memory_does_not_grow_from_notebook_to_notebook(tmp_path: Path) -> None:
    """The parent's peak after thirty notebooks that hold 50 MB each is that after ten."""
    path = _notebook(tmp_path, "held = bytearray(50_000_000)\nlen(held)")
    script = (
        "import resource, papermill, sys\n"
        "from papermill.engines import papermill_engines\n"
        "from pileup.make.engine import WarmEngine\n"
        "papermill_engines.register('pileup', WarmEngine)\n"
        "for n in range(30):\n"
        "    papermill.execute_notebook(sys.argv[1], None, engine_name='pileup', progress_bar=False)\n"
        "    if n in (9, 29):\n"
        "        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    after_ten, after_thirty = map(int, ran.stdout.split())
    assert after_thirty - after_ten < 10_000  # kB


@pytest.mark.slow
def test_nbformat_is_imported_without_the_grammar_of_addresses() -> None:
    """It would take a second of every report; who wants it later gets it all the same."""
    pytest.importorskip("rfc3987_syntax", reason="comes with JupyterLab only")
    script = """
import sys
from pileup.make.run import import_nbformat
import_nbformat()
import nbformat, nbconvert, papermill
print("rfc3987_syntax" in sys.modules, nbformat.validate(nbformat.v4.new_notebook()))
import rfc3987_syntax
print(rfc3987_syntax.is_valid_syntax("iri", "https://example.org/"))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert (ran.stdout, ran.stderr) == ("False None\nTrue\n", "")
