"""One function a text: the answers in words, with every number computed or taken from a fact."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pileup.case import CASES, STATUS, TIER, case_path, printed
from pileup.data import describe
from pileup.story import missing, words
from pileup.story.blocks import Head, Ledger, Prose, needs
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.story.text import Number, Text, as_data, linked


def head(report: Report) -> Head:
    """The top of the page."""
    case = report.case.case
    return Head(
        {
            "case": _named(report),
            "headline": case.title,
            "standfirst": as_data(fill(report, case.standfirst)),
            "status": as_data(fill(report, case.status_now)),
            "as_of": case.as_of.isoformat(),
            "as_of_words": words.day(case.as_of),
            "edition": report.edition.isoformat(),
            "edition_words": words.day(report.edition),
            "byline": case.byline,
            "contact": case.contact,
            "published": case.published.isoformat() if case.published else None,
            "published_words": words.day(case.published) if case.published else None,
            "corrections": [
                {"date": change.date.isoformat(), "text": change.text} for change in report.case.correction
            ],
            "due": [
                question.question
                for question in printed(report.case.open)
                if question.look_again and question.look_again <= report.edition
            ],
            "parameters": _without_folders(report.parameters.changed()),
        }
    )


def _without_folders(chosen: dict[str, Any]) -> dict[str, Any]:
    """Name a group file as it stands in its own folder: a page says nothing of the machine it was made on."""
    return chosen | ({"group": Path(chosen["group"]).name} if chosen.get("group") else {})


def _named(report: Report) -> str:
    """Name the case as the command line takes it: a case that ships by its id, another by its file's name."""
    path = case_path(report.parameters.case)
    return report.case.case.id if path is None or path.parent == CASES else path.name


def _passages(report: Report, chapter: str) -> list:
    return [fill(report, passage.text) for passage in report.case.passage if passage.chapter == chapter]


def key_facts(report: Report) -> Prose:
    """The few facts that a reader needs first."""
    return Prose(_passages(report, "key-facts"), bullets=True, role="key-facts")


def what_happened(report: Report) -> Prose:
    """What happened, as far as it is established."""
    return Prose(_passages(report, "what-happened"))


def _when(report: Report) -> Text:
    """Begin a sentence with the chosen years: "From 1975 to 2022", or "In 1975"."""
    if report.parameters.first_year == report.parameters.last_year:
        return fill(report, "In {parameter.first_year|year}")
    return fill(report, "From {parameter.first_year|year} to {parameter.last_year|year}")


def _or_more(name: str, number: int, one: str, many: str) -> Text:
    """Write a threshold that was set by a parameter: "four people or more", "one person or more"."""
    shown = Number(f"parameter.{name}", number, words.small(number))
    return (shown, f" {words.plural(number, one, many)} or more")


def _deaths_or_more(report: Report) -> Text:
    """Write the threshold of deaths, with its origin."""
    if report.parameters.deaths:
        return _or_more("deaths", report.deaths, "person", "people")
    return fill(report, f"{{role.deaths|small}} {words.plural(report.deaths, 'person', 'people')} or more")


@needs(missing.size)
def how_big(report: Report) -> Prose:
    """How big the crash was, in the nation."""
    found = report.findings
    size = _or_more("vehicles", report.vehicles, "vehicle", "vehicles")
    if not report.parameters.vehicles:
        size = fill(report, "as many vehicles as here, {role.vehicles}, or more")
    often = found.value("crashes.one_in") if "crashes.one_in" in found else 0
    paragraphs = [
        fill(
            report,
            "The federal government records every fatal crash on public roads in the United States. {when}"
            " these were {crashes.fatal_crashes} crashes, in which {crashes.people_killed} people died."
            " {crashes.at_least_vehicles|Small} of them involved {size}"
            + (": [one](crashes.one_in) fatal crash in {crashes.one_in}." if often > 1 else "."),
            when=_when(report),
            size=size,
        )
    ]
    rarer = found.value("crashes.at_least_deaths") > found.value("crashes.at_least_vehicles")
    paragraphs.append(
        fill(
            report,
            ("Many deaths are less rare than many vehicles: " if rarer else "")
            + "{crashes.at_least_deaths|Small} fatal {noun} killed {deaths}. {crashes.at_least_both|Small}"
            " {had} both.",
            deaths=_deaths_or_more(report),
            noun=words.plural(found.value("crashes.at_least_deaths"), "crash", "crashes"),
            had=words.plural(found.value("crashes.at_least_both"), "crash had", "crashes had"),
        )
    )
    if found.value("crashes.set_aside"):
        counted = (
            "It is left out of the figures above; with it {crashes.at_least_vehicles_with_set_aside} crashes"
            " reach the number of vehicles."
            if report.parameters.exclusions
            else (
                "It counts in the figures above; without it {crashes.at_least_vehicles_without_set_aside}"
                " crashes reach the number of vehicles, and {crashes.at_least_both_without_set_aside} reach"
                " both."
            )
        )
        reasons = "; ".join(f"[{one.set_aside}](table.set-aside)" for one in report.set_aside)
        paragraphs.append(
            fill(
                report,
                "{crashes.set_aside|Small} of the recorded events is not a traffic crash in the ordinary"
                f" sense: {{reasons}}. {counted}",
                reasons=fill(report, reasons),
            )
        )
    if not report.in_files:
        unsure = (
            "The federal files hold no crash that the case file names by its key and size, so this one may be"
            " among those counted, or missing from them."
        )
        paragraphs.append((unsure,))
    return Prose(paragraphs)


@needs(missing.in_state)
def in_the_state(report: Report) -> Prose:
    """Where the crash stands in the chosen state."""
    found, name = report.findings, report.state_name
    joint = "joint " if found.value("crashes.state_joint_by_vehicles") else ""
    if report.own_in_state and found.value("crashes.state_rank_by_vehicles") == 1 and not joint:
        where = "is the largest on file"
    else:
        verb = "stands" if report.own_in_state else "would stand"
        where = f"{verb} {joint}{{crashes.state_rank_by_vehicles|ordinal}}"
    template = (
        f"{{when}}, this crash {where} in {{name}} by vehicles, among {{crashes.state_fatal_crashes}} fatal"
        " crashes."
    )
    if not report.own_in_state:
        template += " The largest fatal crash there had {crashes.state_largest_vehicles} vehicles."
    elif "crashes.state_next_largest_vehicles" in found:
        template += " The next largest had {crashes.state_next_largest_vehicles} vehicles."
    large = found.value("crashes.state_at_least_10")
    if large < words.SMALL_NUMBER:
        few = "Only {crashes.state_at_least_10|small} fatal {few} there" if large else "No fatal crash there"
        template += f" {few} had [ten](table.crashes) vehicles or more, so its place rests on small numbers."
    template += " {crashes.state_at_least_deaths|Small} fatal {noun} there killed {deaths}."
    if "crashes.state_year_deaths" in found:
        template += (
            " In {year}, {crashes.state_year_deaths} people died on its roads, in"
            " {crashes.state_year_crashes} crashes"
        )
        template += (
            ": {crashes.state_deaths_per_100_million_miles|cents} deaths for each [100 million](table.miles)"
            " miles that vehicles travelled there ({crashes.state_miles|billions} in all)."
            if "crashes.state_deaths_per_100_million_miles" in found
            else "."
        )
    noun = words.plural(found.value("crashes.state_at_least_deaths"), "crash", "crashes")
    year = (Number("case.file", report.crash.year, str(report.crash.year)),)
    return Prose(
        [
            fill(
                report,
                template,
                when=_when(report),
                name=name,
                deaths=_deaths_or_more(report),
                year=year,
                noun=noun,
                few=words.plural(large, "crash", "crashes"),
            )
        ]
    )


@needs(missing.size)
def how_rare(report: Report) -> Prose:
    """How often a crash of this order is on file."""
    one = report.findings.value("crashes.at_least_20") == 1
    text = (
        "{when}, {crashes.at_least_20|small} fatal {noun} of [twenty](table.large-crashes) vehicles or more"
        " {are} on file. Bigger crashes have more vehicles, so a large truck is likelier to be among them by"
        " number alone."
    )
    when = _when(report)
    noun, are = ("crash", "is") if one else ("crashes", "are")
    return Prose([fill(report, text, when=when, noun=noun, are=are)])


@needs(missing.size, quiet=True)
def crash_limits(report: Report) -> Prose:
    """What the crash figures cannot say."""
    lines = (
        (
            "Only fatal crashes are recorded, and only deaths within [thirty](table.crashes) days. A larger"
            " pileup in which nobody died is not in the files."
        ),
        "A crash is what the police filed as one. A long pileup is sometimes filed as several.",
        "The latest years are first releases. The final files of those years have a few more crashes.",
        (
            "“Vehicles” counts parked and working vehicles only from [2005](table.crashes) on. In the first"
            " releases of [2021 and 2022](table.crashes) it was rebuilt from another table of the same files"
            " and counts vehicles in transport."
        ),
        "The number of vehicles and deaths tells how large a crash was. It tells nothing of guilt.",
    )
    return Prose([fill(report, text) for text in lines], bullets=True, role="limits")


def why_so_long(report: Report) -> Prose:
    """How the sentence came about."""
    own = _passages(report, "sentence")
    lacking = missing.law(report)
    if lacking:
        return Prose(own) if own else Prose([(lacking,)], role="missing")
    verdict = (
        "The jury gave a verdict on {sentence.counts_tried} counts: guilty on {sentence.counts_guilty}, not"
        " guilty on {sentence.counts_not_guilty}. "
    )
    if not report.adds_up:
        computed = fill(
            report,
            verdict
            + "No rule of the law file made the terms run one after another; the court could choose. With"
            " every term at its lowest and at the same time, these counts come to {sentence.rebuilt_years}"
            " years; with every term at its highest and one after another, to {sentence.highest_years}."
            " {sentence.imposed_years} were imposed. This is what the law would have allowed, not what"
            " should have been.",
        )
        return Prose([*own, computed])
    running = [step for step in report.built.steps if step.runs == "consecutive" and step.required]
    parts = []
    for step in running:
        parts.append(
            f"[{words.small(step.n)}](case.file) of {words.lower(step.label)}, at"
            f" {{sentence.each.{step.offence}}} years each, add {{sentence.adds.{step.offence}}}"
        )
    sums = "; ".join(parts)
    computed = [
        fill(
            report,
            f"{verdict}The terms on {{sentence.counts_consecutive}} counts had to run one after another:"
            f" {sums}. Together that is {{sentence.rebuilt_years}} years, the lowest total that the law"
            " allowed. The other {sentence.counts_concurrent} terms ran at the same time and added"
            " nothing.",
        ),
        fill(
            report,
            "The terms that had to run one after another could have come to {sentence.highest_years} years at"
            " most. Without the rule that they do, the floor would have been"
            " {sentence.all_concurrent_years} years. This is what the law would have allowed, not what should"
            " have been.",
        ),
    ]
    return Prose([*own, *computed])


@needs(missing.sentence)
def what_others_get(report: Report) -> Prose:
    """How the sentence compares with others."""
    found = report.findings
    paragraphs = [
        fill(
            report,
            "We found no public file that gives the sentences for vehicular homicide in the whole country."
            " The closest federal counterpart is manslaughter: {comparison.manslaughter.cases} people were"
            " sentenced for it in fiscal years [2019 to 2024](table.federal-sentences),"
            " {comparison.manslaughter.with_prison_term} of them to prison."
            " [Half](comparison.manslaughter.median_months) of the prison terms were"
            " {comparison.manslaughter.median_months|years} years or less; the longest was"
            " {comparison.manslaughter.max_months|years}. Chance alone leaves that median between"
            " {comparison.manslaughter.median_interval_low_months|years} and"
            " {comparison.manslaughter.median_interval_high_months|years} years (a"
            " [95](table.federal-sentences)% interval). The {sentence.imposed_years} years imposed here are"
            " {comparison.imposed_to_median_ratio|times} times that median and"
            " {comparison.imposed_to_max_ratio|times} times the longest.",
        )
    ]
    if "comparison.involuntary.median_months" in found:
        split = (
            "The files name the guideline, so involuntary manslaughter can be told apart:"
            if report.split_by_guideline
            else (
                "The file does not tell voluntary from involuntary. By a stand-in, the shortest term that the"
                " guideline asked for, the lighter part is mostly involuntary; the stand-in puts some people"
                " on the wrong side. Of that part"
            )
        )
        paragraphs.append(
            fill(
                report,
                f"{split} {{comparison.involuntary.people}} people went to prison, for a median of"
                " {comparison.involuntary.median_months|years} years.",
            )
        )
    if "comparison.commuted_percentile" in found:
        paragraphs.append(
            fill(
                report,
                "The commuted sentence of {sentence.commuted_years} years is longer than"
                " {comparison.commuted_longer_than_percent|whole}% of those terms, as long as"
                " {comparison.commuted_equal_percent|whole}%, and {comparison.commuted_to_median_ratio|times}"
                " times the median.",
            )
        )
    paragraphs.append(
        fill(
            report,
            "For murder the federal median was {comparison.murder.median_months|years} years, with"
            " {comparison.murder.life} of {comparison.murder.cases} people sentenced to life.",
        )
    )
    paragraphs.append(
        fill(
            report,
            "[Three](table.state-sentences) states give terms for deaths caused with a vehicle. In New York"
            " the median of the maximum terms was {comparison.new_york.median_months|years} years, among"
            " {comparison.new_york.people} people who came before the parole board. Of Florida’s prisoners"
            " with [one](table.state-sentences) count of vehicular homicide who had not left the scene, the"
            " median was {comparison.florida.vehicular_homicide_median_months|years} years"
            " ({comparison.florida.vehicular_homicide_people} people).",
        )
    )
    if "comparison.florida.same_deaths_median_sum_months" in found:
        reaching = found.value("comparison.florida.same_deaths_reaching_imposed")
        template = (
            f"Florida’s file lets terms be added up{', as the law required here' if report.adds_up else ''}."
            " It has {comparison.florida.same_deaths_people|small} prisoners with as many counts for a"
            " death as people died here. Added up, their terms have a median of"
            " {comparison.florida.same_deaths_median_sum_months|years} years, and "
        )
        template += (
            "{comparison.florida.same_deaths_reaching_imposed|small} reach {sentence.imposed_years} years or"
            " more, {comparison.florida.same_deaths_reaching_imposed_dui|small} of these convicted of driving"
            " under the influence"
            if reaching
            else "none reaches {sentence.imposed_years} years"
        )
        if found.value("comparison.florida.same_deaths_life"):
            template += ". Life counts as reaching it ({comparison.florida.same_deaths_life|small})"
        paragraphs.append(
            fill(
                report,
                template
                + ". Adding them up gives an upper bound: the source does not say which terms run together.",
            )
        )
    return Prose(paragraphs)


def comparison_limits(report: Report) -> Prose:
    """What the comparison cannot say."""
    lines = (
        (
            "Federal cases come mostly from federal land and Indian country, and pool voluntary with"
            " involuntary manslaughter. They are not vehicular homicide."
        ),
        (
            "The files of Florida and Texas show people in prison on [one](table.state-sentences) day."
            " Someone serving a long term is likelier to be among them than someone serving a short term."
        ),
        "New York’s and Texas’s offences all involve drink or drugs.",
        "A life sentence counts as longer than any number of months. It is never turned into a number.",
        "A sentence is not the time that is served.",
    )
    own = _passages(report, "limits")
    return Prose([*own, *[fill(report, text) for text in lines]], bullets=True, role="limits")


def what_came_after(report: Report) -> Prose:
    """What happened to the sentence since."""
    paragraphs = _passages(report, "after")
    days = (
        report.findings.value("case.days_to_parole_eligibility")
        if "case.days_to_parole_eligibility" in report.findings
        else None
    )
    if days is not None and days > 0:
        paragraphs.append(
            fill(
                report,
                "{role.parole_eligible} is {case.days_to_parole_eligibility} days after this edition,"
                " {edition}.",
                edition=(Number("parameter.edition", report.edition.isoformat(), words.day(report.edition)),),
            )
        )
    elif days is not None:
        paragraphs.append(
            fill(
                report,
                "That date has passed at this edition, {edition}: the status is due for a check.",
                edition=(Number("parameter.edition", report.edition.isoformat(), words.day(report.edition)),),
            )
        )
    return Prose(paragraphs)


def method(report: Report) -> Prose:
    """How the numbers were made."""
    lines = (
        "The facts of the case stand in a file of their own, each with its sources and a status. The words of"
        " the status mean: "
        + "; ".join(f"{word}, [{meaning}](case.file)" for word, meaning in STATUS.items())
        + ".",
        (
            "The crash figures count rows of NHTSA’s Fatality Analysis Reporting System for the"
            " [fifty](table.crashes) states and the District of Columbia. A rank is [one](table.crashes) more"
            " than the number of crashes with more vehicles; equal crashes share a rank. NHTSA’s files, the"
            " federal and the state files were read through public copies, which the project’s data/README.md"
            " names."
        ),
        (
            "The sentence is rebuilt from the counts of conviction and a law file that holds each offence’s"
            " range and each rule with its dates."
        ),
        (
            "A median is the middle term of those with a prison term, life counting as longer than any"
            " number; people without a prison term are stated beside it. A percentile counts shorter terms"
            " whole and equal ones by [half](table.federal-sentences)."
        ),
        (
            "The numbers in the text lead to the ledger below. The same numbers stand in findings.json,"
            " the tables in tables/ and the charts in charts/."
        ),
    )
    limits = [fill(report, report.case.case.note)] if report.case.case.note else []
    return Prose([*limits, *[fill(report, text) for text in lines]], bullets=True)


def changes(report: Report) -> Prose:
    """What was corrected and what was updated since the page was published, newest first."""
    listed = [
        *(("Correction", change) for change in report.case.correction),
        *(("Update", change) for change in report.case.update),
    ]
    if not listed:
        return Prose([("No corrections so far. A correction would stand here, dated, and stay.",)])
    listed.sort(key=lambda pair: pair[1].date, reverse=True)
    return Prose(
        [linked(f"{kind}, {words.day(change.date)}. {change.text}", "case.file") for kind, change in listed],
        bullets=True,
    )


def ledger(report: Report) -> Ledger:
    """Every finding and every fact, with its origin."""
    case = report.case

    def entry(
        kind: str, record: Any, statement: str, value: Any = None, unit: str | None = None
    ) -> dict[str, Any]:
        """Describe a part of the case file, whatever its kind."""
        as_of = getattr(record, "as_of", None)
        return {
            "id": f"{kind}.{record.id}",
            "group": getattr(record, "group", kind),
            "statement": statement,
            "value": value.isoformat() if hasattr(value, "isoformat") else value,
            "unit": unit,
            "status": record.status,
            "as_of": as_of.isoformat() if as_of else None,
            "formula": (
                (getattr(record, "formula", None) or "").removeprefix("text: ").removeprefix("finding: ")
                or None
            ),
            "note": record.note,
            "sources": [{"source": one.source, "quote": one.quote} for one in record.sources],
        }

    entries = {
        "facts": [entry("fact", one, one.statement, one.value, one.unit) for one in printed(case.fact)],
        "events": [
            entry("event", one, one.text, words.known(one.date, one.precision)) for one in printed(case.event)
        ],
        "terms": [
            entry("term", one, f"{one.label}, by {one.by}", words.span(one.years_min, one.years_max), "years")
            for one in case.term
        ],
        "waypoints": [
            entry("waypoint", one, f"{one.label}: milepost {one.milepost:g}", one.milepost, "milepost")
            for one in case.waypoint
        ],
        "counts": [
            entry(
                "count",
                one,
                f"{one.label}, {one.statute}, {one.offence_class}: {one.tried} tried, {one.guilty} guilty,"
                f" {one.not_guilty} not guilty",
                one.guilty,
                "counts guilty",
            )
            for one in case.count
        ],
        "comparables": [
            entry("comparable", one, f"{one.person}, {one.place}, {one.date}: {one.sentence}")
            for one in printed(case.comparable)
        ],
    }
    data = [
        {
            "id": f"table.{name}",
            "statement": described["title"],
            "note": f"{described['description']} Edition: {described['edition']}.",
            "sources": [one for one in described["sources"] if one.get("path")],
        }
        for name in (
            "crashes",
            "large-crashes",
            "set-aside",
            "miles",
            "federal-sentences",
            "state-sentences",
            "published-figures",
            "statutory-ranges",
        )
        for described in (describe(name),)
    ]
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
        *(case.comparable, case.dispute, case.seed_claim),
    )
    printed_parts = [part for group in groups for part in group if not getattr(part, "off_page", None)]
    versions = [version for part in printed_parts for version in getattr(part, "versions", [])]
    cited = {one.source for part in [*printed_parts, *versions] for one in getattr(part, "sources", [])}
    chosen = {
        **_without_folders(report.parameters.model_dump()),
        "case": case.case.id,
        "state": report.state,
        "vehicles": report.vehicles,
        "deaths": report.deaths,
        "edition": report.edition.isoformat(),
    }
    sources = [
        {
            "id": one.id,
            "publisher": one.publisher,
            "title": one.title,
            "url": one.url,
            "site_only": urlsplit(one.url).path in ("", "/"),
            "date": one.date.isoformat() if one.date else None,
            "tier": TIER[one.tier],
            "note": one.note,
        }
        for one in case.source
        if one.id in cited
    ]
    return Ledger(
        {
            "parameters": chosen,
            "findings": [finding.as_data() for finding in report.findings],
            **entries,
            "data": data,
            "law": report.law.law.title if report.has_law else None,
            "inputs": {
                one["id"]: describe(str(one["id"]).removeprefix("table."))["hash"]
                for one in data
                if one["id"] != "table.own-group"
            },
            "case": {"title": case.case.title, "as_of": case.case.as_of.isoformat()},
            "sources": sources,
        }
    )
