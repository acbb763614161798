"""How big the crash was at a glance: a mark for each of its vehicles, and one speck in a field of crashes."""

from dataclasses import dataclass
from itertools import pairwise

from pileup.story import missing
from pileup.story.blocks import Chart, Column, Table, needs
from pileup.story.charts.crash import at_least, at_least_deaths, fars_source, this_crash, vehicles_note
from pileup.story.charts.theme import ACCENT, CONTEXT, INK, NARROW, WIDE, Canvas, both
from pileup.story.fill import fill
from pileup.story.report import Report
from pileup.words import written
from pileup.words.language import _, ngettext
from pileup.words.text import Text, plain

#: Room at each side of the drawing, of a line of text, and the heights that a field and the marks of a kind
#: may have, in CSS pixels.
_SIDE, _LINE, _TALL, _LOW, _MARKS = 8, 21, 600, 190, 90
#: Length of a mark in units of its height.
_CAR, _TRUCK = 2, 5


@dataclass(frozen=True)
class _Kind:
    """Vehicles of one kind: what they are called, with their number, and how long a mark is."""

    name: str
    number: int
    long: int


def _kinds(report: Report) -> list[_Kind]:
    """Return the vehicles by kind, where the case file's numbers of both kinds make up all of them."""
    cars, trucks = report.case.number("cars"), report.case.number("trucks")
    every = report.own_vehicles
    if cars is None or trucks is None or cars + trucks != every:
        return [_Kind(written.size_class(every, every), every, _CAR)]
    named = (
        (ngettext("{n} passenger vehicle", "{n} passenger vehicles", cars), cars, _CAR),
        (ngettext("{n} truck", "{n} trucks", trucks), trucks, _TRUCK),
    )
    return [_Kind(name.format(n=written.number(n)), int(n), long) for name, n, long in named if n]


def _each(crashes: int) -> int:
    """Say for how many crashes a speck stands: for one, if the field has room on a phone."""
    room = (NARROW - 2 * _SIDE) // 2 * (_TALL // 2 - 10)
    return next(
        ten * 10**power for power in range(9) for ten in (1, 2, 5) if crashes <= ten * 10**power * room
    )


def _pitch(specks: int, wide: int) -> int:
    """Return the pitch of a field, in whole pixels so that it does not shimmer."""
    fits = [
        pitch
        for pitch in range(14, 2, -1)
        if -(-specks // (wide // pitch)) * pitch <= (_LOW if pitch > 3 else _TALL)
    ]
    return fits[0] if fits else 2


def _draw_kind(canvas: Canvas, kind: _Kind, top: float, wide: int) -> float:
    """Draw the marks of a kind below its name, as large as there is room; return where they end."""
    canvas.label(0, top, kind.name, ACCENT, bold=True, valign="top", dx=-4)
    top += _LINE
    for unit in range(10, 1, -1):
        gap = max(2, round(unit * 0.6))
        in_row = (wide + gap) // (unit * kind.long + gap)
        rows = -(-kind.number // in_row)
        if rows * (unit + gap) <= _MARKS:
            break
    middle = top + unit / 2
    left = [min(in_row, kind.number - row * in_row) for row in range(rows)]
    if left:
        marks = [(0, middle + row * (unit + gap), number) for row, number in enumerate(left)]
        canvas.marks(marks, unit * kind.long, gap, unit, ACCENT)
    return top + rows * (unit + gap) + 4


def _draw_field(canvas: Canvas, specks: int, one: str, top: float, wide: int) -> float:
    """Draw the field, the one speck (if any) in a gap of it below its label; return where it ends."""
    pitch = _pitch(specks, wide)
    columns = wide // pitch
    long = pitch - max(1, round(pitch / 3))
    # A small speck stands in a gap: so many columns to each side, so many rows.
    around, deep = (-(-6 // pitch), -(-20 // pitch)) if pitch < 6 else (0, 1)
    at = min(specks // 2, round(columns * 0.66))
    if one:
        across, right = at * pitch + long / 2, at > columns / 2
        shift = 4 if right else -4
        canvas.label(across, top, one, ACCENT, True, "right" if right else "left", "top", dx=shift)
        top += (one.count("<br>") + 1) * _LINE
    parts, left, row = [], specks - bool(one), 0
    while left > 0:
        gap = bool(one) and row < deep  # what stands here otherwise moves to the end of the field
        for start, end in [(0, at - around), (at + around + 1, columns)] if gap else [(0, columns)]:
            if (number := min(end - start, left)) > 0:
                parts.append((start * pitch, top + row * pitch + long / 2, number))
                left -= number
        row += 1
    canvas.marks(parts, long, pitch - long, long, CONTEXT)
    if one:
        middle = top + max(deep - around - 1, 0) * pitch + long / 2
        if deep > 1:
            canvas.line(across, top - 4, across, middle - long / 2 - 2, ACCENT, 1)
        canvas.marks([(at * pitch, middle, 1)], long, 1, long, ACCENT)
    return top + max(row, deep if one else 0) * pitch


@needs(missing.size)
def scale(report: Report) -> Chart:
    """How many vehicles were there, and how many fatal crashes come to one so large?

    Where the vehicles are not known, the field alone tells how many come to one with as many deaths.
    """
    return _of_deaths(report) if missing.vehicles(report) else _of_vehicles(report)


def _of_deaths(report: Report) -> Chart:
    """Draw the field of crashes that come to one with as many deaths."""
    found, name = report.findings, "crashes.one_in_by_deaths"
    one_in = int(found.value(name)) if name in found else 0
    every = one_in if one_in > 1 else int(found.value("crashes.fatal_crashes"))
    each = _each(every)
    specks = -(-every // each)
    least = at_least_deaths(report)
    one = _("one in {one_in}: {least}").format(one_in=written.number(one_in), least=plain(least))

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=_SIDE, right=_SIDE, bottom=8)
        wide = (NARROW if narrow else WIDE) - 2 * _SIDE
        canvas.label(0, 0, this_crash(report), INK, valign="top", dx=-4)
        end = _draw_field(canvas, specks, one if one_in > 1 else "", float(_LINE), wide)
        canvas.areas([(float(_LINE), end)], wide, [one if one_in > 1 else plain(least)])
        canvas.pixels(end)
        return canvas

    if not one_in:
        headline = fill(report, _("None of {crashes.fatal_crashes} fatal crashes had {least}"), least=least)
        alt = _("A field of specks, where no fatal crash had {least}.")
    elif one_in == 1:
        headline = fill(report, _("Most fatal crashes on file had {least}"), least=least)
        alt = _("A field of specks, where most fatal crashes had {least}.")
    else:
        headline = fill(
            report, _("About one fatal crash in {crashes.one_in_by_deaths} has {least}"), least=least
        )
        alt = _("A field of specks, where one fatal crash in {one_in} had {least}.")
    source = fars_source(report)
    rows: list[tuple[str, Text | str]] = [
        (_("Fatal crashes, {years}").format(years=report.years), fill(report, "{crashes.fatal_crashes}")),
        (_("With {least}").format(least=plain(least)), fill(report, "{crashes.at_least_deaths}")),
    ]
    if one_in > 1:
        rows.append((_("One in"), fill(report, "{crashes.one_in_by_deaths}")))
    rows += [(_("Crashes for each speck"), written.number(each)), (_("Specks"), written.number(specks))]
    columns = [Column(_("What")), Column(_("Number"), True)]
    note = [missing.partly(report)]
    if each > 1 and one_in > 1:
        text = _("The speck in color stands for {each} crashes, too; one of them is as large.")
        note.append(text.format(each=written.number(each)))
    return Chart(
        "scale",
        headline,
        (
            _("Each speck is a fatal crash in the United States, {years}")
            if each == 1
            else _("Each speck stands for {each} fatal crashes in the United States, {years}")
        ).format(each=written.number(each), years=report.years),
        alt.format(one_in=written.number(one_in), least=plain(least)),
        source,
        " ".join(note),
        Table("scale", _("The numbers of the specks"), columns, rows, source, folded=True),
        **both(draw),
    )


def _of_vehicles(report: Report) -> Chart:
    """Draw a mark for each vehicle above the field of crashes that come to one so large."""
    found = report.findings
    one_in = int(found.value("crashes.one_in")) if "crashes.one_in" in found else 0
    # Where most are as large, or none is, no speck stands out in the field of all of them.
    every = one_in if one_in > 1 else int(found.value("crashes.fatal_crashes"))
    each = _each(every)
    specks, kinds, least = -(-every // each), _kinds(report), at_least(report)
    one = _("one in {one_in}: {least}").format(one_in=written.number(one_in), least=plain(least))
    name = this_crash(report)

    def draw(narrow: bool) -> Canvas:
        canvas = Canvas(narrow, left=_SIDE, right=_SIDE, bottom=8)
        wide = (NARROW if narrow else WIDE) - 2 * _SIDE
        canvas.label(0, 0, name, INK, valign="top", dx=-4)
        ends = [float(_LINE)]
        for kind in kinds:
            ends.append(_draw_kind(canvas, kind, ends[-1], wide))
        told = written.wrap(one, 26) if narrow else one
        end = _draw_field(canvas, specks, told if one_in > 1 else "", ends[-1] + 14, wide)
        boxes = list(pairwise([*ends, end]))
        canvas.areas(boxes, wide, [*(kind.name for kind in kinds), one if one_in > 1 else plain(least)])
        canvas.pixels(end)
        return canvas

    return Chart(
        "scale",
        _headline(report, one_in, least),
        (
            _("Each mark is a vehicle of this crash, each speck a fatal crash in the United States, {years}")
            if each == 1
            else _(
                "Each mark is a vehicle of this crash, each speck {each} fatal crashes in the United States,"
                " {years}"
            )
        ).format(each=written.number(each), years=report.years),
        _alt(report, one_in, least),
        fars_source(report),
        _note(report, each if one_in > 1 else 1),
        _numbers(report, each, specks, least),
        **both(draw),
    )


def _headline(report: Report, one_in: int, least: Text) -> Text:
    if not one_in:
        return fill(report, _("None of {crashes.fatal_crashes} fatal crashes involved {least}"), least=least)
    if one_in == 1:
        return fill(report, _("Most fatal crashes on file involved {least}"), least=least)
    return fill(report, _("About one fatal crash in {crashes.one_in} involves {least}"), least=least)


def _alt(report: Report, one_in: int, least: Text) -> str:
    own = report.own_vehicles
    text = (
        _("Marks for {vehicles} above a field of specks, where one fatal crash in {one_in} had {least}.")
        if one_in > 1
        else _("Marks for {vehicles} above a field of specks, where most fatal crashes had {least}.")
        if one_in
        else _("Marks for {vehicles} above a field of specks, where no fatal crash had {least}.")
    )
    return text.format(
        vehicles=written.size_class(own, own), one_in=written.number(one_in), least=plain(least)
    )


def _note(report: Report, each: int) -> str:
    """Say what the marks are not, what the speck in color is, and which vehicles are counted."""
    dead = report.own_deaths
    if not dead:
        return " ".join([_("Not a picture of the scene."), vehicles_note(report), missing.partly(report)])
    told = ngettext(
        "Not a picture of the scene. {n} person was killed; no mark stands for a vehicle in which somebody"
        " died.",
        "Not a picture of the scene. {n} people were killed; no mark stands for a vehicle in which somebody"
        " died.",
        dead,
    )
    before, after = told.split("{n}")
    told = before + written.agreeing(written.small(dead).capitalize(), after) + after
    notes = [told, vehicles_note(report)]
    if each > 1:
        text = _("The speck in color stands for {each} crashes, too; one of them is as large.")
        notes.insert(1, text.format(each=written.number(each)))
    return " ".join(notes)


def _numbers(report: Report, each: int, specks: int, least: Text) -> Table:
    """Return the numbers of the drawing, each with its origin."""
    source, rows = fars_source(report), list[tuple[str, Text | str]]()
    for role, name in (
        ("vehicles", _("Vehicles in this crash")),
        ("cars", _("Passenger vehicles among them")),
        ("trucks", _("Trucks among them")),
        ("deaths", _("People killed")),
    ):
        if report.case.number(role) is not None:
            rows.append((name, fill(report, f"{{role.{role}}}")))
    rows.append(
        (_("Fatal crashes, {years}").format(years=report.years), fill(report, "{crashes.fatal_crashes}"))
    )
    rows.append((_("With {least}").format(least=plain(least)), fill(report, "{crashes.at_least_vehicles}")))
    if "crashes.one_in" in report.findings and report.findings.value("crashes.one_in") > 1:
        rows.append((_("One in"), fill(report, "{crashes.one_in}")))
    rows.append((_("Crashes for each speck"), written.number(each)))
    rows.append((_("Specks"), written.number(specks)))
    columns = [Column(_("What")), Column(_("Number"), True)]
    return Table("scale", _("The numbers of the marks and specks"), columns, rows, source, folded=True)
