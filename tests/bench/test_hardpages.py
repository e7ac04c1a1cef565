from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from bench.hardpages import ink
from bench.hardpages.pages import TrueCell, TrueTable, hard_file
from bench.hardpages.plain import PLAIN, plain_file
from bench.hardpages.score import Score, score_page
from bench.hardpages.styles import Style


@pytest.mark.parametrize("style", Style, ids=lambda style: style.name)
def test_a_file_is_the_same_for_the_same_seed_and_its_truth_covers_every_position_once(style: Style) -> None:
    data, truth = hard_file(style, 1)

    assert (data, truth) == hard_file(style, 1)
    for table in truth:
        covered = Counter(
            (row, col)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        )
        rows, cols = (max(place[axis] for place in covered) + 1 for axis in (0, 1))
        assert covered == Counter({(row, col): 1 for row in range(rows) for col in range(cols)})


def test_every_character_that_is_drawn_is_in_an_embedded_font() -> None:
    ink.register()
    written = {
        character
        for source in Path(ink.__file__).parent.iterdir()
        if source.suffix in (".py", ".txt")
        for character in source.read_text(encoding="utf-8")
        if ord(character) >= 0x2E80
    }

    assert {letter for letter in written if ord(letter) not in pdfmetrics.getFont(ink.HAN).face.charToGlyph} == set()


@pytest.mark.parametrize("kind", PLAIN)
def test_plain_pages_are_the_same_for_the_same_seed(kind: str) -> None:
    assert plain_file(kind, 1) == plain_file(kind, 1) != plain_file(kind, 2)


def test_a_cell_is_right_only_with_its_text_place_and_spans() -> None:
    true = TrueTable(1, (TrueCell(0, 0, 1, 2, "合计"), TrueCell(1, 0, 1, 1, "1.00"), TrueCell(1, 1, 1, 1, "")))

    found = [(0, 0, 1, 1, "合 计"), (1, 0, 1, 1, "1.00......"), (2, 0, 1, 1, "注")]

    assert score_page([true], [found]) == Score(printed=2, found=3, right=1, placed=2)


def test_a_found_table_stands_for_one_true_table_only() -> None:
    table = TrueTable(1, (TrueCell(0, 0, 1, 1, "1.00"),))

    assert score_page([table, table], [[(0, 0, 1, 1, "1.00")]]) == Score(printed=2, found=1, right=1, placed=1)
