"""``gongkai ingest`` over a made county: pages a second, memory, how it grows with workers, Dask, and kills.

    python -m bench.county FOLDER; python -m bench.bulk FOLDER [--rounds 2] [--kills 20] [--workers 2]

Every way goes over all files into a new dataset, one after the other, ``rounds`` times; the best time of each counts,
for the machine may be busy. Starting up is part of it. All datasets must be the same, byte for byte. ``alone`` is one
process that reads the same documents one after the other, unpacked and each once, without isolation, ledger or tables.
Memory is of all processes together, as resident bytes, sampled ten times a second: what they share is counted in each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
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
    """Wall and CPU seconds, and the most bytes at a time."""

    seconds: float
    cpu: float
    memory: int


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    folder, workers = options.folder.resolve(), options.workers
    ways: dict[str, Callable[[Path], Measure]] = {
        "alone": lambda into: measured([sys.executable, "-c", ALONE], unpacked(folder, into.with_suffix(".unpacked"))),
        "1 worker": lambda into: measured(ingest(folder, into, "--jobs", "1")),
        f"{workers} workers": lambda into: measured(ingest(folder, into, "--jobs", str(workers))),
        f"Dask, {workers} workers": lambda into: measured(
            ingest(folder, into, "--jobs", str(workers), "--dask", "local")
        ),
    }
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as scratch:
        best = best_of(ways, Path(scratch), options.rounds)
        whole = Path(scratch) / "1 worker 0"
        show(best, pages_of(whole), workers)
        if options.kills:
            kill(folder, Path(scratch) / "killed", contents(whole), options.kills, best["1 worker"].seconds)


def best_of(ways: dict[str, Callable[[Path], Measure]], scratch: Path, rounds: int) -> dict[str, Measure]:
    """The quickest round of each way."""
    best: dict[str, Measure] = {}
    first: dict[str, str] = {}
    for number in range(rounds):
        for name, way in ways.items():
            into = scratch / f"{name} {number}"
            one = way(into)
            print(f"{name:20} {one.seconds:7.1f} s, CPU {one.cpu:7.1f} s, {one.memory / 1e6:6.0f} MB", flush=True)
            if name not in best or one.seconds < best[name].seconds:
                best[name] = one
            if into.exists():
                first = first or contents(into)
                assert contents(into) == first, f"{into} differs"
    return best


def show(best: dict[str, Measure], pages: int, workers: int) -> None:
    """The table, and the two ratios that are asked for."""
    print(f"\n{pages:,} pages\n\n| | s | pages/s | CPU ms a page | memory MB |\n|---|---|---|---|---|")
    for name, one in best.items():
        cells = (
            f"{one.seconds:.1f}",
            f"{pages / one.seconds:.0f}",
            f"{1e3 * one.cpu / pages:.1f}",
            f"{one.memory / 1e6:.0f}",
        )
        print(f"| {name} | {' | '.join(cells)} |")
    one, many, dask = (best[name].seconds for name in ("1 worker", f"{workers} workers", f"Dask, {workers} workers"))
    print(f"\n{workers} workers: {one / many:.2f} times one; {best['alone'].seconds / many:.2f} times alone")
    print(f"Dask: {100 * (dask / many - 1):+.1f} % against the local pool")


def kill(folder: Path, into: Path, whole: dict[str, str], kills: int, seconds: float) -> None:
    """Kill runs at random times until so many were killed; then the last must make the same dataset."""
    draw = random.Random(kills)
    killed = 0
    while killed < kills:
        process = subprocess.Popen(ingest(folder, into, "--jobs", "2"), stderr=subprocess.DEVNULL)
        try:
            process.wait(draw.uniform(0.5, 2 * seconds / kills))
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.wait()
    subprocess.run(ingest(folder, into), check=False, stderr=subprocess.DEVNULL)
    same = contents(into) == whole
    print(f"{killed} kills at random times: the dataset is {'the same, byte for byte' if same else 'ANOTHER'}")


def ingest(folder: Path, into: Path, *more: str) -> list[str]:
    """The command."""
    return [*GONGKAI, "ingest", str(folder), "--into", str(into), "--quiet", *more]


def measured(command: list[str], given: str = "") -> Measure:
    """The command, done."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    assert process.stdin is not None
    process.stdin.write(given.encode())
    process.stdin.close()
    most = 0
    while process.poll() is None:
        most = max(most, sum(resident(psutil.Process(process.pid))))
        time.sleep(0.1)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    assert process.returncode in (0, 1), process.returncode
    return Measure(time.perf_counter() - start, cpu, most)


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
    row = duckdb.sql(query).fetchone()
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
