from __future__ import annotations

import csv
import io
import json
from contextlib import ExitStack, closing
from pathlib import Path

import msgspec
import pytest

from schemas.result import Observation
from service.bulk import reading
from service.bulk.diff import Change, Side, changes
from service.bulk.ledger import Key
from service.bulk.reading import Answer, Task, answer_of
from service.bulk.row import State
from service.cli.diff import diff_datasets
from service.cli.failures import UsageError
from service.pipeline import encode
from service.store.blobs import Folder
from tests.service.builders import observation, result
from tests.service.bulk.simulated import CORRUPT, Dataset

OLD, NEW = Key("1.0+a", "asked"), Key("1.1+b", "asked")
TOTAL = observation("t01.r1.c1", "709.41", "7094100.00")
A = reading.sha256(b"first")


def moved(one: Observation, x: float, **changed: object) -> Observation:
    """The same at another place, and otherwise changed."""
    return msgspec.structs.replace(one, bbox=(x, 120.0, x + 100, 140.0), **changed)


def reads(*observations: Observation) -> Answer:
    return answer_of(encode(result(observations=list(observations))))


@pytest.fixture(name="dataset")
def _dataset(tmp_path: Path) -> Dataset:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.pdf").write_bytes(b"first")
    return Dataset(tmp_path / "dataset")


def ingest(dataset: Dataset, answer: Answer, key: Key) -> None:
    def do(_task: Task) -> Answer:
        return answer

    dataset.executor.do = do
    dataset.ingest(dataset.folder.parent / "in", key=key)


def differences(dataset: Dataset, old: Answer, new: Answer) -> list[Change]:
    ingest(dataset, old, OLD)
    ingest(dataset, new, NEW)
    with ExitStack() as stack:
        blobs = Folder(dataset.folder / "results")
        sides = [Side(stack.enter_context(closing(dataset.ledger(key, read_only=True))), blobs) for key in (OLD, NEW)]
        return list(changes(*sides))


def test_a_value_that_is_read_otherwise_is_shown_with_both_and_its_grade(dataset: Dataset) -> None:
    new = msgspec.structs.replace(TOTAL, value="70941000000.00", grade="C")
    (change,) = differences(dataset, reads(TOTAL), reads(new))
    path = f"{dataset.folder.parent}/in/a.pdf"
    assert change[:7] == (A, path, "changed", "t01", 1, "合计", "total")
    assert change[7:] == ("7094100.00", "70941000000.00", "A", "C", "")


def test_equal_readings_differ_in_nothing(dataset: Dataset) -> None:
    assert differences(dataset, reads(TOTAL), reads(TOTAL)) == []


def test_a_new_table_before_it_does_not_make_a_value_new(dataset: Dataset) -> None:
    other = moved(TOTAL, 50.0)
    (change,) = differences(dataset, reads(TOTAL), reads(other, msgspec.structs.replace(TOTAL, table="t02")))
    assert (change.what, change.table, change.old, change.new) == ("added", "t01", None, "7094100.00")


def test_what_else_of_a_value_changed_is_named(dataset: Dataset) -> None:
    new = msgspec.structs.replace(TOTAL, field="basic", fiscal_year=2023)
    (change,) = differences(dataset, reads(TOTAL), reads(new))
    assert change.also == "field: total -> basic; year: 2022 -> 2023"


def test_a_document_that_fails_now_is_one_difference(dataset: Dataset) -> None:
    (change,) = differences(dataset, reads(TOTAL), Answer(State.FAILED, failure=CORRUPT))
    assert (change.what, change.old, change.new) == ("document", "ok", "corrupt")


def test_two_versions_of_one_dataset_are_compared_in_three_shapes(
    dataset: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    differences(dataset, reads(TOTAL), reads(msgspec.structs.replace(TOTAL, value="1.00")))
    name = str(dataset.folder)
    assert diff_datasets(name, None, "table") == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[1:] == ["  changed t01 p. 1 合计 / total: 7094100.00 -> 1.00 (A)"]
    assert said.err == "gongkai: 1 documents differ; values: 1 changed, 0 added, 0 removed\n"
    assert diff_datasets(f"{name}@1.0", f"{name}@1.1", "csv") == 1
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["old"], row["new"], row["field"]) == ("7094100.00", "1.00", "total")
    assert diff_datasets(f"{name}@1.1", f"{name}@1.0", "json") == 1
    assert json.loads(capsys.readouterr().out)["new"] == "7094100.00"
    assert diff_datasets(name, name, "table") == 0


def test_a_version_that_is_not_there_is_refused(dataset: Dataset) -> None:
    ingest(dataset, reads(TOTAL), OLD)
    for name in (str(dataset.folder), f"{dataset.folder}@9"):
        with pytest.raises(UsageError, match=r"there are 1\.0\+a|only one"):
            diff_datasets(name, None, "table")
    with pytest.raises(UsageError, match="is no dataset"):
        diff_datasets("nowhere", None, "table")
