"""How the numbers are made, what was corrected, and the ledger of all that the page rests on."""

import datetime as dt
import hashlib
import re
from typing import Any
from urllib.parse import urlsplit

from pileup.case.formula import FINDING, WORDS
from pileup.case.model import Change, Entry, printed
from pileup.case.outcome import ends, outcome
from pileup.case.parts import STATUS, TIER
from pileup.findings.declare import mark_of
from pileup.findings.outside import mark_of_table
from pileup.record.coverage import covered, said
from pileup.record.tables import describe
from pileup.story import outcomes
from pileup.story.blocks import Ledger, Prose
from pileup.story.fill import fill
from pileup.story.prose.shared import said_by, without_folders
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import linked, plain

#: The tables that a page may rest on; the ledger names each.
TABLES = (
    "crashes",
    "large-crashes",
    "joined-crashes",
    "split-pileups",
    "later-crashes",
    "set-aside",
    "miles",
    "federal-sentences",
    "state-sentences",
    "published-figures",
    "statutory-ranges",
)

#: Days between two dates, as a formula has them.
_DAYS = re.compile(r"days\(([\w.-]+), ([\w.-]+)\)")


def method(report: Report) -> Prose:
    """How the numbers were made."""
    lines = (
        _(
            "[The facts](case.file) of the case stand in a file of their own, each with its sources and a"
            " status. The words of the status mean: {meanings}."
        ),
        _(
            "The crash figures count rows of NHTSA’s Fatality Analysis Reporting System for the"
            " [fifty](table.crashes) states and the District of Columbia. A rank is [one](table.crashes) more"
            " than the number of larger crashes; equal crashes share a rank. [Larger](method) means more"
            " vehicles, or more deaths; by both together it means at least as many of each, and more of"
            " either. {read}"
        ),
        _(
            "[Where neighboring cases](table.joined-crashes) are counted as one crash, cases of a state"
            " belong together that agree in county, day and hour, or in day, hour, minute and position; the"
            " crash then has the vehicles and the deaths of all. [There is no such rank](method) by deaths"
            " alone: small crashes of a large county fall into the same hour by chance."
        ),
        _(
            "[The sentence](method) is rebuilt from the counts of conviction and a law file that holds"
            " each offense’s range and each rule with its dates."
        )
        if report.has_law
        else "",
        _(
            "[A median](method) is the middle term of those with a prison term, life counting as longer"
            " than any number; people without a prison term are stated beside it. Of prisoners on a single"
            " day it is given as a range, down to the median by weights of [one](table.state-sentences)"
            " divided by the term."
        )
        if outcome(report.case).sentenced
        else "",
        _(
            "[The numbers](method) in the text are all in the ledger. [The same numbers](method) stand"
            " in findings.json, the tables in tables/ and the charts in charts/."
        ),
    )
    meanings = "; ".join(f"{_(word)}, [{_(meaning)}](case.file)" for word, meaning in STATUS.items())
    limits = [of_case_file(fill(report, report.case.case.note))] if report.case.case.note else []
    read = fill(report, " ".join(_read_from(report)))
    given = fill(report, meanings)
    texts = [*limits, *[fill(report, text, meanings=given, read=read) for text in lines if text]]
    return Prose(texts, bullets=True, open=1, more=_("How the numbers were made"))


def _read_from(report: Report) -> list[str]:
    """Say where the files were read, sentence by sentence."""
    nhtsa, federal = report.all_held.of(read_from="NHTSA"), report.federal_held.of(read_from="extract")
    if not nhtsa:
        told = [_("[NHTSA’s files](table.crashes) were read through copies.")]
    elif nhtsa == report.all_held.held:
        told = [_("[NHTSA’s files](table.crashes) were read from its own site.")]
    else:
        years = f"[{written.years_held(nhtsa)}](table.crashes)"
        text = _("NHTSA’s files of {years} were read from its own site, the others through copies.")
        told = [text.format(years=years)]
    if not federal:
        told.append(_("[The federal files](table.federal-sentences) are the Sentencing Commission’s own."))
    elif federal == report.federal_held.held:
        told.append(_("[The federal files](table.federal-sentences) were read through an extract."))
    else:
        years = f"[{written.years_held(federal)}](table.federal-sentences)"
        text = _(
            "The federal files of {years} were read through an extract, the others are the Commission’s."
        )
        told.append(text.format(years=years))
    told.append(_("[The state files](table.state-sentences) were read through public copies."))
    return [*told, _("[The project’s data/README.md](method) names the copies that it was published with.")]


def _covers(name: str) -> str:
    """Say what a table holds; where another one of the same files has said it, only that it is the same."""
    same = describe(name)["coverage"].get("same_as")
    if same:
        return _("Years and ways of counting are those of the table {name}.").format(name=same)
    return said(covered(name))


def changes(report: Report) -> Prose:
    """What was corrected and what was updated since the page was published, newest first."""
    listed = [
        *((_("Correction, {date}. {text}"), change) for change in report.case.correction),
        *((_("Update, {date}. {text}"), change) for change in report.case.update),
    ]
    if not listed:
        return Prose(
            [
                fill(
                    report,
                    _(
                        "[No corrections](case.file) so far. [A correction would stand here, dated, and"
                        " stay](connective)."
                    ),
                )
            ]
        )
    listed.sort(key=lambda pair: pair[1].date, reverse=True)
    return Prose(
        [
            linked(said.format(date=written.day(change.date), text=change.text), "case.file")
            for said, change in listed
        ],
        bullets=True,
        role="changes",
        open=1,
        more=_("All corrections and updates") if len(listed) > 1 else "",
    )


def change_mark(kind: str, change: Change) -> str:
    """Return a mark of a correction or an update, by which a later edition knows it again."""
    return mark_of(repr((kind, change.date.isoformat(), change.number, change.text)))


def _shown(value: object, unit: str | None, name: bool = False) -> str | None:
    """Write an entry's value apart from its statement; a text without a unit stands in the statement only.

    A year of a model, a code or a milepost is a `name` in digits: unit first, no thousands separator.
    """
    match value:
        case None | bool():
            return None
        case int() | float():
            if name:
                return f"{unit} {written.name(value)}"
            text = written.number(value, 2).rstrip("0").rstrip(".") if value % 1 else written.number(value)
        case dt.time():
            return f"{written.clock(value)} {unit or ''}".strip()
        case dt.date():
            return written.day(value)
        case str() if unit:
            low, _dash, high = value.partition("-")
            text = written.reach(int(low), int(high)) if _is_range(low, high) else value
        case _:
            return None
    return f"{text} {unit or ''}".strip()


def _is_range(low: str, high: str) -> bool:
    """Tell a range, such as "10-32" years, from what else has a hyphen, such as a vote of 5-0."""
    return low.isdigit() and high.isdigit() and int(low) < int(high)


def _formula(formula: str) -> str | None:
    """Write a formula as readers read it: a range and days between dates in words, the sign of times."""
    if formula.startswith((WORDS, FINDING)):
        return formula.removeprefix(WORDS).removeprefix(FINDING).strip()
    said = _DAYS.sub(
        lambda ends: _("days from {first} to {last}").format(first=ends[1], last=ends[2]), formula
    ).replace(" * ", " × ")
    low, to, high = said.partition(" to ")
    if to and "days(" not in formula:
        return _("{low} to {high}").format(low=low, high=high)
    return said or None


def ledger(report: Report) -> Ledger:
    """Every finding and every fact, with its origin."""
    case = report.case
    names = {f"waypoint.{one.id}" for one in case.waypoint} | {
        f"fact.{one.id}"
        for one in report.written.fact
        if (one.unit or "").endswith((" year", " code", "milepost"))
    }

    def entry(
        kind: str,
        record: Entry,
        statement: str,
        value: object = None,
        unit: str | None = None,
    ) -> dict[str, Any]:
        """Describe a part of the case file, whatever its kind."""
        as_of = getattr(record, "as_of", None)
        return {
            "id": f"{kind}.{record.id}",
            "group": getattr(record, "group", kind),
            "statement": statement,
            "value": value.isoformat() if isinstance(value, dt.date | dt.time) else value,
            "unit": unit,
            "shown": _shown(value, unit, f"{kind}.{record.id}" in names),
            "status": record.status,
            "as_of": as_of.isoformat() if as_of else None,
            "formula": _formula(getattr(record, "formula", None) or ""),
            "note": record.note,
            "sources": [{"source": one.source, "quote": one.quote} for one in record.sources],
        }

    entries = {
        "facts": [entry("fact", one, one.statement, one.value, one.unit) for one in printed(case.fact)],
        "events": [
            entry("event", one, one.text, written.known(one.date, one.precision))
            for one in printed(case.event)
        ],
        "terms": [
            entry(
                "term",
                one,
                _("{label}, by {by}").format(label=one.label, by=one.by),
                outcomes.said(one) if one.form != "prison" else written.span(*ends(one)),
                _("years") if one.form == "prison" else None,
            )
            for one in case.term
        ],
        "waypoints": [
            entry(
                "waypoint",
                one,
                _("{label}: milepost {milepost}").format(
                    label=one.label, milepost=written.name(one.milepost)
                ),
                one.milepost,
                _("milepost"),
            )
            for one in case.waypoint
        ],
        "counts": [
            entry(
                "count",
                one,
                (
                    _("{label}, {statute}, {offense_class}: {guilty} pleaded guilty")
                    if one.decided_by == "plea"
                    else _(
                        "{label}, {statute}, {offense_class}: {tried} tried, {guilty} guilty, {not_guilty}"
                        " not guilty"
                    )
                    if one.decided_by
                    else _(
                        "{label}, {statute}, {offense_class}: {tried} decided, {guilty} guilty, {not_guilty}"
                        " not guilty"
                    )
                ).format(**one.model_dump()),
                one.guilty,
                ngettext("count guilty", "counts guilty", one.guilty),
            )
            for one in case.count
        ],
        "accounts": [
            entry("account", one, f"{said_by(one)}: {plain(fill(report, one.text))}")
            for one in printed(case.account)
        ],
        "comparables": [
            entry("comparable", one, f"{one.person}, {one.place}, {written.dated(one.date)}: {one.sentence}")
            for one in printed(case.comparable)
        ],
    }
    data = [
        {
            "id": f"table.{name}",
            "statement": _(title),
            "note": f"{_(description)} {_covers(name)}",
            "temporal": held.intervals(),
            "sources": [
                {**one, "title": _(own)}
                for one in described["sources"]
                for own in (one["title"],)
                if one.get("path")
            ],
        }
        for name in TABLES
        for described, held in ((describe(name), covered(name)),)
        for title, description in ((described["title"], described["description"]),)
    ]
    told = _("How crashes are counted and ranked, terms compared and the sentence rebuilt, in words")
    data.append({"id": "method", "statement": _("The method"), "note": told, "sources": []})
    if own := report.own_group:
        data.append(
            {
                "id": "table.own-group",
                "statement": f"{own.name} ({own.publisher})",
                "note": " ".join([f"{own.weakness}.", *own.notes]),
                "sources": [{"title": own.publisher, "path": own.url}],
            }
        )
    groups = (
        *(case.fact, case.event, case.term, case.count, case.waypoint),
        *(case.account, case.comparable, case.dispute, case.seed_claim),
    )
    printed_parts = [part for group in groups for part in group if not getattr(part, "off_page", None)]
    versions = [version for part in printed_parts for version in getattr(part, "versions", [])]
    cited = {one.source for part in [*printed_parts, *versions] for one in getattr(part, "sources", [])}
    chosen = {
        **without_folders(report.parameters.model_dump()),
        "case": case.case.id,
        "state": report.state,
        "vehicles": report.vehicles,
        "deaths": report.deaths,
        "edition": str(report.issue),
    }
    sources = [
        {
            "id": one.id,
            "publisher": one.publisher,
            "language": one.language,
            "title": one.title,
            "url": one.url,
            "site_only": urlsplit(one.url).path in ("", "/"),
            "date": one.date.isoformat() if one.date else None,
            "tier": _(TIER[one.tier]),
            "note": one.note,
        }
        for one in case.source
        if one.id in cited
    ]
    tables = {name: mark for table in TABLES for name, mark in mark_of_table(table).items()}
    return Ledger(
        {
            "parameters": chosen,
            "findings": [finding.as_data() for finding in report.findings],
            **entries,
            "data": data,
            "temporal": report.held.intervals(),
            "law": report.law.law.title if report.has_law else None,
            "marks": dict(sorted({**tables, **report.world.marks(), **report.findings.marks}.items())),
            "follows": report.written.follows(),
            "changes": [
                change_mark(kind, one)
                for kind in ("correction", "update")
                for one in getattr(report.written, kind)
            ],
            "inputs": {
                one["id"]: describe(str(one["id"]).removeprefix("table."))["hash"]
                for one in data
                if one["id"] not in ("method", "table.own-group")
            }
            | {
                name: f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
                for name, path in report.files().items()
            },
            "case": {"title": case.case.title, "as_of": case.case.as_of.isoformat()},
            "sources": sources,
        }
    )
