"""The likely cause of failing checks, in words: a slip of the publisher, a unit, a name, rounding, or a reading.

What the file's own text prints, under headers known to the letter, was not misread: such an error is the publisher's
and is called so. Everything else is worth a look at the page.
"""

from __future__ import annotations

from decimal import Decimal

from schemas.checks.desk import UNITS, Desk, Words, name_of, shown
from schemas.checks.explain import printed_in_base, wanted
from schemas.checks.indexed import value_type
from schemas.checks.rounding import ZERO, off_by_unit
from schemas.checks.slips import slip_of
from schemas.checks.suspects import Suspicion
from schemas.checks.weigh import row_name
from schemas.kind import ValueType
from schemas.records import Value
from schemas.result import Check

SURE_MATCH = 0.95  # a header below it was matched by likeness
SMALL_BANDS = 4  # a difference within so many bands is put down to rounding first

WRONG_UNIT = Words(
    "The two sides differ by a factor of 10,000: one of the tables is not in the unit it was read in.",
    "两侧恰好相差一万倍：其中一张表的金额单位（元/万元）有误，请先核对单位。",
)
LIKENESS = Words(
    "A header of these columns was matched by likeness only: first look whether the column is the right one.",
    "所涉列中有表头仅为近似匹配：请先核对列是否对应正确。",
)
ROUNDING = Words(
    "So small a difference is usually the publisher's own rounding or a corrected last digit.",
    "差额很小，多为填报单位分项取整或末位调整所致。",
)
LESS_THAN_WHOLE = Words(
    "The parts are less than the whole: a row may be undisclosed, or lost. Compare the rows with the page.",
    "各项之和小于上级数：可能有未公开的科目，也可能漏读了行，请对照原页核对。",
)
UNKNOWN = Words(
    "No single cell explains it: an error of the publisher, or a row or column read in the wrong place. "
    "Compare these cells with the page.",
    "无法归因于单个单元格：可能是原文填报错误，也可能是行列识别错位，请对照原页核对。",
)


def cause_of(desk: Desk, group: Suspicion, *, is_moved: bool) -> Words:
    """The likely cause of one group of failing checks. ``is_moved``: an amount stands under two names."""
    if is_moved:
        return _moved(desk, group)
    if unit_is_wrong(group.checks[0]):
        return WRONG_UNIT
    if group.swapped:
        return _swapped(desk, group)
    if group.fits:
        return _suspects(desk, group)
    return _undecided(desk, group)


def _undecided(desk: Desk, group: Suspicion) -> Words:
    """What is worth a look where no set of cells explains the failures."""
    if any(desk.values[cell].match_score < SURE_MATCH for one in group.checks for cell in one.cells):
        return LIKENESS
    if is_small(group):
        return ROUNDING
    check = group.checks[0]
    if check.scope == "hierarchy" and check.diff is not None and check.diff > 0:
        return LESS_THAN_WHOLE
    return _likely(desk, group) or UNKNOWN


def unit_is_wrong(check: Check) -> bool:
    """Whether two tables differ by the ratio of 元 and 万元."""
    if check.scope != "document" or check.lhs is None or check.rhs is None:
        return False
    return off_by_unit(check.lhs, check.rhs, check.band or ZERO)


def is_small(group: Suspicion) -> bool:
    """Whether rounding, a little more careless than it should be, would explain every difference."""
    return all(c.band and c.diff is not None and abs(c.diff) <= SMALL_BANDS * c.band for c in group.checks)


def _likely(desk: Desk, group: Suspicion) -> Words | None:
    """The one cell, of those that could each explain a single failing sum, that is a slip away from what would fit."""
    check = group.checks[0]
    found = []
    for cell in group.suspects if len(group.checks) == 1 else ():
        value = desk.values[cell]
        fits = wanted(check, value, desk.rules[check.rule])
        slip = None if fits is None else slip_of(printed_in_base(value), fits)
        if fits is not None and slip is not None and fits:
            found.append((value, fits, slip))
    if len(found) != 1:
        return None
    value, fits, slip = found[0]
    name, text, fitting = _cell_name(value), value.text.strip(), shown(desk, check, fits)
    return Words(
        f"Of the cells that could each explain it, look first at {name}: {text} is printed, {fitting} would fit, and "
        f"{slip.en}.",
        f"可能的单元格中请先核对“{name}”：列示 {text}，若为 {fitting} 则相符，{slip.zh}。",
    )


def _moved(desk: Desk, group: Suspicion) -> Words:
    names = [name_of(desk, check, desk.values[check.cells[0]]) for check in group.checks]
    return Words(
        f"The same amount stands as {names[0]} here and as {names[1]} there: one of the two lines bears a wrong name. "
        "Compare both with the page.",
        f"同一金额在一处列为{names[0]}，在另一处列为{names[1]}：其中一处科目名称有误，请对照原页核对。",
    )


def _swapped(desk: Desk, group: Suspicion) -> Words:
    first, second = (desk.values[cell] for cell in group.suspects)
    ours = _whose(desk, group)
    return Words(
        f"Both would hold if {_cell_name(first)} ({first.text.strip()}) and {_cell_name(second)} "
        f"({second.text.strip()}) changed places. {ours.en}",
        f"若“{_cell_name(first)}”（{first.text.strip()}）与“{_cell_name(second)}”（{second.text.strip()}）互换则均相符。"
        f"{ours.zh}",
    )


def _suspects(desk: Desk, group: Suspicion) -> Words:
    ours = _whose(desk, group)
    told = [_suspect(desk, group, cell, fits) for cell, fits in group.fits.items()]
    if len(told) == 1:
        return Words(
            f"The only cell in every failing and in no passing sum is {told[0].en}. {ours.en}",
            f"唯一出现在全部不符项、且未被其他勾稽验证的单元格是{told[0].zh}。{ours.zh}",
        )
    return Words(
        f"The fewest cells that explain all of it are {len(told)}: {'; '.join(one.en for one in told)}. {ours.en}",
        f"可解释全部不符项的最少单元格共 {len(told)} 个：{'；'.join(one.zh for one in told)}。{ours.zh}",
    )


def _suspect(desk: Desk, group: Suspicion, cell: str, fits: Decimal) -> Words:
    value = desk.values[cell]
    check = next(check for check in group.checks if cell in check.cells)
    name, text, fitting = _cell_name(value), value.text.strip(), shown(desk, check, fits)
    if _in_brackets(value, fits):
        return Words(
            f"{name}, printed {text}; the amount in brackets would fit",
            f"“{name}”，列示 {text}，括号内数额相符",
        )
    slip = slip_of(printed_in_base(value), fits)
    en, zh = ("", "") if slip is None else (f": {slip.en}", f"（{slip.zh}）")
    return Words(
        f"{name}, printed {text}; {fitting} would fit{en}", f"“{name}”，列示 {text}，若为 {fitting} 则相符{zh}"
    )


def _in_brackets(value: Value, fits: Decimal) -> bool:
    """Whether the second amount that the cell prints is the one that fits: 3745（2177）."""
    return value.alt_value is not None and value.alt_value == fits


def _cell_name(value: Value) -> str:
    return f"{row_name(value)} / {value.header}"


def _whose(desk: Desk, group: Suspicion) -> Words:
    if all(_is_surely_read(desk, cell) for check in group.checks for cell in check.cells):
        return Words(
            "All of it stands so in the text of the file, under headers known to the letter: the publisher's own "
            "error, kept as printed.",
            "相关数字均直接取自文件文字、表头完全匹配：属原文自身错误，按原文保留。",
        )
    return Words(
        "The publisher's slip or a misread digit: compare it with the page.", "可能是原文笔误或识别错误，请对照原页。"
    )


def _is_surely_read(desk: Desk, cell: str) -> bool:
    value, table = desk.values[cell], desk.tables[cell]
    recognised = any(
        one.confidence is not None for one in table.grid.cells if (one.row, one.col) == (value.grid_row, value.grid_col)
    )
    of_money = value_type(value) is not ValueType.MONEY or table.factor in UNITS
    return not recognised and not value.doubtful and value.match_score >= SURE_MATCH and of_money
