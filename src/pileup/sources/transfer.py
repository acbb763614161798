"""Moves one file over HTTP: goes on where a connection was cut, and tries again when a server is busy."""

import threading
from importlib.metadata import version
from pathlib import Path

import requests
from requests.structures import CaseInsensitiveDict
from tqdm import tqdm
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from pileup.base.errors import PileupError

ATTEMPTS = 3
#: Seconds before the second attempt; doubled before each one after it.
PAUSE = 2.0
#: Seconds that a server can make us wait at most with Retry-After.
LONGEST_PAUSE = 60.0
#: Seconds without a byte after which a server counts as stalled.
TIMEOUT = 30.0
_CHUNK = 1 << 16


class NoAnswerError(Exception):
    """The server gave no usable answer; `wait` is the pause it asks for, None if asking again is vain."""

    def __init__(self, why: str, wait: float | None = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


def transfer(
    url: str, part: Path, asking: dict[str, str], stopped: threading.Event
) -> tuple[int, CaseInsensitiveDict]:
    """Download a file to `part`, in up to `ATTEMPTS` attempts with growing pauses.

    Parameters
    ----------
    url : str
        The address.
    part : Path
        Where the file goes; what an earlier run left there is gone on with, if the server says that it is
        still the same file.
    asking : dict of str to str
        Headers of a conditional request, or none.
    stopped : threading.Event
        Ends the download when it is set.

    Returns
    -------
    int
        200: the whole file is in `part`; 304: not changed; 403 or 404: the server has no such file.
    CaseInsensitiveDict
        The answer's headers.

    Raises
    ------
    NoAnswerError
        All attempts were in vain.
    PileupError
        The file cannot be written, or `stopped` was set.
    """
    fault = NoAnswerError("")
    for attempt in range(ATTEMPTS):
        if attempt and (fault.wait is None or _pause(attempt, fault.wait, stopped)):
            break
        try:
            return _ask(url, part, asking, stopped)
        except NoAnswerError as error:
            fault = error
        except (requests.RequestException, ValueError) as error:
            fault = NoAnswerError(_why(error), None if isinstance(error, ValueError) else 0.0)
        except OSError as error:
            discard(part)
            raise unwritten(part, error) from None
    raise fault


def discard(path: Path) -> None:
    """Remove a file, and what belongs to it if it is a part."""
    path.unlink(missing_ok=True)
    _tag(path).unlink(missing_ok=True)


def unwritten(path: Path, error: OSError) -> PileupError:
    """Say that a file cannot be written, a full disk for example."""
    return PileupError(f"{path} cannot be written ({error.strerror or error}). Mend that, then run it again.")


def _ask(
    url: str, part: Path, asking: dict[str, str], stopped: threading.Event
) -> tuple[int, CaseInsensitiveDict]:
    """Ask once; pooch's HTTPDownloader can neither go on with a part nor tell 304 and 206 from 200."""
    tag = _tag(part)
    start = part.stat().st_size if part.is_file() and tag.is_file() else 0
    headers = {"User-Agent": f"pileup/{version('pileup')}", "Accept-Encoding": "identity", **asking}
    edition = tag.read_text() if start else ""
    if start:
        headers |= {"Range": f"bytes={start}-", "If-Range": edition}
    with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT) as response:
        status, answer = response.status_code, response.headers
        if status == 429 or status >= 500:
            raise NoAnswerError(f"{status} {response.reason}", _retry_after(answer))
        same = answer.get("Content-Range", "").startswith(f"bytes {start}-")
        same = same and _edition(answer) in ("", edition)
        if status != 206 or not same:
            discard(part)
        if status in (403, 404) or (status == 304 and asking):
            return status, answer
        if status == 416 or (status == 206 and not same):
            raise NoAnswerError("the rest of the file is not to be had")
        if status not in (200, 206):
            raise NoAnswerError(f"{status} {response.reason}", None)
        if status == 200:
            start = 0
            if _edition(answer):
                tag.write_text(_edition(answer))
        else:  # the answer to a Range may leave out what the first answer said
            answer.setdefault("ETag" if edition.startswith('"') else "Last-Modified", edition)
        length = answer.get("Content-Length", "")
        whole = start + int(length) if length.isdecimal() else None
        name = url.rpartition("/")[2]
        # Without a terminal (disable=None) the bar stays away.
        bar = tqdm(
            desc=name, total=whole, initial=start, unit="B", unit_scale=True, leave=False, disable=None
        )
        with bar, part.open("ab") as file:
            for chunk in response.iter_content(_CHUNK):
                if stopped.is_set():
                    raise PileupError(f"{url}: the download was stopped; run it again.")
                file.write(chunk)
                bar.update(len(chunk))
        size = part.stat().st_size
        if whole is not None and size != whole:  # a server that squeezes unasked, for example
            discard(part)
            raise NoAnswerError(f"{size:,} bytes came, not {whole:,}")
        return 200, answer


def _pause(attempt: int, wait: float, stopped: threading.Event) -> bool:
    """Wait before an attempt, at most LONGEST_PAUSE; True when stopped meanwhile."""
    return stopped.wait(min(max(PAUSE * 2 ** (attempt - 1), wait), LONGEST_PAUSE))


def _tag(part: Path) -> Path:
    """Return the file beside a part that says which edition the part is of."""
    return part.with_name(f"{part.name}.tag")


def _edition(headers: CaseInsensitiveDict) -> str:
    """Return what tells one edition of a file from another; a weak ETag does not serve for parts of files."""
    etag = headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")


def _retry_after(headers: CaseInsensitiveDict) -> float:
    try:
        return Retry(0).parse_retry_after(headers.get("Retry-After", "0"))
    except InvalidHeader:
        return 0.0


def _why(error: Exception) -> str:
    """Say a network fault in a few words, without the libraries' wrapping."""
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return f"no data for {TIMEOUT:g} seconds"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection was cut"
    inner = error.args[0] if error.args else error
    return str(getattr(inner, "reason", inner)).rpartition(": ")[2]
