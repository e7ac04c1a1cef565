"""What one place of a document says against another, where no sum would notice: units, names, rows.

Sums prove amounts within their unit and order. That a whole table is in another unit, that two rows have changed
places, that a code and a label do not belong together or that a row is not there is seen by a second place only:
another table, the prose, the code list, the other rows. Numbers are never changed; values that a witness contradicts
are doubted, and the reader is told where both stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from schemas.checks.indexed import IndexedTable
from schemas.result import Check
from schemas.witness.doubt import Doubt
from schemas.witness.exchanged import exchanged
from schemas.witness.magnitude import impossible_units
from schemas.witness.names import misnamed
from schemas.witness.nature import contradicted_natures
from schemas.witness.numbering import misnumbered, unnumbered
from schemas.witness.ordinals import exchanged_ordinals
from schemas.witness.rows import missing_rows, rows_twice, totals_apart
from schemas.witness.undecided import lists_apart, undecided
from schemas.witness.units import wrong_units

__all__ = ["Doubt", "doubts_of"]


def doubts_of(indexed_tables: Sequence[IndexedTable], checks: Sequence[Check]) -> list[Doubt]:
    """Every doubt, those about whole tables first. ``checks`` are those of the tables and of the prose."""
    return list(
        chain(
            wrong_units(indexed_tables, checks),
            impossible_units(indexed_tables),
            exchanged(indexed_tables),
            contradicted_natures(indexed_tables),
            misnamed(indexed_tables),
            misnumbered(indexed_tables),
            unnumbered(indexed_tables),
            exchanged_ordinals(indexed_tables),
            rows_twice(indexed_tables),
            totals_apart(indexed_tables),
            missing_rows(indexed_tables),
            undecided(indexed_tables, checks),
            lists_apart(indexed_tables, checks),
        )
    )
