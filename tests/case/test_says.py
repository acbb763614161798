"""A value is held against the numbers of its own statement, and honest ones are left alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import ROOT, pileup
from pileup.case.load import CASES
from pileup.case.says import told
from pileup.words import written

#: A value, its unit, and a statement that contradicts it.
AGAINST = [
    (21, "vehicles", "The crash involved 12 vehicles."),
    (21, "vehicles", "Twelve vehicles were in the crash."),
    (28, "vehicles", "Twenty-two vehicles were in the crash."),
    (3, "people", "One person died."),
    (2, "people", "1 person died."),
    (105, "people", "One hundred and six people were there."),
    (1_500_000, "signatures", "It had 1.6 million signatures."),
    (2_500_000, "signatures", "It had two and a half thousand signatures."),
    (18, "months", "He got two years."),
    (3, "years", "He got 60 months."),
    (70, "percent", "Seven percent of them."),
    (0.7, "share", "7% of them."),
    (40_000, "dollars", "Bond was $400,000."),
    (45, "mph", "The limit was 65 mph."),
    (2007, "model year", "It was built in 2006."),
    (59, "county code", "FARS has county code 95."),
    (262, "milepost", "It stands at milepost 263."),
    ("10-32", "years", "It carried 10 to 23 years."),
    ("less than 2", "weeks", "For less than three weeks."),
    ("HB23-1292", "", "House Bill 23-1229 lets a court choose."),
    (dt.date(2019, 4, 25), "", "It was on April 15, 2019."),
    (dt.date(2019, 4, 25), "", "It was in May 2019."),
    (dt.date(2019, 4, 25), "", "It was in 2018."),
    (dt.time(16, 53), "local time", "It was at 4:35 p.m."),
    (dt.time(16, 53), "local time", "It was at 4:53 a.m."),
]
#: A value, its unit, and a statement that does not.
WITH = [
    (12, "vehicles", "The crash involved vehicles."),
    (12, "vehicles", "In 2019, on I-70 by exit 263, it was a class 3 matter."),
    (24, "passenger vehicles", "Of the 28 vehicles, 24 were passenger vehicles."),
    (4, "semi-trucks", "Of the 28 vehicles, four were semi-trucks."),
    (0, "mph", "A speed of zero for each of the 27 others."),
    (1, "truck", "The owner described one truck and two drivers."),
    (3, "trip", "It was his third trip."),
    (28, "vehicles", "It was on April 25, 2019, at 16:53."),
    (1_453_000, "signatures", "It had 1,453,000 signatures on December 16, 2021."),
    (1_523_400, "signatures", "It had more than 1.5 million signatures."),
    (77_123, "pounds", "It weighed about 77,000 pounds."),
    (4.19, "minutes", "That takes about 4.2 minutes."),
    (18, "months", "He got a year and a half."),
    (5, "years", "He got 60 months."),
    (12, "months", "He got one year."),
    (365, "days", "He got a year."),
    (1.5, "million signatures", "It had 1,500,000 signatures."),
    (0.07, "share", "7 percent of them."),
    (50, "percent", "Half of them."),
    (2.5, "inches", "Two and a half inches of asphalt."),
    (24, "cars", "Two dozen cars."),
    ("5-0", "votes", "They passed it five to nil."),
    ("39.7, -105.1", "degrees", "It is at latitude 39.7 and longitude -105.1."),
    ("C.R.S. 18-1.3-406", "", "The law asked it for two or more crimes."),
    (dt.date(2019, 4, 26), "", "It was open at 2 p.m. on the day after the crash."),
    (dt.date(2023, 7, 1), "", "A law of 2021 covers offenses from July 1, 2023."),
    (dt.date(2023, 7, 1), "", "From July 2023."),
    (dt.time(16, 53), "local time", "The record has 4:53 p.m., a Thursday in 2019."),
    (True, "", "It was 12."),
    (None, "", "It was 12."),
]


@pytest.mark.parametrize(("value", "unit", "words"), AGAINST)
def test_a_value_that_its_statement_contradicts_is_told(value, unit, words):
    assert told(value, unit, words)


@pytest.mark.parametrize(("value", "unit", "words"), WITH)
def test_a_value_that_its_statement_says_is_left_alone(value, unit, words):
    assert told(value, unit, words) == ""


@pytest.mark.slow
@given(st.integers(2, 100_000), st.integers(2, 100_000))
def test_a_number_agrees_with_itself_alone(value, other):
    for text in (f"{other} people", f"{other:,} people", f"{written.small(other)} people"):
        said = told(value, "people", text)
        assert bool(said) == (value != other), text


def test_the_cases_at_hand_contradict_themselves_only_where_they_do():
    """The one that does among those shared is `weird`: five dead for four, and two days for one."""
    shared = sorted((ROOT.parent / "shared" / "cases").glob("*.toml"))
    for file in [*sorted(CASES.glob("*.toml")), ROOT / "docs" / "small-case.toml", *shared]:
        status, lines = pileup("case", "check", file)
        if file.stem == "weird":
            assert status == 2
            assert "value is 4; its statement says Five" in lines
            assert "date is 2012-09-09; [crash] has 2012-09-19" in lines
        elif file.stem == "fakekey":
            assert status == 2
            assert "fars_case 99999: no crash of Nebraska in 2012 has this key; nearest are 310148" in lines
        else:
            # Two spell as a term of prison what is none, and one names Puerto Rico as a state.
            told = any(
                words in lines for words in ("PR", 'form = "life"', 'form = "probation"', "a second term")
            )
            assert status == 0 or told, lines


def test_an_event_may_tell_of_other_days(write_case):
    """Of a day to come, of one that the file knows, and of its own."""
    for text in (
        "The judge set the sentence for March 13, 2021, and asked for papers by March 10.",
        "The jury found him guilty, in custody since February 2, 2020.",
        "On February 2, 2021, the jury was told of February 2, 2019.",
        "On February 2, 2020, it began; now the jury gave its verdict.",
    ):
        status, said = pileup("case", "check", write_case(('text = "The verdict."', f'text = "{text}"')))
        assert status == 0, said


def test_probation_is_no_term_of_prison(write_case):
    for label in ("Imposed, with five years of probation", "Imposed"):
        note = 'note = "Then 3 years of parole."'
        changed = [('label = "Imposed"', f'label = "{label}"\n{note}')]
        assert pileup("case", "check", write_case(*changed))[0] == 0
