"""No digit that is drawn inside a table is lost unsaid: over fixtures, drawn lies, and the corpus when it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.digits import FOLDER, balances
from scripts.fixtures.cases import FIXTURES
from tests.extractors.pdf.drawn import pdf, simple, text

FILES = sorted(FIXTURES.glob("pdf/*/source.pdf"))
CORPUS = sorted(FOLDER.glob("*.pdf"))
SAMPLE = frozenset(range(2, 40, 9))  # pages of each file: all of them are counted by `python -m bench.digits`


@pytest.mark.parametrize("file", FILES, ids=[file.parent.name for file in FILES])
def test_no_digit_of_a_fixture_is_lost(file: Path) -> None:
    assert [balance.lost for balance in balances(file.read_bytes()) if balance.lost] == []


@pytest.mark.corpus
@pytest.mark.parametrize("file", CORPUS, ids=[file.name for file in CORPUS])
def test_no_digit_of_a_real_file_is_lost(file: Path) -> None:
    assert [balance.lost for balance in balances(file.read_bytes(), SAMPLE) if balance.lost] == []


def test_what_is_left_out_is_counted_as_said() -> None:
    def marked(canvas: Any) -> None:
        simple(canvas, [["项目", "金额"], ["一", "12.50"]])
        canvas.setFillColorRGB(1, 1, 1)
        text(canvas, 70, 478, "77", 6)
        canvas.rotate(30)
        canvas.setFillColorRGB(0, 0, 0)
        text(canvas, 413, 315, "2020")

    (balance,) = balances(pdf(marked))

    assert (balance.drawn.total(), balance.kept.total(), balance.said.total()) == (10, 4, 6)
    assert not balance.lost


def test_a_digit_that_is_in_no_cell_is_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.layout.paged.notices_inside", lambda *_: [])

    def white(canvas: Any) -> None:
        simple(canvas, [["项目", "金额"], ["一", "12.50"]])
        canvas.setFillColorRGB(1, 1, 1)
        text(canvas, 70, 478, "77", 6)

    (balance,) = balances(pdf(white))

    assert balance.lost == {"7": 2}
