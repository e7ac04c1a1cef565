"""Automatic numbers are printed as Word counts them."""

from __future__ import annotations

import pytest

from extractors.formats.docx.numerals import numeral
from extractors.numerals import spelled
from tests.extractors.docxfiles import grid, lines, p, read, tbl, tc, tr


def level(depth: int, style: str, pattern: str, inner: str = "", *, start: int = 1, gap: str = "") -> str:
    suffix = f'<w:suff w:val="{gap}"/>' if gap else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/>{suffix}{inner}</w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def item(text: str, number: int = 1, depth: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


CHAPTERS = abstract(
    0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
) + num(1, 0)


def test_chinese_chapters_sections_and_items() -> None:
    body = item("概况") + item("职能", depth=1) + item("机构", depth=1) + item("本级", depth=2) + item("报表")
    body += item("收入", depth=1)
    assert lines(body, numbering=CHAPTERS) == [
        "一、概况",
        "（一）职能",
        "（二）机构",
        "1. 本级",
        "二、报表",
        "（一）收入",
    ]


def test_lists_of_one_abstract_list_count_on() -> None:
    numbering = CHAPTERS + num(2, 0)
    assert lines(item("甲") + item("乙", number=2) + item("丙"), numbering=numbering) == ["一、甲", "二、乙", "三、丙"]


def test_a_start_override_begins_anew_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = item("甲") + item("乙") + item("丙", number=2) + item("丁", number=2)
    assert lines(body, numbering=CHAPTERS + num(2, 0, override)) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_an_overridden_level_prints_in_its_own_style() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1. ", start=4)}</w:lvlOverride>'
    assert lines(item("甲", number=2), numbering=CHAPTERS + num(2, 0, override)) == ["IV.  甲"]


def test_numbers_of_higher_levels_are_shown_in_lower_ones() -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "第%1章", gap="space"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>", gap="nothing"),
    ) + num(1, 0)
    body = item("先", depth=1) + item("总则") + item("甲", depth=1) + item("乙", depth=1)
    assert lines(body, numbering=numbering) == ["1.1先", "第一章 总则", "1.1甲", "1.2乙"]


def test_a_level_that_never_restarts_counts_through() -> None:
    numbering = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "表%2", '<w:lvlRestart w:val="0"/>')) + num(
        1, 0
    )
    body = item("甲") + item("收入", depth=1) + item("乙") + item("支出", depth=1)
    assert lines(body, numbering=numbering) == ["1 甲", "表1 收入", "2 乙", "表2 支出"]


def test_numbering_may_come_from_the_style_and_its_level_from_the_list() -> None:
    numbered = "<w:pPr><w:numPr>{}<w:numId w:val='1'/></w:numPr></w:pPr>".format
    second = "<w:ilvl w:val='1'/>"
    styles = (
        f'<w:style w:type="paragraph" w:styleId="h1">{numbered("")}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="h2">{numbered(second)}</w:style>'
        '<w:style w:type="paragraph" w:styleId="h2b"><w:basedOn w:val="h2"/></w:style>'
    )
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    ) + num(1, 0)
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", style="h1") + p("乙", style="h2") + p("丙", style="h2b") + p("丁", style="h1", properties=off)
    assert lines(body, styles=styles, numbering=numbering) == ["一、甲", "（一）乙", "（二）丙", "丁"]


def test_a_list_may_take_its_levels_from_a_numbering_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="n"/></w:abstractNum>'
    assert lines(item("甲", number=2), styles=styles, numbering=CHAPTERS + linked + num(2, 5)) == ["一、甲"]


def test_cells_are_numbered_in_reading_order() -> None:
    body = tbl(tr(tc(item("")), tc(item("甲"))), tr(tc(item("")), "乙"))
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    assert [cell.text for cell in grid(body, numbering=numbering).cells] == ["1", "2 甲", "3", "乙"]


def test_deleted_items_do_not_count() -> None:
    mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    gone = f'<w:p><w:pPr>{mark}</w:pPr><w:del w:id="2" w:author="x"><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>'
    assert lines(item("甲") + gone + item("丙"), numbering=CHAPTERS) == ["一、甲", "二、丙"]


def test_bullets_print_a_sign() -> None:
    symbol = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    numbering = abstract(0, level(0, "bullet", "\uf06e", symbol), level(1, "bullet", "\uf001", symbol)) + num(1, 0)
    assert lines(item("甲") + item("乙", depth=1), numbering=numbering) == ["■ 甲", "• 乙"]


def test_an_unknown_numbering_style_is_left_out_and_noticed() -> None:
    numbering = abstract(0, level(0, "hebrew1", "%1.")) + num(1, 0)
    document = read(item("甲"), numbering=numbering)
    assert [line.text for line in document.lines] == ["甲"]
    assert [notice.code for notice in document.notices] == ["numbering_unknown"]
    assert "hebrew1" in document.notices[0].message


def test_a_list_that_does_not_exist_prints_nothing() -> None:
    assert lines(item("甲", number=7), numbering=CHAPTERS) == ["甲"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一")),
        *((110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"), (12345, "12345"), (0, "零")),
    ],
)
def test_chinese_numbers_are_spelled_as_people_write_them(number: int, text: str) -> None:
    assert spelled(number) == text


@pytest.mark.parametrize(
    ("style", "number", "text"),
    [
        ("decimalZero", 7, "07"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperLetter", 28, "BB"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 51, "51"),
        ("ideographTraditional", 11, "甲"),
        ("chineseLegalSimplified", 12, "拾贰"),
        ("ideographDigital", 20, "二〇"),
        ("decimalFullWidth", 12, "１２"),
        ("none", 3, ""),
        ("hebrew1", 3, None),
    ],
)
def test_numbers_in_the_styles_of_word(style: str, number: int, text: str | None) -> None:
    assert numeral(number, style) == text
