"""Whether a disclosure is a department's, its units added in (部门), or one unit's own (单位, 本级).

Both of one bureau are published. Whoever adds them up counts the bureau twice.
"""

from __future__ import annotations

import re
from enum import StrEnum

from schemas.text import fold


class RecordLevel(StrEnum):
    """Who is counted in."""

    DEPARTMENT = "department"
    UNIT = "unit"


_OWN = re.compile(r"本级|[(（]机关[)）]|局机关|单位(?:预|决|预决)算|(?:预|决)算单位")
_CONSOLIDATED = re.compile(r"部门(?:预|决|预决)算|部门整体")


def record_level(title: str | None, agency: str | None) -> RecordLevel | None:
    """What title and agency say; 本级 and 单位决算 are stronger than 部门决算, which many units print too. None where
    neither says anything."""
    words = fold(f"{title or ''} {agency or ''}")
    if _OWN.search(words):
        return RecordLevel.UNIT
    return RecordLevel.DEPARTMENT if _CONSOLIDATED.search(words) else None
