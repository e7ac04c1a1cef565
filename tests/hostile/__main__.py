"""Writes the hostile files into a folder, each under its name."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hostile.corpus import CASES


def main(folder: Path) -> None:
    """Make the folder and every file."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (folder / case.name).write_bytes(case.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
