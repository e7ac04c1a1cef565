"""Marks and formulas in header cells: ``小计③=①+②``, ``合计（1=2+3）``, ``预算数（A）``, ``执行率（B/A）``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.printed.expression import Expression, parse_expression, plain

_MARK = r"(?:\d{1,3}|[A-Z])"
_TERM = rf"[(]*{_MARK}[)]*"
_RIGHT = rf"{_TERM}(?:(?:[+\-/]|\+?…\+?){_TERM})*(?:\*\(?100%?\)?)?"
_COMPUTED = (
    re.compile(rf"(?<![\dA-Z.])\(?(?P<mark>{_MARK})\)?=(?P<right>{_RIGHT})\)?$"),  # 小计③=①+②
    re.compile(rf"^\((?P<mark>{_MARK})\)[^=]+=(?P<right>{_RIGHT})\)?$"),  # ③小计=①+②
    re.compile(rf"(?P<mark>)[\u4e00-\u9fff()]=(?P<right>{_RIGHT})\)?$"),  # 执行率=B/A, 合计（=1+2）
    re.compile(r"(?P<mark>)\(=?(?P<right>[A-Z](?:[+\-/][A-Z])+(?:\*100%?)?)\)?$"),  # 执行率（B/A）
    re.compile(r"(?P<mark>)\(?=?(?P<right>\(\d{1,2}\)(?:[+\-/]\(\d{1,2}\))+)\)?$"),  # 小计（①+②）
)
_LONE = re.compile(
    rf"\(?(?P<whole>{_MARK})\)?栏?|\((?P<first>{_MARK})\).+"
    rf"|.+(?:\((?P<last>{_MARK})\)|[^\W\d_A-Z](?P<bare>[A-Z]))"
)
_REMARK = re.compile(r"\((?:%|[^()]*[\u4e00-\u9fff][^()]*)\)$")  # a unit behind the mark


@dataclass(frozen=True, slots=True)
class HeaderMark:
    """What a header cell calls its column, and how it says the column is computed.

    ``mark`` is None for 执行率（B/A）, which is computed and has no mark; ``text`` is the label as printed.
    """

    mark: str | None
    right: Expression | None = None
    text: str = ""


def parse_header(label: str) -> HeaderMark | None:
    """The mark and formula of one header label; None when it has neither."""
    text = plain(label)
    text = _REMARK.sub("", text) or text
    match = next((found for pattern in _COMPUTED if (found := pattern.search(text)) is not None), None)
    if match is None:
        lone = None if "=" in text else _LONE.fullmatch(text)
        return None if lone is None else HeaderMark(next(filter(None, lone.groups())))
    mark = match["mark"] or None
    right = parse_expression(match["right"])
    if right is None or any(term == mark for _, term in right.terms):
        return None if mark is None else HeaderMark(mark)
    return HeaderMark(mark, right, "".join(label.split()))
