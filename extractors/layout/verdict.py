"""How far the text of a page can be trusted, and what was left out of it."""

from __future__ import annotations

import re
from collections import Counter

from extractors.layout.frame import Bounds, Frame
from extractors.layout.ink import Run
from extractors.model import Location, Notice, TextVerdict

LARGE_IMAGE = 0.4  # of the page: an image this large may hold text of its own
TABLE = 0.05  # of the page: an image of a table of a few lines
GARBLED = 0.3  # of the characters: more that mean nothing make the page garbled
FEW = 12  # characters: a scan may carry a page number or a stamp as text
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f]")
LEFT_OUT = {  # what was left out -> code, why, the same in Chinese
    "slanted": (
        "watermark_removed",
        "slanted, or large and pale, and taken for a watermark",
        "倾斜或浅色大字（视为水印）",
    ),
    "hidden": ("hidden_text_removed", "invisible", "不可见文字"),
    "seal": ("seal_text_removed", "part of a seal", "印章中的文字"),
    "covered": ("covered_text_removed", "covered by something white", "被白色图形遮盖的文字"),
    "clipped": ("clipped_text_removed", "drawn off the page or clipped away", "在页外或被裁切而不可见的文字"),
}


def verdict_on(runs: list[Run], images: list[Bounds], displayed: Frame) -> TextVerdict:
    """What the page holds: text, an image of text, text that means nothing, or nothing."""
    text = "".join([run.text for run in runs])
    pictured = max((_share(image, displayed) for image in images), default=0.0) >= LARGE_IMAGE
    if not text:
        return TextVerdict.SCANNED if pictured else TextVerdict.EMPTY
    if len(_MEANINGLESS.findall(text)) + 4 * text.count("(cid:") > GARBLED * len(text):
        return TextVerdict.GARBLED
    if pictured:
        return TextVerdict.SCANNED if len(text) <= FEW else TextVerdict.MIXED
    return TextVerdict.DIGITAL


def is_pictured(images: list[Bounds], displayed: Frame) -> bool:
    """Whether an image on the page is large enough to show a table."""
    return any(_share(image, displayed) >= TABLE for image in images)


def _share(bounds: Bounds, frame: Frame) -> float:
    width = min(bounds[2], frame.right) - max(bounds[0], frame.left)
    height = min(bounds[3], frame.top) - max(bounds[1], frame.bottom)
    return max(width, 0.0) * max(height, 0.0) / ((frame.right - frame.left) * (frame.top - frame.bottom))


def left_out_notices(left_out: Counter[str], number: int) -> list[Notice]:
    """What was left out of page ``number``, and why."""
    notices = []
    for reason, count in left_out.items():
        code, why, why_zh = LEFT_OUT[reason]
        if count:
            text = f"{count} pieces of text on page {number} are {why}, and were left out"
            notices.append(Notice(code, text, f"第{number}页有{why_zh}{count}处，已略去", Location(number)))
    return notices


def garbled_notice(number: int) -> Notice:
    """That the text of page ``number`` means nothing."""
    text = f"the characters of page {number} carry no meaning (no Unicode map); its text was left out"
    return Notice("garbled_text", text, f"第{number}页文字编码损坏，内容未采用", Location(number))


def unmapped_notice(count: int, number: int) -> Notice:
    """That some characters of page ``number`` mean nothing."""
    text = f"{count} characters of page {number} carry no meaning and read U+FFFD"
    return Notice("unmapped_characters", text, f"第{number}页有{count}个字符无法识别", Location(number))


def too_large_notice(number: int) -> Notice:
    """That page ``number`` draws more than is read."""
    text = f"page {number} draws too many objects; rules beyond the limit were not read"
    return Notice("drawing_too_large", text, f"第{number}页图形对象过多，部分表格线未读取", Location(number))
