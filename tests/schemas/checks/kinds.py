"""Small kinds with the identities of the real ones, so that a label added to the catalogue moves no test of a check."""

from __future__ import annotations

from schemas.kind import CheckRule, Column, Kind, LineItem, RowRole, Severity, Shape, ValueType


def _columns(**labels: str) -> tuple[Column, ...]:
    named = ((field.replace("__", "."), label) for field, label in labels.items())
    return tuple(Column(field, (label,), ValueType.MONEY) for field, label in named)


def _items(side: str | None, **labels: str) -> tuple[LineItem, ...]:
    return tuple(
        LineItem(
            f"{side}.{name[1:] if name[1:].isdigit() else name}" if side else name,
            (label,),
            side,
            RowRole.TOTAL if name.endswith("total") else RowRole.ITEM,
            name[1:] if name[1:].isdigit() else None,
        )
        for name, label in labels.items()
    )


def _column_rule(rule: str, lhs: str, *terms: str, note: str = "") -> CheckRule:
    return CheckRule(rule, "column", "eq", lhs, terms, note=note)


def _hier(rule: str, code: str = "function_code", levels: tuple[int, ...] = (3, 5, 7)) -> CheckRule:
    root = "@total" if code == "function_code" else None
    return CheckRule(rule, "hierarchy", "eq", "", (), code_column=code, levels=levels, root=root)


def _line_rule(rule: str, lhs: str, *terms: str) -> CheckRule:
    return CheckRule(rule, "line", "eq", lhs, terms)


def _cross(rule: str, lhs: str, *terms: str) -> CheckRule:
    return CheckRule(rule, "cross", "eq", lhs, terms)


SUMMARY = Kind(
    "fa_income_expenditure_summary",
    "final_accounts",
    ("收入支出决算总表",),
    Shape.TWO_SIDED,
    columns=_columns(income_amount="决算数", expenditure_amount="决算数"),
    line_items=(
        *_items("income", general_public_budget="一般公共预算财政拨款收入", fiscal_account="财政专户管理资金收入"),
        *_items(
            "income", other="其他收入", total_current="本年收入合计", opening_balance="年初结转和结余", total="总计"
        ),
        *_items("expenditure", c205="教育支出", c208="社会保障和就业支出", c210="卫生健康支出"),
        *_items("expenditure", total_current="本年支出合计", closing_balance="年末结转和结余", total="总计"),
    ),
    checks=(
        _line_rule("T1.income", "income.total_current", "income.general_public_budget", "income.other"),
        _line_rule("T1.income_total", "income.total", "income.total_current", "income.opening_balance"),
        _line_rule("T1.expenditure", "expenditure.total_current", "expenditure.@class:*"),
        _line_rule(
            "T1.expenditure_total", "expenditure.total", "expenditure.total_current", "expenditure.closing_balance"
        ),
        CheckRule(
            "T1.balance",
            "table",
            "eq",
            "[income.total].income_amount",
            ("[expenditure.total].expenditure_amount",),
        ),
        _cross(
            "X.T1T3",
            "fa_income_expenditure_summary[expenditure.total_current].expenditure_amount",
            "fa_expenditure[@total].total",
        ),
        _cross(
            "X.T1T2class",
            "fa_income_expenditure_summary[expenditure.@class:*].expenditure_amount",
            "fa_expenditure[@code:*].total",
        ),
    ),
)

EXPENDITURE = Kind(
    "fa_expenditure",
    "final_accounts",
    ("支出决算表",),
    Shape.CODED_ROWS,
    columns=_columns(total="合计", basic="基本支出", project="项目支出", operating="经营支出"),
    checks=(
        _column_rule("T3.row", "total", "basic", "project", "operating", note="1栏各行=(2+3+4+5+6)栏各行"),
        _hier("T3.hier"),
    ),
)

GENERAL = Kind(
    "fa_general_budget_expenditure",
    "final_accounts",
    ("一般公共预算财政拨款支出决算表",),
    Shape.CODED_ROWS,
    columns=_columns(total="小计", basic="基本支出", project="项目支出"),
    checks=(_column_rule("T5.row", "total", "basic", "project"), _hier("T5.hier")),
)

BASIC = Kind(
    "fa_general_budget_basic_expenditure",
    "final_accounts",
    ("一般公共预算财政拨款基本支出决算表",),
    Shape.MULTI_PANEL,
    columns=_columns(amount="决算数"),
    line_items=_items(None, personnel_total="人员经费合计", public_total="公用经费合计"),
    checks=(
        _hier("T6.class", "economic_code", (3, 5)),
        CheckRule(
            "T6.personnel", "table", "eq", "[personnel_total].amount", ("[@code:301].amount", "[@code:303].amount")
        ),
        CheckRule(
            "T6.public",
            "table",
            "eq",
            "[public_total].amount",
            ("[@code:302].amount", "[@code:307].amount", "[@code:310].amount"),
        ),
        CheckRule(
            "X.T6T9reception",
            "cross",
            "le",
            "fa_general_budget_basic_expenditure[@code:30217].amount",
            ("fa_three_public[@row].final.reception",),
            Severity.WARNING,
        ),
    ),
)

FUND = Kind(
    "fa_government_fund",
    "final_accounts",
    ("政府性基金预算财政拨款收入支出决算表",),
    Shape.CODED_ROWS,
    columns=_columns(
        opening_balance="年初结转和结余", income="本年收入", total="小计", closing_balance="年末结转和结余"
    ),
    checks=(_column_rule("T7.flow", "closing_balance", "opening_balance", "income", "-total"), _hier("T7.hier")),
)

THREE_PUBLIC = Kind(
    "fa_three_public",
    "final_accounts",
    ("财政拨款“三公”经费支出决算表",),
    Shape.SINGLE_ROW,
    columns=_columns(
        final__total="合计",
        final__overseas="因公出国（境）费",
        final__vehicle_total="公务用车购置及运行维护费",
        final__vehicle_purchase="公务用车购置费",
        final__vehicle_operation="公务用车运行维护费",
        final__reception="公务接待费",
        final__meeting="会议费",
    ),
    checks=(
        _column_rule("T9.final", "final.total", "final.overseas", "final.vehicle_total", "final.reception"),
        _column_rule("T9.vehicle", "final.vehicle_total", "final.vehicle_purchase", "final.vehicle_operation"),
    ),
)

DETAIL = Kind(
    "fa_expenditure_detail_by_economic",
    "final_accounts_ext",
    ("支出决算明细表",),
    Shape.MATRIX,
    columns=tuple(
        Column(name, (label,), ValueType.MONEY)
        for name, label in (
            ("total", "合计"),
            ("economic.301", "工资福利支出"),
            ("economic.30101", "基本工资"),
            ("economic.30102", "津贴补贴"),
            ("economic.302", "商品和服务支出"),
        )
    ),
    checks=(
        _column_rule("D.row", "total", "economic.301", "economic.302"),
        _column_rule("D.group.301", "economic.301", "economic.301@item:*"),
        _column_rule("D.group.302", "economic.302", "economic.302@item:*"),
    ),
)

LIST = Kind(
    "a_list",
    "budget",
    ("购买服务表",),
    Shape.LIST,
    columns=_columns(amount="金额"),
    checks=(CheckRule("L.list", "list", "eq", "amount", ("amount",), note="合计 = 各行之和"),),
)

RATES = Kind(
    "a_list_of_rates",
    "budget",
    ("执行情况表",),
    Shape.LIST,
    columns=(*_columns(budget="预算数", executed="执行数"), Column("rate", ("执行率",), ValueType.PERCENT)),
)

KINDS = {kind.id: kind for kind in (SUMMARY, EXPENDITURE, GENERAL, BASIC, FUND, THREE_PUBLIC, DETAIL, LIST, RATES)}
