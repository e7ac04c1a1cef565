"""What names a row: codes joined from their columns, labels without ordinals, units, line numbers.

Codes come in one column (2013102), in three (201|31|02), in three with the upper levels printed only once (205|| then
|08| then ||03), or in front of the name in one cell (2040201-行政运行).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from schemas.kind import Column, ColumnRole, ValueType
from schemas.shapes.context import Context, MatchedColumn, one_line
from schemas.text import fold, strip_ordinal

_CODE_LISTS = {ValueType.FUNCTION_CODE: "function", ValueType.ECONOMIC_CODE: "economic"}
_CODE_AND_NAME = re.compile(
    r"[\[(（【]?(\d{3,9})[\])）】]?[\s\-—–_.:：、]*(?=[^\d\s\-—–_.:：、元万%年月])(.+)", re.DOTALL
)
_CODE_ONLY = re.compile(r"\d{2,24}")
_LEVEL_WORDS = frozenset(
    {"类", "款", "项", "目", "类款项"}
)  # 类|款|项 drawn beside 栏次 and 合计 reach into the first body row
PERIOD_COLUMN = "year"
_TOTALS = frozenset({"合计", "总计", "总分"})
_TOTALS = frozenset({"合计", "总计", "小计"})  # printed where units are named, they name no unit
_FLOAT_CODE = re.compile(r"^(\d{1,7})\.0+$")
_CLASS = re.compile(r"[2350]\d\d")
_LINE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(slots=True)
class Carry:
    """What rows leave blank because a row above printed it: upper levels of a split code, the unit of several years."""

    parts: list[str] = field(default_factory=list)
    unit_name: str | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Everything that names one row. ``label`` is the printed name with its ordinal taken off."""

    code: str | None = None
    code_list: str | None = None
    raw_label: str | None = None
    line_no: int | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    others: tuple[tuple[str, str], ...] = ()
    from_span: bool = False
    period: str | None = None  # of tables that print a row for each year: 2025年, 增减变化
    printed_code: str | None = None  # where it is not ``code``: a spreadsheet took the code for a number

    @property
    def label(self) -> str | None:
        """The name without its leading ordinals."""
        return None if self.raw_label is None else bare_label(self.raw_label)

    def is_empty(self) -> bool:
        """Whether nothing names the row."""
        return self.code is None and not self.raw_label and self.unit_code is None and self.unit_name is None


def bare_label(raw: str) -> str:
    """The label as printed, from where its ordinals end."""
    folded = fold(raw)
    rest = strip_ordinal(folded)[0]
    if rest == folded:
        return raw.strip()
    start = next((at for at in range(len(raw)) if fold(raw[at:]) == rest), 0)
    return raw[start:].strip()


def read_keys(columns: tuple[MatchedColumn, ...], row: int, carry: Carry, context: Context) -> Keys:
    """The keys of one row of a panel."""
    found = _Found()
    for matched in columns:
        column = matched.column
        if column is None or column.role is ColumnRole.VALUE:
            continue
        if column.id == PERIOD_COLUMN:
            found.period = one_line(context.frame.lattice.text(row, matched.logical.index)) or None
        elif column.role is ColumnRole.META or column.type is ValueType.INT:
            found.take_line_number(one_line(context.frame.lattice.text(row, matched.logical.index)))
        elif column.type in _CODE_LISTS or column.type is ValueType.CODE:
            found.take_code(column, *_code_texts(matched, row, carry, context, found))
        else:
            _take_name(found, column, matched, row, context)
    if found.unit_name is None and found.period is not None and carry.unit_name is not None:
        found.unit_name, found.from_span = carry.unit_name, True
    carry.unit_name = found.unit_name
    return found.keys()


def _code_texts(matched: MatchedColumn, row: int, carry: Carry, context: Context, found: _Found) -> tuple[str, bool]:
    """The text of a code, its parts joined and mended, and whether a part was carried down."""
    lattice = context.frame.lattice
    cells = list({id(cell): cell for cell in (lattice.cover[row][col] for col in matched.logical.indices)}.values())
    texts = ["" if fold(cell.text) in _LEVEL_WORDS else one_line(cell.text) for cell in cells]
    spanned = any(cell.row < row and text for cell, text in zip(cells, texts, strict=True))
    if matched.column is not None and matched.column.type in _CODE_LISTS:
        whole = _as_codes(texts, split=matched.logical.split_code)
        if whole != texts:
            found.printed_code, texts = "|".join(filter(None, texts)), whole
    if not matched.logical.split_code or len(texts) == 1:
        return "".join(texts), spanned
    if any(text and not text.isdigit() for text in texts):
        return "".join(texts), spanned
    return _join_parts(texts, carry, spanned)


def _as_codes(texts: list[str], *, split: bool) -> list[str]:
    """The parts of a class code, where a spreadsheet took them for numbers: 2010301.0, or 201|3|1 for 201|03|01.

    Classes have three digits and the parts beneath them two, so that nothing else can be meant.
    """
    texts = [_FLOAT_CODE.sub(r"\1", text) for text in texts]
    if not split or len(texts) == 1 or not _CLASS.fullmatch(texts[0] or "000"):
        return texts
    return [texts[0], *(text.zfill(2) if text.isdigit() and len(text) == 1 else text for text in texts[1:])]


def _join_parts(texts: list[str], carry: Carry, spanned: bool) -> tuple[str, bool]:
    """类|款|项 to one code. The lowest printed level says how much of the row above still holds."""
    printed = [at for at, text in enumerate(texts) if text]
    if not printed:
        carry.parts = []
        return "", False
    first, last = printed[0], printed[-1]
    if len(texts[last]) > 3:  # each level prints its whole code: 201|20131|2013102
        carry.parts = texts[: last + 1]
        return texts[last], spanned
    carried = carry.parts[:first]
    if len(carried) < first or any(not text for text in texts[first : last + 1]):
        return "".join(texts), spanned  # an upper level is missing: the code stays as printed
    carry.parts = [*carried, *texts[first : last + 1]]
    return "".join(carry.parts), spanned or first > 0


def _take_name(found: _Found, column: Column, matched: MatchedColumn, row: int, context: Context) -> None:
    cells = {id(cell): cell for cell in (context.frame.lattice.cover[row][col] for col in matched.logical.indices)}
    texts = [one_line(cell.text) for cell in cells.values() if cell.text.strip()]
    spanned = any(cell.row < row and cell.text.strip() for cell in cells.values())
    if len(texts) > 1 and texts[0].isdigit():  # one header over a code column and a name column
        found.take_code(column, texts[0], spanned)
        texts = texts[1:]
    found.take_name(column, "".join(texts), spanned)


@dataclass(slots=True)
class _Found:
    """Keys as they are collected from left to right; the first of a sort names the row, the others stand beside it."""

    code: str | None = None
    code_list: str | None = None
    names: list[tuple[str, str]] = field(default_factory=list)
    lead: int | None = None  # the name that is nothing but a name, before those that are data too
    line_no: int | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    others: list[tuple[str, str]] = field(default_factory=list)
    from_span: bool = False
    period: str | None = None
    printed_code: str | None = None

    def take_line_number(self, text: str) -> None:
        if self.line_no is None and _LINE_NUMBER.fullmatch(text):
            self.line_no = int(text)

    def take_code(self, column: Column, text: str, carried: bool) -> None:
        if not text:
            return
        match = _CODE_AND_NAME.fullmatch(text)
        code, name = (match[1], match[2]) if match else (text, "")
        if not _CODE_ONLY.fullmatch("".join(code.split())):
            self.take_name(column, text, carried)  # 合计 printed in the code column
            return
        self._place_code(column, "".join(code.split()), carried)
        if name:
            self.take_name(column, name, False)

    def _place_code(self, column: Column, code: str, carried: bool) -> None:
        if column.id == "unit_code":
            self.unit_code = code
        elif self.code is None and column.type is not ValueType.CODE:
            self.code, self.code_list = code, _code_list(column)
        else:
            self.others.append((column.id, code))
            return
        self.from_span = self.from_span or carried

    def take_name(self, column: Column, text: str, spanned: bool) -> None:
        if not text:
            return
        match = _CODE_AND_NAME.fullmatch(text)
        if match is not None and self.code is None and _is_class_code(match[1]) and column.id != "unit_name":
            self.code = match[1]
            self.code_list = _list_of(match[1])
            text = match[2].strip()
        if column.id == "unit_name" and fold(text) not in _TOTALS:
            self.unit_name = text
        else:
            if self.lead is None and column.role is ColumnRole.ROW_KEY:
                self.lead = len(self.names)
            self.names.append((column.id, text))
        self.from_span = self.from_span or spanned

    def _place_of_name(self) -> int:
        """Which name names the row; 合计 names it wherever it stands first."""
        return 0 if self.names[0][1] in _TOTALS else self.lead or 0

    def keys(self) -> Keys:
        names = list(self.names)
        name = names.pop(self._place_of_name())[1] if names else None
        others = (*self.others, *((field_id, text) for field_id, text in names if text != name))
        code_list = self.code_list if self.code is not None else ("unit" if self.unit_code else None)
        return Keys(
            code=self.code,
            code_list=code_list,
            raw_label=name,
            line_no=self.line_no,
            unit_code=self.unit_code,
            unit_name=self.unit_name,
            others=tuple(others),
            from_span=self.from_span,
            period=self.period,
            printed_code=self.printed_code if self.code is not None else None,
        )


def _code_list(column: Column) -> str:
    if column.id.startswith("government_economic"):
        return "government_economic"
    return _CODE_LISTS.get(column.type, column.id.removesuffix("_code"))


def _is_class_code(code: str) -> bool:
    """Whether digits in front of a name can be a class code: 3, 5 or 7 digits that begin with 2, 3 or 5."""
    return len(code) in (3, 5, 7) and code[0] in "235"


def _list_of(code: str) -> str:
    return {"2": "function", "3": "economic", "5": "government_economic"}[code[0]]


def level_of(code: str | None, code_list: str | None) -> int | None:
    """How deep a class code stands: 3 digits 1, 5 digits 2, 7 digits 3; None for other codes."""
    if code is None or code_list not in ("function", "economic", "government_economic"):
        return None
    return {3: 1, 5: 2, 7: 3}.get(len(code))
