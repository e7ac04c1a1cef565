from __future__ import annotations

import re
import shutil
import sys
import types
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

import pytest

import extractors
from extractors.formats import html, pdf, xlsx
from extractors.registry import formats
from service.bulk.pipeline import (
    LIBRARIES,
    Version,
    digest,
    extracting,
    is_installed,
    modules_of,
    pipeline_name,
    version,
    version_in,
)
from service.bulk.sourcecode import OURS, Code

ROOT = Path(extractors.__file__).parents[1]
WORKBOOK, PDF = xlsx.FORMAT.media_type, pdf.FORMAT.media_type
STAND_INS = {"application/msword", "application/rtf", "multipart/related"}  # they become one of the other formats


@pytest.fixture(name="code", scope="module")
def _code() -> Code:
    return Code(ROOT)


def test_the_name_is_the_version_and_a_digest() -> None:
    assert re.fullmatch(re.escape(metadata.version("gongkai")) + r"\+[0-9a-f]{12}", pipeline_name())


def test_a_version_is_installed_when_it_says_the_same_or_all_files_are_the_same() -> None:
    assert is_installed(version().name, "")
    assert is_installed("", version().copy)
    assert not is_installed("another", "another")


def test_every_library_that_reads_is_known(code: Code) -> None:
    modules = frozenset().union(*(modules_of(code, one) for one in formats()))
    assert code.foreign(modules) - set(sys.stdlib_module_names) - set(LIBRARIES) == set()


def test_no_import_is_relative() -> None:
    """Those are not followed."""
    for package in OURS:
        for path in (ROOT / package).rglob("*.py"):
            assert not re.search(r"^\s*from \.", path.read_text("utf-8"), re.MULTILINE), path


@pytest.mark.parametrize(
    ("module", "readers"),
    [
        ("extractors.formats.xlsx.worksheet", {"xlsx", "doc", "rtf", "mht"}),
        ("extractors.sheets.regions", {"xlsx", "xls", "xls2003", "csv", "doc", "rtf", "mht"}),
        ("extractors.ocr.rapid", {"pdf", "ofd", "image", "doc", "rtf", "mht"}),
        ("extractors.sniff", {one.name for one in formats()}),
        ("schemas.observe", {one.name for one in formats()}),
        ("service.tasks", {one.name for one in formats()}),
        ("schemas.panel.questions", set()),
        ("service.bulk.run", set()),
        ("service.api.app", set()),
    ],
)
def test_a_module_concerns_the_formats_whose_results_it_can_change(code: Code, module: str, readers: set[str]) -> None:
    assert code.module(module)
    assert {one.name for one in formats() if module in modules_of(code, one)} == readers


def test_what_a_file_prints_does_not_depend_on_what_it_means(code: Code) -> None:
    for one in formats():
        assert not [module for module in extracting(code, one) if module.startswith("schemas")]
        assert extracting(code, one) < modules_of(code, one)


def reached(function: Callable[..., object]) -> Iterator[str]:
    """The modules of ours whose functions a function calls, and those that these call."""
    waiting, seen = [function], set()
    while waiting:
        one = waiting.pop()
        if one in seen or one.__module__.partition(".")[0] not in OURS:
            continue
        seen.add(one)
        yield one.__module__
        for name in one.__code__.co_names:
            found = one.__globals__.get(name)
            if isinstance(found, types.ModuleType) and found.__name__.startswith(OURS):
                yield found.__name__
            elif isinstance(found, types.FunctionType):
                waiting.append(found)


def test_what_a_file_is_taken_for_is_part_of_every_reader(code: Code) -> None:
    """A file may be taken for another format when any of them is recognised otherwise."""
    for one in formats():
        missing = {module for other in formats() for module in reached(other.recognises)} - modules_of(code, one)
        assert missing == set(), one.name


def test_only_what_can_change_a_result_changes_its_reader(tmp_path: Path) -> None:
    for package in OURS:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, added in {
        "extractors/formats/xlsx/worksheet.py": "\nANOTHER = 1\n",
        "extractors/formats/pdf/texts.py": "\n# said better\n",
        "schemas/observe.py": "\n\n# said better\n",
        "schemas/panel/breaks.yml": "\n# another break\n",
        "schemas/findings/findings.md": "a page",
        "service/bulk/run.py": "\nANOTHER = 1\n",
    }.items():
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(added)
    before, after = version(), version_in(tmp_path)
    for old, new in ((before.readers, after.readers), (before.extractors, after.extractors)):
        assert {name for name in old if old[name] != new[name]} == {WORKBOOK, *STAND_INS}
    assert before.name != after.name


def test_a_digest_holds_code_and_data_and_no_description(tmp_path: Path) -> None:
    def of(module: str, data: str = "a: 1") -> str:
        for path, text in {"__init__.py": "", "one.py": module, "data/words.yml": data, "page.md": module}.items():
            (tmp_path / "schemas" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "schemas" / path).write_text(text)
        return digest(Code(tmp_path), Code(tmp_path).reached("schemas.one"))

    first = of("def one():\n    return 1\n")
    assert of('"""What it is."""\n# why\ndef one():\n    """One."""\n    return 1\n') == first
    assert of("def one():\n    return 2\n") != first
    assert of("def one():\n    return 1\n", "a: 2") != first


def test_imports_are_followed_into_functions_and_not_where_only_types_are_checked(tmp_path: Path) -> None:
    for path, text in {
        "schemas/__init__.py": "",
        "schemas/deep/__init__.py": "import lxml.etree\n",
        "schemas/deep/a.py": "def f():\n    from schemas import b\n",
        "schemas/b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import schemas.c\nimport os\n",
        "schemas/c.py": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    code = Code(tmp_path)
    found = code.reached("schemas.deep.a")
    assert found == {"schemas", "schemas.deep", "schemas.deep.a", "schemas.b"}
    assert code.foreign(found) == {"lxml", "typing", "os"}


def test_the_reader_of_a_media_type_is_that_of_its_format() -> None:
    known = Version("1", {"image/*": "a", "application/pdf": "b"}, {})
    assert [known.reader(one) for one in ("image/png", "application/pdf", "text/plain", None)] == ["a", "b", None, None]
    assert version().reader(html.FORMAT.media_type) not in (None, version().reader(PDF))
