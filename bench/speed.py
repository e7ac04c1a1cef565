"""Pages per second from bytes to JSON beside pdfplumber's bare ``extract_tables``, over the same files, on one core.

    python bench/speed.py [FOLDER] [--sample PAGES]

Both read the same bytes and the same pages; which of them goes first changes from file to file. Ours goes the whole
way: extraction, meaning, checks, and the result as JSON bytes. CPU seconds are counted, so that a busy machine
disturbs little. The last lines say where our time goes and how much memory a fresh process needs for all of the files.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pdfplumber

from extractors.errors import DocumentError
from extractors.formats.pdf import binding, extract, pages, texts
from extractors.layout import page, paged
from extractors.model import PageStatus
from extractors.options import Options
from service.compose import deps
from service.pipeline import Source, encode, process
from service.worker import GARBAGE, settle_memory

PLAIN = gc.get_threshold()  # how Python collects garbage when nobody asks otherwise
FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "fiscal"
STAGES: tuple[tuple[Any, str, str], ...] = (
    (binding, "load_page", "load"),
    (binding, "load_text", "text"),
    (texts, "read_glyphs", "text"),
    (texts, "without_clipped", "clips"),
    (texts, "unseen_texts", "clips"),
    (pages, "read_drawing", "paths"),
    (pages, "rules_in", "paths"),
    (page, "edge_groups", "edges"),
    (page, "lattice", "cells"),
    (page, "fill", "cells"),
    (page, "reading_order", "lines"),
    (paged, "stitch", "stitch"),
    (paged, "with_nearby", "stitch"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """CPU seconds of both over the same pages of one file."""

    name: str
    pages: int
    ours: float
    theirs: float


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--sample", type=int, default=0, help="pages of each file; 0 for all")
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    files = sorted(options.folder.glob("*.pdf"))
    if options.memory:
        print(peak_memory(files))
        return
    deps()  # loads the catalogue, which a worker does once
    settle_memory()  # as a worker does
    results = []
    for number, file in enumerate(files):
        result = compare(file, options.sample, ours_first=number % 2 == 0)
        if result is not None:
            results.append(result)
            show(result.name, result)
    read = sum(result.pages for result in results)
    total = Result("total", read, sum(result.ours for result in results), sum(result.theirs for result in results))
    show("total", total)
    show_stages(files, options.sample)
    command = [sys.executable, __file__, str(options.folder), "--memory"]
    print("peak memory of a fresh process, MB:", subprocess.check_output(command, text=True).strip())


def compare(file: Path, sample: int, *, ours_first: bool) -> Result | None:
    """Both over the same pages; None for a file that is no readable PDF."""
    data = file.read_bytes()
    try:
        count = len(extract(data, Options()).pages)  # also warms both up: the file is in memory, the library loaded
    except DocumentError as error:
        print(f"{file.name:24} {error}")
        return None
    numbers = chosen(count, sample)
    seconds = {}
    for reader in (ours, theirs) if ours_first else (theirs, ours):
        gc.collect()  # neither pays for what the other left behind
        start = time.process_time()
        reader(data, numbers)
        seconds[reader] = time.process_time() - start
    return Result(file.name, len(numbers), seconds[ours], seconds[theirs])


def chosen(count: int, sample: int) -> frozenset[int]:
    """All the pages, or as many as asked for, the same in every run."""
    numbers = range(1, count + 1)
    return frozenset(random.Random(1).sample(numbers, sample) if 0 < sample < count else numbers)


def ours(data: bytes, numbers: frozenset[int]) -> None:
    """From bytes to the result as JSON, as a worker of the service makes it."""
    gc.set_threshold(GARBAGE, *PLAIN[1:])
    encode(process(Source(data), Options(pages=numbers), deps()))


def theirs(data: bytes, numbers: frozenset[int]) -> None:
    """The tables of each page, no text lines and nothing joined; garbage is collected as Python does it by itself."""
    gc.set_threshold(*PLAIN)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number in sorted(numbers):
            sheet = pdf.pages[number - 1]
            sheet.extract_tables()
            sheet.close()


def show(name: str, result: Result) -> None:
    """One line: pages per second of both and their ratio."""
    count = result.pages
    print(
        f"{name:24} {count:5d} pages  ours {count / result.ours:7.1f}/s ({1000 * result.ours / count:5.1f} ms)"
        f"  pdfplumber {count / result.theirs:6.1f}/s  ratio {result.theirs / result.ours:5.1f}",
        flush=True,
    )


def show_stages(files: list[Path], sample: int) -> None:
    """Where the extractor's time goes, in ms a page."""
    spent: dict[str, float] = defaultdict(float)
    plain = [(module, name, getattr(module, name)) for module, name, _ in STAGES]
    for (module, name, stage), (_, _, function) in zip(STAGES, plain, strict=True):
        setattr(module, name, timed(function, stage, spent))
    read = 0
    first = frozenset(range(1, sample + 1)) if sample else None
    start = time.process_time()
    for file in files:
        data = file.read_bytes()
        try:
            pages_of = extract(data, Options(pages=first)).pages
            read += sum(one.status is PageStatus.OK for one in pages_of)
        except DocumentError:
            continue
    total = time.process_time() - start
    for module, name, function in plain:
        setattr(module, name, function)
    spent["other of extraction"] = total - sum(spent.values())
    spent["meaning and JSON"] = meaning_seconds(files, first)
    print("ms a page:", ", ".join(f"{stage} {1000 * seconds / read:.2f}" for stage, seconds in spent.items()))


def meaning_seconds(files: list[Path], pages_read: frozenset[int] | None) -> float:
    """CPU seconds from Documents to JSON."""
    seconds = 0.0
    for file in files:
        data = file.read_bytes()
        try:
            read = extract(data, Options(pages=pages_read))
        except DocumentError:
            continue
        known = deps()
        start = time.process_time()
        msgspec.json.encode(known.read(read, known.catalogue, personal_data=False))
        seconds += time.process_time() - start
    return seconds


def timed(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    """The function, adding its CPU seconds to its stage."""

    def wrapped(*arguments: Any) -> Any:
        start = time.process_time()
        result = function(*arguments)
        spent[stage] += time.process_time() - start
        return result

    return wrapped


def peak_memory(files: list[Path]) -> int:
    """MB at most, while all of the files are read one after the other in this process."""
    settle_memory()
    for file in files:
        try:
            encode(process(Source(file.read_bytes()), Options(), deps()))
        except DocumentError:
            continue
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
