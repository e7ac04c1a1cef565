"""One disclosure in every form in which bureaux publish gives the same amounts: kinds, fields, codes, lines and values.

A whole report of final accounts is drawn by the generators of the fixtures: nine tables, seven forms, prose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from extractors.options import Options
from schemas.result import Result
from scripts.fixtures import docx_report, html_report, made_words, rtf_report, sheet_plan, xls_report, xlsx_report
from scripts.fixtures.cases import FIXTURES
from scripts.fixtures.script import load
from service import compose
from service.pipeline import Deps, Source, process

SCRIPT = "qingshan"
TITLE = "2022年度武汉市青山区医疗保障局部门决算"
KINDS = {
    *("fa_income_expenditure_summary", "fa_income", "fa_expenditure", "fa_fiscal_appropriation_summary"),
    *("fa_general_budget_expenditure", "fa_general_budget_basic_expenditure", "fa_government_fund"),
    *("fa_state_capital", "fa_three_public"),
}
PRINTED = 160  # amounts of the nine tables, stated in the truth of the PDF


def as_pdf() -> bytes:
    return (FIXTURES / "pdf" / "qingshan-2022-final-accounts-whole-report" / "source.pdf").read_bytes()


def as_docx() -> bytes:
    return docx_report.render(TITLE, load(SCRIPT))


DRAWN: dict[str, Callable[[], bytes]] = {
    "docx": as_docx,
    "html": lambda: html_report.render(load(SCRIPT), "gb18030"),
    "xlsx": lambda: xlsx_report.render(sheet_plan.plans(load(SCRIPT))),
    "xls": lambda: xls_report.render(sheet_plan.plans(load(SCRIPT))),
    "rtf": lambda: rtf_report.render(load(SCRIPT)),
    "doc": lambda: made_words.as_doc(as_docx()),
}


@cache
def deps() -> Deps:
    return compose.deps()


@cache
def read(form: str) -> Result:
    draw = DRAWN.get(form, as_pdf)
    return process(Source(draw(), f"source.{form}"), Options(convert=compose.converter()), deps())


def amounts(result: Result) -> Counter[tuple[object, ...]]:
    """What each observation of a table says, wherever it is printed."""
    return Counter(
        (
            *(one.kind, one.field, one.row.side, one.row.code, one.row.item, one.row.label, one.value),
            *(one.value_status, one.unit, one.fiscal_year, one.phase, one.measure, one.fund),
        )
        for one in result.observations
        if one.source == "table"
    )


def indicators(result: Result) -> Counter[tuple[object, ...]]:
    return Counter(
        (form.kind, one.level1, one.level2, one.level3, one.target.text if one.target else None, one.score)
        for form in result.forms
        for one in form.indicators
    )


@pytest.mark.parametrize("form", DRAWN)
def test_the_same_document_gives_the_same_amounts(form: str) -> None:
    if form in ("doc", "rtf") and compose.converter() is None:
        pytest.skip("apt-get install libreoffice-writer-nogui")
    result, pdf = read(form), read("pdf")

    assert amounts(result) == amounts(pdf)
    assert indicators(result) == indicators(pdf)


def test_the_yardstick_holds_all_tables_and_their_amounts() -> None:
    pdf = read("pdf")

    assert {table.kind for table in pdf.tables} >= KINDS
    assert sum(count for key, count in amounts(pdf).items() if key[0] in KINDS and key[7] == "printed") >= PRINTED
