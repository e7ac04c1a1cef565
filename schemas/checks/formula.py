"""Rules as people read them: a formula made from the labels of their parts."""

from __future__ import annotations

import re

from schemas.checks.general import general_rules
from schemas.checks.refs import EACH_ITEM, parse_ref
from schemas.kind import FORM_AXES, Catalogue, CheckRule, Kind, Shape

PRINTED = re.compile(r"\d+[行栏]\S*=\S+")
RELATIONS = {"eq": "=", "le": "≤"}
_HEAD_OF_RULES = ("| id | version | axis | severity | formula |", "|---|---|---|---|---|")
LEVELS = ("类", "款", "项")
ROWS = {"@total": "合计", "@row": "", "@row:*": "各行", "@code:*": "各科目", "expenditure.@class:*": "各类"}


def formula(kind: Kind, rule: CheckRule) -> str:
    """The formula of a rule, in Chinese, as short as it can be understood; rules of forms say theirs in their note."""
    if kind.shape is Shape.FORM:
        return rule.note
    if rule.axis == "hierarchy":
        above = ("合计", *LEVELS) if rule.root else LEVELS
        below = above[1 : len(rule.levels) + (rule.root is not None)]
        return "; ".join(f"{parent}=Σ{child}" for parent, child in zip(above, below, strict=False))
    if rule.axis == "list":
        return "合计=Σ各行"
    parts = [_part(kind, rule, term) for term in rule.terms]
    if rule.axis == "nested":
        return f"{_part(kind, rule, rule.lhs)}=Σ{parts[0]}"
    right = "".join(part if part.startswith("-") else f"+{part}" for part in parts).removeprefix("+")
    return f"{_part(kind, rule, rule.lhs)}{RELATIONS[rule.relation]}{right}"


def _part(kind: Kind, rule: CheckRule, term: str) -> str:
    sign = "-" if term.startswith("-") else ""
    name = term.removeprefix("-")
    if rule.axis == "cross":
        ref = parse_ref(name)
        return f"{sign}{ref.kind}[{ref.row}].{ref.column}"
    if rule.axis == "table":
        ref = parse_ref(name)
        return sign + (_row_label(kind, ref.row) or _column_label(kind, ref.column))
    return sign + (_column_label(kind, name) if rule.axis in ("column", "nested") else _row_label(kind, name))


def _column_label(kind: Kind, column_id: str) -> str:
    if column_id.endswith(EACH_ITEM):
        return f"{_column_label(kind, column_id.removesuffix(EACH_ITEM))}各款"
    label = next((column.labels[0] for column in kind.columns if column.id == column_id), column_id)
    return label.replace("/", "·")  # 本年支出·小计: in a formula a slash divides


def _row_label(kind: Kind, row: str) -> str:
    if row.startswith("@code:") and row != "@code:*":
        return row.removeprefix("@code:")
    return ROWS.get(row) or next((line.labels[0] for line in kind.line_items if line.id == row), row)


def as_markdown(catalogue: Catalogue) -> str:
    """``docs/checks/rules.md``: every rule of the catalogue, kind by kind."""
    head = [
        "# Every rule",
        "",
        "Generated from the catalogue by `python -m schemas.checks > docs/checks/rules.md`; a test fails when it is",
        "out of date. The page of its axis says how a rule is held against a table.",
    ]
    sections = [line for kind in catalogue.kinds if kind.checks for line in _section(kind)]
    return "\n".join(head + sections + _general_section()) + "\n"


def _general_section() -> list[str]:
    head = ["", "## Of no kind", "", "A star stands for what the document fills in.", "", *_HEAD_OF_RULES]
    return head + [
        f"| `{rule.id}` | {rule.version} | [{rule.page}]({rule.page}.md) | {rule.severity.value} | {rule.formula} |"
        for rule in general_rules()
    ]


def page_of(rule: CheckRule) -> str:
    """The page of ``docs/checks`` that tells how the rule is held."""
    return "form" if rule.axis in FORM_AXES else rule.axis


def _row(kind: Kind, rule: CheckRule) -> str:
    page = f"[{rule.axis}]({page_of(rule)}.md)"
    printed = PRINTED.search(rule.note)
    official = f" ({rule.note[printed.start() :]})" if printed else ""
    return f"| `{rule.id}` | {rule.version} | {page} | {rule.severity.value} | {formula(kind, rule)}{official} |"


def _section(kind: Kind) -> list[str]:
    rows = [_row(kind, rule) for rule in kind.checks]
    return [
        "",
        f"## {kind.titles[0]} (`{kind.id}`)",
        "",
        *_HEAD_OF_RULES,
        *rows,
    ]
