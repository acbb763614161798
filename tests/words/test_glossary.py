"""One term for one thing: every text of the project, the cases and the laws keeps to the glossary."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import write_po

from common import ROOT, page_words, pileup
from pileup.desk import messages
from pileup.record.states import COUNTIES, STATES
from pileup.words import language
from pileup.words.glossary import forbidden, own_words, strayed, terms
from pileup.words.language import CATALOGS, read_messages
from pileup.words.translate import catalog_path

FILES = [CATALOGS / "es.po", *(catalog_path(file, "es") for file in messages.shipped())]
IDS = [term.en[0] for term in terms()]


def _pairs() -> Iterator[tuple[str, str, str]]:
    """Yield each message of every catalog, one form at a time, with its Spanish and its file."""
    for path in FILES:
        for message in read_messages(path, "es"):
            if message.id:
                many = not isinstance(message.id, str)
                english = list(message.id) if many else [message.id]
                for one, other in zip(english, message.string if many else [message.string], strict=True):
                    yield path.name, one, other


PAIRS = list(_pairs())


def test_no_english_text_has_a_form_that_the_glossary_forbids():
    assert [(english, told) for _, english, _ in PAIRS for told in forbidden(english, "en")] == []


def test_every_translation_calls_a_thing_what_the_glossary_calls_it():
    assert [(spanish, told) for _, english, spanish in PAIRS for told in strayed(english, spanish)] == []


@pytest.mark.parametrize("term", terms(), ids=IDS)
def test_a_term_is_used_and_another_form_of_it_is_told(term):
    assert any(
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", own_words(english), re.IGNORECASE)
        for _, english, _ in PAIRS
        for form in term.en
    ), "nothing says it"
    assert all(strayed(form, right) == [] for form in term.en[:1] for right in term.es)
    assert f"“{term.en[0]}” is “{term.es[0]}”, which is not there" in strayed(term.en[0], "otra cosa")
    for wrong in term.not_es:
        said = f"“{wrong}” is not used; “{term.es[0]}” is right"
        assert said in strayed("", wrong)
        assert forbidden(f"“{wrong}”", "es") == []
    for wrong in term.not_en:
        assert f"“{wrong}” is not used; “{term.en[0]}” is right" in forbidden(f"It was {wrong}.", "en")
        assert forbidden(f"“{wrong}”", "en") == []


def test_no_form_stands_for_two_things():
    english = [form.lower() for term in terms() for form in term.en]
    assert len(english) == len(set(english))
    assert not {form for term in terms() for form in term.not_en} & set(english)
    for term in terms():
        assert term.means.endswith(".")
        assert not {*term.es} & {*term.not_es}


#: Names that Spanish writes its own way, with what stays as a newspaper's or an agency's name.
PLACES = {*STATES.values(), *COUNTIES}
_KEPT = r"(?:New York|Los Angeles) (?:Times|Post|Today|Daily)"


def test_places_have_their_spanish_names():
    with language.using("es"):
        spanish_of = {name: language._(name) for name in PLACES}
    others = {name: other for name, other in spanish_of.items() if name != other}
    assert (others["New York"], others["Los Angeles"]) == ("Nueva York", "Los Ángeles")
    assert len(others) > 10
    wrong = []
    for _, _english, spanish in PAIRS:
        said = re.sub(_KEPT, "", own_words(spanish))
        wrong += [spanish for name in others if re.search(rf"\b{name}\b(?! State Board)", said)]
    assert wrong == []


#: What Spanish newspapers in the United States do not write.
_NOT_WRITTEN = {
    "a day as data": r"(?<![\w-])\d{4}-(?:0\d|1[0-2])(?:-\d{2})?(?![\w-])",
    "a time without its half of the day": r"\b\d{1,2}:\d{2}\b(?! [ap]\. m\.)",
    "a.m. or p.m. without a space": r"[ap]\.m\.",
    "a share without an article": r"(?<!el )(?<!del )(?<!al )(?<!un )(?<![\d.}])\b\d+(?:\.\d+)?%",
    "a share with a space": r"\d %",
    "a decimal comma": r"\d,\d{1,2}\b(?!\d)",
}


@pytest.mark.parametrize("what", _NOT_WRITTEN)
def test_numbers_days_and_shares_are_written_one_way(what):
    # The day of a like case is data in its file, and stands on the page in words.
    plain = [own_words(spanish) for _, english, spanish in PAIRS if not re.fullmatch(r"[\d-]+", english)]
    assert [text for text in plain if re.search(_NOT_WRITTEN[what], text)] == []


def test_a_translator_of_a_case_is_told_and_not_stopped(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text((ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert pileup("messages", file)[0] == 0
    path = tmp_path / "mine.es.po"
    whole = read_messages(path, "es")
    whole["The crash involved 12 vehicles."].string = "En el accidente hubo 12 vehículos."
    with path.open("wb") as out:
        write_po(out, whole)
    status, told = pileup("messages", file)
    assert status == 0
    assert "glossary: mine.es.po: “En el accidente hubo 12 vehículos.”: “accidente” is not used" in told


def test_quotation_marks_are_those_of_the_united_states():
    assert [spanish for _, _, spanish in PAIRS if re.search('[«»"„]', re.sub(r"<[^>]*>", "", spanish))] == []


@pytest.mark.slow
@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_made_page_has_no_form_that_the_glossary_forbids(request, spoken):
    made = request.getfixturevalue("made" if spoken == "en" else "made_in_spanish")
    said = page_words((made / "index.html").read_text(encoding="utf-8"))
    assert len(said) > 1000
    assert [(text, told) for text in said for told in forbidden(text, spoken)] == []
