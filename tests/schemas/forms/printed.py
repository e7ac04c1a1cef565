"""Documents of lines and drawn grids, and their forms: what the tests of this folder state values about."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.model import Block, Document, Grid, Location, Part, TextLine
from schemas.catalogue import load_catalogue
from schemas.kind import Catalogue
from schemas.read import read
from schemas.result import Check, Form, Indicator, Reading
from tests.gridtext import parse

TITLE = "2023年度项目支出绩效自评表"


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


def lines(*texts: str, page: int | None = None) -> tuple[TextLine, ...]:
    return tuple(TextLine(text, Location(page)) for text in texts)


def grid(drawn: str, *above: str, page: int | None = None, pages: Sequence[tuple[int, int]] = ()) -> Grid:
    """A drawn grid under its lines. ``pages``: page and first row of each part of a grid that runs over several."""
    parsed = replace(parse(drawn), above=lines(*above, page=page))
    starts: list[tuple[int | None, int]] = [*pages] or [(page, 0)]
    ends = [*(first - 1 for _, first in starts[1:]), parsed.n_rows - 1]
    parts = tuple(Part(Location(number), first, last) for (number, first), last in zip(starts, ends, strict=True))
    cells = tuple(
        replace(cell, location=replace(cell.location, page=number))
        for cell in parsed.cells
        for number, first in reversed(starts)
        if first <= cell.row
    )
    unique = {(cell.row, cell.col): cell for cell in reversed(cells)}
    return replace(parsed, parts=parts, cells=tuple(unique[key] for key in sorted(unique)))


def reading(*grids: Grid, personal_data: bool = False) -> Reading:
    blocks: list[Block] = []
    for one in grids:
        blocks += [*one.above, one]
    document = Document("docx", "application/x-test", (), tuple(blocks))
    return read(document, catalogue(), personal_data=personal_data)


def forms(*grids: Grid) -> list[Form]:
    return reading(*grids).forms


def form(drawn: str, *above: str) -> Form:
    """The only form of a grid under its lines, a self-evaluation unless they say otherwise."""
    (found,) = forms(grid(drawn, *(above or (TITLE, "单位：万元"))))
    return found


def checks(drawn: str, rule: str, *above: str) -> list[Check]:
    """The checks of one rule over the form of a grid."""
    found = reading(grid(drawn, *(above or (TITLE, "单位：万元")))).checks
    return [check for check in found if check.rule.endswith(f".{rule}")]


def levels(indicators: Sequence[Indicator]) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.level1, one.level2, one.level3) for one in indicators]


def funds(found: Form) -> dict[tuple[str | None, str], str | None]:
    """Row and field of each fund value, and the value in base units without zeros at its end."""
    return {(fund.row, fund.field): plain(fund.value) for fund in found.funds}


def plain(value: str | None) -> str | None:
    return None if value is None else format(Decimal(value).normalize(), "f")


def texts(found: Form) -> dict[str, str | None]:
    """The head of a form: field and text as printed."""
    return {field: value.text for field, value in found.header.items()}
