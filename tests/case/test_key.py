"""The key of a case's crash in FARS is proved, and looked up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from building import put
from pileup.case import key
from pileup.case.load import load_case
from pileup.desk.cli import main

Case = Callable[..., Path]
LINE = 'road = "Road 1"'


def run(*words: str) -> tuple[int, list[str]]:
    ran = CliRunner().invoke(main, [*words], prog_name="pileup")
    return ran.exit_code, ran.output.splitlines()


@pytest.fixture
def case(write_case: Case) -> Case:
    """Return a function that writes a case of Nebraska's with a key, a size and a day, and gives its path."""

    def write(number: int, vehicles: int = 4, deaths: int = 4, day: str = "2012-09-09") -> Path:
        key = f"fars_year = {day[:4]}\nfars_state = 31\nfars_case = {number}"
        return write_case(
            ('state = "CO"', 'state = "NE"'),
            (LINE, f"{LINE}\n{key}"),
            ("date = 2020-02-02\nplace", f"date = {day}\nplace"),
            ("date = 2020-02-02\nkind", f"date = {day}\nkind"),
            ("value = 12\n", f"value = {vehicles}\n"),
            ('"Twelve vehicles were involved."', '"Vehicles were involved."'),
            ('quote = "twelve vehicles"', 'quote = "vehicles"'),
            ('value = 2\nunit = "people"', f'value = {deaths}\nunit = "people"'),
            ('"Two people died."', '"People died."'),
            ("The verdict came 366 days after the crash.", "The verdict."),
            (
                'value = 366\nunit = "days"\nstatus = "derived"\nformula = "days(E1, E2)"',
                'status = "derived"\nformula = "text: none"',
            ),
        )

    return write


def test_a_true_key_is_no_fault_and_no_note(case: Case) -> None:
    path = case(310148)
    assert run("case", "check", str(path)) == (0, ["my.toml: no faults; 4 facts, 3 sources"])
    found = key.proof(load_case(str(path))).found
    assert found
    assert key.said(found) == "2012-09-09, 4 vehicles, 4 deaths"


def test_the_day_may_be_the_one_before_or_after(case: Case) -> None:
    assert run("case", "check", str(case(310148, day="2012-09-10")))[0] == 0
    status, told = run("case", "check", str(case(310148, day="2012-09-11")))
    assert status == 2
    assert "this key is that of a crash of 2012-09-09; that of the case is of 2012-09-11; nearest" in told[0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"number": 99999},
            "fars_case 99999: no crash of Nebraska in 2012 has this key; nearest are 310148 (2012-09-09,"
            " 4 vehicles, 4 deaths), 310128 (2012-09-05, 2 vehicles, 4 deaths), 310162 (",
        ),
        # Colorado's number of another crash.
        ({"number": 80125}, "fars_case 80125: no crash of Nebraska in 2012 has this key; nearest are 310148"),
        (
            {"number": 310149},
            "fars_case 310149: no crash of Nebraska in 2012 with 5 or more vehicles or 3 or more deaths has"
            " this key; nearest are 310148 (",
        ),
        (
            {"number": 310148, "vehicles": 5},
            "this key is that of a crash with 4 vehicles; the case has 5 vehicles; give the role vehicles to"
            " the number as the file counts it (VE_TOTAL: all vehicles, parked ones too), or take the key",
        ),
        (
            {"number": 310148, "deaths": 3},
            "this key is that of a crash with 4 deaths; the case has 3 deaths; nearest are 310162 (",
        ),
        # Small by the case's numbers, large by the files'.
        (
            {"number": 310148, "vehicles": 1, "deaths": 1},
            "with 4 vehicles and 4 deaths; the case has 1 vehicle",
        ),
        ({"number": 7, "vehicles": 1, "deaths": 1}, "no case number of Nebraska; those are 310001 to 319999"),
        ({"number": 7, "day": "1974-09-09"}, "no case number of Nebraska; those are 310001 to 319999"),
    ],
)
def test_a_key_that_is_not_true_is_told_with_the_nearest(case: Case, given: dict, told: str) -> None:
    status, faults = run("case", "check", str(case(**given)))
    assert status == 2
    (fault,) = [one for one in faults if "fars_case" in one]
    assert fault.startswith("case file my.toml, line 17: [crash]: fars_case ")
    assert told in fault


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            {"number": 310001, "vehicles": 2, "deaths": 1},
            "the table of keys has crashes with 5 or more vehicles or 3 or more deaths only",
        ),
        ({"number": 310001, "day": "1974-09-09"}, "no file of 1974 is held, only 1975–2022"),
    ],
)
def test_what_cannot_be_checked_is_told_as_a_note(case: Case, given: dict, why: str) -> None:
    status, told = run("case", "check", str(case(**given)))
    assert status == 0
    assert told[1:] == [
        f"my.toml: note: fars_case 310001 not checked: {why}; --fars FOLDER-or-URL checks it in the files"
    ]


def test_the_files_know_the_small_crashes_and_other_years(case: Case, tmp_path: Path) -> None:
    head = "STATE,ST_CASE,VE_TOTAL,FATALS,MONTH,DAY,YEAR,COUNTY"
    put(tmp_path, 1974, f"{head}\n31,310001,2,1,9,9,1974,33\n31,310002,4,4,9,8,1974,33\n")
    files = ("--fars", str(tmp_path))
    right = str(case(310001, 2, 1, "1974-09-09"))
    status, told = run("case", "check", right, *files)
    assert (status, told[1]) == (
        0,
        "my.toml: fars_case 310001 is in the files: 1974-09-09, 2 vehicles, 1 death",
    )
    status, told = run("case", "check", str(case(310003, 2, 1, "1974-09-09")), *files)
    assert (status, told) == (
        2,
        [
            "case file my.toml, line 17: [crash]: fars_case 310003: no crash of Nebraska in 1974 has this"
            " key; nearest are 310001 (1974-09-09, 2 vehicles, 1 death), 310002 (1974-09-08, 4 vehicles, 4"
            " deaths)"
        ],
    )
    status, told = run("case", "check", right, "--fars", str(tmp_path / "none"))
    assert (status, len(told)) == (2, 1)


# Looking up


def find(*words: str) -> list[str]:
    status, told = run("crash", "find", *words)
    assert status == 0, told
    return told


OWN = [
    "2012-09-09, 4 vehicles, 4 deaths, county 033",
    "  fars_year = 2012",
    "  fars_state = 31",
    "  fars_case = 310148",
]


@pytest.mark.parametrize(
    ("words", "head"),
    [
        (("--date", "2012-09-09"), "Nebraska, 2012-09-09: 1 crash"),
        (("--date", "2012-09-10"), "Nebraska, 2012-09-09 or 2012-09-11 (none on 2012-09-10): 1 crash"),
        (("--date", "2012-09-09", "--deaths", "4"), "Nebraska, 2012-09-09: 1 crash with 4 deaths"),
        (
            ("--date", "2012-09-09", "--vehicles", "7"),
            "Nebraska, 2012-09-09: 1 crash, none with 7 vehicles; nearest in size:",
        ),
        (
            ("--year", "2012", "--vehicles", "4", "--deaths", "4"),
            "Nebraska, 2012: 1 crash with 4 vehicles and 4 deaths",
        ),
    ],
)
def test_a_crash_is_found_with_the_lines_for_its_case_file(words: tuple[str, ...], head: str) -> None:
    told = find("--state", "ne", *words)
    assert (told[0], told[1:5]) == (head, OWN)
    assert told[5].startswith("These are the crashes with 5 or more vehicles or 3 or more deaths; --fars ")


def test_the_county_has_its_name_where_it_is_known() -> None:
    assert find("--state", "CO", "--date", "2019-04-25")[1].endswith("county 059 (Jefferson)")
    assert find("--state", "CO", "--date", "2022-06-13")[1].endswith("county not known")


def test_where_the_files_do_not_say_the_day_those_of_the_year_are_listed() -> None:
    told = find("--state", "AR", "--date", "2021-02-11")
    assert told[0] == "Arkansas, 2021, day not known (none on 2021-02-11 or a day beside it): 6 crashes"
    assert told[1].startswith("day not known, ")


def test_none_is_said_and_the_last_day_of_a_year_has_one_after_it() -> None:
    assert find("--state", "NE", "--date", "2012-09-12")[0] == (
        "Nebraska, 2012-09-12 or a day beside it: no crashes"
    )
    first = find("--state", "CA", "--date", "1976-01-01")
    assert "1976-01-01" in first[0]


def test_the_files_are_looked_in(tmp_path: Path) -> None:
    head = "STATE,ST_CASE,VE_TOTAL,FATALS,MONTH,DAY,YEAR"
    put(tmp_path, 2023, f"{head}\n31,310009,2,1,12,31,2023\n")
    put(tmp_path, 2024, f"{head}\n31,310001,2,1,9,9,2024\n")
    told = find("--state", "NE", "--date", "2024-09-09", "--fars", str(tmp_path))
    assert told == [
        "Nebraska, 2024-09-09: 1 crash",
        "2024-09-09, 2 vehicles, 1 death, county not known",
        "  fars_year = 2024",
        "  fars_state = 31",
        "  fars_case = 310001",
    ]
    # The day before is in another file.
    told = find("--state", "NE", "--date", "2024-01-01", "--fars", str(tmp_path))
    assert (told[0], told[4]) == (
        "Nebraska, 2023-12-31 or 2024-01-02 (none on 2024-01-01): 1 crash",
        "  fars_case = 310009",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--state", "XX", "--year", "2012"),
            "--state: 'XX' is not a two-letter code or a name of the 50 states or DC",
        ),
        (("--state", "NE"), "give the day (--date 2012-09-09) or, where it is not known, the year"),
        (("--state", "NE", "--year", "2012", "--date", "2012-09-09"), "give the day (--date 2012-09-09) or,"),
        (("--state", "NE", "--date", "9/9/2012"), "--date '9/9/2012': not a date written YYYY-MM-DD"),
        (("--state", "NE", "--year", "2031"), "no file of 2031 is held, only 1975–2022; give NHTSA's files"),
        (("--state", "NE", "--year", "2012", "--fars", "nowhere"), "nowhere is no copy of NHTSA's download"),
    ],
)
def test_bad_input_is_told_in_one_line(words: tuple[str, ...], said: str) -> None:
    status, told = run("crash", "find", *words)
    assert (status, len(told)) == (2, 1)
    assert told[0].startswith(f"pileup: {said}")
