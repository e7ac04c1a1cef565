"""Every example of every kind is read: title and header name the kind, each column its field, and the sums hold."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from extractors.model import Document, Grid, Location, TextLine
from schemas.catalogue import load_catalogue
from schemas.kind import Example
from schemas.read import read
from schemas.result import Reading
from schemas.text import fold
from tests.gridtext import parse

EXAMPLES = [
    pytest.param(kind.id, number, id=f"{kind.id}-{number}")
    for kind in load_catalogue().kinds
    for number in range(len(kind.examples))
]
# What the document around an example says of itself; without it every reading would have findings about that.
COVERS = {
    "budget": "部门预算",
    "final_accounts": "部门决算",
    "final_accounts_ext": "部门决算",
    "performance": "部门绩效自评",
    "social_insurance": "医疗保险基金决算",
    "document": "部门决算",
}


def line(text: str) -> TextLine:
    return TextLine(text, Location())


def drawn(example: Example) -> Grid:
    rows = ["| " + " | ".join(text or " " for text in row) + " |" for row in (*example.header, *example.rows)]
    return replace(parse("\n".join(rows)), above=(line(example.title), line("单位：万元")))


@cache
def reading(kind_id: str, number: int) -> tuple[Example, Reading]:
    kind = load_catalogue().kind(kind_id)
    example = kind.examples[number]
    grid = drawn(example)
    cover = line(f"石家庄市长安区财政局{example.fiscal_year or 2024}年度{COVERS[kind.family]}")
    document = Document("docx", "text/plain", (), (cover, *grid.above, grid))
    return example, read(document, load_catalogue(), personal_data=True)


@pytest.mark.parametrize(("kind_id", "number"), EXAMPLES)
def test_an_example_is_recognised_and_each_column_has_its_field(kind_id: str, number: int) -> None:
    example, found = reading(kind_id, number)
    (table,) = found.tables
    assert table.kind == kind_id
    fields = {column.index: column.field for column in table.columns}
    assert tuple(fields.get(index) for index in range(len(example.fields))) == example.fields


@pytest.mark.parametrize(("kind_id", "number"), EXAMPLES)
def test_an_example_is_read_without_findings_and_no_check_fails(kind_id: str, number: int) -> None:
    _, found = reading(kind_id, number)
    assert [(finding.code, finding.message) for finding in found.findings] == []
    assert [check.id for check in found.checks if check.status == "fail"] == []


@pytest.mark.parametrize(("kind_id", "number"), EXAMPLES)
def test_every_number_of_an_example_becomes_a_value(kind_id: str, number: int) -> None:
    example, found = reading(kind_id, number)
    kind = load_catalogue().kind(kind_id)
    values = {column.id for column in kind.columns if column.role in ("value", "key_value")}
    printed = [
        fold(text)
        for row in example.rows
        for text, field in zip(row, example.fields, strict=True)
        if field in values and text and text not in "<^"
    ]
    stated = [fold(observation.text) for observation in found.observations if observation.text]
    assert sorted(stated) == sorted(printed)
