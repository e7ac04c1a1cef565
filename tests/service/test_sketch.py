from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from extractors.errors import TooLarge, Unreadable
from service import sketch
from service.render import render_page
from tests.extractors.ofdfiles import grid, ofd, page, text

SHEET = page(grid(20, 20, 2, 1), text("22 23", "收入12"))


def drawn(data: bytes, dpi: int = 254) -> Image.Image:
    """The page with ten pixels to the millimetre."""
    return Image.open(io.BytesIO(render_page(data, 1, dpi))).convert("L")


def test_a_page_of_an_ofd_is_sketched_with_its_rules_and_words_where_they_stand() -> None:
    image = drawn(ofd(SHEET))
    assert image.size == (2100, 1000)
    pixels = np.asarray(image)
    assert pixels[250, 597:604].min() < 128  # the rule between the two cells
    assert pixels[800, 1500] == 255
    assert pixels[235:280, 220:310].min() < 128  # two glyphs of 4 mm and two digits


def test_without_a_chinese_typeface_characters_are_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "font_file", lambda: None)
    sketch._font.cache_clear()
    try:
        image = drawn(ofd(page(text("20 30", "收"))))
    finally:
        sketch._font.cache_clear()
    box = image.point(lambda value: 255 if value < 250 else 0).getbbox()
    assert box is not None
    assert box == pytest.approx((200, 305, 240, 345), abs=2)


def test_a_page_that_is_not_there_or_too_large_is_refused() -> None:
    with pytest.raises(Unreadable, match="there is no page 2"):
        render_page(ofd(SHEET), 2, 72)
    with pytest.raises(TooLarge):
        render_page(ofd(SHEET), 1, 4000)
    with pytest.raises(Unreadable):
        render_page(ofd("<ofd:Page"), 1, 72)
