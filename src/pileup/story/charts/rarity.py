"""Charts of how rare such a crash is: by decade, by weather and light, and with a large truck."""

from collections import Counter

from pileup.record import conditions, crashes
from pileup.story import missing
from pileup.story.blocks import Chart, Column, Table, needs
from pileup.story.charts.crash import fars_source, not_said, vehicles_note
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, mark, ngettext
from pileup.words.text import Text

#: What the two charts in one are of, and how each names what its files leave open.
WEATHER, LIGHT = mark("weather"), mark("light")
_LEFT_OPEN = {
    (WEATHER, conditions.NOT_REPORTED): mark("Weather not reported"),
    (WEATHER, conditions.UNKNOWN): mark("Weather not known"),
    (LIGHT, conditions.NOT_REPORTED): mark("Light not reported"),
    (LIGHT, conditions.UNKNOWN): mark("Light not known"),
}


@needs(missing.size)
def by_decade(report: Report) -> Chart:
    """How rare is a fatal crash of this size, decade by decade?"""
    spans = crashes.by_decade(report.nation, report.vehicles)
    least = written.size_class(report.vehicles, None)
    labels = [written.spans(one.years) for one in spans]
    shares = [1e5 * one.large / one.crashes for one in spans]
    said = [
        _("{crashes}: one in {one_in}").format(
            crashes=written.number(one.large), one_in=written.number(one.one_in)
        )
        if one.one_in
        else _("none")
        for one in spans
    ]

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
            [name, len(one.years), one.crashes, one.large, one.one_in or _("none")]
            for name, one in zip(labels, spans, strict=True)
        ],
        fars_source(report),
    )
    note = [
        vehicles_note(report),
        _("The decades are not strictly comparable, and no trend is claimed."),
        _("A decade that the chosen years hold in part is shown as that part."),
    ]
    few = min(one.large for one in spans)
    if few < written.SMALL_NUMBER:
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
        " ".join(note),
        table,
        **both(draw),
    )


def _of(some: int, every: int) -> str:
    return _("{some} of {every}").format(some=written.number(some), every=written.number(every))


def _how_rare(report: Report, spans: list[crashes.Span], least: str) -> Text:
    """Say the rarest and the least rare decade; neutral where there is only one, or none to tell apart."""
    known = [one for one in spans if one.large]
    if not known:
        return (_("No fatal crash of these years had {least}").format(least=least),)
    by_rarity = sorted(known, key=lambda one: one.crashes / one.large)
    often, rare = (
        fill(report, f"{{crashes.decade.one_in.{one.first}_{one.last}}}")
        for one in (by_rarity[0], by_rarity[-1])
    )
    if by_rarity[0].one_in == by_rarity[-1].one_in:
        headline = _("One fatal crash in {often} had {least}")
    elif len(known) == len(spans):
        headline = _("By decade, one fatal crash in {often} to one in {rare} had {least}")
    else:
        headline = _(
            "By decade, one fatal crash in {often} to one in {rare} had {least}, and in some decades none"
        )
    return fill(report, headline, often=often, rare=rare, least=least)


@needs(missing.large)
def weather_and_light(report: Report) -> Chart:
    """In what weather and light did the largest crashes happen?"""
    own = next((one for one in report.large if report.is_own(one)), None)
    skies, lights = (
        Counter(read(one.year, code(one)) for one in report.large)
        for read, code in (
            (conditions.weather, lambda one: one.weather),
            (conditions.light, lambda one: one.light),
        )
    )
    own_sky = conditions.weather(own.year, own.weather) if own else ""
    own_light = conditions.light(own.year, own.light) if own else ""
    rows = [
        (kind, name, found[name], name == ours)
        for kind, known, found, ours in (
            (WEATHER, conditions.WEATHER, skies, own_sky),
            (LIGHT, conditions.LIGHT, lights, own_light),
        )
        for name in _by_number(known, found)
    ]
    named = [_condition(kind, name) for kind, name, _number, _ours in rows]
    first_light = [kind for kind, *_others in rows].index(LIGHT)
    numbers = [number for _kind, _name, number, _ours in rows]
    least = written.size_class(crashes.LARGE, None)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 250, right=120 if narrow else 150, bottom=8)
        heights = canvas.rows(named)
        canvas.x(range=[0, max(numbers)], showgrid=False, showticklabels=False)
        canvas.bars(
            heights,
            [0] * len(rows),
            numbers,
            CONTEXT,
            [f"{name}: {number}" for name, number in zip(named, numbers, strict=True)],
            0.34 if narrow else 0.6,
        )
        for height, (_kind, _name, number, ours) in zip(heights, rows, strict=True):
            text = _("{crashes}, with this one").format(crashes=number) if ours else str(number)
            canvas.label(number, height, text, ACCENT if ours else INK, bold=ours, dx=5)
        between = heights[first_light] + (0.72 if narrow else 0.5)
        canvas.line(0, between, 1, between, MUTED, 1, "dot", xref="paper")
        return canvas

    table = Table(
        "weather-and-light",
        _("Fatal crashes with {least}, by weather and by light").format(least=least),
        [Column(_("Condition")), Column(_("Kind")), Column(_("Crashes"), True)],
        [[name, _(kind), number] for name, (kind, _name, number, _ours) in zip(named, rows, strict=True)],
        fars_source(report),
        row_origins=["table.large-crashes"] * len(rows),
    )
    note = [
        _(
            "The codes changed several times and are read as each year used them; fog and smoke share a code"
            " in later years, so they are one class here. “Not reported” and “not known” are classes of"
            " their own and are never counted as fair weather. That a crash happened in fog does not show"
            " that fog caused it."
        )
    ]
    note += not_said(
        report,
        "weather",
        _("The files of {years} do not give the weather."),
        _("The files of {years} give the weather in some states only."),
    )
    if own:
        note.append(
            _("Of this crash the files say: weather {weather}, light {light}.").format(
                weather=_(own_sky), light=_(own_light)
            )
        )
    return Chart(
        "weather-and-light",
        fill(
            report,
            _(
                "Of {crashes.at_least_20} fatal crashes with {least},"
                " {crashes.weather.fog_smoke_or_dust|small} were in fog, smoke or dust,"
                " {crashes.weather.snow_or_ice|small} in snow or ice"
            ),
            least=least,
        ),
        _(
            "Fatal crashes with {least} in the United States by weather (above) and by light (below), {years}"
        ).format(least=least, years=report.years),
        _(
            "Bar chart of the largest fatal crashes by weather and light, where {fog} of {crashes} were in"
            " fog, smoke or dust and {daylight} in daylight."
        ).format(
            fog=skies[conditions.WEATHER[0]],
            crashes=len(report.large),
            daylight=lights[conditions.LIGHT[0]],
        ),
        fars_source(report),
        " ".join(note),
        table,
        **both(draw),
    )


def _condition(kind: str, name: str) -> str:
    """Name a class of weather or light as a row of the chart."""
    said = _(_LEFT_OPEN.get((kind, name), name))
    return said[:1].upper() + said[1:]


def _by_number(known: tuple[str, ...], found: Counter[str]) -> list[str]:
    """Return the classes, the most frequent first; what is not reported or not known stands last."""
    rest = [name for name in (conditions.NOT_REPORTED, conditions.UNKNOWN) if found[name]]
    return [*sorted(known, key=lambda name: -found[name]), *rest]


@needs(missing.trucks)
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
            _("A large truck was in {trucks} of {known} fatal crashes with {vehicles}"),
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


__all__ = ["by_decade", "truck_share", "weather_and_light"]
