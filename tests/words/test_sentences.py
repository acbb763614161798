"""Texts taken apart into sentences, in English and Spanish, and sentences that say whose word they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pileup.words.sentences import placed, says_whose, sentences
from pileup.words.text import Number

_FOUR = Number("fact.F06", 4, "Four")


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        (
            "At 4:53 p.m. the truck came. It was Thursday.",
            ["At 4:53 p.m. the truck came.", "It was Thursday."],
        ),
        ("A las 4:53 p. m. chocó. Murieron cuatro.", ["A las 4:53 p. m. chocó.", "Murieron cuatro."]),
        ("Judge A. Bruce Jones spoke. “I would not,” he said.", None),
        ("He said: “I would not.” The court rose.", ["He said: “I would not.”", "The court rose."]),
        (
            "By C.R.S. 18-1-408(3): A term runs. So it did.",
            ["By C.R.S. 18-1-408(3): A term runs.", "So it did."],
        ),
        ("En EE. UU. rige otra ley. ¿Por qué? Nadie lo dijo.", None),
        ("It rose 3.4% in the U.S. Senate’s year. 28 vehicles burned.", None),
        ("One sentence", ["One sentence"]),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_where_its_sentences_end(text: str, apart: list[str] | None) -> None:
    found = [words for words, _origins in sentences([text])]
    number = {None: {"Judge": 2, "En": 3, "It": 2}.get(text.split(" ", 1)[0])}
    assert found == apart if apart is not None else len(found) == number[None]


def test_each_sentence_has_the_origins_of_its_own_numbers() -> None:
    data = {"origin": "event.T04", "value": "2019-04-25", "text": "April 25, 2019"}
    found = list(sentences(["It began on ", data, ". ", _FOUR, " people died. Nobody knew why."]))
    assert [origins for _words, origins in found] == [{"event.T04"}, {"fact.F06"}, set()]


@given(st.lists(st.one_of(st.text("aB. ”?\n"), st.just(_FOUR))))
def test_sentences_lose_no_letter(text: list[str | Number]) -> None:
    whole = "".join(run if isinstance(run, str) else run.text for run in text)
    parts = list(placed(text))
    assert "".join(whole[start:end] for _words, start, end, _origins in parts) == whole
    assert [start for _words, start, _end, _origins in parts[1:]] == [end for _w, _s, end, _o in parts[:-1]]


@pytest.mark.parametrize(
    ("words", "language", "says"),
    [
        ("The truck was going 85, by one report.", "en", True),
        ("Prosecutors said that the brakes smoked.", "en", True),
        ("The truck was going 85.", "en", False),
        ("He was sentenced to 11 years (from a single source).", "en", True),
        ("La fiscalía dijo que los frenos humeaban.", "es", True),
        ("El camión iba a 85 millas por hora.", "es", False),
        ("Fue condenado a 11 años (según fuente única).", "es", True),
    ],
)
def test_a_sentence_says_whose_word_it_is(words: str, language: str, says: bool) -> None:
    assert says_whose(words, language) is says
