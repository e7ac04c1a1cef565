"""One page of a PDF -> runs, rules and a verdict on its text. Reads each page once and closes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.clips import Clips, without_clipped
from extractors.formats.pdf.covers import covered_texts
from extractors.formats.pdf.drawing import Drawing, read_drawing, rules_in
from extractors.formats.pdf.frame import Bounds, Frame
from extractors.formats.pdf.glyphs import Glyphs, read_glyphs
from extractors.layout.ink import Rules, Run
from extractors.model import Location, Notice, TextVerdict

LARGE_IMAGE = 0.4  # of the page: an image this large may hold text of its own
GARBLED = 0.3  # of the characters: more that mean nothing make the page garbled
FEW = 12  # characters: a scan may carry a page number or a stamp as text
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f]")
MAX_SIDE = 14_400  # points: what PDF allows; beyond it a page box is nonsense


class PageFailed(Exception):
    """A page that pdfium cannot read; the other pages of the file may be fine."""


LEFT_OUT = {  # what was left out -> code, why, the same in Chinese
    "slanted": ("watermark_removed", "slanted and taken for a watermark", "倾斜文字视为水印"),
    "hidden": ("hidden_text_removed", "invisible", "不可见文字"),
    "covered": ("covered_text_removed", "covered by something white", "被白色图形遮盖的文字"),
    "clipped": ("clipped_text_removed", "drawn but clipped away", "被裁切而不可见的文字"),
}


@dataclass(frozen=True, slots=True)
class PageInk:
    """What one page prints, in the frame in which its text reads upright."""

    number: int
    displayed: Frame
    upright: Frame
    runs: list[Run]
    rules: Rules
    verdict: TextVerdict
    notices: list[Notice]


def read_page(document: int, number: int) -> PageInk:
    """The ink of page ``number`` (from 1).

    Raises:
        PageFailed: pdfium cannot load it, or its size is absurd.
    """
    page = pdfium.load_page(document, number - 1)
    if not page:
        raise PageFailed(f"page {number} cannot be loaded")
    try:
        textpage = pdfium.load_text(page)
        if not textpage:
            raise PageFailed(f"the text of page {number} cannot be loaded")
        try:
            return _read(document, page, textpage, number)
        finally:
            pdfium.close_text(textpage)
    finally:
        pdfium.close_page(page)


def _read(document: int, page: int, textpage: int, number: int) -> PageInk:
    displayed = _displayed(page, number)
    drawing = read_drawing(page)
    upright = displayed.turned(_reading_turns(drawing, displayed.turns))
    matrix = upright.matrix()
    covered = covered_texts(document, page, drawing, displayed.width * displayed.height)
    glyphs = read_glyphs(textpage, matrix, drawing.hidden | drawing.slanted | covered)
    shown, clipped = without_clipped(glyphs, Clips(textpage, matrix, drawing.nested))
    runs = [run for run in shown if _on_page(run, upright)]
    rules = rules_in(drawing, matrix, upright.width, upright.height)
    verdict = _verdict(glyphs, drawing, displayed)
    left_out = {"slanted": len(drawing.slanted), "hidden": len(drawing.hidden), "covered": len(covered)}
    notices = _left_out_notices({**left_out, "clipped": len(clipped)}, number)
    notices += [*_too_large(drawing, number), *_unread(verdict, glyphs, number)]
    if verdict is TextVerdict.GARBLED:
        runs = []
    return PageInk(number, displayed, upright, runs, rules, verdict, notices)


def _displayed(page: int, number: int) -> Frame:
    left, bottom, right, top = pdfium.page_bounds(page)
    if not (0 < right - left <= MAX_SIDE and 0 < top - bottom <= MAX_SIDE):
        raise PageFailed(f"page {number} is {right - left:g} by {top - bottom:g} points")
    return Frame(pdfium.page_rotation(page) % 4, left, bottom, right, top)


def _reading_turns(drawing: Drawing, displayed: int) -> int:
    """How far the page must be turned for most of its text to stand upright."""
    if not drawing.turns:
        return displayed
    return max(drawing.turns, key=lambda turns: (drawing.turns[turns], turns == displayed))


def _on_page(run: Run, frame: Frame) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return 0 <= x <= frame.width and 0 <= y <= frame.height


def _verdict(glyphs: Glyphs, drawing: Drawing, frame: Frame) -> TextVerdict:
    text = "".join([run.text for run in glyphs.runs])
    pictured = max((_share(image, frame) for image in drawing.images), default=0.0) >= LARGE_IMAGE
    if not text:
        return TextVerdict.SCANNED if pictured else TextVerdict.EMPTY
    if len(_MEANINGLESS.findall(text)) + 4 * text.count("(cid:") > GARBLED * len(text):
        return TextVerdict.GARBLED
    if pictured:
        return TextVerdict.SCANNED if len(text) <= FEW else TextVerdict.MIXED
    return TextVerdict.DIGITAL


def _share(bounds: Bounds, frame: Frame) -> float:
    width = min(bounds[2], frame.right) - max(bounds[0], frame.left)
    height = min(bounds[3], frame.top) - max(bounds[1], frame.bottom)
    return max(width, 0.0) * max(height, 0.0) / ((frame.right - frame.left) * (frame.top - frame.bottom))


def _left_out_notices(counts: dict[str, int], number: int) -> list[Notice]:
    """One notice for each reason for which pieces of text were left out."""
    notices = []
    for reason, count in counts.items():
        code, why, why_zh = LEFT_OUT[reason]
        if count:
            text = f"{count} pieces of text on page {number} are {why}, and were left out"
            notices.append(Notice(code, text, f"第{number}页有{why_zh}{count}处，已略去", Location(number)))
    return notices


def _too_large(drawing: Drawing, number: int) -> list[Notice]:
    if not drawing.too_many:
        return []
    text = f"page {number} draws too many objects; rules beyond the limit were not read"
    return [Notice("drawing_too_large", text, f"第{number}页图形对象过多，部分表格线未读取", Location(number))]


def _unread(verdict: TextVerdict, glyphs: Glyphs, number: int) -> list[Notice]:
    """What the reader must know of characters without meaning."""
    where = Location(number)
    if verdict is TextVerdict.GARBLED:
        text = f"the characters of page {number} carry no meaning (no Unicode map); its text was left out"
        return [Notice("garbled_text", text, f"第{number}页文字编码损坏，内容未采用", where)]
    if glyphs.unmapped:
        text = f"{glyphs.unmapped} characters of page {number} carry no meaning and read U+FFFD"
        return [Notice("unmapped_characters", text, f"第{number}页有{glyphs.unmapped}个字符无法识别", where)]
    return []
