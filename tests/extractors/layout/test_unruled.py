from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout.ink import Rule, Rules, Run, Shade
from extractors.layout.page import PageLayout, lay_out
from extractors.model import Grid, GridMethod
from tests.extractors.layout.shapes import run, texts

SIZE = (600.0, 800.0)
LEFTS = (50.0, 250.0, 350.0, 450.0)
UNIT = run("单位：万元", 420, 60)


def left(text: str, x0: float, y: float) -> Run:
    return run(text, x0, y)


def right(text: str, x1: float, y: float) -> Run:
    return run(text, x1 - 5 * len(text), y)


def centred(text: str, x0: float, x1: float, y: float) -> Run:
    return run(text, (x0 + x1) / 2 - 2.5 * len(text), y)


def body(rows: Sequence[Sequence[str]], top: float, pitch: float = 18.0) -> list[Run]:
    """Labels from 50 on, amounts that end at 340, 440 and 540."""
    ends = (340.0, 440.0, 540.0)
    return [
        piece
        for place, (label, *amounts) in enumerate(rows)
        for piece in [
            left(label, 50, top + pitch * place),
            *(right(text, end, top + pitch * place) for text, end in zip(amounts, ends, strict=False) if text),
        ]
    ]


def head(y: float = 80) -> list[Run]:
    return [
        left("项目", 100, y),
        centred("预算数", 290, 340, y),
        centred("决算数", 390, 440, y),
        centred("差额", 490, 540, y),
    ]


ROWS = [
    ["教育支出", "1.00", "2.00", "1.00"],
    ["卫生健康支出", "10.00", "", "0.00"],
    ["农林水支出", "1,300.00", "4.50", "—"],
    ["合计", "1,311.00", "6.50", "1.00"],
]


def grids(layout: PageLayout) -> list[Grid]:
    return [block for block in layout.blocks if isinstance(block, Grid)]


def read(runs: Sequence[Run], rules: Rules | None = None) -> list[Grid]:
    return grids(lay_out(3, SIZE, list(runs), rules or Rules()))


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in grid.cells if cell.text}


def test_columns_that_only_white_space_parts_are_read_and_said_to_be() -> None:
    layout = lay_out(3, SIZE, [UNIT, *head(), *body(ROWS, 100)], Rules())

    (grid,) = grids(layout)
    assert texts(grid) == [["项目", "预算数", "决算数", "差额"], *ROWS]
    assert grid.method is GridMethod.BORDERLESS
    assert [(notice.code, notice.location) for notice in layout.notices] == [("grid_from_alignment", grid.location)]


def test_words_above_several_columns_are_one_cell_over_them() -> None:
    top = [
        left("项目", 100, 88),
        centred("其中", 390, 540, 80),
        centred("预算数", 290, 340, 88),
    ]
    leaves = [centred("决算数", 390, 440, 98), centred("差额", 490, 540, 98)]

    (grid,) = read([UNIT, *top, *leaves, *body(ROWS, 120)])

    assert {text: spans(grid)[text] for text in ("项目", "预算数", "其中", "决算数", "差额")} == {
        "项目": (0, 0, 2, 1),
        "预算数": (0, 1, 2, 1),
        "其中": (0, 2, 1, 2),
        "决算数": (1, 2, 1, 1),
        "差额": (1, 3, 1, 1),
    }
    assert texts(grid)[2:] == ROWS


def test_a_label_over_two_lines_belongs_to_the_row_of_its_amounts() -> None:
    wrapped = [
        left("机关事业单位基本", 50, 100),
        left("养老保险缴费支出", 50, 112),
        right("7.00", 340, 106),
    ]
    rest = [right("8.00", 440, 106), right("9.00", 540, 106)]

    (grid,) = read([UNIT, *head(), *wrapped, *rest, *body(ROWS, 133)])

    assert texts(grid)[1] == [
        "机关事业单位基本\n养老保险缴费支出",
        "7.00",
        "8.00",
        "9.00",
    ]
    assert texts(grid)[2:] == ROWS


def test_a_row_without_amounts_keeps_its_place() -> None:
    rows = [ROWS[0], ["其他支出", "", "", ""], *ROWS[1:]]

    assert texts(read([UNIT, *head(), *body(rows, 100)])[0])[1:] == rows


def test_header_lines_that_stand_wider_apart_than_rows_are_one_cell() -> None:
    top = [
        left("项目", 100, 89),
        centred("预算数", 290, 340, 89),
        centred("差额", 490, 540, 89),
    ]
    wrapped = [centred("国有资本", 390, 440, 80), centred("预算拨款", 390, 440, 98)]

    (grid,) = read([UNIT, *top, *wrapped, *body(ROWS, 120, 14)])

    assert texts(grid) == [["项目", "预算数", "国有资本\n预算拨款", "差额"], *ROWS]


def test_words_midway_between_two_near_levels_belong_to_both() -> None:
    top = [left("项目", 60, 103), centred("总计", 250, 340, 91), centred("三公经费", 350, 640, 80)]
    groups = [centred("接待费", 350, 440, 102), centred("购车费", 450, 640, 102)]
    leaves = [
        centred(text, x, x + 40, 126) for text, x in zip("甲乙丙丁戊己", (250, 300, 355, 400, 500, 560), strict=True)
    ]
    ends = (290, 340, 395, 440, 540, 600)
    rows = [
        piece
        for place in range(4)
        for piece in [
            left("部门", 50, 156 + 24 * place),
            *(right("1.00", end, 156 + 24 * place) for end in ends),
        ]
    ]

    (grid,) = read([UNIT, *top, *groups, *leaves, *rows])

    assert {text: spans(grid)[text] for text in ("项目", "总计", "三公经费", "接待费", "购车费", "己")} == {
        "项目": (0, 0, 3, 1),
        "总计": (0, 1, 2, 2),
        "三公经费": (0, 3, 1, 4),
        "接待费": (1, 3, 1, 2),
        "购车费": (1, 5, 1, 2),
        "己": (2, 6, 1, 1),
    }


def test_the_second_line_of_a_label_may_begin_further_left() -> None:
    wrapped = [left("机关事业单位基本", 50, 100), left("养老保险缴费支出", 30, 112)]
    amounts = [
        right("7.00", 340, 106),
        right("8.00", 440, 106),
        right("9.00", 540, 106),
    ]

    assert (
        texts(read([UNIT, *head(), *wrapped, *amounts, *body(ROWS, 133)])[0])[1][0]
        == "机关事业单位基本\n养老保险缴费支出"
    )


def test_a_total_centred_over_code_and_label_makes_no_column() -> None:
    codes = [left(code, 10, 118 + 18 * place) for place, code in enumerate(("205", "210", "213"))]
    total = [
        run("合计", 33, 100),
        *(right("9.00", end, 100) for end in (340, 440, 540)),
    ]

    (grid,) = read([UNIT, left("编码", 10, 80), *head(), *total, *codes, *body(ROWS[:3], 118)])

    assert grid.n_cols == 5
    assert [row[0] for row in texts(grid)] == ["编码", "合计", "205", "210", "213"]


def test_an_amount_close_to_the_label_at_its_right_is_parted_from_it() -> None:
    rows = [
        ("收入甲", "1.00", "支出甲", "5.00"),
        ("收入乙", "2.00", "支出乙", "6.00"),
        ("收入丙", "33.00", "支出丙", "77.00"),
    ]
    runs = [
        UNIT,
        left("收入", 50, 80),
        left("金额", 180, 80),
        left("支出", 203, 80),
        left("金额", 300, 80),
    ]
    for place, (income, one, spending, two) in enumerate(rows):
        y = 100 + 18 * place
        runs += [
            left(income, 50, y),
            right(one, 200, y),
            left(spending, 203, y),
            right(two, 320, y),
        ]

    assert texts(read(runs)[0]) == [
        ["收入", "金额", "支出", "金额"],
        *(list(row) for row in rows),
    ]


def test_a_first_row_with_nothing_but_a_remark_is_no_header() -> None:
    heads = [left("项目", 100, 80), centred("预算数", 290, 340, 80), left("备注", 450, 80)]
    rows = [
        ("教育支出", "", "已完成"),
        ("卫生健康支出", "2.00", "结转"),
        ("农林水支出", "3.00", ""),
        ("合计", "5.00", ""),
    ]
    runs = [UNIT, *heads]
    for place, (label, amount, remark) in enumerate(rows):
        y = 100 + 18 * place
        runs.append(left(label, 50, y))
        runs += [right(amount, 340, y)] if amount else []
        runs += [left(remark, 445, y)] if remark else []

    assert texts(read(runs)[0]) == [["项目", "预算数", "备注"], *(list(row) for row in rows)]


def test_dotted_leaders_are_no_text() -> None:
    rows = [
        ("教育支出", "1.00"),
        ("卫生健康支出", "10.00"),
        ("农林水支出", "2.00"),
        ("合计", "13.00"),
    ]
    runs = [UNIT, left("项目", 100, 80), centred("金额", 310, 340, 80)]
    for place, (label, amount) in enumerate(rows):
        dots = "." * (int((340 - 50) / 5) - len(label) - len(amount))
        runs.append(left(label + dots + amount, 50, 100 + 18 * place))

    assert texts(read(runs)[0]) == [
        ["项目", "金额"],
        *([label, amount] for label, amount in rows),
    ]


def test_three_rules_bound_a_table_without_a_unit() -> None:
    rules = Rules([Rule(75, 45, 545), Rule(95, 45, 545), Rule(175, 45, 545)])

    (grid,) = read([*head(), *body(ROWS, 100), left("以上为全部支出", 50, 185)], rules)

    assert texts(grid) == [["项目", "预算数", "决算数", "差额"], *ROWS]


def test_rules_between_rows_decide_the_rows() -> None:
    rules = Rules([Rule(y, 45, 545) for y in (75, 95, 130, 150, 170, 190)])
    first = [
        left("教育支出", 50, 98),
        left("（含职业教育）", 50, 114),
        right("1.00", 340, 98),
        right("2.00", 440, 98),
    ]

    (grid,) = read([UNIT, *head(), *first, *body(ROWS[1:], 135, 20)], rules)

    assert texts(grid)[1] == ["教育支出\n（含职业教育）", "1.00", "2.00", ""]
    assert grid.n_rows == 5


def test_shaded_bands_do_not_end_a_header() -> None:
    bands = Rules(shades=[Shade(45, y, 545, y + 18) for y in (76, 112, 148)])
    runs = [
        UNIT,
        centred("其中", 390, 540, 80),
        left("项目", 100, 89),
        centred("预算数", 290, 340, 89),
    ]

    (grid,) = read(
        [
            *runs,
            centred("决算数", 390, 440, 98),
            centred("差额", 490, 540, 98),
            *body(ROWS, 116),
        ],
        bands,
    )

    assert spans(grid)["其中"] == (0, 2, 1, 2)
    assert texts(grid)[2:] == ROWS


def test_rows_below_a_ruled_header_are_read_into_its_columns() -> None:
    xs = (45, 245, 345, 445, 545)
    rules = Rules([Rule(75, 45, 545), Rule(95, 45, 545)], [Rule(x, 75, 95) for x in xs])

    (grid,) = read([*head(), *body(ROWS, 100)], rules)

    assert texts(grid) == [["项目", "预算数", "决算数", "差额"], *ROWS]


def test_a_frame_around_a_table_is_no_cell() -> None:
    frame = Rules([Rule(72, 40, 550), Rule(180, 40, 550)], [Rule(40, 72, 180), Rule(550, 72, 180)])

    assert [texts(grid) for grid in read([UNIT, *head(), *body(ROWS, 100)], frame)] == [
        [["项目", "预算数", "决算数", "差额"], *ROWS]
    ]


def test_contents_are_no_table() -> None:
    labels = [
        ("一、部门概况", "1"),
        ("二、收支情况", "3"),
        ("三、名词解释", "12"),
        ("四、附件", "15"),
    ]
    runs = [
        left(label + "." * (90 - len(label) - len(page)) + page, 50, 90 + 18 * i)
        for i, (label, page) in enumerate(labels)
    ]

    assert read([UNIT, *runs]) == []


def test_amounts_in_prose_are_no_table() -> None:
    lines = [
        [
            left("本年支出合计", 50, 90 + 18 * i),
            left(f"{i}23.45", 90, 90 + 18 * i),
            left("万元，比上年增加，主要原因是", 125, 90 + 18 * i),
        ]
        for i in range(6)
    ]

    assert read([UNIT, *(piece for one in lines for piece in one)]) == []


def test_the_axis_of_a_chart_and_its_bars_are_no_table() -> None:
    axis = [right(f"{500 * tick:,}.00", 90, 400 - 40 * tick) for tick in range(8)]
    bars = [left(f"{100 * bar + 7}.50", 110 + 60 * bar, 400 - 33 * bar) for bar in range(6)]
    years = [left(f"{2019 + bar}年", 110 + 60 * bar, 420) for bar in range(6)]

    assert read([UNIT, *axis, *bars, *years]) == []


def test_two_rows_without_caption_header_or_rules_are_no_table() -> None:
    assert read([left("前文", 50, 50), *body(ROWS[:2], 100)]) == []


AMOUNTS = st.integers(0, 99_999_999).map(lambda cents: f"{cents / 100:,.2f}")
TABLES = st.integers(1, 3).flatmap(
    lambda columns: st.lists(st.lists(AMOUNTS, min_size=columns, max_size=columns), min_size=3, max_size=12)
)


def drawn(rows: Sequence[Sequence[str]], x: float, y: float) -> list[Run]:
    """A header and labelled rows of amounts, its left upper corner at ``x`` and ``y``."""
    ends = [x + 220 + 80 * col for col in range(len(rows[0]))]
    runs = [
        left("项目", x + 40, y),
        *(centred("金额", end - 40, end, y) for end in ends),
    ]
    for place, row in enumerate(rows, 1):
        runs.append(left(f"项目支出{'甲' * (place % 7)}", x, y + 18 * place))
        runs += [right(text, end, y + 18 * place) for text, end in zip(row, ends, strict=True)]
    return runs


@settings(deadline=None)
@given(TABLES, st.floats(20, 100), st.floats(80, 300))
def test_a_random_table_without_rules_is_read_back_wherever_it_stands(
    rows: list[list[str]], x: float, y: float
) -> None:
    (grid,) = read([run("单位：元", x + 150, y - 20), *drawn(rows, x, y)])

    assert [row[1:] for row in texts(grid)[1:]] == rows


@settings(deadline=None)
@given(TABLES)
def test_a_scaled_page_gives_the_same_table(rows: list[list[str]]) -> None:
    runs = [run("单位：元", 250, 80), *drawn(rows, 100, 100)]

    assert [texts(grid) for grid in read([scaled(piece, 1.7) for piece in runs])] == [
        texts(grid) for grid in read(runs)
    ]


def scaled(piece: Run, by: float) -> Run:
    lefts, rights = [x * by for x in piece.lefts], [x * by for x in piece.rights]
    return Run(
        piece.text,
        piece.x0 * by,
        piece.top * by,
        piece.x1 * by,
        piece.bottom * by,
        lefts,
        rights,
    )


def narrow(rows: Sequence[Sequence[str]], left_end: float, top: float, pitch: float) -> list[Run]:
    """Unit, header and rows of a table of two columns, 200 points wide."""
    unit = run("单位：万元", left_end + 150, top)
    header = [run("项目", left_end + 40, top + 20), run("金额", left_end + 170, top + 20)]
    pairs = [
        (left(label, left_end, top + 40 + pitch * place), right(amount, left_end + 200, top + 40 + pitch * place))
        for place, (label, amount) in enumerate(rows)
    ]
    return [unit, *header, *(piece for pair in pairs for piece in pair)]


PAIRS = [["教育支出", "1.00"], ["农林水支出", "20.50"], ["住房保障支出", "7.25"], ["合计", "28.75"]]


def test_tables_without_rules_beside_each_other_stay_two_however_their_rows_stand() -> None:
    for pitch in (18.0, 23.0):
        layout = [*narrow(PAIRS, 50, 60, 18.0), *narrow(PAIRS[::-1], 320, 60, pitch)]

        first, second = read(layout)

        assert texts(first) == [["项目", "金额"], *PAIRS]
        assert texts(second) == [["项目", "金额"], *PAIRS[::-1]]


def test_one_table_under_two_units_that_words_reach_across_is_not_parted() -> None:
    rows = [[run("收入和支出的情况说明", 235, 100 + 18 * place)] for place in range(3)]
    layout = [*narrow(PAIRS, 50, 60, 18.0), *narrow(PAIRS, 320, 60, 18.0), *(piece for row in rows for piece in row)]

    assert len(read(layout)) < 2


def test_rows_of_labels_between_rules_stand_below_the_header_when_the_first_amounts_come_later() -> None:
    rows = [["教育支出"], ["卫生健康支出", "10.00"], ["农林水支出", "1,300.00"], ["合计", "1,310.00"]]
    runs = [UNIT, left("项目", 100, 80), centred("预算数", 290, 340, 80), *body(rows, 100)]
    rules = Rules([Rule(y, 45, 345) for y in (76, 96, 114, 132, 150, 168)])

    (grid,) = read(runs, rules)

    assert texts(grid) == [["项目", "预算数"], ["教育支出", ""], *rows[1:]]


def test_labels_over_two_lines_around_their_amounts_label_them() -> None:
    runs = [UNIT, left("项目", 100, 80), centred("预算数", 290, 340, 80), centred("决算数", 390, 440, 80)]
    for place in range(6):
        y = 100 + 30.0 * place
        above_and_below = [left("行政事业单位", 50, y), left("支出", 50, y + 11)]
        label = [left("教育支出", 50, y + 5.5)] if place == 2 else above_and_below
        runs += [*label, *(right(f"{place}.00", end, y + 5.5) for end in (340, 440))]

    (grid,) = read(runs)

    assert [row[0] for row in texts(grid)[1:]] == ["行政事业单位\n支出"] * 2 + ["教育支出"] + ["行政事业单位\n支出"] * 3


def wrapped_row(y: float, amount: str, right_end: float) -> list[Run]:
    """A label over two lines, and an amount on a line of its own between them."""
    return [left("公务用车购置及", 50, y), left("运行维护费", 50, y + 11), right(amount, right_end, y + 5.5)]


def test_last_rows_whose_amounts_stand_alone_between_the_lines_of_their_labels_are_rows() -> None:
    runs = [UNIT, left("项目", 100, 80), centred("预算数", 290, 340, 80), *body([["教育支出", "1.00"]] * 3, 100)]
    runs += [*wrapped_row(155, "91.03", 340), *wrapped_row(185, "—", 340), *wrapped_row(215, "4,932.75", 340)]

    (grid,) = read(runs)

    label = "公务用车购置及\n运行维护费"
    assert texts(grid)[4:] == [[label, "91.03"], [label, "—"], [label, "4,932.75"]]


def test_a_last_row_without_an_amount_may_be_longer_than_the_labels_above_it() -> None:
    rows = [["教育支出", "1.00", "2.00"], ["农林水支出", "3.00", "4.00"], ["合计", "4.00", "6.00"]]
    long = left("其他社会保障和就业支出（含结转）", 50, 154)

    (grid,) = read([UNIT, *head()[:3], *body(rows, 100), long])

    assert texts(grid)[-1] == [long.text, "", ""]


def test_a_row_alone_is_a_table_only_where_it_may_go_on_from_the_page_before() -> None:
    runs = [*head(), *body(ROWS[:1], 100)]

    assert read(runs) == []
    for row in (ROWS[0], ["教育支出", "—", "2.00", "—"]):
        (grid,) = grids(lay_out(3, SIZE, [*head(), *body([row], 100)], Rules(), going_on=True))
        assert texts(grid) == [["项目", "预算数", "决算数", "差额"], row]


TWO = [left("项目", 100, 80), centred("预算数", 290, 340, 80)]


def test_rows_whose_amounts_are_dashes_are_rows_wherever_they_stand() -> None:
    rows = [
        ["教育支出", "—"],
        ["农林水支出", "3.00"],
        ["节能环保支出", "4.00"],
        ["住房保障支出", "5.00"],
        ["合计", "—"],
    ]
    rules = Rules([Rule(y, 45, 345) for y in (70, 90, 108, 126, 144, 162, 180)])

    for drawn in (Rules(), rules):
        (grid,) = read([UNIT, *TWO, *body(rows, 100)], drawn)
        assert texts(grid) == [["项目", "预算数"], *rows]


def test_two_amounts_make_a_table_under_a_unit_of_money_and_a_header_alone() -> None:
    rows = [["教育支出", "1.00"], ["农林水支出", ""], ["住房保障支出", "3.00"]]

    prose = left("支出合计4.00万元。", 50, 40)

    (grid,) = read([prose, UNIT, *TWO, *body(rows, 100)])

    assert texts(grid) == [["项目", "预算数"], *rows]
    assert read([prose, *TWO, *body(rows, 100)]) == []


def letters(piece: Run, gap: float = 0.0) -> list[Run]:
    """The run drawn character by character, ``gap`` between them."""
    return [run(letter, piece.x0 + (5 + gap) * place, piece.top) for place, letter in enumerate(piece.text)]


def test_a_table_drawn_letter_by_letter_in_any_order_is_the_same() -> None:
    runs = [UNIT, *head(), *body(ROWS, 100)]
    drawn = [letter for piece in runs for letter in letters(piece)]

    assert [texts(grid) for grid in read(drawn[::-1])] == [texts(grid) for grid in read(runs)]


def test_numbers_whose_digits_stand_apart_are_amounts() -> None:
    rows = [["教育支出", "12.50"], ["农林水支出", "-3,004.75"], ["合计", "2,992.25"]]
    apart = [
        letter
        for place, (_, amount) in enumerate(rows)
        for letter in letters(right(amount, 340 - 2 * len(amount), 100 + 18 * place), 2.0)
    ]

    (grid,) = read([UNIT, *TWO, *body([row[:1] for row in rows], 100), *apart])

    assert texts(grid) == [["项目", "预算数"], *rows]
