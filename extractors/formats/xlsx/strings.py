"""Texts of a workbook: shared ones and those that stand in their cell."""

from __future__ import annotations

import re

from lxml import etree

from extractors.formats.xlsx import names as n

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def shared(root: etree._Element | None) -> list[str]:
    """The shared texts in their order."""
    return [] if root is None else [text_of(item) for item in root.iterchildren(n.ITEM)]


def text_of(item: etree._Element) -> str:
    """The text of an item; how its characters are pronounced is left out."""
    runs = (
        text.text or ""
        for child in item
        if child.tag in (n.TEXT, n.RUN)
        for text in (child.iterchildren(n.TEXT) if child.tag == n.RUN else (child,))
    )
    return unescaped("".join(runs))


def unescaped(text: str) -> str:
    """``_x000D_`` is a character that XML cannot hold. Line ends are single, control characters print nothing."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
