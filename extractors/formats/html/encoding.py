"""The text of a saved page. Bytes decide: a mark at the beginning, then UTF-8, then GB18030; the declared charset is a
hint, because pages that declare gb2312 hold GBK, and pages saved by a browser are UTF-8 whatever they declare.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WIDE = ((re.compile(rb"(?:\s\0)*<\0"), "utf-16-le"), (re.compile(rb"(?:\0\s)*\0<"), "utf-16-be"))
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_WINDOW = 4_096  # bytes in which a page declares its charset
_CHINESE = frozenset({"gb2312", "gb18030", "gbk", "hz"})
_BIG5 = frozenset({"big5", "big5hkscs", "cp950"})
_WESTERN = frozenset({"iso8859-1", "cp1252", "latin-1", "ascii"})
_LOST = "\N{REPLACEMENT CHARACTER}"
_MOSTLY = 4  # Chinese characters for each broken byte: text that is UTF-8 but for a few bytes cut by a careless program


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and how many characters of it could not be decoded and stand as U+FFFD."""

    text: str
    lost: int


def decode(data: bytes) -> Decoded:
    """The text of ``data``; every byte is either decoded or counted as lost. NUL characters print nothing."""
    decoded = _decode(data)
    return Decoded(decoded.text.replace("\0", ""), decoded.lost)


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(encoding, data[len(mark) :])
    for pattern, encoding in _WIDE:
        if pattern.match(data):
            return _as(encoding, data)
    declared = _declared(data[:_WINDOW])
    utf8 = _as("utf-8", data)
    if not utf8.lost and not (declared in _CHINESE and _is_chance(utf8.text)):
        return utf8
    if utf8.lost and sum(map(_is_likely, utf8.text)) > _MOSTLY * utf8.lost:
        return utf8
    return _not_utf8(data, declared, utf8)


def _not_utf8(data: bytes, declared: str, utf8: Decoded) -> Decoded:
    if declared in _BIG5:  # the two encodings share their bytes: only the declaration tells them apart
        big5 = _as("big5hkscs", data)
        if not big5.lost:
            return big5
    chinese = _as("gb18030", data)
    if not chinese.lost:
        return chinese
    if declared in _WESTERN:
        return _as("cp1252", data)
    return min(chinese, utf8, key=lambda decoded: decoded.lost)


def _as(encoding: str, data: bytes) -> Decoded:
    try:
        return Decoded(data.decode(encoding), 0)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, text.count(_LOST))


def _declared(head: bytes) -> str:
    """The Python name of the declared charset; empty when there is none or it is unknown."""
    found = _DECLARED.search(head) or _XML_DECLARED.search(head)
    try:
        return codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""


def _is_chance(text: str) -> bool:
    """Whether UTF-8 reads some characters, and none that a Chinese page prints: short GBK texts may decode so."""
    return any(char > "\x7f" for char in text) and not any(map(_is_likely, text))


def _is_likely(char: str) -> bool:
    return "\u2000" <= char <= "\uffef" or "\U00020000" <= char <= "\U0003ffff"
