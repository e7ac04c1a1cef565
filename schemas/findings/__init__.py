"""The closed list of findings: every code a result may carry, what it means and what its reader should do.

A finding is made by ``finding(code, ...)`` only, so a code that is not listed cannot appear. The names in braces in a
message are the data that the call must hand over; a test reads every call in the project and holds it against them.
To add a code, add a ``FindingKind`` to one of the lists beside this file and write ``docs/findings.md`` anew with
``python -m schemas.findings > docs/findings.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Notice
from schemas.findings.about_amounts import AMOUNT_FINDINGS
from schemas.findings.about_checks import CHECK_FINDINGS
from schemas.findings.about_document import DOCUMENT_FINDINGS
from schemas.findings.about_file import FILE_FINDINGS
from schemas.findings.about_grids import GRID_FINDINGS
from schemas.findings.about_narrative import NARRATIVE_FINDINGS
from schemas.findings.about_sheets import SHEET_FINDINGS
from schemas.findings.about_tables import TABLE_FINDINGS
from schemas.findings.about_witnesses import WITNESS_FINDINGS
from schemas.findings.about_years import YEARS_FINDINGS
from schemas.findings.kind import FindingKind, SeverityName
from schemas.result import Finding

__all__ = ["BY_CODE", "FINDING_KINDS", "FindingKind", "finding", "from_notice"]

FINDING_KINDS = (
    *AMOUNT_FINDINGS,
    *WITNESS_FINDINGS,
    *TABLE_FINDINGS,
    *GRID_FINDINGS,
    *CHECK_FINDINGS,
    *DOCUMENT_FINDINGS,
    *NARRATIVE_FINDINGS,
    *YEARS_FINDINGS,
    *FILE_FINDINGS,
    *SHEET_FINDINGS,
)
BY_CODE = {kind.code: kind for kind in FINDING_KINDS}


def finding(
    code: str,
    *,
    table: str | None = None,
    page: int | None = None,
    cells: Sequence[str] = (),
    severity: SeverityName | None = None,
    **data: object,
) -> Finding:
    """A Finding with both messages filled in from ``data``; ``severity`` only when it differs from the code's own.

    Raises:
        KeyError: the code is not listed, or a name its messages need was not handed over.
    """
    kind = BY_CODE[code]
    return Finding(
        code=code,
        severity=severity or kind.severity,
        message=kind.message.format_map(data),
        message_zh=kind.message_zh.format_map(data),
        table=table,
        page=page,
        cells=list(cells),
    )


def from_notice(notice: Notice) -> Finding:
    """The finding that says what an extractor noticed, in the extractor's own words.

    Raises:
        KeyError: the extractor used a code that is not listed.
    """
    kind = BY_CODE[notice.code]
    page = notice.location.page if notice.location else None
    return Finding(
        code=kind.code, severity=kind.severity, message=notice.message, message_zh=notice.message_zh, page=page
    )
