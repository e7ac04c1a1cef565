"""The codebook in two languages: every column, every word of it, every kind with its fields, lines and checks.

Made from the table kinds, so that it can say nothing that the program does not do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from schemas.kind import Catalogue, CheckRule, Column, ColumnRole, Kind, LineItem
from service.bulk.dataset.tables import SHAPES
from service.bulk.dataset.words import WORDS
from service.export.page import POLICY

_STYLE = (
    "body{font:15px/1.5 sans-serif;margin:2em;max-width:110em}table{border-collapse:collapse;margin:0 0 2em}"
    "td,th{border:1px solid #ccc;padding:.2em .5em;text-align:left;vertical-align:top}th{background:#f2f2f2}"
)


class Entry(NamedTuple):
    """One line. ``section`` is column, word, kind, field, line or check; ``of`` the table, column or kind it is of."""

    section: str
    of: str
    id: str
    meaning: str
    meaning_zh: str
    type: str = ""
    panel: str = ""
    phase: str = ""
    measure: str = ""
    fund: str = ""
    expenditure_type: str = ""
    note: str = ""


def entries(catalogue: Catalogue) -> Iterator[Entry]:
    """All of the codebook, in its order."""
    for shape in SHAPES:
        for column in shape.columns:
            yield Entry("column", shape.name, column.name, column.meaning, column.meaning_zh, column.type.value)
    for name, words in WORDS.items():
        for word, (meaning, meaning_zh) in words.items():
            yield Entry("word", name, word, meaning, meaning_zh)
    for kind in catalogue.kinds:
        yield from _of_kind(kind)


def as_csv(catalogue: Catalogue) -> str:
    """The codebook as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(Entry._fields)
    writer.writerows(entries(catalogue))
    return out.getvalue()


def as_markdown(catalogue: Catalogue) -> str:
    """The codebook as a page of Markdown."""
    lines = ["# Codebook 编码手册", ""]
    for title, found in _sections(catalogue):
        lines += [f"## {title}", "", "| " + " | ".join(_HEAD) + " |", "|---" * len(_HEAD) + "|"]
        lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in _cells(one)) + " |" for one in found]
        lines.append("")
    return "\n".join(lines)


def as_html(catalogue: Catalogue) -> str:
    """The codebook as one page that loads nothing."""
    return "".join(_html(catalogue))


_HEAD = ("id", "English", "中文", "type", "panel", "phase", "measure", "fund", "expenditure type", "note")


def _html(catalogue: Catalogue) -> Iterator[str]:
    yield '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield f"<title>Codebook 编码手册</title><style>{_STYLE}</style></head><body><h1>Codebook 编码手册</h1>\n"
    for title, found in _sections(catalogue):
        yield f"<h2>{escape(title)}</h2><table><tr>{''.join(f'<th>{name}</th>' for name in _HEAD)}</tr>\n"
        for one in found:
            yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(one))}</tr>\n"
        yield "</table>\n"
    yield "</body></html>\n"


def _cells(one: Entry) -> tuple[str, ...]:
    name = f"{one.section} {one.id}" if one.section in ("line", "check") else one.id
    return (name, *one[3:])


def _sections(catalogue: Catalogue) -> Iterator[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for one in entries(catalogue):
        title = {"column": f"Table {one.of}", "word": f"Words of {one.of}"}.get(one.section, f"Kind {one.of}")
        groups.setdefault(title, []).append(one)
    yield from groups.items()


def _of_kind(kind: Kind) -> Iterator[Entry]:
    yield Entry("kind", kind.id, kind.id, _english(kind.id), kind.titles[0], kind.shape.value, note=kind.family)
    yield from _once(_field(kind, column) for column in kind.columns)
    yield from _once(_line(kind, line) for line in kind.line_items)
    yield from (_check(kind, rule) for rule in kind.checks)


def _once(found: Iterable[Entry]) -> Iterator[Entry]:
    yield from dict.fromkeys(found)


def _field(kind: Kind, column: Column) -> Entry:
    group = f"{column.group[0]}/" if column.group else ""
    is_value = column.role is ColumnRole.VALUE
    stated = {**kind.dimensions, **column.dimensions} if is_value else {}
    return Entry(
        "field",
        kind.id,
        column.id,
        _english(column.id),
        group + column.labels[0],
        column.type.value,
        column.panel or "",
        stated.get("phase", ""),
        stated.get("measure", ""),
        stated.get("fund", ""),
        stated.get("expenditure_type", ""),
        "" if is_value else column.role.value,
    )


def _line(kind: Kind, line: LineItem) -> Entry:
    named = line.dimensions
    return Entry(
        "line",
        kind.id,
        line.id,
        _english(line.id),
        line.labels[0],
        line.type.value if line.type else "",
        line.side or "",
        named.get("phase", ""),
        named.get("measure", ""),
        named.get("fund", ""),
        named.get("expenditure_type", ""),
        line.role.value if line.code is None else f"{line.role.value} {line.code}",
    )


def _check(kind: Kind, rule: CheckRule) -> Entry:
    sign = {"eq": "=", "le": "<="}.get(rule.relation, rule.relation)
    formula = f"{rule.lhs} {sign} {' + '.join(rule.terms)}".strip() if rule.terms else rule.relation
    return Entry("check", kind.id, rule.id, formula, rule.note, rule.axis)


_PREFIXES = {
    "fa": "final accounts:",
    "bg": "budget:",
    "pf": "performance:",
    "ss": "social insurance:",
    "doc": "document:",
}


def _english(name: str) -> str:
    """An id as words: ids are the field's English terms."""
    first, _, rest = name.partition("_")
    if first in _PREFIXES and rest:
        return f"{_PREFIXES[first]} {rest.replace('_', ' ')}"
    return name.replace(".", ": ").replace("_", " ")
