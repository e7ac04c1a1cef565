"""Formulas in the labels of numbered lines: ``总计（31=27+28+29）`` on line 31."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.printed.formula import Axis, PrintedFormula
from schemas.printed.headers import parse_header
from schemas.records import Row


def parse_rows(rows: Iterable[Row]) -> Iterator[PrintedFormula]:
    """The formulas of the labels whose line has a 行次, unless they speak of another line than their own."""
    for row in rows:
        label = row.raw_label or ""
        said = parse_header(label) if row.line_no is not None and ("=" in label or "＝" in label) else None
        if said is None or said.right is None or said.mark not in (None, str(row.line_no)):
            continue
        marks = [mark for _, mark in said.right.terms]
        if all(mark.isdigit() for mark in marks) and str(row.line_no) not in marks:
            yield PrintedFormula(Axis.LINE, str(row.line_no), said.right, said.text)
