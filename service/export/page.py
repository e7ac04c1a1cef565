"""A result as one self-contained HTML page: the tables as printed, coloured by grade, and what was found.

No script, nothing loaded from elsewhere; every text is escaped, and a policy forbids whatever might slip through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape
from importlib import resources

from schemas.result import Finding, Observation, Result, Table, TableCell
from service.export.grades import LOOKS, grades_by_cell

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}


def to_html(result: Result) -> bytes:
    """The page's bytes, UTF-8."""
    return "\n".join(_document(result)).encode("utf-8", "replace")


def table_html(table: Table) -> bytes:
    """One table as printed, spans and all, as a page of its own; UTF-8."""
    return "\n".join(_page(_text(table.title or table.id), _table(table, {}, {}))).encode("utf-8", "replace")


def _page(title: str, content: Iterable[str]) -> Iterator[str]:
    """``title`` is escaped already."""
    yield "<!doctype html>"
    yield '<html lang="zh-CN"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield f"<title>{title}</title><style>{_style()}</style></head><body><main>"
    yield from content
    yield "</main></body></html>"


def _document(result: Result) -> Iterator[str]:
    title = _text(result.profile.title.value or result.document.filename or result.document.sha256)
    return _page(title, _content(title, result))


def _content(title: str, result: Result) -> Iterator[str]:
    yield f"<h1>{title}</h1>"
    yield from _profile(result)
    yield from _legend(result)
    yield from _contents(result.tables)
    yield from _findings(result.findings)
    grades = grades_by_cell(result)
    by_cell: dict[str, list[Observation]] = {}
    for one in result.observations:
        if one.cell is not None:
            by_cell.setdefault(one.cell, []).append(one)
    for table in result.tables:
        yield from _table(table, by_cell, grades)
    yield f"<footer>Gongkai {_text(result.provenance.pipeline)} · SHA-256 {result.document.sha256}</footer>"


def _style() -> str:
    colours = "".join(f".g{grade}{{background:#{look.fill}}}" for grade, look in LOOKS.items())
    return resources.files("service.export").joinpath("page.css").read_text("utf-8") + colours


def _text(value: str | int | None) -> str:
    return "" if value is None else escape(str(value))


def _profile(result: Result) -> Iterator[str]:
    profile = result.profile
    region = profile.region.value
    rows = (
        ("文件", result.document.filename),
        ("页数", result.document.pages),
        ("文件类型", profile.document_kind.value),
        ("单位", profile.agency.value),
        ("财政年度", profile.fiscal_year.value),
        ("行政区划", f"{region.name}（{region.code}）" if region else None),
    )
    yield '<dl class="profile">'
    for name, value in rows:
        shown = _text(value) if value is not None else '<span class="unknown">未知</span>'
        yield f"<div><dt>{name}</dt><dd>{shown}</dd></div>"
    yield "</dl>"


def _legend(result: Result) -> Iterator[str]:
    yield '<ul class="legend">'
    for grade, look in LOOKS.items():
        count = result.quality.cells.get(grade, 0)
        yield f'<li><b class="g{grade}">{grade}</b> {look.meaning_zh}<span class="count">{count}</span></li>'
    yield "</ul>"


def _contents(tables: Iterable[Table]) -> Iterator[str]:
    yield "<nav><ol>"
    for table in tables:
        kind = f"<code>{_text(table.kind)}</code>" if table.kind else '<span class="unknown">未识别</span>'
        yield f'<li><a href="#{table.id}">{_text(table.title or table.id)}</a> {kind}</li>'
    yield "</ol></nav>"


def _findings(findings: list[Finding]) -> Iterator[str]:
    yield f"<details><summary>提示与问题（{len(findings)}）</summary><table class='findings'>"
    for one in findings:
        where = [f"第 {one.page} 页"] if one.page is not None else []
        where += [f'<a href="#{one.table}">{one.table}</a>'] if one.table else []
        yield (
            f'<tr class="{one.severity}"><td>{SEVERITIES[one.severity]}</td><td>{_text(one.message_zh)}</td>'
            f"<td>{'，'.join(where)}</td><td><code>{_text(one.code)}</code></td></tr>"
        )
    yield "</table></details>"


def _table(table: Table, by_cell: dict[str, list[Observation]], grades: dict[str, str]) -> Iterator[str]:
    unit = f"单位：{_text(table.unit.text)}" if table.unit else '<span class="unknown">单位未标明</span>'
    pages = sorted({part.page for part in table.parts if part.page is not None})
    place = "第 " + "、".join(map(str, pages)) + " 页" if pages else ""
    yield f'<section id="{table.id}"><h2>{_text(table.title or table.id)}</h2>'
    kind = f"<code>{_text(table.kind or '未识别')}</code>"
    yield f'<p class="about">{kind} · {unit} · {place} · {_text(table.status)}</p>'
    yield '<div class="scroll"><table class="grid">'
    headers = {row.index for row in table.rows if row.role in ("header", "column_numbers")}
    by_row: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for index in range(max(by_row, default=-1) + 1):
        cells = sorted(by_row.get(index, []), key=lambda cell: cell.col)
        tag = "th" if index in headers else "td"
        yield "<tr>" + "".join(_cell(cell, tag, by_cell.get(cell.id, []), grades.get(cell.id)) for cell in cells)
    yield "</table></div>"
    if table.notes:
        yield '<p class="notes">' + "<br>".join(map(_text, table.notes)) + "</p>"
    yield "</section>"


def _cell(cell: TableCell, tag: str, observations: list[Observation], grade: str | None) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    look = f' class="v g{grade}" tabindex="0"' if grade else ""
    text = _text(cell.text).replace("\n", "<br>")
    tip = "".join(f'<span class="tip">{_tip(one)}</span>' for one in observations[:1])
    return f"<{tag}{spans}{look}>{text}{tip}</{tag}>"


def _tip(one: Observation) -> str:
    """What is shown when the pointer rests on a value."""
    value = _amount(one) if one.value is not None else _text(one.value_status)
    year = f"{one.fiscal_year} " if one.fiscal_year is not None else ""
    lines = [
        f"<b>{value}</b>",
        f"{_text(one.kind)}.{_text(one.field)}",
        f"{year}{_text(one.phase)} {_text(one.fund)}",
        f"{_text(one.row.code)} {_text(one.row.label)}",
        f"第 {one.page} 页" if one.page is not None else "",
        f"等级 {one.grade} {_text(', '.join(one.checks[:3]))}",
    ]
    return "<br>".join(line for line in lines if line.strip())


def _amount(one: Observation) -> str:
    """The value with its unit, digits in groups of three."""
    if one.unit == "CNY":
        return f"{Decimal(one.value or 0):,f} 元"
    return _text(one.value) + ("%" if one.unit == "percent" else "")
