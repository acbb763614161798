"""A page as one file for e-mail and archives: its tables and findings stand inside it, to be saved."""

import base64
import gzip
import re
import zlib

from pileup.page import own_numbers
from pileup.page.parts import LEDGER, MORE, RECORD, WORKING
from pileup.page.policy import allowed

_TYPES = {".csv": "text/csv", ".json": "application/json"}


#: How much of a packed file is read, in bytes: a small one can hold any length.
_MOST = 8_000_000


def unpacked(content: bytes) -> bytes:
    """Return what a packed file that a page carries holds.

    Raises
    ------
    zlib.error
        It is no such file.
    """
    return zlib.decompressobj(31).decompress(content, _MOST)


def single(html: str, files: dict[str, bytes]) -> str:
    """Put the files that a page links to into the page.

    Parameters
    ----------
    html : str
        The page.
    files : dict of str to bytes
        The files beside it, by their address in the page.

    Returns
    -------
    str
        The page with each such link as a `data:` address that saves under the file's name. Drawings stand in
        the page already, so links to their files are left out with their words; so is the script that loads
        Plotly. The one with which readers set numbers of their own stands inside, with all that it needs.
    """
    carried: set[str] = set()

    def inside(found: re.Match[str]) -> str:
        name = found["file"]
        if name in carried:
            return found["words"]  # once is enough
        if name not in files:
            return found[0]
        if name.startswith(("charts/", "embeds/")):
            return ""
        if name.endswith(".html"):  # a page of its own, which this file leaves behind
            return found["words"]
        carried.add(name)
        content, kind, save = files[name], _TYPES["." + name.rpartition(".")[2]], name.rpartition("/")[2]
        if name == RECORD:  # it says the whole page once more
            content, kind, save = gzip.compress(content, mtime=0), "application/gzip", f"{save}.gz"
        address = f'href="data:{kind};base64,{base64.b64encode(content).decode()}" download="{save}"'
        return f"<a {address}>{found['words']}</a>"

    html = with_more(html, files.get(MORE, b"").decode())
    entries = files.get(LEDGER, b"").decode()
    if entries:
        inside_ledger = entries[entries.index('<div class="ledger">') : entries.index("\n</main>")]
        html = html.replace(f'"{LEDGER}#', '"#').replace(f'"{LEDGER}"', '"#ledger"')
        html = html.replace("<footer>", f'<div id="ledger">{inside_ledger}</div>\n<footer>', 1)
    # The working stays behind; where it is told where a number is derived, the words stay.
    html = re.sub(rf'<a href="{WORKING}/[^"]*">([^<]*)</a>', r"\1", html)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    script = own_numbers.inlined(files)
    if style:  # a page without its scripts is to run none
        with_it = allowed(style[1], explored=True)
        without = allowed(style[1], script=script)
        html = html.replace(with_it, without, 1)
    if script:
        html = re.sub(
            rf'<script src="[^"]*{own_numbers.SCRIPT}" defer></script>', "<script></script>", html, count=1
        )
    html = re.sub(r'<script src="[^"]*"[^>]*></script>', "", html)
    # A page in another language that stands in a folder beside is left behind; a public address stays.
    html = re.sub(
        r'^<(?:link rel="alternate"|p class="files"><a hreflang=)[^>]* href="\.\./.*\n', "", html, flags=re.M
    )
    html = html.replace("<script></script>", f"<script>{script}</script>", 1)
    return re.sub(r'<a href="(?P<file>[^":#]+)">(?P<words>[^<]*)</a>', inside, html)


def with_more(html: str, more: str) -> str:
    """Put the chapters beside a page into it, each in the place where the page names it."""
    for chapter in re.finditer(r'<section (aria-labelledby="[^"]*")>.*?\n</section>', more, re.DOTALL):
        before, named, after = html.partition(f"<section {chapter[1]}>")
        html = f"{before}{chapter[0]}{after.partition('</section>')[2]}" if named else html
    return html
