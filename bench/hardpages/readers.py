"""The same pages through four tools, each as cells with spans. Ours, pdfplumber, camelot, img2table."""

from __future__ import annotations

import json
import subprocess
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber

from bench.hardpages.score import Found
from extractors.formats.pdf import FORMAT
from extractors.options import Options

Pages = dict[int, list[Found]]
Reader = Callable[[Path], Pages]
TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}
IMG2TABLE = Path(__file__).with_name("img2table_reader.py")


def ours(pdf: Path) -> Pages:
    """Our grids, joined ones in the parts that stand on each page."""
    pages: Pages = defaultdict(list)
    for grid in FORMAT.extract(pdf.read_bytes(), Options()).grids:
        for part in grid.parts:
            rows = range(part.first_row, part.last_row + 1)
            cells = [
                (cell.row - part.first_row, cell.col, cell.row_span, cell.col_span, cell.text)
                for cell in grid.cells
                if cell.row in rows
            ]
            pages[part.location.page or 0].append(cells)
    return pages


def plumber(settings: dict[str, str], *, once: bool = False) -> Reader:
    """pdfplumber's ``find_tables``; its cells say how far they reach. ``once``: without characters drawn twice."""

    def read(pdf: Path) -> Pages:
        pages: Pages = defaultdict(list)
        with pdfplumber.open(pdf) as document:
            for page in document.pages:
                sheet = page.dedupe_chars() if once else page
                for table in sheet.find_tables(settings):
                    boxes = [cell for row in table.rows for cell in row.cells]
                    texts = [text for row in table.extract() for text in row]
                    kept = [(box, text or "") for box, text in zip(boxes, texts, strict=True) if box is not None]
                    pages[page.page_number].append(with_spans(kept))
        return pages

    return read


def with_spans(boxes: Sequence[tuple[Sequence[float], str]]) -> Found:
    """Cells with their place and spans among the sides of all of the table's cells."""
    xs = sorted({round(x) for box, _ in boxes for x in (box[0], box[2])})
    ys = sorted({round(y) for box, _ in boxes for y in (box[1], box[3])})
    cells = []
    for (x0, top, x1, bottom), text in boxes:
        row, col = bisect_left(ys, round(top)), bisect_left(xs, round(x0))
        cells.append((row, col, bisect_left(ys, round(bottom)) - row, bisect_left(xs, round(x1)) - col, text))
    return cells


def camelot(flavor: str) -> Reader:
    """camelot; where it knows the rules around each cell, cells without one between them are one."""

    def read(pdf: Path) -> Pages:
        from camelot.io import read_pdf  # noqa: PLC0415  seconds to load

        pages: Pages = defaultdict(list)
        for table in read_pdf(str(pdf), pages="all", flavor=flavor, suppress_stdout=True):
            ruled = flavor in ("lattice", "hybrid")
            pages[table.page].append(_merged(table.cells) if ruled else _single(table.cells))
        return pages

    return read


def _single(rows: Sequence[Sequence[Any]]) -> Found:
    return [(r, c, 1, 1, cell.text) for r, row in enumerate(rows) for c, cell in enumerate(row)]


def _merged(rows: Sequence[Sequence[Any]]) -> Found:
    """Cells joined to the right and downwards while no rule parts them."""
    cells: Found = []
    done: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if (r, c) in done:
                continue
            right, down = c, r
            while right + 1 < len(row) and not row[right].right and not row[right + 1].left:
                right += 1
            while down + 1 < len(rows) and not rows[down][c].bottom and not rows[down + 1][c].top:
                down += 1
            covered = [(y, x) for y in range(r, down + 1) for x in range(c, right + 1)]
            done.update(covered)
            text = "".join(rows[y][x].text for y, x in covered)
            cells.append((r, c, down - r + 1, right - c + 1, text or cell.text))
    return cells


def img2table(python: str) -> Reader:
    """img2table under another interpreter: its OpenCV wheel and camelot's cannot stand in one environment."""

    def read(pdf: Path) -> Pages:
        with tempfile.NamedTemporaryFile("r", suffix=".json") as out:
            subprocess.run([python, str(IMG2TABLE), str(pdf), out.name], check=True, capture_output=True)
            found = json.load(out)
        return {int(page): [with_spans(table) for table in tables] for page, tables in found.items()}

    return read


READERS: dict[str, dict[str, Reader]] = {  # tool -> its ways; the best of them counts, style by style
    "gongkai": {"": ours},
    "pdfplumber": {"lines": plumber({}), "lines, deduped": plumber({}, once=True), "text": plumber(TEXT)},
    "camelot": {flavor: camelot(flavor) for flavor in ("lattice", "stream", "network", "hybrid")},
}
