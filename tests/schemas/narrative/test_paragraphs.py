"""Lines become paragraphs, and a folded text still knows where it was printed."""

from __future__ import annotations

from extractors.model import Box, Document, Grid, GridMethod, Location, Part, TextLine
from schemas.narrative.paragraphs import BREAK, Folded, Paragraph, fold_paragraph, paragraphs_of
from tests.schemas.narrative.written import LEFT, RIGHT, page, printed, prose

INDENT = LEFT + 24


def texts(document: Document) -> list[str]:
    return [paragraph.printed.replace("\n", "") for paragraph in paragraphs_of(document)]


def folded(*lines: TextLine) -> Folded:
    return fold_paragraph(Paragraph(lines))


def test_an_indented_line_begins_a_paragraph_and_full_lines_go_on() -> None:
    lines = page(
        ("2022年度收入总计1114.03万元。与2021年相比，收入", INDENT, RIGHT),
        ("总计减少75.64万元，下降", LEFT, RIGHT),
        ("6.4%。", LEFT, 110),
        ("本年支出合计1114.03万元。", INDENT, 300),
    )
    assert texts(printed(*lines)) == [
        "2022年度收入总计1114.03万元。与2021年相比，收入总计减少75.64万元，下降6.4%。",
        "本年支出合计1114.03万元。",
    ]


def test_a_line_that_breaks_before_a_long_number_is_not_the_end_of_its_paragraph() -> None:
    lines = page(
        ("（二）支出预算：其中：基本支出", INDENT, RIGHT - 80), ("1,192.85万元，项目支出525万元。", LEFT, RIGHT)
    )
    assert texts(printed(*lines)) == ["（二）支出预算：其中：基本支出1,192.85万元，项目支出525万元。"]


def test_a_heading_without_indent_stays_alone() -> None:
    lines = page(("三、支出决算情况说明", LEFT, 230), ("2023年度支出合计400.00万元。", LEFT, RIGHT))
    assert texts(printed(*lines)) == ["三、支出决算情况说明", "2023年度支出合计400.00万元。"]


def test_a_paragraph_runs_over_a_page_break_and_its_page_number() -> None:
    first = page(("2022年度政府采购支出总额334.95万元，其中：", INDENT, RIGHT), ("- 19 -", 280, 310))
    second = page(
        ("政府采购货物支出150.47万元。", LEFT, 300),
        ("全年其余各项情况说明如上，此处不再一一列示说明。", LEFT, RIGHT),
        number=2,
    )
    assert texts(printed(*first, *second))[0].startswith("2022年度政府采购支出总额334.95万元，其中：政府采购货物支出")


def test_a_table_ends_a_paragraph() -> None:
    before, after = page(("本年收入合计", LEFT, RIGHT), ("1114.03万元", LEFT, RIGHT))
    grid = Grid(1, 1, (), (Part(Location(1, Box(0, 0, 1, 1)), 0, 0),), GridMethod.RULED)
    document = Document("pdf", "application/pdf", (), (before, grid, after))
    assert texts(document) == ["本年收入合计", "1114.03万元"]


def test_lines_of_digits_are_lower_and_still_of_one_size() -> None:
    first, second = page(("占本年支出合计的", LEFT, RIGHT), ("15.16%；", LEFT, 110))
    lower = TextLine(second.text, second.location, 10.0)
    assert texts(printed(first, lower)) == ["占本年支出合计的15.16%；"]


def test_words_in_brackets_lose_their_brackets_and_levels_keep_a_mark() -> None:
    text = folded(TextLine("因公出国（境）费，卫生健康支出（类）医疗救助（款）（一） ", Location())).text
    assert text == "因公出国境费，卫生健康支出〔类〕医疗救助〔款〕(一)"


def test_spaces_go_but_never_between_digits() -> None:
    assert folded(TextLine("预算 4,497.16 万元", Location())).text == "预算4,497.16万元"
    assert folded(TextLine("共 12 30.5 万元", Location())).text == f"共12{BREAK}30.5万元"


def test_digits_that_a_line_break_parts_are_never_one_number() -> None:
    lines = page(("收入总计1,1", LEFT, RIGHT), ("14.03万元", LEFT, RIGHT))
    assert folded(*lines).text == f"收入总计1,1{BREAK}14.03万元"


def test_a_folded_text_tells_the_lines_and_the_words_of_a_part() -> None:
    lines = page(("“三公” 经费预算 3.15 万", LEFT, RIGHT), ("元，与上年持平。", LEFT, 200))
    read = folded(*lines)
    start = read.text.index("3.15")
    assert read.text == "三公经费预算3.15万元，与上年持平。"
    assert read.words(start, start + 6) == "3.15 万元"
    assert read.place(start, start + 6) == Location(1, Box(LEFT, 100, RIGHT, 132))
    assert read.place(start + 6, start + 9).box == Box(LEFT, 120, 200, 132)


def test_a_paragraph_of_a_file_without_pages_keeps_its_path() -> None:
    (_, second) = paragraphs_of(prose("收入总计5万元。"))
    read = fold_paragraph(second)
    assert read.place(0, 4) == Location(path=(("paragraph", 1),))
