"""What the styles of a DOCX say of a paragraph: its name, size, numbering, and whether its text is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from extractors.formats.docx import names as n

_OFF = frozenset({"0", "false", "off"})
_LONGEST = 9  # digits of a number; longer ones mean nothing


@dataclass(frozen=True, slots=True)
class Style:
    """One style as resolved along what it is based on. ``size`` in points; ``numbered_by`` is the style whose own
    numbering it is: a level of the list may be bound to that style.
    """

    name: str | None = None
    size: float | None = None
    hidden: bool = False
    num_id: str | None = None
    level: int | None = None
    numbered_by: str | None = None


class Styles:
    """The styles of one document; a missing style part has none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._resolved: dict[str | None, Style] = {}
        self._default_size: float | None = None
        for element in root if root is not None else ():
            self._take(element)

    def _take(self, element: etree._Element) -> None:
        if element.tag == n.w("docDefaults"):
            self._default_size = points(next(element.iter(n.SZ), None))
        elif element.tag == n.w("style"):
            style_id = element.get(n.w("styleId"), "")
            self._elements[style_id] = element
            if element.get(n.w("default")) in ("1", "true") and element.get(n.TYPE) == "paragraph":
                self._default = style_id

    @property
    def any_hidden(self) -> bool:
        """Whether some style hides text."""
        return any(self.get(style_id).hidden for style_id in self._elements)

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph that names ``style_id``; the default one for none, or for one that is missing."""
        return self.get(style_id if style_id in self._elements else self._default)

    def get(self, style_id: str | None) -> Style:
        """The style of that id, resolved; a style with nothing known when there is none."""
        chain: list[str] = []  # of styles not resolved yet, each based on the next; a circle ends where it closes
        at = style_id
        while at is not None and at in self._elements and at not in self._resolved:
            self._resolved[at] = Style(size=self._default_size)
            chain.append(at)
            at = value(self._elements[at].find(n.w("basedOn")))
        base = self._resolved.get(at, Style(size=self._default_size))
        for one in reversed(chain):
            base = self._resolved[one] = self._on(base, one)
        return base

    def _on(self, base: Style, style_id: str) -> Style:
        """The style with what it leaves open taken from ``base``."""
        element = self._elements[style_id]
        name = value(element.find(n.w("name")))
        size = points(element.find(f"{n.R_PR}/{n.SZ}"))
        hidden = element.find(f"{n.R_PR}/{n.VANISH}")
        num_id, level = numbering_of(element.find(f"{n.P_PR}/{n.NUM_PR}"))
        return Style(
            name=_readable(name) if name else None,
            size=base.size if size is None else size,
            hidden=base.hidden if hidden is None else is_on(hidden),
            num_id=base.num_id if num_id is None else num_id,
            level=base.level if level is None else level,
            numbered_by=base.numbered_by if num_id is None and level is None else style_id,
        )


def value(element: etree._Element | None) -> str | None:
    """``w:val`` of an element that may be missing."""
    return element.get(n.VAL) if element is not None else None


def whole(text: str | None) -> int | None:
    """The number that ``text`` writes; None when it writes none, or one beyond all meaning."""
    return int(text) if text is not None and text.isdecimal() and len(text) <= _LONGEST else None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not switched off."""
    return element is not None and element.get(n.VAL) not in _OFF


def points(element: etree._Element | None) -> float | None:
    """A ``w:sz``, which counts half points."""
    text = value(element)
    number = whole(text)
    return number / 2 if number is not None else None


def numbering_of(element: etree._Element | None) -> tuple[str | None, int | None]:
    """List and level of a ``w:numPr``."""
    if element is None:
        return None, None
    return value(element.find(n.NUM_ID)), whole(value(element.find(n.ILVL)))


def _readable(name: str) -> str:
    """Files store ``heading 1``; Word shows, and people name, ``Heading 1``."""
    return re.sub(r"^heading (?=\d)", "Heading ", name)
