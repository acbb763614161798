"""What a page says of itself to machines: schema.org JSON-LD and Open Graph."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from pileup.base.errors import PileupError
from pileup.files import parameters
from pileup.page.content import Page
from pileup.page.parts import LEDGER, REPORT, Place
from pileup.words import language
from pileup.words.language import _
from pileup.words.text import from_data

#: The picture for previews of a link, beside the page, and its size in pixels.
CARD, CARD_SIZE = "card.png", (1200, 630)
#: How long a headline and a description may be, in characters, before search engines cut them.
HEADLINE, DESCRIPTION = 110, 155
#: How much is said here of a table that the numbers were counted in, and how many of its sources are named:
#: its entry in the ledger says all.
DATASET, SOURCES = 160, 3
#: As much as search for data asks for.
LEAST = 50
#: Where a sentence ends, and not an initial or an abbreviation before a name.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Dr|Lt|Mr|Ms|Sr|St))(?<!\b(?:Gov|Mrs|Rep|Sen|Sgt|Sra))[.!?][”’)]?(?= [A-Z¡¿“]|$)"
)
#: Characters that could end the element around the JSON or break a line in it; JSON has other signs for them.
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
#: A license of this name in a data package says that none was stated.
_NO_LICENSE = "notspecified"


def address(base_url: str) -> str:
    """Return the public address of a folder with a slash at its end, or an empty text for an empty one.

    Raises
    ------
    PileupError
        It is no absolute http or https address of a folder.
    """
    try:
        parts = urlsplit(base_url)
        right = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        right = False
    if base_url and (not right or any(letter.isspace() or letter in "<>\"'" for letter in base_url)):
        raise PileupError(
            f"base address {base_url!r}: an address of a folder such as https://example.org/reports/ is right"
        )
    return base_url and base_url.rstrip("/") + "/"


def json_ld(page: Page, base_url: str = "", place: Place = REPORT) -> str:
    """Describe a page in schema.org's words: one NewsArticle, its numbers and the tables behind them.

    Ids, and where no public address is known the addresses of files too, are relative to the page, which
    JSON-LD in a page allows. The page's own address (`url`, `mainEntityOfPage`) is then left out; so is the
    address of a source of which only the site is recorded. Nothing is taken from the passages of the story:
    the dead are named once, in the text, and not here.

    Parameters
    ----------
    page : Page
        The page; its head says who publishes it, since when, and what was corrected.
    base_url : str
        The public address of the folder that holds the page; empty where it is not known.
    place : Place
        Where in that folder the page and its files stand.

    Returns
    -------
    str
        JSON that cannot end the `script` element around it; empty for a page without a head, which is no
        report.

    Raises
    ------
    PileupError
        The base address is none.

    References
    ----------
    https://schema.org/NewsArticle, https://schema.org/Dataset, https://schema.org/CorrectionComment
    """
    head, ledger = page.head, page.ledger
    if not head:
        return ""
    used = _used(ledger, page.tables) if ledger else set()
    base = address(base_url)
    at = base + place.to_files + LEDGER
    data = [_table(item, at) for item in ledger["data"] if item["id"] in used] if ledger else []
    nodes = [_article(head, ledger, base, data, place), _case(head)]
    if ledger:
        nodes += [_numbers(head, ledger, page.tables, base + place.to_files), *data]
    graph = ",\n".join(json.dumps(_said(node), ensure_ascii=False, separators=(",", ":")) for node in nodes)
    return f'{{"@context":"https://schema.org","@graph":[\n{graph}\n]}}'.translate(_UNSAFE)


def open_graph(page: Page, base_url: str = "", place: Place = REPORT) -> list[tuple[str, str]]:
    """Return what sites show when a reader shares the page, as pairs of property and content.

    `og:url` and `og:image` must be absolute and are left out where no public address is known. Names that
    begin with `twitter:` go into the attribute `name` of a `meta` element, the others into `property`.

    Parameters
    ----------
    page, base_url, place
        As for `json_ld`.

    Raises
    ------
    PileupError
        The base address is none.

    References
    ----------
    https://ogp.me
    """
    head, base = page.head, address(base_url)
    if not head:
        return []
    pairs = [
        ("og:type", "article"),
        ("og:title", head["headline"]),
        ("og:description", description(head)),
        ("og:locale", language.locale()),
        ("og:site_name", head.get("byline")),
        ("og:url", _own(base, place)),
        ("article:published_time", head.get("published") or head["edition"]),
        ("article:modified_time", head["edition"]),
    ]
    if base:
        pairs += [
            ("og:image", base + place.to_files + CARD),
            ("og:image:width", str(CARD_SIZE[0])),
            ("og:image:height", str(CARD_SIZE[1])),
            ("og:image:alt", page.title),
        ]
    pairs.append(("twitter:card", "summary_large_image" if base else "summary"))
    return [(name, content) for name, content in pairs if content]


def description(head: Mapping[str, Any]) -> str:
    """Say what a page is about in at most 155 characters, for lists of links.

    Parameters
    ----------
    head : mapping
        The head block of the page.

    Returns
    -------
    str
        The sentences of the standfirst that fit; if not even the first does, as many of its words, and an
        ellipsis.
    """
    return sentences(from_data(head["standfirst"]), DESCRIPTION)


def sentences(words: str, most: int) -> str:
    """Return the first sentences of a text that fit; if not even one does, as many of its words as do."""
    ends = [end.end() for end in _END.finditer(words) if end.end() <= most]
    return words[: ends[-1]] if ends else _short(words, most)


def identifier(head: Mapping[str, Any]) -> str:
    """Name a report through all its editions: its case, and the parameters that differ from the defaults.

    Parameters
    ----------
    head : mapping
        The head block of the page.
    """
    chosen = parameters.check(head["parameters"], any_year=True).undated()
    return chosen.report_id(head["case"].removesuffix(".toml"))


def _used(ledger: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the ids of the project's tables that a finding, a chart or a table of this page was made from.

    The ledger lists all of them; a page whose case has no size counts no crashes.
    """
    computed = {
        name for finding in ledger["findings"] for origin in finding["origins"] for name in origin.split()
    }
    return computed.union(*(table["origins"] for table in tables))


def _said(value: object) -> object:
    """Leave out what is not known."""
    if isinstance(value, dict):
        return {name: _said(part) for name, part in value.items() if part not in (None, "", [], {})}
    return [_said(part) for part in value] if isinstance(value, list) else value


def _short(text: str, most: int) -> str:
    """Cut a text that is too long after a whole word."""
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0].rstrip(" ,;:–—") + "…"


def _own(base: str, place: Place) -> str:
    """Return the page's own address: that of its folder where it is the folder's page, else its file's."""
    return base and base + ("" if place == REPORT else quote(place.page))


def _organization(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _article(
    head: Mapping[str, Any],
    ledger: Mapping[str, Any] | None,
    base: str,
    data: list[dict[str, Any]],
    place: Place,
) -> dict[str, Any]:
    """Describe the story. `name` is the whole headline; `headline` may be cut."""
    publisher = _organization(head.get("byline"))
    return {
        "@type": "NewsArticle",
        "@id": "#article",
        "identifier": identifier(head),
        "headline": _short(head["headline"], HEADLINE),
        "name": head["headline"],
        "description": from_data(head["standfirst"]),
        "url": _own(base, place),
        "mainEntityOfPage": _own(base, place),
        "image": base + place.to_files + CARD,
        "datePublished": head.get("published") or head["edition"],
        "dateModified": head["edition"],
        "version": head["edition_number"] if head.get("edition_number", 1) > 1 else None,
        "inLanguage": language.current(),
        "isAccessibleForFree": True,
        "author": publisher,
        "publisher": publisher,
        "about": {"@id": "#case"},
        "correction": [
            {"@type": "CorrectionComment", "datePublished": one["date"], "text": one["text"]}
            for one in head.get("corrections", ())
        ],
        "hasPart": {"@id": "#numbers"} if ledger else None,
        "isBasedOn": [{"@id": one["@id"]} for one in data],
        # Every source with its address: too many to be sent twice.
        "citation": base + place.to_files + LEDGER if ledger else None,
    }


def _case(head: Mapping[str, Any]) -> dict[str, Any]:
    """Say what the story is about, in the words of its own status line."""
    status = f"{from_data(head['status'])} {_('As known on {date}.').format(date=head['as_of_words'])}"
    return {
        "@type": "Thing",
        "@id": "#case",
        "identifier": head["case"].removesuffix(".toml"),
        "name": head["headline"],
        "description": status,
    }


def _numbers(
    head: Mapping[str, Any], ledger: Mapping[str, Any], tables: Sequence[Mapping[str, Any]], base: str
) -> dict[str, Any]:
    """Describe the numbers of the page, with the files that hold them.

    The years are those of the crash records, and are given only where the page counts crashes.
    """
    counts_crashes = any(one["id"].startswith("crashes.") for one in ledger["findings"])
    files = [("findings.json", "application/json")]
    files += [(name, "text/csv") for name in dict.fromkeys(f"tables/{table['id']}.csv" for table in tables)]
    return {
        "@type": "Dataset",
        "@id": "#numbers",
        "name": _("The numbers behind “{headline}”").format(headline=head["headline"]),
        "description": _(
            "Every number of the page, edition of {date}: the findings with what each is computed from, the"
            " facts of the case that the page cites, and its tables."
        ).format(date=head["edition_words"]),
        "dateModified": head["edition"],
        "inLanguage": language.current(),
        "isAccessibleForFree": True,
        "creator": _organization(head.get("byline")),
        "isPartOf": {"@id": "#article"},
        "temporalCoverage": _time(ledger["temporal"]) if counts_crashes else "",
        "spatialCoverage": {"@type": "Place", "name": _("United States")},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": base + path}
            for path, kind in files
        ],
    }


def _said_of(note: str) -> str:
    """Return the first sentences of a note on a table; where they say too little, its first words."""
    first = sentences(note, DATASET)
    return first if len(first) >= LEAST else _short(note, DATASET)


def _time(intervals: list[str]) -> str | list[str]:
    """Write the time that data are of: one interval, or several where there are gaps."""
    return intervals[0] if len(intervals) == 1 else intervals


def _table(item: Mapping[str, Any], ledger: str) -> dict[str, Any]:
    """Describe a table of the project that the numbers were counted in; its id is its place in the ledger.

    The ledger has all that is to be known of it; here stands as much as a list of data shows.
    """
    paths, ledger = [one["path"] for one in item["sources"]], f"{ledger}#how-{item['id']}"
    return {
        "@type": "Dataset",
        "@id": f"#how-{item['id']}",
        "name": item["statement"],
        "description": _said_of(item["note"]),
        "temporalCoverage": _time(item.get("temporal", [])),
        "license": [
            one.get("path") or {"@type": "CreativeWork", "name": one["title"]}
            for one in item.get("licenses", [])
            if one["name"] != _NO_LICENSE
        ],
        "isBasedOn": paths if len(paths) <= SOURCES else [ledger],
    }
