"""What failing checks tell their reader, as a good colleague would note it: where, both sides, and the likely cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.checks.causes import cause_of, is_small, unit_is_wrong
from schemas.checks.desk import UNITS, Desk, Words, name_of, shown
from schemas.checks.explain import is_left, is_subtracted
from schemas.checks.refs import parse_ref
from schemas.checks.rounding import ZERO
from schemas.checks.suspects import Suspicion
from schemas.checks.weigh import row_name
from schemas.findings import BY_CODE
from schemas.kind import CheckRule
from schemas.records import TableReading, Value
from schemas.result import Check, Finding

LISTED_TERMS = 6  # more terms than this are counted, not listed
LISTED_CHECKS = 4


def check_findings(
    checks: Sequence[Check], tables: Sequence[TableReading], groups: Sequence[Suspicion]
) -> list[Finding]:
    """One finding for each group of failing checks that share cells, one for each failing rule that only warns, and one
    for each table whose blank cells have parts that add up to something.
    """
    if not any(check.status in ("fail", "insufficient") for check in checks):
        return []
    desk = Desk.of(tables)
    told_of = {check.id for group in groups for check in group.checks}
    warned = [Suspicion((check,)) for check in checks if check.status == "fail" and check.id not in told_of]
    told = (*_moved(desk, _by_parent(desk, groups)), *warned)
    return [*(_finding(desk, group) for group in told), *_blanks(desk, checks)]


def _by_parent(desk: Desk, groups: Sequence[Suspicion]) -> list[Suspicion]:
    """Failures of one parent row in several columns as one: where a row is missing, it is missing in all of them."""
    merged: dict[tuple[str, int] | int, Suspicion] = {}
    for place, group in enumerate(groups):
        first = group.checks[0]
        value = desk.values[first.cells[0]]
        plain = not group.fits and first.scope == "hierarchy"
        key = (desk.tables[value.cell].id, value.grid_row) if plain else place
        before = merged.get(key)
        merged[key] = Suspicion((*before.checks, *group.checks)) if before else group
    return list(merged.values())


def _moved(desk: Desk, groups: Sequence[Suspicion]) -> list[Suspicion]:
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
            told.append(Suspicion((*group.checks, *groups[partners[place][0]].checks)))
    return told


def _is_moved(desk: Desk, one: Sequence[Check], other: Sequence[Check]) -> bool:
    """Whether two failures are of one rule across tables, each with nothing on one side, and cancel out."""
    if len(one) != 1 or len(other) != 1 or one[0].rule != other[0].rule or one[0].scope != "document":
        return False
    sides = [_left_value(desk, check) is None for check in (one[0], other[0])]
    tables = [{desk.tables[cell].id for cell in check.cells} for check in (one[0], other[0])]
    alone = all(len(found) == 1 for found in tables) and tables[0] != tables[1]
    cancel = (one[0].diff or ZERO) + (other[0].diff or ZERO)
    return sides[0] != sides[1] and alone and abs(cancel) <= (one[0].band or ZERO) + (other[0].band or ZERO)


def _is_pair(desk: Desk, group: Suspicion) -> bool:
    """Whether a group is one amount under two names."""
    return len(group.checks) == 2 and _is_moved(desk, group.checks[:1], group.checks[1:])


def _left_value(desk: Desk, check: Check) -> Value | None:
    """The printed value on the left of a check; None when the left table does not list the row or leaves it blank."""
    value = desk.values[check.cells[0]]
    rule = desk.rules[check.rule]
    if value.number is None or not is_left(check, value.cell, rule):
        return None
    if check.scope == "document" and parse_ref(rule.lhs).kind != desk.tables[value.cell].kind.id:
        return None
    return value


def _blanks(desk: Desk, checks: Sequence[Check]) -> Iterator[Finding]:
    """Amounts that are blank although their parts are not: their text may have been lost between page and table."""
    by_table: dict[str, list[Check]] = {}
    for check in checks:
        if check.status == "insufficient" and check.lhs is None and check.rhs and check.scope != "document":
            by_table.setdefault(desk.tables[check.cells[0]].id, []).append(check)
    for table, blank in by_table.items():
        first = desk.values[blank[0].cells[0]]
        named = "; ".join(f"{one.id} {shown(desk, one, one.rhs)}" for one in blank[:LISTED_CHECKS])
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
            cells=list(dict.fromkeys(cell for one in blank for cell in one.blanks[:1])),
        )


def _finding(desk: Desk, group: Suspicion) -> Finding:
    check = group.checks[0]
    first = desk.values[check.cells[0]]
    words = [
        _where(desk, check),
        _statement(desk, check),
        _others(group),
        cause_of(desk, group, is_moved=_is_pair(desk, group)),
    ]
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
    if unit_is_wrong(group.checks[0]):
        return "unit_conflict"
    return "check_rounding_outside" if is_small(group) else "check_failed"


def _where(desk: Desk, check: Check) -> Words:
    value = desk.values[check.cells[0]]
    table = desk.tables[value.cell]
    title = table.name
    page = value.location.page
    place = f"Page {page}, {title}" if page else title
    place_zh = f"第{page}页《{title}》" if page else f"《{title}》"
    if check.scope == "row":
        return Words(f"{place}, row {row_name(value)}:", f"{place_zh}“{row_name(value)}”行：")
    if check.scope in ("column", "hierarchy"):
        return Words(f"{place}, column {value.header}:", f"{place_zh}“{value.header}”列：")
    return Words(f"{place}:", f"{place_zh}：")


def _statement(desk: Desk, check: Check) -> Words:
    values = [desk.values[cell] for cell in check.cells]
    left = _left_value(desk, check)
    terms = values if left is None else values[1:]
    rule = desk.rules[check.rule]
    unit = "元" if check.scope == "document" else UNITS.get(desk.tables[values[0].cell].factor or 0, "")
    rhs, diff, allowed = (shown(desk, check, number) for number in (check.rhs, check.diff, check.band))
    nothing = rule.lhs if rule.lhs.isdigit() else "0"
    lhs = nothing if left is None else f"{name_of(desk, check, left)} {left.text.strip()}"
    sum_of = f"{_sum(desk, check, rule, terms)} = {rhs}"
    relation = "is more than" if rule.relation == "le" else "is printed, but"
    relation_zh = "大于 " if rule.relation == "le" else "为列示数，而 "
    return Words(
        f"{lhs} {relation} {sum_of if terms else 'the other table has nothing for it'} ({unit or 'unit unknown'}); "
        f"difference {diff}, rounding allows {allowed}.",
        f"{lhs} {relation_zh}{sum_of if terms else '另一表未列示'}（{unit or '单位不明'}），相差 {diff}，"
        f"四舍五入可容许 {allowed}。",
    )


def _sum(desk: Desk, check: Check, rule: CheckRule, terms: Sequence[Value]) -> str:
    shown = terms if len(terms) <= LISTED_TERMS else terms[: LISTED_TERMS // 2]
    text = ""
    for value in shown:
        sign = "-" if is_subtracted(rule, value) else "+"
        text += f" {sign} {name_of(desk, check, value)} {value.text.strip()}"
    rest = f" + … [{len(terms)}]" if len(shown) < len(terms) else ""
    return text.removeprefix(" + ").strip() + rest


def _others(group: Suspicion) -> Words:
    others = [check.id for check in group.checks[1:]]
    if not others:
        return Words("", "")
    named = ", ".join(others[:LISTED_CHECKS]) + (", …" if len(others) > LISTED_CHECKS else "")
    fail = "check on these cells fails" if len(others) == 1 else "checks on these cells fail"
    return Words(
        f"{len(others)} more {fail}: {named}.",
        f"涉及相同单元格的另有 {len(others)} 项不符：{named}。",
    )
