"""The top of the page and what happened, as the case file tells it."""

import datetime as dt
from collections.abc import Iterator

from pileup.case.load import CASES, case_path
from pileup.case.model import printed
from pileup.story.blocks import Head, Prose
from pileup.story.doubt import told
from pileup.story.fill import fill
from pileup.story.headline import headline
from pileup.story.prose.multiples import LEAST, times_the_medians, times_these
from pileup.story.prose.shared import account, passages, with_fold, without_folders
from pileup.story.report import Report
from pileup.story.whose import of_case_file
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Number, Text, as_data, linked, plain

#: For how many days a correction stands at the top of the page, too; in the list it stands for good.
NOTICE_DAYS = 30


def head(report: Report) -> Head:
    """The top of the page."""
    case_file, case, known = report.case, report.case.case, set[str]()
    found = headline(report)
    return Head(
        {
            "case": _named(report),
            "headline": plain(found),
            "finding": as_data(found),
            "topic": case.title,
            "standfirst": as_data(told(report, of_case_file(fill(report, case.standfirst)), known)),
            "status": as_data(told(report, of_case_file(fill(report, case.status_now)), known)),
            "as_of": case.as_of.isoformat(),
            "as_of_words": written.day(case.as_of),
            "edition": report.edition.isoformat(),
            "edition_words": report.issue.words,
            "edition_number": report.issue.number,
            "language": report.parameters.language,
            "byline": case.byline,
            "contact": case.contact,
            "published": case.published.isoformat() if case.published else None,
            "published_words": written.day(case.published) if case.published else None,
            "corrections": [
                {"date": change.date.isoformat(), "text": change.text} for change in report.case.correction
            ],
            "notices": [
                {
                    "title": as_data(
                        linked(_("Correction, {date}.").format(date=written.day(change.date)), "case.file")
                    ),
                    "text": as_data(linked(change.text, "case.file")),
                }
                for change in sorted(case_file.correction, key=lambda one: one.date, reverse=True)
                if on_top(change.date, report.edition)
            ],
            "due": [
                question.question
                for question in printed(report.case.open)
                if question.look_again and question.look_again <= report.edition
            ],
            "parameters": without_folders(report.parameters.changed()),
        }
    )


def on_top(corrected: dt.date, edition: dt.date) -> bool:
    """Tell whether a correction stands at the top of an edition, too: for so many days after its own."""
    return corrected <= edition <= corrected + dt.timedelta(days=NOTICE_DAYS)


def _named(report: Report) -> str:
    """Name the case as the command line takes it: a case that ships by its id, another by its file's name."""
    path = case_path(report.parameters.case)
    return report.case.case.id if path is None or path.parent == CASES else path.name


def key_facts(report: Report) -> Prose:
    """The few numbers that a reader needs first, and the one that speaks most against the first of them."""
    texts = [*_size(report), *_sentence(report)]
    told = [text if isinstance(text, tuple) else fill(report, text, **account(report)) for text in texts]
    return Prose([*told, *passages(report, "key-facts")], bullets=True, role="key-facts")


def _size(report: Report) -> Iterator[str]:
    """Say how large the crash was, and how rare one so large is, or one of the size that was asked for."""
    found = report.findings
    if "crashes.rank_by_vehicles" in found:
        largest = report.own_in_state and found.value("crashes.state_rank_by_vehicles") == 1
        if largest and not found.value("crashes.state_joint_by_vehicles"):
            most = ngettext(
                "vehicle, the most in a fatal crash on file in {state}",
                "vehicles, the most in a fatal crash on file in {state}",
                report.own_vehicles,
            )
            yield f"{{role.vehicles}} {most.format(state=report.state_name)}"
        else:
            said = ngettext("vehicle in the crash", "vehicles in the crash", report.own_vehicles)
            yield f"{{role.vehicles}} {said}"
    elif "crashes.rank_by_deaths" in found:
        said = ngettext("death in the crash", "deaths in the crash", report.own_deaths)
        yield f"{{role.deaths}} {said}"
    if "crashes.one_in" in found:
        yield _how_often(report)
    elif "crashes.one_in_by_deaths" in found:
        yield (
            _(
                "[one](crashes.one_in_by_deaths) in {crashes.one_in_by_deaths} fatal crashes on file killed"
                " as many people or more"
            )
            if found.value("crashes.one_in_by_deaths") > 1
            else _("[most](crashes.one_in_by_deaths) fatal crashes on file killed as many people or more")
        )


def _how_often(report: Report) -> str:
    """Say how often a fatal crash has as many vehicles: as this one, or as were asked for."""
    often, chosen = report.findings.value("crashes.one_in") > 1, report.parameters.vehicles
    if not chosen:
        return (
            _("[one](crashes.one_in) in {crashes.one_in} fatal crashes on file has as many vehicles or more")
            if often
            else _("[most](crashes.one_in) fatal crashes on file have as many vehicles or more")
        )
    if often:
        return ngettext(
            "[one](crashes.one_in) in {crashes.one_in} fatal crashes on file has {parameter.vehicles}"
            " vehicle or more",
            "[one](crashes.one_in) in {crashes.one_in} fatal crashes on file has {parameter.vehicles}"
            " vehicles or more",
            chosen,
        )
    return ngettext(
        "[most](crashes.one_in) fatal crashes on file have {parameter.vehicles} vehicle or more",
        "[most](crashes.one_in) fatal crashes on file have {parameter.vehicles} vehicles or more",
        chosen,
    )


def _sentence(report: Report) -> Iterator[str | Text]:
    """Say how the sentence compares with the nearest group, and with those who have as many deaths."""
    found = report.findings
    if "comparison.least_lowest_ratio" in found and found.value("comparison.nearest_groups") > 1:
        yield fill(
            report,
            _(
                "{longer} of the {comparison.nearest_groups|small} nearest groups is the longer end of the"
                " sentence, {sentence.imposed_years} years; {shorter} is the shorter end,"
                " {sentence.imposed_least_years}"
            ),
            longer=times_the_medians(report),
            shorter=times_these(report, *LEAST),
        )
    elif "comparison.nearest_lowest_ratio" in found and found.value("comparison.nearest_groups") > 1:
        yield fill(
            report,
            ngettext(
                "{multiple} of the {comparison.nearest_groups|small} nearest groups is the sentence,"
                " {sentence.imposed_years} years, here for {sentence.counts_guilty} count",
                "{multiple} of the {comparison.nearest_groups|small} nearest groups is the sentence,"
                " {sentence.imposed_years} years, here for {sentence.counts_guilty} counts",
                found.value("sentence.counts_guilty"),
            )
            if "sentence.counts_guilty" in found
            else _(
                "{multiple} of the {comparison.nearest_groups|small} nearest groups is the sentence,"
                " {sentence.imposed_years} years"
            ),
            multiple=times_the_medians(report),
        )
    elif "comparison.nearest_lowest_ratio" in found:
        yield _(
            "{comparison.nearest_lowest_ratio|times} times the median prison term of the nearest group is"
            " the sentence, {sentence.imposed_years} years"
        )
    if "comparison.florida.same_deaths_by_inflow_months" in found and "sentence.years_for_dead" in found:
        yield _(
            "{comparison.florida.same_deaths_by_inflow_months|years} to"
            " {comparison.florida.same_deaths_median_sum_months|years} years, at most, is the median of"
            " Florida’s {comparison.florida.same_deaths_people|small} prisoners with as many death counts,"
            " {comparison.florida.same_deaths_dui|small} of them for driving under the influence, if all"
            " their terms ran end to end; {sentence.years_for_dead} of the years here stand for the dead, by"
            " {account}"
        )
    elif "comparison.florida.same_deaths_least_sum_months" in found and "sentence.years_for_dead" in found:
        yield ngettext(
            "{comparison.florida.same_deaths_reaching_years_for_dead|some} of Florida’s"
            " {comparison.florida.same_deaths_people|small} prisoner with as many death counts reaches, if"
            " all the terms ran end to end, the {sentence.years_for_dead} years that stand for the dead here,"
            " by {account}",
            "{comparison.florida.same_deaths_reaching_years_for_dead|some} of Florida’s"
            " {comparison.florida.same_deaths_people|small} prisoners with as many death counts reach, if"
            " all their terms ran end to end, the {sentence.years_for_dead} years that stand for the dead"
            " here, by {account}",
            found.value("comparison.florida.same_deaths_people"),
        )


def _crash(report: Report) -> Text:
    """Say when and where the crash was, and how large, where the case file has no words of its own for it."""
    crash = report.case.crash
    known = written.known(crash.date, crash.precision)
    when = (Number("case.file", known, written.when(crash.date, crash.precision)),)
    vehicles, deaths = (report.case.number(role) for role in ("vehicles", "deaths"))
    parts = [
        _("The crash was on {date}: {road}, {place}.")
        if crash.precision == "day"
        else _("The crash was in {date}: {road}, {place}.")
    ]
    if vehicles is not None:
        parts.append(
            ngettext(
                "It involved {role.vehicles} vehicle.", "It involved {role.vehicles} vehicles.", vehicles
            )
        )
    if deaths is not None:
        parts.append(ngettext("{role.deaths|Small} person died.", "{role.deaths|Small} people died.", deaths))
    return fill(
        report,
        " ".join(parts),
        date=when,
        road=linked(crash.road, "case.file"),
        place=linked(crash.place, "case.file"),
    )


def what_happened(report: Report) -> Prose:
    """What happened, as far as it is established."""
    parts = [passages(report, "what-happened", folded) for folded in (False, True)]
    parts[0] = parts[0] or [_crash(report)]
    return with_fold(*parts, _("More of what happened, as it was reported"))
