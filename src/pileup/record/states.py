"""The 50 states and the District of Columbia: postal code, name, and FIPS number as FARS writes it."""

from pileup.words.language import _ as translated
from pileup.words.language import mark

_ROWS = (
    ("01", "AL", mark("Alabama")),
    ("02", "AK", mark("Alaska")),
    ("04", "AZ", mark("Arizona")),
    ("05", "AR", mark("Arkansas")),
    ("06", "CA", mark("California")),
    ("08", "CO", mark("Colorado")),
    ("09", "CT", mark("Connecticut")),
    ("10", "DE", mark("Delaware")),
    ("11", "DC", mark("District of Columbia")),
    ("12", "FL", mark("Florida")),
    ("13", "GA", mark("Georgia")),
    ("15", "HI", mark("Hawaii")),
    ("16", "ID", mark("Idaho")),
    ("17", "IL", mark("Illinois")),
    ("18", "IN", mark("Indiana")),
    ("19", "IA", mark("Iowa")),
    ("20", "KS", mark("Kansas")),
    ("21", "KY", mark("Kentucky")),
    ("22", "LA", mark("Louisiana")),
    ("23", "ME", mark("Maine")),
    ("24", "MD", mark("Maryland")),
    ("25", "MA", mark("Massachusetts")),
    ("26", "MI", mark("Michigan")),
    ("27", "MN", mark("Minnesota")),
    ("28", "MS", mark("Mississippi")),
    ("29", "MO", mark("Missouri")),
    ("30", "MT", mark("Montana")),
    ("31", "NE", mark("Nebraska")),
    ("32", "NV", mark("Nevada")),
    ("33", "NH", mark("New Hampshire")),
    ("34", "NJ", mark("New Jersey")),
    ("35", "NM", mark("New Mexico")),
    ("36", "NY", mark("New York")),
    ("37", "NC", mark("North Carolina")),
    ("38", "ND", mark("North Dakota")),
    ("39", "OH", mark("Ohio")),
    ("40", "OK", mark("Oklahoma")),
    ("41", "OR", mark("Oregon")),
    ("42", "PA", mark("Pennsylvania")),
    ("44", "RI", mark("Rhode Island")),
    ("45", "SC", mark("South Carolina")),
    ("46", "SD", mark("South Dakota")),
    ("47", "TN", mark("Tennessee")),
    ("48", "TX", mark("Texas")),
    ("49", "UT", mark("Utah")),
    ("50", "VT", mark("Vermont")),
    ("51", "VA", mark("Virginia")),
    ("53", "WA", mark("Washington")),
    ("54", "WV", mark("West Virginia")),
    ("55", "WI", mark("Wisconsin")),
    ("56", "WY", mark("Wyoming")),
)

#: FIPS number (two digits, as text) to postal code.
FIPS: dict[str, str] = {number: code for number, code, _ in _ROWS}
#: Postal code to name, in English; readers see `_(STATES[code])`.
STATES: dict[str, str] = {code: name for _, code, name in _ROWS}
#: The code by itself, by the name, and by what else the capital is called, all in small letters.
_NAMED = {word.casefold(): code for code, name in STATES.items() for word in (code, name)}
_NAMED |= {"washington dc": "DC", "the district of columbia": "DC"}
#: Names of counties that another language writes its own way; readers see `_(county)`.
COUNTIES = (mark("Los Angeles"), mark("New York"))


def in_sentence(code: str) -> str:
    """Name a state as it stands in a sentence, in the language in use: "the District of Columbia"."""
    return translated(mark("the District of Columbia") if code == "DC" else STATES[code])


def code_of(name: str) -> str:
    """Return the postal code of a state by its name or its code, however written; empty where it is none.

    Parameters
    ----------
    name : str
        Such as "Rhode Island", "ri" or "Washington, D.C.".

    Examples
    --------
    >>> code_of("new york"), code_of("D.C."), code_of("Ontario")
    ('NY', 'DC', '')
    """
    return _NAMED.get(" ".join(name.replace(".", "").replace(",", " ").split()).casefold(), "")
