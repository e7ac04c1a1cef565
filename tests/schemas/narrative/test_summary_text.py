"""Sentences that repeat the rows of a summary of self-evaluations, in whatever words they shorten the names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from extractors import registry
from extractors.options import Options
from schemas.catalogue import load_catalogue
from schemas.read import read
from schemas.result import Check, Reading
from tests.schemas.drawn import read_drawn

SUMMARY = """
| 序号 | 项目名称           | 项目实施单位 | 预算数   | 执行数   | 结余数 |
| 1    | 离休干部医药费项目 | 医疗保障局   | 348.064  | {spent}  | 0      |
| 2    | 医疗救助补助资金   | 医疗保障局   | 20       | 18       | 2      |
"""
TEXT = (
    "离休干部医药费专项资金预算348.064万元，财政拨款348.064万元，实际支出348.064万元；"
    "医疗救助专项资金预算{budget}，实际支出18万元。"
)


def drawn(spent: str = "348.064", budget: str = "20万元", unit: str = "万元") -> Reading:
    table = SUMMARY.format(spent=spent)
    pieces = (
        "部门绩效自评结果汇总表",
        f"单位：{unit}",
        table,
        "二、绩效自评工作组织开展情况",
        TEXT.format(budget=budget),
    )
    return read_drawn("长安区医疗保障局2023年度绩效自评", *pieces)


def of(reading: Reading) -> dict[str, Check]:
    return {check.id: check for check in reading.checks if check.rule == "PS.text"}


def told(reading: Reading) -> list[str]:
    return [one.message for one in reading.findings if one.code == "narrative_contradicts_table"]


def test_a_row_is_found_by_its_name_without_the_words_for_money() -> None:
    checks = of(drawn())
    assert {name: (one.status, one.lhs, one.cells) for name, one in checks.items()} == {
        "PS.text#1.adjusted_budget": ("pass", Decimal("3480640.000"), ["t01.r1.c3"]),
        "PS.text#1.executed": ("pass", Decimal("3480640.000"), ["t01.r1.c4"]),
        "PS.text#2.adjusted_budget": ("pass", Decimal(200000), ["t01.r2.c3"]),
        "PS.text#2.executed": ("pass", Decimal(180000), ["t01.r2.c4"]),
    }
    assert {one.scope for one in checks.values()} == {"narrative"}
    assert told(drawn()) == []


def test_what_was_spent_must_agree() -> None:
    reading = drawn(spent="384.064")
    assert of(reading)["PS.text#1.executed"].status == "fail"
    (message,) = told(reading)
    assert "离休干部医药费专项资金 3480640, 部门绩效自评结果汇总表 / 离休干部医药费项目 prints 3840640" in message


def test_a_text_may_speak_of_another_budget() -> None:
    reading = drawn(budget="25万元")
    assert of(reading)["PS.text#2.adjusted_budget"].status == "not_applicable"
    assert told(reading) == []


def test_a_table_in_another_unit_than_the_text_is_doubted() -> None:
    reading = drawn(unit="元")
    assert [one.table for one in reading.findings if one.code == "unit_contradicted"] == ["t01"]
    amounts = [one for one in reading.observations if one.kind == "pf_self_evaluation_summary" and one.unit == "CNY"]
    assert {one.grade for one in amounts} == {"C"}


def test_names_that_two_rows_or_two_sentences_go_by_say_nothing() -> None:
    twice = SUMMARY.format(spent="348.064").replace("医疗救助补助资金", "离休干部医药费")
    reading = read_drawn(
        "某局2023年度绩效自评", "部门绩效自评结果汇总表", "单位：万元", twice, TEXT.format(budget="1万元")
    )
    assert of(reading) == {}


def test_the_rows_of_a_printed_summary_are_found_in_its_report() -> None:
    """Of eleven rows six go by the name that the text gives them; 市级医疗救助 is no row 医疗救助."""
    folder = Path(__file__).resolve().parents[3] / "fixtures" / "html" / "changan-2023-performance-web-page"
    source = next(folder.glob("source.*")).read_bytes()
    checks = of(read(registry.extract(source, Options()), load_catalogue()))
    assert [name for name in checks if name.endswith("executed")] == [
        f"PS.text#{row}.executed" for row in (2, 4, 5, 8, 11, 12)
    ]
    assert {one.status for one in checks.values()} == {"pass"}
    assert checks["PS.text#8.executed"].lhs == Decimal("305420.000")
