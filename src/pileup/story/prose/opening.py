"""The top of the page and what happened, as the case file tells it."""

from pileup.case.load import CASES, case_path
from pileup.case.model import printed
from pileup.story.blocks import Head, Prose
from pileup.story.doubt import told
from pileup.story.fill import fill
from pileup.story.prose.shared import passages, without_folders
from pileup.story.report import Report
from pileup.words import written
from pileup.words.text import as_data


def head(report: Report) -> Head:
    """The top of the page."""
    case, known = report.case.case, set[str]()
    return Head(
        {
            "case": _named(report),
            "headline": case.title,
            "standfirst": as_data(told(report, fill(report, case.standfirst), known)),
            "status": as_data(told(report, fill(report, case.status_now), known)),
            "as_of": case.as_of.isoformat(),
            "as_of_words": written.day(case.as_of),
            "edition": report.edition.isoformat(),
            "edition_words": written.day(report.edition),
            "language": report.parameters.language,
            "byline": case.byline,
            "contact": case.contact,
            "published": case.published.isoformat() if case.published else None,
            "published_words": written.day(case.published) if case.published else None,
            "corrections": [
                {"date": change.date.isoformat(), "text": change.text} for change in report.case.correction
            ],
            "due": [
                question.question
                for question in printed(report.case.open)
                if question.look_again and question.look_again <= report.edition
            ],
            "parameters": without_folders(report.parameters.changed()),
        }
    )


def _named(report: Report) -> str:
    """Name the case as the command line takes it: a case that ships by its id, another by its file's name."""
    path = case_path(report.parameters.case)
    return report.case.case.id if path is None or path.parent == CASES else path.name


def key_facts(report: Report) -> Prose:
    """The few facts that a reader needs first."""
    return Prose(passages(report, "key-facts"), bullets=True, role="key-facts")


def what_happened(report: Report) -> Prose:
    """What happened, as far as it is established."""
    return Prose(passages(report, "what-happened"))
