"""Characters that look alike and are written by one code point: radicals and compatibility ideographs.

A font that maps glyphs back to characters may name the radical ⾦ (U+2FA6) where the page prints 金 (U+91D1). On paper
they are the same; in a search, or beside a label, they are not.
"""

from __future__ import annotations

import re
import unicodedata

_KANGXI, _COMPATIBILITY = range(0x2F00, 0x2FD6), range(0xF900, 0xFAFF)
# Radicals that Unicode itself leaves alone.
_SUPPLEMENT = dict(
    zip(
        "⻋⻔⻚⻛⻜⻝⻢⻅⻉⻥⻦⻨⻩⻬⻮⻰⻓⻄⺠⻆⻘⻙⻤⻁⺟⻣⻪⻳",
        "车门页风飞食马见贝鱼鸟麦黄齐齿龙长西民角青韦鬼虎母骨黾龟",
        strict=True,
    )
)
UNIFIED = {ord(radical): character for radical, character in _SUPPLEMENT.items()} | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*_KANGXI, *_COMPATIBILITY)
}
_ODD = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def unified(text: str) -> str:
    """The text with the characters that it shows; as long as before."""
    return text.translate(UNIFIED) if _ODD.search(text) else text
