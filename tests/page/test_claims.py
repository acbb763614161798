"""A claim needs an origin as a number does: held on every page, in templates, and in words of a case file."""

import ast
import copy
import re
from pathlib import Path

import pytest

import pileup.story.prose
from pileup.page import claims, record
from pileup.page.record import Record
from pileup.story import prose
from pileup.story.report import Report
from pileup.story.whose import attributed, of_case_file
from pileup.words import language
from pileup.words.sentences import sentences
from pileup.words.text import Number, plain

_TEMPLATES = Path(pileup.story.prose.__file__).parent


def _record(made: Path) -> Record:
    return record.read((made / record.NAME).read_bytes())


def _with(read: Record, paragraph: list) -> list[str]:
    """Say what is refused of a page whose first prose has one more paragraph."""
    read = copy.deepcopy(read)
    block = next(one for part in read.page.sections for one in part.parts if one["kind"] == "prose")
    block["paragraphs"].append(paragraph)
    return list(claims.refused(read))


@pytest.mark.parametrize("folder", ["made", "made_in_spanish"])
def test_every_sentence_of_the_page_leads_somewhere(request: pytest.FixtureRequest, folder: str) -> None:
    read = _record(request.getfixturevalue(folder))
    assert list(claims.refused(read)) == []
    told = [words for _place, text in claims._paragraphs(read) for words, _origins in sentences(text)]
    assert len(told) > 150


def _of(origin: str, text: str) -> dict:
    return {"origin": origin, "value": text, "text": text}


def test_a_sentence_without_an_origin_is_refused_with_its_words(made: Path) -> None:
    (said,) = _with(_record(made), [_of("fact.F04", "28"), " vehicles. The road was wet."])
    assert "a sentence leads to no origin: “The road was wet.”" in said
    assert "chapter " in said


def test_words_that_only_join_others_are_declared(made: Path) -> None:
    assert _with(_record(made), [_of("connective", "So much for that"), "."]) == []


@pytest.mark.parametrize(
    ("origins", "words", "refused"),
    [
        (["fact.N14"], " he might have gone higher.", True),
        (["fact.N14"], " he might have gone higher, the judge said.", False),
        (["fact.N14", "fact.F04"], " he might have gone higher.", False),
    ],
)
def test_a_sentence_that_rests_on_one_source_alone_says_so(
    made: Path, origins: list[str], words: str, refused: bool
) -> None:
    said = _with(_record(made), [*(_of(origin, "There ") for origin in origins), words])
    assert bool(said) is refused
    if refused:
        assert "rests on fact.N14 alone and does not say whose word it is" in said[0]


def test_every_sentence_of_a_template_has_a_number_or_a_link() -> None:
    """Whatever a case is like: what it never says in the page that ships is held here."""
    loose = []
    for path in _TEMPLATES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
                loose += [
                    f"{path.name}, line {node.lineno}: {words}"
                    for text in texts
                    if isinstance(text, str)
                    for words, _origins in sentences([text])
                    if words[-1] in ".!?" and not re.search(r"\{|\]\(", words)
                ]
    assert loose == []


def test_words_that_join_others_are_few() -> None:
    told = sum(path.read_text(encoding="utf-8").count("(connective)") for path in _TEMPLATES.glob("*.py"))
    assert told < 15


def test_words_of_a_case_file_lead_to_it_where_they_name_nothing(report: Report) -> None:
    text = ("The road was wet. ", Number("fact.F06", 4, "Four"), " people died. So it is told.")
    led = of_case_file(text)
    assert plain(led) == plain(text)
    origins = [origins for _words, origins in sentences(led)]
    assert origins == [{"case.file"}, {"fact.F06"}, {"case.file"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            (Number("fact.N14", 1, "He"), " might go higher. It ended."),
            "He might go higher (from a single source). It ended.",
        ),
        (
            ("“", Number("fact.N14", 1, "He"), " might.” It ended."),
            "“He might (from a single source).” It ended.",
        ),
        ((Number("fact.N14", 1, "He"), " might, he said."), "He might, he said."),
        ((Number("fact.F04", 28, "28"), " vehicles."), "28 vehicles."),
        (("Nothing is said.",), "Nothing is said."),
    ],
)
def test_whose_word_it_is_stands_before_the_stop(report: Report, text: tuple, told: str) -> None:
    with language.using("en"):
        assert plain(attributed(report, text)) == told


def test_the_judges_words_lead_to_the_entry_that_holds_them(report: Report) -> None:
    runs = [
        run for text in prose.in_their_words(report).paragraphs for run in text if isinstance(run, Number)
    ]
    (quoted,) = [run for run in runs if run.text.startswith("If I had the discretion")]
    (entry,) = [one for one in report.case.account if f"account.{one.id}" == quoted.origin]
    assert "If I had the discretion" in entry.text
