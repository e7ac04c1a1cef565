"""Whether a disclosure is a department's or a unit's own, by its title and agency."""

from __future__ import annotations

import pytest

from schemas.panel.level import RecordLevel, record_level


@pytest.mark.parametrize(
    ("title", "agency", "level"),
    [
        ("2022年度武汉市青山区医疗保障局部门决算", "武汉市青山区医疗保障局", RecordLevel.DEPARTMENT),
        ("2026年烟台市信访局部门预算", "烟台市信访局", RecordLevel.DEPARTMENT),
        ("部门整体支出绩效自评表", None, RecordLevel.DEPARTMENT),
        ("上海市2026年市级单位预算", "上海市中医文献馆", RecordLevel.UNIT),
        ("2026年深圳市交通运输局（本级）部门预算", None, RecordLevel.UNIT),
        ("2023年度部门决算", "某某局（本级）", RecordLevel.UNIT),
        ("2023年度决算公开", "某某局", None),
        (None, None, None),
    ],
)
def test_the_level_is_what_title_and_agency_say(title: str | None, agency: str | None, level: RecordLevel) -> None:
    assert record_level(title, agency) is level
