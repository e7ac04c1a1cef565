"""One printed formula, and the rule it states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from schemas.kind import CheckRule, Severity
from schemas.printed.expression import Expression


class Axis(StrEnum):
    """What the numbers of a formula count; the values are the axes of rules."""

    LINE = "line"  # 行次
    COLUMN = "column"  # 栏次, or the marks in header cells


@dataclass(frozen=True, slots=True)
class PrintedFormula:
    """A line or column and what it is computed from, by printed number or mark (``27``, ``A``); ``text`` as printed."""

    axis: Axis
    target: str
    right: Expression
    text: str

    @property
    def id(self) -> str:
        """What it says, the same in every document: ``P.line58=32..57``, ``P.column6=1+2-3``."""
        return f"P.{self.axis.value}{self.target}={self.right}"

    @property
    def rule(self) -> CheckRule:
        """The identity it states, its parts named as ``names_of`` names values. A percentage accuses no amount."""
        name = _NAMES[self.axis]
        return CheckRule(
            id=self.id,
            axis=self.axis.value,
            relation="ratio" if self.right.is_ratio else "eq",
            lhs=name + self.target,
            terms=tuple(f"{'-' if sign < 0 else ''}{name}{mark}" for sign, mark in self.right.terms),
            severity=Severity.WARNING if self.right.is_ratio else Severity.ERROR,
            note=self.text,
        )


def each_once(formulas: Iterable[PrintedFormula]) -> tuple[PrintedFormula, ...]:
    """The formulas, one that is printed twice as it is printed first."""
    found: dict[str, PrintedFormula] = {}
    for formula in formulas:
        found.setdefault(formula.id, formula)
    return tuple(found.values())


_NAMES = {Axis.LINE: "行", Axis.COLUMN: "栏"}


def names_of(line_no: int | None, column_no: str | None) -> tuple[str, str]:
    """What the rules of printed formulas call a value in that line and column; empty where it has no number."""
    line = "" if line_no is None else f"{_NAMES[Axis.LINE]}{line_no}"
    return line, "" if column_no is None else f"{_NAMES[Axis.COLUMN]}{column_no}"
