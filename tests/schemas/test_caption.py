"""The lines around a grid: what belongs to the title and what to the agency."""

from __future__ import annotations

import pytest

from extractors.model import Grid, Location, TextLine
from schemas.caption import Caption, read_caption
from schemas.catalogue import load_catalogue
from schemas.frame import frame_of
from schemas.lattice import Lattice
from tests.gridtext import parse


def caption_of(*above: str) -> Caption:
    grid = parse("| 科目名称 | 金额 |\n| 合计 | 1.00 |")
    lines = tuple(TextLine(text, Location()) for text in above)
    titled = Grid(grid.n_rows, grid.n_cols, grid.cells, grid.parts, grid.method, above=lines)
    return read_caption(frame_of(Lattice.of(titled)), load_catalogue())


def test_period_and_number_in_brackets_beneath_a_title_belong_to_it() -> None:
    caption = caption_of("项目绩效目标完成情况表", "(2019年度)（1）")

    assert caption.title_text == "项目绩效目标完成情况表 (2019年度)（1）"
    assert caption.title_years == (2019,)


def test_a_caption_beneath_a_title_does_not_belong_to_it() -> None:
    caption = caption_of("2023年度支出决算表", "部门：临溪市档案馆 单位：万元")

    assert caption.title_text == "2023年度支出决算表"


@pytest.mark.parametrize(
    "line",
    [
        "编制单位：临溪市档案馆 2023年度　　　　单位：万元",
        "部门：临溪市档案馆 单位：万元",
        "部门：临溪市档案馆单位：万元",
        "部门名称：临溪市档案馆 填报日期：2023年6月18日",
        "填报单位：临溪市档案馆　联系人：某某",
    ],
)
def test_what_stands_behind_an_agency_is_no_part_of_its_name(line: str) -> None:
    caption = caption_of("支出决算表", line)

    assert caption.agency is not None
    assert caption.agency.text == "临溪市档案馆"


def test_an_agency_that_was_not_filled_in_is_none() -> None:
    assert caption_of("支出决算表", "主管部门: 单位:万元").agency is None
