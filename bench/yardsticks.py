"""Tables of the same pages as three tools find them: ours, pdfplumber's and camelot's.

    python bench/yardsticks.py [--truth DIR] [--corpus DIR] [--without camelot]

The pages are those on which people checked values by hand. A value counts as found when some row of some table holds
it in a cell of its own, together with its label or its code: what a reader of the bare table needs. Seconds are CPU
time for these pages.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import pypdfium2

from extractors.formats.pdf import FORMAT
from extractors.options import Options
from schemas.lattice import Lattice
from schemas.text import fold, strip_ordinal

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
Row = list[str]
Reader = Callable[[Path, int], Iterator[Row]]


def ours(pdf: Path, page: int) -> Iterator[Row]:
    """Rows of the grids on a page; a merged cell stands in every row it covers."""
    document = FORMAT.extract(pdf.read_bytes(), Options(pages=frozenset({page})))
    for grid in document.grids:
        for row in Lattice.of(grid).cover:
            yield [cell.text for cell in row]


def theirs(pdf: Path, page: int) -> Iterator[Row]:
    """pdfplumber's ``extract_tables`` with its own settings."""
    with pdfplumber.open(pdf, pages=[page]) as document:
        for table in document.pages[0].extract_tables():
            for row in table:
                yield [text or "" for text in row]


def lattice(pdf: Path, page: int) -> Iterator[Row]:
    """camelot's lattice with its own settings, on a file that holds the one page."""
    from camelot.io import read_pdf  # noqa: PLC0415  seconds to load, and only this bench wants it

    with tempfile.NamedTemporaryFile(suffix=".pdf") as single:
        source = pypdfium2.PdfDocument(pdf)
        target = pypdfium2.PdfDocument.new()
        target.import_pages(source, [page - 1])
        target.save(single.name)
        source.close()
        target.close()
        for table in read_pdf(single.name, flavor="lattice", suppress_stdout=True):
            yield from table.df.to_numpy().tolist()


READERS: dict[str, Reader] = {"gongkai": ours, "pdfplumber": theirs, "camelot": lattice}


def wanted(truth: Path) -> dict[int, list[dict[str, str]]]:
    """The checked cells of a truth file by page."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for line in truth.read_text(encoding="utf-8").splitlines():
        cell = json.loads(line)
        if cell.get("type", "cell") == "cell" and cell.get("page"):
            found[cell["page"]].append(cell)
    return found


def holds(rows: list[list[str]], cell: dict[str, str]) -> bool:
    """Whether a row holds the value in a cell of its own, and its label or code."""
    value = fold(cell["raw"])
    label = strip_ordinal(fold(cell.get("label") or ""))[0]
    code = (cell.get("code") or "")[-2:]
    return any(
        value in row and (not label or any(label in text for text in row) or (code and code in row)) for row in rows
    )


def main() -> None:
    """Print, for each tool, the share of checked values that its rows hold, and its seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", type=Path, default=SHARED / "truth")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus" / "fiscal")
    parser.add_argument("--without", action="append", default=[])
    arguments = parser.parse_args()
    readers = {name: reader for name, reader in READERS.items() if name not in arguments.without}
    total = 0
    right: dict[str, int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    pages = 0
    for truth in sorted(arguments.truth.glob("*.jsonl")):
        pdf = arguments.corpus / f"{truth.stem}.pdf"
        if not pdf.exists():
            continue
        for page, cells in sorted(wanted(truth).items()):
            pages += 1
            total += len(cells)
            for name, reader in readers.items():
                start = time.process_time()
                rows = [[fold(text) for text in row] for row in reader(pdf, page)]
                seconds[name] += time.process_time() - start
                right[name] += sum(holds(rows, cell) for cell in cells)
    print(f"{total} checked values on {pages} pages")
    for name in readers:
        share, pace = 100 * right[name] / total, 1000 * seconds[name] / pages
        print(f"{name:12s} {right[name]:5d} right  {share:6.2f} %  {pace:8.1f} ms CPU a page")


if __name__ == "__main__":
    main()
