"""The groups of people that a sentence is compared with, each with what its figures leave out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pileup.sentences import Terms

if TYPE_CHECKING:
    from pileup.story.report import Report


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


def groups(report: "Report") -> list[Group]:
    """Return the groups that have anybody in them."""
    federal, states = "table.federal-sentences", "table.state-sentences"
    stock = "people in prison on one day, so long terms are over-represented"
    every = [
        Group(
            "manslaughter",
            "Federal manslaughter",
            report.manslaughter,
            "whole sentence",
            "fiscal years 2019 to 2024",
            "everybody sentenced; not only vehicles",
            "mostly from federal and tribal land; voluntary and involuntary together; not only vehicles",
            federal,
        ),
        Group(
            "new_york",
            "New York, vehicular homicide offences",
            report.new_york,
            "maximum term",
            "before the parole board 2012 to 2018",
            "came up for parole; drink or drugs",
            "drink or drugs in every offence; state prison only; terms of 100 years or more cannot appear",
            states,
        ),
        Group(
            "florida.vehicular_homicide",
            "Florida, one count of vehicular homicide, scene not left",
            report.florida_homicide,
            "sentence",
            "in prison about January 2018",
            "in prison on one day; reckless driving",
            f"{stock}; the offence nearest to Colorado’s reckless vehicular homicide",
            states,
        ),
        Group(
            "florida.one_count",
            "Florida, one crash count of any kind",
            report.florida_one_count,
            "sentence",
            "in prison about January 2018",
            "in prison on one day; with and without drink",
            f"{stock}; drunk driving, leaving the scene and a few boating deaths are among the offences",
            states,
        ),
        Group(
            "texas",
            "Texas, intoxication manslaughter",
            report.texas,
            "term of the oldest listed offence",
            "in prison in August 2019",
            "in prison on one day; drink or drugs",
            f"{stock}; about a quarter of a list, life left out by its maker: an illustration only",
            states,
        ),
    ]
    if own := report.own_group:
        every.append(
            Group("own", own.name, own.terms, own.what, own.years, own.bias, own.weakness, "table.own-group")
        )
    return [group for group in every if group.terms.months]
