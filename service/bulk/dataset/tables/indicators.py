"""Indicators of performance forms: one row each, targets and actual values as printed and as read."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.result import Indicator, IndicatorValue, Result
from service.bulk.dataset.tables.forms import project_name
from service.export.about import ABOUT, DOCUMENT, about
from service.export.columns import Cell, Column, TableShape, count, number, text
from service.export.exact import exact_number
from service.export.tidy import pairs_text


def _measured(name: str, meaning: str, meaning_zh: str) -> tuple[Column, ...]:
    return (
        text(f"{name}_text", f"{meaning} as printed", f"{meaning_zh}原文"),
        text(f"{name}_op", f"comparison of the {meaning}: =, >=, <= …", f"{meaning_zh}的比较符"),
        number(f"{name}_number", f"number of the {meaning}", f"{meaning_zh}的数值"),
        text(f"{name}_unit", f"unit of the {meaning}", f"{meaning_zh}的单位"),
    )


INDICATORS = TableShape(
    "indicators",
    "one indicator of a performance form",
    "绩效表单中的一条指标",
    ("document", "form", "indicator"),
    (
        DOCUMENT,
        text("form", "id of the form: that of its first table", "表单编号（首个表格的编号）"),
        count("indicator", "number within the form, from 1", "在表单中的序号，从 1 起"),
        text("kind", "kind of form", "表种"),
        count("fiscal_year", "fiscal year of the form", "表单的财政年度", "date:fiscal-year"),
        text("project_name", "project the form is about", "项目名称", "activity:generic:project:label"),
        count("goal", "goal it belongs to", "所属目标序号"),
        text("level1", "first level as printed (产出指标)", "一级指标"),
        text("level2", "second level (数量指标)", "二级指标"),
        text("level3", "third level: the indicator", "三级指标"),
        text("level4", "fourth level", "四级指标"),
        text("level1_weight", "weight of the first level as printed", "一级指标分值"),
        *_measured("target", "target", "年度指标值"),
        *_measured("period_target", "target of the whole period", "实施期指标值"),
        *_measured("actual", "actual value", "实际完成值"),
        text("completion_rate", "rate of completion as printed", "完成率"),
        text("weight", "weight as printed", "分值原文"),
        text("score", "score as printed", "得分原文"),
        number("weight_number", "weight", "分值"),
        number("score_number", "score", "得分"),
        text("deviation", "reasons of deviation and improvements", "偏差原因及改进措施"),
        text("description", "explanation", "指标说明"),
        text("activity", "activity it belongs to", "所属活动"),
        text("is_core", "whether it is a core indicator, as printed", "是否核心指标"),
        text("status", "printed, or unused (a row left empty)", "已填或未用"),
        count("from_span", "1: a level was printed once for several rows", "1 表示级次由合并单元格下延"),
        text("others", "what further columns print, as JSON", "其他列内容（JSON）"),
        count("page", "page, from 1", "页码，从 1 起"),
        text("cells", "ids of its cells, joined by ;", "单元格编号"),
        *ABOUT,
    ),
)


def indicator_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """A row for each indicator of a result's forms."""
    of_document = about(result)
    for form in result.forms:
        head = (form.kind, form.fiscal_year, project_name(form))
        for index, one in enumerate(form.indicators, 1):
            yield (result.document.sha256, form.table, index, *head, *_levels(one), *_said(one), *of_document)


def _levels(one: Indicator) -> tuple[Cell, ...]:
    return (one.goal, one.level1, one.level2, one.level3, one.level4, one.level1_weight)


def _said(one: Indicator) -> tuple[Cell, ...]:
    return (
        *_value(one.target),
        *_value(one.period_target),
        *_value(one.actual),
        one.completion_rate,
        one.weight,
        one.score,
        exact_number(one.weight),
        exact_number(one.score),
        one.deviation,
        one.description,
        one.activity,
        one.is_core,
        one.status,
        int(one.from_span),
        pairs_text(one.others),
        one.page,
        ";".join(one.cells),
    )


def _value(value: IndicatorValue | None) -> tuple[Cell, ...]:
    if value is None:
        return (None, None, None, None)
    return (value.text, value.op, exact_number(value.number), value.unit)
