"""LibreOffice in a process of its own: what it is told, what it may not do, and how it ends."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec
import pytest

from extractors import registry
from extractors.errors import ConversionTimeout, ConverterMissing, Unreadable
from extractors.options import Options
from service import compose
from service.cli.local import settings
from service.convert import LibreOffice, installed
from service.errors import ServiceError
from service.isolation.bounds import Bounds
from service.isolation.pool import PoolSize
from service.jobs import ExtractJob
from service.runner import ProcessRunner
from tests.gridtext import render_all
from tests.promises.parsers import ORDER

SOFFICE = installed()
STARTER = "tests.promises.parsers:start"
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="apt-get install libreoffice-writer-nogui")

RTF = rb"""{\rtf1\ansi\ansicpg936
\trowd\cellx2000\cellx4000 \intbl \u31185?\u30446?\cell \u21512?\u35745?\cell\row
\trowd\cellx2000\cellx4000 \intbl 2012601\cell 1,234.50\cell\row
\pard 2023\par}"""
GRID = "| 科目    | 合计     |\n| 2012601 | 1,234.50 |\n"


def program(folder: Path, script: str) -> LibreOffice:
    """A stand-in for LibreOffice: a shell script."""
    folder.mkdir(exist_ok=True)
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return LibreOffice(str(path), timeout=5.0)


@needs_libreoffice
def test_a_rich_text_is_read_and_says_what_converted_it() -> None:
    document = registry.extract(RTF, Options(convert=LibreOffice(str(SOFFICE))))
    assert (document.format, document.media_type) == ("rtf", "application/rtf")
    assert render_all(document.grids) == GRID
    assert (document.converter or "").startswith("LibreOffice ")
    assert document.notices[0].code == "converted"


@needs_libreoffice
def test_bytes_that_only_begin_as_rich_text_end_in_an_answer() -> None:
    convert = LibreOffice(str(SOFFICE))
    try:
        document = registry.extract(b"{\\rtf1" + bytes(range(256)) * 4, Options(convert=convert))
    except Unreadable:
        return
    assert document.grids == ()


@needs_libreoffice
def test_a_worker_converts_under_its_limits_and_the_result_says_by_what() -> None:
    runner = compose.runner(settings(workers=1, spare_workers=0))
    try:
        result = msgspec.json.decode(runner.run(ExtractJob(name="决算.doc"), RTF))
    finally:
        runner.close()
    assert result["document"]["media_type"] == "application/rtf"
    assert "libreoffice" in result["provenance"]["engines"]
    assert {item["code"] for item in result["findings"]} >= {"converted", "name_content_mismatch"}


def test_the_converter_is_the_one_program_that_a_worker_may_start(tmp_path: Path) -> None:
    programs = [program(tmp_path / name, "true").program for name in ("converter", "other")]
    runner = ProcessRunner(PoolSize(1, spares=0), Bounds(converter=programs[0]), starter=STARTER)
    try:
        assert runner.run(ExtractJob(), ORDER + f"starts {programs[0]}".encode()) == b"started"
        with pytest.raises(ServiceError, match="a worker does not do this"):
            runner.run(ExtractJob(), ORDER + f"starts {programs[1]}".encode())
    finally:
        runner.close()


def test_without_a_converter_the_package_is_named() -> None:
    with pytest.raises(ConverterMissing, match="libreoffice-writer-nogui"):
        registry.extract(RTF)


def test_a_converter_that_cannot_be_started_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConverterMissing):
        LibreOffice(str(tmp_path / "none"))(RTF, ".rtf")


def test_what_makes_no_document_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="LibreOffice cannot read"):
        program(tmp_path, "exit 1")(RTF, ".rtf")


def test_what_is_late_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    late = program(tmp_path, f"sleep 300 & echo $! > {tmp_path}/child; sleep 300")
    with pytest.raises(ConversionTimeout):
        LibreOffice(late.program, timeout=0.5)(RTF, ".rtf")
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_it_gets_a_new_profile_without_macros_and_links_and_nothing_of_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_DATABASE_URL", "postgresql://secret")
    seen = tmp_path / "seen"
    script = f"env > {seen}; cat profile/user/registrymodifications.xcu >> {seen}; mkdir out; cp in.rtf out/in.docx"
    assert program(tmp_path, script)(RTF, ".rtf") == RTF
    text = seen.read_text()
    assert "secret" not in text
    assert '<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value>' in text
    assert '<prop oor:name="Link" oor:op="fuse"><value>2</value>' in text


def test_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    program(tmp_path, "mkdir out; cp in.rtf out/in.docx")(RTF, ".rtf")
    assert os.listdir(scratch) == []
