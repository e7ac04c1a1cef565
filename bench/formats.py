"""The cost of one document in each file format: ``python -m bench.formats [--rounds N]``. CPU time, formats in turn."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from extractors import registry

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAME = {
    "PDF": FIXTURES / "pdf/qingshan-2022-final-accounts-whole-report/source.pdf",
    "OFD": FIXTURES / "ofd/qingshan-2022-final-accounts-as-ofd/source.ofd",
}


def main() -> None:
    """Prints milliseconds a page and pages a second, the best of all rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    best = dict.fromkeys(SAME, float("inf"))
    for _ in range(rounds):
        for name, path in SAME.items():
            data = path.read_bytes()
            begun = time.process_time()
            pages = len(registry.extract(data).pages)
            best[name] = min(best[name], (time.process_time() - begun) / pages)
    print("| format | CPU ms/page | pages/s |\n|---|---|---|")
    for name, seconds in best.items():
        print(f"| {name} | {seconds * 1000:.1f} | {1 / seconds:.0f} |")


if __name__ == "__main__":
    main()
