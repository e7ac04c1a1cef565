"""Elements with coordinates of their own, as programs write them that turn a PDF into a page: gathered into sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.formats.html.css import Declarations, is_drawn, points
from extractors.formats.html.flow import Flow, Item, Line, Placed, Sheet
from extractors.formats.html.notices import NoticeBook, Noticed
from extractors.layout.ink import Rule

FEW = 8  # placed texts: fewer are captions on a banner, not a page of text
PAGE_HEIGHT = 400.0  # points: an element that states this much is a page, however little stands on it
SAME_PLACE = 1.0  # points: different texts that begin nearer to each other than this cannot both be read there
THIN = 2.0  # points: a filled element as thin as this is a rule
_TURNING = re.compile(r"rotate|matrix|skew|scaley|scale\(")
_PAPER = frozenset({"white", "#fff", "#ffffff"})
_SIDES = ("top", "right", "bottom", "left")

Point = tuple[float, float]
Size = tuple[float | None, float | None]
UNSIZED: Size = (None, None)


def finish(flow: Flow, parent: Flow, at: Point, declared: Declarations, book: NoticeBook) -> None:
    """The end of an element with coordinates: what stands in it goes to ``parent``, with those coordinates when it is
    text alone.
    """
    flow.end()
    if any(not isinstance(item, Line | Placed) for item in flow.items):
        settle(flow, 0, UNSIZED, book)
        parent.items += flow.items
        return
    turned = bool(_TURNING.search(declared.get("transform", ""))) or declared.get("writing-mode", "lr").startswith("v")
    lines = [item for item in flow.items if isinstance(item, Line)]
    own = Placed(*at, lines, *_rules(at, declared), turned)
    if lines or own.horizontal or own.vertical:
        parent.items.append(own)
    for item in flow.items:
        if isinstance(item, Placed):
            _move(item, at)
            item.turned |= turned
            parent.items.append(item)
    parent.holds_placed = True


def _move(placed: Placed, by: Point) -> None:
    x, y = by
    placed.x, placed.y = placed.x + x, placed.y + y
    placed.horizontal = [Rule(rule.at + y, rule.start + x, rule.end + x) for rule in placed.horizontal]
    placed.vertical = [Rule(rule.at + x, rule.start + y, rule.end + y) for rule in placed.vertical]


def _rules(at: Point, declared: Declarations) -> tuple[list[Rule], list[Rule]]:
    """The sides of an element that are drawn, and the element itself when it is filled and thin."""
    width, height = points(declared.get("width")), points(declared.get("height"))
    if width is None or height is None:
        return [], []
    left, top = at
    right, bottom = left + width, top + height
    sides = _drawn_sides(declared)
    if not sides and min(width, height) <= THIN and _is_filled(declared):
        sides = ["top" if width > height else "left"]
    places = {"top": top, "bottom": bottom, "left": left, "right": right}
    horizontal = [Rule(places[side], left, right) for side in sides if side in ("top", "bottom") and width > THIN]
    vertical = [Rule(places[side], top, bottom) for side in sides if side in ("left", "right") and height > THIN]
    return horizontal, vertical


def _drawn_sides(declared: Declarations) -> list[str]:
    usual = declared.get("border", "none")
    return [side for side in _SIDES if is_drawn(declared.get(f"border-{side}", usual))]


def _is_filled(declared: Declarations) -> bool:
    fill = declared.get("background-color") or declared.get("background", "")
    return is_drawn(fill) and fill not in _PAPER


def settle(flow: Flow, start: int, size: Size, book: NoticeBook) -> None:
    """Where coordinates count from: what was placed since ``start`` becomes a sheet, or lines in the order of the file
    when it is little, turned, or drawn one over the other.
    """
    if not flow.holds_placed:
        return
    items = flow.items[start:]
    placed = [item for item in items if isinstance(item, Placed)]
    if not placed:
        return
    with_text = [item for item in placed if item.lines]
    if len(with_text) >= FEW or (with_text and (size[1] or 0) >= PAGE_HEIGHT):
        if not _overlap(with_text) and not any(item.turned for item in with_text):
            flow.items[start:] = _with_sheet(items, Sheet(*_extent(placed, size), placed))
            return
        book.add(Noticed.POSITIONED_TEXT, with_text[0].lines[0].text, len(with_text))
    flow.items[start:] = [one for item in items for one in (item.lines if isinstance(item, Placed) else [item])]


def _with_sheet(items: Sequence[Item], sheet: Sheet) -> list[Item]:
    """The items, the sheet where the first of its texts stood."""
    first = next(index for index, item in enumerate(items) if isinstance(item, Placed))
    rest = [item for item in items[first:] if not isinstance(item, Placed)]
    return [*items[:first], sheet, *rest]


def _overlap(placed: Sequence[Placed]) -> bool:
    """Whether two different texts begin at the same place: panels of which a script shows one at a time."""
    there: dict[tuple[int, int], str] = {}
    for item in placed:
        key = round(item.x / SAME_PLACE), round(item.y / SAME_PLACE)
        if there.setdefault(key, item.lines[0].text) != item.lines[0].text:
            return True
    return False


def _extent(placed: Sequence[Placed], size: Size) -> tuple[float, float]:
    right = max(rule.end for item in placed for rule in [*item.horizontal, Rule(0, 0, item.x)])
    bottom = max(rule.end for item in placed for rule in [*item.vertical, Rule(0, 0, item.y)])
    return max(right, size[0] or 0.0), max(bottom, size[1] or 0.0)
