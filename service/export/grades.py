"""Grades as people see them: one colour and one sentence each, shared by the workbook, the page and the drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from schemas.result import Result


class Look(NamedTuple):
    """``fill`` is a light background, ``line`` a strong outline (both RRGGBB)."""

    fill: str
    line: str
    meaning: str
    meaning_zh: str


LOOKS: Mapping[str, Look] = {
    "A": Look("DDF3DF", "1B7F3B", "read, and part of a check that passed", "已读取，且至少一项勾稽关系通过"),
    "B": Look("DCEBFA", "1F66B0", "read, nothing to check it against", "已读取，无可核对关系"),
    "C": Look(
        "FFE3C2", "C25A00", "doubtful: a check failed, or the header match is weak", "存疑：勾稽不符或表头匹配较弱"
    ),
    "D": Look("EBDDF7", "7A3FA8", "recognised from an image only", "仅由图像识别得到"),
}


def grades_by_cell(result: Result) -> dict[str, str]:
    """Cell id to the worst grade of the observations read from it."""
    grades: dict[str, str] = {}
    for one in result.observations:
        if one.cell is not None and one.grade is not None:
            grades[one.cell] = max(one.grade, grades.get(one.cell, "A"))
    return grades
