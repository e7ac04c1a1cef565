"""How much of the profile is right, held against labels that a person read from the first pages.

``python bench/profile_accuracy.py FOLDER`` reads every file below the folder whose sha256 is in
``profile_labels.json`` and prints, for each part of the profile, how many are right, unknown and wrong, and every
wrong one. A file is known by its content, so folders and names do not matter.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

from extractors.errors import DocumentError
from extractors.options import Options
from extractors.registry import extract
from schemas.catalogue import load_catalogue
from schemas.read import read
from schemas.result import Profile, Region
from schemas.text import fold

LABELS = Path(__file__).with_name("profile_labels.json")
PARTS = ("document_kind", "title", "agency", "fiscal_year", "region")


def said(profile: Profile, part: str) -> str | None:
    """One part of a profile as the labels write it."""
    value = getattr(profile, part).value
    if isinstance(value, Region):
        return value.code
    return None if value is None else str(value)


def verdict(expected: str | int | None, actual: str | None) -> str:
    """Right, unknown (printed, and we say so that we do not know) or wrong."""
    if actual is None:
        return "right" if expected is None else "unknown"
    return "right" if expected is not None and fold(str(expected)) == fold(actual) else "wrong"


def main(folder: Path) -> None:
    """Print the table and the list of wrong values."""
    labels = json.loads(LABELS.read_text("utf-8"))
    catalogue = load_catalogue()
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        label = labels.get(hashlib.sha256(data).hexdigest())
        if label is None:
            continue
        try:
            profile = read(extract(data, Options()), catalogue).profile
        except DocumentError as error:
            print(f"{path.name}: not read: {error}")
            continue
        for part in PARTS:
            outcome = verdict(label[part], said(profile, part))
            counts[part, outcome] += 1
            if outcome != "right":
                print(f"{outcome:8} {part:14} {path.name}: {said(profile, part)!r}, expected {label[part]!r}")
    for part in PARTS:
        print(f"{part:14}", *(f"{outcome} {counts[part, outcome]:3}" for outcome in ("right", "unknown", "wrong")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
