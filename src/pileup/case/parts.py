"""What case files and law files are made of: ids, addresses, statuses, sources and citations."""

import datetime as dt
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pileup.files.plain import pattern
from pileup.words.language import Language, Publisher, Words, mark

#: What each status word means; the page prints these words and nothing else.
STATUS = {
    mark("confirmed"): mark("two or more independent sources, or one official source, agree"),
    mark("contradicted"): mark("a better source, or several others, say otherwise"),
    mark("disputed"): mark("serious sources disagree and it could not be settled"),
    mark("single-source"): mark("one source only, or copies of one"),
    mark("claim"): mark(
        "a party's statement: that it was said is sourced, that it is true is not established"
    ),
    mark("derived"): mark("computed from other facts of the file; the formula is given"),
    mark("not found"): mark("looked for, no source found"),
}
Status = Literal["confirmed", "contradicted", "disputed", "single-source", "claim", "derived", "not found"]
#: Those of an entry that a sentence may not rest on alone without saying whose word it is.
WEAK = ("claim", "single-source", "disputed")

#: How near a source stands to the record.
TIER = {
    "official": mark("an official or primary record, or an agency's own page"),
    "press": mark("professional press, opened directly"),
    "copy": mark("a copy or repost, a trade blog, a law firm's page"),
    "opinion": mark("opinion, forum or user content"),
}
Tier = Literal["official", "press", "copy", "opinion"]

Id = Annotated[
    str,
    pattern(r"^[A-Za-z][A-Za-z0-9._-]*$", 'a letter and then letters, digits, ".", "_" or "-", such as F04,'),
]
Slug = Annotated[
    str, pattern(r"^[a-z0-9]+(-[a-z0-9]+)*$", "small letters and digits, joined by hyphens, such as my-case,")
]
#: Lengths of prison, in years, and numbers of people or counts: bounds that no slip of a key should pass.
Years = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=0, le=100_000)]


def _readable(url: str) -> str:
    """Refuse an address that names no host, or none that can be read."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host:
        raise ValueError(f"{url!r} names no site; an address such as https://example.org/page is right")
    return url


Url = Annotated[
    str,
    pattern(r"^https?://[^\s]+$", "an address without blanks that begins with http:// or https://"),
    AfterValidator(_readable),
]


#: Where a reader writes to: a page, or an address for mail.
Contact = Annotated[
    str,
    pattern(
        r"^(https?://[^\s]+|mailto:[^\s@]+@[^\s@]+)$",
        "an address that begins with https://, or mailto: and an address for mail,",
    ),
]


class Part(BaseModel):
    """A part of a case file: strict types, and no key that the format does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_min_length=1)


class Citation(Part):
    """Where a statement comes from: a source's id, and the words seen there."""

    source: Id
    quote: str | None = None


class Source(Part):
    """A publication that a statement rests on; `unused` says why it stands here though nothing cites it.

    Its quotations are in its own `language`, whatever the page's is; its title is given in English.
    """

    id: Id
    publisher: Publisher
    title: str
    url: Url
    date: dt.date | None = None
    tier: Tier
    language: Language = "en"
    unused: str | None = None
    note: Words | None = None
