"""A doubt: values that cannot be trusted for a reason outside of every sum, and what the reader is told."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.result import Finding


@dataclass(frozen=True, slots=True)
class Doubt:
    """``cells`` are graded C; none where something is missing and all that is there may be right."""

    cells: frozenset[str]
    finding: Finding
