"""What cannot be parsed is told in one line, whatever file it stands in and whichever parser stumbles."""

import json
from pathlib import Path

import pytest

from common import ROOT, pileup
from pileup.base.errors import PileupError
from pileup.base.parsed import NotParsedError, from_json, from_toml
from pileup.case.group import load_group
from pileup.case.lawfile import load_law
from pileup.page import manifest, record
from pileup.words.language import read_messages

LONG, DEEP = "9" * 5000, "[" * 3000 + "]" * 3000
GROUP = {
    **dict.fromkeys(("name", "what", "years", "bias", "weakness", "publisher"), "x"),
    "url": "https://example.org/",
    "months": [12.0, 24.0, 36.0, 48.0, 60.0, 72.5],
}

#: TOML, what is said of it, and the line.
TOML = {
    "a number of 5,000 digits": (f"\na = {LONG}", "a number of 5,000 digits; 100 or fewer are right", 2),
    "a number of 200 digits": (f"a = {LONG[:200]}", "a number of 200 digits", 1),
    "nested lists": (f"\n\na = {DEEP}", "it nests more than 60 levels deep", 3),
    "nested tables": ("a = " + "{a=" * 100 + "1" + "}" * 100, "it nests more than 60 levels deep", 1),
    "a key of 3,000 parts": (".".join(["a"] * 3000) + " = 1", "it nests more than 60 levels deep", 1),
    "a header of 100 parts": ("[" + ".".join(["a"] * 100) + "]", "it nests more than 60 levels deep", 1),
    "no TOML": ("a = ", "Invalid value", None),
    "no day": ("a = 2019-02-30", "Invalid date", None),
}
#: JSON, and what is said of it.
JSON = {
    "a number of 5,000 digits": (f"[{LONG}]", "a number of 5,000 digits"),
    "nested lists": (DEEP, "it nests more than 60 levels deep"),
    "nested objects": ('{"a":' * 70 + "1" + "}" * 70, "it nests more than 60 levels deep"),
    "NaN": ("[NaN]", "it has NaN, which is no number"),
    "Infinity": ("[-Infinity]", "it has -Infinity, which is no number"),
    "nothing": ("", "Expecting value"),
}


@pytest.mark.parametrize(("text", "says", "line"), TOML.values(), ids=TOML)
def test_toml_that_cannot_be_parsed(text: str, says: str, line: int | None):
    with pytest.raises(NotParsedError) as caught:
        from_toml(text)
    assert says in str(caught.value)
    assert caught.value.line == line


@pytest.mark.parametrize(("text", "says"), JSON.values(), ids=JSON)
def test_json_that_cannot_be_parsed(text: str, says: str):
    with pytest.raises(NotParsedError) as caught:
        from_json(text)
    assert says in str(caught.value)


def test_what_is_long_or_deep_in_words_is_parsed():
    words = f'a = "{LONG}"  # {DEEP}\n' + "b = [[[1]]]\n"
    assert from_toml(words) == {"a": LONG, "b": [[[1]]]}
    assert from_json(json.dumps([LONG, DEEP])) == [LONG, DEEP]


@pytest.mark.parametrize("kind", ["case", "law", "sweep", "group"])
@pytest.mark.parametrize("text", [f"a = {LONG}", f"a = {DEEP}", "\ufeffa = ["], ids=["long", "deep", "open"])
def test_each_kind_of_file_tells_it_in_one_line(kind: str, text: str, tmp_path: Path):
    path = tmp_path / ("my.json" if kind == "group" else "my.toml")
    path.write_text(text.replace("a = ", "") if kind == "group" else text, encoding="utf-8")
    match kind:
        case "law":
            with pytest.raises(PileupError) as caught:
                load_law(path)
            status, said = 2, str(caught.value)
        case "group":
            with pytest.raises(PileupError) as caught:
                load_group(path)
            status, said = 2, str(caught.value)
        case "case":
            status, said = pileup("case", "check", path)
        case _:
            status, said = pileup("sweep", path, "--out", tmp_path / "out")
    assert status == 2
    assert len(said.splitlines()) == 1
    assert f"{kind} file {path.name}" in said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfea\x00", "line 1: not valid TOML: it is no text in UTF-8; save it as UTF-8"),
        (b"# a\n# \x80\n", "line 2: not valid TOML: it is no text in UTF-8"),
        (b"a = \x00", "not valid TOML"),
        (b"# " + b"a" * 4_000_001, "it has 4,000,003 bytes; 4,000,000 or less is right"),
    ],
)
def test_a_file_of_something_else(content: bytes, says: str, tmp_path: Path):
    path = tmp_path / "my.toml"
    path.write_bytes(content)
    status, said = pileup("case", "check", path)
    assert (status, says in said, len(said.splitlines())) == (2, True, 1), said


def test_a_law_without_offenses_is_told(tmp_path: Path):
    law = (
        '[law]\njurisdiction = "X"\ntitle = "X"\ncovers_from = 2016-07-01\nclasses = ["a"]\n'
        'as_of = 2026-11-22\nnote = "n"\n'
    )
    (tmp_path / "own-law.toml").write_text(law, encoding="utf-8")
    small = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8")
    path = tmp_path / "my.toml"
    path.write_text(small.replace('state = "RI"', 'state = "RI"\nlaw = "own-law.toml"'), encoding="utf-8")
    status, said = pileup("case", "check", path)
    assert status == 2
    assert "[case]: law file own-law.toml: offense is missing; add it" in said


@pytest.mark.parametrize("part", ["fact = 5", "source = true", "term = [1]", "count = 1.5", "event = {}"])
def test_a_value_in_place_of_parts_is_told(part: str, tmp_path: Path):
    small = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8")
    head, rest = small.split("# Each publication once", 1)
    assert "[crash]" in head
    path = tmp_path / "my.toml"
    path.write_text(f"{part}\n{head}", encoding="utf-8")
    assert rest
    status, said = pileup("case", "check", path)
    assert status == 2
    assert all(line.startswith("case file my.toml, line ") for line in said.splitlines())


#: What is changed in a group, and what is said.
GROUPS = {
    "life for all": ({"life": 400_000_000}, "life is 400000000; 1,000,000 or less is right"),
    "life of 21 digits": ({"life": 10**20}, "life is 100000000000000000000; 1,000,000 or less is right"),
    "life for a town": ({"life": 30_000}, "life is 30,000 people; 5,000 or fewer are right, for the picture"),
    "no prison": ({"no_prison": 10**12}, "no_prison is 1000000000000; 1,000,000 or less is right"),
    "no prison for a town": ({"no_prison": 5_001}, "no_prison is 5,001 people; 5,000 or fewer are right"),
    "one year for a town": ({"months": [30.0] * 5_001}, "months of year 3 is 5,001 people; 5,000 or fewer"),
    "a whole country": ({"life": 600_000, "no_prison": 600_000}, "are 1,200,006 people in all; 1,000,000"),
    "below zero": ({"life": -1}, "life is -1; 0 or more is right"),
    "a long term": ({"months": [12.0, 12_001.0]}, "months.1 is 12001.0; 12,000 or less is right"),
    "an endless term": ({"months": [12.0, float("inf")]}, "it has Infinity, which is no number"),
}


@pytest.mark.parametrize(("change", "says"), GROUPS.values(), ids=GROUPS)
def test_a_group_out_of_bounds_is_refused_before_a_run(change: dict[str, object], says: str, tmp_path: Path):
    path = tmp_path / "my.json"
    path.write_text(json.dumps(GROUP | change), encoding="utf-8")
    status, said = pileup("report", "-p", "group", path, "--out", tmp_path / "page")
    assert (status, len(said.splitlines())) == (2, 1), said
    assert says in said


def test_the_largest_column_that_is_shown_is_read(tmp_path: Path):
    path = tmp_path / "my.json"
    path.write_text(json.dumps(GROUP | {"life": 5_000, "no_prison": 5_000}), encoding="utf-8")
    assert load_group(path).people == 10_006


@pytest.mark.parametrize("text", [LONG, f"-{LONG}", "1e999", "inf", "nan"])
def test_a_number_of_a_parameter(text: str, tmp_path: Path):
    status, said = pileup("report", "-p", "vehicles", text, "--out", tmp_path / "page")
    assert (status, len(said.splitlines())) == (2, 1)
    assert "is not a whole number" in said


@pytest.mark.parametrize("read", [record.read, manifest.read], ids=["record", "manifest"])
@pytest.mark.parametrize("text", [f'{{"a": {LONG}}}', DEEP, "[NaN]", "", "\xff"])
def test_what_stands_beside_a_page(read: object, text: str):
    with pytest.raises(PileupError, match="make the report again with `pileup report`") as caught:
        read(text.encode("latin-1"))  # ty: ignore[call-non-callable]
    assert "\n" not in str(caught.value)


#: The head of a catalog, and what is said.
HEADS = {
    "no encoding of texts": ("Content-Type: text/plain; charset=zlib", "its head says charset=zlib"),
    "an encoding that is none": ("Content-Type: text/plain; charset=foo", "unknown encoding: foo"),
    "another encoding": ("Content-Type: text/plain; charset=latin-1", "charset=utf-8 is right"),
    "a power": ("Plural-Forms: nplurals=2; plural=(n**n**n);", "which chooses no form"),
    "a division": ("Plural-Forms: nplurals=2; plural=(n/0);", "which chooses no form"),
    "too few forms": ("Plural-Forms: nplurals=1; plural=n;", "which are too few forms"),
    "too many forms": ("Plural-Forms: nplurals=999999999999; plural=n;", "1 to 6 is right"),
    "nested brackets": (
        f"Plural-Forms: nplurals=2; plural={'(' * 900}n{')' * 900};",
        "which chooses no form",
    ),
    "no day": ("PO-Revision-Date: yesterday", "yesterday"),
    "no language": ("Language: xx_YY_ZZ", "xx_YY_ZZ"),
}


@pytest.mark.parametrize(("head", "says"), HEADS.values(), ids=HEADS)
def test_a_catalog_with_an_odd_head(head: str, says: str, tmp_path: Path):
    path = tmp_path / "my.es.po"
    path.write_text(f'msgid ""\nmsgstr ""\n"{head}\\n"\n\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8")
    with pytest.raises(PileupError, match=r"my\.es\.po is no catalog of messages") as caught:
        read_messages(path, "es")
    assert says in str(caught.value)


def test_a_catalog_is_looked_at_before_a_run(tmp_path: Path):
    small = (ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8")
    path = tmp_path / "my.toml"
    path.write_text(small, encoding="utf-8")
    (tmp_path / "my.es.po").write_text("msgid", encoding="utf-8")
    status, said = pileup("report", "--case", path, "-p", "language", "es", "--out", tmp_path / "page")
    assert (status, len(said.splitlines())) == (2, 1)
    assert "my.es.po" in said
