"""What one place of a document says against another, where no sum would notice: units, names, rows.

Sums prove amounts within their unit and order. That a whole table is in another unit, that two rows have changed
places, that a code and a label do not belong together or that a row is not there is seen by a second place only:
another table, the prose, the code list, the other rows. Numbers are never changed; values that a witness contradicts
are doubted, and the reader is told where both stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from schemas.checks import CHECKED
from schemas.checks.ledger import open_ledgers
from schemas.records import TableReading
from schemas.result import Check
from schemas.witness.doubt import Doubt
from schemas.witness.exchanged import exchanged
from schemas.witness.names import misnamed
from schemas.witness.numbering import misnumbered
from schemas.witness.rows import missing_rows, rows_twice, totals_apart
from schemas.witness.undecided import undecided
from schemas.witness.units import wrong_units

__all__ = ["Doubt", "doubts_of"]


def doubts_of(tables: Sequence[TableReading], checks: Sequence[Check]) -> list[Doubt]:
    """Every doubt, those about whole tables first. ``checks`` are those of the tables and of the prose."""
    ledgers = open_ledgers([table for table in tables if table.status in CHECKED])
    return list(
        chain(
            wrong_units(ledgers, checks),
            exchanged(ledgers),
            misnamed(ledgers),
            misnumbered(ledgers),
            rows_twice(ledgers),
            totals_apart(ledgers),
            missing_rows(ledgers),
            undecided(ledgers, checks),
        )
    )
