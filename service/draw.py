"""A page image with the tables and cells of a result drawn over it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from schemas.result import BBox, ColumnInfo, Result, Table, TableCell
from service.export.grades import LOOKS, grades_by_cell

Font = ImageFont.ImageFont | ImageFont.FreeTypeFont
POINTS_PER_INCH = 72
HEADER = "5B5BD6"
KEY = "0F8B8D"
UNMATCHED = "9AA3AD"
NO_AMOUNT = "F2F5F7"
OUTLINE = "D6336C"
FILL_ALPHA = 56
LINE_ALPHA = 200
FRAME = 3  # pixels of the frame of one cell, and around it
LEGEND = (
    *((f"grade {grade}", look.line) for grade, look in LOOKS.items()),
    ("header", HEADER),
    ("row key", KEY),
    ("no amount", NO_AMOUNT),
    ("unmatched", UNMATCHED),
)


class Mark(NamedTuple):
    """One cell to draw: where it is, in points, and in which colour (RRGGBB)."""

    box: BBox
    colour: str


def draw_page(result: Result, page: int, image: bytes, dpi: int) -> bytes:
    """A PNG: ``image`` (the page at ``dpi``) with the cells by colour, each table outlined and named, and a legend."""
    base = Image.open(io.BytesIO(image)).convert("RGBA")
    scale = dpi / POINTS_PER_INCH
    layer = Image.new("RGBA", base.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for mark in marks(result, page):
        pen.rectangle(_scaled(mark.box, scale), _rgba(mark.colour, FILL_ALPHA), _rgba(mark.colour, LINE_ALPHA))
    font = ImageFont.load_default(max(10, dpi // 9))
    for table in result.tables:
        _outline(pen, table, page, scale, font)
    return _png(_with_legend(Image.alpha_composite(base, layer), font))


def frame_cell(image: bytes, box: Sequence[float] | None, dpi: int) -> bytes:
    """A PNG: ``image`` (the page at ``dpi``) with a rectangle of it (points) framed and the rest paler."""
    base = Image.open(io.BytesIO(image)).convert("RGB")
    if box is None:
        return _png(base)
    scale = dpi / POINTS_PER_INCH
    x0, top, x1, bottom = (round(edge * scale) for edge in box)
    inside = (max(0, x0 - FRAME), max(0, top - FRAME), min(base.width, x1 + FRAME), min(base.height, bottom + FRAME))
    pale = Image.blend(base, Image.new("RGB", base.size, "white"), 0.45)
    pale.paste(base.crop(inside), inside[:2])
    ImageDraw.Draw(pale).rectangle(inside, outline="#" + OUTLINE, width=FRAME)
    return _png(pale)


def marks(result: Result, page: int) -> Iterator[Mark]:
    """The cells on a page, in the order of the result."""
    looks = {one.cell: NO_AMOUNT for one in result.observations if one.cell is not None}
    looks |= {cell: LOOKS[grade].line for cell, grade in grades_by_cell(result).items()}
    for table in result.tables:
        headers = frozenset(row.index for row in table.rows if row.role in ("header", "column_numbers"))
        columns = {column.index: column for column in table.columns}
        for cell in table.cells:
            if cell.page == page and cell.bbox is not None:
                yield Mark(cell.bbox, looks.get(cell.id) or _colour(cell, table, columns, headers))


def _colour(cell: TableCell, table: Table, columns: Mapping[int, ColumnInfo], headers: frozenset[int]) -> str:
    column = columns.get(cell.col)
    if table.kind is None or column is None or column.field is None:
        return UNMATCHED
    return HEADER if cell.row in headers else KEY


def _outline(pen: ImageDraw.ImageDraw, table: Table, page: int, scale: float, font: Font) -> None:
    for number, part in enumerate(table.parts, 1):
        if part.page != page or part.bbox is None:
            continue
        x0, top, x1, bottom = _scaled(part.bbox, scale)
        pen.rectangle((x0 - 2, top - 2, x1 + 2, bottom + 2), None, _rgba(OUTLINE, 255), 2)
        name = f"{table.id} {table.kind or 'not recognised'}"
        name += f" (part {number} of {len(table.parts)})" if len(table.parts) > 1 else ""
        left, upper, right, lower = pen.textbbox((0, 0), name, font)
        at = max(0.0, top - 8 - (lower - upper))
        middle = (x0 + x1 - right + left) / 2  # agency and unit are printed at the two ends of this line
        pen.rectangle((middle - 5, at - 3, middle + right - left + 5, top - 2), _rgba(OUTLINE, 255))
        pen.text((middle, at - upper + 1), name, "white", font)


def _with_legend(image: Image.Image, font: Font) -> Image.Image:
    line = round(font.getbbox("Ag")[3] * 2)
    whole = Image.new("RGB", (image.width, image.height + line), "white")
    whole.paste(image.convert("RGB"), (0, 0))
    pen = ImageDraw.Draw(whole)
    x, y = line // 2, image.height + line // 4
    for name, colour in LEGEND:
        side = line // 2
        pen.rectangle((x, y, x + side, y + side), "#" + colour, "#" + UNMATCHED)
        pen.text((x + side + 4, y), name, "black", font)
        x += side + 4 + round(pen.textlength(name, font)) + side
    return whole


def _scaled(box: BBox, scale: float) -> BBox:
    return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


def _rgba(colour: str, alpha: int) -> tuple[int, int, int, int]:
    return (int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16), alpha)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
