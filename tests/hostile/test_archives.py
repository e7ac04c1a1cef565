"""Every hostile archive is refused or told, at once; nothing is left of it."""

from __future__ import annotations

import io
import os
import resource
import shutil
import tempfile
from pathlib import Path

import pytest

from extractors.errors import DocumentError
from service.archive import Bounds, members
from service.errors import Failure, ServiceError
from tests.hostile.archives import CASES
from tests.hostile.case import READ, Case

BOUNDS = Bounds(entries=1_000, unpacked=50_000_000, ratio=1_000, member=10_000_000, seconds=10, memory=600_000_000)
SECONDS = 3.0  # of computing, with all that it starts


def answers(data: bytes) -> set[str]:
    """The codes of what is told, and READ when a member has bytes."""
    found = set()
    try:
        for one in members(io.BytesIO(data), BOUNDS):
            found.add(one.content.code if isinstance(one.content, Failure) else READ)
    except DocumentError as error:
        found.add(error.code)
    except ServiceError as error:
        found.add(error.failure.code)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_archive_is_answered_at_once(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if case.name.startswith("rar") and shutil.which("unar") is None:
        pytest.skip("unar is not installed: apt-get install unar")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = answers(case.make())
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert found & case.answers
    assert found <= case.answers | {READ}
    assert ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime < SECONDS
    assert os.listdir(tmp_path) == []
