"""Final accounts of years that follow each other, and budgets beside them, held against each other in a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

from schemas.result import Reading, Result
from service.bulk.dataset.years import MOST_OF_A_YEAR
from tests.schemas.drawn import read_drawn
from tests.service.builders import result
from tests.service.bulk.datasets import dataset

SUMMARY = """
| 收入           | <         | 支出           | <         |
| 项目           | 决算数    | 项目           | 决算数    |
| 本年收入合计   | 80.00     | 本年支出合计   | 80.00     |
| 年初结转和结余 | {opening} | 年末结转和结余 | {closing} |
| 总计           | 99.00     | 总计           | 99.00     |
"""
BUDGET = """
| 科目编码 | 科目名称 | 合计  | 基本支出 | 项目支出 |
| 2050201  | 学前教育 | 12.50 | 12.50    | 0.00     |
"""
SAID = "2.教育支出（类）普通教育（款）学前教育（项）。年初预算为{amount}万元，支出决算为13.00万元。"
AGENCY = "佛山市教育局"


def as_result(reading: Reading, digit: str) -> Result:
    """A result of that reading, of a file whose hash is this digit over and over."""
    made = result()
    document = msgspec.structs.replace(made.document, sha256=digit * 64)
    return msgspec.structs.replace(
        made, document=document, profile=reading.profile, observations=reading.observations, checks=[], findings=[]
    )


def final(year: int, balances: tuple[str, str], digit: str, agency: str = AGENCY, said: str = "12.50") -> Result:
    table = SUMMARY.format(opening=balances[0], closing=balances[1])
    title = f"{agency}{year}年度部门决算"
    text = ("三、一般公共预算财政拨款支出决算情况", SAID.format(amount=said))
    return as_result(read_drawn(title, "收入支出决算总表", "单位：万元", table, *text), digit)


def budget(year: int, digit: str) -> Result:
    title = f"{AGENCY}{year}年部门预算"
    return as_result(read_drawn(title, "一般公共预算支出表", "单位：万元", BUDGET), digit)


def rows(at: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(at / "data" / table).to_pylist()
    return found


def test_a_balance_that_is_carried_over_is_a_check_of_the_later_document(tmp_path: Path) -> None:
    at = dataset(tmp_path, [final(2022, ("19.00", "7.00"), "b"), final(2021, ("3.00", "19.00"), "a")])
    (check,) = rows(at, "checks")
    assert (check["document"], check["check"]) == ("b" * 64, "X.balance@" + "a" * 16)
    assert (check["rule"], check["scope"], check["status"]) == ("X.balance", "years", "pass")
    later, earlier = check["cells"].split(";")
    assert later.startswith("b" * 16 + "/t01.r")
    assert earlier.startswith("a" * 16 + "/t01.r")
    assert rows(at, "findings") == []


def test_another_balance_is_a_warning_of_the_later_document(tmp_path: Path) -> None:
    at = dataset(tmp_path, [final(2021, ("3.00", "19.00"), "a"), final(2022, ("18.00", "7.00"), "b")])
    (check,) = rows(at, "checks")
    (told,) = rows(at, "findings")
    assert (check["status"], str(check["diff"]).rstrip("0")) == ("fail", "-10000.")
    assert (told["document"], told["finding"], told["code"]) == ("b" * 64, 1, "balance_carried_differs")
    assert told["cells"] == check["cells"]


def test_an_initial_budget_is_held_against_the_budget_of_its_year(tmp_path: Path) -> None:
    at = dataset(tmp_path, [budget(2022, "c"), final(2022, ("3.00", "19.00"), "b", said="12.60")])
    (check,) = rows(at, "checks")
    assert (check["check"], check["status"]) == ("X.BF#2050201@" + "c" * 16, "fail")
    assert [told["code"] for told in rows(at, "findings")] == ["budget_disclosed_differs"]


def test_other_agencies_and_bureaux_of_no_known_place_are_not_held(tmp_path: Path) -> None:
    nowhere = "某某局"
    at = dataset(
        tmp_path,
        [
            final(2021, ("3.00", "19.00"), "a"),
            final(2022, ("18.00", "7.00"), "b", agency="广州市教育局"),
            final(2021, ("3.00", "19.00"), "c", agency=nowhere),
            final(2022, ("18.00", "7.00"), "d", agency=nowhere),
        ],
    )
    assert rows(at, "checks") == []


def test_a_crowd_of_one_name_is_no_agency(tmp_path: Path) -> None:
    crowd = [final(2022, ("18.00", "7.00"), f"{digit:x}") for digit in range(MOST_OF_A_YEAR + 1)]
    assert rows(dataset(tmp_path, [final(2021, ("3.00", "19.00"), "f"), *crowd]), "checks") == []
