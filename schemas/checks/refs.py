"""References to cells as rules write them: ``kind[row].column``.

``row`` is a line item id, ``@total``, ``@row`` (the only row), ``@row:*`` (every row), ``@code:NNN``, ``@code:*`` (each
code) or ``side.@class:*`` (each class line of a side). ``-`` before a reference subtracts, ``Σ`` sums over its rows.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

REFERENCE = re.compile(r"(?P<sign>-?)(?:Σ ?)?(?P<kind>\w*)\[(?P<row>[^\]]+)\]\.(?P<column>[\w.]+)")
EACH_CODE = "@code:*"
EACH_CLASS = "@class:*"
EVERY_ROW = "@row:*"
EACH_ITEM = "@item:*"  # of a column named by a class code: economic.301@item:* is economic.30101, economic.30102 …


@dataclass(frozen=True, slots=True)
class Ref:
    """One reference. ``kind`` is empty within one table; ``sign`` is 1 or -1."""

    sign: int
    kind: str
    row: str
    column: str

    @property
    def is_each(self) -> bool:
        """Whether it stands for one reference for each code."""
        return self.row == EACH_CODE or self.row.endswith(EACH_CLASS)

    @property
    def sums_rows(self) -> bool:
        """Whether it stands for the sum of all rows."""
        return self.row == EVERY_ROW

    def of(self, code: str) -> Ref:
        """The reference for one code, when it stands for one for each."""
        if self.row == EACH_CODE:
            return replace(self, row=f"@code:{code}")
        return replace(self, row=self.row.replace(EACH_CLASS, code)) if self.is_each else self


@functools.cache
def parse_ref(text: str) -> Ref:
    """The reference that ``text`` writes down.

    Raises:
        ValueError: the text is not a reference.
    """
    match = REFERENCE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a reference: {text!r}")
    return Ref(-1 if match["sign"] else 1, match["kind"], match["row"], match["column"])
