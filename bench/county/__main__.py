"""Draws a county's disclosures, the same for the same seed and fonts.

    python -m bench.county FOLDER [--reports 2000] [--seed 1] [--processes 2]

Budgets, final accounts and evaluations of ten bureaux in ten places over eight years, as PDF, DOCX and web pages, in
five styles of table, in 元 and 万元. Amounts add up, but for one slip in some reports; some files come twice, some are
broken, some are in ZIP archives. The fonts are those of the fixtures (``GONGKAI_FIXTURE_FONTS``).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.county.draw import draw_all


def main() -> None:
    """Draws and says how many files there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    if options.folder.exists():
        parser.error(f"{options.folder} is there already")
    files = draw_all(options.folder, options.reports, options.seed, options.processes)
    print(f"{files} files in {options.folder}, those in archives counted")


if __name__ == "__main__":
    main()
