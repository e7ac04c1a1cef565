"""Row labels to line items."""

import json
from pathlib import Path

import pytest

from schemas.candidates import Method
from schemas.catalogue import load_catalogue
from schemas.kind import Kind, Lexicon, LineItem, RowRole, Shape
from schemas.lines import LineReader, match_line_item

LEXICON = Lexicon((("收入", "支出"), ("年初", "年末")))
KIND = Kind(
    "summary",
    "final_accounts",
    ("收支总表",),
    Shape.TWO_SIDED,
    line_items=(
        LineItem("income.gpb", ("一般公共预算财政拨款收入", "一般公共预算财政拨款"), "income"),
        LineItem("income.current", ("本年收入合计", "收入合计"), "income", RowRole.SUBTOTAL),
        LineItem("income.opening", ("年初结转和结余",), "income"),
        LineItem("income.opening.gpb", ("一般公共预算财政拨款",), "income", under="income.opening"),
        LineItem("income.total", ("总计",), "income", RowRole.TOTAL, fallback_labels=("收入合计",)),
        LineItem("expenditure.205", ("教育支出",), "expenditure", code="205"),
        LineItem("expenditure.208", ("社会保障和就业支出",), "expenditure", code="208"),
        LineItem("expenditure.229", ("其他支出",), "expenditure", code="229"),
        LineItem("expenditure.closing", ("年末结转和结余",), "expenditure"),
    ),
)


def line(label: str, side: str = "expenditure", parent: str | None = None) -> str | None:
    found = match_line_item(label, KIND, side, LEXICON, parent)
    return None if found is None else found.item.id


@pytest.mark.parametrize(
    ("label", "item"),
    [
        ("八、社会保障和就业支出", "expenditure.208"),
        ("社会保障和就业", "expenditure.208"),
        ("社会保障和就业类支出", "expenditure.208"),
        ("八社会保障和就业支出", "expenditure.208"),
        ("社会保障和\n就业支出", "expenditure.208"),
        ("社会保障和就亚支出", "expenditure.208"),
        ("其他支出（类）", "expenditure.229"),
        ("其他支出……", "expenditure.229"),
        ("教育", "expenditure.205"),
    ],
)
def test_ordinals_wrapping_and_small_damage_do_not_hide_a_line(label: str, item: str) -> None:
    assert line(label) == item


@pytest.mark.parametrize(
    "label", ["体育支出", "年初结转和结余", "年中结转和结余", "行政运行", "本年收入合计", "：", ""]
)
def test_another_word_and_another_side_are_no_line(label: str) -> None:
    assert line(label) is None


def test_the_way_a_line_was_found_is_told() -> None:
    forms = ("一、一般公共预算财政拨款收入", "一般公共预算财政拨款")
    found = [match_line_item(label, KIND, "income", LEXICON) for label in forms]
    assert [one and one.method for one in found] == [Method.EXACT, Method.ALIAS]
    damaged = match_line_item("社会保障和就亚支出", KIND, "expenditure", LEXICON)
    assert damaged is not None
    assert (damaged.method, damaged.score) == (Method.FUZZY, 0.8889)


def test_without_a_lexicon_likeness_is_not_tried() -> None:
    assert match_line_item("社会保障和就亚支出", KIND, "expenditure", None) is None


def test_a_line_is_read_under_the_parent_it_follows() -> None:
    reader = LineReader(KIND, "income", LEXICON)
    labels = ["一般公共预算财政拨款", "本年收入合计", "年初结转和结余", "其中：一般公共预算财政拨款", "总计"]
    assert [item and item.id for item in map(reader.read, labels)] == [
        "income.gpb",
        "income.current",
        "income.opening",
        "income.opening.gpb",
        "income.total",
    ]


def test_a_label_whose_line_was_read_before_falls_back() -> None:
    reader = LineReader(KIND, "income", LEXICON)
    assert [item and item.id for item in map(reader.read, ["本年收入合计", "收入合计"])] == [
        "income.current",
        "income.total",
    ]
    assert [item and item.id for item in map(LineReader(KIND, "income").read, ["收入合计"])] == ["income.current"]


LABELS = Path(__file__).parents[2] / "bench" / "labels" / "lines.json"


def test_no_labelled_row_is_given_a_wrong_line() -> None:
    catalogue = load_catalogue()
    wrong = []
    for case in json.loads(LABELS.read_text(encoding="utf-8")):
        kind = catalogue.kind(case["kind"])
        found = match_line_item(case["label"], kind, case["side"], catalogue.lexicon, case.get("parent"))
        if (found and found.item.id) != case["line"]:
            wrong.append((case["label"], case["line"], found and found.item.id))
    assert wrong == []
