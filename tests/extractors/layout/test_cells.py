from __future__ import annotations

import time
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout.cells import Lattice, Span, lattice
from extractors.layout.ink import Rule, Rules
from extractors.layout.rulings import EdgeGroup, edge_groups
from tests.extractors.layout.shapes import merged_grids, packed, rules_of


def found(rules: Rules) -> Lattice:
    (group,) = edge_groups(rules)
    result = lattice(group)
    assert result is not None
    return result


def test_a_header_over_two_columns_is_one_cell() -> None:
    spans = [Span(0, 0, 2, 1), Span(0, 1, 1, 2), Span(1, 1, 1, 1), Span(1, 2, 1, 1)]

    assert found(rules_of(spans, [0, 40, 80, 120], [0, 20, 40])).spans == spans


def test_the_outer_sides_are_closed_where_only_inner_rules_are_drawn() -> None:
    rules = Rules([Rule(10, 0, 300), Rule(30, 0, 300), Rule(50, 0, 300)], [Rule(100, 10, 50), Rule(200, 10, 50)])

    table = found(rules)

    assert table.xs == [0, 100, 200, 300]
    assert len(table.spans) == 6


def test_a_cell_open_at_the_page_break_ends_with_the_table() -> None:
    rules = Rules(
        [Rule(10, 100, 200), Rule(30, 100, 200), Rule(50, 0, 200)],
        [Rule(0, 10, 50), Rule(100, 10, 50), Rule(200, 10, 50)],
    )

    assert found(rules).spans == [Span(0, 0, 2, 1), Span(0, 1, 1, 1), Span(1, 1, 1, 1)]


def test_an_underline_that_touches_one_side_of_a_cell_splits_nothing() -> None:
    spans = [Span(0, 0, 1, 1), Span(0, 1, 1, 1), Span(1, 0, 1, 1), Span(1, 1, 1, 1)]
    rules = rules_of(spans, [0, 100, 200], [0, 30, 60])
    rules.horizontal.append(Rule(50, 0, 60))

    assert found(rules).spans == spans


def test_a_single_box_is_no_table() -> None:
    box = EdgeGroup([Rule(0, 0, 50), Rule(20, 0, 50)], [Rule(0, 0, 20), Rule(50, 0, 20)])

    assert lattice(box) is None


def test_walls_that_enclose_no_rectangle_still_cover_every_position_once() -> None:
    rules = Rules(
        [Rule(0, 0, 90), Rule(30, 30, 90), Rule(60, 0, 90)],
        [Rule(0, 0, 60), Rule(30, 30, 60), Rule(60, 0, 30), Rule(90, 0, 60)],
    )

    table = found(rules)

    assert sorted(chain.from_iterable(table.owners())) == sorted(
        index for index, span in enumerate(table.spans) for _ in range(span.row_span * span.col_span)
    )


@given(merged_grids())
def test_any_merged_grid_is_read_back_from_its_rules(shape: tuple[int, int, list[Span]]) -> None:
    n_rows, n_cols, spans = shape
    xs, ys = [37.0 * step for step in range(n_cols + 1)], [23.0 * step for step in range(n_rows + 1)]
    expected = packed(n_rows, n_cols, spans)

    groups = edge_groups(rules_of(spans, xs, ys))
    tables = [table for group in groups if (table := lattice(group)) is not None]

    assert [table.spans for table in tables] == ([expected] if len(expected) > 1 else [])


@given(merged_grids(), st.floats(0.1, 10), st.floats(0, 500), st.floats(-0.4, 0.4))
def test_scale_shift_and_jitter_change_no_cell(
    shape: tuple[int, int, list[Span]], scale: float, shift: float, jitter: float
) -> None:
    n_rows, n_cols, spans = shape
    width, height = 100 * scale + 10, 50 * scale + 10
    xs = [shift + width * step for step in range(n_cols + 1)]
    ys = [shift + height * step for step in range(n_rows + 1)]
    rules = rules_of(spans, xs, ys)
    moved = Rules(
        [Rule(rule.at + jitter * (place % 2), rule.start, rule.end) for place, rule in enumerate(rules.horizontal)],
        rules.vertical,
    )
    expected = packed(n_rows, n_cols, spans)

    tables = [table for group in edge_groups(moved) if (table := lattice(group)) is not None]

    assert [table.spans for table in tables] == ([expected] if len(expected) > 1 else [])


def test_ten_thousand_cells_take_less_than_half_a_second() -> None:
    spans = [Span(row, col, 1, 1) for row in range(200) for col in range(50)]
    rules = rules_of(spans, [10.0 * step for step in range(51)], [6.0 * step for step in range(201)])

    start = time.process_time()
    table = found(rules)

    assert len(table.spans) == 10_000
    assert time.process_time() - start < 0.5
