"""From the bytes of an XLSX to a Document, sheet by sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from extractors.budget import CellBudget
from extractors.errors import ForbiddenXml, Unreadable
from extractors.formats.xlsx import names as n
from extractors.formats.xlsx.strings import shared
from extractors.formats.xlsx.styles import cell_formats
from extractors.formats.xlsx.worksheet import Workbook, WorksheetReader
from extractors.model import Document
from extractors.options import Options
from extractors.package import Package, Relationship
from extractors.sheets.grids import blocks_of
from extractors.sheets.notices import Noticed, notice_book
from extractors.sheets.sheet import Sheet
from extractors.sniff import XLSX

_MAIN_PART = re.compile(r"xl/workbook\d*\.xml", re.I)


@dataclass(frozen=True, slots=True)
class _Tab:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: Relationship | None


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. It has no pages; hidden sheets come last. Macros and links are left alone.

    Raises:
        Unreadable: the package is broken. ForbiddenXml: its XML declares a document type.
        Encrypted: it opens with a password only. TooLarge: it goes beyond a limit.
    """
    package = Package(data, options.limits, "XLSX")
    main = package.main_part(_MAIN_PART)
    root = package.xml(main)
    properties = root.find(n.WORKBOOK_PR)
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    workbook = Workbook(
        shared(package.related(main, "sharedStrings", "sharedStrings.xml")),
        cell_formats(package.related(main, "styles", "styles.xml")),
        since_1904,
        notice_book(),
        CellBudget(options.limits.cells, options.limits.columns),
    )
    tabs = _tabs(root, package.relationships(main))
    sheets = [sheet for tab in tabs if (sheet := _sheet(tab, package, workbook)) is not None]
    if tabs and len(package.unreadable) >= len(tabs):
        raise Unreadable(f"no sheet of the XLSX can be read ({package.unreadable[0]})")
    for name in package.unreadable:
        workbook.book.add(Noticed.PART_UNREADABLE, None, name)
    budget = CellBudget(options.limits.cells, options.limits.columns)
    blocks = blocks_of(sheets, budget, workbook.book)
    return Document("xlsx", XLSX, (), blocks, workbook.book.notices())


def _tabs(root: etree._Element, parts: dict[str, Relationship]) -> list[_Tab]:
    """The sheets in their order, hidden ones after all others."""
    listed = root.find(n.SHEETS)
    elements = [] if listed is None else list(listed.iterchildren(n.SHEET))
    tabs = [
        _Tab(one.get("name", ""), one.get("state", "visible") != "visible", parts.get(one.get(n.R_ID, "")))
        for one in elements
    ]
    return sorted(tabs, key=lambda tab: tab.hidden)


def _sheet(tab: _Tab, package: Package, workbook: Workbook) -> Sheet | None:
    """One sheet; None when it is no sheet of cells, or broken."""
    sheet = Sheet(tab.name)
    if tab.part is None or tab.part.external or not package.has(tab.part.target):
        package.unreadable.append(tab.name)
        return None
    if tab.part.kind != "worksheet":
        workbook.book.add(Noticed.CONTENT_NOT_READ, sheet.place, tab.name)
        return None
    reader = WorksheetReader(tab.name, workbook)
    try:
        sheet = reader.read(package.raw_xml(tab.part.target))
    except ForbiddenXml:
        raise
    except Unreadable:
        package.unreadable.append(tab.part.target)
        return None
    if reader.draws and not sheet.entries:
        workbook.book.add(Noticed.CONTENT_NOT_READ, sheet.place, tab.name)
    if tab.hidden and sheet.entries:
        workbook.book.add(Noticed.HIDDEN_SHEET, sheet.place, tab.name, apart=tab.name)
    return sheet
