from __future__ import annotations

import os
import tarfile
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from service.bulk import batches
from service.bulk.batches import Outcome
from service.bulk.ledger import Counts, Key
from service.bulk.reading import Answer, CannotRead, Changed, Task, sha256
from service.bulk.row import Place, State
from service.bulk.run import LedgerOpen
from service.bulk.sources import NoSuchSource
from service.jobs import Extracted
from service.store.blobs import Folder
from tests.service.bulk.simulated import Dataset, Simulated, answer


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, data in {
        "a.pdf": b"first",
        "b.pdf": b"second",
        "c.pdf": b"first",
        "d.pdf": b"bad",
        "e.pdf": b"part",
        "f.txt": b"notes",
    }.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(name="dataset")
def _dataset(tmp_path: Path) -> Dataset:
    return Dataset(tmp_path / "dataset")


def zipped(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)


def test_every_file_is_accounted_for_and_equal_ones_are_read_once(dataset: Dataset, folder: Path) -> None:
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=1, duplicate=1, skipped=1)
    assert dataset.executor.names == ["a.pdf", "b.pdf", "d.pdf", "e.pdf"]
    assert len(dataset.watched.states) == 6


def test_a_document_keeps_every_path(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder)
    rows = dataset.rows()
    assert [row.sha256 for row in rows] == sorted(row.sha256 for row in rows)
    (first,) = [row for row in rows if len(row.places) == 2]
    assert first.places == (Place(f"{folder}/a.pdf"), Place(f"{folder}/c.pdf"))
    (failed,) = [row for row in rows if row.state is State.FAILED]
    assert (failed.code, failed.page) == ("corrupt", 3)


def test_a_second_run_reads_nothing_and_counts_the_same(dataset: Dataset, folder: Path) -> None:
    counts = dataset.ingest(folder)
    assert dataset.ingest(folder) == counts
    assert dataset.executor.tasks == []


def test_without_a_name_all_sources_of_before_are_taken(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder / "a.pdf")
    with closing(dataset.ledger()) as ledger:
        assert ledger.sources() == [(f"{folder}/a.pdf", f"{folder}/a.pdf")]


def test_a_file_that_has_changed_is_read_again(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder)
    (folder / "b.pdf").write_bytes(b"second, corrected")
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=1, duplicate=1, skipped=1)
    assert dataset.executor.names == ["b.pdf"]
    assert len(dataset.rows()) == 4


def test_a_file_that_is_gone_leaves_the_dataset_and_its_twin_takes_its_place(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder)
    (folder / "a.pdf").unlink()
    (folder / "b.pdf").unlink()
    assert dataset.ingest(folder) == Counts(ok=1, partial=1, failed=1, skipped=1)
    assert (dataset.executor.tasks, dataset.gone) == ([], 2)


def test_what_is_of_another_source_stays(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder / "a.pdf")
    assert dataset.ingest(folder / "b.pdf") == Counts(ok=1)
    assert len(dataset.rows()) == 2


def test_two_sources_that_lead_to_one_file_count_it_once(dataset: Dataset, folder: Path) -> None:
    assert dataset.ingest(folder / "a.pdf", folder / "*.pdf") == Counts(ok=2, partial=1, failed=1, duplicate=1)


def test_only_what_failed_is_tried_again(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder)
    (folder / "new.pdf").write_bytes(b"new")
    dataset.executor.do = lambda _task: Answer(State.OK, 1)
    assert dataset.ingest(folder, only_failed=True) == Counts(ok=3, partial=1, duplicate=1, skipped=1)
    assert dataset.executor.names == ["d.pdf"]


def test_another_version_or_other_options_read_everything_again_and_keep_what_was(
    dataset: Dataset, folder: Path
) -> None:
    dataset.ingest(folder)
    newer = Key("1.1+b", "asked")
    dataset.ingest(folder, key=newer)
    assert dataset.executor.names == ["a.pdf", "b.pdf", "d.pdf", "e.pdf"]
    with closing(dataset.ledger()) as ledger:
        assert ledger.versions() == [newer, Key("1.0+a", "asked")]
    assert [row.pipeline for row in dataset.rows()] == ["1.0+a"] * 4
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=1, duplicate=1, skipped=1)
    assert dataset.executor.tasks == []


def test_a_dry_run_says_what_would_be_read_and_leaves_nothing(dataset: Dataset, folder: Path) -> None:
    assert dataset.ingest(folder, dry=True) == Counts(duplicate=1, skipped=1, open=4)
    assert dataset.rows() == []
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=1, duplicate=1, skipped=1)


def test_files_of_an_archive_are_taken_in_its_place(dataset: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "packed"
    folder.mkdir()
    zipped(folder / "2023.zip", {"财政局/决算.pdf": b"one", "twin.pdf": b"one", "readme.txt": b"-", "x.pdf": b"bad"})
    (folder / "broken.zip").write_bytes(b"PK no archive")
    zipped(folder / "empty.zip", {})
    counts = Counts(ok=1, failed=2, duplicate=1, skipped=2)
    assert dataset.ingest(folder) == counts
    assert [task.job.inside for task in dataset.executor.tasks] == ["2023.zip/财政局/决算.pdf", "2023.zip/x.pdf"]
    (row,) = [row for row in dataset.rows() if row.state is State.OK]
    assert row.places == (
        Place(f"{folder}/2023.zip", "twin.pdf"),
        Place(f"{folder}/2023.zip", "财政局/决算.pdf"),
    )
    assert dataset.ingest(folder) == counts
    assert dataset.executor.tasks == []


def test_archives_of_other_kinds_and_archives_inside_them_are_opened(dataset: Dataset, tmp_path: Path) -> None:
    zipped(tmp_path / "inner.zip", {"决算.pdf": b"one"})
    with tarfile.open(tmp_path / "2023.tar.gz", "w:gz") as file:
        file.add(tmp_path / "inner.zip", "局/inner.zip")
    assert dataset.ingest(tmp_path / "2023.tar.gz") == Counts(ok=1)
    assert [task.job.inside for task in dataset.executor.tasks] == ["2023.tar.gz/局/inner.zip/决算.pdf"]


def test_two_members_of_one_name_are_two_files(dataset: Dataset, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("a.pdf", b"one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("a.pdf", b"two")
    assert dataset.ingest(tmp_path / "a.zip") == Counts(ok=2)


def test_a_file_that_is_too_large_or_may_not_be_read_has_failed(dataset: Dataset, folder: Path) -> None:
    (folder / "large.pdf").write_bytes(b"x" * 1_001)
    os.symlink("/nowhere", folder / "link.pdf")
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=2, duplicate=1, skipped=2)


def test_a_run_that_is_stopped_ends_what_it_began_and_the_next_goes_on(dataset: Dataset, folder: Path) -> None:
    dataset.watched.stop_after = 1
    counts = dataset.ingest(folder)
    assert counts.open == 0
    assert counts == Counts(ok=2, duplicate=1)
    read = set(dataset.executor.names)
    dataset.watched.stop, dataset.watched.stop_after = False, 1_000
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=1, duplicate=1, skipped=1)
    assert read.isdisjoint(dataset.executor.names)


def test_a_document_that_is_lost_with_its_worker_is_handed_on_again(dataset: Dataset, folder: Path) -> None:
    dataset.executor = Losing()
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=1, duplicate=1, skipped=1)
    assert dataset.executor.names.count("a.pdf") == 2


def test_when_nothing_can_be_read_no_document_is_blamed(dataset: Dataset, folder: Path) -> None:
    def broken(task: Task) -> Answer:
        raise CannotRead("no worker can be started")

    dataset.executor.do = broken
    with pytest.raises(CannotRead, match="no worker can be started"):
        dataset.ingest(folder)
    assert dataset.rows() == []


def test_a_file_that_changes_while_it_is_read_leaves_the_ledger_open(dataset: Dataset, folder: Path) -> None:
    def changed(task: Task) -> Outcome:
        if task.job.name == "b.pdf":
            return Changed(task.location)
        return answer(task)

    dataset.executor.do = changed
    with pytest.raises(LedgerOpen, match="6 files found, 5 accounted for, 1 not read, 1 changed"):
        dataset.ingest(folder)


def test_a_name_that_leads_nowhere_is_refused_before_anything_is_read(dataset: Dataset, folder: Path) -> None:
    with pytest.raises(NoSuchSource, match="nowhere"):
        dataset.ingest(folder, "nowhere")
    assert dataset.executor.tasks == []


def test_documents_go_together_while_others_are_read_and_each_is_settled(dataset: Dataset, folder: Path) -> None:
    dataset.together = 3
    for number in range(6):
        (folder / f"g{number}.pdf").write_bytes(b"%d" % number)
    assert dataset.ingest(folder) == Counts(ok=8, partial=1, failed=1, duplicate=1, skipped=1)
    assert dataset.executor.together == [1, 1, 3, 3, 1, 1]  # at once while one of the two who read has nothing to do
    assert len(dataset.rows()) == 10


def test_what_was_not_come_to_in_time_is_handed_on_alone(dataset: Dataset, folder: Path) -> None:
    dataset.together, dataset.executor.most = 4, 1
    for number in range(6):
        (folder / f"g{number}.pdf").write_bytes(b"%d" % number)
    assert dataset.ingest(folder) == Counts(ok=8, partial=1, failed=1, duplicate=1, skipped=1)
    assert len(dataset.executor.names) == len({*dataset.executor.names}) == 10
    assert sorted(dataset.executor.together) == [*[1] * 8, 4, 4]  # each alone


def test_many_bytes_go_alone(dataset: Dataset, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "ENOUGH_BYTES", 5)
    dataset.together = 4
    assert dataset.ingest(folder).ok == 2
    assert dataset.executor.together == [1, 1, 2]  # 3 and 4 bytes


def test_who_is_lost_with_others_goes_alone_from_then_on(dataset: Dataset, folder: Path) -> None:
    dataset.together, dataset.executor = 4, Losing()
    assert dataset.ingest(folder) == Counts(ok=2, partial=1, failed=1, duplicate=1, skipped=1)
    assert dataset.executor.together == [1, 1, 2, 1, 1, 1, 1]


class Losing(Simulated):
    """Loses every document once, as a worker does that is killed."""

    def submit(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def]
        lost = args[1][0] not in self.tasks  # type: ignore[index]
        before = self.do
        self.do = lose if lost else before
        try:
            return super().submit(*args, **kwargs)  # type: ignore[arg-type]
        finally:
            self.do = before


def lose(task: Task) -> Answer:
    raise ConnectionResetError("the worker is gone")


def test_what_is_read_by_the_same_reader_is_kept_by_a_new_version(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder, readers={"application/pdf": "pdf 1"})
    newer = Key("1.1+b", "asked")
    dataset.ingest(folder, key=newer, readers={"application/pdf": "pdf 1", "text/html": "html 2"})
    assert dataset.executor.names == ["d.pdf"]  # it failed: who knows which format it is
    assert [row.state for row in dataset.rows(newer)] == [row.state for row in dataset.rows()]
    assert dataset.blobs(newer) == dataset.blobs()


def test_a_new_version_of_a_reader_reads_what_it_concerns_and_no_other(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder / "a.pdf", readers={"application/pdf": "pdf 1"})
    dataset.executor.do = lambda task: replace(answer(task), media_type="text/html")
    dataset.ingest(folder / "b.pdf", readers={"text/html": "html 1"})
    readers = {"application/pdf": "pdf 1", "text/html": "html 2"}
    dataset.ingest(folder / "a.pdf", folder / "b.pdf", key=Key("1.1+b", "asked"), readers=readers)
    assert dataset.executor.names == ["b.pdf"]
    dataset.ingest(folder / "a.pdf", folder / "b.pdf", key=Key("1.1+b", "asked otherwise"), readers=readers)
    assert dataset.executor.names == ["a.pdf", "b.pdf"]


def test_a_page_is_told_the_files_beside_it_and_read_again_when_they_are_others(
    dataset: Dataset, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    (folder / "page_files").mkdir(parents=True)
    (folder / "page.html").write_bytes(b"<html>")
    (folder / "page_files" / "a.pdf").write_bytes(b"one")
    dataset.ingest(folder)
    told = {task.job.name: task.job.beside for task in dataset.executor.tasks}
    assert told == {"page.html": ["page_files/a.pdf"], "a.pdf": []}
    (folder / "b.pdf").write_bytes(b"two")
    assert dataset.ingest(folder) == Counts(ok=3)
    told = {task.job.name: task.job.beside for task in dataset.executor.tasks}
    assert told == {"page.html": ["b.pdf", "page_files/a.pdf"], "b.pdf": []}
    dataset.ingest(folder)
    assert dataset.executor.tasks == []


def test_a_second_copy_of_a_page_is_not_read_for_what_stands_beside_it(dataset: Dataset, tmp_path: Path) -> None:
    for place in ("a", "b"):
        (tmp_path / "saved" / place).mkdir(parents=True)
        (tmp_path / "saved" / place / "page.html").write_bytes(b"<html>")
    (tmp_path / "saved/b/c.pdf").write_bytes(b"one")
    counts = Counts(ok=2, duplicate=1)
    assert dataset.ingest(tmp_path / "saved") == counts
    assert dataset.executor.names == ["page.html", "c.pdf"]
    assert dataset.ingest(tmp_path / "saved") == counts
    assert dataset.executor.tasks == []


def test_a_page_of_an_archive_is_told_the_files_beside_it(dataset: Dataset, tmp_path: Path) -> None:
    zipped(tmp_path / "2023.zip", {"局/a.html": b"<html>", "局/附件1.pdf": b"one", "b.pdf": b"two"})
    counts = dataset.ingest(tmp_path / "2023.zip")
    told = {task.job.name: task.job.beside for task in dataset.executor.tasks}
    assert told == {"附件1.pdf": [], "b.pdf": [], "a.html": ["附件1.pdf"]}
    assert dataset.ingest(tmp_path / "2023.zip") == counts == Counts(ok=3)
    assert dataset.executor.tasks == []


def test_what_a_document_prints_is_kept_and_not_read_again_for_what_it_means(dataset: Dataset, folder: Path) -> None:
    documents = Folder(dataset.folder / "documents")
    dataset.executor.do = lambda task: replace(answer(task), document=b"printed" if task.job.keep else None)
    reading: dict[str, Any] = {"documents": documents, "extractors": {"application/pdf": "prints 1"}}
    dataset.ingest(folder / "a.pdf", readers={"application/pdf": "means 1"}, **reading)
    assert [(task.data, task.job.keep) for task in dataset.executor.tasks] == [(b"first", True)]
    newer: dict[str, Any] = {"key": Key("1.1+b", "asked"), "readers": {"application/pdf": "means 2"}}
    dataset.ingest(folder / "a.pdf", **newer, **reading)
    (task,) = dataset.executor.tasks
    assert (task.data, task.job.keep) == (b"printed", False)
    assert task.job.extracted == Extracted(task.sha256, len(b"first"))
    dataset.ingest(folder / "a.pdf", key=Key("1.2+c", "asked"), readers={"application/pdf": "means 3"}, **reading)
    assert [task.data for task in dataset.executor.tasks] == [b"printed"]
    reading["extractors"] = {"application/pdf": "prints 2"}
    dataset.ingest(folder / "a.pdf", key=Key("1.3+d", "asked"), readers={"application/pdf": "means 4"}, **reading)
    assert [(task.data, task.job.keep) for task in dataset.executor.tasks] == [(b"first", True)]


def test_what_was_kept_and_is_gone_is_read_again(dataset: Dataset, folder: Path) -> None:
    documents = Folder(dataset.folder / "documents")
    dataset.executor.do = lambda task: replace(answer(task), document=b"printed" if task.job.keep else None)
    reading: dict[str, Any] = {"documents": documents, "extractors": {"application/pdf": "prints 1"}}
    dataset.ingest(folder / "a.pdf", **reading)
    documents.remove(sha256(b"printed"))
    dataset.ingest(folder / "a.pdf", key=Key("1.1+b", "asked"), **reading)
    assert [(task.data, task.job.keep) for task in dataset.executor.tasks] == [(b"first", True)]


def test_a_ledger_whose_statement_was_interrupted_is_closed_in_peace(dataset: Dataset, folder: Path) -> None:
    dataset.ingest(folder)
    ledger = dataset.ledger()
    ledger.begin()

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    event.listen(ledger._engine.dialect, "do_execute", interrupt, retval=True)
    with pytest.raises(KeyboardInterrupt):
        ledger.counts()
    ledger.close()
    assert len(dataset.rows()) == 4
