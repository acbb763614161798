"""What each table under `data/` holds, field by field: the descriptors that `datapackage.json` is made of."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from pileup.record.coverage import Coverage

#: Version of the tables' columns: a changed or dropped column raises the first number, a new column or table
#: the second. tests/record/columns.json holds the columns of each version; CHANGELOG.md names it.
COLUMNS_VERSION = "3.2.0"


@dataclass(frozen=True)
class Table:
    """The rows of one table as a source module read them.

    Parameters
    ----------
    rows : list of tuple
        Values in the order of the table's fields, sorted; None stands for an empty cell.
    coverage : Coverage
        What it holds: years, their editions, where they were read.
    """

    rows: list[tuple]
    coverage: Coverage


def to_csv(name: str, rows: Iterable[tuple]) -> bytes:
    r"""Write rows as the CSV bytes of a table: header, UTF-8, `\n` line ends, the same bytes every time.

    Parameters
    ----------
    name : str
        The table's name, a key of `RESOURCES`.
    rows : iterable of tuple
        Values in the order of the table's fields. Fractions are written with at most two decimals.

    Returns
    -------
    bytes
        The file's content.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns(name))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8")


def columns(name: str) -> list[str]:
    """Return the names of a table's fields, in order."""
    return [field["name"] for field in RESOURCES[name]["schema"]["fields"]]


def _cell(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def _field(name: str, kind: str, description: str, **constraints: object) -> dict:
    """Describe one field; it may be empty only with `required=False`."""
    constraints.setdefault("required", True)
    return {"name": name, "type": kind, "description": description, "constraints": constraints}


def _schema(*fields: dict, key: list[str] | None = None) -> dict:
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": list(fields),
        "missingValues": [""],
    }
    return schema | {"primaryKey": key} if key else schema


def _resource(
    path: str, title: str, description: str, sources: list, terms_of_use: dict, schema: dict
) -> dict:
    return {
        "path": path,
        "type": "table",
        "title": title,
        "description": " ".join(description.split()),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
        "sources": sources,
        "licenses": [terms_of_use],
    }


_FEDERAL_WORK = {
    "name": "other-pd",
    "title": "Work of the United States federal government, public domain in the United States (17 USC 105)",
}
_PUBLIC_RECORD = {
    "name": "notspecified",
    "title": "Extracts of public records; the public copies that they were taken from state no license",
}
_OWN_WORK = {"name": "MIT", "title": "MIT License, as this project"}

_NHTSA = {
    "title": "National Highway Traffic Safety Administration (NHTSA), Fatality Analysis Reporting System",
    "path": "https://static.nhtsa.gov/nhtsa/downloads/FARS/",
}
_GSA = {
    "title": "General Services Administration (GSA), Geographic Locator Codes, November 2024",
    "path": "https://www.gsa.gov/reference/geographic-locator-codes-glcs-overview",
    "route": "public copy in the GitHub repository Coloradohusky/FARS_Project at 94b65fa4",
}
_PUBLISHED = [
    {
        "title": "Denver Post, Sept 2009, reproduced on the CCJRC blog",
        "path": "http://thinkoutsidethecage2.blogspot.com/2009/09/over-limit-dui-justice.html",
    },
    {
        "title": "Colorado Legislative Council fiscal note SB98-021",
        "path": "http://www.leg.state.co.us/preclics/1998/fnote98/sb021.htm",
    },
    {
        "title": "MADD press release 2020",
        "path": (
            "https://madd.org/press-release/national-crime-victims-rights-week-judges-prosecutors-must-recognize-drunk-and-drugged-driving-as-violent-crimes/"
        ),
    },
    {
        "title": "Texas LBB criminal justice impact statement HB 3598 (87R)",
        "path": "https://capitol.texas.gov/tlodocs/87R/impactstmts/html/HB03598IB.htm",
    },
    {
        "title": "Texas LBB criminal justice impact statement HB 1742 (88R)",
        "path": "https://capitol.texas.gov/tlodocs/88R/impactstmts/html/HB01742IB.htm",
    },
    {
        "title": "Texas LBB HB 1245 (84R)",
        "path": "https://capitol.texas.gov/tlodocs/84R/impactstmts/html/HB01245IB.htm",
    },
    {
        "title": "Dallas Morning News via Police1",
        "path": (
            "https://www.police1.com//traffic-patrol/articles/the-low-price-for-dwi-deaths-in-dallas-2l1S1ojuxjKhGwHf/"
        ),
    },
    {
        "title": "Connecticut OLR Research Report 2010-R-0408 (Judicial Branch data)",
        "path": "https://www.cga.ct.gov/2010/rpt/2010-R-0408.htm",
    },
    {
        "title": "Michigan Senate Fiscal Agency, SB 151 (2001)",
        "path": "https://legislature.mi.gov/documents/2001-2002/billanalysis/Senate/htm/2001-SFA-0151-S.htm",
    },
]
_MADD = {
    "title": "Mothers Against Drunk Driving (MADD), Penalties for Drunk Driving Vehicular Homicide, undated",
    "path": "https://docslib.org/doc/8916139/penalties-for-drunk-driving-vehicular-homicide",
    "route": "read in this copy",
}
_FHWA = {
    "title": "Federal Highway Administration, Highway Statistics, table VM-2 (vehicle miles by state)",
    "path": "https://www.fhwa.dot.gov/policyinformation/statistics.cfm",
    "route": "public copy in the GitHub repository elliot-louis/happy-hour-traffic-deaths at ea4036de",
}
_NTSB = {
    "title": "National Transportation Safety Board, Highway Accident Report NTSB/HAR-08/03",
    "path": "https://www.ntsb.gov/investigations/AccidentReports/Reports/HAR0803.pdf",
}
_PILEUPS = [
    {
        "title": "National Transportation Safety Board, Highway Accident Report NTSB/HAR-92/02",
        "path": "https://www.ntsb.gov/investigations/AccidentReports/Pages/HAR9202.aspx",
    },
    {
        "title": "The New York Times in the Sun Sentinel, December 1, 1991",
        "path": (
            "http://articles.sun-sentinel.com/1991-12-01/news/9102190595_1_blinding-dust-storm-coalinga-drought"
        ),
    },
    {
        "title": "St. Louis Post-Dispatch, May 18, 2023",
        "path": (
            "https://www.stltoday.com/news/local/crime-and-courts/eighth-person-dies-after-south-central-illinois-pileup-caused-by-a-dust-storm/article_56c86d1e-f51b-11ed-b412-0fc6a5e89100.html"
        ),
    },
]
_DISTRACT_2023 = {
    "title": "NHTSA, FARS, table DISTRACT of 2023, in a public copy",
    "path": "https://github.com/sfc-gh-tchaudhry/KPMG_YData",
    "route": "public copy in the GitHub repository sfc-gh-tchaudhry/KPMG_YData at 65d2ac6d",
}
_TILES = {
    "title": "NHTSA, FARS, day, place and deaths of 2023 in twelve states, decoded from map tiles",
    "path": "https://github.com/bencarneiro/ntsb",
    "route": "map tiles in the GitHub repository bencarneiro/ntsb at 2ac9d0df",
}
_USSC = {
    "title": "United States Sentencing Commission, individual offender datafiles",
    "path": "https://www.ussc.gov/research/datafiles/commission-datafiles",
}
#: Named as a source only where the extract was read.
EXTRACT = {
    "title": (
        "Public extract of these files, made by one person and not checked against a printed table of the "
        "Commission"
    ),
    "path": "https://github.com/brunobossgang/justice-index",
    "route": "combined_fy19_fy24.parquet at 79f6516a",
}
_STATE_BOARDS = [
    {
        "title": "New York State Board of Parole, public hearing calendar",
        "path": "https://www.parole.ny.gov/calendar.html",
        "route": "public copy in the GitHub repository pnegahdar/parole-hearing-data at d95fac44",
    },
    {
        "title": "Florida Department of Corrections, public offender database",
        "path": "http://www.dc.state.fl.us/pub/obis_request.html",
        "route": "public copy in the GitHub repository tweston4/florida_inmates at 831a6797",
    },
    {
        "title": (
            "Texas Department of Criminal Justice, public record, from the Texas Tribune's prisoner pages"
        ),
        "path": "https://data.texas.gov",
        "route": "public copy in the GitHub repository JacquelineEEE/Predicting-Recidivism-Rates at 4b6bb621",
    },
]

_YEAR = _field("year", "integer", "Year of the FARS file that holds the crash.", minimum=1975, maximum=2100)
_STATE = _field(
    "state",
    "string",
    "Two-letter postal code of one of the 50 states or the District of Columbia.",
    pattern="[A-Z]{2}",
)
_VEHICLES = (
    "Vehicles in the crash: VE_TOTAL where the year's file has it, else VE_FORMS (see the description)."
)
_TRUCK = (
    "Whether a large truck was in the crash, by NHTSA's A_LT in the year's auxiliary file; unknown where "
    "that file was not at hand or lacks the crash. Unknown is not no."
)
_COUNTY = "Three-digit county code, GSA's and FIPS'."
_CASE = "Case number; the same number can stand for another crash in another year."
_GROUP = _field("group", "integer", "The lowest case number among the neighbors.", minimum=10001)

_VEHICLES_LIMIT = """
Vehicles are counted in two ways: by VE_TOTAL (all vehicles, parked and working ones too) where the year's
file has it, else by VE_FORMS (vehicles in transport only). VE_FORMS is 0 in some early crashes.
"""
_FARS_LIMIT = f"""
Only crashes on public roads in which someone died within 30 days, in the 50 states and the District of
Columbia: a larger pileup without a death is not here, so "largest" means "largest fatal crash". A crash is
what the police filed as one: one long pileup can be several cases. {_VEHICLES_LIMIT} First releases hold
fewer crashes than NHTSA's final files.
"""

#: Every table: its name and its descriptor, without what depends on the build (bytes, hash, rows, coverage).
RESOURCES: dict[str, dict] = {
    "crashes": _resource(
        "crashes/counts.csv",
        "Fatal crashes in the United States, counted by year, state, vehicles, deaths and large truck",
        f"""One row is a group of crashes that agree in year, state, vehicles, deaths and large-truck
        flag. {_FARS_LIMIT} FARS itself has a few crashes with 0 deaths; they are kept, as they are part of
        NHTSA's own totals. Crashes that are not traffic crashes in the ordinary sense are counted here too:
        the table set-aside names them.""",
        [_NHTSA],
        _FEDERAL_WORK,
        _schema(
            _YEAR,
            _STATE,
            _field("vehicles", "integer", _VEHICLES, minimum=0),
            _field("deaths", "integer", "People who died within 30 days (FATALS).", minimum=0),
            _field("large_truck", "string", _TRUCK, enum=["yes", "no", "unknown"]),
            _field("crashes", "integer", "How many crashes are in the group.", minimum=1),
            key=["year", "state", "vehicles", "deaths", "large_truck"],
        ),
    ),
    "large-crashes": _resource(
        "crashes/large.csv",
        "Fatal crashes with 20 or more vehicles, one by one",
        """One row is one crash; all of them are counted in the table crashes, whose limits hold here too.
        Weather and light are FARS' raw codes: their meaning changes by year, so look up the year's own label
        before naming one. Date, place, weather and light are empty where the file that was read did not
        have them.""",
        [_NHTSA],
        _FEDERAL_WORK,
        _schema(
            _YEAR,
            _STATE,
            _field("st_case", "integer", _CASE, minimum=10001),
            _field("date", "date", "Day of the crash; empty where FARS does not know it.", required=False),
            _field("county", "string", _COUNTY, required=False, pattern="[0-9]{3}"),
            _field(
                "city",
                "string",
                "Four-digit GSA city code; 0000 outside a city; codes from 9997 name no city.",
                required=False,
                pattern="[0-9]{4}",
            ),
            _field("vehicles", "integer", _VEHICLES, minimum=20),
            _field("deaths", "integer", "People who died within 30 days (FATALS).", minimum=0),
            _field("large_truck", "string", _TRUCK, enum=["yes", "no", "unknown"]),
            _field("weather", "integer", "WEATHER, raw code of the year.", required=False, minimum=0),
            _field("light", "integer", "LGT_COND, raw code of the year.", required=False, minimum=0),
            key=["year", "st_case"],
        ),
    ),
    "joined-crashes": _resource(
        "crashes/joined.csv",
        "Neighboring fatal crashes that together have 20 or more vehicles, case by case",
        """One row is one case. A group, named by its lowest case number, is what the rule takes for one
        crash: cases of a state that agree in county, day and hour, or in day, hour, minute and position to a
        hundredth of a degree. The rule joins crashes that have nothing to do with one another, and parts a
        pileup past the hour or over a county line. All are counted in the table crashes, whose limits hold
        here too.""",
        [_NHTSA],
        _FEDERAL_WORK,
        _schema(
            _YEAR,
            _STATE,
            _GROUP,
            _field("st_case", "integer", _CASE, minimum=10001),
            _field("date", "date", "Day of the crash.", required=False),
            _field("county", "string", _COUNTY, required=False, pattern="[0-9]{3}"),
            _field("hour", "integer", "Hour of the crash; 24 is midnight to 2008.", minimum=0, maximum=24),
            _field("vehicles", "integer", _VEHICLES, minimum=0),
            _field("deaths", "integer", "People who died within 30 days (FATALS).", minimum=0),
            key=["year", "st_case"],
        ),
    ),
    "keys": _resource(
        "crashes/keys.csv",
        "Keys of the fatal crashes with 5 or more vehicles or 3 or more deaths",
        """One row is one crash; all of them are counted in the table crashes, whose limits hold here too. It
        is here so that the key of a crash in FARS, which a case file gives, can be looked up and proved.
        Month, day and county are empty where the file that was read did not have them.""",
        [_NHTSA],
        _FEDERAL_WORK,
        _schema(
            _YEAR,
            _STATE,
            _field("st_case", "integer", _CASE, minimum=10001),
            _field(
                "month",
                "integer",
                "Month of the crash; empty, as the day is, where FARS does not know the day.",
                required=False,
                minimum=1,
                maximum=12,
            ),
            _field("day", "integer", "Day of the month.", required=False, minimum=1, maximum=31),
            _field("county", "string", _COUNTY, required=False, pattern="[0-9]{3}"),
            _field("vehicles", "integer", _VEHICLES, minimum=0),
            _field("deaths", "integer", "People who died within 30 days (FATALS).", minimum=0),
            key=["year", "st_case"],
        ),
    ),
    "split-pileups": _resource(
        "crashes/split.csv",
        "Pileups that others count as one and FARS has as several cases",
        """Examples, no list of all: each with its group in joined-crashes or later-crashes, and what somebody
        else counted, which is every vehicle, where FARS has those of the cases in which someone died.""",
        _PILEUPS,
        _OWN_WORK,
        _schema(
            _YEAR,
            _STATE,
            _GROUP,
            _field("place", "string", "Road and place."),
            _field("vehicles", "integer", "Vehicles that somebody else counted.", minimum=1),
            _field("deaths", "integer", "Deaths that somebody else counted.", minimum=1),
            _field("counted_by", "string", "Who counted them."),
            _field("source", "string", "Where that is said, with the address."),
            key=["year", "group"],
        ),
    ),
    "later-crashes": _resource(
        "crashes/later.csv",
        "Large fatal crashes of a year that the counts do not have yet",
        """The cases with 20 or more vehicles in transport, by NHTSA's table DISTRACT of the year (37,654
        crashes were looked at), and those of one pileup of several cases. Deaths and day are known in twelve
        states only. No count and no rank has these cases.""",
        [_DISTRACT_2023, _TILES],
        _FEDERAL_WORK,
        _schema(
            _YEAR,
            _STATE,
            _GROUP | {"constraints": {"required": False, "minimum": 10001}},
            _field("st_case", "integer", _CASE, minimum=10001),
            _field("date", "date", "Day of the crash; empty where not known.", required=False),
            _field("vehicles", "integer", "Vehicles in transport.", minimum=0),
            _field("deaths", "integer", "Deaths; empty where not known.", required=False, minimum=1),
            _field("source", "string", "The tables that say so."),
            key=["year", "st_case"],
        ),
    ),
    "editions": _resource(
        "crashes/editions.csv",
        "The FARS file of each year: its totals and checksum",
        """One row is one year's ACCIDENT file as read. Its edition stands in the coverage of the table
        crashes. It is told by the file's number of crashes, set against numbers known for NHTSA's final
        files and first releases; "not known" means that the number is none of these, not that the file is
        wrong.""",
        [_NHTSA],
        _FEDERAL_WORK,
        _schema(
            _YEAR,
            _field("crashes", "integer", "Fatal crashes in the file.", minimum=1),
            _field("deaths", "integer", "Deaths in the file.", minimum=0),
            _field("sha256", "string", "Checksum of the zip that was read.", pattern="[0-9a-f]{64}"),
            key=["year"],
        ),
    ),
    "counties": _resource(
        "crashes/counties.csv",
        "Names of the counties in the table of large crashes",
        """Kept by hand: the counties that occur in large-crashes, no others. Names are GSA's, in ordinary
        capitals; codes of earlier years can differ.""",
        [_GSA],
        _FEDERAL_WORK,
        _schema(
            _STATE,
            _field("county", "string", _COUNTY, pattern="[0-9]{3}"),
            _field("name", "string", "The county's name, without the word County or Parish."),
            key=["state", "county"],
        ),
    ),
    "set-aside": _resource(
        "crashes/set-aside.csv",
        "Cases in FARS that are not traffic crashes in the ordinary sense",
        """Kept by hand, with a reason and a source for each: cases with 20 or more vehicles that a
        ranking by size should leave out, saying so. Smaller cases were not searched for. FARS has 12
        deaths in the one case named.""",
        [_NHTSA, _NTSB],
        _OWN_WORK,
        _schema(
            _YEAR,
            _STATE,
            _field("st_case", "integer", _CASE, minimum=10001),
            _field("reason", "string", "Why it is set aside."),
            _field("source", "string", "Who says so, with the address."),
            key=["year", "st_case"],
        ),
    ),
    "miles": _resource(
        "crashes/miles.csv",
        "Miles that vehicles traveled in a year, by state",
        """Kept by hand, Colorado only so far; a row for another state gives that state its rates. Travel on
        all public roads, as the states report it; figures of different years are estimated in different
        ways.""",
        [_FHWA],
        _FEDERAL_WORK,
        _schema(
            _STATE,
            _field("year", "integer", "Calendar year.", minimum=1975, maximum=2100),
            _field("miles", "integer", "Vehicle miles traveled in the year.", minimum=1),
            key=["state", "year"],
        ),
    ),
    "federal-sentences": _resource(
        "federal/counts.csv",
        "People sentenced in federal courts, counted by type of crime, fiscal year and prison term",
        """One row is a group of people with the same type of crime, fiscal year and term; a person is
        counted once, with the whole sentence. Types of crime are the Commission's OFFGUIDE. Code 20 is
        manslaughter, voluntary and involuntary together, and the file has no mark for a vehicle: it is
        not vehicular homicide; these cases come mostly from federal land and Indian country. Only fiscal
        years in which the codes mean the same are read. Life is 470 in the file and is kept apart here,
        because real terms above 470 months exist: no average or ranking of months holds life. "none"
        means that the file gives no prison term, which is probation or a fine only, save for very few
        people whose other codes say prison. "split" tells two kinds of manslaughter apart by the guideline;
        where a file lacks the column for it and the table says "proxy", it goes by the guideline minimum,
        and some people are on the wrong side of the line. "level 22" in it is the level for reckless driving
        or the like, 2A1.4(a)(2)(B): exact by BASEHI, else a proxy by range and criminal history points.""",
        [_USSC],
        _FEDERAL_WORK,
        _schema(
            _field("offense_group", "integer", "OFFGUIDE, the type of crime, 1-30.", minimum=1, maximum=30),
            _field(
                "fiscal_year", "integer", "Fiscal year, October to September.", minimum=2019, maximum=2024
            ),
            _field("term", "string", "Kind of sentence.", enum=["prison", "none", "life"]),
            _field(
                "months",
                "number",
                "Prison term in months, to two decimals (0.03 is one day); empty for none and life.",
                required=False,
                minimum=0.01,
            ),
            _field("people", "integer", "How many people.", minimum=1),
            _field(
                "split",
                "string",
                "Kind of manslaughter (type 20), by the guideline that was applied, GDLINEHI: 2A1.4 is "
                "involuntary, 2A1.3 voluntary. Where a file lacks GDLINEHI it is a proxy, and named so: "
                "whether the guideline minimum, XMINSOR, is up to 57 months (mostly involuntary) or above. "
                "Empty for every other type, and where the file gives neither.",
                required=False,
                enum=[
                    "2A1.4",
                    "2A1.4, base level 22",
                    "2A1.3",
                    "other guideline",
                    "proxy: minimum up to 57 months",
                    "proxy: minimum up to 57 months, range of level 22",
                    "proxy: minimum above 57 months",
                    "proxy: minimum above 57 months, range of level 22",
                    "proxy: minimum not given",
                ],
            ),
        ),
    ),
    "state-sentences": _resource(
        "states/counts.csv",
        "State prisoners whose crime was a death caused with a vehicle: New York, Florida, Texas",
        """One row is a group of prisoners with the same state, offense, counts and term. No Colorado,
        no sample of convictions, and each state is biased in its own way. New York: people before the
        state parole board, whole sentence, a minimum and a maximum for each person (two measures, so do not
        add them up); state prison only; alcohol or drugs in every offense; the public source writes years
        with two digits, so terms of 100 years or more cannot appear; in nine of the 281 the term and the
        dates in the source disagree. Florida: everyone in prison at one time, a stock that over-represents
        long terms; the sum of all terms is the sentence only where there is one count, and elsewhere the
        sentence if every term ran one after another, an upper bound. Texas: an illustration, about a
        quarter of a list of prisoners, life and death sentences removed upstream, term of the oldest listed
        offense.""",
        _STATE_BOARDS,
        _PUBLIC_RECORD,
        _schema(
            _field("state", "string", "Two-letter postal code.", enum=["FL", "NY", "TX"]),
            _field(
                "offense",
                "string",
                "The offense; New York: the top one. Texas' spellings of one offense are joined.",
            ),
            _field(
                "death_counts",
                "integer",
                "Counts for a death, not the number of dead: in New York one death often carries two "
                "theories; Florida convicts one count a death as a rule. Empty where not known.",
                required=False,
                minimum=1,
            ),
            _field(
                "one_count",
                "string",
                "Whether the prisoner had exactly one count.",
                enum=["yes", "no", "unknown"],
            ),
            _field(
                "measure",
                "string",
                "What the months are.",
                enum=["minimum", "maximum", "sum of terms", "term"],
            ),
            _field(
                "term",
                "string",
                "months: a number of months is known.",
                enum=["months", "life", "not resolved"],
            ),
            _field(
                "months",
                "number",
                "Months, to two decimals; empty for life and not resolved.",
                required=False,
                minimum=0.01,
            ),
            _field("people", "integer", "How many people.", minimum=1),
        ),
    ),
    "published-figures": _resource(
        "published/figures.csv",
        "What others have published on sentences for deaths by vehicle",
        """Kept by hand: single figures, each with who counted it, when, and what it leaves out. None is a
        distribution, and nearly all are of drunk driving, in many laws a graver offense than reckless
        driving.""",
        _PUBLISHED,
        _OWN_WORK,
        _schema(
            _field("id", "string", "Short name of the figure."),
            _field("place", "string", "Two-letter postal code of the state; US for the whole country."),
            _field("what", "string", "What was counted or measured."),
            _field("value", "string", "The figure in words, with its unit."),
            _field("low_years", "number", "The figure in years; for a range its low end.", required=False),
            _field("high_years", "number", "The figure in years; for a range its high end.", required=False),
            _field("period", "string", "Years that it is of."),
            _field("publisher", "string", "Who published it, and how it was read."),
            _field("url", "string", "Address."),
            _field("quote", "string", "The publisher's words, fewer than 25."),
            _field(
                "tier", "string", "How near it stands to a record.", enum=["official", "press", "advocacy"]
            ),
            _field("limits", "string", "What it leaves out, in a sentence."),
            key=["id"],
        ),
    ),
    "statutory-ranges": _resource(
        "published/ranges.csv",
        "Prison terms that the law allows for a death caused by a drunk driver, by jurisdiction",
        """Kept by hand from one undated list: 44 of the 50 states and the District of Columbia, one death,
        drunk driving only, approximate. No such list was found for reckless driving without alcohol.""",
        [_MADD],
        _PUBLIC_RECORD,
        _schema(
            _STATE,
            _field("least_years", "number", "Shortest term in years; 0 where none is set.", minimum=0),
            _field(
                "most_years", "number", "Longest term in years; empty for life.", required=False, minimum=0
            ),
            _field("life", "string", "Whether the longest term is life.", enum=["yes", "no"]),
            _field(
                "inferred",
                "string",
                "yes where the copy lost the state's name, which was inferred from its place in the list.",
                enum=["yes", "no"],
            ),
            _field("note", "string", "What to know of the entry.", required=False),
            key=["state"],
        ),
    ),
}
for _name, _descriptor in RESOURCES.items():
    RESOURCES[_name] = {"name": _name, **_descriptor}
