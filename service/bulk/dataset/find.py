"""From a number back to its document, its page and the table around it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.bulk.dataset.read import DATA, NoDataset, part_files
from service.export.tidy import SHORT_HASH

Record = Mapping[str, Any]
AROUND = 3  # rows above and below the one that is shown


@dataclass(frozen=True, slots=True)
class Found:
    """One observation, its document, and the cells of its table; each with the columns of its table in the dataset."""

    observation: Record
    document: Record
    cells: Sequence[Record]

    @property
    def places(self) -> list[str]:
        """Every path that held the document."""
        places: list[str] = json.loads(self.document["places"])
        return places


def find(dataset: Path, observation_id: str) -> Found:
    """The observation of that id.

    Raises:
        NoDataset: the folder is no dataset, or has no such observation.
    """
    part_files(dataset)  # or it is no dataset
    document, _, rest = observation_id.partition("/")
    wanted = f"{document[:SHORT_HASH]}/{rest}"  # the whole hash is the same document
    found = _where(dataset, "observations", observation_id=wanted)
    if not found:
        raise NoDataset(f"{dataset} has no observation {observation_id}")
    (observation,) = found
    (of,) = _where(dataset, "documents", document=observation["document"])
    cells = _where(dataset, "cells", document=observation["document"], table=observation["table"])
    return Found(observation, of, cells)


def _where(dataset: Path, table: str, /, **equal: str | None) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    if None in equal.values():
        return []
    filters = [(name, "=", value) for name, value in equal.items()]
    rows: list[dict[str, Any]] = pq.read_table(dataset / DATA / table, filters=filters).to_pylist()
    return rows


def around(found: Found) -> Iterator[str]:
    """The header that begins the table and the rows around the observation, one line each, its cell in 【】."""
    at = next((cell for cell in found.cells if cell["cell"] == found.observation["cell"]), None)
    if at is None:
        return
    body = min((cell["row"] for cell in found.cells if cell["row_role"] != "header"), default=0)
    rows = range(max(body, at["row"] - AROUND), at["row"] + AROUND + 1)
    for row in sorted({cell["row"] for cell in found.cells if cell["row"] < body or cell["row"] in rows}):
        yield _line((cell for cell in found.cells if cell["row"] == row), found.observation["cell"])


def _line(cells: Iterable[Record], marked: str) -> str:
    texts = (
        (" ".join(cell["text"].split()), cell["cell"] == marked) for cell in sorted(cells, key=lambda one: one["col"])
    )
    return " | ".join(f"【{text}】" if here else text for text, here in texts)
