"""What only GitHub, Binder and an editor run: each names only what exists, and a planted fault is refused."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from packaging.specifiers import SpecifierSet

from common import ROOT

BIN = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = {
    path.name: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}
CONTAINER = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
GUIDE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
LAUNCHER = "notebooks/launcher.ipynb"


def steps() -> list[dict[str, Any]]:
    """Every step of every workflow."""
    return [step for flow in WORKFLOWS.values() for job in flow["jobs"].values() for step in job["steps"]]


def commands() -> list[list[str]]:
    """The words of every command that a workflow, CI's scripts, the container, a hook or the guide names."""
    texts = [step["run"] for step in steps() if "run" in step]
    texts += [(ROOT / ".ci" / name).read_text(encoding="utf-8") for name in ("run", "tools", "environment")]
    texts += [CONTAINER["postCreateCommand"]]
    texts += [hook["entry"] for hook in HOOKS[0]["hooks"] if hook["language"] == "system"]
    texts += re.findall(r"^    (.+)", GUIDE, flags=re.MULTILINE)
    lines = [line for text in texts for line in re.split(r"&&|\n", text)]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def program(name: str) -> Any:
    """A program of this environment as click has it."""
    [script] = entry_points(group="console_scripts", name=name)
    return script.load()


def test_every_target_of_make_that_is_named_anywhere_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w./-]+):(?!=)", makefile, flags=re.MULTILINE))
    named = {
        word
        for first, *rest in commands()
        if first == "make"
        for word in rest
        if not re.match(r"[A-Z]+=", word)
    }
    assert named - targets == set()
    assert {"lint", "test", "report", "proof"} <= named


def test_every_program_and_file_that_is_named_anywhere_exists() -> None:
    words = {word for line in commands() for word in line}
    programs = {Path(word).name for word in words if word.startswith(".venv/bin/")}
    assert {name for name in programs if not (BIN / name).exists()} == set()
    assert {"pileup", "pytest", "zizmor"} <= programs
    files = {word for word in words if re.match(r"(\.ci|reports|notebooks|src|tests|data|docs)(/|$)", word)}
    assert {word for word in files if not (ROOT / word).exists()} == set()
    assert {".ci/run", ".ci/tools", "reports/aguilera-mederos", "notebooks"} <= files


def test_every_command_of_pileup_that_is_named_anywhere_exists() -> None:
    named = {line[1] for line in commands() if line[0] == ".venv/bin/pileup"}
    assert named - set(program("pileup").commands) == set()
    assert {"reproduce", "report", "index"} <= named


def test_the_pythons_of_ci_the_container_and_conda_are_supported_and_the_oldest_is_among_them() -> None:
    supported = SpecifierSet(PROJECT["requires-python"])
    matrix = WORKFLOWS["ci.yml"]["jobs"]["test"]["strategy"]["matrix"]["python"]
    others = [version for step in steps() if (version := step.get("with", {}).get("python-version"))]
    container = CONTAINER["image"].partition(":")[2].partition("-")[0]
    conda = next(line for line in CONDA if str(line).startswith("python=")).removeprefix("python=")
    for version in (*matrix, container, conda, *(other for other in others if "matrix" not in other)):
        assert version in supported
    assert len(set(matrix)) == 2
    assert PROJECT["requires-python"] == f">={matrix[0]}"


def test_a_workflow_may_do_nothing_that_a_job_does_not_ask_for() -> None:
    for flow in WORKFLOWS.values():
        assert flow["permissions"] == {}
        assert all(job["permissions"] for job in flow["jobs"].values())


def test_only_the_publishing_job_may_write() -> None:
    writers = {
        (flow, name)
        for flow, content in WORKFLOWS.items()
        for name, job in content["jobs"].items()
        if "write" in job["permissions"].values()
    }
    assert writers == {("pages.yml", "deploy")}


def test_binder_installs_the_project_itself_with_extras_that_exist() -> None:
    """A folder for Binder would hide environment.yml, and with it the one list of what is needed."""
    assert not any((ROOT / name).exists() for name in ("binder", ".binder", "requirements.txt", "Dockerfile"))
    [line] = next(part["pip"] for part in CONDA if isinstance(part, dict))
    extras = re.fullmatch(r"--editable \.\[([\w,]+)\]", line)
    assert extras is not None
    assert set(extras[1].split(",")) <= set(PROJECT["optional-dependencies"])
    assert (ROOT / LAUNCHER).is_file()


def test_ci_installs_what_the_environment_of_conda_lists_and_nothing_else() -> None:
    """The script reads the list; what it would repeat could be another."""
    script = (ROOT / ".ci/environment").read_text(encoding="utf-8")
    [line] = next(part["pip"] for part in CONDA if isinstance(part, dict))
    assert [".ci/environment"] in commands()
    assert "environment.yml" in script
    assert line not in script
    assert "--editable" not in script


def test_an_address_at_binder_is_made_of_the_address_in_the_citation_and_of_none_else() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    place = citation.get("repository-code", "https://github.com/OWNER/NAME").removeprefix(
        "https://github.com/"
    )
    address = f"https://mybinder.org/v2/gh/{place}/main?urlpath=lab/tree/{LAUNCHER}"
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    found = {
        page.name: re.findall(r"https://mybinder\.org[^\s)]*", page.read_text("utf-8")) for page in pages
    }
    assert found["ci.md"] == [address]
    assert "repository-code" in citation or found["README.md"] == []
    assert all(one == address for addresses in found.values() for one in addresses)


@pytest.fixture(scope="module")
def checks() -> dict[str, list[str]]:
    """The commands by which make holds these files, without the files: by the name of the tool or schema."""
    words = (
        "make",
        "--no-print-directory",
        "-n",
        f"BIN={BIN}",
        "-o",
        ".venv/test.stamp",
        "-W",
        "CITATION.cff",
    )
    printed = subprocess.run(
        [*words, ".venv/repository.stamp"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = [shlex.split(line) for line in printed.stdout.splitlines()]
    found = {line[2]: line[:3] for line in lines if line[0] == f"{BIN}/check-jsonschema"}
    found["zizmor"] = next(line[:-1] for line in lines if line[0] == f"{BIN}/zizmor")
    return found


def outcome(words: list[str]) -> tuple[int, str]:
    """Run a command: its status and what it printed; check-jsonschema in here, where it is imported once."""
    if words[0] == f"{BIN}/check-jsonschema":
        result = CliRunner().invoke(program("check-jsonschema"), words[1:])
        return result.exit_code, result.output
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


CI, FORM, CITATION = ".github/workflows/ci.yml", ".github/ISSUE_TEMPLATE/wrong-number.yml", "CITATION.cff"
FLOW, LIMIT = "vendor.github-workflows", "custom.github-workflows-require-timeout"
ASKED = "run: echo ${{ github.event.pull_request.title }}"
PLANTED = {
    "a misspelled key": (FLOW, CI, "timeout-minutes:", "timeout-minuts:", "timeout-minuts"),
    "no time limit": (LIMIT, CI, "    timeout-minutes: 60\n", "", "timeout-minutes"),
    "the rights of main for strangers": (
        *("zizmor", CI, "  pull_request:", "  pull_request_target:"),
        "dangerous-triggers",
    ),
    "an action without a hash": ("zizmor", CI, r"checkout@\w+", "checkout@v7", "unpinned-uses"),
    "every right": ("zizmor", CI, r"permissions: \{\}", "permissions: write-all", "excessive-permissions"),
    "a key left behind": ("zizmor", CI, "persist-credentials: false", "fetch-depth: 1", "artipacked"),
    "a stranger's words in a command": ("zizmor", CI, "run: make report", ASKED, "template-injection"),
    "a field without a label": ("vendor.github-issue-forms", FORM, " +label: Which page.\n", "", "label"),
    "no authors": ("vendor.citation-file-format", CITATION, "authors:", "writers:", "authors"),
}


@pytest.mark.parametrize(("check", "file", "old", "new", "told"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_refused_and_told(
    tmp_path: Path, checks: dict[str, list[str]], check: str, file: str, old: str, new: str, told: str
) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    planted = re.sub(old, lambda _: new, text, count=1)
    assert planted != text
    copy = tmp_path / file
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(planted, encoding="utf-8")
    status, printed = outcome([*checks[check], str(copy)])
    assert status > 0
    assert told in printed
