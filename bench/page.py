"""Weighs the reader's page against the stock export of the same notebook, and times its first chart.

Both pages are made from notebooks/report.ipynb and served over loopback to Chromium, its processor slowed
down four times: bytes as they stand and compressed, requests, and seconds until a chart stands on the screen.
"""

import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from bench.report import BIN, NOTEBOOK, machine
from tests.browsing import CHROMIUM, launched, served

#: Resolves with the milliseconds until the first chart has a size, or with nothing after so many seconds.
WAIT = 20
_FIRST = """() => new Promise(done => {
  const look = () => {
    const chart = [...document.querySelectorAll("figure.chart svg, .js-plotly-plot svg.main-svg, img")]
      .find(one => one.getBoundingClientRect().height > 100);
    if (chart) requestAnimationFrame(() => done(performance.now()));
    else if (performance.now() > %d) done(null);
    else setTimeout(look, 10);
  };
  look();
})"""


def first_chart(browser: Browser, address: str) -> tuple[float | None, int]:
    """Return the seconds until the first chart, and how many requests the page had made by then."""
    page = browser.new_context(viewport={"width": 412, "height": 823}).new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(address, wait_until="commit")
    milliseconds = page.evaluate(_FIRST % (WAIT * 1000))
    page.close()
    return milliseconds and milliseconds / 1000, len([one for one in asked if not one.startswith("data:")])


def main() -> None:
    """Make both pages, and print the comparison."""
    if CHROMIUM is None:
        sys.exit("needs Chromium: on Debian, apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        for command in (
            [str(BIN / "pileup"), "report", "--quiet", "--force", "--out", "ours/page"],
            [str(BIN / "papermill"), "--no-progress-bar", NOTEBOOK, "stock.ipynb"],
            [str(BIN / "jupyter"), "nbconvert", "--to", "html", "--no-input", "stock.ipynb"],
        ):
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
        pages = {"pileup report": "ours/page/index.html", "papermill + nbconvert": "stock.html"}
        print(machine())
        print(f"{'':24}{'bytes':>12}{'gzip':>12}{'requests':>10}{'first chart':>14}")
        with launched() as browser, served(Path(folder)) as base:
            for name, path in pages.items():
                content = (Path(folder) / path).read_bytes()
                seconds, requests = first_chart(browser, base + path)
                told = f"{seconds:.2f} s" if seconds else f"none in {WAIT} s"
                packed = len(gzip.compress(content))
                print(f"{name:24}{len(content):12,}{packed:12,}{requests:10}{told:>14}")


if __name__ == "__main__":
    main()
