"""Qualified names of the elements and attributes that are read."""

from __future__ import annotations

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_O = "{urn:schemas-microsoft-com:office:office}"


def w(name: str) -> str:
    """``name`` in the WordprocessingML namespace."""
    return _W + name


# blocks
BODY, P, TBL, TR, TC, SDT, SDT_CONTENT = w("body"), w("p"), w("tbl"), w("tr"), w("tc"), w("sdt"), w("sdtContent")
CUSTOM_XML, INS, DEL, MOVE_FROM, MOVE_TO = w("customXml"), w("ins"), w("del"), w("moveFrom"), w("moveTo")
ALT_CHUNK, SUB_DOC, TXBX = w("altChunk"), w("subDoc"), w("txbxContent")
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"

# tables
TBL_GRID, GRID_COL, TR_PR, TC_PR = w("tblGrid"), w("gridCol"), w("trPr"), w("tcPr")
GRID_SPAN, V_MERGE, H_MERGE, TC_W = w("gridSpan"), w("vMerge"), w("hMerge"), w("tcW")
GRID_BEFORE, GRID_AFTER, HIDDEN = w("gridBefore"), w("gridAfter"), w("hidden")

# paragraphs and runs
P_PR, P_STYLE, NUM_PR, NUM_ID, ILVL = w("pPr"), w("pStyle"), w("numPr"), w("numId"), w("ilvl")
R, R_PR, R_STYLE, R_FONTS, VANISH, SZ = w("r"), w("rPr"), w("rStyle"), w("rFonts"), w("vanish"), w("sz")
VERT_ALIGN, T, SYM, TAB, PTAB, BR, CR = w("vertAlign"), w("t"), w("sym"), w("tab"), w("ptab"), w("br"), w("cr")
NO_BREAK_HYPHEN, SOFT_HYPHEN = w("noBreakHyphen"), w("softHyphen")
FLD_CHAR, INSTR_TEXT, DEL_TEXT, DEL_INSTR_TEXT = w("fldChar"), w("instrText"), w("delText"), w("delInstrText")
FLD_SIMPLE, HYPERLINK, OBJECT, RUBY, RUBY_BASE = w("fldSimple"), w("hyperlink"), w("object"), w("ruby"), w("rubyBase")
FOOTNOTE, FOOTNOTE_REFERENCE, FOOTNOTE_REF = w("footnote"), w("footnoteReference"), w("footnoteRef")
ENDNOTE, ENDNOTE_REFERENCE, ENDNOTE_REF = w("endnote"), w("endnoteReference"), w("endnoteRef")
CHECKBOX, CHECKBOX_14, CHECKED_14 = w("checkBox"), _W14 + "checkbox", _W14 + "checked"
MATH_TEXT, MATH_FRACTION, MATH_NUMERATOR, MATH_DENOMINATOR = _M + "t", _M + "f", _M + "num", _M + "den"
MATH_EXPONENT = _M + "sup"
OLE_OBJECT = _O + "OLEObject"

# attributes
VAL, ID, TYPE, FONT, CHAR, INSTR = w("val"), w("id"), w("type"), w("font"), w("char"), w("instr")
ASCII, H_ANSI, FLD_CHAR_TYPE, WIDTH = w("ascii"), w("hAnsi"), w("fldCharType"), w("w")
R_ID, VAL_14 = _R + "id", _W14 + "val"
