"""Bytes by their hash, on our own disk and in a store that fsspec knows."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from service.store.blobs import Blobs, Folder, Missing, Remote, received

DATA = "决算".encode()
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(name="blobs", params=["folder", "memory"])
def _blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return Folder(tmp_path / "blobs") if request.param == "folder" else Remote(f"memory://{tmp_path.name}")


def test_what_is_kept_is_found_by_its_hash(blobs: Blobs) -> None:
    assert blobs.put(DATA) == SHA
    assert blobs.put(DATA) == SHA
    assert blobs.get(SHA) == DATA


def test_a_file_is_kept_under_its_hash(blobs: Blobs, tmp_path: Path) -> None:
    with received(io.BytesIO(DATA), tmp_path) as incoming:
        assert (incoming.sha256, incoming.bytes) == (SHA, len(DATA))
        blobs.put_file(incoming.path, incoming.sha256)
        blobs.put_file(incoming.path, incoming.sha256)
    assert blobs.get(SHA) == DATA
    assert list(tmp_path.glob("incoming-*")) == []


def test_what_is_not_there_is_said_to_be_missing_and_can_be_removed_twice(blobs: Blobs) -> None:
    with pytest.raises(Missing):
        blobs.get(SHA)
    blobs.put(DATA)
    blobs.remove(SHA)
    blobs.remove(SHA)
    with pytest.raises(Missing):
        blobs.get(SHA)


def test_a_file_that_was_not_written_whole_never_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_number: int) -> None:
        raise OSError(28, "No space left on device")

    folder = Folder(tmp_path)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        folder.put(DATA)
    with pytest.raises(Missing):
        folder.get(SHA)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_half_written_is_swept_away_when_it_is_old(tmp_path: Path) -> None:
    old, new = tmp_path / "incoming-old", tmp_path / "incoming-new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    Folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["incoming-new"]
