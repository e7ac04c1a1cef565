"""Whether every digit that a PDF draws inside a table is in one of its cells, or said to be left out.

    python -m bench.digits [FOLDER or FILE…]

Counts the characters of each page with pdfium's own tools, apart from how the extractor reads them: those whose middle
lies inside a grid are held against the digits of its cells and of the findings ``table_text_left_out``. Digits drawn
twice at one place, as fake bold, count once. The exit code is 1 when a digit is lost unsaid.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from extractors.errors import DocumentError
from extractors.formats.pdf import extract
from extractors.model import Box, Document, Grid, Page, TextVerdict
from extractors.options import Options

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "fiscal"
DIGITS = frozenset("0123456789０１２３４５６７８９")
TWICE = 0.15  # of the lesser side of a digit: drawn again this near, it is the same printed digit


@dataclass(frozen=True, slots=True)
class Balance:
    """The digits of one grid: drawn inside it, in its cells, said to be left out."""

    pages: tuple[int, ...]
    drawn: Counter[str]
    kept: Counter[str]
    said: Counter[str]

    @property
    def lost(self) -> Counter[str]:
        """Digits that are drawn, in no cell, and not mentioned."""
        return self.drawn - self.kept - self.said


def balances(data: bytes, pages: Collection[int] | None = None) -> list[Balance]:
    """One balance for each grid of a PDF. Raises DocumentError when there is no document to read."""
    document = extract(data, Options(pages=frozenset(pages) if pages else None))
    drawn = _drawn_in_grids(data, document)
    return [
        Balance(
            tuple(part.location.page or 0 for part in grid.parts),
            drawn[place],
            digits("".join(cell.text for cell in grid.cells)),
            _said(document, grid),
        )
        for place, grid in enumerate(document.grids)
    ]


def digits(text: str) -> Counter[str]:
    """How often each digit stands in a text."""
    return Counter(character for character in text if character in DIGITS)


def _said(document: Document, grid: Grid) -> Counter[str]:
    """The digits of the texts that are quoted by what was noticed on the grid's parts."""
    places = {part.location for part in grid.parts}
    noticed = (n.message for n in document.notices if n.code == "table_text_left_out" and n.location in places)
    return digits("".join(message.partition("left out: ")[2] for message in noticed))


def _drawn_in_grids(data: bytes, document: Document) -> dict[int, Counter[str]]:
    """The digits drawn inside each grid, by its place; one inside two grids belongs to the smaller."""
    regions = defaultdict(list)
    for place, grid in enumerate(document.grids):
        for part in grid.parts:
            if part.location.box is not None:
                regions[part.location.page].append((_area(part.location.box), place, part.location.box))
    drawn: dict[int, Counter[str]] = defaultdict(Counter)
    pdf = pypdfium2.PdfDocument(data)
    for page in document.pages:
        if page.number in regions and page.text is not TextVerdict.GARBLED:
            for digit, x, y in _digits_of(pdf[page.number - 1], page):
                inside = [(area, place) for area, place, box in regions[page.number] if _holds(box, x, y)]
                if inside:
                    drawn[min(inside)[1]][digit] += 1
    pdf.close()
    return drawn


def _digits_of(source: pypdfium2.PdfPage, page: Page) -> Iterator[tuple[str, float, float]]:
    """Each digit that is drawn, with the middle of its box on the page as displayed."""
    text = source.get_textpage()
    seen: dict[str, list[tuple[float, float]]] = defaultdict(list)
    left, bottom, *_ = source.get_bbox()
    for index in range(text.count_chars()):
        digit = text.get_text_range(index, 1)
        if digit not in DIGITS:
            continue
        x0, y0, x1, y1 = text.get_charbox(index, loose=True)
        x, y = _displayed((x0 + x1) / 2 - left, (y0 + y1) / 2 - bottom, page)
        near = TWICE * min(x1 - x0, y1 - y0)
        if not any(abs(x - other) <= near and abs(y - height) <= near for other, height in seen[digit]):
            yield digit, x, y
        seen[digit].append((x, y))


def _displayed(x: float, y: float, page: Page) -> tuple[float, float]:
    """A point of the page's own space, from its lower left corner, on the page as displayed."""
    match page.rotation:
        case 90:
            return y, x
        case 180:
            return page.width - x, y
        case 270:
            return page.width - y, page.height - x
        case _:
            return x, page.height - y


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 < x < box.x1 and box.top < y < box.bottom


def main() -> int:
    """Prints one line for each grid that loses a digit, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[FOLDER])
    paths = parser.parse_args().paths
    files = [file for path in paths for file in (sorted(path.glob("**/*.pdf")) if path.is_dir() else [path])]
    drawn, kept, said, lost = 0, 0, 0, 0
    for file in files:
        try:
            found = balances(file.read_bytes())
        except DocumentError as error:
            print(f"{file.name}: {error}")
            continue
        for balance in found:
            drawn, kept, said = drawn + balance.drawn.total(), kept + balance.kept.total(), said + balance.said.total()
            lost += balance.lost.total()
            if balance.lost:
                print(f"{file.name}, pages {balance.pages}: lost {dict(balance.lost)}")
    print(f"{len(files)} files: {drawn} digits drawn in tables, {kept} in cells, {said} left out and said, {lost} lost")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
