"""How big and how rare the crash was, and where it stands."""

from collections.abc import Sequence

from pileup.findings.neighbors import split_day, split_key
from pileup.record import crashes
from pileup.record.states import STATES
from pileup.story import missing
from pileup.story.blocks import Prose, needs
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Number, Text, linked

#: Where the counts of pileups by others stand.
_SPLIT = "table.split-pileups"


def _when(report: Report) -> Text:
    """Begin a sentence with the years counted: "From 1975 to 2022", "In 1975", "In 1975–1998 and 2000"."""
    first, last = _ends(report)
    if first and last and first != last:
        return fill(report, _("From {first} to {last}"), first=(first,), last=(last,))
    return fill(report, _("In {years}"), years=_years(report))


def _years(report: Report) -> Text:
    """Write the years counted inside a sentence: "1975 to 2022", "1975", "1975–1998 and 2000"."""
    first, last = _ends(report)
    if first is None or last is None:
        return (Number("table.crashes", report.years, report.years),)
    return (first,) if first == last else fill(report, _("{first} to {last}"), first=(first,), last=(last,))


def _ends(report: Report) -> tuple[Number | None, Number | None]:
    """Return the first and the last year counted, each with its origin; None where there are gaps."""
    held = report.held.held
    if held[-1] - held[0] >= len(held):
        return None, None
    first, last = (
        Number(
            f"parameter.{name}" if getattr(report.parameters, name) == year else "table.crashes",
            year,
            str(year),
        )
        for name, year in (("first_year", held[0]), ("last_year", held[-1]))
    )
    return first, first if held[0] == held[-1] else last


def _list(years: Sequence[int]) -> Text:
    """Write the years of some files, which lead to the table."""
    said = written.years_held(years)
    return (Number("table.crashes", said, said),)


def _vehicles_or_more(report: Report) -> Text:
    """Write the threshold of vehicles, with its origin."""
    if report.parameters.vehicles:
        return fill(
            report,
            ngettext(
                "{parameter.vehicles|small} vehicle or more",
                "{parameter.vehicles|small} vehicles or more",
                report.vehicles,
            ),
        )
    return fill(report, _("as many vehicles as here, {role.vehicles}, or more"))


def _deaths_or_more(report: Report) -> Text:
    """Write the threshold of deaths, with its origin."""
    if report.parameters.deaths:
        said = ngettext(
            "{parameter.deaths|small} person or more",
            "{parameter.deaths|small} people or more",
            report.deaths,
        )
    else:
        said = ngettext(
            "{role.deaths|small} person or more", "{role.deaths|small} people or more", report.deaths
        )
    return fill(report, said)


@needs(missing.size)
def how_big(report: Report) -> Prose:
    """How big the crash was, in the nation."""
    found = report.findings
    many = found.value("crashes.at_least_vehicles")
    often = found.value("crashes.one_in") if "crashes.one_in" in found else 0
    recorded = [
        _(
            "[The federal government](table.crashes) records every fatal crash on public roads in the United"
            " States. {when} these were {crashes.fatal_crashes} crashes, in which"
            " {crashes.people_killed} people died."
        ),
        ngettext(
            "{crashes.at_least_vehicles|Small} of them involved {size}: [one](crashes.one_in) fatal crash in"
            " {crashes.one_in}.",
            "{crashes.at_least_vehicles|Small} of them involved {size}: [one](crashes.one_in) fatal crash in"
            " {crashes.one_in}.",
            many,
        )
        if often > 1
        else ngettext(
            "{crashes.at_least_vehicles|Small} of them involved {size}.",
            "{crashes.at_least_vehicles|Small} of them involved {size}.",
            many,
        ),
    ]
    deadly = found.value("crashes.at_least_deaths")
    both = ngettext(
        "{crashes.at_least_both|Small} crash had both.",
        "{crashes.at_least_both|Small} crashes had both.",
        found.value("crashes.at_least_both"),
    )
    deaths = (
        ngettext(
            "Many deaths are less rare than many vehicles: {crashes.at_least_deaths|Small} fatal crash killed"
            " {deaths}.",
            "Many deaths are less rare than many vehicles: {crashes.at_least_deaths|Small} fatal crashes"
            " killed {deaths}.",
            deadly,
        )
        if deadly > many
        else ngettext(
            "{crashes.at_least_deaths|Small} fatal crash killed {deaths}.",
            "{crashes.at_least_deaths|Small} fatal crashes killed {deaths}.",
            deadly,
        )
    )
    paragraphs = [
        fill(report, " ".join(recorded), when=_when(report), size=_vehicles_or_more(report)),
        fill(report, f"{deaths} {both}", deaths=_deaths_or_more(report)),
        fill(report, " ".join(_places(report)), years=_years(report)),
    ]
    if told := [one for one in (_with_neighbors(report), _later(report)) if one]:
        paragraphs.append(told[0] if len(told) == 1 else (*told[0], " ", *told[1]))
    if found.value("crashes.set_aside"):
        paragraphs.append(_set_aside(report))
    if not report.in_files:
        own = report.crash.year
        paragraphs.append(
            fill(
                report,
                _(
                    "[The federal files](table.crashes) hold no crash that the case file names by its key"
                    " and size, so this one may be among those counted, or missing from them."
                )
                if own in report.all_held.held
                else _(
                    "No file of {year}, the year of this crash, is held, so it is not among those counted."
                ),
                year=(Number("case.file", own, str(own)),),
            )
        )
    return Prose(paragraphs)


def _counted(report: Report) -> bool:
    """Tell whether the case's own crash is one of those counted in the chosen years."""
    return report.in_files and crashes.contains(report.nation, report.crash)


def _places(report: Report) -> list[str]:
    """Tell where the crash stands in the nation by each measure, sentence by sentence."""
    found = report.findings
    told = [
        _(
            "Among the fatal crashes of {years}, by vehicles this one stands"
            " {crashes.rank_by_vehicles|ordinal}, by deaths {crashes.rank_by_deaths|ordinal}, and by both"
            " together {crashes.rank_by_both|ordinal}; equal crashes share a place."
        )
        if _counted(report)
        else _(
            "Among the fatal crashes of {years}, by vehicles this one would stand"
            " {crashes.rank_by_vehicles|ordinal}, by deaths {crashes.rank_by_deaths|ordinal}, and by both"
            " together {crashes.rank_by_both|ordinal}; equal crashes share a place."
        )
    ]
    if as_deadly := found.value("crashes.joint_by_deaths"):
        told.append(
            ngettext(
                "{crashes.joint_by_deaths|Small} other crash killed as many people.",
                "{crashes.joint_by_deaths|Small} other crashes killed as many people.",
                as_deadly,
            )
        )
    # A share that two decimals would round to nothing or to all is not printed.
    share = "crashes.smaller_percent_by_both"
    if share not in found or not 0.005 <= found.value(share) < 99.995:
        return told
    only_one = found.value("crashes.reach_only_one")
    told.append(
        ngettext(
            "Of all fatal crashes, {crashes.smaller_percent_by_both|cents}% had fewer vehicles than this one"
            " and also fewer deaths; {crashes.reach_only_one|small} had at least as many vehicles or at least"
            " as many deaths, but not both.",
            "Of all fatal crashes, {crashes.smaller_percent_by_both|cents}% had fewer vehicles than this one"
            " and also fewer deaths; {crashes.reach_only_one|small} had at least as many vehicles or at least"
            " as many deaths, but not both.",
            only_one,
        )
        if only_one
        else _(
            "Of all fatal crashes, {crashes.smaller_percent_by_both|cents}% had fewer vehicles than this one"
            " and also fewer deaths."
        )
    )
    return told


def _with_neighbors(report: Report) -> Text:
    """Tell where the crash would stand if neighboring cases were one crash."""
    found = report.findings
    if "crashes.joined.rank_by_vehicles" not in found or not report.held.known("neighbors"):
        return ()
    groups = found.value("crashes.joined.groups")
    told = [
        _(
            "[A long pileup](table.joined-crashes) can be filed as several cases. Where fatal crashes of"
            " the same county, day and hour, or of the same minute and place, are counted together as a"
            " whole,"
        ),
        ngettext(
            "{crashes.joined.groups|small} such group reaches [twenty](table.joined-crashes) vehicles, and"
            " this crash would stand {crashes.joined.rank_by_vehicles|ordinal} by vehicles and"
            " {crashes.joined.rank_by_both|ordinal} by both together.",
            "{crashes.joined.groups|small} such groups reach [twenty](table.joined-crashes) vehicles, and"
            " this crash would stand {crashes.joined.rank_by_vehicles|ordinal} by vehicles and"
            " {crashes.joined.rank_by_both|ordinal} by both together.",
            groups,
        )
        if groups
        else _("no such group reaches [twenty](table.joined-crashes) vehicles, and the places stay."),
    ]
    if "crashes.joined.own_cases" in found:
        told.append(
            _(
                "This crash is itself one of {crashes.joined.own_cases|small} such cases, with"
                " {crashes.joined.own_vehicles} vehicles and {crashes.joined.own_deaths} deaths in all."
            )
        )
    elif _counted(report) and _looked_at(report):
        told.append(_("[The rule](table.joined-crashes) joins this crash with no other."))
    return fill(report, " ".join(told))


def _looked_at(report: Report) -> bool:
    """Tell whether neighbors can be told in the year and the state of the crash."""
    own = report.crash
    known = {one.year: one.neighbors for one in report.held.years}.get(own.year, "no")
    return known == "yes" or own.state in known


def _later(report: Report) -> Text:
    """Tell of crashes of the year after the last held, which no rank has."""
    name = "crashes.later.at_least_vehicles"
    if name not in report.findings or not report.findings.value(name):
        return ()
    text = ngettext(
        "The files held end with {last}. By another table of NHTSA’s,"
        " {crashes.later.at_least_vehicles|small} fatal crash of {later} had at least as many vehicles in"
        " transport; it is in none of these ranks.",
        "The files held end with {last}. By another table of NHTSA’s,"
        " {crashes.later.at_least_vehicles|small} fatal crashes of {later} had at least as many vehicles in"
        " transport; they are in none of these ranks.",
        report.findings.value(name),
    )
    last = report.all_held.held[-1]
    year = (Number("table.later-crashes", last + 1, str(last + 1)),)
    return fill(report, text, last=_list([last]), later=year)


def _set_aside(report: Report) -> Text:
    """Tell of the events set aside: what they are, and the figures with or without them."""
    told = [
        _(
            "{crashes.set_aside|Small} of the recorded events is not a traffic crash in the ordinary sense:"
            " {reasons}."
        )
    ]
    if report.parameters.exclusions:
        told.append(
            _(
                "It is left out of the figures above; with it {crashes.at_least_vehicles_with_set_aside}"
                " crashes reach the number of vehicles."
            )
        )
    else:
        told += [
            _(
                "It counts in the figures above; without it {crashes.at_least_vehicles_without_set_aside}"
                " crashes reach the number of vehicles, and {crashes.at_least_both_without_set_aside} reach"
                " both."
            ),
            _(
                "Without it this crash stands {crashes.rank_by_vehicles_without_set_aside|ordinal} by"
                " vehicles, {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths and"
                " {crashes.rank_by_both_without_set_aside|ordinal} by both."
            )
            if _counted(report)
            else _(
                "Without it this crash would stand {crashes.rank_by_vehicles_without_set_aside|ordinal} by"
                " vehicles, {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths and"
                " {crashes.rank_by_both_without_set_aside|ordinal} by both."
            ),
        ]
    reasons = "; ".join(f"[{_(one.set_aside)}](table.set-aside)" for one in report.set_aside)
    return fill(report, " ".join(told), reasons=fill(report, reasons))


@needs(missing.in_state)
def in_the_state(report: Report) -> Prose:
    """Where the crash stands in the chosen state."""
    found = report.findings
    told = [_place_by_vehicles(report)]
    if not report.own_in_state:
        told.append(
            ngettext(
                "The largest fatal crash there had {crashes.state_largest_vehicles} vehicle.",
                "The largest fatal crash there had {crashes.state_largest_vehicles} vehicles.",
                found.value("crashes.state_largest_vehicles"),
            )
        )
    elif "crashes.state_next_largest_vehicles" in found:
        told.append(
            ngettext(
                "The next largest had {crashes.state_next_largest_vehicles} vehicle.",
                "The next largest had {crashes.state_next_largest_vehicles} vehicles.",
                found.value("crashes.state_next_largest_vehicles"),
            )
        )
    large = found.value("crashes.state_at_least_10")
    if not large:
        told.append(
            _(
                "No fatal crash there had [ten](table.crashes) vehicles or more, so its place rests on small"
                " numbers."
            )
        )
    elif large < written.SMALL_NUMBER:
        told.append(
            ngettext(
                "Only {crashes.state_at_least_10|small} fatal crash there had [ten](table.crashes) vehicles"
                " or more, so its place rests on small numbers.",
                "Only {crashes.state_at_least_10|small} fatal crashes there had [ten](table.crashes) vehicles"
                " or more, so its place rests on small numbers.",
                large,
            )
        )
    told += [
        ngettext(
            "{crashes.state_at_least_deaths|Small} fatal crash there killed {deaths}.",
            "{crashes.state_at_least_deaths|Small} fatal crashes there killed {deaths}.",
            found.value("crashes.state_at_least_deaths"),
        ),
        *_other_places_in_state(report),
    ]
    if "crashes.state_deaths_per_100_million_miles" in found:
        told.append(
            _(
                "In {year}, {crashes.state_year_deaths} people died on its roads, in"
                " {crashes.state_year_crashes} crashes: {crashes.state_deaths_per_100_million_miles|cents}"
                " deaths for each [100 million](table.miles) miles that vehicles traveled there"
                " ({crashes.state_miles|billions} in all)."
            )
        )
    elif "crashes.state_year_deaths" in found:
        told.append(
            _(
                "In {year}, {crashes.state_year_deaths} people died on its roads, in"
                " {crashes.state_year_crashes} crashes."
            )
        )
    year = (Number("case.file", report.crash.year, str(report.crash.year)),)
    given: dict[str, str | Text] = {
        "when": _when(report),
        "name": report.state_name,
        "deaths": _deaths_or_more(report),
        "year": year,
    }
    return Prose([fill(report, " ".join(told), **given)])


def _place_by_vehicles(report: Report) -> str:
    """Tell where the crash stands, or would stand, in the state by vehicles."""
    joint = report.findings.value("crashes.state_joint_by_vehicles")
    if not report.own_in_state:
        if joint:
            return _(
                "{when}, this crash would be tied for {crashes.state_rank_by_vehicles|ordinal} in {name} by"
                " vehicles, among {crashes.state_fatal_crashes} fatal crashes."
            )
        return _(
            "{when}, this crash would stand {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles,"
            " among {crashes.state_fatal_crashes} fatal crashes."
        )
    if joint:
        return _(
            "{when}, this crash is tied for {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles,"
            " among {crashes.state_fatal_crashes} fatal crashes."
        )
    if report.findings.value("crashes.state_rank_by_vehicles") == 1:
        return _(
            "{when}, this crash is the largest on file in {name} by vehicles, among"
            " {crashes.state_fatal_crashes} fatal crashes."
        )
    return _(
        "{when}, this crash stands {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles, among"
        " {crashes.state_fatal_crashes} fatal crashes."
    )


def _other_places_in_state(report: Report) -> list[str]:
    """Tell where the crash stands in the state by deaths, and by vehicles and deaths together."""
    found, own = report.findings, report.own_in_state
    told = [
        _("By deaths this crash stands {crashes.state_rank_by_deaths|ordinal} there.")
        if own
        else _("By deaths this crash would stand {crashes.state_rank_by_deaths|ordinal} there.")
    ]
    if as_deadly := found.value("crashes.state_joint_by_deaths"):
        told.append(
            ngettext(
                "{crashes.state_joint_by_deaths|Small} other killed as many people.",
                "{crashes.state_joint_by_deaths|Small} others killed as many people.",
                as_deadly,
            )
        )
    equal = found.value("crashes.state_joint_by_both")
    if found.value("crashes.state_rank_by_both") == 1 and not equal:
        told.append(
            _(
                "[No other fatal crash](table.crashes) there had at least as many vehicles and at least as"
                " many deaths."
            )
            if own
            else _(
                "[No fatal crash](table.crashes) there had at least as many vehicles and at least as many"
                " deaths."
            )
        )
        return told
    told.append(
        _("By vehicles and deaths together it stands {crashes.state_rank_by_both|ordinal}.")
        if own
        else _("By vehicles and deaths together it would stand {crashes.state_rank_by_both|ordinal}.")
    )
    if equal:
        told.append(
            ngettext(
                "{crashes.state_joint_by_both|Small} other had as many of both.",
                "{crashes.state_joint_by_both|Small} others had as many of both.",
                equal,
            )
        )
    return told


@needs(missing.size)
def how_rare(report: Report) -> Prose:
    """How often a crash of this order is on file."""
    text = ngettext(
        "{when}, {crashes.at_least_20|small} fatal crash of [twenty](table.large-crashes) vehicles or more"
        " is on file. [Bigger crashes](method) have more vehicles, so a large truck is likelier to be among"
        " them by number alone.",
        "{when}, {crashes.at_least_20|small} fatal crashes of [twenty](table.large-crashes) vehicles or"
        " more are on file. [Bigger crashes](method) have more vehicles, so a large truck is likelier to be"
        " among them by number alone.",
        report.findings.value("crashes.at_least_20"),
    )
    told = [fill(report, text, when=_when(report))]
    if report.findings.value("crashes.at_least_20"):
        weather = _(
            "By the files’ codes, {crashes.weather.fog_smoke_or_dust|small} of them happened in fog, smoke or"
            " dust and {crashes.weather.snow_or_ice|small} in snow or ice."
        )
        told.append(fill(report, weather))
    return Prose(told)


@needs(missing.size, quiet=True)
def crash_limits(report: Report) -> Prose:
    """What the crash figures cannot say."""
    lines = (
        fill(
            report,
            _(
                "Only fatal crashes are recorded, and only deaths within [thirty](table.crashes) days. [A"
                " larger pileup](table.crashes) in which nobody died is not in the files."
            ),
        ),
        _filed_as_several(report),
        *_limits_of_neighbors(report),
        *_limits_of_years(report),
        fill(
            report,
            _(
                "[The number of vehicles and deaths shows how large a crash was](connective). [It says"
                " nothing about guilt](connective)."
            ),
        ),
    )
    return Prose(lines, bullets=True, role="limits")


def _filed_as_several(report: Report) -> Text:
    """Say that a crash is what the police filed as one, with the known pileups that are several."""
    told: list[str | Number] = [
        *fill(
            report,
            _(
                "[A crash](method) is what the police filed as one. [A long pileup](table.split-pileups) is"
                " sometimes filed as several."
            ),
        )
    ]
    text = _(
        "{place}, {date}: {cases} cases on file, with {vehicles} vehicles and {deaths} deaths; {counted_by}"
        " counted {their_vehicles} vehicles and {their_deaths} deaths."
    )
    for one in report.splits:
        files = {
            "cases": (one.files.cases, written.small(one.files.cases)),
            "vehicles": (one.files.vehicles, written.number(one.files.vehicles)),
            "deaths": (one.files.deaths, written.number(one.files.deaths)),
        }
        given: dict[str, str | Text] = {
            name: (Number(f"crashes.split.{name}.{split_key(one)}", *said),) for name, said in files.items()
        }
        theirs = {"their_vehicles": one.vehicles, "their_deaths": one.deaths}
        given |= {name: linked(written.number(size), _SPLIT) for name, size in theirs.items()}
        given |= {"place": _(one.place), "date": linked(split_day(one), _SPLIT)}
        told += [" ", *fill(report, text, counted_by=_(one.counted_by), **given)]
    return tuple(told)


def _limits_of_neighbors(report: Report) -> list[Text]:
    """Say what the rule for neighboring cases gets wrong, and which crashes it cannot look at."""
    told = [
        _(
            "[Crashes](table.joined-crashes) that happened near one another by chance are joined too when"
            " neighboring cases are counted as one, and a pileup past the hour or across a county line is"
            " not."
        )
    ]
    unplaced = report.findings.value("crashes.joined.unplaced")
    if unplaced:
        told.append(
            ngettext(
                "{crashes.joined.unplaced} crash cannot be looked at for neighbors: its day, hour or place is"
                " not known.",
                "{crashes.joined.unplaced} crashes cannot be looked at for neighbors: their day, hour or"
                " place is not known.",
                unplaced,
            )
        )
    texts = [fill(report, " ".join(told))]
    for states, years in report.held.in_part("neighbors").items():
        text = _("For {years} neighbors can be looked for in some states only: {states}.")
        names = written.join(sorted(_(STATES[one]) for one in states))
        texts.append(fill(report, text, years=_list(years), states=names))
    return texts


def _limits_of_years(report: Report) -> list[Text]:
    """Say which years are missing, which editions the files are, and how vehicles were counted."""
    held = report.held
    first, last = report.parameters.first_year, report.parameters.last_year
    told = [
        (
            _("No file of {years} is held, so no crash of that time is counted."),
            [year for year in range(first, last + 1) if year not in held.held],
        ),
        (
            _("The files of {years} are first releases; the final files have a few more crashes."),
            held.of(edition="first release"),
        ),
        (
            _("Whether the files of {years} are NHTSA’s final ones is not known."),
            held.of(edition="not known"),
        ),
        (
            _("“Vehicles” counts parked and working vehicles too in the files of {years}."),
            held.of(vehicles="VE_TOTAL"),
        ),
        (
            _("“Vehicles” counts vehicles in transport only in the files of {years}."),
            held.of(vehicles="VE_FORMS"),
        ),
        (
            _("For {years} the number of vehicles was rebuilt from other tables of the same files."),
            held.of(read_from="copy put together"),
        ),
    ]
    return [fill(report, text, years=_list(years)) for text, years in told if years]
