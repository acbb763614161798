"""Tests of the downloads: kept, asked for again, resumed, re-issued, and every way in which they fail."""

import errno
import gzip
import hashlib
import http.server
import io
import json
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
import tracemalloc
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest

from pileup.base.errors import PileupError
from pileup.record.tables import load_table, verify
from pileup.sources import fars, fetch, transfer
from pileup.sources.build import build
from pileup.sources.fetch import Downloads, alone

TODAY, LATER = date(2026, 11, 22), date(2027, 1, 2)
TEXT = "STATE,ST_CASE,VE_TOTAL,YEAR,FATALS\n8,80001,2,2018,1\n8,80002,20,2018,3\n"
#: Too long for one piece, and not to be squeezed.
LONG = random.Random(1).randbytes(300_000)


def zipped(text=TEXT, member="accident.csv"):
    """Return a zip, the same bytes whatever the time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def digest(content):
    return hashlib.sha256(content).hexdigest()


class Site:
    """A server on this machine: files by path, faults by path (one a request), and what was asked."""

    def __init__(self):
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list] = {}
        self.asked: list[tuple[str, dict]] = []
        self.etags = self.dates = self.ranges = self.if_range = True
        self.closing = threading.Event()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.answer(self)

            def log_message(self, *args):
                """Stay silent."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def close(self):
        """Let stalled answers go and end the thread."""
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def ranges_asked(self, path):
        """Return the Range of each request for a path."""
        return [headers.get("Range") for asked, headers in self.asked if asked == path]

    def answer(self, request):
        """Answer as a file server would, or with the next fault of the path."""
        self.asked.append((request.path, dict(request.headers)))
        fault = self.faults.get(request.path, [])
        fault = fault.pop(0) if fault else {}
        content = self.files.get(request.path)
        if fault.get("reset"):
            request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            request.connection.close()
            return
        if "status" in fault or content is None:
            request.send_response(fault.get("status", 404))
            for name, value in fault.get("headers", {}).items():
                request.send_header(name, value)
            request.end_headers()
            return
        etag, status, start = f'"{digest(content)[:16]}"', 200, 0
        if self.etags and request.headers.get("If-None-Match") == etag:
            request.send_response(304)
            request.end_headers()
            return
        asked = request.headers.get("Range")
        if asked and self.ranges and (not self.if_range or request.headers.get("If-Range") == etag):
            status, start = 206, int(asked.removeprefix("bytes=").removesuffix("-"))
        if status == 206 and start >= len(content):
            request.send_response(416)
            request.end_headers()
            return
        request.send_response(status)
        for name, value in fault.get("headers", {}).items():
            request.send_header(name, value)
        if self.etags:
            request.send_header("ETag", etag)
        if self.dates:
            request.send_header("Last-Modified", "Tue, 16 Aug 2022 10:00:00 GMT")
        if status == 206:
            request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        body = content[start:]
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[: fault.get("cut", len(body))])
        if "stall" in fault:
            self.closing.wait(5)


@pytest.fixture(autouse=True)
def quick(monkeypatch, tmp_path):
    """Make pauses short, and keep downloads in a folder of the test."""
    monkeypatch.setattr(transfer, "PAUSE", 0.01)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "cache")


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def cache(tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    return folder


def fetch_one(site, cache, path="/a.zip", today=TODAY):
    """Run once: get a file and keep it; return its bytes (None: not there) and what was told."""
    store = Downloads(cache, "FARS", "NHTSA", today)
    got = store.get(site.base + path, "FARS 2019")
    content = got and got.read_bytes()
    store.keep([got] if got else [])
    return content, store.told()


def seen(cache):
    """Return the one entry of seen.json."""
    (entry,) = json.loads((cache / "seen.json").read_text()).values()
    return entry


def names(cache):
    return sorted(path.name.partition("-")[2] or path.name for path in cache.iterdir())


# What is kept, and asked for again


def test_a_file_is_downloaded_once_and_described(site, cache):
    site.files["/a.zip"] = LONG
    assert fetch_one(site, cache) == (LONG, [])
    assert seen(cache) == {
        "url": f"{site.base}/a.zip",
        "sha256": digest(LONG),
        "size": 300_000,
        "etag": f'"{digest(LONG)[:16]}"',
        "last_modified": "Tue, 16 Aug 2022 10:00:00 GMT",
        "first_seen": "2026-11-22",
        "earlier": [],
    }
    assert names(cache) == ["a.zip", "seen.json"]
    before = (cache / "seen.json").read_bytes()
    assert fetch_one(site, cache, today=LATER) == (LONG, [])
    assert (cache / "seen.json").read_bytes() == before
    first, second = (headers for _, headers in site.asked)
    assert first["User-Agent"].startswith("pileup/")
    assert "If-None-Match" not in first
    assert second["If-None-Match"] == seen(cache)["etag"]
    assert second["If-Modified-Since"] == seen(cache)["last_modified"]


def test_a_re_issued_file_is_used_recorded_and_told_once(site, cache):
    for content in (b"first", b"second", b"third"):
        site.files["/a.zip"] = content
        fetch_one(site, cache)
    site.files["/a.zip"] = b"fourth"
    content, told = fetch_one(site, cache, today=LATER)
    assert content == b"fourth"
    third, fourth = digest(b"third")[:8], digest(b"fourth")[:8]
    assert told == [
        f"FARS 2019: NHTSA has re-issued a.zip (sha256 {third}... -> {fourth}..., "
        "first seen 2027-01-02); this build uses the new one."
    ]
    assert seen(cache)["first_seen"] == "2027-01-02"
    assert seen(cache)["earlier"] == [
        {"sha256": digest(old), "first_seen": "2026-11-22"} for old in (b"first", b"second", b"third")
    ]
    assert fetch_one(site, cache) == (b"fourth", [])


@pytest.mark.parametrize("etags", [True, False])
def test_the_same_bytes_anew_are_not_told(site, cache, etags):
    site.files["/a.zip"] = b"same"
    site.etags = site.dates = False
    fetch_one(site, cache)
    site.etags = etags
    assert fetch_one(site, cache, today=LATER) == (b"same", [])
    assert seen(cache)["first_seen"] == "2026-11-22"
    assert (seen(cache)["etag"] is not None) == etags
    assert seen(cache)["earlier"] == []


def test_a_lost_or_spoilt_copy_is_downloaded_whole(site, cache):
    site.files["/a.zip"] = LONG
    fetch_one(site, cache)
    (copy,) = cache.glob("*-a.zip")
    copy.write_bytes(LONG[:-1])
    assert fetch_one(site, cache, today=LATER) == (LONG, [])
    copy.unlink()
    assert fetch_one(site, cache, today=LATER) == (LONG, [])
    assert seen(cache)["first_seen"] == "2026-11-22"


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"a": {"url": "b"}}'])
def test_a_spoilt_record_is_told_and_begun_anew(site, cache, text):
    site.files["/a.zip"] = LONG
    (cache / "seen.json").write_text(text)
    content, (line,) = fetch_one(site, cache)
    assert content == LONG
    assert "seen.json cannot be read" in line
    assert fetch_one(site, cache) == (LONG, [])


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_not_there(site, cache, status):
    site.faults["/a.zip"] = [{"status": status}] * 3
    assert fetch_one(site, cache) == (None, [])
    assert len(site.asked) == 1
    site.faults.clear()
    site.files["/a.zip"] = b"now"
    assert fetch_one(site, cache, today=LATER) == (b"now", [])
    site.faults["/a.zip"] = [{"status": status}]
    content, told = fetch_one(site, cache)
    assert content == b"now"
    assert told == [
        f"FARS 2019: NHTSA does not offer a.zip any more ({status}); this build uses the copy first seen "
        "2027-01-02."
    ]


def _refused():
    """Return the address of a port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.parametrize("how", ["refused", "no such name", "stalls", "503"])
def test_without_an_answer_the_kept_copies_are_used_and_that_is_told_once(site, cache, monkeypatch, how):
    site.files = {"/a.zip": LONG, "/b.zip": b"b"}
    for path, today in (("/a.zip", TODAY), ("/b.zip", LATER), ("/none.zip", LATER)):
        fetch_one(site, cache, path, today)
    asked = len(site.asked)
    if how == "refused":
        site.server.socket.close()
    elif how == "no such name":

        def unknown(*args, **more):
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
    elif how == "stalls":
        monkeypatch.setattr(transfer, "TIMEOUT", 0.1)
        monkeypatch.setattr(site, "answer", lambda request: site.closing.wait(5))
    else:
        site.faults = {"/a.zip": [{"status": 503}] * 9}
    store = Downloads(cache, "FARS", "NHTSA", LATER)
    got = [store.get(site.base + path, "FARS 2019") for path in ("/a.zip", "/b.zip", "/none.zip")]
    assert [path and path.read_bytes() for path in got] == [LONG, b"b", None]
    (line,) = store.told()
    assert line.startswith("FARS: no answer from NHTSA (")
    assert line.endswith(f"this build uses what {cache} has, first seen 2026-11-22 to 2027-01-02.")
    assert {
        "refused": "Connection refused",
        "no such name": "Name or service",
        "stalls": "no data for",
        "503": "",
    }[how] in line
    if how == "503":
        assert len(site.asked) == asked + transfer.ATTEMPTS  # the others were not asked for


# Cut, busy and stalling servers


def test_a_cut_download_goes_on_where_it_was(site, cache):
    site.files["/a.zip"] = LONG
    site.faults["/a.zip"] = [{"cut": 200_000}, {"cut": 90_000}]
    assert fetch_one(site, cache) == (LONG, [])
    first, second, third = site.ranges_asked("/a.zip")
    assert (first, second) == (None, "bytes=196608-")
    assert int(third.removeprefix("bytes=").removesuffix("-")) > 196608
    assert site.asked[1][1]["If-Range"] == f'"{digest(LONG)[:16]}"'
    assert seen(cache)["last_modified"]


def test_the_next_run_goes_on_too(site, cache):
    site.files["/a.zip"] = LONG
    site.faults["/a.zip"] = [{"cut": 200_000}, {"cut": 0}, {"cut": 0}]
    with pytest.raises(
        PileupError, match=r"a.zip could not be downloaded in 3 attempts \(the connection was"
    ):
        fetch_one(site, cache)
    assert names(cache) == ["a.zip.part", "a.zip.part.tag"]
    assert fetch_one(site, cache) == (LONG, [])
    assert site.ranges_asked("/a.zip")[-1] == "bytes=196608-"
    assert names(cache) == ["a.zip", "seen.json"]


@pytest.mark.parametrize("habit", ["heeds If-Range", "no ranges", "ignores If-Range", "no tags", "shorter"])
def test_a_part_of_another_edition_is_thrown_away(site, cache, habit):
    other = bytes(reversed(LONG))[: 1000 if habit == "shorter" else None]
    site.ranges = habit != "no ranges"
    site.if_range = habit in ("heeds If-Range", "no tags")
    site.etags = site.dates = habit != "no tags"
    site.files["/a.zip"] = LONG
    site.faults["/a.zip"] = [{"cut": 200_000}, {"cut": 0}, {"cut": 0}]
    with pytest.raises(PileupError):
        fetch_one(site, cache)
    site.files["/a.zip"] = other
    assert fetch_one(site, cache) == (other, [])


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 503}, {"status": 429}, {"reset": True}, {"cut": 0}]
)
def test_a_passing_fault_is_tried_again(site, cache, fault):
    site.files["/a.zip"] = LONG
    site.faults["/a.zip"] = [fault, fault]
    assert fetch_one(site, cache) == (LONG, [])
    assert len(site.asked) == 3


def test_a_body_of_another_length_than_announced_is_thrown_away(site, cache):
    site.files["/a.zip"] = gzip.compress(LONG, mtime=0)
    site.faults["/a.zip"] = [{"headers": {"Content-Encoding": "gzip"}}]
    assert fetch_one(site, cache) == (gzip.compress(LONG, mtime=0), [])
    assert site.ranges_asked("/a.zip") == [None, None]
    assert {headers["Accept-Encoding"] for _, headers in site.asked} == {"identity"}


def test_other_refusals_are_not(site, cache):
    site.faults["/a.zip"] = [{"status": 400}] * 3
    with pytest.raises(PileupError, match=r"a.zip could not be downloaded \(400 Bad Request\)"):
        fetch_one(site, cache)
    assert len(site.asked) == 1
    with pytest.raises(PileupError, match="could not be downloaded"):
        Downloads(cache, "FARS", "NHTSA", TODAY).get("http://[/a.zip", "FARS 2019")


@pytest.mark.parametrize(
    ("retry_after", "pauses"),
    [
        (None, [2, 4]),
        ("3", [3, 4]),
        ("3600", [60, 60]),
        ("Tue, 01 Jan 2999 00:00:00 GMT", [60, 60]),
        ("?", [2, 4]),
    ],
)
def test_pauses_grow_and_heed_the_server_up_to_a_minute(site, cache, monkeypatch, retry_after, pauses):
    waited = []

    class Event(threading.Event):
        def wait(self, timeout=None):
            waited.append(timeout)
            return False

    monkeypatch.setattr(transfer, "PAUSE", 2.0)
    headers = {"Retry-After": retry_after} if retry_after else {}
    site.faults["/a.zip"] = [{"status": 503, "headers": headers}] * 3
    with pytest.raises(transfer.NoAnswerError, match="503"):
        transfer.transfer(f"{site.base}/a.zip", cache / "a.part", {}, Event())
    assert waited == pauses


def test_a_stalling_server_ends_in_a_clear_error(site, cache, monkeypatch):
    monkeypatch.setattr(transfer, "TIMEOUT", 0.1)
    site.files["/a.zip"] = LONG
    site.faults["/a.zip"] = [{"cut": 100, "stall": True}] * 3
    with pytest.raises(PileupError, match=r"in 3 attempts \(no data for 0.1 seconds\)"):
        fetch_one(site, cache)


def test_a_download_ends_when_another_year_failed(site, cache):
    site.files["/a.zip"] = LONG
    store = Downloads(cache, "FARS", "NHTSA", TODAY)
    store.stop()
    with pytest.raises(PileupError, match="the download was stopped"):
        store.get(f"{site.base}/a.zip", "FARS 2019")
    assert store.told() == []


# Full disks and locks


class _Full(io.BytesIO):
    def write(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("suffix", [".part", ".tag", ".new"])
def test_a_full_disk_leaves_nothing_half_written(site, cache, monkeypatch, suffix):
    site.files["/a.zip"] = LONG
    real = Path.open

    def filling(path, mode="r", *args, **more):
        if path.suffix != suffix or "r" in mode:
            return real(path, mode, *args, **more)
        with real(path, "wb") as file:
            file.write(b"half")
        return _Full()

    monkeypatch.setattr(Path, "open", filling)
    monkeypatch.setattr(Path, "write_text", lambda path, text, **more: path.open("w").write(text))
    with pytest.raises(PileupError, match=r"cannot be written \(No space left on device\). ") as error:
        fetch_one(site, cache)
    assert "\n" not in str(error.value)
    monkeypatch.undo()
    assert names(cache) in ([], ["a.zip"])
    assert fetch_one(site, cache) == (LONG, [])


def _tables(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path):
    """Return a folder of sound tables, made from a local folder."""
    folder = tmp_path / "local" / fars.TREE / "2018" / "National"
    folder.mkdir(parents=True)
    (folder / "FARS2018NationalCSV.zip").write_bytes(zipped())
    build(fars=tmp_path / "local", out=tmp_path / "data", echo=lambda line: None)
    return tmp_path / "data"


@pytest.mark.parametrize(("where", "call", "rows"), [("writing", 3, 2), ("moving", 1, 3), ("moving", 3, 3)])
def test_a_disk_that_fills_during_the_build_leaves_one_set_of_tables(
    out, tmp_path, monkeypatch, where, call, rows
):
    """The old one until the new one is whole, then the new one; the next build moves what is left."""
    before = _tables(out)
    for path in (tmp_path / "local").rglob("*.zip"):
        path.write_bytes(zipped(TEXT + "8,80003,1,2018,1\n"))
    from pileup.sources import build as module

    calls = []

    def full(*args):
        calls.append(args)
        if len(calls) == call:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args)

    place, name = (Path, "write_bytes") if where == "writing" else (module.os, "replace")
    real = getattr(place, name)
    monkeypatch.setattr(place, name, full)
    says = "the tables cannot be written" if where == "writing" else "are whole and are read from"
    with pytest.raises(PileupError, match=rf"{says} .*No space left on device\)"):
        build(fars=tmp_path / "local", out=out, echo=lambda line: None)
    assert len(calls) == call
    assert (_tables(out) == before) == (where == "writing")
    assert load_table("crashes", out)["crashes"].sum() == rows
    assert verify(out)
    monkeypatch.undo()
    build(out=out, echo=lambda line: None)
    assert load_table("crashes", out)["crashes"].sum() == rows
    assert not list(out.glob(".*"))


def test_two_builds_at_once(out, tmp_path):
    before = _tables(out)
    with alone(out, "writing to"), pytest.raises(PileupError) as error:
        build(fars=tmp_path / "local", out=out, echo=lambda line: None)
    assert str(error.value) == f"another build is writing to {out}; wait for it to end."
    assert _tables(out) == before  # and no lock file
    build(fars=tmp_path / "local", out=out, echo=lambda line: None)


def test_two_builds_with_one_cache(site, cache, tmp_path):
    with alone(cache, "downloading to"), pytest.raises(PileupError, match="another build is downloading to"):
        build(fars=site.base, out=tmp_path / "data", years=[2018], echo=lambda line: None)
    assert site.asked == []


def test_a_killed_build_blocks_nobody(tmp_path):
    code = (
        "import sys, time, pathlib\nfrom pileup.sources.fetch import alone\n"
        "with alone(pathlib.Path(sys.argv[1]), 'writing to'):\n print('in', flush=True)\n time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "in\n"
        with pytest.raises(PileupError, match="another build is writing to"), alone(tmp_path, "writing to"):
            pass
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    with alone(tmp_path, "writing to"):
        assert list(tmp_path.iterdir()) == []


def test_where_folders_cannot_be_locked_builds_go_on(tmp_path, monkeypatch):
    import fcntl

    def no_locks(*args):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with alone(tmp_path / "a", "writing to"):
        assert (tmp_path / "a").is_dir()
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with alone(tmp_path / "b", "writing to"):
        assert (tmp_path / "b").is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(PileupError, match="file cannot be written"), alone(tmp_path / "file", "writing to"):
        pass


# From the address to the tables


def publish(site, year=2018, content=None, ending=""):
    path = f"/{fars.TREE}/{year}/National/FARS{year}National{ending}CSV.zip"
    site.files[path] = zipped(TEXT.replace("2018", str(year))) if content is None else content
    return path


def bomb(declared):
    """Return a zip whose member is 10 GB of zeros, whatever size it declares."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezer.compress(bytes(1 << 15))
    squeezer.flush(zlib.Z_FULL_FLUSH)
    piece = squeezer.compress(bytes(100_000_000)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("accident.csv")
        archive.writestr(info, piece * 100 + squeezer.flush())
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, declared
    return buffer.getvalue()


FAULTS = {
    "a web page": (b"<!DOCTYPE html><title>Sorry</title>", "a web page, not a zip"),
    "cut off": (zipped()[:-30], "cannot be read as a zip"),
    "not a zip": (b"PK" + LONG, "cannot be read as a zip"),
    "empty": (b"", "cannot be read as a zip"),
    "outside": (zipped(member="../../accident.csv"), "a path outside the zip's folder"),
    "huge": (lambda: bomb(10_000_000_000), "larger than 1 GB unpacked"),
    "huge and lying": (lambda: bomb(1000), "cannot be read as a zip"),
    "no key": (zipped(TEXT.replace("ST_CASE", "CASE")), "no column ST_CASE"),
    "text in a number": (zipped(TEXT.replace(",3\n", ",three\n")), "FATALS is 'three', not a whole number"),
    "another year": (zipped(TEXT.replace("2018", "2017")), "a YEAR that is not 2018"),
}


@pytest.mark.parametrize(("content", "says"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_download_leaves_tables_and_kept_copies(site, cache, out, content, says):
    publish(site)
    read_quietly(site, years=[2018])
    kept, before = _tables(cache), _tables(out)
    content = content() if callable(content) else content
    publish(site, content=content)
    tracemalloc.start()
    lines = []
    with pytest.raises(PileupError, match=says) as error:
        build(fars=site.base, out=out, years=[2018], echo=lines.append)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    message = str(error.value)
    assert message.startswith("FARS 2018, FARS2018NationalCSV.zip: ")
    assert message.endswith(
        f"Download it again from {fars.OFFICIAL}/{fars.TREE}/2018/National/FARS2018NationalCSV.zip."
    )
    assert "\n" not in message
    assert _tables(out) == before
    assert not list(out.parent.glob(".data*"))
    assert _tables(cache) == kept  # the sound copy of before stays, the faulty one does not
    assert not any("re-issued" in line for line in lines)
    assert peak < 60_000_000
    publish(site)
    build(fars=site.base, out=out, years=[2018], echo=lines.append)
    assert not any("re-issued" in line for line in lines)  # it never was


@pytest.mark.parametrize("fault", ["404", "stalls", "is cut", "is gone"])
def test_a_faulty_server_leaves_the_tables(site, out, monkeypatch, fault):
    before = _tables(out)
    path = publish(site, content=LONG)
    if fault == "404":
        del site.files[path]
    elif fault == "stalls":
        monkeypatch.setattr(transfer, "TIMEOUT", 0.1)
        site.faults[path] = [{"cut": 10, "stall": True}] * 3
    elif fault == "is cut":
        site.faults[path] = [{"cut": 10}] * 3
    base = f"http://127.0.0.1:{_refused()}" if fault == "is gone" else site.base
    says = "FARS 2018: FARS2018NationalCSV.zip is missing" if fault == "404" else "FARS2018.* in 3 attempts"
    with pytest.raises(PileupError, match=says):
        build(fars=base, out=out, years=[2018], echo=lambda line: None)
    assert _tables(out) == before


def test_a_sound_copy_that_no_longer_passes_is_asked_for_again(site, cache, monkeypatch):
    path = publish(site)
    read_quietly(site, years=[2018])
    monkeypatch.setattr(fars, "MAX_BYTES", 10)
    with pytest.raises(PileupError, match="larger than 1 GB"):
        read_quietly(site, years=[2018])
    monkeypatch.undo()
    fars.read(site.base, [2018], cache, echo=lambda line: None)
    assert "If-None-Match" not in [headers for asked, headers in site.asked if asked == path][-1]


def read_quietly(site, **more):
    """Read from the address; return the tables whole, words and all."""
    return fars.read(site.base, echo=lambda line: None, **more)


def test_a_re_issue_is_told_with_its_year_even_if_another_year_fails(site, tmp_path):
    publish(site, 2018)
    publish(site, 2019)
    read_quietly(site, years=[2018, 2019], today=TODAY)
    publish(site, 2018, zipped(TEXT + "8,80003,1,2018,1\n"))
    publish(site, 2019, b"<html>")
    lines = []
    with pytest.raises(PileupError, match="FARS 2019"):
        fars.read(site.base, [2018, 2019], echo=lines.append, today=LATER)
    told = [line for line in lines if "re-issued" in line]
    assert len(told) == 1
    assert told[0].startswith(f"FARS 2018: {site.base} has re-issued FARS2018NationalCSV.zip (sha256 ")
    assert told[0].endswith("..., first seen 2027-01-02); this build uses the new one.")


def test_no_date_of_the_cache_reaches_the_tables(site, tmp_path, monkeypatch):
    publish(site)

    class Then(date):
        @classmethod
        def today(cls):
            return cls(2001, 2, 3)

    build(fars=site.base, out=tmp_path / "one", years=[2018], echo=lambda line: None)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "other")
    monkeypatch.setattr(fars, "date", Then)
    build(fars=site.base, out=tmp_path / "two", years=[2018], echo=lambda line: None)
    assert any(b"2001-02-03" in content for content in _tables(tmp_path / "other").values())
    assert _tables(tmp_path / "one") == _tables(tmp_path / "two")


def test_at_most_two_connections(site, monkeypatch):
    years = range(2005, 2017)
    for year in years:
        publish(site, year)
    answer, lock, open_now, seen_open = site.answer, threading.Lock(), [], []

    def slow(request):
        with lock:
            open_now.append(request)
            seen_open.append(len(open_now))
        site.closing.wait(0.02)
        with lock:
            open_now.remove(request)
        answer(request)

    monkeypatch.setattr(site, "answer", slow)
    read_quietly(site, years=years)
    assert max(seen_open) == fetch.AT_ONCE == 2


@pytest.mark.parametrize("terminal", [True, False])
def test_bars_stay_away_without_a_terminal(site, monkeypatch, terminal):
    publish(site)
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    monkeypatch.setattr(sys, "stderr", stream)
    read_quietly(site, years=[2018])
    assert ("FARS2018NationalCSV.zip" in stream.getvalue()) == terminal
    assert bool(stream.getvalue()) == terminal


@pytest.mark.slow
def test_the_official_files_over_an_address_and_then_without_it(shared, site, tmp_path):
    mirror = shared / "mirror" / "static.nhtsa.gov"
    years = [1975, 1996, 2006, 2013, 2019, 2022]
    for year in years:
        for path in (mirror / fars.TREE / str(year)).rglob("*.zip"):
            site.files["/" + path.relative_to(mirror).as_posix()] = path.read_bytes()
    folder = fars.read(mirror, years, echo=lambda line: None)
    online, lines = read_quietly(site, years=years, today=TODAY), []
    assert {name: table.rows for name, table in online.items()} == {
        name: table.rows for name, table in folder.items()
    }
    site.server.socket.close()
    assert fars.read(site.base, years, echo=lines.append, today=LATER) == online
    assert sum("no answer from" in line for line in lines) == 1
    assert any(line.endswith("first seen 2026-11-22.") for line in lines)
