from __future__ import annotations

from extractors.layout.cells import Span
from extractors.layout.ink import Rule, Rules
from extractors.layout.page import lay_out
from extractors.model import Grid
from tests.extractors.layout.shapes import rules_of, run, texts

SPANS = [Span(r, c, 1, 1) for r in range(2) for c in range(2)]
SIZE = (600.0, 800.0)


def test_lines_and_grids_are_in_reading_order() -> None:
    rules = rules_of(SPANS, [50, 150, 250], [100, 120, 140])
    runs = [run("第二行", 55, 125), run("表尾", 50, 300), run("第一行", 55, 105), run("标题", 50, 50)]

    layout = lay_out(1, SIZE, runs, rules)

    assert ["grid" if isinstance(block, Grid) else block.text for block in layout.blocks] == ["标题", "grid", "表尾"]


def test_rules_without_any_text_between_them_are_no_grid() -> None:
    layout = lay_out(1, SIZE, [run("图1", 50, 50)], rules_of(SPANS, [50, 150, 250], [100, 120, 140]))

    assert not any(isinstance(block, Grid) for block in layout.blocks)


def test_a_table_inside_the_frame_of_its_page_is_a_grid_of_its_own() -> None:
    table = rules_of(SPANS, [50, 150, 250], [100, 120, 140])
    frame = rules_of([Span(0, 0, 1, 1), Span(1, 0, 1, 1)], [20, 580], [20, 700, 780])
    both = Rules([*table.horizontal, *frame.horizontal], [*table.vertical, *frame.vertical])

    layout = lay_out(1, SIZE, [run("甲", 55, 105), run("1.00", 155, 125), run("页脚", 30, 740)], both)

    inner = [texts(block) for block in layout.blocks if isinstance(block, Grid)]
    assert [["甲", ""], ["", "1.00"]] in inner


def test_a_page_that_is_a_map_keeps_its_text_and_says_that_no_table_was_looked_for() -> None:
    lines = [Rule(2.5 * step, 0, 5000) for step in range(2000)]

    layout = lay_out(7, SIZE, [run("图例", 10, 10)], Rules(lines, lines))

    assert [block.text for block in layout.blocks if not isinstance(block, Grid)] == ["图例"]
    assert [(notice.code, notice.location.page if notice.location else 0) for notice in layout.notices] == [
        ("drawing_too_large", 7)
    ]
