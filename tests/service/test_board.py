"""The board on which a worker says how far it is: seen at once by the other side, and wiped for the next document."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.isolation.board import Board
from service.jobs import Progress


def test_what_one_side_says_the_other_reads(tmp_path: Path) -> None:
    ours, theirs = Board(tmp_path), Board(tmp_path)
    assert ours.read() is None
    theirs.tell(Progress(3, 41, 2))
    assert ours.read() == Progress(3, 41, 2)
    ours.wipe()
    assert (ours.read(), theirs.read()) == (None, None)
    ours.close()
    theirs.close()


@pytest.mark.parametrize(
    ("rubbish", "read"), [(b"\xff" * 4000, Progress(2**32 - 1, 2**32 - 1, 2**32 - 1)), (b"", None), (b"\1" * 11, None)]
)
def test_whatever_a_worker_does_to_it_three_numbers_or_nothing_are_read(
    tmp_path: Path, rubbish: bytes, read: Progress | None
) -> None:
    board = Board(tmp_path)
    (tmp_path / "progress").write_bytes(rubbish)
    assert board.read() == read
    board.close()
