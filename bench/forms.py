"""Count the performance forms of many files: forms, indicators, and what is missing or does not add up in them.

    python bench/forms.py FILE_OR_DIR ...

One line per file that holds a form, or a grid whose title names 绩效. ``bare`` are indicators without a name or
without a target, ``failing`` the sums of forms that do not hold, ``no kind`` the forms of no known kind, ``silent``
the grids titled 绩效… that are no form, no recognised table, and were not reported: there must be none.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractors.errors import DocumentError
from extractors.options import Options
from extractors.registry import extract
from schemas.catalogue import load_catalogue
from schemas.kind import Catalogue
from schemas.read import read
from schemas.result import Indicator, Reading

COLUMNS = ("forms", "indicators", "bare", "unused", "funds", "tasks", "failing", "no kind", "tables", "told", "silent")
SUFFIXES = (".pdf", ".docx")


def files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those inside the folders named."""
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if file.suffix in SUFFIXES)
        else:
            yield path


def counts(reading: Reading) -> Counter[str]:
    """What the forms of one document hold, by the names of ``COLUMNS``."""
    indicators = [indicator for form in reading.forms for indicator in form.indicators]
    checks = [check for check in reading.checks if check.scope == "form"]
    return Counter(
        {
            "forms": len(reading.forms),
            "indicators": sum(indicator.status == "printed" for indicator in indicators),
            "unused": sum(indicator.status == "unused" for indicator in indicators),
            "bare": sum(_is_bare(indicator) for indicator in indicators),
            "funds": sum(len(form.funds) for form in reading.forms),
            "tasks": sum(len(form.tasks) for form in reading.forms),
            "failing": sum(check.status == "fail" for check in checks),
            "no kind": sum(form.kind is None for form in reading.forms),
        }
    ) + _titled(reading)


def _is_bare(indicator: Indicator) -> bool:
    named = indicator.level3 is not None
    return indicator.status == "printed" and not (named and (indicator.target or indicator.period_target))


def _titled(reading: Reading) -> Counter[str]:
    """The grids titled 绩效 that are no form: recognised tables, reported titles, and silent ones."""
    forms = {table for form in reading.forms for table in form.tables}
    told = {finding.table for finding in reading.findings}
    found: Counter[str] = Counter()
    for table in reading.tables:
        if table.id not in forms and "绩效" in (table.title or ""):
            found["tables" if table.kind is not None else "told" if table.id in told else "silent"] += 1
    return found


def _reading(path: Path, catalogue: Catalogue) -> Reading | None:
    try:
        return read(extract(path.read_bytes(), Options()), catalogue)
    except DocumentError:
        return None


def main() -> int:
    """Print the table; 1 when a grid titled 绩效 was passed over in silence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    arguments = parser.parse_args()
    catalogue = load_catalogue()
    total: Counter[str] = Counter()
    print(f"{'file':24}" + "".join(f"{name:>11}" for name in COLUMNS))
    for path in files(arguments.paths):
        reading = _reading(path, catalogue)
        found = Counter[str]() if reading is None else counts(reading)
        if any(found.values()):
            total += found
            print(f"{path.stem[:24]:24}" + "".join(f"{found[name]:11}" for name in COLUMNS), flush=True)
    print(f"{'total':24}" + "".join(f"{total[name]:11}" for name in COLUMNS))
    return 1 if total["silent"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
