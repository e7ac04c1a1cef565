"""Amounts and the parts that a sentence names of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.model import Document, Location, TextLine
from schemas.narrative import read_narrative
from schemas.narrative.breakdown import Manner, breakdowns_of
from schemas.result import Check, Finding
from tests.gridtext import parse

TITLE = TextLine("长丰区2023年度部门整体支出绩效自评报告", Location())


def said(text: str) -> list[tuple[str, list[str], Manner]]:
    return [(one.whole.label, [part.label for part in one.parts], one.manner) for one in breakdowns_of(text)]


def told(*texts: str, cell: str | None = None) -> tuple[list[Check], list[Finding]]:
    lines = [TextLine(text, Location()) for text in texts]
    grid = [] if cell is None else [parse(f"| {cell} |")]
    found = read_narrative(Document("docx", "", (), (TITLE, *lines, *grid)), [], 2023, None)
    checks = [check for check in found.checks if check.rule == "N.of"]
    return checks, [one for one in found.findings if one.code.startswith(("narrative_parts", "narrative_reasons"))]


def test_the_parts_of_a_part_are_not_parts_of_the_whole() -> None:
    text = "支出900万元,其中基本支出400万元,包括人员经费300万元和公用经费100万元;项目支出500万元。"

    assert said(text) == [
        ("支出", ["基本支出", "项目支出"], Manner.SOME),
        ("基本支出", ["人员经费", "公用经费"], Manner.SOME),
    ]


def test_what_is_said_of_a_part_is_no_part() -> None:
    text = "收入合计90万元,其中:财政拨款收入80万元,比上年增加12万元,增长3%;其他收入10万元,占11%。"

    assert said(text) == [("收入合计", ["财政拨款收入", "其他收入"], Manner.SOME)]


@pytest.mark.parametrize(
    "text",
    [
        "收入90万元,其中财政拨款80万元,支出70万元。",  # the other side of the account
        "支出90万元,其中项目支出80万元,2022年项目支出10万元。",
        "服务采购50万元,其中一般公共预算采购400万元,基金采购20万元。",  # of all of it, named before
        "支出90万元,比上年增加10万元。",
    ],
)
def test_amounts_of_something_else_are_no_parts(text: str) -> None:
    assert said(text) == []


def test_parts_that_make_the_whole_pass() -> None:
    checks, findings = told(
        "预算数1505.48万元由中央、市级、区级预算组成，其中：中央424.51万元，市级308万元，区级772.97万元。"
    )

    assert [(one.status, one.lhs, one.rhs) for one in checks] == [("pass", Decimal(15054800), Decimal(15054800))]
    assert findings == []


def test_all_parts_that_do_not_make_the_whole_fail() -> None:
    checks, (found,) = told(
        "预算数1505.48万元由中央、市级、区级预算组成，其中：中央424.51万元，市级308万元，区级752.97万元。"
    )

    assert [one.status for one in checks] == ["fail"]
    assert (found.code, found.severity) == ("narrative_parts_differ", "warning")
    assert "add up to 14854800 (all in 元; difference 200000)" in found.message


def test_parts_in_brackets_cannot_be_more_than_their_whole() -> None:
    checks, (found,) = told("拨付医疗救助资金168万元（含精神病药物救助116万元和兜底资金100万元）。")

    assert [one.status for one in checks] == ["fail"]
    assert found.severity == "warning"


def test_an_open_list_of_some_parts_says_nothing() -> None:
    assert told("拨付医疗救助资金968万元，其中精神病药物救助116万元，兜底资金100万元。") == ([], [])


def test_an_open_list_that_is_more_than_the_whole_is_a_note() -> None:
    checks, (found,) = told("购置固定资产原值7.5万元，其中通用设备6.38万元，家具1.22万元。")

    assert [one.status for one in checks] == ["not_applicable"]
    assert (found.code, found.severity) == ("narrative_parts_differ", "info")


def test_basic_and_project_expenditure_that_leave_something_over_are_a_note() -> None:
    _, (found,) = told("部门预算支出为6167.14万元，其中基本支出441.54万元；项目支出3980.4万元。")

    assert (found.code, found.severity) == ("narrative_parts_short", "info")
    assert "the other 17452000 is not named" in found.message


def test_reasons_that_are_more_than_what_they_explain_are_a_note_with_their_cell() -> None:
    (check,), (found,) = told(cell="支付72万元，欠付48万元（原因是财政收回专项资金38万元，财返资金29.2万元结转下年）")

    assert check.status == "not_applicable"
    assert (found.code, found.severity, found.table, found.cells) == (
        "narrative_reasons_differ",
        "info",
        "t01",
        ["t01.r0.c0"],
    )


def test_rounding_of_the_parts_is_allowed() -> None:
    checks, _ = told("支出合计100万元，其中：人员经费33.4万元，公用经费66.5万元。")

    assert [one.status for one in checks] == ["rounding"]
