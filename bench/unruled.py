"""Real tables with their rules taken away, read from the alignment of their words, and held against the ruled reading.

    python -m bench.unruled [FOLDER] [--worst N]

Each page of each PDF is laid out twice: with its rules, then without them. A table counts when it has eight amounts or
more, three columns or more and no cell of prose. A cell is right when its text, row, column and spans are, columns and
rows without any text left out of count on both sides: without rules nobody can see them. No rule is a hard page's own,
so this is what a publisher's unruled table would meet.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.hardpages.score import Found, folded
from extractors.formats.pdf import FORMAT
from extractors.layout import page, paged
from extractors.layout.ink import Rules, Run
from extractors.layout.segments import Kind, kind_of
from extractors.model import Grid
from extractors.options import Options

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "fiscal"
LEAST_AMOUNTS = 8
PROSE = 40  # characters: a cell with more is a text, whose table nobody draws without rules
Cells = set[tuple[int, int, int, int, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One ruled table beside the best reading of the page without rules."""

    file: str
    page: int
    cells: int
    found: int
    right: int

    @property
    def share(self) -> float:
        """Right cells, of those printed or found, whichever are more."""
        return self.right / max(self.cells, self.found)


def wanted(grid: Grid) -> bool:
    """Whether a grid is a table that may as well be printed without rules."""
    amounts = sum(kind_of(cell.text) is Kind.AMOUNT for cell in grid.cells)
    return amounts >= LEAST_AMOUNTS and grid.n_cols > 2 and not any(len(folded(c.text)) > PROSE for c in grid.cells)


def packed(grid: Grid) -> Cells:
    """Cells with a text, numbered without the rows and columns in which none begins."""
    cells: Found = [(c.row, c.col, c.row_span, c.col_span, folded(c.text)) for c in grid.cells if folded(c.text)]
    rows, cols = sorted({cell[0] for cell in cells}), sorted({cell[1] for cell in cells})

    def place(starts: list[int], value: int) -> int:
        return sum(start < value for start in starts)

    return {
        (
            place(rows, row),
            place(cols, col),
            place(rows, row + row_span) - place(rows, row),
            place(cols, col + col_span) - place(cols, col),
            text,
        )
        for row, col, row_span, col_span, text in cells
    }


def compare(folder: Path) -> Iterator[Compared]:
    """Every table of the folder, both ways."""
    plain = page.lay_out
    for file in sorted(folder.glob("*.pdf")):
        seen: list[Compared] = []

        def both(number: int, size: tuple[float, float], runs: list[Run], rules: Rules) -> page.PageLayout:
            ruled = plain(number, size, list(runs), rules)
            tables = [b for b in ruled.blocks if isinstance(b, Grid) and wanted(b)]
            if tables:
                bare = [packed(b) for b in plain(number, size, list(runs), Rules()).blocks if isinstance(b, Grid)]
                for true in map(packed, tables):
                    best = max(bare, key=lambda cells: len(cells & true), default=set())
                    seen.append(Compared(file.name, number, len(true), len(best), len(best & true)))  # noqa: B023
            return ruled

        paged.lay_out = both  # type: ignore[assignment]
        FORMAT.extract(file.read_bytes(), Options())
        yield from seen
    paged.lay_out = plain


def main() -> None:
    """Print how many cells and tables are read right without rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--worst", type=int, default=0, help="tables to name")
    arguments = parser.parse_args()
    tables = list(compare(arguments.folder))
    right, cells = sum(table.right for table in tables), sum(table.cells for table in tables)
    whole = sum(table.share == 1 for table in tables)
    missed = sum(not table.found for table in tables)
    print(f"{len(tables)} tables, {cells} cells: {100 * right / cells:.2f} % right")
    print(f"{whole} tables whole, {missed} not found")
    for table in sorted(tables, key=lambda table: table.share)[: arguments.worst]:
        print(f"{table.share:.2f} {table.file} page {table.page}: {table.right} of {table.cells}, {table.found} found")


if __name__ == "__main__":
    main()
