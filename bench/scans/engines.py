"""Our engine beside tesseract: the same pages, the same code for rules, grids and checks, each in a process of its own.

    python -m bench.scans.engines [--scanner clean|worn] [--times N] [CASE ...]

Amounts that are right, pages by CPU second, and memory at its peak. What tesseract needs: see ``tesseract.py``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from bench.scans.__main__ import SCANNERS, Run, cases, peak
from extractors.ocr.engine import Engine

FEW = ["two-units", "code-in-three-columns", "three-panels", "four-panels", "row-cut"]
ENGINES = ("rapidocr", "tesseract")


def main() -> int:
    """One line for each run of each engine, by turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", default=FEW)
    parser.add_argument("--scanner", choices=sorted(SCANNERS), default="clean")
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--engine", choices=ENGINES, help="read with this one in this process")
    arguments = parser.parse_args()
    if arguments.engine:
        print(json.dumps(_read(arguments.engine, arguments.cases, arguments.scanner)))
        return 0
    for _ in range(arguments.times):
        for name in ENGINES:
            command = [sys.executable, "-m", "bench.scans.engines", *arguments.cases]
            command += ["--scanner", arguments.scanner, "--engine", name]
            print(name, subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(), flush=True)
    return 0


def _read(name: str, names: list[str], scanner: str) -> dict[str, float]:
    engine, run = _engine(name), Run()
    for folder in cases(names):
        run.add(folder, SCANNERS[scanner], engine)
    amounts = run.score
    return {
        "amounts": amounts.printed,
        "right": round(100 * amounts.right / amounts.printed, 2),
        "wrong": amounts.wrong,
        "wrong_and_proven": amounts.unflagged,
        "pages": run.pages,
        "cpu_seconds_a_page": round(run.seconds / run.pages, 2),
        "peak_mb": peak(),
    }


def _engine(name: str) -> Engine:
    if name == "tesseract":
        from bench.scans.tesseract import Tesseract  # noqa: PLC0415 (it may not be installed)

        return Tesseract()
    from extractors.ocr.rapid import RapidEngine  # noqa: PLC0415

    return RapidEngine()


if __name__ == "__main__":
    raise SystemExit(main())
