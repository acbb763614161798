"""The groups of people that a sentence is compared with, each with what its figures leave out."""

from dataclasses import dataclass

from pileup.case.group import GroupFile
from pileup.findings.declare import given
from pileup.record.coverage import Coverage
from pileup.record.sentences import Terms
from pileup.words.language import _


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
    what : str
        What a term is in this source.
    years : str
        When the people were sentenced or counted.
    bias : str
        Who is in it, in a few words for the chart itself: everybody or a stock, with drink or without.
    weakness : str
        How far it can be compared, plainly.
    table : str
        The ledger's entry of its table.
    """

    id: str
    name: str
    terms: Terms
    what: str
    years: str
    bias: str
    weakness: str
    table: str


@given
def groups(
    manslaughter: Terms,
    new_york: Terms,
    florida_homicide: Terms,
    florida_one_count: Terms,
    texas: Terms,
    words_federal_years: str,
    coverage_state_sentences: Coverage,
    own_group: GroupFile | None = None,
) -> list[Group]:
    """The groups that have anybody in them."""
    federal, states = "table.federal-sentences", "table.state-sentences"
    new_york_span, florida_span, texas_span = map(coverage_state_sentences.span, ("NY", "FL", "TX"))
    every = [
        Group(
            "manslaughter",
            _("Federal manslaughter"),
            manslaughter,
            _("whole sentence"),
            words_federal_years,
            _("everybody sentenced to prison; not only vehicles"),
            _("mostly from federal and tribal land; voluntary and involuntary together; not only vehicles"),
            federal,
        ),
        Group(
            "new_york",
            _("New York, vehicular homicide offenses"),
            new_york,
            _("maximum term"),
            _("before the parole board, {years}").format(years=new_york_span.years),
            _("came up for parole; drink or drugs"),
            _("drink or drugs in every offense; state prison only; terms of 100 years or more cannot appear"),
            states,
        ),
        Group(
            "florida.vehicular_homicide",
            _("Florida, one count of vehicular homicide, scene not left"),
            florida_homicide,
            _("sentence"),
            _("in prison, {time}").format(time=florida_span.time),
            _("in prison on one day; reckless driving"),
            _(
                "people in prison on one day, so long terms are over-represented; the offense nearest to"
                " Colorado’s reckless vehicular homicide"
            ),
            states,
        ),
        Group(
            "florida.one_count",
            _("Florida, one crash count of any kind"),
            florida_one_count,
            _("sentence"),
            _("in prison, {time}").format(time=florida_span.time),
            _("in prison on one day; with and without drink"),
            _(
                "people in prison on one day, so long terms are over-represented; drunk driving, leaving the"
                " scene and a few boating deaths are among the offenses"
            ),
            states,
        ),
        Group(
            "texas",
            _("Texas, intoxication manslaughter"),
            texas,
            _("term of the oldest listed offense"),
            _("in prison, {time}").format(time=texas_span.time),
            _("in prison on one day; drink or drugs"),
            _(
                "people in prison on one day, so long terms are over-represented; about a quarter of a list,"
                " life left out by its maker: an illustration only"
            ),
            states,
        ),
    ]
    if own_group:
        every.append(
            Group(
                "own",
                own_group.name,
                own_group.terms,
                own_group.what,
                own_group.years,
                own_group.bias,
                own_group.weakness,
                "table.own-group",
            )
        )
    return [group for group in every if group.terms.months]
