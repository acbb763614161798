"""The groups of people that a sentence is compared with: who is in each, and whether it may be compared."""

import math
from dataclasses import dataclass

from pileup.case.group import GroupFile
from pileup.case.model import Term
from pileup.case.outcome import Outcome, ends
from pileup.findings.declare import finding, given
from pileup.record.coverage import Coverage
from pileup.record.sentences import Terms
from pileup.words import written
from pileup.words.language import _, mark

#: How people came into a group, each in words. Of prisoners on one day those with long terms are too many; a
#: shortened list is in no number of groups and in no multiple.
SELECTIONS = {
    "sentenced": mark("everybody sentenced"),
    "board": mark("everybody who came before a parole board"),
    "stock": mark("everybody in prison on one day"),
    "list": mark("about a quarter of a list of prisoners"),
}


@dataclass(frozen=True)
class Group:
    """A group of people with their terms.

    Attributes
    ----------
    id : str
        Name in the ids of its findings, such as `new_york`.
    name : str
        As it stands on a chart.
    terms : Terms
        One entry a person.
    selection : str
        How people came into it: one of `SELECTIONS`.
    what : str
        What a term is in this source.
    years : str
        When the people were sentenced or counted.
    nearness : str
        How near its offense is to a death by reckless driving without alcohol, and what it leaves out.
    table : str
        The ledger's entry of its table.
    near : bool
        Whether it is among those that come nearest; the others are drawn below them.
    part : str
        The larger group that it is a part of, in words; empty where it is whole.
    chosen : str
        How people came into it in the words of whoever made it, where these are not those of `SELECTIONS`.
    """

    id: str
    name: str
    terms: Terms
    selection: str
    what: str
    years: str
    nearness: str
    table: str
    near: bool = False
    part: str = ""
    chosen: str = ""

    @property
    def selected(self) -> str:
        """How people came into it, in words."""
        return self.chosen or _(SELECTIONS[self.selection])

    @property
    def compared(self) -> bool:
        """Whether it is one of the groups that a headline, a multiple or a number of groups speaks of."""
        return self.near and self.selection != "list" and not self.terms.few


@dataclass(frozen=True)
class Own:
    """A number of years of the case, with which the terms of others are compared."""

    id: str
    name: str
    years: float


@dataclass(frozen=True)
class Reach:
    """How many of a group have a term as long as a number of the case, or longer; life is longer."""

    group: Group
    own: Own
    people: int


@given
def groups(
    involuntary: Terms,
    manslaughter: Terms,
    florida_homicide: Terms,
    florida_one_count: Terms,
    new_york: Terms,
    texas: Terms,
    split_by_guideline: bool,
    words_federal_years: str,
    coverage_state_sentences: Coverage,
    own_group: GroupFile | None = None,
) -> list[Group]:
    """The groups that have anybody in them, the nearest first; nobody is in two of them."""
    federal, states = "table.federal-sentences", "table.state-sentences"
    new_york_span, florida_span, texas_span = map(coverage_state_sentences.span, ("NY", "FL", "TX"))
    in_prison = _("in prison, {time}")
    whole = _("the whole sentence")
    every = [
        Group(
            "involuntary",
            _("Federal manslaughter, involuntary")
            if split_by_guideline
            else _("Federal manslaughter, mostly involuntary"),
            involuntary,
            "sentenced",
            whole,
            words_federal_years,
            _("deaths without intent, with and without alcohol; the file does not say whether with a vehicle")
            if split_by_guideline
            else _(
                "deaths without intent, told by the guideline minimum, a proxy; with and without alcohol; the"
                " file does not say whether with a vehicle"
            ),
            federal,
            near=True,
            part=_("federal manslaughter"),
        ),
        Group(
            "florida.vehicular_homicide",
            _("Florida, one count of vehicular homicide, scene not left"),
            florida_homicide,
            "stock",
            _("the sentence on the one count"),
            in_prison.format(time=florida_span.time),
            _("reckless driving, no charge of alcohol: the offense nearest to a death by reckless driving"),
            states,
            near=True,
            part=_("Florida, one crash count of any kind"),
        ),
        Group(
            "new_york",
            _("New York, vehicular homicide offenses"),
            new_york,
            "board",
            _("the maximum term"),
            _("before the parole board, {years}").format(years=new_york_span.years),
            _(
                "alcohol or drugs in every offense; state prison only; terms of 100 years or more cannot"
                " appear"
            ),
            states,
            near=True,
        ),
        Group(
            "manslaughter_rest",
            _("Federal manslaughter, the rest, mostly voluntary"),
            manslaughter.without(involuntary),
            "sentenced",
            whole,
            words_federal_years,
            _("mostly killings in a sudden quarrel, a graver offense"),
            federal,
            part=_("federal manslaughter"),
        ),
        Group(
            "florida.rest",
            _("Florida, one crash count of another kind"),
            florida_one_count.without(florida_homicide),
            "stock",
            _("the sentence on the one count"),
            in_prison.format(time=florida_span.time),
            _("mostly drunk driving, a graver offense; leaving the scene and a few boating deaths"),
            states,
            part=_("Florida, one crash count of any kind"),
        ),
        Group(
            "texas",
            _("Texas, intoxication manslaughter"),
            texas,
            "list",
            _("the term of the oldest listed offense"),
            in_prison.format(time=texas_span.time),
            _("alcohol or drugs; life was left out by the list’s maker: an illustration only"),
            states,
        ),
    ]
    if own_group:
        own = Group(
            "own",
            own_group.name,
            own_group.terms,
            "stock" if own_group.stock else "sentenced",
            own_group.what,
            own_group.years,
            own_group.weakness,
            "table.own-group",
            near=True,
            chosen=own_group.bias,
        )
        every.insert(3, own)
    return [group for group in every if group.terms.months]


@given
def compared(groups: list[Group]) -> list[Group] | None:
    """The groups that come nearest."""
    return [group for group in groups if group.compared] or None


@given
def stocks(groups: list[Group]) -> list[Group]:
    """The groups of prisoners on one day."""
    return [group for group in groups if group.selection == "stock"]


def _id(group: Group) -> str:
    return group.id


def _name(group: Group) -> dict[str, str]:
    return {"group": group.name}


@finding(
    "comparison.by_inflow_months.{key}",
    mark("months"),
    mark("{group}: median if each prisoner counts one divided by the term"),
    each="stocks",
    key=_id,
    says=_name,
)
def by_inflow(one: Group) -> float:
    return one.terms.by_inflow()


@finding("comparison.nearest_groups", mark("groups"), mark("Groups that come nearest"))
def nearest_number(compared: list[Group]) -> int:
    return len(compared)


@given
def medians(compared: list[Group]) -> list[float] | None:
    """The median of each of the nearest groups, in months, where it is a number."""
    return [group.terms.median for group in compared if math.isfinite(group.terms.median)] or None


@finding(
    "comparison.nearest_lowest_median_months",
    mark("months"),
    mark("The lowest median among the nearest groups"),
)
def lowest_median(medians: list[float]) -> float:
    return min(medians)


@finding(
    "comparison.nearest_highest_median_months",
    mark("months"),
    mark("The highest median among the nearest groups"),
)
def highest_median(medians: list[float]) -> float:
    return max(medians)


@finding(
    "comparison.nearest_lowest_ratio",
    mark("times"),
    mark("The sentence imposed, as a multiple of the highest of these medians"),
)
def lowest_ratio(imposed_months: float, highest_median: float) -> float:
    return imposed_months / highest_median


@finding(
    "comparison.nearest_highest_ratio",
    mark("times"),
    mark("The sentence imposed, as a multiple of the lowest of these medians"),
)
def highest_ratio(imposed_months: float, lowest_median: float) -> float:
    return imposed_months / lowest_median


@finding(
    "comparison.least_lowest_ratio",
    mark("times"),
    mark("The shorter end of the sentence imposed, as a multiple of the highest of these medians"),
)
def least_lowest_ratio(imposed_least_years: float, highest_median: float) -> float:
    return 12 * imposed_least_years / highest_median


@finding(
    "comparison.least_highest_ratio",
    mark("times"),
    mark("The shorter end of the sentence imposed, as a multiple of the lowest of these medians"),
)
def least_highest_ratio(imposed_least_years: float, lowest_median: float) -> float:
    return 12 * imposed_least_years / lowest_median


@given
def beside_life(compared: list[Group], outcome: Outcome) -> list[Group] | None:
    """The nearest groups, where the sentence is life: how many have it is all that can be told."""
    return compared if outcome.kind == "life" else None


@finding("comparison.nearest_people", mark("people"), mark("People in the nearest groups"))
def nearest_people(beside_life: list[Group]) -> int:
    return sum(group.terms.people for group in beside_life)


@finding("comparison.nearest_life", mark("people"), mark("Of them, with life"))
def nearest_life(beside_life: list[Group]) -> int:
    return sum(group.terms.life for group in beside_life)


@finding(
    "comparison.with_life.{key}",
    mark("people"),
    mark("{group}: people with life"),
    each="beside_life",
    key=_id,
    says=_name,
)
def with_life(one: Group) -> int:
    return one.terms.life


@given
def several(outcome: Outcome) -> list[Term] | None:
    """The prison terms of several defendants, one each."""
    terms = [term for term in outcome.terms if term.form == "prison"]
    return terms if outcome.kind == "several" and terms else None


def _term(term: Term) -> str:
    return term.id


def _term_name(term: Term) -> dict[str, str]:
    return {"term": term.label}


@finding(
    "sentence.of.{key}", mark("years"), mark("{term}: years"), each="several", key=_term, says=_term_name
)
def years_of(one: Term) -> float:
    return ends(one)[1]


@finding(
    "sentence.least_of.{key}",
    mark("years"),
    mark("{term}: years, the shorter end"),
    each="several",
    key=_term,
    says=_term_name,
)
def least_of(one: Term) -> float | None:
    low, high = ends(one)
    return low if low < high else None


@finding(
    "comparison.of_lowest.{key}",
    mark("times"),
    mark("{term}: a multiple of the highest median among the nearest groups"),
    each="several",
    key=_term,
    says=_term_name,
)
def lowest_of(one: Term, highest_median: float) -> float:
    return 12 * ends(one)[1] / highest_median


@finding(
    "comparison.of_highest.{key}",
    mark("times"),
    mark("{term}: a multiple of the lowest median among the nearest groups"),
    each="several",
    key=_term,
    says=_term_name,
)
def highest_of(one: Term, lowest_median: float) -> float:
    return 12 * ends(one)[1] / lowest_median


@given
def owns(
    imposed_years: float | None = None,
    imposed_least_years: float | None = None,
    several: list[Term] | None = None,
    commuted_years: float | None = None,
    term_asked: Term | None = None,
    role_other_counts_years: float | None = None,
) -> list[Own]:
    """The numbers of the case, shortest first."""
    found = [Own(f"imposed.{term.id}", term.label, ends(term)[1]) for term in several or ()]
    if imposed_years is not None:
        found.append(Own("imposed", _("the sentence imposed"), imposed_years))
    if imposed_least_years is not None:
        found.append(Own("imposed_least", _("its shorter end"), imposed_least_years))
    if commuted_years is not None:
        found.append(Own("commuted", _("the commuted sentence"), commuted_years))
    if role_other_counts_years is not None:
        found.append(Own("other_counts", _("the term on the other counts"), float(role_other_counts_years)))
    if term_asked is not None:
        least, most = ends(term_asked)
        found.append(Own("asked", _("the least that was asked for"), least))
        if most != least:
            found.append(Own("asked_most", _("the most that was asked for"), most))
    return sorted(found, key=lambda own: own.years)


def together(owns: list[Own]) -> list[Own]:
    """Return the numbers of a case with those that are equal as one, named together."""
    by_years: dict[float, list[Own]] = {}
    for own in owns:
        by_years.setdefault(own.years, []).append(own)
    return [
        Own(same[0].id, written.join([own.name for own in same]), years) for years, same in by_years.items()
    ]


def _own(one: Own) -> str:
    return one.id


def _own_name(one: Own) -> dict[str, str]:
    return {"own": one.name}


@finding(
    "comparison.own_years.{key}",
    mark("years"),
    mark("A number of the case that others are compared with: {own}"),
    each="owns",
    key=_own,
    says=_own_name,
)
def own_years(one: Own) -> float:
    return one.years


@given
def reaches(compared: list[Group], owns: list[Own]) -> list[Reach]:
    """Each of the nearest groups against each number of the case."""
    return [Reach(group, own, group.terms.at_least(12 * own.years)) for group in compared for own in owns]


def _reach(one: Reach) -> str:
    return f"{one.group.id}.{one.own.id}"


def _reach_names(one: Reach) -> dict[str, str]:
    return {"group": one.group.name, "own": one.own.name}


@finding(
    "comparison.reaching.{key}",
    mark("people"),
    mark("{group}: people with a term as long as {own} or longer, life included"),
    each="reaches",
    key=_reach,
    says=_reach_names,
)
def reaching(one: Reach) -> int:
    return one.people


@given
def pooled(groups: list[Group]) -> Terms:
    """Everybody in the whole groups, each once; without a list that was cut and a reporter's own."""
    files = [group.terms for group in groups if group.id != "own" and group.selection != "list"]
    months = sorted(term for terms in files for term in terms.months)
    return Terms(tuple(months), sum(terms.no_prison for terms in files))


_ALL = mark("each person of the whole groups once")


@finding("comparison.pooled_people", mark("people"), mark("People in all the whole groups"), how=_ALL)
def pooled_people(pooled: Terms) -> int:
    return pooled.people


@finding("comparison.pooled_prison", mark("people"), mark("Of them, with a prison term"), how=_ALL)
def pooled_prison(pooled: Terms) -> int:
    return len(pooled.months)


@finding("comparison.pooled_life", mark("people"), mark("Of them, with life"), how=_ALL)
def pooled_life(pooled: Terms) -> int:
    return pooled.life


@finding("comparison.pooled_longest_months", mark("months"), mark("The longest fixed term"), how=_ALL)
def pooled_longest(pooled: Terms) -> float:
    return pooled.without_life().longest


@finding(
    "comparison.pooled_fixed_reaching_imposed",
    mark("people"),
    mark("Of them, with a fixed term as long as the sentence imposed or longer"),
    how=_ALL,
)
def pooled_reaching(pooled: Terms, imposed_months: float) -> int:
    return pooled.without_life().at_least(imposed_months)


@finding(
    "comparison.pooled_reaching_asked_percent",
    mark("percent"),
    mark("Share of those with a prison term who have the least that was asked for, or more, or life"),
    how=_ALL,
)
def pooled_reaching_asked(pooled: Terms, term_asked: Term) -> float | None:
    people = len(pooled.months)
    return 100 * pooled.at_least(12 * ends(term_asked)[0]) / people if people else None
