"""Pictures of charts for social media and print: an SVG as PNG, without a browser, in the shipped font."""

import html
import io
import re
from functools import lru_cache
from typing import Any

import resvg_py
from PIL import Image

from pileup.base.errors import PileupError
from pileup.page import svg as drawing

#: The shipped font once more as TrueType, which is all that resvg reads: the same glyphs as in the woff2.
_FILES = [str(drawing.FONTS / f"source-sans-3-{weight}.ttf") for weight in (400, 600)]
#: What that font calls itself; the list of families in a drawing ends in `sans-serif`, which this stands for.
_FAMILY = "Source Sans 3 ExtraLight"


def png(svg: str, scale: float = 2.0) -> bytes:
    """Draw an SVG as PNG, here and now.

    The same bytes on every run: resvg draws in software, with the font that ships and no other. Only a text
    with a letter that this font lacks is drawn with what the machine has, so that no name is mutilated.

    Parameters
    ----------
    svg : str
        A drawing with a viewBox.
    scale : float
        Pixels for each CSS pixel.

    Returns
    -------
    bytes
        The PNG file.

    Raises
    ------
    PileupError
        When the drawing cannot be read.
    """
    return draw(svg, scale, has_all(svg))


def has_all(svg: str) -> bool:
    """Say whether the shipped font has every letter of a drawing."""
    return all(map(_has, set(html.unescape("".join(re.findall(r">([^<]+)<", svg))))))


@lru_cache(maxsize=1024)
def _has(letter: str) -> bool:
    """Say whether the shipped font has a letter: what it lacks it draws as it draws a non-character."""
    font, none = _small()
    return letter.isspace() or bytes(font.getmask(letter)) != none


@lru_cache(maxsize=1)
def _small() -> tuple[Any, bytes]:
    """Return the shipped font at a size that is quick to draw, and what it draws for a non-character."""
    font: Any = drawing.font(False).font_variant(size=32)
    return font, bytes(font.getmask("\uffff"))


def draw(svg: str, scale: float, own_font_only: bool) -> bytes:
    """Draw an SVG as `png` does; unless `own_font_only`, the machine's fonts are asked too."""
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            background="#ffffff",
            font_files=_FILES,
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
            skip_system_fonts=own_font_only,
        )
    except ValueError as error:
        raise PileupError(f"this drawing cannot be made a PNG: {error}") from None
    # A drawing has few colors: as a palette it takes half the bytes, and this way of choosing one takes
    # half the time of Pillow's usual one. Level 9 would be slow.
    whole = Image.open(io.BytesIO(drawn)).convert("RGB")
    few = whole.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", compress_level=6)
    return packed.getvalue()
