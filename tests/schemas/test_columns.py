"""Header paths, codes over several columns, units in headers, and the panels that stand side by side."""

from __future__ import annotations

import pytest

from schemas.catalogue import load_catalogue
from schemas.columns import PanelColumns, columns_of, cut_panels, panel_of_code
from schemas.frame import Frame, frame_of
from schemas.lattice import Lattice
from tests.schemas.drawn import table

SUMMARY = "bg_income_expenditure_summary"


def frame(text: str) -> Frame:
    return frame_of(Lattice.of(table(text)))


def panels(text: str, kind: str = SUMMARY) -> list[tuple[str | None, str | None, int]]:
    """Panel, side and number of columns of each block."""
    seen = frame(text)
    found: tuple[PanelColumns, ...] = cut_panels(columns_of(seen), seen, load_catalogue().kind(kind))
    return [(one.panel, one.side, len(one.columns)) for one in found]


def test_a_header_path_names_every_level_once() -> None:
    found = columns_of(
        frame("""
            | 科目名称 | 本年支出 | <        | 结转 |
            | ^        | 基本\\n支出 | 项目支出 | ^    |
            | 教育支出 | 1.00     | 2.00     | 0.00 |
        """)
    )
    assert [column.labels for column in found] == [
        ("科目名称",),
        ("本年支出", "基本支出"),
        ("本年支出", "项目支出"),
        ("结转",),
    ]
    assert found[1].header == "本年支出/基本支出"
    assert [column.index for column in found] == [0, 1, 2, 3]


def test_every_grid_column_stands_in_one_logical_column() -> None:
    found = columns_of(
        frame("""
            | 科目编码 | < | < | 科目名称 | < | 合计 |
            | 类 | 款 | 项 | ^ | < | ^ |
            | 201 | 03 | 01 | 行政运行 | < | 1.00 |
        """)
    )
    assert [column.indices for column in found] == [(0, 1, 2), (3, 4), (5,)]
    assert [column.split_code for column in found] == [True, False, False]
    assert found[0].labels == ("科目编码",)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("合计（万元）", "万元"),
        ("合计(元)", "元"),
        ("合计（3=1+2）", None),
        ("合计（个）", None),
        ("合计（元/人）", None),
    ],
)
def test_a_unit_in_brackets_of_a_header_is_the_unit_of_its_column(label: str, unit: str | None) -> None:
    found = columns_of(frame(f"| 科目名称 | {label} |\n| 教育支出 | 1.00 |"))
    assert (found[1].unit and found[1].unit.name, found[0].unit) == (unit, None)


def test_the_unit_nearest_to_the_column_counts() -> None:
    found = columns_of(
        frame("""
            | 科目名称 | 支出（万元） | <        |
            | ^        | 基本（元）   | 项目支出 |
            | 教育支出 | 1.00         | 2.00     |
        """)
    )
    assert [column.unit and column.unit.name for column in found] == [None, "元", "万元"]


def test_a_unit_in_a_header_cell_of_its_own_holds_for_the_columns_beneath() -> None:
    found = columns_of(
        frame("""
            | 科目名称 | 单位：万元 | <        |
            | ^        | 基本支出   | 项目支出 |
            | 教育支出 | 1.00       | 2.00     |
        """)
    )
    assert [column.unit and column.unit.name for column in found] == [None, "万元", "万元"]


def test_two_sides_are_told_by_the_words_over_them_wherever_they_stand() -> None:
    header = "| {0} | < | {1} | < |\n| 项目 | 预算数 | 项目 | 预算数 |\n| 甲 | 1.00 | 乙 | 1.00 |"
    income, expenditure = ("income", "income", 2), ("expenditure", "expenditure", 2)
    assert panels(header.format("收入", "支出")) == [income, expenditure]
    assert panels(header.format("支出", "收入")) == [expenditure, income]


def test_two_sides_without_words_over_them_are_told_by_their_lines() -> None:
    found = panels("""
        | 项目 | 预算数 | 项目 | 预算数 |
        | 一、教育支出 | 1.00 | 一、一般公共预算拨款收入 | 1.00 |
        | 本年支出合计 | 1.00 | 本年收入合计 | 1.00 |
    """)
    assert [panel for panel, _, _ in found] == ["expenditure", "income"]


def test_a_side_is_never_guessed() -> None:
    found = panels("""
        | 项目 | 预算数 | 项目 | 预算数 |
        | 甲   | 1.00   | 乙   | 1.00   |
    """)
    assert found == [(None, None, 2), (None, None, 2)]


def test_a_block_that_lists_income_above_expenditure_is_cut_between_them() -> None:
    grid = """
        | 项目                       | 预算数 |
        | 一、一般公共预算拨款收入   | 1.00   |
        | 二、政府性基金预算拨款收入 | 1.00   |
        {}
        | 一、教育支出               | 1.00   |
        | 二、城乡社区支出           | 1.00   |
    """
    kind = load_catalogue().kind(SUMMARY)

    def cut(between: str) -> list[tuple[str | None, list[int] | None]]:
        drawn = frame("\n".join(line for line in grid.format(between).splitlines() if line.strip()))
        panels = cut_panels(columns_of(drawn), drawn, kind)
        return [(panel.panel, None if panel.rows is None else sorted(panel.rows)) for panel in panels]

    assert cut("") == [("income", [1, 2]), ("expenditure", [3, 4])]
    assert cut("| 总计 | 2.00 |") == [("income", [1, 2, 3]), ("expenditure", [4, 5])]
    assert cut("| 支出 | < |") == [("income", [1, 2]), ("expenditure", [4, 5])]
    assert cut("| 某某 | 2.00 |") == [(None, None)]


def test_three_panels_are_named_by_the_words_over_them() -> None:
    found = panels("""
        | 收入 | < | 支出 | < | < | < |
        | 项目名称 | 金额 | 功能分类 | < | 支出用途 | < |
        | ^ | ^ | 功能科目名称 | 金额 | 项目名称 | 金额 |
        | 甲 | 1.00 | 乙 | 1.00 | 丙 | 1.00 |
    """)
    assert [panel for panel, _, _ in found] == ["income", "expenditure", "expenditure_use"]


def test_four_panels_are_named_in_any_order() -> None:
    labels = ("项目（按政府预算经济分类）", "项目（按功能分类）", "项目（按部门预算经济分类）")
    names = ("expenditure_government_economic", "expenditure", "expenditure_economic")
    head = "| 收入 | < | 支出 | < | < | < | < | < |\n| 项目 | 预算数 "
    for turn in range(3):
        order = [(turn + step) % 3 for step in range(3)]
        text = head + "".join(f"| {labels[at]} | 预算数 " for at in order) + "|\n" + "| 甲 | 1.00 " * 4 + "|"
        assert [panel for panel, _, _ in panels(text)] == ["income", *(names[at] for at in order)]


def test_a_third_block_of_expenditure_that_nothing_names_stays_without_a_panel() -> None:
    found = panels("""
        | 收入 | < | 支出 | < | 支出 | < |
        | 项目 | 预算数 | 项目 | 预算数 | 项目 | 预算数 |
        | 一、一般公共预算拨款收入 | 1.00 | 一、教育支出 | 1.00 | 甲 | 1.00 |
    """)
    assert [panel for panel, _, _ in found] == ["income", "expenditure", None]


def test_a_third_block_is_named_by_its_lines_where_no_word_names_it() -> None:
    found = panels("""
        | 收入 | < | 支出 | < | 支出 | < |
        | 项目 | 预算数 | 项目 | 预算数 | 项目 | 预算数 |
        | 一、一般公共预算拨款收入 | 1.00 | 一、教育支出 | 1.00 | 一、机关工资福利支出 | 1.00 |
        | | | | | 二、机关商品和服务支出 | 1.00 |
    """)
    assert [panel for panel, _, _ in found] == ["income", "expenditure", "expenditure_government_economic"]


def test_lines_tell_more_than_a_word_that_stands_over_several_blocks() -> None:
    found = panels("""
        | 收入 | < | 支出 | < | < | < |
        | 项目 | 预算数 | 项目 | 预算数 | 项目 | 预算数 |
        | 一、一般公共预算拨款收入 | 1.00 | 一、机关工资福利支出 | 1.00 | 一、教育支出 | 1.00 |
    """)
    assert [panel for panel, _, _ in found] == ["income", "expenditure_government_economic", "expenditure"]


ECONOMIC = "fa_general_budget_basic_expenditure"


def test_panels_of_economic_classes_are_named_by_the_header_over_them() -> None:
    found = panels(
        """
        | 人员经费 | < | < | 公用经费 | < | < | < | < | < |
        | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |
        | 301 | 工资福利支出 | 1.00 | 302 | 商品和服务支出 | 1.00 | 310 | 资本性支出 | 1.00 |
        """,
        ECONOMIC,
    )
    assert found == [("personnel", None, 3), ("public", None, 3), ("public", None, 3)]


def test_panels_of_economic_classes_are_named_by_their_codes_where_the_header_says_nothing() -> None:
    found = panels(
        """
        | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |
        | 301 | 工资福利支出 | 1.00 | 30101-基本工资 | 基本工资 | 1.00 | 302 | 商品和服务支出 | 1.00 |
        | 30101 | 基本工资 | 1.00 | 310 | 资本性支出 | 1.00 | 30201 | 办公费 | 1.00 |
        """,
        ECONOMIC,
    )
    assert [panel for panel, _, _ in found] == ["personnel", None, "public"]


def test_a_code_belongs_to_the_panel_of_its_class() -> None:
    kind = load_catalogue().kind(ECONOMIC)
    assert [panel_of_code(code, kind) for code in ("303", "30305", "39999", "201", "3", None)] == [
        "personnel",
        "personnel",
        "public",
        None,
        None,
        None,
    ]


def test_other_shapes_have_one_panel_of_all_columns() -> None:
    text = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| 201 | 甲 | 1.00 | 1.00 | 0.00 |"
    assert panels(text, "fa_expenditure") == [(None, None, 5)]
