"""Tables of no known kind, from any country: good grids with spans and title, and no value that was guessed."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.layout.cells import Span
from extractors.options import Options
from schemas.result import Result
from service.compose import deps
from service.pipeline import Source, process
from tests.extractors.pdf.drawn import pdf, table, text

SPANS = [
    *(Span(0, 0, 2, 1), Span(0, 1, 1, 2), Span(0, 3, 2, 1), Span(1, 1, 1, 1), Span(1, 2, 1, 1)),
    *(Span(row, col, 1, 1) for row in (2, 3) for col in range(4)),
]
PAGES = [
    (
        "Statement of Expenditure 2023",
        "in thousand dollars",
        [
            "Item",
            "Amount",
            "Share",
            "Budget",
            "Actual",
            *["Roads", "1,200.50", "1,100.25", "91.7%", "Water", "3.00", "2.99", "99.7%"],
        ],
    ),
    (
        "Budget communal 2023",
        "en euros",
        [
            "Poste",
            "Montant",
            "Part",
            "Prévu",
            "Réalisé",
            *["Voirie", "1200,50", "1100,25", "91,7%", "Eau", "3,00", "2,99", "99,7%"],
        ],
    ),
    (
        "令和5年度歳出決算書",
        "単位：千円",
        [
            "科目",
            "金額",
            "比率",
            "予算額",
            "決算額",
            *["土木費", "1,200", "1,100", "91.7", "水道費", "300", "299", "99.7"],
        ],
    ),
]


def result_of(title: str, unit: str, words: list[str], at: float = 200.0) -> Result:
    def page(canvas: Any) -> None:
        text(canvas, at, 520, title, 14)
        text(canvas, 420, 500, unit)
        table(canvas, SPANS, [60, 200, 300, 400, 500], [110, 132, 154, 176, 198], words)

    return process(Source(pdf(page)), Options(), deps())


@pytest.mark.parametrize(("title", "unit", "words"), PAGES)
def test_a_table_of_no_known_kind_keeps_its_cells_spans_and_title(title: str, unit: str, words: list[str]) -> None:
    (found,) = result_of(title, unit, words).tables

    assert (found.kind, found.title) == (None, title)
    assert [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in found.cells] == [
        (span.row, span.col, span.row_span, span.col_span, word) for span, word in zip(SPANS, words, strict=True)
    ]
    assert [column.path for column in found.columns] == [
        [words[0]],
        [words[1], words[3]],
        [words[1], words[4]],
        [words[2]],
    ]


@pytest.mark.parametrize(("title", "unit", "words"), PAGES)
def test_it_gives_no_value_and_no_field(title: str, unit: str, words: list[str]) -> None:
    result = result_of(title, unit, words)

    assert result.observations == []
    assert {column.field for column in result.tables[0].columns} == {None}


def test_a_title_at_the_left_corner_of_its_table_is_taken() -> None:
    assert result_of("Table 4 Roads", "", PAGES[0][2], at=60).tables[0].title == "Table 4 Roads"


@pytest.mark.parametrize(
    "line", ["Amounts are rounded to tens.", "Department: Roads", "The table shows what was spent:"]
)
def test_a_sentence_or_a_label_above_a_table_is_no_title(line: str) -> None:
    assert result_of(line, "", PAGES[0][2]).tables[0].title is None
