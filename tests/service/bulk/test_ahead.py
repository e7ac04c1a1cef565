from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.archive import Member
from service.bulk.ahead import AHEAD, Members, opened_ahead
from service.bulk.sources import Listed, look_through, source


class Archives:
    """Archives of two members each, and what became of them."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.closed: list[str] = []

    def __call__(self, listed: Listed) -> Members | None:
        return self._members(listed.name) if listed.is_archive else None

    def wait_until_opened(self, number: int) -> None:
        deadline = time.monotonic() + 60
        while len(self.opened) < number:
            assert time.monotonic() < deadline
            time.sleep(0.001)

    def _members(self, name: str) -> Members:
        self.opened.append(Path(name).name)
        try:
            yield Member("a.pdf", b"a")
            if "broken" in name:
                raise OSError("broken")
            yield Member("b.pdf", b"b")
        finally:
            self.closed.append(Path(name).name)


def files(tmp_path: Path, *names: str) -> Iterator[Listed]:
    for name in names:
        (tmp_path / name).touch()
    return look_through(source(str(tmp_path)))


def test_files_come_in_their_order_and_archives_are_opened_before_their_turn(tmp_path: Path) -> None:
    archives = Archives()
    found = []
    for listed, opening in opened_ahead(files(tmp_path, "1.pdf", "2.zip", "3.pdf", "4.zip"), archives):
        found.append((Path(listed.name).name, [one.path for one in opening or ()]))
        if len(found) == 1:
            archives.wait_until_opened(2)
    assert found == [("1.pdf", []), ("2.zip", ["a.pdf", "b.pdf"]), ("3.pdf", []), ("4.zip", ["a.pdf", "b.pdf"])]
    assert sorted(archives.closed) == ["2.zip", "4.zip"]


def test_no_more_archives_are_opened_than_are_looked_at(tmp_path: Path) -> None:
    archives = Archives()
    many = opened_ahead(files(tmp_path, *(f"{number:02}.zip" for number in range(20))), archives)
    next(many)
    assert len(archives.opened) <= AHEAD + 1
    many.close()  # type: ignore[attr-defined]  # a generator is one
    assert sorted(archives.closed) == sorted(archives.opened)


def test_what_goes_wrong_in_an_archive_is_told_at_its_turn(tmp_path: Path) -> None:
    found = []
    for _, opening in opened_ahead(files(tmp_path, "1.pdf", "2 broken.zip"), Archives()):
        if opening is not None:
            with pytest.raises(OSError, match="broken"):
                found += [one.path for one in opening]
    assert found == []
