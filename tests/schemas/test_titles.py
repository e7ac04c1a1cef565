"""Titles to kinds."""

import json
from pathlib import Path

import pytest

from schemas.catalogue import load_catalogue
from schemas.kind import Kind, Lexicon, Shape
from schemas.titles import TitleMethod, clean_title, find_table_number, is_toc_line, match_title

LEXICON = Lexicon((("收入", "支出"), ("预算", "决算")))
SPENDING = Kind("spending", "budget", ("部门支出总表", "支出总表"), Shape.GENERIC, not_after=("一般公共预算",))
FISCAL = Kind("fiscal", "budget", ("财政拨款支出总表",), Shape.GENERIC)
SUMMARY = Kind("summary", "final_accounts", ("收入支出决算总表", "收支决算总表"), Shape.GENERIC)
KINDS = (SPENDING, FISCAL, SUMMARY)


def best(text: str) -> str | None:
    return next((match.kind_id for match in match_title(text, KINDS, LEXICON)), None)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("2023年度收入支出决算总表", "收入支出决算总表"),
        ("公开01表 收入支出决算总表", "收入支出决算总表"),
        ("收入支出决算总表（公开01表）", "收入支出决算总表"),
        ("表一：收支总表", "收支总表"),
        ("附表2-1 收支总表（续表）", "收支总表"),
        ("续表：收支总表", "收支总表"),
        ("三、收支总表", "收支总表"),
        ("收支总表（本级）", "收支总表"),
        ("收支总表（所属单位）", "收支总表"),
        ("二〇二三年部门收支总表", "部门收支总表"),
        ("收支总表部门：某某局 单位：万元", "收支总表"),
        ("“三公”经费支出表", "三公经费支出表"),
    ],
)
def test_years_numbers_and_captions_are_no_part_of_a_title(text: str, clean: str) -> None:
    assert clean_title(text) == clean


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("公开01表 收入支出决算总表", "公开01表"),
        ("收入支出决算总表（公开01表）", "公开01表"),
        ("预算01表", "预算01表"),
        ("附表2-1", "附表2-1"),
        ("表三", "表三"),
        ("表三公经费支出表", None),
        ("表2023年", None),
        ("收支总表", None),
    ],
)
def test_a_table_number_is_returned_as_printed(text: str, number: str | None) -> None:
    assert find_table_number(text) == number


@pytest.mark.parametrize(
    "text", ["支出总表…………5", "支出总表......12", "三、支出总表 12", "支出总表\t7", "PAGEREF _Toc1"]
)
def test_an_entry_of_a_table_of_contents_is_told_and_is_no_title(text: str) -> None:
    assert is_toc_line(text) is True
    assert best(text) is None


def test_an_official_title_an_alias_and_one_behind_an_agency_differ_in_score() -> None:
    found = [match_title(text, KINDS, LEXICON)[0] for text in ("部门支出总表", "支出总表", "某市财政局2023年支出总表")]
    assert [(one.kind_id, one.score, one.method) for one in found] == [
        ("spending", 1.0, TitleMethod.EXACT),
        ("spending", 0.99, TitleMethod.ALIAS),
        ("spending", 0.95, TitleMethod.CONTAINED),
    ]


def test_an_agency_whose_name_holds_words_of_titles_is_still_an_agency() -> None:
    assert best("某省国有资产监督管理委员会部门支出总表") == "spending"


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算支出总表",
        "政府性基金支出总表",
        "非财政拨款支出总表",
        "项目支出总表",
        "支出总表说明",
        "支出总表情况说明",
        "根据支出总表，本年支出如下",
        "本年支出总表反映支出。",
        "支出总额表",
        "收入总表",
        "收入支出预算总表",
        "",
    ],
)
def test_the_title_of_another_table_and_prose_are_no_title(text: str) -> None:
    assert best(text) is None


def test_the_longest_known_title_wins_over_its_end() -> None:
    assert [match.kind_id for match in match_title("某局财政拨款支出总表", KINDS, LEXICON)] == ["fiscal"]


def test_a_damaged_character_is_borne_but_not_another_word() -> None:
    assert match_title("收入攴出决算总表", KINDS, LEXICON) == []
    (found,) = match_title("财政拨款支出縂表", KINDS, LEXICON)
    assert (found.kind_id, found.method) == ("fiscal", TitleMethod.FUZZY)


LABELS = Path(__file__).parents[2] / "bench" / "labels" / "titles.json"


def test_no_labelled_title_names_a_wrong_kind() -> None:
    catalogue = load_catalogue()
    wrong = []
    for case in json.loads(LABELS.read_text(encoding="utf-8")):
        found = match_title(case["text"], catalogue.kinds, catalogue.lexicon)
        if found and found[0].kind_id != case["kind"]:
            wrong.append((case["text"], found[0].kind_id))
    assert wrong == []
