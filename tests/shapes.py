"""Case files of every shape: what came of the case, what is known of the crash, where it was."""

import itertools
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from pileup.case.load import load_case
from pileup.words.language import Language
from pileup.words.translate import catalog_path, texts

_SOURCE = """
[[source]]
id = "paper"
publisher = "The Fictional Paper"
title = "A report that was made up"
url = "https://example.org/report"
date = 2018-01-01
tier = "press"
"""
_BY = 'by = "the court"\nstatus = "single-source"\nsources = [{ source = "paper" }]\n'


def _term(name: str, label: str, low: float | None, high: float | None = None, more: str = "") -> str:
    years = "" if low is None else f"years_min = {low}\nyears_max = {low if high is None else high}\n"
    kind = "" if 'kind = "' in more else 'kind = "imposed"\n'
    return f'\n[[term]]\nid = "{name}"\n{kind}label = "{label}"\n{years}{more}{_BY}'


def _event(name: str, date: str, kind: str, text: str) -> str:
    told = (
        f'id = "{name}"\ndate = {date}\nkind = "{kind}"\nkey = true\nlabel = "{text[:-1]}"\ntext = "{text}"\n'
    )
    return f'\n[[event]]\n{told}status = "single-source"\nsources = [{{ source = "paper" }}]\n'


def _defendant(name: str, person: str) -> str:
    return (
        f'\n[[defendant]]\nid = "{name}"\nperson = "{person}"\noutcome = "convicted"\n'
        'status = "single-source"\nsources = [{ source = "paper" }]\n'
    )


_SENTENCE = _event("E2", "2017-06-06", "sentence", "The sentence.")
_VACATED = _event("E3", "2017-09-06", "other", "An appeals court took the sentence away.")
_COMMUTED = _event("E4", "2017-10-06", "commutation", "The governor shortened the term.")
#: What came of it: words for [case], and parts.
OUTCOMES = {
    "untold": ("", ""),
    "not charged": ('outcome = "not charged"\n', ""),
    "pending": ('outcome = "pending"\n', ""),
    "acquitted": ('outcome = "acquitted"\n', ""),
    "convicted": ('outcome = "convicted"\n', ""),
    "fixed": ("", _SENTENCE + _term("T1", "Imposed", 10)),
    "one year": ("", _SENTENCE + _term("T1", "Imposed", 1)),
    "months": ("", _SENTENCE + _term("T1", "Imposed", 0.5)),
    "range": ("", _SENTENCE + _term("T1", "Imposed", 5, 15)),
    "long": ("", _SENTENCE + _term("T1", "Imposed", 500)),
    "life": ("", _SENTENCE + _term("T1", "Imposed", None, more='form = "life"\n')),
    "life and years": ("", _SENTENCE + _term("T1", "Imposed", 99, more='form = "life"\n')),
    "jail": ("", _SENTENCE + _term("T1", "Imposed", 1, more='form = "jail"\n')),
    "suspended": ("", _SENTENCE + _term("T1", "Imposed", 2, more='form = "suspended"\n')),
    "probation": ("", _SENTENCE + _term("T1", "Imposed", 5, more='form = "probation"\n')),
    "fine": ("", _SENTENCE + _term("T1", "Imposed", None, more='form = "fine"\n')),
    "vacated": ("", _SENTENCE + _VACATED + _term("T1", "Imposed", 30, more='vacated_by = "E3"\n')),
    "changed": (
        "",
        _SENTENCE
        + _VACATED
        + _term("T1", "First imposed", 30, more='vacated_by = "E3"\n')
        + _term("T2", "Imposed on appeal", 12),
    ),
    "commuted": (
        "",
        _SENTENCE
        + _COMMUTED
        + _term("T1", "Imposed", 30)
        + _term("T2", "Commuted", 8, more='kind = "commuted"\n'),
    ),
    "several": (
        "",
        _SENTENCE
        + _defendant("D1", "Jo Example")
        + _defendant("D2", "Lee Example")
        + _term("T1", "Imposed on Jo Example", 15, more='of = "D1"\n')
        + _term("T2", "Imposed on Lee Example", 4, 6, more='of = "D2"\n'),
    ),
}
#: What is known of the size: vehicles and deaths.
KNOWN = {
    "both": (6, 3),
    "vehicles": (6, None),
    "deaths": (None, 3),
    "neither": (None, None),
    "one": (1, 1),
    "many": (200, 100),
}
#: Where it was: the state and the place.
PLACES = {"state": ("GA", "Macon, Georgia"), "small": ("DC", "Washington, DC")}
#: Every combination.
SHAPES = list(itertools.product(OUTCOMES, KNOWN, PLACES))
#: A name as long as names get.
LONG = "Maximiliana Bartholomea Featherstonehaugh-Cholmondeley the Elder"


def written(folder: Path, outcome: str, known: str, place: str, person: str = "Jo Example") -> Path:
    """Write a case file of a shape into a folder."""
    (of_case, parts), (vehicles, deaths), (state, where) = OUTCOMES[outcome], KNOWN[known], PLACES[place]
    facts = ""
    for name, role, number, one, many in (
        ("F1", "vehicles", vehicles, "vehicle", "vehicles"),
        ("F2", "deaths", deaths, "person", "people"),
    ):
        if number is not None:
            said = f"{number} {one if number == 1 else many}"
            facts += (
                f'\n[[fact]]\nid = "{name}"\ngroup = "crash"\nstatement = "The {role}: {said}."\n'
                f'value = {number}\nunit = "{one if number == 1 else many}"\nrole = "{role}"\n'
                'status = "single-source"\n'
                'sources = [{ source = "paper" }]\n'
            )
    path = folder / f"{outcome.replace(' ', '-')}-{known}-{place}.toml"
    path.write_text(
        f'[case]\nid = "{path.stem}"\ntitle = "A made-up case"\nstandfirst = "There was a crash on {{E1}}."\n'
        f'person = "{person}"\npronoun = "he"\nstate = "{state}"\n{of_case}as_of = 2018-11-22\n'
        f'status_now = "Not known."\nnote = "FICTIONAL: made up to try the format."\n\n[crash]\n'
        f'date = 2016-05-05\nplace = "{where}"\nroad = "Interstate 16"\n{_SOURCE}{facts}'
        + _event("E1", "2016-05-05", "crash", "The crash.")
        + parts.replace("Jo Example", person),
        encoding="utf-8",
    )
    return path


#: The words of these files in Spanish, by patterns; what fits none of them is a name, and stays.
_SPANISH = (
    ("A made-up case", "Un caso inventado"),
    (r"There was a crash on \{E1\}\.", "Hubo un choque el {E1}."),
    (r"Not known\.", "No se sabe."),
    (r"FICTIONAL: made up to try the format\.", "FICTICIO: inventado para probar el formato."),
    ("Interstate 16", "Interestatal 16"),
    (r"The vehicles: 1 vehicle\.", "Los vehículos: 1 vehículo."),
    (r"The vehicles: (\d+) vehicles\.", r"Los vehículos: \1 vehículos."),
    (r"The deaths: 1 person\.", "Las muertes: 1 persona."),
    (r"The deaths: (\d+) people\.", r"Las muertes: \1 personas."),
    ("crash", "choque"),
    ("vehicle", "vehículo"),
    ("vehicles", "vehículos"),
    ("person", "persona"),
    ("people", "personas"),
    (r"The crash(\.?)", r"El choque\1"),
    (r"The sentence(\.?)", r"La condena\1"),
    (r"An appeals court took the sentence away(\.?)", r"Un tribunal de apelaciones anuló la condena\1"),
    (r"The governor shortened the term(\.?)", r"El gobernador redujo la pena\1"),
    ("Imposed", "Impuesta"),
    ("First imposed", "Impuesta primero"),
    ("Imposed on appeal", "Impuesta en apelación"),
    ("Imposed on (.+)", r"Impuesta a \1"),
    ("Commuted", "Conmutada"),
    ("the court", "el tribunal"),
)


def translated(path: Path, spoken: Language) -> Path:
    """Write the catalog of a case file of these beside it, as a translator would, and return the file."""
    if spoken == "en":
        return path
    catalog = Catalog(locale=spoken)
    for _place, words in texts(load_case(str(path))):
        fitting = [(pattern, said) for pattern, said in _SPANISH if re.fullmatch(pattern, words)]
        catalog.add(words, re.sub(*fitting[0], words) if fitting else words)
    with catalog_path(path, spoken).open("wb") as file:
        write_po(file, catalog)
    return path
