from __future__ import annotations

import pytest

from extractors.layout.ink import Rule, Rules, Shade
from extractors.layout.rulings import TooManyRules, edge_groups
from extractors.layout.strokes import join


def test_pieces_of_one_rule_are_joined_and_positions_nearby_are_one() -> None:
    pieces = [Rule(100.0, 50, 150), Rule(100.2, 150.5, 250), Rule(180.0, 50, 250)]

    assert join(pieces) == [Rule(100.1, 50, 250), Rule(180.0, 50, 250)]


def test_a_real_gap_keeps_two_rules_apart() -> None:
    assert join([Rule(100.0, 50, 150), Rule(100.0, 160, 250)]) == [Rule(100.0, 50, 150), Rule(100.0, 160, 250)]


def test_rules_two_rows_apart_are_never_chained_into_one() -> None:
    ladder = [Rule(100.0 + 1.5 * step, 0, 10) for step in range(5)]

    assert [rule.at for rule in join(ladder)] == [100.75, 103.75, 106.0]


def test_two_tables_side_by_side_are_two_groups_and_a_lone_underline_is_none() -> None:
    left = Rules([Rule(10, 0, 50), Rule(30, 0, 50)], [Rule(0, 10, 30), Rule(50, 10, 30)])
    right = Rules([Rule(10, 80, 120), Rule(30, 80, 120)], [Rule(80, 10, 30), Rule(120, 10, 30)])
    underline = Rule(60, 0, 50)
    both = Rules([*left.horizontal, *right.horizontal, underline], [*left.vertical, *right.vertical])

    groups = edge_groups(both)

    assert [[rule.at for rule in group.vertical] for group in groups] == [[0, 50], [80, 120]]
    assert all(underline not in group.horizontal for group in groups)


def test_a_rule_of_another_table_keeps_no_two_pieces_of_one_rule_apart() -> None:
    upper = Rules([Rule(y, 0, 100) for y in (10, 30, 50)], [Rule(0, 10, 50), Rule(100, 10, 50)])
    wobbly = [Rule(50.4, 10, 30), Rule(51.6, 30, 50)]  # one column's side, in two pieces
    lower = Rules([Rule(y, 0, 49.5) for y in (200, 220)], [Rule(0, 200, 220), Rule(49.5, 200, 220)])
    rules = Rules([*upper.horizontal, *lower.horizontal], [*upper.vertical, *wobbly, *lower.vertical])

    first, second = edge_groups(rules)

    assert [(round(rule.at, 2), rule.start, rule.end) for rule in first.vertical][1] == (50.78, 10, 50)
    assert len(first.vertical) == 3
    assert [rule.at for rule in second.vertical] == [0, 49.95]


def test_columns_of_merged_cells_cut_by_a_page_break_belong_to_the_table_beside_them() -> None:
    ruled = Rules([Rule(10, 60, 120), Rule(50, 60, 120), Rule(90, 60, 120)], [Rule(60, 10, 90), Rule(120, 10, 90)])
    columns = [Rule(0, 9, 91), Rule(30, 9, 91)]
    elsewhere = Rule(200, 300, 500)

    (group,) = edge_groups(Rules(ruled.horizontal, [*columns, *ruled.vertical, elsewhere]))

    assert [rule.at for rule in group.vertical] == [0, 30, 60, 120]


def test_shaded_paragraphs_inside_a_ruled_cell_make_no_edges() -> None:
    frame = Rules(
        [Rule(10, 0, 100), Rule(50, 0, 100)],
        [Rule(0, 10, 50), Rule(40, 10, 50), Rule(100, 10, 50)],
        [Shade(5, 12, 38, 25), Shade(5, 25, 38, 48)],
    )

    (group,) = edge_groups(frame)

    assert [rule.at for rule in group.horizontal] == [10, 50]


def test_shaded_cells_without_any_rule_make_a_table() -> None:
    shades = [Shade(40.0 * c, 20.0 * r, 40.0 * c + 39, 20.0 * r + 19) for r in range(3) for c in range(2)]

    (group,) = edge_groups(Rules([], [], shades))

    assert len(group.horizontal) == 4
    assert len(group.vertical) == 3


def test_a_stack_of_shaded_paragraphs_is_no_table() -> None:
    assert edge_groups(Rules([], [], [Shade(0, 20.0 * r, 400, 20.0 * r + 20) for r in range(5)])) == []


def test_a_map_of_very_many_lines_is_given_up_at_once() -> None:
    lines = [Rule(2.5 * step, 0, 5000) for step in range(2000)]

    with pytest.raises(TooManyRules):
        edge_groups(Rules(lines, lines))
