"""The words of columns that hold one of a few: what each means, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.export.grades import LOOKS

Meanings = Mapping[str, tuple[str, str]]  # word -> English, Chinese

WORDS: Mapping[str, Meanings] = MappingProxyType(
    {
        "grade": {grade: (look.meaning, look.meaning_zh) for grade, look in LOOKS.items()},
        "value_status": {
            "printed": ("a value is printed", "已列"),
            "printed_zero": ("a zero is printed", "列零"),
            "declared_zero": ("a sentence says that there is nothing", "文字声明为零"),
            "blank": ("the cell is empty", "空白"),
            "not_applicable": ("the cell says that nothing belongs there", "不适用"),
            "placeholder": ("a dash or the like", "占位符"),
            "unreadable": ("something is printed and cannot be read as a value", "无法识别"),
        },
        "unit": {
            "CNY": ("yuan", "元"),
            "percent": ("per cent, 58.31 for 58.31 %", "百分数"),
            "count": ("a count", "个数"),
            "score": ("a score", "得分"),
            "number": ("a plain number", "数"),
            "text": ("a text", "文本"),
        },
        "phase": {
            "initial_budget": ("budget as approved at the beginning of the year", "年初预算"),
            "adjusted_budget": ("budget of the whole year, after adjustments", "调整预算、全年预算"),
            "received": ("money that arrived", "到位"),
            "final": ("final account: what was done", "决算"),
        },
        "measure": {
            "income": ("income", "收入"),
            "expenditure": ("expenditure", "支出"),
            "balance": ("balance", "结余"),
            "change": ("change from another year", "增减"),
            "count": ("count of things or persons", "数量"),
            "rate": ("rate", "比率"),
            "score": ("score", "得分"),
        },
        "fund": {
            "all": ("all funds", "全部资金"),
            "fiscal_appropriation": ("all fiscal appropriations", "财政拨款"),
            "general_public_budget": ("general public budget", "一般公共预算"),
            "government_fund": ("budget of government-managed funds", "政府性基金预算"),
            "state_capital": ("budget of state capital operations", "国有资本经营预算"),
            "fiscal_account": ("money in special fiscal accounts", "财政专户管理资金"),
            "superior_subsidy": ("subsidies of superior units", "上级补助"),
            "business": ("business income of public institutions", "事业收入"),
            "operating": ("operating income", "经营收入"),
            "affiliated_remittance": ("remittances of affiliated units", "附属单位上缴"),
            "unit_funds": ("the unit's own funds", "单位资金"),
            "other": ("other", "其他"),
        },
        "expenditure_type": {
            "all": ("all expenditure", "全部支出"),
            "basic": ("basic expenditure", "基本支出"),
            "basic_personnel": ("basic expenditure: personnel", "基本支出：人员经费"),
            "basic_public": ("basic expenditure: running costs", "基本支出：公用经费"),
            "project": ("project expenditure", "项目支出"),
            "to_superior": ("payments to superior units", "上缴上级支出"),
            "operating": ("operating expenditure", "经营支出"),
            "to_affiliated": ("subsidies to affiliated units", "对附属单位补助支出"),
        },
        "row_role": {
            "item": ("an item", "明细"),
            "subtotal": ("a sum of some items", "小计"),
            "total": ("the sum of the table", "合计"),
            "header": ("a header", "表头"),
            "column_numbers": ("numbers of the columns", "栏次"),
            "section": ("the heading of a section", "分段标题"),
            "note": ("a note", "注"),
            "blank": ("nothing is printed", "空行"),
        },
        "record_level": {
            "department": ("a department, its units added in", "部门汇总"),
            "unit": ("one unit's own", "单位本级"),
        },
        "source": {"table": ("a table", "表格"), "narrative": ("the prose alone", "文字说明")},
        "state": {
            "ok": ("read", "成功"),
            "partial": ("read, and pages could not be", "部分页未能读取"),
            "failed": ("not read", "失败"),
        },
        "severity": {
            "error": ("a value is missing or wrong", "错误"),
            "warning": ("a value may be wrong", "警告"),
            "info": ("to be known", "提示"),
        },
    }
)
