"""Picture files: each picture is a page; what is no picture, too large or broken is said."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from extractors import registry
from extractors.errors import DocumentError, TooLarge, Unreadable
from extractors.formats.image.pages import picture_of
from extractors.model import PageStatus, TextVerdict
from extractors.ocr.size import page_size, points_per_pixel
from extractors.options import Limits, Options
from tests.extractors.ocr.drawn import FakeEngine
from tests.extractors.ocr.test_read import WORDS, sheet, texts


def encoded(*pictures: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    first, *rest = pictures
    first.save(out, kind, **(options | ({"save_all": True, "append_images": rest} if rest else {})))
    return out.getvalue()


def drawn() -> Image.Image:
    return Image.fromarray(sheet().picture)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "WEBP"])
def test_a_picture_of_a_table_is_a_document_of_one_page(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    document = registry.extract(encoded(drawn(), kind=kind, **options), Options(engine=FakeEngine(sheet().words)))
    assert (document.format, document.media_type) == ("image", f"image/{kind.lower()}")
    assert [(page.width, page.height, page.text, page.recognised) for page in document.pages] == [
        (595.41, 842.0, TextVerdict.SCANNED, True)
    ]
    assert texts(document.grids[0]) == WORDS


def test_each_picture_of_a_tiff_is_a_page() -> None:
    data = encoded(drawn(), drawn(), kind="TIFF")
    document = registry.extract(data, Options(engine=FakeEngine(sheet().words)))
    assert [page.number for page in document.pages] == [1, 2]
    assert [grid.location.page for grid in document.grids] == [1, 2]
    only = registry.extract(data, Options(engine=FakeEngine(sheet().words), pages=frozenset({2})))
    assert [page.status for page in only.pages] == [PageStatus.SKIPPED, PageStatus.OK]
    assert [grid.location.page for grid in only.grids] == [2]


def test_without_an_engine_a_picture_is_reported_and_not_read() -> None:
    document = registry.extract(encoded(drawn(), kind="PNG"))
    assert [(page.text, page.recognised) for page in document.pages] == [(TextVerdict.SCANNED, False)]
    assert document.blocks == ()


def test_a_picture_that_says_how_it_was_held_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter clockwise to see it upright
    data = encoded(Image.new("L", (400, 200), 255), kind="JPEG", exif=exif)
    assert picture_of(data, 1).size == (200, 400)


def test_what_is_transparent_is_paper() -> None:
    data = encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)))
    assert np.asarray(picture_of(data, 1)).min() == 255


def test_too_many_pages_or_pixels_are_refused() -> None:
    two = encoded(drawn(), drawn(), kind="TIFF")
    with pytest.raises(TooLarge, match="2 pages, the limit is 1"):
        registry.extract(two, Options(limits=Limits(pages=1)))
    with pytest.raises(TooLarge, match="pixels"):
        registry.extract(encoded(Image.new("1", (12_000, 9_000)), kind="PNG"))


def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(Unreadable):
        registry.extract(b"\x89PNG\r\n\x1a\n" + b"nothing")
    whole = encoded(drawn(), kind="PNG")
    with pytest.raises(DocumentError):
        registry.extract(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("pixels", "dpi", "points"),
    [
        ((1654, 2339), (200, 200), (595.44, 842.04)),
        ((1654, 2339), None, (595.41, 842.0)),
        ((3024, 4032), (72, 72), (631.5, 842.0)),  # a phone: 4,032 points would be a poster
        ((4032, 3024), (0, 0), (842.0, 631.5)),
    ],
)
def test_a_page_is_as_large_as_its_resolution_says_or_as_a_sheet(
    pixels: tuple[int, int], dpi: tuple[int, int] | None, points: tuple[float, float]
) -> None:
    assert page_size(*pixels, dpi) == points


@pytest.mark.parametrize(
    ("size", "pixels"), [((595, 842), 2339), ((842, 1191), 3308), ((3024, 4032), 3600), ((300, 400), 1700)]
)
def test_pages_are_read_at_200_dpi_within_bounds(size: tuple[float, float], pixels: int) -> None:
    assert round(size[1] / points_per_pixel(*size)) == pixels
