"""Forms: every labelled value of a printed form in one row, whatever part of the form it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.result import Form, FormField, FormFund, Result
from service.export.about import ABOUT, DOCUMENT, GRADE, PLACE, about
from service.export.columns import Cell, TableShape, count, number, text, yuan
from service.export.exact import exact_number, exact_yuan
from service.export.tidy import box_text, locator_text

FORMS = TableShape(
    "forms",
    "one labelled value of a printed form: a field of its head, an amount, a goal, a task, its total score",
    "绩效表单中的一个带标签的值：表头字段、资金、目标、任务或总分",
    ("document", "form", "item"),
    (
        DOCUMENT,
        text("form", "id of the form: that of its first table", "表单编号（首个表格的编号）"),
        count("item", "number within the form, from 1", "在表单中的序号，从 1 起"),
        text("kind", "kind of form, see the codebook", "表种，见编码手册"),
        text("title", "title as printed", "表题原文"),
        count("fiscal_year", "fiscal year of the form", "表单的财政年度", "date:fiscal-year"),
        text("project_name", "project the form is about", "项目名称", "activity:generic:project:label"),
        text("part", "header, fund, goal, task or total_score", "所在部分：表头、资金、目标、任务、总分"),
        count("part_number", "which goal or task, from 1", "第几个目标或任务"),
        text("name", "canonical name of the field, or of the fund's column", "规范字段名"),
        text("fund_row", "canonical row of the fund block", "资金块的规范行"),
        text("label", "label as printed", "标签原文"),
        text("text", "as printed", "原文"),
        text("value", "exact value in base units (yuan), or text", "基本单位（元）的精确值，或文本"),
        text("value_status", "printed, blank …; of amounts", "数值状态"),
        text("unit", "CNY, percent, score; of amounts", "单位"),
        GRADE,
        count("withheld", "1: a name or telephone number that was not asked for", "1 表示姓名或电话已隐去"),
        *PLACE,
        text("cell", "id of the cell in the document", "单元格编号"),
        *ABOUT,
        number("value_decimal", "value as a number", "数值"),
        yuan(
            "yuan",
            "money in yuan; null where finer than a fen: value has it",
            "金额（元）；不足一分时为空，见 value",
            "value",
        ),
    ),
)

_Item = tuple[tuple[Cell, ...], str | None, str | None]  # part to cell; value and unit once more, for the numbers


def project_name(form: Form) -> str | None:
    """The project that a form names."""
    named = form.header.get("project_name")
    return named.value if named else None


def form_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """A row for each labelled value of a result's forms."""
    of_document = about(result)
    for form in result.forms:
        head = (form.kind, form.title, form.fiscal_year, project_name(form))
        for item, (columns, value, unit) in enumerate(_items(form), 1):
            numbers = exact_number(value), exact_yuan(value, unit)
            yield (result.document.sha256, form.table, item, *head, *columns, *of_document, *numbers)


def _items(form: Form) -> Iterator[_Item]:
    for name, field in form.header.items():
        yield _field("header", None, name, field)
    for fund in form.funds:
        yield _amount("fund", None, fund)
    for name, field in form.goals.items():
        yield _field("goal", None, name, field)
    for goal in form.goal_list:
        for name, one in (("expected", goal.expected), ("actual", goal.actual)):
            if one is not None:
                yield _field("goal", goal.index, name, one)
    yield from _tasks(form)
    if form.total_score is not None:
        yield _field("total_score", None, "total_score", form.total_score)


def _tasks(form: Form) -> Iterator[_Item]:
    for index, task in enumerate(form.tasks, 1):
        said = {"name": task.name, "content": task.content, "expected": task.expected, "actual": task.actual}
        for name, words in said.items():
            if words is not None:
                yield _field("task", index, name, FormField(text=words, value=words, page=task.page))
        for amount in task.amounts:
            yield _amount("task", index, amount)


def _field(part: str, index: int | None, name: str, field: FormField) -> _Item:
    unit = "score" if part == "total_score" else None
    said = (field.label, field.text, field.value, None, unit, None, int(field.withheld))
    place = (field.page, box_text(field.bbox), locator_text(field.locator), field.cell)
    return (part, index, name, None, *said, *place), field.value, unit


def _amount(part: str, index: int | None, fund: FormFund) -> _Item:
    said = (fund.label, fund.text, fund.value, fund.value_status, fund.unit, fund.grade, 0)
    place = (fund.page, box_text(fund.bbox), locator_text(fund.locator), fund.cell)
    return (part, index, fund.field, fund.row, *said, *place), fund.value, fund.unit
