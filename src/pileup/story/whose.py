"""Says in a sentence whose word it is, where all that it rests on is one source, a claim or a dispute."""

from collections.abc import Callable

from pileup.case.parts import WEAK
from pileup.story.report import Report
from pileup.words.language import _, current
from pileup.words.sentences import placed, says_whose
from pileup.words.text import Number, Text, plain


def attributed(report: Report, text: Text) -> Text:
    """Add to each sentence that rests on weak entries alone, and does not say so, whose word it is.

    Parameters
    ----------
    report : Report
        Whose case gives each entry its status.
    text : Text
        With numbers and words that lead to entries.
    """
    weak = {name: one.status for name, one in report.case.entries().items() if one.status in WEAK}

    def lacking(words: str, origins: set[str]) -> str:
        statuses = {weak.get(origin, "") for origin in origins}
        if not origins or "" in statuses or says_whose(words, current()):
            return ""
        if "single-source" in statuses:
            return _(" (from a single source)")
        return _(" (disputed)") if "disputed" in statuses else _(" (as claimed)")

    return _inserted(text, lacking)


def of_case_file(text: Text, origin: str = "case.file") -> Text:
    """Let each sentence of a case file's own words that names no origin lead to the case file.

    Parameters
    ----------
    text : Text
        A passage, standfirst, state of the case or note.
    origin : str
        The part of the case file that they stand in, where it has an entry of its own.
    """
    out: list[str | Number] = []
    for words, start, end, origins in placed(text):
        part = _between(text, start, end)
        out += part if origins or not words else [_lead(one, origin) for one in part if one]
    return tuple(out)


def _lead(run: str | Number, origin: str) -> str | Number:
    return run if isinstance(run, Number) or not run.strip() else Number(origin, run, run)


def _inserted(text: Text, lacking: Callable[[str, set[str]], str]) -> Text:
    """Put what a sentence lacks before the stop at its end."""
    out: list[str | Number] = []
    for words, start, end, origins in placed(text):
        part = _between(text, start, end)
        extra = lacking(words, origins)
        if extra:
            said = plain(tuple(part)).rstrip()
            stop = len(said) - len(said.rstrip('.!?…”’"»)'))
            part = [*_between(text, start, start + len(said) - stop), extra]
            part += _between(text, start + len(said) - stop, end)
        out += part
    return tuple(run for run in out if run != "")


def _between(text: Text, start: int, end: int) -> list[str | Number]:
    """Return the runs of a text from one letter to another; a number is in it whole or not at all."""
    found: list[str | Number] = []
    place = 0
    for run in text:
        words = run if isinstance(run, str) else run.text
        first, last = place, place + len(words)
        place = last
        if isinstance(run, str):
            found.append(run[max(0, start - first) : max(0, end - first)])
        elif start <= first < end:
            found.append(run)
    return [run for run in found if run != ""]
