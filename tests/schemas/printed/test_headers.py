"""Marks and formulas in header cells, and in the row that numbers the columns."""

from __future__ import annotations

import pytest

from schemas.columns import columns_of
from schemas.frame import frame_of
from schemas.lattice import Lattice
from schemas.printed.headers import parse_header
from schemas.printed.table import formulas_of
from tests.gridtext import parse


@pytest.mark.parametrize(
    ("label", "mark", "right"),
    [
        ("小计③=①+②", "3", "1+2"),
        ("③小计=①+②", "3", "1+2"),
        ("合计（1=2+3）", "1", "2+3"),
        ("(3)=(1)+(2)", "3", "1+2"),
        ("⑶＝⑴＋⑵", "3", "1+2"),
        ("1=2+3+4", "1", "2+3+4"),
        ("1=2+3+…+8", "1", "2..8"),
        ("C=A-B", "C", "A-B"),
        ("支出实现率(%)⑤=④/③", "5", "4/3"),
        ("执行率（B/A）", None, "B/A"),
        ("执行率（%）（B/A×100%）", None, "B/A"),
        ("完成率=B/A", None, "B/A"),
        ("合计（=1+2）", None, "1+2"),
        ("小计（①+②）", None, "1+2"),
        ("小计③=①+②（万元）", "3", "1+2"),
        ("预算数（A）", "A", None),
        ("执行数（B）（万元）", "B", None),
        ("年初预算数①", "1", None),
        ("⑥结余", "6", None),
        ("3", "3", None),
    ],
)
def test_a_header_says_its_mark_and_how_it_is_computed(label: str, mark: str | None, right: str | None) -> None:
    found = parse_header(label)
    assert found is not None
    assert (found.mark, None if found.right is None else str(found.right)) == (mark, right)


@pytest.mark.parametrize(
    "label",
    [
        "合计",
        "栏次",
        "类",
        "预算数（万元）",
        "2023年预算数",
        "因公出国（境）费",
        "截至期末投资进度(3)＝(2)(1)",
        "T+1",
        "1-2月",
    ],
)
def test_a_plain_label_has_no_mark(label: str) -> None:
    assert parse_header(label) is None


def found(text: str, *notes: str) -> tuple[list[str], dict[int, str]]:
    """The ids of the formulas of a drawn grid, and what they call its columns."""
    frame = frame_of(Lattice.of(parse("\n".join(line.strip() for line in text.strip().splitlines()))))
    printed = formulas_of(frame, columns_of(frame), notes)
    return [formula.id for formula in printed.formulas], dict(printed.columns)


def test_a_row_of_column_numbers_names_the_columns_and_may_compute_them() -> None:
    assert found("""
        | 科目编码 | 科目名称 | 合计  | 基本支出 | 项目支出 |
        | 栏次     | <        | 1=2+3 | 2        | 3        |
        | 205      | 教育支出 | 20.00 | 15.00    | 5.00     |
    """) == (["P.column1=2+3"], {2: "1", 3: "2", 4: "3"})


def test_letters_may_number_the_columns() -> None:
    assert found("""
        | 项目 | 预算数 | 执行数 | 结余  |
        | 栏次 | A      | B      | C=A-B |
        | 差旅 | 20.00  | 15.00  | 5.00  |
    """) == (["P.columnC=A-B"], {1: "A", 2: "B", 3: "C"})


def test_marks_in_header_cells_name_the_columns_where_no_row_numbers_them() -> None:
    assert found("""
        | 项目 | 年初预算① | 调整② | 全年预算③=①+② | 执行④ | 执行率（④/③） |
        | 差旅 | 20.00     | 5.00   | 25.00           | 15.00 | 60%             |
    """) == (["P.column3=1+2", "P.column(4/3)=4/3"], {1: "1", 2: "2", 3: "3", 4: "4", 5: "(4/3)"})


def test_marks_in_header_cells_are_told_in_the_numbers_of_the_row_beneath() -> None:
    assert found("""
        | 项目 | 上年 | 年初预算① | 调整② | 全年预算③=①+② |
        | 栏次 | 1    | 2         | 3      | 4               |
        | 差旅 | 9.00 | 20.00     | 5.00   | 25.00           |
    """)[0] == ["P.column4=2+3"]


def test_a_formula_over_columns_that_are_not_there_is_left_out() -> None:
    assert (
        found("""
        | 项目 | 预算数 | 执行率（B/A） |
        | 差旅 | 20.00  | 60%           |
    """)[0]
        == []
    )


def test_a_formula_printed_twice_is_one() -> None:
    assert found(
        """
        | 科目编码 | 科目名称 | 合计  | 基本支出 | 项目支出 |
        | 栏次     | <        | 1=2+3 | 2        | 3        |
        | 205      | 教育支出 | 20.00 | 15.00    | 5.00     |
        """,
        "注：1栏各行=（2+3）栏各行；3栏=（1-2）栏。",
    )[0] == ["P.column1=2+3", "P.column3=1-2"]
