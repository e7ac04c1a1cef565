"""Facts of the prose, how they agree with the tables, and what reading them costs.

    python bench/narrative.py [--corpus DIR] [--failures] [NAME ...]

Reads the PDFs of a folder and the documents of the fixtures. For each: the facts found, the verdicts of their checks,
and CPU milliseconds for every page that prints prose. Only the reading of the prose is timed.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractors import registry
from extractors.errors import DocumentError
from extractors.model import Document
from extractors.options import Options
from schemas.catalogue import load_catalogue
from schemas.kind import Catalogue
from schemas.narrative import Narrative, read_narrative
from schemas.records import TableReading
from schemas.result import Check, Form

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "fiscal"
FAMILIES = {"final_account_disclosure": "final_accounts", "budget_disclosure": "budget"}
whole: Any = importlib.import_module("schemas.read")  # its steps are listened to
PROSE = 200  # characters outside of tables that make a page one of prose


def main() -> None:
    """Reads, counts and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--failures", action="store_true", help="say what each finding says")
    options = parser.parse_args()
    catalogue = load_catalogue()
    verdicts: Counter[str] = Counter()
    grades: Counter[str] = Counter()
    spent, prose = 0.0, 0
    for name, file in sources(options.corpus).items():
        if options.names and name not in options.names:
            continue
        try:
            document = registry.extract(file.read_bytes(), Options())
        except DocumentError:
            continue
        found, seconds = read(document, catalogue)
        pages = prose_pages(document)
        show(name, found, pages, seconds)
        if options.failures:
            for finding in found.findings:
                print(f"    {finding.severity} p {finding.page}: {finding.message}")
        verdicts += Counter(check.status for check in found.checks)
        grades += Counter(str(one.grade) for one in found.observations)
        spent, prose = spent + seconds, prose + pages
    print(f"facts {sum(grades.values())} {dict(grades)}  checks {dict(verdicts)}")
    print(f"{1000 * spent:.0f} ms for {prose} pages of prose: {1000 * spent / max(prose, 1):.2f} ms each")


def sources(corpus: Path) -> dict[str, Path]:
    """Name -> file."""
    found = {path.stem: path for path in sorted(corpus.glob("*.pdf"))}
    found |= {path.parent.name: path for path in sorted((ROOT / "fixtures").glob("*/*/source.*"))}
    return found


def read(document: Document, catalogue: Catalogue) -> tuple[Narrative, float]:
    """What the prose says, and the CPU seconds that reading it took, after a first time that loads its vocabulary."""
    readings, forms, year, family = tables_of(document, catalogue)
    read_narrative(document, readings, year, family, forms)
    start = time.process_time()
    found = read_narrative(document, readings, year, family, forms)
    return found, time.process_time() - start


def tables_of(
    document: Document, catalogue: Catalogue
) -> tuple[list[TableReading], list[Form], int | None, str | None]:
    """The tables and forms of a document, its fiscal year and its family, as the front door reads them."""
    taken: list[TableReading] = []
    index_tables = whole.index_tables

    def overheard(tables: Sequence[TableReading]) -> tuple[Check, ...]:
        taken.extend(tables)
        held: tuple[Check, ...] = index_tables(tables)
        return held

    whole.index_tables = overheard
    try:
        result = whole.read(document, catalogue)
    finally:
        whole.index_tables = index_tables
    year = result.profile.fiscal_year.value
    family = FAMILIES.get(str(result.profile.document_kind.value))
    return taken, result.forms, year if isinstance(year, int) else None, family


def prose_pages(document: Document) -> int:
    """How many pages print prose; a document without pages counts its characters."""
    lengths: Counter[int] = Counter()
    for line in document.lines:
        lengths[line.location.page or 0] += len(line.text)
    if not document.pages:
        return max(1, sum(lengths.values()) // 1000)
    return sum(length >= PROSE for length in lengths.values())


def show(name: str, found: Narrative, pages: int, seconds: float) -> None:
    """One line for a document."""
    checks = Counter(check.status for check in found.checks)
    counts = " ".join(f"{status} {checks[status]:3d}" for status in ("pass", "rounding", "fail"))
    each = 1000 * seconds / max(pages, 1)
    print(f"{name:48} facts {len(found.observations):4d}  {counts}  {pages:3d} pages of prose, {each:5.2f} ms each")


if __name__ == "__main__":
    main()
