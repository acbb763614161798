"""Lays out the points along a case's road: miles east and north of the first one with a position."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pileup.case.model import Waypoint

#: Mean radius of the earth in statute miles (6,371.0 km).
EARTH = 3958.8


@dataclass(frozen=True)
class Spot:
    """A place on the sketch.

    Attributes
    ----------
    place : Waypoint
        What the case file says of it.
    east, north : float
        Miles from the first place.
    by_milepost : bool
        Whether it was set between its neighbors by its milepost, for want of coordinates.
    """

    place: Waypoint
    east: float
    north: float
    by_milepost: bool


def lay_out(places: Sequence[Waypoint]) -> list[Spot]:
    """Put places on a plane, in the order of their mileposts.

    The earth is taken as flat over the few miles of a road: an equirectangular projection about the middle
    latitude, right to a few yards in ten miles. A place without coordinates is set between the two nearest
    that have them, in proportion to the mileposts.

    Parameters
    ----------
    places : sequence of Place
        At least two with coordinates; the case file's loader has made sure that one without lies between two.

    Returns
    -------
    list of Spot
    """
    ordered = sorted(places, key=lambda one: one.milepost)
    fixed = [one for one in ordered if one.latitude is not None]
    first = fixed[0]
    middle = math.radians(sum(float(one.latitude or 0) for one in fixed) / len(fixed))

    def east_north(one: Waypoint) -> tuple[float, float]:
        north = math.radians(float(one.latitude or 0) - float(first.latitude or 0))
        east = math.radians(float(one.longitude or 0) - float(first.longitude or 0))
        return EARTH * east * math.cos(middle), EARTH * north

    spots = []
    for one in ordered:
        if one.latitude is not None:
            spots.append(Spot(one, *east_north(one), by_milepost=False))
            continue
        before = max((other for other in fixed if other.milepost <= one.milepost), key=lambda at: at.milepost)
        after = min((other for other in fixed if other.milepost > one.milepost), key=lambda at: at.milepost)
        share = (one.milepost - before.milepost) / (after.milepost - before.milepost)
        (x0, y0), (x1, y1) = east_north(before), east_north(after)
        spots.append(Spot(one, x0 + share * (x1 - x0), y0 + share * (y1 - y0), by_milepost=True))
    return spots


def length(spots: Sequence[Spot]) -> float:
    """Return the miles along straight lines from place to place, those set by milepost left out."""
    fixed = [spot for spot in spots if not spot.by_milepost]
    return sum(math.hypot(b.east - a.east, b.north - a.north) for a, b in pairwise(fixed))
