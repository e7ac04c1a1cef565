"""Heads of forms: labels with their values beside them, in their own cell, and in the lines above the grid."""

from __future__ import annotations

from tests.schemas.forms.printed import form, forms, grid, reading, texts

TABLE = """
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标 | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   |
"""


def under(head: str) -> str:
    return head.strip("\n") + "\n" + TABLE.strip("\n")


def test_two_pairs_of_label_and_value_stand_in_one_row() -> None:
    found = form(
        under("""
| 项目名称 | 会议费   | <        | 项目编码 | 0301     | <    |
| 主管部门 | 市财政局 | <        | 实施单位 | 会议中心 | <    |
""")
    )

    assert texts(found) == {
        "project_name": "会议费",
        "project_code": "0301",
        "supervising_department": "市财政局",
        "implementing_unit": "会议中心",
    }


def test_a_label_is_printed_one_character_per_line() -> None:
    found = form(
        under("""
| 项\\n目\\n名\\n称 | 会议费 | <  | 主\\n管\\n部\\n门 | 市财政局 | < |
""")
    )

    assert texts(found) == {"project_name": "会议费", "supervising_department": "市财政局"}


def test_label_and_value_stand_in_one_cell() -> None:
    found = form(
        under("""
| 项目名称：会议费 | < | < | 主管部门：市财政局  实施单位：会议中心 | < | < |
""")
    )

    assert texts(found) == {
        "project_name": "会议费",
        "supervising_department": "市财政局",
        "implementing_unit": "会议中心",
    }


def test_labels_stand_in_the_lines_above_the_grid() -> None:
    found = form(
        under("| 项目名称 | 会议费 | < | < | < | < |"),
        "项目支出绩效自评表",
        "（2023年度）",
        "填报单位：市财政局    填报日期：2024年3月8日",
        "单位：万元",
    )

    assert texts(found) == {
        "project_name": "会议费",
        "department_name": "市财政局",
        "fill_date": "2024年3月8日",
        "fiscal_year": "（2023年度）",
    }
    assert found.header["fill_date"].value == "2024-03-08"
    assert found.fiscal_year == 2023


def test_a_blank_value_is_no_text_of_the_label_beside_it() -> None:
    found = form(under("| 项目名称 | 会议费 | < | 主管部门 |  | 实施单位 |"))

    assert texts(found) == {"project_name": "会议费", "supervising_department": ""}
    assert found.header["supervising_department"].value is None


def test_a_date_is_kept_as_printed_when_a_part_of_it_is_missing() -> None:
    found = form(under("| 项目名称 | 会议费 | < | 填报日期 | 2024年3月 | < |"))

    assert found.header["fill_date"].value == "2024年3月"


def test_check_boxes_are_read_by_the_labels_of_their_options() -> None:
    found = form(
        under("""
| 项目名称 | 会议费                           | < | < | < | < |
| 项目类型 | ☑常年性项目 □延续性项目 ☑一次性项目 | < | < | < | < |
| 项目属性 | 1、持续性项目☐ 2、新增性项目√     | < | < | < | < |
""")
    )

    assert found.header["project_type"].options == ["常年性项目", "一次性项目"]
    assert found.header["project_attribute"].options == ["2、新增性项目"]


def test_names_and_telephone_numbers_are_withheld_in_the_form_and_in_the_cells_of_its_table() -> None:
    drawn = under("| 项目名称 | 会议费 | 项目负责人 | 张三 | 联系电话 | 81234567 |")
    found = reading(grid(drawn, "项目支出绩效自评表"))
    header = found.forms[0].header

    assert (header["project_leader"].text, header["project_leader"].withheld) == (None, True)
    assert (header["contact_phone"].text, header["contact_phone"].value) == (None, None)
    assert {cell.text for cell in found.tables[0].cells if cell.row == 0} == {
        "项目名称",
        "会议费",
        "项目负责人",
        "〔略〕",
        "联系电话",
    }
    assert "personal_data_withheld" in {finding.code for finding in found.findings}


def test_names_are_given_when_they_are_asked_for() -> None:
    drawn = under("| 项目名称 | 会议费 | 项目负责人 | 张三 | 联系电话 | 81234567 |")
    found = reading(grid(drawn, "项目支出绩效自评表"), personal_data=True)

    assert found.forms[0].header["project_leader"].text == "张三"
    assert found.forms[0].header["contact_phone"].text == "81234567"
    assert "〔略〕" not in {cell.text for cell in found.tables[0].cells}


def test_every_person_who_signs_is_withheld_also_the_second_and_those_in_one_cell_with_a_label() -> None:
    drawn = (
        under("| 项目名称 | 会议费 | < | < | < | < |")
        + """
| 总分 | <      | <          | <    | <    | 10 |
| 填表人 | 张三 | 单位负责人 | 李四 | <    | <  |
| 财务负责人：王五  联系电话：81234567 | < | < | < | < | < |
""".rstrip("\n")
    )
    found = reading(grid(drawn, "项目支出绩效自评表"))

    printed = " ".join(cell.text for cell in found.tables[0].cells)
    assert not any(name in printed for name in ("张三", "李四", "王五", "81234567"))
    assert found.forms[0].header["signers"].text is None
    assert len(found.forms[0].indicators) == 1


def test_a_form_needs_no_title_and_takes_its_subject_from_its_labels() -> None:
    (project,) = forms(grid(under("| 项目名称 | 会议费 | < | < | < | < |")))
    (department,) = forms(grid(under("| 部门名称 | 市财政局 | < | < | < | < |")))

    assert project.kind == "pf_project_self_evaluation"
    assert department.kind == "pf_department_self_evaluation"
    assert project.title is None


def test_a_grid_that_names_neither_project_nor_department_has_no_kind_and_a_finding() -> None:
    found = reading(grid(under("| 年度总体目标 | 开好会议 | < | < | < | < |")))

    assert found.forms[0].kind is None
    assert "kind_unrecognised" in {finding.code for finding in found.findings}
