"""Headers to fields, on literal kinds."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from schemas.catalogue import load_catalogue
from schemas.headers import ColumnMatch, HeaderPath, Method, Reason, explain_header, match_columns, signature_score
from schemas.kind import Column, ColumnRole, Kind, Lexicon, Panel, Shape, ValueType

LEXICON = Lexicon(
    (
        ("收入", "支出"),
        ("预算", "决算", "执行"),
        ("上年", "本年", "下年"),
        ("年初", "年末"),
        ("基本", "项目"),
        ("购置", "运行"),
        ("一般公共", "政府性基金"),
    )
)
MONEY, TEXT, CODE = ValueType.MONEY, ValueType.TEXT, ValueType.FUNCTION_CODE
KEY = ColumnRole.ROW_KEY
EXPENDITURE = {"measure": "expenditure", "phase": "initial_budget", "fund": "all"}


def column(id: str, *labels: str, group: tuple[str, ...] = (), **dimensions: str) -> Column:
    return Column(id, labels, MONEY, group=group, dimensions={**EXPENDITURE, **dimensions})


CODED = Kind(
    "coded",
    "budget",
    ("支出预算总表",),
    Shape.CODED_ROWS,
    columns=(
        Column("function_code", ("功能分类科目编码", "科目编码"), CODE, KEY),
        Column("function_name", ("科目名称",), TEXT, KEY),
        column("prior_budget", "上年预算数", phase="prior_budget"),
        column("total", "合计", "小计", "本年支出合计", "预算数", "本年预算数"),
        column("basic", "基本支出", expenditure_type="basic"),
        column("project", "项目支出", expenditure_type="project"),
        column("to_affiliated", "对附属单位补助支出"),
    ),
)
VEHICLES = "公务用车购置及运行维护费"
THREE_PUBLIC = Kind(
    "three_public",
    "final_accounts",
    ("财政拨款“三公”经费支出决算表",),
    Shape.SINGLE_ROW,
    columns=tuple(
        column(f"{prefix}.{id}", *labels, group=(group,), phase=phase)
        for prefix, group, phase in (("budget", "预算数", "adjusted_budget"), ("final", "决算数", "final"))
        for id, labels in (
            ("total", ("合计",)),
            ("overseas", ("因公出国（境）费",)),
            ("vehicle_total", (f"{VEHICLES}/小计", VEHICLES)),
            ("vehicle_purchase", ("公务用车购置费",)),
            ("vehicle_operation", ("公务用车运行维护费",)),
        )
    ),
)
TWO_SIDED = Kind(
    "two_sided",
    "budget",
    ("收支总表",),
    Shape.TWO_SIDED,
    columns=(
        Column("income_item", ("项目",), TEXT, KEY, panel="income"),
        Column("income_amount", ("预算数", "本年预算数"), MONEY, panel="income", dimensions={"measure": "income"}),
        Column("expenditure_item", ("项目",), TEXT, KEY, panel="expenditure"),
        Column("expenditure_amount", ("预算数", "本年预算数"), MONEY, panel="expenditure", dimensions=EXPENDITURE),
    ),
)


def match(kind: Kind, *paths: str, year: int | None = 2026, panel: str | None = None) -> tuple[ColumnMatch, ...]:
    headers = [HeaderPath(at, tuple(path.split("/"))) for at, path in enumerate(paths)]
    return match_columns(headers, kind, LEXICON, fiscal_year=year, panel=panel)


def fields(kind: Kind, *paths: str, year: int | None = 2026, panel: str | None = None) -> list[str | None]:
    return [one.column.id if one.column else None for one in match(kind, *paths, year=year, panel=panel)]


def test_labels_match_as_official_as_alias_and_by_likeness() -> None:
    found = match(CODED, "功能分类科目编码", "科目名称", "小计", "对附属单位补肋支出")
    assert [(one.column and one.column.id, one.method) for one in found] == [
        ("function_code", Method.EXACT),
        ("function_name", Method.EXACT),
        ("total", Method.ALIAS),
        ("to_affiliated", Method.FUZZY),
    ]
    assert found[3].score == pytest.approx(0.8889, abs=0.0001)


@pytest.mark.parametrize(
    "label", ["合计（万元）", "合 计", "合计①", "合计³", "合计(A)", "合计 ③=①+②", "预算数（单位：万元）", "一、合计"]
)
def test_units_marks_formulas_and_ordinals_are_no_part_of_a_label(label: str) -> None:
    assert fields(CODED, label) == ["total"]


def test_a_code_printed_over_three_columns_is_one_field() -> None:
    paths = "科目编码/类", "科目编码/款", "科目编码/项", "科目名称", "合计"
    assert fields(CODED, *paths) == ["function_code"] * 3 + ["function_name", "total"]


def test_one_label_over_code_and_name_is_told_by_position() -> None:
    found = match(CODED, "功能分类科目", "功能分类科目", "合计")
    assert [one.column and one.column.id for one in found] == ["function_code", "function_name", "total"]
    assert found[0].method is Method.POSITION


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("基本支出/小计", "basic"),
        ("本年支出/小计", "total"),
        ("2026年预算数/小计", "total"),
        ("支出预算/合计", "total"),
        ("基本支出/2026年预算数", "basic"),
        ("2026年预算数/基本支出", "basic"),
        ("2026年预算数", "total"),
        ("2025年预算数", "prior_budget"),
        ("2025年/预算数", "prior_budget"),
        ("上年预算数", "prior_budget"),
    ],
)
def test_a_generic_label_means_what_stands_above_it_and_years_are_resolved(path: str, field: str) -> None:
    assert fields(CODED, path) == [field]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", Reason.EMPTY),
        ("万元", Reason.EMPTY),
        ("备注", Reason.UNKNOWN),
        ("会议费/小计", Reason.UPPER),
        ("2025年预算数/基本支出", Reason.UPPER),
        ("基本支出/2025年预算数", Reason.UPPER),
        ("本年收入/小计", Reason.UPPER),
        ("政府性基金预算/基本支出", Reason.UPPER),
        ("2023年预算数", Reason.YEAR_UNKNOWN),
        ("对附属单位补助收入", Reason.OPPOSED),
        ("对附属单位投资支出", Reason.ANOTHER_WORD),
        ("对附厲单位补肋支出", Reason.BELOW_FLOOR),
    ],
)
def test_what_may_not_be_matched_keeps_its_reason(path: str, reason: Reason) -> None:
    (found,) = match(CODED, path)
    assert (found.column, found.reason) == (None, reason)


def test_the_phase_is_read_above_the_item_and_below_it() -> None:
    above = "预算数/合计", f"预算数/{VEHICLES}/小计", "决算数/合计", f"决算数/{VEHICLES}/小计"
    below = "合计/预算数", f"{VEHICLES}/小计/预算数", "合计/决算数", f"{VEHICLES}/小计/决算数"
    expected = ["budget.total", "budget.vehicle_total", "final.total", "final.vehicle_total"]
    assert fields(THREE_PUBLIC, *above) == expected
    assert fields(THREE_PUBLIC, *below) == expected


def test_without_the_group_that_tells_namesakes_apart_nothing_is_matched() -> None:
    found = match(THREE_PUBLIC, "合计", "因公出国（境）费")
    assert [one.reason for one in found] == [Reason.GROUP_MISSING, Reason.GROUP_MISSING]


def test_words_of_the_title_inside_a_group_label_do_not_hide_it() -> None:
    assert fields(THREE_PUBLIC, "“三公”经费预算数/因公出国(境)费用") == ["budget.overseas"]


def test_purchase_and_operation_are_never_bridged() -> None:
    (found,) = match(THREE_PUBLIC, "决算数/公务用车购置维护费")
    assert found.column is None


def test_the_same_words_twice_belong_to_the_two_panels_in_turn() -> None:
    paths = "项目", "预算数", "项目", "预算数"
    expected = ["income_item", "income_amount", "expenditure_item", "expenditure_amount"]
    assert fields(TWO_SIDED, *paths) == expected
    assert fields(TWO_SIDED, "收入/项目", "收入/预算数", "支出/项目", "支出/预算数") == expected
    assert fields(TWO_SIDED, "项目", "预算数", panel="expenditure") == expected[2:]


def test_the_same_words_twice_in_one_panel_are_not_matched() -> None:
    found = match(CODED, "科目名称", "合计", "基本支出", "合计", "基本支出")
    assert [one.reason for one in found] == [None] + [Reason.DUPLICATE] * 4


def test_a_field_is_given_to_the_better_header_only() -> None:
    found = match(CODED, "小计", "合计")
    assert [one.column and one.column.id for one in found] == [None, "total"]
    assert found[0].reason is Reason.TAKEN


def test_a_fallback_label_names_its_column_only_beside_the_owner() -> None:
    kind = Kind(
        "conferences",
        "budget",
        ("“三公”经费、会议费、培训费支出表",),
        Shape.SINGLE_ROW,
        columns=(
            column("total", "合计", "三公经费小计"),
            Column("grand_total", ("三公经费会议费培训费合计",), MONEY, fallback_labels=("合计",)),
        ),
    )
    assert fields(kind, "合计") == ["total"]
    assert fields(kind, "合计", "三公经费/小计") == ["grand_total", "total"]


def test_without_a_fiscal_year_one_year_is_the_report_year_and_two_are_unknown() -> None:
    assert fields(CODED, "2026年预算数/合计", "2026年预算数/基本支出", year=None) == ["total", "basic"]
    found = match(CODED, "2025年预算数", "2026年预算数", year=None)
    assert [one.reason for one in found] == [Reason.YEAR_UNKNOWN, Reason.YEAR_UNKNOWN]


def test_panels_of_rows_may_stand_under_their_own_words() -> None:
    kind = Kind(
        "panels",
        "final_accounts",
        ("基本支出决算表",),
        Shape.MULTI_PANEL,
        columns=(Column("name", ("科目名称",), TEXT, KEY), column("amount", "金额", phase="final")),
        panels=(Panel("personnel", ("人员经费",)), Panel("public", ("公用经费",))),
    )
    assert fields(kind, "人员经费/科目名称", "人员经费/金额") == ["name", "amount"]


def test_matching_does_not_depend_on_the_order_of_columns() -> None:
    paths = "科目名称", "基本支出/小计", "项目支出", "2025年预算数", "合计"
    expected = dict(zip(paths, fields(CODED, *paths), strict=True))
    for order in permutations(paths):
        assert dict(zip(order, fields(CODED, *order), strict=True)) == expected


def test_the_runner_up_is_named() -> None:
    (found,) = match(CODED, "对附属单位补肋支出")
    assert found.runner_up is None
    (found,) = match(THREE_PUBLIC, "决算数/公务用车运行維护费")
    assert found.column is not None
    assert (found.column.id, found.runner_up) == ("final.vehicle_operation", ("budget.vehicle_operation", 8 / 9))


def test_a_signature_is_full_for_the_own_kind_and_low_for_another() -> None:
    paths = ["科目名称", "上年预算数", "合计", "基本支出", "项目支出", "对附属单位补助支出"]
    headers = [HeaderPath(at, (path,)) for at, path in enumerate(paths)]
    assert signature_score(headers, CODED, LEXICON, fiscal_year=2026) == 1.0
    assert signature_score(headers, THREE_PUBLIC, LEXICON, fiscal_year=2026) == 0.0


def test_an_explanation_names_every_column_with_what_speaks_against_it() -> None:
    best, *rest = explain_header("预算数/因公出国（境）费", THREE_PUBLIC, LEXICON)
    assert (best.column.id, best.method, best.refused) == ("budget.overseas", Method.EXACT, None)
    assert [(one.column.id, one.refused, one.detail) for one in rest] == [
        ("final.overseas", Reason.OTHER_GROUP, "预算数")
    ]


LABELS = Path(__file__).parents[2] / "bench" / "labels" / "headers.json"


def test_no_labelled_header_is_given_a_wrong_field() -> None:
    catalogue = load_catalogue()
    wrong = []
    for case in json.loads(LABELS.read_text(encoding="utf-8")):
        paths = [HeaderPath(at, tuple(labels)) for at, labels in enumerate(case["paths"])]
        matches = match_columns(
            paths,
            catalogue.kind(case["kind"]),
            catalogue.lexicon,
            fiscal_year=case["fiscal_year"],
            panel=case["panel"],
        )
        for found, wanted in zip(matches, case["fields"], strict=True):
            if (found.column and found.column.id) != wanted:
                wrong.append((case["kind"], found.path.labels, wanted, found.column and found.column.id))
    assert wrong == []
