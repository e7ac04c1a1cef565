"""``gongkai ingest`` over a made county: pages a second, memory, how it grows with workers, Dask, and kills.

    python -m bench.county FOLDER; python -m bench.bulk FOLDER [--rounds 1] [--kills 20] [--few 200] [--workers 2]
    python -m bench.bulk FOLDER --some 300 --kills 0 --ways '2 workers' 'Dask, 2 workers'     in a minute, to compare

Every way (or those that are named, of which one must make a dataset) goes over all files (or ``some``) into a new
dataset, one after the other, ``rounds`` times; the best time of each counts, for the machine may be busy. Starting up
is part of it. All datasets must be the same, byte for byte. ``alone`` is one process that reads the same documents one
after the other, unpacked and each once, without isolation, ledger or tables.
``1 core`` is all of ingest bound to one core; ``1 worker`` has both, the second for what is not reading.
Memory is of all processes together, as resident bytes, sampled once a second: what they share is counted in each.
``own`` is the CPU of the process that runs the command, as it was when it was last looked at.

Kills are over ``few`` of the files: when so many results are there, drawn at random, and while the tables are made.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

GONGKAI = [sys.executable, "-c", "from service.cli import main; main()"]
LOOK = 1.0  # seconds between two looks at the memory: each costs some milliseconds
NOT_COMPARED = ("ledger.sqlite", ".lock")
WRITTEN = re.compile(rb'"written_at": "[^"]*"')
ALONE = """
import sys
from pathlib import Path
from extractors.errors import DocumentError
from extractors.options import Options
from service.compose import deps
from service.pipeline import Source, encode, process
from service.worker import settle_memory
known = deps()
settle_memory()
for name in sys.stdin.read().splitlines():
    try:
        encode(process(Source(Path(name).read_bytes(), Path(name).name), Options(), known))
    except DocumentError:
        pass
"""


@dataclass(slots=True)
class Measure:
    """Wall and CPU seconds, those of the command's own process, and the most bytes at a time."""

    seconds: float
    cpu: float
    own: float
    memory: int


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--some", type=int, help="so many files, evenly over all, instead of all")
    parser.add_argument("--ways", nargs="+", metavar="WAY", help="only these, by their names in the table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        folder, scratch = options.folder.resolve(), Path(name)
        read = some_of(folder, scratch / "some", options.some) if options.some else folder
        ways = ways_over(read, options.workers)
        wanted = options.ways or list(ways)
        best = best_of({way: ways[way] for way in wanted}, scratch, options.rounds)
        show(best, pages_of(next(scratch.glob("*/run.json")).parent), options.workers)
        if options.kills:
            kill(some_of(folder, scratch / "few", options.few), scratch, options.kills)


def ways_over(folder: Path, workers: int) -> dict[str, Callable[[Path], Measure]]:
    """What is measured, by name: it makes a new dataset at the path that it is given."""
    many = str(workers)
    return {
        "alone": lambda into: measured([sys.executable, "-c", ALONE], unpacked(folder, into.with_suffix(".unpacked"))),
        "1 core": lambda into: measured(ingest(folder, into, "--jobs", "1"), cores=1),
        "1 worker": lambda into: measured(ingest(folder, into, "--jobs", "1")),
        f"{workers} workers": lambda into: measured(ingest(folder, into, "--jobs", many)),
        f"Dask, {workers} workers": lambda into: measured(ingest(folder, into, "--jobs", many, "--dask", "local")),
    }


def best_of(ways: dict[str, Callable[[Path], Measure]], scratch: Path, rounds: int) -> dict[str, Measure]:
    """The quickest round of each way."""
    best: dict[str, Measure] = {}
    first: dict[str, str] = {}
    for number in range(rounds):
        for name, way in ways.items():
            into = scratch / f"{name} {number}"
            one = way(into)
            cpu = f"CPU {one.cpu:7.1f} s, own {one.own:6.1f} s"
            print(f"{name:20} {one.seconds:7.1f} s, {cpu}, {one.memory / 1e6:6.0f} MB", flush=True)
            if name not in best or one.seconds < best[name].seconds:
                best[name] = one
            if into.exists():
                first = first or contents(into)
                assert contents(into) == first, f"{into} differs"
    return best


def show(best: dict[str, Measure], pages: int, workers: int) -> None:
    """The table, and the two ratios that are asked for."""
    print(
        f"\n{pages:,} pages\n\n| | s | pages/s | CPU ms a page | own ms a page | memory MB |\n|---|---|---|---|---|---|"
    )
    for name, one in best.items():
        cells = (
            f"{one.seconds:.1f}",
            f"{pages / one.seconds:.0f}",
            f"{1e3 * one.cpu / pages:.1f}",
            f"{1e3 * one.own / pages:.1f}",
            f"{one.memory / 1e6:.0f}",
        )
        print(f"| {name} | {' | '.join(cells)} |")
    many, dask = f"{workers} workers", f"Dask, {workers} workers"
    for name in ("1 core", "1 worker", "alone"):
        if {many, name} <= best.keys():
            print(f"{many}: {best[name].seconds / best[many].seconds:.2f} times {name}")
    if {many, dask} <= best.keys():
        print(f"Dask: {100 * (best[dask].seconds / best[many].seconds - 1):+.1f} % against the local pool")


def some_of(folder: Path, into: Path, files: int) -> Path:
    """So many files of a folder, evenly over all of it, archives among them."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    step = max(1, len(found) // files)
    for path in [*found[::step], *sorted(folder.glob("*.zip"))[:1]]:
        target = into / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return into


def kill(folder: Path, scratch: Path, kills: int) -> None:
    """Kill runs at random points until so many were killed; then the last must make the same dataset."""
    whole, into = scratch / "not killed", scratch / "killed"
    subprocess.run(ingest(folder, whole), check=False, env=environment())
    results, draw = len(results_of(whole)), random.Random(kills)
    tables = kills // 5  # so many of them while the tables are made, when all results are there
    points = [*sorted(draw.choices(range(1, results), k=kills - tables)), *[results + 1] * tables]
    for point in points:
        while not killed_at(point, folder, into, results, draw.uniform(0, 0.3)):
            pass  # it was too quick, and has ended
    subprocess.run(ingest(folder, into), check=False, env=environment())
    same = contents(into) == contents(whole)
    print(f"\n{results} documents, killed at {points}: {'the same, byte for byte' if same else 'ANOTHER DATASET'}")
    assert same


def killed_at(point: int, folder: Path, into: Path, results: int, later: float) -> bool:
    """Whether a run was killed so many seconds after it came to a point, and had not ended before."""
    process = subprocess.Popen(ingest(folder, into), stderr=subprocess.DEVNULL, env=environment())
    while process.poll() is None and not has_come_to(into, point, results):
        time.sleep(0.01)
    time.sleep(later)
    process.kill()
    return process.wait() < 0


def has_come_to(dataset: Path, point: int, results: int) -> bool:
    """Whether so many results are there; or whether tables are being made, when all are."""
    return (dataset / ".data.part").exists() if point > results else len(results_of(dataset)) >= point


def results_of(dataset: Path) -> list[Path]:
    """The results that are there."""
    return list((dataset / "results").glob("*/*"))


def ingest(folder: Path, into: Path, *more: str) -> list[str]:
    """The command."""
    return [*GONGKAI, "ingest", str(folder), "--into", str(into), "--quiet", *more]


def measured(command: list[str], given: str = "", cores: int | None = None) -> Measure:
    """The command, done; on so many cores where that is said."""
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment())
    if cores is not None:  # what it starts later is bound as well
        os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:cores])
    assert process.stdin is not None
    process.stdin.write(given.encode())
    process.stdin.close()
    most, own, looked = 0, 0.0, 0.0
    while process.poll() is None:
        if time.perf_counter() - looked > LOOK:
            most, own = max(most, sum(resident(psutil.Process(process.pid)))), cpu_of(process.pid, own)
            looked = time.perf_counter()
        time.sleep(0.02)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    assert process.returncode in (0, 1), process.returncode
    return Measure(time.perf_counter() - start, cpu, own, most)


def environment() -> dict[str, str]:
    """Ours, without settings of the project: fonts of the fixtures, say."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def cpu_of(pid: int, before: float) -> float:
    """Seconds that a process itself has computed; as before when it is gone."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return before
    return max(before, times.user + times.system)


def resident(process: psutil.Process) -> Iterator[int]:
    """Bytes of a process and of all its descendants."""
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for one in family:
        try:
            yield one.memory_info().rss
        except psutil.NoSuchProcess:
            continue


def unpacked(folder: Path, scratch: Path) -> str:
    """All documents, those of archives unpacked, each once; a path a line."""
    found: dict[str, Path] = {}
    for archive in sorted(folder.rglob("*.zip")):
        with zipfile.ZipFile(archive) as file:
            file.extractall(scratch / archive.stem)
    for path in [*sorted(folder.rglob("*")), *sorted(scratch.rglob("*"))]:
        if path.suffix in (".pdf", ".docx", ".html"):
            found.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path)
    return "\n".join(map(str, found.values()))


def pages_of(dataset: Path) -> int:
    """The pages of all documents of a dataset; one for each that has none."""
    record = json.loads((dataset / "run.json").read_text("utf-8"))
    assert record["documents"]["ok"]
    import duckdb  # noqa: PLC0415

    query = f"SELECT sum(coalesce(pages, 1)) FROM '{dataset}/data/documents/*.parquet' WHERE state <> 'failed'"
    row = duckdb.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def contents(dataset: Path) -> dict[str, str]:
    """Every file with the hash of its bytes, without the ledger, and without the time in ``run.json``."""
    return {
        path.relative_to(dataset).as_posix(): hashlib.sha256(WRITTEN.sub(b"", path.read_bytes())).hexdigest()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and not path.name.startswith(NOT_COMPARED)
    }


if __name__ == "__main__":
    main()
