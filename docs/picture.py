"""Takes the README's picture: the top of the page that `make report` wrote, in Chromium."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
PAGE = HERE.parent / "reports" / "aguilera-mederos" / "index.html"
#: The window, in CSS pixels.
WIDTH, HEIGHT = 1280, 860
#: What the picture may weigh, in bytes.
MOST = 200_000


def main() -> None:
    """Write docs/report.png."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next((path for name in names if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("needs Chromium: on Debian, apt-get install chromium")
    with tempfile.TemporaryDirectory() as scratch:
        taken = Path(scratch) / "page.png"
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--disable-background-networking"]
        options += [f"--window-size={WIDTH},{HEIGHT}"]
        subprocess.run(
            [browser, *options, f"--user-data-dir={scratch}/profile", f"--screenshot={taken}", PAGE.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        few = Image.open(taken).convert("RGB").quantize(128, dither=Image.Dither.NONE)
        few.save(HERE / "report.png", optimize=True)
    size = (HERE / "report.png").stat().st_size
    print(f"docs/report.png: {few.width} x {few.height} pixels, {size:,} bytes")
    if size > MOST:
        sys.exit(f"docs/report.png weighs more than {MOST:,} bytes")


if __name__ == "__main__":
    main()
