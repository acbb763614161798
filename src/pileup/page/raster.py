"""Draws an SVG as PNG; a module of its own, so that a helper process has nothing else to import."""

import io
from pathlib import Path

import resvg_py
from PIL import Image

from pileup.base.errors import PileupError

#: The shipped font once more as TrueType, which is all that resvg reads: the same glyphs as in the woff2.
_FILES = [str(Path(__file__).parent / "fonts" / f"source-sans-3-{weight}.ttf") for weight in (400, 600)]
#: What that font calls itself; the list of families in a drawing ends in `sans-serif`, which this stands for.
_FAMILY = "Source Sans 3 ExtraLight"


def draw(svg: str, scale: float, own_font_only: bool) -> bytes:
    """Draw an SVG.

    Parameters
    ----------
    svg : str
        A drawing with colours as values.
    scale : float
        Pixels for each CSS pixel.
    own_font_only : bool
        Whether the shipped font has every letter; otherwise the machine's fonts are asked too.

    Returns
    -------
    bytes
        The PNG file.

    Raises
    ------
    PileupError
        When the drawing cannot be read.
    """
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
    # A drawing has few colours: as a palette it takes half the bytes, and this way of choosing one takes
    # half the time of Pillow's usual one. Level 9 would be slow.
    whole = Image.open(io.BytesIO(drawn)).convert("RGB")
    few = whole.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", compress_level=6)
    return packed.getvalue()
