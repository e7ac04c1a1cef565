"""What a document prints is kept whole: what it means can be said again without it."""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scripts.goldens.cases import FIXTURES, run
from service import compose, extraction, tasks
from service.jobs import Answered, Extracted, ExtractJob
from service.pipeline import Deps
from service.worker import Reporter

CASES = (
    "pdf/made-2023-final-accounts-blank-zero-dash",
    "pdf/qingshan-2022-final-accounts-whole-report",
    "html/changan-2023-performance-web-page",
    "docx/chenxi-2022-performance-no-table",
)
SHEET = next(path.parent.relative_to(FIXTURES).as_posix() for path in sorted(FIXTURES.glob("xlsx/*/about.yml")))


@cache
def deps() -> Deps:
    return compose.deps()


@pytest.mark.parametrize("case", [*CASES, SHEET])
def test_a_document_comes_back_as_it_was(case: str) -> None:
    document = run(case).document
    packed = extraction.pack(document)
    assert extraction.unpack(packed) == document
    assert extraction.pack(document) == packed


def test_what_does_not_fit_a_document_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        extraction.unpack(zlib.compress(msgspec.msgpack.encode(["pdf", 3])))


def without_timing(result: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(result)
    del read["provenance"]["timing"]
    return read


@pytest.mark.parametrize("case", CASES)
def test_what_is_kept_means_what_the_file_means(case: str) -> None:
    path: Path = next((FIXTURES / case).glob("source.*"))
    data, reporter = path.read_bytes(), Reporter(lambda _told: None)
    job = ExtractJob(path.name, beside=["a.pdf"])
    plain = tasks.extract(job, data, reporter, deps())
    kept = tasks.extract(msgspec.structs.replace(job, keep=True), data, reporter, deps())
    answered = msgspec.msgpack.decode(kept, type=Answered)
    assert without_timing(answered.result) == without_timing(plain)
    known = Extracted(json.loads(plain)["document"]["sha256"], len(data))
    again = tasks.extract(msgspec.structs.replace(job, extracted=known), answered.document, reporter, deps())
    assert without_timing(again) == without_timing(plain)
