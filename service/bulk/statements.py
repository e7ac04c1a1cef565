"""What a ledger asks and says for each file, as statements that are made once: to make one takes longer than to run it.

``FIND`` asks for a file at ``location`` and ``inside``; ``TAKEN`` for the places of the document of a ``sha256``;
``ENDING`` for what became of it under ``pipeline`` and ``options``. ``NOTE`` and ``SETTLE`` write a row of files and of
documents, in place of what was there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, bindparam, select
from sqlalchemy.dialects.sqlite import Insert, insert

from service.bulk.models import Base

FILES, DOCUMENTS = (Base.metadata.tables[name] for name in ("files", "documents"))


def _is(column: Column[Any]) -> Any:
    return column == bindparam(column.name)


def _written(table: Table, *key: str) -> Insert:
    made = insert(table)
    return made.on_conflict_do_update(
        key, set_={one.name: made.excluded[one.name] for one in table.c if one.name != "id"}
    )


FIND = select(FILES).where(_is(FILES.c.location), _is(FILES.c.inside))
TAKEN = select(FILES.c.location, FILES.c.inside).where(_is(FILES.c.sha256), FILES.c.role == "document")
ENDING = select(DOCUMENTS).where(_is(DOCUMENTS.c.pipeline), _is(DOCUMENTS.c.options), _is(DOCUMENTS.c.sha256))
NOTE = _written(FILES, "location", "inside")
SETTLE = _written(DOCUMENTS, "pipeline", "options", "sha256")
