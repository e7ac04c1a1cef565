"""``run.json``: what made the dataset, of how many files, and the digest of each file it consists of.

The one file of a dataset that differs between two runs: it says when the tables were written.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.result import Result
from service.bulk.row import Row, State

_CHUNK = 1 << 20


@dataclass(slots=True)
class Tally:
    """What is counted while results go by."""

    states: Counter[str] = field(default_factory=Counter)
    places: int = 0
    pipelines: Counter[str] = field(default_factory=Counter)
    catalogues: Counter[str] = field(default_factory=Counter)
    options: list[dict[str, Any]] = field(default_factory=list)

    def add(self, row: Row, result: Result | None) -> None:
        """Count one document."""
        self.states[row.state.value] += 1
        self.places += len(row.places)
        self.pipelines[row.pipeline] += 1
        if result is not None:
            self.catalogues[result.provenance.catalogue] += 1
            if result.provenance.options not in self.options:
                self.options.append(dict(result.provenance.options))

    def take(self, other: Tally) -> None:
        """Count what another has counted, which came later."""
        self.states += other.states
        self.places += other.places
        self.pipelines += other.pipelines
        self.catalogues += other.catalogues
        self.options += [one for one in other.options if one not in self.options]

    @property
    def documents(self) -> int:
        """Documents in all."""
        return sum(self.states.values())


def run_record(
    tally: Tally, rows: Mapping[str, int], version: str, digests: Mapping[str, str], about: Mapping[str, Any]
) -> dict[str, Any]:
    """The record. ``rows`` counts those of each table; ``about`` is what the caller knows of the run."""
    return {
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version,
        "pipelines": dict(sorted(tally.pipelines.items())),
        "catalogues": dict(sorted(tally.catalogues.items())),
        "options": tally.options,
        "documents": {state.value: tally.states[state.value] for state in State},
        "files": {"in": tally.places, "duplicate": tally.places - tally.documents},
        "rows": dict(rows),
        "run": dict(about),
        "sha256": dict(digests),
    }


def digests_of(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    """The sha256 of each of these files, by its path in the folder."""
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in paths}


def fingerprint(digests: Mapping[str, str]) -> str:
    """One digest for all of them."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
