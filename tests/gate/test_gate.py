"""Nothing false gets out: each planted fault is refused, with its place, what is printed, what is right."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import batched
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from common import pileup
from gate.faults import FAULTS, SPANISH
from gate.planting import Fault, changed, renew
from pileup.base.errors import PileupError
from pileup.make.run import write_single
from pileup.page import explore, held, manifest
from pileup.page.check import check_page

#: How many faults are planted at a time, each of them in a place of its own.
TOGETHER = 12
KINDS = sorted({fault.kind for fault in FAULTS})


@pytest.fixture(scope="module")
def draft(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the finished report, to be changed and mended again."""
    return shutil.copytree(made, tmp_path_factory.mktemp("gate") / "draft")


def _said(folder: Path) -> list[str]:
    renew(folder)
    try:
        return check_page(folder).faults
    except PileupError as error:
        return [str(error)]


def _planted(made: Path, draft: Path, faults: Sequence[Fault]) -> tuple[list[Fault], list[str]]:
    """Plant faults, and return those that found their place and what the gate says; mend all again."""
    there = []
    for fault in faults:
        try:
            fault.plant(draft)
            there.append(fault)
        except LookupError:
            if len(faults) == 1:
                raise
    said = _said(draft)
    for name in (manifest.NAME, *(fault.file for fault in there)):
        shutil.copy(made / name, draft / name)
    return there, said


def _silent(made: Path, draft: Path, faults: Sequence[Fault]) -> list[tuple[Fault, list[str]]]:
    """Return the faults of which the gate does not say what it should.

    They are planted a dozen at a time; one that another hides, or whose place another took, once more alone.
    """
    alone: list[Fault] = []
    for some in batched(faults, TOGETHER):
        there, said = _planted(made, draft, some)
        told = [fault for fault in there if any(re.search(fault.said, line) for line in said)]
        alone += [fault for fault in some if fault not in told]
    silent = []
    for fault in alone:
        _, said = _planted(made, draft, [fault])
        if not any(re.search(fault.said, line) for line in said):
            silent.append((fault, said[:5]))
    return silent


def test_there_are_faults_of_every_kind() -> None:
    counted = Counter(fault.kind for fault in (*FAULTS, *SPANISH))
    assert len(counted) >= 12
    assert sum(counted.values()) >= 150


@pytest.mark.parametrize("kind", KINDS)
def test_each_planted_fault_is_refused_and_told(
    made: Path, draft: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST", 500)
    assert _silent(made, draft, [fault for fault in FAULTS if fault.kind == kind]) == []
    assert _said(draft) == []


def test_each_planted_fault_is_refused_in_spanish_too(
    made_in_spanish: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST", 500)
    draft = shutil.copytree(made_in_spanish, tmp_path / "draft")
    assert _silent(made_in_spanish, draft, SPANISH) == []
    assert _said(draft) == []


def _texts(made: Path) -> list[str]:
    listed = manifest.read((made / manifest.NAME).read_bytes()).files
    return [name for name in listed if not name.endswith((".png", ".js"))]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings().max_examples // 4
)
@given(data=st.data())
def test_any_other_character_anywhere_is_refused(made: Path, draft: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(_texts(made)))
    text = (made / name).read_text(encoding="utf-8")
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in "07aX<&\"' " if one != text[place]]))
    (draft / name).write_text(changed(text, lambda _: other, place), encoding="utf-8")
    try:
        assert _said(draft) != [], (name, place, other)
    finally:
        for one in (name, manifest.NAME):
            shutil.copy(made / one, draft / one)


@pytest.mark.parametrize(
    "name", ["charts/largest.png", "card.png", "charts/largest.js", "explore.js", "embeds/largest.html"]
)
def test_a_file_that_is_empty_or_anothers_is_refused_and_one_that_can_be_made_again_may_be_gone(
    made: Path, draft: Path, name: str
) -> None:
    other = next(
        path
        for path in sorted((made / name).parent.glob(f"*{Path(name).suffix}"))
        if path.name != Path(name).name or "/" not in name
    )
    for content in (b"", b"x", *([other.read_bytes()] if other != made / name else [])):
        (draft / name).write_bytes(content)
        assert any(line.startswith(f"{name}: ") for line in _said(draft)), name
    (draft / name).unlink()
    checked = check_page(draft)
    shutil.copy(made / name, draft / name)
    shutil.copy(made / manifest.NAME, draft / manifest.NAME)
    assert checked.faults == []
    assert name in checked.notes[0]


def test_a_file_that_must_be_kept_is_missed_and_a_strangers_is_told(made: Path, draft: Path) -> None:
    for name in ("tables/largest.csv", "notebook.html", "findings.json", "charts/largest.svg"):
        (draft / name).unlink()
        assert f"{name}: is missing; the manifest lists it" in check_page(draft).faults
        shutil.copy(made / name, draft / name)
    (draft / "index.html.gz").write_bytes(b"x")
    (draft / ".DS_Store").write_bytes(b"x")
    checked = check_page(draft)
    (draft / "index.html.gz").unlink()
    assert checked.faults == []
    assert checked.notes == ["index.html.gz: no part of the report, not looked at"]


def test_a_manifest_that_is_not_renewed_says_which_file_is_another(made: Path, draft: Path) -> None:
    told = (draft / manifest.NAME).read_text(encoding="utf-8")
    spoilt = re.sub(r'("notebook.html": \{"sha256": ")\w', r"\g<1>z", told)
    assert spoilt != told
    (draft / manifest.NAME).write_text(spoilt, encoding="utf-8")
    said = check_page(draft).faults
    shutil.copy(made / manifest.NAME, draft / manifest.NAME)
    assert said == ["notebook.html: is not the file that the report was made with (its sha256 is another)"]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("index.html", "", "line 1: no page that pileup made"),
        ("index.html", "plain words", "line 1: no page that pileup made"),
        ("index.html", "<!doctype html><html lang='en'><p>Another page</p></html>", "is missing"),
        ("index.html", "<!doctype html>" + "<div>" * 100_000, "elements stand in one another"),
        ("index.html", "<!doctype html>" + "<b>" * 50 + "</i>" * 100_000, "</i> stands where <b> is open"),
        ("index.html", "<!doctype html><p " + "a " * 100_000 + ">", "the attribute a stands twice"),
        ("index.html", "<!doctype html>" + "<p" * 500_000, "no tag as pileup writes one"),
        ("index.html", "<!doctype html><p>" + "&" * 500_000 + "</p>", "is missing"),
        ("index.html", "x" * 20_000_000, "no page that pileup made has more than"),
        ("record.json", "[]", "no record of a page"),
        ("record.json", "{", "no record of a page"),
        ("record.json", "[" * 100_000, "no record of a page"),
        ("record.json", '{"version": "9"}', "no record of a page"),
        ("manifest.json", "7", "no manifest of a report"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_report_is_told_and_soon(
    made: Path, draft: Path, file: str, content: str, said: str
) -> None:
    (draft / file).write_text(content, encoding="utf-8")
    status, told = pileup("check", draft)
    shutil.copy(made / file, draft / file)
    assert status == 2
    assert said in told
    assert "Traceback" not in told


def test_a_page_of_another_version_is_told_in_one_line(made: Path, draft: Path) -> None:
    text = (draft / "record.json").read_text(encoding="utf-8")
    (draft / "record.json").write_text(text.replace('"version": "', '"version": "9.', 1), encoding="utf-8")
    status, told = pileup("check", draft)
    shutil.copy(made / "record.json", draft / "record.json")
    assert status == 2
    assert len(told.splitlines()) == 1
    assert "check it with that version" in told


def test_a_page_alone_is_told_to_have_lost_its_record(made: Path, tmp_path: Path) -> None:
    shutil.copy(made / "index.html", tmp_path / "index.html")
    with pytest.raises(PileupError, match=r"record\.json: is missing; make"):
        check_page(tmp_path)


def _without_record(draft: Path) -> None:
    (draft / "record.json").unlink()
    page = draft / "index.html"
    text = re.sub(r'<a href="record.json">[^<]*</a>', "record.json", page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")


def _single_in_place(draft: Path) -> None:
    write_single(draft / "index.html", draft / "one.html")
    (draft / "one.html").replace(draft / "index.html")


def _animated(draft: Path) -> None:
    frames = [Image.open(draft / f"charts/{name}.png").convert("RGB") for name in ("largest", "road")]
    frames[0].save(draft / "charts/largest.png", save_all=True, append_images=frames[1:])


def _named(draft: Path, name: str, old: str, new: str) -> None:
    path = draft / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_record, "record.json: is missing"),
        (_single_in_place, r"is printed, .* is right|index.html: has [\d,]+ bytes; [\d,]+ are right"),
        (_animated, "charts/largest.png: is not the file that was made"),
        (lambda draft: (draft / explore.BUNDLE).write_text("alert(1)"), "is not Plotly's JavaScript"),
        (lambda draft: (draft / explore.BUNDLE).unlink(), "which does not stand in the report's folder"),
        (lambda draft: _named(draft, "explore.js", explore.BUNDLE, "plotly-evil.js"), "loads plotly-evil.js"),
        (lambda draft: _named(draft, "manifest.json", '"version": "', '"version": "9'), "made with pileup 9"),
        (
            lambda draft: _named(draft, "manifest.json", '"table.crashes": "', '"table.crashes": "0'),
            r"manifest.json: names 0\w+ as table.crashes; \w+ is right, by the record",
        ),
        (
            lambda draft: _named(draft, "manifest.json", '"table.miles"', '"table.smiles"'),
            r"names nothing as table.miles; \w+ is right",
        ),
        (
            lambda draft: (draft / "tables" / "largest.csv").write_bytes(b"x" * 10_000_000),
            "bytes are right|bytes; ",
        ),
        (lambda draft: _named(draft, "findings.json", '"label": "', '"label": "\\ud800'), "ud800"),
        (
            lambda draft: _named(draft, "index.html", "</body>", "<svg " * 40_000 + "</body>"),
            "no tag as pileup",
        ),
        (
            lambda draft: _named(draft, "index.html", "Skip to", "Skip\u00ad to"),
            r"\(U\+00AD stands where U\+0020",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "change",
)
def test_what_goes_around_the_comparison_is_refused(
    made: Path, tmp_path: Path, change: Callable[[Path], object], said: str
) -> None:
    draft = shutil.copytree(made, tmp_path / "draft")
    change(draft)
    renew(draft)
    status, told = pileup("check", draft)
    assert status == 2
    assert re.search(said, told), told


def test_the_manifest_is_not_believed_about_what_may_be_gone(made: Path, tmp_path: Path) -> None:
    draft = shutil.copytree(made, tmp_path / "draft")
    told = json.loads((draft / "manifest.json").read_text(encoding="utf-8"))
    told["files"]["tables/largest.csv"]["keep"] = "made again"
    (draft / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (draft / "tables" / "largest.csv").unlink()
    assert check_page(draft).faults[-2:] == [
        "tables/largest.csv: the manifest calls it 'made again', which it is not",
        "tables/largest.csv: is missing; the manifest lists it",
    ]


def test_only_the_page_itself_is_held_as_one(made: Path) -> None:
    with pytest.raises(PileupError, match=r"was made as index\.html"):
        check_page(made / "notebook.html")
