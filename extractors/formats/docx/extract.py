"""From the bytes of a DOCX to a Document, in one pass over its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from extractors.budget import CellBudget
from extractors.errors import Unreadable
from extractors.formats.docx import names as n
from extractors.formats.docx.flow import flow
from extractors.formats.docx.marks import has_styled_runs
from extractors.formats.docx.notes import Note, Notes
from extractors.formats.docx.notices import Noticed, notice_book
from extractors.formats.docx.numbering import Numbering
from extractors.formats.docx.styles import Style, Styles, points
from extractors.formats.docx.tables import Found, TableReader, surrounded
from extractors.formats.docx.text import Context, Paragraph, TextReader
from extractors.model import Document, Location, TextLine
from extractors.options import Options
from extractors.package import Package
from extractors.sniff import DOCX

_MAIN_PART = re.compile(r"word/document\d*\.xml", re.I)


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. It has no pages: tables and paragraphs are counted from 0 in reading order.

    Raises:
        Unreadable: the package or its text is broken. ForbiddenXml: its XML declares a document type.
        Encrypted: it opens with a password only. TooLarge: it goes beyond a limit.
    """
    package = Package(data, options.limits, "DOCX")
    main = package.main_part(_MAIN_PART)
    root = package.xml(main)
    body = root.find(n.BODY)
    if body is None:
        raise Unreadable("the DOCX has no body")
    try:
        return _BodyReader(package, main, root, options).read(body)
    except RecursionError as error:
        raise Unreadable("the text of the DOCX is nested too deeply") from error


class _BodyReader:
    def __init__(self, package: Package, main: str, root: etree._Element, options: Options) -> None:
        self._package = package
        self._book = notice_book()
        styles = Styles(package.related(main, "styles", "styles.xml"))
        numbering = Numbering(package.related(main, "numbering", "numbering.xml"), styles)
        footnotes = package.related(main, "footnotes", "footnotes.xml")
        endnotes = package.related(main, "endnotes", "endnotes.xml")
        self._notes = Notes(footnotes, endnotes, root)
        texts = [text for text in (root, footnotes, endnotes) if text is not None]
        styled = styles.any_hidden or any(map(has_styled_runs, texts))
        relationships = package.relationships(main)
        context = Context(styles, numbering, self._notes, relationships, self._book, styled)
        self._reader = TextReader(context)
        self._tables = TableReader(self._reader, self._book, CellBudget(options.limits.cells, options.limits.columns))
        self._paragraphs = 0

    def read(self, body: etree._Element) -> Document:
        """The Document with all blocks of the body."""
        blocks = surrounded(self._items(body))
        for name in self._package.unreadable:
            self._book.add(Noticed.PART_UNREADABLE, None, name)
        return Document("docx", DOCX, (), tuple(blocks), self._book.notices(), tuple(self._reader.links))

    def _items(self, body: etree._Element) -> Iterator[TextLine | Found]:
        """Lines and grids in reading order. Notes of a table stand beneath it, all others at the end as on paper."""
        at_end: list[Note] = []
        for block in flow(body, self._reader, self._book, self._next_paragraph):
            if isinstance(block, list):
                at_end += self._notes.take()
                yield from self._tables.read(block)
                yield from self._note_lines(self._notes.take())
            elif block.text.strip():
                yield _line(block)
        at_end += self._notes.take()
        yield from self._note_lines(at_end)

    def _next_paragraph(self) -> Location:
        number = self._paragraphs
        self._paragraphs += 1
        return Location(path=(("paragraph", number),))

    def _note_lines(self, notes: list[Note]) -> Iterator[TextLine]:
        for note in notes:
            where = Location(path=((note.kind, note.id),))
            paragraphs = [self._reader.paragraph(one, where) for one in note.element.iter(n.P)]
            text = "\n".join(paragraph.text for paragraph in paragraphs).strip()
            if text:
                first = paragraphs[0]
                yield TextLine(note.mark + text, where, _size(first.element, first.style), first.style.name)


def _line(paragraph: Paragraph) -> TextLine:
    size = _size(paragraph.element, paragraph.style)
    return TextLine(paragraph.text, paragraph.where, size, paragraph.style.name)


def _size(element: etree._Element, style: Style) -> float | None:
    """Points of the first run that prints something, or what the style says."""
    for run in element.iter(n.R):
        if run.find(n.T) is not None:
            own = points(run.find(f"{n.R_PR}/{n.SZ}"))
            return style.size if own is None else own
    return style.size
