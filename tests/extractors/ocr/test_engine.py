"""The real engine on pages of fixtures: seconds each, so there are four."""

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
ENGINE = Options(engine=RapidEngine())
ROWS = [
    ["合计", "320.50", "210.50", "110.00"],
    ["201", "一般公共服务支出", "320.50", "210.50", "110.00"],
    ["20126", "档案事务", "320.50", "210.50", "110.00"],
    ["2012601", "行政运行", "210.50", "210.50", ""],
    ["2012604", "档案馆", "110.00", "", "110.00"],
]


@pytest.fixture(scope="module")
def garbled() -> Document:
    return registry.extract(GARBLED.read_bytes(), ENGINE)


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


@pytest.fixture(scope="module")
def worn() -> Document:
    return registry.extract((FIXTURES / "pdf/made-2023-final-accounts-worn-scan/source.pdf").read_bytes(), ENGINE)


def test_a_page_askew_under_a_seal_and_one_on_its_side_are_one_table(worn: Document) -> None:
    (grid,) = worn.grids
    assert [part.location.page for part in grid.parts] == [1, 2]
    assert [cell.text for cell in grid.cells if cell.row == 3] == ["合计", "400.00", "290.00", "110.00"]
    last = [cell.text for cell in grid.cells if cell.row == grid.n_rows - 1]
    assert last == ["2210201", "住房公积金", "27.35", "27.35", ""]


def test_their_cells_stand_where_the_pages_display_them(worn: Document) -> None:
    (grid,) = worn.grids
    boxes = [cell.location.box for cell in grid.cells if cell.text in ("400.00", "住房公积金")]
    places = [place for box in boxes if box for place in (box.x0, box.top)]
    assert places == pytest.approx([440, 214, 281, 190.5], abs=1.5)


def test_a_photograph_of_a_sheet_on_a_desk_is_read() -> None:
    path = FIXTURES / "image/made-2023-final-accounts-photograph/source.jpg"
    document = registry.extract(path.read_bytes(), ENGINE)
    assert [(grid.n_rows, grid.n_cols) for grid in document.grids] == [(7, 7), (4, 8), (4, 5)]
    first = document.grids[0]
    assert [cell.text for cell in first.cells if cell.row == 2][:5] == ["合计", "320.50", "210.50", "110.00", "0.00"]
