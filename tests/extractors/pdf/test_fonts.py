"""Fonts that a PDF names and does not embed: read alike on every machine."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from service.render import render_page
from tests.extractors.pdf.drawn import pdf, read, text

FONTS = {"STSong-Light": "甲乙", "MSung-Light": "甲乙", "HeiseiMin-W3": "甲乙", "HYSMyeongJo-Medium": "한글"}


@pytest.mark.parametrize("font", FONTS)
def test_a_character_alone_and_a_line_on_its_side_are_read_without_their_font(font: str) -> None:
    first, second = FONTS[font][0], FONTS[font][1]
    pdfmetrics.registerFont(UnicodeCIDFont(font))

    def drawn(canvas: Any) -> None:
        text(canvas, 300, 500, "标题标题")
        canvas.setFont(font, 10)
        canvas.drawString(50, 400, first)
        canvas.translate(200, 200)
        canvas.rotate(90)
        canvas.drawString(0, 0, second)

    lines = {line.text: line.location.box for line in read(pdf(drawn)).lines}

    assert set(lines) == {"标题标题", first, second}
    box = lines[first]
    assert box is not None
    assert (box.x0, box.x1) == pytest.approx((50, 60), abs=0.01)
    assert box.top < 595 - 400 < box.bottom


def test_reading_changes_nothing_of_how_pages_are_drawn() -> None:
    data = pdf(lambda canvas: text(canvas, 100, 300, "收入决算表 Income", 30))

    before = render_page(data, 1, 72)
    read(data)

    assert render_page(data, 1, 72) == before
