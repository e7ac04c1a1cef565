"""Formulas under a table: ``27行=（1+2+…+8）行；31行=（27+28+29）行``, ``1栏各行=（2+3）栏各行``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.printed.expression import Expression, parse_expression, plain
from schemas.printed.formula import Axis, PrintedFormula

_AXES = {"行": Axis.LINE, "栏": Axis.COLUMN, "列": Axis.COLUMN}
_AFTER = "(?:次|各[行栏列项]|合计)*"
_WORDS = f"(?:[行栏列]{_AFTER})"
_NUMBER = rf"[(]*第?[(]*\d{{1,3}}[)]*{_WORDS}?[)]*"
_FORMULA = re.compile(
    rf"(?<![\d+\-*/=…(])[(]?(?P<target>\d{{1,3}})[)]?(?P<axis>[行栏列]){_AFTER}="
    rf"(?P<right>(?>{_NUMBER}(?:(?:[+\-/]|\+?…\+?){_NUMBER})*(?:\*\(?100%?\)?)?{_WORDS}?))"
    r"(?![+\-*/…=])(?:(?<=[行栏列项])|(?!\d))"  # a formula that goes on is none that is understood
)
_WORD = re.compile("[行栏列次第项]|各|合计")
_SPEAKS_OF = re.compile("(?<!各)[行栏列]")
_CUT = re.compile(r"(?<=[+\-=(/…＋－＝（])\n|\n(?=\s*[+\-=/…)＋－＝）])")
_AROUND = 4  # characters beside the one formula of a line: 注：, 第, 之和
_NEXT = re.compile("[；;\n]")


def parse_footnotes(notes: Iterable[str]) -> Iterator[PrintedFormula]:
    """Every formula of the lines under a table, in printed order. A formula may be cut by a line break."""
    for text in _NEXT.split(_CUT.sub("", "\n".join(notes))):
        whole = plain(text)
        for match in _FORMULA.finditer(whole):
            is_alone = len(whole) - len(match[0]) <= _AROUND
            formula = _formula(match, text.strip(" \t\u3000.。,，") if is_alone else match[0])
            if formula is not None:
                yield formula


def _formula(match: re.Match[str], printed: str) -> PrintedFormula | None:
    """The formula, unless its right side speaks of other numbers than its target, or of the target itself."""
    axis = _AXES[match["axis"]]
    right = parse_expression(_WORD.sub("", match["right"]))
    if right is None or not {_AXES[word] for word in _SPEAKS_OF.findall(match["right"])} <= {axis}:
        return None
    target = str(int(match["target"]))
    terms = tuple((sign, str(int(mark))) for sign, mark in right.terms)
    if target in {mark for _, mark in terms}:
        return None
    return PrintedFormula(axis, target, Expression(terms, right.is_ratio), printed)
