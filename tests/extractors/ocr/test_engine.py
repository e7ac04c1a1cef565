"""The real engine on a page of a fixture: seconds, so there is one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors import registry
from extractors.model import Document, TextVerdict
from extractors.ocr.rapid import RapidEngine
from extractors.options import Limits, Options

FIXTURES = Path(__file__).parents[3] / "fixtures"
GARBLED = FIXTURES / "pdf/made-2023-final-accounts-no-unicode/source.pdf"
ROWS = [
    ["合计", "320.50", "210.50", "110.00"],
    ["201", "一般公共服务支出", "320.50", "210.50", "110.00"],
    ["20126", "档案事务", "320.50", "210.50", "110.00"],
    ["2012601", "行政运行", "210.50", "210.50", ""],
    ["2012604", "档案馆", "110.00", "", "110.00"],
]


@pytest.fixture(scope="module")
def garbled() -> Document:
    return registry.extract(GARBLED.read_bytes(), Options(engine=RapidEngine()))


def test_a_garbled_page_is_read_from_its_image(garbled: Document) -> None:
    (grid,) = garbled.grids
    rows = [[cell.text for cell in grid.cells if cell.row == row] for row in range(2, grid.n_rows)]
    assert rows == ROWS
    assert all(cell.confidence is not None and cell.confidence > 0.8 for cell in grid.cells if cell.text)


def test_its_page_keeps_its_verdict_and_says_that_it_was_recognised(garbled: Document) -> None:
    (page,) = garbled.pages
    assert (page.text, page.recognised) == (TextVerdict.GARBLED, True)
    assert [notice.code for notice in garbled.notices] == ["page_recognised"]


def test_its_cells_stand_where_the_page_displays_them(garbled: Document) -> None:
    (grid,) = garbled.grids
    box = next(cell.location.box for cell in grid.cells if cell.text == "一般公共服务支出")
    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((132.3, 187.9, 313.2, 208.1), abs=1.5)


def test_no_page_is_read_beyond_the_limit_or_without_an_engine() -> None:
    data = GARBLED.read_bytes()
    none = registry.extract(data, Options(engine=RapidEngine(), limits=Limits(recognised_pages=0)))
    assert [notice.code for notice in none.notices] == ["garbled_text", "recognition_limit"]
    assert not none.pages[0].recognised
    assert [notice.code for notice in registry.extract(data).notices] == ["garbled_text"]


def test_no_engine_is_loaded_without_room_for_it_or_for_a_blank_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.ocr.rapid._Networks", None)  # loading it would fail
    monkeypatch.setattr("extractors.ocr.rapid.room", lambda: 1e9)
    none = registry.extract(GARBLED.read_bytes(), Options(engine=RapidEngine()))
    assert [notice.code for notice in none.notices] == ["garbled_text", "recognition_without_room"]
    monkeypatch.setattr("extractors.ocr.rapid.room", lambda: 1e10)
    assert not registry.extract(blank(), Options(engine=RapidEngine())).pages[0].recognised


def blank() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 300))
    canvas.drawImage(ImageReader(Image.new("L", (200, 200), 128)), 0, 0, 300, 300)
    canvas.save()
    return out.getvalue()
