"""Tests of the Cook County loader: each trap of the dataset, each way it fails, months reckoned by hand."""

import csv
import http.server
import io
import math
import re
import threading
from urllib.parse import parse_qs, urlsplit

import pytest

from pileup.base.errors import PileupError
from pileup.case.group import GroupFile
from pileup.record.sentences import Terms
from pileup.sources import cook_county, transfer

#: One plain sentenced charge, in the spelling of the portal's own download.
PLAIN = {
    "CASE_ID": "100000000001",
    "CASE_PARTICIPANT_ID": "900000000001",
    "OFFENSE_CATEGORY": "Reckless Homicide",
    "PRIMARY_CHARGE_FLAG": "true",
    "CHARGE_ID": "500000000001",
    "CHARGE_VERSION_ID": "600000000001",
    "DISPOSITION_CHARGED_OFFENSE_TITLE": "RECKLESS HOMICIDE",
    "DISPOSITION_CHARGED_CHAPTER": "720",
    "DISPOSITION_CHARGED_ACT": "5",
    "DISPOSITION_CHARGED_SECTION": "9-3(a)",
    "CHARGE_DISPOSITION": "Plea Of Guilty",
    "SENTENCE_JUDGE": "Judge  Invented",
    "SENTENCE_PHASE": "Original Sentencing",
    "SENTENCE_DATE": "03/14/2016 12:00:00 AM",
    "SENTENCE_TYPE": "Prison",
    "CURRENT_SENTENCE_FLAG": "true",
    "COMMITMENT_TYPE": "Illinois Department of Corrections",
    "COMMITMENT_TERM": "3",
    "COMMITMENT_UNIT": "Year(s)",
    "AGE_AT_INCIDENT": "31",
    "RACE": "Unknown",
    "GENDER": "Unknown",
    "UPDATED_OFFENSE_CATEGORY": "Reckless Homicide",
}
SHORT = {
    "title": "DISPOSITION_CHARGED_OFFENSE_TITLE",
    "chapter": "DISPOSITION_CHARGED_CHAPTER",
    "act": "DISPOSITION_CHARGED_ACT",
    "section": "DISPOSITION_CHARGED_SECTION",
    "case": "CASE_ID",
    "person": "CASE_PARTICIPANT_ID",
    "charge": "CHARGE_ID",
    "disposition": "CHARGE_DISPOSITION",
    "phase": "SENTENCE_PHASE",
    "date": "SENTENCE_DATE",
    "kind": "SENTENCE_TYPE",
    "current": "CURRENT_SENTENCE_FLAG",
    "commitment": "COMMITMENT_TYPE",
    "term": "COMMITMENT_TERM",
    "unit": "COMMITMENT_UNIT",
    "category": "OFFENSE_CATEGORY",
    "updated": "UPDATED_OFFENSE_CATEGORY",
}
DUI = {"title": "AGGRAVATED DUI", "chapter": "625", "act": "5", "section": "11-501(d)(1)(F)"}
PROBATION = {"kind": "Probation", "commitment": "Probation"}
FALSE = "not the sentence in force (amended, corrected or replaced)"
PROMIS = "carried over from an older system (PROMIS Conversion)"
NO_CONVICTION = "without a conviction of the charge named (Nolle On Remand, a lesser offense and the like)"
NOT_VEHICLE = "under 720 ILCS 5/9-3, but not as reckless homicide with a motor vehicle"
NO_DEATH = "DUI, and the charge does not say that someone died"
ELSEWHERE = "named as reckless homicide or a DUI death, but under another statute"


def _terms(rows: cook_county.Sentences) -> Terms:
    """Return the group as the report will have it."""
    return GroupFile.model_validate(cook_county.as_group(rows)).terms


def row(**changes):
    """Return the plain row with some values changed, by short name."""
    return PLAIN | {SHORT[name]: value for name, value in changes.items()}


def text_of(rows, names=None):
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names or PLAIN)
    writer.writerows(each.values() for each in rows)
    return file.getvalue()


@pytest.fixture
def load(tmp_path):
    """Return a function that reads rows as a saved CSV."""

    def read(*rows, names=None):
        path = tmp_path / "sentencing.csv"
        path.write_text(text_of(rows, names), encoding="utf-8")
        return cook_county.read(path)

    return read


def one(sentences):
    """Return term and months of the only person."""
    (person,) = sentences.table.to_dict("records")
    return person["term"], None if math.isnan(person["months"]) else person["months"]


# What counts as a death by vehicle

PLAINLY = row(case="2", person="2", charge="2", date="01/05/2010 12:00:00 AM")


RECKLESS = [
    {},
    {"section": "9-3(A)", "title": "RECKLESS HOMICIDE/MOTOR VEHICLE"},
    {"chapter": "720-5\\9-3(A)", "act": "", "section": "", "title": "RECKLESS HOM"},
    {"chapter": "38-9-3-A", "act": "", "section": ""},
    {"chapter": "38", "act": "-", "section": "9-3(e-7)"},
]
IMPAIRED = [
    DUI,
    DUI | {"section": "11-501(D)1(F)"},
    DUI | {"chapter": "625-5\\11-501(d)(1)(F)", "act": "", "section": ""},
    DUI | {"title": "AGG DUI/DEATH", "section": "11-501(d)"},
    DUI | {"title": "AGG DUI/GREAT BODILY HARM OR DEATH", "section": "11-501(d)(1)(F)"},
]
NEAR = [
    (DUI | {"section": "11-501(a)(2)", "title": "AGGRAVATED DUI/3+"}, NO_DEATH),
    (DUI | {"section": "11-501(d)(1)(A)"}, NO_DEATH),
    (DUI | {"section": "11-501(d)(1)(C)", "title": "AGG DUI/DEATH"}, NO_DEATH),
    (DUI | {"section": "11-501(d)(1)(D)", "title": "AGG DUI/PRIOR RECKLESS HOMICIDE"}, NO_DEATH),
    (DUI | {"section": "11-501(d)", "title": "AGG DUI/GREAT BODILY HARM OR DEATH"}, NO_DEATH),
    (DUI | {"section": "11-501(d)", "title": "AGG DUI/NO DEATH"}, NO_DEATH),
    (DUI | {"section": "11-501(d)", "title": "AGG DUI/PREV DUI DEATH"}, NO_DEATH),
    (DUI | {"title": "AGG DUI/DEATH/WATERCRAFT"}, NO_DEATH),
    ({"title": "INVOLUNTARY MANSLAUGHTER"}, NOT_VEHICLE),
    ({"title": "INVOL MANSL", "chapter": "720-5\\9-3(A)", "act": "", "section": ""}, NOT_VEHICLE),
    ({"title": "RECKLESS HOMICIDE/WATERCRAFT"}, NOT_VEHICLE),
    ({"title": "ATTEMPT RECKLESS HOMICIDE"}, NOT_VEHICLE),
    ({"title": "RECKLESS HOMICIDE", "section": "9-3.2(a)"}, ELSEWHERE),
    ({"title": "RECKLESS HOMICIDE", "chapter": "720-5\\8-4(9-3)", "act": "", "section": ""}, ELSEWHERE),
    ({"title": "DRIVE REVOKED/RECKLESS HOMICIDE", "chapter": "625", "section": "6-303(d)"}, ELSEWHERE),
    ({"title": "RECKLESS HOMICIDE", "chapter": "625"}, ELSEWHERE),
    ({"title": "AGG DUI/DEATH", "chapter": "625", "section": "11-501.1"}, ELSEWHERE),
    ({"title": "AGG DUI/DEATH", "chapter": "AD", "act": "", "section": ""}, ELSEWHERE),
    ({"title": "DRUG-INDUCED HOMICIDE", "section": "9-3.3(a)"}, None),
    ({"title": "RESIDENTIAL BURGLARY", "section": "19-3(a)"}, None),
    ({"title": "FIRST DEGREE MURDER", "section": "9-1(a)(1)"}, None),
    ({"title": "LEAVING SCENE/DEATH", "chapter": "625", "section": "11-401(a)"}, None),
]


@pytest.mark.parametrize("charge", RECKLESS)
def test_reckless_homicide_in_each_way_of_citing_it(load, charge):
    assert list(load(row(**charge)).table["offense"]) == ["reckless homicide"]


@pytest.mark.parametrize("charge", IMPAIRED)
def test_aggravated_dui_counts_where_statute_or_words_say_a_death(load, charge):
    assert list(load(row(**charge)).table["offense"]) == ["aggravated DUI that caused a death"]


@pytest.mark.parametrize(("charge", "why"), NEAR)
def test_other_charges_are_left_out_and_those_near_it_are_told(load, charge, why):
    result = load(PLAINLY, row(**charge))
    assert len(result.table) == 1
    assert result.left_out == ({why: 1} if why else {})


# Which sentence of a charge


def test_an_amended_sentence_replaces_the_original_by_its_flag(load):
    original = row(term="10", current="false")
    amended = row(phase="Amended/Corrected Sentencing", date="06/01/2017 12:00:00 AM", term="6")
    result = load(original, amended)
    assert one(result) == ("prison", 72)  # 6 x 12, not 120
    assert list(result.table["year"]) == [2017]
    assert result.left_out == {FALSE: 1}


def test_of_one_day_the_later_phase_counts(load):
    phases = ["Original Sentencing", "Probation Violation Sentencing", "Amended/Corrected Sentencing"]
    phases += ["Resentenced", "Remanded Sentencing"]
    for number in range(1, len(phases) + 1):
        rows = [row(phase=phase, term=str(years)) for years, phase in enumerate(phases[:number], start=1)]
        assert one(load(*rows)) == ("prison", 12 * number)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("date", ["06/01/2017 12:00:00 AM", PLAIN["SENTENCE_DATE"]])
def test_the_last_of_two_current_sentences_counts_by_date_then_phase(load, date, order):
    rows = [row(term="10"), row(term="6", phase="Amended/Corrected Sentencing", date=date)]
    result = load(*rows[::order])
    assert one(result) == ("prison", 72)
    assert result.left_out == {"replaced by a later sentence": 1}


def test_which_sentence_is_the_last_is_not_guessed_where_a_date_is_a_slip(load):
    rows = [row(term="10"), row(term="6", phase="Resentenced", date="09/20/2921 12:00:00 AM")]
    assert one(load(*rows)) == ("not resolved", None)


def test_a_date_in_the_future_or_none_gives_no_year(load):
    table = load(PLAINLY, row(date="09/20/2921 12:00:00 AM"), row(case="3", person="3", date="")).table
    assert sorted(table["year"].dropna()) == [2010]
    assert list(table["term"]) == ["prison"] * 3


@pytest.mark.parametrize("date", ["2016-03-14T00:00:00.000", "03/14/2016", "3/14/2016 12:00:00 AM"])
def test_each_way_of_writing_a_date(load, date):
    assert list(load(row(date=date)).table["year"]) == [2016]


@pytest.mark.parametrize("changes", [{"current": ""}, {"current": "yes"}, {"phase": "Summary Charge Info"}])
def test_a_row_that_does_not_say_whether_it_is_in_force_is_left_out(load, changes):
    result = load(PLAINLY, row(**changes))
    assert len(result.table) == 1
    assert result.left_out == {"without a plain word on whether the sentence is in force": 1}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"category": "PROMIS Conversion"}, PROMIS),
        ({"updated": "PROMIS Conversion"}, PROMIS),
        ({"kind": "Conversion"}, PROMIS),
        ({"disposition": "Nolle On Remand"}, NO_CONVICTION),
        ({"disposition": "Nolle Prosecution"}, NO_CONVICTION),
        ({"disposition": "Verdict-Not Guilty"}, NO_CONVICTION),
        ({"disposition": "Finding Not Not Guilty"}, NO_CONVICTION),
        ({"disposition": "Charge Vacated"}, NO_CONVICTION),
        ({"disposition": "Finding Guilty - Lesser Included"}, NO_CONVICTION),
        ({"disposition": "Plea of Guilty - Amended Charge"}, NO_CONVICTION),
        ({"disposition": ""}, NO_CONVICTION),
        ({"current": "false"}, FALSE),
        ({"current": "0"}, FALSE),
    ],
)
def test_what_is_left_out_is_counted_by_reason(load, changes, why):
    result = load(PLAINLY, row(**changes))
    assert len(result.table) == 1
    assert result.left_out == {why: 1}
    assert f"Left out: 1 sentenced charges, {why}." in cook_county.notes(result)


@pytest.mark.parametrize(
    "disposition", ["Finding Guilty", "Verdict Guilty", "Finding Guilty But Mentally Ill"]
)
def test_every_kind_of_conviction_counts(load, disposition):
    assert one(load(row(disposition=disposition))) == ("prison", 36)


# How long


@pytest.mark.parametrize(
    ("term", "unit", "months"),
    [
        ("3", "Year(s)", 36),
        ("030", "Months", 30),
        ("1.5", "Year(s)", 18),
        ("100", "Year(s)", 1200),
        ("20", "Weeks", 4.5996),  # 140 days / 30.4375
        ("364", "Days", 11.9589),  # 364 / 30.4375
        ("730.5", "Hours", 1),  # 30.4375 days of 24 hours
    ],
)
def test_units_become_months(load, term, unit, months):
    assert one(load(row(term=term, unit=unit))) == ("prison", pytest.approx(months, abs=0.00005))


@pytest.mark.parametrize(
    "changes",
    [
        *(
            {"unit": unit}
            for unit in ("Term", "Dollars", "Pounds", "Kilos", "Ounces", "Grams", "", "Fortnights")
        ),
        *(
            {"term": term}
            for term in ("", "LIFE", "18 months", "24 wrap", "2`", "two", "-3", "0", "00", "1e1")
        ),
        *({"term": term} for term in ("1,154.00", "7122023", "101", ".5", "NaN", "inf", "٣")),
        {"commitment": ""},
        {"commitment": "Juvenile IDOC"},
        {"commitment": "Death", "kind": "Death"},
        {"kind": "Probation"},  # beside the Department of Corrections: one of the two is wrong
    ],
)
def test_what_is_no_length_of_time_is_not_resolved_and_never_guessed(load, changes):
    result = load(PLAINLY, row(**changes))
    assert sorted(result.table["term"]) == ["not resolved", "prison"]
    assert _terms(result).months == (36,)
    assert _terms(result).no_prison == 0
    assert any(
        note.startswith("1 people have a term that is not resolved") for note in cook_county.notes(result)
    )


@pytest.mark.parametrize("term", ["1", "0", "100", "LIFE", ""])
@pytest.mark.parametrize("changes", [{"unit": "Natural Life"}, {"commitment": "Natural Life", "unit": ""}])
def test_natural_life_is_life_whatever_number_stands_there(load, term, changes):
    result = load(row(term=term, **changes))
    assert one(result) == ("life", None)
    assert _terms(result).months == (math.inf,)


@pytest.mark.parametrize(
    "changes",
    [
        PROBATION,
        {"kind": "Prison", "commitment": "Probation"},
        {"kind": "Jail", "commitment": "Cook County Department of Corrections", "unit": "Days"},
        {"kind": "Conditional Discharge", "commitment": "Conditional Discharge"},
        {"kind": "Cook County Boot Camp", "commitment": "Cook County Boot Camp", "unit": "Term"},
        {"kind": "Probation", "commitment": "Intensive Probation Services", "unit": "Natural Life"},
        {"kind": "Supervision", "commitment": "Court Supervision", "unit": "Dollars"},
        {"kind": "Probation", "commitment": "Home Confinement"},
    ],
)
def test_years_of_probation_are_no_prison_but_the_person_counts(load, changes):
    result = load(PLAINLY, row(**changes))
    assert sorted(result.table["term"]) == ["none", "prison"]
    group = _terms(result)
    assert (group.months, group.no_prison, group.people) == ((36,), 1, 2)


# Several charges, several people


def test_several_charges_of_one_person_are_one_row_with_the_longest_term(load):
    result = load(
        row(term="5"), row(charge="7", term="96", unit="Months"), row(charge="8", **PROBATION, term="30")
    )
    assert one(result) == ("prison", 96)  # not 60 + 96, and not 360 months of probation
    assert list(result.table["death_charges"]) == [3]
    assert any("lower bound" in note and "consecutively" in note for note in cook_county.notes(result))


def test_prison_and_probation_on_one_charge_on_one_day_is_prison_and_one_charge(load):
    result = load(row(term="5"), row(**PROBATION, term="2"))
    assert one(result) == ("prison", 60)
    assert list(result.table["death_charges"]) == [1]


def test_a_charge_that_is_not_resolved_leaves_the_case_so_unless_another_is_life(load):
    unknown = row(charge="7", unit="Term")
    assert one(load(row(term="5"), unknown)) == ("not resolved", None)
    assert one(load(row(unit="Natural Life"), unknown)) == ("life", None)


def test_co_defendants_with_one_case_and_one_charge_number_are_two_people(load):
    assert list(load(row(term="5"), row(person="7", term="4")).table["months"]) == [48, 60]


def test_both_offenses_in_one_case_are_named(load):
    result = load(row(), row(charge="7", **DUI))
    assert list(result.table["offense"]) == ["reckless homicide and aggravated DUI that caused a death"]


def test_nothing_personal_leaves_the_loader_and_the_number_follows_nothing_of_theirs(load):
    early = row(case="999999999999", person="999999999999", date="01/05/2010 12:00:00 AM", term="9")
    result = load(row(), early)
    expected = ["case", "offense", "term", "months", "year", "death_charges"]
    assert list(result.table.columns) == expected
    assert list(result.table["case"]) == [1, 2]
    assert list(result.table["year"]) == [2010, 2016]
    everything = result.table.to_csv() + str(result.left_out) + " ".join(cook_county.notes(result))
    assert not [
        theirs for theirs in ("1000000", "9000000", "9999", "Judge", "31", "Unknown") if theirs in everything
    ]


def test_the_group_is_sorted_with_life_last(load):
    people = [
        row(case=str(n), person=str(n), **one)
        for n, one in enumerate(
            [
                {"unit": "Natural Life"},
                {"term": "9", "date": "01/05/2010"},
                {"term": "2"},
                PROBATION,
                {"unit": "Term"},
            ]
        )
    ]
    group = _terms(load(*people))
    assert group.months == (24, 108, math.inf)
    assert group.no_prison == 1


# Layouts and broken files


def test_the_spelling_used_until_2020_reads_the_same(load):
    older = {name: name.removeprefix("DISPOSITION_CHARGED_") for name in PLAIN}
    older |= {"OFFENSE_CATEGORY": "OFFENSE_TYPE", "CURRENT_SENTENCE_FLAG": "CURRENT_SENTENCE"}
    old, new = load(row(term="5"), names=[older[name].lower() for name in PLAIN]), load(row(term="5"))
    assert old.table.equals(new.table)


@pytest.mark.parametrize("lost", ["COMMITMENT_UNIT", "CURRENT_SENTENCE_FLAG", "CASE_PARTICIPANT_ID"])
def test_a_missing_column_is_named(load, lost):
    with pytest.raises(PileupError, match=f"no column {lost.removesuffix('_FLAG')}; give the dataset"):
        load(row(), names=["x" if name == lost else name for name in PLAIN])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a web page or nothing"),
        ("<!DOCTYPE html><title>Sentencing</title>", "a web page or nothing"),
        (text_of([]), "no sentence for a death by vehicle in 0 rows"),
        (text_of([row(title="THEFT", section="16-1")]), "no sentence for a death by vehicle in 1 rows"),
        (text_of([row(case="1.00E+11")]), "line 2: an id that is no whole number"),
        (text_of([row(person="")]), "line 2: an id that is no whole number"),
        (text_of([row()]) + "1,2,3\n", "line 3: not as many values as names"),
        (text_of([row()]).rstrip() + ",surplus\n", "line 2: not as many values as names"),
        (text_of([row()]) + '"open', "no CSV"),
        ('{"message": "throttled"}', "no column CASE_ID"),
    ],
)
def test_a_broken_file_is_one_line(tmp_path, text, said):
    path = tmp_path / "broken.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PileupError, match=said) as error:
        cook_county.read(path)
    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)


def test_a_byte_order_mark_does_no_harm(tmp_path, portal):
    path = tmp_path / "bom.csv"
    path.write_text(text_of([row()]), encoding="utf-8-sig")
    assert one(cook_county.read(path)) == ("prison", 36)
    portal.before = "\ufeff"
    assert len(cook_county.load(portal.address).table) == 7


def test_a_file_that_is_missing_or_no_text_is_one_line(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "a.csv", tmp_path / "none.csv"):
        with pytest.raises(PileupError, match="missing or not a UTF-8 text file"):
            cook_county.read(path)


# The portal, imitated on this machine


class Portal:
    """Answers as Socrata does ($select, $limit, $offset); `faults` are the next answers: (status, body)."""

    def __init__(self, rows):
        self.set(rows)
        self.faults, self.asked, self.most, self.repeats, self.after = [], [], 10**6, False, 0
        self.before = ""
        portal = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = {name: value for name, (value,) in parse_qs(urlsplit(self.path).query).items()}
                portal.asked.append((query, dict(self.headers)))
                late = portal.faults and len(portal.asked) > portal.after
                status, body = portal.faults.pop(0) if late else (200, portal.page(query))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *args):
                """Stay silent."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/resource/tg8v-tm6u.csv"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def set(self, rows):
        """Take rows, under the names that the portal has for programs."""
        self.rows = [
            {name.lower().removesuffix("_flag"): value for name, value in each.items()} for each in rows
        ]

    def page(self, query):
        """Return the rows asked for, at most as many as the portal allows."""
        names = query["$select"].split(",") if "$select" in query else list(self.rows[0])
        start = 0 if self.repeats else int(query.get("$offset", 0))
        likes = re.findall(r"upper\((\w+)\) like '([^']+)'", query.get("$where", ""))
        chosen = [
            each
            for each in self.rows
            if not likes
            or any(re.fullmatch(form.replace("%", ".*"), each[name].upper()) for name, form in likes)
        ]
        rows = chosen[start : start + min(int(query["$limit"]), self.most)]
        return self.before + text_of([{name: each[name] for name in names} for each in rows], names)

    def close(self):
        """End the thread."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


PEOPLE = [row(case=str(n), person=str(n), charge=str(n), term=str(n)) for n in range(1, 8)]


@pytest.fixture
def portal(monkeypatch):
    monkeypatch.setattr(transfer, "PAUSE", 0.01)
    monkeypatch.setattr(cook_county, "PAGE", 3)
    portal = Portal(PEOPLE)
    yield portal
    portal.close()


def test_all_pages_come_in_a_stable_order_and_only_what_is_needed(portal, load):
    result = cook_county.load(portal.address)
    assert result.table.equals(load(*PEOPLE).table)
    assert list(result.table["months"]) == [12, 24, 36, 48, 60, 72, 84]
    pages = [query for query, _ in portal.asked[1:]]
    assert [query["$offset"] for query in pages] == ["0", "3", "6", "7"]
    assert {query["$order"] for query in pages} == {":id"}
    assert {query["$limit"] for query in pages} == {"3"}
    chosen = pages[0]["$select"].split(",")
    assert "current_sentence" in chosen
    assert not {"race", "gender", "age_at_incident", "sentence_judge"} & set(chosen)


def test_the_portal_is_asked_for_all_that_a_whole_file_gives(portal, load):
    charges = [*RECKLESS, *IMPAIRED, *(charge for charge, _ in NEAR)]
    people = [row(case=str(n), person=str(n), charge=str(n), **each) for n, each in enumerate(charges)]
    portal.set(people)
    live, whole = cook_county.load(portal.address), load(*people)
    assert live.table.equals(whole.table)
    assert live.left_out == whole.left_out
    assert sum(live.left_out.values()) == sum(why is not None for _, why in NEAR)


def test_requests_name_the_project_and_send_the_token_only_if_there_is_one(portal):
    cook_county.load(portal.address)
    cook_county.load(portal.address, token="abc123")
    assert all(headers["User-Agent"].startswith("pileup/") for _, headers in portal.asked)
    assert [headers.get("X-App-Token") for _, headers in portal.asked] == [None] * 5 + ["abc123"] * 5


def test_a_portal_that_gives_fewer_rows_than_asked_for_loses_none(portal):
    portal.most = 2
    assert len(cook_county.load(portal.address).table) == 7


def test_a_busy_portal_is_asked_again_a_few_times_only(portal):
    portal.faults = [(503, "busy"), (429, "slow down")]
    assert len(cook_county.load(portal.address).table) == 7
    portal.asked.clear()
    portal.faults = [(429, "slow down")] * 9
    with pytest.raises(
        PileupError, match=r"no usable answer \(429 Too Many Requests\); try later, or save the CSV"
    ):
        cook_county.load(portal.address)
    assert len(portal.asked) == transfer.ATTEMPTS


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ((200, "<html>Sorry</html>"), "a web page or nothing"),
        ((200, ""), "a web page or nothing"),
        ((200, '{"error": true}'), "no column CASE_ID"),
        ((403, "no"), r"no usable answer \(status 403\)"),
        ((404, "no"), r"no usable answer \(status 404\)"),
        ((400, "bad column"), r"no usable answer \(400 Bad Request\)"),
        ((500, "fault"), r"no usable answer \(500 Internal Server Error\)"),
    ],
)
def test_a_fault_on_any_page_ends_in_one_line_and_never_in_half_the_rows(portal, fault, said, after):
    portal.faults, portal.after = [fault] * 9, after
    with pytest.raises(PileupError, match=said) as error:
        cook_county.load(portal.address)
    assert "\n" not in str(error.value)


def test_a_page_that_repeats_for_ever_ends(portal):
    portal.repeats = True
    with pytest.raises(PileupError, match="the same rows again, or no end"):
        cook_county.load(portal.address)
    assert len(portal.asked) == 3


def test_pages_without_end_are_bounded(portal, monkeypatch):
    monkeypatch.setattr(cook_county, "MAX_PAGES", 2)
    with pytest.raises(PileupError, match="the same rows again, or no end"):
        cook_county.load(portal.address)
    assert len(portal.asked) == 3


def test_an_address_where_nobody_answers_or_that_is_none_is_one_line(portal):
    for address in ("http://127.0.0.1:9/x.csv", "tg8v-tm6u", "ftp://example.org/x.csv"):
        with pytest.raises(PileupError, match="no usable answer") as error:
            cook_county.load(address)
        assert "\n" not in str(error.value)
    with pytest.raises(PileupError, match="no usable answer"):
        cook_county.load(portal.address, token="line\nbreak")
