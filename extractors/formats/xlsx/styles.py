"""The formats of cells: how their numbers are displayed, and which of their sides are ruled."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from extractors.formats.xlsx import names as n
from extractors.sheets.builtin import BUILTIN
from extractors.sheets.codes import GENERAL
from extractors.sheets.sheet import BOTTOM, LEFT, RIGHT, TOP


@dataclass(frozen=True, slots=True)
class CellFormat:
    """``code``: the number format; ``rules``: the ruled sides of the cell."""

    code: str = GENERAL
    rules: int = 0


PLAIN = CellFormat()


def cell_formats(root: etree._Element | None) -> list[CellFormat]:
    """The formats by their index; none when the workbook has no styles."""
    formats = None if root is None else root.find(n.CELL_FORMATS)
    if root is None or formats is None:
        return []
    codes = BUILTIN | {_number(one, "numFmtId"): one.get("formatCode", GENERAL) for one in root.iter(n.NUMBER_FORMAT)}
    borders = root.find(n.BORDERS)
    rules = [] if borders is None else [_rules(one) for one in borders.iterchildren(n.BORDER)]
    return [
        CellFormat(codes.get(_number(one, "numFmtId"), GENERAL), _at(rules, _number(one, "borderId")))
        for one in formats.iterchildren(n.FORMAT)
    ]


def _rules(border: etree._Element) -> int:
    sides = zip(n.SIDES, (LEFT, RIGHT, TOP, BOTTOM), strict=True)
    return sum(side for name, side in sides if _is_drawn(border.find(name)))


def _is_drawn(side: etree._Element | None) -> bool:
    return side is not None and side.get("style", "none") != "none"


def _number(element: etree._Element, name: str) -> int:
    text = element.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _at(items: list[int], index: int) -> int:
    return items[index] if index < len(items) else 0
