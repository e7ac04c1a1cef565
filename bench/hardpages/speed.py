"""CPU seconds and memory for one page with ever more cells, ruled and unruled."""

from __future__ import annotations

import io
import resource
import tempfile
import time
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from bench.hardpages.ink import draw, register
from bench.hardpages.readers import Reader

COLUMNS = 20
ROWS = (50, 125, 250, 500, 600)


def large_page(rows: int, ruled: bool) -> bytes:
    """One page with ``rows`` rows of 20 amounts, with all rules or none."""
    register()
    out = io.BytesIO()
    high, step, wide = 12.0 * rows + 100, 12.0, 60.0
    canvas = Canvas(out, pagesize=(COLUMNS * wide + 80, high), invariant=True)
    draw(canvas, 40, high - 30, "表1　支出明细表", 12)
    draw(canvas, 400, high - 44, "单位：元", 9)
    for row in range(rows):
        y = high - 50 - step * (row + 1)
        for col in range(COLUMNS):
            text = f"{row}.{col:02d}" if col and row else ("合计" if row else f"预算数{col}")
            draw(canvas, 44 + wide * col, y + 3, text, 8)
            if ruled:
                canvas.rect(40 + wide * col, y, wide, step, stroke=1, fill=0)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def growth(reader: Reader) -> None:
    """Prints CPU seconds per page for 1,000 to 12,000 cells, and the peak memory of the process."""
    for ruled in (True, False):
        found = []
        for rows in ROWS:
            with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
                file.write(large_page(rows, ruled))
                file.flush()
                start = time.process_time()
                pages = reader(Path(file.name))
                spent = time.process_time() - start
            cells = sum(len(table) for tables in pages.values() for table in tables)
            found.append(f"{cells} cells {spent:.2f} s")
        print("ruled:" if ruled else "unruled:", ", ".join(found))
    print("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB")
