"""All forms of a document, in printed order."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.forms.build import build
from schemas.forms.draft import Draft
from schemas.forms.flat import read_list
from schemas.seen import SeenTable


def read_forms(tables: Sequence[SeenTable]) -> list[Draft]:
    """The forms among the grids of a document; a form over several grids is one."""
    drafts: list[Draft] = []
    for seen in tables:
        listed = read_list(seen)
        if listed:
            drafts.extend(listed)
            continue
        open_form = drafts[-1] if drafts and not drafts[-1].listed else None
        drafts.extend(draft for draft in build(seen, open_form) if draft is not open_form)
    return drafts
