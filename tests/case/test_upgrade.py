"""Rewrites files of the first version: each old form is told with its new one, and comments are kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pileup.case.lawfile import LAWS, load_law
from pileup.case.load import load_case
from pileup.desk.cli import main
from pileup.files import toml
from pileup.files.toml import FORMER

OLD = """# A case as the first version had it.
[case] # head
id = "old"
title = "A crash"
standfirst = "A crash."
person = "Jo Example"
state = "RI"
as_of = 2026-11-22
status_now = "Not known."

[crash]
date = 2015-05-05
place = "Providence, Rhode Island"
road = "Interstate 95"

[[source]]
id = "paper"
publisher = "The Paper"
title = "Its offence = a title"
url = "https://example.org/report"
tier = "press"

[[fact]]
id = "F1"
group = "crash"
statement = "The crash involved [12 vehicles](fact.F1)."
value = 12
unit = "vehicles"
status = "single-source"
sources = [{ source = "paper" }]

[[count]]
id = "N1"
offence = "homicide"  # the offence, as the law calls it
label = "Homicide"
statute = "a statute"
"offence_class" = "felony"
tried = 1
guilty = 1
not_guilty = 0
run = "concurrent"
for_dead = 1
for_dead_by = "F1"
status = "single-source"
sources = [{ source = "paper" }]

# ---- terms
[[term]]
id = "T1"
kind = "imposed"
  label = "Life"  # of the court
  years_min = 99.0
  years_max = 99.0
by = "the court"
status = "single-source"
sources = [{ source = "paper" }]

# ---- other cases
[[comparable]]
id = "K1"
person = "A driver"
what = "A truck"
place = "Ohio"
date = "2019"
killed = 1
plea_or_trial = "plea"
offence = "manslaughter"
sentence = "2 years"
named_then = "no"
status = "confirmed" # by the paper
sources = [{ source = "paper" }]
# the end
"""


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, ["case", *map(str, words)])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.toml"
    path.write_bytes(OLD.encode())
    return path


def test_an_older_file_is_told_field_by_field_its_new_form(old: Path) -> None:
    result = _run("check", old)
    assert result.exit_code == 2
    for line, name in ((34, "offence"), (37, "offence_class"), (43, "for_dead_by"), (67, "offence")):
        assert OLD.split("\n")[line - 1].lstrip('"').startswith(name)
        said = f"old.toml, line {line}: {name} is {FORMER[name]} now; pileup case upgrade {old} rewrites it"
        assert said in result.output.splitlines()
    assert 'label says life; form = "life" is right' in result.output


def test_it_is_rewritten_with_its_comments(old: Path) -> None:
    result = _run("upgrade", old)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "old.toml, line 26: statement in plain words: links are not seen there",
        "old.toml, line 34: offence is offense now",
        "old.toml, line 37: offence_class is offense_class now",
        "old.toml, line 43: for_dead_by is for_by now",
        'old.toml, line 51: [[term]] T1: form = "life" added, and its years (99 to 99) taken out: its label'
        " says life alone",
        "old.toml, line 67: offence is offense now",
        'old.toml, line 70: status = "single-source", not "confirmed": it has one publisher',
        "old.toml: 7 changes made",
    ]
    text = old.read_text(encoding="utf-8")
    wanted = OLD.replace('title = "Its offence', "TITLE").replace("the offence,", "COMMENT")
    for before, now in FORMER.items():
        wanted = wanted.replace(f"\n{before} ", f"\n{now} ").replace(f'"{before}"', f'"{now}"')
    wanted = wanted.replace("TITLE", 'title = "Its offence').replace("COMMENT", "the offence,")
    wanted = wanted.replace("[12 vehicles](fact.F1)", "12 vehicles").replace('"confirmed"', '"single-source"')
    wanted = wanted.replace('  label = "Life"', '  form = "life"\n  label = "Life"')
    wanted = wanted.replace("  years_min = 99.0\n  years_max = 99.0\n", "")
    assert text == wanted
    assert load_case(str(old)).term[0].form == "life"
    assert _run("check", old).output == "old.toml: no faults; 1 fact, 1 source\n"
    assert _run("upgrade", old).output == "old.toml: nothing to upgrade\n"
    assert old.read_text(encoding="utf-8") == text
    assert [path.name for path in old.parent.iterdir()] == ["old.toml"]


def test_a_dry_run_tells_the_same_and_writes_nothing(old: Path) -> None:
    told = _run("upgrade", old, "--dry-run").output.splitlines()
    assert old.read_text(encoding="utf-8") == OLD
    assert told[-1] == "old.toml: 7 changes to make; nothing was written"
    assert told[:-1] == _run("upgrade", old).output.splitlines()[:-1]


@pytest.mark.parametrize(
    ("label", "years", "form", "after"),
    [
        ("Life", (99.0, 99.0), "life", None),
        ("Life and 99 years", (99.0, 99.0), "life", 99.0),
        ("Life without parole for 40 years", (40.0, 40.0), "life", None),
        ("Probation of five years, no prison", (0.0, 0.0), "probation", 5.0),
        ("18 months of probation", (0, 0), "probation", 1.5),
        ("3 years, suspended", (3.0, 3.0), "suspended", 3.0),
        ("A fine", (0.0, 0.0), "fine", None),
        ("Imposed", (3.0, 3.0), "prison", 3.0),
    ],
)
def test_a_term_says_its_form_where_its_label_does(
    old: Path, label: str, years: tuple[float, float], form: str, after: float | None
) -> None:
    low, high = years
    text = OLD.replace('"Life"', f'"{label}"').replace("min = 99.0", f"min = {low}")
    old.write_text(text.replace("max = 99.0", f"max = {high}"), encoding="utf-8")
    assert _run("upgrade", old).exit_code == 0
    (term,) = load_case(str(old)).term
    assert (term.form, term.years_min, term.years_max) == (form, after, after)


def test_what_only_an_editor_knows_is_left_and_told(old: Path) -> None:
    text = OLD.replace('"Life"', '"Probation"').replace("= 99.0", "= 0.0")
    old.write_text(text, encoding="utf-8")
    result = _run("upgrade", old)
    assert result.exit_code == 2
    left = [line for line in result.output.splitlines() if line.startswith("left to you: ")]
    assert any('form = "probation" is right, with its length' in line for line in left)
    assert "offense =" in old.read_text(encoding="utf-8")


def test_line_ends_and_a_mark_at_the_start_stay(old: Path) -> None:
    old.write_bytes(b"\xef\xbb\xbf" + OLD.replace("\n", "\r\n").encode())
    assert _run("upgrade", old).exit_code == 0
    written = old.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf#")
    assert written.count(b"\n") == written.count(b"\r\n") == OLD.count("\n") - 1


def test_a_law_file_is_rewritten_too(tmp_path: Path) -> None:
    now = (LAWS / "tennessee.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    before = now.replace("[[offense]]", "[[offence]]").replace("\noffense_class =", "\noffence_class =")
    path.write_text(before, encoding="utf-8")
    assert load_law(path) == load_law(LAWS / "tennessee.toml")
    assert _run("upgrade", path).exit_code == 0
    assert path.read_text(encoding="utf-8") == now


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[case\n", "old.toml: not valid TOML"),
        (
            OLD.replace("\noffence = ", '\noffense = "x"\noffence = ', 1),
            "both spellings of a key (offence is",
        ),
        (None, "old.toml: cannot be read"),
    ],
)
def test_what_cannot_be_upgraded_is_told_in_one_line_and_left(old: Path, text: str | None, said: str) -> None:
    if text is None:
        old.unlink()
    else:
        old.write_text(text, encoding="utf-8")
    result = _run("upgrade", old)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert text is None or old.read_text(encoding="utf-8") == text


def test_a_translation_is_named_where_a_text_changed(old: Path) -> None:
    old.with_name("old.es.po").write_text("", encoding="utf-8")
    assert "old.es.po: run pileup messages" in _run("upgrade", old).output


def test_keys_are_found_in_headers_tables_in_braces_and_nowhere_else() -> None:
    text = (
        '[[offence]] # offence = 1\n"offence".a = { offence_class = "offence = 1", b = [{ offence = 1 }] }\n'
    )
    text += 'c = """\noffence = 1\n"""\nmy_offence = 1\noffence-b = 1\n[a.offence]\n'
    assert [(line, name) for _, line, name in toml.former(text)] == [
        (1, "offence"),
        (2, "offence"),
        (2, "offence_class"),
        (2, "offence"),
        (8, "offence"),
    ]
    assert all(text[start:].startswith(name) for start, _, name in toml.former(text))
