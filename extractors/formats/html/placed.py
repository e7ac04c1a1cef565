"""Elements with coordinates of their own, as programs write them that turn a PDF into a page: gathered into sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.formats.html.css import Declarations, is_drawn, points
from extractors.formats.html.flow import Flow, Line, Placed, Sheet
from extractors.formats.html.notices import Noticed
from extractors.layout.ink import Rule
from extractors.noticebook import NoticeBook

FEW = 8  # placed texts: fewer are captions on a banner, not a page of text
PAGE_HEIGHT = 400.0  # points: an element that states this much is a page, however little stands on it
SAME_PLACE = 1.0  # points: different texts that begin nearer to each other than this cannot both be read there
USUAL_SIZE = 12.0  # points: what a browser takes where no size is stated
THIN = 2.0  # points: a filled element as thin as this is a rule
_TURNING = re.compile(r"rotate|matrix|skew|scaley|scale\(")
_PAPER = frozenset({"white", "#fff", "#ffffff"})
_SIDES = ("top", "right", "bottom", "left")

Size = tuple[float | None, float | None]
UNSIZED: Size = (None, None)
_NOTHING = Placed(0.0, 0.0, None, [], [], turned=False)


@dataclass(slots=True)
class Place:
    """An element with coordinates, while it is read. ``next_y`` is where its next line stands, ``mark`` where the items
    of the flow begin that are not placed yet.
    """

    x: float
    y: float
    next_y: float
    turned: bool
    mark: int


def begin(flow: Flow, at: tuple[float, float], outer: Place | None, declared: Declarations) -> Place:
    """The place of an element that begins at ``at``, counted from ``outer``. The rules that it draws are added."""
    x, y = at
    if outer is not None:
        _take(flow, outer)
        x, y = x + outer.x, y + outer.y
    turned = bool(_TURNING.search(declared.get("transform", ""))) or declared.get("writing-mode", "lr").startswith("v")
    place = Place(x, y, y, turned or (outer is not None and outer.turned), 0)
    horizontal, vertical = _rules((x, y), declared)
    if horizontal or vertical:
        _add(flow, Placed(x, y, None, horizontal, vertical, turned))
    place.mark = len(flow.items)
    return place


def finish(flow: Flow, place: Place, outer: Place | None) -> None:
    """The end of the element: the lines read since are placed."""
    _take(flow, place)
    if outer is not None:
        outer.mark = len(flow.items)


def _take(flow: Flow, place: Place) -> None:
    """Places the lines that came since; other items, such as tables, stay where they are in the flow."""
    flow.end()
    for index in range(place.mark, len(flow.items)):
        line = flow.items[index]
        if isinstance(line, Line):
            flow.items[index] = Placed(place.x, place.next_y, line, [], [], place.turned)
            flow.placed.append(index)
            flow.holds_placed = True
            place.next_y += line.context.leading or line.context.size or USUAL_SIZE
    place.mark = len(flow.items)


def _add(flow: Flow, placed: Placed) -> None:
    flow.placed.append(len(flow.items))
    flow.items.append(placed)
    flow.holds_placed = True


def _rules(at: tuple[float, float], declared: Declarations) -> tuple[list[Rule], list[Rule]]:
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
    if not flow.placed:
        return
    indices = _unsettled(flow, start)
    placed = [item for item in (flow.items[index] for index in indices) if isinstance(item, Placed)]
    texts = [item for item in placed if item.line is not None]
    if not texts or (len(texts) < FEW and (size[1] or 0) < PAGE_HEIGHT):
        return
    if _overlap(texts) or any(item.turned for item in texts):
        book.add(Noticed.POSITIONED_TEXT, None, texts[0].text, count=len(texts))
        return
    for index in indices:
        flow.items[index] = _NOTHING
    flow.items[indices[0]] = Sheet(*_extent(placed, size), placed)


def _unsettled(flow: Flow, start: int) -> list[int]:
    first = len(flow.placed)
    while first and flow.placed[first - 1] >= start:
        first -= 1
    indices = flow.placed[first:]
    del flow.placed[first:]
    return indices


def _overlap(placed: Sequence[Placed]) -> bool:
    """Whether two different texts begin at the same place: panels of which a script shows one at a time."""
    there: dict[tuple[int, int], str] = {}
    for item in placed:
        key = round(item.x / SAME_PLACE), round(item.y / SAME_PLACE)
        if there.setdefault(key, item.text) != item.text:
            return True
    return False


def _extent(placed: Sequence[Placed], size: Size) -> tuple[float, float]:
    right = max(rule.end for item in placed for rule in [*item.horizontal, Rule(0, 0, item.x)])
    bottom = max(rule.end for item in placed for rule in [*item.vertical, Rule(0, 0, item.y)])
    return max(right, size[0] or 0.0), max(bottom, size[1] or 0.0)
