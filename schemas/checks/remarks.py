"""What failing checks tell their reader, as a good colleague would note it: where, both sides, and the likely cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.ledger import value_type
from schemas.checks.refs import parse_ref
from schemas.checks.rounding import ZERO, off_by_unit
from schemas.checks.suspects import Suspicion, is_subtracted, rules_of, suspicions, values_by_cell
from schemas.checks.weigh import row_name
from schemas.findings import BY_CODE
from schemas.kind import CheckRule, Severity, ValueType
from schemas.records import TableReading, Value
from schemas.result import Check, Finding

LISTED_TERMS = 6  # more terms than this are counted, not listed
LISTED_CHECKS = 4
SURE_MATCH = 0.95  # a header below it was matched by likeness
SMALL_BANDS = 4  # a difference within so many bands is put down to rounding first
UNITS = {1: "元", 1000: "千元", 10_000: "万元", 100_000_000: "亿元"}


@dataclass(frozen=True, slots=True)
class _Words:
    """The same sentence in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the remarks are written from: values by cell, tables by cell, rules by id."""

    values: Mapping[str, Value]
    tables: Mapping[str, TableReading]
    rules: Mapping[str, CheckRule]


def check_findings(checks: Sequence[Check], tables: Sequence[TableReading]) -> list[Finding]:
    """One finding for each group of failing checks that share cells, one for each failing rule that only warns, and one
    for each table whose blank cells have parts that add up to something.
    """
    if not any(check.status in ("fail", "insufficient") for check in checks):
        return []
    desk = _Desk(values_by_cell(tables), {v.cell: table for table in tables for v in table.values}, rules_of(tables))
    groups = suspicions(checks, tables)
    warned = [
        Suspicion((check,), (), None)
        for check in checks
        if check.status == "fail" and desk.rules[check.rule].severity is not Severity.ERROR
    ]
    told = (*_moved(desk, _by_parent(desk, groups)), *warned)
    return [*(_finding(desk, group) for group in told), *_blanks(desk, checks)]


def _by_parent(desk: _Desk, groups: Sequence[Suspicion]) -> list[Suspicion]:
    """Failures of one parent row in several columns as one: where a row is missing, it is missing in all of them."""
    merged: dict[tuple[str, int] | int, Suspicion] = {}
    for place, group in enumerate(groups):
        first = group.checks[0]
        value = desk.values[first.cells[0]]
        plain = group.fits is None and first.scope == "hierarchy"
        key = (desk.tables[value.cell].id, value.grid_row) if plain else place
        before = merged.get(key)
        merged[key] = Suspicion((*before.checks, *group.checks), (), None) if before else group
    return list(merged.values())


def _moved(desk: _Desk, groups: Sequence[Suspicion]) -> list[Suspicion]:
    """An amount that stands under one class in one table and under another class in the other is told once, not as an
    amount too many and another too few. The table that the rule begins with comes first."""
    partners = {
        place: [other for other, one in enumerate(groups) if _is_moved(desk, group.checks, one.checks)]
        for place, group in enumerate(groups)
    }
    told: list[Suspicion] = []
    for place, group in enumerate(groups):
        if len(partners[place]) != 1 or partners[partners[place][0]] != [place]:
            told.append(group)
        elif _left_value(desk, group.checks[0]) is not None:
            told.append(Suspicion((*group.checks, *groups[partners[place][0]].checks), (), None))
    return told


def _is_moved(desk: _Desk, one: Sequence[Check], other: Sequence[Check]) -> bool:
    """Whether two failures are of one rule across tables, each with nothing on one side, and cancel out."""
    if len(one) != 1 or len(other) != 1 or one[0].rule != other[0].rule or one[0].scope != "document":
        return False
    sides = [_left_value(desk, check) is None for check in (one[0], other[0])]
    tables = [{desk.tables[cell].id for cell in check.cells} for check in (one[0], other[0])]
    alone = all(len(found) == 1 for found in tables) and tables[0] != tables[1]
    cancel = (one[0].diff or ZERO) + (other[0].diff or ZERO)
    return sides[0] != sides[1] and alone and abs(cancel) <= (one[0].band or ZERO) + (other[0].band or ZERO)


def _left_value(desk: _Desk, check: Check) -> Value | None:
    """The printed value on the left of a check; None when the left table does not list the row or leaves it blank."""
    value = desk.values[check.cells[0]]
    if check.lhs is None or value.number is None:
        return None
    rule = desk.rules[check.rule]
    if check.scope == "document" and parse_ref(rule.lhs).kind != desk.tables[value.cell].kind.id:
        return None
    return value


def _blanks(desk: _Desk, checks: Sequence[Check]) -> Iterator[Finding]:
    """Amounts that are blank although their parts are not: their text may have been lost between page and table."""
    by_table: dict[str, list[Check]] = {}
    for check in checks:
        if check.status == "insufficient" and check.lhs is None and check.rhs and check.scope != "document":
            by_table.setdefault(desk.tables[check.cells[0]].id, []).append(check)
    for table, blank in by_table.items():
        first = desk.values[blank[0].cells[0]]
        named = "; ".join(f"{one.id} {_shown(desk, one, one.rhs)}" for one in blank[:LISTED_CHECKS])
        rest = "; …" if len(blank) > LISTED_CHECKS else ""
        yield Finding(
            code=BY_CODE["check_failed"].code,
            severity="warning",
            message=f"{len(blank)} cells of this table are blank although their parts add up to an amount "
            f"({named}{rest}): the amount may have been lost in reading. Look at these rows on the page.",
            message_zh=f"本表有 {len(blank)} 个单元格为空，而其组成部分合计不为零（{named}{rest}）："
            "金额可能在读取时丢失，请对照原页。",
            table=table,
            page=first.location.page,
            cells=list(dict.fromkeys(cell for one in blank for cell in one.cells)),
        )


def _finding(desk: _Desk, group: Suspicion) -> Finding:
    check = group.checks[0]
    first = desk.values[check.cells[0]]
    words = [_where(desk, check), _statement(desk, check), _others(group), _cause(desk, group)]
    cells = group.suspects or tuple(dict.fromkeys(cell for one in group.checks for cell in one.cells))
    return Finding(
        code=BY_CODE[_code(group)].code,
        severity=desk.rules[check.rule].severity.value,
        message=" ".join(word.en for word in words if word.en),
        message_zh="".join(word.zh for word in words),
        table=desk.tables[first.cell].id,
        page=first.location.page,
        cells=list(cells),
    )


def _code(group: Suspicion) -> str:
    if _unit_is_wrong(group.checks[0]):
        return "unit_conflict"
    return "check_rounding_outside" if _is_small(group) else "check_failed"


def _unit_is_wrong(check: Check) -> bool:
    if check.scope != "document" or check.lhs is None or check.rhs is None:
        return False
    return off_by_unit(check.lhs, check.rhs, check.band or ZERO)


def _is_small(group: Suspicion) -> bool:
    return all(c.band and c.diff is not None and abs(c.diff) <= SMALL_BANDS * c.band for c in group.checks)


def _where(desk: _Desk, check: Check) -> _Words:
    value = desk.values[check.cells[0]]
    table = desk.tables[value.cell]
    title = table.title or table.kind.titles[0]
    page = value.location.page
    place = f"Page {page}, {title}" if page else title
    place_zh = f"第{page}页《{title}》" if page else f"《{title}》"
    if check.scope == "row":
        return _Words(f"{place}, row {row_name(value)}:", f"{place_zh}“{row_name(value)}”行：")
    if check.scope in ("column", "hierarchy"):
        return _Words(f"{place}, column {value.header}:", f"{place_zh}“{value.header}”列：")
    return _Words(f"{place}:", f"{place_zh}：")


def _statement(desk: _Desk, check: Check) -> _Words:
    values = [desk.values[cell] for cell in check.cells]
    left = _left_value(desk, check)
    terms = values if left is None else values[1:]
    rule = desk.rules[check.rule]
    unit = "元" if check.scope == "document" else UNITS.get(desk.tables[values[0].cell].factor or 0, "")
    rhs, diff, allowed = (_shown(desk, check, number) for number in (check.rhs, check.diff, check.band))
    lhs = "0" if left is None else f"{_name(desk, check, left)} {left.text.strip()}"
    sum_of = f"{_sum(desk, check, rule, terms)} = {rhs}" if terms else rhs
    relation = "is more than" if rule.relation == "le" else "is printed, but"
    relation_zh = "大于 " if rule.relation == "le" else "为列示数，而 "
    return _Words(
        f"{lhs} {relation} {sum_of} ({unit or 'unit unknown'}); difference {diff}, rounding allows {allowed}.",
        f"{lhs} {relation_zh}{sum_of}（{unit or '单位不明'}），相差 {diff}，四舍五入可容许 {allowed}。",
    )


def _sum(desk: _Desk, check: Check, rule: CheckRule, terms: Sequence[Value]) -> str:
    shown = terms if len(terms) <= LISTED_TERMS else terms[: LISTED_TERMS // 2]
    text = ""
    for value in shown:
        sign = "-" if is_subtracted(rule, value) else "+"
        text += f" {sign} {_name(desk, check, value)} {value.text.strip()}"
    rest = f" + … [{len(terms)}]" if len(shown) < len(terms) else ""
    return text.removeprefix(" + ").strip() + rest


def _name(desk: _Desk, check: Check, value: Value) -> str:
    if check.scope == "row":
        return value.header
    if check.scope != "document":
        return row_name(value)
    table = desk.tables[value.cell]
    unit = UNITS.get(table.factor or 0, "")
    return f"《{table.title or table.kind.titles[0]}》{row_name(value)}/{value.header}({unit})"


def _shown(desk: _Desk, check: Check, number: Decimal | None) -> str:
    """A number of a check in the unit that its table prints; in yuan across tables."""
    if number is None:
        return "?"
    value = desk.values[check.cells[0]]
    factor = desk.tables[value.cell].factor
    if check.scope == "document" or not factor or value_type(value) is not ValueType.MONEY:
        return f"{number:f}"
    return f"{(number / factor).normalize():f}"


def _others(group: Suspicion) -> _Words:
    others = [check.id for check in group.checks[1:]]
    if not others:
        return _Words("", "")
    named = ", ".join(others[:LISTED_CHECKS]) + (", …" if len(others) > LISTED_CHECKS else "")
    return _Words(
        f"{len(others)} more checks on these cells fail: {named}.",
        f"涉及相同单元格的另有 {len(others)} 项不符：{named}。",
    )


def _cause(desk: _Desk, group: Suspicion) -> _Words:
    check = group.checks[0]
    cells = {cell for one in group.checks for cell in one.cells}
    if len(group.checks) == 2 and _is_moved(desk, group.checks[:1], group.checks[1:]):
        return _moved_cause(desk, group)
    if _unit_is_wrong(check):
        return _Words(
            "The two sides differ by a factor of 10,000: one of the tables is not in the unit it was read in.",
            "两侧恰好相差一万倍：其中一张表的金额单位（元/万元）有误，请先核对单位。",
        )
    if group.fits is not None:
        return _suspect(desk, group, group.fits)
    if any(desk.values[cell].match_score < SURE_MATCH for cell in cells):
        return _Words(
            "A header of these columns was matched by likeness only: first look whether the column is the right one.",
            "所涉列中有表头仅为近似匹配：请先核对列是否对应正确。",
        )
    if _is_small(group):
        return _Words(
            "So small a difference is usually the publisher's own rounding or a corrected last digit.",
            "差额很小，多为填报单位分项取整或末位调整所致。",
        )
    return _cause_unknown(check)


def _cause_unknown(check: Check) -> _Words:
    if check.scope == "hierarchy" and check.diff is not None and check.diff > 0:
        return _Words(
            "The parts are less than the whole: a row may be undisclosed, or lost. Compare the rows with the page.",
            "各项之和小于上级数：可能有未公开的科目，也可能漏读了行，请对照原页核对。",
        )
    return _Words(
        "No single cell explains it: an error of the publisher, or a row or column read in the wrong place. "
        "Compare these cells with the page.",
        "无法归因于单个单元格：可能是原文填报错误，也可能是行列识别错位，请对照原页核对。",
    )


def _moved_cause(desk: _Desk, group: Suspicion) -> _Words:
    names = [_name(desk, check, desk.values[check.cells[0]]) for check in group.checks]
    return _Words(
        f"The same amount stands as {names[0]} here and as {names[1]} there: one of the two lines bears a wrong name. "
        "Compare both with the page.",
        f"同一金额在一处列为{names[0]}，在另一处列为{names[1]}：其中一处科目名称有误，请对照原页核对。",
    )


def _suspect(desk: _Desk, group: Suspicion, fits: Decimal) -> _Words:
    value = desk.values[group.suspects[0]]
    wanted = _shown(desk, group.checks[0], fits)
    name = f"{row_name(value)} / {value.header}"
    return _Words(
        f"The only cell in every failing and in no passing sum is {name}, printed {value.text.strip()}; "
        f"{wanted} would fit. The publisher's slip or a misread digit: compare it with the page.",
        f"唯一出现在全部不符项、且未被其他勾稽验证的单元格是“{name}”，列示 {value.text.strip()}，若为 {wanted} 则相符；"
        "可能是原文笔误或识别错误，请对照原页。",
    )
