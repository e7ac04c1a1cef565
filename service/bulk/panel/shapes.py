"""The tables of a panel: its columns, long and wide, and those of its coverage."""

from __future__ import annotations

from collections.abc import Sequence

from service.export.columns import TableShape, count, number, text

ENTITY = (
    text("region_code", "GB/T 2260 code of the region in that year", "当年行政区划代码", "geo:source:code"),
    text("region_name", "name of the region in that year", "当年行政区划名称", "geo:source:label"),
    text("agency", "agency as printed most often", "单位名称", "administrative-classification:generic:level2:label"),
    text("record_level", "department (consolidated), unit (its own), or null: not said", "部门（汇总）或单位（本级）"),
)
ITEM = (
    text("item", "code of the row, line item, or total", "科目编码、行项目或合计"),
    text("item_label", "name of the row as printed", "行名称"),
)

LONG = TableShape(
    "long",
    "one value: agency, level, fiscal year, item",
    "一个数值：单位、级次、财政年度、科目",
    ("region_code", "agency", "record_level", "fiscal_year", "item"),
    (
        *ENTITY,
        count("fiscal_year", "fiscal year", "财政年度", "date:fiscal-year"),
        *ITEM,
        number("amount", "value in the unit asked for; null where there is none", "数值（所选单位）"),
        text("unit", "元 or 万元", "单位"),
        text("value", "exact value in base units (yuan)", "基本单位（元）的精确值"),
        text(
            "status", "ok, doubtful, conflict, several_rows, blank, unread", "状态：可用、存疑、冲突、多行、空白、未读"
        ),
        count("counted", "1: may be added up; 0: doubtful, or counted in another record", "1 表示可相加"),
        text("counted_in", "the department whose disclosure holds this one", "已汇总于该部门"),
        text("grade", "A proven, B read, C doubtful, D from an image", "A 已勾稽，B 已读取，C 存疑，D 图像识别"),
        text("source_kind", "table it was taken from", "来源表种"),
        text("source_field", "column it was taken from", "来源字段"),
        count("source_rank", "0: the canonical table; else the fallback's number", "0 为首选来源，其余为替代来源"),
        text("source", "table or narrative", "来源：表格或文字说明"),
        text("series_break", "why the series is not what it was the year before", "口径变化说明"),
        text("other_values", "what other documents print with the same right, as JSON", "其他文件所列数值（JSON）"),
        count("documents", "documents that give the value", "提供该数值的文件数"),
        count("page", "page, from 1", "页码，从 1 起"),
        text("observation_id", "for gongkai show", "可用于 gongkai show"),
    ),
)

COVERAGE = TableShape(
    "coverage",
    "one agency, level and fiscal year: what is known of the question, and why not more",
    "一个单位、级次、财政年度的数据情况及原因",
    ("region_code", "agency", "record_level", "fiscal_year", "places"),
    (
        *ENTITY,
        count("fiscal_year", "fiscal year", "财政年度"),
        text("status", "ok, doubtful, conflict, several_rows, blank, unread, missing, no_document, failed …", "状态"),
        text("why", "codes of findings, state of the table, error", "原因"),
        count("values", "values of the question", "数值个数"),
        count("values_ok", "of them read and of grade A or B", "可用数值个数"),
        count("documents", "documents of the agency for that year", "文件数"),
        text("places", "where they are, as JSON", "文件路径（JSON）"),
    ),
)


def wide(years: Sequence[int]) -> TableShape:
    """An agency, a level and an item in a row, its years side by side."""
    amounts = (number(f"y{year}", f"value of {year} in the unit asked for", f"{year}年数值") for year in years)
    key = ("region_code", "agency", "record_level", "item")
    breaks = text("series_breaks", "years in which the series breaks, and why", "口径变化说明")
    unit = text("unit", "元 or 万元", "单位")
    row = "an agency, a level and an item, its years side by side"
    return TableShape("wide", row, "一个单位、级次、科目的各年数值", key, (*ENTITY, *ITEM, unit, *amounts, breaks))
