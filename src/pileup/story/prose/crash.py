"""How big and how rare the crash was, and where it stands."""

from collections.abc import Sequence

from pileup.findings.neighbors import split_day, split_key
from pileup.record.states import STATES
from pileup.story import missing
from pileup.story.blocks import Prose, needs
from pileup.story.fill import fill
from pileup.story.prose.crash_words import say
from pileup.story.prose.shared import with_fold
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
        return fill(report, say("from_to"), first=(first,), last=(last,))
    return fill(report, say("in_years"), years=_years(report))


def _years(report: Report) -> Text:
    """Write the years counted inside a sentence: "1975 to 2022", "1975", "1975–1998 and 2000"."""
    first, last = _ends(report)
    if first is None or last is None:
        return (Number("table.crashes", report.years, report.years),)
    return (first,) if first == last else fill(report, say("span"), first=(first,), last=(last,))


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
    """Write the threshold of vehicles, with its origin; nothing where there is none."""
    if not report.vehicles:
        return ()
    if report.parameters.vehicles:
        return fill(
            report,
            say("vehicles_asked", report.vehicles),
        )
    return fill(report, say("vehicles_own"))


def _deaths_or_more(report: Report) -> Text:
    """Write the threshold of deaths, with its origin; nothing where there is none."""
    if not report.deaths:
        return ()
    if report.parameters.deaths:
        said = say("deaths_asked", report.deaths)
    else:
        said = say("deaths_own", report.deaths)
    return fill(report, said)


def asked(report: Report) -> bool:
    """Tell whether a size was asked for that is not the case's own."""
    return bool(report.parameters.vehicles or report.parameters.deaths)


def _sizes(report: Report) -> dict[str, Text]:
    """Write the sizes that are asked for, or the case's own; and, apart, how large the crash itself was."""
    own = report.crash
    return {
        "size": _vehicles_or_more(report),
        "deaths": _deaths_or_more(report),
        **{
            f"its_{size}": fill(report, say(f"own_{size}", number))
            for size, number in (("vehicles", own.vehicles), ("deaths", own.deaths))
            if number is not None
        },
    }


@needs(missing.size)
def how_big(report: Report) -> Prose:
    """How big the crash was, in the nation: first what was asked for, then the place of the crash itself."""
    found, given = report.findings, {**_sizes(report), "when": _when(report), "years": _years(report)}
    recorded = [say("recorded"), *_reaching(report)]
    own = [_own_size(report)] if asked(report) else []
    first = [" ".join(told) for told in (recorded, _deadly(report)) if told]
    shown = first if asked(report) or not report.vehicles else first[:1]
    if partly := missing.partly(report):
        shown = [*shown, f"[{partly}](case.file)"]
        first = [*first[: len(shown) - 1], shown[-1], *first[len(shown) - 1 :]]
    rest = [*first[len(shown) :], " ".join([*own, *_places(report)])]
    paragraphs = [fill(report, text, **given) for text in rest]
    if told := [one for one in (_with_neighbors(report), _later(report)) if one]:
        paragraphs.append(told[0] if len(told) == 1 else (*told[0], " ", *told[1]))
    if found.value("crashes.set_aside"):
        paragraphs.append(_set_aside(report))
    if not report.in_files:
        paragraphs.append(_not_counted(report))
    return with_fold(
        [fill(report, text, **given) for text in shown],
        paragraphs,
        _("Its places by vehicles and by deaths, and how it was counted"),
    )


def _not_counted(report: Report) -> Text:
    """Say why the crash is not among those counted, or that it may be."""
    year = report.crash.year
    if year not in report.all_held.held:
        said = say("no_file")
    else:
        said = say("not_named" if year in report.held.held else "other_years")
    held = _list(report.all_held.held)
    return fill(report, said, year=(Number("case.file", year, str(year)),), held=held)


def _reaching(report: Report) -> list[str]:
    """Tell how many crashes had as many vehicles; nothing where no number is known or asked for."""
    found = report.findings
    if "crashes.at_least_vehicles" not in found:
        return []
    many = found.value("crashes.at_least_vehicles")
    often = found.value("crashes.one_in") if "crashes.one_in" in found else 0
    return [say("reach_one_in" if often > 1 else "reach", many)]


def _own_size(report: Report) -> str:
    """Say how large the crash itself was, where another size was asked for."""
    own = report.crash
    if own.vehicles is None:
        return say("own_size_deaths")
    return say("own_size_vehicles" if own.deaths is None else "own_size")


def _deadly(report: Report) -> list[str]:
    """Tell how many crashes killed as many, and how many had both: not where one of the two is none.

    That every fatal crash killed one person or more says nothing.
    """
    found = report.findings
    if report.deaths < 2:
        return []
    if not report.vehicles:
        return [say("deadly", found.value("crashes.at_least_deaths"))]
    many, deadly = (found.value(f"crashes.at_least_{size}") for size in ("vehicles", "deaths"))
    more = deadly > many and not asked(report)
    told = [say("more_deadly" if more else "deadly", deadly)]
    return [*told, say("both", found.value("crashes.at_least_both"))] if many and deadly else told


def _places(report: Report) -> list[str]:
    """Tell where the crash stands in the nation by each measure, sentence by sentence."""
    found, only = report.findings, "" if len(report.crash.measures) > 1 else f"_{report.crash.measures[0]}"
    told = [say(f"places{only}") if report.own_in_nation else say(f"places_would{only}")]
    if only:
        equal = found.value(f"crashes.joint_by{only}")
        return [*told, say("as_deadly" if only == "_deaths" else "as_large", equal)] if equal else told
    if as_deadly := found.value("crashes.joint_by_deaths"):
        told.append(say("as_deadly", as_deadly))
    # A share that two decimals would round to nothing or to all is not printed.
    share = "crashes.smaller_percent_by_both"
    if share not in found or not 0.005 <= found.value(share) < 99.995:
        return told
    only_one = found.value("crashes.reach_only_one")
    told.append(say("smaller_and_one", only_one) if only_one else say("smaller"))
    return told


def _with_neighbors(report: Report) -> Text:
    """Tell where the crash would stand if neighboring cases were one crash."""
    found = report.findings
    if "crashes.joined.rank_by_both" not in found or not report.held.known("neighbors"):
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
    elif report.own_in_nation and _looked_at(report):
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
    told, found = [say("aside")], report.findings
    if report.parameters.exclusions and report.vehicles:
        told.append(say("aside_left_out", found.value("crashes.at_least_vehicles_with_set_aside")))
    else:
        stands = "aside_stands" if report.own_in_nation else "aside_would"
        if len(report.crash.measures) == 1:
            told.append(say(f"{stands}_{report.crash.measures[0]}"))
        else:
            told += [*_without_aside(report), say(f"{stands}_own" if asked(report) else stands)]
    reasons = "; ".join(f"[{_(one.set_aside)}](table.set-aside)" for one in report.set_aside)
    return fill(report, " ".join(told), reasons=fill(report, reasons))


def _without_aside(report: Report) -> list[str]:
    """Tell how many crashes are as large without those set aside; nothing where they change no count."""
    found = report.findings
    sizes = [f"crashes.at_least_{size}" for size in ("vehicles", "both")]
    whole, left = ([found.value(f"{size}{which}") for size in sizes] for which in ("", "_without_set_aside"))
    if whole == left:
        return []
    many, both = left
    if min(left) > 1:
        return [say("aside_counts")]
    told = [say("aside_counts_few", many)]
    return [*told, say("aside_both", both)] if many else told


@needs(missing.in_state)
def in_the_state(report: Report) -> Prose:
    """Where the crash stands in the chosen state: first what was asked for, then the crash itself."""
    given: dict[str, str | Text] = {
        **_sizes(report),
        "when": _when(report),
        "name": report.state_name,
        "year": (Number("case.file", report.crash.year, str(report.crash.year)),),
    }
    shown, folded = _place_in_state(report), [*_other_places_in_state(report), *_roads(report)]
    texts = [[" ".join(shown)], [" ".join(folded)]]
    if asked(report):
        texts[0] = [" ".join(_asked_in_state(report)), " ".join([_own_size(report), *shown])]
    filled = [[fill(report, text, **given) for text in part if text] for part in texts]
    return with_fold(*filled, _("Its place in {name} by other measures").format(name=report.state_name))


def _asked_in_state(report: Report) -> list[str]:
    """Tell how many crashes of the state are of the size that was asked for."""
    found = report.findings
    every, many, deadly, both = (
        found.value(f"crashes.state_{name}") if f"crashes.state_{name}" in found else 0
        for name in ("fatal_crashes", "at_least_vehicles", "at_least_deaths", "at_least_both")
    )
    told = [say("state_holds", every), *([say("state_reach", many)] if report.vehicles else [])]
    if report.deaths < 2:
        return told
    told.append(say("state_killed", deadly))
    return [*told, say("state_had_both", both)] if many and deadly else told


def _place_in_state(report: Report) -> list[str]:
    """Tell where the crash stands in the state by vehicles, and how large the next one was."""
    found = report.findings
    if report.crash.vehicles is None:
        return _place_by_deaths(report)
    told = [_place_by_vehicles(report)]
    place, joint = (found.value(f"crashes.state_{what}_by_vehicles") for what in ("rank", "joint"))
    if not report.own_in_state or place > 1:
        told.append(say("state_largest", found.value("crashes.state_largest_vehicles")))
    elif not joint and "crashes.state_next_largest_vehicles" in found:
        told.append(say("state_next", found.value("crashes.state_next_largest_vehicles")))
    return told


def _place_by_deaths(report: Report) -> list[str]:
    """Tell where the crash stands in the state by deaths, where its vehicles are not known."""
    found, own = report.findings, report.own_in_state
    every = found.value("crashes.state_fatal_crashes")
    if own and every == 1:
        return [say("state_only")]
    told = [say("state_deaths" if own else "state_deaths_would", every)]
    equal = found.value("crashes.state_joint_by_deaths")
    return [*told, say("state_as_deadly", equal)] if equal else told


def _roads(report: Report) -> list[str]:
    """Tell how many people died on the roads of the state in the year of the crash."""
    found = report.findings
    if "crashes.state_year_deaths" not in found:
        return []
    if found.value("crashes.state_year_crashes") == 1:
        text = ngettext(
            "In {year}, {crashes.state_year_deaths|small} person died on its roads, in"
            " [one](crashes.state_year_crashes) crash.",
            "In {year}, {crashes.state_year_deaths|small} people died on its roads, in"
            " [one](crashes.state_year_crashes) crash.",
            found.value("crashes.state_year_deaths"),
        )
        return [text]
    if "crashes.state_deaths_per_100_million_miles" in found:
        return [
            _(
                "In {year}, {crashes.state_year_deaths} people died on its roads, in"
                " {crashes.state_year_crashes} crashes: {crashes.state_deaths_per_100_million_miles|cents}"
                " deaths for each [100 million](table.miles) miles that vehicles traveled there"
                " ({crashes.state_miles|billions} in all)."
            )
        ]
    return [
        _(
            "In {year}, {crashes.state_year_deaths} people died on its roads, in"
            " {crashes.state_year_crashes} crashes."
        )
    ]


def _place_by_vehicles(report: Report) -> str:
    """Tell where the crash stands, or would stand, in the state by vehicles."""
    joint = report.findings.value("crashes.state_joint_by_vehicles")
    every = report.findings.value("crashes.state_fatal_crashes")
    if not report.own_in_state:
        return say("state_tied_would" if joint else "state_would", every)
    if every == 1:
        return say("state_only")
    if joint:
        return say("state_tied")
    if report.findings.value("crashes.state_rank_by_vehicles") == 1:
        return say("state_first")
    return say("state_stands")


def _other_places_in_state(report: Report) -> list[str]:
    """Tell where the crash stands in the state by deaths, and by vehicles and deaths together."""
    found, own = report.findings, report.own_in_state
    if own and found.value("crashes.state_fatal_crashes") == 1:
        return []
    if report.crash.vehicles is None:
        deadly = report.deaths > 1 and not asked(report)
        return [say("state_deadly", found.value("crashes.state_at_least_deaths"))] if deadly else []
    told, large = list[str](), found.value("crashes.state_at_least_10")
    if not large:
        told.append(say("none_of_ten"))
    elif large < written.SMALL_NUMBER:
        told.append(say("few_of_ten", large))
    if report.crash.deaths is None:
        return told
    if not asked(report) and report.deaths > 1:
        told.append(say("state_deadly", found.value("crashes.state_at_least_deaths")))
    told.append(say("state_by_deaths") if own else say("state_by_deaths_would"))
    if as_deadly := found.value("crashes.state_joint_by_deaths"):
        told.append(say("state_as_deadly", as_deadly))
    equal = found.value("crashes.state_joint_by_both")
    if found.value("crashes.state_rank_by_both") == 1 and not equal:
        told.append(say("state_no_other") if own else say("state_none"))
        return told
    told.append(say("state_by_both") if own else say("state_by_both_would"))
    if equal:
        told.append(say("state_as_both", equal))
    return told


@needs(missing.size)
def how_rare(report: Report) -> Prose:
    """How often a crash of this order is on file."""
    large = report.findings.value("crashes.at_least_20")
    if not large:
        none = _(
            "{when}, [no fatal crash](crashes.at_least_20) of [twenty](table.large-crashes) vehicles or more"
            " is on file."
        )
        return with_fold([], [fill(report, none, when=_when(report))], _("How rare such crashes are"))
    text = ngettext(
        "{when}, {crashes.at_least_20|small} fatal crash of [twenty](table.large-crashes) vehicles or more"
        " is on file. [Bigger crashes](method) have more vehicles, so a large truck is likelier to be among"
        " them by number alone.",
        "{when}, {crashes.at_least_20|small} fatal crashes of [twenty](table.large-crashes) vehicles or"
        " more are on file. [Bigger crashes](method) have more vehicles, so a large truck is likelier to be"
        " among them by number alone.",
        large,
    )
    weather = _weather_of_one(report) if large == 1 else _weather(report)
    told = [fill(report, text, when=_when(report)), *([fill(report, weather)] if weather else [])]
    return with_fold([], told, _("How rare such crashes are"))


def _weather_of_one(report: Report) -> str:
    """Tell the weather of the one large crash; nothing where it was neither."""
    if report.findings.value("crashes.weather.fog_smoke_or_dust"):
        return _(
            "By the files’ codes it happened in [fog, smoke or dust](crashes.weather.fog_smoke_or_dust)."
        )
    if report.findings.value("crashes.weather.snow_or_ice"):
        return _("By the files’ codes it happened in [snow or ice](crashes.weather.snow_or_ice).")
    return ""


def _weather(report: Report) -> str:
    """Tell how many of the large crashes happened in fog, and how many in snow."""
    fog, snow = (
        report.findings.value(f"crashes.weather.{kind}") for kind in ("fog_smoke_or_dust", "snow_or_ice")
    )
    if not fog and not snow:
        return _(
            "By the files’ codes, [none of them](crashes.weather.fog_smoke_or_dust) happened in fog, smoke or"
            " dust or in [snow or ice](crashes.weather.snow_or_ice)."
        )
    if not fog:
        return ngettext(
            "By the files’ codes, {crashes.weather.snow_or_ice|small} of them happened in snow or ice and"
            " [none](crashes.weather.fog_smoke_or_dust) in fog, smoke or dust.",
            "By the files’ codes, {crashes.weather.snow_or_ice|small} of them happened in snow or ice and"
            " [none](crashes.weather.fog_smoke_or_dust) in fog, smoke or dust.",
            snow,
        )
    if not snow:
        return ngettext(
            "By the files’ codes, {crashes.weather.fog_smoke_or_dust|small} of them happened in fog, smoke or"
            " dust and [none](crashes.weather.snow_or_ice) in snow or ice.",
            "By the files’ codes, {crashes.weather.fog_smoke_or_dust|small} of them happened in fog, smoke or"
            " dust and [none](crashes.weather.snow_or_ice) in snow or ice.",
            fog,
        )
    return ngettext(
        "By the files’ codes, {crashes.weather.fog_smoke_or_dust|small} of them happened in fog, smoke or"
        " dust and {crashes.weather.snow_or_ice|small} in snow or ice.",
        "By the files’ codes, {crashes.weather.fog_smoke_or_dust|small} of them happened in fog, smoke or"
        " dust and {crashes.weather.snow_or_ice|small} in snow or ice.",
        fog,
    )


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
    more = _("What these figures cannot say")
    return Prose(lines, bullets=True, role="limits", open=0, more=more)


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
