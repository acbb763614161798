"""The page in Spanish: every text has a translation, and none says another number than the English one."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import write_po
from click.testing import CliRunner

from common import ROOT, exported, page_words, pileup
from pileup.base.errors import PileupError
from pileup.case.load import CASES, load_case
from pileup.desk import messages
from pileup.desk.cli import main
from pileup.files import parameters
from pileup.page import markup
from pileup.record.tables import describe
from pileup.story.prose.record import TABLES
from pileup.story.report import Report
from pileup.words import language, written
from pileup.words.faithful import difference, unfaithful
from pileup.words.language import CATALOGS, read_messages
from pileup.words.said import said
from pileup.words.text import linked, numbers
from pileup.words.translate import catalog_path, in_language

OTHERS = [one for one in language.LANGUAGES if one != "en"]
WANTED = [("the project", CATALOGS / "own", messages.of_project)] + [
    (file.name, file, lambda found=found: found) for file, found in messages.shipped().items()
]


def _catalog(file: Path, spoken: language.Language) -> Path:
    return CATALOGS / f"{spoken}.po" if file.parent == CATALOGS else catalog_path(file, spoken)


def _pairs() -> Iterator[tuple[str, str, str]]:
    """Yield each message of every catalog with its translation, a form at a time."""
    for _, file, _found in WANTED:
        for spoken in OTHERS:
            path = _catalog(file, spoken)
            for message in read_messages(path, spoken):
                if message.id:
                    yield from ((path.name, *pair) for pair in _forms(message))


def _forms(message: Message) -> Iterator[tuple[str, str]]:
    many = not isinstance(message.id, str)
    yield from zip(
        list(message.id) if many else [message.id],
        list(message.string) if many else [message.string],
        strict=True,
    )


@pytest.mark.parametrize("spoken", OTHERS)
@pytest.mark.parametrize(("name", "file", "found"), WANTED, ids=[name for name, *_ in WANTED])
def test_every_text_has_a_translation(tmp_path, name, file, found, spoken):
    path = _catalog(file, spoken)
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    assert messages.update(copy, spoken, found()) == []
    assert copy.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), "run make messages"
    assert not [message.id for message in read_messages(path, spoken) if message.fuzzy and message.id]


@pytest.mark.parametrize("spoken", OTHERS)
@pytest.mark.parametrize(("name", "file", "found"), WANTED, ids=[name for name, *_ in WANTED])
def test_a_translation_says_what_the_text_says(name, file, found, spoken):
    path = _catalog(file, spoken)
    assert unfaithful(read_messages(path, spoken), spoken, path.name) == []


def test_each_number_of_a_catalog_is_held_against_the_text():
    """Whichever number is changed, in figures, in words or in a day, the translation is refused."""
    tried = 0
    for _, english, spanish in _pairs():
        for one in said(spanish, "es"):
            if one.kind != "loose":
                changed = "31" if one.kind == "number" and one.value != 31 else "3 de mayo de 1999"
                planted = f"{spanish[: one.start]}{changed}{spanish[one.end :]}"
                assert difference(english, planted, "es"), planted
                tried += 1
    assert tried > 500


#: A text, a translation that says something else, and what is told.
PLANTED = [
    ("20 years", "25 años", "it says 25, where 20 would be right"),
    ("twenty years", "veinticinco años", "it says veinticinco, where twenty would be right"),
    ("twenty years", "25 años", "it says 25, where twenty would be right"),
    ("20 years", "años", "it says no number, where 20 would be right"),
    ("years", "dos años", "it says dos, where no number would be right"),
    ("4.5 million", "4.5 mil", "it says 4.5 mil, where 4.5 million would be right"),
    ("1,234", "1.234", "it says 1.234, where 1,234 would be right"),
    (
        "April 25, 2019",
        "26 de abril de 2019",
        "it says 26 de abril de 2019, where April 25, 2019 would be right",
    ),
    ("4:53 p.m.", "4:35 p. m.", "it says 4:35 p. m., where 4:53 p.m. would be right"),
    ("{a} of {b|small}", "{a} de {c}", "it says c, where b would be right"),
    ("[one](a.one_in)", "[uno](a.one)", "it says a.one, where a.one_in would be right"),
    ("[two](a) for [3](b)", "[3](a) por [dos](b)", "it says 3, where two would be right, in the link to a"),
    ("twice as long", "tres veces más largo", "it says tres, where twice would be right"),
]
#: Texts that differ as languages do.
HONEST = [
    ("twenty-eight vehicles", "28 vehículos"),
    ("one person of two", "una persona de dos"),
    ("twice as long, half of them", "el doble de largo, la mitad"),
    ("twice as long", "dos veces más largo"),
    ("both counts", "los dos cargos"),
    ("two counts", "ambos cargos"),
    ("54.3 billion", "54,300 millones"),
    ("a billion", "mil millones"),
    ("the third trip", "el tercer viaje"),
    ("April 25, 2019", "25 de abril de 2019"),
    ("the 21st", "el 21.º"),
    ("a hundred times, a dozen", "cien veces, una docena"),
    ("16:53", "las 4:53 p. m."),
    ("4 percent", "el 4 por ciento"),
    ("dozens", "docenas"),
    ("five to nil", "cinco a cero"),
    ("C.R.S. 18-3-202(1)(c), House Bill 23-1292", "C.R.S. 18-3-202(1)(c), Proyecto de Ley 23-1292"),
]


@pytest.mark.parametrize(("english", "spanish", "says"), PLANTED)
def test_a_planted_difference_is_told(english, spanish, says):
    assert difference(english, spanish, "es") == says


@pytest.mark.parametrize(("english", "spanish"), HONEST)
def test_an_honest_difference_is_none(english, spanish):
    assert difference(english, spanish, "es") == ""


@pytest.mark.parametrize("form", [0, 1])
def test_a_run_refuses_a_translation_with_another_number(tmp_path, form):
    """Of a case of one's own; a translator may mark a text whose numbers rightly differ."""
    file = tmp_path / "mine.toml"
    file.write_text((ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert pileup("messages", file)[0] == 0
    path = tmp_path / "mine.es.po"
    whole = read_messages(path, "es")
    for message in whole:
        message.string = message.id
    whole["Two people died."].string = "Murieron dos personas."
    whole["The crash involved 12 vehicles."].string = ("Fueron 21 vehículos.", "Fueron veintiuno.")[form]
    with path.open("wb") as out:
        write_po(out, whole)
    status, said_ = pileup("report", "--case", file, "-p", "language", "es", "--out", tmp_path / "page")
    line = (
        "mine.es.po: the translation of “The crash involved 12 vehicles.”:"
        f" it says {('21', 'veintiuno')[form]}, where 12 would be right"
    )
    assert (status, said_.splitlines()) == (2, [f"pileup: language es: {line}"])
    assert line in pileup("messages", file)[1]
    whole["The crash involved 12 vehicles."].flags.add("numbers-differ")
    with path.open("wb") as out:
        write_po(out, whole)
    assert pileup("messages", file)[0] == 0
    with language.using("es"):
        assert "21" in in_language(load_case(str(file)), file).fact[0].statement or form


def test_each_form_of_a_plural_is_held():
    catalog = read_messages(CATALOGS / "es.po", "es")
    catalog.add(("{n} of 20", "{n} of 20 all"), ("{n} de 20", "{n} de 25"))
    assert [told.partition("”: ")[2] for told in unfaithful(catalog, "es", "es.po")] == [
        "it says 25, where 20 would be right"
    ]


def _unquoted(text: str) -> str:
    return re.sub(r"“[^”]*”", "", text)


def test_a_missing_message_stops_the_run_and_is_named():
    with (
        language.using("es"),
        pytest.raises(PileupError, match="language es: no translation of “Never said”"),
    ):
        language._("Never said")
    with language.using("es"), pytest.raises(PileupError, match="no translation of “one never”"):
        language.ngettext("one never", "many never", 2)


@pytest.mark.slow
def test_a_case_without_a_catalog_is_told_in_one_line(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text((ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8"), encoding="utf-8")
    run = CliRunner().invoke(main, ["report", "--case", str(file), "-p", "language", "es"])
    assert run.exit_code == 2
    assert "language es: mine.toml has no translation; write it as mine.es.po" in run.output
    assert len(run.output.strip().splitlines()) == 1


def test_a_case_of_ones_own_can_be_translated(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text((ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8"), encoding="utf-8")
    run = CliRunner().invoke(main, ["messages", str(file)])
    assert run.exit_code == 0
    path = tmp_path / "mine.es.po"
    text = path.read_text(encoding="utf-8")
    assert "pileup: no translation: mine.es.po: " in run.output
    title = Report(parameters.check({"case": str(file)})).case.case.title
    assert f'msgid "{title}"\nmsgstr ""' in text
    # What a translator has written stays, a text that is gone goes.
    path.write_text(
        text.replace(f'msgid "{title}"\nmsgstr ""', f'msgid "{title}"\nmsgstr "Un título"')
        + '\nmsgid "Gone"\nmsgstr "Ido"\n',
        encoding="utf-8",
    )
    assert CliRunner().invoke(main, ["messages", str(file)]).exit_code == 0
    assert "Un título" in path.read_text(encoding="utf-8")
    assert "Ido" not in path.read_text(encoding="utf-8")
    for message in (whole := read_messages(path, "es")):
        message.string = message.id and (message.string or f"«{message.id}»".replace("Two", "Dos"))
    with path.open("ab") as out:
        out.truncate(0)
        write_po(out, whole)
    with language.using("es"):
        spanish = in_language(load_case(str(file)), file)
    assert spanish.case.title == "Un título"
    assert spanish.case.standfirst.startswith("«")
    assert spanish.fact[0].sources == load_case(str(file)).fact[0].sources


def test_a_broken_catalog_is_told_in_one_line(tmp_path):
    path = tmp_path / "mine.es.po"
    path.write_text("not a catalog\n", encoding="utf-8")
    with pytest.raises(PileupError, match=r"language es: mine\.es\.po is no catalog of messages: "):
        language.read_catalog(path, "es")
    before = path.read_bytes()
    file = tmp_path / "mine.toml"
    file.write_text((ROOT / "docs" / "small-case.toml").read_text(encoding="utf-8"), encoding="utf-8")
    run = CliRunner().invoke(main, ["messages", str(file)])
    assert run.exit_code == 2
    assert path.read_bytes() == before


def test_quotations_names_and_titles_stay_as_they_are():
    english = Report(parameters.check({}))
    with language.using("es"):
        spanish = in_language(english.written, CASES / "aguilera-mederos.toml")
    for one, other in zip(english.written.fact, spanish.fact, strict=True):
        assert one.sources == other.sources
        assert (one.id, one.role, one.status) == (other.id, other.role, other.status)
        assert one.value == other.value or isinstance(one.value, str)
    both = list(zip(english.written.source, spanish.source, strict=True))
    assert [(one.title, one.url) for one, _ in both] == [(other.title, other.url) for _, other in both]
    said_ = {one.publisher: other.publisher for one, other in both}
    assert said_["The Denver Post"] == "The Denver Post"
    assert said_["The Denver Post, copied by WBS Marketing"] == "The Denver Post, copiado por WBS Marketing"
    assert said_["KHOU and 9News"] == "KHOU y 9News"
    assert english.written.fact != spanish.fact


def test_words_for_numbers_and_dates_follow_the_language():
    with language.using("es"):
        assert written.day(dt.date(2019, 4, 25)) == "25 de abril de 2019"
        assert written.when(dt.date(2019, 4, 1), "month") == "abril de 2019"
        assert written.clock(dt.time(16, 53)) == "4:53 p. m."
        assert written.dated("2018-04-06, 2022-06") == "6 de abril de 2018, junio de 2022"
        assert written.reach(20, 30) == "de 20 a 30"
        assert written.number(1234567.25) == "1,234,567.3"
        assert written.small(4) == "cuatro"
        assert written.join(["a", "b", "c"]) == "a, b y c"
        assert written.millions(4_500_000) == "4.5 millones"
        # A "billón" is a million millions: a billion is a thousand of them.
        assert written.billions(54_321_000_000) == "54,320 millones"
        text = "El 25 de abril de 2019, veintiocho autos; la mitad de 1,204. En la I-70, 85 mph, 3.5 millones"
        assert numbers(text) == ["25 de abril de 2019", "veintiocho", "mitad", "1,204", "85", "3.5 millones"]
        runs = [run for run in linked(text, "case.file") if not isinstance(run, str)]
        assert [run.value for run in runs] == ["2019-04-25", 28, 0.5, 1204, 85, 3_500_000]
    assert written.day(dt.date(2019, 4, 25)) == "April 25, 2019"
    assert written.dated("2018-04-06; 2011-30; 2026-11-27-2") == "April 6, 2018; 2011-30; 2026-11-27-2"
    assert (written.reach(20, 30), written.reach(5, 5)) == ("20 to 30", "5")


@pytest.fixture(scope="module")
def spanish() -> tuple[Report, str, str]:
    """The report of the case that ships in Spanish, its page and its ledger."""
    report = Report(parameters.check({"language": "es"}))
    return report, *exported(report)


@pytest.mark.slow
def test_the_findings_are_the_same(spanish, report):
    assert [(one.id, one.value) for one in spanish[0].findings] == [
        (one.id, one.value) for one in report.findings
    ]


#: Words that no Spanish sentence has.
ENGLISH = re.compile(r"\b(?:the|of|and|with|from|which|was|were|that|this|crash(?:es)?|years?|people|not)\b")


def english_left(page: str, names: Iterable[str] = ()) -> list[str]:
    """Return the texts of a page in which English stands outside quotations, ids and names."""
    left = []
    for plain in page_words(page, names):
        plain = re.sub(r'"[^"]*"|\b[a-z_]+(?:\.[\w-]+)+', "", _unquoted(plain))
        if ENGLISH.search(plain):
            left.append(plain.strip())
    return left


def _publishers(case: str) -> set[str]:
    """Return the names of publishers, which stay as they are, and what other words say of them."""
    with language.using("es"):
        file = in_language(load_case(case), CASES / f"{case}.toml")
        tables = [language._(source["title"]) for table in TABLES for source in describe(table)["sources"]]
    return {one.publisher for one in file.source} | set(tables)


def test_a_quotation_says_its_language_where_it_is_not_the_page_s(spanish, made):
    here = {one.id: one.language for one in load_case("aguilera-mederos").source}
    for page, own in ((spanish[2], "es"), ((made / "ledger.html").read_text(encoding="utf-8"), "en")):
        quotations = [one for one in markup.read(page).find("q") if one.around and one.around.tag == "li"]
        assert len(quotations) > 50
        for one in quotations:
            source = str(one.around.find("a")[0].attributes["href"]).removeprefix("#how-source.")
            assert one.attributes.get("lang", own) == here[source]


def test_the_ledger_says_ranges_formulas_days_and_units_in_words(spanish, made):
    def of(*pages: str) -> str:
        return " ".join(" ".join(words for page in pages for words in page_words(page)).split())

    english = of(*((made / name).read_text(encoding="utf-8") for name in ("index.html", "ledger.html")))
    said_ = of(*spanish[1:])
    for one, other in (
        ("Computed: (4 + 16) / 2 to 2 × 16", "Calculado: de (4 + 16) / 2 a 2 × 16"),
        ("Computed: days from T04 to T17", "Calculado: días de T04 a T17"),
        ("Computed: F33a / F09 × 60", "Calculado: F33a / F09 × 60"),
        ("10 to 32 years", "de 10 a 32 años"),
        ("would ask for 20 to 30 years", "pediría de 20 a 30 años"),
        ("5-0 votes", "5-0 votos"),
        ("as of April 25, 2019", "al 25 de abril de 2019"),
        ("edition of November 27, 2026", "edición del 27 de noviembre de 2026"),
        ("Saskatchewan, Canada, April 6, 2018", "Saskatchewan, Canadá, 6 de abril de 2018"),
        ("Colorado, I-25, June 2022", "Colorado, I-25, junio de 2022"),
        ("Los Angeles County, CA", "Condado de Los Ángeles, CA"),
        ("New York County, NY", "Condado de Nueva York, NY"),
        ("set aside with a reason: 1 crash ", "apartados con un motivo: 1 choque "),
        ("sentenced to life: 1 person ", "a cadena perpetua: 1 persona "),
        ("42 counts", "42 cargos"),
        ("Reuters, on Investing.com", "Reuters, en Investing.com"),
    ):
        assert one in english
        assert other in said_


def test_the_page_has_no_english_left(spanish):
    for page in spanish[1:]:
        assert '<html lang="es">' in page
        assert english_left(page, _publishers("aguilera-mederos")) == []
    for planted in ("<p>Los <b>muertos</b> of the crash</p>", '<img alt="the road">', "<li>not known</li>"):
        assert len(english_left(f"<!doctype html>{planted}")) == 1


@pytest.mark.slow
def test_the_second_case_has_no_english_left():
    for page in exported(Report(parameters.check({"case": "puebla", "language": "es"}))):
        assert english_left(page, _publishers("puebla")) == []
