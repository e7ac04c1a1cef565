from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout.nearby import with_nearby
from extractors.layout.stitch import Stitched, stitch
from extractors.model import Grid, JoinMethod
from tests.extractors.layout.shapes import grid, line, sheet, texts

HEAD = ["科目编码", "科目名称", "合计"]


def grids(done: Stitched) -> list[Grid]:
    return [block for block in done.blocks if isinstance(block, Grid)]


def test_title_unit_and_head_printed_again_make_one_grid() -> None:
    first = sheet(1, line("收入决算表"), line("单位：万元"), grid([HEAD, ["201", "一般公共服务", "10.00"]]))
    second = sheet(2, line("收入决算表（续）", 2), line("单位：万元", 2), grid([HEAD, ["208", "社会保障", "5.00"]], 2))

    (joined,) = grids(stitch([first, second]))

    assert [row[0] for row in texts(joined)] == ["科目编码", "201", "科目编码", "208"]
    assert [(part.location.page, part.first_row, part.last_row, part.header_rows) for part in joined.parts] == [
        (1, 0, 1, 0),
        (2, 2, 3, 1),
    ]
    assert joined.join is not None
    assert joined.join.method is JoinMethod.HEADER_REPEATED
    assert [text.text for text in joined.between] == ["收入决算表（续）", "单位：万元"]


def test_cells_of_the_second_part_keep_their_page() -> None:
    first, second = grid([HEAD, ["201", "甲", "1"]]), grid([HEAD, ["208", "乙", "2"]], 2)

    (joined,) = grids(stitch([sheet(1, line("表"), first), sheet(2, second)]))

    assert {cell.text: cell.location.page for cell in joined.cells if cell.row in (1, 3)} == {
        **dict.fromkeys(["201", "甲", "1"], 1),
        **dict.fromkeys(["208", "乙", "2"], 2),
    }


def test_nothing_printed_again_and_the_same_columns_make_one_grid() -> None:
    first = sheet(1, line("表"), grid([HEAD, ["201", "甲", "1"]]), line("— 1 —", top=790))
    second = sheet(2, grid([["208", "乙", "2"], ["210", "丙", "3"]], 2), line("— 2 —", 2, top=790))

    (joined,) = grids(stitch([first, second]))

    assert [row[0] for row in texts(joined)] == ["科目编码", "201", "208", "210"]
    assert joined.join is not None
    assert joined.join.method is JoinMethod.SAME_COLUMNS


def test_a_row_alone_on_the_next_page_is_joined_as_a_total() -> None:
    (joined,) = grids(
        stitch([sheet(1, line("表"), grid([HEAD, ["201", "甲", "1"]])), sheet(2, grid([["合计", "", "1"]], 2))])
    )

    assert joined.join is not None
    assert joined.join.method is JoinMethod.TOTAL_ROW


def test_another_title_above_the_same_columns_keeps_two_tables_apart() -> None:
    first = sheet(1, line("表2"), line("收入决算表"), grid([HEAD, ["201", "甲", "1"]]))
    second = sheet(2, line("表3", 2), line("支出决算表", 2), grid([HEAD, ["201", "甲", "2"]], 2))

    assert len(grids(stitch([first, second]))) == 2


def test_forms_of_one_kind_on_following_pages_stay_apart() -> None:
    def form(project: str, page: int) -> Grid:
        rows = [
            ["主管部门", "医保局"],
            ["项目名称", project],
            ["年度资金总额", "9"],
            ["总体目标", "…"],
            ["绩效指标", "…"],
        ]
        return grid(rows, page)

    title = "项目支出绩效自评表"
    pages = [sheet(1, line(title), form("医疗救助", 1)), sheet(2, line(title, 2), form("居民医保", 2))]

    assert len(grids(stitch(pages))) == 2


def test_a_page_of_prose_between_two_grids_keeps_them_apart() -> None:
    pages = [
        sheet(1, grid([HEAD, ["201", "甲", "1"]])),
        sheet(2, line("说明", 2)),
        sheet(3, grid([["208", "乙", "2"]], 3)),
    ]

    assert len(grids(stitch(pages))) == 2


def test_a_note_below_the_first_grid_leaves_a_join_in_doubt_and_says_so() -> None:
    first = sheet(1, line("表"), grid([HEAD, ["201", "甲", "1"]]), line("注：本表为决算数", top=700))
    second = sheet(2, grid([HEAD, ["208", "乙", "2"]], 2))

    done = stitch([first, second])

    assert len(grids(done)) == 2
    assert [(notice.code, notice.location.page if notice.location else None) for notice in done.notices] == [
        ("doubtful_join", 2)
    ]


def test_a_column_that_only_one_page_draws_is_mapped_by_its_edges() -> None:
    first = sheet(1, line("表"), grid([["a", "b", "c"], ["1", "2", "3"]], xs=[50, 100, 200, 300]))
    second = sheet(2, grid([["4", "5"]], 2, xs=[50, 100, 300]))

    (joined,) = grids(stitch([first, second]))

    assert [(cell.row, cell.col, cell.col_span, cell.text) for cell in joined.cells if cell.row == 2] == [
        (2, 0, 1, "4"),
        (2, 1, 2, "5"),
    ]


def test_a_row_cut_by_the_break_is_mended_when_its_text_goes_on() -> None:
    first = sheet(1, line("表"), grid([HEAD, ["201", "保障污水处理", "9.00"]]), brimming=[1])
    second = sheet(2, grid([["", "设施运行。", ""], ["208", "乙", "2"]], 2))

    (joined,) = grids(stitch([first, second]))

    assert texts(joined) == [HEAD, ["201", "保障污水处理\n设施运行。", "9.00"], ["208", "乙", "2"]]
    assert [(cell.row, cell.col, cell.text) for cell in joined.parts[1].rest] == [
        (1, 0, ""),
        (1, 1, "设施运行。"),
        (1, 2, ""),
    ]
    assert (joined.parts[1].first_row, joined.parts[1].last_row) == (2, 2)


def test_a_mended_row_leaves_the_merged_cells_beside_it_whole() -> None:
    first = sheet(1, line("表"), grid([HEAD, ["201", "保障污水处理", "9.00"]]), brimming=[1])
    rest = grid([["", "设施运行。", ""], ["", "乙", "2"]], 2)
    merged = replace(rest.cells[0], row_span=2)
    second = sheet(2, replace(rest, cells=(merged, *(cell for cell in rest.cells[1:] if cell.col > 0))))

    (joined,) = grids(stitch([first, second]))

    assert sum(cell.row_span * cell.col_span for cell in joined.cells) == joined.n_rows * joined.n_cols == 9
    assert texts(joined)[1:] == [["201", "保障污水处理\n设施运行。", "9.00"], ["", "乙", "2"]]


def test_a_row_that_may_be_the_rest_of_another_stays_a_row_with_a_notice() -> None:
    first = sheet(1, line("表"), grid([HEAD, ["201", "保障污水处理。", "9.00"]]), brimming=[1])
    second = sheet(2, grid([["", "另有设施运行。", ""], ["208", "乙", "2"]], 2))

    done = stitch([first, second])

    assert [len(texts(joined)) for joined in grids(done)] == [4]
    assert [notice.code for notice in done.notices] == ["doubtful_row"]


def test_a_new_row_with_an_amount_is_never_taken_for_the_rest_of_a_row() -> None:
    first = sheet(1, line("表"), grid([HEAD, ["201", "保障", "9.00"]]), brimming=[1, 2])
    second = sheet(2, grid([["", "其中：设施", "2.00"]], 2))

    (joined,) = grids(stitch([first, second]))

    assert texts(joined)[1:] == [["201", "保障", "9.00"], ["", "其中：设施", "2.00"]]


def test_lines_around_a_joined_grid_are_above_between_and_below_it() -> None:
    first = sheet(1, line("表2"), line("单位：元"), grid([HEAD, ["201", "甲", "1"]]))
    second = sheet(2, line("表2", 2), grid([HEAD, ["208", "乙", "2"]], 2), line("注：本表", 2, top=700))
    third = sheet(3, line("表3", 3), grid([HEAD, ["1", "2", "3"]], 3))

    joined, other = [b for b in with_nearby(stitch([first, second, third]).blocks) if isinstance(b, Grid)]

    assert [text.text for text in joined.above] == ["表2", "单位：元"]
    assert [text.text for text in joined.between] == ["表2"]
    assert [text.text for text in joined.below] == ["注：本表", "表3"]
    assert [text.text for text in other.above] == ["注：本表", "表3"]


@given(st.integers(3, 40), st.integers(2, 8), st.data())
def test_a_table_split_at_any_row_joins_to_what_it_was(rows: int, cols: int, data: st.DataObject) -> None:
    whole = [[f"列{col}" for col in range(cols)], *([f"{row}.{col}" for col in range(cols)] for row in range(1, rows))]
    cut = data.draw(st.integers(2, rows - 1))
    repeated = data.draw(st.booleans())
    rest = [whole[0], *whole[cut:]] if repeated else whole[cut:]

    (joined,) = grids(stitch([sheet(1, line("表"), grid(whole[:cut])), sheet(2, grid(rest, 2))]))

    kept = [row for number, row in enumerate(texts(joined)) if not (repeated and number == cut)]
    assert kept == whole
    assert joined.n_rows == rows + repeated
    assert joined.parts[1].header_rows == int(repeated)
