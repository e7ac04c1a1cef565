"""Pages of files that are pictures, wholly or in part: a scanned table beside text, blank backs, bilevel scans, two
pages on one image. The engine is a fake that knows the words."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageChops
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors import registry
from extractors.model import Document, Grid, TextVerdict
from extractors.ocr.facing import gutter_of
from extractors.ocr.pixels import Colour
from extractors.options import Options
from tests.extractors.ocr.drawn import FakeEngine, Sheet
from tests.extractors.ocr.test_read import WORDS, sheet, texts

A4 = (595.0, 842.0)


def pdf(*draws: Any) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def shown(canvas: Canvas, picture: Colour, left: float, bottom: float, width: float) -> None:
    height = width * picture.shape[0] / picture.shape[1]
    canvas.drawImage(ImageReader(Image.fromarray(picture)), left, bottom, width, height)


def table() -> Colour:
    """The table of a sheet cut out of it: 1040 by 280 pixels, 374 by 101 points at 200 dpi."""
    return np.ascontiguousarray(sheet().picture[380:660, 180:1220])


def read(data: bytes) -> Document:
    return registry.extract(data, Options(engine=FakeEngine(sheet().words)))


def kinds(document: Document) -> list[str]:
    return ["table" if isinstance(block, Grid) else block.text for block in document.blocks]


def typed(canvas: Canvas) -> None:
    canvas.drawString(70, 780, "Table 3 follows, as it was signed")
    canvas.drawString(70, 120, "Notes: none")


def test_a_scanned_table_among_text_is_read_where_it_stands() -> None:
    def page(canvas: Canvas) -> None:
        typed(canvas)
        shown(canvas, table(), 70, 600, 374.4)

    document = read(pdf(page))
    assert kinds(document) == ["Table 3 follows, as it was signed", "table", "Notes: none"]
    (grid,) = document.grids
    assert texts(grid) == WORDS
    box = grid.location.box
    assert box is not None
    assert (box.x0, box.top) == pytest.approx((70 + 20 * 0.36, 842 - 600 - 100.8 + 20 * 0.36), abs=1.5)
    assert {cell.confidence for cell in grid.cells if cell.text} == {0.99}
    assert [line.confidence for line in document.lines] == [None, None]
    assert [(one.text, one.recognised) for one in document.pages] == [(TextVerdict.DIGITAL, True)]
    assert [notice.code for notice in document.notices] == ["page_recognised"]


def test_amounts_typed_over_a_scanned_table_are_in_its_cells() -> None:
    def page(canvas: Canvas) -> None:
        typed(canvas)
        shown(canvas, table(), 70, 600, 374.4)
        canvas.drawString(70 + 450 * 0.36, 600 + 12, "77.50")  # in the last row

    (grid,) = read(pdf(page)).grids
    assert texts(grid) == WORDS | {(3, 1): "77.50"}


def test_a_picture_without_a_table_leaves_a_page_as_it_is() -> None:
    def chart(canvas: Canvas) -> None:
        typed(canvas)
        page = Sheet(1040, 600)
        page.grid((40, 1000), (40, 560))
        page.word(300, 200, "柱状图")
        shown(canvas, page.picture, 70, 400, 374.4)

    document = read(pdf(chart))
    assert (kinds(document), document.notices) == (["Table 3 follows, as it was signed", "Notes: none"], ())
    assert not document.pages[0].recognised


def test_a_scan_with_a_typed_number_is_read_and_keeps_the_number() -> None:
    def page(canvas: Canvas) -> None:
        shown(canvas, sheet().picture, 0, 0, 595)
        canvas.drawString(40, 820, "CSCR-2023-19001")

    document = read(pdf(page))
    assert kinds(document) == ["CSCR-2023-19001", "支出决算表", "table"]
    assert texts(document.grids[0]) == WORDS
    assert document.pages[0].text is TextVerdict.MIXED


def test_the_back_of_a_sheet_is_blank_and_no_page_that_was_not_read() -> None:
    def back(canvas: Canvas) -> None:
        paper = np.random.default_rng(1).normal(245, 2, (1170, 827, 1)).clip(0, 255).astype(np.uint8)
        paper[100:102, 300:302] = 60  # dust
        shown(canvas, paper.repeat(3, axis=2), 0, 0, 595)

    document = read(pdf(back))
    assert [(page.text, page.recognised) for page in document.pages] == [(TextVerdict.EMPTY, False)]
    assert [notice.code for notice in document.notices] == ["page_blank"]


def bilevel() -> tuple[Sheet, Image.Image]:
    page = Sheet()
    page.word(620, 418, "1250")
    page.grid((200, 600, 900, 1200), (400, 460, 520, 580, 640))
    return page, Image.fromarray(page.picture).convert("1")


def fax(picture: Image.Image) -> bytes:
    """The picture as the fax coding of Group 4, one strip of it, black as 1."""
    out = io.BytesIO()
    ImageChops.invert(picture).save(out, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        (start,), (size,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return out.getvalue()[start : start + size]


def jbig2(picture: Image.Image) -> bytes:
    """The picture as JBIG2 for a PDF: a page segment, and one generic region in the coding of fax machines."""
    width, height = (side.to_bytes(4, "big") for side in picture.size)

    def segment(number: int, kind: int, data: bytes) -> bytes:
        return number.to_bytes(4, "big") + bytes((kind, 0, 1)) + len(data).to_bytes(4, "big") + data

    page = width + height + bytes(8) + b"\x00" + bytes(2)
    region = width + height + bytes(8) + b"\x00" + b"\x01" + fax(picture)
    return segment(0, 48, page) + segment(1, 38, region)


@pytest.mark.parametrize("coding", ["CCITTFaxDecode", "JBIG2Decode"])
def test_scans_in_the_codings_of_copiers_are_read(coding: str) -> None:
    page, picture = bilevel()
    with pikepdf.open(io.BytesIO(pdf(lambda canvas: shown(canvas, page.picture, 0, 0, 595)))) as document:
        image = next(iter(document.pages[0].resources.XObject.values()))
        data = fax(picture) if coding == "CCITTFaxDecode" else jbig2(picture)
        image.write(data, filter=pikepdf.Name(f"/{coding}"))
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 1
        if coding == "CCITTFaxDecode":
            image.DecodeParms = pikepdf.Dictionary(K=-1, Columns=picture.width, Rows=picture.height)
        out = io.BytesIO()
        document.save(out)
    (grid,) = registry.extract(out.getvalue(), Options(engine=FakeEngine(page.words))).grids
    assert (grid.n_rows, grid.n_cols, texts(grid)) == (4, 3, {(0, 1): "1250"})


def test_two_pages_on_one_image_are_two_tables_each_below_its_title() -> None:
    both = np.concatenate([sheet().picture, sheet().picture], axis=1)

    def page(canvas: Canvas) -> None:
        canvas.setPageSize((2 * A4[0], A4[1]))
        shown(canvas, both, 0, 0, 2 * A4[0])

    document = read(pdf(page))
    assert kinds(document) == ["支出决算表", "table", "支出决算表", "table"]
    assert [texts(grid) for grid in document.grids] == [WORDS, WORDS]
    boxes = [grid.location.box for grid in document.grids]
    assert [box.x0 for box in boxes if box] == pytest.approx([72, 72 + A4[0]], abs=1.5)


def test_a_table_goes_on_from_the_left_page_of_an_image_to_the_right_one() -> None:
    rest = Sheet()
    rest.words = dict(sheet().words)
    rest.grid((200, 600, 900, 1200), (200, 260, 320))
    for x, y, text in ((220, 218, "住房公积金"), (620, 218, "7.50"), (920, 278, "9.25")):
        rest.word(x, y, text)
    both = np.concatenate([sheet().picture, rest.picture], axis=1)

    def page(canvas: Canvas) -> None:
        canvas.setPageSize((2 * A4[0], A4[1]))
        shown(canvas, both, 0, 0, 2 * A4[0])

    (grid,) = registry.extract(pdf(page), Options(engine=FakeEngine(rest.words))).grids
    assert [(part.first_row, part.last_row) for part in grid.parts] == [(0, 3), (4, 5)]
    assert texts(grid) == WORDS | {(4, 0): "住房公积金", (4, 1): "7.50", (5, 2): "9.25"}


def test_a_wide_page_with_a_title_in_its_middle_is_one_page() -> None:
    wide = np.concatenate([sheet().picture, sheet().picture], axis=1)
    wide[300:330, 1500:1800] = 0
    assert gutter_of(wide) is None
    wide[300:330, 1500:1800] = 255
    assert gutter_of(wide) == 1654
