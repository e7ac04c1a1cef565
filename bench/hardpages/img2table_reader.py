"""Runs in an environment of its own that has img2table: writes the tables of PDF files as JSON.

python img2table_reader.py FILE.pdf OUT.json
"""

from __future__ import annotations

import json
import sys

from img2table.document import PDF


def main() -> None:
    """The boxes and texts of every cell: page -> tables -> [box, text]. A merged cell is listed once."""
    found = {}
    for page, tables in PDF(sys.argv[1]).extract_tables(borderless_tables=True).items():
        found[page + 1] = [list({box_of(cell): cell.value or "" for cell in cells(table)}.items()) for table in tables]
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        json.dump(found, out)


def cells(table):
    """Every cell of a table, merged ones once per position."""
    return [cell for row in table.content.values() for cell in row]


def box_of(cell):
    """Left, top, right and bottom."""
    return (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)


if __name__ == "__main__":
    main()
