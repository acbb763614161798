"""A chart to embed: a small page of its own for an iframe, and the code that a newsroom pastes for it."""

import html
import json

from pileup.base.errors import PileupError
from pileup.page import look, svg
from pileup.page.content import Chart
from pileup.words.language import _

#: What an embedded chart may weigh, in bytes.
MOST_BYTES = 100_000
#: The name that its messages carry.
MESSAGE = "pileup-embed"

# Fonts and colors come from the page's own style sheet.
_LOOK = """@keyframes read { from, to { visibility: hidden; } }
* { box-sizing: border-box; }
html { color-scheme: light dark; }
body { animation: read .05s; margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.4 \
"Source Sans 3", "Like Source Sans", system-ui, sans-serif; overflow-wrap: break-word; }
figure { display: flow-root; margin: 0 auto; padding: 8px 10px; max-width: 46.25rem; }
h1 { margin: 0 0 .2rem; font-size: 1.25rem; line-height: 1.2; text-wrap: balance; }
p { margin: 0; }
.subtitle, .credit { color: var(--muted); }
.credit { margin-top: .4rem; font-size: .875rem; }
.wide, .narrow { margin-top: .5rem; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
svg :is(text, tspan) { letter-spacing: 0 !important; word-spacing: 0 !important; }
.narrow { max-width: 26rem; }
.narrow svg { width: max(100%, min(300px, 100vw)); margin-inline: calc(50% - max(50%, min(150px, 50vw))); }
a { color: inherit; text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (max-width: 739px) { .wide { display: none; } .narrow { display: block; } }
@media print { .wide { display: block; } .narrow { display: none; } }
"""

# The height goes to any parent: it is no secret, and the page cannot know where it is embedded.
_SCRIPT = """(function () {
  var figure = document.querySelector("figure"), sent = 0;
  function tell() {
    var height = Math.ceil(figure.getBoundingClientRect().height);
    if (parent === window || height === sent) return;
    sent = height;
    parent.postMessage({ type: %s, id: %s, height: height }, "*");
  }
  addEventListener("load", tell);
  addEventListener("resize", tell);
  if (window.ResizeObserver) new ResizeObserver(tell).observe(figure);
})();
"""

_CODE = """<!-- {about}
     {instead} -->
<iframe src="{url}" title="{title}" width="100%" height="{height}" style="border:0" loading="lazy"></iframe>
<script>
addEventListener("message", function (event) {{
  if (!event.data || event.data.type !== "{message}" || !(event.data.height > 0)) return;
  document.querySelectorAll("iframe").forEach(function (frame) {{
    if (frame.contentWindow === event.source) frame.height = Math.ceil(event.data.height);
  }});
}});
</script>
"""


def embed(chart: Chart, by: str = "", back: str = "index.html") -> str:
    """Return a chart as an HTML file of its own, for an iframe of any width.

    It asks for nothing, tells the page around it its height, and is complete without its script.

    Parameters
    ----------
    chart : Chart
        A chart of the page; the file takes over the page's fonts and colors.
    by : str
        Who made the chart and when, for the last line.
    back : str
        The address of the page from the folder that holds `embeds/`.

    Returns
    -------
    str
        The file.

    Raises
    ------
    PileupError
        When the file would be too heavy for an iframe.
    """
    made = look.render(
        "embed.html.j2",
        chart=chart,
        style=look.fonts() + look.colors() + look.drawn() + _LOOK,
        script=script(chart.id),
        by=by,
        page=f"../{back}",
    )
    if len(made.encode()) > MOST_BYTES:
        raise PileupError(
            f"chart {chart.id}: its embed weighs {len(made.encode()):,} bytes; the most is {MOST_BYTES:,}"
        )
    return made


def script(chart: str) -> str:
    """Return the script of a chart's file, which tells the page around it how high it stands."""
    # "<" is written so that no name can end the script element.
    return _SCRIPT % tuple(json.dumps(word).replace("<", "\\u003c") for word in (MESSAGE, chart))


def code(chart: Chart, url: str) -> str:
    """Return what a newsroom pastes into its own page: the iframe, and a listener for its height.

    Parameters
    ----------
    chart : Chart
        A chart of the page.
    url : str
        Public address of the folder that holds `embeds/`, ending in a slash.

    Raises
    ------
    PileupError
        When the address is no folder's.
    """
    if not url.startswith(("https://", "http://")) or not url.endswith("/"):
        raise PileupError(
            f"embed code: {url!r} is no public folder; write https://.../ with a slash at its end"
        )
    # Two hyphens would end the comment around the title.
    title = html.escape(chart.title.replace("--", "–"))
    picture = html.escape(f"{url}charts/{chart.id}.png")
    about = _("Chart: {title}. It sets its own height; where scripts are not allowed, change the number.")
    return _CODE.format(
        about=about.format(title=title),
        instead=_("Where iframes are not allowed, use the picture {picture}").format(picture=picture),
        title=title,
        url=html.escape(f"{url}embeds/{chart.id}.html"),
        height=height(chart),
        message=MESSAGE,
    )


def height(chart: Chart, width: int = 640) -> int:
    """Return about how high an embedded chart stands, in CSS pixels, at a width of an article's column.

    Computed from the drawing's own proportions and the measured length of the words; only a start, as the
    chart reports its exact height itself.
    """
    box = _box(chart.wide)
    inner = width - 20
    tall = 16.0 + 8 + inner * box[1] / box[0]
    texts = (
        (chart.title, 20, 24, True),
        (chart.subtitle, 16, 23, False),
        (f"{_('Source:')} {chart.source} {_('Note:')} {chart.note}", 14, 20, False),
        (_("The full report, with the numbers"), 14, 20, False),
    )
    for text, size, line, bold in texts:
        length = svg.measure(text, size, bold)[0]
        tall += line * (1 + length // (0.95 * inner))
    return round(tall / 10 + 2) * 10


def _box(drawing: str) -> tuple[float, float]:
    """Return width and height of a drawing."""
    _, _, after = drawing.partition('viewBox="0 0 ')
    width, _, rest = after.partition(" ")
    try:
        return float(width), float(rest.partition('"')[0])
    except ValueError:
        raise PileupError('this drawing has no viewBox="0 0 W H"') from None
