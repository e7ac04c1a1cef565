"""The table of observations: its columns, and its rows with their amounts as exact numbers."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.result import Result
from service.export.about import ABOUT, DOCUMENT, GRADE, PLACE
from service.export.columns import Cell, TableShape, count, number, text, yuan
from service.export.exact import exact_number, exact_yuan
from service.export.tidy import tidy_rows

OBSERVATIONS = TableShape(
    "observations",
    "one value cell of a recognised table, or one amount that only the prose says",
    "一个已识别表格的数值单元格，或仅见于文字说明的一个金额",
    ("observation_id",),
    (
        DOCUMENT,
        text("filename", "name under which the file was read", "读取时的文件名"),
        count("observation", "number within the document, from 1", "在文件中的序号，从 1 起"),
        text("table", "id of the table in the document", "表格编号"),
        text("table_title", "title as printed", "表题原文"),
        text("kind", "kind of table, see the codebook", "表种，见编码手册"),
        text("field", "canonical column of the kind, see the codebook", "规范字段，见编码手册"),
        text("header", "header as printed, levels joined by /", "表头原文，各级以 / 相连"),
        text("row_code", "code of the row: functional or economic class", "科目编码"),
        text("row_code_list", "list of the code: function, economic", "编码所属目录"),
        text("row_label", "name of the row without its ordinal", "行名称（去序号）"),
        text("row_raw_label", "name of the row as printed", "行名称原文"),
        count("row_line_no", "row number as printed (行次)", "行次"),
        text("row_item", "canonical line item, where rows are named", "规范行项目"),
        text("row_side", "side of a two-sided table", "左右两侧：收入或支出"),
        text("row_role", "item, subtotal or total: never add totals to items", "明细、小计或合计：合计不可与明细相加"),
        count("row_level", "depth of the row, 1 is the class (类)", "层级，1 为类"),
        text("unit_code", "code of the budget unit of the row", "预算单位代码"),
        text("unit_name", "name of the budget unit of the row", "预算单位名称"),
        count("from_span", "1: a key was carried down from a merged cell", "1 表示行名由合并单元格下延"),
        text("text", "cell as printed", "单元格原文"),
        text("value_status", "printed, printed_zero, declared_zero, blank …", "数值状态：已列、列零、声明为零、空白等"),
        text(
            "value", "exact value in base units (yuan), or the text of a text column", "基本单位（元）的精确值，或文本"
        ),
        text("unit", "CNY, percent, count, score", "单位"),
        text("alt_value", "second value of the same cell, exact", "同格第二个数值"),
        count("fiscal_year", "fiscal year of the value, null when not printed", "数值所属财政年度", "date:fiscal-year"),
        text(
            "phase", "initial_budget, adjusted_budget, final, received", "阶段：年初预算、调整预算、决算等", "phase:id"
        ),
        text("measure", "income, expenditure, balance …", "收入、支出、结余等", "direction"),
        text("fund", "fund type", "资金性质", "fin-source:generic:level1:code"),
        text("expenditure_type", "basic, project …", "支出类型：基本、项目等", "expenditure-type:code"),
        GRADE,
        text("checks", "ids of the checks it is part of, joined by ;", "所属勾稽关系编号"),
        text("source", "table or narrative", "来源：表格或文字说明"),
        *PLACE,
        text("cell", "id of the cell in the document", "单元格编号"),
        text("observation_id", "stable id: gongkai show takes it", "稳定编号，可用于 gongkai show", "budget-line-id"),
        text("match_method", "how the header was matched to the field", "表头匹配方式"),
        text("match_score", "score of the match, 0 to 1", "匹配得分"),
        *ABOUT,
        text("row_others", "further keys of the row, as JSON: a second class, a project code", "行的其他键（JSON）"),
        number("value_decimal", "value as a number; null for text or more than ten decimals", "数值（至多十位小数）"),
        number("alt_value_decimal", "alt_value as a number", "第二个数值"),
        yuan(
            "yuan",
            "money in yuan; null where finer than a fen: value has it",
            "金额（元）；不足一分时为空，见 value",
            "value",
        ),
    ),
)


def observation_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """The rows of one result, in the order of the columns."""
    for row in tidy_rows(result):
        numbers = exact_number(row.value), exact_number(row.alt_value), exact_yuan(row.value, row.unit)
        yield (*row, *numbers)
