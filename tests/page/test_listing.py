"""The list of reports and the feed of editions: whole, safe, in order; no report is left out in silence."""

import gettext
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from pileup.base.errors import PileupError
from pileup.base.swap import write_files
from pileup.page import manifest, meta, record
from pileup.page.content import Page
from pileup.page.listing import listing
from pileup.page.parts import REPORT
from pileup.page.withdrawn import Withdrawn
from pileup.words import language

ATOM = "{http://www.w3.org/2005/Atom}"
EVIL = "</script><script>x()</script> & “q” \"p\" 'a' \u202efrom right\u200f \x0b\x00 ]]>"
BASE = "https://example.org/reports"


def _head(case: str, edition: str, **said: Any) -> dict[str, Any]:
    """Make the head of a page, as a report's head block has it."""
    plain = {
        "kind": "head",
        "case": case,
        "headline": f"The story of {case}",
        "standfirst": ["What happened to ", {"origin": "fact.F1", "value": 2, "text": "two"}, f" in {case}."],
        "status": [f"Where {case} stands."],
        "as_of": "2026-11-01",
        "as_of_words": "November 1, 2026",
        "edition": edition,
        "edition_words": edition,
        "edition_number": 1,
        "language": language.current(),
        **dict.fromkeys(("byline", "contact", "published", "published_words")),
        "notices": [],
        "due": [],
        "parameters": {},
    }
    return plain | said


def _publish(
    place: Path,
    head: dict[str, Any],
    corrections: tuple[dict[str, str], ...] = (),
    **said: str,
) -> Path:
    """Write a page, its record, and the findings beside it."""
    page = Page("", {**head, **said, "corrections": list(corrections)}, None, ())
    files = {"index.html": b"<!doctype html><h1>x</h1>", "findings.json": _findings(head)}
    spoken = language.current()
    one = record.Record("0.2.0", "", spoken, "", REPORT, page, (), "", {}, {})
    files[record.NAME] = one.write()
    files[manifest.NAME] = manifest.manifest("0.2.0", {}, files).write()
    write_files(files, place)
    return place


def _publish_older(
    place: Path, head: dict[str, Any], corrections: tuple[dict[str, str], ...] = (), **said: str
) -> Path:
    """Write a page as pileup 0.1 did, which had no record: what it says to machines stands in it alone."""
    text = meta.json_ld(Page("", {**head, **said, "corrections": corrections}, None, ()))
    script = f'<script type="application/ld+json">\n{text}\n</script>'
    html = f"<!doctype html><html><head>{script}</head><body><h1>x</h1></body></html>"
    write_files({"index.html": html.encode(), "findings.json": _findings(head)}, place)
    return place


def _findings(head: dict[str, Any]) -> bytes:
    return json.dumps({"parameters": {"edition": head["edition"]}, "findings": []}).encode()


class _Page(HTMLParser):
    """Read a page: its elements, its texts, and whether each element is closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[str]:
        return [text for inside, text in self.texts if inside == tag]

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.found if tag == "a"]


def _feed(files: dict[str, bytes]) -> ElementTree.Element:
    """Read a feed, and hold it against what RFC 4287 demands of one."""
    root = ElementTree.fromstring(files["feed.xml"])
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for node in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(node.findall(ATOM + name)) == 1, f"exactly one {name} (4.1.1, 4.1.2)"
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", node.findtext(f"{ATOM}id"))
        updated = node.findtext(f"{ATOM}updated") or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", updated), "a date of RFC 3339 (3.3)"
        kinds = [
            (link.get("rel"), link.get("type"), link.get("hreflang")) for link in node.iter(f"{ATOM}link")
        ]
        assert node is root or len(kinds) == len(set(kinds)) == 1, "one alternate link an entry (4.1.2)"
    assert len(root.findall(f"{ATOM}author")) == 1, "an author of the feed answers for its entries (4.1.1)"
    for author in root.iter(f"{ATOM}author"):
        assert author.findtext(f"{ATOM}name")
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    ids = [node.text for node in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)), "unique ids (4.2.6)"
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert days == sorted(days, reverse=True)
    assert root.findtext(f"{ATOM}updated") == days[0]
    assert {entry.findtext(f"{ATOM}published") for entry in entries} == set(days)
    return root


def _hrefs(feed: ElementTree.Element) -> list[str | None]:
    return [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with two reports; the second in the alphabet is the newer one."""
    _publish(tmp_path / "alpha", _head("alpha", "2026-11-22"))
    _publish(tmp_path / "beta", _head("beta", "2026-12-30"), published="2026-11-23")
    return tmp_path


def test_reports_stand_newest_first(two: Path) -> None:
    files = listing(two)
    assert set(files) == {"index.html", "feed.xml"}
    page = _Page(files["index.html"].decode())
    assert not page.open
    assert page.links() == ["beta/index.html", "alpha/index.html", "feed.xml"]
    assert page.all("h1") == ["Reports"]
    assert page.all("time") == ["November 23, 2026", "December 30, 2026", "November 22, 2026"]
    dates = [attrs["datetime"] for tag, attrs in page.found if tag == "time"]
    assert dates == ["2026-11-23", "2026-12-30", "2026-11-22"]
    text = " ".join(" ".join(text for _, text in page.texts).split())
    assert "What happened to two in beta." in text
    assert "The case now. Where beta stands. As known on November 1, 2026." in text
    assert text.count("No corrections so far.") == 2
    feed = _feed(files)
    assert _hrefs(feed) == ["beta/index.html", "alpha/index.html"]
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles[0] == "The story of beta, edition of December 30, 2026"


def test_a_report_in_spanish_is_listed_as_one(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = listing(two)
    monkeypatch.setattr(language, "_own", lambda spoken: gettext.NullTranslations())
    with language.using("es"):
        _publish(two / "gamma", _head("gamma", "2026-12-31"))
        files = listing(two)
    html = files["index.html"].decode()
    page = _Page(html)
    assert ("html", {"lang": "en"}) in page.found
    assert ("h2", {"lang": "es"}) in page.found
    assert ("a", {"href": "gamma/index.html", "hreflang": "es"}) in page.found
    assert page.all("span") == ["Español", "Where gamma stands. As known on November 1, 2026."]
    assert plain["index.html"].decode().partition('<ul class="reports">')[2] in html
    spanish, *english = _feed(files).findall(f"{ATOM}entry")
    assert spanish.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"
    assert spanish.findtext(f"{ATOM}title") == "The story of gamma, edition of 31 de diciembre de 2026"
    assert [one.attrib for one in english] == [{}, {}]


def test_a_language_that_is_none_is_refused(tmp_path: Path) -> None:
    place = _publish_older(tmp_path / "beta", _head("beta", "2026-12-30"))
    _without(place, '"inLanguage":"en"', '"inLanguage":"xx"')
    with pytest.raises(
        PileupError, match=r"beta/index.html: inLanguage 'xx' in what it says to machines; one of en, es"
    ):
        listing(tmp_path)


def test_a_page_from_before_there_were_records_is_listed_as_one_with_a_record(tmp_path: Path) -> None:
    wrong = {"date": "2026-12-01", "text": "A number was wrong."}
    for folder, write in (("new", _publish), ("older", _publish_older)):
        write(tmp_path / folder / "alpha", _head("alpha", "2026-12-30"), (wrong,), byline="The “Example”")
    assert listing(tmp_path / "new") == listing(tmp_path / "older")


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (
            lambda place: (place / "index.html").write_text("<!doctype html><h1>y</h1>"),
            "index.html: is not the",
        ),
        (lambda place: (place / "findings.json").write_text(""), "findings.json: is empty"),
        (lambda place: (place / "findings.json").unlink(), "findings.json: is missing"),
        (lambda place: (place / "manifest.json").unlink(), "manifest.json: is missing"),
        (lambda place: (place / "manifest.json").write_text("{"), "manifest.json: no manifest of a report"),
    ],
)
def test_a_report_that_is_not_as_it_was_made_is_not_listed(two: Path, break_it: Any, told: str) -> None:
    break_it(two / "beta")
    with pytest.raises(PileupError, match=told):
        listing(two)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"standfirst": []},
            r"beta/index\.html: what it says to machines has no description of the NewsArticle",
        ),
        (
            {"published": "soon"},
            r"beta/index\.html: datePublished 'soon' in what it says to machines is no date",
        ),
        ({"edition_number": 0.5}, r"record\.json: no record of a page \(head\.edition_number"),
        ({"parameters": {"color": "red"}}, r"beta/index\.html: unknown parameter color"),
    ],
)
def test_a_record_with_a_description_that_is_none_is_named(
    tmp_path: Path, said: dict[str, Any], told: str
) -> None:
    _publish(tmp_path / "beta", _head("beta", "2026-12-30", **said))
    with pytest.raises(PileupError, match=told):
        listing(tmp_path)


def test_the_list_asks_for_nothing_and_has_both_schemes(two: Path) -> None:
    html = listing(two)["index.html"].decode()
    page = _Page(html)
    tags = {tag for tag, _ in page.found}
    assert not tags & {"script", "img", "iframe", "object", "embed", "svg", "video", "form"}
    assert {"header", "main", "article", "footer", "time"} <= tags
    assert ("html", {"lang": "en"}) in page.found
    rels = {attrs["rel"]: attrs["href"] for tag, attrs in page.found if tag == "link"}
    assert rels == {"alternate": "feed.xml", "icon": "data:,"}
    assert not re.search(r"url\(|@import", html)
    assert "width=device-width" in html
    used, style = set(re.findall(r"var\((--\w+)\)", html)), page.all("style")[0]
    light, dark = re.findall(r":root \{([^}]*)\}", style)[:2]
    assert "prefers-color-scheme: dark" in style
    for scheme in (light, dark):
        assert used <= set(re.findall(r"(--\w+):", scheme))


def test_the_same_folder_gives_the_same_bytes(two: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "reports"
    _publish(other / "beta", _head("beta", "2026-12-30"), published="2026-11-23")
    _publish(other / "alpha", _head("alpha", "2026-11-22"))
    assert listing(two) == listing(two) == listing(other)
    assert not [name for name, content in listing(two).items() if str(two).encode() in content]


def test_the_id_of_an_edition_does_not_change_with_its_place(two: Path, tmp_path: Path) -> None:
    def ids(files: dict[str, bytes]) -> list[str | None]:
        return [entry.findtext(f"{ATOM}id") for entry in _feed(files).findall(f"{ATOM}entry")]

    before = ids(listing(two))
    # UUIDs of version 5, computed once by hand from their names: they must be the same in years.
    assert before == [
        "urn:uuid:817b63ce-16f6-5b91-80a8-abf7ecba4714",
        "urn:uuid:2da91b36-1a40-5215-873c-b62ab80c51f0",
    ]
    (two / "beta").rename(two / "gamma")
    assert ids(listing(two, BASE)) == before


def test_with_an_address_the_links_have_a_base(two: Path) -> None:
    files = listing(two, BASE)
    feed = _feed(files)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}base") == f"{BASE}/"
    assert _hrefs(feed) == ["beta/index.html", "alpha/index.html"]
    page = _Page(files["index.html"].decode())
    assert ("link", {"rel": "canonical", "href": f"{BASE}/"}) in page.found
    assert "{http://www.w3.org/XML/1998/namespace}base" not in _feed(listing(two)).attrib
    with pytest.raises(PileupError, match="base address"):
        listing(two, "example.org")


def test_texts_stay_texts(tmp_path: Path) -> None:
    head = _head("alpha", "2026-11-22", headline=EVIL, standfirst=[EVIL], status=[EVIL])
    wrong = {"date": "2026-11-22", "text": EVIL}
    _publish(tmp_path / 'a "b" <i> & é', head, (wrong,), byline=EVIL)
    files = listing(tmp_path)
    # What XML cannot hold is replaced; all else, the marks of right-to-left text too, stays.
    shown = EVIL.replace("\x0b", "\ufffd").replace("\x00", "\ufffd")
    page = _Page(files["index.html"].decode())
    assert not page.open
    assert "script" not in [tag for tag, _ in page.found]
    assert page.all("a")[0] == shown
    assert shown in page.all("p")
    assert unquote(page.links()[0]) == 'a "b" <i> & é/index.html'
    feed = _feed(files)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == shown
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == f"{shown}, edition of November 22, 2026"
    assert f"Correction of November 22, 2026: {shown}" in entry.findtext(f"{ATOM}summary")
    assert not list(entry.find(f"{ATOM}summary"))


def test_a_folder_name_is_no_address_of_its_own(tmp_path: Path) -> None:
    _publish(tmp_path / "javascript:x()", _head("alpha", "2026-11-22"))
    files = listing(tmp_path)
    assert _Page(files["index.html"].decode()).links()[0] == "javascript%3Ax%28%29/index.html"
    assert _hrefs(_feed(files)) == ["javascript%3Ax%28%29/index.html"]


def test_earlier_editions_are_listed_and_fed(tmp_path: Path) -> None:
    wrong = {"date": "2026-12-01", "text": "A number was wrong."}
    old, new = _head("alpha", "2026-11-22"), _head("alpha", "2026-12-30")
    since = "2026-11-22"
    _publish(tmp_path / "alpha", new, (wrong,), published=since)
    _publish(tmp_path / "editions" / "alpha" / "2026-12-30", new, (wrong,), published=since)
    _publish(tmp_path / "editions" / "alpha" / "2026-11-22", old)
    _publish(tmp_path / "beta", _head("beta", "2026-12-01"))
    files = listing(tmp_path)
    dated = ["editions/alpha/2026-12-30/index.html", "editions/alpha/2026-11-22/index.html"]
    page = _Page(files["index.html"].decode())
    assert page.links() == [*dated, "beta/index.html", "feed.xml"]
    text = " ".join(" ".join(text for _, text in page.texts).split())
    assert "Corrections so far: 1, the latest of December 1, 2026" in text
    feed = _feed(files)
    assert _hrefs(feed) == [dated[0], "beta/index.html", dated[1]]
    summaries = [entry.findtext(f"{ATOM}summary") or "" for entry in feed.findall(f"{ATOM}entry")]
    told = [summary.endswith("Correction of December 1, 2026: A number was wrong.") for summary in summaries]
    assert told == [True, False, False]


def test_one_case_with_other_parameters_is_another_report(tmp_path: Path) -> None:
    _publish(tmp_path / "alpha", _head("alpha", "2026-11-22"))
    _publish(tmp_path / "alpha-state-TX", _head("alpha", "2026-11-22", parameters={"state": "TX"}))
    assert len(_feed(listing(tmp_path)).findall(f"{ATOM}entry")) == 2
    _publish(tmp_path / "copy", _head("alpha", "2026-11-22"))
    with pytest.raises(
        PileupError, match=r"alpha/index\.html and copy/index\.html are both the edition of 2026"
    ):
        listing(tmp_path)


def test_each_edition_leads_to_the_same_in_another_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "_own", lambda spoken: gettext.NullTranslations())
    english, spanish = "alpha-state-TX", "alpha-state-TX-language-es"
    both = ("2026-11-22", "2026-12-30")
    days = {"en": ("2026-11-20", *both), "es": (both[0], "2026-12-24", both[1])}
    for name, spoken in ((english, "en"), (spanish, "es")):
        asked = {"state": "TX"} | ({"language": spoken} if spoken != "en" else {})
        with language.using(spoken):
            for place in (name, *(f"editions/{name}/{day}" for day in days[spoken])):
                day = days[spoken][-1] if place == name else place.rpartition("/")[2]
                _publish(tmp_path / place, _head("alpha", day, parameters=asked))
    # Beta has no page in Spanish.
    _publish(tmp_path / "beta", _head("beta", "2026-12-30"))
    page = _Page(listing(tmp_path)["index.html"].decode())
    assert not page.open
    found = [attrs for tag, attrs in page.found if tag == "a" and attrs.get("hreflang")]
    assert [attrs for attrs in found if attrs["hreflang"] == "es" and "lang" in attrs] == [
        {"href": f"editions/{spanish}/{day}/index.html", "hreflang": "es", "lang": "es"}
        for day in ("2026-12-30", "2026-11-22")
    ]
    assert [attrs for attrs in found if attrs["hreflang"] == "en"] == [
        {"href": f"editions/{english}/{day}/index.html", "hreflang": "en"}
        for day in ("2026-12-30", "2026-11-22")
    ]
    assert page.all("a").count("Español") == page.all("a").count("English") == 2


def test_a_notice_is_no_page_in_another_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_own", lambda spoken: gettext.NullTranslations())
    _publish(tmp_path / "alpha", _head("alpha", "2026-11-22"))
    spanish = "alpha-language-es"
    notice = Withdrawn(spanish, "", "2026-11-22", "2026-11-23", "A court forbids it.", "es")
    write_files(notice.files(), tmp_path / spanish)
    assert "hreflang" in listing(tmp_path)["index.html"].decode()
    page = _Page(listing(tmp_path)["index.html"].decode())
    assert "Español" in page.all("span")
    assert not {"Español", "English"} & {*page.all("a")}


def test_each_newsroom_is_named(tmp_path: Path) -> None:
    _publish(tmp_path / "alpha", _head("alpha", "2026-11-22"), byline="The Example")
    feed = _feed(listing(tmp_path))
    assert [author.findtext(f"{ATOM}name") for author in feed.iter(f"{ATOM}author")] == ["The Example"]
    _publish(tmp_path / "beta", _head("beta", "2026-11-22"))
    feed = _feed(listing(tmp_path))
    assert [author.findtext(f"{ATOM}name") for author in feed.iter(f"{ATOM}author")] == [
        "pileup",
        "The Example",
    ]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "index.html").write_text("an older list")
    files = listing(tmp_path)
    assert set(files) == {"index.html"}, "a feed would need a date, and there is none"
    page = _Page(files["index.html"].decode())
    assert page.all("p") == ["No report has been published here yet."]
    assert not page.links()
    assert [attrs["rel"] for tag, attrs in page.found if tag == "link"] == ["icon"]


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PileupError, match="no such folder"):
        listing(tmp_path / "reports")


def _without(place: Path, old: str, new: str) -> None:
    page = place / "index.html"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda place: (place / "index.html").unlink(), "beta/index.html is missing"),
        (lambda place: (place / "index.html").write_bytes(b"\xff\xfe"), "beta/index.html cannot be read"),
        (lambda place: _without(place, "ld+json", "json"), "beta/index.html: 0 blocks of JSON-LD"),
        (
            lambda place: _without(place, "@graph", "graph"),
            "beta/index.html: what it says to machines describes no NewsArt",
        ),
        (
            lambda place: _without(place, "@context", '"'),
            "beta/index.html: what it says to machines describes no NewsArticle",
        ),
        (
            lambda place: _without(place, '"@id":"#case",', '"@id":"#c",'),
            "beta/index.html: what it says to machines describ",
        ),
        (
            lambda place: _without(place, "dateModified", "day"),
            "beta/index.html: what it says to machines has no dateModified",
        ),
        (
            lambda place: _without(place, "Where beta stands. As known on November 1, 2026.", " "),
            "beta/index.html: what it says to machines has no description of the Thing",
        ),
        (
            lambda place: _without(place, "2026-12-30", "20261230"),
            "beta/index.html: datePublished '20261230'|dateM",
        ),
        (lambda place: _without(place, "2026-12-30", "2026-12-31"), "beta/findings.json: of the edition"),
        (lambda place: (place / "findings.json").unlink(), "beta/findings.json is missing"),
        (
            lambda place: (place / "findings.json").write_text("[]"),
            "beta/findings.json: no record of findings",
        ),
    ],
)
def test_a_broken_report_is_named_in_one_line(tmp_path: Path, break_it: Any, told: str) -> None:
    _publish(tmp_path / "alpha", _head("alpha", "2026-11-22"))
    place = _publish_older(tmp_path / "beta", _head("beta", "2026-12-30"))
    break_it(place)
    with pytest.raises(PileupError, match=told) as caught:
        listing(tmp_path)
    assert "pileup report" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_broken_description_of_a_correction_is_named(tmp_path: Path) -> None:
    wrong = ({"date": "2026-11-22", "text": "Wrong."},)
    place = _publish_older(tmp_path / "alpha", _head("alpha", "2026-11-22"), wrong)
    _without(place, '"text":"Wrong."', '"text":""')
    with pytest.raises(
        PileupError, match=r"alpha/index\.html: what it says to machines has no text of the CorrectionComment"
    ):
        listing(tmp_path)


@pytest.mark.parametrize(
    ("name", "head", "told"),
    [
        (
            "2026-10-01",
            _head("alpha", "2026-10-02"),
            "editions/alpha/2026-10-01: its page is the edition of 2026-10-02",
        ),
        (
            "2026-10-01",
            _head("beta", "2026-10-01"),
            "editions/alpha/2026-10-01: its page is the report 'beta'",
        ),
        (
            "2026-12-01",
            _head("alpha", "2026-12-01"),
            "editions/alpha/2026-12-01: newer than alpha/index.html",
        ),
    ],
)
def test_an_edition_in_the_wrong_place_is_named(
    tmp_path: Path, name: str, head: dict[str, Any], told: str
) -> None:
    _publish(tmp_path / "alpha", _head("alpha", "2026-11-22"))
    _publish(tmp_path / "editions" / "alpha" / name, head)
    with pytest.raises(PileupError, match=told):
        listing(tmp_path)
