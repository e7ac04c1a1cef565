"""Folding and ordinals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.text import fold, has_chinese, ordinal_depth, strip_ordinal


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("因公出国（境） 费", "因公出国(境)费"),
        ("其\n他\n收\n入", "其他收入"),
        ("“三公”经费", "三公经费"),
        ("《一般公共预算》", "一般公共预算"),
        ("石发〔２０１９〕８号", "石发(2019)8号"),
        ("【合计】", "(合计)"),
        ("项目\u200b支\ufeff出\u00ad\u3000", "项目支出"),
        ("公务用⻋费", "公务用车费"),
        ("刊能分类\n科日编码", "功能分类科目编码"),
        ("单位名称：", "单位名称"),
        ("3＝1＋2", "3=1+2"),
        ("2023—2024年", "2023-2024年"),
        ("①办公费", "1)办公费"),
        ("", ""),
    ],
)
def test_labels_that_print_alike_fold_alike(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="一、（）()12.①其中：加减:科日 \n拔款-—", max_size=20))
def test_folding_marks_and_ordinals_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("printed", "rest", "ordinal"),
    [
        ("一、一般公共服务支出", "一般公共服务支出", "一、"),
        ("二十一 、其他支出", "其他支出", "二十一、"),
        ("（一）公务接待费", "公务接待费", "(一)"),
        ("1．国内接待费", "国内接待费", "1."),
        ("(1)购置费", "购置费", "(1)"),
        ("①购置费", "购置费", "1)"),
        ("其中：外事接待费", "外事接待费", "其中:"),
        ("（一）1.其中：办公费", "办公费", "(一)1.其中:"),
        ("加：年初结转和结余", "年初结转和结余", "加:"),
        ("1.2023年结转", "2023年结转", "1."),
        ("一般公共预算", "一般公共预算", ""),
        ("1.5倍", "1.5倍", ""),
        ("其中：", "其中", ""),
        ("—", "-", ""),
        ("二、", "二、", ""),
    ],
)
def test_ordinals_are_taken_off_but_never_the_whole_label(printed: str, rest: str, ordinal: str) -> None:
    assert strip_ordinal(fold(printed)) == (rest, ordinal)


@pytest.mark.parametrize(
    ("ordinal", "depth"),
    [("一、", 1), ("(一)", 2), ("1.", 3), ("(1)", 4), ("1)", 5), ("(一)1.", 3), ("其中:", None), ("", None)],
)
def test_the_form_of_an_ordinal_hints_at_its_depth(ordinal: str, depth: int | None) -> None:
    assert ordinal_depth(ordinal) == depth


def test_digits_and_latin_are_not_chinese() -> None:
    assert has_chinese("A类") is True
    assert has_chinese("A1—") is False
