"""Sheets drawn as text, and XLSX packages of a few parts."""

from __future__ import annotations

import re

from extractors.budget import CellBudget
from extractors.model import Block, TextLine
from extractors.sheets.grids import blocks_of
from extractors.sheets.notices import notice_book
from extractors.sheets.sheet import BOTTOM, LEFT, RIGHT, TOP, Area, Entry, Sheet
from tests.extractors.docxfiles import package
from tests.gridtext import render

ALL_SIDES = LEFT | RIGHT | TOP | BOTTOM
NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")


def sheet(drawn: str, name: str = "Sheet1") -> Sheet:
    """Rows of cells between bars; ``[text]`` is a ruled cell, ``<`` joins a cell to the one at its left."""
    made = Sheet(name)
    for row, line in enumerate(drawn.strip("\n").splitlines()):
        for col, cell in enumerate(line.strip().strip("|").split("|")):
            _put(made, row, col, cell.strip())
    return made


def _put(made: Sheet, row: int, col: int, text: str) -> None:
    if text.startswith("["):
        made.rules[row, col] = ALL_SIDES
        text = text.strip("[]").strip()
    if text == "<":
        merged = next((at for at, area in enumerate(made.merges) if area.top == row and area.right == col - 1), None)
        if merged is None:
            made.merges.append(Area(row, col - 1, row, col))
        else:
            made.merges[merged] = made.merges[merged]._replace(right=col)
    elif text:
        made.entries[row, col] = Entry(text, NUMBER.fullmatch(text) is not None)


def read(*sheets: Sheet) -> list[str]:
    """The lines and the drawn grids of sheets."""
    return [shown(block) for block in blocks_of(sheets, CellBudget(10_000, 100), notice_book())]


def shown(block: Block) -> str:
    return block.text if isinstance(block, TextLine) else "\n".join(re.sub(" +", " ", render(block)).splitlines())


NS = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{SPACE}">{rows}</Relationships>'


def workbook(
    rows: str, *, behind: str = "", before: str = "", styles: str = "", properties: str = "", **more: str
) -> bytes:
    """An XLSX of one sheet with these rows; ``styles`` are the children of its style sheet."""
    sheets = '<sheet name="表" sheetId="1" r:id="rId1"/>'
    return package(
        {
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"<workbook {NS}>{properties}<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f"<worksheet {NS}>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>",
            "xl/styles.xml": f"<styleSheet {NS}>{styles}</styleSheet>",
            **more,
        }
    )
