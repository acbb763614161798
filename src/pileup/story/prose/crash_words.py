"""What is said of a crash's size and place: each sentence once, for notebook and script alike."""

from pileup.words.language import _, mark, marks, ngettext

#: By a name of its own each message, or its two forms for one and for many. What is said where the number is
#: none stands under the same name with `_none`.
SAID: dict[str, str | tuple[str, str]] = {
    "from_to": mark("From {first} to {last}"),
    "in_years": mark("In {years}"),
    "span": mark("{first} to {last}"),
    "vehicles_asked": marks(
        "{parameter.vehicles|small} vehicle or more", "{parameter.vehicles|small} vehicles or more"
    ),
    "vehicles_own": mark("as many vehicles as here, {role.vehicles}, or more"),
    "deaths_asked": marks(
        "{parameter.deaths|small} person or more", "{parameter.deaths|small} people or more"
    ),
    "deaths_own": marks("{role.deaths|small} person or more", "{role.deaths|small} people or more"),
    "recorded": mark(
        "[The federal government](table.crashes) records every fatal crash on public roads in the United"
        " States. {when} these were {crashes.fatal_crashes} crashes, in which {crashes.people_killed} people"
        " died."
    ),
    "reach_one_in": marks(
        "{crashes.at_least_vehicles|Small} of them involved {size}: [one](crashes.one_in) fatal crash in"
        " {crashes.one_in}.",
        "{crashes.at_least_vehicles|Small} of them involved {size}: [one](crashes.one_in) fatal crash in"
        " {crashes.one_in}.",
    ),
    "reach": marks(
        "{crashes.at_least_vehicles|Small} of them involved {size}.",
        "{crashes.at_least_vehicles|Small} of them involved {size}.",
    ),
    "reach_none": mark("[None of them](crashes.at_least_vehicles) involved {size}."),
    "both": marks(
        "{crashes.at_least_both|Small} crash had both.", "{crashes.at_least_both|Small} crashes had both."
    ),
    "both_none": mark("[No crash](crashes.at_least_both) had both."),
    "more_deadly": marks(
        "Many deaths are less rare than many vehicles: {crashes.at_least_deaths|Small} fatal crash killed"
        " {deaths}.",
        "Many deaths are less rare than many vehicles: {crashes.at_least_deaths|Small} fatal crashes killed"
        " {deaths}.",
    ),
    "deadly": marks(
        "{crashes.at_least_deaths|Small} fatal crash killed {deaths}.",
        "{crashes.at_least_deaths|Small} fatal crashes killed {deaths}.",
    ),
    "deadly_none": mark("[No fatal crash](crashes.at_least_deaths) killed {deaths}."),
    "own_vehicles": marks("{role.vehicles} vehicle", "{role.vehicles} vehicles"),
    "own_deaths": marks("{role.deaths|small} death", "{role.deaths|small} deaths"),
    "own_size": mark("This crash itself is of another size, with {its_vehicles} and {its_deaths}."),
    "own_size_vehicles": mark("This crash itself is of another size, with {its_vehicles}."),
    "own_size_deaths": mark("This crash itself is of another size, with {its_deaths}."),
    "not_named": mark(
        "[The federal files](table.crashes) hold no crash that the case file names by its key and size, so"
        " this one may be among those counted, or missing from them."
    ),
    "no_file": mark(
        "The files held are of {held}: a crash of {year} is not among those counted, and its places are those"
        " that it would have."
    ),
    "other_years": mark("This crash is of {year}, so it is not among those counted."),
    "places": mark(
        "Among the fatal crashes of {years}, by vehicles this one stands {crashes.rank_by_vehicles|ordinal},"
        " by deaths {crashes.rank_by_deaths|ordinal}, and by both together {crashes.rank_by_both|ordinal};"
        " equal crashes share a place."
    ),
    "places_would": mark(
        "Among the fatal crashes of {years}, by vehicles this one would stand"
        " {crashes.rank_by_vehicles|ordinal}, by deaths {crashes.rank_by_deaths|ordinal}, and by both"
        " together {crashes.rank_by_both|ordinal}; equal crashes share a place."
    ),
    "places_vehicles": mark(
        "Among the fatal crashes of {years}, by vehicles this one stands {crashes.rank_by_vehicles|ordinal};"
        " equal crashes share a place."
    ),
    "places_would_vehicles": mark(
        "Among the fatal crashes of {years}, by vehicles this one would stand"
        " {crashes.rank_by_vehicles|ordinal}; equal crashes share a place."
    ),
    "places_deaths": mark(
        "Among the fatal crashes of {years}, by deaths this one stands {crashes.rank_by_deaths|ordinal};"
        " equal crashes share a place."
    ),
    "places_would_deaths": mark(
        "Among the fatal crashes of {years}, by deaths this one would stand"
        " {crashes.rank_by_deaths|ordinal}; equal crashes share a place."
    ),
    "as_large": marks(
        "{crashes.joint_by_vehicles|Small} other crash had as many vehicles.",
        "{crashes.joint_by_vehicles|Small} other crashes had as many vehicles.",
    ),
    "as_deadly": marks(
        "{crashes.joint_by_deaths|Small} other crash killed as many people.",
        "{crashes.joint_by_deaths|Small} other crashes killed as many people.",
    ),
    "smaller_and_one": marks(
        "Of all fatal crashes, {crashes.smaller_percent_by_both|cents}% had fewer vehicles than this one and"
        " also fewer deaths; {crashes.reach_only_one|small} had at least as many vehicles or at least as"
        " many deaths, but not both.",
        "Of all fatal crashes, {crashes.smaller_percent_by_both|cents}% had fewer vehicles than this one and"
        " also fewer deaths; {crashes.reach_only_one|small} had at least as many vehicles or at least as"
        " many deaths, but not both.",
    ),
    "smaller": mark(
        "Of all fatal crashes, {crashes.smaller_percent_by_both|cents}% had fewer vehicles than this one and"
        " also fewer deaths."
    ),
    "aside": mark(
        "{crashes.set_aside|Small} of the recorded events is not a traffic crash in the ordinary sense:"
        " {reasons}."
    ),
    "aside_left_out": marks(
        "It is left out of the figures above; with it {crashes.at_least_vehicles_with_set_aside} crash"
        " reaches the number of vehicles.",
        "It is left out of the figures above; with it {crashes.at_least_vehicles_with_set_aside} crashes"
        " reach the number of vehicles.",
    ),
    "aside_left_out_none": mark(
        "It is left out of the figures above; with it, too,"
        " [no crash](crashes.at_least_vehicles_with_set_aside) reaches the number of vehicles."
    ),
    "aside_counts": mark(
        "It counts in the figures above; without it {crashes.at_least_vehicles_without_set_aside} crashes"
        " reach the number of vehicles, and {crashes.at_least_both_without_set_aside} reach both."
    ),
    "aside_counts_few": marks(
        "It counts in the figures above; without it {crashes.at_least_vehicles_without_set_aside|small} crash"
        " reaches the number of vehicles.",
        "It counts in the figures above; without it {crashes.at_least_vehicles_without_set_aside} crashes"
        " reach the number of vehicles.",
    ),
    "aside_counts_few_none": mark(
        "It counts in the figures above; without it [no crash](crashes.at_least_vehicles_without_set_aside)"
        " reaches the number of vehicles."
    ),
    "aside_both": marks(
        "Without it {crashes.at_least_both_without_set_aside|small} crash reaches both.",
        "Without it {crashes.at_least_both_without_set_aside} crashes reach both.",
    ),
    "aside_both_none": mark("Without it [no crash](crashes.at_least_both_without_set_aside) reaches both."),
    "aside_stands": mark(
        "Without it this crash stands {crashes.rank_by_vehicles_without_set_aside|ordinal} by vehicles,"
        " {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths and"
        " {crashes.rank_by_both_without_set_aside|ordinal} by both."
    ),
    "aside_would": mark(
        "Without it this crash would stand {crashes.rank_by_vehicles_without_set_aside|ordinal} by vehicles,"
        " {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths and"
        " {crashes.rank_by_both_without_set_aside|ordinal} by both."
    ),
    "aside_stands_vehicles": mark(
        "Without it this crash stands {crashes.rank_by_vehicles_without_set_aside|ordinal} by vehicles."
    ),
    "aside_would_vehicles": mark(
        "Without it this crash would stand {crashes.rank_by_vehicles_without_set_aside|ordinal} by vehicles."
    ),
    "aside_stands_deaths": mark(
        "Without it this crash stands {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths."
    ),
    "aside_would_deaths": mark(
        "Without it this crash would stand {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths."
    ),
    "aside_stands_own": mark(
        "By its own size, this crash stands without it"
        " {crashes.rank_by_vehicles_without_set_aside|ordinal} by vehicles,"
        " {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths and"
        " {crashes.rank_by_both_without_set_aside|ordinal} by both."
    ),
    "aside_would_own": mark(
        "By its own size, this crash would stand without it"
        " {crashes.rank_by_vehicles_without_set_aside|ordinal} by vehicles,"
        " {crashes.rank_by_deaths_without_set_aside|ordinal} by deaths and"
        " {crashes.rank_by_both_without_set_aside|ordinal} by both."
    ),
    "state_holds": marks(
        "{when}, the files hold {crashes.state_fatal_crashes|small} fatal crash in {name}.",
        "{when}, the files hold {crashes.state_fatal_crashes|small} fatal crashes in {name}.",
    ),
    "state_reach": marks(
        "{crashes.state_at_least_vehicles|Small} involved {size}.",
        "{crashes.state_at_least_vehicles|Small} involved {size}.",
    ),
    "state_reach_none": mark("[None of them](crashes.state_at_least_vehicles) involved {size}."),
    "state_killed": marks(
        "{crashes.state_at_least_deaths|Small} killed {deaths}.",
        "{crashes.state_at_least_deaths|Small} killed {deaths}.",
    ),
    "state_killed_none": mark("[None of them](crashes.state_at_least_deaths) killed {deaths}."),
    "state_had_both": marks(
        "{crashes.state_at_least_both|Small} had both.", "{crashes.state_at_least_both|Small} had both."
    ),
    "state_had_both_none": mark("[None of them](crashes.state_at_least_both) had both."),
    "state_only": mark(
        "{when}, this crash is the [only](crashes.state_fatal_crashes) fatal crash on file in {name}."
    ),
    "state_largest": marks(
        "The largest fatal crash there had {crashes.state_largest_vehicles} vehicle.",
        "The largest fatal crash there had {crashes.state_largest_vehicles} vehicles.",
    ),
    "state_next": marks(
        "The next largest had {crashes.state_next_largest_vehicles} vehicle.",
        "The next largest had {crashes.state_next_largest_vehicles} vehicles.",
    ),
    "none_of_ten": mark(
        "No fatal crash there had [ten](table.crashes) vehicles or more, so its place rests on small numbers."
    ),
    "few_of_ten": marks(
        "Only {crashes.state_at_least_10|small} fatal crash there had [ten](table.crashes) vehicles or more,"
        " so its place rests on small numbers.",
        "Only {crashes.state_at_least_10|small} fatal crashes there had [ten](table.crashes) vehicles or"
        " more, so its place rests on small numbers.",
    ),
    "state_deadly": marks(
        "{crashes.state_at_least_deaths|Small} fatal crash there killed {deaths}.",
        "{crashes.state_at_least_deaths|Small} fatal crashes there killed {deaths}.",
    ),
    "state_deadly_none": mark("[No fatal crash](crashes.state_at_least_deaths) there killed {deaths}."),
    "state_tied_would": marks(
        "{when}, this crash would be tied for {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles"
        " with the [one](crashes.state_fatal_crashes) fatal crash on file there.",
        "{when}, this crash would be tied for {crashes.state_rank_by_vehicles|ordinal} in {name} by"
        " vehicles, among {crashes.state_fatal_crashes} fatal crashes.",
    ),
    "state_would": marks(
        "{when}, this crash would stand {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles,"
        " beside the [one](crashes.state_fatal_crashes) fatal crash on file there.",
        "{when}, this crash would stand {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles,"
        " among {crashes.state_fatal_crashes} fatal crashes.",
    ),
    "state_tied": mark(
        "{when}, this crash is tied for {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles,"
        " among {crashes.state_fatal_crashes} fatal crashes."
    ),
    "state_first": mark(
        "{when}, this crash is the largest on file in {name} by vehicles, among"
        " {crashes.state_fatal_crashes} fatal crashes."
    ),
    "state_stands": mark(
        "{when}, this crash stands {crashes.state_rank_by_vehicles|ordinal} in {name} by vehicles, among"
        " {crashes.state_fatal_crashes} fatal crashes."
    ),
    "state_deaths": mark(
        "{when}, by deaths this crash stands {crashes.state_rank_by_deaths|ordinal} in {name}, among"
        " {crashes.state_fatal_crashes} fatal crashes."
    ),
    "state_deaths_would": marks(
        "{when}, by deaths this crash would stand {crashes.state_rank_by_deaths|ordinal} in {name}, beside"
        " the [one](crashes.state_fatal_crashes) fatal crash on file there.",
        "{when}, by deaths this crash would stand {crashes.state_rank_by_deaths|ordinal} in {name}, among"
        " {crashes.state_fatal_crashes} fatal crashes.",
    ),
    "state_by_deaths": mark("By deaths this crash stands {crashes.state_rank_by_deaths|ordinal} there."),
    "state_by_deaths_would": mark(
        "By deaths this crash would stand {crashes.state_rank_by_deaths|ordinal} there."
    ),
    "state_as_deadly": marks(
        "{crashes.state_joint_by_deaths|Small} other killed as many people.",
        "{crashes.state_joint_by_deaths|Small} others killed as many people.",
    ),
    "state_no_other": mark(
        "[No other fatal crash](table.crashes) there had at least as many vehicles and at least as many"
        " deaths."
    ),
    "state_none": mark(
        "[No fatal crash](table.crashes) there had at least as many vehicles and at least as many deaths."
    ),
    "state_by_both": mark("By vehicles and deaths together it stands {crashes.state_rank_by_both|ordinal}."),
    "state_by_both_would": mark(
        "By vehicles and deaths together it would stand {crashes.state_rank_by_both|ordinal}."
    ),
    "state_as_both": marks(
        "{crashes.state_joint_by_both|Small} other had as many of both.",
        "{crashes.state_joint_by_both|Small} others had as many of both.",
    ),
}


def say(name: str, n: float = 1) -> str:
    """Return a message in the language in use, in the form that belongs to a number: none, one or many."""
    message = SAID.get(f"{name}_none") if n == 0 else None
    message = message or SAID[name]
    return _(message) if isinstance(message, str) else ngettext(*message, n)
