"""No sentence of a reader's page claims a cause that the facts do not carry, or calls a crash an accident."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from common import ROOT, exported
from pileup.case.load import known_cases
from pileup.files import parameters
from pileup.story.report import Report

#: Words that say that one thing made another. "Accident" says that nobody did: it is no word for a crash.
CLAIMS = re.compile(
    r"\b("
    r"because|caus(e|es|ed|ing)|(lead|leads|led|leading) to|due to|owing to|thanks to|on account of"
    r"|result(s|ed|ing)? (in|from)|(as a|the) (\w+ )?(result|consequence) of|consequently"
    r"|(drove|drives?|driven|driving|pushed|pushes|forced) (\w+ ){0,3}(up|down)"
    r"|explain(s|ed|ing)?|(is|was|that['’]s) why|the reason (why|that|for)|therefore|hence|thus"
    r"|(brought|bringing|brings) about|(gave|gives|giving) rise to|set off|sparked|triggered|prompted"
    r"|contribut(es|ed|ing) to|attribut(able|ed) to|responsible for|to blame|blamed|stem(s|med|ming)? from"
    r"|accident(s|al|ally)?"
    r")\b",
    re.IGNORECASE,
)

#: Exact words that may stand in a sentence, each with what carries them.
ALLOWED = {
    # The words of a statute, a bill or a table of the law: the name of an offense or the terms of a rule.
    "areless driving causing death": "the offense of C.R.S. 42-4-1402(2)(c)",
    "careless driving causing injury": "the offense of a plea in a comparable case",
    "areless driving that causes a death": "the same offense, in a sentence",
    "careless passing of an emergency vehicle, causing death": "the offense of a comparable case",
    "angerous driving causing death": "the offense of Canada’s law in the case sidhu",
    "angerous driving causing bodily harm": "the same, of people who were hurt",
    "drunk driving causing death": "the offense that Michigan's fiscal analysis counts",
    "death caused by a drunk driver": "the offense that the table of state laws compares",
    "a death caused with a vehicle": "the type of crime that the states' files select",
    "the act caused neither serious bodily injury nor death": "a condition of House Bill 23-1292",
    "Because people died, it would have needed the prosecution’s agreement": "what that bill asks for",
    "only with the District Attorney's agreement, because four people died": "what that bill asks for",
    # What somebody said or reported, and the sentence says who.
    "By the same report the car that it hit was going about 6 miles an hour, because": "puebla, fact F5a",
    "Pete Weir, explained the charges": "he did: an act, not a cause",
    # How this page and its data are made.
    "so it is not a like case. No years are given because none": "why a row of a table is left empty",
    "is kept apart here, because real terms above 470 months exist": "why life terms are no number",
    "By vehicles it is not ranked here, because how many vehicles were involved": "why puebla has no rank",
    "The article that set off this report": "where the project began",
    # A title that stands without a mark of its own.
    "Highway Accident Report NTSB/HAR-08/03": "the title of a report of the Safety Board",
    "Highway Accident Report NTSB/HAR-92/02": "the title of a report of the Safety Board",
}
#: Heads, which are no sentences.
HEADS = {
    "Because": "the column that names the rule of law behind each term",
    "Facts: cause": "the group of facts on what each side says; each has its own status",
}

_INLINE = {"a", "abbr", "b", "code", "data", "em", "i", "strong", "time"}
#: A source's own words and its title, and what no reader sees.
_OUTSIDE = {"q", "cite", "script", "style"}


class _Texts(HTMLParser):
    """Walk a page; collect its texts, block by block, and those that its attributes give to readers."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]
        self.attributes: list[str] = []
        self._outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        said = (named.get(name) for name in ("alt", "aria-label", "content", "data-label", "title"))
        self.attributes += [text for text in said if text]
        if tag in _OUTSIDE:
            self._outside.append(tag)
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._outside and self._outside[-1] == tag:
            self._outside.pop()
        self._part(tag)

    def _part(self, tag: str) -> None:
        """Begin a new block; the lines of a label in a drawing and the parts of a line stay one."""
        if tag in ("tspan", "span", "br", *_OUTSIDE):
            self.blocks[-1] += " "
        elif tag not in _INLINE:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._outside:
            self.blocks[-1] += data


def texts(html: str) -> list[str]:
    """Return the texts of a page that are its own words: no quotation, no title of a source."""
    page = _Texts()
    # The lists behind the signs say in part what stands elsewhere.
    page.feed(
        re.sub(r'<section aria-labelledby="ledger-paragraphs">.*?</section>', "", html, flags=re.DOTALL)
    )
    page.close()
    return [text for text in (" ".join(one.split()) for one in page.blocks + page.attributes) if text]


def claims(text: str) -> list[str]:
    """Return the words of a text that claim a cause, outside quotation marks and what is allowed."""
    if text in HEADS:
        return []
    own = re.sub(r"“[^”]*”|\"[^\"]*\"", "…", text)
    for allowed in ALLOWED:
        own = own.replace(allowed, "…")
    return [found[0] for found in CLAIMS.finditer(own)]


def faults(some: list[str]) -> list[str]:
    """Return each text that claims a cause, with its claiming words before it."""
    return [f"{', '.join(found)}: {text}" for text in dict.fromkeys(some) if (found := claims(text))]


def wordings() -> list[str]:
    """Return every text in the code of the story, whichever branch it stands in, without docstrings."""
    found = []
    for path in sorted((ROOT / "src" / "pileup" / "story").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        ]
    return found


PAGES = ("index.html", "more.html", "ledger.html")
CASES = [*known_cases(), str(ROOT / "docs" / "small-case.toml")]


@pytest.fixture(scope="module")
def pages(made: Path) -> dict[str, list[str]]:
    """The texts of the page of each committed case, and of the starting file that new cases are offered."""
    default = parameters.check({}).case
    return {
        case: [
            text
            for page in (
                [(made / name).read_text(encoding="utf-8") for name in PAGES]
                if case == default
                else exported(Report(parameters.check({"case": case})))
            )
            for text in texts(page)
        ]
        for case in CASES
    }


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: Path(case).stem)
def test_no_page_claims_a_cause(pages: dict[str, list[str]], case: str) -> None:
    assert len(pages[case]) > 500
    assert faults(pages[case]) == []


@pytest.mark.slow
def test_nothing_is_allowed_that_no_page_says(pages: dict[str, list[str]]) -> None:
    said = [text for page in pages.values() for text in page]
    assert [allowed for allowed in ALLOWED if not any(allowed in text for text in said)] == []
    assert [head for head in HEADS if head not in said] == []


def test_no_wording_that_some_page_could_take_claims_a_cause() -> None:
    found = wordings()
    assert len(found) > 500
    assert faults(found) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Four people died because of the driver.</p>",
        "<p>Speed <b>caused</b> the crash.</p>",
        "<p>The petition <a class='n' href='#x'>led</a> to the commutation.</p>",
        "<figcaption><h3>More trucks resulted in more deaths</h3></figcaption>",
        "<table><caption>Deaths as a direct result of fog</caption></table>",
        "<svg><title>x</title><desc>Bars: the term was long due to the law</desc></svg>",
        "<svg><text><tspan>The outcry drove</tspan><tspan>the term down</tspan></text></svg>",
        "<img alt='Thanks to the new law, terms fell'>",
        "<div aria-label='Fog explains the pileups'></div>",
        "<meta name='description' content='The crash was an accident'>",
        "<li>Accidents by year. <q>He caused it.</q></li>",
        "<td>That is why the judge had no choice</td>",
        "<p>“It is closed.” Brakes caused it. “It is open.”</p>",
        "<p>Because people died, it would have needed the prosecution’s agreement; ice caused it.</p>",
        "<p>It is long. Because of one rule</p>",
    ],
)
def test_a_planted_claim_is_found(planted: str) -> None:
    assert len(faults(texts(f"<main><p>One crash.</p>{planted}<p>It ended.</p></main>"))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("before", ["</header>", "</figcaption>", "</figure>", "</main>", "</footer>"])
def test_a_claim_planted_in_the_finished_page_is_found(made: Path, before: str) -> None:
    page = (made / "index.html").read_text(encoding="utf-8")
    assert before in page
    spoilt = page.replace(before, f"<p>The fog caused it.</p>{before}", 1)
    assert faults(texts(spoilt)) == [*faults(texts(page)), "caused: The fog caused it."]


@pytest.mark.parametrize(
    "fine",
    [
        "<p>“This was a terrible accident, I know.”</p>",
        "<li>CNN: <q>the brakes caused the crash</q></li>",
        "<li><cite>Mandatory law leads to a term</cite>, 9News. <a class='address'>https://x.org/due-to</a></li>",
        "<p>4 × careless driving causing death</p>",
        "<p>The driver drove on; the road led down the mountain; a result is due on January 10.</p>",
        "<p>That is a crash after another.</p>",
        "<style>.cause { color: red }</style><th>Because</th>",
    ],
)
def test_what_quotes_or_claims_nothing_passes(fine: str) -> None:
    assert faults(texts(f"<main>{fine}</main>")) == []
