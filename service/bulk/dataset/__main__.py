"""Writes ``docs/dataset.md`` to standard output."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from service.bulk.dataset.tables import SHAPES
from service.export.columns import TableShape, Type

_TYPES = {
    Type.TEXT: "text",
    Type.COUNT: "int64",
    Type.YUAN: "decimal(20,2)",
    Type.NUMBER: "decimal(38,10)",
}


def as_markdown() -> str:
    """The page: an introduction, then every table with its columns."""
    intro = resources.files("service.bulk.dataset").joinpath("intro.txt").read_text("utf-8")
    return "\n".join([intro, *(line for shape in SHAPES for line in _table(shape))])


def _table(shape: TableShape) -> Iterator[str]:
    yield f"## {shape.name}"
    yield ""
    yield f"A row is {shape.row} ({shape.row_zh}). Key: {', '.join(f'`{name}`' for name in shape.key)}."
    yield ""
    yield "| column | type | what it holds | 含义 |"
    yield "|---|---|---|---|"
    for one in shape.columns:
        yield f"| `{one.name}` | {_TYPES[one.type]} | {one.meaning} | {one.meaning_zh} |"
    yield ""


if __name__ == "__main__":
    print(as_markdown(), end="")
