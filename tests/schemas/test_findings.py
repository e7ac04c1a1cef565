"""The list of findings is closed, complete, and every call in the project hands over what its messages need."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.formats.docx import notices as docx
from extractors.formats.html import notices as html
from extractors.model import Location, Notice
from extractors.sheets import notices as sheets
from schemas.findings import BY_CODE, FINDING_KINDS, FindingKind, finding, from_notice
from schemas.findings.__main__ import as_markdown

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("extractors", "schemas", "service")
NOT_DATA = {"table", "page", "cells", "severity"}


def calls_of(name: str, position: int) -> Iterator[tuple[str, str, set[str] | None]]:
    """(place, code, keywords) of every call of ``name`` whose code is written out; None when they are handed on."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or len(node.args) <= position:
                    continue
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                code = node.args[position]
                if called == name and isinstance(code, ast.Constant) and isinstance(code.value, str):
                    keywords = {keyword.arg for keyword in node.keywords if keyword.arg}
                    has_stars = any(keyword.arg is None for keyword in node.keywords)
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", code.value, None if has_stars else keywords


def test_no_code_is_listed_twice() -> None:
    assert len(BY_CODE) == len(FINDING_KINDS)


@pytest.mark.parametrize("kind", FINDING_KINDS, ids=lambda kind: kind.code)
def test_both_languages_are_written_and_need_the_same_data(kind: FindingKind) -> None:
    english = FindingKind(kind.code, kind.severity, kind.message, "", "", "").data
    chinese = FindingKind(kind.code, kind.severity, "", kind.message_zh, "", "").data
    assert sorted(english) == sorted(chinese)
    assert any("\u4e00" <= char <= "\u9fff" for char in kind.message_zh)
    assert kind.meaning.endswith(".")
    assert kind.advice.endswith(".")


def test_a_finding_fills_in_both_messages() -> None:
    made = finding("unit_conflict", table="t07", page=12, cells=["t07.r0.c4"], first="元", second="万元")
    assert made.message == "two units are printed for this table: 元 and 万元"
    assert made.message_zh == "本表标明了两种不同的金额单位：元 与 万元"
    assert (made.severity, made.table, made.page, made.cells) == ("error", "t07", 12, ["t07.r0.c4"])


def test_the_caller_may_know_the_severity_better() -> None:
    assert finding("unit_not_printed", severity="info").severity == "info"


def test_a_code_that_is_not_listed_cannot_be_found() -> None:
    with pytest.raises(KeyError, match="no_such_code"):
        finding("no_such_code")


def test_missing_data_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError, match="second"):
        finding("unit_conflict", first="元")


def test_a_printed_brace_is_text_and_not_a_name() -> None:
    assert finding("amount_unreadable", text="{x}").message == "this is not a number: {x}"


def test_a_notice_becomes_a_finding_on_its_page() -> None:
    notice = Notice("no_text_layer", "page 3 is an image", "第3页为图像", Location(page=3))
    made = from_notice(notice)
    assert (made.code, made.severity, made.page, made.message) == ("no_text_layer", "error", 3, "page 3 is an image")


def test_every_finding_call_names_a_listed_code_and_hands_over_its_data() -> None:
    wrong = [
        f"{place}: {code} needs {BY_CODE[code].data if code in BY_CODE else 'to be listed'}, has {keywords}"
        for place, code, keywords in calls_of("finding", 0)
        if code not in BY_CODE or (keywords is not None and keywords - NOT_DATA != set(BY_CODE[code].data))
    ]
    assert wrong == []


def test_every_notice_of_the_extractors_has_a_listed_code() -> None:
    written = [(place, code) for place, code, _ in calls_of("Notice", 0) if code not in BY_CODE]
    named = [code.value for book in (docx, html, sheets) for code in book.Noticed if code.value not in BY_CODE]
    assert (written, named) == ([], [])


def test_the_page_of_findings_is_current() -> None:
    assert (ROOT / "docs" / "findings.md").read_text("utf-8") == as_markdown()
