"""Cells read right with their spans, style by style, beside other tools on the same pages.

    python -m bench.hardpages [--files N] [--only STYLE] [--without TOOL] [--img2table PYTHON] [--keep DIR]

Every file is drawn anew from its seed; nothing is read from disk. A cell is right when its text, row, column and both
spans are. The share is of the cells printed or found, whichever are more, so that cells made of prose cost as much as
cells lost. Of a tool with several ways the best is shown for each style. Pages without a table follow: any table found
on them is wrong. ``--keep`` leaves the files and their truth in a folder.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.hardpages.pages import TrueTable, hard_file
from bench.hardpages.plain import PLAIN, plain_file
from bench.hardpages.readers import READERS, Reader, img2table, ours
from bench.hardpages.score import Score, score_page
from bench.hardpages.speed import growth
from bench.hardpages.styles import Style

Ways = dict[str, dict[str, Reader]]
Truth = Sequence[TrueTable]


def files(folder: Path, style: Style, seeds: range) -> Iterator[tuple[Path, Truth]]:
    """The drawn files of a style, with their truth beside them."""
    for seed in seeds:
        data, truth = hard_file(style, seed)
        path = folder / f"{style.name.lower()}-{seed:03d}.pdf"
        path.write_bytes(data)
        stated = json.dumps([asdict(table) for table in truth], ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(stated, encoding="utf-8")
        yield path, truth


def score_file(reader: Reader, path: Path, truth: Truth) -> Score:
    """The score of one reader on all pages of one file."""
    pages = reader(path)
    numbers = {table.page for table in truth} | set(pages)
    return sum(
        (score_page([t for t in truth if t.page == number], pages.get(number, [])) for number in numbers), Score()
    )


def run(ways: Ways, folder: Path, styles: Sequence[Style], seeds: range) -> dict[Style, dict[str, tuple[str, Score]]]:
    """For each style and tool, the best of its ways and its score."""
    results: dict[Style, dict[str, tuple[str, Score]]] = {}
    for style in styles:
        scores: dict[tuple[str, str], Score] = defaultdict(Score)
        for path, truth in files(folder, style, seeds):
            for tool, readers in ways.items():
                for way, reader in readers.items():
                    scores[tool, way] += score_file(reader, path, truth)
        results[style] = {
            tool: max(((way, scores[tool, way]) for way in readers), key=lambda found: found[1].share)
            for tool, readers in ways.items()
        }
        print(_row(style.value, list(results[style].values())), flush=True)
    return results


def _row(name: str, scores: Sequence[tuple[str, Score]]) -> str:
    shares = (f"{100 * score.share:.2f} % ({100 * score.share_placed:.1f}) {way}".strip() for way, score in scores)
    return f"| {name} | {' | '.join([str(scores[0][1].printed), *shares])} |"


def print_totals(results: dict[Style, dict[str, tuple[str, Score]]]) -> None:
    """All ruled styles together, and all unruled ones."""
    for name, ruled in (("all ruled", True), ("all unruled", False)):
        rows = [scores for style, scores in results.items() if style.ruled is ruled]
        if rows:
            print(_row(name, [("", sum((row[tool][1] for row in rows), Score())) for tool in rows[0]]))


def print_plain(ways: Ways, folder: Path, seeds: range) -> None:
    """How many tables each tool, in the way of least harm, finds where there are none."""
    for kind in PLAIN:
        counts: dict[str, list[int]] = {tool: [0] * len(readers) for tool, readers in ways.items()}
        for seed in seeds:
            path = folder / f"{kind.replace(' ', '-')}-{seed:03d}.pdf"
            path.write_bytes(plain_file(kind, seed))
            for tool, readers in ways.items():
                for place, reader in enumerate(readers.values()):
                    counts[tool][place] += sum(len(tables) for tables in reader(path).values())
        print(f"| {kind} | {' | '.join(str(min(found)) for found in counts.values())} |", flush=True)


def main() -> None:
    """Draw, read and score; then pages without tables; then large ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=12, help="per style")
    parser.add_argument("--first", type=int, default=1, help="seed")
    parser.add_argument("--only", action="append", choices=[style.name for style in Style])
    parser.add_argument("--without", action="append", default=[], choices=sorted(READERS))
    parser.add_argument("--img2table", metavar="PYTHON", help="an interpreter that has img2table")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    ways = {tool: readers for tool, readers in READERS.items() if tool not in arguments.without}
    if arguments.img2table:
        ways["img2table"] = {"": img2table(arguments.img2table)}
    styles = [style for style in Style if not arguments.only or style.name in arguments.only]
    seeds = range(arguments.first, arguments.first + arguments.files)
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        print(f"| style | cells | {' | '.join(ways)} |\n|{'---|' * (len(ways) + 2)}")
        print_totals(run(ways, folder, styles, seeds))
        if not arguments.only:
            print_plain(ways, folder, seeds)
            growth(ours)
        print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
