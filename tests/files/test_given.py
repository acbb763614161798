"""Parameters from files, as papermill takes them: the same values, and each fault with its line."""

import json
from pathlib import Path

import papermill.iorw
import pytest

from common import Memory, pileup
from pileup.base.errors import PileupError
from pileup.base.parsed import from_yaml
from pileup.files import elsewhere, parameters
from pileup.files.given import from_files

YAML = """\
# what differs from the case
state: new york
first_year: 1990
exclusions: yes
edition: 2026-11-28
"""
VALUES = {"state": "new york", "first_year": 1990, "exclusions": True, "edition": "2026-11-28"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "text"), [("p.yaml", YAML), ("p.json", json.dumps(VALUES))])
def test_a_file_gives_the_values_that_papermill_reads(name: str, text: str, here: Path) -> None:
    (here / name).write_text(text, encoding="utf-8")
    assert from_files([name]) == papermill.iorw.read_yaml_file(name) == VALUES
    chosen = parameters.from_text([], from_files([name]))
    assert (chosen.state, chosen.first_year, chosen.exclusions) == ("NY", 1990, True)


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}"])
def test_a_file_without_parameters_sets_none(text: str, here: Path) -> None:
    (here / "p.yaml").write_text(text, encoding="utf-8")
    assert from_files(["p.yaml"]) == {}


def test_a_later_file_comes_before_an_earlier_one_and_the_command_line_before_both(here: Path) -> None:
    (here / "one.yaml").write_text("state: TX\nvehicles: 50\nfirst_year: 2000", encoding="utf-8")
    (here / "two.json").write_text('{"vehicles": 60, "deaths": 5}', encoding="utf-8")
    chosen = parameters.from_text([("deaths", "9")], from_files(["one.yaml", "two.json"]))
    assert chosen.changed() == {"state": "TX", "first_year": 2000, "vehicles": 60, "deaths": 9}


def test_a_year_is_right_by_itself_that_only_the_command_line_puts_in_order(here: Path) -> None:
    (here / "p.yaml").write_text("first_year: 2022", encoding="utf-8")
    assert parameters.from_text([("last_year", "2022")], from_files(["p.yaml"])).first_year == 2022


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("state: Texs", "p.yaml, line 1: parameter state: 'Texs' is not a two-letter code or a name"),
        ("\nstat: TX", "p.yaml, line 2: unknown parameter stat (did you mean state?)"),
        ('vehicles: "50"', "line 1: parameter vehicles: '50' is not a whole number"),
        (
            "state: 8\n\ndeaths: x",
            "line 1: parameter state: 8 is not text; put it in quotes; line 3: parameter",
        ),
        ("state:", "line 1: parameter state: it has no value; write one, or leave it out"),
        ("state: TX\nstate: CO", "p.yaml, line 2: not readable as YAML or JSON (state is given twice, first"),
        ("- TX", "p.yaml: a list; names and values are right, such as state: TX"),
        ("TX", "p.yaml: text; names and values are right"),
        ("state: [TX", "p.yaml, line 1: not readable as YAML or JSON (expected ',' or ']'"),
        ("state: TX\n\tx: 1", "p.yaml, line 2: not readable"),
        ("a: &a [1]\nb: *a", "line 2: not readable as YAML or JSON (it refers to another part with *"),
        ("state: !!python/object:os.system x", "line 1: not readable as YAML or JSON (could not determine"),
        ("vehicles: " + "9" * 5000, "p.yaml, line 1: not readable as YAML or JSON (a number of 5,000 digits"),
        ("state: " + "[" * 2000, "not readable as YAML or JSON (it nests more than 60 levels deep"),
        ("state: \x07", "not readable as YAML or JSON"),
        ("---\nstate: TX\n---\nstate: CO", "p.yaml, line 3: not readable as YAML or JSON"),
        ("? [a]\n: 1", "p.yaml"),
        ("? {a: 1}\n: 1", "p.yaml"),
        ("1: TX", "unknown parameter 1"),
        ("first_year: 2010-01-01", "'2010-01-01' is not a whole number"),
    ],
    ids=lambda value: value[:24],
)
def test_a_fault_is_one_line_with_its_place(text: str, said: str, here: Path) -> None:
    (here / "p.yaml").write_text(text, encoding="utf-8")
    status, output = pileup("report", "-f", "p.yaml", "--out", "draft")
    assert (status, output.count("\n")) == (2, 1), output
    assert output.startswith("pileup: parameters file p.yaml")
    assert said in output
    assert [one.name for one in here.iterdir()] == ["p.yaml"]


def test_a_file_that_is_none_is_told(here: Path) -> None:
    (here / "latin.yaml").write_bytes(b"case: \xe9")
    for name, said in {
        "no.yaml": "no such file",
        ".": "it is no file",
        "latin.yaml": "no text in UTF-8",
    }.items():
        with pytest.raises(PileupError, match=f"parameters file {name}.*{said}"):
            from_files([name])


def test_keys_of_a_table_have_their_lines_whatever_kind_they_are() -> None:
    assert from_yaml("a: 1\n\n2: b\n") == ({"a": 1, 2: "b"}, {"a": 1, "2": 3})


def test_a_file_is_read_through_papermill_s_handlers(memory: Memory) -> None:
    memory.held["mem://desk/p.yaml"] = YAML
    assert from_files(["mem://desk/p.yaml"]) == VALUES
    with pytest.raises(PileupError, match=r"^mem://desk/q.yaml: cannot be read \("):
        from_files(["mem://desk/q.yaml"])


def test_an_address_that_papermill_has_no_handler_for_is_told_with_those_it_has(memory: Memory) -> None:
    with pytest.raises(PileupError, match=r"mum://x: papermill has no handler for it; .*mem://.*s3://"):
        from_files(["mum://x"])
    with pytest.raises(PileupError, match="papermill writes no page to such an address"):
        elsewhere.write_text("page", "https://news.example/page.html")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "s3://desk/report"), "--out s3://desk/report: it is made on this machine; name a path"),
        (("--pdf", "mem://desk/page.pdf"), "--pdf mem://desk/page.pdf: it is made on this machine"),
        (("--single-file", "mum://desk/page.html"), "mum://desk/page.html: papermill has no handler for it"),
        (("--single-file", "https://x.example/p.html"), "papermill writes no page to such an address"),
    ],
)
def test_an_address_that_cannot_be_written_is_told_before_a_run(
    words: tuple[str, str], said: str, here: Path
) -> None:
    status, output = pileup("report", *words)
    assert (status, output.count("\n")) == (2, 1), output
    assert said in output
    assert not [*here.iterdir()]


def test_a_page_in_one_file_goes_through_papermill_s_handlers(made: Path, memory: Memory, here: Path) -> None:
    from pileup.make.run import write_single

    write_single(made / "index.html", here / "page.html")
    write_single(made / "index.html", "mem://desk/page.html")
    assert memory.held == {"mem://desk/page.html": (here / "page.html").read_text(encoding="utf-8")}
