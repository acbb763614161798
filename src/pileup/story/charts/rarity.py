"""Charts of how rare such a crash is: by decade, and with a large truck."""

from pileup.record import crashes
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Table, needs
from pileup.story.charts.crash import deaths_note, fars_source, vehicles_note
from pileup.story.charts.theme import CONTEXT, INK, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Text


@needs(missing.counted)
def by_decade(report: Report) -> Chart:
    """How rare is a fatal crash of this size, decade by decade?"""
    if report.by_deaths_alone:
        spans = crashes.by_decade(report.nation, deaths=report.deaths)
        least = _("{least} or more deaths").format(least=report.deaths)
    else:
        spans = crashes.by_decade(report.nation, report.vehicles)
        least = written.size_class(report.vehicles, None)
    labels = [written.spans(one.years) for one in spans]
    shares = [1e5 * one.large / one.crashes for one in spans]
    said = [_told(one) for one in spans]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 110, right=8 if narrow else 170, bottom=8)
        names = [f"{name}, {text}" for name, text in zip(labels, said, strict=True)] if narrow else labels
        heights = canvas.rows(names)
        canvas.x(range=[0, max(*shares, 1e-9)], showgrid=False, showticklabels=False)
        hover = [_of(one.large, one.crashes) for one in spans]
        canvas.bars(heights, [0] * len(spans), shares, CONTEXT, hover, 0.34 if narrow else 0.6)
        if not narrow:
            for height, share, text in zip(heights, shares, said, strict=True):
                canvas.label(share, height, text, INK, dx=6)
        return canvas

    table = Table(
        "by-decade",
        _("Fatal crashes with {least}, by decade").format(least=least),
        [
            Column(_("Years")),
            Column(_("Years counted"), True),
            Column(_("Fatal crashes"), True),
            Column(_("With {least}").format(least=least), True),
            Column(_("One in"), True),
        ],
        [
            [name, len(one.years), one.crashes, one.large, _one_in(one)]
            for name, one in zip(labels, spans, strict=True)
        ],
        fars_source(report),
    )
    note = [
        deaths_note() if report.by_deaths_alone else vehicles_note(report),
        _("The decades are not strictly comparable, and no trend is claimed.") if len(spans) > 1 else "",
        _("A decade that the chosen years hold in part is shown as that part."),
    ]
    few = min(one.large for one in spans)
    if not few:
        note.append(_("Small numbers: a decade without such a crash could as well have had a few."))
    elif few < written.SMALL_NUMBER:
        note.append(
            ngettext(
                "Small numbers: a decade with {few} such crash could as well have had a few more or fewer.",
                "Small numbers: a decade with {few} such crashes could as well have had a few more or fewer.",
                few,
            ).format(few=few)
        )
    return Chart(
        "by-decade",
        _how_rare(report, spans, least),
        _("Share of fatal crashes in the United States with {least}, by decade, {years}").format(
            least=least, years=report.years
        ),
        _("Bar chart of the share of fatal crashes with {least} by decade, where it was: {shares}.").format(
            least=least,
            shares="; ".join(f"{name}, {text}" for name, text in zip(labels, said, strict=True)),
        ),
        fars_source(report),
        " ".join(filter(None, note)),
        table,
        **both(draw),
    )


def _told(one: crashes.Span) -> str:
    """Say how many crashes of a decade were so large: one in so many, or how many of all where most were."""
    if not one.one_in:
        return _("none")
    if one.one_in == 1:
        return _of(one.large, one.crashes)
    return _("{crashes}: one in {one_in}").format(
        crashes=written.number(one.large), one_in=written.number(one.one_in)
    )


def _one_in(one: crashes.Span) -> int | str:
    """Write one in how many crashes of a decade was so large."""
    if not one.one_in:
        return _("none")
    return one.one_in if one.one_in > 1 else _("most")


def _of(some: int, every: int) -> str:
    return _("{some} of {every}").format(some=written.number(some), every=written.number(every))


def _how_rare(report: Report, spans: list[crashes.Span], least: str) -> Text:
    """Say the rarest and the least rare decade; neutral where there is only one, or none to tell apart."""
    known = [one for one in spans if one.large]
    if not known:
        return (_("No fatal crash of these years had {least}").format(least=least),)
    by_rarity = sorted(known, key=lambda one: one.crashes / one.large)
    name = "one_in_by_deaths" if report.by_deaths_alone else "one_in"
    often, rare = (
        fill(report, f"{{crashes.decade.{name}.{one.first}_{one.last}}}")
        for one in (by_rarity[0], by_rarity[-1])
    )
    if by_rarity[-1].one_in == 1:
        headline = _("Most fatal crashes of these years had {least}")
    elif by_rarity[0].one_in == 1:
        headline = _("In some decades most fatal crashes had {least}, in the rarest one in {rare}")
    elif by_rarity[0].one_in == by_rarity[-1].one_in:
        headline = _("One fatal crash in {often} had {least}")
    elif len(known) == len(spans):
        headline = _("By decade, one fatal crash in {often} to one in {rare} had {least}")
    else:
        headline = _(
            "By decade, one fatal crash in {often} to one in {rare} had {least}, and in some decades none"
        )
    return fill(report, headline, often=often, rare=rare, least=least)


@needs(missing.trucks, quiet=True)
def truck_share(report: Report) -> Chart:
    """How often is a large truck among the vehicles of a big crash?"""
    rows = [size for size in crashes.truck_share(report.nation) if size.known]
    labels = [written.size_class(size.least, size.most) for size in rows]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 150, right=46, bottom=8)
        heights = canvas.rows(labels)
        canvas.x(range=[0, 100], showgrid=False, showticklabels=False)
        canvas.bars(
            heights,
            [0] * len(rows),
            [row.percent for row in rows],
            CONTEXT,
            [_of(row.trucks, row.known) for row in rows],
            0.34 if narrow else 0.6,
        )
        for height, row in zip(heights, rows, strict=True):
            canvas.label(row.percent, height, f"{written.number(row.percent, 0)}%", dx=5)
        return canvas

    first, last = rows[0], rows[-1]
    table = Table(
        "truck-share",
        _("Fatal crashes with a large truck, by size of crash"),
        [
            Column(_("Vehicles")),
            Column(_("With a large truck"), True),
            Column(_("Known crashes"), True),
            Column(_("Not known"), True),
            Column(_("Share"), True),
        ],
        [
            [name, row.trucks, row.known, row.unknown, f"{written.number(row.percent)}%"]
            for name, row in zip(labels, rows, strict=True)
        ],
        fars_source(report),
    )
    trucks, known = (
        fill(report, f"{{crashes.truck.{what}.from_{last.least}}}") for what in ("trucks", "known")
    )
    return Chart(
        "truck-share",
        fill(
            report,
            _with_truck(last),
            trucks=trucks,
            known=known,
            vehicles=written.size_class(last.least, last.most),
        ),
        _("Share of fatal crashes with a large truck, by number of vehicles, United States, {years}").format(
            years=report.truck_years
        ),
        _(
            "Bar chart of the share of fatal crashes with a large truck by size, where it goes from"
            " {first_percent}% with one vehicle to {last_percent}% with {least} or more."
        ).format(
            first_percent=written.number(first.percent, 0),
            last_percent=written.number(last.percent, 0),
            least=last.least,
        ),
        fars_source(report),
        _(
            "Only years for which NHTSA’s auxiliary file is held, which says whether a large truck was"
            " involved ({years}). A crash that is missing in it is not known, and that is not counted as no."
            " A bigger crash has more vehicles, so a truck is likelier to be among them by number alone."
        ).format(years=report.truck_years),
        table,
        **both(draw),
    )


def _with_truck(size: crashes.SizeClass) -> str:
    """Say in how many of the largest crashes a large truck was: of several, of one, in none."""
    if size.known == 1:
        return (
            _("A large truck was in the [only](method) fatal crash with {vehicles}")
            if size.trucks
            else _("No large truck was in the [only](method) fatal crash with {vehicles}")
        )
    if not size.trucks:
        return _("A large truck was in none of {known} fatal crashes with {vehicles}")
    return _("A large truck was in {trucks} of {known} fatal crashes with {vehicles}")


__all__ = ["by_decade", "truck_share"]
