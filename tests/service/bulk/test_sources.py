from __future__ import annotations

import os
import zipfile
from pathlib import Path

import fsspec
import pytest

from service.bulk.sources import NoSuchSource, look_through, read_at, source


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.pdf", "a.docx", "deep/c.PDF", "deep/notes.txt", ".hidden.pdf", "~$a.docx", "z.zip"):
        (folder / name).write_bytes(name.encode())
    return folder


def test_a_folder_is_looked_through_in_order_and_says_what_it_passes_over(folder: Path) -> None:
    found = [(one.path, one.skipped.code if one.skipped else None) for one in look_through(source(str(folder)))]
    assert found == [
        (f"{folder}/.hidden.pdf", "hidden_file"),
        (f"{folder}/a.docx", None),
        (f"{folder}/b.pdf", None),
        (f"{folder}/deep/c.PDF", None),
        (f"{folder}/deep/notes.txt", "other_file"),
        (f"{folder}/z.zip", None),
        (f"{folder}/~$a.docx", "hidden_file"),
    ]


def test_paths_are_written_as_they_were_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    for named in ("reports", "reports/", "reports/**/*.PDF", "reports/deep/c.PDF"):
        last = list(look_through(source(named)))[3 if named.rstrip("/") == "reports" else 0]
        assert (last.path, last.location) == ("reports/deep/c.PDF", str(folder / "deep/c.PDF"))


def test_a_file_that_is_named_is_read_whatever_it_is_called(folder: Path) -> None:
    (one,) = look_through(source(str(folder / "deep/notes.txt")))
    assert (one.skipped, one.read(100)) == (None, b"deep/notes.txt")


def test_a_store_in_memory_is_looked_through() -> None:
    files = fsspec.filesystem("memory")
    files.pipe({"/county/2023/b.pdf": b"b", "/county/a.pdf": b"a"})
    found = list(look_through(source("memory://county")))
    assert [one.path for one in found] == ["memory:///county/2023/b.pdf", "memory:///county/a.pdf"]
    assert [read_at(one.location, 10) for one in found] == [b"b", b"a"]
    files.rm("/county", recursive=True)


def test_a_url_of_a_folder_and_of_files_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("2023/a.pdf", b"content")
    (one,) = look_through(source(f"file://{tmp_path}/*.zip"))
    assert (one.is_archive, one.path) == (True, f"file://{tmp_path}/a.zip")
    (inside,) = look_through(source(f"zip://2023::file://{tmp_path}/a.zip"))
    assert inside.path == f"zip://2023/a.pdf::file://{tmp_path}/a.zip"
    assert read_at(inside.location, 10) == b"content"


def test_a_link_to_a_file_is_a_file_and_one_to_a_folder_is_not_followed(folder: Path) -> None:
    os.symlink(folder / "b.pdf", folder / "deep/link.pdf")
    os.symlink(folder, folder / "deep/loop.pdf")
    found = {one.path: one for one in look_through(source(str(folder / "deep")))}
    assert found[f"{folder}/deep/link.pdf"].read(100) == b"b.pdf"
    loop = found[f"{folder}/deep/loop.pdf"].skipped
    assert loop is not None
    assert loop.code == "not_a_file"


def test_a_name_that_is_no_text_is_written_with_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("决算.pdf".encode("gb18030"))).write_bytes(b"x")
    (one,) = look_through(source(str(tmp_path)))
    assert one.path == f"{tmp_path}/\\xbe\\xf6\\xcb\\xe3.pdf"
    assert one.read(10) == b"x"


@pytest.mark.parametrize("named", ["nowhere", "*.nothing", "memory://nowhere", "nostore://a/b"])
def test_what_leads_nowhere_is_said_at_once(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoSuchSource):
        look_through(source(named))
