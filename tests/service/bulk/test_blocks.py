from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from service.bulk.dataset import blocks, parts
from service.bulk.dataset.papers.run import Tally
from service.bulk.dataset.write import write
from service.bulk.packed import pack
from service.bulk.row import Row
from service.pipeline import encode
from tests.service.builders import result
from tests.service.bulk.datasets import failed, row


@pytest.fixture(name="many")
def _many() -> list[tuple[Row, bytes]]:
    """Nine documents, one of them failed."""
    one, data = row(result()), pack(encode(result()))
    return [(replace(one, sha256=f"{number:064x}"), data) for number in range(8)] + [failed("f" * 64)]


def tables(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "data").rglob("*.parquet"))}


def test_the_tables_do_not_depend_on_blocks_and_processes(
    many: list[tuple[Row, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "FEW", 5)
    monkeypatch.setattr(parts, "GROUP_ROWS", 3)
    monkeypatch.setattr(parts, "PART_GROUPS", 2)
    for name, each, processes in (("whole", 100, 1), ("cut", 2, 1), ("apart", 2, 2)):
        monkeypatch.setattr(blocks, "DOCUMENTS_EACH", each)
        (tmp_path / name).mkdir()
        with blocks.makers(processes, len(many)) as makers:
            assert (makers is None) == (processes == 1)
            write(many, tmp_path / name, makers=makers)
    whole = tables(tmp_path / "whole")
    assert {f"data/observations/part-0000{number}.parquet" for number in range(2)} < whole.keys()
    assert tables(tmp_path / "cut") == whole
    assert tables(tmp_path / "apart") == whole


def test_what_is_counted_is_all(many: list[tuple[Row, bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "DOCUMENTS_EACH", 2)
    tally = Tally()
    for block in blocks.blocks(many):
        tally.take(block.tally)
    assert (tally.documents, tally.states["failed"], tally.options) == (9, 1, [{"pages": None}])


def test_for_few_documents_no_process_is_started() -> None:
    with blocks.makers(2, blocks.FEW - 1) as makers:
        assert makers is None
