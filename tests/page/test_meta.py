"""What a page says of itself to machines: true to its blocks, safe inside the page, without the dead."""

import gettext
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from common import executed
from pileup.base.errors import PileupError
from pileup.case.load import known_cases
from pileup.files import parameters
from pileup.page import markup, meta
from pileup.page.content import Page, read
from pileup.story.report import Report
from pileup.words import language
from pileup.words.text import from_data

#: The properties of schema.org that each type may have here; a slip of a key is in none of them.
KNOWN = {
    "NewsArticle": {
        *(
            "@type",
            "@id",
            "identifier",
            "headline",
            "name",
            "description",
            "url",
            "mainEntityOfPage",
            "image",
        ),
        *("datePublished", "dateModified", "inLanguage", "isAccessibleForFree", "license", "author"),
        *("publisher", "about", "correction", "hasPart", "isBasedOn", "citation"),
    },
    "Dataset": {
        *("@type", "@id", "name", "description", "dateModified", "inLanguage", "isAccessibleForFree"),
        *("license", "creator", "isPartOf", "isBasedOn", "temporalCoverage", "spatialCoverage"),
        "distribution",
    },
    "DataDownload": {"@type", "name", "encodingFormat", "contentUrl"},
    "CorrectionComment": {"@type", "datePublished", "text"},
    "CreativeWork": {"@type", "name", "publisher", "url", "datePublished"},
    "Thing": {"@type", "@id", "identifier", "name", "description"},
    "Organization": {"@type", "name"},
    "Person": {"@type", "name"},
    "Place": {"@type", "name"},
}
ADDRESS = "https://example.org/reports/one"
CORRECTION = {"date": "2026-11-21", "text": "A date was wrong.", "kind": "correction"}


def _page(report: Report) -> Page:
    """Collect the blocks of a report as the exporter does, without drawing the charts."""
    return read(executed(report))[0]


def _published(page: Page) -> Page:
    """Return a page of a newsroom that has published and corrected it."""
    said = {"byline": "The Example", "published": "2026-11-20", "corrections": [CORRECTION]}
    return replace(page, head={**_head(page), **said})


def _head(page: Page) -> dict[str, Any]:
    assert page.head
    return page.head


def _ledger(page: Page) -> dict[str, Any]:
    assert page.ledger
    return page.ledger


@pytest.fixture(scope="module")
def page(report: Report) -> Page:
    return _page(report)


@pytest.fixture(scope="module")
def second() -> Page:
    return _page(Report(parameters.check({"case": "puebla"})))


def _graph(text: str) -> dict[str, dict[str, Any]]:
    """Return the nodes of a graph by their ids."""
    record = json.loads(text)
    assert record["@context"] == "https://schema.org"
    nodes = {node["@id"]: node for node in record["@graph"]}
    assert len(nodes) == len(record["@graph"]), "an id stands twice"
    return nodes


def _objects(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        return [part, *(one for value in part.values() for one in _objects(value))]
    return [one for item in part for one in _objects(item)] if isinstance(part, list) else []


@pytest.mark.parametrize("address", ["", ADDRESS])
@pytest.mark.parametrize("which", ["page", "second"])
def test_the_graph_is_whole_and_in_schema_orgs_words(
    which: str, address: str, request: pytest.FixtureRequest
) -> None:
    page = _published(request.getfixturevalue(which))
    nodes = _graph(meta.json_ld(page, address))
    for one in _objects(list(nodes.values())):
        if set(one) == {"@id"}:
            assert one["@id"] in nodes, "a reference leads nowhere"
        else:
            assert set(one) <= KNOWN[one["@type"]], one
            assert not [name for name, value in one.items() if value in (None, "", [], {})]
    article = nodes["#article"]
    needed = {"headline", "description", "datePublished", "dateModified", "inLanguage", "about", "citation"}
    assert needed | {"isBasedOn", "hasPart", "isAccessibleForFree", "correction"} <= article.keys()
    for node in nodes.values():
        if node["@type"] == "Dataset":
            assert node["name"]
            assert 50 <= len(node["description"]) <= 5000, node["@id"]  # what dataset search asks for


def test_the_article_says_what_the_page_says(page: Page) -> None:
    nodes, head = _graph(meta.json_ld(page)), _head(page)
    article = nodes["#article"]
    assert article["name"] == head["headline"]
    assert head["headline"].startswith(article["headline"].rstrip("…"))
    assert article["description"] == from_data(head["standfirst"])
    assert article["datePublished"] == head["published"] <= article["dateModified"] == head["edition"]
    assert nodes["#case"]["description"].startswith(from_data(head["status"]))
    assert article["citation"] == "ledger.html"


def test_the_tables_behind_the_numbers_are_those_used(page: Page, second: Page) -> None:
    for one in (page, second):
        nodes = _graph(meta.json_ld(one))
        based = {link["@id"] for link in nodes["#article"]["isBasedOn"]}
        assert based == {name for name in nodes if name.startswith("#how-table.")}
        counts_crashes = any(finding["id"].startswith("crashes.") for finding in _ledger(one)["findings"])
        assert ("#how-table.crashes" in based) is counts_crashes
        assert "#how-table.federal-sentences" in based
        assert ("temporalCoverage" in nodes["#numbers"]) is counts_crashes
    assert _graph(meta.json_ld(page))["#numbers"]["temporalCoverage"] == "1975/2022"
    assert "#how-table.crashes" in _graph(meta.json_ld(second))  # by deaths alone
    addresses = {item["id"]: {source["path"] for source in item["sources"]} for item in _ledger(page)["data"]}
    for name, node in _graph(meta.json_ld(page)).items():
        if name.startswith("#how-"):
            own = addresses[name.removeprefix("#how-")]
            assert {*node["isBasedOn"]} == (own if len(own) <= meta.SOURCES else {f"ledger.html{name}"})


def test_the_downloads_are_the_files_beside_the_page(page: Page) -> None:
    files = {
        one["contentUrl"]: one["encodingFormat"]
        for one in _graph(meta.json_ld(page))["#numbers"]["distribution"]
    }
    assert files.pop("findings.json") == "application/json"
    assert files == {f"tables/{table['id']}.csv": "text/csv" for table in page.tables}


def test_the_dead_are_not_named(page: Page, report: Report) -> None:
    names = {
        fact.value for fact in report.case.fact if fact.group == "the dead" and isinstance(fact.value, str)
    }
    story = " ".join(passage.text for passage in report.case.passage)
    assert len(names) == report.case.number("deaths")
    assert all(name in story for name in names), "the story names them, so the test knows the names"
    said = meta.json_ld(page, ADDRESS) + str(meta.open_graph(page, ADDRESS))
    for name in names:
        for part in (name, name.split()[-1]):
            assert not re.search(rf"\b{re.escape(part)}\b", said)


def test_a_text_cannot_end_the_element(page: Page) -> None:
    evil = "</script><script>x()</script> & “quoted” \"plain\" 'single' \u2028 \u202efrom right\u200f <!--"
    said = {"headline": evil, "standfirst": [evil], "status": [evil], "byline": evil}
    said["corrections"] = [{"date": "2026-11-21", "text": evil}]
    text = meta.json_ld(replace(page, head=_head(page) | said))
    assert not set("<>&\u2028\u2029") & set(text)

    root = markup.read(f'<!doctype html><script type="application/ld+json">{text}</script><p></p>')
    (script,) = root.find("script")
    article = _graph("".join(map(str, script.parts)))["#article"]
    assert article["name"] == article["description"] == article["publisher"]["name"] == evil
    assert article["correction"][0]["text"] == evil


def test_a_long_headline_is_cut_after_a_word(page: Page) -> None:
    long = "A headline that goes on, " * 9
    article = _graph(meta.json_ld(replace(page, head=_head(page) | {"headline": long})))["#article"]
    assert article["name"] == long
    assert len(article["headline"]) <= 110
    assert article["headline"].endswith("…")
    assert long.startswith(article["headline"][:-1])
    assert long[len(article["headline"]) - 1] in " ,"


@pytest.mark.parametrize("code", language.LANGUAGES)
@pytest.mark.parametrize("case", known_cases())
def test_a_description_fits(case: str, code: language.Language) -> None:
    chosen = parameters.check({"case": case, "language": code})
    with language.using(code):
        page = _page(Report(chosen))
    told = meta.description(_head(page))
    assert 40 < len(told) <= 155
    assert from_data(_head(page)["standfirst"]).startswith(told.removesuffix("…"))
    assert told.endswith((".", "…"))
    assert dict(meta.open_graph(page))["og:description"] == told


@pytest.mark.parametrize(
    ("standfirst", "told"),
    [
        ("One. Two.", "One. Two."),
        ("One. " + "Two and more " * 20, "One."),
        ("Near St. Louis, " + "and more " * 20, "Near St. Louis, " + ("and more " * 20)[:135].rstrip() + "…"),
        ("“Yes!” he said. " * 20, "“Yes!” he said. " * 8 + "“Yes!” he said."),
    ],
)
def test_a_description_ends_with_a_sentence_or_an_ellipsis(standfirst: str, told: str) -> None:
    assert meta.description({"standfirst": [standfirst]}) == told


def test_without_an_address_nothing_is_absolute_but_the_sources(page: Page) -> None:
    page = replace(page, head=_head(page) | {"byline": None})
    article = _graph(meta.json_ld(page))["#article"]
    assert not {"url", "mainEntityOfPage", "author", "publisher", "license"} & article.keys()
    assert article["image"] == "card.png"
    names = dict(meta.open_graph(page))
    assert not [name for name in names if name.startswith(("og:url", "og:image", "og:site_name"))]
    assert names["twitter:card"] == "summary"


def test_a_published_page_says_who_where_and_since_when(page: Page) -> None:
    published = _published(page)
    nodes = _graph(meta.json_ld(published, ADDRESS))
    article = nodes["#article"]
    assert article["url"] == "https://example.org/reports/one/"
    assert article["image"] == "https://example.org/reports/one/card.png"
    assert article["author"] == article["publisher"] == {"@type": "Organization", "name": "The Example"}
    assert article["publisher"] == nodes["#numbers"]["creator"]
    assert (article["datePublished"], article["dateModified"]) == ("2026-11-20", _head(page)["edition"])
    assert all(one["contentUrl"].startswith(article["url"]) for one in nodes["#numbers"]["distribution"])
    names = dict(meta.open_graph(published, ADDRESS))
    assert len(names) == len(meta.open_graph(published, ADDRESS))
    assert names["og:url"] == article["url"]
    assert names["og:image"] == article["image"]
    assert (names["og:image:width"], names["og:image:height"]) == ("1200", "630")
    assert names["og:image:alt"] == page.title
    assert names["og:site_name"] == "The Example"
    assert names["twitter:card"] == "summary_large_image"
    assert names["article:published_time"] == "2026-11-20"
    assert names["article:modified_time"] == _head(page)["edition"]


def test_the_licenses_that_a_ledger_tells_are_told(page: Page) -> None:
    licenses = [{"name": "MIT", "title": "MIT License"}, {"name": "notspecified", "title": "none stated"}]
    data = [item | {"licenses": licenses} for item in _ledger(page)["data"]]
    nodes = _graph(meta.json_ld(replace(page, ledger=_ledger(page) | {"data": data})))
    assert nodes["#how-table.crashes"]["license"] == [{"@type": "CreativeWork", "name": "MIT License"}]


def test_the_same_page_gives_the_same_bytes(page: Page, report: Report) -> None:
    again = _page(Report(report.parameters))
    assert meta.json_ld(again, ADDRESS) == meta.json_ld(page, ADDRESS)
    assert meta.open_graph(again) == meta.open_graph(page)


def test_a_report_has_one_name_through_its_editions() -> None:
    head = {"case": "my-case.toml", "parameters": {"edition": "2026-12-30", "first_year": 1990}}
    assert meta.identifier(head) == "my-case-first-year-1990"


def test_a_page_that_is_no_report_is_not_described() -> None:
    page = Page("A notebook", None, None, ())
    assert meta.json_ld(page) == ""
    assert meta.open_graph(page) == []


@pytest.mark.parametrize(
    "wrong",
    [
        *("example.org", "/reports", "ftp://example.org/", "javascript:alert(1)", "https://"),
        *(
            "https://example.org/?page=1",
            "https://example.org/#top",
            "https://exam ple.org/",
            "https://[::1/",
        ),
        'https://example.org/"><script>',
    ],
)
def test_a_wrong_address_is_refused_in_one_line(wrong: str, page: Page) -> None:
    with pytest.raises(PileupError, match=r"^base address .* is right$"):
        meta.json_ld(page, wrong)
    with pytest.raises(PileupError, match="base address"):
        meta.open_graph(page, wrong)


def test_a_page_in_spanish_says_so(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _graph(meta.json_ld(page))["#article"]["inLanguage"] == "en"
    assert ("og:locale", "en_US") in meta.open_graph(page)
    monkeypatch.setattr(language, "_own", lambda spoken: gettext.NullTranslations())
    with language.using("es"):
        nodes = _graph(meta.json_ld(page))
        assert {nodes["#article"]["inLanguage"], nodes["#numbers"]["inLanguage"]} == {"es"}
        assert ("og:locale", "es_US") in meta.open_graph(page)
