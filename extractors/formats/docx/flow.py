"""The paragraphs and tables of a container in reading order: of the body, of a cell, of a text box."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from lxml import etree

from extractors.formats.docx import names as n
from extractors.formats.docx.notices import Noticed
from extractors.formats.docx.text import Paragraph, TextReader
from extractors.model import Location
from extractors.noticebook import NoticeBook

Tables = list[etree._Element]
_LEFT_OUT = frozenset({n.DEL, n.MOVE_FROM, n.P_PR, n.TC_PR, n.TR_PR, n.w("sectPr"), n.w("sdtPr"), n.w("tblPr")})


def elements(container: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The ``wanted`` elements of a container, through whatever is wrapped around them: content controls, custom XML,
    tracked insertions. Deleted ones are left out.
    """
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag == n.ALTERNATE:
            branches = itertools.chain(child.iterchildren(n.CHOICE), child.iterchildren(n.FALLBACK))
            found = (list(elements(branch, wanted)) for branch in branches)
            yield from next(filter(None, found), [])
        elif child.tag not in _LEFT_OUT and len(child):
            yield from elements(child, wanted)


_BLOCKS = frozenset({n.P, n.TBL, n.ALT_CHUNK, n.SUB_DOC})


def flow(
    container: etree._Element, reader: TextReader, book: NoticeBook, locate: Callable[[], Location]
) -> Iterator[Paragraph | Tables]:
    """Paragraphs, each read when its turn comes, and tables; tables with nothing between them come together.

    ``locate`` is asked once for each paragraph where it stands. The blocks of a text box follow the paragraph in which
    it is anchored.
    """
    carried: Paragraph | None = None
    tables: Tables = []
    for element in elements(container, _BLOCKS):
        if element.tag == n.TBL:
            tables.append(element)
            continue
        if tables:
            yield tables
            tables = []
        if element.tag != n.P:
            book.add(Noticed.CONTENT_NOT_READ, None, etree.QName(element).localname)
            continue
        paragraph = reader.paragraph(element, locate(), carried.text if carried is not None else "")
        carried = paragraph if paragraph.mark_deleted else None
        if carried is None:
            yield paragraph
        for box in paragraph.boxes:
            yield from flow(box, reader, book, locate)
    if tables:
        yield tables
    if carried is not None and carried.text:
        yield carried
