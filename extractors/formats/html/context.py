"""What the elements around a piece of text say of it."""

from __future__ import annotations

from typing import NamedTuple

from extractors.formats.html.css import Declarations, points
from extractors.formats.html.elements import PRESERVED, PRESERVING, Kind

_SIZES = {  # points of the names that ``font-size`` knows
    **{"xx-small": 7.0, "x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5, "x-large": 18.0},
    "xx-large": 24.0,
}


class Context(NamedTuple):
    """How a piece of text is set. Lengths in points."""

    style: str = "body"  # the block element it stands in
    preserved: bool = False  # white space is printed as it is
    raised: bool = False  # set as a superscript
    size: float | None = None
    leading: float | None = None  # height of a line


def within(context: Context, tag: str, kind: Kind, declared: Declarations) -> Context:
    """The context inside an element."""
    if kind is not Kind.INLINE and context.style != tag:
        context = context._replace(style=tag)
    if tag in PRESERVED:
        context = context._replace(preserved=True)
    if tag == "sup":
        context = context._replace(raised=True)
    return _styled(context, declared) if declared else context


def _styled(context: Context, declared: Declarations) -> Context:
    space = declared.get("white-space")
    if space is not None:
        context = context._replace(preserved=space in PRESERVING)
    size = declared.get("font-size")
    leading = declared.get("line-height")
    if size is not None or leading is not None:
        own = _SIZES.get(size or "") or points(size) or context.size
        context = context._replace(size=own, leading=points(leading) or context.leading)
    if declared.get("vertical-align") == "super":
        context = context._replace(raised=True)
    return context
