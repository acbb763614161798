"""Words, texts and blocks: how numbers are written, and that each leads to its origin."""

import datetime as dt
import gettext
import json
import re
from dataclasses import replace

import pytest

from pileup.base.errors import PileupError
from pileup.files import parameters
from pileup.findings.record import Findings
from pileup.record.states import STATES
from pileup.story import charts, prose, tables
from pileup.story.blocks import BLOCK, Chart, Prose, Source
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import language, written
from pileup.words.text import Number, plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.25, "5.3"),
        (10.45, "10.5"),
        (0.05, "0.1"),
        (110.0, "110"),
        (1797751, "1,797,751"),
        (float("inf"), "life"),
        (2.999, "3"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert written.number(value) == text


def test_ordinals_dates_and_spans() -> None:
    assert [written.ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 43, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "43rd", "111th"]
    )
    assert written.day(dt.date(2019, 4, 5)) == "April 5, 2019"
    assert [written.clock(dt.time(hour, 5)) for hour in (0, 12, 16)] == [
        "12:05 a.m.",
        "12:05 p.m.",
        "4:05 p.m.",
    ]
    assert (written.span(10, 10), written.span(20, 30)) == ("10", "20–30")
    assert (written.small(4), written.small(21), written.small(4.5)) == ("four", "21", "4.5")


def test_a_comparison_does_not_turn_on_noise() -> None:
    assert written.compare(10.4, 10) == "about the same"
    assert written.compare(10.6, 10) == "longer"
    assert written.compare(9.4, 10) == "shorter"


def test_each_number_in_a_text_leads_to_its_origin(report: Report) -> None:
    text = fill(
        report,
        "{role.deaths|Small} of {crashes.fatal_crashes}, on {T27}, {TERM-commuted} years; {own}",
        own="words",
    )
    assert plain(text) == "Four of 1,797,751, on December 30, 2021, 10 years; words"
    assert [run.origin for run in text if isinstance(run, Number)] == [
        "fact.F06", "crashes.fatal_crashes", "event.T27", "term.TERM-commuted",
    ]  # fmt: skip


def test_a_name_that_nothing_answers_to_is_refused(report: Report) -> None:
    with pytest.raises(PileupError, match=r"\{crashes.nonsense\} in “\{crashes.nonsense\}…” is no finding"):
        fill(report, "{crashes.nonsense}")
    with pytest.raises(PileupError, match="'loud' is not a way"):
        fill(report, "{role.deaths|loud}")


def _every_block(report: Report) -> dict[str, dict]:
    made = {f"charts.{name}": getattr(charts, name)(report) for name in charts.__all__}
    texts = ("key_facts", "what_happened", "how_big", "in_the_state", "crash_limits", "why_so_long")
    texts += ("what_others_get", "comparison_limits", "what_came_after", "method", "head", "ledger")
    made |= {f"prose.{name}": getattr(prose, name)(report) for name in texts}
    listed = ("counts", "both_sides", "other_voices", "disputed", "settled", "unknown")
    listed += ("seed_article", "facts", "findings")
    made |= {f"tables.{name}": getattr(tables, name)(report) for name in listed}
    return {name: block._repr_mimebundle_() for name, block in made.items()}


def test_every_block_is_json_and_short_in_a_notebook(report: Report) -> None:
    for name, bundle in _every_block(report).items():
        json.dumps(bundle[BLOCK], allow_nan=False)
        assert bundle["text/markdown"] or name == "prose.key_facts", name


#: The state of the case, a large and a small one, one where a bridge fell, and one with few crashes.
SAMPLE = {"CO", "CA", "DC", "MN", "VT"}


@pytest.mark.parametrize(
    "state", [pytest.param(state, marks=[pytest.mark.proof] * (state not in SAMPLE)) for state in STATES]
)
def test_every_state_gives_a_sound_story(state: str) -> None:
    """Whatever the state: no empty sentence, every number one, and a rank that the list bears out."""
    report = Report(parameters.check({"state": state}))
    text = plain(prose.in_the_state(report).paragraphs[0])
    assert STATES[state] in text
    assert "nan" not in text
    assert isinstance(charts.state_by_year(report), Chart)
    larger = report.in_state[report.in_state["vehicles"] > 28]["crashes"].sum()
    assert report.findings.value("crashes.state_rank_by_vehicles") == larger + 1


@pytest.mark.parametrize("years", [(1975, 1975), (2022, 2022), (1979, 1979), (2019, 2019)])
def test_any_span_of_years_gives_a_whole_story(years: tuple[int, int]) -> None:
    report = Report(parameters.check({"first_year": years[0], "last_year": years[1], "state": "RI"}))
    for name, bundle in _every_block(report).items():
        assert "nan" not in bundle["text/markdown"].split(), name


def test_thresholds_are_said_in_the_words() -> None:
    report = Report(parameters.check({"vehicles": 50, "deaths": 2}))
    text = " ".join(plain(paragraph) for paragraph in prose.how_big(report).paragraphs)
    assert "50 vehicles or more" in text
    assert "killed two people or more" in text


def _paragraphs(block: Prose) -> list[str]:
    return [plain(paragraph) for paragraph in block.paragraphs]


def test_the_places_by_deaths_and_by_both_are_told() -> None:
    _, _, places, _, set_aside = _paragraphs(prose.how_big(Report(parameters.check({}))))
    assert places == (
        "Among the fatal crashes of 1975 to 2022, by vehicles this one stands 43rd, by deaths 2,494th, and by"
        " both together 14th; equal crashes share a place. 5,744 other crashes killed as many people. Of all"
        " fatal crashes, 99.54% had fewer vehicles than this one and also fewer deaths; 8,255 had at least as"
        " many vehicles or at least as many deaths, but not both."
    )
    assert set_aside.endswith(
        " Without it this crash stands 42nd by vehicles, 2,493rd by deaths and 13th by both."
    )
    left_out = Report(parameters.check({"exclusions": True}))
    assert "Without it" not in _paragraphs(prose.how_big(left_out))[4]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"last_year": 2018}, "Among the fatal crashes of 1975 to 2018, by vehicles this one would stand "),
        ({"state": "TX"}, "Among the fatal crashes of 1975 to 2022, by vehicles this one stands "),
    ],
)
def test_a_crash_that_is_not_among_those_counted_would_stand(chosen: dict, said: str) -> None:
    """In the nation the years decide, whatever the state."""
    report = Report(parameters.check(chosen))
    assert _paragraphs(prose.how_big(report))[2].startswith(said)
    assert "By deaths this crash would stand " in _paragraphs(prose.in_the_state(report))[1]


def _set(report: Report, name: str, value: float) -> None:
    """Let a finding have another value."""
    changed = [replace(one, value=value) if one.id == name else one for one in report.findings]
    report.findings = Findings(changed, report.findings.marks)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {},
            "stands 37th there. 73 others killed as many people. No other fatal crash there had at least as",
        ),
        ({"joint_by_deaths": 0}, "stands 37th there. No other fatal crash"),
        ({"joint_by_deaths": 1}, "there. One other killed as many people. No other"),
        ({"rank_by_both": 2}, "people. By vehicles and deaths together it stands 2nd. In 2019"),
        (
            {"joint_by_both": 1},
            "people. By vehicles and deaths together it stands 1st. One other had as many",
        ),
    ],
)
def test_equals_in_the_state_are_told_where_there_are_some(changed: dict, said: str) -> None:
    report = Report(parameters.check({}))
    for name, value in changed.items():
        _set(report, f"crashes.state_{name}", value)
    assert said in " ".join(_paragraphs(prose.in_the_state(report)))


@pytest.mark.parametrize(("share", "printed"), [(99.994, True), (99.996, False), (0.004, False), (0.5, True)])
def test_a_share_that_would_be_rounded_to_all_or_nothing_is_not_printed(share: float, printed: bool) -> None:
    report = Report(parameters.check({}))
    _set(report, "crashes.smaller_percent_by_both", share)
    assert ("% had fewer" in _paragraphs(prose.how_big(report))[2]) is printed


class _Marked(gettext.NullTranslations):
    """Puts each message into marks, so that a word outside of them is one that no catalog could hold."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


@pytest.mark.parametrize("chosen", [{}, {"state": "TX", "last_year": 2018, "vehicles": 9, "deaths": 1}])
def test_each_word_comes_from_a_message(monkeypatch: pytest.MonkeyPatch, chosen: dict) -> None:
    monkeypatch.setattr(language, "_own", lambda _language: _Marked())
    report = Report(parameters.check(chosen))
    blocks = [prose.how_big, prose.in_the_state, prose.how_rare, prose.crash_limits, prose.what_others_get]
    for block in (*blocks, tables.groups):
        text = block(report)._repr_mimebundle_()["text/markdown"]
        outside = text
        while "«" in outside:
            outside = re.sub("«[^«»]*»", "", outside)
        assert not re.findall(r"[^\W\d_]{2,}", outside), outside


def test_the_page_says_when_parole_eligibility_has_passed() -> None:
    before = Report(parameters.check({"edition": "2026-12-01"}))
    after = Report(parameters.check({"edition": "2027-02-01"}))
    assert "29 days" in " ".join(_paragraphs(prose.what_came_after(before)))
    assert "due for a check" in " ".join(_paragraphs(prose.what_came_after(after)))
    assert prose.head(before).data["due"] == []
    assert prose.head(after).data["due"]


def test_a_chart_without_its_parts_cannot_be_made(report: Report) -> None:
    whole = charts.largest(report)
    assert isinstance(whole, Chart)
    empty = {
        "headline": [()],
        "subtitle": [" "],
        "alt": [" "],
        "note": [" "],
        "source": [Source(" ", ("case.file",)), Source("Somebody", ())],
    }
    for part, values in empty.items():
        for value in values:
            with pytest.raises(PileupError, match=f"chart largest: without {part}"):
                Chart(**{**vars(whole), part: value})


def test_alt_texts_say_kind_and_finding(report: Report) -> None:
    for name in charts.__all__:
        chart = getattr(charts, name)(report)
        assert isinstance(chart, Chart), name
        assert " of " in chart.alt, name
        assert " where " in chart.alt, name
        assert any(letter.isdigit() for letter in chart.alt), name
        assert chart.alt.count(". ") <= 1, name


def test_a_case_without_a_law_still_has_its_chapter(report: Report) -> None:
    bare = Report(parameters.check({}))
    record = report.case.model_copy(update={"case": report.case.case.model_copy(update={"law": None})})
    bare.__dict__["case"] = record
    bare.__dict__.pop("law", None)
    left_out = charts.built(bare)
    assert isinstance(left_out, Prose)
    assert "The case names no law file" in plain(left_out.paragraphs[0])


def test_nothing_that_is_kept_off_the_page_is_on_it(report: Report) -> None:
    kept = [
        part
        for group in (report.case.fact, report.case.event, report.case.dispute, report.case.comparable)
        for part in group
        if part.off_page
    ]
    assert kept
    shown = json.dumps([bundle[BLOCK] for bundle in _every_block(report).values()], ensure_ascii=False)
    for part in kept:
        said = {"person", "statement", "point"} & set(type(part).model_fields)
        for name in said:
            assert getattr(part, name) not in shown, part.id
