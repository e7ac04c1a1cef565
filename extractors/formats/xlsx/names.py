"""Qualified names of the elements and attributes that are read."""

from __future__ import annotations

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

SHEETS, SHEET, WORKBOOK_PR = _S + "sheets", _S + "sheet", _S + "workbookPr"
ROW, CELL, VALUE, FORMULA, INLINE = _S + "row", _S + "c", _S + "v", _S + "f", _S + "is"
COL, VIEW, MERGE, DRAWING, OLE_OBJECT = _S + "col", _S + "sheetView", _S + "mergeCell", _S + "drawing", _S + "oleObject"
ITEM, RUN, TEXT = _S + "si", _S + "r", _S + "t"
NUMBER_FORMAT, CELL_FORMATS, FORMAT = _S + "numFmt", _S + "cellXfs", _S + "xf"
BORDERS, BORDER = _S + "borders", _S + "border"
SIDES = (_S + "left", _S + "right", _S + "top", _S + "bottom")
R_ID = _R + "id"
