"""The text of a web page: its encoding, its lines, what is not printed, its lists and its links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.html.encoding import decode
from extractors.formats.html.lists import marker
from extractors.model import Link
from tests.extractors.htmlpages import codes, read, texts

# --- encoding

SENTENCE = "长安区医疗保障局２０２３年“三公”经费——镕㳟"  # 镕 is in GBK, not in GB2312; 㳟 only in GB18030


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "gbk", "iso-8859-1", "unheard-of"])
def test_bytes_decide_the_encoding_whatever_is_declared(encoding: str, declared: str) -> None:
    page = f'<html><meta charset="{declared}"><p>{SENTENCE}</p></html>'
    assert texts(page.encode(encoding)) == [SENTENCE]
    assert codes(page.encode(encoding)) == []


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_no_character_of_a_page_declared_gb2312_is_lost(name: str) -> None:
    text = f"部门决算{name}"
    page = f'<html><meta charset="gb2312"><p>{text}</p></html>'
    assert texts(page.encode("gb18030")) == [text]
    assert texts(page.encode("utf-8")) == [text]


def test_traditional_pages_are_read_when_they_declare_their_encoding() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>財政決算</p>'
    assert texts(page.encode("big5")) == ["財政決算"]


def test_a_western_page_is_read_when_it_declares_its_encoding() -> None:
    assert texts('<meta charset="windows-1252"><p>Crédit – 10 €</p>'.encode("cp1252")) == ["Crédit – 10 €"]


def test_a_broken_byte_costs_one_character_and_is_said() -> None:
    data = "<p>一般公共预算支出决算".encode() + b"\xff" + "１００万元</p>".encode()
    assert texts(data) == ["一般公共预算支出决算\N{REPLACEMENT CHARACTER}１００万元"]
    assert codes(data) == ["text_undecodable"]


def test_a_page_cut_within_a_character_is_read_to_there() -> None:
    data = "<p>政府性基金".encode("gb18030")[:-1]
    assert texts(data) == ["政府性基\N{REPLACEMENT CHARACTER}"]
    assert codes(data) == ["text_undecodable"]


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    assert "\0" not in decode(data).text


# --- lines


def test_blocks_and_breaks_are_lines_with_the_name_of_their_element() -> None:
    page = "<h1>收支<br>总表</h1><p>单位：<b>万</b>元<br>日期</p>尾<div>一<span>二</span></div><ul><li>三</li></ul>"
    assert [(line.text, line.style) for line in read(page).lines] == [
        *(("收支\n总表", "h1"), ("单位：万元", "p"), ("日期", "p")),
        *(("尾", "body"), ("一二", "div"), ("三", "li")),
    ]


def test_white_space_collapses_as_in_a_browser_but_printed_spaces_stay() -> None:
    assert texts("<p> 甲 \n <b> 乙</b>\t丙&nbsp;&nbsp;　丁 </p>") == ["甲 乙 丙\xa0\xa0　丁"]
    assert texts("<pre>\n  a   b\n  c</pre>") == ["  a   b", "  c"]
    assert texts("<p style='white-space: pre-wrap'>a  b\nc</p>") == ["a  b", "c"]


def test_characters_that_print_nothing_never_part_a_number() -> None:
    assert texts("<p>12\u200b34&shy;5\ufeff.0\x000&zwj;元</p>") == ["12345.00元"]


def test_entities_are_the_characters_they_name() -> None:
    assert texts("<p>&yen;1&#44;2&#x3000;&ge;3&nosuch;&#150;</p>") == ["¥1,2　≥3&nosuch;–"]


def test_the_window_title_is_a_line_unless_it_is_the_heading() -> None:
    assert [(line.text, line.style) for line in read("<title>决算 - 某市</title><h1>决算</h1>").lines] == [
        ("决算 - 某市", "title"),
        ("决算", "h1"),
    ]
    assert texts("<title>某局 2023年度决算</title><h1>某局<br>2023年度决算</h1>") == ["某局\n2023年度决算"]


def test_values_of_a_filled_form_are_printed_and_boxes_say_whether_they_are_ticked() -> None:
    page = (
        "<p>执行数 <input value='12.5'><input type=hidden value=9>"
        "<input type=checkbox checked>是 <input type=radio>否</p>"
        "<select><option>甲<option selected>乙</select>"
    )
    assert texts(page) == ["执行数 12.5☑是 ☐否", "乙"]
    assert codes(page) == []


def test_a_page_that_hides_itself_until_its_script_has_run_is_read() -> None:
    assert texts("<style>body{display:none !important}</style><body><p>单位：万元</p></body>") == ["单位：万元"]


# --- what is not printed


def test_scripts_and_what_stands_in_for_them_are_no_text() -> None:
    page = (
        "<script>document.write('<table><tr><td>单位：元')</script><style>p{}</style><noscript>请启用</noscript>"
        "<template><p>样例</p></template><!-- 单位：元 --><p>正文</p><xml><w:View>Normal</w:View></xml>"
    )
    assert texts(page) == ["正文"]
    assert codes(page) == []


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>单位：元</p>",
        "<p style='DISPLAY : none'>单位：元</p>",
        "<p style='visibility:hidden'>单位：元</p>",
        "<style>.x{display:none}</style><p class='y x'>单位：元</p>",
        "<style>#x, p#z{display:none}</style><p id=x>单位：元</p>",
        "<style>@media screen { p.x {display: none !important} }</style><p class=x style='display:block'>单位：元</p>",
        "<div style='display:none'><div><p>单位：元</p></div></div>",
        "<span style='mso-hide:all'>单位：元</span>",
        "<span style='text-indent:-9999px'>单位：元</span>",
        "<div style='position:absolute;left:-999em;top:-9999px'>单位：元</div>",
    ],
)
def test_hidden_text_is_left_out_and_said(hidden: str) -> None:
    page = f"{hidden}<p>单位：万元</p>"
    assert texts(page) == ["单位：万元"]
    (notice,) = read(page).notices
    assert (notice.code, "单位：元" in notice.message) == ("hidden_text", True)


@pytest.mark.parametrize(
    "shown",
    [
        "<style>@media print{p{display:none}}</style><p>单位：万元</p>",
        "<style>.menu p{display:none} p:hover{display:none}</style><p>单位：万元</p>",
        "<style>p{display:none} p.x{display:block}</style><p class=x>单位：万元</p>",
        "<style>p{display:none} /* p{} */</style><p style='display:block'>单位：万元</p>",
        "<style>@media (max-width:9px){.a{x:y} p{display:none}} .b{}</style><p>单位：万元</p>",
    ],
)
def test_rules_that_may_not_apply_hide_nothing(shown: str) -> None:
    assert texts(shown) == ["单位：万元"]


def test_a_hidden_element_that_would_print_nothing_is_not_worth_a_word() -> None:
    assert codes("<div style='display:none'><script>var a = 1</script> <img src=a></div><p>x</p>") == []


def test_struck_out_text_is_left_out_so_that_two_numbers_never_read_as_one() -> None:
    page = "<p>合计<del>100</del>200<s>300</s></p><p style='text-decoration: line-through'>旧</p>"
    assert texts(page) == ["合计200"]
    (notice,) = read(page).notices
    assert (notice.code, notice.message) == ("tracked_changes", "3 struck-out texts were left out; the first: 100")


# --- lists


def test_numbers_of_ordered_lists_are_printed() -> None:
    page = (
        "<ol start=3><li>甲<li value=9><p>乙</p><li>丙</ol><ol style='list-style-type:cjk-ideographic'><li>丁</ol>"
        "<ol type=I><li>戊</ol><ol style='list-style:none'><li>己</ol><ul><li>庚</ul>"
    )
    assert texts(page) == ["3. 甲", "9. 乙", "10. 丙", "一、丁", "I. 戊", "己", "庚"]


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (12, "simp-chinese-informal", "十二、"),
        (105, "cjk-ideographic", "一百零五、"),
        (21, "simp-chinese-formal", "贰拾壹、"),
        (20, "cjk-decimal", "二〇、"),
        (3, "cjk-heavenly-stem", "丙、"),
        (4, "lower-roman", "iv. "),
        (28, "upper-alpha", "AB. "),
        (7, "decimal-leading-zero", "07. "),
        (-1, "lower-alpha", "-1. "),
        (5, "disc", ""),
    ],
)
def test_markers(number: int, style: str, printed: str) -> None:
    assert marker(number, style) == printed


# --- links


def test_attachments_come_first_and_addresses_stay_as_printed() -> None:
    page = (
        "<a href='/index.html'>首页</a><a href='javascript:print()'>打印</a><a href='#top'>顶</a>"
        "<p><a href=' ./P02024.PDF?v=1'>附件1：<b>决算</b>\n公开表</a><a href='down.jsp?id=3'>附件2.xlsx</a></p>"
        "<iframe src='/a/report.pdf'></iframe><a href='/index.html'>首页</a>"
    )
    assert read(page).links == (
        Link("附件1：决算 公开表", "./P02024.PDF?v=1"),
        Link("附件2.xlsx", "down.jsp?id=3"),
        Link("", "/a/report.pdf"),
        Link("首页", "/index.html"),
    )
    assert codes(page) == ["embedded_object"]


def test_a_link_that_is_never_closed_ends_where_a_table_begins() -> None:
    page = "<p><a href='a.doc'>附件<table border=1><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    document = read(page)
    assert document.links == (Link("附件", "a.doc"),)
    assert len(document.grids) == 1


@pytest.mark.parametrize(
    ("base", "resolved"),
    [
        ("https://www.example.gov.cn/zwgk/", "https://www.example.gov.cn/zwgk/a.doc"),
        ("/zwgk/", "a.doc"),
        ("", "a.doc"),
        ("http://[x", "a.doc"),
    ],
)
def test_only_an_absolute_base_resolves_an_address(base: str, resolved: str) -> None:
    page = f"<head><base href='{base}'><base href='http://other/'></head><a href='a.doc'>表</a>"
    expected = resolved if base.startswith("https") else "http://other/a.doc"
    assert read(page).links == (Link("表", expected),)


def test_frames_are_not_opened_and_it_is_said() -> None:
    page = "<frameset><frame src='tabs.htm'><frame src='sheet001.htm'><noframes><p>no</p></noframes></frameset>"
    document = read(page)
    assert (document.blocks, codes(page)) == ((), ["embedded_object"])
    assert [link.href for link in document.links] == ["tabs.htm", "sheet001.htm"]
