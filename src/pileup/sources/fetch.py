"""Downloads files once, keeps them with checksum and date seen, and tells when one is re-issued."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pooch

from pileup.base.errors import PileupError
from pileup.base.parsed import from_json
from pileup.sources.transfer import ATTEMPTS, NoAnswerError, discard, transfer, unwritten

#: Connections that one build may have open at once.
AT_ONCE = 2


@dataclass(frozen=True)
class Seen:
    """What the cache knows of one file; sha256 is None where the server had no such file."""

    url: str
    sha256: str | None
    size: int
    etag: str | None
    last_modified: str | None
    first_seen: str
    earlier: list[dict[str, str]]


class Downloads:
    """A folder of downloaded files, with what is known of each in its `seen.json`.

    Parameters
    ----------
    folder : Path
        Where the files are kept.
    subject : str
        First word of what is told: "FARS".
    publisher : str
        Who publishes the files, as told: "NHTSA", or an address.
    today : date
        The day on which a new file counts as first seen.
    """

    def __init__(self, folder: Path, subject: str, publisher: str, today: date) -> None:
        self.folder, self.subject, self.publisher, self.today = folder, subject, publisher, today.isoformat()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._notes: list[str] = []
        self._pending: dict[Path, tuple[str, Seen, str]] = {}
        self._unasked: list[Seen] = []
        self._silent = ""
        self._seen = self._load()

    def get(self, url: str, label: str) -> Path | None:
        """Return the file at an address as it is today, or the kept copy when nobody answers.

        Parameters
        ----------
        url : str
            The address.
        label : str
            First words of what is told about the file: "FARS 2019".

        Returns
        -------
        Path or None
            A file to be checked, then passed to `keep` or `drop`; None when the server has none (404, 403).

        Raises
        ------
        PileupError
            The file is not kept and cannot be downloaded, or cannot be written.
        """
        name, file = _names(url)
        path, part, seen = self.folder / name, self.folder / f"{name}.part", self._seen.get(name)
        old = seen.sha256 if seen else None
        # A kept file that is lost or was spoilt is downloaded whole.
        kept = seen if seen and old and path.is_file() and pooch.file_hash(str(path)) == old else None
        known = kept or (seen if seen and not old else None)
        asking = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified} if kept else {}
        try:
            if known and self._silent:
                raise NoAnswerError(self._silent)
            status, headers = transfer(
                url, part, {key: value for key, value in asking.items() if value}, self._stopped
            )
        except NoAnswerError as error:
            if not known:
                tried = f" in {ATTEMPTS} attempts" if error.wait is not None else ""
                raise PileupError(
                    f"{url} could not be downloaded{tried} ({error}). Try again later."
                ) from None
            # One vain round is enough: other files that are kept are then not asked for any more.
            self._silent = str(error)
            self._unasked.append(known)
            return path if kept else None
        if status == 200:
            self._pending[part] = self._compare(url, part, headers, label)
            return part
        if kept and status != 304:
            self._notes.append(
                f"{label}: {self.publisher} does not offer {file} any more ({status}); this build uses the "
                f"copy first seen {kept.first_seen}."
            )
        if not seen:
            self._record(name, Seen(url, None, 0, None, None, self.today, []))
        return path if kept else None

    def keep(self, paths: Iterable[Path]) -> None:
        """Put checked downloads in the place of the copies kept so far, and record them."""
        for part in [path for path in paths if path in self._pending]:
            name, seen, note = self._pending.pop(part)
            try:
                os.replace(part, self.folder / name)
            except OSError as error:
                raise unwritten(self.folder / name, error) from None
            discard(part)
            self._notes += [note] if note else []
            self._record(name, seen)

    def drop(self, paths: Iterable[Path]) -> None:
        """Remove faulty files, so that the next run asks again: the new ones, or the kept if none is new."""
        paths = list(paths)
        for path in [path for path in paths if path in self._pending] or paths:
            self._pending.pop(path, None)
            discard(path)

    def stop(self) -> None:
        """End the downloads and pauses that are under way in other threads."""
        self._stopped.set()

    def told(self) -> list[str]:
        """Return what a user should know, one line each, in an order that does not depend on the threads."""
        lines = sorted(self._notes)
        if self._unasked:
            days = sorted(seen.first_seen for seen in self._unasked)
            lines.append(
                f"{self.subject}: no answer from {self.publisher} ({self._silent}); this build uses what "
                f"{self.folder} has, first seen {' to '.join(dict.fromkeys([days[0], days[-1]]))}."
            )
        return lines

    def _compare(self, url: str, part: Path, headers: Mapping[str, str], label: str) -> tuple[str, Seen, str]:
        """Return what will be recorded of a new download if it is kept, and told if it is a new edition."""
        name, file = _names(url)
        sha256, seen = pooch.file_hash(str(part)), self._seen.get(name)
        day, earlier, note = self.today, list(seen.earlier) if seen else [], ""
        if seen and seen.sha256 == sha256:
            day = seen.first_seen
        elif seen and seen.sha256:
            earlier.append({"sha256": seen.sha256, "first_seen": seen.first_seen})
            note = (
                f"{label}: {self.publisher} has re-issued {file} (sha256 {seen.sha256[:8]}... -> "
                f"{sha256[:8]}..., first seen {day}); this build uses the new one."
            )
        etag, modified = headers.get("ETag"), headers.get("Last-Modified")
        return name, Seen(url, sha256, part.stat().st_size, etag, modified, day, earlier), note

    def _load(self) -> dict[str, Seen]:
        path = self.folder / "seen.json"
        try:
            return {name: Seen(**entry) for name, entry in from_json(path.read_bytes()).items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError):
            self._notes.append(
                f"{self.subject}: {path} cannot be read; it is begun anew, without its history."
            )
            return {}

    def _record(self, name: str, seen: Seen) -> None:
        """Write `seen.json` as a whole, or not at all."""
        path = self.folder / "seen.json"
        new = path.with_suffix(".new")
        with self._lock:
            self._seen[name] = seen
            entries = {name: asdict(entry) for name, entry in sorted(self._seen.items())}
            try:
                new.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
                os.replace(new, path)
            except OSError as error:
                new.unlink(missing_ok=True)
                raise unwritten(path, error) from None


def _names(url: str) -> tuple[str, str]:
    """Return the name under which a file is kept, different for each address, and its own name."""
    file = url.rpartition("/")[2]
    return f"{hashlib.sha256(url.encode()).hexdigest()[:16]}-{file}", file


@contextmanager
def downloads(
    folder: Path, subject: str, publisher: str, echo: Callable[[str], object], today: date
) -> Generator[Downloads]:
    """Give a `Downloads` that no other build uses meanwhile, and tell at its end what a user should know.

    Parameters
    ----------
    folder, subject, publisher, today
        As for `Downloads`.
    echo : callable
        Told each thing that a user should know, one line a call.

    Raises
    ------
    PileupError
        Another build downloads to the folder.
    """
    with alone(folder, "downloading to"):
        store = Downloads(folder, subject, publisher, today)
        try:
            yield store
        finally:
            for line in store.told():
                echo(line)


@contextmanager
def alone(folder: Path, doing: str) -> Generator[None]:
    """Let one build at a time use a folder; the lock ends with the process, however that ends.

    Parameters
    ----------
    folder : Path
        The folder, made if it is not there; it is locked itself, so that no lock file stays in it.
    doing : str
        What a build does with it, for the message: "writing to".

    Raises
    ------
    PileupError
        Another build has the folder, or it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except ImportError:  # Windows, which cannot lock a folder
        yield
        return
    except OSError as error:
        raise unwritten(folder, error) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PileupError(f"another build is {doing} {folder}; wait for it to end.") from None
        except OSError:  # a file system that knows no locks
            pass
        yield
    finally:
        os.close(handle)
