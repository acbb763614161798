"""What FARS's codes for weather mean, each era with its own coding, in classes that all eras share.

Source: NHTSA, FARS Analytical User's Manual (publications 813254, coding of 1975 to 2019, and 813706),
element WEATHER; the years in which a coding changed are those of its Appendix F. Codes from
2014 on were read in NHTSA's codebook, earlier ones in a transcription of the manual, and each class was held
against the share of crashes that it has in the years before and after a change.
"""

from pileup.words.language import mark

#: The classes, in the order in which they are shown; readers see them translated. Fog and smoke share one
#: code from 2007 on, so they share a class in all years.
WEATHER = (
    mark("fog, smoke or dust"),
    mark("snow or ice"),
    mark("rain"),
    mark("wind or other"),
    mark("no adverse weather"),
)
#: The police report does not say (a code of its own from 2010 on); and unknown, or a file that does not say.
NOT_REPORTED, UNKNOWN = mark("not reported"), mark("not known")

_FOG, _SNOW, _RAIN, _OTHER, _CLEAR = WEATHER
#: First year of a coding, and the class of each code. Code 7 of 1975 to 1979 is left unknown: it is told of
#: as "cloudy", but has the share of fog in 1980 (1.5 to 1.9 in a hundred crashes; clouds have 14).
_1980 = {1: _CLEAR, 2: _RAIN, 3: _SNOW, 4: _SNOW, 5: _FOG, 8: _FOG}
_2007 = {0: _CLEAR, 1: _CLEAR, 2: _RAIN, 3: _SNOW, 4: _SNOW, 5: _FOG, 6: _OTHER, 7: _FOG, 8: _OTHER}
_WEATHER: dict[int, dict[int, str]] = {
    1975: {1: _CLEAR, 2: _RAIN, 3: _SNOW, 4: _SNOW},
    1980: _1980,
    1982: {**_1980, 6: _FOG, 7: _FOG},
    2007: _2007,
    2010: {**_2007, 10: _CLEAR, 11: _SNOW, 12: _SNOW, 98: NOT_REPORTED},
}


def weather(year: int, code: int | None) -> str:
    """Return the class of a weather code as that year used it.

    Parameters
    ----------
    year : int
        Year of the crash.
    code : int or None
        FARS's WEATHER; None where the file has none.

    Returns
    -------
    str
        One of `WEATHER`, `NOT_REPORTED` or `UNKNOWN`.
    """
    coding = _WEATHER[max(first for first in _WEATHER if first <= year)]
    return UNKNOWN if code is None else coding.get(code, UNKNOWN)
