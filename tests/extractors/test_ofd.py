from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from extractors import registry
from extractors.errors import Encrypted, ForbiddenXml, TooLarge, Unreadable
from extractors.formats.ofd import extract
from extractors.model import Box, PageStatus, TextVerdict
from extractors.options import Limits, Options
from tests.extractors.ocr.drawn import FakeEngine, Sheet
from tests.extractors.ofdfiles import XMLNS, grid, lines, ofd, page, path, read, text

POINTS = 72 / 25.4
RULED = grid(20, 20, 2, 1) + text("22 23", "收入") + text("62 23", "1,234.50")


def test_pages_are_sheets_in_points_with_their_origin_at_the_top() -> None:
    document = read(page(text("20 30", "合计")))
    (only,) = document.pages
    assert (only.width, only.height, only.rotation, only.text) == (595.28, 283.46, 0, TextVerdict.DIGITAL)
    (line,) = document.lines
    assert line.location.box == Box(
        *(round(side * POINTS, 2) for side in (20, 34 - 0.88 * 4, 28, 34 + 0.12 * 4))
    )  # two squares of 4 mm, their baseline 4 mm below the boundary


def test_rules_and_texts_make_a_grid() -> None:
    document = read(page(RULED))
    (table,) = document.grids
    assert [cell.text for cell in table.cells] == ["收入", "1,234.50"]
    assert table.cells[1].location.box == Box(*(round(side * POINTS, 2) for side in (60, 20, 100, 30)))


@pytest.mark.parametrize(
    ("steps", "left"),
    [("4 4 10", 38), ("g 2 4 10", 38), ("g 99 4", 32), ("4", 32), ("g x 4 4 4 4", 32)],
    ids=["each", "repeated", "too many", "the last goes on", "broken"],
)
def test_steps_place_each_glyph(steps: str, left: float) -> None:
    (line,) = read(page(text("20 30", "甲乙丙丁", f'X="0" Y="4" DeltaX="{steps}"'))).lines
    assert line.location.box is not None
    assert line.location.box.x1 == pytest.approx((left + 4) * POINTS, abs=0.02)
    assert line.text.replace(" ", "") == "甲乙丙丁"


def test_steps_back_and_down_begin_a_new_line() -> None:
    assert lines(read(page(text("20 30", "甲乙丙丁", 'X="0" Y="4" DeltaX="4 -4 4" DeltaY="0 6 0"')))) == [
        "甲乙",
        "丙丁",
    ]


def test_without_steps_glyphs_follow_each_other() -> None:
    assert lines(read(page(text("20 30", "合计12.50")))) == ["合计12.50"]


def test_a_text_code_without_a_place_begins_where_the_one_before_did() -> None:
    more = '<ofd:TextCode X="2" Y="4">甲</ofd:TextCode>'
    (first, second) = read(page(text("20 30", "乙", 'Y="14"', inside=more))).lines
    assert [one.location.box and one.location.box.x0 for one in (first, second)] == [round(22 * POINTS, 2)] * 2


def test_text_from_top_to_bottom_in_a_cell() -> None:
    down = text("22 20.5", "甲乙", attributes='ReadDirection="90"')
    document = read(page(grid(20, 20, 2, 1), down, text("62 23", "1")))
    assert [cell.text for cell in document.grids[0].cells] == ["甲\n乙", "1"]


@pytest.mark.parametrize("direction", ['CTM="0 1 -1 0 30 0"', 'CharDirection="90" ReadDirection="90"'])
def test_text_on_its_side_is_read(direction: str) -> None:
    document = read(page(RULED, text("150 20", "备注说明", attributes=direction)))
    assert "备注说明" in lines(document)
    assert [cell.text for cell in document.grids[0].cells] == ["收入", "1,234.50"]


def test_a_page_whose_text_lies_on_its_side_is_read_and_shown_as_it_is_displayed() -> None:
    cells = path("20 20 10 0.2", "M 0 0 L 10 0") + path("20 60 10 0.2", "M 0 0 L 10 0")
    cells += path("20 100 10 0.2", "M 0 0 L 10 0")
    cells += path("20 20 0.2 80", "M 0 0 L 0 80") + path("30 20 0.2 80", "M 0 0 L 0 80")
    turned = 'CTM="0 1 -1 0 8 0"'
    document = read(page(cells, text("20 22", "收入", attributes=turned), text("20 62", "12", attributes=turned)))
    (table,) = document.grids
    assert [cell.text for cell in table.cells] == ["收入", "12"]
    box = table.cells[0].location.box
    assert box is not None
    sides = [side * POINTS for side in (20, 20, 30, 60)]
    assert [box.x0, box.top, box.x1, box.bottom] == pytest.approx(sides, abs=0.02)


def test_a_matrix_scales_text_and_paths() -> None:
    small = 'CTM="0.5 0 0 0.5 0 0"'
    (line,) = read(page(text("20 30", "合计", attributes=small))).lines
    assert line.size == pytest.approx(2 * POINTS, abs=0.01)
    sheet = page(path("20 20 80 10", "M 0 0 L 160 0 L 160 20 L 0 20 C", small), text("22 22", "合计"))
    assert read(sheet, page(RULED)).lines[0].text == "合计"  # one frame is no table


@pytest.mark.parametrize(
    "rectangle",
    [
        path("20 20 80 10", "M 0 0 L 80 0 L 80 10 L 0 10 C"),
        path("20 20 80 10", "S 0 0 M 0 0 L 80 0 L 80 10 L 0 10 L 0 0"),
        "".join(
            path(
                "0 0 210 100",
                f"M {x} {y} L {x + w} {y} L {x + w} {y + h} L {x} {y + h} C",
                'Stroke="false" Fill="true"',
            )
            for x, y, w, h in ((20, 20, 80, 0.2), (20, 30, 80, 0.2), (20, 20, 0.2, 10), (100, 20, 0.2, 10))
        ),
    ],
    ids=["stroked", "drawn back", "thin and filled"],
)
def test_the_ways_to_draw_a_cell(rectangle: str) -> None:
    middle = path("60 20 0.2 10", "M 0 0 L 0 10")
    document = read(page(rectangle, middle, text("22 23", "收入"), text("62 23", "1")))
    assert [cell.text for cell in document.grids[0].cells] == ["收入", "1"]


def test_curves_are_no_rules() -> None:
    ring = path("20 20 80 10", "M 0 0 Q 5 5 80 0 B 1 1 2 2 80 10 A 3 3 0 0 1 0 10 C")
    assert read(page(ring, text("22 23", "收入"), text("62 23", "1"))).grids == ()


def test_white_rules_and_hidden_texts_are_not_seen() -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    ghost = text("22 33", "白9", inside=white) + text("22 43", "隐9", inside='<ofd:FillColor Value="0 0 0" Alpha="0"/>')
    off = text("22 53", "关9", attributes='Visible="false"')
    document = read(page(RULED, ghost, off))
    assert lines(document) == []
    assert [notice.code for notice in document.notices] == ["hidden_text_removed"]


def test_white_letters_on_a_dark_ground_are_read() -> None:
    ground = path("20 60 80 10", "M 0 0 L 80 0 L 80 10 L 0 10 C", 'Stroke="false" Fill="true"')
    letters = text("22 62", "标题", inside='<ofd:FillColor Value="255"/>')
    assert lines(read(page(ground, letters))) == ["标题"]


def test_a_text_below_a_white_rectangle_is_left_out() -> None:
    cover = path(
        "15 28 90 12",
        "M 0 0 L 90 0 L 90 12 L 0 12 C",
        'Stroke="false" Fill="true"',
        '<ofd:FillColor Value="255 255 255"/>',
    )
    document = read(page(text("20 30", "旧标题1"), cover, text("20 50", "新标题")))
    assert lines(document) == ["新标题"]
    assert [notice.code for notice in document.notices] == ["covered_text_removed"]


def test_a_slanted_watermark_over_a_table_is_left_out_and_said() -> None:
    mark = text("40 22", "样本2023", attributes='CTM="0.7 0.7 -0.7 0.7 0 0"')
    document = read(page(RULED, mark))
    assert [cell.text for cell in document.grids[0].cells] == ["收入", "1,234.50"]
    assert [notice.code for notice in document.notices] == ["watermark_removed", "table_text_left_out"]


def test_what_a_clip_hides_is_left_out() -> None:
    clip = (
        "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary='0 0 10 5'>"
        "<ofd:AbbreviatedData>M 0 0 L 8.1 0 L 8.1 5 L 0 5 C</ofd:AbbreviatedData>"
        "</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
    )
    hidden = text("20 30", "甲", 'X="20" Y="4"', inside=clip)
    assert lines(read(page(hidden, text("20 40", "合计", inside=clip)))) == ["合计"]


def test_a_page_is_printed_on_its_template() -> None:
    common = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>'
    sheet = page(text("62 23", "1,234.50"), before='<ofd:Template TemplateID="7" ZOrder="Background"/>')
    form = page(grid(20, 20, 2, 1), text("22 23", "收入"))
    document = read(sheet, common=common, Doc_0__Tpls__T=form)
    assert [cell.text for cell in document.grids[0].cells] == ["收入", "1,234.50"]


def test_blocks_and_composed_graphics_stand_inside_each_other() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="9" Width="50" Height="50"><ofd:Content>{text("2 3", "收入")}</ofd:Content>'
    listed = (
        f"<ofd:Res {XMLNS}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    placed = '<ofd:CompositeObject Boundary="20 20 50 50" CTM="1 0 0 1 0 0" ResourceID="9"/>'
    sheet = page(grid(20, 20, 2, 1), f"<ofd:PageBlock>{placed}{text('62 23', '12')}</ofd:PageBlock>")
    document = read(sheet, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", Doc_0__Res=f"{listed}</ofd:Res>")
    assert [cell.text for cell in document.grids[0].cells] == ["收入", "12"]


def test_an_image_over_the_page_is_a_scan() -> None:
    image = '<ofd:ImageObject Boundary="0 0 210 100" CTM="210 0 0 100 0 0" ResourceID="3"/>'
    document = read(page(image), page(image, RULED, text("20 60", "本表反映部门收支")))
    assert [one.text for one in document.pages] == [TextVerdict.SCANNED, TextVerdict.MIXED]


def test_a_scanned_page_is_read_from_its_image() -> None:
    sheet = Sheet(1654, 787)
    sheet.grid((200, 700, 1200), (200, 300, 400))
    for place, word in {(220, 230): "收入", (720, 230): "金额", (220, 330): "合计", (720, 330): "1,234.50"}.items():
        sheet.word(*place, word)
    out = io.BytesIO()
    Image.fromarray(sheet.picture).save(out, "PNG")
    listed = '<ofd:MultiMedia ID="3" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia>'
    resources = f"<ofd:Res {XMLNS} BaseLoc='Res'><ofd:MultiMedias>{listed}</ofd:MultiMedias></ofd:Res>"
    image = '<ofd:ImageObject Boundary="0 0 210 100" CTM="210 0 0 100 0 0" ResourceID="3"/>'
    common = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
    parts: dict[str, Any] = {"Doc_0/Res.xml": resources, "Doc_0/Res/scan.png": out.getvalue()}
    document = extract(ofd(page(image), common=common, **parts), Options(engine=FakeEngine(sheet.words)))
    assert [cell.text for cell in document.grids[0].cells] == ["收入", "金额", "合计", "1,234.50"]
    assert (document.pages[0].text, document.pages[0].recognised) == (TextVerdict.SCANNED, True)


def test_letters_of_a_seal_are_left_out() -> None:
    red = '<ofd:StrokeColor Value="230 20 20"/>'
    ring = path(
        "60 20 42 42", "M 42 21 B 42 32 32 42 21 42 B 9 42 0 32 0 21 B 0 9 9 0 21 0 B 32 0 42 9 42 21", inside=red
    )
    letters = text("72 38", "财务专用章", inside='<ofd:FillColor Value="230 20 20"/>')
    document = read(page(text("20 38", "合计"), ring, letters))
    assert lines(document) == ["合计"]
    assert [notice.code for notice in document.notices] == ["seal_text_removed"]


def test_glyphs_without_characters_are_said_to_be_unreadable() -> None:
    glyphs = '<ofd:CGTransform CodeCount="4"><ofd:Glyphs>5 6 7 8</ofd:Glyphs></ofd:CGTransform>'
    document = read(page(text("20 30", "¤¤¤¤", inside=glyphs)))
    assert document.pages[0].text is TextVerdict.GARBLED
    assert [notice.code for notice in document.notices] == ["garbled_text"]
    mixed = read(page(text("20 30", "¤", inside=glyphs), text("40 30", "收入合计说明", inside=glyphs)))
    assert [notice.code for notice in mixed.notices] == ["unmapped_characters"]


def test_annotations_and_attachments_are_said() -> None:
    more = "<ofd:Annotations>A.xml</ofd:Annotations><ofd:Attachments>B.xml</ofd:Attachments>"
    annotations = (
        f'<ofd:Annotations {XMLNS}><ofd:Page PageID="0"><ofd:FileLoc>A0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    )
    look = f"<ofd:Appearance>{text('62 23', '9')}</ofd:Appearance>"
    stamp = f'<ofd:PageAnnot {XMLNS}><ofd:Annot Type="Stamp">{look}</ofd:Annot></ofd:PageAnnot>'
    attached = f'<ofd:Attachments {XMLNS}><ofd:Attachment Name="附表.xlsx"/></ofd:Attachments>'
    document = read(page(RULED), more=more, Doc_0__A=annotations, Doc_0__A0=stamp, Doc_0__B=attached)
    assert [cell.text for cell in document.grids[0].cells] == ["收入", "1,234.50"]
    assert [notice.code for notice in document.notices] == ["embedded_object", "annotation_left_out"]
    assert "附表.xlsx" in document.notices[0].message


def test_the_documents_of_one_file_are_read_one_after_the_other() -> None:
    bodies = "".join(f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/D.xml</ofd:DocRoot></ofd:DocBody>" for n in (0, 1))
    parts = {"OFD.xml": f"<ofd:OFD {XMLNS}>{bodies}</ofd:OFD>"}
    for n in (0, 1):
        pages = '<ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages>'
        parts |= {
            f"Doc_{n}/D.xml": f"<ofd:Document {XMLNS}>{pages}</ofd:Document>",
            f"Doc_{n}/P.xml": page(text("20 30", f"第{n}份")),
        }
    document = registry.extract(ofd(**parts))
    assert [(line.text, line.location.page) for line in document.lines] == [("第0份", 1), ("第1份", 2)]
    assert [notice.code for notice in document.notices] == ["several_documents"]


def test_a_page_that_is_missing_fails_alone() -> None:
    whole = page(RULED)
    document = read(whole, "<ofd:Page", whole)
    assert [one.status for one in document.pages] == [PageStatus.OK, PageStatus.FAILED, PageStatus.OK]
    assert len(document.grids) == 2


def test_pages_that_were_not_asked_for_are_skipped() -> None:
    document = extract(ofd(page(RULED), page(RULED)), Options(pages=frozenset({2})))
    assert [(one.status, one.width) for one in document.pages] == [
        (PageStatus.SKIPPED, 595.28),
        (PageStatus.OK, 595.28),
    ]


def test_a_namespace_of_another_edition_is_read() -> None:
    assert len(read(page(RULED).replace("/2016", "")).grids) == 1


# --- what is refused


def test_what_is_no_ofd_is_refused() -> None:
    with pytest.raises(Unreadable):
        extract(b"no package", Options())
    with pytest.raises(Unreadable, match="no pages"):
        extract(ofd(), Options())


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(TooLarge) as caught:
        extract(ofd(*[page()] * 3), Options(limits=Limits(pages=2)))
    assert (caught.value.code, caught.value.observed) == ("too_many_pages", 3)


def test_an_entity_in_a_page_is_refused() -> None:
    with pytest.raises(ForbiddenXml):
        read('<!DOCTYPE x [<!ENTITY e "9">]>' + page(text("20 30", "&e;")))


def test_a_ciphered_file_is_encrypted() -> None:
    with pytest.raises(Encrypted):
        extract(ofd(page(RULED), **{"Encryptions.xml": "<x/>"}), Options())


def test_a_page_of_absurd_size_fails() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>0 0 9000 9000</ofd:PhysicalBox></ofd:Area>"
    assert [one.status for one in read(page(RULED, area=area), page(RULED)).pages] == [PageStatus.FAILED, PageStatus.OK]


def test_graphics_that_hold_themselves_end() -> None:
    again = '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="9"/>' * 10
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{again}</ofd:Content></ofd:CompositeGraphicUnit>'
    listed = f"<ofd:Res {XMLNS}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    document = read(page(RULED, again), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", Doc_0__Res=listed)
    assert len(document.grids) == 1
    assert [notice.code for notice in document.notices] == ["drawing_too_large"]
