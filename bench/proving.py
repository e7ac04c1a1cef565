"""What proving costs: checks, prose, grades and findings, as a share of the time of extraction.

    python -m bench.proving [FOLDER]

Every PDF of a folder is extracted and read, one core, CPU seconds. Proving is everything that ``schemas.read`` does
with tables that are read already: their checks, the witnesses against them, the checks of forms, the prose and what it
is held against, grades, and the findings about all of these. Loading the catalogue is not counted: a process does it
once. Garbage is collected as seldom as in a worker, in extraction and in proving alike.
"""

from __future__ import annotations

import argparse
import importlib
import os
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.speed import FOLDER, timed
from extractors import registry
from extractors.errors import DocumentError
from extractors.options import Options
from schemas.catalogue import load_catalogue
from service.worker import settle_memory

STEPS = {
    "index_tables": "checks",
    "checks_of": "checks",
    "suspicions": "findings",
    "doubts_of": "witnesses",
    "check_form": "checks of forms",
    "grade_form": "grades",
    "grade_values": "grades",
    "read_narrative": "prose",
    "check_findings": "findings",
    "form_findings": "findings",
}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    whole: Any = importlib.import_module("schemas.read")
    catalogue = load_catalogue()
    spent: dict[str, float] = defaultdict(float)
    for name, step in STEPS.items():
        setattr(whole, name, timed(getattr(whole, name), step, spent))
    settle_memory()  # as a worker does
    extraction, reading, pages = 0.0, 0.0, 0
    for file in sorted(options.folder.glob("*.pdf")):
        data = file.read_bytes()
        start = time.process_time()
        try:
            document = registry.extract(data, Options())
        except DocumentError as error:
            print(f"{file.name:24} {error}")
            continue
        extracted = time.process_time()
        whole.read(document, catalogue)
        extraction, reading = extraction + extracted - start, reading + time.process_time() - extracted
        pages += len(document.pages)
    show(extraction, reading, pages, spent)


def show(extraction: float, reading: float, pages: int, spent: dict[str, float]) -> None:
    """One line for each step: ms a page, and the share of extraction."""
    proving = sum(spent.values())
    steps = {"extraction": extraction, **spent, "proving": proving, "other of reading": reading - proving}
    for step, seconds in steps.items():
        print(f"{step:18} {1000 * seconds / pages:6.2f} ms a page  {100 * seconds / extraction:5.1f} %")


if __name__ == "__main__":
    main()
