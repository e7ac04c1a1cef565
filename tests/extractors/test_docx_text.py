"""The text of a DOCX paragraph is what Word prints of it."""

from __future__ import annotations

import pytest

from extractors.model import Link
from tests.extractors.docxfiles import field, grid, lines, p, read, relationships, run, tbl, tr

VANISH = "<w:vanish/>"
CHANGED = 'w:id="1" w:author="x" w:date="2023-01-01T00:00:00Z"'


def codes(body: str, **parts: str) -> list[str]:
    return [notice.code for notice in read(body, **parts).notices]


def box(content: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"


def test_tabs_breaks_and_hyphens_print_as_they_look() -> None:
    body = p(
        "编制单位：某局",
        "<w:r><w:tab/></w:r>",
        "单位：万元",
        "<w:r><w:br/></w:r>",
        "<w:r><w:noBreakHyphen/><w:t>1,234.50</w:t><w:softHyphen/></w:r>",
        "<w:r><w:cr/></w:r>",
    )
    assert lines(body) == ["编制单位：某局\t单位：万元\n-1,234.50"]


def test_soft_hyphens_typed_as_characters_do_not_print() -> None:
    assert lines(p("1,2\xad34.00")) == ["1,234.00"]


def test_text_broken_over_lines_by_a_pretty_printer_is_one_line() -> None:
    assert lines("<w:p><w:r><w:t>\n      收入决算表\n    </w:t></w:r></w:p>") == ["收入决算表"]


def test_empty_paragraphs_count_but_print_nothing() -> None:
    assert [line.location.path for line in read(p() + p(" ") + p("一")).lines] == [(("paragraph", 2),)]


def test_insertions_stay_and_deletions_go() -> None:
    body = p(
        "决算数",
        f"<w:ins {CHANGED}>{run('10.00')}</w:ins>",
        f"<w:del {CHANGED}><w:r><w:delText>99.00</w:delText></w:r></w:del>",
    )
    document = read(body)
    assert [line.text for line in document.lines] == ["决算数10.00"]
    (notice,) = document.notices
    assert (notice.code, notice.location) == ("tracked_changes", document.lines[0].location)
    assert notice.message.startswith("2 tracked changes")
    assert "2处修订" in notice.message_zh


def test_moved_text_is_read_once_where_it_went() -> None:
    body = p(f"<w:moveFrom {CHANGED}>{run('甲')}</w:moveFrom>") + p("乙", f"<w:moveTo {CHANGED}>{run('甲')}</w:moveTo>")
    assert lines(body) == ["乙甲"]


def test_a_change_of_format_is_no_change_of_text() -> None:
    old = f"<w:rPrChange {CHANGED}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    assert lines(p(run("甲", old))) == ["甲"]
    assert codes(p(run("甲", old))) == []


def test_hidden_text_is_left_out_and_noticed() -> None:
    body = p("支出", run("内部数据", VANISH), run("合计", '<w:vanish w:val="0"/>'))
    assert lines(body) == ["支出合计"]
    assert codes(body) == ["hidden_text"]


def test_text_hidden_by_a_style_is_left_out() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = p("支出", run("内部", '<w:rStyle w:val="b"/>')) + p("全部隐藏", style="c")
    assert lines(body, styles=styles) == ["支出"]
    assert codes(body, styles=styles) == ["hidden_text"]


def test_field_codes_go_and_results_stay() -> None:
    assert lines(p("第", field(" PAGE ", "3"), "页")) == ["第3页"]


def test_a_field_inside_the_code_of_a_field_prints_nothing() -> None:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    code = "<w:r><w:instrText> = </w:instrText></w:r>" + field("PAGE", "7")
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert lines(p("共", begin + code + separate + run("8") + end, "页")) == ["共8页"]


def test_a_field_that_never_ends_loses_no_text() -> None:
    body = p("甲", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "乙") + p("丙")
    assert lines(body) == ["甲乙", "丙"]


def test_a_line_of_a_table_of_contents_has_no_code_in_it() -> None:
    assert lines(p(" PAGEREF _Toc4711 \\h ".join(["一、收入支出决算总表", "5"]))) == ["一、收入支出决算总表5"]
    toc = p('<w:r><w:t xml:space="preserve">TOC \\o "1-3" \\h \\z \\u</w:t></w:r>', "目录")
    assert lines(toc) == ["目录"]


def test_links_are_told_and_their_text_is_read() -> None:
    rels = relationships(("rId5", "hyperlink", "https://example.org/a"), ("rId6", "image", "media/x.png"))
    body = p("见", f'<w:hyperlink r:id="rId5">{run("附件1")}</w:hyperlink>')
    body += p(field(' HYPERLINK "https://example.org/b" \\o "x"', "附件2"))
    body += p(f'<w:hyperlink w:anchor="_Toc1">{run("表一")}</w:hyperlink>')
    document = read(body, rels=rels)
    assert document.links == (Link("附件1", "https://example.org/a"), Link("附件2", "https://example.org/b"))
    assert [line.text for line in document.lines] == ["见附件1", "附件2", "表一"]


@pytest.mark.parametrize(
    ("font", "char", "printed"),
    [
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "00A3", "□"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F06F", "□"),
        ("Symbol", "F0B3", "≥"),
        ("宋体", "2611", "☑"),
    ],
)
def test_symbols_print_their_picture(font: str, char: str, printed: str) -> None:
    assert lines(p(f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>', "是")) == [f"{printed}是"]


def test_an_unknown_symbol_is_shown_as_unknown_and_noticed() -> None:
    body = p('<w:r><w:sym w:font="Wingdings" w:char="F024"/></w:r>', "1.00")
    assert lines(body) == ["\N{REPLACEMENT CHARACTER}1.00"]
    assert codes(body) == ["symbol_unknown"]


def test_letters_set_in_a_picture_font_print_their_picture() -> None:
    wingdings = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
    symbol = '<w:rFonts w:ascii="Symbol"/>'
    assert lines(p(run("R", wingdings), "是", run("\uf0a3", wingdings), "否")) == ["☑是□否"]
    assert lines(p(run("\uf0b395%", symbol))) == ["≥95%"]


def test_a_raised_note_mark_is_no_digit_of_the_amount() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert lines(p("709.41", run("1", raised))) == ["709.41¹"]


def test_footnotes_of_a_table_stand_beneath_it_and_others_at_the_end() -> None:
    footnotes = (
        '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " 含上年结转。")}</w:footnote>'
        f'<w:footnote w:id="3">{p("<w:r><w:footnoteRef/></w:r>", " 按决算口径。")}</w:footnote>'
    )
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p("说明", refer.format(3)) + tbl(tr(f"<w:tc>{p('709.41', refer.format(2))}</w:tc>")) + p("正文")
    document = read(body, footnotes=footnotes)
    assert [line.text for line in document.lines] == ["说明¹", "²含上年结转。", "正文", "¹按决算口径。"]
    assert document.grids[0].cells[0].text == "709.41²"
    assert document.grids[0].below[0].text == "²含上年结转。"
    assert document.lines[1].location.path == (("footnote", "2"),)


def test_notes_numbered_in_circles_print_circles() -> None:
    footnotes = f'<w:footnote w:id="2">{p("注")}</w:footnote>'
    style = '<w:sectPr><w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr></w:sectPr>'
    body = p("收入", '<w:r><w:footnoteReference w:id="2"/></w:r>') + style
    assert lines(body, footnotes=footnotes) == ["收入①", "①注"]


def test_a_text_box_written_twice_is_read_once_after_its_paragraph() -> None:
    content = p("单位：万元") + tbl(tr("甲", "1"))
    both = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>"
        f"{content}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback>{box(content)}</mc:Fallback></mc:AlternateContent>"
    )
    document = read(p("收入决算表", f"<w:r>{both}</w:r>") + p("后"))
    assert [line.text for line in document.lines] == ["收入决算表", "单位：万元", "后"]
    assert [cell.text for cell in document.grids[0].cells] == ["甲", "1"]
    assert [line.text for line in document.grids[0].above] == ["收入决算表", "单位：万元"]


def test_an_old_reader_s_branch_is_read_when_the_new_one_holds_nothing() -> None:
    old = f"<mc:Fallback>{box(p('单位：元'))}</mc:Fallback>"
    both = f"<mc:AlternateContent><mc:Choice Requires='x'/>{old}</mc:AlternateContent>"
    assert lines(p("题", f"<w:r>{both}</w:r>")) == ["题", "单位：元"]


def test_check_boxes_without_text_are_drawn_from_their_state() -> None:
    control = (
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='{}'/></w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    assert lines(p(control.format(1), "是", control.format(0), "否")) == ["☑是☐否"]


def test_a_check_box_that_prints_its_own_text_is_not_drawn_again() -> None:
    control = (
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>"
        f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
    )
    assert lines(p(control, "是")) == ["☒是"]


def test_check_boxes_of_old_forms_are_drawn_from_their_state() -> None:
    ticked = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
    empty = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"

    def form_box(data: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
            '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    assert lines(p(form_box(ticked), "是", form_box(empty), "否")) == ["☑是☐否"]


def test_phonetic_guides_are_not_read_and_formulas_keep_their_strokes() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('zhōng')}</w:rt><w:rubyBase>{run('中')}</w:rubyBase></w:ruby></w:r>"
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    power = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert lines(p(ruby, fraction, "，", power)) == ["中1/2，10⁴"]


def test_size_and_style_are_those_that_the_file_tells() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        '<w:rPr><w:sz w:val="44"/></w:rPr></w:style>'
    )
    body = p("标题", style="1") + p("正文") + p(run("大", '<w:sz w:val="36"/>')) + p("缺", style="missing")
    read_lines = [(line.size, line.style) for line in read(body, styles=styles).lines]
    assert read_lines == [(22.0, "Heading 1"), (10.5, "Normal"), (18.0, "Normal"), (10.5, "Normal")]


def test_styles_based_on_each_other_in_a_circle_are_read() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    assert lines(p("甲", style="a"), styles=styles) == ["甲"]


def test_an_inserted_file_that_is_not_read_is_noticed() -> None:
    assert codes(p("甲") + '<w:altChunk r:id="rId3"/>') == ["content_not_read"]


def test_a_table_between_deleted_blocks_is_still_read() -> None:
    body = f"<w:ins {CHANGED}>{tbl(tr('甲'))}</w:ins><w:del {CHANGED}>{p('乙')}</w:del>"
    assert [cell.text for cell in grid(body).cells] == ["甲"]
