"""A page as a tagged PDF, printed by a Chromium or Chrome that is on the machine."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from pileup.base.errors import PileupError
from pileup.page.parts import Place, contents
from pileup.page.single import single

#: Names that the browser goes by.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
#: Seconds after which printing is given up.
LIMIT = 120


def print_pdf(page: Path, target: Path) -> None:
    """Print a page as PDF, with its structure tagged for screen readers.

    It is printed as one file, with the ledger and what stands beside the story: no link leads there on paper.

    Parameters
    ----------
    page : Path
        The page.
    target : Path
        The PDF to write; it takes the place of an older one only when it is whole.

    Raises
    ------
    PileupError
        There is no browser, or it did not print.
    """
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        raise PileupError(
            "--pdf: no Chromium or Chrome was found; install one (Debian: apt install chromium), or print the"
            " page from any browser"
        )
    with tempfile.TemporaryDirectory(prefix=".pdf-", dir=target.parent) as scratch:
        made = Path(scratch) / "page.pdf"
        whole = Path(scratch) / "page.html"
        files = contents(page.parent, Place.of(page))
        whole.write_text(single(page.read_text(encoding="utf-8"), files), encoding="utf-8")
        command = [
            *(browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            *("--disable-component-update", "--disable-sync", "--no-first-run", "--no-pdf-header-footer"),
            *("--export-tagged-pdf", "--generate-pdf-document-outline", f"--user-data-dir={scratch}/profile"),
            *(f"--print-to-pdf={made}", whole.resolve().as_uri()),
        ]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            raise PileupError(f"--pdf: {Path(browser).name} did not print within {LIMIT} seconds") from None
        if not made.is_file() or not made.read_bytes().startswith(b"%PDF"):
            raise PileupError(f"--pdf: {Path(browser).name} printed nothing; print the page from a browser")
        made.replace(target)
