"""Into a dataset: killed and gone on with, interrupted, and the same whoever reads."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from service.bulk.packed import unpack
from service.bulk.pipeline import version
from service.cli.diff import diff_datasets
from service.cli.failures import UsageError
from service.cli.ingest import Request, ingest
from tests.journeys.cluster import running_cluster
from tests.journeys.conftest import GONGKAI, Command, environment, fixture

SMALL = "made-2023-final-accounts-blank-zero-dash"
WORD = "chenxi-2022-performance-no-table"
WRITTEN = re.compile(rb'"written_at": "[^"]*"')
NOT_OF_THE_DATASET = ("ledger.sqlite", ".lock")


@pytest.fixture(name="reports", scope="module")
def _reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten reports, two of them twice, one broken."""
    folder = tmp_path_factory.mktemp("county") / "reports"
    (folder / "2023").mkdir(parents=True)
    small = fixture(SMALL).read_bytes()
    for number in range(8):
        (folder / "2023" / f"{number:02}.pdf").write_bytes(small + b"\n%" + str(number).encode())
    shutil.copy(fixture(WORD), folder / "a.docx")
    shutil.copy(fixture(WORD), folder / "b.docx")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 500)
    (folder / "copy.pdf").write_bytes(small + b"\n%0")
    return folder


def contents(dataset: Path) -> dict[str, str]:
    """Every file of a dataset with the hash of its bytes, without the ledger, and without the time in ``run.json``."""
    return {
        path.relative_to(dataset).as_posix(): hashlib.sha256(WRITTEN.sub(b"", path.read_bytes())).hexdigest()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and not path.name.startswith(NOT_OF_THE_DATASET)
    }


@pytest.fixture(name="whole", scope="module")
def _whole(reports: Path) -> dict[str, str]:
    """What the dataset of all reports holds, read in one go by two workers."""
    ended = run(reports, reports.parent / "whole", "--jobs", "2")
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == ("gongkai: 12 files: 9 ok, 0 partial, 1 failed, 2 duplicate, 0 skipped")
    return contents(reports.parent / "whole")


def start(reports: Path, dataset: Path, *more: str) -> subprocess.Popen[str]:
    command = [str(GONGKAI), "ingest", reports.name, "--into", str(dataset), *more]
    return subprocess.Popen(command, cwd=reports.parent, env=environment(), stderr=subprocess.PIPE, text=True)


def run(reports: Path, dataset: Path, *more: str) -> subprocess.CompletedProcess[str]:
    process = start(reports, dataset, *more)
    _, said = process.communicate(timeout=600)
    return subprocess.CompletedProcess([], process.returncode, "", said)


def until_read(dataset: Path, results: int) -> None:
    """Return when so many results are there."""
    deadline = time.monotonic() + 600
    while sum(1 for path in (dataset / "results").glob("*/*") if path.is_file()) < results:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_dataset_does_not_depend_on_the_number_of_workers(
    reports: Path, whole: dict[str, str], tmp_path: Path
) -> None:
    assert run(reports, tmp_path / "d", "--jobs", "1", "--quiet").stderr == ""
    assert contents(tmp_path / "d") == whole
    assert len([name for name in whole if name.startswith("results/")]) == 9
    assert "data/observations/part-00000.parquet" in whole
    assert run(reports, tmp_path / "d", "--only-dataset").returncode == 0
    assert contents(tmp_path / "d") == whole


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
def test_a_run_that_is_killed_goes_on_to_the_same_dataset(
    reports: Path, whole: dict[str, str], tmp_path: Path, kills: int
) -> None:
    points = sorted(random.Random(kills).choices(range(1, 9), k=kills))
    for point in points:
        process = start(reports, tmp_path / "d", "--jobs", "2")
        until_read(tmp_path / "d", point)
        process.kill()
        process.communicate()
    assert run(reports, tmp_path / "d").returncode == 1
    assert contents(tmp_path / "d") == whole


def test_interrupted_once_it_finishes_what_it_reads_and_twice_it_stops_at_once(tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(120):  # so many that it cannot be done before it is interrupted
        (many / f"{number:03}.pdf").write_bytes(fixture(SMALL).read_bytes() + b"\n%" + str(number).encode())
    for times in (1, 2):
        done = len(list((tmp_path / "d/results").glob("*/*")))
        process = start(many, tmp_path / "d", "--jobs", "1")
        until_read(tmp_path / "d", done + 1)
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        _, said = process.communicate(timeout=600)
        assert process.returncode in (130, -signal.SIGINT), said  # the second may come when the first has just ended it
        assert "Traceback" not in said
    ended = run(many, tmp_path / "d")
    assert ended.stderr.splitlines()[-1] == "gongkai: 120 files: 120 ok, 0 partial, 0 failed, 0 duplicate, 0 skipped"


def test_one_of_several_machines_dies_with_documents_and_the_dataset_is_the_same(tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    (many / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 500)
    for number in range(40):  # the first three are read alone, the others some in one task
        (many / f"{number:02}.pdf").write_bytes(fixture(SMALL).read_bytes() + b"\n%" + str(number).encode())
    assert run(many, tmp_path / "whole", "--jobs", "2").returncode == 1
    with running_cluster(tmp_path) as cluster:
        process = start(many, tmp_path / "d", "--dask", cluster.address)
        until_read(tmp_path / "d", 4)
        cluster.busy().kill()
        _, said = process.communicate(timeout=600)
    assert process.returncode == 1, said
    assert "41 files: 40 ok, 0 partial, 1 failed, 0 duplicate, 0 skipped" in said
    assert contents(tmp_path / "d") == contents(tmp_path / "whole")


@pytest.mark.long
def test_a_cluster_of_this_machine_fetches_the_files_itself(
    reports: Path, whole: dict[str, str], tmp_path: Path
) -> None:
    ended = run(reports, tmp_path / "d", "--dask", "local", "--shared", "--jobs", "2")
    assert ended.returncode == 1, ended.stderr
    assert contents(tmp_path / "d") == whole


def test_the_tables_of_files_and_failures_say_what_became_of_each(reports: Path, whole: dict[str, str]) -> None:
    dataset = reports.parent / "whole"
    with (dataset / "files.csv").open(encoding="utf-8") as file:
        states = {row["path"]: row["state"] for row in csv.DictReader(file)}
    assert len(states) == 12
    assert states["reports/a.docx"] == "ok"
    assert states["reports/b.docx"] == states["reports/copy.pdf"] == "duplicate"
    with (dataset / "failures.csv").open(encoding="utf-8") as file:
        (failure,) = csv.DictReader(file)
    assert (failure["path"], failure["code"]) == ("reports/broken.pdf", "corrupt")
    assert (failure["advice_zh"], failure["see"]) == ("文件已损坏或不完整，请重新下载。", "docs/errors/corrupt.md")


def test_the_page_of_the_dataset_names_all_that_is_in_it(reports: Path, whole: dict[str, str]) -> None:
    assert whole
    page = (Path(__file__).parents[2] / "docs" / "dataset.md").read_text("utf-8")
    for name in os.listdir(reports.parent / "whole"):
        assert f"`{name}`" in page or f"`{name}/" in page or name == ".lock"


def test_a_page_and_its_attachments_are_tied_in_folders_and_archives(gongkai: Command, tmp_path: Path) -> None:
    page = "<html><body><p>2023年度部门决算公开</p><a href='http://x.gov.cn/f/1.pdf'>附件：决算表</a></body></html>"
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/a.html").write_text(page, encoding="utf-8")
    shutil.copy(fixture(SMALL), tmp_path / "saved/1.pdf")
    with zipfile.ZipFile(tmp_path / "2023.zip", "w") as archive:
        archive.writestr("局/a.html", page + "<!-- another -->")
        archive.writestr("局/1.pdf", fixture(SMALL).read_bytes() + b"\n%1")
    assert gongkai("ingest", "saved", "2023.zip", "--into", "d").returncode == 0
    of_pages = f"SELECT attachments FROM '{tmp_path}/d/data/documents/*.parquet' WHERE filename = 'a.html'"
    assert duckdb.execute(of_pages).fetchall() == [('["1.pdf"]',), ('["1.pdf"]',)]


def test_a_version_that_means_the_same_says_so_of_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    request = Request([str(fixture(SMALL)), str(fixture(WORD))], tmp_path / "d", keep_documents=True)
    assert ingest(request) == 0
    assert len([path for path in (tmp_path / "d/documents").glob("*/*") if path.is_file()]) == 2
    first = contents(tmp_path / "d")
    newer = replace(version(), name="0.2.0+another", readers=dict.fromkeys(version().readers, "another"))
    monkeypatch.setattr("service.cli.ingest.version", lambda: newer)
    monkeypatch.setattr("service.bulk.reading.is_installed", lambda name, _copy: name == newer.name)
    assert ingest(replace(request, keep_documents=False, sources=[])) == 0
    same = {name for name, digest in contents(tmp_path / "d").items() if first.get(name) == digest}
    assert {name for name in first if name not in same} == {
        "run.json",
        "CITATION.cff",
        "data/documents/part-00000.parquet",  # it names the version
    }
    assert diff_datasets(str(tmp_path / "d"), None, "table") == 0
    assert "0 documents differ" in capsys.readouterr().err


def test_a_result_is_what_extract_says_but_for_its_timing(gongkai: Command, tmp_path: Path) -> None:
    assert gongkai("ingest", fixture(SMALL), "--into", "d").returncode == 0
    (path,) = [path for path in (tmp_path / "d/results").rglob("*") if path.is_file()]
    kept = json.loads(unpack(path.read_bytes()))
    said = json.loads(gongkai("extract", fixture(SMALL)).stdout)
    assert kept["provenance"].pop("timing") == {}
    del said["provenance"]["timing"]
    assert kept == said


def test_a_dry_run_says_what_would_be_read_and_makes_nothing(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ingest(Request([str(reports)], tmp_path / "d", dry_run=True)) == 0
    assert capsys.readouterr().err.splitlines() == [
        "gongkai: 12 files: 0 ok, 0 partial, 0 failed, 2 duplicate, 0 skipped, 10 to be read"
    ]
    assert not (tmp_path / "d").exists()


def test_wrong_use_is_said_and_harms_nothing(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").write_text("mine")
    for request, why in (
        (Request(["nowhere"], tmp_path / "d"), "nowhere: no such file, folder or pattern"),
        (Request([], tmp_path / "d"), "name files, folders"),
        (Request([str(reports)], tmp_path / "full"), "is no dataset"),
        (Request([], tmp_path / "d3", only_dataset=True), "is no dataset"),
    ):
        with pytest.raises(UsageError, match=why):
            ingest(request)
    assert os.listdir(tmp_path / "full") == ["thesis.doc"]
