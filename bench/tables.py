"""Times the crash tables against named alternatives, in one run on one machine.

Building them out of NHTSA's zips is set against merely unpacking the same members in one thread, and against
plain pandas that makes the same three files (checked byte for byte before anything is timed). A rank query on
the table that ships is set against the same query after a plain `pandas.read_csv`. Each job is a process of
its own; runs alternate, and a first run of each is not counted. Printed are medians, ratios and aims.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench.report import BIN, ROOT, Cost, alternate, machine, measure, median

# The jobs import pandas, polars and pileup themselves: see bench/report.py on memory.
SHARED = ROOT.parent / "shared"
KEY = ["ST_CASE", "STATE"]
DETAILS = ["MONTH", "DAY", "COUNTY", "CITY", "WEATHER", "LGT_COND"]
TABLES = ["crashes", "large-crashes", "editions"]


def zips(folder: str) -> Iterator[tuple[int, Path, Path | None]]:
    """Find each year's main zip, and its auxiliary zip where there is one."""
    for main in sorted(Path(folder).rglob("National/FARS????NationalCSV.zip")):
        extras = [*main.parent.glob("FARS????NationalAuxiliaryC[SV][VS].zip")]
        yield int(main.parents[1].name), main, extras[0] if extras else None


def unpacked(path: Path, name: str) -> bytes:
    """Return the member with this name, whatever its case and folder."""
    with zipfile.ZipFile(path) as archive:
        (member,) = [one for one in archive.namelist() if one.split("/")[-1].lower() == name]
        return archive.read(member)


def unpack(folder: str, out: str) -> dict:
    """Unpack the members that the tables are made of, one after another, and do nothing with them."""
    start = time.perf_counter()
    for _, main, extra in zips(folder):
        unpacked(main, "accident.csv")
        if extra:
            unpacked(extra, "acc_aux.csv")
    return {"work": time.perf_counter() - start}


def build(folder: str, out: str) -> dict:
    """Make the three tables as `pileup data build` does."""
    import polars  # noqa: F401  # ours loads it late; importing counts in no job's work

    from pileup.sources import fars
    from pileup.sources.tables import to_csv

    start = time.perf_counter()
    for name, table in fars.read(folder, echo=lambda line: None).items():
        Path(out, f"{name}.csv").write_bytes(to_csv(name, table.rows))
    return {"work": time.perf_counter() - start}


def plain_pandas(folder: str, out: str) -> dict:
    """Make the same three tables with pandas, without the checks of each row that ours makes."""
    import hashlib
    import io

    import pandas as pd

    from pileup.record.states import FIPS
    from pileup.sources.fars import LARGE

    def table(path: Path, member: str, columns: list[str]) -> pd.DataFrame:
        # The byte-order mark goes first: read as cp1252, it would become part of a name.
        frame = pd.read_csv(
            io.BytesIO(unpacked(path, member).removeprefix(b"\xef\xbb\xbf")),
            usecols=lambda name: name.strip().upper() in columns,
            encoding="cp1252",
            encoding_errors="replace",
            na_values=["."],
        )
        return frame.rename(columns=lambda name: name.strip().upper())

    start = time.perf_counter()
    codes = {int(number): code for number, code in FIPS.items()}
    group = ["year", "state", "vehicles", "deaths", "large_truck"]
    columns = ["year", "state", "st_case", "date", "county", "city", *group[2:], "weather", "light"]
    counts, large, editions = [], [], []
    for year, main, extra in zips(folder):
        frame = table(main, "accident.csv", [*KEY, "FATALS", "VE_TOTAL", "VE_FORMS", *DETAILS])
        by = "VE_TOTAL" if "VE_TOTAL" in frame else "VE_FORMS"
        flags = table(extra, "acc_aux.csv", [*KEY, "A_LT"]) if extra else None
        if flags is not None:
            frame = frame.merge(flags, on=KEY, how="left")
            frame["large_truck"] = frame["A_LT"].map({1: "yes", 2: "no"}).fillna("unknown")
        else:
            frame["large_truck"] = "unknown"
        frame = frame.assign(year=year, state=frame["STATE"].map(codes))
        frame = frame.rename(columns={by: "vehicles", "FATALS": "deaths", "ST_CASE": "st_case"})
        counts.append(frame.groupby(group).size().reset_index(name="crashes"))
        large.append(frame[frame["vehicles"] >= LARGE])
        editions.append(
            {
                "year": year,
                "crashes": len(frame),
                "deaths": frame["deaths"].sum(),
                "sha256": hashlib.sha256(main.read_bytes()).hexdigest(),
            }
        )
    listed = pd.concat(large).reindex(columns=[*group, "st_case", *DETAILS])
    days = pd.to_datetime(listed[["year", "MONTH", "DAY"]].rename(columns=str.lower), errors="coerce")
    county = listed["COUNTY"].where(listed["COUNTY"].between(1, 996))
    listed = listed.assign(
        date=days.dt.strftime("%Y-%m-%d"),
        county=county.map("{:03.0f}".format, na_action="ignore"),
        city=listed["CITY"].map("{:04.0f}".format, na_action="ignore"),
        weather=listed["WEATHER"].astype("Int64"),
        light=listed["LGT_COND"].astype("Int64"),
    )
    frames = [
        pd.concat(counts).sort_values(group),
        listed[columns].sort_values(["year", "state", "st_case"]),
        pd.DataFrame(editions),
    ]
    for name, frame in zip(TABLES, frames, strict=True):
        frame.to_csv(Path(out, f"{name}.csv"), index=False)
    return {"work": time.perf_counter() - start}


def rank(how: str, state: str) -> dict:
    """Ask for the rank of the crash on I-70, in a state or in the country, of the table that ships."""
    begin = time.perf_counter()
    import pandas as pd

    from pileup.base.paths import DATA
    from pileup.record import crashes
    from pileup.record.tables import load_table

    start = time.perf_counter()
    counts = load_table("crashes") if how == "checked" else pd.read_csv(DATA / "crashes" / "counts.csv")
    loaded = time.perf_counter()
    crash = crashes.Crash("CO", 2019, 28, 4, in_fars=True)
    chosen = crashes.select(counts, 1975, 2022, None if state == "US" else state)
    found = crashes.rank(chosen, crash, "vehicles")
    end = time.perf_counter()
    return {
        "imports": start - begin,
        "load": loaded - start,
        "query": end - loaded,
        "both": end - start,
        "answer": [found.place, found.joint],
    }


JOBS = {function.__name__: function for function in (unpack, build, plain_pandas, rank)}


def job(function: str, *words: str) -> list[list[str]]:
    """Return the command that does one job in a process of its own, and prints its times as JSON."""
    return [[sys.executable, "-m", "bench.tables", "--job", function, *words]]


def inside(costs: list[Cost], part: str) -> float:
    """Return the median of a time that the jobs took inside their processes."""
    return statistics.median(json.loads(cost.said)[part] for cost in costs)


def aim(words: str, met: bool) -> str:
    """Say whether an aim was met."""
    return f"  {'met   ' if met else 'MISSED'} {words}"


def compare_building(fars: str, runs: int, folder: str) -> None:
    """Check that ours and pandas make the same files, then time both and the unpacking."""
    for function in ("build", "plain_pandas"):
        Path(folder, function).mkdir()
        measure(job(function, fars, str(Path(folder, function))), folder)
    for name in TABLES:
        one, other = (Path(folder, function, f"{name}.csv") for function in ("build", "plain_pandas"))
        if one.read_bytes() != other.read_bytes():
            sys.exit(f"{name}: ours and plain pandas differ; nothing was timed")
    years = len(Path(folder, "build", "editions.csv").read_text(encoding="utf-8").splitlines()) - 1
    lines = Path(folder, "build", "crashes.csv").read_text(encoding="utf-8").splitlines()[1:]
    crashes = sum(int(line.rsplit(",", 1)[1]) for line in lines)

    names = {"build": "pileup", "unpack": "(a) unpacking only", "plain_pandas": "(b) plain pandas"}
    jobs = {name: job(function, fars, str(Path(folder, "build"))) for function, name in names.items()}
    costs = alternate(jobs, runs, folder)
    print(f"\n1. Crash tables out of {years} years of zips, {crashes:,} crashes; (b) gives the same bytes")
    print(f"{'':24}{'work':>9}{'process':>9}{'CPU':>9}{'memory':>10}")
    found = {}
    for name, one in costs.items():
        cost = median(one)
        found[name] = (inside(one, "work"), cost.wall, cost.cpu, cost.memory)
        print(f"{name:24}" + "{:7.2f} s{:7.2f} s{:7.2f} s{:7.0f} MB".format(*found[name]))
    ours, *others = found.values()
    for name, other in zip(list(found)[1:], others, strict=True):
        ratios = (mine / its for mine, its in zip(ours, other, strict=True))
        print(f"{'ratio to ' + name[:3]:24}" + "".join(f"{ratio:9.2f}" for ratio in ratios))
    print("work: wall time after the imports; process: with them; CPU and memory: of the whole process")
    print(aim("work at most 1.5 x (a)", ours[0] <= 1.5 * others[0][0]))
    print(aim("work at least twice as fast as (b)", 2 * ours[0] <= others[1][0]))
    print(aim("memory under 600 MB", ours[3] < 600))


def compare_ranks(runs: int, folder: str) -> None:
    """Time a rank in the country and in one state, on the checked table and on plain `read_csv`."""
    places, ways = {"country": "US", "one state": "CO"}, {"pileup": "checked", "pandas.read_csv": "plain"}
    jobs = {f"{way}, {place}": job("rank", ways[way], places[place]) for place in places for way in ways}
    costs = alternate(jobs, runs, folder)
    for place in places:
        answers = {str(json.loads(costs[f"{way}, {place}"][0].said)["answer"]) for way in ways}
        if len(answers) != 1:
            sys.exit(f"the rank differs between the two ways of loading: {place}, {answers}")
    print("\n2. One rank of the table that ships, in a fresh process")
    print(f"{'':28}{'imports':>12}{'load':>12}{'query':>12}{'load+query':>12}")
    parts = ("imports", "load", "query", "both")
    for name, one in costs.items():
        print(f"{name:28}" + "".join(f"{1000 * inside(one, part):9.1f} ms" for part in parts))
    ours = max(inside(costs[f"pileup, {place}"], "both") for place in places)
    print(aim("load and query under 50 ms", 1000 * ours < 50))


def time_build(given: dict[str, str], runs: int, folder: str) -> None:
    """Time the whole of `pileup data build` with the sources that are at hand."""
    command = [str(BIN / "pileup"), "data", "build", "--out", str(Path(folder, "out"))]
    for name, path in given.items():
        command += [f"--{name}", path]
    cost = median(alternate({"pileup data build": [command]}, runs, folder)["pileup data build"])
    print(f"\n3. pileup data build {' '.join(f'--{name}' for name in given)}")
    print(f"{'':24}{cost.wall:18.2f} s{cost.cpu:7.2f} s{cost.memory:7.0f} MB")
    print(aim("under a minute", cost.wall < 60))


def main() -> None:
    """Run the comparisons that the files at hand allow, and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each")
    parser.add_argument("--fars", metavar="FOLDER", help="a folder laid out like NHTSA's download site")
    parser.add_argument("--ussc", metavar="FILE", help="the Sentencing Commission's parquet file")
    parser.add_argument("--states", metavar="FOLDER", help="the folder of the state extracts")
    parser.add_argument("--job", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        print(json.dumps(JOBS[options.job[0]](*options.job[1:])))
        return

    usual = {
        "fars": SHARED / "mirror",
        "ussc": next((SHARED / "data" / "ussc").glob("*.parquet"), SHARED / "no parquet file"),
        "states": SHARED / "data" / "states",
    }
    given = {}
    for name, path in usual.items():
        chosen = getattr(options, name)
        if chosen and not Path(chosen).exists():
            parser.error(f"--{name} {chosen}: there is no such file or folder")
        if chosen or path.exists():
            # Absolute, because the jobs run in another folder.
            given[name] = str(Path(chosen or path).resolve())
    if "fars" in given and not any(zips(given["fars"])):
        parser.error(
            f"--fars {given['fars']}: no FARS zips below it, such as 2019/National/FARS2019NationalCSV.zip"
        )

    print(f"{machine()}; median of {options.runs} runs")
    with tempfile.TemporaryDirectory() as folder:
        if "fars" in given:
            compare_building(given["fars"], options.runs, folder)
        else:
            print("Left out: 1 (building the crash tables) and 3 (the whole build): give --fars FOLDER.")
        compare_ranks(options.runs, folder)
        if "fars" in given:
            for name, value in (("ussc", "FILE"), ("states", "FOLDER")):
                if name not in given:
                    print(f"Left out of 3: the tables made from --{name}: give --{name} {value}.")
            time_build(given, options.runs, folder)


if __name__ == "__main__":
    main()
