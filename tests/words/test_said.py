"""What a text says in numbers, days and times, in figures and in words, in both languages."""

import datetime as dt

import pytest

from pileup.words import language, written
from pileup.words.said import said

ENGLISH = [
    ("twenty-eight vehicles", [("number", 28)]),
    (
        "One hundred and five, and two thousand five hundred and six",
        [("loose", 1), ("number", 105), ("number", 2506)],
    ),
    ("two and a half inches", [("number", 2.5)]),
    ("two and a half million", [("number", 2_500_000)]),
    ("half a million", [("number", 500_000)]),
    ("a year and a half", [("number", 1.5)]),
    ("2 ½ inches, 28 1/2 years", [("number", 2.5), ("number", 28.5)]),
    (
        "two dozen, 4.2 million, $400,000, 7%",
        [("number", 24), ("number", 4_200_000), ("number", 400_000), ("number", 7)],
    ),
    ("five to nil", [("number", 5), ("loose", 0)]),
    ("in 2019, at 4:53 p.m. or 16:53", [("year", 2019), ("time", 1013), ("time", 1013)]),
    ("April 25, 2019, April 25, 2019, 2019-04-25", [("date", "2019-04-25")] * 3),
    ("December 17; March 2024", [("date", "-12-17"), ("date", "2024-03-")]),
    ("the 21st, the third", [("loose", 21), ("loose", 3)]),
    ("I-70, House Bill 23-1292, C.R.S. 18-3-106(1)(a), 9News, the 1990s, {F04|small}", []),
    ("[two](fact.N8) of [20](table.crashes)", [("number", 2), ("number", 20)]),
    ("10-32 and 20–30 years", [("number", 10), ("number", 32), ("number", 20), ("number", 30)]),
]
SPANISH = [
    ("veinticinco años", [("number", 25)]),
    ("treinta y un mil, cuarenta y cinco", [("number", 31_000), ("number", 45)]),
    ("dos mil quinientas seis", [("number", 2506)]),
    ("54,320 millones, mil millones", [("number", 54_320_000_000), ("number", 1_000_000_000)]),
    ("dos millones y medio, medio millón", [("number", 2_500_000), ("number", 500_000)]),
    ("cien veces, ciento veinte, el 7 por ciento", [("number", 100), ("number", 120), ("number", 7)]),
    ("el 25 de abril de 2019 a las 4:53 p. m.", [("date", "2019-04-25"), ("time", 1013)]),
    ("el 1.º, la tercera, una vez", [("loose", 1), ("loose", 3), ("loose", 1)]),
]


@pytest.mark.parametrize(
    ("spoken", "text", "values"),
    [("en", *one) for one in ENGLISH] + [("es", *one) for one in SPANISH],
)
def test_a_text_is_read_as_its_values(spoken, text, values):
    assert [(one.kind, one.value) for one in said(text, spoken) if one.text not in ("a", "an")] == values
    assert [text[one.start : one.end] for one in said(text, spoken)] == [
        one.text for one in said(text, spoken)
    ]


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("value", [2, 11, 20, 21, 28, 110, 999, 1_204, 2_019, 5_026_516, 20.7])
def test_what_the_project_writes_is_read_back(spoken, value):
    with language.using(spoken):
        for text in (written.number(value), written.small(value)):
            assert [one.value for one in said(text, spoken)] == [value]
        day = dt.date(2019, 4, 25)
        assert [one.value for one in said(written.day(day), spoken)] == [day.isoformat()]
        assert [one.value for one in said(written.when(day, "month"), spoken)] == ["2019-04-"]
        assert [one.value for one in said(written.clock(dt.time(16, 53)), spoken)] == [16 * 60 + 53]
