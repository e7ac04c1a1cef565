"""What the pipeline makes of a fixture is what was accepted; and what is written down to compare it is stable."""

from __future__ import annotations

import json

import pytest

from scripts.goldens.__main__ import differences
from scripts.goldens.cases import names, run
from scripts.goldens.texts import texts_of
from tests.gridtext import parse

MAX_BYTES = 300_000
SHOWN = 40  # lines of a difference; the whole of it comes from scripts/golden


@pytest.mark.parametrize("case", names())
def test_a_result_is_the_accepted_one(case: str) -> None:
    lines = differences(case)

    assert not lines, "\n".join([f"run scripts/golden {case}", *lines[:SHOWN]])


@pytest.mark.parametrize("case", names())
def test_the_texts_of_a_golden_are_small_and_read_back(case: str) -> None:
    texts = texts_of(run(case))
    blocks = [block.partition("\n")[2] for block in texts["grids.txt"].split("\n\n") if block]
    grids = run(case).document.grids

    assert sum(len(text.encode()) for text in texts.values()) < MAX_BYTES
    assert len(json.loads(texts["records.json"])["observations"]) == len(run(case).result.observations)
    assert [(grid.n_rows, grid.n_cols) for grid in map(parse, blocks)] == [(g.n_rows, g.n_cols) for g in grids]
