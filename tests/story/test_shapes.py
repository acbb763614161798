"""Cases of every shape: each page says what came of its case in sound sentences, and passes the gate.

It does so in each language: the case's own words are translated beside its file, as a translator would do it.
"""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from common import pileup
from grammar import faults, texts
from labels import crowded
from pileup.base.paths import NOTEBOOKS
from pileup.files import parameters
from pileup.page import claims, content, svg, values
from pileup.page.check import check_page
from pileup.page.parts import REPORT
from pileup.page.record import Record, own_version
from pileup.story import charts, prose, tables
from pileup.story.report import Report
from pileup.words.language import LANGUAGES, Language
from pileup.words.text import from_data
from shapes import LONG, OUTCOMES, SHAPES, translated, written

#: Every eleventh shape each time: each outcome and each knowledge is among them. All before a release.
SAMPLE = [
    pytest.param(*shape, marks=() if number % 11 == 0 else pytest.mark.proof)
    for number, shape in enumerate(SHAPES)
]
_AROUND = ("headline", "subtitle", "note", "alt")
#: Those that are drawn each time: from the shortest term to the longest, and the smallest and largest crash.
DRAWN = {
    ("months", "one"),
    ("long", "many"),
    ("life", "both"),
    ("several", "both"),
    ("probation", "many"),
    ("fixed", "deaths"),
}


def _page(
    case: Path, spoken: Language = "en", told: list[str] | None = None
) -> tuple[Report, content.Page, content.Figures]:
    """Make every block of the report notebook for a case, and the page that they give, undrawn.

    To a list that is given it adds what charts and tables say inside: rows, labels, and the ledger's labels.
    """
    report = Report(parameters.check({"case": str(case), "language": spoken}))
    names = {"charts": charts, "prose": prose, "tables": tables, "report": report}
    nb = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    cells = []
    for cell in nb.cells:
        if "remove_cell" in cell.metadata.get("tags", ()):
            continue
        if cell.cell_type == "code":
            data = eval(cell.source, names)._repr_mimebundle_()
            if told is not None and "(report)" in cell.source and "head" not in cell.source:
                told += texts(data)
            cell = nbformat.v4.new_code_cell(
                cell.source,
                execution_count=len(cells) + 1,
                outputs=[nbformat.v4.new_output("display_data", data)],
            )
        cells.append(cell)
    if told is not None:
        told += [one.label for one in report.findings]
    return report, *content.read(NotebookNode(nb, cells=cells))


def _texts(page: content.Page) -> Iterator[str]:
    """Yield what a page says: headline, lead, status, paragraphs, and the words around charts and tables."""
    head = page.head or {}
    yield from (from_data(head[name]) for name in ("finding", "standfirst", "status"))
    for section in page.sections:
        for part in section.parts:
            if part["kind"] == "prose":
                yield from map(from_data, part["paragraphs"])
            elif part["kind"] in ("chart", "table"):
                yield from (
                    from_data(part[name]) for name in ("headline", "subtitle", "note", "alt") if name in part
                )


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(("outcome", "known", "place"), SAMPLE)
def test_a_shape_gives_a_page_of_sound_sentences(
    outcome: str, known: str, place: str, spoken: Language, tmp_path: Path
) -> None:
    inside: list[str] = []
    case = translated(written(tmp_path, outcome, known, place), spoken)
    _report, page, _figures = _page(case, spoken, inside)
    said = list(_texts(page))
    assert [text for text in said if not text.strip()] == []
    assert [fault for text in {*said, *inside} for fault in faults(text, spoken)] == []
    assert [text for text in _headlines(page) if text[:1].islower()] == []
    titles = [section.title for section in page.sections]
    told = outcome in ("untold", "not charged", "pending", "acquitted", "convicted", "vacated")
    came, others = _CHAPTERS[spoken]
    assert (came in titles) <= (not told)
    assert (others in titles) is (not told)
    made = Record(own_version(), "", spoken, "", REPORT, page, (), "", {}, {})
    assert [*values.refused(made), *claims.refused(made)] == []


#: The headings of two chapters that only a case with a sentence has.
_CHAPTERS = {
    "en": ("How did the sentence come about?", "What do others get?"),
    "es": ("¿Cómo se llegó a la condena?", "¿Qué condenas reciben otros?"),
}


def _headlines(page: content.Page) -> Iterator[str]:
    """Yield the headline of a page and those of its charts."""
    yield from_data((page.head or {})["finding"])
    for section in page.sections:
        yield from (from_data(part["headline"]) for part in section.parts if part["kind"] == "chart")


#: For each outcome, what its page says, and what it must not say.
SAYS = {
    "not charged": ("Nobody was charged, so there is no sentence to compare.", "times as long"),
    "pending": ("The charges are pending", "times as long"),
    "acquitted": ("The trial ended in an acquittal", "was the sentence here"),
    "vacated": ("30 years, imposed by the court, no longer stands", "30 years was the sentence"),
    "changed": ("12 years was the sentence here", "30 years was the sentence"),
    "fixed": ("10 years was the sentence here", "no longer stands"),
    "range": ("5 to 15 years was the sentence here", "15 years was the sentence here."),
    "life": ("The sentence here is life", "was the sentence here"),
    "life and years": ("The sentence here is life and 99 years", "99 years was the sentence"),
    "probation": ("The sentence here is 5 years of probation", "5 years was the sentence"),
    "fine": ("The sentence here is a fine, and no prison", "times as long"),
    "several": ("Lee Example: 4 to 6 years", "was the sentence here"),
}


@pytest.mark.parametrize("outcome", SAYS)
def test_each_outcome_is_told_as_it_is(outcome: str, tmp_path: Path) -> None:
    _report, page, _figures = _page(written(tmp_path, outcome, "both", "state"))
    said, not_said = SAYS[outcome]
    told = "\n".join(_texts(page))
    assert said in told
    assert not_said not in told.replace("5 to 15 years was the sentence here.", "")


def test_several_people_are_rows_of_their_own(tmp_path: Path) -> None:
    report, _page_made, _figures = _page(written(tmp_path, "several", "both", "state"))
    assert report.findings.value("sentence.of.T1") == 15
    assert (report.findings.value("sentence.least_of.T2"), report.findings.value("sentence.of.T2")) == (4, 6)
    assert "sentence.imposed_years" not in report.findings
    assert [own.id for own in report.owns] == ["imposed.T2", "imposed.T1"]


def test_a_range_is_compared_by_both_ends(tmp_path: Path) -> None:
    report, _page_made, _figures = _page(written(tmp_path, "range", "both", "state"))
    found = report.findings
    assert (found.value("sentence.imposed_least_years"), found.value("sentence.imposed_years")) == (5, 15)
    longer, shorter = (found.value(f"comparison.{end}_highest_ratio") for end in ("nearest", "least"))
    assert longer == pytest.approx(3 * shorter)


def test_life_is_no_number(tmp_path: Path) -> None:
    report, _page_made, _figures = _page(written(tmp_path, "life and years", "both", "state"))
    ratios = [one.id for one in report.findings if one.unit == "times" and one.id.startswith("comparison.")]
    assert not [name for name in ratios if "imposed" in name or "nearest" in name]
    assert report.findings.value("comparison.nearest_life") == sum(
        group.terms.life for group in report.groups if group.compared
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("outcome", "known"),
    [
        pytest.param(outcome, known, marks=() if (outcome, known) in DRAWN else pytest.mark.proof)
        for outcome in OUTCOMES
        for known in ("both", "one", "many", "deaths")
    ],
)
def test_no_label_is_cut_or_covered(outcome: str, known: str, tmp_path: Path) -> None:
    _report, _page_made, figures = _page(written(tmp_path, outcome, known, "state", LONG))
    faults = [
        f"{name}: {fault}" for name, figure in figures.items() for fault in crowded(svg.render(figure, name))
    ]
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("outcome", "known", "spoken"),
    [
        ("life", "both", "en"),
        ("range", "deaths", "es"),
        *(
            pytest.param(*shape, spoken, marks=pytest.mark.proof)
            for shape in (
                ("several", "one"),
                ("fine", "deaths"),
                ("vacated", "vehicles"),
                ("not charged", "neither"),
                ("range", "both"),
                ("life and years", "many"),
            )
            for spoken in LANGUAGES
        ),
    ],
)
def test_the_gate_holds_a_whole_page(outcome: str, known: str, spoken: Language, tmp_path: Path) -> None:
    case = translated(written(tmp_path, outcome, known, "state"), spoken)
    language = ("-p", "language", spoken)
    status, said = pileup("report", "--quiet", "--case", case, *language, "--out", tmp_path / "page")
    assert status == 0, said
    assert check_page(tmp_path / "page").faults == []
