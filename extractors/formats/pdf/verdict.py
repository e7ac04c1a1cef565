"""What the reader of the result must know about a page of a PDF."""

from __future__ import annotations

from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.texts import Texts
from extractors.layout.verdict import garbled_notice, left_out_notices, too_large_notice, unmapped_notice
from extractors.model import Location, Notice, TextVerdict


def notices_on(verdict: TextVerdict, texts: Texts, drawing: Drawing, number: int) -> list[Notice]:
    """What was left out of page ``number`` or could not be read, and why."""
    where = Location(number)
    notices = left_out_notices(texts.left_out, number)
    if drawing.too_many:
        notices.append(too_large_notice(number))
    if drawing.replaced:
        text = f"for {drawing.replaced} pieces of text on page {number} the file states what to read, whatever is drawn"
        notices.append(Notice("text_replaced", text, f"第{number}页有{drawing.replaced}处文字由文件另行指定", where))
    if verdict is TextVerdict.GARBLED:
        notices.append(garbled_notice(number))
    elif texts.unmapped:
        notices.append(unmapped_notice(texts.unmapped, number))
    return notices
