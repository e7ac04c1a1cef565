"""The bench that puts faults into documents: its edits, its misreadings, and its judge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from bench.faulting.digits import SPOILS
from bench.faulting.edits import is_plain_row, split, with_caption, with_row_twice, without_row
from bench.faulting.judge import Verdict, judge
from bench.faulting.kinds import KINDS, Fault, spoiled
from bench.faulting.rates import under_faults
from bench.faulting.scene import Scene, read_heard, scene_of
from extractors import registry
from extractors.model import Document, Grid, Location, TextLine
from extractors.options import Options
from schemas.catalogue import load_catalogue
from tests.gridtext import parse, render

CATALOGUE = load_catalogue()
FIXTURES = Path(__file__).parent.parent / "fixtures" / "pdf"
JOINED = "made-2023-final-accounts-header-repeated"
LONE = """
| 功能分类科目编码 | 科目名称   | 本年支出合计 |
| 2012601          | 行政运行   | 210.50       |
| 2012604          | 档案馆     | 110.00       |
"""


@pytest.fixture(scope="module")
def joined() -> Scene:
    """A table of three columns over two pages: 17 coded rows, everything proven."""
    source = (FIXTURES / JOINED / "source.pdf").read_bytes()
    return scene_of(registry.extract(source, Options()), CATALOGUE)


@pytest.fixture(scope="module")
def lone() -> Scene:
    """Two rows that nothing proves."""
    lines = tuple(TextLine(text, Location()) for text in ("2023年度部门决算", "支出决算表", "单位：万元"))
    grid = replace(parse(LONE), above=lines)
    return scene_of(Document("html", "text/html", (), (*lines, grid)), CATALOGUE)


def misread(scene: Scene, cell: str, text: str) -> tuple[Fault, Verdict]:
    amount = next(amount for amount in scene.amounts if amount.cell_id == cell)
    fault = spoiled(scene, amount, text)
    return fault, judge(scene, fault, read_heard(fault.document, CATALOGUE)).verdict


def test_a_misread_digit_of_a_proven_amount_is_caught_and_found(joined: Scene) -> None:
    amount = next(amount for amount in joined.amounts if amount.cell_id == "t01.r10.c3")
    fault = spoiled(joined, amount, "36.90")

    judged = judge(joined, fault, read_heard(fault.document, CATALOGUE))

    assert (fault.checked, fault.right, fault.delta) == (True, Decimal("364000.00"), Decimal("5000.00"))
    assert (judged.verdict, judged.named) == (Verdict.CAUGHT, True)


def test_a_last_digit_within_rounding_is_below_the_band(joined: Scene) -> None:
    fault, verdict = misread(joined, "t01.r3.c4", "110.01")

    assert fault.delta == Decimal("100.00")
    assert verdict is Verdict.BELOW_BAND


def test_a_misread_digit_that_nothing_proves_is_silent(lone: Scene) -> None:
    assert [amount.grade for amount in lone.amounts] == ["B", "B"]

    fault, verdict = misread(lone, "t01.r1.c2", "270.50")

    assert (fault.checked, verdict) == (False, Verdict.SILENT)


def test_an_amount_printed_otherwise_is_no_fault(lone: Scene) -> None:
    assert misread(lone, "t01.r1.c2", " 210.50")[1] is Verdict.HARMLESS


def test_an_amount_that_cannot_be_read_is_caught(lone: Scene) -> None:
    assert misread(lone, "t01.r1.c2", "21O.50")[1] is Verdict.CAUGHT


@pytest.mark.parametrize(
    ("kind", "text", "spoiled_text"),
    [
        ("transposed digits", "9.12", "9.21"),
        ("lost decimal point", "1,668.14", "1,66814"),
        ("lost first digit", "1,668.14", "668.14"),
        ("lost first digit", "0.05", None),
        ("lost minus sign", "-3.00", "3.00"),
        ("lost minus sign", "3.00", None),
        ("transposed digits", "5.0", None),
    ],
)
def test_what_a_misread_cell_prints(kind: str, text: str, spoiled_text: str | None) -> None:
    assert SPOILS[kind](text, Random(1)) == spoiled_text


def test_a_misread_digit_is_one_other_digit() -> None:
    for seed in range(50):
        text = SPOILS["misread digit"]("1,668.14", Random(seed)) or ""

        assert len(text) == 8
        assert sum(old != new for old, new in zip("1,668.14", text, strict=True)) == 1
        assert text[0] != "0"


def grid_of(document: Document) -> Grid:
    return document.grids[0]


def test_a_row_goes_and_the_rows_below_move_up(joined: Scene) -> None:
    before = grid_of(joined.document)

    after = grid_of(without_row(joined.document, 0, 5))

    lines = render(before).splitlines()
    assert [line.split() for line in render(after).splitlines()] == [line.split() for line in lines[:5] + lines[6:]]
    assert [(part.first_row, part.last_row) for part in after.parts] == [(0, 10), (11, 18)]
    assert not is_plain_row(before, 0)


def test_a_row_stands_twice(joined: Scene) -> None:
    after = grid_of(with_row_twice(joined.document, 0, 5))

    lines = render(after).splitlines()
    assert lines[5] == lines[6]
    assert [(part.first_row, part.last_row) for part in after.parts] == [(0, 12), (13, 20)]


def test_a_join_is_undone(joined: Scene) -> None:
    first, rest = split(joined.document, 0, 1, keep_rest=True).grids

    assert (first.n_rows, rest.n_rows) == (12, 8)
    assert (len(first.parts), len(rest.parts), first.join, rest.join) == (1, 1, None, None)
    assert [grid.cells for grid in split(joined.document, 0, 1, keep_rest=False).grids] == [first.cells]


def test_a_caption_is_changed_wherever_it_is_held(lone: Scene) -> None:
    document = with_caption(lone.document, 0, lambda text: text.replace("万元", "元"))

    assert document.lines[2].text == grid_of(document).above[2].text == "单位：元"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"lost minus sign", "columns swapped"}))
def test_every_kind_of_fault_changes_the_document(kind: str, joined: Scene) -> None:
    fault = KINDS[kind](joined, Random(3))

    assert fault is not None
    assert fault.document != joined.document


def test_grades_are_held_against_what_was_printed(lone: Scene) -> None:
    assert under_faults(lone, CATALOGUE, 0.0, Random(1)) == {("B", False): 2}
    assert under_faults(lone, CATALOGUE, 1.0, Random(1)) == {("B", True): 2}
