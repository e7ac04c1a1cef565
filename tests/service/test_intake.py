"""Names of uploads and files of a command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.registry import formats
from service.intake import NoSuchFile, clean_name, find_files


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2022年度部门决算.pdf", "2022年度部门决算.pdf"),
        ("C:\\Users\\me\\决算.docx", "决算.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n\u202ec.pdf", "abc.pdf"),
        ("", None),
        ("..", ".."),
        (None, None),
        ("\x07", None),
    ],
)
def test_a_clients_file_name_is_cut_to_its_last_part(given: str | None, kept: str | None) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_suffix() -> None:
    assert clean_name("长" * 300 + ".pdf") == "长" * 251 + ".pdf"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    for name in ("b.pdf", "a.docx", "deep/c.PDF", "notes.txt", ".hidden.pdf", "~$a.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    return tmp_path


def names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_folder_gives_its_documents_sorted_and_leaves_the_rest(folder: Path) -> None:
    assert names(find_files([str(folder)]), folder) == ["a.docx", "b.pdf", "deep/c.PDF"]


def test_a_folder_gives_the_files_of_every_format(tmp_path: Path) -> None:
    wanted = sorted({f"file{suffix}" for known in formats() for suffix in known.suffixes})
    for name in wanted:
        (tmp_path / name).touch()
    assert names(find_files([str(tmp_path)]), tmp_path) == wanted


def test_a_file_that_is_named_is_taken_whatever_its_suffix(folder: Path) -> None:
    assert names(find_files([str(folder / "notes.txt")]), folder) == ["notes.txt"]


def test_a_pattern_gives_what_it_matches_and_nothing_comes_twice(folder: Path) -> None:
    found = find_files([str(folder / "b.pdf"), str(folder / "*.pdf"), str(folder / "**/*.PDF")])
    assert names(found, folder) == ["b.pdf", "deep/c.PDF"]


def test_what_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"nowhere\.pdf: no such file, folder or pattern"):
        find_files([str(folder / "nowhere.pdf")])
