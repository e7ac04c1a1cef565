"""Small questions to an element: what its check box draws, whether it prints anything, what residue its text holds."""

from __future__ import annotations

import re

from lxml import etree

from extractors.formats.docx import names as n
from extractors.formats.docx.styles import is_on
from extractors.formats.docx.symbols import is_picture_font

_TICKED, _EMPTY_BOX = "☑", "☐"
# field codes that some programs write out as text: PAGEREF _Toc4711 \h
_RESIDUE = re.compile(r'\s?(?:TOC(?: \\[a-z](?: "[^"]*")?)+|HYPERLINK \\l "?_Toc\w+"?|PAGEREF _Toc\w+(?: \\[a-z])*)\s?')


def has_styled_runs(root: etree._Element) -> bool:
    """Whether some run below ``root`` may be hidden, raised or set in a picture font."""
    if next(root.iter(n.VANISH, n.VERT_ALIGN), None) is not None:
        return True
    return any(map(is_picture_font, {fonts.get(n.ASCII) or fonts.get(n.H_ANSI) for fonts in root.iter(n.R_FONTS)}))


def form_box(mark: etree._Element) -> str:
    """What the check box of an old form field draws: its state stands in the field, not in the text."""
    box = next(mark.iter(n.CHECKBOX), None)
    if box is None:
        return ""
    state = box.find(n.w("checked"))
    if state is None:
        state = box.find(n.w("default"))
    return _TICKED if is_on(state) else _EMPTY_BOX


def control_box(control: etree._Element) -> list[str]:
    """What the check box of a content control draws when its content is missing."""
    box = next(control.iter(n.CHECKBOX_14), None)
    if box is None:
        return []
    state = box.find(n.CHECKED_14)
    return [_TICKED if state is not None and state.get(n.VAL_14) in ("1", "true") else _EMPTY_BOX]


def cleaned(text: str) -> str:
    """Without codes written out as text; line breaks at the ends print nothing."""
    if "_Toc" in text or "TOC \\" in text:
        text = _RESIDUE.sub("", text)
    return text.strip("\n") if text else text


def has_text(element: etree._Element) -> bool:
    """Whether anything but space is written somewhere in ``element``."""
    return any(one.text and one.text.strip() for one in element.iter(n.T))
