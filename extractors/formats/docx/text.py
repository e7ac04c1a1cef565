"""The text of one paragraph as it is printed: runs, fields, notes, symbols, tracked changes, automatic numbers.

Knows what Word shows of a paragraph; knows nothing of tables and of where the paragraph stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from extractors.formats.docx import names as n
from extractors.formats.docx.fields import Fields
from extractors.formats.docx.marks import cleaned, control_box, form_box, has_text
from extractors.formats.docx.notes import Notes
from extractors.formats.docx.notices import Noticed
from extractors.formats.docx.numbering import Numbering
from extractors.formats.docx.numerals import raised
from extractors.formats.docx.styles import Style, Styles, is_on, numbering_of
from extractors.formats.docx.symbols import is_picture_font, picture_text, symbol
from extractors.model import Link, Location
from extractors.noticebook import NoticeBook
from extractors.package import Relationship

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_FORMULA = ("Equation", "MathType")


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its text, the text boxes anchored in it, and whether its mark was deleted (so that the next
    paragraph goes on in it).
    """

    text: str
    where: Location
    element: etree._Element
    style: Style
    boxes: list[etree._Element]
    mark_deleted: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What the other parts of the package say about its text. ``styled_runs`` False says that no run is hidden, raised
    or set in a picture font: looking into the properties of every run costs a third of the time.
    """

    styles: Styles
    numbering: Numbering
    notes: Notes
    relationships: Mapping[str, Relationship]
    book: NoticeBook
    styled_runs: bool


class TextReader:
    """Reads paragraphs, in document order: automatic numbers and notes count on."""

    def __init__(self, context: Context) -> None:
        self._context, self._book = context, context.book
        self._hiding_styles = context.styles.any_hidden
        self.links: list[Link] = []
        self._where = Location()
        self._out: list[str] = []
        self._boxes: list[etree._Element] = []
        self._fields: Fields | None = None

    def paragraph(self, element: etree._Element, where: Location, before: str = "") -> Paragraph:
        """One ``w:p``. ``before`` is the text of a paragraph whose mark was deleted, which goes on in this one."""
        self._where, self._out, self._boxes, self._fields = where, [], [], None
        properties = next(element.iterchildren(n.P_PR), None)
        style, label, deleted = self._properties(properties, element)
        if style.hidden:
            self._left_out(element)
        else:
            self._children(element)
        text = before + cleaned("".join(self._out))
        text = label + text if text else label.rstrip(" ")
        return Paragraph(text, where, element, style, self._boxes, deleted)

    def _properties(self, properties: etree._Element | None, element: etree._Element) -> tuple[Style, str, bool]:
        """The style, the printed number and whether the mark is deleted."""
        if properties is None:
            return self._context.styles.paragraph(None), "", False
        style_id = own = None
        deleted = False
        for child in properties:
            tag = child.tag
            if tag == n.P_STYLE:
                style_id = child.get(n.VAL)
            elif tag == n.NUM_PR:
                own = child
            elif tag == n.R_PR and next(child.iterchildren(n.DEL, n.MOVE_FROM), None) is not None:
                deleted = True
                self._book.add(Noticed.TRACKED_CHANGES, self._where)
        style = self._context.styles.paragraph(style_id)
        if deleted and not has_text(element):
            return style, "", deleted
        return style, self._label(own, style), deleted

    def _label(self, own: etree._Element | None, style: Style) -> str:
        num_id, level = numbering_of(own)
        bound = None
        if num_id is None:
            num_id, bound = style.num_id, style.numbered_by
            level = style.level if level is None else level
        if num_id is None or num_id == "0":
            return ""
        label = self._context.numbering.label(num_id, level, bound)
        if label is None:
            what = self._context.numbering.style_name(num_id, level, bound)
            self._book.add(Noticed.NUMBERING_UNKNOWN, self._where, what)
        return label or ""

    def _children(self, element: etree._Element) -> None:
        for child in element:
            read = _READERS.get(child.tag)
            if read is None:
                self._children(child)
            else:
                read(self, child)

    def _skip(self, element: etree._Element) -> None:
        """Properties, deleted codes, phonetic guides: nothing that is printed."""

    def _run(self, element: etree._Element) -> None:
        font, is_raised = None, False
        for child in element:
            tag = child.tag
            if tag == n.T:
                self._text(child, font, is_raised)
            elif tag != n.R_PR:
                read = _READERS.get(tag)
                if read is None:
                    self._children(child)
                else:
                    read(self, child)
            elif self._context.styled_runs:
                hidden, font, is_raised = self._run_properties(child)
                if hidden:
                    self._left_out(element)
                    return

    def _run_properties(self, properties: etree._Element) -> tuple[bool, str | None, bool]:
        """Whether the run is hidden, its picture font, and whether it is set as a superscript."""
        hidden, font, is_raised = False, None, False
        for child in properties:
            tag = child.tag
            if tag == n.R_FONTS:
                name = child.get(n.ASCII) or child.get(n.H_ANSI)
                font = name if is_picture_font(name) else None
            elif tag == n.VANISH:
                hidden = is_on(child)
            elif tag == n.VERT_ALIGN:
                is_raised = child.get(n.VAL) == "superscript"
            elif tag == n.R_STYLE and self._hiding_styles:
                hidden = hidden or self._context.styles.get(child.get(n.VAL)).hidden
        return hidden, font, is_raised

    def _text(self, element: etree._Element, font: str | None = None, is_raised: bool = False) -> None:
        text = element.text
        if not text:
            return
        if "\n" in text:
            text = re.sub(r"\s*\n\s*", " ", text).strip(" ")
        if "\xad" in text:
            text = text.replace("\xad", "")
        if font is not None:
            text = picture_text(text, font)
        # a hand-set note mark behind an amount must not become one of its digits
        self._out.append(raised(text) if is_raised else text)

    def _left_out(self, hidden: etree._Element) -> None:
        if has_text(hidden):
            self._book.add(Noticed.HIDDEN_TEXT, self._where)

    # --- changes

    def _inserted(self, element: etree._Element) -> None:
        self._book.add(Noticed.TRACKED_CHANGES, self._where)
        self._children(element)

    def _deleted(self, _: etree._Element) -> None:
        self._book.add(Noticed.TRACKED_CHANGES, self._where)

    # --- fields

    def _field_mark(self, element: etree._Element) -> None:
        kind = element.get(n.FLD_CHAR_TYPE)
        if kind == "begin":
            self._fields = self._fields or Fields(self._out)
            self._fields.begin(form_box(element))
        elif kind == "separate" and self._fields:
            self._fields.separate()
        elif kind == "end" and self._fields:
            self.links.extend(self._fields.end())

    def _field_code(self, element: etree._Element) -> None:
        if self._fields:
            self._fields.code(element.text or "")

    def _hyperlink(self, element: etree._Element) -> None:
        start = len(self._out)
        self._children(element)
        target = self._context.relationships.get(element.get(n.R_ID, ""))
        if target is not None and target.external:
            self.links.append(Link("".join(self._out[start:]), target.target))

    # --- single signs

    def _symbol(self, element: etree._Element) -> None:
        code, font = element.get(n.CHAR, ""), element.get(n.FONT)
        char = symbol(int(code, 16), font) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else None
        if char is None:
            self._book.add(Noticed.SYMBOL_UNKNOWN, self._where, f"{font} {code}")
        self._out.append(char or _UNKNOWN)

    def _tab(self, _: etree._Element) -> None:
        self._out.append("\t")

    def _break(self, _: etree._Element) -> None:
        self._out.append("\n")

    def _hyphen(self, _: etree._Element) -> None:
        """A minus that must not stand alone at the end of a line is still a minus."""
        self._out.append("-")

    def _note_reference(self, element: etree._Element) -> None:
        self._out.append(self._context.notes.refer(element))

    # --- wrappers

    def _control(self, element: etree._Element) -> None:
        """A content control; a check box that holds no text is drawn from its state."""
        length = len(self._out)
        for content in element.iterchildren(n.SDT_CONTENT):
            self._children(content)
        if not "".join(self._out[length:]).strip():
            self._out.extend(control_box(element))

    def _alternatives(self, element: etree._Element) -> None:
        """A text box is written twice, for new and for old readers: once is enough."""
        length, boxes = len(self._out), len(self._boxes)
        for branch in [*element.iterchildren(n.CHOICE), *element.iterchildren(n.FALLBACK)]:
            self._children(branch)
            if len(self._out) > length or len(self._boxes) > boxes:
                return

    def _box(self, element: etree._Element) -> None:
        self._boxes.append(element)

    def _object(self, element: etree._Element) -> None:
        program = next((one.get("ProgID", "") for one in element.iter(n.OLE_OBJECT)), "")
        if not program.startswith(_FORMULA):
            self._book.add(Noticed.EMBEDDED_OBJECT, self._where, program or "?")
        self._children(element)

    def _phonetic(self, element: etree._Element) -> None:
        for base in element.iterchildren(n.RUBY_BASE):
            self._children(base)

    def _denominator(self, element: etree._Element) -> None:
        """1/2, or numerator and denominator would read as one number."""
        self._out.append("/")
        self._children(element)

    def _exponent(self, element: etree._Element) -> None:
        start = len(self._out)
        self._children(element)
        self._out[start:] = [raised("".join(self._out[start:]))]


_READERS: dict[str, Callable[[TextReader, etree._Element], None]] = {
    n.R: TextReader._run,
    n.T: TextReader._text,
    n.MATH_TEXT: TextReader._text,
    n.P_PR: TextReader._skip,
    n.R_PR: TextReader._skip,
    n.DEL_TEXT: TextReader._skip,
    n.DEL_INSTR_TEXT: TextReader._skip,
    n.SOFT_HYPHEN: TextReader._skip,
    n.FOOTNOTE_REF: TextReader._skip,  # the number at the head of a note is put there by whoever reads the notes
    n.ENDNOTE_REF: TextReader._skip,
    n.INS: TextReader._inserted,
    n.MOVE_TO: TextReader._inserted,
    n.DEL: TextReader._deleted,
    n.MOVE_FROM: TextReader._deleted,
    n.FLD_CHAR: TextReader._field_mark,
    n.INSTR_TEXT: TextReader._field_code,
    n.HYPERLINK: TextReader._hyperlink,
    n.SYM: TextReader._symbol,
    n.TAB: TextReader._tab,
    n.PTAB: TextReader._tab,
    n.BR: TextReader._break,
    n.CR: TextReader._break,
    n.NO_BREAK_HYPHEN: TextReader._hyphen,
    n.FOOTNOTE_REFERENCE: TextReader._note_reference,
    n.ENDNOTE_REFERENCE: TextReader._note_reference,
    n.SDT: TextReader._control,
    n.ALTERNATE: TextReader._alternatives,
    n.TXBX: TextReader._box,
    n.OBJECT: TextReader._object,
    n.RUBY: TextReader._phonetic,
    n.MATH_DENOMINATOR: TextReader._denominator,
    n.MATH_EXPONENT: TextReader._exponent,
}
