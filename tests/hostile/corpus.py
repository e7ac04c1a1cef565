"""All hostile files."""

from __future__ import annotations

from tests.hostile import ofds, others, packages, pages, pdfs, words
from tests.hostile.case import Case

CASES: tuple[Case, ...] = (*others.CASES, *packages.CASES, *words.CASES, *pdfs.CASES, *pages.CASES, *ofds.CASES)
