"""Charts of how rare such a crash is: by decade, by weather and light, and with a large truck."""

from collections import Counter

from pileup import conditions, crashes
from pileup.story import missing, words
from pileup.story.blocks import Chart, Column, Table, needs
from pileup.story.charts.crash import VEHICLES_NOTE, fars_source
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, MUTED, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report


@needs(missing.size)
def by_decade(report: Report) -> Chart:
    """How rare is a fatal crash of this size, decade by decade?"""
    spans = crashes.by_decade(report.nation, report.vehicles)
    least = words.size_class(report.vehicles, None)
    labels = [words.spans(range(one.first, one.last + 1)) for one in spans]
    shares = [1e5 * one.large / one.crashes for one in spans]
    said = [f"{one.large:,}: one in {words.number(one.one_in, 0)}" if one.large else "none" for one in spans]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 110, right=8 if narrow else 170, bottom=8)
        names = [f"{name}, {text}" for name, text in zip(labels, said, strict=True)] if narrow else labels
        heights = canvas.rows(names)
        canvas.x(range=[0, max(*shares, 1e-9)], showgrid=False, showticklabels=False)
        hover = [f"{one.large:,} of {one.crashes:,}" for one in spans]
        canvas.bars(heights, [0] * len(spans), shares, CONTEXT, hover, 0.34 if narrow else 0.6)
        if not narrow:
            for height, share, text in zip(heights, shares, said, strict=True):
                canvas.label(share, height, text, INK, dx=6)
        return canvas

    table = Table(
        "by-decade",
        f"Fatal crashes with {least}, by decade",
        [
            Column("Years"),
            Column("Years counted", True),
            Column("Fatal crashes", True),
            Column(f"With {least}", True),
            Column("One in", True),
        ],
        [
            [name, one.years, one.crashes, one.large, round(one.one_in) if one.large else "none"]
            for name, one in zip(labels, spans, strict=True)
        ],
        fars_source(report),
    )
    few = min(one.large for one in spans)
    small = (
        f" Small numbers: a decade with {few} such {words.plural(few, 'crash', 'crashes')} could as well have"
        " had a few more or fewer."
        if few < words.SMALL_NUMBER
        else ""
    )
    most, fewest = max(shares), min(shares)
    return Chart(
        "by-decade",
        fill(report, _how_rare(spans, least)),
        f"Fatal crashes with {least} for each 100,000 fatal crashes in the United States, by decade,"
        f" {report.years}",
        f"Bar chart of the share of fatal crashes with {least} by decade, where it goes from"
        f" {words.number(fewest, 2)} to {words.number(most, 2)} in 100,000.",
        fars_source(report),
        f"{VEHICLES_NOTE} So the decades are not strictly comparable, and no trend is claimed. A decade that"
        f" the chosen years hold in part is shown as that part.{small}",
        table,
        **both(draw),
    )


def _how_rare(spans: list[crashes.Span], least: str) -> str:
    """Say the rarest and the least rare decade; neutral where there is only one, or none to tell apart."""
    known = [one for one in spans if one.large]
    if not known:
        return f"No fatal crash of these years had {least}"
    by_rarity = sorted(known, key=lambda one: one.one_in)
    first, last = by_rarity[0], by_rarity[-1]
    often = f"{{crashes.decade.one_in.{first.first}_{first.last}}}"
    if first.one_in == last.one_in:
        return f"One fatal crash in {often} had {least}"
    rare = f"{{crashes.decade.one_in.{last.first}_{last.last}}}"
    ends = "" if len(known) == len(spans) else ", and in some decades none"
    return f"By decade, one fatal crash in {often} to one in {rare} had {least}{ends}"


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
            ("Weather", conditions.WEATHER, skies, own_sky),
            ("Light", conditions.LIGHT, lights, own_light),
        )
        for name in _by_number(known, found)
    ]
    named = [
        f"{kind} {name}" if name.startswith("not ") else f"{name[0].upper()}{name[1:]}"
        for kind, name, _, _ in rows
    ]
    first_light = [kind for kind, _, _, _ in rows].index("Light")
    least = words.size_class(crashes.LARGE, None)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 250, right=120 if narrow else 150, bottom=8)
        heights = canvas.rows(named)
        canvas.x(range=[0, max(number for _, _, number, _ in rows)], showgrid=False, showticklabels=False)
        canvas.bars(
            heights,
            [0] * len(rows),
            [number for _, _, number, _ in rows],
            CONTEXT,
            [f"{name}: {number}" for name, (_, _, number, _) in zip(named, rows, strict=True)],
            0.34 if narrow else 0.6,
        )
        for height, (_, _, number, ours) in zip(heights, rows, strict=True):
            text = f"{number}, with this one" if ours else str(number)
            canvas.label(number, height, text, ACCENT if ours else INK, bold=ours, dx=5)
        between = heights[first_light] + (0.72 if narrow else 0.5)
        canvas.line(0, between, 1, between, MUTED, 1, "dot", xref="paper")
        return canvas

    table = Table(
        "weather-and-light",
        f"Fatal crashes with {least}, by weather and by light",
        [Column("Condition"), Column("Kind"), Column("Crashes", True)],
        [[name, kind.lower(), number] for name, (kind, _, number, _) in zip(named, rows, strict=True)],
        fars_source(report),
        row_origins=["table.large-crashes"] * len(rows),
    )
    fog, snow = (f"{{crashes.weather.{key}|small}}" for key in ("fog_smoke_or_dust", "snow_or_ice"))
    this = f" Of this crash the files say: weather {own_sky}, light {own_light}." if own else ""
    return Chart(
        "weather-and-light",
        fill(
            report,
            f"Of {{crashes.at_least_20}} fatal crashes with {least}, {fog} were in fog, smoke or dust, {snow}"
            " in snow or ice",
        ),
        f"Fatal crashes with {least} in the United States by weather (above) and by light (below),"
        f" {report.years}",
        "Bar chart of the largest fatal crashes by weather and light, where"
        f" {skies[conditions.WEATHER[0]]} of {len(report.large)} were in fog, smoke or dust and"
        f" {lights[conditions.LIGHT[0]]} in daylight.",
        fars_source(report),
        "The codes changed several times and are read as each year used them; fog and smoke share a code"
        " from 2007 on, so they are one class here. “Not reported” and “not known” are classes of their own"
        " and are never counted as fair weather. That a crash happened in fog does not show that fog caused"
        f" it.{this}",
        table,
        **both(draw),
    )


def _by_number(known: tuple[str, ...], found: Counter[str]) -> list[str]:
    """Return the classes, the most frequent first; what is not reported or not known stands last."""
    rest = [name for name in (conditions.NOT_REPORTED, conditions.UNKNOWN) if found[name]]
    return [*sorted(known, key=lambda name: -found[name]), *rest]


@needs(missing.trucks)
def truck_share(report: Report) -> Chart:
    """How often is a large truck among the vehicles of a big crash?"""
    rows = [size for size in crashes.truck_share(report.nation) if size.known]
    labels = [words.size_class(size.least, size.most) for size in rows]

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=6 if narrow else 150, right=46, bottom=8)
        heights = canvas.rows(labels)
        canvas.x(range=[0, 100], showgrid=False, showticklabels=False)
        canvas.bars(
            heights,
            [0] * len(rows),
            [row.percent for row in rows],
            CONTEXT,
            [f"{row.trucks:,} of {row.known:,}" for row in rows],
            0.34 if narrow else 0.6,
        )
        for height, row in zip(heights, rows, strict=True):
            canvas.label(row.percent, height, f"{words.number(row.percent, 0)}%", dx=5)
        return canvas

    first, last = rows[0], rows[-1]
    table = Table(
        "truck-share",
        "Fatal crashes with a large truck, by size of crash",
        [
            Column("Vehicles"),
            Column("With a large truck", True),
            Column("Known crashes", True),
            Column("Not known", True),
            Column("Share", True),
        ],
        [
            [name, row.trucks, row.known, row.unknown, f"{words.number(row.percent)}%"]
            for name, row in zip(labels, rows, strict=True)
        ],
        fars_source(report),
    )
    of_size = words.size_class(last.least, last.most)
    template = (
        f"A large truck was in {{crashes.truck.trucks.from_{last.least}}} of"
        f" {{crashes.truck.known.from_{last.least}}} fatal crashes with {of_size}"
    )
    return Chart(
        "truck-share",
        fill(report, template),
        "Share of fatal crashes with a large truck, by number of vehicles, United States,"
        f" {report.truck_years}",
        "Bar chart of the share of fatal crashes with a large truck by size, where it goes from"
        f" {words.number(first.percent, 0)}% with one vehicle to {words.number(last.percent, 0)}% with"
        f" {last.least} or more.",
        fars_source(report),
        "Only years for which NHTSA’s auxiliary file is held and says whether a large truck was involved"
        f" ({report.truck_years}); unknown is not counted as no. A bigger crash has more vehicles, so a"
        " truck is likelier to be among them by number alone.",
        table,
        **both(draw),
    )


__all__ = ["by_decade", "truck_share", "weather_and_light"]
