"""The list of published reports: a page for readers, and an Atom feed of editions.

What is said of a report is what its page says to machines (`pileup.page.meta`): it is made again from the
report's record, and of a page from before there were records it is read from its JSON-LD. `findings.json`
must stand beside the page and be of the same edition.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pileup.base.errors import PileupError
from pileup.base.parsed import from_json
from pileup.base.paths import shown
from pileup.files.edition import Edition
from pileup.files.edition import edition as read_edition
from pileup.files.plain import iso_day
from pileup.page import look, markup, meta
from pileup.page.check import read_record, refuse_changed
from pileup.page.parts import contents, is_report
from pileup.page.record import NAME as RECORD
from pileup.page.withdrawn import withdrawn
from pileup.words import language, written
from pileup.words.language import LANGUAGES, NAMES, Language, _

#: Who publishes where a page names nobody; the page's own footer says the same.
_NOBODY = "pileup"
#: The ids of feed and entries are UUIDs of version 5: computed from names in this space, never drawn.
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:pileup:editions")
#: What XML 1.0 cannot hold at all, escaped or not.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AGAIN = "make the report again with `pileup report`"
#: What stands in a page's JSON-LD, and is made again from a record.
_SAID = "what it says to machines"


@dataclass(frozen=True)
class Listed:
    """One published state of a report, as its page describes itself.

    Attributes
    ----------
    page : str
        The address of the page, relative to the list.
    report : str
        The name of the report through all its editions.
    language : str
        The language of the page.
    headline, standfirst, status : str
        As on the page.
    edition : Edition
        Its date, and its number within the day.
    updated : datetime.date
        The edition's date, or the day on which it was withdrawn.
    published : datetime.date
        The day of the first edition.
    publisher : str
        The newsroom, where one is named.
    corrections : tuple of pair
        The day and the words of each correction so far, oldest first.
    withdrawn : bool
        Only a notice stands there: the headline and the standfirst are the notice's.
    """

    page: str
    report: str
    language: Language
    headline: str
    standfirst: str
    status: str
    edition: Edition
    updated: dt.date
    published: dt.date
    publisher: str
    corrections: tuple[tuple[dt.date, str], ...] = ()
    withdrawn: bool = False

    @property
    def date(self) -> dt.date:
        """The date of the edition."""
        return self.edition.date

    @property
    def day(self) -> str:
        """The edition in words, in the language in use."""
        return self.edition.words

    @property
    def urn(self) -> str:
        """The permanent id of the edition: of its newsroom, report and date, wherever the page may move."""
        return uuid.uuid5(_SPACE, "\n".join([self.publisher, self.report, str(self.edition)])).urn

    @property
    def work(self) -> tuple[str, str, Edition]:
        """What the pages of one edition in several languages share: its newsroom, its report, its date."""
        return self.publisher, "".join(self.report.rsplit(f"-language-{self.language}", 1)), self.edition

    @property
    def title(self) -> str:
        """The headline and the date, in the language of the page."""
        with language.using(self.language):
            if self.withdrawn:
                return self.headline
            return _("{headline}, edition of {date}").format(headline=self.headline, date=self.day)

    @property
    def summary(self) -> str:
        """What the page is about, where the case stands, and the corrections, in the language of the page."""
        if self.withdrawn:
            return self.standfirst
        with language.using(self.language):
            corrected = [
                _("Correction of {date}: {text}").format(date=written.day(day), text=text)
                for day, text in self.corrections
            ]
            now = _("The case now: {status}").format(status=self.status)
            return " ".join([self.standfirst, now, *corrected])


def listing(folder: Path, base_url: str = "") -> dict[str, bytes]:
    """List the reports under a folder.

    Reads `ID/index.html` and `ID/findings.json`, and earlier editions in `editions/ID/DATE/`; in the place of
    one that was withdrawn its notice. Other folders are no reports and are left alone. Links are relative; a
    feed reader resolves them against the public address, where one is given, else against the address that it
    took the feed from.

    Parameters
    ----------
    folder : Path
        The folder of the reports, such as `reports`.
    base_url : str
        Its public address; empty where it is not known.

    Returns
    -------
    dict of str to bytes
        `index.html`, and `feed.xml` unless there is no report: a feed needs the date of something. To be
        written into the folder.

    Raises
    ------
    PileupError
        The folder is none, the address is none, or a report is broken or stands there twice.

    References
    ----------
    RFC 4287, The Atom Syndication Format.
    """
    base = meta.address(base_url)
    if not folder.is_dir():
        raise PileupError(f"{shown(folder)}: no such folder; the folder that holds the reports is right")
    reports = [_editions(folder, place) for place in _places(folder)]
    reports.sort(key=lambda editions: _order(editions[0]))
    entries = sorted((one for editions in reports for one in editions), key=_order)
    _refuse_twins(entries)
    publishers = {edition.publisher or _NOBODY for edition in entries}
    publisher = publishers.pop() if len(publishers) == 1 else _NOBODY
    said: dict[str, Any] = {"reports": reports, "entries": entries, "base": base, "publisher": publisher}
    said["others"] = {one.page: _in_other_languages(one, entries) for one in entries}
    said |= {"urn": uuid.uuid5(_SPACE, publisher).urn, "colors": look.colors().rstrip(), "names": NAMES}
    names_of_files = ("index.html", "feed.xml") if entries else ("index.html",)
    templates = dict(zip(names_of_files, ("listing.html.j2", "feed.xml.j2"), strict=False))
    said["updated"] = max((one.updated for one in entries), default=None)
    # The list itself is in English, whatever the language of a report that was made before it.
    with language.using("en"):
        return {name: f"{look.render(source, **said)}\n".encode() for name, source in templates.items()}


def _order(one: Listed) -> tuple[int, int, str, str]:
    return -one.date.toordinal(), -one.edition.number, one.headline, one.page


def _in_other_languages(one: Listed, entries: list[Listed]) -> list[Listed]:
    """Return the pages of the same edition in other languages; none leads to a notice, or from one."""
    there = [other for other in entries if other.work == one.work and not other.withdrawn]
    return [] if one.withdrawn else [other for other in there if other.language != one.language]


def names(page: Path) -> tuple[str, str]:
    """Return the name of a report through all its editions and its publisher, as its page says them."""
    one = _edition(page.parent, page.parent)
    return one.report, one.publisher


def _places(folder: Path) -> Iterator[Path]:
    """Yield the folders that hold a report, or what is left of one."""
    for place in sorted(folder.iterdir()):
        if place.is_dir() and not place.name.startswith(".") and is_report(place):
            yield place


def _editions(folder: Path, place: Path) -> list[Listed]:
    """Return the editions of one report, newest first; the current page may also stand among the dated."""
    _refuse_changed(place)
    current = _edition(folder, place)
    dated = []
    archive = folder / "editions" / place.name
    for older in sorted(archive.iterdir()) if archive.is_dir() else []:
        if not older.is_dir() or older.name.startswith("."):
            continue
        _refuse_changed(older)
        edition = _edition(folder, older)
        name = older.relative_to(folder).as_posix()
        if older.name != str(edition.edition):
            raise PileupError(
                f"{name}: its page is the edition of {edition.edition}; a folder of that name is right"
            )
        if edition.report != current.report:
            raise PileupError(
                f"{name}: its page is the report {edition.report!r}; one of {current.report!r} is right"
            )
        if edition.withdrawn and edition.edition == current.edition and not current.withdrawn:
            raise PileupError(
                f"{name}: was withdrawn, but {place.name}/index.html still has it; withdraw it again with"
                " `pileup withdraw`"
            )
        if edition.edition > current.edition and not edition.withdrawn:
            raise PileupError(
                f"{name}: newer than {place.name}/index.html, the edition of {current.edition}; the newest"
                " edition is to stand there too"
            )
        dated.append(edition)
    dated.sort(key=lambda one: one.edition, reverse=True)
    # The address of a dated page stays as it is, so it stands for the current one as well.
    return dated if dated and dated[0].edition == current.edition else [current, *dated]


def _refuse_changed(place: Path) -> None:
    """Refuse a report that is not as it was made; a notice, and a page that has no record, has no list."""
    if (place / RECORD).is_file() and (place / "index.html").is_file():
        refuse_changed(place / "index.html", contents(place))


def _edition(folder: Path, place: Path) -> Listed:
    """Read what a page says of itself, or the notice that stands in its place."""
    page = place / "index.html"
    name = page.relative_to(folder).as_posix()
    if gone := withdrawn(place):
        day = dt.date.fromisoformat(gone.date)
        texts = (quote(name), gone.report, gone.language, gone.title, gone.said, "")
        return Listed(*texts, gone.which, day, gone.which.date, gone.publisher, withdrawn=True)
    article, case = _described(page, name)
    number = article.get("version", 1)
    which = read_edition(f"{_day(article, 'dateModified', name)}{f'-{number}' if number != 1 else ''}")
    if which is None:
        raise PileupError(f"{name}: version {number!r} in {_SAID} is no number of an edition; {_AGAIN}")
    _compare(place / "findings.json", f"{name.removesuffix('index.html')}findings.json", which)
    publisher, spoken = article.get("publisher"), article.get("inLanguage")
    if spoken not in LANGUAGES:
        raise PileupError(
            f"{name}: inLanguage {spoken!r} in {_SAID}; one of {', '.join(LANGUAGES)} is right: {_AGAIN}"
        )
    corrections = article.get("correction", [])
    if not isinstance(corrections, list) or not all(isinstance(one, dict) for one in corrections):
        raise PileupError(f"{name}: the corrections in {_SAID} are no list of comments; {_AGAIN}")
    return Listed(
        page=quote(name),
        report=_words(article, "identifier", name),
        language=spoken,
        headline=_words(article, "name", name),
        standfirst=_words(article, "description", name),
        status=_words(case, "description", name),
        edition=which,
        updated=which.date,
        published=_day(article, "datePublished", name),
        publisher=_words(publisher, "name", name) if isinstance(publisher, dict) else "",
        corrections=tuple(
            sorted((_day(one, "datePublished", name), _words(one, "text", name)) for one in corrections)
        ),
    )


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PileupError(f"{name} is missing: the report is not whole; {_AGAIN}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PileupError(f"{name} cannot be read ({error}); {_AGAIN}") from None


def _described(page: Path, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a page says to machines of the article, and of what it is about."""
    html = _text(page, name)
    made = read_record(page, html)
    try:
        if made:
            with language.using(made.language):
                said = meta.json_ld(made.page, made.base_url, made.place)
        else:
            said = _inside(html)
    except PileupError as error:
        raise PileupError(f"{name}: {error}; {_AGAIN}") from None
    try:
        graph = from_json(said)["@graph"]
        article = next(node for node in graph if node["@type"] == "NewsArticle")
        case = next(node for node in graph if node["@id"] == article["about"]["@id"])
    except (ValueError, KeyError, TypeError, StopIteration):
        raise PileupError(f"{name}: {_SAID} describes no NewsArticle about a case; {_AGAIN}") from None
    return article, case


def _inside(html: str) -> str:
    """Return the JSON-LD of a page."""
    scripts = markup.read(html).find("script")
    blocks = [one for one in scripts if one.attributes.get("type") == "application/ld+json"]
    if len(blocks) != 1:
        raise PileupError(f"{len(blocks)} blocks of JSON-LD describe it; one is right")
    return "".join(map(str, blocks[0].parts))


def _words(node: dict[str, Any], key: str, name: str) -> str:
    """Return a text of a description; what no XML file can hold becomes the sign for an unknown character."""
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PileupError(f"{name}: {_SAID} has no {key} of the {node.get('@type', 'page')}; {_AGAIN}")
    return _NOT_XML.sub("\ufffd", value)


def _day(node: dict[str, Any], key: str, name: str) -> dt.date:
    text = _words(node, key, name)
    day = iso_day(text)
    if day is None:
        raise PileupError(f"{name}: {key} {text!r} in {_SAID} is no date such as 2026-11-22; {_AGAIN}")
    return day


def _compare(path: Path, name: str, which: Edition) -> None:
    """Refuse numbers that are missing or belong to another edition than the page."""
    text = _text(path, name)
    try:
        said = from_json(text)["parameters"]["edition"]
    except (ValueError, KeyError, TypeError):
        raise PileupError(f"{name}: no record of findings with an edition; {_AGAIN}") from None
    if said != str(which):
        raise PileupError(f"{name}: of the edition {said!r}, but the page beside it of {which}; {_AGAIN}")


def _refuse_twins(entries: list[Listed]) -> None:
    """Refuse two pages with one id: a feed reader would show only one of them."""
    for one, other in pairwise(sorted(entries, key=lambda edition: (edition.urn, edition.page))):
        if one.urn == other.urn:
            raise PileupError(
                f"{one.page} and {other.page} are both the edition of {one.edition} of {one.report!r}; one of"
                " them is right"
            )
