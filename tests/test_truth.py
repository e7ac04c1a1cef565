"""What a person read in a fixture comes out of the pipeline: kinds, units, rows, texts, yuan, pages, findings."""

from __future__ import annotations

import pytest

from scripts.goldens.cases import names, run, truth_of
from scripts.goldens.truth import problems


@pytest.mark.parametrize("case", names())
def test_a_result_holds_all_that_a_person_read(case: str) -> None:
    wrong = problems(truth_of(case), run(case))

    assert not wrong, "\n".join(["the result differs from truth.yml:", *wrong])
