"""Footnotes and endnotes: the mark that their reference prints, and the notes that are still to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from extractors.formats.docx import names as n
from extractors.formats.docx.numerals import numeral, raised


@dataclass(frozen=True, slots=True)
class Note:
    """One note that was referred to: what it is (``footnote``, ``endnote``), its id and its printed mark."""

    kind: str
    id: str
    mark: str
    element: etree._Element


class Notes:
    """The notes of one document; references must be met in reading order, for the marks count on."""

    def __init__(
        self, footnotes: etree._Element | None, endnotes: etree._Element | None, document: etree._Element
    ) -> None:
        self._elements = {
            **{("footnote", one.get(n.ID, "")): one for one in _all(footnotes, n.FOOTNOTE)},
            **{("endnote", one.get(n.ID, "")): one for one in _all(endnotes, n.ENDNOTE)},
        }
        self._styles = {"footnote": _style(document, "footnotePr"), "endnote": _style(document, "endnotePr")}
        self._counts = {"footnote": 0, "endnote": 0}
        self._waiting: list[Note] = []

    def refer(self, reference: etree._Element) -> str:
        """The mark that a reference prints, raised so that it never reads as a digit of the amount before it."""
        kind = "footnote" if reference.tag == n.FOOTNOTE_REFERENCE else "endnote"
        note_id = reference.get(n.ID, "")
        mark = ""
        if reference.get(n.w("customMarkFollows")) not in ("1", "true", "on"):
            self._counts[kind] += 1
            mark = raised(numeral(self._counts[kind], self._styles[kind]) or str(self._counts[kind]))
        element = self._elements.get((kind, note_id))
        if element is not None:
            self._waiting.append(Note(kind, note_id, mark, element))
        return mark

    def take(self) -> list[Note]:
        """The notes referred to since the last call."""
        taken, self._waiting = self._waiting, []
        return taken


def _all(root: etree._Element | None, tag: str) -> list[etree._Element]:
    return list(root.iterchildren(tag)) if root is not None else []


def _style(document: etree._Element, name: str) -> str:
    """The numbering style that the sections of the document set for their notes: ① is common in Chinese ones."""
    found = (one.find(n.w("numFmt")) for one in document.iter(n.w(name)))
    return next((one.get(n.VAL, "decimal") for one in found if one is not None), "decimal")
