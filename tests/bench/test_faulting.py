"""When the bench of faults says that another table contradicts an exchange."""

from __future__ import annotations

from random import Random

import pytest

from bench.faulting.kinds import Injector, swapped_columns, swapped_rows
from bench.faulting.scene import Scene, scene_of
from schemas.catalogue import load_catalogue
from tests.schemas.drawn import document

EXPENDITURE = """
    | 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
    | 205 | 教育支出 | {0} | {0} | 0.00 |
    | 208 | 社会保障和就业支出 | 76.23 | 0.00 | 76.23 |
    """
INCOME = """
    | 科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 |
    | 205 | 教育支出 | {0} | {0} |
    """


def scene(first: str, second: str, title: str) -> Scene:
    return scene_of(
        document(1, "2019年度部门决算", "支出决算表", "单位：万元", first, 2, title, "单位：万元", second),
        load_catalogue(),
    )


def faults(inject: Injector, made: Scene) -> set[bool]:
    found = (inject(made, Random(seed)) for seed in range(20))
    return {fault.witnessed for fault in found if fault is not None and fault.grids == (0,)}


def expenditure_twice(amount: str) -> Scene:
    other = EXPENDITURE.format(amount).replace("76.23", "81.46")
    return scene(EXPENDITURE.format(amount), other, "一般公共预算财政拨款支出决算表")


@pytest.mark.parametrize("inject", [swapped_rows, swapped_columns])
def test_a_table_with_the_same_amount_in_the_same_row_and_column_is_a_witness(inject: Injector) -> None:
    assert True in faults(inject, expenditure_twice("1531.04"))


@pytest.mark.parametrize("inject", [swapped_rows, swapped_columns])
def test_an_amount_of_few_digits_is_equal_by_chance(inject: Injector) -> None:
    assert faults(inject, expenditure_twice("6.00")) == {False}


def test_a_table_without_the_column_tells_rows_apart_and_no_columns() -> None:
    made = scene(EXPENDITURE.format("1531.04"), INCOME.format("1531.04"), "收入决算表")

    assert faults(swapped_rows, made) == {True}
    assert faults(swapped_columns, made) == {False}
