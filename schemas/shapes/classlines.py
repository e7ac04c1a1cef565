"""Class lines and what stands beneath them where no codes are printed: 一、教育支出 over 进修及培训 and 培训支出.

Where the class lines of a panel carry Chinese ordinals, a row without one is no class line, whatever it is called:
五、其他支出 is listed with a 款 and a 项 of the same name beneath it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.kind import Kind, Lexicon, LineItem
from schemas.lines import match_line_item
from schemas.text import fold, ordinal_depth, strip_ordinal

_CHINESE_DEPTHS = (1, 2)  # 一、 and （一）
_BARE_NUMBER = re.compile("[一二三四五六七八九十]")  # an ordinal that lost its mark: 八社会保障和就业支出


@dataclass(slots=True)
class ClassLines:
    """The class lines of one panel. ``depth``: how deep their ordinals stand, None where they carry none."""

    depth: int | None
    _inside: bool = False

    @classmethod
    def of(cls, labels: Iterable[str | None], kind: Kind, side: str | None, lexicon: Lexicon) -> ClassLines:
        """The class lines among the printed labels of a panel."""
        depths = [
            depth
            for label in labels
            if label is not None
            and (depth := ordinal_depth(strip_ordinal(fold(label))[1])) in _CHINESE_DEPTHS
            and (match := match_line_item(label, kind, side, lexicon)) is not None
            and match.item.code is not None
        ]
        return cls(min(depths, default=None))

    def place(self, label: str | None, code: str | None, item: LineItem | None) -> tuple[LineItem | None, int | None]:
        """The item of the next row, None when the row only bears its name, and the level that its ordinal says."""
        folded = fold(label or "")
        depth = ordinal_depth(strip_ordinal(folded)[1])
        if item is not None and item.code is not None:
            if code is not None and code != item.code:
                return None, depth
            if self.depth is not None and not self._is_class_line(folded, depth):
                return None, depth or self.depth + 1
        if item is not None:
            self._inside = item.code is not None
        below = depth is None and item is None and folded and self._inside
        return item, self.depth + 1 if below and self.depth is not None else depth

    def _is_class_line(self, folded: str, depth: int | None) -> bool:
        return depth == self.depth if depth is not None else _BARE_NUMBER.match(folded) is not None
