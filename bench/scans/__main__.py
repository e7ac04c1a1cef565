"""Draw the pages of fixtures as scans, read them, and compare each amount with what the text of the page says.

    python -m bench.scans [--scanner clean|worn] [--pages 8-20] [--misses N] [CASE ...]

CPU seconds a page and peak memory are those of the pictures alone. Beside tesseract: ``python -m bench.scans.engines``.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2

from bench.scans.score import Score, score
from extractors.ocr.engine import Engine
from extractors.options import Options
from scripts.fixtures.scan import CLEAN, WORN, Scanner, scanned
from service.compose import deps
from service.pages import parse_pages
from service.pipeline import Source, process

FIXTURES = Path(__file__).parents[2] / "fixtures"
SCANNERS = {"clean": CLEAN, "worn": WORN}
WHOLE = "qingshan-2022-final-accounts-whole-report"
TABLES = "8-20"  # its pages with tables of amounts
LEFT_OUT = ("-scanned", "-worn-scan", "-no-unicode", "-unseen")  # pictures already, or text that no picture shows


def cases(names: list[str]) -> list[Path]:
    """The PDF fixtures that are meant."""
    found = sorted(path.parent for path in (FIXTURES / "pdf").glob("*/source.pdf"))
    if names:
        return [path for path in found if any(name in path.name for name in names)]
    return [path for path in found if not path.name.endswith(LEFT_OUT)]


@dataclass(slots=True)
class Run:
    """What was read so far, and in how many CPU seconds."""

    score: Score = field(default_factory=Score)
    pages: int = 0
    seconds: float = 0.0

    def add(self, folder: Path, scanner: Scanner, engine: Engine, of_whole: str = TABLES) -> Score:
        """Reads one fixture as pictures and as text; ``of_whole``: the pages of the whole report."""
        data, known = (folder / "source.pdf").read_bytes(), deps()
        last = len(pypdfium2.PdfDocument(data))
        pages = sorted(parse_pages(of_whole)) if folder.name == WHOLE else list(range(1, last + 1))
        scanner = replace(scanner, skew=scanner.skew * (1 if len(folder.name) % 2 else -1.2))
        text = process(Source(data), Options(pages=frozenset(pages)), known)
        picture = scanned(data, scanner, pages)
        begun = time.process_time()
        read = process(Source(picture), Options(engine=engine), known)
        self.seconds += time.process_time() - begun
        self.pages += len(pages)
        one = score(text, read, pages, scanner.moved)
        self.score.add(one)
        return one


def main() -> int:
    """One line for each fixture, then the sum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--scanner", choices=sorted(SCANNERS), default="clean")
    parser.add_argument("--pages", default=TABLES, help="of the whole report")
    parser.add_argument("--misses", type=int, default=5)
    arguments = parser.parse_args()
    engine, run = deps().engine, Run()
    assert engine is not None
    for folder in cases(arguments.cases):
        one = run.add(folder, SCANNERS[arguments.scanner], engine, arguments.pages)
        print(_line(folder.name, one), *one.misses[: arguments.misses], sep="\n    ", flush=True)
    print(
        _line("all", run.score), f"{run.pages} pages, {run.seconds / max(run.pages, 1):.2f} CPU s a page, {peak()} MB"
    )
    return 0


def peak() -> int:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _line(name: str, one: Score) -> str:
    share = 100 * one.right / one.printed if one.printed else 100.0
    counts = f"{one.printed} amounts, {share:.2f} % right, {one.wrong} wrong, {one.unflagged} of them graded A or B"
    return f"{name}: {counts}; {one.proven} proven"


if __name__ == "__main__":
    raise SystemExit(main())
