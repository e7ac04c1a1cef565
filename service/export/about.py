"""What is said of the document beside each of its values, in every flat table."""

from __future__ import annotations

from typing import NamedTuple

from schemas.panel.level import record_level
from schemas.result import Result
from service.export.columns import count, text


class About(NamedTuple):
    """Of one document; in the order of the columns ABOUT."""

    agency: str | None
    region_code: str | None
    region_name: str | None
    report_year: int | None
    document_kind: str | None
    record_level: str | None


DOCUMENT = text("document", "SHA-256 of the file", "文件的 SHA-256")
ABOUT = (
    text("agency", "agency as printed", "单位名称原文", "administrative-classification:generic:level2:label"),
    text("region_code", "GB/T 2260 code of the region", "行政区划代码", "geo:source:code"),
    text("region_name", "name of the region", "行政区划名称", "geo:source:label"),
    count("report_year", "fiscal year of the document", "文件的财政年度"),
    text("document_kind", "kind of document", "文件类型"),
    text("record_level", "department (consolidated) or unit (its own)", "部门（汇总）或单位（本级）"),
)
PLACE = (
    count("page", "page, from 1", "页码，从 1 起"),
    text("bbox", "x0 top x1 bottom in points on the displayed page", "页面矩形（点）：左 上 右 下"),
    text("locator", "place in a file without pages", "无页码文件中的位置"),
)
GRADE = text("grade", "A proven, B read, C doubtful, D from an image", "A 已勾稽，B 已读取，C 存疑，D 图像识别")


def about(result: Result) -> About:
    """Of one result."""
    profile = result.profile
    region, year = profile.region.value, profile.fiscal_year.value
    agency, title = words(profile.agency.value), words(profile.title.value)
    return About(
        agency=agency,
        region_code=region.code if region else None,
        region_name=region.name if region else None,
        report_year=year if isinstance(year, int) else None,
        document_kind=words(profile.document_kind.value),
        record_level=record_level(title, agency),
    )


def words(value: str | int | None) -> str | None:
    """A statement of the profile that is made of words."""
    return value if isinstance(value, str) else None
